#include "rig.h"

#include "base/file.h"
#include "base/timers.h"
#include "fixtures/read.h"
#include "router/stored_specs.h"
#include "space/directory.h"

#include <dirent.h>
#include <jansson.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

extern char **environ;

/* ---- a server ------------------------------------------------------------------------------------------ */

/* config_parse changes nothing in its arguments, but a program's own are not const. */
static char *argument(const char *p)
{
    const union {
        const char *from;
        char *to;
    } unconst = { .from = p };
    return unconst.to;
}

static void configure(struct config *config, const char *const *args)
{
    char *argv[32] = { argument("duvo-mock") }, why[256] = "";
    char **environment = environ, *nothing[] = { NULL };
    int argc = 1;
    for (; args && args[argc - 1]; argc++)
        argv[argc] = argument(args[argc - 1]);
    environ = nothing;
    const bool ok = config_parse(argc, argv, config, why, sizeof why);
    environ = environment;
    assert_string_equal(why, "");
    assert_true(ok);
}

static void load(const struct rig *r)
{
    struct arena *arena = arena_new();
    struct fixture_report report = { .errors = { NULL, 0 } };
    const struct fixture_set *set = fixtures_read(arena, &r->config.fixtures, &report.errors);
    if (!set || !fixtures_load(arena, set, rig_db(r), &report))
        fail_msg("%.*s", TEXT_ARG(report.errors));
    arena_free(arena);
}

void rig_open(struct rig *r, const char *const *args)
{
    char why[256] = "";
    assert_true(secret_start());
    configure(&r->config, args);
    r->server = (struct server){ .config = &r->config };
    r->server.store = store_open(r->config.db, stored_specs, why, sizeof why);
    assert_string_equal(why, "");
    assert_non_null(r->server.store);
    r->server.timers = timers_start();
    load(r);
    r->server.spaces = spaces_open(r->server.store, &r->config, why, sizeof why);
    assert_string_equal(why, "");
}

void rig_close(struct rig *r)
{
    spaces_close(r->server.spaces);
    timers_drain(r->server.timers);
    timers_free(r->server.timers);
    store_close(r->server.store);
    arena_trim();
}

struct rig rig;

int rig_setup(void **state)
{
    (void)state;
    rig_open(&rig, NULL);
    return 0;
}

int rig_teardown(void **state)
{
    (void)state;
    rig_close(&rig);
    return 0;
}

struct db *rig_db(const struct rig *r)
{
    char why[256] = "";
    struct db *db = store_db(r->server.store, why, sizeof why);
    assert_string_equal(why, "");
    assert_non_null(db);
    return db;
}

/* ---- requests ------------------------------------------------------------------------------------------ */

static void add_header(struct request *rq, struct text name, struct text value)
{
    rq->headers[rq->header_count++] = (struct pair){ name, value };
}

struct request *rig_begin(const struct rig *r, struct ask ask, int64_t length, bool *ret_refused)
{
    struct request *rq = request_new(&r->server, text_of(ask.uri));
    rq->method = text_copy(rq->arena, text_of(ask.method ? ask.method : "GET"));
    rq->headers = ARENA_ARRAY(rq->arena, COUNT(ask.headers) + 2, struct pair);
    if (ask.key)
        add_header(rq, T("Authorization"), text_format(rq->arena, "Bearer %s", ask.key));
    if (ask.type)
        add_header(rq, T("Content-Type"), text_copy(rq->arena, text_of(ask.type)));
    for (size_t i = 0; i < COUNT(ask.headers) && ask.headers[i].name.p; i++)
        add_header(rq, ask.headers[i].name, text_copy(rq->arena, ask.headers[i].value));
    *ret_refused = router_begin(rq, length, 0) != HEAD_TAKEN;
    return rq;
}

/* tx_begin asserts that nothing was left open. */
static void assert_idle(const struct rig *r)
{
    struct db *db = rig_db(r);
    assert_true(tx_begin(db, TX_WRITE));
    tx_rollback(db);
}

static void note_waiting(void *cls)
{
    (void)cls;
}

static void post(void *cls)
{
    sem_post(cls);
}

void rig_run(struct request *rq)
{
    sem_t woken;
    assert_int_equal(sem_init(&woken, 0, 0), 0);
    while (!router_finish(rq, (struct waiter){ note_waiting, post, &woken }))
        sem_wait(&woken);
    sem_destroy(&woken);
}

void rig_finish(const struct rig *r, struct request *rq)
{
    rig_run(rq);
    assert_idle(r);
    assert_in_range(rq->reply.status, 200, 599);
    assert_non_null(rq->id.p);
}

struct request *rig_ask(const struct rig *r, struct ask ask)
{
    const size_t n = ask.length ? ask.length : ask.body ? strlen(ask.body) : 0;
    bool refused;
    struct request *rq = rig_begin(r, ask, ask.chunked ? -1 : (int64_t)n, &refused);
    assert_int_equal(refused, rq->way == WAY_REFUSED);
    for (size_t at = 0; at < n;) { /* in pieces, as they come from a socket */
        const size_t piece = n - at < 4000 ? n - at : 4000;
        if (!request_take_body(rq, ask.body + at, piece))
            break;
        at += piece;
    }
    rig_finish(r, rq);
    return rq;
}

/* The request is freed before anything fails. */
static void check(const struct rig *r, struct ask ask, unsigned status, const char *body, bool part)
{
    char shown[2000];
    struct request *rq = rig_ask(r, ask);
    const struct text got = reply_bytes(&rq->reply);
    const bool same = !body || (part ? text_contains(got, text_of(body)) : text_eq(got, text_of(body)));
    const bool right = rq->reply.status == status && same;
    snprintf(shown, sizeof shown, "%u %.*s", rq->reply.status, TEXT_ARG(got));
    request_free(rq);
    if (!right)
        fail_msg("%s %s: %s\nexpected %u %s", ask.method ? ask.method : "GET", ask.uri, shown, status,
                 body ? body : "");
}

void rig_expect(const struct rig *r, struct ask ask, unsigned status, const char *body)
{
    check(r, ask, status, body, false);
}

void rig_expect_part(const struct rig *r, struct ask ask, unsigned status, const char *part)
{
    check(r, ask, status, part, true);
}

const char *reply_value(const struct request *rq, const char *name)
{
    const char *found = NULL;
    for (size_t i = 0; i < rq->reply.header_count; i++)
        if (text_eq(rq->reply.headers[i].name, text_of(name))) {
            assert_null(found); /* no header twice */
            found = rq->reply.headers[i].value.p;
        }
    return found;
}

/* ---- children ------------------------------------------------------------------------------------------ */

int end_of(void (*run)(void), char *ret, size_t room)
{
    int ends[2], status = -1;
    size_t n = 0;
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        run();
        _exit(0);
    }
    close(ends[1]);
    for (ssize_t got; (got = read(ends[0], ret + n, room - 1 - n)) > 0;)
        n += (size_t)got;
    ret[n] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

void expect_death(void (*run)(void), const char *part)
{
    char line[2000];
    const int status = end_of(run, line, sizeof line);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_FAILURE || !strstr(line, part))
        fail_msg("expected to end with '%s', got %d '%s'", part, status, line);
}

void expect_assert(void (*run)(void), const char *part)
{
    char line[2000];
    const int status = end_of(run, line, sizeof line);
    if (!WIFSIGNALED(status) || !strstr(line, part) || !strstr(line, "Assertion"))
        fail_msg("expected an assertion with '%s', got %d '%s'", part, status, line);
}

/* ---- JSON ---------------------------------------------------------------------------------------------- */

static json_t *read_json(struct text json)
{
    return json_loadb(json.p, json.n, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
}

bool is_json(struct text json)
{
    json_t *value = read_json(json);
    json_decref(value);
    return value != NULL;
}

struct text string_of_json(struct arena *arena, struct text json)
{
    json_t *value = read_json(json);
    assert_true(json_is_string(value));
    const struct text string = { json_string_value(value), json_string_length(value) };
    const struct text copy = text_copy(arena, string);
    json_decref(value);
    return copy;
}

/* ---- files --------------------------------------------------------------------------------------------- */

char *folder_new(void)
{
    const char *parent = getenv("TMPDIR");
    char *path = NULL;
    assert_true(asprintf(&path, "%s/duvo-mock-unit-XXXXXX", parent && *parent ? parent : P_tmpdir) > 0);
    assert_non_null(mkdtemp(path));
    return path;
}

void folder_remove(char *path)
{
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (const struct dirent *entry; (entry = readdir(dir));)
        unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
    assert_int_equal(rmdir(path), 0);
    free(path);
}

const char *file_write(struct arena *arena, const char *folder, const char *name, struct text content)
{
    const char *path = text_format(arena, "%s/%s", folder, name).p;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content.p ? content.p : "", 1, content.n, file), content.n);
    assert_int_equal(fclose(file), 0);
    return path;
}

struct text file_content(struct arena *arena, const char *path)
{
    struct text content;
    assert_true(file_read(arena, path, 1 << 30, &content));
    return content;
}

void rig_expect_header(const struct rig *r, struct ask ask, unsigned status, const char *name, const char *value)
{
    struct request *rq = rig_ask(r, ask);
    const char *got = reply_value(rq, name);
    if (rq->reply.status != status || !got != !value || (got && strcmp(got, value) != 0))
        fail_msg("%s: %u %s: %s", ask.uri, rq->reply.status, name, got ? got : "(none)");
    request_free(rq);
}
