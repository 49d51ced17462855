"""`mlflow.artifacts`: there are no files of models here, so what is downloaded is empty."""

from __future__ import annotations

import os
import tempfile
from typing import Any

from mlflow import _missing
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE


def download_artifacts(
    artifact_uri: str | None = None,
    run_id: str | None = None,
    artifact_path: str | None = None,
    dst_path: str | None = None,
    tracking_uri: str | None = None,
    registry_uri: str | None = None,
) -> str:
    """Returns an empty folder, once it is known that there is such a model or run."""
    from mlflow._note import note
    from mlflow._flavors import load
    from mlflow.tracking import _store

    if (run_id, artifact_uri).count(None) != 1:
        raise MlflowException(
            "Exactly one of `run_id` or `artifact_uri` must be specified", error_code=INVALID_PARAMETER_VALUE
        )
    if run_id is not None:
        _store.get_run(run_id)
    elif str(artifact_uri).startswith(("models:/", "runs:/")):
        load(artifact_uri)
    place: Any = dst_path or tempfile.mkdtemp()
    os.makedirs(place, exist_ok=True)
    note("download", "There are no files of models here: what is downloaded is an empty folder.")
    return str(place)


__getattr__ = _missing.names_of(__name__)
