#!/bin/sh
# Brings the source archives of the libraries of the static build: what docker/static/sources lists, each checked by its
# SHA-256, from the folder SOURCES where that is set, else from the archives of Debian that apt is set up with.
# Usage: docker/static/fetch.sh DIR     leaves the archives in DIR; those that are there already are not asked for again
#   SOURCES      in the environment: a folder that holds all of them, for machines that reach no archive
#   MIRROR       one more archive, such as a snapshot of the day: an update takes a file's place in the others
set -eu
dir=$1
here=$(dirname "$0")

places() {
    for archive in ${MIRROR-} $(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | sort -u); do
        echo "${archive%/}/pool"
        echo "${archive%/}/pool/updates"
    done
}

is_right() { [ -f "$1" ] && [ "$(sha256sum <"$1" | cut -d ' ' -f 1)" = "$2" ]; }

# apt's own helper knows the machine's proxies.
download() {
    if [ -x /usr/lib/apt/apt-helper ]; then
        /usr/lib/apt/apt-helper -qq -o APT::Sandbox::User=root -o Acquire::Retries=2 download-file "$1" "$2"
    else
        curl -fsSL --retry 2 -o "$2" "$1"
    fi
}

# take SUM PATH
take() {
    file=${2##*/}
    is_right "$dir/$file" "$1" && return 0
    rm -f "$dir/$file"
    if [ "${SOURCES-}" ]; then
        [ -f "$SOURCES/$file" ] || fail "$file is missing in SOURCES=$SOURCES"
        is_right "$SOURCES/$file" "$1" || fail "$SOURCES/$file is not the pinned file: its SHA-256 is not $1"
        cp "$SOURCES/$file" "$dir/$file"
        return 0
    fi
    for place in $places; do
        download "$place/$2" "$dir/$file.part" >"$dir/log" 2>&1 || true
        if is_right "$dir/$file.part" "$1"; then
            mv "$dir/$file.part" "$dir/$file"
            return 0
        fi
        rm -f "$dir/$file.part"
    done
    fail "$file cannot be fetched from Debian's archives with SHA-256 $1: SOURCES=DIR or MIRROR=URL names another place"
}

fail() {
    echo "static build: $1" >&2
    exit 1
}

mkdir -p "$dir"
places=$(places)
while read -r sum path; do
    take "$sum" "$path"
done <"$here/sources"
rm -f "$dir/log"
