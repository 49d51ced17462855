"""Packages that are not here: they can be imported, do nothing, and what they would compute is not known."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from typing import Any, Callable

from model_stages_runner import words

PACKAGES = frozenset(
    "sklearn pandas numpy joblib boto3 botocore scipy matplotlib seaborn plotly xgboost lightgbm catboost torch torchvision "
    "tensorflow keras transformers datasets onnx onnxruntime skl2onnx statsmodels prophet optuna hyperopt shap imblearn "
    "category_encoders evidently pyspark databricks delta dotenv yaml tqdm psutil azure google s3fs fsspec pyarrow polars "
    "cloudpickle dill skops sqlalchemy psycopg2 pymongo redis kafka tabulate rich loguru colorama slack_sdk IPython "
    "great_expectations feast dvc dagshub bentoml ray dask mlflow_export_import nltk spacy gensim cv2 PIL ultralytics "
    "sentence_transformers langchain openai accelerate peft pytorch_lightning lightning tensorboard wandb comet_ml neptune "
    "azureml mldesigner sagemaker snowflake keras_tuner pycaret flaml autogluon mlxtend pmdarima skimage lime eli5 "
    "huggingface_hub tokenizers kagglehub minio duckdb".split()
)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the stand-ins before anything that may be installed, so that a script does the same everywhere."""

    def __init__(self, note: Callable[[str, str], None]):
        self._note = note

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname.partition(".")[0] in PACKAGES:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: Any) -> types.ModuleType:
        return types.ModuleType(spec.name, "A stand-in: it does nothing.")

    def exec_module(self, module: types.ModuleType) -> None:
        from mlflow._unknown import Unknown

        name = module.__name__
        package = name.partition(".")[0]
        whole = Unknown(name, package)
        module.__getattr__ = lambda part: getattr(whole, part)  # type: ignore[method-assign]
        module.__version__ = "0"  # type: ignore[attr-defined]
        if "." not in name:
            self._note(f"stand-in:{package}", words.STAND_IN.format(package=package))


def install(note: Callable[[str, str], None]) -> None:
    """Puts the stand-ins before everything else."""
    sys.meta_path.insert(0, Finder(note))
