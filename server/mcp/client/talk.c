#include "mcp/client/talk.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/limit.h"
#include "mcp/client/quote.h"
#include "mcp/client/trip.h"
#include "mcp/sse.h"

enum { OWN_HEADERS = 5 };

/* What is only polite to send costs no more time than this. */
#define FORMALITY_US INT64_C(1000000)

static const struct text unset = { NULL, 0 };

struct talk talk_new(struct trip *trip, const struct mcp_target *target)
{
    return (struct talk){ .trip = trip, .target = target, .url = target->url };
}

struct text talk_quote(struct talk *talk, struct text said)
{
    const struct call call = { .url = talk->target->url, .headers = talk->target->headers,
                               .header_count = talk->target->header_count };
    return quote_line(talk->trip->arena, call_mask(talk->trip->arena, &call, said));
}

/* ---- what is sent ------------------------------------------------------------------------------------------- */

struct headers {
    struct call_header *v;
    size_t n;
};

static void put_header(struct headers *h, struct text name, struct text value)
{
    if (value.p)
        h->v[h->n++] = (struct call_header){ .name = name, .value = value };
}

static bool has_header(const struct headers *h, struct text name)
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

static struct call call_of(const struct talk *talk, const char *verb, struct text accept, struct text type,
                           struct text method)
{
    const struct mcp_target *target = talk->target;
    struct headers h = { ARENA_ARRAY(talk->trip->arena, target->header_count + OWN_HEADERS, struct call_header), 0 };
    put_header(&h, T("Accept"), accept);
    put_header(&h, T("Content-Type"), type);
    put_header(&h, T("MCP-Protocol-Version"), talk->version);
    put_header(&h, T("Mcp-Method"), talk->modern ? method : unset);
    put_session(&h, talk);
    const struct headers own = h;
    for (size_t i = 0; i < target->header_count; i++)
        if (!has_header(&own, target->headers[i].name))
            h.v[h.n++] = target->headers[i];
    return (struct call){ .method = text_of(verb), .url = talk->url, .headers = h.v, .header_count = h.n };
}

struct call talk_post(const struct talk *talk, struct text method, struct text message)
{
    struct call call = call_of(talk, "POST", T("application/json, " SSE_TYPE), T("application/json"), method);
    call.body = message;
    call.body_is_public = true;
    return call;
}

struct call talk_get(const struct talk *talk)
{
    return call_of(talk, "GET", T(SSE_TYPE), unset, unset);
}

bool talk_call(struct trip *trip, const struct call *call, int64_t patience_us, struct answer *ret)
{
    const int64_t deadline_us = trip->deadline_us, patient_until_us = clock_steady_us() + patience_us;
    if (patience_us && patient_until_us < deadline_us)
        trip->deadline_us = patient_until_us;
    const bool answered = call_http(trip, call, ret);
    trip->deadline_us = deadline_us;
    return answered;
}

static bool ignore_piece(void *cls, struct text type, struct text piece)
{
    (void)cls, (void)type, (void)piece;
    return false;
}

bool talk_notify(struct talk *talk, struct text method, struct text message, struct answer *ret)
{
    struct call call = talk_post(talk, method, message);
    call.on_body = ignore_piece;
    if (talk_call(talk->trip, &call, FORMALITY_US, ret))
        return ret->status / 100 == 2;
    if (ret->outcome == CALL_TIMEOUT && clock_steady_us() < talk->trip->deadline_us) {
        trip_warn(talk->trip, text_format(talk->trip->arena, "%.*s got no whole answer in a second: it is not waited "
                                          "for", TEXT_ARG(method)));
        return true;
    }
    return false;
}

bool talk_tell(struct talk *talk, struct text method, struct text message, struct answer *ret)
{
    const struct call call = talk_post(talk, method, message);
    return call_http(talk->trip, &call, ret) && ret->status / 100 == 2;
}

void talk_keep_session(struct talk *talk, const struct answer *answer)
{
    const struct text session = answer_header(answer, T("mcp-session-id"));
    if (session.n && text_is_visible_ascii(session))
        talk->session = session;
}

void talk_end(struct talk *talk)
{
    struct answer ignored; /* 405 is as good as any */
    const struct call call = call_of(talk, "DELETE", T("*/*"), unset, unset);
    if (talk->session.p)
        talk_call(talk->trip, &call, FORMALITY_US, &ignored);
    talk->session = unset;
}

/* ---- what comes back ---------------------------------------------------------------------------------------- */

/* To a server's request, of a client without capabilities. */
static struct text response_to(struct arena *arena, const struct rpc_message *request)
{
    static const struct rpc_error unknown = { VALUE_SET, { VALUE_SET, RPC_METHOD_NOT_FOUND },
                                              { VALUE_SET, { "Method not found", 16 } }, { .is = VALUE_ABSENT } };
    if (!text_eq(request->method.v, T("ping")))
        return rpc_error_text(arena, request->id.v, &unknown);
    struct buf b = buf_new(arena, LIMIT_TRIP_BYTES);
    struct json j = rpc_begin(&b, request->id.v);
    jw_key(&j, T("result"));
    jw_object(&j);
    jw_object_end(&j);
    jw_object_end(&j);
    return buf_text(&b);
}

/* One that is neither request nor response is no message at all. */
static bool read_messages(struct trip *trip, struct text json, struct rpc_body *ret, struct text *ret_why)
{
    struct arena *arena = trip->arena;
    if (!rpc_parse(arena, false, T(""), json, ret)) {
        *ret_why = read_why(arena, &ret->read);
        return false;
    }
    if (ret->read.mended.n)
        trip_warn(trip, text_format(arena, "the server's JSON has %.*s", TEXT_ARG(ret->read.mended)));
    for (size_t i = 0; i < ret->n; i++)
        if (!rpc_names_version(&ret->messages[i]))
            trip_warn(trip, T("the server's messages do not say \"jsonrpc\": \"2.0\""));
    for (size_t i = 0; i < ret->n; i++)
        if (ret->messages[i].method.is != VALUE_SET && !rpc_is_response(&ret->messages[i])) {
            *ret_why = T("it is not a JSON-RPC message");
            return false;
        }
    return true;
}

const struct rpc_message *talk_find_response(struct talk *talk, struct text json, int64_t id, struct text *ret_why)
{
    struct rpc_body body;
    struct answer ignored;
    if (!read_messages(talk->trip, json, &body, ret_why))
        return NULL;
    for (size_t i = 0; i < body.n; i++) {
        const struct rpc_message *message = &body.messages[i];
        if (rpc_is_request(message))
            talk_tell(talk, unset, response_to(talk->trip->arena, message), &ignored);
        if (!rpc_answers(message, id))
            continue;
        if (text_starts(message->id.v, T("\"")))
            trip_warn(talk->trip, T("the server answers with a string as id, where the request had a number"));
        return message;
    }
    return NULL;
}

struct answer_listener {
    struct talk *talk;
    int64_t id;
    struct sse sse;
    struct buf json;
    bool is_stream;
    struct talk_result *result;
};

/* True when it was the response that is waited for. */
static bool take_json(struct answer_listener *l, struct text json)
{
    const struct rpc_message *response = talk_find_response(l->talk, json, l->id, &l->result->why);
    l->result->found = response != NULL;
    if (response)
        l->result->message = *response;
    return l->result->found;
}

static bool on_answer_event(void *cls, struct text event, struct text data)
{
    struct answer_listener *l = cls;
    return !text_eq(event, T("message")) || !take_json(l, data);
}

static bool on_answer_piece(void *cls, struct text type, struct text piece)
{
    struct answer_listener *l = cls;
    l->is_stream = sse_is_type(type);
    if (l->is_stream)
        return sse_feed(&l->sse, piece);
    buf_add(&l->json, piece);
    return true;
}

/* A request that is refused may be answered without its id: the server did not get as far as that. */
static void take_refusal(struct answer_listener *l)
{
    struct rpc_body body;
    struct text why;
    if (!text_starts(text_trim(l->result->http.body), T("{")) ||
        !read_messages(l->talk->trip, l->result->http.body, &body, &why))
        return;
    l->result->found = body.messages[0].error.is == VALUE_SET;
    l->result->message = body.messages[0];
}

static void say_what_came(struct answer_listener *l)
{
    struct arena *arena = l->talk->trip->arena;
    struct talk_result *result = l->result;
    const struct text type = talk_quote(l->talk, answer_header(&result->http, T("content-type")));
    if (l->is_stream)
        result->why = result->why.p ? text_format(arena, "a malformed event: %.*s", TEXT_ARG(result->why))
                                    : T("a stream of events that ended without an answer");
    else if (!l->json.n)
        result->why = text_format(arena, "HTTP %u and nothing else", result->http.status);
    else if (text_starts(type, T("application/json")))
        result->why = result->why.p ? text_format(arena, "JSON without an answer: %.*s",
                                                  TEXT_ARG(talk_quote(l->talk, result->why)))
                                    : T("an unrelated JSON-RPC message");
    else
        result->why = text_format(arena, "%.*s instead of JSON", TEXT_ARG(type.n ? type : T("something untyped")));
}

static void note_type(struct talk *talk, struct text type)
{
    struct text rest = type;
    if (text_eq_nocase(text_trim(text_cut(&rest, ';')), T("application/json")))
        return;
    const struct text said = talk_quote(talk, type);
    trip_warn(talk->trip, text_format(talk->trip->arena, "the server sends JSON as %.*s, not as application/json",
                                      TEXT_ARG(said.n ? said : T("something untyped"))));
}

void talk_ask(struct talk *talk, struct text method, struct text request, int64_t id, int64_t patience_us,
              struct talk_result *ret)
{
    struct arena *arena = talk->trip->arena;
    struct answer_listener listener = { .talk = talk, .id = id, .json = buf_new(arena, LIMIT_TRIP_BYTES),
                                        .result = ret };
    struct call call = talk_post(talk, method, request);
    *ret = (struct talk_result){ .found = false };
    listener.sse = sse_new(arena, LIMIT_TRIP_BYTES, on_answer_event, &listener);
    call.on_body = on_answer_piece;
    call.cls = &listener;
    if (!talk_call(talk->trip, &call, patience_us, &ret->http))
        return;
    if (ret->http.status / 100 != 2)
        take_refusal(&listener);
    else if (!listener.is_stream && listener.json.n && take_json(&listener, buf_text(&listener.json)))
        note_type(talk, answer_header(&ret->http, T("content-type")));
    if (!ret->found)
        say_what_came(&listener);
}

/* ---- the stream of the old transport ------------------------------------------------------------------------ */

struct event_stream {
    struct sse sse;
    bool *is_stream;
};

static bool on_stream_piece(void *cls, struct text type, struct text piece)
{
    struct event_stream *stream = cls;
    *stream->is_stream = sse_is_type(type);
    return *stream->is_stream && sse_feed(&stream->sse, piece);
}

bool talk_listen(struct talk *talk, bool (*on_event)(void *cls, struct text event, struct text data), void *cls,
                 struct answer *ret, bool *ret_is_stream)
{
    struct event_stream stream = { sse_new(talk->trip->arena, LIMIT_TRIP_BYTES, on_event, cls), ret_is_stream };
    struct call call = talk_get(talk);
    call.on_body = on_stream_piece;
    call.cls = &stream;
    *ret_is_stream = false;
    const bool answered = call_http(talk->trip, &call, ret);
    if (answered && ret->status / 100 == 2) /* one that ended at once, too */
        *ret_is_stream = sse_is_type(answer_header(ret, T("content-type")));
    return answered;
}
