#!/bin/sh
# Runs a command whose programs are built with a sanitizer. Fails when the command does, and also when any process that
# it started, however that ended, left a sanitizer's report.
# Usage: tests/sanitized.sh FLAVOUR COMMAND…     FLAVOUR: or another folder below build/, for its reports
set -u
flavour=$1
shift
report=$PWD/build/$flavour/report
rm -f "$report".*

common=halt_on_error=1:abort_on_error=1:log_path=$report
export ASAN_OPTIONS="$common:detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1"
export UBSAN_OPTIONS="$common:print_stacktrace=1"
export TSAN_OPTIONS="$common:second_deadlock_stack=1:history_size=5"

# The sanitizers of gcc 12 want parts of the address space for themselves: where the kernel randomizes more bits than
# they knew of, programs start reliably only without randomization.
bits=$(cat /proc/sys/vm/mmap_rnd_bits 2>/dev/null || echo 28)
if [ "$bits" -gt 28 ]; then
    set -- setarch -R "$@"
fi

"$@"
status=$?
for file in "$report".*; do
    [ -e "$file" ] || continue
    echo "sanitizer report $file:"
    head -n 100 "$file"
    status=1
done
exit $status
