/* JSON-RPC 2.0 as MCP uses it: messages are written whole, and read by field tables. */
#ifndef DUVO_MCP_CLIENT_RPC_H
#define DUVO_MCP_CLIENT_RPC_H

#include "spec/spec.h"

enum {
    RPC_METHOD_NOT_FOUND = -32601,
    RPC_UNSUPPORTED_VERSION = -32022, /* MCP 2026-07-28 */
};

struct rpc_error {
    enum value_state is;
    struct v_int code;
    struct v_text message;
    struct v_json data;
};

/* A request, a notification (no id) or an answer (no method). */
struct rpc_message {
    struct v_json id;
    struct v_text method;
    struct v_json result;
    struct rpc_error error;
};

/* `params` is a JSON object, or unset. */
struct text rpc_request(struct arena *arena, int64_t id, struct text method, struct text params);
struct text rpc_notification(struct arena *arena, struct text method);
/* The answer to a server's request: an empty result to `ping`, and "method not found" to all others, for a client
 * without capabilities. */
struct text rpc_answer_to(struct arena *arena, const struct rpc_message *request);

/* Reads one message or a batch of them. False when it is neither; then *ret_why says what is wrong, otherwise it
 * is untouched. */
bool rpc_parse(struct arena *arena, struct text json, const struct rpc_message **ret, size_t *ret_n,
               struct text *ret_why);
/* Whether it is the answer to the request with that id, as a number or, as some servers have it, as a string. */
bool rpc_answers(const struct rpc_message *message, int64_t id);
/* Reads a result, or any other JSON value, into a zeroed object of the spec, as above. */
bool rpc_read(struct arena *arena, const struct spec *spec, struct text json, void *ret, struct text *ret_why);

#endif
