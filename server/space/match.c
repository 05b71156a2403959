#include "space/match.h"

#include "base/limit.h"
#include "base/uri.h"
#include "request/operation.h"
#include "request/route.h"
#include "space/events.h"
#include "spec/lookup.h"
#include "spec/write.h"

const char *const match_origins[] = { "client", "self", "any", NULL };

const char *match_check_path(struct text pattern)
{
    if (!text_starts(pattern, T("/")) && !text_starts(pattern, T("*")))
        return "Invalid path: expected it to begin with / or *, as in \"/v1/connections\" or \"*/connections\"";
    if (text_find(pattern, '?') < pattern.n)
        return "Invalid path: expected no query; match it with \"query\": {\"name\": \"value\"}";
    if (text_starts(pattern, T("/_mock/s/")))
        return "Invalid path: expected no /_mock/s/NAME: a match is about the space of its URL";
    return NULL;
}

const char *match_check_method(struct text method)
{
    static const char *const known[] = { "GET",    "HEAD",    "POST",  "PUT",    "PATCH",
                                        "DELETE", "OPTIONS", "TRACE", "CONNECT", NULL };
    return text_index_nocase(method, known) >= 0
               ? NULL : "Unknown method: expected GET, HEAD, POST, PUT, PATCH, DELETE or another of HTTP's";
}

static const char *check_match_key(struct text key)
{
    return text_starts(key, T("dv_")) ? "Invalid key: expected the e-mail address of the key's owner" : NULL;
}

static const char *check_body(struct arena *arena, const void *object, struct text *ret_path);

#define M struct match
static const struct field match_fields[] = {
    FIELD_TEXT(M, operation, .min = 1, .max = LIMIT_SLUG, .check = operation_check,
               .doc = "Operation id; without V1, of either version",
               .example = "\"createConnection\""),
    FIELD_TEXT(M, method, .min = 1, .max = LIMIT_SLUG, .check = match_check_method,
               .doc = "HTTP method", .example = "\"POST\""),
    FIELD_TEXT(M, path, .min = 1, .max = LIMIT_URL, .check = match_check_path,
               .doc = "Path without its query; * stands for any characters", .example = "\"/v1/connections/*\""),
    FIELD_MAP(M, query, .max = LIMIT_MATCH_PARAMETERS, .key_max = LIMIT_HEADER_NAME,
              .value_max = LIMIT_HEADER_VALUE,
              .doc = "Query parameter, decoded, to value; * stands for any characters",
              .example = "{\"type\": \"gmail\", \"cursor\": \"*\"}"),
    FIELD_TEXT(M, key, .min = 1, .max = LIMIT_NAME, .check = check_match_key,
               .doc = "E-mail address of the person whose API key was sent", .example = "\"olivia@acme.example\""),
    FIELD_INT(M, status, .min = 100, .max = 599, .doc = "Status of the reply: for verify alone", .example = "201"),
    FIELD_MAP(M, header, .max = LIMIT_MATCH_HEADERS, .key_max = LIMIT_HEADER_NAME,
              .value_max = LIMIT_HEADER_VALUE, .doc = "Header name to value; * stands for any characters",
              .example = "{\"user-agent\": \"my-sdk/*\"}"),
    FIELD_JSON(M, body, .doc = "JSON pointer into the request's body to the value that has to be there",
               .example = "{\"/auth_method\": \"headers\"}"),
    FIELD_ENUM(M, origin, .names = match_origins,
               .doc = "Who sent it: client (when left out), self (the mock, calling a server that it plays), or any",
               .example = "\"client\""),
    FIELD_ENUM(M, event, .names = event_names,
               .doc = "Events of this name are counted, and no requests: for verify alone, without other members",
               .example = "\"connection.updated\""),
};
#undef M
const struct spec match_spec = SPEC_WITH(struct match, "Match", match_fields, .check = check_body,
                                         .doc = "Which requests are meant: all members that are given must hold.");

bool match_asks_of_request(const struct match *match)
{
    return match->operation.is == VALUE_SET || match->method.is == VALUE_SET || match->path.is == VALUE_SET ||
           match->query.is == VALUE_SET || match->key.is == VALUE_SET || match->status.is == VALUE_SET ||
           match->header.is == VALUE_SET || match->body.is == VALUE_SET || match->origin.is == VALUE_SET;
}

/* ---- subjects -------------------------------------------------------------------------------------------- */

static void split_target(struct match_subject *subject, struct text target)
{
    subject->query = target;
    subject->path = text_cut(&subject->query, '?');
}

struct match_subject match_subject_of(const struct request *rq)
{
    struct match_subject subject = {
        .origin = rq->origin,
        .operation = text_of(rq->route ? rq->route->operation : ""),
        .version = rq->route ? rq->route->version : 0,
        .method = rq->method,
        .caller = rq->caller,
        .body = buf_text(&rq->body),
        .header_count = rq->header_count,
        .headers = rq->headers,
        .arena = rq->arena,
    };
    split_target(&subject, rq->target);
    return subject;
}

struct match_subject match_subject_of_entry(struct arena *arena, const struct journal_entry *entry)
{
    struct match_subject subject = {
        .origin = entry->origin,
        .operation = text_of(entry->route ? entry->route->operation : ""),
        .version = entry->route ? entry->route->version : 0,
        .method = entry->method,
        .status = entry->status,
        .caller = entry->caller,
        .body = entry->request_body.bytes,
        .body_lost = entry->request_body.lost,
        .header_count = entry->request_header_count,
        .headers = entry->request_headers,
        .arena = arena,
    };
    split_target(&subject, entry->target);
    return subject;
}

/* ---- members ----------------------------------------------------------------------------------------------- */

/* Greedy, with the last star as the place to go back to. */
bool match_pattern_fits(struct text pattern, struct text t)
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

struct look {
    const struct match_subject *subject;
    bool (*see)(void *cls, const struct match_member *member);
    void *cls;
    bool over;
};

static void look(struct look *l, struct match_member member)
{
    if (!l->over)
        l->over = !l->see(l->cls, &member);
}

/* A member that is known, and one value. */
static void look_at(struct look *l, enum match_part part, bool holds, struct text wanted, struct text got)
{
    look(l, (struct match_member){ .part = part, .wanted = wanted, .got = got, .holds = holds, .known = true });
}

static bool is_origin(const struct match *match, enum origin origin)
{
    const int wanted = match->origin.is == VALUE_SET ? match->origin.v : MATCH_CLIENT;
    return wanted == MATCH_ANY || wanted == (int)origin;
}

/* The next parameter of a query, decoded; one that cannot be is as it came. */
static struct pair take_parameter(struct arena *arena, struct text *query)
{
    struct pair pair = query_cut(query);
    if (!pair.value.p)
        pair.value = T("");
    uri_decode(arena, pair.name, true, &pair.name);
    uri_decode(arena, pair.value, true, &pair.value);
    return pair;
}

static void look_at_parameter(struct look *l, struct pair wanted)
{
    struct match_member member = { PART_QUERY, wanted.name, wanted.value, { NULL, 0 }, false, true };
    for (struct text query = l->subject->query; query.p && !member.holds;) {
        const struct pair pair = take_parameter(l->subject->arena, &query);
        if (!text_eq(pair.name, wanted.name))
            continue;
        member.got = pair.value;
        member.holds = match_pattern_fits(wanted.value, pair.value);
    }
    look(l, member);
}

static void look_at_header(struct look *l, struct pair wanted)
{
    const struct text value = header_find(l->subject->headers, l->subject->header_count, wanted.name);
    look(l, (struct match_member){ PART_HEADER, wanted.name, wanted.value, value,
                                   value.p && match_pattern_fits(wanted.value, value), true });
}

static void look_at_pointer(void *cls, struct text pointer, struct text value)
{
    struct look *l = cls;
    struct match_member member = { PART_BODY, pointer, value, { NULL, 0 }, false, !l->subject->body_lost };
    if (l->over)
        return;
    if (member.known && spec_json_at(l->subject->arena, l->subject->body, pointer, &member.got))
        member.holds = spec_json_equal(member.got, value);
    look(l, member);
}

static void look_at_line(struct look *l, const struct match *match)
{
    const struct match_subject *s = l->subject;
    if (match->operation.is == VALUE_SET)
        look_at(l, PART_OPERATION, operation_is(s->operation, s->version, match->operation.v), match->operation.v,
                s->operation.n ? s->operation : (struct text){ NULL, 0 });
    if (match->method.is == VALUE_SET)
        look_at(l, PART_METHOD, text_eq_nocase(match->method.v, s->method), match->method.v, s->method);
    if (match->path.is == VALUE_SET)
        look_at(l, PART_PATH, match_pattern_fits(match->path.v, s->path), match->path.v, s->path);
    for (size_t i = 0; i < match->query.n; i++)
        look_at_parameter(l, match->query.v[i]);
}

static void look_at_status(struct look *l, int64_t wanted, unsigned got)
{
    char wants[INT_TEXT_SIZE], has[INT_TEXT_SIZE];
    look_at(l, PART_STATUS, wanted == (int64_t)got, (struct text){ wants, int_format(wanted, wants) },
            got ? (struct text){ has, int_format(got, has) } : (struct text){ NULL, 0 });
}

void match_each(const struct match *match, const struct match_subject *subject,
                bool (*see)(void *cls, const struct match_member *member), void *cls)
{
    struct look l = { subject, see, cls, false };
    const int origin = match->origin.is == VALUE_SET ? match->origin.v : MATCH_CLIENT;
    look_at(&l, PART_ORIGIN, is_origin(match, subject->origin), text_of(match_origins[origin]),
            text_of(match_origins[subject->origin]));
    look_at_line(&l, match);
    if (match->key.is == VALUE_SET)
        look_at(&l, PART_KEY, subject->caller.n && text_eq_nocase(match->key.v, subject->caller), match->key.v,
                subject->caller.n ? subject->caller : (struct text){ NULL, 0 });
    if (match->status.is == VALUE_SET)
        look_at_status(&l, match->status.v, subject->status);
    for (size_t i = 0; i < match->header.n; i++)
        look_at_header(&l, match->header.v[i]);
    if (match->body.is == VALUE_SET && !l.over)
        spec_json_members(subject->arena, match->body.v, look_at_pointer, &l);
}

/* ---- the test ---------------------------------------------------------------------------------------------- */

static bool judge_member(void *cls, const struct match_member *member)
{
    enum match_verdict *verdict = cls;
    if (!member->known)
        *verdict = MATCH_UNKNOWN;
    else if (!member->holds)
        *verdict = MATCH_NO;
    return *verdict != MATCH_NO;
}

enum match_verdict match_judge(const struct match *match, const struct match_subject *subject)
{
    enum match_verdict verdict = MATCH_YES;
    match_each(match, subject, judge_member, &verdict);
    return verdict;
}

bool match_holds(const struct match *match, const struct match_subject *subject)
{
    return match_judge(match, subject) == MATCH_YES;
}

/* ---- what was forgotten ------------------------------------------------------------------------------------- */

/* A route's path as a pattern: a parameter is anything. */
static struct text pattern_of(struct arena *arena, const struct route *route)
{
    struct text rest = text_of(route->path + 1);
    struct buf b = buf_new(arena, LIMIT_URI);
    while (rest.p) {
        bool param;
        const struct text piece = route_piece(&rest, &param);
        buf_add_char(&b, '/');
        buf_add(&b, param ? T("*") : piece);
    }
    return buf_text(&b);
}

/* Whether some text fits both patterns. `row[j]` is the answer for the rests of `a` from i and of `b` from j on. */
static bool patterns_meet(struct arena *arena, struct text a, struct text b)
{
    bool *below = ARENA_ARRAY(arena, b.n + 1, bool), *row = ARENA_ARRAY(arena, b.n + 1, bool);
    for (size_t i = a.n + 1; i-- > 0;) {
        for (size_t j = b.n + 1; j-- > 0;) {
            if (i < a.n && a.p[i] == '*')
                row[j] = below[j] || (j < b.n && row[j + 1]);
            else if (j < b.n && b.p[j] == '*')
                row[j] = row[j + 1] || (i < a.n && below[j]);
            else if (i == a.n || j == b.n)
                row[j] = i == a.n && j == b.n;
            else
                row[j] = a.p[i] == b.p[j] && below[j + 1];
        }
        memcpy(below, row, (b.n + 1) * sizeof *row);
    }
    return below[0];
}

/* HEAD is answered as GET. */
static bool may_be_method(struct text method, const struct route *route)
{
    return text_eq_nocase(method, text_of(method_names[route->method])) ||
           (route->method == METHOD_GET && text_eq_nocase(method, T("HEAD")));
}

bool match_may_have_held(struct arena *arena, const struct match *match, const struct journal_dropped *dropped)
{
    const struct route *route = dropped->route;
    if (!is_origin(match, dropped->origin))
        return false;
    if (!route)
        return match->operation.is != VALUE_SET;
    return (match->operation.is != VALUE_SET ||
            operation_is(text_of(route->operation), route->version, match->operation.v)) &&
           (match->method.is != VALUE_SET || may_be_method(match->method.v, route)) &&
           (match->path.is != VALUE_SET || patterns_meet(arena, match->path.v, pattern_of(arena, route)));
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
           !problems.count && match_holds(&match, subject);
}
