#!/bin/bash
# Runs the commands of a Markdown file and compares what they print with what the file says they print.
# Usage: tests/readme.sh FILE      at the repository root, with the server built
#
# A ```console block holds "$ command" lines, each followed by its expected output. A command goes on after a trailing
# backslash, and on lines that begin with "> ". In the output "…" stands for any text, "…" on a line by itself for any
# lines (or none), and no output at all means just that. All blocks are run in order, in the current directory and in
# one shell, so that variables last.
#   make run …     starts a server in the background on a free port, which from then on stands for the port that the
#                  file names (8787, or what --port says); a second one for the same port stops the first
#   npx duvo-mock  does the same in the folder that the shell is in; so does duvo-mock alone
#   npm install duvo-mock, pip install duvo-mock   take the packages from build/release-files, as none is published
#   make test      is not run (this is part of it), but has to be a target
# A command that fails has to say so in its expected output; other shell blocks (sh, bash, …) are errors, so that no
# command in the file goes unchecked.

readme_file=$1
readme_dir=$(mktemp -d)
readme_passed=0 readme_failed=0 readme_finished=
declare -A readme_ports readme_servers    # port in the file -> the real port, -> process group of its server
# Commands start as from a fresh terminal, not as parts of the make that runs this.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
exec </dev/null {readme_stdout}>&1

stop_server() {
    local group=$1 i
    kill -TERM -- "-$group" 2>/dev/null
    for ((i = 0; i < 50; i++)); do
        kill -0 -- "-$group" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL -- "-$group" 2>/dev/null
}

clean_up() {
    local group job
    for group in "${readme_servers[@]}"; do stop_server "$group"; done
    for job in $(jobs -p); do kill "$job" 2>/dev/null; done
    rm -rf "$readme_dir"
    [[ -n $readme_finished ]] || { echo "$readme_file: the run ended early" >&"$readme_stdout"; exit 1; }
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

# Reads the file into $readme_dir: N.line, N.command and N.expected for each command, and "errors".
split_file() {
    awk -v dir="$readme_dir" '
    function complain(text) { print FILENAME ":" FNR ": " text >(dir "/errors") }
    function command(text) {
        n++
        print FNR >(dir "/" n ".line")
        printf "" >(dir "/" n ".expected")
        add(text)
    }
    function add(text) { print text >(dir "/" n ".command"); more = text ~ /\\$/; fresh = 1 }
    !block && /^ *(```+|~~~+)/ {
        indent = match($0, /[`~]/) - 1
        fence = $0
        sub(/^ */, "", fence)
        language = fence
        sub(/^[`~]+ */, "", language)
        sub(/[ {].*/, "", language)
        fence = substr(fence, 1, match(fence, /[^`~]/) ? RSTART - 1 : length(fence))
        block = FNR
        fresh = more = 0
        first = n
        if (tolower(language) ~ /^(sh|bash|zsh|ksh|fish|shell|shell-session|shellsession|terminal|powershell|cmd)$/)
            complain("a " language " block is not run: write a console block")
        next
    }
    block {
        text = $0
        for (i = 0; i < indent && text ~ /^ /; i++) text = substr(text, 2)
        if (!more && text ~ "^ *" fence "[`~]* *$") {
            if (language == "console" && n == first) complain("a console block without a command")
            block = 0
            next
        }
        if (language != "console") {
            if (text ~ /^\$ /) complain("a command outside a console block")
            next
        }
        if (more) { sub(/^> /, "", text); add(text); next }
        if (text ~ /^\$ /) { command(substr(text, 3)); next }
        if (fresh && text ~ /^> /) { add(substr(text, 3)); next }
        if (n == first) { if (text !~ /^(#.*)?$/) complain("output before the first command of a block"); next }
        fresh = 0
        print text >(dir "/" n ".expected")
    }
    END { if (block) complain("a block that does not end"); print n + 0 >(dir "/count") }' "$readme_file"
}

# Text of $1 with every port that the file names replaced by the real one: first all by marks without a digit, so that
# none is replaced twice.
with_real_ports() {
    local port mark
    local -a marking=() naming=()
    for port in "${!readme_ports[@]}"; do
        mark="@port-$(tr 0-9 a-j <<<"$port")@"
        marking+=(-e ":$port" -e "s/(^|[^0-9])$port([^0-9]|\$)/\1$mark\2/" -e "t$port")
        naming+=(-e "s/$mark/${readme_ports[$port]}/g")
    done
    sed -E "${marking[@]}" "${naming[@]}" -e '' <<<"$1"
}

# Whether the lines of array $2, from $4 on, are what the pattern lines of array $1, from $3 on, describe.
lines_match() {
    local -n pattern=$1 actual=$2
    local p=$3 a=$4 glob
    while ((p < ${#pattern[@]})); do
        if [[ ${pattern[p]} == '…' ]]; then
            for (( ; a <= ${#actual[@]}; a++)); do
                lines_match "$1" "$2" $((p + 1)) "$a" && return 0
            done
            return 1
        fi
        ((a < ${#actual[@]})) || return 1
        glob=$(sed -e 's/[][*?\\]/\\&/g' -e 's/…/*/g' <<<"${pattern[p]}")
        # shellcheck disable=SC2053  # the right side is a pattern
        [[ ${actual[a]} == $glob ]] || return 1
        ((p++, a++))
    done
    ((a == ${#actual[@]}))
}

# Whether file $1 (expected, with the ports of the file) describes the text of file $2. Trailing empty lines do not count.
text_matches() {
    local -a want got
    mapfile -t want <<<"$(with_real_ports "$(cat "$1")")"
    mapfile -t got <<<"$(cat "$2")"
    [[ ${#want[@]} == 1 && -z ${want[0]} ]] && want=()
    [[ ${#got[@]} == 1 && -z ${got[0]} ]] && got=()
    lines_match want got 0 0
}

# Starts the server of a `make run` command, and waits until it is ready and has printed what number $1 expects.
run_server() {
    local n=$1 command=$2 named=8787 port_file=$readme_dir/$1.port out=$readme_dir/$1.out i
    if [[ $command =~ --port[=\ ]([0-9]+) ]]; then
        named=${BASH_REMATCH[1]}
        command=${command/"${BASH_REMATCH[0]}"/--port 0}
    fi
    [[ -n ${readme_servers[$named]} ]] && stop_server "${readme_servers[$named]}"
    DUVO_MOCK_PORT=0 DUVO_MOCK_PORT_FILE=$port_file setsid bash -c "$command" >"$out" 2>&1 &
    readme_servers[$named]=$!
    for ((i = 0; i < 3000; i++)); do
        [[ -s $port_file ]] && break
        kill -0 "${readme_servers[$named]}" 2>/dev/null || break
        sleep 0.1
    done
    [[ -s $port_file ]] || { echo "the server did not become ready" >>"$out"; return 1; }
    readme_ports[$named]=$(<"$port_file")
    [[ -s $readme_dir/$n.expected ]] || return 0
    for ((i = 0; i < 20; i++)); do
        text_matches "$readme_dir/$n.expected" "$out" && return 0
        sleep 0.1
    done
    return 1
}

# Text of $1 with the files in build/release-files for the names of our packages, where such a name is installed.
readme_root=$PWD
with_local_packages() {
    local files=$readme_root/build/release-files
    sed -E -e "s#^(npm install( -[^ ]+)*) duvo-mock\$#\1 --offline --cache $readme_dir/npm $(echo "$files"/duvo-mock*.tgz)#" \
        -e "s#(pip install) duvo-mock\$#\1 --no-index $(echo "$files"/duvo_mock-*"_$(uname -m).whl")#" <<<"$1"
}

# Runs command $2, its number $1, in this very shell (hence no short local names, which it could set).
# Its output and status must be the expected ones.
run_command() {
    local readme_out=$readme_dir/$1.out readme_status
    eval "$(with_local_packages "$(with_real_ports "$2")")" >"$readme_out" 2>&1
    readme_status=$?
    if [[ $readme_status != 0 && ! -s $readme_dir/$1.expected ]]; then
        echo "exit status $readme_status" >>"$readme_out"
        return 1
    fi
    text_matches "$readme_dir/$1.expected" "$readme_out"
}

check_target() {
    grep -q '^test:' Makefile || { echo 'the Makefile has no target test' >"$readme_dir/$1.out"; return 1; }
}

check_command() {
    local readme_text
    readme_text=$(<"$readme_dir/$1.command")
    case $readme_text in
    'make test' | 'make test '*) check_target "$1" ;;
    'make run' | 'make run '* | 'npx duvo-mock' | 'npx duvo-mock '* | duvo-mock) run_server "$1" "$readme_text" ;;
    *) run_command "$1" "$readme_text" ;;
    esac
}

report_failure() {
    local n=$1
    echo "$readme_file:$(<"$readme_dir/$n.line"): \$ $(<"$readme_dir/$n.command")"
    echo "  expected:"
    awk '{ print "    " $0 }' "$readme_dir/$n.expected"
    echo "  printed:"
    awk 'NR <= 60 { print "    " $0 }' "$readme_dir/$n.out"
}

[[ -r $readme_file ]] || { echo "no file: $readme_file"; readme_finished=yes; exit 1; }
split_file
if [[ -s $readme_dir/errors ]]; then
    cat "$readme_dir/errors"
    readme_failed=$(grep -c . "$readme_dir/errors")
fi
readme_count=$(<"$readme_dir/count")
[[ $readme_count -gt 0 ]] || { echo "$readme_file: no command in it"; readme_failed=$((readme_failed + 1)); }
for ((readme_n = 1; readme_n <= readme_count; readme_n++)); do
    if check_command "$readme_n"; then
        readme_passed=$((readme_passed + 1))
    else
        report_failure "$readme_n"
        readme_failed=$((readme_failed + 1))
    fi
done
readme_finished=yes
echo "$readme_passed passed, $readme_failed failed"
[[ $readme_failed == 0 ]]
