"""Where MLflow has `Experiment`."""

from mlflow.entities._tracking import Experiment as Experiment
