"""What a notebook of Databricks finds there: its widgets have the values of the environment, or their defaults."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

_defaults: dict[str, str] = {}


class InputWidgetNotDefined(Exception):
    """There is no such widget, and no variable of the environment with its name."""


def _make(name: str, default: Any = "", *of: Any, **more: Any) -> None:
    _defaults[name] = str(more.get("defaultValue", default))


def _get(name: str) -> str:
    if name in os.environ:
        return os.environ[name]
    if name in _defaults:
        return _defaults[name]
    raise InputWidgetNotDefined(f"No input widget named {name} is defined")


def _exit(value: Any = None) -> None:
    if value is not None:
        print(value)
    raise SystemExit(0)


def _get_all() -> dict[str, str]:
    return {name: _get(name) for name in _defaults}


def _nothing(*of: Any, **more: Any) -> None:
    pass


def names() -> dict[str, Any]:
    """Returns the names that are there without an import."""
    from mlflow._unknown import Unknown

    class Part(SimpleNamespace):
        """A part of Databricks: what it has besides is not known here."""

        def __init__(self, name: str, **known: Any):
            super().__init__(**known)
            self._whole = Unknown(name, "Databricks")

        def __getattr__(self, name: str) -> Any:
            return getattr(self._whole, name)

    widgets = SimpleNamespace(
        text=_make,
        dropdown=_make,
        combobox=_make,
        multiselect=_make,
        get=_get,
        getArgument=_get,
        getAll=_get_all,
        remove=_nothing,
        removeAll=_nothing,
    )
    return {
        "dbutils": Part(
            "dbutils",
            widgets=widgets,
            library=Part("dbutils.library", restartPython=_nothing),
            notebook=Part("dbutils.notebook", exit=_exit),
            secrets=Part("dbutils.secrets", get=lambda *of, **more: "[REDACTED]"),
        ),
        "spark": Unknown("spark", "Spark"),
        "display": print,
        "displayHTML": _nothing,
    }
