#include "config.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/uri.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum option_kind { OPTION_TEXT, OPTION_URL, OPTION_NUMBER, OPTION_CHOICE, OPTION_FLAG, OPTION_LIST };

struct option {
    enum option_kind kind;
    const char *flag, *argument, *fallback, *choices, *help;
    size_t offset;
};

static const struct option options[] = {
#define CONFIG(k, member, flag, argument, fallback, choices, help) \
    { OPTION_##k, flag, argument, fallback, choices, help, offsetof(struct config, member) },
#include "config.def"
#undef CONFIG
};

static const struct {
    const char *name;
    enum command command;
    const char *help;
} commands[] = {
    { "serve",       COMMAND_SERVE,       "serve until SIGTERM or SIGINT (the default)" },
    { "healthcheck", COMMAND_HEALTHCHECK, "exit 0 when the server at the same flags is ready" },
    { "describe",    COMMAND_DESCRIBE,    "print the OpenAPI document; with --matrix, tables of what is supported" },
    { "validate",    COMMAND_VALIDATE,    "check fixture files and name every error" },
    { "version",     COMMAND_VERSION,     "print the version" },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A list in config.choices: `a|b|c`. Index of the value, or -1. */
static int choice_index(const char *choices, struct text value)
{
    struct text rest = text_of(choices);
    for (int i = 0; rest.p; i++)
        if (text_eq(text_cut(&rest, '|'), value))
            return i;
    return -1;
}

static bool read_number(const struct option *o, struct text value, int64_t *ret)
{
    struct text rest = text_of(o->choices);
    struct text high = text_cut(&rest, '|');
    const struct text low = text_cut(&high, '-');
    int64_t min = 0, max = 0, n = 0;
    if (rest.p && text_eq(value, rest)) {
        *ret = 0;
        return true;
    }
    if (!text_to_uint(low, &min) || !text_to_uint(high, &max) || !text_to_uint(value, &n) || n < min || n > max)
        return false;
    *ret = n;
    return true;
}

static bool read_flag(struct text value, bool *ret)
{
    static const char *const words[] = { "off", "on", "false", "true", "0", "1", "no", "yes" };
    for (size_t i = 0; i < COUNT(words); i++)
        if (text_eq_nocase(value, text_of(words[i]))) {
            *ret = i % 2;
            return true;
        }
    return false;
}

/* An absolute http(s) URL that paths can be put behind. */
static bool is_base_url(struct text value)
{
    struct uri uri;
    return text_is_visible_ascii(value) && uri_parse_http(value, &uri) && !uri.userinfo.p && !uri.query.p &&
           !uri.fragment.p;
}

static bool list_add(struct config_list *list, const char *value)
{
    if (list->n == CONFIG_LIST_MAX)
        return false;
    list->v[list->n++] = value;
    return true;
}

static struct config_list *list_of(struct config *config, const struct option *o)
{
    return (struct config_list *)(void *)((char *)config + o->offset);
}

/* Stores one value; false when it is not one that the option takes. */
static bool store_value(const struct option *o, struct config *config, const char *value)
{
    void *at = (char *)config + o->offset;
    const struct text t = text_of(value);
    switch (o->kind) {
    case OPTION_TEXT:
        *(const char **)at = value;
        return t.n > 0;
    case OPTION_URL:
        *(const char **)at = value;
        return is_base_url(t);
    case OPTION_NUMBER:
        return read_number(o, t, at);
    case OPTION_CHOICE:
        *(int *)at = choice_index(o->choices, t);
        return *(int *)at >= 0;
    case OPTION_FLAG:
        return read_flag(t, at);
    case OPTION_LIST:
        return t.n > 0 && list_add(at, value);
    }
    return false;
}

static bool refuse(const struct option *o, const char *name, const char *value, char *reterr, size_t size)
{
    const char *expected = o->kind == OPTION_FLAG ? "on|off" : o->choices;
    snprintf(reterr, size, "%s: '%s' is not a value it takes%s%s", name, value, expected ? "; expected " : "",
             expected ? expected : "");
    return false;
}

/* ---- environment --------------------------------------------------------------------------------------- */

static void variable_name(const struct option *o, char *ret, size_t size)
{
    snprintf(ret, size, "DUVO_MOCK_%s", o->flag);
    for (char *c = ret; *c; c++)
        *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
}

/* An empty variable is an unset one, as compose files make them. */
static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

/* A list in a variable is separated by commas; the pieces live as long as the process. */
static bool store_list(const struct option *o, struct config *config, const char *value)
{
    static char *copies[sizeof options / sizeof options[0]];
    char **copy = &copies[o - options];
    free(*copy);
    *copy = strdup(value);
    if (!*copy)
        die("no memory for the configuration");
    for (char *save = NULL, *piece = strtok_r(*copy, ",", &save); piece; piece = strtok_r(NULL, ",", &save))
        if (!store_value(o, config, piece))
            return false;
    return true;
}

/* The first line of the file that the variable NAME_FILE names, for what should not stand in an environment. It lives
 * as long as the process. NULL when there is no such variable; unreadable files are an error. */
static const char *variable_in_file(const char *name, char *reterr, size_t size)
{
    static char lines[4][4096];
    static size_t used;
    char file_name[80];
    snprintf(file_name, sizeof file_name, "%s_FILE", name);
    const char *path = variable(file_name);
    if (!path)
        return NULL;
    FILE *file = used < 4 ? fopen(path, "r") : NULL;
    const char *line = file ? fgets(lines[used], sizeof lines[used], file) : NULL;
    if (file)
        fclose(file);
    if (!line) {
        snprintf(reterr, size, "%s: cannot read %s", file_name, path);
        return NULL;
    }
    lines[used][strcspn(lines[used], "\r\n")] = '\0';
    return lines[used++];
}

static bool store_variable(const struct option *o, struct config *config, char *reterr, size_t size)
{
    char name[64];
    variable_name(o, name, sizeof name);
    const char *value = variable(name);
    const char *used = name;
    if (!value && strcmp(o->flag, "port") == 0) {
        used = "PORT";
        value = variable(used);
    }
    if (!value && o->kind == OPTION_TEXT) {
        reterr[0] = '\0';
        value = variable_in_file(name, reterr, size);
        if (!value && reterr[0])
            return false;
    }
    if (!value)
        return true;
    if (o->kind == OPTION_LIST ? store_list(o, config, value) : store_value(o, config, value))
        return true;
    return refuse(o, used, value, reterr, size);
}

/* ---- command line -------------------------------------------------------------------------------------- */

static const struct option *find_option(struct text flag)
{
    for (size_t i = 0; i < COUNT(options); i++)
        if (text_eq(text_of(options[i].flag), flag))
            return &options[i];
    return NULL;
}

struct arguments {
    int argc;
    char *const *argv;
    int next;
    bool named; /* a command was given */
    struct config *config;
    unsigned char seen[COUNT(options)]; /* lists that the command line has begun */
    char *reterr;
    size_t reterr_size;
};

static bool take_flag(struct arguments *a, const char *arg)
{
    struct text rest = text_of(arg + 2);
    const struct text flag = text_cut(&rest, '=');
    const struct option *o = find_option(flag);
    if (!o) {
        snprintf(a->reterr, a->reterr_size, "unknown option --%.*s; see duvo-mock --help", TEXT_ARG(flag));
        return false;
    }
    const char *value = rest.p ? rest.p : o->kind == OPTION_FLAG ? "on" : NULL;
    if (!value && a->next < a->argc)
        value = a->argv[a->next++];
    char name[64];
    snprintf(name, sizeof name, "--%s", o->flag);
    if (!value) {
        snprintf(a->reterr, a->reterr_size, "%s needs a value: %s", name, o->argument);
        return false;
    }
    unsigned char *seen = &a->seen[o - options];
    if (o->kind == OPTION_LIST && !*seen)
        list_of(a->config, o)->n = 0; /* beats the environment */
    *seen = 1;
    return store_value(o, a->config, value) || refuse(o, name, value, a->reterr, a->reterr_size);
}

static bool take_word(struct arguments *a, const char *arg)
{
    if (a->named && a->config->command == COMMAND_VALIDATE) {
        if (list_add(&a->config->files, arg))
            return true;
        snprintf(a->reterr, a->reterr_size, "validate takes at most %d files", CONFIG_LIST_MAX);
        return false;
    }
    for (size_t i = 0; i < COUNT(commands) && !a->named; i++)
        if (strcmp(commands[i].name, arg) == 0) {
            a->config->command = commands[i].command;
            a->named = true;
            return true;
        }
    snprintf(a->reterr, a->reterr_size, "unknown command '%s'; see duvo-mock --help", arg);
    return false;
}

static bool take_argument(struct arguments *a, const char *arg)
{
    if (strcmp(arg, "--help") == 0 || strcmp(arg, "-h") == 0)
        a->config->command = COMMAND_HELP, a->named = true;
    else if (strcmp(arg, "--version") == 0)
        a->config->command = COMMAND_VERSION, a->named = true;
    else if (strcmp(arg, "--matrix") == 0 && a->named && a->config->command == COMMAND_DESCRIBE)
        a->config->matrix = true;
    else if (arg[0] == '-' && arg[1] == '-' && arg[2])
        return take_flag(a, arg);
    else
        return take_word(a, arg);
    return true;
}

static bool store_defaults(struct config *config)
{
    for (const struct option *o = options; o < options + COUNT(options); o++)
        if (o->fallback && o->kind != OPTION_LIST && !store_value(o, config, o->fallback))
            return false;
    return true;
}

static void default_lists(struct config *config)
{
    for (const struct option *o = options; o < options + COUNT(options); o++)
        if (o->kind == OPTION_LIST && o->fallback && list_of(config, o)->n == 0)
            store_list(o, config, o->fallback);
}

/* What no option can tell by itself. */
static bool check_together(const struct config *config, char *reterr, size_t size)
{
    if (!config->tls_cert != !config->tls_key)
        snprintf(reterr, size, "%s", config->tls_cert ? "--tls-cert needs --tls-key" : "--tls-key needs --tls-cert");
    else if (config->tls == TLS_AUTO && config->tls_cert)
        snprintf(reterr, size, "--tls auto makes its own certificate: leave out --tls-cert and --tls-key, or it");
    else if (config->command == COMMAND_VALIDATE && config->files.n == 0)
        snprintf(reterr, size, "validate needs at least one file");
    else
        return true;
    return false;
}

bool config_parse(int argc, char *const argv[], struct config *ret, char *reterr, size_t reterr_size)
{
    *ret = (struct config){ .command = COMMAND_SERVE };
    if (!store_defaults(ret))
        die("config.def has a default that its own rule refuses");
    for (size_t i = 0; i < COUNT(options); i++)
        if (!store_variable(&options[i], ret, reterr, reterr_size))
            return false;
    struct arguments a = { .argc = argc, .argv = argv, .next = 1, .config = ret, .reterr = reterr,
                           .reterr_size = reterr_size };
    while (a.next < argc)
        if (!take_argument(&a, argv[a.next++]) )
            return false;
    default_lists(ret);
    return check_together(ret, reterr, reterr_size);
}

void config_help(FILE *out)
{
    fputs("duvo-mock: a local mock of Duvo's Connections API\n\n"
          "Usage: duvo-mock [command] [options]\n\nCommands:\n", out);
    for (size_t i = 0; i < COUNT(commands); i++)
        fprintf(out, "  %-28s %s\n", commands[i].name, commands[i].help);
    fputs("\nOptions:\n", out);
    for (size_t i = 0; i < COUNT(options); i++) {
        const struct option *o = &options[i];
        char left[64];
        const char *argument = o->kind == OPTION_CHOICE ? o->choices : o->argument;
        snprintf(left, sizeof left, "--%s%s%s", o->flag, argument ? " " : "", argument ? argument : "");
        const bool wide = strlen(left) > 28;
        fprintf(out, "  %-28s%s%*s %s", left, wide ? "\n" : "", wide ? 30 : 0, "", o->help);
        if (o->fallback && o->kind != OPTION_FLAG)
            fprintf(out, " (default %s)", o->fallback);
        fputc('\n', out);
    }
    fputs("  --help, --version\n\n"
          "Every option is also an environment variable: --rate-limit 60 is DUVO_MOCK_RATE_LIMIT=60.\n", out);
}
