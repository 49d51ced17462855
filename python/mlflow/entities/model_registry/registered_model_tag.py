"""Where MLflow has `RegisteredModelTag`."""

from mlflow.entities.model_registry._tags import RegisteredModelTag as RegisteredModelTag
