/* Configuration: config.def turned into flags, environment variables and --help. Immutable once parsed. */
#ifndef DUVO_CLI_CONFIG_H
#define DUVO_CLI_CONFIG_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum command { COMMAND_SERVE, COMMAND_HEALTHCHECK, COMMAND_DESCRIBE, COMMAND_VALIDATE, COMMAND_VERSION, COMMAND_HELP };
/* What `describe` prints: the contract, or what cli/options.c says of each other one. */
enum described {
    DESCRIBE_CONTRACT, DESCRIBE_FIXTURES, DESCRIBE_MATRIX, DESCRIBE_FAMILIES, DESCRIBE_OPERATIONS,
    DESCRIBE_UNMOCKED, DESCRIBE_SETTINGS, DESCRIBE_CONTROL, DESCRIBE_SECTIONS, DESCRIBE_NAMES, DESCRIBE_MAN,
    DESCRIBE_BASH, DESCRIBE_ZSH, DESCRIBE_COUNT
};
enum log_format { LOG_TEXT, LOG_JSON, LOG_OFF };
enum list_keys { LIST_KEYS_BOTH, LIST_KEYS_CONNECTIONS, LIST_KEYS_INTEGRATIONS };

enum consent_mode { CONSENT_AUTO, CONSENT_INTERACTIVE };
enum runs_mode { RUNS_AUTO, RUNS_SCRIPT };
enum schedules_mode { SCHEDULES_OFF, SCHEDULES_RUN };
enum webhook_payload { PAYLOAD_ENVELOPE, PAYLOAD_DATA };
enum tls_mode { TLS_OFF, TLS_AUTO };
enum spaces_mode { SPACES_AUTO, SPACES_EXPLICIT };
enum models_mode { MODELS_ANY, MODELS_LISTED };
enum return_params { RETURN_PARAMS_ON, RETURN_PARAMS_OFF };

enum { CONFIG_LIST_MAX = 64, CONFIG_DELAYS_MAX = 10, CONFIG_HEADER_SIZE = 64 };

struct config_list {
    size_t n;
    const char *v[CONFIG_LIST_MAX];
};

/* By value: a space has its own. */
struct config_delays {
    size_t n;
    int64_t v[CONFIG_DELAYS_MAX];
};

struct config_headers {
    char id[CONFIG_HEADER_SIZE], timestamp[CONFIG_HEADER_SIZE], signature[CONFIG_HEADER_SIZE];
};

#define CONFIG_TEXT_TYPE const char *
#define CONFIG_SECRET_TYPE const char *
#define CONFIG_URL_TYPE const char *
#define CONFIG_NUMBER_TYPE int64_t
#define CONFIG_CHOICE_TYPE int
#define CONFIG_FLAG_TYPE bool
#define CONFIG_LIST_TYPE struct config_list
#define CONFIG_HOSTS_TYPE struct config_list
#define CONFIG_ORIGINS_TYPE struct config_list
#define CONFIG_DELAYS_TYPE struct config_delays
#define CONFIG_HEADERS_TYPE struct config_headers

struct config {
    enum command command;
    struct config_list files; /* arguments of `validate` */
    enum described described; /* what `describe` prints */
    bool fixtures_chosen;     /* --fixtures was given */
#define CONFIG(kind, member, flag, argument, fallback, choices, help) CONFIG_##kind##_TYPE member;
#include "cli/config.def"
#undef CONFIG
};

/* Takes the name of a header that deliveries may have; false, and nothing is changed, when it is none. */
bool config_header(struct text name, char ret[CONFIG_HEADER_SIZE]);
/* Fills *ret from the arguments and the environment; texts are borrowed from both. False, with one line in reterr,
 * for anything unknown. */
bool config_parse(int argc, char *const argv[], struct config *ret, char *reterr, size_t reterr_size);
/* The variables of the environment that look like an option's without being one: their names, separated by blanks,
 * at most `size` bytes of them; false when there are none. Those that Kubernetes makes for a service are no
 * mistake. */
bool config_unknown_variables(char *ret, size_t size);
void config_help(FILE *out);
/* The options as a table in Markdown, and as a manual page. */
void config_table(FILE *out);
void config_man(FILE *out);
/* What a shell may complete, for that shell to read. */
void config_bash(FILE *out);
void config_zsh(FILE *out);

#endif
