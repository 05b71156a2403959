#include "cli/options.h"

#include <ctype.h>
#include <stdio.h>

const struct option options[] = {
#define CONFIG(k, member, flag, argument, fallback, choices, help) \
    { OPTION_##k, flag, argument, fallback, choices, help, offsetof(struct config, member) },
#include "cli/config.def"
#undef CONFIG
};
const size_t option_count = sizeof options / sizeof options[0];
_Static_assert(sizeof options / sizeof options[0] <= OPTION_MAX, "OPTION_MAX is too small");

const struct command_word commands[] = {
    { "serve",       COMMAND_SERVE,       "",          "serve until SIGTERM or SIGINT (the default)" },
    { "healthcheck", COMMAND_HEALTHCHECK, "",          "exit 0 when the server at the same flags is ready" },
    { "describe",    COMMAND_DESCRIBE,    "[--PART]",
      "print the OpenAPI document, or one of the parts below" },
    { "validate",    COMMAND_VALIDATE,    "FILE...",   "check fixture files and name every error" },
    { "version",     COMMAND_VERSION,     "",          "print the version" },
};
const size_t command_count = sizeof commands / sizeof commands[0];

const struct described_word described_words[DESCRIBE_COUNT] = {
    [DESCRIBE_CONTRACT]   = { "",             "the OpenAPI document" },
    [DESCRIBE_FIXTURES]   = { "--fixtures",   "the JSON Schema of fixture documents" },
    [DESCRIBE_MATRIX]     = { "--matrix",     "both tables of what is supported" },
    [DESCRIBE_FAMILIES]   = { "--families",   "what is supported, by family of endpoints" },
    [DESCRIBE_OPERATIONS] = { "--operations", "what is supported, by operation" },
    [DESCRIBE_UNMOCKED]   = { "--unmocked",   "what Duvo documents and the mock does not have, by operation" },
    [DESCRIBE_SETTINGS]   = { "--settings",   "the table of the options" },
    [DESCRIBE_CONTROL]    = { "--control",    "the control calls and their members" },
    [DESCRIBE_SECTIONS]   = { "--sections",   "the sections of a fixture document and their members" },
    [DESCRIBE_NAMES]      = { "--names",      "the options and the names of operations, as JSON" },
    [DESCRIBE_MAN]        = { "--man",        "the manual page" },
    [DESCRIBE_BASH]       = { "--bash",       "the completion for bash" },
    [DESCRIBE_ZSH]        = { "--zsh",        "the completion for zsh" },
};

void option_variable(const struct option *o, char ret[OPTION_VARIABLE_SIZE])
{
    snprintf(ret, OPTION_VARIABLE_SIZE, "DUVO_MOCK_%s", o->flag);
    for (char *c = ret; *c; c++)
        *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
}
