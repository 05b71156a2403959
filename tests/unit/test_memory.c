/* Memory: that work which runs out of it ends alone, and leaves no lock, no statement and no transaction behind. */
#include "base/memory.h"

#include "rig.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/embed.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* More than an arena has at hand: it has to ask for it. */
enum { TOO_MUCH = 16 * 1024 * 1024 };

/* A try for which there is no memory at all. */
static bool try_without_memory(void (*work)(void *cls), void *cls)
{
    memory_fail_from(1);
    const bool done = memory_try(work, cls);
    memory_fail_from(0);
    return done;
}

static void set(void *cls)
{
    *(bool *)cls = true;
}

static void want_too_much(void *cls)
{
    struct arena *arena = *(struct arena **)cls;
    arena_raw(arena, TOO_MUCH);
}

static void test_try(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    bool done = false;
    assert_true(memory_try(set, &done));
    assert_true(done);
    assert_false(try_without_memory(want_too_much, &arena));
    assert_true(memory_try(set, &done)); /* nothing is left over of the one before */
    assert_non_null(arena_alloc(arena, 16));
    arena_free(arena);
}

struct nested {
    struct arena *arena;
    bool inner_ended, went_on;
};

static void try_inside(void *cls)
{
    struct nested *n = cls;
    n->inner_ended = !try_without_memory(want_too_much, &n->arena);
    n->went_on = true;
    memory_out();
}

static void test_nested(void **state)
{
    (void)state;
    struct nested n = { .arena = arena_new() };
    assert_false(memory_try(try_inside, &n));
    assert_true(n.inner_ended && n.went_on);
    arena_free(n.arena);
}

struct locked {
    pthread_mutex_t lock;
    struct arena *arena;
};

static void fail_locked(void *cls)
{
    struct locked *l = cls;
    memory_locked(&l->lock, want_too_much, &l->arena);
}

static void test_lock_after_failure(void **state)
{
    (void)state;
    struct locked l = { PTHREAD_MUTEX_INITIALIZER, arena_new() };
    assert_false(try_without_memory(fail_locked, &l));
    assert_int_equal(pthread_mutex_trylock(&l.lock), 0);
    pthread_mutex_unlock(&l.lock);
    arena_free(l.arena);
}

static void widen(void *cls)
{
    struct buf *b = cls;
    buf_reserve(b, TOO_MUCH);
}

static void test_buffer_stays_whole(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buf b = buf_new(arena, SIZE_MAX);
    buf_add(&b, T("abc"));
    assert_false(try_without_memory(widen, &b));
    buf_add(&b, T("def"));
    assert_memory_equal(b.p, "abcdef", 6);
    arena_free(arena);
}

static void test_kept(void **state)
{
    (void)state;
    static const char zeros[100];
    char *p = memory_kept(sizeof zeros);
    assert_memory_equal(p, zeros, sizeof zeros);
    p[0] = 'x';
    p = memory_kept_again(p, 2 * sizeof zeros);
    assert_int_equal(p[0], 'x');
    free(p);
}

/* ---- requests ---------------------------------------------------------------------------------------------- */


static const char refusal[] = "{\"statusCode\":503,\"error\":\"Service Unavailable\",\"message\":"
                              "\"The mock has no memory left for this request; try again, or with a smaller one\"}";

/* What a request of the ask comes to, when its n-th allocation fails; how many have to succeed for all to go well. */
static unsigned ask_until_well(struct ask ask, unsigned status)
{
    for (unsigned n = 1; n < 1000; n++) {
        bool refused;
        const size_t length = ask.body ? strlen(ask.body) : 0;
        struct request *rq = rig_begin(&rig, ask, (int64_t)length, &refused);
        assert_false(refused);
        arena_trim(); /* kept blocks would do instead */
        memory_fail_from(n);
        if (length)
            assert_true(request_take_body(rq, ask.body, length));
        rig_run(rq);
        memory_fail_from(0);
        const unsigned got = rq->reply.status;
        if (got == 503)
            assert_string_equal(text_cstr(rq->arena, reply_bytes(&rq->reply)), refusal);
        else if (got != status)
            fail_msg("%u: %s %s: HTTP %u: %.*s", n, ask.method, ask.uri, got,
                     TEXT_ARG(text_clip(reply_bytes(&rq->reply), 200)));
        request_free(rq);
        rig_expect(&rig, ASK("GET", "/v1/profile", OWNER), 200, NULL);
        if (got == status)
            return n;
    }
    fail_msg("it never went well");
    return 0;
}

static struct text long_name(struct arena *arena)
{
    struct buf b = buf_new(arena, 1 << 20);
    buf_add(&b, T("{\"name\":\"x\",\"provider\":\"user\",\"auth_method\":\"url\",\"ignored\":["));
    for (int i = 0; i < 5000; i++)
        buf_add(&b, T("\"some text\","));
    buf_add(&b, T("0]}"));
    buf_add_char(&b, '\0');
    return buf_text(&b);
}

/* Every allocation of each of them fails once. */
static void test_requests(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct ask asks[] = {
        ASK("POST", "/v1/connections", OWNER, JSON, long_name(arena).p),
        ASK("GET", "/v1/connections?limit=100", OWNER),
        ASK("GET", "/_mock/openapi.json"),
        ASK("GET", "/_mock/fixtures"),
        ASK("GET", "/_mock/requests"),
        ASK("GET", "/_mock/", .headers = { { T("Host"), T("localhost") } }),
        ASK("POST", "/_mock/verify", .type = JSON, .body = "{\"match\":{\"path\":\"/v1/profile\"},"
                                                           "\"count\":{\"min\":1}}"),
        ASK("POST", "/_mock/reset", .type = JSON, .body = "{}"),
    };
    const unsigned success[COUNT(asks)] = { 201, 200, 200, 200, 200, 200, 200, 200 };
    rig_open(&rig, (const char *const[]){ "--rate-limit=off", NULL });
    unsigned failed = 0;
    for (size_t i = 0; i < COUNT(asks); i++)
        failed += ask_until_well(asks[i], success[i]) - 1;
    assert_true(failed > 2 * COUNT(asks));
    rig_close(&rig);
    arena_free(arena);
}

static void test_no_request_at_all(void **state)
{
    (void)state;
    rig_open(&rig, NULL);
    arena_trim();
    memory_fail_from(1);
    assert_null(request_new(&rig.server, T("/v1/profile")));
    memory_fail_from(0);
    rig_close(&rig);
}

/* A body that is announced and finds no room is refused before it comes. */
static void test_announced(void **state)
{
    (void)state;
    bool refused;
    rig_open(&rig, NULL);
    const struct ask ask = ASK("POST", "/v1/connections", OWNER, JSON, "{}");
    struct request *rq = rig_begin(&rig, ask, 2, &refused);
    assert_false(refused);
    request_free(rq);
    arena_trim();
    memory_fail_from(2);
    rq = rig_begin(&rig, ask, 900000, &refused);
    memory_fail_from(0);
    assert_true(refused);
    assert_int_equal(rq->reply.status, 503);
    request_free(rq);
    rig_expect(&rig, ASK("GET", "/v1/profile", OWNER), 200, NULL);
    rig_close(&rig);
}

/* Whether the process has the page in which `p` lies; Linux's /proc/self/pagemap, a number for each page. */
static bool has_page(const char *p)
{
    const uintptr_t page = (uintptr_t)p / (uintptr_t)sysconf(_SC_PAGESIZE);
    uint64_t entry = 0;
    const int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    assert_int_equal(pread(fd, &entry, sizeof entry, (off_t)(page * sizeof entry)), sizeof entry);
    close(fd);
    return entry >> 63;
}

/* What was read goes, and comes back as it was, wherever it begins and ends. */
static void test_was_read(void **state)
{
    (void)state;
    static const size_t edges[] = { 0, 1, 4095, 4096, 4097, 12288 };
    const struct text file = embedded_file("fixtures/catalog.json");
    assert_true(file.n > 8 * 4096);
    char *copy = malloc(file.n);
    assert_non_null(copy);
    memcpy(copy, file.p, file.n);
    assert_true(has_page(file.p + file.n / 2));
    memory_was_read(file.p, file.n);
    assert_false(has_page(file.p + file.n / 2));
    for (size_t i = 0; i < COUNT(edges); i++)
        for (size_t k = 0; k < COUNT(edges); k++) {
            memory_was_read(file.p + edges[i], edges[k]);
            assert_memory_equal(file.p, copy, file.n);
        }
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_try),
        cmocka_unit_test(test_nested),
        cmocka_unit_test(test_lock_after_failure),
        cmocka_unit_test(test_buffer_stays_whole),
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_requests),
        cmocka_unit_test(test_no_request_at_all),
        cmocka_unit_test(test_announced),
        cmocka_unit_test(test_was_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
