"""`MlflowClient`: the registry's methods with the real signatures, and the runs that versions come from.

MLflow checks texts in an order of its own; that order is the registry's. Here stands only what MLflow's client does in
Python: it makes texts of arguments, and what is no text fails as it fails there.
"""

from __future__ import annotations

import base64
import functools
import json
import urllib.parse
import warnings
from typing import Any, Callable

from mlflow import _missing
from mlflow._call import as_text, call, pairs
from mlflow.entities import Experiment, Metric, Param, Run, RunTag, ViewType
from mlflow.entities.model_registry import ModelVersion, RegisteredModel
from mlflow.exceptions import MlflowException, RestException
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE
from mlflow.store.entities.paged_list import PagedList
from mlflow.tracking import _made, _store, _uris

_STAGES_DEPRECATION_WARNING = (
    "Model registry stages will be removed in a future major release. To learn more about the "
    "deprecation of model registry stages, see our migration guide here: "
    "https://mlflow.org/docs/latest/model-registry.html#migrating-from-stages"
)
_LARGEST = 2**63


def _deprecated(method: Callable[..., Any]) -> Callable[..., Any]:
    notice = f"``{method.__module__}.{method.__qualname__}`` is deprecated since 2.9.0. {_STAGES_DEPRECATION_WARNING}"

    @functools.wraps(method)
    def warned(*args: Any, **kwargs: Any) -> Any:
        warnings.warn(notice, category=FutureWarning, stacklevel=2)
        return method(*args, **kwargs)

    return warned


def _missing_value(name: str) -> MlflowException:
    return MlflowException(f"Missing value for required parameter '{name}'.", INVALID_PARAMETER_VALUE)


def _name(name: Any) -> str:
    """Returns a model's name as the registry takes it; what has no `strip` fails as in MLflow."""
    if name is None:
        return ""
    name.strip()
    return str(name)


def _asked_name(name: Any) -> str:
    """The same, where MLflow asks its database for the model first."""
    return _in_session(_name, name)


def _key(key: Any) -> str:
    if key is None:
        raise _missing_value("key")
    if not isinstance(key, str):
        raise TypeError(f"expected string or bytes-like object, got '{type(key).__name__}'")
    return key


def _alias(alias: Any) -> str:
    if alias is not None and not isinstance(alias, str):
        raise TypeError(f"expected string or bytes-like object, got '{type(alias).__name__}'")
    return alias or ""


def _number(version: Any) -> str:
    """Returns a version as MLflow's `int(version)` reads it, or as it stands in MLflow's complaint."""
    try:
        number = int(version)
    except ValueError:
        return str(version)
    if abs(number) >= _LARGEST:
        raise MlflowException("Python int too large to convert to SQLite INTEGER")
    # A text stands in messages as it was written, except where it is found missing: there it is the number.
    return str(version) if isinstance(version, str) and version.isascii() else str(number)


def _in_session(check: Callable[[Any], Any], value: Any) -> Any:
    """What fails inside of a database session is wrapped by MLflow."""
    try:
        return check(value)
    except MlflowException:
        raise
    except Exception as error:
        raise MlflowException(error) from error


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _offset(token: Any) -> int:
    """Returns where the page of a token starts."""
    if not token:
        return 0
    try:
        decoded = base64.b64decode(token)
    except TypeError:
        raise MlflowException("Invalid page token, could not base64-decode", INVALID_PARAMETER_VALUE)
    except base64.binascii.Error:  # type: ignore[attr-defined]
        raise MlflowException("Invalid page token, could not base64-decode", INVALID_PARAMETER_VALUE)
    try:
        parsed = json.loads(decoded)
    except ValueError:
        raise MlflowException(f"Invalid page token, decoded value={decoded}", INVALID_PARAMETER_VALUE)
    offset = parsed.get("offset")
    if not offset:
        raise MlflowException(f"Invalid page token, parsed value={parsed}", INVALID_PARAMETER_VALUE)
    try:
        return int(offset)
    except ValueError:
        raise MlflowException(f"Invalid page token, not stringable {offset}", INVALID_PARAMETER_VALUE)


def _token(offset: int, is_over_http: bool) -> Any:
    token = base64.b64encode(json.dumps({"offset": offset}).encode("utf-8"))
    return token.decode() if is_over_http else token


def _validate_model_version_or_stage_exists(version: Any, stage: Any) -> None:
    if version and stage:
        raise MlflowException("version and stage cannot be set together", INVALID_PARAMETER_VALUE)
    if not (version or stage):
        raise MlflowException("version or stage must be set", INVALID_PARAMETER_VALUE)


class MlflowClient:
    """Client of an MLflow Tracking Server and of an MLflow Registry Server: here, of the simulated registry."""

    def __init__(
        self,
        tracking_uri: str | None = None,
        registry_uri: str | None = None,
        workspace_store_uri: str | None = None,
    ):
        self._tracking_uri = tracking_uri or _uris.get_tracking_uri()
        self._registry_uri = _uris.resolve_registry_uri(registry_uri, tracking_uri)

    def __getattr__(self, name: str) -> Any:
        if _missing.has("MlflowClient", name):
            raise _missing.only_the_registry(f"MlflowClient.{name}")
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    @property
    def tracking_uri(self) -> str:
        return self._tracking_uri

    def _is_over_http(self) -> bool:
        return str(self._registry_uri).startswith(("http:", "https:"))

    def _complaint(self, message: str) -> MlflowException:
        """Returns what MLflow's store says to a wrong parameter: a server's client says it with its code."""
        if self._is_over_http():
            return RestException({"error_code": "INVALID_PARAMETER_VALUE", "message": message})
        return MlflowException(message, INVALID_PARAMETER_VALUE)

    def _ask(self, method: str, **arguments: Any) -> Any:
        with _uris.asking(self._registry_uri):
            return call(method, **arguments)

    def _model(self, method: str, **arguments: Any) -> RegisteredModel:
        with _uris.asking(self._registry_uri):
            return _made.model(call(method, **arguments))

    def _version(self, method: str, **arguments: Any) -> ModelVersion:
        with _uris.asking(self._registry_uri):
            return _made.version(call(method, **arguments))

    def _page(
        self, method: str, make: Callable[[Any], Any], most: Any, token: Any, **arguments: Any
    ) -> PagedList:
        try:
            offset = _offset(token)
        except MlflowException as error:
            raise self._complaint(error.message) from None
        with _uris.asking(self._registry_uri):
            found = call(method, max_results=most, offset=offset, **arguments)
            items = [make(item) for item in found["items"]]
            more = _token(offset + most, _uris.is_over_http()) if found["more"] else None
        return PagedList(items, more)

    def _of_version(
        self, ask: Callable[..., Any], method: str, version: Any, session: bool = True, **arguments: Any
    ) -> Any:
        """Asks about a version. What is no number at all fails where MLflow comes to it."""
        try:
            text = _number(version)
        except Exception as error:
            try:
                self._ask(method, version="no version", **arguments)
            except MlflowException as refused:
                if getattr(refused, "_rule", None) != "version_not_integer":
                    raise
            if session and not isinstance(error, MlflowException):
                raise MlflowException(error) from error
            raise
        return ask(method, version=text, **arguments)

    def _look_up(self, name: Any) -> str:
        """MLflow looks a model up before most calls."""
        text = _asked_name(name)
        self._ask("get_registered_model", name=text)
        return text

    # ---- models

    def create_registered_model(
        self,
        name: str,
        tags: dict[str, Any] | None = None,
        description: str | None = None,
        deployment_job_id: str | None = None,
    ) -> RegisteredModel:
        tags = _checked_tags(tags)
        text = _name(name)
        return self._model(
            "create_registered_model", name=text, tags=_keyed(text, tags), description=as_text(description)
        )

    def rename_registered_model(self, name: str, new_name: str) -> RegisteredModel:
        if not isinstance(new_name, str):
            self._look_up(name)
            new_name.strip()
        self._ask("rename_registered_model", name=_asked_name(name), new_name=new_name)

    def update_registered_model(
        self, name: str, description: str | None = None, deployment_job_id: str | None = None
    ) -> RegisteredModel:
        return self._model("update_registered_model", name=_asked_name(name), description=as_text(description))

    def delete_registered_model(self, name: str) -> None:
        self._ask("delete_registered_model", name=_asked_name(name))

    def search_registered_models(
        self,
        filter_string: str | None = None,
        max_results: int = 100,
        order_by: list[str] | None = None,
        page_token: str | None = None,
    ) -> PagedList:
        if filter_string and not isinstance(filter_string, str):
            raise TypeError(f"argument of type '{type(filter_string).__name__}' is not iterable")
        if not isinstance(max_results, int):
            max_results > 1000
        most = max(max_results, 0)
        orders = [str(order) for order in order_by or []]
        # 0 finds nothing, and so does less than that.
        ask = most if most else 1
        found = self._page(
            "search_registered_models", _made.model, ask, page_token, filter_string=filter_string or "", order_by=orders
        )
        return found if most else PagedList([], None)

    def get_registered_model(self, name: str) -> RegisteredModel:
        return self._model("get_registered_model", name=_asked_name(name))

    @_deprecated
    def get_latest_versions(self, name: str, stages: list[str] | None = None) -> list[ModelVersion]:
        if stages is not None:
            text = self._look_up(name)
            _in_session(len, stages)
            stages = [_in_session(_lower, stage) for stage in stages]
        else:
            text = _asked_name(name)
        with _uris.asking(self._registry_uri):
            found = call("get_latest_versions", name=text, stages=stages or [])
            return [_made.version(it) for it in found]

    def set_registered_model_tag(self, name: str, key: str, value: Any) -> None:
        if not isinstance(key, str):
            self._look_up(name)
            _key(key)
        self._ask("set_registered_model_tag", name=_asked_name(name), key=key, value=str(value))

    def delete_registered_model_tag(self, name: str, key: str) -> None:
        if not isinstance(key, str):
            self._look_up(name)
            _key(key)
        self._ask("delete_registered_model_tag", name=_asked_name(name), key=key)

    def set_registered_model_alias(self, name: str, alias: str, version: str) -> None:
        text, alias = _name(name), _alias(alias)
        self._of_version(self._ask, "set_registered_model_alias", version, session=False, name=text, alias=alias)

    def delete_registered_model_alias(self, name: str, alias: str) -> None:
        self._ask("delete_registered_model_alias", name=_name(name), alias=_alias(alias))

    # ---- versions

    def create_model_version(
        self,
        name: str,
        source: str,
        run_id: str | None = None,
        tags: dict[str, Any] | None = None,
        run_link: str | None = None,
        description: str | None = None,
        await_creation_for: int = 300,
        model_id: str | None = None,
    ) -> ModelVersion:
        tags = _checked_tags(tags)
        text = _name(name)
        if source is not None and not isinstance(source, str):
            urllib.parse.urlparse(source)
        if model_id:
            raise MlflowException(
                f"Logged model with ID '{model_id}' not found.", 3002
            )
        found = self._version(
            "create_model_version",
            name=text,
            source=source,
            run_id=as_text(run_id),
            tags=_keyed(text, tags),
            run_link=as_text(run_link),
            description=as_text(description),
        )
        if self._is_over_http() and await_creation_for and await_creation_for > 0:
            _store.tell(
                f"INFO mlflow.store.model_registry.abstract_store: Waiting up to {await_creation_for} seconds for model "
                f"version to finish creation. Model name: {found.name}, version {found.version}"
            )
        return found

    def copy_model_version(self, src_model_uri: str, dst_name: str) -> ModelVersion:
        uri = _text(src_model_uri) if src_model_uri is not None else "None"
        target = _name(dst_name)
        is_there = _is_there(target)
        found = self._version("copy_model_version", src_model_uri=uri, dst_name=target)
        _store.tell_of_model(target, is_there)
        of, _, number = found.source[len("models:/") :].rpartition("/")
        _store.tell(
            f"Copied version '{number}' of model '{of}' to version '{found.version}' of model '{target}'."
        )
        return found

    def update_model_version(self, name: str, version: str, description: str | None = None) -> ModelVersion:
        if description is None:
            raise MlflowException("Attempting to update model version with no new field values.")
        return self._of_version(
            self._version, "update_model_version", version, name=_asked_name(name), description=str(description)
        )

    @_deprecated
    def transition_model_version_stage(
        self, name: str, version: str, stage: str, archive_existing_versions: bool = False
    ) -> ModelVersion:
        if not isinstance(stage, str):
            self._look_up(name)
            stage.strip()
        return self._of_version(
            self._version,
            "transition_model_version_stage",
            version,
            name=_asked_name(name),
            stage=stage,
            archive_existing_versions=bool(archive_existing_versions),
        )

    def delete_model_version(self, name: str, version: str) -> None:
        self._of_version(self._ask, "delete_model_version", version, session=False, name=_asked_name(name))

    def get_model_version(self, name: str, version: str) -> ModelVersion:
        return self._of_version(self._version, "get_model_version", version, name=_asked_name(name))

    def get_model_version_download_uri(self, name: str, version: str) -> str:
        text = self._look_up(name)
        return self._of_version(self._ask, "get_model_version_download_uri", version, name=text)

    def search_model_versions(
        self,
        filter_string: str | None = None,
        max_results: int = 10000,
        order_by: list[str] | None = None,
        page_token: str | None = None,
    ) -> PagedList:
        if not isinstance(max_results, int) or max_results < 1:
            raise self._complaint(
                f"Invalid value for max_results. It must be a positive integer, but got {max_results}"
            )
        orders = [str(order) for order in order_by or []]
        return self._page(
            "search_model_versions",
            _made.version,
            int(max_results),
            page_token,
            filter_string=filter_string or "",
            order_by=orders,
        )

    @_deprecated
    def get_model_version_stages(self, name: str, version: str) -> list[str]:
        return ["None", "Staging", "Production", "Archived"]

    def set_model_version_tag(
        self, name: str, version: str | None = None, key: str | None = None, value: Any = None, stage: str | None = None
    ) -> None:
        if self._is_by_stage("set_model_version_tag", name, version, stage):
            latest_versions = self.get_latest_versions(name, stages=[stage])
            version = _newest(latest_versions, stage)
        self._tag("set_model_version_tag", name, version, key, value=str(value))

    def delete_model_version_tag(
        self, name: str, version: str | None = None, key: str | None = None, stage: str | None = None
    ) -> None:
        if self._is_by_stage("delete_model_version_tag", name, version, stage):
            latest_versions = self.get_latest_versions(name, stages=[stage])
            version = _newest(latest_versions, stage)
        self._tag("delete_model_version_tag", name, version, key)

    def _is_by_stage(self, method: str, name: Any, version: Any, stage: Any) -> bool:
        _validate_model_version_or_stage_exists(version, stage)
        self._look_up(name)
        if stage:
            warnings.warn(
                f"The `stage` parameter of the `{method}` API is deprecated. {_STAGES_DEPRECATION_WARNING}",
                category=FutureWarning,
                stacklevel=3,
            )
        return bool(stage)

    def _tag(self, method: str, name: Any, version: Any, key: Any, **value: Any) -> None:
        if not isinstance(key, str):
            # The version is looked at before the key, whose text is of no matter then.
            self._of_version(self._ask, "get_model_version", version, session=False, name=_asked_name(name))
            _key(key)
        self._of_version(self._ask, method, version, session=False, name=_asked_name(name), key=key, **value)

    def get_model_version_by_alias(self, name: str, alias: str) -> ModelVersion:
        return self._version("get_model_version_by_alias", name=_name(name), alias=_alias(alias))

    # ---- runs

    def create_run(
        self,
        experiment_id: str,
        start_time: int | None = None,
        tags: dict[str, Any] | None = None,
        run_name: str | None = None,
    ) -> Run:
        return _store.create_run(experiment_id, start_time, tags, run_name)

    def get_run(self, run_id: str) -> Run:
        return _store.get_run(run_id)

    def get_parent_run(self, run_id: str) -> Run | None:
        parent = _store.get_run(run_id).data.tags.get("mlflow.parentRunId")
        return None if parent is None else _store.get_run(parent)

    def get_metric_history(self, run_id: str, key: str) -> list[Metric]:
        return _store.get_metric_history(run_id, key)

    def log_metric(
        self,
        run_id: str,
        key: str,
        value: float,
        timestamp: int | None = None,
        step: int | None = None,
        synchronous: bool | None = None,
        dataset_name: str | None = None,
        dataset_digest: str | None = None,
        model_id: str | None = None,
    ) -> None:
        _store.log_metrics(run_id, [(key, value, timestamp, step)])

    def log_param(self, run_id: str, key: str, value: Any, synchronous: bool | None = None) -> Any:
        _store.log_params(run_id, [(key, value)])
        return value

    def log_batch(
        self,
        run_id: str,
        metrics: Any = (),
        params: Any = (),
        tags: Any = (),
        synchronous: bool | None = None,
    ) -> None:
        _store.log_params(run_id, [(param.key, param.value) for param in params])
        _store.log_metrics(run_id, [(it.key, it.value, it.timestamp, it.step) for it in metrics])
        _store.set_tags(run_id, [(tag.key, tag.value) for tag in tags])

    def set_tag(self, run_id: str, key: str, value: Any, synchronous: bool | None = None) -> None:
        _store.set_tags(run_id, [(key, value)])

    def delete_tag(self, run_id: str, key: str) -> None:
        _store.delete_tag(run_id, key)

    def update_run(self, run_id: str, status: str | None = None, name: str | None = None) -> None:
        _store.update_run(run_id, status, name)

    def set_terminated(self, run_id: str, status: str | None = None, end_time: int | None = None) -> None:
        _store.update_run(run_id, status or "FINISHED", None, end_time, is_end=True)

    def delete_run(self, run_id: str) -> None:
        _store.set_lifecycle(run_id, "deleted")

    def restore_run(self, run_id: str) -> None:
        _store.set_lifecycle(run_id, "active")

    def search_runs(
        self,
        experiment_ids: list[str],
        filter_string: str = "",
        run_view_type: int = ViewType.ACTIVE_ONLY,
        max_results: int = 1000,
        order_by: list[str] | None = None,
        page_token: str | None = None,
    ) -> PagedList:
        offset = _offset(page_token)
        found = _store.search_runs(experiment_ids, filter_string, run_view_type, order_by)
        end = offset + max_results
        return PagedList(found[offset:end], _token(end, True) if len(found) > end else None)

    def log_artifact(self, run_id: str, local_path: str, artifact_path: str | None = None) -> None:
        _store.log_artifact(run_id, artifact_path)

    def log_artifacts(self, run_id: str, local_dir: str, artifact_path: str | None = None) -> None:
        _store.log_artifact(run_id, artifact_path)

    def log_text(self, run_id: str, text: str, artifact_file: str) -> None:
        _store.log_artifact(run_id, artifact_file)

    def log_dict(self, run_id: str, dictionary: dict[str, Any], artifact_file: str) -> None:
        _store.log_artifact(run_id, artifact_file)

    # ---- experiments

    def create_experiment(
        self, name: str, artifact_location: str | None = None, tags: dict[str, Any] | None = None
    ) -> str:
        return _store.create_experiment(name, artifact_location, tags)

    def get_experiment(self, experiment_id: str) -> Experiment:
        return _store.get_experiment(experiment_id)

    def get_experiment_by_name(self, name: str) -> Experiment | None:
        return _store.get_experiment_by_name(name)

    def search_experiments(
        self,
        view_type: int = ViewType.ACTIVE_ONLY,
        max_results: int | None = 1000,
        filter_string: str | None = None,
        order_by: list[str] | None = None,
        page_token: str | None = None,
    ) -> PagedList:
        return PagedList(_store.search_experiments(view_type, filter_string, order_by), None)

    def rename_experiment(self, experiment_id: str, new_name: str) -> None:
        _store.get_experiment(experiment_id)._name = new_name

    def delete_experiment(self, experiment_id: str) -> None:
        _store.get_experiment(experiment_id)._lifecycle_stage = "deleted"

    def restore_experiment(self, experiment_id: str) -> None:
        _store.get_experiment(experiment_id)._lifecycle_stage = "active"

    def set_experiment_tag(self, experiment_id: str, key: str, value: Any) -> None:
        _store.get_experiment(experiment_id)._tags[key] = str(value)


def _newest(latest_versions: list[ModelVersion], stage: Any) -> Any:
    if not latest_versions:
        raise MlflowException(f"Could not find any model version for {stage} stage")
    return latest_versions[0].version


def _is_there(name: str) -> bool:
    try:
        call("get_registered_model", name=name)
    except MlflowException:
        return False
    return True


def _lower(stage: Any) -> str:
    stage.lower()
    return str(stage)


def _checked_tags(tags: Any) -> Any:
    """Returns tags; what is no dictionary fails as in MLflow."""
    tags = tags or {}
    if isinstance(tags, dict):
        if "mlflow.prompt.is_prompt" in tags:
            raise MlflowException.invalid_parameter_value("Prompts cannot be registered as models.")
    else:
        any(tag.key == "mlflow.prompt.is_prompt" for tag in tags)
    return tags.items() and tags


def _keyed(name: str, tags: Any) -> list[list[str]]:
    """Returns tags as pairs of texts. A key that is no text fails once the name was checked."""
    for key in tags:
        if not isinstance(key, str):
            if not name.strip():
                raise _missing_value("name")
            _key(key)
    return pairs(tags)


__all__ = ["MlflowClient", "Metric", "Param", "RunTag"]
