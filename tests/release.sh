#!/bin/bash
# Tries the files of a release as a whole: none without a checksum, the bill of materials, the licences.
# Usage: tests/release.sh DIR VERSION MACHINE…            what make release has left in DIR
#        tests/release.sh --all DIR VERSION MACHINE…      builds it once more from its own sources and compares the bytes;
#                                                         tries the packages in roots of three versions of Debian
set -u
all=
[ "$1" != --all ] || { all=1; shift; }
release=$1 version=$2
shift 2
. tests/check.sh
name=duvo-mock-$version
bill=$release/$name.spdx.json

all_named() { diff <(cd "$release" && find . -maxdepth 1 -type f ! -name checksums.txt -printf '%P\n' | sort) \
    <(sed 's/^[^ ]*  //' "$release/checksums.txt" | sort); }
checksums_hold() { (cd "$release" && sha256sum --quiet -c checksums.txt); }
has_programs() {
    for machine in "$@"; do
        [ -x "$release/$name-linux-$machine" ] || { echo "no program for $machine"; return 1; }
        [ -f "$release/duvo-mock_${version}_$(echo "$machine" | sed -e s/x86_64/amd64/ -e s/aarch64/arm64/).deb" ] || return 1
    done
}
# Every pinned archive belongs to a library of the bill, and every library of the bill has a pin.
bill_is_whole() {
    diff <(sed -e 's,.*/,,' -e 's/_.*//' docker/static/sources | sort -u) \
        <(jq -r '.packages[] | select(.externalRefs) | .name' "$bill" | sort)
}
bill_is_spdx() {
    jq -e '.spdxVersion == "SPDX-2.3" and .dataLicense == "CC0-1.0" and (.creationInfo.created | test("^[0-9T:-]+Z$"))
        and ([.packages[] | .SPDXID | test("^SPDXRef-[A-Za-z0-9.-]+$")] | all)
        and ([.packages[] | .versionInfo != "" and .licenseDeclared != "" and .downloadLocation != ""] | all)
        and ([.relationships[] | .relatedSpdxElement] - [.packages[].SPDXID] == [])' "$bill"
}
bill_names_programs() {
    for machine in "$@"; do
        sum=$(sha256sum <"$release/$name-linux-$machine" | cut -d ' ' -f 1)
        jq -e --arg sum "$sum" '[.packages[].checksums[]?.checksumValue] | index($sum) != null' "$bill" >/dev/null || return 1
    done
}
licences_are_there() {
    tar -tzf "$release/$name-licences.tar.gz" >"$dir/licences"
    for library in $(sed '/^#/d; s/ .*//' docker/static/libraries); do
        grep -q "/$library/copyright$" "$dir/licences" || { echo "no copyright file of $library"; return 1; }
    done
    grep -q -E 'COPYING.LESSER' "$dir/licences" && tar -tf "$release/$name-lgpl-sources.tar" | grep -q gnutls28_.*orig
}

check 'a checksum for every file' all_named
check 'the checksums' checksums_hold
check 'programs and packages' has_programs "$@"
check 'the bill of materials: whole' bill_is_whole
check 'the bill of materials: SPDX' bill_is_spdx
check 'the bill of materials: the programs' bill_names_programs "$@"
check 'licences, sources under the LGPL' licences_are_there
check 'the changelog' grep -q -x "$version" "$release/CHANGELOG"

# --- once more, elsewhere, and on other systems -------------------------------------------------------------------------

builds_again() {
    tar -xzf "$release/$name.tar.gz" -C "$dir"
    mkdir -p "$dir/sources"
    cp build/static/archives/*.tar.* "$dir/sources"
    (cd "$dir/$name" && env -u MAKEFLAGS -u MAKELEVEL make -s release SOURCES="$dir/sources" ${1:+MACHINE="$1"})
}
# Where a Debian package differs, what of it does.
same_bytes() {
    again=$dir/$name/build/release-files
    diff "$release/checksums.txt" "$again/checksums.txt" && return
    for file in "$release"/*.deb; do
        other=$again/$(basename "$file")
        cmp -s "$file" "$other" && continue
        rm -rf "$dir/one" "$dir/other"
        dpkg-deb -R "$file" "$dir/one" && dpkg-deb -R "$other" "$dir/other" && diff -r "$dir/one" "$dir/other"
        diff <(dpkg-deb -c "$file") <(dpkg-deb -c "$other")
    done
    return 1
}
works_on() {
    debootstrap --variant=minbase "$1" "$dir/$1" ${MIRROR:+"$MIRROR"} && cp "$release/duvo-mock_${version}_amd64.deb" "$dir/$1" &&
        chroot "$dir/$1" dpkg -i "/duvo-mock_${version}_amd64.deb" && [ "$(chroot "$dir/$1" duvo-mock version)" = "duvo-mock $version" ] &&
        chroot "$dir/$1" sh -c 'duvo-mock serve --port 0 --port-file /port --log off & mock=$!
            for i in 1 2 3 4 5 6 7 8 9 10; do [ -s /port ] && break; sleep 1; done
            duvo-mock healthcheck --port-file /port; health=$?; kill $mock; wait $mock && exit $health'
}

if [ "$all" ]; then
    [ $# = 1 ] && only=$1
    check 'builds from its own sources in another folder' builds_again ${only:-}
    check 'the same bytes' same_bytes
    for suite in bullseye bookworm trixie; do
        check "Debian $suite" works_on "$suite"
    done
fi
counts
