"""A pasted text, made into a script: prompts and a notebook's own lines are taken out, and told."""

from __future__ import annotations

import re
import textwrap
from typing import Callable

_PASSED_OVER = re.compile(
    r"^\s*(?:!|%sh\b|%\s*(?:pip|conda|mamba|apt|apt-get|uv|poetry)\b|(?:pip3?|conda)\s+install\b|python3? -m pip\b"
    r"|%%?(?:time|timeit|capture|load_ext|reload_ext|autoreload|matplotlib|config|env|cd|html|bash)\b\s*[^\w(]*$"
    r"|%(?:load_ext|reload_ext|autoreload|matplotlib|config|env|cd)\b|%restart_python\b|dbutils\.library\.)"
)
_TIMED = re.compile(r"^(\s*)%%?(?:time|timeit)\s+(?=[\w(])")
_PROMPT = re.compile(r"^\s*(?:>>> ?|\.\.\. ?|In \[\d*\]: ?)")


def script(text: str, skipped: Callable[[int, str], None]) -> tuple[str, int | None]:
    """Returns the text with the same lines at the same numbers, and how far they were moved to the left.

    Nothing is said of that where lines were moved by different widths. `skipped` is told of each line that is left out.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    moved: int | None = 0
    if any(re.match(r"\s*(>>> |In \[\d*\]: )", line) for line in lines):
        lines = _transcript(lines, skipped)
        moved = None
    for at, line in enumerate(lines):
        if _PASSED_OVER.match(line):
            skipped(at + 1, line.strip())
            lines[at] = ""
        else:
            lines[at] = _TIMED.sub(r"\1", line)
            moved = moved if lines[at] == line else None
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    joined = "\n".join(lines)
    if first[:1] not in (" ", "\t"):
        return joined, moved
    dedented = textwrap.dedent(joined)
    width = len(first) - len(first.lstrip())
    return dedented, moved if moved is None or first.lstrip() not in dedented.split("\n") else width


def _transcript(lines: list[str], skipped: Callable[[int, str], None]) -> list[str]:
    """Takes the prompts away, and what was answered to them."""
    found = []
    for at, line in enumerate(lines):
        if _PROMPT.match(line):
            found.append(_PROMPT.sub("", line))
        else:
            if line.strip():
                skipped(at + 1, line.strip())
            found.append("")
    return found
