#!/bin/bash
# Tries a static program as those do who have nothing else: what it is made of, the black-box suite, an empty root, one
# with busybox alone, certificate authorities in each place. Takes root, for chroot.
# Usage: tests/static.sh PROGRAM MACHINE [NAME…]      NAME: these black-box tests instead of all
set -u
program=$(realpath "$1")
machine=$2
shift 2
. tests/check.sh
unset SSL_CERT_FILE
here=$(uname -m)
# A program for another machine is run by QEMU, which has to lie in the root too.
emulator=
[ "$machine" = "$here" ] || emulator=$(command -v "qemu-$machine-static") || { echo "missing: qemu-$machine-static"; exit 1; }
host=127.0.0.1

# --- what it is made of ---------------------------------------------------------------------------------------------

needs_nothing() { ! readelf -dl "$program" | grep -E 'NEEDED|INTERP|TEXTREL'; }
is_movable() { readelf -h "$program" | grep -q 'Type: *DYN'; }
is_small() { [ "$(stat -c %s "$program")" -le 6000000 ]; }
names_no_folder() { ! grep -a -o -m 3 -F -e "$PWD" -e build/static/"$machine"- "$program"; }

check 'no shared library, no interpreter' needs_nothing
check 'position-independent' is_movable
check 'at most 6 MB' is_small
check 'no folder of the build in it' names_no_folder

# --- the black-box suite --------------------------------------------------------------------------------------------

server=$program
if [ "$emulator" ]; then
    server=$dir/server
    printf '#!/bin/sh\nexec %s %s "$@"\n' "$emulator" "$program" >"$server"
    chmod +x "$server"
fi
# A program that has libcurl in it cannot be without.
[ $# != 0 ] || mapfile -t files < <(find tests/api tests/cli \( -name '*.http' -o -name '*.cli' \) ! -name libcurl-missing.cli)
build/runner/run --server "$server" --schema schema/openapi.json -j "$(nproc)" "${@:-${files[@]}}" >"$dir/suite" 2>&1
total=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$dir/suite" | tail -n 1)
grep -v -E '^[0-9]+ passed' "$dir/suite" | tail -n 20
suite_is_good() { [ "${total#*, }" = '0 failed' ] && [ "${total%% *}" -gt 0 ]; }
check "the black-box suite: ${total:-no result}" suite_is_good
total=${total:-0 passed}
passed=$((passed + ${total%% *}))

# --- roots ----------------------------------------------------------------------------------------------------------

new_root() {
    root=$dir/$1
    mkdir -p "$root"
    cp "$program" "$root/duvo-mock"
    [ -z "$emulator" ] || cp "$emulator" "$root/qemu"
}
inside() { chroot "$root" ${emulator:+/qemu} /duvo-mock "$@"; }

# serve ARGS…: a server in the root; $pid and $origin lead to it.
serve() {
    rm -f "$root/port"
    chroot "$root" ${emulator:+/qemu} /duvo-mock serve --port 0 --port-file /port "$@" >"$dir/log" 2>&1 &
    pid=$!
    for _ in $(seq 600); do
        [ -s "$root/port" ] && break
        kill -0 $pid 2>/dev/null || break
        sleep 0.05
    done
    origin=http://$host:$(head -n 1 "$root/port")
}
stop() { kill $pid && wait $pid; }
ask() { curl -sS --max-time 20 -H 'Authorization: Bearer dv_test_owner' -H 'Content-Type: application/json' "$@"; }
creates() {
    ask -d '{"name": "One", "provider": "user", "auth_method": "url"}' "$origin/v1/connections" | jq -e '.name == "One"' &&
        ask "$origin/v1/connections" | jq -e '.connections | map(.name) | index("One") != null'
}
shows_console() { ask "$origin/_mock/" -H 'Accept: text/html' -L | grep -q '<html'; }

new_root empty
version=$(sed -n 's/^VERSION := //p' Makefile)
check 'an empty root: version' [ "$(inside version)" = "duvo-mock $version" ]
serve
check 'an empty root: serves' creates
check 'an empty root: the console' shows_console
check 'an empty root: health' inside healthcheck --port-file /port
check 'an empty root: stops' stop
serve --host localhost
check '--host localhost without /etc/hosts' creates
check '--host localhost: health' inside healthcheck --host localhost --port-file /port
check '--host localhost: stops' stop
serve --tls auto
check '--tls auto' ask -k "https://$host:$(head -n 1 "$root/port")/_mock/health"
check '--tls auto: stops' stop
serve --db /state.db
check 'a database' creates
check 'a database: stops' stop
check 'a database: is there' [ -s "$root/state.db" ]

# --- certificate authorities ----------------------------------------------------------------------------------------

openssl req -x509 -newkey rsa:2048 -nodes -keyout "$dir/key.pem" -out "$dir/ca.pem" -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2>/dev/null
openssl s_server -www -key "$dir/key.pem" -cert "$dir/ca.pem" -accept 127.0.0.1:0 >"$dir/tls" 2>&1 &
peer=$!
for _ in $(seq 100); do
    peer_port=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$dir/tls")
    [ "$peer_port" ] && break
    sleep 0.05
done
# What a probe of an https server says.
verdict() {
    serve
    ask -d "{\"server_url\": \"https://127.0.0.1:$peer_port/mcp\"}" "$origin/v1/connections/mcp/probe" | jq -r .error
    stop
}
trusts() { said=$(verdict); echo "$said"; [ "$said" ] && ! grep -q -i certificate <<<"$said"; }
distrusts() { said=$(verdict); echo "$said"; grep -q 'certificate of .* is not trusted' <<<"$said"; }
cannot_read() { said=$(verdict); echo "$said"; grep -q 'authorities, needed for .*, cannot be read' <<<"$said"; }

new_root authorities
check 'no file of authorities: the built-in ones decide' distrusts
for place in /etc/ssl/certs/ca-certificates.crt /etc/ssl/cert.pem /etc/pki/tls/certs/ca-bundle.crt; do
    new_root "authorities$place"
    mkdir -p "$root${place%/*}"
    cp "$dir/ca.pem" "$root$place"
    check "authorities at $place" trusts
done
new_root named
cp "$dir/ca.pem" "$root/mine.pem"
export SSL_CERT_FILE=/mine.pem
check 'authorities that SSL_CERT_FILE names' trusts
export SSL_CERT_FILE=/nowhere.pem
check 'SSL_CERT_FILE names nothing' cannot_read
unset SSL_CERT_FILE
kill $peer

# --- busybox ----------------------------------------------------------------------------------------------------------

if [ "$machine" = "$here" ]; then
    new_root busybox
    mkdir -p "$root/bin" "$root/dev" "$root/tmp"
    cp "$(command -v busybox)" "$root/bin/busybox"
    : >"$root/dev/null"
    from_inside() {
        chroot "$root" /bin/busybox sh -c '/duvo-mock serve --port 0 --port-file /port --log off >/tmp/log & mock=$!
            i=0; while [ ! -s /port ] && [ $i -lt 200 ]; do /bin/busybox usleep 50000; i=$((i+1)); done
            /bin/busybox wget -q -O - "http://127.0.0.1:$(/bin/busybox head -n 1 /port)/_mock/health"; kill $mock; wait $mock'
    }
    check 'a root with busybox alone' [ "$(from_inside)" = '{"status":"ok"}' ]
fi

counts
