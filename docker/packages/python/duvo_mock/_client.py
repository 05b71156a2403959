"""The objects that a suite holds: a mock, and its spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Optional, TypeVar

from ._base import MockError, Server
from ._calls import ServerCalls, SpaceCalls
from ._operations import OperationCalls

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from .types import MakeSpace

_Self = TypeVar("_Self", bound="Mock")


class MockSpace(SpaceCalls, OperationCalls):
    """A world of its own: data, ids, clock, faults, journal. Drops itself at the end of a `with`."""

    def __init__(self, mock: "Mock", made: Any) -> None:
        self._server = mock._server
        self.mock = mock
        self.name: str = made["name"]
        self.url: str = made["base_url"]
        self.key: str = made["api_key"]
        super().__init__()

    def drop(self) -> None:
        """Drops it, with all that it holds. That it is gone already is no error."""
        try:
            self.mock.spaces.delete(self.name)
        except MockError as error:
            if error.status != 404:
                raise

    def __enter__(self) -> "MockSpace":
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()


class Mock(ServerCalls, SpaceCalls, OperationCalls):
    """The mock: the calls of its default space, those of the server, and spaces. Stops at the end of a `with`."""

    def __init__(self, server: Server, url: str, key: str, end: "Optional[Callable[[], None]]" = None) -> None:
        self._server = server
        self._end = end
        self.name = "default"
        self.url = url
        self.key = key
        ServerCalls.__init__(self)
        SpaceCalls.__init__(self)

    @property
    def ca(self) -> "Optional[str]":
        """The authority of the mock's certificate in PEM, with tls="auto"."""
        return self._server.ca

    def space(self, **options: "Unpack[MakeSpace]") -> MockSpace:
        """Makes a space: name, fixtures, ttl_seconds."""
        return MockSpace(self, self.spaces.create(**options))

    def stop(self) -> None:
        """Stops the server, if start() started it; done when the process is gone."""
        end, self._end = self._end, None
        if end:
            end()

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
