"""A Python at the other end of a pipe: for a terminal, where the registry is in another process.

Every line on the pipe is one JSON object. In come `{"run": TEXT, "know": NAMES, "argv": […], "env": {…}, "echo": true}`,
`{"check": TEXT}` and the answers to calls; out go the runner's events, and `{"event": "call", "method": …, "arguments": JSON TEXT}`.
"""

from __future__ import annotations

import builtins
import io
import json
import os
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


def _read_from(start: str) -> None:
    """What a script reads by a relative path it may find where it was started, too."""
    opened = io.open

    def found(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        is_path = isinstance(file, (str, os.PathLike)) and not os.path.isabs(file)
        if is_path and set(mode) <= set("rbtU") and not os.path.exists(file):
            there = os.path.join(start, file)
            if os.path.exists(there):
                file = there
        return opened(file, mode, *args, **kwargs)

    builtins.open = io.open = found


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
        _read_from(start)
        runner = Runner(emit, call)
        while line := asked.readline():
            wanted = json.loads(line)
            if "check" in wanted:
                runner.check(wanted["check"])
                continue
            runner.know(wanted.get("know", ""))
            runner.run(wanted["run"], wanted.get("argv"), wanted.get("env"), wanted.get("echo", True))
        os.chdir(start)
