#include "control/match.h"

#include "limit.h"
#include "routes.h"
#include "spec_write.h"

#define M struct match
static const struct field match_fields[] = {
    FIELD_TEXT(M, operation, .min = 1, .max = LIMIT_SLUG, .doc = "Operation id", .example = "\"createConnection\""),
    FIELD_TEXT(M, method, .min = 1, .max = LIMIT_SLUG, .doc = "HTTP method", .example = "\"POST\""),
    FIELD_TEXT(M, path, .min = 1, .max = LIMIT_URL, .doc = "Path without its query; * stands for any characters",
               .example = "\"/v1/connections/*\""),
    FIELD_MAP(M, header, .max = LIMIT_MATCH_HEADERS, .key_max = LIMIT_CREDENTIAL_NAME,
              .value_max = LIMIT_CREDENTIAL_VALUE, .doc = "Header name to value; * stands for any characters",
              .example = "{\"user-agent\": \"my-sdk/*\"}"),
};
#undef M
const struct spec match_spec = SPEC_WITH(struct match, "Match", match_fields,
                                         .doc = "Which requests are meant: all members that are given must hold.");

struct match_subject match_subject_of(const struct request *rq)
{
    return (struct match_subject){
        .operation = text_of(rq->route ? rq->route->operation : ""),
        .method = rq->method,
        .path = { rq->target.p, text_find(rq->target, '?') },
        .rq = rq,
    };
}

/* Greedy, with the last star as the place to go back to. */
static bool fits(struct text pattern, struct text t)
{
    size_t p = 0, i = 0, star = SIZE_MAX, mark = 0;
    while (i < t.n) {
        if (p < pattern.n && pattern.p[p] == '*') {
            star = p++;
            mark = i;
        } else if (p < pattern.n && pattern.p[p] == t.p[i]) {
            p++;
            i++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            i = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.n && pattern.p[p] == '*')
        p++;
    return p == pattern.n;
}

static bool headers_hold(const struct v_map *wanted, const struct request *rq)
{
    for (size_t i = 0; i < wanted->n; i++) {
        const struct text value = request_header(rq, wanted->v[i].name);
        if (!value.p || !fits(wanted->v[i].value, value))
            return false;
    }
    return true;
}

bool match_holds(const struct match *match, const struct match_subject *subject)
{
    return (match->operation.is != VALUE_SET || text_eq(match->operation.v, subject->operation)) &&
           (match->method.is != VALUE_SET || text_eq_nocase(match->method.v, subject->method)) &&
           (match->path.is != VALUE_SET || fits(match->path.v, subject->path)) &&
           headers_hold(&match->header, subject->rq);
}

bool match_json_holds(struct arena *arena, struct text json, const struct match_subject *subject)
{
    struct problems problems = problems_new(arena, false, T(", "));
    struct match match = { .is = VALUE_ABSENT };
    int line, column;
    return spec_parse_json(&match_spec, 0, T(""), json, &problems, &match, &line, &column) == JSON_OK &&
           !problems.count && match_holds(&match, subject);
}

struct text match_json(struct arena *arena, const struct match *match)
{
    struct buf b = buf_new(arena, LIMIT_BODY * 6);
    struct json j = jw_new(&b);
    spec_write(&j, &match_spec, 0, match);
    return buf_text(&b);
}
