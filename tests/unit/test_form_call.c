/* The call that a form of the console stands for: where it goes, with which key, and how each kind of field is
 * written. */
#include "router/form_call.h"

#include "base/limit.h"
#include "rig.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct row {
    const char *what, *form;
    const char *body;      /* of the last call; NULL: none */
    const char *wrong;     /* NULL: nothing */
    const char *uri, *key; /* NULL: not looked at; an empty key: none */
};

#define ROW(what_, form_, ...) { .what = (what_), .form = (form_), __VA_ARGS__ }

static struct request *form_request(struct text uri, size_t prefix, const char *form)
{
    struct request *rq = request_new(&rig.server, uri);
    rq->target = text_from(rq->uri, prefix);
    buf_add(&rq->body, text_of(form));
    return rq;
}

static void expect_text(const char *what, const char *of, struct text got, const char *expected)
{
    if (expected ? !text_eq(got, text_of(expected)) : got.p != NULL)
        fail_msg("%s: %s is %.*s, not %s", what, of, TEXT_ARG(got), expected ? expected : "unset");
}

static void expect_call(const struct row *row)
{
    struct request *rq = form_request(T("/_mock/?tab=reference"), 0, row->form);
    struct form_fields fields = { .n = 0 };
    struct form_call call;
    assert_int_equal(form_read(rq, &fields), OK);
    if (form_call_of(rq, &fields, &call) != OK)
        fail_msg("%s: %.*s", row->what, TEXT_ARG(rq->message));
    const struct inner_call *last = &call.calls[call.n - 1];
    expect_text(row->what, "wrong", call.wrong, row->wrong);
    if (!row->wrong)
        expect_text(row->what, "body", last->body, row->body);
    if (row->uri)
        expect_text(row->what, "uri", last->uri, row->uri);
    if (row->key)
        expect_text(row->what, "key", last->key, *row->key ? row->key : NULL);
    request_free(rq);
}

#define NO_JSON ": that is no JSON"
#define MASKED "Secrets in it are masked: put values in their place first"
#define NOTHING "Nothing is changed yet: change a field first"

static void expect_calls(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        expect_call(&rows[i]);
}

static void test_fields(void **state)
{
    static const struct row rows[] = {
        ROW("of several the last counts", "~call=POST /v1/connections&name=A&name=B", .body = "{\"name\":\"B\"}"),
        ROW("an empty one is not there", "~call=POST /v1/connections&name=&provider=user",
            .body = "{\"provider\":\"user\"}"),
        ROW("nor one without a name", "~call=POST /v1/connections&=a&name=A", .body = "{\"name\":\"A\"}"),
        ROW("nor one without a value", "~call=POST /v1/connections&name&provider=user",
            .body = "{\"provider\":\"user\"}"),
        ROW("line ends", "~call=POST /v1/connections&name=a%0D%0Ab%0Dc%0Ad%0D",
            .body = "{\"name\":\"a\\nb\\rc\\nd\\r\"}"),
        ROW("blanks and escapes", "~call=POST+%2Fv1/connections&na%6De=a+b%2Bc%26", .body = "{\"name\":\"a b+c&\"}"),
        ROW("other marks", "~call=POST /v1/connections&~a=1&:b=2&?c=3&*d=4&name=A",
            .body = "{\"name\":\"A\"}", .uri = "/v1/connections?c=3"),
        ROW("a key of one that wants it", "~call=POST /v1/connections&key=dv_a&name=A",
            .body = "{\"name\":\"A\"}", .key = "dv_a"),
        ROW("none of it", "~call=POST /v1/connections&key=&name=A", .body = "{\"name\":\"A\"}", .key = OWNER),
        ROW("of one that wants none", "~call=PUT /_mock/clock&key=a&action=freeze",
            .body = "{\"key\":\"a\",\"action\":\"freeze\"}", .key = ""),
        ROW("of one that there is not", "~call=PUT /v1/nothing&key=a", .body = "{\"key\":\"a\"}", .key = ""),
        ROW("text", "~call=POST /v1/connections&name=1&server_url=true",
            .body = "{\"name\":\"1\",\"server_url\":\"true\"}"),
        ROW("a field of nobody", "~call=POST /v1/connections&zero=1", .body = "{\"zero\":\"1\"}"),
        ROW("a number", "~call=PUT /_mock/clock&by_seconds=15", .body = "{\"by_seconds\":15}"),
        ROW("no number", "~call=PUT /_mock/clock&by_seconds=015", .body = "{\"by_seconds\":\"015\"}"),
        ROW("a boolean", "~call=PATCH /_mock/settings&strict=false", .body = "{\"strict\":false}"),
        ROW("no boolean", "~call=PATCH /_mock/settings&strict=off", .body = "{\"strict\":\"off\"}"),
        ROW("an enumeration", "~call=PATCH /_mock/settings&consent=auto", .body = "{\"consent\":\"auto\"}"),
        ROW("JSON", "~call=PATCH /_mock/settings&webhook_retry_seconds=[ 1,2 ]",
            .body = "{\"webhook_retry_seconds\":[1,2]}"),
        ROW("no JSON", "~call=PATCH /_mock/settings&webhook_retry_seconds=[", .wrong = "webhook_retry_seconds" NO_JSON),
        ROW("an object", "~call=PATCH /v1/connections/a&headers={}", .body = "{\"headers\":{}}"),
        ROW("no object", "~call=PATCH /v1/connections/a&headers=a", .wrong = "headers" NO_JSON),
        ROW("sets", "~call=POST /_mock/spaces&fixtures=[\"empty\"]", .body = "{\"fixtures\":[\"empty\"]}"),
        ROW("no sets", "~call=POST /_mock/spaces&fixtures=empty", .wrong = "fixtures" NO_JSON),
        ROW("the first that is wrong", "~call=POST /_mock/faults&match=a&action=b", .wrong = "match" NO_JSON),
        ROW("ids", "~call=POST /v1/agent-folders/a/agents&agent_ids=a,b%0D%0Ac%09d%0Be%0Cf,, g",
            .body = "{\"agent_ids\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\"]}"),
        ROW("no words at all", "~call=POST /_mock/webhooks&events=+,", .body = "{\"events\":[]}"),
        ROW("an unknown path takes text", "~call=POST /v1/nothing&a=1&b={}", .body = "{\"a\":\"1\",\"b\":\"{}\"}"),
    };
    (void)state;
    expect_calls(rows, COUNT(rows));
}

#define SECRET "~call=POST /v2/teams/a/credentials&values="
#define LINE "values: a line of it is no NAME=value"

static void test_pairs(void **state)
{
    static const struct row rows[] = {
        ROW("one", SECRET "A=1", .body = "{\"values\":{\"A\":\"1\"}}"),
        ROW("a colon", SECRET "A:1", .body = "{\"values\":{\"A\":\"1\"}}"),
        ROW("blanks before a name with a colon", SECRET " A: 1", .wrong = LINE),
        ROW("blanks behind the name", SECRET "A-b_0 %09:%09 1 2 ", .body = "{\"values\":{\"A-b_0\":\"1 2\"}}"),
        ROW("blanks before the name", SECRET " A = 1 ", .body = "{\"values\":{\"A\":\"1\"}}"),
        ROW("an equals sign in the value", SECRET "A=b=c:d", .body = "{\"values\":{\"A\":\"b=c:d\"}}"),
        ROW("behind a colon", SECRET "A: b=c", .body = "{\"values\":{\"A\":\"b=c\"}}"),
        ROW("a colon in what is no word", SECRET "a.b:c=d", .body = "{\"values\":{\"a.b:c\":\"d\"}}"),
        ROW("a tilde in it", SECRET "a~b:c=d", .body = "{\"values\":{\"a~b:c\":\"d\"}}"),
        ROW("two words", SECRET "a b:c=d", .body = "{\"values\":{\"a b:c\":\"d\"}}"),
        ROW("a colon first", SECRET ":c=d", .body = "{\"values\":{\":c\":\"d\"}}"),
        ROW("nothing behind it", SECRET "A=", .body = "{\"values\":{\"A\":\"\"}}"),
        ROW("empty lines", SECRET "%0D%0AA=1%0D%0A %0D%0AB=2%0D%0A", .body = "{\"values\":{\"A\":\"1\",\"B\":\"2\"}}"),
        ROW("nothing before it", SECRET "=1", .wrong = LINE),
        ROW("no sign", SECRET "A=1%0D%0Acanary", .wrong = LINE),
        ROW("a colon without a name", SECRET ":1", .wrong = LINE),
        ROW("of a map", "~call=POST /v2/runs/a/human-requests/b/respond&answers=What: that%0AWhy not? = so%0A?=",
            .body = "{\"answers\":{\"What\":\"that\",\"Why not?\":\"so\",\"?\":\"\"}}"),
    };
    (void)state;
    expect_calls(rows, COUNT(rows));
}

#define CONNECTION "~call=PATCH /v1/connections/a&"

static void test_changes(void **state)
{
    static const struct row rows[] = {
        ROW("what is as it was", CONNECTION "name=A&~was.name=A&server_url=b&~was.server_url=c",
            .body = "{\"server_url\":\"b\"}"),
        ROW("all is", CONNECTION "name=A&~was.name=A", .wrong = NOTHING),
        ROW("nothing is there", CONNECTION "key=a", .wrong = NOTHING),
        ROW("it was empty", CONNECTION "name=A&~was.name=", .body = "{\"name\":\"A\"}"),
        ROW("nobody knows what it was", CONNECTION "name=A", .body = "{\"name\":\"A\"}"),
        ROW("empty is as it was", CONNECTION "name=&~was.name=&shared=true", .body = "{\"shared\":true}"),
        ROW("emptied: what may be null", CONNECTION "composio_mcp_id=&~was.composio_mcp_id=a",
            .body = "{\"composio_mcp_id\":null}"),
        ROW("emptied: an object that may", CONNECTION "headers=&~was.headers={}", .body = "{\"headers\":null}"),
        ROW("emptied: a text", CONNECTION "name=&~was.name=A", .body = "{\"name\":\"\"}"),
        ROW("emptied: a boolean", CONNECTION "shared=&~was.shared=true", .wrong = NOTHING),
        ROW("emptied: a number", "~call=PATCH /_mock/settings&rate_limit=&~was.rate_limit=1", .wrong = NOTHING),
        ROW("emptied: a number that may be null", "~call=PATCH /_mock/settings&seed=&~was.seed=1",
            .body = "{\"seed\":null}"),
        ROW("emptied: JSON", "~call=PATCH /_mock/settings&webhook_retry_seconds=&~was.webhook_retry_seconds=[1]",
            .wrong = NOTHING),
        ROW("emptied: words", "~call=POST /v1/agent-folders/a/agents&agent_ids=&~was.agent_ids=b",
            .body = "{\"agent_ids\":[]}"),
        ROW("emptied: pairs", "~call=PATCH /v1/credentials/a&values=&~was.values=b", .body = "{\"values\":{}}"),
        ROW("emptied: a secret", "~call=PATCH /_mock/webhooks/a&secret=&~was.secret=b", .wrong = NOTHING),
        ROW("emptied: a field of nobody", CONNECTION "zero=&~was.zero=a", .wrong = NOTHING),
        ROW("what it was is compared as lines are", CONNECTION "name=a%0D%0Ab&~was.name=a%0Ab", .wrong = NOTHING),
        ROW("a whole is a change", CONNECTION "*={\"name\":\"A\"}", .body = "{\"name\":\"A\"}"),
        ROW("of no change too", "~call=POST /v1/connections&name=A&~was.name=A", .body = "{}"),
    };
    (void)state;
    expect_calls(rows, COUNT(rows));
}

static void test_objects(void **state)
{
    static const struct row rows[] = {
        ROW("parts", "~call=POST /_mock/faults&match.path=/a&action.status=500&match.method=GET",
            .body = "{\"match\":{\"path\":\"/a\",\"method\":\"GET\"},\"action\":{\"status\":500}}"),
        ROW("parts of a whole", "~call=POST /_mock/faults&match={\"path\":\"/a\",\"method\":\"GET\"}&match.path=/b",
            .body = "{\"match\":{\"method\":\"GET\",\"path\":\"/b\"}}"),
        ROW("parts of what is none", "~call=POST /_mock/faults&match=[]&match.path=/b",
            .wrong = "match: that is no JSON object"),
        ROW("parts of parts", "~call=POST /v1/connections&headers.secret=A=1&headers.plaintext=B=2%0AC:3",
            .body = "{\"headers\":{\"secret\":{\"A\":\"1\"},\"plaintext\":{\"B\":\"2\",\"C\":\"3\"}}}"),
        ROW("deeper", "~call=POST /v1/nothing&a.b.c.d=1&a.b.e=2&a.f=3",
            .body = "{\"a\":{\"b\":{\"c\":{\"d\":\"1\"},\"e\":\"2\"},\"f\":\"3\"}}"),
        ROW("names without letters", "~call=POST /v1/nothing&a..b=1", .body = "{\"a\":{\"\":{\"b\":\"1\"}}}"),
        ROW("a body", "~call=POST /_mock/faults&*={\"match\":{},\"times\":1}&times=2",
            .body = "{\"match\":{},\"times\":2}"),
        ROW("a body alone is as it is", "~call=POST /_mock/faults&*= {\"a\": 1} x", .body = " {\"a\": 1} x"),
        ROW("a body that is no object", "~call=POST /_mock/faults&*=1&times=2",
            .wrong = "body: that is no JSON object"),
        ROW("no body", "~call=POST /_mock/faults", .body = "{}"),
        ROW("of one that takes any", "~call=POST /_mock/inbox/a", .body = NULL),
        ROW("of one that takes none", "~call=DELETE /_mock/faults", .body = NULL),
        ROW("of one that there is not", "~call=POST /v1/nothing", .body = NULL),
        ROW("masks", "~call=POST /v1/connections&server_url=https://a/?api_key=[redacted:12]", .wrong = MASKED),
        ROW("masks in a body", "~call=POST /v1/connections&*={\"a\":\"[redacted]\"}", .wrong = MASKED),
        ROW("masks in a form", "~call=POST /_mock/mcp/oauth/token&*={\"a\":\"[redacted]\"}", .wrong = MASKED),
        ROW("a form", "~call=POST /_mock/mcp/oauth/token&*={\"a\":\"b c\"}", .body = "a=b%20c"),
        ROW("no form", "~call=POST /_mock/mcp/oauth/token&*=[]", .wrong = "body: that is no JSON object"),
    };
    (void)state;
    expect_calls(rows, COUNT(rows));
}

static void test_addresses(void **state)
{
    static const struct row rows[] = {
        ROW("a parameter", "~call=GET /v1/connections/{id}/x&:id=a/b%25 c", .uri = "/v1/connections/a%2Fb%25%20c/x"),
        ROW("behind a brace", "~call=GET /v1/a}{b}&:b=1", .uri = "/v1/a}1"),
        ROW("a brace behind it", "~call=GET /v1/{b}}{c&:b=1&:c=2&:=3", .uri = "/v1/1}{c"),
        ROW("two", "~call=GET /v1/{a}/{b}{a}&:a=1&:b=2", .uri = "/v1/1/21"),
        ROW("an empty one", "~call=GET /v1/connections/{id}&:id=", .uri = "/v1/connections/"),
        ROW("one that is not given", "~call=GET /v1/connections/{id}&id=a",
            .uri = "/v1/connections/{id}", .body = "{\"id\":\"a\"}"),
        ROW("braces that are none", "~call=GET /a}{b}/{}{c&:b=1&:=2&:c=3", .uri = "/a}1/2{c"),
        ROW("a query", "~call=GET /v1/connections&?limit=5&?search=a%26b&?status=",
            .uri = "/v1/connections?limit=5&search=a%26b"),
        ROW("and one that is there", "~call=GET /v1/connections?limit=5&?a+b=1",
            .uri = "/v1/connections?limit=5&a%20b=1"),
        ROW("the call before has no parameters", "~call=GET /v1/{a}&:a=1&~first=GET /v2/{a}", .uri = "/v1/1"),
    };
    (void)state;
    expect_calls(rows, COUNT(rows));
}

/* Of a space's console: both calls are of that space, and their routes are known all the same. */
static void test_space(void **state)
{
    (void)state;
    struct request *rq = form_request(T("/_mock/s/a/_mock/?tab=clock"), strlen("/_mock/s/a"),
                                      "~call=GET /v1/{x}&:x=connections&?limit=1&~first=PUT /_mock/snapshots/{x}");
    struct form_fields fields = { .n = 0 };
    struct form_call call;
    assert_int_equal(form_read(rq, &fields), OK);
    assert_int_equal(form_call_of(rq, &fields, &call), OK);
    assert_int_equal(call.n, 2);
    expect_text("first", "method", call.calls[0].method, "PUT");
    expect_text("first", "uri", call.calls[0].uri, "/_mock/s/a/_mock/snapshots/{x}");
    expect_text("first", "body", call.calls[0].body, NULL);
    expect_text("first", "key", call.calls[0].key, NULL);
    assert_string_equal(call.routes[0]->operation, "takeSnapshot");
    expect_text("call", "method", call.calls[1].method, "GET");
    expect_text("call", "uri", call.calls[1].uri, "/_mock/s/a/v1/connections?limit=1");
    expect_text("call", "key", call.calls[1].key, OWNER);
    assert_string_equal(call.routes[1]->operation, "listConnections");
    request_free(rq);
}

/* Names that go ever deeper end where JSON does. */
static void test_depth(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buf form = buf_new(arena, LIMIT_BODY);
    buf_add(&form, T("~call=POST /v1/nothing&b=1&a"));
    while (form.n < LIMIT_BODY / 8)
        buf_add(&form, T(".a"));
    buf_add(&form, T("=1"));
    struct request *rq = form_request(T("/_mock/"), 0, text_cstr(arena, buf_text(&form)));
    struct form_fields fields = { .n = 0 };
    struct form_call call;
    assert_int_equal(form_read(rq, &fields), OK);
    assert_int_equal(form_call_of(rq, &fields, &call), OK);
    assert_true(is_json(call.calls[0].body));
    assert_true(call.calls[0].body.n < 1000);
    request_free(rq);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),  cmocka_unit_test(test_pairs),     cmocka_unit_test(test_changes),
        cmocka_unit_test(test_objects), cmocka_unit_test(test_addresses), cmocka_unit_test(test_space),
        cmocka_unit_test(test_depth),
    };
    return cmocka_run_group_tests_name("form calls", tests, rig_setup, rig_teardown);
}
