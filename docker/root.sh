#!/bin/sh
# Puts together what the image holds.
# Usage: docker/root.sh DIR PROGRAM LIBRARY…     in a Debian container; SOURCE_DATE_EPOCH dates the files
#   DIR/image gets the program, the libraries that it and the given ones (which it opens by itself) need, and what libc
#   and libcurl read; DIR/data becomes the folder for a database.
set -eu
dir=$1 program=$2
shift 2
root=$dir/image
mkdir -p "$root/lib" "$root/etc/ssl/certs" "$root/etc/duvo-mock/fixtures.d" "$dir/data"

install -m 755 "$program" "$root/duvo-mock"
install -m 755 "$@" "$root/lib"

# The loader has its place, which the program names; it looks into /lib on every architecture.
ldd "$program" "$@" | awk '$2 == "=>" && $3 ~ "^/" { print $3 } $1 ~ "^/.*[^:]$" { print $1 }' | sort -u |
while read -r library; do
    case ${library##*/} in
    ld-linux*) install -D -m 755 "$library" "$root$library" ;;
    *) install -m 644 "$library" "$root/lib" ;;
    esac
done

install -m 644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs"
echo 'duvo-mock:x:65532:65532:duvo-mock:/:/sbin/nologin' >"$root/etc/passwd"
echo 'duvo-mock:x:65532:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"

find "$dir" -exec touch -h -d "@${SOURCE_DATE_EPOCH:-0}" {} +
