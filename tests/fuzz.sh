#!/bin/sh
# Runs fuzz targets, some at once: one line for each, what went wrong, and the sum as the last line.
# Usage: tests/fuzz.sh replay BUILD SECONDS JOBS TARGET…   the corpus, and inputs made of it (tests/fuzz/replay.c)
#        tests/fuzz.sh search BUILD SECONDS JOBS TARGET…   libFuzzer; what it finds stands in BUILD/fuzz/TARGET/
# An input that has broken something is kept: FUZZ_TARGET=TARGET BUILD/fuzz/replay 0 0 FILE does it again, and so does
# BUILD/fuzz/libfuzzer FILE.
set -u
RUNS=20000

# A server keeps things from one input to the next, which libFuzzer would look through for leaks each time; at the end of
# the process they are looked for anyway.
leaks_in_between() {
    case $1 in
    head | request) echo 0 ;;
    *) echo 1 ;;
    esac
}

# Of one target: its directory has the files out, and status when it is over.
search_one() {
    FUZZ_TARGET=$1 tests/sanitized.sh "${build#build/}/fuzz/$1" "$build/fuzz/libfuzzer" -max_total_time="$seconds" \
        -max_len=8192 -timeout=30 -rss_limit_mb=2048 -artifact_prefix="$build/fuzz/$1/" -print_final_stats=1 \
        -detect_leaks="$(leaks_in_between "$1")" \
        "$build/fuzz/$1/corpus" "tests/fuzz/corpus/$1"
}

replay_one() {
    FUZZ_TARGET=$1 FUZZ_INPUT=$build/fuzz/$1/input timeout 300 tests/sanitized.sh "${build#build/}/fuzz/$1" \
        "$build/fuzz/replay" $RUNS "$seconds" tests/fuzz/corpus/"$1"/*
}

run_one() {
    rm -rf "$build/fuzz/$1/status"
    mkdir -p "$build/fuzz/$1/corpus"
    "$how"_one "$1" >"$build/fuzz/$1/out" 2>&1
    echo $? >"$build/fuzz/$1/status"
}

# The counts of libFuzzer are lines among others.
tell_counts() {
    if [ "$how" = replay ]; then
        grep "^$1: " "$build/fuzz/$1/out"
    else
        awk -v name="$1" '/^stat::number_of_executed_units/ { n = $2 } / cov: / { cov = $4; corp = $8 }
            END { printf "%s: %d executions, coverage %s, corpus %s\n", name, n, cov, corp }' "$build/fuzz/$1/out"
    fi
}

how=$1 build=$2 seconds=$3 jobs=$4
shift 4
if [ "$jobs" = one ]; then
    run_one "$1"
    exit 0
fi
for target in "$@"; do
    [ -d "tests/fuzz/corpus/$target" ] || { echo "no such fuzz target: $target"; echo "0 passed, 1 failed"; exit 1; }
done
printf '%s\n' "$@" | xargs -P "$jobs" -n 1 "$0" "$how" "$build" "$seconds" one

passed=0 failed=0
for target in "$@"; do
    tell_counts "$target"
    if [ "$(cat "$build/fuzz/$target/status" 2>/dev/null)" = 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        grep -v '^#[0-9]' "$build/fuzz/$target/out" | tail -n 60
        echo "$target failed; its last input is in $build/fuzz/$target/"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
