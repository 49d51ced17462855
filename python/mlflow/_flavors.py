"""`log_model`, `load_model` and the like, for every flavor: models are not kept, only what the registry says of them."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from typing import Any

from mlflow import _missing
from mlflow._missing import NotSimulated
from mlflow._unknown import Unknown
from mlflow.exceptions import MlflowException
from mlflow.models.model import ModelInfo

FLAVORS = (
    "catboost diffusers h2o johnsnowlabs keras langchain lightgbm llama_index onnx openai paddle pmdarima prophet pyspark.ml "
    "pytorch sentence_transformers sklearn spacy spark statsmodels tensorflow transformers xgboost"
).split()


def log(flavor: str, path: Any, name: Any, registered_model_name: Any, tags: Any = None) -> ModelInfo:
    """Remembers that a model was logged, and registers it if it is to be."""
    from mlflow.tracking import _store, fluent

    run = fluent.active_run()
    place = str(name or path or "model")
    if run is None:
        run = fluent._get_or_start_run()
    run_id = run.info.run_id
    _store.log_artifact(run_id, place)
    uri = f"runs:/{run_id}/{place}"
    version = None
    if registered_model_name is not None:
        version = fluent.register_model(uri, registered_model_name).version
    return ModelInfo(place, uri, run_id, f"m-{run_id}", version, flavor)


class PyFuncModel:
    """A loaded model: it knows which version it is. What it would predict is not known here."""

    def __init__(self, uri: str, version: Any, run_id: Any):
        self._version = version
        self._uri = uri
        self.metadata = types.SimpleNamespace(
            run_id=run_id, model_uuid=None, flavors={}, artifact_path="model", signature=None, model_id=None
        )
        self.model_id = None

    def predict(self, *args: Any, **kwargs: Any) -> Unknown:
        return Unknown(f"the prediction of {self._uri}", "model")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return Unknown(f"the model {self._uri}.{name}", "model")

    def __repr__(self) -> str:
        return "mlflow.pyfunc.loaded_model:\n" + "".join(
            f"  {name}: {value}\n"
            for name, value in (("artifact_path", "model"), ("flavor", "not known here"), ("run_id", self.metadata.run_id))
        )


def load(model_uri: Any, *args: Any, **kwargs: Any) -> PyFuncModel:
    """Returns what an app would load."""
    from mlflow._call import call
    from mlflow.tracking import _made, _store, fluent

    uri = str(model_uri)
    if uri.startswith("models:"):
        version = _made.version(call("load_model", model_uri=uri))
        return PyFuncModel(uri, version, version.run_id)
    if uri.startswith("runs:/"):
        run_id, path = fluent.parse_runs_uri(uri)
        _store.get_run(run_id)
        if not _store.has_artifact(run_id, path):
            raise MlflowException(f"Could not find a model at {uri}", 3002)
        return PyFuncModel(uri, None, run_id)
    raise NotSimulated(f"there are no files of models here, so nothing can be loaded from {uri}")


def _log_model(flavor: str) -> Any:
    def log_model(model: Any = None, artifact_path: Any = None, *args: Any, name: Any = None, registered_model_name: Any = None, **kwargs: Any) -> ModelInfo:
        """Log a model, and register it where `registered_model_name` is given."""
        return log(flavor, artifact_path, name, registered_model_name)

    return log_model


def _nothing(*args: Any, **kwargs: Any) -> None:
    """Does nothing: there are no models and no files here."""


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Makes the module of a flavor when it is asked for."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname.startswith("mlflow.") and fullname[len("mlflow.") :] in FLAVORS:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: Any) -> types.ModuleType:
        return types.ModuleType(spec.name, "A flavor: its models are not kept here.")

    def exec_module(self, module: types.ModuleType) -> None:
        flavor = module.__name__[len("mlflow.") :]
        module.log_model = _log_model(flavor)  # type: ignore[attr-defined]
        module.load_model = load  # type: ignore[attr-defined]
        module.save_model = module.autolog = _nothing  # type: ignore[attr-defined]
        module.__getattr__ = _missing.names_of(module.__name__)  # type: ignore[method-assign]


def install() -> None:
    """Makes the flavors importable."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())
