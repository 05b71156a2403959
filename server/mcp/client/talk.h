/* Talk: the HTTP side of talking to an MCP server: a message is posted, and what comes back is read, be it one JSON
 * object or a stream of events. */
#ifndef DUVO_MCP_CLIENT_TALK_H
#define DUVO_MCP_CLIENT_TALK_H

#include "mcp/client/probe.h"
#include "mcp/client/rpc.h"

struct talk {
    struct trip *trip;
    const struct mcp_target *target;
    struct text url;     /* that messages are posted to */
    struct text version; /* of the protocol, for the header; unset: not agreed upon yet */
    struct text session; /* unset: there is none */
    bool modern;         /* the header names the method, too */
};

/* What came of a request. */
struct heard {
    struct answer http;
    bool found; /* `message` is the answer to the request, whatever the HTTP status */
    struct rpc_message message;
    struct text why; /* unless found: what is wrong with what came, after "it was answered with" */
};

struct talk talk_new(struct trip *trip, const struct mcp_target *target);
/* Posts a request and waits for its answer. What the server asks meanwhile is answered. */
void talk_ask(struct talk *talk, struct text method, struct text request, int64_t id, struct heard *ret);
/* Posts a message that has no answer, or whose answer comes another way. Whether it was taken. */
bool talk_tell(struct talk *talk, struct text method, struct text message, struct answer *ret);
/* GET: the events that the server sends, until on_event wants no more. *ret_is_stream says whether that is what it
 * sends. */
bool talk_listen(struct talk *talk, bool (*on_event)(void *cls, struct text event, struct text data), void *cls,
                 struct answer *ret, bool *ret_is_stream);
/* Ends the session if there is one. */
void talk_end(struct talk *talk);

/* What the server said, without the target's credentials, as one short line. */
struct text talk_quote(struct talk *talk, struct text said);

/* why.c: one line that says why the request did not get its answer, and what to do about it. Also notes in *probe
 * what a program wants to know of it. */
struct text talk_fault(struct talk *talk, struct text method, const struct heard *heard, struct mcp_probe *probe);

#endif
