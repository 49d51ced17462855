"""Where MLflow has `LifecycleStage`."""

from mlflow.entities._tracking import LifecycleStage as LifecycleStage
