# Sourced by scripts that are tests: a folder of their own, $dir, which goes when they end, and tests that are counted.
# shellcheck shell=sh
dir=$(mktemp -d "${TMPDIR:-/tmp}/check.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM HUP
passed=0 failed=0

# check WHAT COMMAND…: one test. The end of what the command prints is shown when it fails.
check() {
    what=$1
    shift
    if "$@" >"$dir/out" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $what"
        tail -n 20 "$dir/out"
    fi
}

# The last line, and whether all passed.
counts() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
}
