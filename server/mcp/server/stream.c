#include "mcp/server/stream.h"

#include "api/handlers.h"
#include "base/limit.h"
#include "mcp/wellknown.h"
#include "request/server.h"
#include "mcp/sse.h"
#include "net/streams.h"
#include "space/space.h"

/* ---- the stream ------------------------------------------------------------------------------------------ */

/* A stream's id is what lets others write into it, and is called so that the log masks it. The place is told as a path:
 * whatever name and port the client reaches the server by, it stays there. */
static struct text endpoint_event(struct request *rq, const struct mcp_server *server, const struct uuid *id)
{
    struct buf b = buf_new(rq->arena, LIMIT_URI);
    const struct text path = text_from(server->url, url_origin(server->url).n);
    sse_put(&b, T("endpoint"),
                  text_format(rq->arena, "%.*s/messages?session_token=%.*s", TEXT_ARG(path),
                              TEXT_ARG(uuid_text(rq->arena, id))));
    return buf_text(&b);
}

static bool is_dropped(void *cls)
{
    return space_is_gone(cls);
}

static void leave_space(void *cls)
{
    space_release(cls);
}

/* It ends with its space, which it holds. */
static struct stream *open_in_space(struct request *rq)
{
    const struct stream_source source = { .is_over = is_dropped, .leave = leave_space, .cls = rq->home };
    struct stream *stream = stream_open_from(rq->server->streams, rq->space, source);
    if (stream)
        space_hold(rq->home);
    return stream;
}

enum err mcp_stream_begin(struct request *rq, struct reply *rp, const struct mcp_server *server)
{
    rp->status = 200;
    rp->content_type = SSE_TYPE;
    reply_header(rp, "cache-control", "no-store");
    reply_header(rp, "x-accel-buffering", "no");
    if (text_eq(rq->method, T("HEAD")))
        return OK;
    rp->stream = open_in_space(rq);
    if (!rp->stream)
        return fail(rq, ERR_BUSY, "%d streams are open; close one first", LIMIT_STREAMS);
    const struct uuid id = stream_id(rp->stream);
    stream_write(rq->server->streams, rq->space, &id, endpoint_event(rq, server, &id));
    return OK;
}

/* ---- writing into it ----------------------------------------------------------------------------------------- */

struct message_query {
    struct v_uuid session_token;
};

static const struct field message_fields[] = {
    FIELD_UUID(struct message_query, session_token, .flags = REQUIRED, .doc = "Of the endpoint event"),
};
const struct spec mcp_message_query = SPEC(struct message_query, "McpMessageQuery", message_fields);

static bool write_to_stream(struct request *rq, struct text bytes)
{
    const struct message_query *in = rq->query;
    return stream_write(rq->server->streams, rq->space, &in->session_token.v, bytes);
}

bool mcp_stream_exists(struct request *rq)
{
    return write_to_stream(rq, T(""));
}

bool mcp_stream_send(struct request *rq, struct text json)
{
    struct buf b = buf_new(rq->arena, LIMIT_REPLY);
    sse_put(&b, T("message"), json);
    return write_to_stream(rq, buf_text(&b));
}
