"""Where MLflow has `Metric`."""

from mlflow.entities._tracking import Metric as Metric
