#include "space/match.h"

#include "base/limit.h"
#include "request/route.h"
#include "spec/lookup.h"
#include "spec/write.h"

static const char *check_body(struct arena *arena, const void *object, struct text *ret_path);

#define M struct match
static const struct field match_fields[] = {
    FIELD_TEXT(M, operation, .min = 1, .max = LIMIT_SLUG, .doc = "Operation id; without V1, of either version",
               .example = "\"createConnection\""),
    FIELD_TEXT(M, method, .min = 1, .max = LIMIT_SLUG, .doc = "HTTP method", .example = "\"POST\""),
    FIELD_TEXT(M, path, .min = 1, .max = LIMIT_URL, .doc = "Path without its query; * stands for any characters",
               .example = "\"/v1/connections/*\""),
    FIELD_INT(M, status, .min = 100, .max = 599, .doc = "Status of the reply: for verify alone", .example = "201"),
    FIELD_MAP(M, header, .max = LIMIT_MATCH_HEADERS, .key_max = LIMIT_CREDENTIAL_NAME,
              .value_max = LIMIT_CREDENTIAL_VALUE, .doc = "Header name to value; * stands for any characters",
              .example = "{\"user-agent\": \"my-sdk/*\"}"),
    FIELD_JSON(M, body, .doc = "JSON pointer into the request's body to the value that has to be there",
               .example = "{\"/auth_method\": \"headers\"}"),
};
#undef M
const struct spec match_spec = SPEC_WITH(struct match, "Match", match_fields, .check = check_body,
                                         .doc = "Which requests are meant: all members that are given must hold.");

/* ---- subjects -------------------------------------------------------------------------------------------- */

static struct text path_of(struct text target)
{
    return text_clip(target, text_find(target, '?'));
}

struct match_subject match_subject_of(const struct request *rq)
{
    struct journal_header *headers = ARENA_ARRAY(rq->arena, rq->header_count, struct journal_header);
    for (size_t i = 0; i < rq->header_count; i++)
        headers[i] = (struct journal_header){ rq->headers[i].name, rq->headers[i].value };
    return (struct match_subject){
        .operation = text_of(rq->route ? rq->route->operation : ""),
        .version = rq->route ? rq->route->version : 0,
        .method = rq->method,
        .path = path_of(rq->target),
        .body = buf_text(&rq->body),
        .header_count = rq->header_count,
        .headers = headers,
        .arena = rq->arena,
    };
}

struct match_subject match_subject_of_entry(struct arena *arena, const struct journal_entry *entry)
{
    return (struct match_subject){
        .operation = text_of(entry->route ? entry->route->operation : ""),
        .version = entry->route ? entry->route->version : 0,
        .method = entry->method,
        .path = path_of(entry->target),
        .status = entry->status,
        .body = entry->request_body,
        .header_count = entry->request_header_count,
        .headers = entry->request_headers,
        .arena = arena,
    };
}

/* ---- the test -------------------------------------------------------------------------------------------- */

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

/* One member was looked at: the first that does not hold is the miss. */
struct test {
    const struct match_subject *subject;
    struct match_miss miss;
    bool missed;
};

static void look(struct test *t, bool holds, struct text member, struct text wanted, struct text got)
{
    if (t->missed)
        return;
    if (holds)
        t->miss.held++;
    else
        t->miss = (struct match_miss){ member, wanted, got, t->miss.held };
    t->missed = !holds;
}

static struct text header_of(const struct match_subject *subject, struct text name)
{
    for (size_t i = 0; i < subject->header_count; i++)
        if (text_eq_nocase(subject->headers[i].name, name))
            return subject->headers[i].value;
    return (struct text){ NULL, 0 };
}

static void look_at_headers(struct test *t, const struct v_map *wanted)
{
    for (size_t i = 0; i < wanted->n; i++) {
        const struct text value = header_of(t->subject, wanted->v[i].name);
        const struct text member = text_format(t->subject->arena, "header/%.*s", TEXT_ARG(wanted->v[i].name));
        look(t, value.p && fits(wanted->v[i].value, value), member, wanted->v[i].value, value.p ? value : T("(none)"));
    }
}

static void look_at_member(void *cls, struct text pointer, struct text value)
{
    struct test *t = cls;
    struct text got = T("(none)");
    const bool there = spec_json_at(t->subject->arena, t->subject->body, pointer, &got);
    look(t, there && spec_json_equal(got, value), text_format(t->subject->arena, "body%.*s", TEXT_ARG(pointer)), value,
         got);
}

/* An operation of both versions is meant by its name; in /v1 alone by the one that the contract of both gives it. */
static bool is_operation(const struct match_subject *subject, struct text wanted)
{
    const size_t n = subject->operation.n;
    return text_eq(wanted, subject->operation) ||
           (subject->version == 1 && wanted.n == n + 2 && text_eq(text_clip(wanted, n), subject->operation) &&
            text_eq(text_from(wanted, n), T("V1")));
}

bool match_holds(const struct match *match, const struct match_subject *subject, struct match_miss *ret_miss)
{
    struct test t = { .subject = subject };
    if (match->operation.is == VALUE_SET)
        look(&t, is_operation(subject, match->operation.v), T("operation"), match->operation.v, subject->operation);
    if (match->method.is == VALUE_SET)
        look(&t, text_eq_nocase(match->method.v, subject->method), T("method"), match->method.v, subject->method);
    if (match->path.is == VALUE_SET)
        look(&t, fits(match->path.v, subject->path), T("path"), match->path.v, subject->path);
    if (match->status.is == VALUE_SET)
        look(&t, match->status.v == (int64_t)subject->status, T("status"), int_text(subject->arena, match->status.v),
             int_text(subject->arena, subject->status));
    look_at_headers(&t, &match->header);
    if (match->body.is == VALUE_SET && !t.missed)
        spec_json_members(subject->arena, match->body.v, look_at_member, &t);
    if (ret_miss)
        *ret_miss = t.miss;
    return !t.missed;
}

/* ---- as JSON --------------------------------------------------------------------------------------------- */

struct pointers {
    bool wrong;
};

static void check_pointer(void *cls, struct text name, struct text value)
{
    struct pointers *pointers = cls;
    (void)value;
    pointers->wrong |= name.n > 0 && name.p[0] != '/';
}

static const char *check_body(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct match *match = object;
    struct pointers pointers = { false };
    *ret_path = T("body");
    if (match->body.is != VALUE_SET)
        return NULL;
    if (!spec_json_members(arena, match->body.v, check_pointer, &pointers))
        return "Invalid input: expected an object of JSON pointers";
    return pointers.wrong ? "Invalid JSON pointer: expected it to begin with /" : NULL;
}

struct text match_json(struct arena *arena, const struct match *match)
{
    struct buf b = buf_new(arena, LIMIT_BODY * 6);
    struct json j = jw_new(&b);
    spec_write(&j, &match_spec, 0, match);
    return buf_text(&b);
}

bool match_json_holds(struct arena *arena, struct text json, const struct match_subject *subject)
{
    struct problems problems = problems_new(arena, false, T(", "));
    struct match match = { .is = VALUE_ABSENT };
    int line, column;
    return spec_parse_json(&match_spec, 0, T(""), json, &problems, &match, &line, &column) == JSON_OK &&
           !problems.count && match_holds(&match, subject, NULL);
}
