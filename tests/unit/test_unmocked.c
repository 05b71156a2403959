/* What Duvo documents and nobody mocks: a walk over the list of operations. Each is known wherever operations are. */
#include "request/operation.h"
#include "request/route.h"
#include "rig.h"
#include "space/journal.h"
#include "space/space.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>


static int start(void **state)
{
    (void)state;
    rig_open(&rig, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    rig_close(&rig);
    return 0;
}

/* The path with something for each parameter, and several segments for a rest. */
static const char *address_of(const struct route *route)
{
    static char address[400];
    size_t n = 0;
    for (struct text rest = text_of(route->path + 1); rest.p;) {
        bool param;
        const struct text piece = route_piece(&rest, &param);
        const struct text is = text_eq(piece, T("*")) ? T("some/file%20or/other.txt") : T("6f1d2c3b");
        n += (size_t)snprintf(address + n, sizeof address - n, "/%.*s", TEXT_ARG(param ? is : piece));
    }
    return address;
}

/* Calls see for each that is not mocked; how many that were. */
static size_t each_unmocked(void (*see)(const struct route *one, struct ask ask))
{
    size_t n = 0;
    for (size_t i = 0; i < documented_count; i++)
        if (!documented_is_mocked(&documented[i])) {
            const bool body = documented[i].method != METHOD_GET && documented[i].method != METHOD_DELETE;
            see(&documented[i], ASK(method_names[documented[i].method], address_of(&documented[i]),
                                    .type = body ? JSON : NULL, .body = body ? "{\"task\":\"t\"}" : NULL));
            n++;
        }
    return n;
}

static bool take_last(void *cls, const struct journal_entry *entry)
{
    const struct route **last = cls;
    *last = entry->route;
    return true;
}

static void expect_not_found(const struct route *one, struct ask ask)
{
    const struct route *last = NULL;
    char warning[200], body[600];
    snprintf(warning, sizeof warning, "%s is documented by Duvo but not mocked; a fault with a body can stand in",
             one->operation);
    snprintf(body, sizeof body, "{\"statusCode\":404,\"error\":\"Not Found\",\"message\":\"Route %s:%s not found\"}",
             ask.method, ask.uri);
    struct request *rq = rig_ask(&rig, ask);
    assert_int_equal(rq->reply.status, 404);
    assert_string_equal(reply_value(rq, "x-mock-warning"), warning);
    assert_null(reply_value(rq, "www-authenticate"));
    assert_true(text_eq(reply_bytes(&rq->reply), text_of(body)));
    journal_walk(space_journal(rq->home), take_last, &last);
    assert_ptr_equal(last, one);
    request_free(rq);
}

static void test_each_is_told(void **state)
{
    (void)state;
    assert_true(each_unmocked(expect_not_found) > 200);
}

static void expect_stand_in(const struct route *one, struct ask ask)
{
    char order[400], verify[400];
    rig_expect(&rig, ASK("DELETE", "/_mock/faults"), 200, NULL);
    rig_expect(&rig, ASK("DELETE", "/_mock/requests"), 200, NULL);
    snprintf(order, sizeof order, "{\"match\":{\"operation\":\"%s%s\"%s},\"action\":{\"status\":201,\"body\":[7]}}",
             one->operation, one->version == 1 ? "V1" : "", ask.body ? ",\"body\":{\"/task\":\"t\"}" : "");
    rig_expect(&rig, ASK("POST", "/_mock/faults", .type = JSON, .body = order), 201, NULL);
    struct request *rq = rig_ask(&rig, ask);
    assert_int_equal(rq->reply.status, 201);
    assert_null(reply_value(rq, "x-mock-warning"));
    assert_true(text_eq(reply_bytes(&rq->reply), T("[7]")));
    request_free(rq);
    snprintf(verify, sizeof verify, "{\"match\":{\"operation\":\"%s\"},\"count\":1}", one->operation);
    rig_expect(&rig, ASK("POST", "/_mock/verify", .type = JSON, .body = verify), 200, "{\"matched\":1}");
    snprintf(order, sizeof order, "{\"outcome\":\"deny\",\"match\":{\"operation\":\"%s\"}}", one->operation);
    rig_expect_part(&rig, ASK("POST", "/_mock/oauth/next", .type = JSON, .body = order), 400,
                    "body/match/operation No consent is asked for in this operation");
}

static void test_a_fault_stands_in(void **state)
{
    (void)state;
    assert_true(each_unmocked(expect_stand_in) > 200);
}

static bool is_api(const struct route *route)
{
    return route->version > 0;
}

static bool asks_for_consent(const struct route *route)
{
    return route->also & E_CONSENT;
}

/* Each name of a route is taken where such a request can be met, and nowhere else. */
static void test_where_names_are_taken(void **state)
{
    (void)state;
    static const struct {
        const char *uri, *rest;
        bool (*is)(const struct route *route);
        unsigned status;
        const char *refused;
    } rows[] = {
        { "/_mock/verify", "\"count\":0", journal_keeps, 200,
          "The journal has no control calls: this operation is one" },
        { "/_mock/faults", "\"action\":{\"reset\":true}", is_api, 201,
          "Faults are for operations of /v1 and /v2: this one is of the mock itself" },
        { "/_mock/oauth/next", "\"outcome\":\"deny\"", asks_for_consent, 201,
          "No consent is asked for in this operation: expected startComposio or authorize or connectComposio or "
          "mcpAuthorize" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t k = 0; k < route_count; k++) {
            char body[200], message[300];
            const bool is = operation_any(text_of(routes[k].operation), rows[i].is);
            snprintf(body, sizeof body, "{\"match\":{\"operation\":\"%s\"},%s}", routes[k].operation, rows[i].rest);
            snprintf(message, sizeof message, "body/match/operation %s", rows[i].refused);
            rig_expect_part(&rig, ASK("POST", rows[i].uri, .type = JSON, .body = body), is ? rows[i].status : 400,
                            is ? "{" : message);
        }
}

/* The filter of the journal takes what verify takes. */
static void test_filter(void **state)
{
    (void)state;
    rig_expect_part(&rig, ASK("GET", "/_mock/requests?operation=startRun"), 200, "\"total\":0");
    rig_expect_part(&rig, ASK("GET", "/_mock/requests?operation=mcpPost"), 200, "\"total\":0");
    rig_expect_part(&rig, ASK("DELETE", "/_mock/requests?operation=resetSpace"), 400,
                    "querystring/operation The journal has no control calls: this operation is one");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_each_is_told, start, stop),
        cmocka_unit_test_setup_teardown(test_a_fault_stands_in, start, stop),
        cmocka_unit_test_setup_teardown(test_where_names_are_taken, start, stop),
        cmocka_unit_test_setup_teardown(test_filter, start, stop),
    };
    return cmocka_run_group_tests_name("unmocked", tests, NULL, NULL);
}
