"""A local mock of Duvo's Connections API, and what drives it from a test suite.

    with duvo_mock.start() as mock, mock.space(fixtures="empty") as space:
        ...  # the code under test gets space.url and space.key
        space.verify(match={"operation": "createConnection"}, count=1)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from ._base import MockError, VerificationError
from ._client import Mock, MockSpace
from ._start import StartedMock, attach_mock, find_binary, start_mock

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._calls import ServerOptions


def start(**options: "Unpack[ServerOptions]") -> StartedMock:
    """Starts a server on a free port. It ends with this process, however that ends.

    The options are those of the command line, with underscores.
    """
    return start_mock(dict(options))


def attach(url: str, *, key: str = "dv_test_owner", admin_token: Optional[str] = None, ca: Optional[str] = None) -> Mock:
    """Uses a server that runs already; `ca` is the authority of its certificate in PEM."""
    return attach_mock(url, key, admin_token, ca)


__all__ = ["Mock", "MockError", "MockSpace", "StartedMock", "VerificationError", "attach", "find_binary", "start"]
