#!/bin/bash
# Runs the commands of several Markdown files, each as tests/readme.sh does, and adds up.
# Usage: tests/pages.sh FILE…     at the repository root, with the server built
passed=0 failed=0
for page in "$@"; do
    grep -q '^```console' "$page" || continue
    text=$(timeout 900 tests/readme.sh "$page")
    total=$(tail -n 1 <<<"$text")
    [[ $total =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]] || { echo "$page: no result"; total='0 passed, 1 failed'; }
    [[ $total =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]
    passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
    head -n -1 <<<"$text" | grep -v '^$'
done
echo "$passed passed, $failed failed"
[[ $passed -gt 0 && $failed == 0 ]]
