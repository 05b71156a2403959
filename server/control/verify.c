/* Verify: whether the requests came that a test expects, now or within a moment. */
#include "api/handlers.h"
#include "base/clock.h"
#include "space/match.h"
#include "base/limit.h"
#include "spec/redact.h"
#include "request/route.h"
#include "request/server.h"
#include "space/directory.h"
#include "spec/lookup.h"

struct verify_body {
    struct match match;
    struct v_json count;
    struct v_int within_ms;
};

struct count_range {
    struct v_int min, max;
};

static const struct field range_fields[] = {
    FIELD_INT(struct count_range, min, .doc = "At least"),
    FIELD_INT(struct count_range, max, .doc = "At most"),
};
static const struct spec range_spec = SPEC(struct count_range, "CountRange", range_fields);

/* A number, or {min, max}; a count that is left out is at least one. */
static bool parse_count(struct arena *arena, const struct v_json *count, struct count_range *ret)
{
    struct problems problems = problems_new(arena, true, T(", "));
    int64_t exact;
    int line, column;
    *ret = (struct count_range){ SET_INT(1), { .is = VALUE_ABSENT } };
    if (count->is != VALUE_SET)
        return true;
    if (text_to_uint(count->v, &exact)) {
        *ret = (struct count_range){ SET_INT(exact), SET_INT(exact) };
        return true;
    }
    *ret = (struct count_range){ SET_INT(0), { .is = VALUE_ABSENT } };
    struct count_range range = { .min = { .is = VALUE_ABSENT } };
    if (spec_parse_json(&range_spec, 0, T(""), count->v, &problems, &range, &line, &column) != JSON_OK ||
        problems.count || (range.min.is == VALUE_SET && range.max.is == VALUE_SET && range.min.v > range.max.v))
        return false;
    if (range.min.is == VALUE_SET)
        ret->min = range.min;
    ret->max = range.max;
    return true;
}

static const char *check_count(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct verify_body *in = object;
    struct count_range range;
    *ret_path = T("count");
    return parse_count(arena, &in->count, &range) ? NULL
                                                  : "Invalid input: expected a number, or an object of min and max";
}

#define B struct verify_body
static const struct field body_fields[] = {
    FIELD_OBJECT(B, match, struct match, .flags = REQUIRED, .sub = &match_spec, .doc = "Which requests are counted"),
    FIELD_JSON(B, count, .doc = "How many are expected: a number, or {min, max}; at least one when left out",
               .example = "1"),
    FIELD_INT(B, within_ms, .fallback = "0", .max = LIMIT_VERIFY_MS, .doc = "How long to wait for them"),
};
#undef B
const struct spec verify_body = SPEC_WITH(struct verify_body, "Verify", body_fields, .check = check_count);

struct verify_reply {
    struct v_int matched;
};

static const struct field reply_fields[] = {
    FIELD_INT(struct verify_reply, matched, .flags = REQUIRED, .doc = "How many matched"),
};
const struct spec verify_reply = SPEC(struct verify_reply, "Verified", reply_fields);

/* What the journal has so far. */
struct tally {
    struct arena *arena;
    const struct match *match;
    int64_t matched, seen;
    struct match_miss nearest;
    struct text nearest_id;
    uint64_t nearest_number;
};

static bool count_entry(void *cls, const struct journal_entry *entry)
{
    struct tally *t = cls;
    struct match_miss miss;
    const struct match_subject subject = match_subject_of_entry(t->arena, entry);
    t->seen++;
    if (match_holds(t->match, &subject, &miss)) {
        t->matched++;
    } else if (!t->nearest.member.p || miss.held >= t->nearest.held) { /* of two as near, the newer */
        t->nearest = (struct match_miss){ text_copy(t->arena, miss.member), text_copy(t->arena, miss.wanted),
                                          text_copy(t->arena, miss.got), miss.held };
        t->nearest_id = text_copy(t->arena, entry->id);
        t->nearest_number = entry->number;
    }
    return true;
}

static struct text expected_text(struct arena *arena, const struct count_range *range)
{
    if (range->max.is != VALUE_SET)
        return text_format(arena, "at least %lld", (long long)range->min.v);
    if (range->min.v == range->max.v)
        return text_format(arena, "%lld", (long long)range->min.v);
    return text_format(arena, "%lld to %lld", (long long)range->min.v, (long long)range->max.v);
}

/* The value that a miss is about may be a secret: a header's, or a body's. */
static struct text shown_value(struct request *rq, struct text member, struct text value)
{
    const struct redactor redactor = { store_key(rq->server->store) };
    struct buf b = buf_new(rq->arena, LIMIT_REPLY);
    if (redact_is_secret_name(member))
        return redact_mask(&redactor, rq->arena, value);
    if (text_starts(member, T("body")) && value.n && (value.p[0] == '{' || value.p[0] == '[') &&
        spec_json_redact(&b, NULL, value, &redactor))
        value = buf_text(&b);
    return text_clip(redact_text(&redactor, rq->arena, value), 80);
}

struct nearest {
    struct arena *arena;
    uint64_t number;
    struct journal_entry *found;
};

static bool find_nearest(void *cls, const struct journal_entry *entry)
{
    struct nearest *n = cls;
    if (entry->number == n->number)
        n->found = journal_copy(n->arena, entry);
    return !n->found;
}

/* What the nearest request had. Of a body it is looked up again after the operation's own table has masked its secrets:
 * the place of a value says more than its name does. */
static struct text shown_got(struct request *rq, const struct tally *t)
{
    const struct redactor redactor = { store_key(rq->server->store) };
    struct nearest n = { rq->arena, t->nearest_number, NULL };
    struct buf b = buf_new(rq->arena, LIMIT_REPLY);
    struct text got = T("(none)");
    if (!text_starts(t->nearest.member, T("body")))
        return shown_value(rq, t->nearest.member, t->nearest.got);
    journal_walk(space_journal(rq->home), find_nearest, &n);
    if (n.found &&
        spec_json_redact(&b, n.found->route ? n.found->route->body : NULL, n.found->request_body, &redactor))
        spec_json_at(rq->arena, buf_text(&b), text_from(t->nearest.member, sizeof "body" - 1), &got);
    return text_clip(got, 80);
}

static enum err refuse(struct request *rq, const struct tally *t, const struct count_range *range)
{
    const struct text expected = expected_text(rq->arena, range);
    if (!t->nearest.member.p || t->matched > range->min.v)
        return fail(rq, ERR_NOT_VERIFIED, "Expected %.*s matching requests, got %lld of %lld", TEXT_ARG(expected),
                    (long long)t->matched, (long long)t->seen);
    return fail(rq, ERR_NOT_VERIFIED, "Expected %.*s matching requests, got %lld of %lld; nearest miss: request %.*s, "
                "%.*s is %.*s, not %.*s", TEXT_ARG(expected), (long long)t->matched, (long long)t->seen,
                TEXT_ARG(text_clip(t->nearest_id, 64)), TEXT_ARG(text_clip(t->nearest.member, 80)),
                TEXT_ARG(shown_got(rq, t)),
                TEXT_ARG(shown_value(rq, t->nearest.member, t->nearest.wanted)));
}

/* Too few can still become enough; too many stay so. */
enum err requests_verify(struct request *rq, struct reply *rp)
{
    const struct verify_body *in = rq->input;
    struct verify_reply *out = REQUEST_NEW(rq, struct verify_reply);
    struct count_range range;
    struct tally t = { .arena = rq->arena, .match = &in->match };
    parse_count(rq->arena, &in->count, &range);
    journal_walk(space_journal(rq->home), count_entry, &t);
    const bool enough = t.matched >= range.min.v, many = range.max.is == VALUE_SET && t.matched > range.max.v;
    if (enough && !many) {
        out->matched = SET_INT(t.matched);
        rp->object = out;
        return OK;
    }
    const int64_t deadline_us = rq->started_us + in->within_ms.v * 1000;
    if (!many && clock_steady_us() < deadline_us)
        return request_again(rq, LIMIT_VERIFY_STEP_US);
    return refuse(rq, &t, &range);
}
