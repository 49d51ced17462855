"""Tracebacks with nothing in them but the learner's own lines."""

from __future__ import annotations

import os
import traceback
from types import TracebackType
from typing import Any


_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


def short(text: str) -> str:
    """Returns a text in which the package's files are named without the folder that they happen to be in."""
    return text.replace(_HERE, "")


def is_own(filename: str) -> bool:
    """Returns whether a file is a script that was pasted."""
    return filename.startswith("<script")


def _kept(error: BaseException, seen: set[int]) -> None:
    """Takes the frames out that are not the learner's, in the exception and in what it came from."""
    if id(error) in seen:
        return
    seen.add(id(error))
    frames = []
    at = error.__traceback__
    while at is not None:
        if is_own(at.tb_frame.f_code.co_filename):
            frames.append(at)
        at = at.tb_next
    own: TracebackType | None = None
    for frame in reversed(frames):
        own = TracebackType(own, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    error.__traceback__ = own
    for other in (error.__cause__, error.__context__):
        if other is not None:
            _kept(other, seen)
    # What went wrong inside of MLflow alone is no news to the learner.
    if error.__cause__ is not None and error.__cause__.__traceback__ is None:
        error.__cause__ = None
        error.__suppress_context__ = True
    elif error.__context__ is not None and error.__context__.__traceback__ is None:
        error.__context__ = None


def told(error: BaseException) -> dict[str, Any]:
    """Returns an exception as an event has it: its class, its message, the learner's line, and the traceback."""
    _kept(error, set())
    kind = type(error)
    is_builtin = kind.__module__ in ("builtins", "__main__")
    name = kind.__qualname__ if is_builtin else f"{kind.__module__}.{kind.__qualname__}"
    line = None
    at = error.__traceback__
    while at is not None:
        line = at.tb_lineno
        at = at.tb_next
    if isinstance(error, SyntaxError) and error.filename and is_own(error.filename):
        line = error.lineno
    try:
        message = str(error)
    except Exception:
        message = ""
    return {
        "type": name,
        "message": short(message),
        "code": getattr(error, "error_code", None),
        "refusal": getattr(error, "_refusal", None),
        "line": line,
        "column": error.offset if isinstance(error, SyntaxError) else None,
        "traceback": short("".join(traceback.format_exception(kind, error, error.__traceback__))),
    }
