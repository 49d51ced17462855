"""MLflow's functions: runs, experiments, and `register_model`."""

from __future__ import annotations

import os
from typing import Any

from mlflow import _missing
from mlflow._unknown import Unknown
from mlflow.entities import Experiment, Run, ViewType
from mlflow.entities.model_registry import ModelVersion, RegisteredModel
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE, RESOURCE_DOES_NOT_EXIST
from mlflow.tracking import _store
from mlflow.tracking.client import MlflowClient

_active: list[ActiveRun] = []
_last: str | None = None
_experiment_id: str | None = None


class ActiveRun(Run):
    """Wrapper around Run to enable using Python ``with`` syntax."""

    def __init__(self, run: Run):
        Run.__init__(self, run.info, run.data, run.inputs, run.outputs)

    def __enter__(self) -> ActiveRun:
        return self

    def __exit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> bool:
        if any(run.info.run_id == self.info.run_id for run in _active):
            end_run("FINISHED" if exc_type is None else "FAILED")
        return exc_type is None


def _get_experiment_id() -> str:
    if _experiment_id:
        return _experiment_id
    name = os.environ.get("MLFLOW_EXPERIMENT_NAME")
    if name:
        found = _store.get_experiment_by_name(name)
        return found.experiment_id if found is not None else _store.create_experiment(name)
    return os.environ.get("MLFLOW_EXPERIMENT_ID") or "0"


def set_experiment(
    experiment_name: str | None = None, experiment_id: str | None = None, trace_location: Any = None
) -> Experiment:
    """Set the given experiment as the active experiment."""
    global _experiment_id
    if (experiment_name is not None) == (experiment_id is not None):
        raise MlflowException(
            "Must specify exactly one of: `experiment_id` or `experiment_name`.", INVALID_PARAMETER_VALUE
        )
    if experiment_id is None:
        experiment = _store.get_experiment_by_name(experiment_name)
        if not experiment:
            _store.tell(f"INFO mlflow.tracking.fluent: Experiment with name '{experiment_name}' does not exist. Creating a new experiment.")
            experiment = _store.get_experiment(_store.create_experiment(experiment_name))
    else:
        experiment = _store.get_experiment(experiment_id)
    if experiment.lifecycle_stage != "active":
        raise MlflowException(
            f"Cannot set a deleted experiment {experiment.name!r} as the active experiment. You can restore the "
            "experiment, or permanently delete the experiment to create a new one.",
            INVALID_PARAMETER_VALUE,
        )
    _experiment_id = experiment.experiment_id
    return experiment


def start_run(
    run_id: str | None = None,
    experiment_id: str | None = None,
    run_name: str | None = None,
    nested: bool = False,
    parent_run_id: str | None = None,
    tags: dict[str, Any] | None = None,
    description: str | None = None,
    log_system_metrics: bool | None = None,
) -> ActiveRun:
    """Start a new MLflow run, setting it as the active run."""
    if experiment_id is not None and not isinstance(experiment_id, (str, int)):
        raise MlflowException(
            f"Invalid experiment id: {experiment_id} of type {type(experiment_id)}. Must be one of str, int, or None.",
            INVALID_PARAMETER_VALUE,
        )
    if _active and not nested:
        raise Exception(
            f"Run with UUID {_active[0].info.run_id} is already active. To start a new run, first end the current run "
            "with mlflow.end_run(). To start a nested run, call start_run with nested=True"
        )
    client = MlflowClient()
    run_id = run_id or os.environ.pop("MLFLOW_RUN_ID", None)
    tags = dict(tags or {})
    if description:
        if "mlflow.note.content" in tags:
            raise MlflowException(
                "Description is already set via the tag mlflow.note.content in tags.Remove the key mlflow.note.content "
                "from the tags or omit the description.",
                INVALID_PARAMETER_VALUE,
            )
        tags["mlflow.note.content"] = description
    if run_id:
        run = client.get_run(run_id)
        if run.info.lifecycle_stage == "deleted":
            raise MlflowException(f"Cannot start run with ID {run_id} because it is in the deleted state.")
        _store.update_run(run_id, "RUNNING", run_name)
        _store.set_tags(run_id, tags.items())
        run = client.get_run(run_id)
    else:
        if parent_run_id:
            client.get_run(parent_run_id)
        elif _active:
            parent_run_id = _active[-1].info.run_id
        if parent_run_id is not None:
            tags["mlflow.parentRunId"] = parent_run_id
        if run_name:
            tags["mlflow.runName"] = run_name
        where = str(experiment_id) if experiment_id is not None else _get_experiment_id()
        run = client.create_run(where, tags=tags, run_name=run_name)
    _active.append(ActiveRun(run))
    return _active[-1]


def end_run(status: str = "FINISHED") -> None:
    """End an active MLflow run (if there is one)."""
    global _last
    if _active:
        _last = _active.pop().info.run_id
        MlflowClient().set_terminated(_last, status)


def active_run() -> ActiveRun | None:
    """Get the currently active ``Run``, or None if no such run exists."""
    return _active[-1] if _active else None


def last_active_run() -> Run | None:
    """Gets the most recent active run."""
    if _active:
        return _active[-1]
    return None if _last is None else get_run(_last)


def _get_or_start_run() -> ActiveRun:
    return _active[-1] if _active else start_run()


def get_run(run_id: str) -> Run:
    """Fetch the run from backend store."""
    return MlflowClient().get_run(run_id)


def get_parent_run(run_id: str) -> Run | None:
    """Gets the parent run for the given run id if one exists."""
    return MlflowClient().get_parent_run(run_id)


def log_param(key: str, value: Any, synchronous: bool | None = None) -> Any:
    """Log a parameter under the current run."""
    return MlflowClient().log_param(_get_or_start_run().info.run_id, key, value)


def log_params(params: dict[str, Any], synchronous: bool | None = None, run_id: str | None = None) -> None:
    """Log a batch of params for the current run."""
    run_id = run_id or _get_or_start_run().info.run_id
    if not isinstance(params, Unknown):
        _store.log_params(run_id, params.items())


def log_metric(
    key: str,
    value: float,
    step: int | None = None,
    synchronous: bool | None = None,
    timestamp: int | None = None,
    run_id: str | None = None,
    model_id: str | None = None,
    dataset: Any = None,
) -> None:
    """Log a metric under the current run."""
    run_id = run_id or _get_or_start_run().info.run_id
    _store.log_metrics(run_id, [(key, value, timestamp, step)])


def log_metrics(
    metrics: dict[str, float],
    step: int | None = None,
    synchronous: bool | None = None,
    run_id: str | None = None,
    timestamp: int | None = None,
    model_id: str | None = None,
    dataset: Any = None,
) -> None:
    """Log multiple metrics for the current run."""
    run_id = run_id or _get_or_start_run().info.run_id
    if not isinstance(metrics, Unknown):
        _store.log_metrics(run_id, [(key, value, timestamp, step) for key, value in metrics.items()])


def set_tag(key: str, value: Any, synchronous: bool | None = None) -> None:
    """Set a tag under the current run."""
    _store.set_tags(_get_or_start_run().info.run_id, [(key, value)])


def set_tags(tags: dict[str, Any], synchronous: bool | None = None) -> None:
    """Log a batch of tags for the current run."""
    _store.set_tags(_get_or_start_run().info.run_id, tags.items())


def delete_tag(key: str) -> None:
    """Delete a tag from a run."""
    _store.delete_tag(_get_or_start_run().info.run_id, key)


def log_artifact(local_path: str, artifact_path: str | None = None, run_id: str | None = None) -> None:
    """Log a local file or directory as an artifact of the currently active run."""
    _store.log_artifact(run_id or _get_or_start_run().info.run_id, artifact_path)


def log_artifacts(local_dir: str, artifact_path: str | None = None, run_id: str | None = None) -> None:
    """Log all the contents of a local directory as artifacts of the run."""
    _store.log_artifact(run_id or _get_or_start_run().info.run_id, artifact_path)


def log_text(text: str, artifact_file: str, run_id: str | None = None) -> None:
    """Log text as an artifact."""
    _store.log_artifact(run_id or _get_or_start_run().info.run_id, artifact_file)


def log_dict(dictionary: dict[str, Any], artifact_file: str, run_id: str | None = None) -> None:
    """Log a JSON/YAML-serializable object as an artifact."""
    _store.log_artifact(run_id or _get_or_start_run().info.run_id, artifact_file)


def log_figure(figure: Any, artifact_file: str, *, save_kwargs: dict[str, Any] | None = None) -> None:
    """Log a figure as an artifact."""
    _store.log_artifact(_get_or_start_run().info.run_id, artifact_file)


def log_image(image: Any, artifact_file: str | None = None, *of: Any, **more: Any) -> None:
    """Log an image."""
    _store.log_artifact(_get_or_start_run().info.run_id, artifact_file or "images")


def log_table(data: Any, artifact_file: str, run_id: str | None = None) -> None:
    """Log a table as an artifact."""
    _store.log_artifact(run_id or _get_or_start_run().info.run_id, artifact_file)


def log_input(dataset: Any = None, context: str | None = None, tags: Any = None, model: Any = None) -> None:
    """Log a dataset used in the current run."""
    _get_or_start_run()


def autolog(*args: Any, **kwargs: Any) -> None:
    """There is nothing here that could be logged by itself."""


def flush_async_logging() -> None:
    """Everything is logged at once."""


def get_artifact_uri(artifact_path: str | None = None) -> str:
    """Get the absolute URI of the specified artifact in the currently active run."""
    uri = _get_or_start_run().info.artifact_uri
    return f"{uri}/{artifact_path}" if artifact_path else uri


def create_experiment(
    name: str, artifact_location: str | None = None, tags: dict[str, Any] | None = None, trace_location: Any = None
) -> str:
    """Create an experiment."""
    return MlflowClient().create_experiment(name, artifact_location, tags)


def get_experiment(experiment_id: str) -> Experiment:
    """Retrieve an experiment by experiment_id."""
    return MlflowClient().get_experiment(experiment_id)


def get_experiment_by_name(name: str) -> Experiment | None:
    """Retrieve an experiment by experiment name."""
    return MlflowClient().get_experiment_by_name(name)


def search_experiments(
    view_type: int = ViewType.ACTIVE_ONLY,
    max_results: int | None = None,
    filter_string: str | None = None,
    order_by: list[str] | None = None,
) -> list[Experiment]:
    """Search for experiments that match the specified search query."""
    return list(_store.search_experiments(view_type, filter_string, order_by))[:max_results]


def delete_experiment(experiment_id: str) -> None:
    """Delete an experiment."""
    MlflowClient().delete_experiment(experiment_id)


def delete_run(run_id: str) -> None:
    """Deletes a run with the given ID."""
    MlflowClient().delete_run(run_id)


def set_experiment_tag(key: str, value: Any) -> None:
    """Set a tag on the current experiment."""
    MlflowClient().set_experiment_tag(_get_experiment_id(), key, value)


def set_experiment_tags(tags: dict[str, Any]) -> None:
    """Set tags for the current active experiment."""
    for key, value in tags.items():
        set_experiment_tag(key, value)


def search_runs(
    experiment_ids: list[str] | None = None,
    filter_string: str = "",
    run_view_type: int = ViewType.ACTIVE_ONLY,
    max_results: int = 100000,
    order_by: list[str] | None = None,
    output_format: str = "pandas",
    search_all_experiments: bool = False,
    experiment_names: list[str] | None = None,
) -> Any:
    """Search for runs that fit the specified criteria."""
    if experiment_ids and experiment_names:
        raise MlflowException(
            "Only experiment_ids or experiment_names can be used, but not both", INVALID_PARAMETER_VALUE
        )
    if not experiment_ids and not experiment_names:
        experiment_ids = list(_store._all_experiments()) if search_all_experiments else [_get_experiment_id()]
    elif experiment_names:
        named = [_store.get_experiment_by_name(name) for name in experiment_names]
        experiment_ids = [it.experiment_id for it in named if it is not None]
    found = _store.search_runs(experiment_ids, filter_string, run_view_type, order_by)[:max_results]
    if output_format == "list":
        return found
    if output_format == "pandas":
        return Unknown("mlflow.search_runs(…), a pandas.DataFrame (output_format='list' gives a list),", "pandas")
    raise ValueError(
        f"Unsupported output format: {output_format}. Supported string values are 'pandas' or 'list'"
    )


# ---- the registry


def register_model(
    model_uri: str,
    name: str,
    await_registration_for: int = 300,
    *,
    tags: dict[str, Any] | None = None,
    env_pack: Any = None,
) -> ModelVersion:
    """Create a new model version in model registry for the model files specified by ``model_uri``."""
    client = MlflowClient()
    try:
        created = client.create_registered_model(name)
        _store.tell_of_model(created.name, False)
    except MlflowException as e:
        if e.error_code != "RESOURCE_ALREADY_EXISTS":
            raise
        _store.tell_of_model(name, True)
    run_id = None
    uri = str(model_uri)
    if uri.startswith("runs:/"):
        run_id, path = parse_runs_uri(uri)
        run = client.get_run(run_id)
        if not _store.has_artifact(run_id, path):
            raise MlflowException(
                f"Unable to find a logged_model with artifact_path {path} under run {run.info.run_id}",
                RESOURCE_DOES_NOT_EXIST,
            )
    elif uri.startswith("models:/"):
        name_and_number = uri[len("models:/") :].split("/")
        if len(name_and_number) == 2 and name_and_number[1].isdigit():
            run_id = client.get_model_version(*name_and_number).run_id
    found = client.create_model_version(name, model_uri, run_id, tags)
    _store.tell(f"Created version '{found.version}' of model '{found.name}'.")
    return found


def parse_runs_uri(uri: str) -> tuple[str, str]:
    """Returns the run and the path of a `runs:/` address."""
    run_id, _, path = uri[len("runs:/") :].lstrip("/").partition("/")
    if not run_id:
        raise MlflowException(
            f"Not a proper runs:/ URI: {uri}. Runs URIs must be of the form 'runs:/<run_id>/run-relative/path/to/artifact'",
            INVALID_PARAMETER_VALUE,
        )
    return run_id, path


def _all_pages(search: Any, most: int, wanted: int | None, filter_string: Any, order_by: Any) -> list[Any]:
    found: list[Any] = []
    token = None
    while wanted is None or len(found) < wanted:
        page = search(filter_string, most if wanted is None else min(most, wanted - len(found)), order_by, token)
        found.extend(page)
        token = page.token
        if not token:
            break
    return found


def search_registered_models(
    max_results: int | None = None, filter_string: str | None = None, order_by: list[str] | None = None
) -> list[RegisteredModel]:
    """Search for registered models that satisfy the filter criteria."""
    return _all_pages(MlflowClient().search_registered_models, 100, max_results, filter_string, order_by)


def search_model_versions(
    max_results: int | None = None, filter_string: str | None = None, order_by: list[str] | None = None
) -> list[ModelVersion]:
    """Search for model versions that satisfy the filter criteria."""
    return _all_pages(MlflowClient().search_model_versions, 10000, max_results, filter_string, order_by)


def set_model_version_tag(name: str, version: str | None = None, key: str | None = None, value: Any = None) -> None:
    """Set a tag for the model version."""
    MlflowClient().set_model_version_tag(name=name, version=version, key=key, value=value)


__getattr__ = _missing.names_of(__name__)
