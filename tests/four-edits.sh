#!/bin/sh
# Shows that an endpoint is four edits: makes those of server/README.md's example in a copy of the sources, and sees the endpoint
# built, described in both versions, documented and used.
# Usage: tests/four-edits.sh FILE…     at the repository root, with the release built; the files are what is copied
#
# The edits are the block of server/README.md that begins with the table of routes: lines at the margin name files, and the
# lines below, indented by four, are what is added at the end of each.
set -u
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES FLAVOUR T
. tests/check.sh
copy=$dir/copy

# With what was built, so that only what the edits touch is compiled.
copy_sources() {
    mkdir -p "$copy/build"
    cp -a "$@" "$copy/"
    cp -a build/release build/embed build/runner build/duvo-mock "$copy/build/"
}

# Takes the block apart: $dir/edits/PATH is what is added to PATH, $dir/paths the list of them.
read_edits() {
    awk -v dir="$dir/edits/" -v paths="$dir/paths" '
    /^```/ { inside = 0; fence = !fence; next }
    fence && /^server\/request\/routes\.def$/ { inside = 1 }
    !inside { next }
    /^[^ ]/ { file = $0; print file >paths; blank = 0; next }
    /^$/ { blank++; next }
    {
        out = dir file
        if (!(out in seen)) { seen[out] = 1; blank = 0; path = out; sub(/\/[^\/]*$/, "", path); system("mkdir -p " path) }
        for (; blank > 0; blank--) print "" >out
        print substr($0, 5) >out
    }' server/README.md
}

make_edits() {
    while read -r path; do
        cat "$dir/edits/$path" >>"$copy/$path" || return 1
    done <"$dir/paths"
}

are_four() {
    cat "$dir/paths"
    [ "$(wc -l <"$dir/paths")" = 4 ] && [ "$(find "$dir/edits" -type f | wc -l)" = 4 ]
}

# What they are: a row of the table, a statement, a handler with its fields, a test.
are_those() {
    echo 'server/request/routes.def server/store/sql.def server/api/*.c tests/api/*.http' | tr ' ' '\n' >"$dir/those"
    sed 's,[^/]*\.c$,*.c,; s,[^/]*/[^/]*\.http$,*.http,' "$dir/paths" | diff "$dir/those" -
}

in_copy() { make -s -C "$copy" "$@"; }
path_of() { sed -n "$1p" "$dir/paths"; }
operation() { sed -n 's/^ROUTE([^"]*"[^"]*", *\([A-Za-z]*\),.*/\1/p' "$dir/edits/$(path_of 1)"; }
# described VERSION: whether the contract has the operation under /VERSION, named as it is there.
described() {
    "$copy/build/duvo-mock" describe | jq -e --arg version "/$1/" --arg name "$(operation)" '
        [.paths | to_entries[] | select(.key | startswith($version)) | .value[].operationId | select(. == $name or . == $name + "V1")]
        | length == 1'
}
in_readme() { grep "^| $(operation) | " "$copy/schema/README.md"; }
# What `make schema tables` writes of a new operation.
written() {
    printf '%s\n' docker/packages/npm/lib/generated.d.ts docker/packages/npm/lib/generated.js \
        docker/packages/python/duvo_mock/_operations.py docker/packages/python/duvo_mock/types.py schema/README.md \
        schema/openapi.json
}
nothing_else_changed() {
    (cd "$copy" && find "$@" -type f) >"$dir/after"
    while read -r path; do
        cmp -s "$path" "$copy/$path" || echo "$path"
    done <"$dir/after" | sort >"$dir/changed"
    (cat "$dir/paths"; written) | sort | diff - "$dir/changed"
}
# Under a path that no family of the support matrix claims.
elsewhere() {
    sed -i 's,"/connections/count","/counts",' "$copy/$(path_of 1)" && in_copy all &&
        "$copy/build/duvo-mock" describe --matrix | grep '^| Others | 1 | 1 | '
}

check 'the sources are copied' copy_sources "$@"
mkdir "$dir/edits"
check 'server/README.md has the edits' read_edits
check 'which are four' are_four
check 'a row, a statement, a handler, a test' are_those
check 'they are made' make_edits
check 'it builds' in_copy all
check 'in the contract of /v1' described v1
check 'in the contract of /v2' described v2
check 'make schema tables' in_copy schema tables
check 'in the tables of schema/README.md' in_readme
check 'nothing else was written' nothing_else_changed "$@"
check 'make fresh' in_copy fresh
check 'make lint' in_copy lint
check 'its test passes' in_copy api T="$(path_of 4)"
check 'what describe prints' in_copy api T=tests/cli/describe-matrix.cli
check 'the table is sound' in_copy unit T=test_routes
check 'the contract is sound' in_copy unit T=test_describe
check 'the statement has an index' in_copy unit T=test_plans
check 'elsewhere it needs no family' elsewhere
counts
