/* Replies that are answered again: whose bytes the journal holds on to, and under which settings they are found. */
#include "router/reply_cache.h"

#include "cli/config.h"
#include "rig.h"
#include "scratch.h"
#include "space/directory.h"
#include "space/journal.h"
#include "space/space.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define LIST "/v1/connections"


static int setup(void **state)
{
    rig_open(&rig, NULL);
    return arena_setup(state);
}

static int teardown(void **state)
{
    arena_teardown(state);
    rig_close(&rig);
    reply_cache_clear();
    return 0;
}

static struct request *ask(void)
{
    return rig_ask(&rig, ASK("GET", LIST, OWNER));
}

/* From now on it is answered as it was. */
static void ask_until_kept(void)
{
    bool kept = false;
    for (int i = 0; i < 4; i++) {
        struct request *rq = ask();
        kept = rq->cached != NULL;
        request_free(rq);
    }
    assert_true(kept);
}

static void order(const char *action)
{
    char body[300];
    snprintf(body, sizeof body, "{\"match\": {\"operation\": \"listConnections\"}, \"action\": %s, \"times\": 1}",
             action);
    rig_expect(&rig, ASK("POST", "/_mock/faults", .type = JSON, .body = body), 201, NULL);
}

static bool take_last(void *cls, const struct journal_entry *entry)
{
    struct text *body = cls;
    *body = entry->reply_body.bytes;
    return true;
}

/* The journal outlives the request: none of what it keeps may be the request's own. */
static void expect_journal_has(const char *action, const char *part)
{
    struct text body;
    order(action);
    struct request *rq = ask();
    assert_non_null(rq->cached);
    const struct text leaving = text_copy(scratch, request_leaving(rq)), own = rq->reply.raw;
    journal_walk(space_journal(rq->home), take_last, &body);
    assert_ptr_not_equal(body.p, own.p);
    request_free(rq);
    assert_true(text_eq(body, leaving));
    if (!text_contains(body, text_of(part)))
        fail_msg("%.*s", TEXT_ARG(body));
}

static void test_faults_in_place_of_what_is_kept(void **state)
{
    (void)state;
    ask_until_kept();
    expect_journal_has("{\"status\": 418, \"after_handler\": true}", "A fault was ordered");
    expect_journal_has("{\"status\": 503, \"body\": {\"a\": 1}, \"after_handler\": true}", "{\"a\":1}");
    expect_journal_has("{\"status\": 503, \"body\": \"text\", \"after_handler\": true}", "text");
}

static bool is_shared(const char *action)
{
    struct text body;
    if (action)
        order(action);
    struct request *rq = ask();
    journal_walk(space_journal(rq->home), take_last, &body);
    const bool shared = body.p == rq->reply.raw.p && text_eq(body, request_leaving(rq));
    request_free(rq);
    return shared;
}

/* What is the beginning of it, too, is not copied. */
static void test_what_is_kept_is_shared(void **state)
{
    (void)state;
    ask_until_kept();
    assert_true(is_shared(NULL));
    assert_true(is_shared("{\"malformed_json\": true}"));
    assert_true(is_shared("{\"truncate\": 3}"));
}

/* ---- settings ------------------------------------------------------------------------------------------------- */

static void name_list(struct settings *settings, const void *cls)
{
    settings->config.v1_list_keys = *(const int *)cls;
}

static void accept_any_key(struct settings *settings, const void *cls)
{
    settings->config.any_key = *(const bool *)cls;
}

static void change(void (*how)(struct settings *settings, const void *cls), const void *cls)
{
    struct space *space = spaces_default(rig.server.spaces);
    space_change_settings(space, how, cls);
    space_release(space);
}

static void expect_part(const char *part)
{
    rig_expect_part(&rig, ASK("GET", LIST, OWNER), 200, part);
}

/* From the very moment of the change, which somebody else may see before its reply is there. */
static void test_settings_of_what_is_kept(void **state)
{
    const int both = LIST_KEYS_BOTH, new = LIST_KEYS_INTEGRATIONS;
    (void)state;
    ask_until_kept();
    expect_part("\"connections\":[");
    change(name_list, &new);
    struct request *rq = ask();
    assert_false(text_contains(reply_bytes(&rq->reply), T("\"connections\":[")));
    request_free(rq);
    ask_until_kept();
    change(name_list, &both);
    expect_part("\"connections\":[");
}

/* Who a key is of is recalled, too. */
static void test_settings_of_what_is_recalled(void **state)
{
    const bool yes = true, no = false;
    const struct ask ask_as_any = ASK("GET", "/v1/profile", "dv_any_key_will_do");
    (void)state;
    rig_expect(&rig, ask_as_any, 401, NULL);
    change(accept_any_key, &yes);
    rig_expect(&rig, ask_as_any, 200, NULL);
    rig_expect(&rig, ask_as_any, 200, NULL);
    rig_expect(&rig, ask_as_any, 200, NULL);
    change(accept_any_key, &no);
    rig_expect(&rig, ask_as_any, 401, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(test_faults_in_place_of_what_is_kept),
        TEST(test_what_is_kept_is_shared),
        TEST(test_settings_of_what_is_kept),
        TEST(test_settings_of_what_is_recalled),
    };
    return cmocka_run_group_tests_name("reply_cache", tests, NULL, NULL);
}
