/* The options and commands as tables, for the parser and for the help. */
#ifndef DUVO_CLI_OPTIONS_H
#define DUVO_CLI_OPTIONS_H

#include "cli/config.h"

enum option_kind { OPTION_TEXT, OPTION_SECRET, OPTION_URL, OPTION_NUMBER, OPTION_CHOICE, OPTION_FLAG, OPTION_LIST,
                   OPTION_HOSTS, OPTION_ORIGINS, OPTION_DELAYS, OPTION_HEADERS };

struct option {
    enum option_kind kind;
    const char *flag, *argument, *fallback, *choices, *help;
    size_t offset; /* in struct config */
};

struct command_word {
    const char *name;
    enum command command;
    const char *arguments, *help;
};

/* A flag of `describe`, and what it prints then. */
struct described_word {
    const char *flag, *help;
};

enum { OPTION_MAX = 64, OPTION_VARIABLE_SIZE = 64 };

extern const struct option options[];
extern const size_t option_count; /* at most OPTION_MAX */
extern const struct command_word commands[];
extern const size_t command_count;
extern const struct described_word described_words[DESCRIBE_COUNT];

/* The variable of the environment: DUVO_MOCK_… */
void option_variable(const struct option *o, char ret[OPTION_VARIABLE_SIZE]);

#endif
