#include "oauth/grant.h"

#include "api/handlers.h"
#include "api/publish.h"
#include "space/ids.h"
#include "base/limit.h"
#include "store/query.h"

#define G struct grant
static const struct field grant_fields[] = {
    FIELD_TEXT(G, issuer, .column = "issuer"),
    FIELD_TEXT(G, client_id, .column = "client_id"),
    FIELD_TEXT(G, redirect_uri, .column = "redirect_uri"),
    FIELD_BOOL(G, redirect_sent, .column = "redirect_sent"),
    FIELD_TEXTS(G, scopes, .column = "scopes"),
    FIELD_TEXT(G, account, .column = "account"),
    FIELD_TEXT(G, code_challenge, .column = "code_challenge"),
    FIELD_TEXT(G, resource, .column = "resource"),
    FIELD_UUID(G, connection_id, .column = "connection_id"),
    FIELD_TIME(G, used_at, .column = "used_at"),
    FIELD_TIME(G, created_at, .column = "created_at"),
    FIELD_TIME(G, expires_at, .column = "expires_at"),
};
#undef G
const struct spec grant_spec = SPEC(struct grant, "Grant", grant_fields);

struct text grant_issue(struct request *rq, struct grant *grant, struct v_text state, int64_t lifetime_ms)
{
    const struct text code = token_new(rq, "code");
    grant->created_at = SET_TIME(rq->now);
    grant->expires_at = SET_TIME(rq->now + lifetime_ms);
    struct secret_hash of_state;
    if (state.is == VALUE_SET)
        of_state = token_hash(rq->db, state.v);
    query_prune(rq->db, SQL_GRANT_DROP, LIMIT_FLOWS);
    query_store(rq->db, SQL_GRANT_INSERT, &grant_spec, grant,
                WITH(token_hash(rq->db, code), state.is == VALUE_SET ? &of_state : NULL));
    return code;
}

bool grant_find(struct request *rq, struct text code, struct grant *ret)
{
    return query_get(rq->db, SQL_GRANT_FIND, WITH(token_hash(rq->db, code)), &grant_spec, rq->arena, ret);
}

bool grant_is_of(struct request *rq, struct text code, struct text state)
{
    return query_finds(rq->db, SQL_GRANT_IS_OF, WITH(token_hash(rq->db, code), token_hash(rq->db, state)));
}

bool grant_is_known(struct request *rq, struct text code)
{
    return query_finds(rq->db, SQL_GRANT_IS_KNOWN, WITH(token_hash(rq->db, code)));
}

static void revoke_tokens(struct request *rq, const struct uuid *connection_id)
{
    const struct text why = T("The authorization code was used twice; the tokens were revoked");
    struct connection connection = { .id = { .is = VALUE_ABSENT } };
    if (query_change(rq->db, SQL_CONNECTION_REVOKE, WITH(connection_id, rq->now, why)) &&
        query_get(rq->db, SQL_CONNECTION_OF_ID, WITH(connection_id), &connection_spec, rq->arena, &connection))
        publish_connection_action(rq, &connection);
}

enum redeemed grant_redeem(struct request *rq, struct text code, struct text issuer, struct text client_id,
                           struct text redirect_uri, struct text state, struct grant *ret)
{
    if (!grant_find(rq, code, ret) || !text_eq(ret->issuer.v, issuer))
        return REDEEM_UNKNOWN;
    if (!text_eq(ret->client_id.v, client_id))
        return REDEEM_OTHER_CLIENT;
    if (ret->used_at.is == VALUE_SET) {
        if (ret->connection_id.is == VALUE_SET)
            revoke_tokens(rq, &ret->connection_id.v);
        return REDEEM_REPLAYED;
    }
    if (state.p && !grant_is_of(rq, code, state))
        return REDEEM_OTHER_SIGN_IN;
    if (!text_eq(ret->redirect_uri.v, redirect_uri))
        return REDEEM_OTHER_REDIRECT;
    if (rq->now >= ret->expires_at.v)
        return REDEEM_EXPIRED;
    query_change(rq->db, SQL_GRANT_USE, WITH(token_hash(rq->db, code), rq->now));
    return REDEEMED;
}

const char *redeemed_text(enum redeemed how)
{
    static const char *const texts[] = {
        [REDEEMED] = NULL,
        [REDEEM_UNKNOWN] = "The provider does not know the authorization code",
        [REDEEM_OTHER_CLIENT] = "The authorization code was issued to another client",
        [REDEEM_OTHER_SIGN_IN] = "The authorization code was issued in another sign-in",
        [REDEEM_OTHER_REDIRECT] = "The authorization code was issued for another redirect URI",
        [REDEEM_EXPIRED] = "The authorization code has expired",
        [REDEEM_REPLAYED] = "The authorization code was already used; its tokens are revoked",
    };
    return texts[how];
}

void grant_release(struct request *rq, const struct uuid *connection_id)
{
    query_change(rq->db, SQL_GRANT_RELEASE, WITH(connection_id));
}

void grant_bind(struct request *rq, struct text code, const struct uuid *connection_id)
{
    query_change(rq->db, SQL_GRANT_BIND, WITH(token_hash(rq->db, code), connection_id));
}
