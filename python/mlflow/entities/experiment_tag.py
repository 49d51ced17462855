"""Where MLflow has `ExperimentTag`."""

from mlflow.entities._tracking import ExperimentTag as ExperimentTag
