"""What is told once, beside what a script prints."""

from __future__ import annotations

import _registry


def note(name: str, text: str) -> None:
    """Tells something once, where there is somebody to tell it to."""
    tell = getattr(_registry, "note", None)
    if tell is not None:
        tell(name, text)
