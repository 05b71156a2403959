#include "space/fault_order.h"

#include "base/limit.h"
#include "request/operation.h"
#include "spec/lookup.h"

#include <stdlib.h>
#include <string.h>

/* What frames the message is not the fault's to say. */
static const char *check_fault_header(struct text name)
{
    if (text_eq_nocase(name, T("content-length")) || text_eq_nocase(name, T("transfer-encoding")))
        return "Invalid header name: the mock sets it from the body; see truncate";
    return text_is_token(name) ? NULL : "Invalid header name";
}

static const char *check_value(struct text t)
{
    for (size_t i = 0; i < t.n; i++)
        if ((unsigned char)t.p[i] < 0x20 || (unsigned char)t.p[i] > 0x7e)
            return "Invalid header value: expected printable ASCII";
    return NULL;
}

#define A struct fault_action
static const struct field action_fields[] = {
    FIELD_INT(A, status, .min = 200, .max = 599, .doc = "Answer with this status", .example = "503"),
    FIELD_JSON(A, body, .doc = "And this body; the API's own error body when left out", .example = "{\"error\":\"x\"}"),
    FIELD_MAP(A, headers, .max = LIMIT_FAULT_HEADERS, .key_max = LIMIT_HEADER_NAME,
              .value_max = LIMIT_HEADER_VALUE, .check_key = check_fault_header, .check = check_value,
              .doc = "And these headers", .example = "{\"retry-after\": \"1\"}"),
    FIELD_BOOL(A, reset, .doc = "Reset the connection (RST)"),
    FIELD_BOOL(A, empty, .doc = "Close the connection without a byte"),
    FIELD_BOOL(A, malformed_json, .doc = "Send a body of broken JSON"),
    FIELD_BOOL(A, hang, .doc = "Send nothing, and keep the connection open"),
    FIELD_INT(A, truncate, .max = LIMIT_REPLY, .doc = "Send so many bytes of the body, and close", .example = "100"),
    FIELD_BOOL(A, after_handler, .doc = "Beside another action: the request is done first, its reply is lost"),
    FIELD_JSON(A, delay_ms, .doc = "Wait so many milliseconds first: a number, or {min, max}", .example = "200"),
};
#undef A

static const struct field range_fields[] = {
    FIELD_INT(struct fault_range, min, .flags = REQUIRED, .max = LIMIT_DELAY_MS, .doc = "At least"),
    FIELD_INT(struct fault_range, max, .flags = REQUIRED, .max = LIMIT_DELAY_MS, .doc = "At most"),
};
static const struct spec range_spec = SPEC(struct fault_range, "DelayRange", range_fields);

bool fault_parse_delay(struct arena *arena, struct text json, struct fault_range *ret)
{
    struct problems problems = problems_new(arena, true, T(", "));
    int64_t exact;
    int line, column;
    if (text_to_uint(json, &exact)) {
        *ret = (struct fault_range){ SET_INT(exact), SET_INT(exact) };
        return exact <= LIMIT_DELAY_MS;
    }
    return spec_parse_json(&range_spec, 0, T(""), json, &problems, ret, &line, &column) == JSON_OK &&
           !problems.count && ret->min.v <= ret->max.v;
}

bool fault_is_on(struct v_bool flag)
{
    return flag.is == VALUE_SET && flag.v;
}

static bool has_no_body(int64_t status)
{
    return status == 204 || status == 205 || status == 304; /* RFC 9110 sections 15.3.5, 15.3.6, 15.4.5 */
}

static int count_acts(const struct fault_action *a)
{
    return (a->status.is == VALUE_SET) + fault_is_on(a->reset) + fault_is_on(a->empty) +
           fault_is_on(a->malformed_json) + fault_is_on(a->hang) + (a->truncate.is == VALUE_SET);
}

/* "status" when it is about which of them is there. */
static const char *check_acts(const struct fault_action *a, struct text *ret_path)
{
    const int acts = count_acts(a);
    *ret_path = T("status");
    if (acts > 1)
        return "Expected one of status, reset, empty, malformed_json, hang and truncate";
    if (acts || a->delay_ms.is == VALUE_SET)
        return NULL;
    if (!fault_is_on(a->after_handler))
        return "Required: or reset, empty, malformed_json, hang, truncate or delay_ms";
    *ret_path = T("after_handler");
    return "Expected beside it status, reset, empty, malformed_json, hang, truncate or delay_ms";
}

static const char *check_action(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct fault_action *a = object;
    struct fault_range delay;
    const char *wrong;
    *ret_path = T("delay_ms");
    if (a->delay_ms.is == VALUE_SET && !fault_parse_delay(arena, a->delay_ms.v, &delay))
        return "Invalid input: expected 0 to 600000, or an object of min and max";
    if ((wrong = check_acts(a, ret_path)))
        return wrong;
    *ret_path = T("status");
    if (a->status.is != VALUE_SET && (a->body.is == VALUE_SET || a->headers.is == VALUE_SET))
        return "Required with body or headers";
    *ret_path = T("body");
    return a->body.is == VALUE_SET && has_no_body(a->status.v) ? "A reply of this status has no body" : NULL;
}

static const struct spec action_spec = SPEC_WITH(struct fault_action, "FaultAction", action_fields,
                                                 .check = check_action, .doc = "What goes wrong.");

bool fault_parse_probability(struct text json, double *ret)
{
    char text[64], *end;
    if (!json.n || json.n >= sizeof text)
        return false;
    memcpy(text, json.p, json.n);
    text[json.n] = '\0';
    *ret = strtod(text, &end);
    return *end == '\0' && text[0] != '"' && *ret >= 0 && *ret <= 1;
}

/* The only requests that meet faults (router/run.h). */
static bool is_api(const struct route *route)
{
    return route->version > 0;
}

static const char *check_order(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct fault_order *order = object;
    double probability;
    (void)arena;
    *ret_path = T("match/operation");
    if (order->match.operation.is == VALUE_SET && !operation_any(order->match.operation.v, is_api))
        return "Faults are for operations of /v1 and /v2: this one is of the mock itself";
    *ret_path = T("match/event");
    if (order->match.event.is == VALUE_SET)
        return MATCH_NO_EVENT;
    *ret_path = T("match/status");
    if (order->match.status.is == VALUE_SET)
        return "A fault acts before there is a status";
    *ret_path = T("probability");
    return order->probability.is == VALUE_SET && !fault_parse_probability(order->probability.v, &probability)
               ? "Invalid input: expected a number from 0 to 1" : NULL;
}

#define O struct fault_order
static const struct field order_fields[] = {
    FIELD_OBJECT(O, match, struct match, .flags = REQUIRED, .sub = &match_spec, .doc = "Which requests",
                 .example = "{\"operation\": \"listConnections\"}"),
    FIELD_OBJECT(O, action, struct fault_action, .flags = REQUIRED, .sub = &action_spec, .doc = "What goes wrong",
                 .example = "{\"status\": 503, \"delay_ms\": 200}"),
    FIELD_INT(O, times, .min = 1, .max = 1000000, .doc = "Number of requests; all when left out", .example = "2"),
    FIELD_INT(O, after, .max = 1000000, .doc = "Number of requests to let pass first", .example = "0"),
    FIELD_JSON(O, probability, .doc = "Chance from 0 to 1", .example = "1"),
    FIELD_INT(O, ttl_seconds, .min = 1, .max = 30 * 24 * 3600, .doc = "Duration in seconds, by the space's clock"),
};
#undef O
const struct spec fault_order_spec = SPEC_WITH(struct fault_order, "OrderFault", order_fields, .check = check_order);
