/* Outcome: their names, and who decides: every combination of those who could, in the order of their precedence. */
#include "oauth/outcome.h"

#include "rig.h"
#include "store/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>


static int setup_auto(void **state)
{
    (void)state;
    rig_open(&rig, (const char *const[]){ "--consent", "auto", NULL });
    return 0;
}

/* ---- names ----------------------------------------------------------------------------------------------- */

static void test_names(void **state)
{
    (void)state;
    static const char *const names[] = {
        "approve", "deny", "invalid_scope", "server_error", "temporarily_unavailable", "wrong_state", "missing_code",
        "expired_code", "closed",
    };
    assert_int_equal(COUNT(names), OUTCOME_COUNT);
    assert_null(outcome_names[OUTCOME_COUNT]);
    for (size_t i = 0; i < COUNT(names); i++) {
        enum outcome outcome = OUTCOME_COUNT;
        assert_string_equal(outcome_names[i], names[i]);
        assert_string_equal(outcome_kinds[i].word, names[i]);
        assert_true(strlen(outcome_kinds[i].about) > 0);
        assert_true(outcome_parse(text_of(names[i]), &outcome));
        assert_int_equal(outcome, i);
    }
}

static void test_words_that_are_none(void **state)
{
    (void)state;
    static const char *const words[] = {
        "", "den", "denyy", "Deny", " deny", "deny ", "access_denied", "invalid-scope",
    };
    for (size_t i = 0; i < COUNT(words); i++) {
        enum outcome outcome = OUTCOME_CLOSED;
        assert_false(outcome_parse(text_of(words[i]), &outcome));
        assert_int_equal(outcome, OUTCOME_CLOSED);
    }
    enum outcome outcome = OUTCOME_CLOSED;
    assert_false(outcome_parse((struct text){ NULL, 0 }, &outcome));
}

/* The errors that a provider sends are those of RFC 6749 section 4.1.2.1. */
static void test_errors(void **state)
{
    (void)state;
    assert_string_equal(outcome_kinds[OUTCOME_DENY].error, "access_denied");
    assert_string_equal(outcome_kinds[OUTCOME_INVALID_SCOPE].error, "invalid_scope");
    assert_string_equal(outcome_kinds[OUTCOME_SERVER_ERROR].error, "server_error");
    assert_string_equal(outcome_kinds[OUTCOME_TEMPORARILY_UNAVAILABLE].error, "temporarily_unavailable");
    for (int i = 0; i < OUTCOME_COUNT; i++)
        assert_int_equal(!outcome_kinds[i].error, !outcome_kinds[i].description);
    assert_null(outcome_kinds[OUTCOME_APPROVE].error);
    assert_null(outcome_kinds[OUTCOME_CLOSED].error);
}

/* ---- one decision ---------------------------------------------------------------------------------------- */

/* What is there to decide by; NULL is nothing. */
struct deciders {
    const char *queued, *mock_outcome, *login_hint;
    int fixture; /* an outcome, or -1 */
    const char *accept;
    bool headless;
};

static void order(const char *outcome, const char *match)
{
    char body[200];
    snprintf(body, sizeof body, "{\"outcome\":\"%s\"%s%s}", outcome, match ? ",\"match\":" : "", match ? match : "");
    rig_expect(&rig, ASK("POST", "/_mock/oauth/next", .type = JSON, .body = body), 201, NULL);
}

static struct v_text v_text_of(const char *p)
{
    return (struct v_text){ p ? VALUE_SET : VALUE_ABSENT, text_of(p) };
}

/* Inside a transaction, as in a handler. True when somebody decided. */
static bool decide(const struct deciders *d, enum outcome *ret, enum err *ret_err)
{
    struct request *rq = request_new(&rig.server, T("/_mock/oauth/authorize/gmail?state=x"));
    struct pair accept = { T("Accept"), text_of(d->accept) };
    rq->db = rig_db(&rig);
    rq->method = T("GET");
    rq->headers = &accept;
    rq->header_count = d->accept != NULL;
    struct match_subject subject = match_subject_of(rq);
    subject.operation = T("authorize");
    const struct consent_input input = {
        .subject = subject,
        .mock_outcome = v_text_of(d->mock_outcome),
        .login_hint = v_text_of(d->login_hint),
        .fixture = { d->fixture < 0 ? VALUE_NULL : VALUE_SET, d->fixture < 0 ? 0 : d->fixture },
    };
    assert_true(tx_begin(rq->db, TX_WRITE));
    const bool decided = outcome_decide(rq, &input, d->headless, ret, ret_err);
    assert_true(tx_commit(rq->db));
    request_free(rq);
    return decided;
}

static void expect(struct deciders d, enum outcome expected)
{
    enum outcome outcome = OUTCOME_COUNT;
    enum err err = ERR_INTERNAL;
    assert_true(decide(&d, &outcome, &err));
    assert_int_equal(err, OK);
    if (outcome != expected)
        fail_msg("expected %s, got %s", outcome_names[expected], outcome_names[outcome]);
}

static void expect_nobody(struct deciders d)
{
    enum outcome outcome = OUTCOME_COUNT;
    enum err err = ERR_INTERNAL;
    assert_false(decide(&d, &outcome, &err));
    assert_int_equal(err, OK);
}

static int64_t queued(void)
{
    struct db *db = rig_db(&rig);
    int64_t n = -1;
    assert_true(tx_begin(db, TX_READ));
    {
        QUERY q = query(db, SQL_CONSENT_QUEUE_COUNT);
        n = query_row(&q) ? col_int(&q, 0) : -1;
    }
    tx_rollback(db);
    return n;
}

/* ---- precedence ------------------------------------------------------------------------------------------- */

/* Each of the 32 combinations of queue, mock_outcome, login_hint, fixture and headless; each has an outcome of its
 * own, and the first that is there decides. */
static void test_precedence(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 32; i++) {
        const struct deciders d = {
            .queued = i & 16 ? "server_error" : NULL,
            .mock_outcome = i & 8 ? "deny" : NULL,
            .login_hint = i & 4 ? "invalid_scope@acme.example" : NULL,
            .fixture = i & 2 ? OUTCOME_TEMPORARILY_UNAVAILABLE : -1,
            .headless = i & 1,
            .accept = "text/html",
        };
        if (d.queued)
            order(d.queued, NULL);
        if (i == 0)
            expect_nobody(d);
        else
            expect(d, i & 16  ? OUTCOME_SERVER_ERROR
                      : i & 8 ? OUTCOME_DENY
                      : i & 4 ? OUTCOME_INVALID_SCOPE
                      : i & 2 ? OUTCOME_TEMPORARILY_UNAVAILABLE
                              : OUTCOME_APPROVE);
        assert_int_equal(queued(), 0);
    }
}

static void test_client(void **state)
{
    (void)state;
    expect_nobody((struct deciders){ .fixture = -1, .accept = "text/html" });
    expect_nobody((struct deciders){ .fixture = -1, .accept = "application/json, text/html;q=0.9" });
    expect((struct deciders){ .fixture = -1, .accept = "*/*" }, OUTCOME_APPROVE);
    expect((struct deciders){ .fixture = -1, .accept = "application/json" }, OUTCOME_APPROVE);
    expect((struct deciders){ .fixture = -1 }, OUTCOME_APPROVE);
    expect((struct deciders){ .fixture = -1, .accept = "text/html", .headless = true }, OUTCOME_APPROVE);
}

static void test_auto(void **state)
{
    (void)state;
    expect((struct deciders){ .fixture = -1, .accept = "text/html" }, OUTCOME_APPROVE);
    expect((struct deciders){ .fixture = OUTCOME_DENY, .accept = "text/html" }, OUTCOME_DENY);
    expect((struct deciders){ .fixture = -1, .accept = "text/html", .mock_outcome = "closed" }, OUTCOME_CLOSED);
}

static void test_hints(void **state)
{
    (void)state;
    static const struct {
        const char *hint;
        int outcome; /* -1: it decides nothing */
    } rows[] = {
        { "deny@acme.example", OUTCOME_DENY }, { "deny@", OUTCOME_DENY }, { "approve@x", OUTCOME_APPROVE },
        { "wrong_state@x@y", OUTCOME_WRONG_STATE }, { "closed@x", OUTCOME_CLOSED }, { "deny", -1 }, { "", -1 },
        { "@", -1 }, { "@deny", -1 }, { "Deny@x", -1 }, { "deny+a@x", -1 }, { "olivia@acme.example", -1 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct deciders d = { .fixture = -1, .accept = "text/html", .login_hint = rows[i].hint };
        if (rows[i].outcome < 0)
            expect_nobody(d);
        else
            expect(d, (enum outcome)rows[i].outcome);
    }
}

/* A word that is none is an error, also when the queue would decide, which then keeps its entry. */
static void test_unknown_mock_outcome(void **state)
{
    (void)state;
    static const char *const words[] = { "", "maybe", "DENY", "deny@x" };
    order("deny", NULL);
    for (size_t i = 0; i < COUNT(words); i++) {
        const struct deciders d = { .fixture = OUTCOME_APPROVE, .mock_outcome = words[i], .headless = true };
        enum outcome outcome;
        enum err err = OK;
        decide(&d, &outcome, &err);
        assert_int_equal(err, ERR_INVALID);
        assert_int_equal(queued(), 1);
    }
}

/* ---- the queue -------------------------------------------------------------------------------------------- */

static void test_queue_order(void **state)
{
    (void)state;
    const struct deciders d = { .fixture = -1, .accept = "text/html" };
    order("deny", NULL);
    order("server_error", NULL);
    order("approve", NULL);
    expect(d, OUTCOME_DENY);
    expect(d, OUTCOME_SERVER_ERROR);
    expect(d, OUTCOME_APPROVE);
    expect_nobody(d);
}

static void test_queue_matches(void **state)
{
    (void)state;
    const struct deciders d = { .fixture = -1, .accept = "text/html" };
    order("deny", "{\"operation\":\"connectComposio\"}");
    order("server_error", "{\"path\":\"/_mock/oauth/authorize/g*\"}");
    order("closed", "{\"header\":{\"accept\":\"*html\"}}");
    expect(d, OUTCOME_SERVER_ERROR);
    expect(d, OUTCOME_CLOSED);
    expect_nobody(d);
    assert_int_equal(queued(), 1);
}

static void test_queue_times(void **state)
{
    (void)state;
    const struct deciders d = { .fixture = -1, .accept = "text/html" };
    rig_expect(&rig, ASK("POST", "/_mock/oauth/next", .type = JSON, .body = "{\"outcome\":\"deny\",\"times\":3}"), 201,
               NULL);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(queued(), 1);
        expect(d, OUTCOME_DENY);
    }
    assert_int_equal(queued(), 0);
    expect_nobody(d);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_words_that_are_none),
        cmocka_unit_test(test_errors),
        TEST(test_precedence),
        TEST(test_client),
        cmocka_unit_test_setup_teardown(test_auto, setup_auto, rig_teardown),
        TEST(test_hints),
        TEST(test_unknown_mock_outcome),
        TEST(test_queue_order),
        TEST(test_queue_matches),
        TEST(test_queue_times),
    };
    return cmocka_run_group_tests_name("outcome", tests, NULL, NULL);
}
