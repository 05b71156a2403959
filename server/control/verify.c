/* Verify: whether the requests came, or the events happened, that a test expects, now or within a moment. */
#include "api/handlers.h"
#include "api/run_moves.h"
#include "base/clock.h"
#include "base/limit.h"
#include "control/miss.h"
#include "request/operation.h"
#include "request/server.h"
#include "space/directory.h"
#include "space/events.h"
#include "space/match.h"
#include "store/query.h"

/* ---- what is expected ---------------------------------------------------------------------------------------- */

struct verify_body {
    struct match match;
    struct v_json count, times; /* two words for one thing */
    struct v_int within_ms, quiet_ms;
};

struct count_range {
    struct v_int min, max;
};

static const struct field range_fields[] = {
    FIELD_INT(struct count_range, min, .doc = "At least"),
    FIELD_INT(struct count_range, max, .doc = "At most"),
};
static const struct spec range_spec = SPEC(struct count_range, "CountRange", range_fields);

static const struct v_json *count_of(const struct verify_body *in)
{
    return in->times.is == VALUE_SET ? &in->times : &in->count;
}

/* A number, or {min, max}; a count that is left out is at least one. */
static bool parse_count(struct arena *arena, const struct v_json *count, struct expected *ret)
{
    struct problems problems = problems_new(arena, true, T(", "));
    struct count_range range = { .min = { .is = VALUE_ABSENT } };
    int64_t exact;
    int line, column;
    *ret = (struct expected){ .min = 1 };
    if (count->is != VALUE_SET)
        return true;
    if (text_to_uint(count->v, &exact)) {
        *ret = (struct expected){ exact, exact, true };
        return true;
    }
    if (spec_parse_json(&range_spec, 0, T(""), count->v, &problems, &range, &line, &column) != JSON_OK ||
        problems.count || (range.min.is != VALUE_SET && range.max.is != VALUE_SET))
        return false;
    *ret = (struct expected){ range.min.v, range.max.v, range.max.is == VALUE_SET };
    return !ret->has_max || ret->min <= ret->max;
}

static const char *check_verify(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct verify_body *in = object;
    struct expected expected;
    *ret_path = T("match/operation");
    if (in->match.operation.is == VALUE_SET && !operation_any(in->match.operation.v, journal_keeps))
        return "The journal has no control calls: this operation is one";
    *ret_path = T("match/event");
    if (in->match.event.is == VALUE_SET && match_asks_of_request(&in->match))
        return "Expected event alone: an event is no request";
    *ret_path = in->times.is == VALUE_SET ? T("times") : T("count");
    if (in->times.is == VALUE_SET && in->count.is == VALUE_SET)
        return "Expected either count or times: they mean the same";
    if (!parse_count(arena, count_of(in), &expected))
        return "Invalid input: expected a number, or an object of min and max";
    *ret_path = T("quiet_ms");
    return in->quiet_ms.is == VALUE_SET && !expected.has_max
               ? "Needs a count with a maximum" : NULL;
}

#define B struct verify_body
static const struct field body_fields[] = {
    FIELD_OBJECT(B, match, struct match, .flags = REQUIRED, .sub = &match_spec,
                 .doc = "Which requests, or events, are counted",
                 .example = "{\"operation\": \"listConnections\"}"),
    FIELD_JSON(B, count, .doc = "Expected number: a number, or {min, max}; at least one when left out",
               .example = "1"),
    FIELD_JSON(B, times, .doc = "The same as count"), /* no example: there is one of the two */
    FIELD_INT(B, within_ms, .fallback = "0", .max = LIMIT_VERIFY_MS,
              .doc = "How long to wait for the minimum; without one, how long to watch the maximum"),
    FIELD_INT(B, quiet_ms, .max = LIMIT_VERIFY_MS,
              .doc = "How long to watch the maximum after the minimum is met; each match starts it anew"),
};
#undef B
const struct spec verify_body = SPEC_WITH(struct verify_body, "Verify", body_fields, .check = check_verify);

struct verify_reply {
    struct v_int matched;
};

static const struct field reply_fields[] = {
    FIELD_INT(struct verify_reply, matched, .flags = REQUIRED, .doc = "How many matched"),
};
const struct spec verify_reply = SPEC(struct verify_reply, "Verified", reply_fields);

/* ---- what came ------------------------------------------------------------------------------------------------ */

/* Lives in the request's arena for as long as it waits, and only counts: what the journal holds stays there. */
struct verification {
    struct tally tally;
    struct journal_reader reader;
    int64_t quiet_from_us; /* 0: the minimum is not met */
};

static bool compare(void *cls, const struct match_member *member)
{
    struct nearness *near = cls;
    if (member->part == PART_ORIGIN)
        return member->holds;
    near->place += member->holds && member->part <= PART_PATH;
    near->held += member->holds;
    near->counts = true;
    return true;
}

static bool is_as_near(struct nearness a, struct nearness b)
{
    return a.place != b.place ? a.place > b.place : a.held >= b.held;
}

static void see_entry(void *cls, const struct journal_entry *entry)
{
    struct tally *t = cls;
    struct scratch scratch;
    const struct match_subject subject = match_subject_of_entry(scratch_begin(&scratch), entry);
    const enum match_verdict verdict = match_judge(t->match, &subject);
    struct nearness near = { .number = entry->number };
    if (verdict == MATCH_YES) {
        t->matched++;
        t->last = entry->number;
    } else if (verdict == MATCH_UNKNOWN) {
        t->unknown++;
    } else {
        match_each(t->match, &subject, compare, &near);
        if (near.counts && is_as_near(near, t->nearest)) /* of two as near, the newer */
            t->nearest = near;
    }
    scratch_end(&scratch);
}

static void see_dropped(void *cls, const struct journal_dropped *dropped)
{
    struct tally *t = cls;
    struct scratch scratch;
    t->dropped |= match_may_have_held(scratch_begin(&scratch), t->match, dropped);
    scratch_end(&scratch);
}

static void begin_anew(void *cls)
{
    struct tally *t = cls;
    *t = (struct tally){ .match = t->match };
}

static struct verification *verification_of(struct request *rq)
{
    const struct verify_body *in = rq->input;
    if (rq->job)
        return rq->job;
    struct verification *v = REQUEST_NEW(rq, struct verification);
    v->tally.match = &in->match;
    v->reader = (struct journal_reader){ .see = see_entry, .miss = see_dropped, .begin = begin_anew, .cls = &v->tally };
    rq->job = v;
    return v;
}

/* ---- the verdict ---------------------------------------------------------------------------------------------- */

/* Too few can still become enough; too many stay so. What the journal forgot could only have been more. */
static enum verdict judge_tally(const struct tally *t, const struct expected *expected, int64_t now_us, int64_t due_us)
{
    const bool unsure = t->dropped || t->unknown;
    if (expected->has_max && t->matched > expected->max)
        return VERDICT_TOO_MANY;
    if (expected->has_max && unsure)
        return VERDICT_UNKNOWN;
    if (now_us < due_us)
        return VERDICT_OPEN;
    if (t->matched >= expected->min)
        return VERDICT_MET;
    return unsure ? VERDICT_UNKNOWN : VERDICT_TOO_FEW;
}

/* Until when it is to be waited. The quiet begins when the minimum is met, and anew with each match. */
static int64_t due_at(const struct request *rq, struct verification *v, const struct expected *expected,
                      int64_t before, int64_t now_us)
{
    const struct verify_body *in = rq->input;
    const int64_t end_us = rq->started_us + in->within_ms.v * 1000;
    const bool met = v->tally.matched >= expected->min;
    if (!met)
        v->quiet_from_us = 0;
    else if (!v->quiet_from_us || v->tally.matched != before)
        v->quiet_from_us = now_us;
    if (!met)
        return end_us;
    const int64_t quiet_us = v->quiet_from_us + in->quiet_ms.v * 1000;
    return !expected->min && end_us > quiet_us ? end_us : quiet_us;
}

static enum err answer_matched(struct request *rq, struct reply *rp, int64_t matched)
{
    struct verify_reply *out = REQUEST_NEW(rq, struct verify_reply);
    out->matched = SET_INT(matched);
    rp->object = out;
    return OK;
}

static enum err verify_requests(struct request *rq, struct reply *rp, const struct expected *expected)
{
    struct journal *journal = space_journal(rq->home);
    struct verification *v = verification_of(rq);
    if (!journal_is_on(journal))
        return ERR_JOURNAL_OFF;
    const uint64_t heard = bell_rung(journal_bell(journal));
    const int64_t before = v->tally.matched;
    journal_read(journal, &v->reader);
    const int64_t now_us = clock_steady_us(), due_us = due_at(rq, v, expected, before, now_us);
    const enum verdict verdict = judge_tally(&v->tally, expected, now_us, due_us);
    if (verdict == VERDICT_OPEN)
        return request_wait(rq, journal_bell(journal), heard, due_us);
    return verdict == VERDICT_MET ? answer_matched(rq, rp, v->tally.matched)
                                  : miss_refuse(rq, verdict, &v->tally, expected);
}

/* ---- events --------------------------------------------------------------------------------------------------- */

/* Time alone can make events, and others commit while this looks: it looks again so soon, and at each request. */
enum { LOOK_AGAIN_US = 20 * 1000 };

/* The space's clock goes on while this waits. */
static bool count_events(struct request *rq, struct verification *v)
{
    const struct verify_body *in = rq->input;
    rq->now = space_now(rq->home);
    if (!runs_settle(rq))
        return false;
    v->tally.matched = query_number(rq->db, SQL_EVENT_COUNT, WITH(text_of(event_names[in->match.event.v])));
    v->tally.dropped = query_number(rq->db, SQL_EVENT_FORGOTTEN, NULL) > 0;
    return true;
}

static enum err verify_events(struct request *rq, struct reply *rp, const struct expected *expected)
{
    struct bell *bell = journal_bell(space_journal(rq->home));
    struct verification *v = verification_of(rq);
    const uint64_t heard = bell_rung(bell);
    const int64_t before = v->tally.matched;
    if (!count_events(rq, v))
        return OK;
    const int64_t now_us = clock_steady_us(), due_us = due_at(rq, v, expected, before, now_us);
    const enum verdict verdict = judge_tally(&v->tally, expected, now_us, due_us);
    const int64_t next_us = now_us + LOOK_AGAIN_US;
    if (verdict == VERDICT_OPEN) {
        rq->writes = false;
        return request_wait(rq, bell, heard, due_us < next_us ? due_us : next_us);
    }
    return verdict == VERDICT_MET ? answer_matched(rq, rp, v->tally.matched)
                                  : miss_refuse_events(rq, verdict, &v->tally, expected);
}

enum err requests_verify(struct request *rq, struct reply *rp)
{
    const struct verify_body *in = rq->input;
    struct expected expected;
    parse_count(rq->arena, count_of(in), &expected);
    return in->match.event.is == VALUE_SET ? verify_events(rq, rp, &expected) : verify_requests(rq, rp, &expected);
}
