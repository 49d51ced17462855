"""`mlflow.models.evaluation.validation`: what a model has to reach."""

from __future__ import annotations

from typing import Any

from mlflow import _missing
from mlflow.entities._mlflow_object import field
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import BAD_REQUEST, INVALID_PARAMETER_VALUE


class MetricThresholdClassException(MlflowException):
    """Values that no threshold has."""

    def __init__(self, _message: str, **kwargs: Any):
        super().__init__(
            "Could not instantiate MetricThreshold class: " + _message, error_code=INVALID_PARAMETER_VALUE, **kwargs
        )


class ModelValidationFailedException(MlflowException):
    """A model that did not reach its thresholds."""

    def __init__(self, message: str, **kwargs: Any):
        super().__init__(message, error_code=BAD_REQUEST, **kwargs)


def _wrong(threshold: Any, absolute: Any, relative: Any, greater: Any) -> str | None:
    """Returns what is wrong, in MLflow's order."""
    if threshold is not None and type(threshold) not in (int, float):
        return "`threshold` parameter must be a number."
    if absolute is not None and (type(absolute) not in (int, float) or absolute <= 0):
        return "`min_absolute_change` parameter must be a positive number."
    if relative is not None and not isinstance(relative, float):
        return "`min_relative_change` parameter must be a floating point number."
    if relative is not None and not 0 <= relative <= 1:
        return "`min_relative_change` parameter must be between 0 and 1."
    if greater is None:
        return "`greater_is_better` parameter must be defined."
    if not isinstance(greater, bool):
        return "`greater_is_better` parameter must be a boolean."
    if threshold is None and absolute is None and relative is None:
        return "no threshold was specified."
    return None


class MetricThreshold:
    """A threshold of a metric for the validation of a model."""

    def __init__(
        self,
        threshold: Any = None,
        min_absolute_change: Any = None,
        min_relative_change: Any = None,
        greater_is_better: Any = None,
    ):
        wrong = _wrong(threshold, min_absolute_change, min_relative_change, greater_is_better)
        if wrong is not None:
            raise MetricThresholdClassException(wrong)
        self._threshold = threshold
        self._min_absolute_change = min_absolute_change
        self._min_relative_change = min_relative_change
        self._greater_is_better = greater_is_better

    threshold = field("_threshold")
    min_absolute_change = field("_min_absolute_change")
    min_relative_change = field("_min_relative_change")
    greater_is_better = field("_greater_is_better")

    def __str__(self) -> str:
        parts = [
            f"{what}: {value}."
            for what, value in (
                ("Threshold", self._threshold),
                ("Minimum Absolute Change", self._min_absolute_change),
                ("Minimum Relative Change", self._min_relative_change),
            )
            if value is not None
        ]
        return " ".join([*parts, f"{'Greater' if self._greater_is_better else 'Lower'} value is better."])


def validate_evaluation_results(
    validation_thresholds: dict[str, MetricThreshold], candidate_result: Any, baseline_result: Any = None
) -> None:
    """Checks the thresholds. Whether a model reaches them is not known here, so nothing is decided."""
    is_right = type(validation_thresholds) is dict and all(
        type(key) is str and isinstance(value, MetricThreshold) for key, value in validation_thresholds.items()
    )
    if not is_right:
        raise MlflowException(
            "The validation thresholds argument must be a dictionary that maps strings to MetricThreshold objects.",
            INVALID_PARAMETER_VALUE,
        )
    bool(candidate_result)
    raise _missing.only_the_registry("mlflow.validate_evaluation_results")


__getattr__ = _missing.names_of(__name__)
