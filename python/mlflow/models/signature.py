"""Signatures of models. There are no models here, so they say nothing."""

from __future__ import annotations

from typing import Any


class ModelSignature:
    """What a model takes and gives."""

    def __init__(self, inputs: Any = None, outputs: Any = None, params: Any = None):
        self.inputs, self.outputs, self.params = inputs, outputs, params


def infer_signature(model_input: Any = None, model_output: Any = None, params: dict[str, Any] | None = None) -> ModelSignature:
    """Infer an MLflow model signature."""
    return ModelSignature(model_input, model_output, params)
