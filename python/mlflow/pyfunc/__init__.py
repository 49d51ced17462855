"""`mlflow.pyfunc`: what an app loads."""

from __future__ import annotations

from typing import Any

from mlflow import _missing
from mlflow._flavors import PyFuncModel, load, log
from mlflow._unknown import Stub
from mlflow.models.model import ModelInfo


class PythonModel:
    """Represents a generic Python model."""

    def load_context(self, context: Any) -> None:
        """Loads artifacts."""

    def predict(self, context: Any, model_input: Any = None, params: Any = None) -> Any:
        """Evaluates a pyfunc-compatible input."""


class PythonModelContext(Stub):
    """What a PythonModel is given."""


def load_model(
    model_uri: str, suppress_warnings: bool = False, dst_path: str | None = None, model_config: Any = None
) -> PyFuncModel:
    """Load a model stored in Python function format."""
    return load(model_uri)


def log_model(
    artifact_path: str | None = None, *args: Any, name: str | None = None, registered_model_name: str | None = None, **kwargs: Any
) -> ModelInfo:
    """Log a Pyfunc model, and register it where `registered_model_name` is given."""
    return log("python_function", artifact_path, name, registered_model_name)


def save_model(*args: Any, **kwargs: Any) -> None:
    """Does nothing: there are no files of models here."""


__getattr__ = _missing.names_of(__name__)
