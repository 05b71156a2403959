#include "cli/options.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/idn.h"
#include "base/limit.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/uri.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECRET_MAX = 4096 };

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
    static const char *const words[] = { "off", "on", "false", "true", "0", "1", "no", "yes", NULL };
    const int i = text_index_nocase(value, words);
    if (i >= 0)
        *ret = i % 2;
    return i >= 0;
}

/* An absolute http(s) URL that paths can be put behind. */
static bool is_base_url(struct text value)
{
    struct uri uri;
    return text_is_visible_ascii(value) && uri_parse_http(value, &uri) && !uri.userinfo.p && !uri.query.p &&
           !uri.fragment.p;
}

/* Scheme, host and port, and nothing behind them (RFC 6454 section 6.2): so browsers send it. */
static bool is_origin(struct text value)
{
    struct uri uri;
    return is_base_url(value) && uri_parse_http(value, &uri) && !uri.path.n;
}

/* A name, perhaps with `*.` for all below it, or an address, perhaps with its brackets. */
static bool is_host_pattern(struct text value)
{
    const struct text host = text_starts(value, T("*.")) ? text_from(value, 2) : value;
    return host.n > 0 && text_is_made_of(host, ASCII_ALNUM "-._:[]");
}

/* Names of hosts may be written in other letters than ASCII's; they are compared with what clients send. Such values
 * live as long as the process. */
static const char *in_ascii(const struct option *o, const char *value)
{
    static struct arena *kept;
    const struct text t = text_of(value);
    struct text host = t;
    if (text_is_visible_ascii(t) || (o->kind != OPTION_URL && o->kind != OPTION_ORIGINS && o->kind != OPTION_HOSTS))
        return value;
    if (!kept)
        kept = arena_new();
    if (o->kind != OPTION_HOSTS)
        return text_cstr(kept, uri_to_ascii(kept, t));
    const struct text wildcard = text_starts(t, T("*.")) ? T("*.") : T("");
    if (!idn_to_ascii(kept, text_from(t, wildcard.n), &host))
        return value;
    return text_format(kept, "%.*s%.*s", TEXT_ARG(wildcard), TEXT_ARG(host)).p;
}

/* One that a client can send as `Bearer TOKEN` (RFC 6750 section 2.1). */
static bool is_bearer_token(struct text value)
{
    size_t n = value.n;
    while (n && value.p[n - 1] == '=')
        n--;
    return n > 0 && value.n <= SECRET_MAX && text_is_made_of(text_clip(value, n), ASCII_ALNUM "-._~+/");
}

/* Each between the bounds, or the word for none of them. */
static bool read_delays(const struct option *o, struct text value, struct config_delays *ret)
{
    struct text rest = text_of(o->choices);
    text_cut(&rest, '|');
    ret->n = 0;
    if (text_eq(value, rest))
        return true;
    for (rest = value; rest.p; ret->n++)
        if (ret->n == CONFIG_DELAYS_MAX || !read_number(o, text_cut(&rest, ','), &ret->v[ret->n]))
            return false;
    return ret->n > 0;
}

bool config_header(struct text name, char ret[CONFIG_HEADER_SIZE])
{
    static const char *const taken[] = { "host", "content-length", "content-type", "transfer-encoding", "connection",
                                         "upgrade", "keep-alive", "te", "trailer", "expect", "accept-encoding",
                                         "user-agent", NULL };
    if (name.n >= CONFIG_HEADER_SIZE || !text_is_token(name) || text_index_nocase(name, taken) >= 0 ||
        (name.n >= 7 && text_eq_nocase(text_clip(name, 7), T("x-mock-"))))
        return false;
    memcpy(ret, name.p, name.n);
    ret[name.n] = '\0';
    return true;
}

static bool read_headers(struct text value, struct config_headers *ret)
{
    struct text rest = value;
    const struct text id = text_cut(&rest, ','), timestamp = text_cut(&rest, ','), signature = text_cut(&rest, ',');
    return id.p && timestamp.p && signature.p && !rest.p && config_header(id, ret->id) &&
           config_header(timestamp, ret->timestamp) && config_header(signature, ret->signature);
}

static bool list_add(struct config_list *list, const char *value)
{
    if (list->n == CONFIG_LIST_MAX)
        return false;
    list->v[list->n++] = value;
    return true;
}

static bool is_list_option(const struct option *o)
{
    return o->kind == OPTION_LIST || o->kind == OPTION_HOSTS || o->kind == OPTION_ORIGINS;
}

static struct config_list *list_of_option(struct config *config, const struct option *o)
{
    return (struct config_list *)(void *)((char *)config + o->offset);
}

/* Stores one value; false when it is not one that the option takes. */
static bool store_value(const struct option *o, struct config *config, const char *given)
{
    void *at = (char *)config + o->offset;
    const char *value = in_ascii(o, given);
    const struct text t = text_of(value);
    switch (o->kind) {
    case OPTION_TEXT:
        *(const char **)at = value;
        return t.n > 0;
    case OPTION_SECRET:
        *(const char **)at = value;
        return is_bearer_token(t);
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
    case OPTION_HOSTS:
        return is_host_pattern(t) && list_add(at, value);
    case OPTION_ORIGINS:
        return (text_eq(t, T("*")) || is_origin(t)) && list_add(at, value);
    case OPTION_DELAYS:
        return read_delays(o, t, at);
    case OPTION_HEADERS:
        return read_headers(t, at);
    }
    return false;
}

static bool refuse_value(const struct option *o, const char *name, const char *value, char *reterr, size_t size)
{
    static const char *const expectations[] = {
        [OPTION_FLAG] = "on|off",
        [OPTION_HOSTS] = "one host, such as app.example, *.example or [::1]",
        [OPTION_ORIGINS] = "an origin such as https://app.example:8443, or *",
        [OPTION_DELAYS] = "at most 10 whole numbers of seconds up to 2592000 with commas between, or off",
        [OPTION_HEADERS] = "three names of headers with commas between: of the id, the timestamp and the signature",
        [OPTION_SECRET] = "letters, digits and -._~+/ (RFC 6750), at most 4096 characters",
    };
    const char *expected = expectations[o->kind] ? expectations[o->kind] : o->choices;
    if (o->kind == OPTION_SECRET)
        value = "…"; /* it may be meant for no eyes */
    snprintf(reterr, size, "%s: '%s' is not a value it takes%s%s", name, value, expected ? "; expected " : "",
             expected ? expected : "");
    return false;
}

/* ---- environment --------------------------------------------------------------------------------------- */

/* An empty variable is an unset one, as compose files make them. */
static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

/* Kubernetes makes variables of a service's name (DUVO_MOCK_PORT=tcp://10.0.0.1:8787, DUVO_MOCK_SERVICE_HOST, …): of
 * one that is called duvo-mock they look like options. */
static bool is_service_link(const char *name, const char *value)
{
    static const struct {
        const char *begins, *value;
    } links[] = {
        { "DUVO_MOCK_PORT", "tcp://" }, { "DUVO_MOCK_PORT", "udp://" }, { "DUVO_MOCK_SERVICE_", "" },
        { "DUVO_MOCK_PORT_", "" },
    };
    for (size_t i = 0; value && i < sizeof links / sizeof links[0]; i++)
        if (strncmp(name, links[i].begins, strlen(links[i].begins)) == 0 && strcmp(name, "DUVO_MOCK_PORT_FILE") != 0 &&
            strncmp(value, links[i].value, strlen(links[i].value)) == 0)
            return true;
    return false;
}

static bool is_of_option(struct text name)
{
    for (const struct option *o = options; o < options + option_count; o++) {
        char variable[OPTION_VARIABLE_SIZE];
        option_variable(o, variable);
        const struct text own = text_of(variable), rest = text_from(name, own.n);
        if (text_starts(name, own) && (!rest.n || (o->kind == OPTION_SECRET && text_eq(rest, T("_FILE")))))
            return true;
    }
    return false;
}

bool config_unknown_variables(char *ret, size_t size)
{
    size_t n = 0;
    for (char **one = environ; *one; one++) {
        struct text value = text_of(*one);
        const struct text name = text_cut(&value, '=');
        char own[64];
        snprintf(own, sizeof own, "%.*s", TEXT_ARG(text_clip(name, sizeof own - 1)));
        if (!text_starts(name, T("DUVO_MOCK_")) || is_of_option(name) || is_service_link(own, value.p ? value.p : ""))
            continue;
        if (n < size)
            n += (size_t)snprintf(ret + n, size - n, "%s%s", n ? " " : "", own);
    }
    return n > 0;
}

/* A copy that lives as long as the process; one for each option. */
static char *keep(const struct option *o, const char *value)
{
    static char *copies[OPTION_MAX];
    char **copy = &copies[o - options];
    free(*copy);
    *copy = strdup(value);
    if (!*copy)
        die("no memory for the configuration");
    return *copy;
}

/* A list in a variable is separated by commas. */
static bool store_list(const struct option *o, struct config *config, const char *value)
{
    char *save = NULL, *all = keep(o, value);
    for (char *piece = strtok_r(all, ",", &save); piece; piece = strtok_r(NULL, ",", &save))
        if (!store_value(o, config, piece))
            return false;
    return true;
}

/* The first line of a file, NUL-terminated and in the arena; NULL, with errno, when it cannot be read. */
static const char *first_line(struct arena *arena, const char *path)
{
    struct text content;
    if (!file_read(arena, path, SECRET_MAX + 1, &content) && errno != EFBIG)
        return NULL;
    struct text line = text_clip(content, strcspn(content.p, "\r\n"));
    if (text_starts(line, T("\xef\xbb\xbf"))) /* some editors begin a file so */
        line = text_from(line, 3);
    return text_cstr(arena, line);
}

/* What should not stand in an environment: the first line of the file that the variable NAME_FILE names, if there is
 * such a variable. */
static bool store_secret_file(const struct option *o, struct config *config, char *reterr, size_t size)
{
    char name[OPTION_VARIABLE_SIZE], file_name[OPTION_VARIABLE_SIZE + 5];
    bool ok = false;
    option_variable(o, name);
    snprintf(file_name, sizeof file_name, "%s_FILE", name);
    const char *path = variable(file_name);
    if (!path)
        return true;
    struct arena *arena = arena_new();
    const char *value = first_line(arena, path);
    if (variable(name))
        snprintf(reterr, size, "%s and %s are both set: leave one out", name, file_name);
    else if (!value)
        snprintf(reterr, size, "%s: cannot read %s: %s", file_name, path, strerror(errno));
    else if (!*value)
        snprintf(reterr, size, "%s: the first line of %s is empty", file_name, path);
    else if (strlen(value) > SECRET_MAX)
        snprintf(reterr, size, "%s: the first line of %s is longer than %d bytes", file_name, path, SECRET_MAX);
    else
        ok = store_value(o, config, keep(o, value)) || refuse_value(o, file_name, value, reterr, size);
    arena_free(arena);
    return ok;
}

static bool store_variable(const struct option *o, struct config *config, char *reterr, size_t size)
{
    char name[OPTION_VARIABLE_SIZE];
    option_variable(o, name);
    const char *value = variable(name);
    const char *used = name;
    if (is_service_link(name, value))
        value = NULL;
    if (!value && strcmp(o->flag, "port") == 0) {
        used = "PORT";
        value = variable(used);
    }
    if (o->kind == OPTION_SECRET && !store_secret_file(o, config, reterr, size))
        return false;
    if (!value)
        return true;
    if (is_list_option(o) ? store_list(o, config, value) : store_value(o, config, value))
        return true;
    return refuse_value(o, used, value, reterr, size);
}

/* ---- command line -------------------------------------------------------------------------------------- */

static const struct option *find_option(struct text flag)
{
    for (size_t i = 0; i < option_count; i++)
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
    unsigned char seen[OPTION_MAX]; /* lists that the command line has begun */
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
    if (is_list_option(o) && !*seen)
        list_of_option(a->config, o)->n = 0; /* beats the environment */
    *seen = 1;
    return store_value(o, a->config, value) || refuse_value(o, name, value, a->reterr, a->reterr_size);
}

static bool take_word(struct arguments *a, const char *arg)
{
    if (a->named && a->config->command == COMMAND_VALIDATE) {
        if (list_add(&a->config->files, arg))
            return true;
        snprintf(a->reterr, a->reterr_size, "validate takes at most %d files", CONFIG_LIST_MAX);
        return false;
    }
    for (size_t i = 0; i < command_count && !a->named; i++)
        if (strcmp(commands[i].name, arg) == 0) {
            a->config->command = commands[i].command;
            a->named = true;
            return true;
        }
    snprintf(a->reterr, a->reterr_size, "unknown command '%s'; see duvo-mock --help", arg);
    return false;
}

/* What `describe` is to print, or 0. */
static enum described find_described(const char *arg)
{
    for (enum described i = DESCRIBE_FIXTURES; i < DESCRIBE_COUNT; i++)
        if (strcmp(arg, described_words[i].flag) == 0)
            return i;
    return DESCRIBE_CONTRACT;
}

static bool take_argument(struct arguments *a, const char *arg)
{
    if (strcmp(arg, "--help") == 0 || strcmp(arg, "-h") == 0)
        a->config->command = COMMAND_HELP, a->named = true;
    else if (strcmp(arg, "--version") == 0)
        a->config->command = COMMAND_VERSION, a->named = true;
    else if (a->named && a->config->command == COMMAND_DESCRIBE && find_described(arg))
        a->config->described = find_described(arg);
    else if (arg[0] == '-' && arg[1] == '-' && arg[2])
        return take_flag(a, arg);
    else
        return take_word(a, arg);
    return true;
}

static bool store_defaults(struct config *config)
{
    for (const struct option *o = options; o < options + option_count; o++)
        if (o->fallback && !is_list_option(o) && !store_value(o, config, o->fallback))
            return false;
    return true;
}

static void default_lists(struct config *config)
{
    for (const struct option *o = options; o < options + option_count; o++)
        if (is_list_option(o) && o->fallback && list_of_option(config, o)->n == 0)
            store_list(o, config, o->fallback);
}

static bool keeps_state(const struct config *config)
{
    return config->db && strcmp(config->db, ":memory:") != 0;
}

/* What no option can tell by itself. */
static bool check_together(const struct config *config, char *reterr, size_t size)
{
    if (!config->tls_cert != !config->tls_key)
        snprintf(reterr, size, "%s", config->tls_cert ? "--tls-cert needs --tls-key" : "--tls-key needs --tls-cert");
    else if (config->tls == TLS_AUTO && config->tls_cert)
        snprintf(reterr, size, "--tls auto makes its own certificate: leave out --tls-cert and --tls-key, or it");
    else if (config->store_bytes > LIMIT_MEMORY_STORE && !keeps_state(config))
        snprintf(reterr, size, "--store-bytes: without --db at most %lld", (long long)LIMIT_MEMORY_STORE);
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
    for (size_t i = 0; i < option_count; i++)
        if (!store_variable(&options[i], ret, reterr, reterr_size))
            return false;
    struct arguments a = { .argc = argc, .argv = argv, .next = 1, .config = ret, .reterr = reterr,
                           .reterr_size = reterr_size };
    while (a.next < argc)
        if (!take_argument(&a, argv[a.next++]) )
            return false;
    ret->fixtures_chosen = ret->fixtures.n > 0;
    default_lists(ret);
    return check_together(ret, reterr, reterr_size);
}
