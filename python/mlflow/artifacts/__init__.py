"""`mlflow.artifacts`: there are no files of models here."""

from mlflow import _missing

__getattr__ = _missing.names_of(__name__)
