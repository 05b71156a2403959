#!/bin/sh
# Puts files into the binary: writes DIR/embed.S (the bytes) and DIR/embed_list.c (the table of base/embed.h).
# Usage: server/base/embed.sh DIR FILE…      run at the repository root, the files sorted and named from there
set -eu
export LC_ALL=C

dir=$1
shift
for file in "$@"; do
    case $file in
    *[!A-Za-z0-9_./-]*) echo "embed.sh: unfit file name: $file" >&2; exit 1 ;;
    esac
done
mkdir -p "$dir"

bytes() {
    echo '/* Made by server/base/embed.sh. */'
    echo '        .section .rodata'
    i=0
    for file in "$@"; do
        printf '        .global embed_%d, embed_%d_end\n' "$i" "$i"
        printf 'embed_%d:\n        .incbin "%s"\nembed_%d_end:\n        .byte 0\n' "$i" "$file" "$i"
        i=$((i + 1))
    done
    echo '        .section .note.GNU-stack, "", %progbits'
}

table() {
    echo '/* Made by server/base/embed.sh. */'
    printf '#include "base/embed.h"\n\n'
    i=0
    for file in "$@"; do
        printf 'extern const unsigned char embed_%d[], embed_%d_end[];\n' "$i" "$i"
        i=$((i + 1))
    done
    printf '\nconst struct embedded embedded_files[] = {\n'
    i=0
    for file in "$@"; do
        printf '    { "%s", embed_%d, embed_%d_end },\n' "$file" "$i" "$i"
        i=$((i + 1))
    done
    printf '    { NULL, NULL, NULL },\n};\n\nconst size_t embedded_count = %d;\n' "$#"
}

bytes "$@" >"$dir/embed.S"
table "$@" >"$dir/embed_list.c"
