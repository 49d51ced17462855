"""What a script prints, as events, up to a limit."""

from __future__ import annotations

import io
from typing import Any, Callable

from model_stages_runner import words

MOST = 200_000


class Output:
    """Counts what all streams print together."""

    def __init__(self, emit: Callable[[dict[str, Any]], None]):
        self.emit = emit
        self.begin()

    def begin(self) -> None:
        """A new script may print as much again."""
        self.left = MOST
        self.is_cut = False

    def send(self, event: str, text: str) -> None:
        """Sends a text on, as far as there is room."""
        if not text or self.is_cut:
            return
        if len(text) <= self.left:
            self.left -= len(text)
            self.emit({"event": event, "text": text})
            return
        if self.left:
            self.emit({"event": event, "text": text[: self.left]})
        self.is_cut = True
        self.emit({"event": "note", "id": "cut", "text": words.CUT.format(limit=f"{MOST:,}")})


class Stream(io.TextIOBase):
    """Standard output or standard error. What is printed comes out line by line, and the rest when it is flushed."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, output: Output, event: str):
        self._output = output
        self._event = event
        self._held = ""
        self.buffer = _Bytes(self)

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._held += text
        end = self._held.rfind("\n") + 1
        if end:
            self._output.send(self._event, self._held[:end])
            self._held = self._held[end:]
        elif len(self._held) > MOST:
            self.flush()
        return len(text)

    def flush(self) -> None:
        held, self._held = self._held, ""
        self._output.send(self._event, held)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        raise io.UnsupportedOperation("fileno")


class _Bytes(io.RawIOBase):
    """`sys.stdout.buffer`."""

    def __init__(self, stream: Stream):
        self._stream = stream

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._stream.write(bytes(data).decode("utf-8", "replace"))
        return len(data)
