#include "mcp/client/talk.h"

#include "base/arena.h"
#include "base/limit.h"
#include "mcp/client/said.h"
#include "mcp/client/sse.h"

enum { OWN_HEADERS = 5 };

struct talk talk_new(struct trip *trip, const struct mcp_target *target)
{
    return (struct talk){ .trip = trip, .target = target, .url = target->url };
}

struct text talk_quote(struct talk *talk, struct text said)
{
    const struct call call = { .url = talk->target->url, .headers = talk->target->headers,
                               .header_count = talk->target->header_count };
    return said_line(talk->trip->arena, call_mask(talk->trip->arena, &call, said));
}

/* ---- what is sent ------------------------------------------------------------------------------------------- */

struct headers {
    struct call_header *v;
    size_t n;
};

static void put(struct headers *h, struct text name, struct text value)
{
    if (value.p)
        h->v[h->n++] = (struct call_header){ .name = name, .value = value };
}

static bool has(const struct headers *h, struct text name)
{
    for (size_t i = 0; i < h->n; i++)
        if (text_eq_nocase(h->v[i].name, name))
            return true;
    return false;
}

/* The session's name is as good as a credential, and must not follow to another origin. */
static void put_session(struct headers *h, const struct talk *talk)
{
    if (talk->session.p)
        h->v[h->n++] = (struct call_header){ .name = T("Mcp-Session-Id"), .secret = secret_of(talk->session) };
}

static struct headers headers_of(const struct talk *talk, struct text accept, struct text type, struct text method)
{
    const struct mcp_target *target = talk->target;
    struct headers h = { ARENA_ARRAY(talk->trip->arena, target->header_count + OWN_HEADERS, struct call_header), 0 };
    put(&h, T("Accept"), accept);
    put(&h, T("Content-Type"), type);
    put(&h, T("MCP-Protocol-Version"), talk->version);
    put(&h, T("Mcp-Method"), talk->modern ? method : (struct text){ 0 });
    put_session(&h, talk);
    const struct headers own = h;
    for (size_t i = 0; i < target->header_count; i++)
        if (!has(&own, target->headers[i].name))
            h.v[h.n++] = target->headers[i];
    return h;
}

static struct call post_of(const struct talk *talk, struct text method, struct text message)
{
    const struct headers h =
        headers_of(talk, T("application/json, text/event-stream"), T("application/json"), method);
    return (struct call){ .method = T("POST"), .url = talk->url, .body = message, .body_is_public = true,
                          .headers = h.v, .header_count = h.n };
}

bool talk_tell(struct talk *talk, struct text method, struct text message, struct answer *ret)
{
    const struct call call = post_of(talk, method, message);
    return call_http(talk->trip, &call, ret) && ret->status / 100 == 2;
}

void talk_end(struct talk *talk)
{
    struct answer ignored; /* 405 is as good as any */
    const struct headers h = headers_of(talk, T("*/*"), (struct text){ 0 }, (struct text){ 0 });
    const struct call call = { .method = T("DELETE"), .url = talk->url, .headers = h.v, .header_count = h.n };
    if (talk->session.p)
        call_http(talk->trip, &call, &ignored);
    talk->session = (struct text){ 0 };
}

/* ---- what comes back ---------------------------------------------------------------------------------------- */

static bool is_event_stream(struct text type)
{
    struct text rest = type;
    return text_eq_nocase(text_trim(text_cut(&rest, ';')), T("text/event-stream"));
}

struct listener {
    struct talk *talk;
    int64_t id;
    struct sse sse;
    struct buf json;
    bool is_stream;
    struct heard *heard;
};

/* True when it was the one that is waited for. */
static bool take_message(struct listener *l, const struct rpc_message *message)
{
    struct answer ignored;
    if (message->method.is == VALUE_SET && message->id.is == VALUE_SET)
        talk_tell(l->talk, (struct text){ 0 }, rpc_answer_to(l->talk->trip->arena, message), &ignored);
    if (!rpc_answers(message, l->id))
        return false;
    l->heard->found = true;
    l->heard->message = *message;
    return true;
}

static bool take_json(struct listener *l, struct text json)
{
    const struct rpc_message *messages;
    size_t n;
    if (!rpc_parse(l->talk->trip->arena, json, &messages, &n, &l->heard->why))
        return false;
    for (size_t i = 0; i < n; i++)
        if (take_message(l, &messages[i]))
            return true;
    return false;
}

static bool on_event(void *cls, struct text event, struct text data)
{
    struct listener *l = cls;
    return !text_eq(event, T("message")) || !take_json(l, data);
}

static bool on_piece(void *cls, struct text type, struct text piece)
{
    struct listener *l = cls;
    l->is_stream = is_event_stream(type);
    if (l->is_stream)
        return sse_feed(&l->sse, piece);
    buf_add(&l->json, piece);
    return true;
}

/* A request that is refused may be answered without its id: the server did not get as far as that. */
static void take_refusal(struct listener *l)
{
    const struct rpc_message *messages;
    struct text why;
    size_t n;
    if (!text_starts(text_trim(l->heard->http.body), T("{")) ||
        !rpc_parse(l->talk->trip->arena, l->heard->http.body, &messages, &n, &why))
        return;
    l->heard->found = messages[0].error.is == VALUE_SET;
    l->heard->message = messages[0];
}

static void say_what_came(struct listener *l)
{
    struct arena *arena = l->talk->trip->arena;
    struct heard *heard = l->heard;
    const struct text type = talk_quote(l->talk, answer_header(&heard->http, T("content-type")));
    if (l->is_stream)
        heard->why = heard->why.p ? text_format(arena, "an event that is none: %.*s", TEXT_ARG(heard->why))
                                  : T("a stream of events that ended without an answer");
    else if (!l->json.n)
        heard->why = text_format(arena, "HTTP %u and nothing else", heard->http.status);
    else if (text_starts(type, T("application/json")))
        heard->why = heard->why.p ? text_format(arena, "JSON that is no answer: %.*s",
                                                TEXT_ARG(talk_quote(l->talk, heard->why)))
                                  : T("a JSON-RPC message that is no answer to it");
    else
        heard->why = text_format(arena, "%.*s instead of JSON", TEXT_ARG(type.n ? type : T("something untyped")));
}

void talk_ask(struct talk *talk, struct text method, struct text request, int64_t id, struct heard *ret)
{
    struct arena *arena = talk->trip->arena;
    struct listener listener = { .talk = talk, .id = id, .json = buf_new(arena, LIMIT_TRIP_BYTES), .heard = ret };
    struct call call = post_of(talk, method, request);
    *ret = (struct heard){ .found = false };
    listener.sse = sse_new(arena, LIMIT_TRIP_BYTES, on_event, &listener);
    call.on_body = on_piece;
    call.cls = &listener;
    if (!call_http(talk->trip, &call, &ret->http))
        return;
    if (ret->http.status / 100 != 2)
        take_refusal(&listener);
    else if (!listener.is_stream && listener.json.n)
        take_json(&listener, buf_text(&listener.json));
    if (!ret->found)
        say_what_came(&listener);
}

/* ---- the stream of the old transport ------------------------------------------------------------------------ */

struct stream {
    struct sse sse;
    bool *is_stream;
};

static bool on_stream_piece(void *cls, struct text type, struct text piece)
{
    struct stream *stream = cls;
    *stream->is_stream = is_event_stream(type);
    return *stream->is_stream && sse_feed(&stream->sse, piece);
}

bool talk_listen(struct talk *talk, bool (*on_event_fn)(void *cls, struct text event, struct text data), void *cls,
                 struct answer *ret, bool *ret_is_stream)
{
    const struct headers h = headers_of(talk, T("text/event-stream"), (struct text){ 0 }, (struct text){ 0 });
    struct stream stream = { sse_new(talk->trip->arena, LIMIT_TRIP_BYTES, on_event_fn, cls), ret_is_stream };
    const struct call call = { .method = T("GET"), .url = talk->target->url, .headers = h.v, .header_count = h.n,
                               .on_body = on_stream_piece, .cls = &stream };
    *ret_is_stream = false;
    const bool answered = call_http(talk->trip, &call, ret);
    if (answered && ret->status / 100 == 2) /* one that ended at once, too */
        *ret_is_stream = is_event_stream(answer_header(ret, T("content-type")));
    return answered;
}
