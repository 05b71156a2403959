/* The options, told: --help, the table of README.md, the manual page. */
#include "cli/options.h"

#include <string.h>

/* What follows the flag, or NULL. */
static const char *argument_of(const struct option *o)
{
    return o->kind == OPTION_CHOICE ? o->choices : o->argument;
}

/* ---- --help -------------------------------------------------------------------------------------------- */

/* Two columns; what is too wide for the first has a line of its own. */
static void put_help_line(FILE *out, const char *left, const char *right)
{
    const bool wide = strlen(left) > 28;
    fprintf(out, "  %-28s%s%*s %s", left, wide ? "\n" : "", wide ? 30 : 0, "", right);
}

static void help_option(FILE *out, const struct option *o)
{
    char left[64], variable[OPTION_VARIABLE_SIZE];
    const char *argument = argument_of(o);
    snprintf(left, sizeof left, "--%s%s%s", o->flag, argument ? " " : "", argument ? argument : "");
    put_help_line(out, left, o->help);
    option_variable(o, variable);
    if (o->kind == OPTION_SECRET)
        fprintf(out, " (in a file: %s_FILE)", variable);
    if (o->fallback && o->kind != OPTION_FLAG)
        fprintf(out, " (default %s)", o->fallback);
    fputc('\n', out);
}

void config_help(FILE *out)
{
    fputs("duvo-mock: a local mock of Duvo's Connections API\n\n"
          "Usage: duvo-mock [command] [options]\n\nCommands:\n", out);
    for (size_t i = 0; i < command_count; i++) {
        char left[64];
        snprintf(left, sizeof left, "%s%s%s", commands[i].name, *commands[i].arguments ? " " : "",
                 commands[i].arguments);
        put_help_line(out, left, commands[i].help);
        fputc('\n', out);
    }
    fputs("\nParts that describe prints:\n", out);
    for (enum described i = DESCRIBE_FIXTURES; i < DESCRIBE_COUNT; i++) {
        put_help_line(out, described_words[i].flag, described_words[i].help);
        fputc('\n', out);
    }
    fputs("\nOptions:\n", out);
    for (size_t i = 0; i < option_count; i++)
        help_option(out, &options[i]);
    fputs("  --help, --version\n\n"
          "Every option is also an environment variable: --rate-limit 60 is DUVO_MOCK_RATE_LIMIT=60.\n", out);
}

/* ---- Markdown ------------------------------------------------------------------------------------------ */

/* A bar would end the cell. */
static void print_cell(FILE *out, const char *text)
{
    for (; *text; text++)
        fprintf(out, *text == '|' ? "\\%c" : "%c", *text);
}

void config_table(FILE *out)
{
    fputs("| flag | variable | default | |\n|---|---|---|---|\n", out);
    for (size_t i = 0; i < option_count; i++) {
        const struct option *o = &options[i];
        char variable[OPTION_VARIABLE_SIZE];
        option_variable(o, variable);
        fprintf(out, "| `--%s", o->flag);
        if (argument_of(o))
            fputc(' ', out), print_cell(out, argument_of(o));
        fprintf(out, "` | `%s`%s | ", variable, o->kind == OPTION_SECRET ? ", `…_FILE`" : "");
        if (o->fallback)
            fprintf(out, "`%s` ", o->fallback);
        fputs("| ", out);
        print_cell(out, o->help);
        fputs(" |\n", out);
    }
}

/* ---- the manual page ----------------------------------------------------------------------------------- */

/* A dash is a hyphen-minus that can be copied; nothing else that the tables hold means anything to roff, as it never
 * begins a line. */
static void put_roff(FILE *out, const char *text)
{
    for (; *text; text++)
        fprintf(out, *text == '-' ? "\\-" : *text == '\\' ? "\\e" : "%c", *text);
}

static void put_bold(FILE *out, const char *before, const char *text)
{
    fputs("\\fB", out);
    put_roff(out, before);
    put_roff(out, text);
    fputs("\\fR", out);
}

static void man_option(FILE *out, const struct option *o)
{
    char variable[OPTION_VARIABLE_SIZE];
    option_variable(o, variable);
    fputs(".TP\n", out);
    put_bold(out, "--", o->flag);
    if (argument_of(o)) {
        fputs(" \\fI", out);
        put_roff(out, argument_of(o));
        fputs("\\fR", out);
    }
    fputc('\n', out);
    put_roff(out, o->help);
    if (o->fallback && o->kind != OPTION_FLAG) {
        fputs(" (default ", out);
        put_roff(out, o->fallback);
        fputc(')', out);
    }
    fputs(".\nEnvironment: ", out);
    put_bold(out, "", variable);
    if (o->kind == OPTION_SECRET)
        fputs(", or a file that holds it: ", out), put_bold(out, variable, "_FILE");
    fputs(".\n", out);
}

static void man_commands(FILE *out)
{
    for (size_t i = 0; i < command_count; i++) {
        fputs(".TP\n", out);
        put_bold(out, "", commands[i].name);
        fputs(*commands[i].arguments ? " " : "", out);
        put_roff(out, commands[i].arguments);
        fputc('\n', out);
        put_roff(out, commands[i].help);
        fputs(".\n", out);
    }
    for (enum described i = DESCRIBE_FIXTURES; i < DESCRIBE_COUNT; i++) {
        fputs(".TP\n", out);
        put_bold(out, "describe ", described_words[i].flag);
        fputc('\n', out);
        put_roff(out, described_words[i].help);
        fputs(".\n", out);
    }
}

void config_man(FILE *out)
{
    fputs(".TH DUVO\\-MOCK 1 \"\" \"duvo\\-mock " DUVO_MOCK_VERSION "\" \"User Commands\"\n"
          ".SH NAME\nduvo\\-mock \\- local mock of Duvo's Connections API\n"
          ".SH SYNOPSIS\n.B duvo\\-mock\n[\\fIcommand\\fR] [\\fIoptions\\fR]\n"
          ".SH DESCRIPTION\nAnswers HTTP requests as Duvo's Connections API does, from state of its own, for tests of "
          "what calls it.\nIts control plane is below\n.BR /_mock .\n"
          ".PP\nWhen it accepts requests it prints one line:\n"
          ".BI \"duvo\\-mock ready url=\" URL \" key=\" KEY \\fR.\n"
          ".SH COMMANDS\n", out);
    man_commands(out);
    fputs(".SH OPTIONS\nA flag beats a variable of the environment, a variable beats the default.\n"
          "In a variable the values of a repeatable option are separated by commas.\n", out);
    for (size_t i = 0; i < option_count; i++)
        man_option(out, &options[i]);
    fputs(".SH EXIT STATUS\n.TP\n.B 0\n"
          "It was stopped by SIGTERM, SIGINT, SIGHUP or the end of stdin, or the command succeeded.\n"
          ".TP\n.B 1\nWhat it was asked to do cannot be done; stderr says why. "
          "Or a second signal ended it before it had stopped.\n"
          ".TP\n.B 2\nAn option is wrong; one line on stderr names it.\n", out);
}
