"""What MLflow has and this simulation has not: it says so, instead of calling it missing.

`_names.json` has the public names of the real package (`python/make_names.py` writes it).
"""

from __future__ import annotations

import dis
import importlib.abc
import importlib.machinery
import json
import os
import sys
import types
from typing import Any, Callable

_names: dict[str, list[str] | None] | None = None


class NotSimulated(NotImplementedError):
    """It exists, and this page does not have it."""


def _known() -> dict[str, list[str] | None]:
    global _names
    if _names is None:
        place = os.path.join(os.path.dirname(__file__), "_names.json")
        with open(place, encoding="utf-8") as file:
            _names = json.load(file)
    return _names


def is_module(path: str) -> bool:
    """Returns whether MLflow has such a module."""
    return path in _known()


def has(module: str, name: str) -> bool:
    """Returns whether one of MLflow's modules or classes has a public name. Of modules deep inside, all may be there."""
    names = _known().get(module, [])
    return not name.startswith("_") and (names is None or name in names)


def only_the_registry(name: str) -> NotSimulated:
    """Returns the exception for a name that MLflow has."""
    return NotSimulated(f"{name} exists in MLflow; this page has only the registry")


class Absent:
    """A name that was imported and is not simulated: it can be named, in annotations too, and whatever else is done with it says so."""

    def __init__(self, path: str):
        self._path = path

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise only_the_registry(self._path)

    def __getattr__(self, name: str) -> Any:
        # What a module or `typing` looks for in any object, this one lacks as any other.
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self._refuse()

    __call__ = __iter__ = __bool__ = __len__ = __contains__ = __enter__ = __mro_entries__ = _refuse
    __instancecheck__ = __subclasscheck__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse

    def __or__(self, other: Any) -> Any:
        return Any

    __ror__ = __or__

    def __getitem__(self, key: Any) -> Absent:
        return self

    def __repr__(self) -> str:
        return f"<{self._path}, which is not simulated>"


def _is_imported(frame: types.FrameType) -> bool:
    """Returns whether a frame is at `from … import NAME`, which only gives a name to something."""
    if frame.f_code.co_name == "_handle_fromlist" and frame.f_code.co_filename.startswith("<frozen importlib"):
        return True
    for instruction in dis.get_instructions(frame.f_code):
        if instruction.offset == frame.f_lasti:
            return instruction.opname == "IMPORT_FROM"
    return False


def names_of(module: str) -> Callable[[str], Any]:
    """Returns `__getattr__` for a module."""

    def missing(name: str) -> Any:
        path = f"{module}.{name}"
        if not name.startswith("_"):
            if is_module(path):
                try:
                    return importlib.import_module(path)
                except ImportError:
                    pass
            if has(module, name):
                if _is_imported(sys._getframe(1)):
                    return Absent(path)
                raise only_the_registry(path)
        raise AttributeError(f"module {module!r} has no attribute {name!r}")

    return missing


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules that MLflow has and this package has not: they can be imported, and what is in them says so."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname.startswith("mlflow.") and is_module(fullname):
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: Any) -> types.ModuleType:
        return types.ModuleType(spec.name, "Exists in MLflow; this page has only the registry.")

    def exec_module(self, module: types.ModuleType) -> None:
        module.__getattr__ = names_of(module.__name__)  # type: ignore[method-assign]


def install() -> None:
    """Makes the rest of MLflow importable."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())
