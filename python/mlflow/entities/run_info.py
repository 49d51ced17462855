"""Where MLflow has `RunInfo`."""

from mlflow.entities._tracking import RunInfo as RunInfo
