"""What models and versions have in common."""

from __future__ import annotations

from typing import Any

from mlflow.entities._mlflow_object import _MlflowObject


class _ModelRegistryEntity(_MlflowObject):
    def __eq__(self, other: Any) -> bool:
        return dict(self) == dict(other)

    __hash__ = None  # type: ignore[assignment]
