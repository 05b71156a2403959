#!/bin/bash
# Measures the server under load; README.md beside this file says what and how. Prepares what the measuring
# needs, then hands over to bench.mjs. Exit 0 unless something could not run or answered wrongly: slowness is
# no failure.
#
# BENCH_ONLY=spaces make bench runs one part alone, or BENCH_ONLY="journal probes" several, without the peers:
#   start memory get list deep fresh create changes mixed tls spaces reset growth story journal probes runs
# BENCH_CASES is the same with the peers.
#
# make bench-work counts instructions instead (work.mjs): BENCH_WORK=1, or the beginnings of cases, separated by commas.
set -eu
cd "$(dirname "$0")/../.."

BUILD=${BUILD:-build}
SERVER=${1:-${DUVO_MOCK:-$BUILD/duvo-mock}}
CC=${CC:-cc}
MHD_CFLAGS=${MHD_CFLAGS-$(pkg-config --cflags libmicrohttpd)}
MHD_LIBS=${MHD_LIBS-$(pkg-config --libs libmicrohttpd)}
NPM=$BUILD/npm/load

if [ -n "${BENCH_ONLY:-}" ]; then
    export BENCH_CASES=$BENCH_ONLY BENCH_PEERS=0
fi

die() { echo "bench: $*" >&2; exit 1; }

# Default flags means that nothing comes from the environment either.
for name in "${!DUVO_MOCK_@}" PORT; do
    unset "$name"
done

[ -x "$SERVER" ] || die "no server at $SERVER: run make first, or give its path"
command -v node >/dev/null || die "node is needed (Debian: nodejs)"

tool=wrk
if [ -n "${BENCH_WORK:-}" ]; then
    tool=valgrind
fi
if ! command -v "$tool" >/dev/null; then
    [ "$(id -u)" = 0 ] || die "$tool is needed (Debian: $tool), and only root can install it"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$tool" >/dev/null ||
        die "$tool is needed and could not be installed (Debian: $tool)"
fi

mkdir -p "$BUILD/load"
for program in bare start; do
    if [ ! "$BUILD/load/$program" -nt "tests/load/$program.c" ]; then
        # shellcheck disable=SC2086  # flags are lists of words
        $CC -std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra $MHD_CFLAGS -o "$BUILD/load/$program" \
            "tests/load/$program.c" $MHD_LIBS
    fi
done

if [ -n "${BENCH_WORK:-}" ]; then
    SCRATCH=$(mktemp -d "$BUILD/load/work-XXXXXX")
    trap 'rm -rf "$SCRATCH"' EXIT
    IFS=,
    # shellcheck disable=SC2086  # a list of cases
    node tests/load/work.mjs "$SERVER" "$BUILD/load" "$SCRATCH" ${BENCH_WORK#1}
    exit
fi

# Peers come from npm at the versions of peers/package.json. No install scripts: none is needed, and some
# report home. An earlier installation is used again when the list has not changed.
if [ "${BENCH_PEERS:-1}" != 0 ] && ! cmp -s tests/load/peers/package.json "$NPM/installed.json"; then
    echo "bench: installing the peers of tests/load/peers/package.json into $NPM"
    mkdir -p "$NPM"
    rm -f "$NPM/installed.json"
    cp tests/load/peers/package.json "$NPM/package.json"
    if SCARF_ANALYTICS=false timeout 300 npm install --prefix "$NPM" --ignore-scripts --no-package-lock \
        --no-audit --no-fund --no-update-notifier --loglevel=error >"$NPM/install.log" 2>&1; then
        cp tests/load/peers/package.json "$NPM/installed.json"
    else
        echo "bench: npm could not install them, see $NPM/install.log: the peers are left out"
    fi
fi

export BENCH_BUILD=$BUILD BENCH_SERVER=$SERVER
exec node tests/load/bench.mjs
