/* MCP flows: what Duvo remembers of an authorization at a remote server between the start and the callback, besides
 * what every flow has (oauth/flow.h). The verifier and the client's secret are sealed in the store. */
#ifndef DUVO_MCP_CLIENT_FLOW_H
#define DUVO_MCP_CLIENT_FLOW_H

#include "mcp/client/register.h"
#include "oauth/flow.h"

/* The slug and key that such flows have in place of a provider's. */
#define MCP_PROVIDER "mcp"

struct mcp_flow {
    struct v_uuid flow_id;
    struct v_text server_url, name, type;
    struct v_uuid custom_integration_id;
    struct v_text issuer;
    struct v_bool iss_expected;
    struct v_text token_endpoint, resource, scope;
    struct v_enum client_auth; /* of client_auth_names */
};

extern const struct spec mcp_flow_spec;

void mcp_flow_save(struct request *rq, const struct mcp_flow *flow, struct secret client_secret,
                   struct secret verifier);
/* False when there is none, or its secrets cannot be opened any more. An empty secret: a public client. */
bool mcp_flow_get(struct request *rq, const struct uuid *flow_id, struct mcp_flow *ret,
                  struct secret *ret_client_secret, struct secret *ret_verifier);

#endif
