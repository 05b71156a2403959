#!/bin/sh
# Sees to it that the libraries of the static build are there: build/static/libraries-MACHINE leads to them. They are
# kept below build/ under a key of all that they are made from: pins, recipe and compiler, and of the folder, which the
# compiler's settings name.
# Usage: docker/static/libraries.sh MACHINE      at the repository root; SOURCES=DIR as docker/static/fetch.sh has it
set -eu
machine=$1
here=docker/static

tests/deps.sh static "$machine"

key=$({ cat $here/sources $here/build.sh $here/libraries.mk $here/authorities.sh $here/*.patch; "$machine-linux-gnu-gcc" --version
    "$machine-linux-gnu-ld" --version; pwd; } | sha256sum | cut -c 1-16)
name=$machine-$key
unset MAKEFLAGS MFLAGS MAKELEVEL
libraries() { make -r --no-print-directory "$@" -f $here/libraries.mk MACHINE="$machine" DIR="build/static/$name" ARCHIVES=build/static/archives; }

if ! libraries -q; then
    $here/fetch.sh build/static/archives
    libraries -j"${JOBS:-$(nproc)}"
fi
ln -sfn "$name" "build/static/libraries-$machine"
cmp -s "build/static/$name/share/authorities.pem" build/static/authorities.pem ||
    cp "build/static/$name/share/authorities.pem" build/static/authorities.pem

# Those of other keys are of no more use.
for old in build/static/"$machine"-*; do
    [ "$old" = "build/static/$name" ] || rm -rf "$old"
done
