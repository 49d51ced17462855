"""The one way to the registry: `_registry.call(method, json) -> json`."""

from __future__ import annotations

import json
from typing import Any

import _registry


_UNKNOWN = {
    "arguments": "this cannot be told to the simulated registry",
    "filter": "a filter of more than 2,000 characters is not simulated",
    "method": "this is not simulated",
    "model": "no model is on this page, so no stage of it can be asked for; name the model: models:/name/stage",
    "request": "this is no request that can be sent",
}


def call(method: str, **arguments: Any) -> Any:
    """Returns what the registry answers. Raises `MlflowException` where it refuses."""
    # What is no text of Unicode fails here, as it does in a database.
    json.dumps(arguments, ensure_ascii=False).encode("utf-8")
    answer = json.loads(_registry.call(method, json.dumps(arguments)))
    if "ok" in answer:
        return answer["ok"]
    from mlflow import exceptions

    error = answer.get("error")
    if error is None:
        from mlflow._missing import NotSimulated

        raise NotSimulated(_UNKNOWN.get(answer.get("unknown"), method))
    raise exceptions.refused(error)


def as_text(value: Any) -> str | None:
    """Returns `str(value)`; `None` stays `None`."""
    return value if value is None or type(value) is str else str(value)


def pairs(tags: dict[Any, Any] | None) -> list[list[str]]:
    """Returns tags as MLflow makes texts of them, in their order."""
    return [[key if key is None else str(key), str(value)] for key, value in (tags or {}).items()]
