#!/bin/bash
# Makes the Debian package of a static program, the same bytes each time.
# Usage: docker/packages/deb/build.sh MACHINE PROGRAM TELLER DIR      leaves DIR/duvo-mock_VERSION_ARCHITECTURE.deb
#   TELLER              a program for this machine: it prints the manual page and the completions
#   SOURCE_DATE_EPOCH   in the environment: dates the files
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022
machine=$1 program=$2 teller=$3 dir=$4
here=$(dirname "$0")
maintainer='The authors of duvo-mock <duvo-mock@packages.invalid>'
version=$("$teller" version | cut -d ' ' -f 2)
case $machine in
x86_64) architecture=amd64 ;;
aarch64) architecture=arm64 ;;
*) echo "no Debian architecture for $machine" >&2; exit 2 ;;
esac
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
share=$root/usr/share doc=$root/usr/share/doc/duvo-mock

# put MODE PATH: standard input becomes that file of the package.
put() {
    mkdir -p "$root/$(dirname "$2")"
    cat >"$root/$2"
    chmod "$1" "$root/$2"
}

# The section of the changelog that is about this version, as Debian writes it.
changelog() {
    printf 'duvo-mock (%s) unstable; urgency=medium\n\n' "$version"
    awk -v version="$version" '
        /^[0-9]/ { here = $1 == version; next }
        !here { next }
        /^- / { if (item) print item; item = substr($0, 3); next }
        /^  / { item = item " " substr($0, 3) }
        END { if (item) print item }' server/CHANGELOG |
        while read -r item; do
            fmt -w 74 <<<"$item" | sed -e '1s/^/  * /' -e '2,$s/^/    /'
        done
    printf '\n -- %s  %s\n' "$maintainer" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")"
}

control() {
    cat <<CONTROL
Package: duvo-mock
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk --apparent-size "$root" | cut -f 1)
Section: devel
Priority: optional
Description: local mock of Duvo's Connections API
 Answers HTTP requests as Duvo's Connections API does, from state of its own,
 for tests of what calls it. Faults, clocks, OAuth outcomes and MCP servers are
 played on request.
 .
 One static program, without dependencies. The service is not started by
 itself.
CONTROL
}

put 755 usr/bin/duvo-mock <"$program"
"$teller" describe --man | gzip -9n | put 644 usr/share/man/man1/duvo-mock.1.gz
"$teller" describe --bash | put 644 usr/share/bash-completion/completions/duvo-mock
"$teller" describe --zsh | put 644 usr/share/zsh/vendor-completions/_duvo-mock
put 644 lib/systemd/system/duvo-mock.service <"$here/duvo-mock.service"
put 644 usr/share/lintian/overrides/duvo-mock <"$here/lintian-overrides"
changelog | gzip -9n | put 644 usr/share/doc/duvo-mock/changelog.gz
docker/static/bill.sh copyright | put 644 usr/share/doc/duvo-mock/copyright
gzip -9n <schema/openapi.json | put 644 usr/share/doc/duvo-mock/openapi.json.gz
control | put 644 DEBIAN/control
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -print | sed 's,^\./,,' | sort | xargs md5sum) | put 644 DEBIAN/md5sums
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz -z6 --build "$root" "$dir/duvo-mock_${version}_$architecture.deb" >/dev/null
