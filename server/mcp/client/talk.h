/* Talk: the HTTP side of talking to an MCP server: a message is posted, and what comes back is read, be it one JSON
 * object or a stream of events. */
#ifndef DUVO_MCP_CLIENT_TALK_H
#define DUVO_MCP_CLIENT_TALK_H

#include "mcp/rpc.h"
#include "net/outbound.h"

struct mcp_target {
    struct text url;
    const struct call_header *headers; /* sent with every request; a name that the protocol needs is its own */
    size_t header_count;
};

struct talk {
    struct trip *trip;
    const struct mcp_target *target;
    struct text url;     /* that messages are posted to */
    struct text version; /* of the protocol, for the header; unset: not agreed upon yet */
    struct text session; /* unset: there is none */
    bool modern;         /* the header names the method, too */
};

/* What came of a request. */
struct talk_result {
    struct answer http;
    bool found; /* `message` is the response to the request, whatever the HTTP status */
    struct rpc_message message;
    struct text why; /* unless found: what is wrong with what came, after "it was answered with" */
};

struct talk talk_new(struct trip *trip, const struct mcp_target *target);
/* The calls that it makes, for who reads the answers in another way: a message, and the GET of a stream of events. */
struct call talk_post(const struct talk *talk, struct text method, struct text message);
struct call talk_get(const struct talk *talk);
/* call_http that waits no longer than so many microseconds. */
bool talk_call(struct trip *trip, const struct call *call, int64_t patience_us, struct answer *ret);
/* A server that says nothing to `server/discover` for so long is asked to initialize: it may be an old one. */
#define TALK_DISCOVER_US INT64_C(3000000)
/* Posts a notification. Whether it was taken: an answer that does not end, or does not come soon, is as good as any. */
bool talk_notify(struct talk *talk, struct text method, struct text message, struct answer *ret);
/* Posts a request and waits for its response, so long (0: as long as the trip lasts). What the server asks meanwhile is
 * answered. */
void talk_ask(struct talk *talk, struct text method, struct text request, int64_t id, int64_t patience_us,
              struct talk_result *ret);
/* Posts a message that has no response, or whose response comes another way. Whether it was taken. */
bool talk_tell(struct talk *talk, struct text method, struct text message, struct answer *ret);
/* GET: the events that the server sends, until on_event wants no more. *ret_is_stream says whether that is what it
 * sends. */
bool talk_listen(struct talk *talk, bool (*on_event)(void *cls, struct text event, struct text data), void *cls,
                 struct answer *ret, bool *ret_is_stream);
/* The response to the request of that id in what the server has sent. NULL without one: *ret_why says what is wrong
 * with a text that is no message at all. What the server asks in it is answered. */
const struct rpc_message *talk_find_response(struct talk *talk, struct text json, int64_t id, struct text *ret_why);
/* Keeps the session that the server has begun with its answer, if that names one. */
void talk_keep_session(struct talk *talk, const struct answer *answer);
/* Ends the session if there is one. */
void talk_end(struct talk *talk);

/* What the server said, without the target's credentials, as one short line. */
struct text talk_quote(struct talk *talk, struct text said);

#endif
