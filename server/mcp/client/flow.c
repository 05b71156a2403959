#include "mcp/client/flow.h"

#include "store/query.h"

#define F struct mcp_flow
static const struct field fields[] = {
    FIELD_UUID(F, flow_id, .column = "flow_id"),
    FIELD_TEXT(F, server_url, .column = "server_url"),
    FIELD_TEXT(F, name, .column = "name"),
    FIELD_TEXT(F, type, .column = "type"),
    FIELD_UUID(F, custom_integration_id, .column = "custom_integration_id"),
    FIELD_TEXT(F, issuer, .column = "issuer"),
    FIELD_BOOL(F, iss_expected, .column = "iss_expected"),
    FIELD_TEXT(F, token_endpoint, .column = "token_endpoint"),
    FIELD_TEXT(F, resource, .column = "resource"),
    FIELD_TEXT(F, scope, .column = "scope"),
    FIELD_ENUM(F, client_auth, .column = "client_auth", .names = client_auth_names),
};
#undef F
const struct spec mcp_flow_spec = SPEC(struct mcp_flow, "McpFlow", fields);

void mcp_flow_save(struct request *rq, const struct mcp_flow *flow, struct secret client_secret,
                   struct secret verifier)
{
    const struct secret_key *key = store_seal_key_of(rq->db);
    const struct blob sealed_secret = { secret_seal(rq->arena, key, client_secret) };
    const struct blob sealed_verifier = { secret_seal(rq->arena, key, verifier) };
    query_store(rq->db, SQL_MCP_FLOW_INSERT, &mcp_flow_spec, flow, WITH(sealed_secret, sealed_verifier));
}

bool mcp_flow_get(struct request *rq, const struct uuid *flow_id, struct mcp_flow *ret,
                  struct secret *ret_client_secret, struct secret *ret_verifier)
{
    const struct secret_key *key = store_seal_key_of(rq->db);
    QUERY q = query_with(rq->db, SQL_MCP_FLOW_GET, WITH(flow_id));
    if (!query_row(&q))
        return false;
    col_row(&q, 2, &mcp_flow_spec, rq->arena, ret);
    return secret_unseal(rq->arena, key, col_text(&q, 0), ret_client_secret) &&
           secret_unseal(rq->arena, key, col_text(&q, 1), ret_verifier);
}
