#!/bin/sh
# What a container engine does around one process, for machines without an engine: the image's files under a layer of
# its own, read-only, with /proc, /dev and the files for names. In mount, pid and network namespaces of its own.
# Usage: container.sh DIR COMMAND…      DIR/image is the image's root, DIR/root becomes the container's
#   DIR/hosts, DIR/resolv.conf   become files of /etc          DIR/mounts   lines of "FROM TO ro|rw"
# Runs the command once a line has come on standard input, by which time the network is there.
set -eu
dir=$1
shift
at=$dir/root
mkdir -p "$at" "$dir/upper" "$dir/work"
mount -t overlay -o "lowerdir=$dir/image,upperdir=$dir/upper,workdir=$dir/work" overlay "$at"
mkdir -p "$at/proc" "$at/dev" "$at/sys"
cp "$dir/hosts" "$dir/resolv.conf" "$at/etc/"
mount -t proc proc "$at/proc"
mount -t tmpfs -o mode=755 tmpfs "$at/dev"
for device in null zero urandom random; do
    : >"$at/dev/$device"
    mount --bind "/dev/$device" "$at/dev/$device"
done
mount -o remount,ro "$at/dev"
while read -r from to how; do
    if [ -d "$from" ]; then mkdir -p "$at$to"; else : >>"$at$to"; fi
    mount --bind "$from" "$at$to"
    mount -o "remount,bind,$how" "$at$to"
done <"$dir/mounts"
mount -o remount,ro "$at"
read -r _
exec "$@" </dev/null
