"""`mlflow.client`: the client."""

from mlflow import _missing
from mlflow.tracking.client import MlflowClient

__all__ = ["MlflowClient"]
__getattr__ = _missing.names_of(__name__)
