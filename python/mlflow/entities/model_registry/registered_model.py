"""A registered model."""

from __future__ import annotations

from typing import Any

from mlflow.entities._mlflow_object import field
from mlflow.entities.model_registry._model_registry_entity import _ModelRegistryEntity


class RegisteredModel(_ModelRegistryEntity):
    """MLflow entity for Registered Model."""

    def __init__(
        self,
        name: str,
        creation_timestamp: int | None = None,
        last_updated_timestamp: int | None = None,
        description: str | None = None,
        latest_versions: list[Any] | None = None,
        tags: list[Any] | None = None,
        aliases: list[Any] | None = None,
        deployment_job_id: str | None = None,
        deployment_job_state: Any | None = None,
        workspace: str | None = None,
    ):
        self._name = name
        self._creation_time = creation_timestamp
        self._last_updated_timestamp = last_updated_timestamp
        self._description = description
        self._latest_version = latest_versions
        self._tags = {tag.key: tag.value for tag in (tags or [])}
        self._aliases = {alias.alias: alias.version for alias in (aliases or [])}
        self._deployment_job_id = deployment_job_id
        self._deployment_job_state = deployment_job_state
        self._workspace = workspace or "default"

    name = field("_name", "Its name.", is_set=True)
    creation_timestamp = field("_creation_time", "When it was created, in milliseconds.")
    last_updated_timestamp = field("_last_updated_timestamp", "When it was changed last.", is_set=True)
    description = field("_description", "Description", is_set=True)
    latest_versions = field("_latest_version", "The newest version in each stage.", is_set=True)
    tags = field("_tags", "Its tags.")
    aliases = field("_aliases", "Its aliases, each with its version.")
    workspace = field("_workspace")
    deployment_job_id = field("_deployment_job_id", is_set=True)
    deployment_job_state = field("_deployment_job_state")
