#!/bin/sh
# Installs the program below a folder of its own and removes it again; packs the sources twice, and builds and tries what
# was packed. Usage: tests/install.sh NAME-VERSION
set -u
name=$1
. tests/check.sh

# The files below a folder, with their modes, a line each.
files() { (cd "$1" && find . ! -type d -printf '%m %p\n' | sort -k 2); }

expected() {
    echo '755 ./opt/it/bin/duvo-mock'
    for one in LICENSE README.md fixtures/catalog.json fixtures/default.json fixtures/demo.json fixtures/empty.json fixtures/services.json \
        openapi.json; do
        echo "644 ./opt/it/share/doc/duvo-mock/$one"
    done
    echo '644 ./opt/it/share/man/man1/duvo-mock.1'
}

same_files() { expected | sort -k 2 >"$dir/expected"; files "$dir/root" | diff "$dir/expected" -; }
page_is_right() { warnings=$(groff -man -Tascii -ww -z "$1" 2>&1); echo "$warnings"; [ -z "$warnings" ]; }
runs() { [ "$("$1" version)" = "duvo-mock ${name##*-}" ]; }
nothing_left() { [ -z "$(files "$dir/root")" ] && [ ! -e "$dir/root/opt/it/share/doc/duvo-mock" ]; }

check 'make install' sh -c "umask 077; make -s install DESTDIR='$dir/root' PREFIX=/opt/it"
check 'what it installs' same_files
check 'the program' runs "$dir/root/opt/it/bin/duvo-mock"
check 'the manual page' page_is_right "$dir/root/opt/it/share/man/man1/duvo-mock.1"
check 'a second time' make -s install DESTDIR="$dir/root" PREFIX=/opt/it INSTALL='install -s'
check 'stripped' sh -c "! readelf -S '$dir/root/opt/it/bin/duvo-mock' | grep -q -F .symtab"
check 'make uninstall' make -s uninstall DESTDIR="$dir/root" PREFIX=/opt/it
check 'what it leaves' nothing_left

check 'make dist' make -s dist
cp "build/$name.tar.gz" "$dir/first.tar.gz"
check 'make dist, with another umask' sh -c 'umask 077; make -s dist'
check 'the same bytes' cmp "$dir/first.tar.gz" "build/$name.tar.gz"
check 'unpacks' tar -xzf "$dir/first.tar.gz" -C "$dir"
check 'one folder' [ "$(tar -tzf "$dir/first.tar.gz" | cut -d / -f 1 | sort -u)" = "$name" ]
check 'builds' make -s -C "$dir/$name" COMPILE_release=-O0 LINK_release= all
check 'what it builds' runs "$dir/$name/build/duvo-mock"
for image in empty default; do
    check "the same bytes of the $image image" cmp "$dir/$name/build/embed/$image.image" "build/embed/$image.image"
done
check 'its contract' sh -c "'$dir/$name/build/duvo-mock' describe | cmp - schema/openapi.json"
check 'packs itself' env SOURCE_DATE_EPOCH="$(stat -c %Y "$dir/$name/Makefile")" make -s -C "$dir/$name" dist
check 'into the same bytes' cmp "$dir/first.tar.gz" "$dir/$name/build/$name.tar.gz"

counts
