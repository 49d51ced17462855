"""Where MLflow has `ViewType`."""

from mlflow.entities._tracking import ViewType as ViewType
