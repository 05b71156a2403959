/* Execution when the disk is full: the reply says so, the log says why, nothing is stored, the next request works. */
#include "request/log.h"
#include "rig.h"
#include "router/transaction.h"
#include "router/write_queue.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static char *folder;
static char path[300];

static int setup(void **state)
{
    (void)state;
    folder = folder_new();
    snprintf(path, sizeof path, "%s/state.db", folder);
    signal(SIGXFSZ, SIG_IGN);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    signal(SIGXFSZ, SIG_DFL);
    folder_remove(folder);
    return 0;
}

static void open_file(void)
{
    rig_open(&rig, (const char *const[]){ "--db", path, "--rate-limit=100", NULL });
}

/* No file can grow as long as the disk is full. */
static void fill_disk(bool full)
{
    static struct rlimit before;
    struct rlimit none;
    if (full)
        getrlimit(RLIMIT_FSIZE, &before);
    none = before;
    none.rlim_cur = 0;
    setrlimit(RLIMIT_FSIZE, full ? &none : &before);
}

#define CREATE ASK("POST", "/v1/connections", OWNER, JSON, \
                   "{\"name\":\"x\",\"provider\":\"user\",\"auth_method\":\"url\"}")

static void expect_total(int total)
{
    char part[40];
    snprintf(part, sizeof part, "\"total\":%d,", total);
    rig_expect_part(&rig, ASK("GET", "/v1/connections?limit=1&type=custom_mcp", MEMBER), 200, part);
}

static const char full[] = "{\"statusCode\":507,\"error\":\"Insufficient Storage\",\"message\":\"The store is full: "
                           "drop snapshots or spaces, or raise --store-bytes; with --db, make room on the disk\"}";

static void test_alone(void **state)
{
    (void)state;
    struct ask create = CREATE;
    create.key = MEMBER;
    open_file();
    fill_disk(true);
    struct request *rq = rig_ask(&rig, create);
    fill_disk(false);
    assert_true(text_eq(reply_bytes(&rq->reply), text_of(full)));
    assert_int_equal(rq->reply.status, 507);
    request_free(rq);
    expect_total(0);
    rig_expect(&rig, create, 201, NULL);
    expect_total(1);
    rig_close(&rig);
}

static void create_and_log(void)
{
    open_file();
    log_start(LOG_TEXT);
    fill_disk(true);
    struct request *rq = rig_ask(&rig, CREATE);
    fill_disk(false);
    log_stop();
    dprintf(2, "status %u\n", rq->reply.status);
    _exit(0);
}

static void test_logged(void **state)
{
    (void)state;
    char log[4000];
    const int status = end_of(create_and_log, log, sizeof log);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_non_null(strstr(log, "status 507"));
    assert_non_null(strstr(log, " error: disk I/O error (File too large), in COMMIT, for POST /v1/connections"));
    assert_non_null(strstr(log, "POST /v1/connections"));
}

enum { MANY = 3 };

static atomic_int woken;

static void ignore(void *cls)
{
    (void)cls;
}

static void count_woken(void *cls)
{
    (void)cls;
    atomic_fetch_add(&woken, 1);
}

static const struct waiter waiting = { .suspend = ignore, .wake = count_woken };

/* Sends some that have to wait for each other, while the disk is full. */
static void send_together(struct request **ret)
{
    struct ask create = CREATE;
    create.key = MEMBER;
    atomic_store(&woken, 0);
    assert_true(write_queue_enter(rig.server.writes));
    for (size_t i = 0; i < MANY; i++) {
        bool refused;
        ret[i] = rig_begin(&rig, create, (int64_t)strlen(create.body), &refused);
        assert_true(request_take_body(ret[i], create.body, strlen(create.body)));
        assert_false(router_finish(ret[i], waiting));
    }
    fill_disk(true);
    write_queue_leave(rig.server.writes);
    for (int i = 0; i < 20000 && atomic_load(&woken) < MANY; i++)
        usleep(500);
    fill_disk(false);
    assert_int_equal(atomic_load(&woken), MANY);
}

/* Writes whose common transaction fails get one each, and count once all the same. */
static void test_together(void **state)
{
    (void)state;
    struct request *requests[MANY];
    int64_t remaining[MANY];
    unsigned statuses[MANY];
    open_file();
    rig.server.writes = write_queue_start();
    send_together(requests);
    for (size_t i = 0; i < MANY; i++) {
        assert_true(router_finish(requests[i], waiting));
        statuses[i] = requests[i]->reply.status;
        remaining[i] = requests[i]->rate.remaining;
        request_free(requests[i]);
    }
    expect_total(0);
    write_queue_stop(rig.server.writes);
    rig_close(&rig);
    for (size_t i = 0; i < MANY; i++) {
        assert_int_equal(statuses[i], 507);
        assert_int_equal(remaining[i], 99 - (int64_t)i);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_alone),
        TEST(test_logged),
        TEST(test_together),
    };
    return cmocka_run_group_tests_name("run_disk_full", tests, NULL, NULL);
}
