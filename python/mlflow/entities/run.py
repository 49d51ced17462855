"""Where MLflow has `Run`."""

from mlflow.entities._tracking import Run as Run
