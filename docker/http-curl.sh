#!/bin/sh
# Builds libcurl.so.4 from Debian's source package of curl, security patches included, for HTTP and HTTPS alone: the
# packaged library links Kerberos, LDAP, SSH and RTMP, which the mock never speaks. TLS is GnuTLS, which libmicrohttpd
# brings along anyway. IDN, the resolver and the CA bundle are as in the package; what servers compress with zstd though
# nobody asked is not undone.
# Usage: docker/http-curl.sh DIR      in a Debian container, as root; leaves DIR/libcurl.so.4
set -eu
dir=$1
export DEBIAN_FRONTEND=noninteractive

# The suites that packages come from are those whose sources are wanted.
sed -i 's/^Types: deb$/Types: deb deb-src/' /etc/apt/sources.list.d/*.sources 2>/dev/null || true
[ ! -s /etc/apt/sources.list ] || sed -n 's/^deb /deb-src /p' /etc/apt/sources.list >/etc/apt/sources.list.d/source.list
apt-get -qq update
apt-get -qq -y --no-install-recommends install dpkg-dev gcc libc6-dev make pkg-config \
    libgnutls28-dev libidn2-dev zlib1g-dev libbrotli-dev

mkdir -p /tmp/curl "$dir"
cd /tmp/curl
apt-get -qq -o APT::Sandbox::User=root source curl
cd curl-*/

# Protocols, and what the mock has no use for (cookies, HTTP/2, …).
without=$(printf -- '--disable-%s ' alt-svc cookies dict doh file ftp gopher hsts imap ldap ldaps manual mqtt ntlm \
    pop3 rtsp smb smtp static telnet tftp unix-sockets)
# shellcheck disable=SC2086  # one word per option
./configure -q --with-gnutls --without-libpsl --without-librtmp --without-libssh2 --without-nghttp2 --without-zstd \
    $without --enable-versioned-symbols=no --disable-dependency-tracking \
    --with-ca-bundle=/etc/ssl/certs/ca-certificates.crt \
    CFLAGS='-O2 -g0 -fstack-protector-strong -D_FORTIFY_SOURCE=2' LDFLAGS='-Wl,-z,relro,-z,now -Wl,--as-needed'
make -s -j"$(nproc)" -C lib
strip --strip-unneeded -o "$dir/libcurl.so.4" lib/.libs/libcurl.so.4
