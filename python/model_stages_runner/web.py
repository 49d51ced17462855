"""`requests` and `urllib.request`: what goes to an MLflow server goes to the simulated one; nothing else goes anywhere."""

from __future__ import annotations

import email.message
import io
import json as _json
import sys
import types
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from model_stages_runner import words

REASONS = {200: "OK", 400: "BAD REQUEST", 404: "NOT FOUND", 405: "METHOD NOT ALLOWED", 500: "INTERNAL SERVER ERROR"}


def _is_server(url: str) -> bool:
    """Returns whether an address is that of an MLflow server."""
    from mlflow.tracking._uris import get_registry_uri, get_tracking_uri

    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return False
    if parts.path.startswith(("/api/2.0/mlflow/", "/ajax-api/2.0/mlflow/", "/api/2.0/preview/mlflow/")):
        return True
    servers = [urllib.parse.urlsplit(str(uri)).netloc for uri in (get_tracking_uri(), get_registry_uri())]
    return parts.netloc in servers or parts.netloc in ("localhost:5000", "127.0.0.1:5000")


def _sent(verb: str, url: str, body: str, kind: str | None) -> tuple[int, str]:
    """Returns the status and the body of the server's answer."""
    from mlflow._call import call

    found = call("http", verb=verb, url=url, body=body, content_type=kind)
    return found["status"], found["body"]


class RequestException(OSError):
    """There was an ambiguous exception that occurred while handling your request."""

    def __init__(self, *args: Any, request: Any = None, response: Any = None):
        self.request, self.response = request, response
        super().__init__(*args)


class HTTPError(RequestException):
    """An HTTP error occurred."""


class ConnectionError(RequestException):  # noqa: A001
    """A Connection error occurred."""


class Timeout(RequestException):
    """The request timed out."""


class ConnectTimeout(ConnectionError, Timeout):
    """The request timed out while trying to connect."""


class ReadTimeout(Timeout):
    """The server did not send any data in the allotted amount of time."""


class JSONDecodeError(RequestException, _json.JSONDecodeError):
    """Couldn't decode the text into json."""

    def __init__(self, error: _json.JSONDecodeError):
        _json.JSONDecodeError.__init__(self, error.msg, error.doc, error.pos)
        RequestException.__init__(self, str(error))


class Response:
    """The server's answer."""

    def __init__(self, status: int, text: str, url: str):
        self.status_code = status
        self.text = text
        self.url = url
        self.reason = REASONS.get(status, "")
        self.headers = {"Content-Type": "application/json" if text else "text/html; charset=utf-8"}
        self.encoding = "utf-8"
        self.content = text.encode()
        self.history: list[Any] = []

    @property
    def ok(self) -> bool:
        return self.status_code < 400

    def __bool__(self) -> bool:
        return self.ok

    def json(self, **kwargs: Any) -> Any:
        try:
            return _json.loads(self.text, **kwargs)
        except _json.JSONDecodeError as error:
            raise JSONDecodeError(error) from None

    def raise_for_status(self) -> None:
        if not self.ok:
            whose = "Client" if self.status_code < 500 else "Server"
            raise HTTPError(f"{self.status_code} {whose} Error: {self.reason} for url: {self.url}", response=self)

    def close(self) -> None:
        pass

    def __enter__(self) -> Response:
        return self

    def __exit__(self, *of: Any) -> None:
        pass

    def __repr__(self) -> str:
        return f"<Response [{self.status_code}]>"


def request(
    method: str, url: Any, params: Any = None, data: Any = None, headers: Any = None, json: Any = None, **more: Any
) -> Response:
    """Sends a request to the simulated server."""
    url = str(url)
    if params:
        if not isinstance(params, (str, bytes)):
            listed = params.items() if hasattr(params, "items") else params
            params = urllib.parse.urlencode([(key, it) for key, it in listed if it is not None], doseq=True)
        url += ("&" if "?" in url else "?") + str(params)
    url = urllib.parse.quote(url, safe="!#$%&'()*+,/:;=?@[]~")
    if not _is_server(url):
        raise ConnectionError(words.OTHER_HOST.format(url=url))
    kind = next((value for key, value in (headers or {}).items() if key.lower() == "content-type"), None)
    body = ""
    if data is not None and data != {}:
        if hasattr(data, "items"):
            body = urllib.parse.urlencode(data, doseq=True)
            kind = kind or "application/x-www-form-urlencoded"
        else:
            body = data.decode() if isinstance(data, bytes) else str(data)
    elif json is not None:
        body = _json.dumps(json)
        kind = kind or "application/json"
    status, text = _sent(method.upper(), url, body, kind)
    return Response(status, text, url)


class Session:
    """A session: its headers go with every request."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.params: dict[str, Any] = {}
        self.auth: Any = None
        self.verify: Any = True

    def request(self, method: str, url: Any, **kwargs: Any) -> Response:
        kwargs["headers"] = {**self.headers, **(kwargs.get("headers") or {})}
        if self.params:
            kwargs["params"] = {**self.params, **(kwargs.get("params") or {})}
        return request(method, url, **kwargs)

    def mount(self, prefix: str, adapter: Any) -> None:
        pass

    def close(self) -> None:
        pass

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *of: Any) -> None:
        pass


def _verb(name: str, is_of_session: bool) -> Any:
    if is_of_session:
        return lambda self, url, *args, **kwargs: self.request(name, url, **_placed(name, args), **kwargs)
    return lambda url, *args, **kwargs: request(name, url, **_placed(name, args), **kwargs)


def _placed(name: str, args: tuple[Any, ...]) -> dict[str, Any]:
    places = {"post": ("data", "json"), "put": ("data",), "patch": ("data",), "get": ("params",)}
    return dict(zip(places.get(name, ()), args))


def _requests() -> list[types.ModuleType]:
    module = types.ModuleType("requests", "Requests to the simulated MLflow server.")
    verbs = ("get", "post", "put", "patch", "delete", "head", "options")
    for name in verbs:
        setattr(module, name, _verb(name, False))
        setattr(Session, name, _verb(name, True))
    exceptions = types.ModuleType("requests.exceptions")
    for found in (RequestException, HTTPError, ConnectionError, Timeout, ConnectTimeout, ReadTimeout, JSONDecodeError):
        found.__module__ = "requests.exceptions"
        setattr(exceptions, found.__name__, found)
        setattr(module, found.__name__, found)
    auth = types.ModuleType("requests.auth")
    adapters = types.ModuleType("requests.adapters")
    auth.HTTPBasicAuth = type("HTTPBasicAuth", (), {"__init__": lambda self, username, password: None})  # type: ignore[attr-defined]
    adapters.HTTPAdapter = type("HTTPAdapter", (), {"__init__": lambda self, *of, **more: None})  # type: ignore[attr-defined]
    module.__version__ = "2.32.0"  # type: ignore[attr-defined]
    module.__path__ = []  # type: ignore[attr-defined]
    module.request, module.Session, module.Response = request, Session, Response  # type: ignore[attr-defined]
    module.session = Session  # type: ignore[attr-defined]
    module.exceptions, module.auth, module.adapters = exceptions, auth, adapters  # type: ignore[attr-defined]
    return [module, exceptions, auth, adapters]


class _Opened(io.BytesIO):
    """What `urlopen` gives."""

    def __init__(self, status: int, text: str, url: str):
        super().__init__(text.encode())
        self.status = self.code = status
        self.reason = self.msg = REASONS.get(status, "")
        self.url = url
        self.headers = email.message.Message()
        self.headers["Content-Type"] = "application/json"

    def getcode(self) -> int:
        return self.status

    def geturl(self) -> str:
        return self.url

    def info(self) -> Any:
        return self.headers

    def getheader(self, name: str, default: Any = None) -> Any:
        return self.headers.get(name, default)


def _urlopen(url: Any, data: Any = None, timeout: Any = None, **more: Any) -> Any:
    asked = url if isinstance(url, urllib.request.Request) else urllib.request.Request(url, data=data)
    if data is not None:
        asked.data = data
    address = asked.full_url
    if not _is_server(address):
        raise urllib.error.URLError(words.OTHER_HOST.format(url=address))
    sent = asked.data.decode() if asked.data is not None else ""
    kind = asked.get_header("Content-type") or ("application/x-www-form-urlencoded" if sent else None)
    status, text = _sent(asked.get_method(), address, sent, kind)
    opened = _Opened(status, text, address)
    if status >= 400:
        raise urllib.error.HTTPError(address, status, opened.reason, opened.headers, opened)
    return opened


def install() -> None:
    """Puts both in place."""
    for module in _requests():
        sys.modules[module.__name__] = module
    urllib.request.urlopen = _urlopen
    urllib.request.OpenerDirector.open = lambda self, url, data=None, timeout=None: _urlopen(url, data)  # type: ignore[method-assign]
