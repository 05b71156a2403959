#!/bin/sh
# Puts together what docker/Dockerfile copies: for each machine, under the name that Docker has for it, the program and
# the certificate authorities; and the empty folder for a database.
# Usage: docker/static/image.sh MACHINE PROGRAM DIR      SOURCE_DATE_EPOCH dates the files
set -eu
case $1 in
x86_64) root=$3/amd64 ;;
aarch64) root=$3/arm64 ;;
*) echo "docker/static/image.sh: no machine $1" >&2; exit 2 ;;
esac
rm -rf "$root"
mkdir -p "$root/etc/ssl/certs" "$3/data"
install -m 755 "$2" "$root/duvo-mock"
install -m 644 build/static/authorities.pem "$root/etc/ssl/certs/ca-certificates.crt"
find "$3" -exec chmod u+rwX,go+rX,go-w {} + -exec touch -h -d "@${SOURCE_DATE_EPOCH:-0}" {} +
