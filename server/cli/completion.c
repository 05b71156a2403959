/* The options, told to a shell: what it may complete. */
#include "cli/options.h"

#include <string.h>

static const char *argument_of(const struct option *o)
{
    return o->kind == OPTION_CHOICE ? o->choices : o->argument;
}

static bool wants_file(const struct option *o)
{
    static const char *const names[] = { "PATH", "FILE", "DIR", "NAME|PATH" };
    for (size_t i = 0; o->argument && i < sizeof names / sizeof names[0]; i++)
        if (strcmp(o->argument, names[i]) == 0)
            return true;
    return false;
}

/* `a|b|c`, as words. */
static void put_choices(FILE *out, const char *choices)
{
    for (; *choices; choices++)
        fputc(*choices == '|' ? ' ' : *choices, out);
}

/* ---- bash ----------------------------------------------------------------------------------------------- */

static void bash_commands(FILE *out)
{
    for (size_t i = 0; i < command_count; i++)
        fprintf(out, "%s ", commands[i].name);
}

static void bash_parts(FILE *out)
{
    for (enum described i = DESCRIBE_FIXTURES; i < DESCRIBE_COUNT; i++)
        fprintf(out, "%s ", described_words[i].flag);
}

static void bash_flags(FILE *out)
{
    for (size_t i = 0; i < option_count; i++)
        fprintf(out, "--%s ", options[i].flag);
    fputs("--help --version", out);
}

/* A row for an option with a value, whether that can be guessed or not. */
static void bash_value(FILE *out, const struct option *o)
{
    if (!argument_of(o))
        return;
    fprintf(out, "    --%s) ", o->flag);
    if (o->kind == OPTION_CHOICE) {
        fputs("words='", out);
        put_choices(out, o->choices);
        fputs("' ;;\n", out);
    } else {
        fputs(wants_file(o) ? "files=1 ;;\n" : "return ;;\n", out);
    }
}

void config_bash(FILE *out)
{
    fputs("# Completion of duvo-mock for bash.\n_duvo_mock()\n{\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} words='' files=''\n    COMPREPLY=()\n"
          "    case ${COMP_WORDS[COMP_CWORD - 1]} in\n", out);
    for (size_t i = 0; i < option_count; i++)
        bash_value(out, &options[i]);
    fputs("    *)\n        case $word in\n        -*) words='", out);
    bash_flags(out);
    fputs("' ;;\n        *) [[ ${COMP_WORDS[1]} != validate ]] || files=1 ;;\n        esac\n"
          "        [[ $COMP_CWORD != 1 || $word == -* ]] || words='", out);
    bash_commands(out);
    fputs("'\n        [[ ${COMP_WORDS[1]} != describe || $COMP_CWORD == 1 ]] || words='", out);
    bash_parts(out);
    fputs("' ;;\n    esac\n"
          "    if [[ $files ]]; then\n        compopt -o filenames 2>/dev/null\n"
          "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
          "    else\n        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n    fi\n}\n"
          "complete -F _duvo_mock duvo-mock\n", out);
}

/* ---- zsh ------------------------------------------------------------------------------------------------ */

/* Inside quotes, where a bracket ends the explanation and a colon a field. */
static void put_zsh(FILE *out, const char *text)
{
    for (; *text; text++)
        fprintf(out, *text == '\'' ? "'\\'%c" : strchr("[]:\\", *text) ? "\\%c" : "%c", *text);
}

static void zsh_option(FILE *out, const struct option *o)
{
    const bool repeatable = o->kind == OPTION_LIST || o->kind == OPTION_ORIGINS;
    fprintf(out, "    '%s--%s[", repeatable ? "*" : "", o->flag);
    put_zsh(out, o->help);
    fputc(']', out);
    if (argument_of(o)) {
        fputc(':', out);
        put_zsh(out, o->argument);
        fputc(':', out);
    }
    if (o->kind == OPTION_CHOICE) {
        fputc('(', out);
        put_choices(out, o->choices);
        fputc(')', out);
    } else if (wants_file(o)) {
        fputs("_files", out);
    }
    fputs("' \\\n", out);
}

void config_zsh(FILE *out)
{
    fputs("#compdef duvo-mock\n# Completion of duvo-mock for zsh.\n"
          "if (( CURRENT > 2 )) && [[ $words[2] == describe ]]; then\n    _arguments '1:command:' \\\n", out);
    for (enum described i = DESCRIBE_FIXTURES; i < DESCRIBE_COUNT; i++) {
        fprintf(out, "    '%s[", described_words[i].flag);
        put_zsh(out, described_words[i].help);
        fputs("]' \\\n", out);
    }
    fputs("    && return\nfi\n_arguments \\\n", out);
    for (size_t i = 0; i < option_count; i++)
        zsh_option(out, &options[i]);
    fputs("    '--help[print the options]' '--version[print the version]' \\\n    '1:command:((", out);
    for (size_t i = 0; i < command_count; i++) {
        fprintf(out, "%s\\:\"", commands[i].name);
        put_zsh(out, commands[i].help);
        fputs("\" ", out);
    }
    fputs("))' '*:file:_files'\n", out);
}
