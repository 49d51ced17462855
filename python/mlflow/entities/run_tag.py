"""Where MLflow has `RunTag`."""

from mlflow.entities._tracking import RunTag as RunTag
