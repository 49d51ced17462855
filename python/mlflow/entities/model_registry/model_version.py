"""A version of a registered model."""

from __future__ import annotations

from typing import Any

from mlflow.entities._mlflow_object import field
from mlflow.entities.model_registry._model_registry_entity import _ModelRegistryEntity


class ModelVersion(_ModelRegistryEntity):
    """MLflow entity for Model Version."""

    def __init__(
        self,
        name: str,
        version: str,
        creation_timestamp: int,
        last_updated_timestamp: int | None = None,
        description: str | None = None,
        user_id: str | None = None,
        current_stage: str | None = None,
        source: str | None = None,
        run_id: str | None = None,
        status: str = "READY",
        status_message: str | None = None,
        tags: list[Any] | None = None,
        run_link: str | None = None,
        aliases: list[str] | None = None,
        model_id: str | None = None,
        params: list[Any] | None = None,
        metrics: list[Any] | None = None,
        deployment_job_state: Any | None = None,
        workspace: str | None = None,
    ):
        self._name = name
        self._version = version
        self._creation_time = creation_timestamp
        self._last_updated_timestamp = last_updated_timestamp
        self._description = description
        self._user_id = user_id
        self._current_stage = current_stage
        self._source = source
        self._run_id = run_id
        self._run_link = run_link
        self._status = status
        self._status_message = status_message
        self._tags = {tag.key: tag.value for tag in (tags or [])}
        self._aliases = aliases or []
        self._model_id = model_id
        self._params = params
        self._metrics = metrics
        self._deployment_job_state = deployment_job_state
        self._workspace = workspace or "default"

    name = field("_name", "Unique name within Model Registry.", is_set=True)
    version = field("_version", "Version")
    creation_timestamp = field("_creation_time", "When it was created, in milliseconds.")
    last_updated_timestamp = field("_last_updated_timestamp", "When it was changed last.", is_set=True)
    description = field("_description", "Description", is_set=True)
    user_id = field("_user_id", "Who created it.")
    current_stage = field("_current_stage", "Its stage.", is_set=True)
    source = field("_source", "Where it comes from.")
    run_id = field("_run_id", "The run that made it.")
    run_link = field("_run_link", "A link to the run.")
    status = field("_status", "READY once it can be used.")
    status_message = field("_status_message", "What went wrong, if anything did.")
    tags = field("_tags", "Its tags.")
    aliases = field("_aliases", "The aliases that point to it.", is_set=True)
    model_id = field("_model_id", "The logged model that it was made from.")
    params = field("_params", "Parameters.")
    metrics = field("_metrics", "Metrics.")
    deployment_job_state = field("_deployment_job_state")
    workspace = field("_workspace")
