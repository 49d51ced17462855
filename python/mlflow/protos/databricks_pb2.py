"""MLflow's error codes."""

from __future__ import annotations

_CODES = {
    "INTERNAL_ERROR": 1,
    "TEMPORARILY_UNAVAILABLE": 2,
    "BAD_REQUEST": 4,
    "INVALID_PARAMETER_VALUE": 1000,
    "ENDPOINT_NOT_FOUND": 1001,
    "INVALID_STATE": 1003,
    "PERMISSION_DENIED": 1004,
    "REQUEST_LIMIT_EXCEEDED": 1005,
    "FEATURE_DISABLED": 1006,
    "UNAUTHENTICATED": 12,
    "NOT_IMPLEMENTED": 1050,
    "RESOURCE_ALREADY_EXISTS": 3001,
    "RESOURCE_DOES_NOT_EXIST": 3002,
    "RESOURCE_CONFLICT": 3003,
    "NOT_FOUND": 6,
    "ALREADY_EXISTS": 7,
}
globals().update(_CODES)
INTERNAL_ERROR: int
INVALID_PARAMETER_VALUE: int


class ErrorCode:
    """MLflow's error codes, by name and by number."""

    @staticmethod
    def Name(number: int) -> str:
        for name, known in _CODES.items():
            if known == number:
                return name
        raise ValueError(f"Enum ErrorCode has no name defined for value {number!r}")

    @staticmethod
    def Value(name: str) -> int:
        if name not in _CODES:
            raise ValueError(f"Enum ErrorCode has no value defined for name {name!r}")
        return _CODES[name]

    @staticmethod
    def keys() -> list[str]:
        return list(_CODES)
