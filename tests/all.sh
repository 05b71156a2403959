#!/bin/sh
# What `make test` runs. Every stage runs, whatever the ones before it did; each prints a heading, its own
# output, and its counts (a stage that counts nothing counts as one; one that ends well and says "skipped: " and why as
# its last line counts as none, and is called skipped). What failed is told again at the end; the last line is
# the sum of all.
# Usage: tests/all.sh [STAGE…]
set -u
cd "$(dirname "$0")/.." || exit 1
exec </dev/null
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES FLAVOUR T
export WERROR=1

#       stage        what it does
stages='build        make -k programs
        lint         make lint
        headers      make headers
        analyze      make analyze
        unit         make unit
        api          make api
        fresh        make fresh
        openapi      make openapi
        client       make client
        readme       make readme
        four-edits   make four-edits
        install      make install-test
        e2e          make e2e
        mcp          make mcp
        mcp-servers  make mcp-servers
        control      make control
        torture      make torture EVERY=50
        examples     make examples
        static       make static-test
        packages     make test-packages
        image        make test-image
        deb          make deb-test
        release      make release-test
        asan         make -k FLAVOUR=asan programs
        asan-unit    make FLAVOUR=asan unit
        asan-api     make FLAVOUR=asan api
        asan-load    make FLAVOUR=asan control T=load
        asan-torture make FLAVOUR=asan torture EVERY=100
        fuzz         make FLAVOUR=asan fuzz-replay
        tsan         make -k FLAVOUR=tsan programs
        tsan-unit    make FLAVOUR=tsan unit
        tsan-api     make FLAVOUR=tsan api
        tsan-load    make FLAVOUR=tsan control T=load'

mkdir -p build
dir=$(mktemp -d build/test.XXXXXX)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM HUP

# Runs one stage, its output on the terminal and in $dir/out, and leaves its counts in stage_passed and stage_failed.
run_stage() {
    { "$@" 2>&1; echo $? >"$dir/status"; } | tee "$dir/out"
    status=$(cat "$dir/status")
    counts=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$dir/out" | tail -n 1)
    stage_passed=0 stage_failed=0 stage_skipped=
    if [ "$status" = 0 ] && tail -n 1 "$dir/out" | grep -q '^skipped: '; then
        stage_skipped=$(tail -n 1 "$dir/out")
        return 0
    elif [ -n "$counts" ]; then
        stage_passed=${counts%% *}
        stage_failed=${counts#*, }
        stage_failed=${stage_failed%% *}
    elif [ "$status" = 0 ]; then
        stage_passed=1
    fi
    # A stage that failed without saying so, or in which nothing ran, is a failure too.
    if [ "$stage_failed" = 0 ] && { [ "$status" != 0 ] || [ "$stage_passed" = 0 ]; }; then
        stage_failed=1
    fi
}

# What a stage that failed said of it, told again at the end, where nobody has to look for it.
tell_failure() {
    printf '\n== of %s\n' "$1"
    said=$(grep -E -A 8 '^FAIL(ED)?[ :]|: error: |^\[ +(FAILED|ERROR) +\]' "$dir/out" | cut -c 1-300 | head -n 40)
    if [ "$said" ]; then echo "$said"; else tail -n 20 "$dir/out"; fi
}

wanted() {
    name=$1
    shift
    [ $# = 0 ] && return 0
    for one in "$@"; do
        [ "$one" = "$name" ] && return 0
    done
    return 1
}

begin=$(date +%s)
echo "$stages" >"$dir/stages"
while read -r name command <&3; do
    wanted "$name" "$@" || continue
    printf '\n== %s\n' "$name"
    start=$(date +%s)
    # shellcheck disable=SC2086  # a command of several words
    run_stage $command
    printf '%-12s %5d passed, %3d failed %5d s  %s\n' "$name" "$stage_passed" "$stage_failed" \
        $(($(date +%s) - start)) "$stage_skipped" | sed 's/ *$//' | tee -a "$dir/table"
    echo "$stage_passed $stage_failed" >>"$dir/counts"
    [ "$stage_failed" = 0 ] || tell_failure "$name" >>"$dir/failures"
done 3<"$dir/stages"
[ -e "$dir/counts" ] || { echo "no such stage: $*" >&2; exit 2; }

printf '\n== all, %d s\n' $(($(date +%s) - begin))
cat "$dir/table"
[ ! -e "$dir/failures" ] || { cat "$dir/failures"; echo; }
awk '{ p += $1; f += $2 } END { printf "%d passed, %d failed\n", p, f; exit f > 0 }' "$dir/counts"
