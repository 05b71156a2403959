#include "mcp/server/token.h"

#include "space/ids.h"
#include "base/limit.h"
#include "oauth/flow.h"
#include "store/query.h"

#define REFRESH_LIFETIME_MS (INT64_C(30) * 24 * 3600 * 1000)

static const char *const kind_names[] = { "access", "refresh", NULL };

#define K struct mcp_token
static const struct field token_fields[] = {
    FIELD_ENUM(K, kind, .column = "kind", .names = kind_names),
    FIELD_UUID(K, family, .column = "family"),
    FIELD_TEXT(K, preset, .column = "preset"),
    FIELD_TEXT(K, client_id, .column = "client_id"),
    FIELD_TEXT(K, resource, .column = "resource"),
    FIELD_TEXT(K, account, .column = "account"),
    FIELD_TEXTS(K, scopes, .column = "scopes"),
    FIELD_TIME(K, used_at, .column = "used_at"),
    FIELD_TIME(K, created_at, .column = "created_at"),
    FIELD_TIME(K, expires_at, .column = "expires_at"),
};
#undef K
const struct spec mcp_token_spec = SPEC(struct mcp_token, "McpToken", token_fields);

bool mcp_token_find(struct request *rq, struct text token, enum token_kind kind, struct mcp_token *ret)
{
    *ret = (struct mcp_token){ .kind = { .is = VALUE_ABSENT } };
    return query_get(rq->db, SQL_MCP_TOKEN_GET, WITH(token_hash(rq->db, token)), &mcp_token_spec, rq->arena, ret) &&
           ret->kind.v == (int)kind;
}

struct text mcp_token_issue(struct request *rq, const struct mcp_token *like, enum token_kind kind)
{
    const struct text token = token_new(rq, "token");
    const int64_t lifetime = kind == TOKEN_ACCESS ? INT64_C(1000) * TOKEN_SECONDS : REFRESH_LIFETIME_MS;
    struct mcp_token row = *like;
    row.kind = (struct v_enum){ VALUE_SET, kind };
    row.used_at.is = VALUE_ABSENT;
    row.created_at = SET_TIME(rq->now);
    row.expires_at = SET_TIME(rq->now + lifetime);
    query_prune(rq->db, SQL_MCP_TOKEN_DROP, 2 * LIMIT_FLOWS);
    query_store(rq->db, SQL_MCP_TOKEN_INSERT, &mcp_token_spec, &row, WITH(token_hash(rq->db, token)));
    return token;
}

void mcp_token_use(struct request *rq, struct text token)
{
    query_change(rq->db, SQL_MCP_TOKEN_USE, WITH(token_hash(rq->db, token), rq->now));
}

void mcp_token_delete(struct request *rq, struct text token)
{
    query_change(rq->db, SQL_MCP_TOKEN_DELETE, WITH(token_hash(rq->db, token)));
}

void mcp_family_revoke(struct request *rq, const struct uuid *family)
{
    query_change(rq->db, SQL_MCP_TOKEN_REVOKE, WITH(family));
}
