"""What MLflow raises."""

from __future__ import annotations

import json
from typing import Any

from mlflow.protos.databricks_pb2 import INTERNAL_ERROR, INVALID_PARAMETER_VALUE, ErrorCode

ERROR_CODE_TO_HTTP_STATUS = {
    "INTERNAL_ERROR": 500,
    "INVALID_STATE": 500,
    "NOT_IMPLEMENTED": 501,
    "TEMPORARILY_UNAVAILABLE": 503,
    "RESOURCE_CONFLICT": 409,
    "ENDPOINT_NOT_FOUND": 404,
    "RESOURCE_DOES_NOT_EXIST": 404,
    "PERMISSION_DENIED": 403,
    "UNAUTHENTICATED": 401,
    "BAD_REQUEST": 400,
    "RESOURCE_ALREADY_EXISTS": 400,
    "INVALID_PARAMETER_VALUE": 400,
}


class MlflowException(Exception):
    """MLflow's exception, with its code."""

    def __init__(
        self,
        message: Any,
        error_code: int = INTERNAL_ERROR,
        sqlstate: str | None = None,
        error_class: str | None = None,
        **kwargs: Any,
    ):
        try:
            self.error_code = ErrorCode.Name(error_code)
        except (ValueError, TypeError):
            self.error_code = ErrorCode.Name(INTERNAL_ERROR)
        message = str(message)
        self.message = message
        self.error_class = error_class if error_class is not None else _class_of(self.error_code)
        self.sqlstate = sqlstate if sqlstate is not None else _state_of(self.error_code)
        self.json_kwargs = kwargs
        super().__init__(message)

    def serialize_as_json(self) -> str:
        exception_dict = {"error_code": self.error_code, "message": self.message}
        if self.sqlstate is not None:
            exception_dict["sqlstate"] = self.sqlstate
        if self.error_class is not None:
            exception_dict["error_class"] = self.error_class
        exception_dict.update(self.json_kwargs)
        return json.dumps(exception_dict)

    def get_http_status_code(self) -> int:
        return ERROR_CODE_TO_HTTP_STATUS.get(self.error_code, 500)

    @classmethod
    def invalid_parameter_value(
        cls, message: str, sqlstate: str | None = None, error_class: str | None = None, **kwargs: Any
    ) -> MlflowException:
        return cls(
            message,
            error_code=INVALID_PARAMETER_VALUE,
            sqlstate=sqlstate,
            error_class=error_class,
            **kwargs,
        )


def _class_of(code: str) -> str | None:
    known = {
        "INTERNAL_ERROR": "CLIENT_INTERNAL_ERROR",
        "RESOURCE_DOES_NOT_EXIST": "RESOURCE_NOT_FOUND",
    }
    return known.get(code, code)


def _state_of(code: str) -> str | None:
    return "XXM00" if code == "INTERNAL_ERROR" else "KAM00"


class RestException(MlflowException):
    """What a client of a server raises: the code stands before the message."""

    def __init__(self, json: dict[str, Any]):
        self.json = json
        error_code = json.get("error_code") or ErrorCode.Name(INTERNAL_ERROR)
        said = json["message"] if "message" in json else "Response: " + str(json)
        message = "{}: {}".format(error_code, said)
        try:
            super().__init__(message, error_code=ErrorCode.Value(error_code))
        except ValueError:
            super().__init__(message)
        self.sqlstate = json.get("sqlstate") or self.sqlstate
        self.error_class = json.get("error_class") or self.error_class

    def __reduce__(self) -> Any:
        return RestException, (self.json,)


class ExecutionException(MlflowException):
    """Exception thrown when executing a project fails"""


class MissingConfigException(MlflowException):
    """Exception thrown when expected configuration file/directory not found"""


class InvalidUrlException(MlflowException):
    """Exception thrown when a http request fails to send due to an invalid URL"""


class TeamRuleRefused(MlflowException):
    """A rule of the team refuses. MLflow itself has no such rule, and would do it."""

    def __init__(self, message: str):
        super().__init__(message)
        self.error_code = "TEAM_RULE"


# What MLflow's client finds out by itself, before it asks a server.
_OF_THE_CLIENT = {
    "alias_characters",
    "alias_empty",
    "copy_source",
    "copy_source_scheme",
    "new_name_blank",
    "no_versions",
    "stage_blank",
    "uri_improper",
    "version_or_stage_missing",
}
_SEE = " See the API docs for more information about request parameters."


def refused(error: dict[str, Any]) -> MlflowException:
    """Returns the exception for an error that the registry has answered."""
    from mlflow.tracking._uris import is_over_http

    code, message = error["code"], error["message"]
    if error.get("team"):
        exception: MlflowException = TeamRuleRefused(message)
    elif is_over_http() and error.get("id") not in _OF_THE_CLIENT:
        message += _SEE if error.get("id") == "name_missing" else ""
        exception = RestException({"error_code": code, "message": message})
    else:
        exception = MlflowException(message, ErrorCode.Value(code))
    # Whoever shows the exception finds the registry's own refusal by this number.
    exception._refusal = error.get("refusal")
    exception._rule = error.get("id")
    return exception
