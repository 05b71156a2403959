/* RPC: JSON-RPC 2.0 as MCP uses it: messages in, results and errors out. Ids and parameters are other people's JSON and
 * are kept as text. */
#ifndef DUVO_MCP_SERVER_RPC_H
#define DUVO_MCP_SERVER_RPC_H

#include "base/json.h"
#include "mcp/server/preset.h"

enum rpc_code {
    RPC_PARSE_ERROR = -32700,
    RPC_INVALID_REQUEST = -32600,
    RPC_UNKNOWN_METHOD = -32601,
    RPC_INVALID_PARAMS = -32602,
    RPC_REFUSED = -32000,             /* what servers of the legacy revisions say of a bad HTTP request */
    RPC_NO_SESSION = -32001,          /* the same of a session that is gone */
    RPC_HEADER_MISMATCH = -32020,     /* from here on: 2026-07-28 */
    RPC_MISSING_CAPABILITY = -32021,
    RPC_UNSUPPORTED_VERSION = -32022,
};

struct rpc_message {
    struct v_text jsonrpc;
    struct v_json id;
    struct v_text method;
    struct v_json params, result, error;
};

struct rpc_error {
    enum rpc_code code;
    unsigned status; /* of HTTP */
    struct text message, data; /* data: JSON, or unset */
};

/* One request to a server, and what is known about who sent it. */
struct exchange {
    struct request *rq;
    struct mcp_server server;
    enum era era;
    struct text version;         /* of the protocol */
    struct text capabilities;    /* of a modern client: JSON */
    bool may_call;               /* the token's scopes include tools:call */
    struct text session;         /* that was begun */
    bool missing_scope;          /* which the method needed */
    struct rpc_error error;
};

/* Writes the members of its result; false with x->error set. */
typedef bool rpc_method(struct exchange *x, struct text params, struct json *j);

/* Always false: `return rpc_fail(x, …)`. */
bool rpc_fail(struct exchange *x, enum rpc_code code, unsigned status, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* A client's words for a message: not too many, and visible ASCII. */
struct text rpc_shown(const struct exchange *x, struct text words);
/* Reads an object of parameters; absent ones are none. False, with the error set, when they break the table's rules. */
bool rpc_params(struct exchange *x, const struct spec *spec, struct text params, void *ret);

enum rpc_body { RPC_BROKEN, RPC_ONE, RPC_BATCH };
/* Takes a body apart; RPC_BROKEN with x->error set. */
enum rpc_body rpc_take(struct exchange *x, struct text body, const struct rpc_message **ret, size_t *ret_n);
/* A message with an id and without a method answers a request; nothing is asked of clients, so it is not looked at. */
bool rpc_is_request(const struct rpc_message *message);
/* False, with the error set, unless it is a request, a notification or a response. */
bool rpc_check(struct exchange *x, const struct rpc_message *message);

/* Runs a method of the exchange's era and returns its response: JSON. */
struct text rpc_answer(struct exchange *x, const struct rpc_message *message);
/* The response that says x->error; `id` unset when it is not known. */
struct text rpc_error_text(struct exchange *x, struct text id);
/* The newest version of the protocol that the server speaks with the handshake of the legacy eras. */
struct text rpc_newest_version(const struct exchange *x);
/* Whether the server speaks it in an era of `eras`. */
bool rpc_speaks(const struct exchange *x, unsigned eras, struct text version);
/* Every version that it speaks, newest first, as a JSON array. */
struct text rpc_versions(const struct exchange *x);
/* Members `capabilities` and who the server is, under the name of that era. */
void rpc_put_server(struct json *j, const struct exchange *x);

#endif
