"""The control calls."""
# Generated from the contract by docker/packages/generate: run `make clients`, change nothing here.

from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, List, Literal, Tuple, TypedDict, cast

from ._base import UNSET, Calls, Group, quoted
from .types import (
    Clock, Connection, ConsentOrder, Count, Done, Fault, FaultAction, Fixtures, FixturesLoaded, FlowCompleted, Health,
    InboxEntry, InboxMessage, JournalEntry, Key, Match, OperationName, Reset, ResetDone, RunMatch, RunScript,
    RunStarted, RunStep, SecretMatch, Settings, Snapshot, Space, Verified, Verify, Version, Webhook, WebhookDelivery,
    WebhookHeaders,
)


class _SpaceFixtures(Group):
    """The control calls fixtures of a space."""

    def __call__(self) -> Fixtures:
        """Export the space. As a fixture document that loads to the same state in any process. Of keys and secret
        values it has salted hashes; $export.warnings names what means nothing elsewhere.
        """
        return cast("Fixtures", self._call(
            "exportFixtures", "GET", "/_mock/fixtures",
            UNSET, UNSET))

    def export(self) -> Fixtures:
        """Export the space. As a fixture document that loads to the same state in any process. Of keys and secret
        values it has salted hashes; $export.warnings names what means nothing elsewhere.
        """
        return cast("Fixtures", self._call(
            "exportFixtures", "GET", "/_mock/fixtures",
            UNSET, UNSET))

    def load(self, body: Fixtures, *, replace: bool = UNSET) -> FixturesLoaded:
        """Load fixtures. Adds a document of up to 32 MiB to the space, all or nothing; a row that is there already
        is no conflict, and every error is named with its path.
        """
        return cast("FixturesLoaded", self._call(
            "loadFixtures", "POST", "/_mock/fixtures",
            body, {"replace": replace}))


class _SpaceSnapshots(Group):
    """The control calls snapshots of a space."""

    def list(self) -> List[Snapshot]:
        """List snapshots. Of the space, by name."""
        return cast("List[Snapshot]", self._call(
            "listSnapshots", "GET", "/_mock/snapshots",
            UNSET, UNSET, "snapshots"))

    def clear(self) -> Done:
        """Delete all snapshots. Of the space."""
        return cast("Done", self._call(
            "clearSnapshots", "DELETE", "/_mock/snapshots",
            UNSET, UNSET))

    def get(self, snapshot: str) -> Snapshot:
        """Get a snapshot. With the rows in it."""
        return cast("Snapshot", self._call(
            "getSnapshot", "GET", f"/_mock/snapshots/{quoted(snapshot)}",
            UNSET, UNSET))

    def take(self, snapshot: str) -> Snapshot:
        """Take a snapshot. Of all data of the space; one of the same name is replaced."""
        return cast("Snapshot", self._call(
            "takeSnapshot", "PUT", f"/_mock/snapshots/{quoted(snapshot)}",
            UNSET, UNSET))

    def delete(self, snapshot: str) -> Done:
        """Delete a snapshot. The space stays as it is."""
        return cast("Done", self._call(
            "deleteSnapshot", "DELETE", f"/_mock/snapshots/{quoted(snapshot)}",
            UNSET, UNSET))

    def restore(self, snapshot: str) -> ResetDone:
        """Restore a snapshot. As resetting the data to it."""
        return cast("ResetDone", self._call(
            "restoreSnapshot", "POST", f"/_mock/snapshots/{quoted(snapshot)}/restore",
            UNSET, UNSET))


class _SpaceClock(Group):
    """The control calls clock of a space."""

    def get(self) -> Clock:
        """Get the clock. The time in the space."""
        return cast("Clock", self._call(
            "getClock", "GET", "/_mock/clock",
            UNSET, UNSET))

    def change(
        self,
        *,
        action: Literal["freeze", "set", "advance", "resume"],
        at: str | datetime = UNSET,
        by_seconds: int = UNSET,
    ) -> Clock:
        """Change the clock. For all times of the space."""
        return cast("Clock", self._call(
            "changeClock", "PUT", "/_mock/clock",
            {"action": action, "at": at, "by_seconds": by_seconds}, UNSET))

    def freeze(self, at: str | datetime = UNSET) -> Clock:
        """Change the clock. For all times of the space."""
        return cast("Clock", self._call(
            "changeClock", "PUT", "/_mock/clock",
            {"action": "freeze", "at": at}, UNSET))

    def set(self, at: str | datetime) -> Clock:
        """Change the clock. For all times of the space."""
        return cast("Clock", self._call(
            "changeClock", "PUT", "/_mock/clock",
            {"action": "set", "at": at}, UNSET))

    def advance(self, by_seconds: int) -> Clock:
        """Change the clock. For all times of the space."""
        return cast("Clock", self._call(
            "changeClock", "PUT", "/_mock/clock",
            {"action": "advance", "by_seconds": by_seconds}, UNSET))

    def resume(self) -> Clock:
        """Change the clock. For all times of the space."""
        return cast("Clock", self._call(
            "changeClock", "PUT", "/_mock/clock",
            {"action": "resume"}, UNSET))


class _SpaceSettings(Group):
    """The control calls settings of a space."""

    def get(self) -> Settings:
        """Get the settings. Those that change at run time."""
        return cast("Settings", self._call(
            "getSettings", "GET", "/_mock/settings",
            UNSET, UNSET))

    def change(
        self,
        *,
        consent: Literal["auto", "interactive"] = UNSET,
        return_params: Literal["on", "off"] = UNSET,
        v1_list_keys: Literal["both", "connections", "integrations"] = UNSET,
        models: Literal["any", "listed"] = UNSET,
        strict: bool = UNSET,
        any_key: bool = UNSET,
        lenient_auth_method: bool = UNSET,
        error_ids: bool = UNSET,
        rate_limit: int = UNSET,
        refresh_grace_seconds: int = UNSET,
        runs: Literal["auto", "script"] = UNSET,
        run_pending_ms: int = UNSET,
        run_running_ms: int = UNSET,
        schedules: Literal["off", "run"] = UNSET,
        trigger_failures: int = UNSET,
        webhook_retry_seconds: Any = UNSET,
        webhook_timeout_ms: int = UNSET,
        webhook_headers: WebhookHeaders = UNSET,
        webhook_payload: Literal["envelope", "data"] = UNSET,
        seed: int | None = UNSET,
    ) -> Settings:
        """Change settings. Of the space alone."""
        return cast("Settings", self._call(
            "changeSettings", "PATCH", "/_mock/settings",
            {"consent": consent, "return_params": return_params, "v1_list_keys": v1_list_keys, "models": models, "strict": strict, "any_key": any_key, "lenient_auth_method": lenient_auth_method, "error_ids": error_ids, "rate_limit": rate_limit, "refresh_grace_seconds": refresh_grace_seconds, "runs": runs, "run_pending_ms": run_pending_ms, "run_running_ms": run_running_ms, "schedules": schedules, "trigger_failures": trigger_failures, "webhook_retry_seconds": webhook_retry_seconds, "webhook_timeout_ms": webhook_timeout_ms, "webhook_headers": webhook_headers, "webhook_payload": webhook_payload, "seed": seed}, UNSET))


class _SpaceRequests(Group):
    """The control calls requests of a space."""

    def __call__(
        self,
        *,
        method: str = UNSET,
        path: str = UNSET,
        status: int = UNSET,
        operation: OperationName = UNSET,
        origin: Literal["client", "self", "any"] = UNSET,
        since: str | datetime = UNSET,
        q: str = UNSET,
        before: str = UNSET,
        limit: int = UNSET,
    ) -> List[JournalEntry]:
        """List requests. The journal of the space, newest last, redacted."""
        return cast("List[JournalEntry]", self._call(
            "listRequests", "GET", "/_mock/requests",
            UNSET, {"method": method, "path": path, "status": status, "operation": operation, "origin": origin, "since": since, "q": q, "before": before, "limit": limit}, "requests"))

    def list(
        self,
        *,
        method: str = UNSET,
        path: str = UNSET,
        status: int = UNSET,
        operation: OperationName = UNSET,
        origin: Literal["client", "self", "any"] = UNSET,
        since: str | datetime = UNSET,
        q: str = UNSET,
        before: str = UNSET,
        limit: int = UNSET,
    ) -> List[JournalEntry]:
        """List requests. The journal of the space, newest last, redacted."""
        return cast("List[JournalEntry]", self._call(
            "listRequests", "GET", "/_mock/requests",
            UNSET, {"method": method, "path": path, "status": status, "operation": operation, "origin": origin, "since": since, "q": q, "before": before, "limit": limit}, "requests"))

    def clear(
        self,
        *,
        method: str = UNSET,
        path: str = UNSET,
        status: int = UNSET,
        operation: OperationName = UNSET,
        origin: Literal["client", "self", "any"] = UNSET,
        since: str | datetime = UNSET,
    ) -> Done:
        """Forget the requests. Of the space: all, or those of the same query."""
        return cast("Done", self._call(
            "clearRequests", "DELETE", "/_mock/requests",
            UNSET, {"method": method, "path": path, "status": status, "operation": operation, "origin": origin, "since": since}))

    def get(self, request: str) -> JournalEntry:
        """Get a request. One journal entry, as JSON, HTTP Archive or curl command."""
        return cast("JournalEntry", self._call(
            "getRequest", "GET", f"/_mock/requests/{quoted(request)}",
            UNSET, UNSET))


class _SpaceRuns(Group):
    """The control calls runs of a space."""

    def next(self, *, steps: List[RunStep], match: RunMatch = UNSET) -> RunScript:
        """Order a run's course. The next run that matches does these steps and nothing else."""
        return cast("RunScript", self._call(
            "orderRun", "POST", "/_mock/runs/next",
            {"match": match, "steps": steps}, UNSET))

    def list_next(self) -> List[RunScript]:
        """List ordered courses. Those that wait for a run."""
        return cast("List[RunScript]", self._call(
            "listRunScripts", "GET", "/_mock/runs/next",
            UNSET, UNSET, "scripts"))

    def clear_next(self) -> Done:
        """Delete ordered courses. All that wait."""
        return cast("Done", self._call(
            "clearRunScripts", "DELETE", "/_mock/runs/next",
            UNSET, UNSET))

    def delete_next(self, script_id: str) -> Done:
        """Delete an ordered course. One that waits."""
        return cast("Done", self._call(
            "deleteRunScript", "DELETE", f"/_mock/runs/next/{quoted(script_id)}",
            UNSET, UNSET))

    def fire(self, trigger_id: str, payload: Any = UNSET) -> RunStarted:
        """Fire a trigger. As if what it listens to had happened: a run of its agent. Consecutive ones without a
        usable connection disable it.
        """
        return cast("RunStarted", self._call(
            "fireTrigger", "POST", f"/_mock/triggers/{quoted(trigger_id)}/fire",
            {"payload": payload}, UNSET))


class _SpaceTriggers(Group):
    """The control calls triggers of a space."""

    def fire(self, trigger_id: str, *, payload: Any = UNSET) -> RunStarted:
        """Fire a trigger. As if what it listens to had happened: a run of its agent. Consecutive ones without a
        usable connection disable it.
        """
        return cast("RunStarted", self._call(
            "fireTrigger", "POST", f"/_mock/triggers/{quoted(trigger_id)}/fire",
            {"payload": payload}, UNSET))


class _SpaceWebhooks(Group):
    """The control calls webhooks of a space."""

    def deliveries(
        self,
        *,
        subscription: str = UNSET,
        event: str = UNSET,
        state: Literal["pending", "retrying", "delivered", "failed"] = UNSET,
        limit: int = UNSET,
        offset: int = UNSET,
    ) -> List[WebhookDelivery]:
        """List deliveries. What was sent of events, each attempt with its answer, and what is still to be sent."""
        return cast("List[WebhookDelivery]", self._call(
            "listWebhookDeliveries", "GET", "/_mock/webhooks/deliveries",
            UNSET, {"subscription": subscription, "event": event, "state": state, "limit": limit, "offset": offset}, "deliveries"))

    def resend(self, delivery_id: str) -> WebhookDelivery:
        """Send a delivery again. At once, or when the attempt that is under way has ended, with the retries of a
        new one; the id of the event stays the same.
        """
        return cast("WebhookDelivery", self._call(
            "resendWebhookDelivery", "POST", f"/_mock/webhooks/deliveries/{quoted(delivery_id)}/resend",
            UNSET, UNSET))

    def create(
        self,
        *,
        url: str,
        events: List[Literal["run.started", "run.paused", "run.completed", "run.failed", "run.message.created", "run.tool_call.completed", "run.file.created", "human_request.created", "human_request.responded", "queue.case.created", "queue.case.claimed", "queue.case.completed", "assignment.build.published", "connection.updated", "connection.action_required"]] | None = UNSET,
        secret: str = UNSET,
        scheme: Literal["standard", "body"] = UNSET,
        paused: bool = UNSET,
    ) -> Webhook:
        """Subscribe to events. From now on, in this space. The secret is shown in this reply alone. Payload,
        headers and signature are ours: Duvo publishes none.
        """
        return cast("Webhook", self._call(
            "createWebhook", "POST", "/_mock/webhooks",
            {"url": url, "events": events, "secret": secret, "scheme": scheme, "paused": paused}, UNSET))

    def list(self) -> List[Webhook]:
        """List subscriptions. In the order of making."""
        return cast("List[Webhook]", self._call(
            "listWebhooks", "GET", "/_mock/webhooks",
            UNSET, UNSET, "webhooks"))

    def get(self, webhook_id: str) -> Webhook:
        """Get a subscription. Without its secret."""
        return cast("Webhook", self._call(
            "getWebhook", "GET", f"/_mock/webhooks/{quoted(webhook_id)}",
            UNSET, UNSET))

    def update(
        self,
        webhook_id: str,
        *,
        url: str = UNSET,
        events: List[Literal["run.started", "run.paused", "run.completed", "run.failed", "run.message.created", "run.tool_call.completed", "run.file.created", "human_request.created", "human_request.responded", "queue.case.created", "queue.case.claimed", "queue.case.completed", "assignment.build.published", "connection.updated", "connection.action_required"]] | None = UNSET,
        secret: str = UNSET,
        scheme: Literal["standard", "body"] = UNSET,
        paused: bool = UNSET,
    ) -> Webhook:
        """Change a subscription. While it is paused its deliveries wait. A new URL or secret is for what waits,
        too.
        """
        return cast("Webhook", self._call(
            "updateWebhook", "PATCH", f"/_mock/webhooks/{quoted(webhook_id)}",
            {"url": url, "events": events, "secret": secret, "scheme": scheme, "paused": paused}, UNSET))

    def delete(self, webhook_id: str) -> Done:
        """Delete a subscription. Its deliveries go with it."""
        return cast("Done", self._call(
            "deleteWebhook", "DELETE", f"/_mock/webhooks/{quoted(webhook_id)}",
            UNSET, UNSET))

    def inbox(
        self,
        name: str,
        *,
        limit: int = UNSET,
        count: int = UNSET,
        within_ms: int = UNSET,
    ) -> List[InboxEntry]:
        """Read an inbox. What came, redacted; it can be waited for."""
        return cast("List[InboxEntry]", self._call(
            "readInbox", "GET", f"/_mock/inbox/{quoted(name)}",
            UNSET, {"limit": limit, "count": count, "within_ms": within_ms}, "messages"))


class _SpaceInbox(Group):
    """The control calls inbox of a space."""

    def post(self, name: str, body: InboxMessage) -> Done:
        """Send to an inbox. A receiver of webhooks that the mock plays: anybody may send, without a key or an admin
        token. Says whether the signature holds when it is read.
        """
        return cast("Done", self._call(
            "sendToInbox", "POST", f"/_mock/inbox/{quoted(name)}",
            body, UNSET))

    def get(
        self,
        name: str,
        *,
        limit: int = UNSET,
        count: int = UNSET,
        within_ms: int = UNSET,
    ) -> List[InboxEntry]:
        """Read an inbox. What came, redacted; it can be waited for."""
        return cast("List[InboxEntry]", self._call(
            "readInbox", "GET", f"/_mock/inbox/{quoted(name)}",
            UNSET, {"limit": limit, "count": count, "within_ms": within_ms}, "messages"))

    def delete(self, name: str) -> Done:
        """Empty an inbox. It forgets what came, and what it dropped."""
        return cast("Done", self._call(
            "clearInbox", "DELETE", f"/_mock/inbox/{quoted(name)}",
            UNSET, UNSET))


class _SpaceFaults(Group):
    """The control calls faults of a space."""

    def create(
        self,
        *,
        match: Match,
        action: FaultAction,
        times: int = UNSET,
        after: int = UNSET,
        probability: float = UNSET,
        ttl_seconds: int = UNSET,
    ) -> Fault:
        """Order a fault. For matching requests of the API."""
        return cast("Fault", self._call(
            "orderFault", "POST", "/_mock/faults",
            {"match": match, "action": action, "times": times, "after": after, "probability": probability, "ttl_seconds": ttl_seconds}, UNSET))

    def list(self) -> List[Fault]:
        """List faults. With the number of requests that each met."""
        return cast("List[Fault]", self._call(
            "listFaults", "GET", "/_mock/faults",
            UNSET, UNSET, "faults"))

    def clear(self) -> Done:
        """Delete all faults. Of the space."""
        return cast("Done", self._call(
            "clearFaults", "DELETE", "/_mock/faults",
            UNSET, UNSET))

    def get(self, fault: str) -> Fault:
        """Get a fault. With the number of requests that it met."""
        return cast("Fault", self._call(
            "getFault", "GET", f"/_mock/faults/{quoted(fault)}",
            UNSET, UNSET))

    def delete(self, fault: str) -> Done:
        """Delete a fault. Requests are served as usual again."""
        return cast("Done", self._call(
            "deleteFault", "DELETE", f"/_mock/faults/{quoted(fault)}",
            UNSET, UNSET))


class _SpaceConnections(Group):
    """The control calls connections of a space."""

    def transition(
        self,
        connection_id: str,
        *,
        to: Literal["active", "expired", "revoked", "broken"],
        reason: str = UNSET,
    ) -> Connection:
        """Force a state. active, expired, revoked or broken, with the fields that /v2 shows for it."""
        return cast("Connection", self._call(
            "transitionConnection", "POST", f"/_mock/connections/{quoted(connection_id)}/transition",
            {"to": to, "reason": reason}, UNSET))

    def match(self, connection_id: str, *, name: str, value: str) -> SecretMatch:
        """Compare a secret. Whether a header has that value, without reading it back."""
        return cast("SecretMatch", self._call(
            "matchSecret", "POST", f"/_mock/connections/{quoted(connection_id)}/secrets/match",
            {"name": name, "value": value}, UNSET))


class _SpaceCredentials(Group):
    """The control calls credentials of a space."""

    def match(self, credential_id: str, *, name: str, value: str) -> SecretMatch:
        """Compare a secret's value. Whether a variable has that value, without reading it back."""
        return cast("SecretMatch", self._call(
            "matchSecretValue", "POST", f"/_mock/credentials/{quoted(credential_id)}/secrets/match",
            {"name": name, "value": value}, UNSET))


class _SpaceLogins(Group):
    """The control calls logins of a space."""

    def match(self, login_id: str, *, name: Literal["password", "otp_secret"], value: str) -> SecretMatch:
        """Compare a login's value. Whether its password or OTP secret is that one, without reading it back."""
        return cast("SecretMatch", self._call(
            "matchLogin", "POST", f"/_mock/logins/{quoted(login_id)}/secrets/match",
            {"name": name, "value": value}, UNSET))


class _SpaceIntegrations(Group):
    """The control calls integrations of a space."""

    def match(
        self,
        custom_integration_id: str,
        *,
        name: Literal["oauth_client_secret"],
        value: str,
    ) -> SecretMatch:
        """Compare a client secret. Whether that is the custom integration's oauth_client_secret, without reading it
        back.
        """
        return cast("SecretMatch", self._call(
            "matchClientSecret", "POST", f"/_mock/integrations/custom/{quoted(custom_integration_id)}/secrets/match",
            {"name": name, "value": value}, UNSET))


class _SpaceOauth(Group):
    """The control calls oauth of a space."""

    def next(
        self,
        *,
        outcome: Literal["approve", "deny", "invalid_scope", "server_error", "temporarily_unavailable", "wrong_state", "missing_code", "expired_code", "closed"],
        match: Match = UNSET,
        times: int = UNSET,
    ) -> ConsentOrder:
        """Order the next outcome. For the next matching consents."""
        return cast("ConsentOrder", self._call(
            "orderOutcome", "POST", "/_mock/oauth/next",
            {"outcome": outcome, "match": match, "times": times}, UNSET))

    def list_next(self) -> List[ConsentOrder]:
        """List ordered outcomes. In the order in which they are used."""
        return cast("List[ConsentOrder]", self._call(
            "listOutcomes", "GET", "/_mock/oauth/next",
            UNSET, UNSET, "outcomes"))

    def clear_next(self) -> Done:
        """Clear ordered outcomes. Forgets them all."""
        return cast("Done", self._call(
            "clearOutcomes", "DELETE", "/_mock/oauth/next",
            UNSET, UNSET))

    def complete(
        self,
        *,
        authorization_url: str = UNSET,
        connected_account_id: str = UNSET,
        outcome: Literal["approve", "deny", "invalid_scope", "server_error", "temporarily_unavailable", "wrong_state", "missing_code", "expired_code", "closed"] = UNSET,
        account: str = UNSET,
    ) -> FlowCompleted:
        """Finish a flow. Finishes an authorization_url or a connected_account_id without a browser."""
        return cast("FlowCompleted", self._call(
            "completeFlow", "POST", "/_mock/oauth/complete",
            {"authorization_url": authorization_url, "connected_account_id": connected_account_id, "outcome": outcome, "account": account}, UNSET))


class SpaceCalls(Calls):
    """The control calls of a space."""

    def __init__(self) -> None:
        self.fixtures = _SpaceFixtures(self._call)
        self.snapshots = _SpaceSnapshots(self._call)
        self.clock = _SpaceClock(self._call)
        self.settings = _SpaceSettings(self._call)
        self.requests = _SpaceRequests(self._call)
        self.runs = _SpaceRuns(self._call)
        self.triggers = _SpaceTriggers(self._call)
        self.webhooks = _SpaceWebhooks(self._call)
        self.inbox = _SpaceInbox(self._call)
        self.faults = _SpaceFaults(self._call)
        self.connections = _SpaceConnections(self._call)
        self.credentials = _SpaceCredentials(self._call)
        self.logins = _SpaceLogins(self._call)
        self.integrations = _SpaceIntegrations(self._call)
        self.oauth = _SpaceOauth(self._call)

    def reset(
        self,
        *,
        to: str = UNSET,
        only: List[Literal["data", "requests", "faults", "clock", "settings"]] = UNSET,
    ) -> ResetDone:
        """Reset the space. Atomically: whoever asks sees all of it before or all of it after."""
        return cast("ResetDone", self._call(
            "resetSpace", "POST", "/_mock/reset",
            {"to": to, "only": only}, UNSET))

    def verify(
        self,
        *,
        match: Match,
        count: Count = UNSET,
        times: Count = UNSET,
        within_ms: int = UNSET,
        quiet_ms: int = UNSET,
    ) -> Verified:
        """Verify requests. 200 when the expected number matches; otherwise 422 with expectation, count and nearest
        miss; 409 when the answer depends on dropped journal entries. With match.event it counts events that
        happened, with or without a subscriber.
        """
        return cast("Verified", self._call(
            "verifyRequests", "POST", "/_mock/verify",
            {"match": match, "count": count, "times": times, "within_ms": within_ms, "quiet_ms": quiet_ms}, UNSET))

    def keys(self, *, team_id: str, user_id: str) -> Key:
        """Make an API key. Of a member of a team; it is shown once. Exports have what is kept of it."""
        return cast("Key", self._call(
            "makeKey", "POST", "/_mock/keys",
            {"team_id": team_id, "user_id": user_id}, UNSET))

    def fault(
        self,
        *,
        match: Match,
        action: FaultAction,
        times: int = UNSET,
        after: int = UNSET,
        probability: float = UNSET,
        ttl_seconds: int = UNSET,
    ) -> Fault:
        """Order a fault. For matching requests of the API."""
        return cast("Fault", self._call(
            "orderFault", "POST", "/_mock/faults",
            {"match": match, "action": action, "times": times, "after": after, "probability": probability, "ttl_seconds": ttl_seconds}, UNSET))

    def transition(
        self,
        connection_id: str,
        to: Literal["active", "expired", "revoked", "broken"],
        reason: str = UNSET,
    ) -> Connection:
        """Force a state. active, expired, revoked or broken, with the fields that /v2 shows for it."""
        return cast("Connection", self._call(
            "transitionConnection", "POST", f"/_mock/connections/{quoted(connection_id)}/transition",
            {"to": to, "reason": reason}, UNSET))

    def snapshot(self, snapshot: str) -> Snapshot:
        """Take a snapshot. Of all data of the space; one of the same name is replaced."""
        return cast("Snapshot", self._call(
            "takeSnapshot", "PUT", f"/_mock/snapshots/{quoted(snapshot)}",
            UNSET, UNSET))


class _ServerSpaces(Group):
    """The control calls spaces of a server."""

    def create(
        self,
        *,
        name: str = UNSET,
        ttl_seconds: int = UNSET,
        fixtures: Literal["default", "empty", "demo"] | Fixtures | List[Literal["default", "empty", "demo"] | Fixtures] = UNSET,
    ) -> Space:
        """Make a space. A world of its own, with the server's starting data or fixtures of its own, and an API key."""
        return cast("Space", self._call(
            "makeSpace", "POST", "/_mock/spaces",
            {"name": name, "ttl_seconds": ttl_seconds, "fixtures": fixtures}, UNSET))

    def list(self) -> List[Space]:
        """List spaces. With the rows in each."""
        return cast("List[Space]", self._call(
            "listSpaces", "GET", "/_mock/spaces",
            UNSET, UNSET, "spaces"))

    def get(self, space: str) -> Space:
        """Get a space. With the rows in it."""
        return cast("Space", self._call(
            "getSpace", "GET", f"/_mock/spaces/{quoted(space)}",
            UNSET, UNSET))

    def delete(self, space: str) -> Done:
        """Drop a space. With all that it holds."""
        return cast("Done", self._call(
            "dropSpace", "DELETE", f"/_mock/spaces/{quoted(space)}",
            UNSET, UNSET))


class ServerCalls(Calls):
    """The control calls of a server."""

    def __init__(self) -> None:
        self.spaces = _ServerSpaces(self._call)

    def health(self) -> Health:
        """Health. Answers as soon as the server accepts."""
        return cast("Health", self._call(
            "getHealth", "GET", "/_mock/health",
            UNSET, UNSET))

    def ready(self) -> Health:
        """Readiness. 200 when the store is usable, full or not; else 503 with the reason."""
        return cast("Health", self._call(
            "getReady", "GET", "/_mock/ready",
            UNSET, UNSET))

    def version(self) -> Version:
        """Version. Which duvo-mock this is."""
        return cast("Version", self._call(
            "getVersion", "GET", "/_mock/version",
            UNSET, UNSET))


class ServerOptions(TypedDict, total=False):
    """The options of the command line."""

    host: str
    port: int
    port_file: str
    exit_with_stdin: bool
    db: str
    store_bytes: int
    fixtures: str | Fixtures | List[str | Fixtures]
    fixtures_dir: str
    public_url: str
    tls: Literal["off", "auto"]
    tls_names: str | List[str]
    tls_cert: str
    tls_key: str
    consent: Literal["auto", "interactive"]
    return_params: Literal["on", "off"]
    refresh_grace_seconds: int
    allowed_return_hosts: str | List[str]
    allowed_hosts: str | List[str]
    admin_token: str
    outbound: Literal["any", "loopback", "off"]
    max_spaces: int
    spaces: Literal["auto", "explicit"]
    space_ttl: int
    journal_bytes: int
    strict: bool
    any_key: bool
    rate_limit: int | Literal["off"]
    cors: str | List[str]
    v1_list_keys: Literal["both", "connections", "integrations"]
    error_ids: bool
    lenient_auth_method: bool
    models: Literal["any", "listed"]
    runs: Literal["auto", "script"]
    run_pending_ms: int
    run_running_ms: int
    schedules: Literal["off", "run"]
    trigger_failures: int
    webhook_retry_seconds: str
    webhook_timeout_ms: int
    webhook_headers: str
    webhook_payload: Literal["envelope", "data"]
    log: Literal["text", "json", "off"]


OPTIONS: Dict[str, Tuple[str, str]] = {
    "host": ("--host", "text"),
    "port": ("--port", "number"),
    "port_file": ("--port-file", "text"),
    "exit_with_stdin": ("--exit-with-stdin", "flag"),
    "db": ("--db", "text"),
    "store_bytes": ("--store-bytes", "number"),
    "fixtures": ("--fixtures", "list"),
    "fixtures_dir": ("--fixtures-dir", "text"),
    "public_url": ("--public-url", "url"),
    "tls": ("--tls", "choice"),
    "tls_names": ("--tls-names", "list"),
    "tls_cert": ("--tls-cert", "text"),
    "tls_key": ("--tls-key", "text"),
    "consent": ("--consent", "choice"),
    "return_params": ("--return-params", "choice"),
    "refresh_grace_seconds": ("--refresh-grace-seconds", "number"),
    "allowed_return_hosts": ("--allowed-return-hosts", "list"),
    "allowed_hosts": ("--allowed-hosts", "list"),
    "admin_token": ("--admin-token", "secret"),
    "outbound": ("--outbound", "choice"),
    "max_spaces": ("--max-spaces", "number"),
    "spaces": ("--spaces", "choice"),
    "space_ttl": ("--space-ttl", "number"),
    "journal_bytes": ("--journal-bytes", "number"),
    "strict": ("--strict", "flag"),
    "any_key": ("--any-key", "flag"),
    "rate_limit": ("--rate-limit", "number"),
    "cors": ("--cors", "list"),
    "v1_list_keys": ("--v1-list-keys", "choice"),
    "error_ids": ("--error-ids", "flag"),
    "lenient_auth_method": ("--lenient-auth-method", "flag"),
    "models": ("--models", "choice"),
    "runs": ("--runs", "choice"),
    "run_pending_ms": ("--run-pending-ms", "number"),
    "run_running_ms": ("--run-running-ms", "number"),
    "schedules": ("--schedules", "choice"),
    "trigger_failures": ("--trigger-failures", "number"),
    "webhook_retry_seconds": ("--webhook-retry-seconds", "text"),
    "webhook_timeout_ms": ("--webhook-timeout-ms", "number"),
    "webhook_headers": ("--webhook-headers", "text"),
    "webhook_payload": ("--webhook-payload", "choice"),
    "log": ("--log", "choice"),
}
