#!/bin/bash
# Adds to the programs and packages of a release what goes with them: sources, licences, the sources of the libraries
# under the LGPL, a bill of materials, the changelog, checksums. The same bytes each time.
# Usage: docker/release.sh VERSION DIR      SOURCE_DATE_EPOCH dates the files
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022
version=$1 dir=$2
name=duvo-mock-$version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# pack FOLDER…, below $work, to standard output.
pack() {
    tar --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mode=a+rX,u+w,go-w \
        --mtime="@$SOURCE_DATE_EPOCH" -C "$work" -cf - "$@"
}

install -m 644 server/CHANGELOG "$dir/CHANGELOG"
install -m 644 "build/$name.tar.gz" "$dir/$name.tar.gz"

docker/static/bill.sh licences "$work/$name-licences"
install -m 644 server/LICENSE "$work/$name-licences/LICENSE"
cat >"$work/$name-licences/README" <<TEXT
duvo-mock $version is under the licence in LICENSE. Its static programs hold the libraries below, each under the licence
that lies in its folder.

Some are under the GNU Lesser General Public License (LGPL): gnutls28, libmicrohttpd and nettle. Their sources, as they
were built, are in $name-lgpl-sources.tar. To put a changed one into the program: unpack $name.tar.gz, which holds all of
duvo-mock and the recipe; put the archives that docker/static/sources lists into a folder, the changed one among them, with
its new checksum in that list; run make static SOURCES=FOLDER.

$(sed '1d' docker/static/libraries)
TEXT
pack "$name-licences" | gzip -9n >"$dir/$name-licences.tar.gz"

mkdir "$work/$name-lgpl-sources"
awk -F '  +' '$2 ~ /LGPL/ { print $1 }' docker/static/libraries | while read -r library; do
    cp build/static/archives/"$library"_*.tar.* "$work/$name-lgpl-sources"
done
pack "$name-lgpl-sources" >"$dir/$name-lgpl-sources.tar"

docker/static/bill.sh spdx "$version" "$dir/$name"-linux-* >"$dir/$name.spdx.json"

cd "$dir"
find . -maxdepth 1 -type f ! -name checksums.txt -printf '%P\n' | sort | xargs -d '\n' sha256sum >"$work/checksums"
install -m 644 "$work/checksums" checksums.txt
