#!/bin/bash
# Tries the Debian package: what lintian says, an installation in a root of its own, what it installs, its removal.
# Usage: tests/deb.sh PACKAGE VERSION      as root
set -u
package=$1 version=$2
. tests/check.sh

root=$dir/root
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates"
: >"$root/var/lib/dpkg/status"
in_root() { dpkg --root="$root" --force-script-chrootless --log="$dir/log" "$@"; }
files() { (cd "$root" && find . -path ./var -prune -o ! -type d -printf '%m %U %p\n' | sort -k 3); }
expected() {
    for one in './lib/systemd/system/duvo-mock.service' './usr/bin/duvo-mock' \
        './usr/share/bash-completion/completions/duvo-mock' './usr/share/doc/duvo-mock/changelog.gz' \
        './usr/share/doc/duvo-mock/copyright' './usr/share/doc/duvo-mock/openapi.json.gz' \
        './usr/share/lintian/overrides/duvo-mock' './usr/share/man/man1/duvo-mock.1.gz' \
        './usr/share/zsh/vendor-completions/_duvo-mock'; do
        [ "$one" = ./usr/bin/duvo-mock ] && echo "755 0 $one" || echo "644 0 $one"
    done
}
unit=$root/lib/systemd/system/duvo-mock.service

said() { lintian --no-tag-display-limit "$package" >"$dir/lintian" 2>&1; cat "$dir/lintian"; ! grep -q '^E:' "$dir/lintian"; }
only_two_overrides() {
    lintian --show-overrides "$package" 2>/dev/null | sed -n 's/^O: [^:]*: \([a-z-]*\).*/\1/p' | sort -u >"$dir/overridden"
    cat "$dir/overridden"
    [ -s "$dir/overridden" ] && ! grep -v -x -e statically-linked-binary -e embedded-library "$dir/overridden"
}
man_is_right() { warnings=$(gzip -dc "$root/usr/share/man/man1/duvo-mock.1.gz" | groff -man -Tascii -ww -z 2>&1); echo "$warnings"; [ -z "$warnings" ]; }
zsh_completes() {
    cat >"$dir/zsh" <<'ZSH'
zmodload zsh/zpty
comptest() {
    zpty -b shell zsh -f -i
    zpty -w shell "PS1=; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; zstyle ':completion:*' list-colors ''; LISTMAX=1000"
    zpty -w shell "duvo-mock() { :; }"
    zpty -n -w shell "duvo-mock --out"$'\t'
    sleep 2
    zpty -n -w shell ""
    local text
    while zpty -rt shell text; do print -rn -- $text; done
}
comptest $1
ZSH
    zsh -f "$dir/zsh" "$root/usr/share/zsh/vendor-completions" | tr -d '\r' | grep -a -q -e '--outbound'
}
serves() {
    "$root/usr/bin/duvo-mock" serve --port 0 --port-file "$dir/port" --log off >"$dir/ready" 2>&1 &
    pid=$!
    for _ in $(seq 200); do [ -s "$dir/port" ] && break; sleep 0.05; done
    curl -sS "http://127.0.0.1:$(head -n 1 "$dir/port")/_mock/health"
    kill $pid && wait $pid
}
# The program's place in the unit is the machine's, where it may not be.
unit_is_right() {
    sed "s,ExecStart=,&$root," "$unit" >"$dir/duvo-mock.service"
    said=$(systemd-analyze verify --man=no --recursive-errors=no "$dir/duvo-mock.service" 2>&1)
    echo "$said"
    [ -z "$said" ]
}
is_hardened() {
    exposure=$(systemd-analyze security --offline=yes "$unit" | sed -n 's/^→ Overall exposure level.*: \([0-9]*\).\([0-9]\).*/\1\2/p')
    echo "exposure: $exposure tenths"
    [ "$exposure" -le 20 ]
}
starts_nothing() { ! dpkg-deb --ctrl-tarfile "$package" | tar -t | grep -E 'postinst|preinst'; }

check 'lintian' said
check 'lintian: overrides' only_two_overrides
check 'installs' in_root -i "$package"
check 'what it installs' diff <(expected) <(files)
check 'as dpkg remembers it' [ -z "$(in_root -V duvo-mock)" ]
check 'its version' [ "$("$root/usr/bin/duvo-mock" version)" = "duvo-mock $version" ]
check 'serves' [ "$(serves)" = '{"status":"ok"}' ]
check 'the manual page' man_is_right
check 'completion for bash' bash -c ". '$root/usr/share/bash-completion/completions/duvo-mock'; complete -p duvo-mock"
check 'completion for zsh' zsh_completes
check 'the unit' unit_is_right
check 'the unit: hardened' is_hardened
check 'the unit: loopback' grep -q -x Environment=DUVO_MOCK_HOST=localhost "$unit"
check 'the unit: not started by itself' starts_nothing
check 'is removed' in_root -P duvo-mock
check 'leaves nothing' [ -z "$(files)" ]

counts
