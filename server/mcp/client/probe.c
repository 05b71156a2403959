#include "mcp/client/probe.h"

#include "base/arena.h"
#include "base/uri.h"
#include "mcp/client/trip.h"
#include "mcp/client/why.h"
#include "mcp/versions.h"

struct probing {
    struct talk talk;
    struct dialogue dialogue;
    struct findings *findings;
    bool restarted;       /* a session was lost and begun anew */
    struct answer stream; /* of the old transport */
    bool connected;       /* it said where to post to */
    bool failed;          /* while the stream was read */
};

static struct text quote_server(void *cls, struct text said)
{
    return talk_quote(cls, said);
}

static void note_server(void *cls, struct text what)
{
    const struct talk *talk = cls;
    trip_warn(talk->trip, what);
}

/* A limit of the trip was met, not a mistake of the server. */
static bool met_limit(const struct answer *http)
{
    return http->outcome == CALL_TOO_LARGE || http->outcome == CALL_TIMEOUT;
}

static bool fail_probe(struct probing *p, struct text why)
{
    p->findings->error = why;
    p->failed = true;
    return false;
}

static bool fail_unanswered(struct probing *p, struct text method, const struct talk_result *result)
{
    return fail_probe(p, why_unanswered(&p->talk, method, result, p->findings));
}

/* Nothing that such an answer says is about MCP. */
static bool is_hard(const struct answer *http)
{
    return http->outcome != CALL_ANSWERED || http->status == 401 || http->status == 403 || http->status >= 500;
}

/* ---- which era ------------------------------------------------------------------------------------------------ */

/* An old server may dislike `server/discover` in any of these ways, and still be one that 1.x clients connect to. */
static bool says_nothing(const struct answer *http)
{
    return http->outcome == CALL_UNREACHABLE || http->outcome == CALL_TIMEOUT ||
           (http->outcome == CALL_ANSWERED && http->status >= 500);
}

static enum discovered discover_era(struct probing *p)
{
    struct dialogue *d = &p->dialogue;
    enum discovered found = DISCOVERED_NOTHING;
    p->talk.modern = true;
    p->talk.version = T(MCP_MODERN_VERSION);
    for (int tries = 0; tries < 2 && found == DISCOVERED_NOTHING; tries++) {
        struct talk_result result;
        dialogue_discover(d);
        talk_ask(&p->talk, d->method, dialogue_request(d), d->id, TALK_DISCOVER_US, &result);
        if (is_hard(&result.http) && !says_nothing(&result.http)) {
            fail_unanswered(p, d->method, &result);
            return DISCOVERED_FAILURE;
        }
        p->findings->status = result.http.status;
        found = result.found ? dialogue_take_discovery(d, &result.message) : DISCOVERED_LEGACY;
    }
    if (found == DISCOVERED_NOTHING)
        fail_probe(p, T("the server refuses MCP " MCP_MODERN_VERSION " as a version that it does not support, and "
                        "offers the same version at once"));
    return found;
}

static void begin_legacy(struct probing *p)
{
    p->talk.modern = false;
    p->talk.version = (struct text){ 0 };
    p->talk.session = (struct text){ 0 };
    dialogue_initialize(&p->dialogue);
}

/* ---- HTTP+SSE ------------------------------------------------------------------------------------------------- */

static bool post_message(struct probing *p, struct text method, struct text message)
{
    struct talk_result result = { .why = T("nothing") };
    return talk_tell(&p->talk, method, message, &result.http) || fail_unanswered(p, method, &result);
}

/* A legacy server waits for this before it answers anything else. */
static bool confirm_initialized(struct probing *p)
{
    const struct text method = T("notifications/initialized");
    struct talk_result result = { .why = T("nothing") };
    if (!p->dialogue.confirms)
        return true;
    p->talk.version = p->findings->version;
    return talk_notify(&p->talk, method, rpc_notification(p->talk.trip->arena, method), &result.http) ||
           fail_unanswered(p, method, &result);
}

static bool post_open_request(struct probing *p)
{
    const struct dialogue *d = &p->dialogue;
    return confirm_initialized(p) && post_message(p, d->method, dialogue_request(d));
}

static bool connect_to_endpoint(struct probing *p, struct text endpoint)
{
    struct arena *arena = p->talk.trip->arena;
    const struct text said = talk_quote(&p->talk, endpoint);
    if (p->connected)
        return true;
    if (!uri_resolve(arena, p->stream.url, endpoint, &p->talk.url))
        return fail_probe(p, text_format(arena, "the endpoint that the server names is not a URL: %.*s",
                                         TEXT_ARG(said)));
    if (!uri_same_origin(p->stream.url, p->talk.url))
        return fail_probe(p, text_format(arena, "the endpoint that the server names is of another origin: %.*s",
                                         TEXT_ARG(said)));
    p->connected = true;
    return post_open_request(p);
}

/* False when the stream is needed no more. */
static bool take_streamed(struct probing *p, const struct rpc_message *response)
{
    if (!dialogue_take(&p->dialogue, response)) {
        p->failed = true;
        return false;
    }
    return p->dialogue.method.p && post_open_request(p);
}

static bool on_stream_event(void *cls, struct text event, struct text data)
{
    struct probing *p = cls;
    struct text why;
    if (text_eq(event, T("endpoint")))
        return connect_to_endpoint(p, data);
    if (!text_eq(event, T("message")) || !p->connected)
        return true;
    const struct rpc_message *response = talk_find_response(&p->talk, data, p->dialogue.id, &why);
    return !response || take_streamed(p, response);
}

/* Neither transport: what the POST was answered with is what to look at first. */
static bool fail_both_transports(struct probing *p, const struct talk_result *posted)
{
    const struct text method = p->dialogue.method;
    const struct talk_result got = { .http = p->stream };
    if (is_hard(&p->stream))
        return fail_unanswered(p, T("GET"), &got);
    const struct text first = why_unanswered(&p->talk, method, posted, p->findings);
    return fail_probe(p, text_format(p->talk.trip->arena, "%.*s; and GET opens no event stream (HTTP %u)",
                                     TEXT_ARG(first), p->stream.status));
}

static bool converse_by_stream(struct probing *p, const struct talk_result *posted)
{
    bool is_stream = false;
    begin_legacy(p);
    p->findings->transport = MCP_HTTP_SSE;
    const bool answered = talk_listen(&p->talk, on_stream_event, p, &p->stream, &is_stream);
    if (p->failed)
        return false;
    if (!answered && met_limit(&p->stream) && dialogue_cut(&p->dialogue, p->stream.why))
        return true;
    p->findings->status = p->stream.status;
    if (!p->dialogue.method.p)
        return true;
    if (!is_stream)
        return fail_both_transports(p, posted);
    if (!p->connected && answered)
        return fail_probe(p, T("the server's event stream ended without naming an endpoint to post to"));
    return fail_probe(p, text_format(p->talk.trip->arena, "%.*s was not answered on the event stream: %.*s",
                                     TEXT_ARG(p->dialogue.method), TEXT_ARG(answered ? T("it ended") : p->stream.why)));
}

/* ---- streamable HTTP ------------------------------------------------------------------------------------------ */

/* A server that uses one of these codes is no old one. */
static bool is_modern_error(const struct talk_result *result)
{
    const int64_t code = result->message.error.code.v;
    return result->found && code <= RPC_HEADER_MISMATCH && code >= RPC_LAST_MODERN;
}

static bool is_old_transport(const struct probing *p, const struct talk_result *result)
{
    const unsigned status = result->http.status;
    return text_eq(p->dialogue.method, T("initialize")) && !p->restarted &&
           (status == 400 || status == 404 || status == 405) && !is_modern_error(result);
}

/* Once: a server that loses every session has to be told so. */
static bool restart_session(struct probing *p, const struct talk_result *result)
{
    if (result->http.status != 404 || !p->talk.session.p || p->restarted)
        return false;
    begin_legacy(p);
    p->restarted = true;
    return true;
}

static bool take_posted(struct probing *p, const struct talk_result *result)
{
    p->findings->status = result->http.status;
    if (is_hard(&result->http) || !result->found)
        return fail_unanswered(p, p->dialogue.method, result);
    return dialogue_take(&p->dialogue, &result->message);
}

static bool converse_by_post(struct probing *p)
{
    struct dialogue *d = &p->dialogue;
    while (d->method.p) {
        struct talk_result result;
        if (!confirm_initialized(p))
            return false;
        talk_ask(&p->talk, d->method, dialogue_request(d), d->id, 0, &result);
        if (met_limit(&result.http) && dialogue_cut(d, result.http.why))
            return true;
        if (result.http.outcome == CALL_ANSWERED && restart_session(p, &result))
            continue;
        if (result.http.outcome == CALL_ANSWERED && is_old_transport(p, &result))
            return converse_by_stream(p, &result);
        if (text_eq(d->method, T("initialize")))
            talk_keep_session(&p->talk, &result.http);
        if (!take_posted(p, &result))
            return false;
    }
    return true;
}

/* ---- all of it ------------------------------------------------------------------------------------------------ */

static bool probe_server(struct probing *p)
{
    const enum discovered found = discover_era(p);
    if (found == DISCOVERED_LEGACY)
        begin_legacy(p);
    return (found == DISCOVERED_MODERN || found == DISCOVERED_LEGACY) && converse_by_post(p);
}

bool mcp_probe(struct trip *trip, const struct mcp_target *target, struct findings *ret)
{
    *ret = (struct findings){ .success = false };
    struct probing *p = ARENA_NEW(trip->arena, struct probing);
    p->talk = talk_new(trip, target);
    p->findings = ret;
    p->dialogue = (struct dialogue){ .arena = trip->arena, .findings = ret, .quote = quote_server, .note = note_server,
                                     .cls = &p->talk };
    ret->success = probe_server(p);
    ret->tools = p->dialogue.tools;
    ret->tool_count = ret->success ? p->dialogue.tool_count : 0;
    talk_end(&p->talk);
    return ret->success;
}
