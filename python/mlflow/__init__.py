"""A simulated MLflow 3.18.0: its model registry, and the runs that versions come from.

Everything goes through one function, `_registry.call(method, json) -> json`, to the same state machine that the page has.
What MLflow has and this package has not says so when it is used.
"""

from mlflow import _flavors, _missing
from mlflow.version import VERSION as __version__

_flavors.install()
_missing.install()

from mlflow import artifacts, client, entities, exceptions, models, pyfunc, tracking  # noqa: E402
from mlflow.client import MlflowClient  # noqa: E402
from mlflow.exceptions import MlflowException  # noqa: E402
from mlflow.models.evaluation import evaluate_as_before as evaluate  # noqa: E402
from mlflow.models.evaluation.validation import validate_evaluation_results  # noqa: E402
from mlflow.models.signature import infer_signature as _infer_signature  # noqa: E402,F401
from mlflow.tracking._uris import (  # noqa: E402
    get_registry_uri,
    get_tracking_uri,
    is_tracking_uri_set,
    set_registry_uri,
    set_tracking_uri,
)
from mlflow.tracking.fluent import (  # noqa: E402
    ActiveRun,
    active_run,
    autolog,
    create_experiment,
    delete_experiment,
    delete_run,
    delete_tag,
    end_run,
    flush_async_logging,
    get_artifact_uri,
    get_experiment,
    get_experiment_by_name,
    get_parent_run,
    get_run,
    last_active_run,
    log_artifact,
    log_artifacts,
    log_dict,
    log_figure,
    log_image,
    log_input,
    log_metric,
    log_metrics,
    log_param,
    log_params,
    log_table,
    log_text,
    register_model,
    search_experiments,
    search_model_versions,
    search_registered_models,
    search_runs,
    set_experiment,
    set_experiment_tag,
    set_experiment_tags,
    set_model_version_tag,
    set_tag,
    set_tags,
    start_run,
)


def enable_system_metrics_logging() -> None:
    """There is no system to measure here."""


def disable_system_metrics_logging() -> None:
    """There is no system to measure here."""


__all__ = [name for name in globals() if not name.startswith("_")]
__getattr__ = _missing.names_of(__name__)
