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


def _nothing(*of: Any, **more: Any) -> None:
    pass


def names() -> dict[str, Any]:
    """Returns the names that are there without an import."""
    from mlflow._unknown import Unknown

    widgets = SimpleNamespace(
        text=_make, dropdown=_make, combobox=_make, multiselect=_make, get=_get, remove=_nothing, removeAll=_nothing
    )
    return {
        "dbutils": SimpleNamespace(
            widgets=widgets,
            library=SimpleNamespace(restartPython=_nothing),
            notebook=SimpleNamespace(exit=_exit),
            secrets=SimpleNamespace(get=lambda *of, **more: "[REDACTED]"),
            fs=Unknown("dbutils.fs", "Databricks"),
        ),
        "spark": Unknown("spark", "Spark"),
        "display": print,
        "displayHTML": _nothing,
    }
