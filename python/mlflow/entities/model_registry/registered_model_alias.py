"""Where MLflow has `RegisteredModelAlias`."""

from mlflow.entities.model_registry._tags import RegisteredModelAlias as RegisteredModelAlias
