"""Tags and aliases as objects."""

from __future__ import annotations

from typing import Any

from mlflow.entities._mlflow_object import _Plain, field


class _Tag(_Plain):
    def __init__(self, key: str, value: Any):
        self._key = key
        self._value = value


class ModelVersionTag(_Tag):
    """Tag object associated with a model version."""

    key = field("_key", "Its key.")
    value = field("_value", "Its value.")


class RegisteredModelTag(_Tag):
    """Tag object associated with a registered model."""

    key = field("_key", "Its key.")
    value = field("_value", "Its value.")


class RegisteredModelAlias(_Plain):
    """Alias object associated with a registered model."""

    def __init__(self, alias: str, version: Any):
        self._alias = alias
        self._version = version

    alias = field("_alias", "Its name.")
    version = field("_version", "The version that it points to.")
