"""Where MLflow has `ModelVersionTag`."""

from mlflow.entities.model_registry._tags import ModelVersionTag as ModelVersionTag
