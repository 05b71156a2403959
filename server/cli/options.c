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
    { "describe",    COMMAND_DESCRIBE,    "[--matrix|--settings|--man]",
      "print the OpenAPI document, a table of what is supported or of the options, or a manual page" },
    { "validate",    COMMAND_VALIDATE,    "FILE...",   "check fixture files and name every error" },
    { "version",     COMMAND_VERSION,     "",          "print the version" },
};
const size_t command_count = sizeof commands / sizeof commands[0];

void option_variable(const struct option *o, char ret[OPTION_VARIABLE_SIZE])
{
    snprintf(ret, OPTION_VARIABLE_SIZE, "DUVO_MOCK_%s", o->flag);
    for (char *c = ret; *c; c++)
        *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
}
