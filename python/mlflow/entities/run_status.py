"""Where MLflow has `RunStatus`."""

from mlflow.entities._tracking import RunStatus as RunStatus
