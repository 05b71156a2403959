"""What a strict type checker has to take."""

from datetime import datetime, timezone
from typing import Optional

import duvo_mock
from duvo_mock.types import Connection, FaultAction, JournalEntry, OperationName


def use(space: duvo_mock.MockSpace) -> Optional[str]:
    operation: OperationName = "createConnectionV1"
    action: FaultAction = {"status": 503, "delay_ms": {"min": 1, "max": 2}}
    space.fault(match={"operation": operation}, action=action, times=2)
    space.verify(match={"operation": "createConnection", "status": 503}, count={"min": 1}, within_ms=100)
    entries: "list[JournalEntry]" = space.requests(operation="listConnections", since=datetime.now(timezone.utc))
    space.clock.freeze("2030-01-01T00:00:00Z")
    space.clock.advance(60)
    connection: Connection = space.transition("id", "broken", "gone")
    space.settings.change(seed=None)
    space.runs.next(steps=[{"delay_ms": 10, "status": "running"}, {"human_request": {"title": "Send it?"}}])
    space.reset(to=space.snapshot("before")["name"])
    made: Connection = space.call("createConnection", teamId="team", body={"name": "x", "provider": "user", "auth_method": "url"})
    total: int = space.call("listConnectionsV1", limit=1, key="k", headers={"idempotency-key": "7"})["total"]
    for event in space.call("watchSpace", since=total):
        print(event["event"], event["data"], made["name"])
    space.call("deleteCredential", teamId="team", userId="user", id="id")
    done = space.oauth.complete(authorization_url=connection["name"], outcome="deny")
    return done["redirect_url"] or str(entries[0]["status"])


with duvo_mock.start(fixtures=["default", {"teams": []}], consent="auto", rate_limit="off", strict=True) as mock:
    with mock.space(fixtures="empty", ttl_seconds=60) as one:
        use(one)
    text: str = mock.log
    authority: Optional[str] = mock.ca
