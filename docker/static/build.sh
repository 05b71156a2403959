#!/bin/sh
# Builds one library of the static build, or the compiler that builds for its C library, and installs it below PREFIX.
# docker/static/libraries.mk says what comes before what.
# Usage: docker/static/build.sh NAME     with MACHINE, PREFIX (absolute), WORK and ARCHIVES (folders) in the environment
set -eu
name=$1
here=$(cd "$(dirname "$0")" && pwd)
gnu=$MACHINE-linux-gnu target=$MACHINE-linux-musl
export LC_ALL=C TZ=UTC
# Names that carry what differs between machines and folders would end up in the program.
export SOURCE_DATE_EPOCH=1700000000
unset MAKEFLAGS MFLAGS MAKELEVEL CFLAGS CPPFLAGS LDFLAGS

# --- sources --------------------------------------------------------------------------------------------------------

# Unpacks the package's archives, Debian's patches applied, and goes there.
unpack() {
    rm -rf "${WORK:?}/$name"
    mkdir -p "$WORK/$name"
    cd "$WORK/$name"
    for archive in "$ARCHIVES/$1"_*.orig.tar.*; do
        tar -xf "$archive" --strip-components=1
    done
    for archive in "$ARCHIVES/$1"_*.debian.tar.*; do
        tar -xf "$archive"
    done
    [ ! -f debian/patches/series ] || sed -e 's/[[:space:]]*#.*//' -e '/^$/d' debian/patches/series |
        while read -r patch _; do
            patch -s -p1 -f <"debian/patches/$patch"
        done
}

flags="-O2 -g0 -ffunction-sections -fdata-sections -fstack-protector-strong -ffile-prefix-map=$WORK=. -ffile-prefix-map=$PREFIX=."

configured() {
    CC=$PREFIX/bin/cc AR=$gnu-gcc-ar RANLIB=$gnu-gcc-ranlib STRIP=$gnu-strip CC_FOR_BUILD='gcc -O1' \
        CFLAGS=$flags LDFLAGS="-L$PREFIX/lib" PKG_CONFIG_LIBDIR=$PREFIX/lib/pkgconfig \
        ./configure -q --build="$(gcc -dumpmachine)" --host="$target" --prefix="$PREFIX" --sysconfdir=/etc \
        --localstatedir=/var --disable-shared --enable-static "$@"
}

installed() { make -s && make -s install; }
without() { printf -- "--$1-%s " $2; }
# objects SOURCE…: the files' objects, as a library.
library() {
    archive=$1
    shift
    for file in "$@"; do
        # shellcheck disable=SC2086  # one word per flag
        "$PREFIX/bin/cc" $flags $defines -c -o "${file%.c}.o" "$file"
    done
    rm -f "$archive"
    "$gnu-gcc-ar" rcsD "$archive" $(printf '%s\n' "$@" | sed 's/c$/o/')
    install -m 644 "$archive" "$PREFIX/lib"
}
described() {
    printf 'Name: %s\nDescription: %s\nVersion: 1\nLibs: -L%s/lib -l%s\nCflags: -I%s/include\n' \
        "$1" "$1" "$PREFIX" "$2" "$PREFIX" >"$PREFIX/lib/pkgconfig/$1.pc"
}

# --- the C library and its compiler ---------------------------------------------------------------------------------

# Debian's gcc, told where musl is. A program is position-independent, as the dynamic build is.
write_specs() {
    cat >"$PREFIX/lib/musl.specs" <<SPECS
%rename cpp_options old_cpp_options
*cpp_options:
-nostdinc -isystem $PREFIX/include -isystem include%s -idirafter $PREFIX/kernel %(old_cpp_options)

*cc1:
%(cc1_cpu) -nostdinc -isystem $PREFIX/include -isystem include%s -idirafter $PREFIX/kernel

*link_libgcc:
-L$PREFIX/lib -L .%s

*libgcc:
libgcc.a%s libgcc_eh.a%s

*startfile:
$PREFIX/lib/rcrt1.o $PREFIX/lib/crti.o crtbeginS.o%s

*endfile:
crtendS.o%s $PREFIX/lib/crtn.o

*link:
-nostdlib -static -pie --no-dynamic-linker -z text -z relro -z now -z noexecstack --build-id=none

*esp_link:


*esp_options:


*esp_cpp_options:


SPECS
    # After the user's flags.
    printf '#!/bin/sh\nexec %s "$@" -specs "%s/lib/musl.specs"\n' "$gnu-gcc" "$PREFIX" >"$PREFIX/bin/cc"
    chmod +x "$PREFIX/bin/cc"
}

# Of the kernel's headers these three folders, and nothing that lies beside them.
link_kernel() {
    mkdir -p "$PREFIX/kernel"
    for folder in linux asm asm-generic; do
        for place in "/usr/$gnu/include" "/usr/include/$gnu" /usr/include; do
            [ ! -d "$place/$folder" ] || break
        done
        [ -d "$place/$folder" ] || { echo "static build: the kernel's headers for $MACHINE are missing" >&2; exit 1; }
        ln -sfn "$place/$folder" "$PREFIX/kernel/$folder"
    done
}

build_musl() {
    unpack musl
    CC=$gnu-gcc CFLAGS="-O2 -g0 -fPIE -ffile-prefix-map=$WORK=." ./configure --target="$target" --prefix="$PREFIX" \
        --syslibdir="$PREFIX/lib" --disable-shared CROSS_COMPILE="$gnu-" >/dev/null
    installed
    mkdir -p "$PREFIX/bin" "$PREFIX/lib/pkgconfig"
    link_kernel
    write_specs
}

# --- libraries ------------------------------------------------------------------------------------------------------

build_zlib() {
    unpack zlib
    defines='-D_LARGEFILE64_SOURCE=1 -DHAVE_HIDDEN -DHAVE_UNISTD_H -DHAVE_STDARG_H -I.'
    library libz.a *.c
    install -m 644 zlib.h zconf.h "$PREFIX/include"
    described zlib z
}

# With a small GMP of its own.
build_nettle() {
    unpack nettle
    configured --enable-mini-gmp --disable-openssl --disable-documentation
    make -s SUBDIRS= && make -s SUBDIRS= install
}

# PSK, DHE and OCSP stay: libmicrohttpd and libcurl do not link without them.
build_gnutls() {
    unpack gnutls28
    # shellcheck disable=SC2046  # one word per option
    configured --with-nettle-mini --with-included-libtasn1 --with-included-unistring --without-p11-kit --without-idn \
        $(without without 'zlib brotli zstd tpm tpm2') \
        $(without disable 'cxx tools doc tests guile nls libdane srp-authentication heartbeat-support') \
        $(without disable 'dtls-srtp-support gost openssl-compatibility ktls maintainer-mode') \
        --with-system-priority-file=/etc/gnutls/config \
        --with-default-trust-store-file=/etc/ssl/certs/ca-certificates.crt
    make -s -C gl
    make -s -C lib
    make -s -C lib install
    # A patch of Debian's adds these two to a makefile that would have to be made anew.
    for file in gl_list gl_linkedhash_list; do
        # shellcheck disable=SC2086  # one word per flag
        "$PREFIX/bin/cc" $flags -DHAVE_CONFIG_H -I. -Igl -c -o gl/$file.o gl/$file.c
    done
    "$gnu-gcc-ar" rsD "$PREFIX/lib/libgnutls.a" gl/gl_list.o gl/gl_linkedhash_list.o
}

build_microhttpd() {
    unpack libmicrohttpd
    # shellcheck disable=SC2046  # one word per option
    LIBS='-lhogweed -lnettle' configured --enable-https=yes --with-gnutls="$PREFIX" \
        $(without disable 'doc examples curl bauth dauth httpupgrade postprocessor')
    installed
}

# Every option that net/hop.c sets has to be there: the program ends at the first call that refuses one.
build_curl() {
    unpack curl
    patch -s -p1 <"$here/curl-ca-blob.patch"
    # shellcheck disable=SC2046  # one word per option
    LIBS='-lgnutls -lhogweed -lnettle' configured --with-gnutls="$PREFIX" --with-zlib="$PREFIX" --without-ca-bundle \
        --without-ca-path $(without without 'libpsl librtmp libssh2 nghttp2 zstd brotli libidn2') \
        $(without disable 'alt-svc cookies dict doh file ftp gopher hsts imap ldap ldaps manual mqtt ntlm pop3 rtsp') \
        $(without disable 'smb smtp telnet tftp unix-sockets versioned-symbols dependency-tracking')
    make -s -C lib && make -s -C lib install && make -s -C include install && make -s install-pkgconfigDATA
}

build_sodium() {
    unpack libsodium
    autoreconf -fi >/dev/null 2>&1
    configured --enable-minimal --disable-dependency-tracking
    installed
}

build_jansson() {
    unpack jansson
    autoreconf -fi >/dev/null 2>&1
    configured --disable-dependency-tracking
    make -s -C src && make -s -C src install && make -s install-pkgconfigDATA
}

# The one file that SQLite becomes is made with the machine's own compiler.
build_sqlite() {
    unpack sqlite3
    ./configure -q --disable-tcl --disable-readline >/dev/null
    make -s sqlite3.c >/dev/null
    defines='-DSQLITE_THREADSAFE=1 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_USE_URI -DSQLITE_SECURE_DELETE'
    defines="$defines -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_PREUPDATE_HOOK -DSQLITE_LIKE_DOESNT_MATCH_BLOBS"
    defines="$defines -DSQLITE_MAX_SCHEMA_RETRY=25 -DSQLITE_MAX_VARIABLE_NUMBER=250000 -DHAVE_USLEEP=1 -DHAVE_FDATASYNC=1 -DHAVE_GMTIME_R=1"
    defines="$defines -DHAVE_LOCALTIME_R=1 -DUSE_PREAD=1"
    library libsqlite3.a sqlite3.c
    install -m 644 sqlite3.h "$PREFIX/include"
    described sqlite3 sqlite3
}

build_uriparser() {
    unpack uriparser
    : >src/UriConfig.h
    printf '#define PACKAGE_VERSION "static"\n#define HAVE_REALLOCARRAY\n' >src/UriConfig.h
    defines='-DURI_NO_UNICODE -DURI_LIBRARY_BUILD -DURI_STATIC_BUILD -Iinclude -Isrc'
    # shellcheck disable=SC2046  # one word per file
    library liburiparser.a $(ls src/Uri*.c)
    cp -r include/uriparser "$PREFIX/include"
    described liburiparser uriparser
}

# In the place of musl's allocator, which is too slow for many threads.
build_mimalloc() {
    unpack mimalloc
    # shellcheck disable=SC2086  # one word per flag
    "$PREFIX/bin/cc" $flags -std=gnu11 -DNDEBUG -DMI_MALLOC_OVERRIDE=1 -ftls-model=initial-exec -fvisibility=hidden \
        -Iinclude -c -o "$PREFIX/lib/mimalloc.o" src/static.c
    install -m 644 include/mimalloc.h "$PREFIX/include"
}

# The certificate authorities of Debian's ca-certificates, as one PEM file.
build_authorities() {
    rm -rf "${WORK:?}/$name"
    mkdir -p "$WORK/$name" "$PREFIX/share"
    tar -xf "$ARCHIVES"/ca-certificates_*.tar.xz -C "$WORK/$name" --strip-components=1
    "$here/authorities.sh" "$WORK/$name/mozilla/certdata.txt" >"$PREFIX/share/authorities.pem"
}

"build_$name"
rm -rf "${WORK:?}/$name"
