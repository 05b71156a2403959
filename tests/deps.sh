#!/bin/sh
# Sees to it that what the build or the tests need is there. On Debian, as root, what is missing is installed; anywhere
# else one line says what to install. Touches no package manager when nothing is missing.
# Usage: tests/deps.sh build LIBRARY…     the compiler and these pkg-config names
#        tests/deps.sh test               what the tests need besides
#        tests/deps.sh fuzz               what searches for inputs: clang with libFuzzer
#        tests/deps.sh static MACHINE     what `make static` builds its libraries with
#        tests/deps.sh static-test MACHINE     what tries its result
#        tests/deps.sh deb | deb-test     what makes and tries the Debian package
#        tests/deps.sh test-release       what tries a release on other systems
#        tests/deps.sh image              what builds and runs the image where Docker does not
set -eu

has() { command -v "$1" >/dev/null 2>&1; }
library() { has pkg-config && pkg-config --exists "$1"; }
libc() { has gcc && echo '#include <stdlib.h>' | gcc -E -o /dev/null -x c - 2>/dev/null; }

# The Debian package that a pkg-config name comes from.
package_of() {
    case $1 in
    sqlite3) echo libsqlite3-dev ;;
    jansson | cmocka) echo "lib$1-dev" ;;
    libcurl) echo libcurl4-openssl-dev ;;
    gnutls) echo libgnutls28-dev ;;
    *) echo "$1-dev" ;;
    esac
}

missing_libraries() {
    for name in "$@"; do
        library "$name" || package_of "$name"
    done
}

missing_for_build() {
    if [ "${CC:-gcc}" = gcc ]; then
        has gcc || echo gcc
        libc || echo libc6-dev
    fi
    has pkg-config || echo pkg-config
    missing_libraries "$@"
}

# Whether a Python has the module: that of the PATH, or Debian's own. tests/packages/run.mjs takes the one that has all.
python_has() {
    for python in python3 /usr/bin/python3; do
        "$python" -c "import $1" 2>/dev/null && return 0
    done
    return 1
}

missing_for_test() {
    missing_libraries cmocka
    for tool in curl jq npm openssl sqlite3; do
        has "$tool" || echo "$tool"
    done
    has groff || echo groff-base
    has node || echo nodejs
    has python3 || echo python3
    python3 -c 'import requests' 2>/dev/null || echo python3-requests
    python_has ensurepip || echo python3-venv
    python_has pytest || echo python3-pytest
    python_has xdist || echo python3-pytest-xdist
    python_has mypy || echo mypy
    has chromium || has chromium-browser || has google-chrome || [ -n "${CHROMIUM-}" ] || echo chromium
    [ -e /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
}

# The official MCP SDK and the browser driver want a newer Node than Debian 12 has: then one from npm stands before it in
# the makefile's PATH.
NODE_WANTED=20 NODE_TAKEN=22.23.3
node_is_new() { [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge $NODE_WANTED ]; }

take_newer_node() {
    dir=build/npm/node
    package=node-linux-$(node -p process.arch)
    echo "installing: Node $NODE_TAKEN for the tests" >&2
    mkdir -p "$dir/bin"
    npm --prefix "$dir" install --no-save --ignore-scripts --no-audit --no-fund --no-update-notifier \
        --loglevel=error "$package@$NODE_TAKEN" >&2
    ln -sf "../node_modules/$package/bin/node" "$dir/bin/node"
}

missing_for_fuzz() {
    missing_libraries cmocka
    has clang || echo clang
    ls "$(clang -print-resource-dir 2>/dev/null)"/lib/*/libclang_rt.fuzzer* >/dev/null 2>&1 || package_of_runtime
}

# Of the clang that is there, or that will be.
package_of_runtime() {
    version=$(apt-cache depends clang 2>/dev/null | sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p' | head -n 1)
    echo "libclang-rt-${version:-14}-dev"
}

missing_for_static() {
    [ "$(uname -m)" = "$1" ] || has "$1-linux-gnu-gcc" || echo "gcc-$(echo "$1" | tr _ -)-linux-gnu"
    [ "$(uname -m)" = "$1" ] || [ -d "/usr/$1-linux-gnu/include/linux" ] || echo "linux-libc-dev-$(debian_name "$1")-cross"
    has autoreconf || echo autoconf
    has automake || echo automake
    has libtoolize || echo libtool
    for tool in make patch xz; do
        has $tool || echo $tool
    done | sed 's/^xz$/xz-utils/'
    has bzip2 || echo bzip2
    has tclsh || echo tcl
}

missing_for_static_test() {
    has busybox || echo busybox-static
    has openssl || echo openssl
    [ "$(uname -m)" = "$1" ] || has "qemu-$1-static" || echo qemu-user-static
}

missing_for_deb() {
    has dpkg-deb || echo dpkg
    has xz || echo xz-utils
}

missing_for_test_release() {
    has debootstrap || echo debootstrap
}

missing_for_deb_test() {
    has groff || echo groff-base
    has lintian || echo lintian
    has systemd-analyze || echo systemd
    has zsh || echo zsh
}

debian_name() { echo "$1" | sed -e s/x86_64/amd64/ -e s/aarch64/arm64/; }

missing_for_image() {
    has buildah || echo buildah
    has ip || echo iproute2
    has openssl || echo openssl
}

missing() {
    what=$(echo "$1" | tr - _)
    shift
    "missing_for_$what" "$@" | sort -u | tr '\n' ' ' | sed 's/ $//'
}

install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    echo "installing: $*" >&2
    apt-get -qq -o DPkg::Lock::Timeout=300 update >&2
    apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 --no-install-recommends install "$@" >&2
}

install_missing() {
    packages=$(missing "$@")
    [ -n "$packages" ] || return 0
    if [ "$(id -u)" != 0 ] || ! has apt-get; then
        echo "missing, please install these Debian packages (as root: apt-get install $packages)" >&2
        exit 1
    fi
    # shellcheck disable=SC2086  # one word per package
    install_packages $packages
    packages=$(missing "$@")
    [ -z "$packages" ] || { echo "still missing after the installation: $packages" >&2; exit 1; }
}

case ${1-} in
build | test | fuzz | static | static-test | deb | deb-test | test-release | image) ;;
*) echo "usage: tests/deps.sh build LIBRARY… | test | fuzz | static MACHINE | static-test MACHINE | deb | deb-test | test-release | image" >&2; exit 2 ;;
esac

install_missing "$@"
if [ "$1" = test ] && ! node_is_new; then
    take_newer_node
    PATH=$PWD/build/npm/node/bin:$PATH
    node_is_new || { echo "the tests want Node $NODE_WANTED or newer" >&2; exit 1; }
fi
