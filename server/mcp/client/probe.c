#include "mcp/client/probe.h"

#include "mcp/client/dialogue.h"
#include "mcp/client/talk.h"

#include "base/arena.h"

struct probing {
    struct talk talk;
    struct dialogue dialogue;
    struct mcp_probe *probe;
    bool restarted;       /* a session was lost and begun anew */
    struct answer stream; /* of the old transport */
    bool connected;       /* it said where to post to */
    bool failed;          /* while the stream was read */
};

static struct text quote(void *cls, struct text said)
{
    return talk_quote(cls, said);
}

static bool fail(struct probing *p, struct text why)
{
    p->probe->error = why;
    p->failed = true;
    return false;
}

static bool fail_with(struct probing *p, struct text method, const struct heard *heard)
{
    return fail(p, talk_fault(&p->talk, method, heard, p->probe));
}

static bool fail_telling(struct probing *p, struct text method, const struct answer *http)
{
    const struct heard heard = { .http = *http, .why = T("nothing") };
    return fail_with(p, method, &heard);
}

/* Nothing that such an answer says is about MCP. */
static bool is_hard(const struct answer *http)
{
    return http->outcome != CALL_ANSWERED || http->status == 401 || http->status == 403 || http->status >= 500;
}

/* ---- which era ------------------------------------------------------------------------------------------------ */

static enum mcp_era find_era(struct probing *p)
{
    struct dialogue *d = &p->dialogue;
    enum mcp_era era = ERA_AGAIN;
    p->talk.modern = true;
    p->talk.version = T(MCP_MODERN_VERSION);
    for (int tries = 0; tries < 2 && era == ERA_AGAIN; tries++) {
        struct heard heard;
        dialogue_discover(d);
        talk_ask(&p->talk, d->method, dialogue_request(d), d->id, &heard);
        if (is_hard(&heard.http)) {
            fail_with(p, d->method, &heard);
            return ERA_UNKNOWN;
        }
        p->probe->status = heard.http.status;
        era = heard.found ? dialogue_era(d, &heard.message) : ERA_LEGACY;
    }
    if (era == ERA_AGAIN)
        fail(p, T("the server refuses MCP " MCP_MODERN_VERSION " as a version that it does not support, and offers the "
                  "same version at once"));
    return era;
}

static void begin_legacy(struct probing *p)
{
    p->talk.modern = false;
    p->talk.version = (struct text){ 0 };
    p->talk.session = (struct text){ 0 };
    dialogue_initialize(&p->dialogue);
}

/* ---- HTTP+SSE ------------------------------------------------------------------------------------------------- */

static bool greet(struct probing *p)
{
    struct answer http;
    const struct text method = T("notifications/initialized");
    if (!p->dialogue.greet)
        return true;
    p->talk.version = p->probe->version;
    if (talk_tell(&p->talk, method, rpc_notification(p->talk.trip->arena, method), &http))
        return true;
    return fail_telling(p, method, &http);
}

static bool post_open_request(struct probing *p)
{
    struct answer http;
    const struct dialogue *d = &p->dialogue;
    if (!greet(p))
        return false;
    if (talk_tell(&p->talk, d->method, dialogue_request(d), &http))
        return true;
    return fail_telling(p, d->method, &http);
}

static bool connect_to(struct probing *p, struct text endpoint)
{
    struct arena *arena = p->talk.trip->arena;
    const struct text said = talk_quote(&p->talk, endpoint);
    if (p->connected)
        return true;
    if (!url_resolve(arena, p->stream.url, endpoint, &p->talk.url))
        return fail(p, text_format(arena, "the endpoint that the server names is not a URL: %.*s", TEXT_ARG(said)));
    if (!url_same_origin(p->stream.url, p->talk.url))
        return fail(p, text_format(arena, "the endpoint that the server names is of another origin: %.*s",
                                   TEXT_ARG(said)));
    p->connected = true;
    return post_open_request(p);
}

/* False when the stream is needed no more. */
static bool take_message(struct probing *p, const struct rpc_message *message)
{
    struct answer ignored;
    struct arena *arena = p->talk.trip->arena;
    if (message->method.is == VALUE_SET && message->id.is == VALUE_SET)
        talk_tell(&p->talk, (struct text){ 0 }, rpc_answer_to(arena, message), &ignored);
    if (!rpc_answers(message, p->dialogue.id))
        return true;
    if (!dialogue_take(&p->dialogue, message)) {
        p->failed = true;
        return false;
    }
    return p->dialogue.method.p && post_open_request(p);
}

static bool on_event(void *cls, struct text event, struct text data)
{
    struct probing *p = cls;
    const struct rpc_message *messages;
    struct text why;
    size_t n;
    if (text_eq(event, T("endpoint")))
        return connect_to(p, data);
    if (!text_eq(event, T("message")) || !p->connected || !rpc_parse(p->talk.trip->arena, data, &messages, &n, &why))
        return true;
    for (size_t i = 0; i < n; i++)
        if (!take_message(p, &messages[i]))
            return false;
    return true;
}

/* Neither transport: what the POST was answered with is what to look at first. */
static bool fail_both(struct probing *p, const struct heard *posted)
{
    const struct text method = p->dialogue.method;
    const struct heard got = { .http = p->stream };
    if (is_hard(&p->stream))
        return fail_with(p, T("GET"), &got);
    const struct text first = talk_fault(&p->talk, method, posted, p->probe);
    return fail(p, text_format(p->talk.trip->arena, "%.*s; and GET opens no event stream (HTTP %u)", TEXT_ARG(first),
                               p->stream.status));
}

static bool converse_by_stream(struct probing *p, const struct heard *posted)
{
    bool is_stream = false;
    begin_legacy(p);
    p->probe->transport = MCP_HTTP_SSE;
    const bool answered = talk_listen(&p->talk, on_event, p, &p->stream, &is_stream);
    if (p->failed)
        return false;
    p->probe->status = p->stream.status;
    if (!p->dialogue.method.p)
        return true;
    if (!is_stream)
        return fail_both(p, posted);
    if (!p->connected && answered)
        return fail(p, T("the server's event stream ended without naming an endpoint to post to"));
    return fail(p, text_format(p->talk.trip->arena, "%.*s was not answered on the event stream: %.*s",
                               TEXT_ARG(p->dialogue.method), TEXT_ARG(answered ? T("it ended") : p->stream.why)));
}

/* ---- streamable HTTP ------------------------------------------------------------------------------------------ */

/* MCP 2026-07-28 reserves -32020 to -32099: a server that uses one of them is no old one. */
static bool is_modern_error(const struct heard *heard)
{
    const int64_t code = heard->message.error.code.v;
    return heard->found && code <= -32020 && code >= -32099;
}

static bool is_old_transport(const struct probing *p, const struct heard *heard)
{
    const unsigned status = heard->http.status;
    return text_eq(p->dialogue.method, T("initialize")) && !p->restarted &&
           (status == 400 || status == 404 || status == 405) && !is_modern_error(heard);
}

static void keep_session(struct probing *p, const struct answer *http)
{
    const struct text session = answer_header(http, T("mcp-session-id"));
    if (text_eq(p->dialogue.method, T("initialize")) && session.n && text_is_visible_ascii(session))
        p->talk.session = session;
}

/* Once: a server that loses every session has to be told so. */
static bool restart(struct probing *p, const struct heard *heard)
{
    if (heard->http.status != 404 || !p->talk.session.p || p->restarted)
        return false;
    begin_legacy(p);
    p->restarted = true;
    return true;
}

static bool judge(struct probing *p, const struct heard *heard)
{
    p->probe->status = heard->http.status;
    if (is_hard(&heard->http) || !heard->found)
        return fail_with(p, p->dialogue.method, heard);
    return dialogue_take(&p->dialogue, &heard->message);
}

static bool converse(struct probing *p)
{
    struct dialogue *d = &p->dialogue;
    while (d->method.p) {
        struct heard heard;
        if (!greet(p))
            return false;
        talk_ask(&p->talk, d->method, dialogue_request(d), d->id, &heard);
        if (heard.http.outcome == CALL_ANSWERED && restart(p, &heard))
            continue;
        if (heard.http.outcome == CALL_ANSWERED && is_old_transport(p, &heard))
            return converse_by_stream(p, &heard);
        keep_session(p, &heard.http);
        if (!judge(p, &heard))
            return false;
    }
    return true;
}

/* ---- all of it ------------------------------------------------------------------------------------------------ */

static bool probe(struct probing *p)
{
    const enum mcp_era era = find_era(p);
    if (era == ERA_UNKNOWN || era == ERA_AGAIN)
        return false;
    if (era == ERA_LEGACY)
        begin_legacy(p);
    return converse(p);
}

bool mcp_probe(struct trip *trip, const struct mcp_target *target, struct mcp_probe *ret)
{
    *ret = (struct mcp_probe){ .success = false };
    struct probing *p = ARENA_NEW(trip->arena, struct probing);
    p->talk = talk_new(trip, target);
    p->probe = ret;
    p->dialogue = (struct dialogue){ .arena = trip->arena, .probe = ret, .quote = quote, .cls = &p->talk };
    ret->success = probe(p);
    ret->tools = p->dialogue.tools;
    ret->tool_count = ret->success ? p->dialogue.tool_count : 0;
    talk_end(&p->talk);
    return ret->success;
}
