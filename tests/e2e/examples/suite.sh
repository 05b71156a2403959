#!/bin/sh
# The mock from a shell, with curl and jq alone: a space, a fault, a connection, and what the mock saw.
# Usage: tests/e2e/examples/suite.sh     with a server at DUVO_MOCK (default http://127.0.0.1:8787)
set -eu
MOCK=${DUVO_MOCK:-http://127.0.0.1:8787}
JSON='Content-Type: application/json'

fail() {
    echo "not ok: $*" >&2
    exit 1
}

# A space has its own data, clock, faults and journal; it ends with this script.
space=$(curl -fsS "$MOCK/_mock/spaces" -H "$JSON" -d '{}')
BASE=$(echo "$space" | jq -r .base_url)
KEY=$(echo "$space" | jq -r .api_key)
trap 'curl -fsS -o /dev/null -X DELETE "$MOCK/_mock/spaces/$(echo "$space" | jq -r .name)"' EXIT

# The server is unavailable twice; curl --retry is the code under test.
curl -fsS -o /dev/null "$BASE/_mock/faults" -H "$JSON" \
    -d '{"match": {"operation": "createConnection"}, "action": {"status": 503}, "times": 2}'
name=$(curl -fsS --retry 3 --retry-delay 1 "$BASE/v1/connections" -H "Authorization: Bearer $KEY" -H "$JSON" \
    -d '{"name": "Patient", "provider": "user", "auth_method": "url"}' 2>/dev/null | jq -r .name)
[ "$name" = Patient ] || fail "the connection is called '$name'"

# Three requests came; the answer of a verification that does not hold says what came instead.
verified=$(curl -sS -w '\n%{http_code}' "$BASE/_mock/verify" -H "$JSON" \
    -d '{"match": {"operation": "createConnection", "body": {"/name": "Patient"}}, "count": 3}')
[ "${verified##*
}" = 200 ] || fail "$verified"
echo ok
