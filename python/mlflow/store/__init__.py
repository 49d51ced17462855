"""MLflow's stores; only their lists are here."""

from mlflow import _missing

__getattr__ = _missing.names_of(__name__)
