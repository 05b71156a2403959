#!/bin/sh
# Prints the line coverage of each server file, lowest first, and of all, from what the programs of DIR left behind.
# Usage: tests/cov.sh DIR
set -eu
dir=$1
notes=$(find "$dir/server" -name '*.gcno' | sort)
[ -n "$notes" ] || { echo "nothing under $dir was built for coverage" >&2; exit 1; }

# shellcheck disable=SC2086  # one word per file
gcov -n -r $notes 2>/dev/null | awk '
    /^File /           { gsub("\x27", "", $2); file = $2 }
    /^Lines executed:/ && file ~ /^server\/.*\.c$/ {
        split($0, part, /[:% ]+/); lines[file] = part[5]; hit[file] = part[5] * part[3] / 100; file = "" }
    /^No executable lines/ { file = "" }
    END {
        for (f in lines) {
            printf "%6.1f%% %5d lines  %s\n", 100 * hit[f] / lines[f], lines[f], f
            all += lines[f]; sum += hit[f]
        }
        printf "%6.1f%% %5d lines  all\n", all ? 100 * sum / all : 0, all
    }' | sort -k4,4 | sort -s -n -k1,1 | awk '/ all$/ { last = $0; next } { print } END { print last }'
