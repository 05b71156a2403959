"""What the control calls stand on: one HTTP call, JSON in and JSON out, over the standard library."""

from __future__ import annotations

import http.client
import json
import ssl
from datetime import datetime, timezone
from typing import Any, Callable, Mapping, Optional
from urllib.parse import quote, urlencode, urlsplit

from ._verify import VerificationError, verification_error

_TIMEOUT_S = 120.0  # the longest that a verify may wait is 60 s

UNSET: Any = type("Unset", (), {"__repr__": lambda self: "UNSET", "__bool__": lambda self: False})()
"""In the place of an argument that is left out, as None is a value."""


class MockError(Exception):
    """The mock refused a call of the control plane."""

    def __init__(self, operation: str, status: int, body: Any) -> None:
        message = body.get("message") if isinstance(body, dict) else None
        super().__init__(f"{operation}: {status} {message or repr(body)}")
        self.operation = operation
        self.status = status
        self.body = body


class Server:
    """How the control plane of a server is reached."""

    def __init__(self, url: str, ca: Optional[str] = None, admin_token: Optional[str] = None) -> None:
        self.ca = ca
        self.admin_token = admin_token
        self._url = urlsplit(url)
        self._context = ssl.create_default_context(cadata=ca) if self._url.scheme == "https" else None

    def _connection(self) -> http.client.HTTPConnection:
        if self._context is None:
            return http.client.HTTPConnection(self._url.netloc, timeout=_TIMEOUT_S)
        return http.client.HTTPSConnection(self._url.netloc, timeout=_TIMEOUT_S, context=self._context)

    def send(self, method: str, path: str, body: Any = UNSET) -> "tuple[int, Any]":
        """The status and the body of the reply."""
        payload = None if body is UNSET else json.dumps(body, default=_plain).encode()
        headers = {"content-type": "application/json"} if payload is not None else {}
        if self.admin_token:
            headers["authorization"] = f"Bearer {self.admin_token}"
        connection = self._connection()
        try:
            connection.request(method, path, payload, headers)
            reply = connection.getresponse()
            text = reply.read()
            is_json = "json" in (reply.getheader("content-type") or "")
            return reply.status, json.loads(text) if is_json else text.decode()
        finally:
            connection.close()


def quoted(value: str) -> str:
    """A parameter of a path."""
    if not isinstance(value, str) or not value:
        raise TypeError(f"a parameter of a path is a text that is not empty, not {value!r}")
    return quote(value, safe="")


def _time(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return value.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return _time(value)
    raise TypeError(f"{value!r} is no JSON")


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return _time(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _given(members: Mapping[str, Any]) -> "dict[str, Any]":
    return {name: value for name, value in members.items() if value is not UNSET}


class Calls:
    """What makes the calls of a space or of the server."""

    _server: Server
    url: str

    def _call(self, operation: str, method: str, path: str, body: Any, query: Any, member: Optional[str] = None) -> Any:
        pairs = [(name, _text(value)) for name, value in _given(query or {}).items()]
        target = urlsplit(self.url).path + path + (f"?{urlencode(pairs)}" if pairs else "")
        sent = _given(body) if isinstance(body, dict) else body
        status, reply = self._server.send(method, target, sent)
        if status >= 400:
            self._fail(operation, sent, status, reply)
        return reply[member] if member else reply

    def _fail(self, operation: str, sent: Any, status: int, reply: Any) -> None:
        if operation == "verifyRequests" and status == 422:
            raise verification_error(sent, reply, self._latest())
        raise MockError(operation, status, reply)

    def _latest(self) -> Any:
        """The requests that came last; none when the mock does not say, as the failure that they explain counts more."""
        try:
            return self._call("listRequests", "GET", "/_mock/requests", UNSET, {"limit": 1000}, "requests")
        except (MockError, OSError):
            return []


class Group:
    """Calls that belong together."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call


__all__ = ["Calls", "Group", "MockError", "Server", "UNSET", "VerificationError", "quoted"]
