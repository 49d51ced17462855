"""What is told of a model that was logged."""

from __future__ import annotations

from typing import Any

from mlflow.entities._mlflow_object import field


class ModelInfo:
    """The metadata of a logged MLflow Model."""

    def __init__(self, artifact_path: str, model_uri: str, run_id: str | None, model_id: str, version: Any, flavor: str):
        self._artifact_path = artifact_path
        self._model_uri = model_uri
        self._run_id = run_id
        self._model_id = model_id
        self._registered_model_version = version
        self._flavors = {flavor: {}}
        self._signature = None

    artifact_path = field("_artifact_path")
    name = field("_artifact_path")
    model_uri = field("_model_uri")
    run_id = field("_run_id")
    model_id = field("_model_id")
    model_uuid = field("_model_id")
    registered_model_version = field("_registered_model_version", is_set=True)
    flavors = field("_flavors")
    signature = field("_signature")
