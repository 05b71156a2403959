/* RPC: JSON-RPC 2.0 as MCP uses it, for the mock as a client and for its built-in servers. Messages are read by field
 * tables and written whole; ids, parameters and results are other people's JSON and are kept as text. */
#ifndef DUVO_MCP_RPC_H
#define DUVO_MCP_RPC_H

#include "base/json.h"
#include "spec/read.h"

enum rpc_code {
    RPC_PARSE_ERROR = -32700,
    RPC_INVALID_REQUEST = -32600,
    RPC_METHOD_NOT_FOUND = -32601,
    RPC_INVALID_PARAMS = -32602,
    RPC_REFUSED = -32000,             /* what servers of the legacy revisions say of a bad HTTP request */
    RPC_NO_SESSION = -32001,          /* the same of a session that is gone */
    RPC_HEADER_MISMATCH = -32020,     /* from here to RPC_LAST_MODERN: 2026-07-28 */
    RPC_MISSING_CAPABILITY = -32021,
    RPC_UNSUPPORTED_VERSION = -32022,
    RPC_LAST_MODERN = -32099,
};

struct rpc_error {
    enum value_state is;
    struct v_int code;
    struct v_text message;
    struct v_json data;
};

/* A request, a notification (no id) or a response (no method). */
struct rpc_message {
    struct v_text jsonrpc; /* of a client's message, */
    struct v_json version; /* and as a server wrote it */
    struct v_json id;
    struct v_text method;
    struct v_json params, result;
    struct rpc_error error;
};

/* ---- reading ----------------------------------------------------------------------------------------------- */

/* What stands in the body of an HTTP message, or in an event. */
struct rpc_body {
    const struct rpc_message *messages;
    size_t n;
    bool is_batch;       /* an array, be it of one message */
    struct read_result read; /* why it is no message, and no array of 1 to LIMIT_BATCH of them */
};

/* False when it is none: ret->read says why. Problems are under the path `root`. `strict` is for clients of the
 * built-in servers, whose developers want to hear of every mistake; of other people's servers all is taken that can be
 * understood, even a message that does not say `"jsonrpc": "2.0"` (rpc_names_version). */
bool rpc_parse(struct arena *arena, bool strict, struct text root, struct text json, struct rpc_body *ret);
/* Whether a server's message says `"jsonrpc": "2.0"`. */
bool rpc_names_version(const struct rpc_message *message);
/* Whether it has an id and a method: it wants a response. */
bool rpc_is_request(const struct rpc_message *message);
/* Whether it has a result or an error. */
bool rpc_is_response(const struct rpc_message *message);
/* Whether it is the response to the request with that id, as a number or, as some servers have it, as a string. */
bool rpc_answers(const struct rpc_message *message, int64_t id);

/* ---- writing ----------------------------------------------------------------------------------------------- */

/* A message up to its id, which is JSON, or unset in a message without one: an object that is the caller's to end. */
struct json rpc_begin(struct buf *b, struct text id);
/* `params` is a JSON object, or unset. */
struct text rpc_request(struct arena *arena, int64_t id, struct text method, struct text params);
struct text rpc_notification(struct arena *arena, struct text method);
/* A response with an error. */
struct text rpc_error_text(struct arena *arena, struct text id, const struct rpc_error *error);

#endif
