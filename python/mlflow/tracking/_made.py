"""MLflow's objects, made of what the registry answers."""

from __future__ import annotations

from typing import Any

from mlflow.entities.model_registry import (
    ModelVersion,
    ModelVersionTag,
    RegisteredModel,
    RegisteredModelAlias,
    RegisteredModelTag,
)
from mlflow.tracking._uris import is_over_http


def version(found: dict[str, Any]) -> ModelVersion:
    """Returns a version."""
    over_http = is_over_http()
    return ModelVersion(
        name=found["name"],
        version=str(found["version"]) if over_http else found["version"],
        creation_timestamp=found["creation_timestamp"],
        last_updated_timestamp=found["last_updated_timestamp"],
        description=found["description"] if not over_http else found["description"] or "",
        user_id="" if over_http else None,
        current_stage=found["current_stage"],
        source=found["source"],
        run_id=found["run_id"] if not over_http else found["run_id"] or "",
        status="READY",
        tags=[ModelVersionTag(key, value) for key, value in found["tags"]],
        run_link=found["run_link"] if not over_http else found["run_link"] or "",
        aliases=list(found["aliases"]),
    )


def model(found: dict[str, Any]) -> RegisteredModel:
    """Returns a registered model."""
    over_http = is_over_http()
    return RegisteredModel(
        name=found["name"],
        creation_timestamp=found["creation_timestamp"],
        last_updated_timestamp=found["last_updated_timestamp"],
        description=found["description"] if not over_http else found["description"] or "",
        latest_versions=[version(it) for it in found["latest_versions"]],
        tags=[RegisteredModelTag(key, value) for key, value in found["tags"]],
        aliases=[
            RegisteredModelAlias(alias, str(number) if over_http else number)
            for alias, number in found["aliases"]
        ],
        deployment_job_id="" if over_http else None,
        deployment_job_state="DEPLOYMENT_JOB_CONNECTION_STATE_UNSPECIFIED" if over_http else None,
    )
