"""Lists with a token for the next page."""

from __future__ import annotations

from typing import Any, Iterable


class PagedList(list):
    """A list with the token that the next page is asked for with."""

    def __init__(self, items: Iterable[Any], token: Any, total_count: int | None = None):
        super().__init__(items)
        self.token = token
        self.total_count = total_count

    def to_list(self) -> list[Any]:
        return list(self)
