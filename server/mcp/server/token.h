/* Tokens of the built-in authorization servers. They are random, kept as keyed hashes, and live by the space's clock.
 *
 * All that came of one authorization are a family: when a code or a refresh token comes a second time, the family is
 * revoked (RFC 6749 sections 4.1.2 and 10.4). */
#ifndef DUVO_MCP_SERVER_TOKEN_H
#define DUVO_MCP_SERVER_TOKEN_H

#include "mcp/server/clients.h"

enum token_kind { TOKEN_ACCESS, TOKEN_REFRESH };

struct mcp_token {
    struct v_enum kind;
    struct v_uuid family;
    struct v_text preset, client_id, resource, account;
    struct v_texts scopes;
    struct v_time used_at, created_at, expires_at; /* used_at: of a refresh token */
};

extern const struct spec mcp_token_spec;

/* False when there is none of that kind; whether it has expired is the caller's question. */
bool mcp_token_find(struct request *rq, struct text token, enum token_kind kind, struct mcp_token *ret);
/* A new one of the family; sets its kind and times. */
struct text mcp_token_issue(struct request *rq, const struct mcp_token *like, enum token_kind kind);
/* A refresh token is good once, and for --refresh-grace-seconds after its first use. */
void mcp_token_use(struct request *rq, struct text token);
void mcp_token_delete(struct request *rq, struct text token);
void mcp_family_revoke(struct request *rq, const struct uuid *family);

enum { TOKEN_SECONDS = 3600 };

#endif
