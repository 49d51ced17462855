"""How MLflow's objects print, and what they give as a dictionary."""

from __future__ import annotations

import pprint
from typing import Any, Iterator

from mlflow._missing import NotSimulated


class _MlflowObject:
    def __iter__(self) -> Iterator[tuple[str, Any]]:
        for name in self._properties():
            yield name, getattr(self, name)

    @classmethod
    def _get_properties_helper(cls) -> list[str]:
        return sorted(p for p in cls.__dict__ if isinstance(getattr(cls, p), property))

    @classmethod
    def _properties(cls) -> list[str]:
        return cls._get_properties_helper()

    @classmethod
    def from_dictionary(cls, the_dict: dict[str, Any]) -> Any:
        return cls(**{key: value for key, value in the_dict.items() if key in cls._properties()})

    def to_proto(self) -> Any:
        raise NotSimulated(
            f"{type(self).__name__}.to_proto() exists in MLflow; this page has no protocol buffers. dict(…) gives the fields."
        )

    def __repr__(self) -> str:
        return _to_string(self)


def _to_string(value: Any) -> str:
    if isinstance(value, _MlflowObject):
        fields = ", ".join(f"{key}={_to_string(field)}" for key, field in value)
        return f"<{type(value).__name__}: {fields}>"
    return pprint.PrettyPrinter().pformat(value)


def field(place: str, doc: str = "", is_set: bool = False) -> property:
    """Returns a property that is kept under another name."""

    def get(self: Any) -> Any:
        return getattr(self, place)

    def put(self: Any, value: Any) -> None:
        setattr(self, place, value)

    return property(get, put if is_set else None, doc=doc)


class _Plain(_MlflowObject):
    """An object that equals another one with the same fields."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]
