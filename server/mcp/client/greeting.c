#include "mcp/client/greeting.h"

#include "base/arena.h"
#include "mcp/client/dialogue.h"
#include "mcp/client/quote.h"
#include "mcp/client/talk.h"
#include "mcp/versions.h"

/* An event stream may be silent, and is an answer then, too. */
#define STREAM_PATIENCE_US INT64_C(2000000)

/* What a server that answers has to say is of no interest, and a stream might never end. */
static bool ignore_body(void *cls, struct text type, struct text piece)
{
    (void)cls, (void)type, (void)piece;
    return false;
}

/* ---- the calls, from the newest revision to the oldest ------------------------------------------------------- */

static struct call discover_call(struct talk *talk)
{
    struct dialogue d = { .arena = talk->trip->arena };
    dialogue_discover(&d);
    talk->modern = true;
    talk->version = T(MCP_MODERN_VERSION);
    return talk_post(talk, d.method, dialogue_request(&d));
}

static struct call initialize_call(struct talk *talk)
{
    struct dialogue d = { .arena = talk->trip->arena };
    dialogue_initialize(&d);
    talk->modern = false;
    talk->version = (struct text){ NULL, 0 };
    return talk_post(talk, d.method, dialogue_request(&d));
}

static struct call stream_call(struct talk *talk)
{
    return talk_get(talk);
}

static const struct attempt {
    struct call (*call)(struct talk *talk);
    int64_t patience_us; /* 0: as long as the trip lasts */
    bool says_nothing;   /* when it fails: an old server may dislike it in any way */
} attempts[] = {
    { discover_call, TALK_DISCOVER_US, true },
    { initialize_call, 0, false },
    { stream_call, STREAM_PATIENCE_US, false },
};

/* ---- what is said -------------------------------------------------------------------------------------------- */

/* The first scheme that an answer without a Bearer challenge asks for. */
static struct text first_scheme(const struct answer *answer)
{
    const struct text value = text_trim(answer_header(answer, T("www-authenticate")));
    const size_t blank = text_find(value, ' '), comma = text_find(value, ',');
    return text_clip(value, blank < comma ? blank : comma);
}

static void take_challenge(struct arena *arena, const struct answer *answer, struct greeting *ret)
{
    ret->wants = true;
    if (challenge_find(arena, answer, T("Bearer"), &ret->challenge))
        return;
    const struct text scheme = first_scheme(answer);
    if (scheme.n)
        ret->other_scheme = scheme;
}

/* The version is told, because some servers want it with every request of a session. */
static void close_session(struct talk *talk, const struct answer *opened)
{
    talk->version = T(MCP_LEGACY_VERSION);
    talk_keep_session(talk, opened);
    talk_end(talk);
}

enum attempt_verdict { VERDICT_DONE, VERDICT_NEXT, VERDICT_FAILED };

static enum attempt_verdict judge_answer(struct talk *talk, const struct attempt *attempt, const struct call *call,
                                         const struct answer *answer, struct greeting *ret)
{
    struct arena *arena = talk->trip->arena;
    ret->status = answer->status;
    if (answer->status == 401 || answer->status == 403)
        take_challenge(arena, answer, ret);
    else if (answer->status >= 200 && answer->status < 300)
        close_session(talk, answer);
    else if (answer->status >= 500 && !attempt->says_nothing)
        ret->why = text_format(arena, "%.*s %.*s answered %u", TEXT_ARG(call->method),
                               TEXT_ARG(quote_url(arena, call->url)), answer->status);
    else
        return VERDICT_NEXT;
    return answer->status >= 500 ? VERDICT_FAILED : VERDICT_DONE;
}

static enum attempt_verdict try_attempt(struct talk *talk, const struct attempt *attempt, struct greeting *ret)
{
    struct arena *arena = talk->trip->arena;
    struct answer answer;
    struct call call = attempt->call(talk);
    call.on_body = ignore_body;
    if (talk_call(talk->trip, &call, attempt->patience_us, &answer))
        return judge_answer(talk, attempt, &call, &answer, ret);
    const bool silent = answer.outcome == CALL_TIMEOUT;
    if ((attempt->patience_us && silent) || (attempt->says_nothing && answer.outcome == CALL_UNREACHABLE))
        return VERDICT_NEXT;
    ret->why = text_format(arena, "%.*s %.*s: %.*s", TEXT_ARG(call.method), TEXT_ARG(quote_url(arena, call.url)),
                           TEXT_ARG(answer.why));
    return VERDICT_FAILED;
}

bool greeting_get(struct trip *trip, struct text url, struct greeting *ret)
{
    const struct mcp_target target = { .url = url };
    struct talk talk = talk_new(trip, &target);
    enum attempt_verdict verdict = VERDICT_NEXT;
    unsigned first = 0;
    *ret = (struct greeting){ .wants = false };
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0] && verdict == VERDICT_NEXT; i++) {
        verdict = try_attempt(&talk, &attempts[i], ret);
        first = i == 0 ? ret->status : first;
    }
    if (verdict == VERDICT_NEXT)
        ret->status = first;
    return verdict != VERDICT_FAILED;
}
