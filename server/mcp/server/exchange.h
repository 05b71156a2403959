/* Exchange: one request to a built-in MCP server, the knowledge about its sender, and its answer. */
#ifndef DUVO_MCP_SERVER_EXCHANGE_H
#define DUVO_MCP_SERVER_EXCHANGE_H

#include "mcp/rpc.h"
#include "mcp/server/builtin.h"

struct mcp_exchange;
/* Writes the members of its result; false with the error set. */
typedef bool mcp_method(struct mcp_exchange *x, struct text params, struct json *j);

struct mcp_exchange {
    struct request *rq;
    struct mcp_server server;
    enum era era;
    struct text version;         /* of the protocol */
    struct text capabilities;    /* of a modern client: JSON */
    bool may_call;               /* the token's scopes include tools:call */
    mcp_method *list, *call;     /* of tools, in the place of those in fixtures; NULL: these */
    bool streams;                /* it is answered with a stream of events */
    struct text session;         /* that was begun */
    bool missing_scope;          /* which the method needed */
    struct rpc_error error;
    unsigned status;             /* of HTTP */
};

/* Sets the error. Always false: `return exchange_fail(x, …)`. */
bool exchange_fail(struct mcp_exchange *x, enum rpc_code code, unsigned status, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The response that says it; `id` unset when it is not known. */
struct text exchange_error(const struct mcp_exchange *x, struct text id);
/* A client's words for a message: not too many, and visible ASCII. */
struct text exchange_shown(const struct mcp_exchange *x, struct text words);
/* Takes the request's body apart; false with the error set. */
bool exchange_read(struct mcp_exchange *x, struct rpc_body *ret);
/* False, with the error set, unless it is a request, a notification or a response; nothing is asked of clients, so a
 * response is not looked at. */
bool exchange_check(struct mcp_exchange *x, const struct rpc_message *message);
/* Reads an object of parameters; absent ones are none. False, with the error set, when they break the table's rules. */
bool exchange_params(struct mcp_exchange *x, const struct spec *spec, struct text params, void *ret);

/* Whether the server speaks the version in an era of `eras`. */
bool exchange_speaks(const struct mcp_exchange *x, unsigned eras, struct text version);
/* The newest version that it speaks with the handshake of the legacy eras. */
struct text exchange_newest_version(const struct mcp_exchange *x);
/* Every version that it speaks, newest first, as a JSON array. */
struct text exchange_versions(const struct mcp_exchange *x);
/* Members `capabilities` and who the server is, under the name of that era. */
void exchange_put_server(const struct mcp_exchange *x, struct json *j);
/* Members of what tools/call gives: one text, and whether it tells of an error. */
void exchange_put_called(const struct mcp_exchange *x, struct json *j, struct text text, bool is_error);

#endif
