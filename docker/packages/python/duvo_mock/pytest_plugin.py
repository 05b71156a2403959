"""Fixtures for pytest: `duvo_mock`, a server for the session, and `duvo_space`, a space for each test.

With pytest-xdist each worker is a process with a session, and so has a server, of its own. With DUVO_MOCK in the
environment that is the address of one that runs already. Other options: fixtures of these names in conftest.py that
return a dict take the places of `duvo_mock_options` and `duvo_space_options`.
"""

from __future__ import annotations

import os
from typing import Any, Dict, Iterator

import pytest

import duvo_mock as package


@pytest.fixture(scope="session")
def duvo_mock_options() -> "Dict[str, Any]":
    """Options of the server."""
    return {}


@pytest.fixture
def duvo_space_options() -> "Dict[str, Any]":
    """Options of each space."""
    return {}


@pytest.fixture(scope="session")
def duvo_mock(duvo_mock_options: "Dict[str, Any]") -> "Iterator[package.Mock]":
    """A mock for the session."""
    address = os.environ.get("DUVO_MOCK")
    with package.attach(address) if address else package.start(**duvo_mock_options) as mock:
        yield mock


@pytest.fixture
def duvo_space(duvo_mock: package.Mock, duvo_space_options: "Dict[str, Any]") -> "Iterator[package.MockSpace]":
    """A space for the test."""
    with duvo_mock.space(**duvo_space_options) as space:
        yield space
