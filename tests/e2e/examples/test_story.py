"""Ten tests of a client of the Connections API, each in a space of its own, on a mock that the suite starts.

Usage: pip install duvo-mock pytest && pytest test_story.py     side by side with pytest-xdist: pytest -n auto test_story.py
"""

import json
from datetime import datetime, timezone
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import duvo_mock
import pytest


class Duvo:
    """The code under test: what an application does with Duvo."""

    def __init__(self, url, key):
        self.url, self.key = url, key

    def call(self, method, path, body=None, tries=3):
        headers = {"authorization": f"Bearer {self.key}", "content-type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        try:
            with urlopen(Request(self.url + path, data, headers, method=method), timeout=10) as reply:
                return json.load(reply)
        except HTTPError as error:
            if error.code != 503 or tries == 1:
                raise
        return self.call(method, path, body, tries - 1)

    def create(self, name, headers=None):
        body = {"name": name, "provider": "user", "auth_method": "headers" if headers else "url"}
        return self.call("POST", "/v1/connections", {**body, **({"headers": headers} if headers else {})})

    def names(self):
        return [connection["name"] for connection in self.call("GET", "/v1/connections")["connections"]]

    def authorize(self, provider):
        """Where the user's browser is sent."""
        path = f"/v1/connections/oauth/native/{provider}/start"
        return self.call("POST", path, {"return_url": "/done"})["authorization_url"]


@pytest.fixture
def duvo(duvo_space):
    return Duvo(duvo_space.url, duvo_space.key)


def status_of(url):
    return parse_qs(urlsplit(url).query).get("status")


def test_tries_again(duvo_space, duvo):
    duvo_space.fault(match={"operation": "createConnection"}, action={"status": 503}, times=2)
    duvo.create("Patient")
    duvo_space.verify(match={"operation": "createConnection", "body": {"/name": "Patient"}}, count=3)
    duvo_space.verify(match={"operation": "createConnection", "status": 503}, count=2)


def test_gives_up(duvo_space, duvo):
    duvo_space.fault(match={"path": "/v1/connections"}, action={"status": 503})
    with pytest.raises(HTTPError):
        duvo.names()
    duvo_space.verify(match={"operation": "listConnections"}, count=3)


def test_time(duvo_space, duvo):
    duvo_space.clock.freeze(datetime(2030, 1, 1, tzinfo=timezone.utc))
    duvo_space.clock.advance(90)
    assert duvo.create("Timely")["created_at"] == "2030-01-01T00:01:30.000Z"


def test_secret(duvo_space, duvo):
    made = duvo.create("Secretive", {"secret": {"X-API-Key": "k3y"}})
    assert duvo_space.connections.match(made["id"], name="X-API-Key", value="k3y")["match"]
    [sent] = duvo_space.requests(operation="createConnection")
    assert "k3y" not in json.dumps(sent)


def test_connects_an_account(duvo_space, duvo):
    done = duvo_space.oauth.complete(authorization_url=duvo.authorize("gmail"), outcome="approve")
    assert status_of(done["redirect_url"]) == ["success"]
    assert done["connection"]["type"] == "gmail"


def test_user_says_no(duvo_space, duvo):
    duvo_space.oauth.next(outcome="deny")
    done = duvo_space.oauth.complete(authorization_url=duvo.authorize("gmail"))
    assert status_of(done["redirect_url"]) != ["success"]
    assert done["connection"] is None


def test_broken(duvo_space, duvo):
    made = duvo.create("Brittle")
    duvo_space.transition(made["id"], "broken", "The server is gone")
    assert duvo.call("GET", f"/v2/connections/{made['id']}")["broken_reason"] == "The server is gone"


def test_snapshot(duvo_space, duvo):
    before = duvo.names()
    duvo_space.snapshot("before")
    duvo.create("Passing")
    assert len(duvo.names()) == len(before) + 1
    duvo_space.reset(to="before")
    assert duvo.names() == before


def test_isolated(duvo_mock, duvo_space, duvo):
    with duvo_mock.space(fixtures="empty") as other:
        Duvo(other.url, other.key).create("Elsewhere")
        assert Duvo(other.url, other.key).names() == ["Elsewhere"]
    assert "Elsewhere" not in duvo.names()
    assert all(one["name"] != "Elsewhere" for one in duvo_space.fixtures()["connections"])


def test_what_came_instead(duvo_space, duvo):
    duvo.names()
    with pytest.raises(duvo_mock.VerificationError, match="Expected exactly 1 request with") as caught:
        duvo_space.verify(match={"operation": "createConnection", "method": "POST"}, count=1)
    assert "/v1/connections -> 200 (listConnections)" in str(caught.value)
