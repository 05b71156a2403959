/* duvo-mock: read the options, open the store, serve, wait for a signal, stop in the reverse order. */
#include "base/arena.h"
#include "base/limit.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/secret.h"
#include "base/workers.h"
#include "cli/config.h"
#include "control/feed.h"
#include "contract/contract.h"
#include "delivery/courier.h"
#include "fixtures/read.h"
#include "healthcheck.h"
#include "http.h"
#include "request/log.h"
#include "net/outbound.h"
#include "router/reply_cache.h"
#include "signals.h"
#include "space/directory.h"
#include "net/streams.h"
#include "router/stored_specs.h"
#include "base/timers.h"
#include "net/tls.h"
#include "router/write_queue.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { EXIT_CANNOT = 1, EXIT_USAGE = 2 };

/* One line, whatever an argument or a path holds. */
static void print_line(struct text line)
{
    fputs("duvo-mock: ", stderr);
    for (size_t i = 0; i < line.n; i++)
        fputc((unsigned char)line.p[i] < 0x20 || line.p[i] == 0x7f ? '?' : line.p[i], stderr);
    fputc('\n', stderr);
}

static int complain(const char *what)
{
    print_line(text_of(what));
    return EXIT_CANNOT;
}

/* One line on stderr for each line of `errors`. */
static int complain_of_each(struct text errors)
{
    while (errors.p)
        print_line(text_cut(&errors, '\n'));
    return EXIT_CANNOT;
}

/* ---- serve --------------------------------------------------------------------------------------------- */

/* A reader of the file sees no port or the whole port. */
static bool write_port_file(const char *path, unsigned port)
{
    struct arena *arena = arena_new();
    const char *temporary = text_format(arena, "%s.%ld.tmp", path, (long)getpid()).p;
    FILE *file = fopen(temporary, "w");
    const bool written = file && fprintf(file, "%u\n", port) > 0;
    signals_port_file(path);
    const bool ok = file && fclose(file) == 0 && written && rename(temporary, path) == 0;
    if (!ok) {
        fprintf(stderr, "duvo-mock: cannot write the port file %s: %s\n", path, strerror(errno));
        signals_port_file(NULL);
    }
    arena_free(arena);
    return ok;
}

static void warn_of_missing(void *cls)
{
    const struct server *server = cls;
    const char *why = outbound_missing((enum outbound_mode)server->config->outbound);
    if (why)
        log_event("warn", "no other server can be called, so that probes and sign-ins with MCP servers fail: %s; "
                  "install libcurl 7.85 or later, or start with --outbound off", why);
}

static int serve_until_signal(struct server *server)
{
    const struct config *config = server->config;
    char why[256];
    struct http *http = http_start(server, config->host, (uint16_t)config->port, why, sizeof why);
    if (!http)
        return complain(why);
    server->own = http_own(http);
    server->port = http_port(http);
    if (config->port_file && !write_port_file(config->port_file, server->port)) {
        http_stop(http);
        return EXIT_CANNOT;
    }
    struct arena *arena = arena_new();
    printf("duvo-mock ready url=%s key=dv_test_owner\n", server_origin(arena, server).p);
    if (isatty(STDOUT_FILENO)) /* a person reads it */
        printf("console %s/_mock/\n", server_origin(arena, server).p);
    fflush(stdout);
    arena_free(arena);
    workers_submit(server->parsers, warn_of_missing, server); /* nobody waits for it */
    courier_resume(server->courier);
    signals_wait();
    courier_stop(server->courier);
    http_stop(http);
    signals_remove_port_file();
    return EXIT_SUCCESS;
}

/* What --fixtures names, or the folder of --fixtures-dir in its place. */
static const struct config_list *initial_fixtures(const struct config *config, struct config_list *folder)
{
    if (config->fixtures_chosen || !fixtures_has_files(config->fixtures_dir))
        return &config->fixtures;
    *folder = (struct config_list){ .n = 1, .v = { config->fixtures_dir } };
    return folder;
}

/* Reading and checking what --fixtures names needs no store, and so is done while that is opened. A store that is made
 * now has the built-in `default` from the beginning, and then nothing is read. */
struct reading {
    const struct config_list *names;
    struct arena *arena;
    struct config_list folder;
    const struct fixture_set *set;
    struct text errors;
    pthread_t thread;
    bool has_thread;
};

static void *read_fixtures(void *cls)
{
    struct reading *r = cls;
    r->arena = arena_new();
    r->set = fixtures_read(r->arena, r->names, &r->errors);
    return NULL;
}

static bool is_default(const struct config_list *names)
{
    return names->n == 1 && strcmp(names->v[0], "default") == 0;
}

/* What a store is to begin as that is made now. */
static enum store_image reading_begin(struct reading *r, const struct config *config)
{
    r->names = initial_fixtures(config, &r->folder);
    const enum store_image image = is_default(r->names) ? STORE_DEFAULT : STORE_EMPTY;
    if (image == STORE_EMPTY || !store_is_to_be_made(config->db))
        r->has_thread = pthread_create(&r->thread, NULL, read_fixtures, r) == 0;
    return image;
}

static void reading_end(struct reading *r, const struct store *store)
{
    if (r->has_thread)
        pthread_join(r->thread, NULL);
    else if (store && !store_begins_as_default(store))
        read_fixtures(r);
}

static void reading_free(struct reading *r)
{
    if (!r->arena)
        return; /* it was freed before the server began to serve */
    arena_free(r->arena);
    r->arena = NULL;
    arena_trim();
    memory_give_back(); /* what a large set took */
}

static void warn_of_variables(void)
{
    char names[512] = "";
    if (config_unknown_variables(names, sizeof names))
        log_event("warn", "unknown environment variables, ignored: %s; see duvo-mock --help", names);
}

static void warn_of_lost_secrets(const struct server *server)
{
    const int64_t lost = server->config->db ? store_lost_secrets(server->store) : 0;
    if (lost)
        log_event("warn", "%s.key is not the key of this database: %lld sealed secret%s of OAuth clients and webhooks "
                          "cannot be opened; restore the key file, or set them again",
                  server->config->db, (long long)lost, lost > 1 ? "s" : "");
}

static bool load(const struct server *server, struct reading *reading)
{
    char why[512];
    if (store_begins_as_default(server->store))
        return true;
    struct db *db = reading->set ? store_db(server->store, why, sizeof why) : NULL;
    struct fixture_report report = { .errors = reading->errors };
    const bool loaded = db && fixtures_load(reading->arena, reading->set, db, &report);
    if (!loaded)
        complain_of_each(report.errors);
    else if (report.warning.n)
        log_event("warn", "%.*s", TEXT_ARG(report.warning));
    return loaded;
}

static int load_and_serve(struct server *server, struct reading *reading)
{
    char why[512];
    const bool loaded = load(server, reading);
    reading_free(reading);
    if (loaded)
        warn_of_lost_secrets(server);
    server->spaces = loaded ? spaces_open(server->store, server->config, why, sizeof why) : NULL;
    if (loaded && !server->spaces)
        return complain(why);
    if (loaded)
        warn_of_variables();
    server->courier = loaded ? courier_start(server, feeds_look) : NULL;
    server->feeds = loaded ? feeds_new() : NULL;
    const int code = loaded ? serve_until_signal(server) : EXIT_CANNOT;
    feeds_free(server->feeds);
    courier_free(server->courier);
    spaces_close(server->spaces);
    return code;
}

static int serve_from(struct server *server, struct reading *reading)
{
    const bool logging = log_start((enum log_format)server->config->log);
    server->writes = write_queue_start();
    server->parsers = workers_new(LIMIT_PARSERS, LIMIT_PARSER_QUEUE, LIMIT_PARSER_IDLE_MS);
    workers_stand_back(server->parsers);
    server->timers = timers_start();
    server->streams = streams_start(server->timers);
    server->outbound = outbound_start((enum outbound_mode)server->config->outbound);
    const bool started = logging && server->writes && server->outbound;
    const int code = started ? load_and_serve(server, reading) : complain("cannot start a thread");
    outbound_free(server->outbound);
    streams_free(server->streams);
    timers_free(server->timers);
    workers_free(server->parsers);
    write_queue_stop(server->writes);
    log_stop();
    return code;
}

static int serve_with(const struct config *config, struct tls *tls)
{
    char why[512];
    struct server server = { .config = config, .tls = tls };
    struct reading reading = { .arena = NULL };
    random_digits(server.token, SERVER_TOKEN_SIZE - 1);
    const enum store_image image = reading_begin(&reading, config);
    server.store = store_open_as(config->db, image, stored_specs, why, sizeof why);
    if (server.store && config->store_bytes)
        store_limit(server.store, config->store_bytes);
    reading_end(&reading, server.store);
    const int code = server.store ? serve_from(&server, &reading) : complain(why);
    reading_free(&reading);
    store_close(server.store);
    return code;
}

/* Every connection is a descriptor, and the usual soft limit is low. */
static void raise_descriptor_limit(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

static int serve(const struct config *config)
{
    char why[512];
    if (!signals_start())
        return complain("cannot start a thread");
    if (config->exit_with_stdin && !signals_from_stdin(why, sizeof why)) {
        complain(why);
        return EXIT_USAGE;
    }
    raise_descriptor_limit();
    struct tls *tls = tls_is_wanted(config) ? tls_open(config, why, sizeof why) : NULL;
    if (!tls && tls_is_wanted(config)) {
        complain(why);
        return EXIT_USAGE;
    }
    const int code = serve_with(config, tls);
    tls_close(tls);
    signals_stopped();
    return code;
}

/* ---- the other commands -------------------------------------------------------------------------------- */

static struct text contract(struct arena *arena)
{
    (void)arena;
    return contract_text(CONTRACT_ALL);
}

/* What the options tell of themselves is printed as it comes; the rest is made whole first. */
static struct text (*const documents[DESCRIBE_COUNT])(struct arena *arena) = {
    [DESCRIBE_CONTRACT] = contract,          [DESCRIBE_FIXTURES] = fixture_schema,
    [DESCRIBE_MATRIX] = matrix_text,         [DESCRIBE_FAMILIES] = matrix_families,
    [DESCRIBE_OPERATIONS] = matrix_operations, [DESCRIBE_CONTROL] = reference_control,
    [DESCRIBE_SECTIONS] = reference_fixtures, [DESCRIBE_UNMOCKED] = matrix_unmocked,
    [DESCRIBE_NAMES] = names_text,
};

static void (*const printers[DESCRIBE_COUNT])(FILE *out) = {
    [DESCRIBE_SETTINGS] = config_table, [DESCRIBE_MAN] = config_man,
    [DESCRIBE_BASH] = config_bash,      [DESCRIBE_ZSH] = config_zsh,
};

static int describe(const struct config *config)
{
    struct text document = { "", 0 };
    struct arena *arena = arena_new();
    if (documents[config->described])
        document = documents[config->described](arena);
    else
        printers[config->described](stdout);
    const bool done = fwrite(document.p, 1, document.n, stdout) == document.n && fflush(stdout) == 0;
    arena_free(arena);
    return done ? EXIT_SUCCESS : EXIT_CANNOT;
}

/* Checks that every file is well-formed, and that together they can be loaded. */
static int validate(const struct config *config)
{
    char why[512];
    struct arena *arena = arena_new();
    struct text errors = { NULL, 0 };
    struct fixture_report report;
    struct store *store = store_open(NULL, stored_specs, why, sizeof why);
    struct db *db = store ? store_db(store, why, sizeof why) : NULL;
    const struct fixture_set *set = db ? fixtures_read(arena, &config->files, &errors) : NULL;
    int code = EXIT_SUCCESS;
    if (!db)
        code = complain(why);
    else if (!set)
        code = complain_of_each(errors);
    else if (!fixtures_load(arena, set, db, &report))
        code = complain_of_each(report.errors);
    else
        puts("valid");
    if (code == EXIT_SUCCESS && report.warning.n)
        print_line(text_format(arena, "warning: %.*s", TEXT_ARG(report.warning)));
    store_close(store);
    arena_free(arena);
    return code;
}

static int version(const struct config *config)
{
    (void)config;
    puts("duvo-mock " DUVO_MOCK_VERSION);
    return EXIT_SUCCESS;
}

static int help(const struct config *config)
{
    (void)config;
    config_help(stdout);
    return EXIT_SUCCESS;
}

int main(int argc, char *argv[])
{
    static int (*const commands[])(const struct config *) = {
        [COMMAND_SERVE] = serve,       [COMMAND_HEALTHCHECK] = healthcheck, [COMMAND_DESCRIBE] = describe,
        [COMMAND_VALIDATE] = validate, [COMMAND_VERSION] = version,         [COMMAND_HELP] = help,
    };
    struct config config;
    char why[256];
    if (!config_parse(argc, argv, &config, why, sizeof why)) {
        complain(why);
        return EXIT_USAGE;
    }
    if (!secret_start())
        return complain("this machine has no source of randomness");
    const int code = commands[config.command](&config);
    contract_free();
    reply_cache_clear();
    arena_trim();
    return code;
}
