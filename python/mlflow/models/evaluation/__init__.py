"""`mlflow.models.evaluation`: there are no models here, so nothing is evaluated, and what would come out is not known."""

from __future__ import annotations

import warnings
from typing import Any

from mlflow import _missing
from mlflow._note import note
from mlflow._unknown import Unknown, is_unknown
from mlflow.exceptions import MlflowException
from mlflow.models.evaluation.validation import MetricThreshold
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE

_DEPRECATED = (
    "The `mlflow.evaluate` API has been deprecated as of MLflow 3.0.0. Please use these new alternatives:\n\n"
    " - For traditional ML or deep learning models: Use `mlflow.models.evaluate`, "
    "which maintains full compatibility with the original `mlflow.evaluate` API.\n\n"
    " - For LLMs or GenAI applications: Use the new `mlflow.genai.evaluate` API, "
    "which offers enhanced features specifically designed for evaluating LLMs and GenAI applications.\n"
)


def evaluate(
    model: Any = None,
    data: Any = None,
    *,
    model_type: str | None = None,
    targets: Any = None,
    predictions: Any = None,
    dataset_path: str | None = None,
    feature_names: list[str] | None = None,
    evaluators: Any = None,
    evaluator_config: Any = None,
    extra_metrics: Any = None,
    custom_artifacts: Any = None,
    env_manager: str = "local",
    model_config: dict[str, Any] | None = None,
    inference_params: dict[str, Any] | None = None,
    model_id: str | None = None,
) -> Unknown:
    """Evaluates nothing: the result can be handed on, and nothing can be decided by it."""
    if data is None:
        raise MlflowException("The data argument cannot be None.", INVALID_PARAMETER_VALUE)
    if model_type in ("regressor", "classifier") and targets is None and not is_unknown(data):
        raise MlflowException(
            f"The targets argument must be specified for {model_type} models.", INVALID_PARAMETER_VALUE
        )
    if model_type is None and not extra_metrics:
        raise MlflowException(
            "The extra_metrics argument must be specified model_type is None.", INVALID_PARAMETER_VALUE
        )
    if isinstance(model, str) and not model.startswith("endpoints:"):
        from mlflow._flavors import load

        load(model)
    note("evaluate", "Nothing is evaluated here: there are no files of models. What would come out is not known.")
    return Unknown("mlflow.models.evaluate(…)", "model")


def evaluate_as_before(*args: Any, **kwargs: Any) -> Unknown:
    """The same by its older name, `mlflow.evaluate`."""
    warnings.warn(_DEPRECATED, FutureWarning, stacklevel=2)
    return evaluate(*args, **kwargs)


__all__ = ["MetricThreshold", "evaluate"]
__getattr__ = _missing.names_of(__name__)
