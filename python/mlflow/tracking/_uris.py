"""Which server or database is meant. Behind every address stands the one simulated registry."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from mlflow._note import note

_DEFAULT = "sqlite:///mlflow.db"
_tracking: str | None = None
_registry: str | None = None


def set_tracking_uri(uri: str | Path) -> None:
    """Set the tracking server URI."""
    global _tracking
    if isinstance(uri, Path):
        uri = uri.resolve().as_uri()
    _tracking = uri
    _tell_of(uri)
    if uri:
        os.environ["MLFLOW_TRACKING_URI"] = str(uri)
    else:
        os.environ.pop("MLFLOW_TRACKING_URI", None)


def get_tracking_uri() -> str:
    """Get the current tracking URI."""
    return _tracking or os.environ.get("MLFLOW_TRACKING_URI") or _DEFAULT


def is_tracking_uri_set() -> bool:
    """Returns True if the tracking URI has been set, False otherwise."""
    return bool(_tracking or os.environ.get("MLFLOW_TRACKING_URI"))


def set_registry_uri(uri: str) -> None:
    """Set the registry server URI."""
    global _registry
    _registry = uri
    _tell_of(uri)
    if uri:
        os.environ["MLFLOW_REGISTRY_URI"] = str(uri)


def get_registry_uri() -> str:
    """Get the current registry URI. If none has been specified, defaults to the tracking URI."""
    return resolve_registry_uri()


def _tell_of(uri: Any) -> None:
    if str(uri).startswith("databricks"):
        note("databricks", "Databricks is not simulated: here is the registry of an open-source MLflow server.")


def resolve_registry_uri(registry_uri: Any = None, tracking_uri: Any = None) -> str:
    """Returns the registry that is meant."""
    found = registry_uri or _registry or os.environ.get("MLFLOW_REGISTRY_URI")
    if found:
        return found
    tracking = tracking_uri or get_tracking_uri()
    if str(tracking).startswith("databricks"):
        return "databricks-uc"
    return tracking


_over_http: list[bool] = []


def is_over_http() -> bool:
    """Returns whether the call under way goes to a server: versions are texts there, and errors have their code in front."""
    if _over_http:
        return _over_http[-1]
    return str(get_registry_uri()).startswith(("http:", "https:"))


class asking:
    """For as long as a client asks, its own address counts."""

    def __init__(self, uri: Any):
        self.is_http = str(uri).startswith(("http:", "https:"))

    def __enter__(self) -> None:
        _over_http.append(self.is_http)

    def __exit__(self, *of: Any) -> None:
        _over_http.pop()
