"""The objects of runs and experiments."""

from __future__ import annotations

from typing import Any

from mlflow.entities._mlflow_object import _MlflowObject, _Plain, field


class Metric(_MlflowObject):
    """Metric object."""

    def __init__(
        self,
        key: str,
        value: float,
        timestamp: int,
        step: int,
        model_id: str | None = None,
        dataset_name: str | None = None,
        dataset_digest: str | None = None,
        run_id: str | None = None,
    ):
        self._key = key
        self._value = value
        self._timestamp = timestamp
        self._step = step
        self._model_id = model_id
        self._dataset_name = dataset_name
        self._dataset_digest = dataset_digest
        self._run_id = run_id

    key = field("_key")
    value = field("_value")
    timestamp = field("_timestamp")
    step = field("_step")
    model_id = field("_model_id")
    dataset_name = field("_dataset_name")
    dataset_digest = field("_dataset_digest")
    run_id = field("_run_id")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def to_dictionary(self) -> dict[str, Any]:
        names = ("key", "value", "timestamp", "step", "model_id", "dataset_name", "dataset_digest", "run_id")
        return {name: getattr(self, name) for name in names}


class Param(_Plain):
    """Parameter object."""

    def __init__(self, key: str, value: str):
        self._key = key
        self._value = value

    key = field("_key")
    value = field("_value")


class RunTag(_Plain):
    """Tag object associated with a run."""

    def __init__(self, key: str, value: str):
        self._key = key
        self._value = value

    key = field("_key")
    value = field("_value")


class ExperimentTag(_Plain):
    """Tag object associated with an experiment."""

    def __init__(self, key: str, value: str):
        self._key = key
        self._value = value

    key = field("_key")
    value = field("_value")


class RunInfo(_Plain):
    """Metadata about a run."""

    def __init__(
        self,
        run_id: str,
        experiment_id: str,
        user_id: str,
        status: str,
        start_time: int,
        end_time: int | None,
        lifecycle_stage: str,
        artifact_uri: str | None = None,
        run_name: str | None = None,
    ):
        self._run_id = run_id
        self._experiment_id = experiment_id
        self._user_id = user_id
        self._status = status
        self._start_time = start_time
        self._end_time = end_time
        self._lifecycle_stage = lifecycle_stage
        self._artifact_uri = artifact_uri
        self._run_name = run_name

    run_id = field("_run_id")
    experiment_id = field("_experiment_id")
    run_name = field("_run_name")
    user_id = field("_user_id")
    status = field("_status")
    start_time = field("_start_time")
    end_time = field("_end_time")
    artifact_uri = field("_artifact_uri")
    lifecycle_stage = field("_lifecycle_stage")


class RunData(_MlflowObject):
    """Run data (metrics and parameters)."""

    def __init__(
        self,
        metrics: list[Metric] | None = None,
        params: list[Param] | None = None,
        tags: list[RunTag] | None = None,
    ):
        self._metric_objs = metrics or []
        self._metrics = {metric.key: metric.value for metric in self._metric_objs}
        self._params = {param.key: param.value for param in (params or [])}
        self._tags = {tag.key: tag.value for tag in (tags or [])}

    metrics = field("_metrics")
    params = field("_params")
    tags = field("_tags")

    def to_dictionary(self) -> dict[str, Any]:
        return {"metrics": self.metrics, "params": self.params, "tags": self.tags}


class RunInputs(_MlflowObject):
    """What a run was given."""

    def __init__(self, dataset_inputs: list[Any], model_inputs: list[Any] | None = None):
        self._dataset_inputs = dataset_inputs
        self._model_inputs = model_inputs or []

    dataset_inputs = field("_dataset_inputs")
    model_inputs = field("_model_inputs")

    def to_dictionary(self) -> dict[str, Any]:
        return {"model_inputs": self.model_inputs, "dataset_inputs": self.dataset_inputs}


class RunOutputs(_MlflowObject):
    """What a run made."""

    def __init__(self, model_outputs: list[Any]):
        self._model_outputs = model_outputs

    model_outputs = field("_model_outputs")

    def to_dictionary(self) -> dict[str, Any]:
        return {"model_outputs": self.model_outputs}


class Run(_MlflowObject):
    """Run object."""

    def __init__(
        self,
        run_info: RunInfo,
        run_data: RunData,
        run_inputs: RunInputs | None = None,
        run_outputs: RunOutputs | None = None,
    ):
        self._info = run_info
        self._data = run_data
        self._inputs = run_inputs
        self._outputs = run_outputs

    info = field("_info")
    data = field("_data")
    inputs = field("_inputs")
    outputs = field("_outputs")

    def to_dictionary(self) -> dict[Any, Any]:
        run_dict: dict[Any, Any] = {"info": dict(self.info)}
        for name in ("data", "inputs", "outputs"):
            part = getattr(self, name)
            if part:
                run_dict[name] = part.to_dictionary()
        return run_dict


class Experiment(_MlflowObject):
    """Experiment object."""

    DEFAULT_EXPERIMENT_NAME = "Default"

    def __init__(
        self,
        experiment_id: str,
        name: str,
        artifact_location: str,
        lifecycle_stage: str,
        tags: list[ExperimentTag] | None = None,
        creation_time: int | None = None,
        last_update_time: int | None = None,
        workspace: str | None = None,
        trace_location: Any | None = None,
        effective_trace_archival_retention: str | None = None,
    ):
        self._experiment_id = experiment_id
        self._name = name
        self._artifact_location = artifact_location
        self._lifecycle_stage = lifecycle_stage
        self._tags = {tag.key: tag.value for tag in (tags or [])}
        self._creation_time = creation_time
        self._last_update_time = last_update_time
        self._workspace = workspace or "default"
        self._trace_location = trace_location
        self._effective_trace_archival_retention = effective_trace_archival_retention

    experiment_id = field("_experiment_id")
    name = field("_name")
    artifact_location = field("_artifact_location")
    lifecycle_stage = field("_lifecycle_stage")
    tags = field("_tags")
    creation_time = field("_creation_time")
    last_update_time = field("_last_update_time")
    workspace = field("_workspace")
    trace_location = field("_trace_location")
    effective_trace_archival_retention = field("_effective_trace_archival_retention")


class ViewType:
    """Which of the active and the deleted are wanted."""

    ACTIVE_ONLY, DELETED_ONLY, ALL = range(1, 4)


class RunStatus:
    """Enum for status of a Run."""

    RUNNING, SCHEDULED, FINISHED, FAILED, KILLED = range(1, 6)
    _STRING_TO_STATUS = {"RUNNING": 1, "SCHEDULED": 2, "FINISHED": 3, "FAILED": 4, "KILLED": 5}
    _STATUS_TO_STRING = {value: key for key, value in _STRING_TO_STATUS.items()}

    @staticmethod
    def from_string(status_str: str) -> int:
        if status_str not in RunStatus._STRING_TO_STATUS:
            raise Exception(
                f"Could not get run status corresponding to string {status_str}. Valid run "
                f"status strings: {list(RunStatus._STRING_TO_STATUS)}"
            )
        return RunStatus._STRING_TO_STATUS[status_str]

    @staticmethod
    def to_string(status: int) -> str:
        if status not in RunStatus._STATUS_TO_STRING:
            raise Exception(
                f"Could not get string corresponding to run status {status}. Valid run "
                f"statuses: {list(RunStatus._STATUS_TO_STRING)}"
            )
        return RunStatus._STATUS_TO_STRING[status]

    @staticmethod
    def is_terminated(status: int) -> bool:
        return status in (3, 4, 5)

    @staticmethod
    def all_status() -> list[int]:
        return list(RunStatus._STATUS_TO_STRING)


class LifecycleStage:
    """Whether something was deleted."""

    ACTIVE = "active"
    DELETED = "deleted"
