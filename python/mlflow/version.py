"""The version of MLflow that is simulated."""

VERSION = "3.18.0"
IS_TRACING_SDK_ONLY = False
