#!/bin/bash
# Tells what a static program holds, from docker/static/libraries and docker/static/sources.
# Usage: docker/static/bill.sh copyright                 as Debian's copyright files are written
#        docker/static/bill.sh spdx VERSION PROGRAM…     SPDX 2.3 in JSON, of these programs; SOURCE_DATE_EPOCH dates it
#        docker/static/bill.sh licences DIR              every library's copyright file and licence texts, below DIR
set -euo pipefail
export LC_ALL=C TZ=UTC
here=$(dirname "$0")
archives=build/static/archives

# A line for each library: package, version, licence, what for, SHA-256 of the source; tabs between them.
libraries() {
    sed '/^#/d' "$here/libraries" | while IFS= read -r line; do
        name=${line%% *}
        licence=$(awk -F '  +' '{ print $2 }' <<<"$line")
        use=$(awk -F '  +' '{ print $3 }' <<<"$line")
        # The package's version stands in the name of Debian's archive, a native package's in its only one.
        read -r file <<<"$(awk '{ print $2 }' "$here/sources" | grep -E "/${name}_.*(debian\.tar\.xz)$" ||
            awk '{ print $2 }' "$here/sources" | grep "/${name}_")"
        sum=$(grep -E "/${name}_.*(orig\.tar\..*)$" "$here/sources" || grep "/${name}_" "$here/sources")
        version=${file##*/"${name}"_}
        version=${version%.tar.*}
        printf '%s\t%s\t%s\t%s\t%s\n' "$name" "${version%.debian}" "$licence" "$use" "${sum%% *}"
    done
}

# --- Debian's copyright file ------------------------------------------------------------------------------------------

# The licence's text as a field's value.
folded() { sed -e 's/^$/./' -e 's/^/ /' "$@"; }

copyright() {
    cat <<HEAD
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: duvo-mock
Comment: The program is linked statically. It holds these libraries, built from
 Debian's source packages of the same names, whose copyright files have the
 details; the sources of duvo-mock hold the recipe that links it anew with
 changed ones (make static).
$(libraries | awk -F '\t' '{ printf " .\n %s %s: %s,\n  %s\n", $1, $2, $4, $3 }')
 .
 On Debian systems the texts of the GPL and the LGPL are in
 /usr/share/common-licenses.

Files: *
$(sed -n 's/^Copyright (c)/Copyright:/p' server/LICENSE)
License: Expat
$(sed '1,4d' server/LICENSE | folded)
HEAD
}

# --- SPDX -------------------------------------------------------------------------------------------------------------

programs() {
    for program in "$@"; do
        printf '%s\t%s\n' "$(basename "$program")" "$(sha256sum <"$program" | cut -d ' ' -f 1)"
    done
}

spdx() {
    version=$1
    shift
    jq -n --arg version "$version" --arg gcc "$(gcc -dumpfullversion)" --rawfile libraries <(libraries) \
        --rawfile programs <(programs "$@") --arg created "$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)" '
    def rows: split("\n") | map(select(. != "") | split("\t"));
    def package($id; $name; $version; $licence):
        { SPDXID: ("SPDXRef-" + ($id | gsub("_"; "-"))), name: $name, versionInfo: $version, downloadLocation: "NOASSERTION", filesAnalyzed: false,
          licenseConcluded: $licence, licenseDeclared: $licence, copyrightText: "NOASSERTION" };
    ($libraries | rows | map(package("library-" + .[0]; .[0]; .[1]; .[2]) + { comment: .[3],
        checksums: [{ algorithm: "SHA256", checksumValue: .[4] }],
        externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl",
            referenceLocator: ("pkg:deb/debian/" + .[0] + "@" + (.[1] | @uri) + "?arch=source") }] })
     + [package("library-libgcc"; "libgcc"; $gcc; "GPL-3.0-or-later WITH GCC-exception-3.1") + { comment: "the runtime of the compiler" }]) as $libs
    | ($programs | rows | map(package("program-" + .[0]; "duvo-mock"; $version; "MIT") + { packageFileName: .[0],
        primaryPackagePurpose: "APPLICATION", checksums: [{ algorithm: "SHA256", checksumValue: .[1] }] })) as $mine
    | { spdxVersion: "SPDX-2.3", dataLicense: "CC0-1.0", SPDXID: "SPDXRef-DOCUMENT", name: ("duvo-mock-" + $version),
        documentNamespace: ("https://spdx.org/spdxdocs/duvo-mock-" + $version + "-" + ($mine[0].checksums[0].checksumValue)),
        creationInfo: { created: $created, creators: ["Tool: duvo-mock-make-release"] },
        packages: ($mine + $libs),
        relationships: ([$mine[] | { spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: .SPDXID }]
            + [$mine[] as $one | $libs[] | { spdxElementId: $one.SPDXID, relationshipType: "STATIC_LINK", relatedSpdxElement: .SPDXID }]) }'
}

# --- licences -----------------------------------------------------------------------------------------------------------

# From the archives: Debian's copyright file, and what upstream calls its licence.
licences() {
    libraries | while IFS=$'\t' read -r name _; do
        mkdir -p "$1/$name"
        for archive in "$archives/${name}"_*.tar.*; do
            { tar -tf "$archive" | grep -E '^(\./)?([^/]+/)?(debian/copyright|(COPYING|COPYRIGHT|LICENSE)[^/]*|doc/COPYING[^/]*)$' || true; } |
                while read -r member; do
                    tar -xOf "$archive" "$member" >"$1/$name/$(basename "$member")"
                done
        done
        [ -s "$1/$name/copyright" ] || { echo "no copyright file of $name" >&2; exit 1; }
    done
}

case ${1-} in
copyright | spdx | licences) "$@" ;;
*) echo "usage: docker/static/bill.sh copyright | spdx VERSION PROGRAM… | licences DIR" >&2; exit 2 ;;
esac
