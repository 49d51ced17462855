"""A value that cannot be known here, because what would compute it is not here."""

from __future__ import annotations

import dis
import sys
import types
from typing import Any

from mlflow._missing import NotSimulated


class UnknownValue(NotSimulated):
    """Something depends on a value that is not known here."""


def is_unknown(value: Any) -> bool:
    """Returns whether a value is not known here."""
    return isinstance(value, Unknown)


def _unpacked_into(frame: types.FrameType) -> int | None:
    """Returns how many names the statement under way unpacks a value into; nothing where it does something else."""
    for instruction in dis.get_instructions(frame.f_code):
        if instruction.offset == frame.f_lasti and instruction.opname.startswith("UNPACK_SEQUENCE"):
            return instruction.arg
    return None


class Unknown:
    """Stands in for such a value: it can be passed on, called and stored, but nothing can be decided by it."""

    def __init__(self, name: str, package: str):
        object.__setattr__(self, "_name", name)
        object.__setattr__(self, "_package", package)

    def _part(self, part: str) -> Unknown:
        name = self._name + part
        return Unknown(name if len(name) < 200 else self._package + "…", self._package)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if name.endswith(("Error", "Exception", "Warning")):
            found = type(name, (Exception,), {"__module__": self._package})
            object.__setattr__(self, name, found)
            return found
        return self._part("." + name)

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._part("(…)")

    def __getitem__(self, key: Any) -> Unknown:
        return self._part("[…]")

    def __setitem__(self, key: Any, value: Any) -> None:
        pass

    def __delitem__(self, key: Any) -> None:
        pass

    def __enter__(self) -> Unknown:
        return self

    def __exit__(self, *of: Any) -> None:
        return None

    def __mro_entries__(self, bases: Any) -> tuple[type, ...]:
        return (Stub,)

    def __iter__(self) -> Any:
        count = _unpacked_into(sys._getframe(1))
        if count is None:
            self._refuse()
        return iter([self._part(f"[{at}]") for at in range(count or 0)])

    def _combined(self, *others: Any) -> Unknown:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _combined
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _combined
    __pow__ = __rpow__ = __matmul__ = __rmatmul__ = __and__ = __or__ = __xor__ = _combined
    __neg__ = __pos__ = __abs__ = __invert__ = __round__ = _combined

    def _refuse(self, *others: Any) -> Any:
        raise UnknownValue(
            f"there is no {self._package} here, so the value of {self._name} is not known. Put a value in its place."
        )

    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse  # type: ignore[assignment]
    __len__ = __int__ = __float__ = __index__ = __contains__ = __next__ = __fspath__ = _refuse

    def __hash__(self) -> int:
        return id(self)

    def __format__(self, spec: str) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"<unknown: {self._name}>"

    __str__ = __repr__


class Stub:
    """The base of a class whose real base is not here."""

    def __init__(self, *args: Any, **kwargs: Any):
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Unknown(f"{type(self).__name__}.{name}", type(self).__name__)
