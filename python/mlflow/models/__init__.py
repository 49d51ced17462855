"""`mlflow.models`: signatures, and what is told of a logged model."""

from mlflow import _missing
from mlflow.models.evaluation import MetricThreshold, evaluate
from mlflow.models.model import ModelInfo
from mlflow.models.signature import ModelSignature, infer_signature

__all__ = ["MetricThreshold", "ModelInfo", "ModelSignature", "evaluate", "infer_signature"]
__getattr__ = _missing.names_of(__name__)
