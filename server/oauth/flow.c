#include "oauth/flow.h"

#include "space/ids.h"
#include "base/limit.h"
#include "store/query.h"

#define F struct flow
static const struct field flow_fields[] = {
    FIELD_UUID(F, id, .column = "id"),
    FIELD_TEXT(F, provider, .column = "provider"),
    FIELD_TEXT(F, key, .column = "key"),
    FIELD_UUID(F, team_id, .column = "team_id"),
    FIELD_UUID(F, user_id, .column = "user_id"),
    FIELD_TEXT(F, client_id, .column = "client_id"),
    FIELD_TEXT(F, redirect_uri, .column = "redirect_uri"),
    FIELD_TEXTS(F, scopes, .column = "scopes"),
    FIELD_TEXT(F, return_url, .column = "return_url"),
    FIELD_JSON(F, properties, .column = "properties"),
    FIELD_UUID(F, reconnect_id, .column = "reconnect_id"),
    FIELD_TIME(F, taken_at, .column = "taken_at"),
    FIELD_TIME(F, ended_at, .column = "ended_at"),
    FIELD_TEXT(F, error, .column = "error"),
    FIELD_TEXT(F, error_description, .column = "error_description"),
    FIELD_UUID(F, connection_id, .column = "connection_id"),
    FIELD_TIME(F, created_at, .column = "created_at"),
    FIELD_TIME(F, expires_at, .column = "expires_at"),
};
#undef F
const struct spec flow_spec = SPEC(struct flow, "Flow", flow_fields);

struct text flow_begin(struct request *rq, struct flow *flow)
{
    const struct text state = token_new(rq, "state");
    flow->created_at = SET_TIME(rq->now);
    flow->expires_at = SET_TIME(rq->now + FLOW_LIFETIME_MS);
    query_prune(rq->db, SQL_FLOW_DROP, LIMIT_FLOWS);
    query_store(rq->db, SQL_FLOW_INSERT, &flow_spec, flow, WITH(token_hash(rq->db, state)));
    return state;
}

bool flow_find(struct request *rq, struct text state, struct flow *ret)
{
    return query_get(rq->db, SQL_FLOW_OF_STATE, WITH(token_hash(rq->db, state)), &flow_spec, rq->arena, ret);
}

bool flow_get(struct request *rq, const struct uuid *id, struct flow *ret)
{
    return query_get(rq->db, SQL_FLOW_GET, WITH(id), &flow_spec, rq->arena, ret);
}

void flow_take(struct request *rq, struct flow *flow, struct v_text code)
{
    struct secret_hash hash;
    if (code.is == VALUE_SET)
        hash = token_hash(rq->db, code.v);
    flow->taken_at = SET_TIME(rq->now);
    query_change(rq->db, SQL_FLOW_TAKE, WITH(&flow->id.v, rq->now, code.is == VALUE_SET ? &hash : NULL));
}

bool flow_has_code(struct request *rq, const struct flow *flow, struct text code)
{
    return query_finds(rq->db, SQL_FLOW_HAS_CODE, WITH(&flow->id.v, token_hash(rq->db, code)));
}

/* Those of older files have ended_at alone. */
bool flow_is_taken(const struct flow *flow)
{
    return flow->taken_at.is == VALUE_SET || flow->ended_at.is == VALUE_SET;
}

void flow_end(struct request *rq, struct flow *flow)
{
    flow->ended_at = SET_TIME(rq->now);
    query_store(rq->db, SQL_FLOW_UPDATE, &flow_spec, flow, NULL);
}

bool flow_is_over(const struct request *rq, const struct flow *flow)
{
    return flow->ended_at.is == VALUE_SET || rq->now >= flow->expires_at.v;
}
