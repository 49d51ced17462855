"""Where MLflow has `Param`."""

from mlflow.entities._tracking import Param as Param
