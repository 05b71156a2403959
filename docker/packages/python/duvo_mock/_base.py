"""What the calls stand on: one HTTP call, JSON in and JSON out, over the standard library."""

from __future__ import annotations

import http.client
import json
import re
import ssl
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Callable, Iterator, Mapping, Optional
from urllib.parse import quote, urlencode, urlsplit

from ._nearest import hint
from ._verify import VerificationError, verification_error

if TYPE_CHECKING:
    from .types import StreamEvent

_TIMEOUT_S = 120.0  # the longest that a verify may wait is 60 s

UNSET: Any = type("Unset", (), {"__repr__": lambda self: "UNSET", "__bool__": lambda self: False})()
"""In the place of an argument that is left out, as None is a value."""


class MockError(Exception):
    """The mock refused a call."""

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

    def send(self, method: str, path: str, body: Any = UNSET, headers: Mapping[str, str] = {}) -> "tuple[int, Any]":
        """The status and the body of the reply: JSON, a text, where a redirect leads, or a stream's events."""
        payload = body if body is UNSET or isinstance(body, bytes) else json.dumps(body, default=_plain).encode()
        sent = {} if payload is UNSET else {"content-type": "application/json"}
        if self.admin_token:
            sent["authorization"] = f"Bearer {self.admin_token}"
        connection = self._connection()
        reply = None
        try:
            connection.request(method, path, None if payload is UNSET else payload, {**sent, **headers})
            reply = connection.getresponse()
            kind = reply.getheader("content-type") or ""
            if method == "GET" and kind.startswith("text/event-stream"):
                return reply.status, _events(connection, reply)
            text = reply.read()
            if reply.status == 204 or 300 <= reply.status < 400:
                return reply.status, reply.getheader("location")
            return reply.status, json.loads(text) if "json" in kind else text.decode()
        finally:
            if reply is None or reply.isclosed():
                connection.close()


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _events(connection: http.client.HTTPConnection, reply: http.client.HTTPResponse) -> "Iterator[StreamEvent]":
    """The events of a stream, as they come; it is closed when nobody wants more of them."""
    fields: "dict[str, str]" = {}
    try:
        for line in iter(lambda: reply.readline().decode(), ""):
            name, _, value = line.rstrip("\r\n").partition(":")
            value = value[1:] if value.startswith(" ") else value
            if name:
                fields[name] = f"{fields[name]}\n{value}" if name == "data" and name in fields else value
                continue
            if line.strip() == "" and "data" in fields:
                event: "StreamEvent" = {"event": fields.get("event", "message"), "data": _value(fields["data"])}
                if "id" in fields:
                    event["id"] = fields["id"]
                yield event
            fields = {} if line.strip() == "" else fields
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

    def _target(self, path: str, query: Any) -> str:
        """A list is a parameter for each of its values."""
        pairs = [(name, _text(one)) for name, value in _given(query or {}).items()
                 for one in (value if isinstance(value, list) else [value])]
        return urlsplit(self.url).path + path + (f"?{urlencode(pairs)}" if pairs else "")

    def _call(self, operation: str, method: str, path: str, body: Any, query: Any, member: Optional[str] = None) -> Any:
        sent = _given(body) if isinstance(body, dict) else body
        status, reply = self._server.send(method, self._target(path, query), sent)
        if status >= 400:
            self._fail(operation, sent, status, reply)
        return reply[member] if member else reply

    def _call_operation(self, operations: Mapping[str, Any], operation: str, args: "dict[str, Any]", key: str,
                        headers: Mapping[str, str]) -> Any:
        if operation not in operations:
            raise TypeError(f"call has no operation {operation!r}{hint(operation, operations)}")
        method, path, query, kind, is_keyed, is_either = operations[operation]
        in_path = re.findall(r"\{(\w+)\}", path)
        names = [*in_path, *query.split(), *(["body"] if kind else [])]
        for name in args:
            if name not in names:
                raise TypeError(f"{operation} has no parameter {name!r}{hint(name, names)}")
        for name in in_path:
            path = path.replace(f"{{{name}}}", quoted(args.get(name)))  # type: ignore[arg-type]
        body = args.get("body", UNSET)
        own = {"authorization": f"Bearer {key}"} if is_keyed else {}
        if is_either:
            own["accept"] = "application/json, text/event-stream"  # a client of MCP has to take both
        if kind == "form" and body is not UNSET:
            own["content-type"] = "application/x-www-form-urlencoded"
            body = urlencode(body, doseq=True).encode()
        pairs = {name: args[name] for name in query.split() if name in args}
        status, reply = self._server.send(method, self._target(path, pairs), body, {**own, **headers})
        if status >= 400:
            raise MockError(operation, status, reply)
        return reply

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
