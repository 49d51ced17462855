"""A Python at the other end of a pipe: for a terminal, where the registry is in another process.

Every line on the pipe is one JSON object. In come `{"run": TEXT, "know": NAMES, "argv": […], "env": {…}, "echo": true}`,
`{"check": TEXT}` and the answers to calls; out go the runner's events, and `{"event": "call", "method": …, "arguments": JSON TEXT}`.
"""

from __future__ import annotations

import builtins
import io
import json
import os
import shutil
import stat
import sys
import tempfile
import threading
from typing import Any

from model_stages_runner import words
from model_stages_runner.run import Runner

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NETWORK = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto")
_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn")
_CHANGES = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown")


def _hold_back(own: str) -> None:
    """Keeps a script from doing anything outside of its own folder. This keeps from accidents, not from malice."""

    def is_own(path: Any) -> bool:
        if isinstance(path, int):
            return True
        place = os.path.realpath(os.fsdecode(path))
        return place == own or place.startswith(own + os.sep) or place == os.devnull

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = args
            if flags & _WRITES and path is not None and not is_own(path):
                raise PermissionError(words.NO_WRITING.format(path=os.fsdecode(path)))
        elif event in _CHANGES:
            if not is_own(args[0]):
                raise PermissionError(words.NO_WRITING.format(path=os.fsdecode(args[0])))
        elif event in _NETWORK:
            raise ConnectionRefusedError(words.NO_NETWORK)
        elif event in _PROGRAMS:
            raise PermissionError(words.NO_PROGRAMS)

    sys.addaudithook(hook)


def _read_from(start: str, own: str) -> None:
    """What a script looks for by a relative path it finds where it was started, too: as a copy, which is its own."""
    opened, stated = io.open, os.stat

    def place(path: Any) -> Any:
        if isinstance(path, int) or os.path.isabs(path):
            return path
        try:
            stated(path)
            return path
        except OSError:
            pass
        there = os.path.join(start, os.fsdecode(path))
        try:
            if not stat.S_ISREG(stated(there).st_mode):
                return path
        except OSError:
            return path
        mine = os.path.abspath(os.fsdecode(path))
        if not mine.startswith(own + os.sep):
            return there
        os.makedirs(os.path.dirname(mine), exist_ok=True)
        with opened(there, "rb") as old, opened(mine, "wb") as new:
            shutil.copyfileobj(old, new)
        return path

    def found(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        is_path = isinstance(file, (str, os.PathLike))
        return opened(place(file) if is_path and isinstance(mode, str) and "w" not in mode else file, mode, *args, **kwargs)

    def looked(path: Any, *args: Any, dir_fd: int | None = None, **kwargs: Any) -> Any:
        return stated(path if dir_fd is not None else place(path), *args, dir_fd=dir_fd, **kwargs)

    builtins.open = io.open = found
    os.stat = looked


def main() -> None:
    """Answers the pipe until it ends."""
    asked = os.fdopen(os.dup(0), "r", encoding="utf-8", newline="\n")
    answered = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)

    writing, asking = threading.Lock(), threading.Lock()

    def emit(event: dict[str, Any]) -> None:
        with writing:
            answered.write(json.dumps(event) + "\n")
            answered.flush()

    def call(method: str, arguments: str) -> str:
        # One question at a time, whichever thread asks it.
        with asking:
            emit({"event": "call", "method": method, "arguments": arguments})
            answer = asked.readline()
        if not answer:
            os._exit(1)
        return answer

    start = os.getcwd()
    with tempfile.TemporaryDirectory(prefix="model-stages-") as own:
        own = os.path.realpath(own)
        os.chdir(own)
        _hold_back(own)
        _read_from(start, own)
        runner = Runner(emit, call)
        while line := asked.readline():
            wanted = json.loads(line)
            if "check" in wanted:
                runner.check(wanted["check"])
                continue
            runner.know(wanted.get("know", ""))
            runner.run(wanted["run"], wanted.get("argv"), wanted.get("env"), wanted.get("echo", True))
        os.chdir(start)
