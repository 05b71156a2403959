/* Hosted tools: operations of the API as an MCP client sees them, and what a call of one asks for. */
#ifndef DUVO_ROUTER_HOSTED_TOOLS_H
#define DUVO_ROUTER_HOSTED_TOOLS_H

#include "base/json.h"
#include "mcp/server/operations.h"

/* The request that a call stands for. */
struct operation_call {
    const struct route *route;
    struct text uri, body; /* body: JSON; unset: none */
    struct text refusal;   /* set: it cannot be asked for, and this is said */
};

/* An array of all tools of the version. */
void tools_put(struct json *j, struct arena *arena, unsigned version);
/* `arguments` is a JSON object. In the request's space. */
struct operation_call operation_call_of(struct request *rq, const struct route *route, struct text arguments);

#endif
