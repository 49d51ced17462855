"""Runs and experiments. The registry knows a run's ID and its metrics; the rest is kept here, for as long as Python is."""

from __future__ import annotations

import numbers
import re
import sys
from typing import Any, Iterable

from mlflow._call import call
from mlflow._missing import NotSimulated
from mlflow._unknown import Unknown, is_unknown
from mlflow.entities import (
    Experiment,
    ExperimentTag,
    Metric,
    Param,
    Run,
    RunData,
    RunInfo,
    RunInputs,
    RunOutputs,
    RunStatus,
    RunTag,
    ViewType,
)
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import (
    INVALID_PARAMETER_VALUE,
    RESOURCE_ALREADY_EXISTS,
    RESOURCE_DOES_NOT_EXIST,
)

_NAME = re.compile(r"^[/\w.\- :]*$")
_RUN_ID = re.compile(r"^[a-zA-Z0-9][\w\-]{0,255}$")
_BAD_NAME = (
    "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/)."
)


class _Kept:
    """What is kept of a run."""

    def __init__(self, info: RunInfo, tags: dict[str, str]):
        self.info = info
        self.tags = tags
        self.params: dict[str, str] = {}
        self.history: dict[str, list[Metric]] = {}
        self.artifacts: set[str] = set()

    def run(self) -> Run:
        """Returns the run as it is now."""
        info = RunInfo(**{name: value for name, value in self.info})
        latest = [max(history, key=_rank) for history in self.history.values()]
        data = RunData(
            latest,
            [Param(key, value) for key, value in self.params.items()],
            [RunTag(key, value) for key, value in self.tags.items()],
        )
        return Run(info, data, RunInputs([], []), RunOutputs([]))


def _rank(metric: Metric) -> Any:
    value = metric.value
    return (metric.step, metric.timestamp, 0.0 if is_unknown(value) or value != value else value)


_runs: dict[str, _Kept] = {}
_experiments: dict[str, Experiment] = {}


def tell(text: str) -> None:
    """Prints what MLflow prints beside its answer."""
    print(text, file=sys.stderr)


def tell_of_model(name: str, is_there: bool) -> None:
    """Prints whether a model was made or was there."""
    if is_there:
        tell(f"Registered model {name!r} already exists. Creating a new version of this model...")
    else:
        tell(f"Successfully registered model '{name}'.")


def now() -> int:
    """Returns the registry's time, in milliseconds. It goes on with each step there, and with each question here."""
    global _clock
    _clock = max(call("now"), _clock + 1)
    return _clock


_clock = 0


# ---- experiments


def _all_experiments() -> dict[str, Experiment]:
    if not _experiments:
        _experiments["0"] = Experiment("0", "Default", "mlflow-artifacts:/0", "active", None, now(), now())
    return _experiments


def _experiment_number(experiment_id: Any) -> str:
    try:
        return str(int(experiment_id))
    except (ValueError, TypeError):
        raise MlflowException(
            f"Invalid experiment ID '{experiment_id}'. Experiment ID must be a valid integer.", INVALID_PARAMETER_VALUE
        )


def create_experiment(name: Any, artifact_location: Any = None, tags: Any = None) -> str:
    """Makes an experiment and returns its ID."""
    if name is None or (isinstance(name, str) and not name.strip()):
        raise MlflowException(f"Invalid experiment name: '{name}'", INVALID_PARAMETER_VALUE)
    if not isinstance(name, str):
        raise MlflowException(f"Invalid experiment name: {name}. Expects a string.", INVALID_PARAMETER_VALUE)
    if get_experiment_by_name(name) is not None:
        raise MlflowException(f"Experiment(name={name}) already exists.", RESOURCE_ALREADY_EXISTS)
    number = str(len(_all_experiments()))
    location = artifact_location or f"mlflow-artifacts:/{number}"
    kept = [ExperimentTag(key, str(value)) for key, value in (tags or {}).items()]
    _experiments[number] = Experiment(number, name, location, "active", kept, now(), now())
    return number


def get_experiment(experiment_id: Any) -> Experiment:
    """Returns the experiment of an ID."""
    number = _experiment_number(experiment_id)
    if number not in _all_experiments():
        raise MlflowException(f"No Experiment with id={number} exists", RESOURCE_DOES_NOT_EXIST)
    return _experiments[number]


def get_experiment_by_name(name: Any) -> Experiment | None:
    """Returns the experiment of a name, if there is one."""
    return next((it for it in _all_experiments().values() if it.name == name), None)


def search_experiments(view_type: int, filter_string: Any, order_by: Any) -> list[Experiment]:
    """Returns the experiments, the newest first."""
    found = [it for it in reversed(_all_experiments().values()) if _is_seen(it.lifecycle_stage, view_type)]
    if filter_string:
        match = re.fullmatch(r"\s*(?:attributes?\.)?name\s*(=|!=|LIKE|ILIKE)\s*(['\"])(.*)\2\s*", filter_string, re.I)
        if match is None:
            raise NotSimulated(f"a filter of experiments such as {filter_string!r} is not simulated; name = '…' is")
        found = [it for it in found if _compared(it.name, match[1].upper(), match[3])]
    if order_by:
        found = _ordered(found, order_by, lambda it, key: getattr(it, key.split(".")[-1], None))
    return found


def _is_seen(stage: str, view_type: int) -> bool:
    return view_type == ViewType.ALL or (stage == "active") == (view_type == ViewType.ACTIVE_ONLY)


# ---- runs


def create_run(experiment_id: Any, start_time: Any, tags: Any, run_name: Any) -> Run:
    """Makes a run."""
    experiment = get_experiment(experiment_id)
    if experiment.lifecycle_stage != "active":
        raise MlflowException(
            f"The experiment {experiment.experiment_id} must be in the 'active' state. "
            f"Current state is {experiment.lifecycle_stage}.",
            INVALID_PARAMETER_VALUE,
        )
    texts = {key: str(value) for key, value in (tags or {}).items()}
    name = run_name or texts.get("mlflow.runName")
    made = call("create_run", run_name=name or "")
    run_id = made["run_id"]
    texts["mlflow.runName"] = name or run_id
    info = RunInfo(
        run_id=run_id,
        experiment_id=experiment.experiment_id,
        user_id=texts.get("mlflow.user", "unknown"),
        status="RUNNING",
        start_time=start_time or now(),
        end_time=None,
        lifecycle_stage="active",
        artifact_uri=f"{experiment.artifact_location}/{run_id}/artifacts",
        run_name=texts["mlflow.runName"],
    )
    _runs[run_id] = _Kept(info, texts)
    return _runs[run_id].run()


def _find(run_id: Any) -> _Kept:
    if not isinstance(run_id, str):
        raise TypeError(f"expected string or bytes-like object, got '{type(run_id).__name__}'")
    kept = _runs.get(run_id)
    if kept is not None:
        return kept
    if _RUN_ID.fullmatch(run_id) is None and not run_id.startswith("run-of-"):
        raise MlflowException(f"Invalid value \"{run_id}\" for parameter 'run_id' supplied.", INVALID_PARAMETER_VALUE)
    found = call("get_run", run_id=run_id)
    started = found["start_time"] or now()
    info = RunInfo(
        run_id=run_id,
        experiment_id="0",
        user_id="unknown",
        status="FINISHED",
        start_time=started,
        end_time=started,
        lifecycle_stage="active",
        artifact_uri=f"mlflow-artifacts:/0/{run_id}/artifacts",
        run_name=run_id,
    )
    kept = _Kept(info, {"mlflow.runName": run_id})
    for key, value in found["metrics"].items():
        kept.history[key] = [Metric(key, float(value), started, 0, run_id=run_id)]
    return kept


def get_run(run_id: Any) -> Run:
    """Returns a run: one that was made here, or the one that a version comes from."""
    return _find(run_id).run()


def _check_name(key: Any, path: str) -> None:
    if key is None:
        raise MlflowException(f"Missing value for required parameter '{path}'.", INVALID_PARAMETER_VALUE)
    if _NAME.fullmatch(key) is None:
        raise MlflowException(f"Invalid value \"{key}\" for parameter '{path}' supplied: {_BAD_NAME}", INVALID_PARAMETER_VALUE)


def _measured(key: Any, value: Any, timestamp: int) -> float:
    if is_unknown(value):
        return value
    if value is None:
        raise MlflowException("Missing value for required parameter 'value'.", INVALID_PARAMETER_VALUE)
    try:
        number = float(value)
    except (TypeError, ValueError):
        shown = f'"{value}"' if isinstance(value, str) else value
        raise MlflowException(
            f"Invalid value {shown} for parameter 'value' supplied: (timestamp={timestamp}). "
            "Please specify value as a valid double (64-bit floating point)",
            INVALID_PARAMETER_VALUE,
        )
    largest = sys.float_info.max
    return min(max(number, -largest), largest) if number == number else number


def log_metrics(run_id: Any, metrics: Iterable[tuple[Any, Any, Any, Any]]) -> None:
    """Logs metrics to a run. The registry hands them on to the versions that come from it."""
    kept = _find(run_id)
    logged = []
    for key, value, timestamp, step in metrics:
        _check_name(key, "name")
        at = timestamp if timestamp is not None else now()
        value = _measured(key, value, at)
        if step is not None and not isinstance(step, numbers.Number):
            raise MlflowException(
                f"Invalid value \"{step}\" for parameter 'step' supplied: metric '{key}' (value={value}). "
                "Step must be a valid long (64-bit integer).",
                INVALID_PARAMETER_VALUE,
            )
        logged.append(Metric(key, value, at, int(step or 0), run_id=None))
    for metric in logged:
        kept.history.setdefault(metric.key, []).append(metric)
        value = metric.value
        if not is_unknown(value) and value == value:
            call("log_metrics", run_id=run_id, metrics=[[metric.key, _decimal(value)]])


def _decimal(value: float) -> str:
    return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def get_metric_history(run_id: Any, key: str) -> list[Metric]:
    """Returns all values that a metric was logged with."""
    return list(_find(run_id).history.get(key, []))


def log_params(run_id: Any, params: Iterable[tuple[Any, Any]]) -> None:
    """Logs parameters. None of them may change."""
    kept = _find(run_id)
    for key, value in params:
        _check_name(key, "key")
        value = str(value)
        old = kept.params.get(key)
        if old is not None and old != value:
            raise MlflowException(
                f"Changing param values is not allowed. Param with key='{key}' was already logged with value='{old}' "
                f"for run ID='{run_id}'. Attempted logging new value '{value}'."
                + _PARAM_HELP,
                INVALID_PARAMETER_VALUE,
            )
        kept.params[key] = value


_PARAM_HELP = """

The cause of this error is typically due to repeated calls
to an individual run_id event logging.

Incorrect Example:
---------------------------------------
with mlflow.start_run():
    mlflow.log_param("depth", 3)
    mlflow.log_param("depth", 5)
---------------------------------------

Which will throw an MlflowException for overwriting a
logged parameter.

Correct Example:
---------------------------------------
with mlflow.start_run():
    with mlflow.start_run(nested=True):
        mlflow.log_param("depth", 3)
    with mlflow.start_run(nested=True):
        mlflow.log_param("depth", 5)
---------------------------------------

Which will create a new nested run for each individual
model and prevent parameter key collisions within the
tracking store."""


def set_tags(run_id: Any, tags: Iterable[tuple[Any, Any]]) -> None:
    """Sets tags of a run."""
    kept = _find(run_id)
    for key, value in tags:
        _check_name(key, "key")
        kept.tags[key] = str(value)
        if key == "mlflow.runName":
            kept.info._run_name = str(value)


def delete_tag(run_id: Any, key: str) -> None:
    """Deletes a tag of a run."""
    kept = _find(run_id)
    if key not in kept.tags:
        raise MlflowException(f"No tag with name: {key} in run with id {run_id}", RESOURCE_DOES_NOT_EXIST)
    del kept.tags[key]


def update_run(run_id: Any, status: Any, name: Any, end_time: Any = None, is_end: bool = False) -> None:
    """Changes a run's status or name."""
    kept = _find(run_id)
    if status is not None:
        RunStatus.from_string(status)
        kept.info._status = status
    if name:
        kept.info._run_name = name
        kept.tags["mlflow.runName"] = name
    if is_end:
        kept.info._end_time = end_time or now()


def set_lifecycle(run_id: Any, stage: str) -> None:
    """Deletes a run, or takes it back."""
    _find(run_id).info._lifecycle_stage = stage


def log_artifact(run_id: Any, path: Any) -> None:
    """Remembers that something was logged below a path. What it was is not kept."""
    _find(run_id).artifacts.add(str(path or ""))


def has_artifact(run_id: Any, path: str) -> bool:
    """Returns whether a model may be at that place of a run."""
    kept = _find(run_id)
    return run_id not in _runs or "" in kept.artifacts or path.strip("/") in kept.artifacts


def search_runs(experiment_ids: Any, filter_string: Any, view_type: int, order_by: Any) -> list[Run]:
    """Returns the runs of some experiments, the newest first."""
    wanted = [_experiment_number(it) for it in experiment_ids]
    clauses = _clauses(filter_string or "")
    found = [
        kept.run()
        for kept in reversed(_runs.values())
        if kept.info.experiment_id in wanted and _is_seen(kept.info.lifecycle_stage, view_type)
    ]
    found = [run for run in found if all(_compared(_asked(run, key), sign, value) for key, sign, value in clauses)]
    return _ordered(found, order_by, _asked) if order_by else found


_CLAUSE = re.compile(
    r"""\s*(?P<key>[\w.]+?(?:\.?(?:`[^`]*`|"[^"]*"))?)\s*(?P<sign>!=|>=|<=|=|>|<|\b(?:I?LIKE)\b)\s*"""
    r"""(?P<value>'[^']*'|"[^"]*"|[-+.\w]+)\s*(?P<and>\bAND\b|$)""",
    re.I,
)


def _clauses(filter_string: str) -> list[tuple[str, str, Any]]:
    clauses = []
    at = 0
    while filter_string[at:].strip():
        match = _CLAUSE.match(filter_string, at)
        if match is None:
            raise NotSimulated(f"a filter of runs such as {filter_string!r} is not simulated; comparisons joined by AND are")
        value: Any = match["value"]
        value = value[1:-1] if value[0] in "'\"" else float(value)
        clauses.append((match["key"], match["sign"].upper(), value))
        at = match.end()
    return clauses


def _asked(run: Run, key: str) -> Any:
    """Returns what a key of a filter or of an order means."""
    kind, point, name = key.partition(".")
    name = name.strip("`\"")
    of = {"metric": "metrics", "metrics": "metrics", "param": "params", "params": "params", "parameters": "params"}
    of.update({"parameter": "params", "tag": "tags", "tags": "tags"})
    if point and kind.lower() in of:
        return getattr(run.data, of[kind.lower()]).get(name)
    attribute = name if point else kind
    known = {"created": "start_time", "run name": "run_name", "Run name": "run_name"}
    attribute = known.get(attribute, attribute)
    if attribute not in RunInfo._properties():
        raise MlflowException(
            f"Invalid attribute key '{attribute}' specified.", INVALID_PARAMETER_VALUE
        )
    return getattr(run.info, attribute)


def _compared(found: Any, sign: str, wanted: Any) -> bool:
    if found is None:
        return False
    if sign in ("LIKE", "ILIKE"):
        parts = [re.escape(part).replace("_", ".") for part in str(wanted).split("%")]
        return re.fullmatch(".*".join(parts), str(found), re.S | (re.I if sign == "ILIKE" else 0)) is not None
    if isinstance(wanted, float) and not isinstance(found, Unknown):
        found = float(found)
    results = {
        "=": lambda: found == wanted,
        "!=": lambda: found != wanted,
        "<": lambda: found < wanted,
        "<=": lambda: found <= wanted,
        ">": lambda: found > wanted,
        ">=": lambda: found >= wanted,
    }
    return results[sign]()


def _ordered(found: list[Any], order_by: Any, asked: Any) -> list[Any]:
    """Returns what was found in order. What lacks the value comes last."""
    for order in reversed([order_by] if isinstance(order_by, str) else list(order_by)):
        key, _, way = str(order).strip().rpartition(" ")
        if way.upper() not in ("ASC", "DESC"):
            key, way = str(order).strip(), "ASC"
        has = [it for it in found if asked(it, key) is not None]
        has.sort(key=lambda it: asked(it, key), reverse=way.upper() == "DESC")
        found = has + [it for it in found if asked(it, key) is None]
    return found
