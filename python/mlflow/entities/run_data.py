"""Where MLflow has `RunData`."""

from mlflow.entities._tracking import RunData as RunData
