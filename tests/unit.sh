#!/bin/sh
# Runs files of unit tests, each in a process of its own: one line for each, the messages of those tests that failed, and
# the sum as the last line. Usage: tests/unit.sh PROGRAM NAME…     PROGRAM: all of them, tests/unit/main.c
set -u
out=$(mktemp)
trap 'rm -f "$out"' EXIT
passed=0 failed=0
export CMOCKA_MESSAGE_OUTPUT=TAP

all=$1
shift
for name in "$@"; do
    timeout "${UNIT_SECONDS:-120}" "$all" "$name" >"$out" 2>&1 </dev/null
    status=$?
    planned=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$out" | awk '{ n += $1 } END { print n + 0 }')
    good=$(grep -c '^ok ' "$out")
    bad=$((planned - good))
    if [ "$status" != 0 ] && [ "$bad" -le 0 ] || [ "$planned" = 0 ]; then
        bad=1
    fi
    printf '%s: %d passed, %d failed\n' "$name" "$good" "$bad"
    if [ "$bad" -gt 0 ]; then
        grep -v '^ok ' "$out"
        echo "$name: exit status $status"
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
done
[ $# -gt 0 ] || { echo "no unit test of that name"; failed=1; }

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
