/* A custom integration's client secret on the control plane: asked whether it has a value. */
#include "api/handlers.h"
#include "control/match_reply.h"
#include "base/limit.h"
#include "store/query.h"

struct client_path {
    struct v_uuid custom_integration_id;
};

static const struct field path_fields[] = {
    FIELD_UUID(struct client_path, custom_integration_id, .flags = REQUIRED, .doc = "Custom integration ID"),
};
const struct spec client_path = SPEC(struct client_path, "ClientPath", path_fields);

static const char *const secret_names[] = { "oauth_client_secret", NULL };

struct match_body {
    struct v_enum name;
    struct v_secret value;
};

static const struct field match_fields[] = {
    FIELD_ENUM(struct match_body, name, .flags = REQUIRED, .names = secret_names, .doc = "Which secret"),
    FIELD_SECRET(struct match_body, value, .flags = REQUIRED, .max = LIMIT_CLIENT_SECRET, .doc = "Its value"),
};
const struct spec client_match_body = SPEC(struct match_body, "MatchClientSecret", match_fields);

/* Sealed values differ each time; what is compared are keyed hashes. */
static bool is_value(struct request *rq, struct text sealed, struct secret value)
{
    const struct secret_key *key = store_key_of(rq->db);
    struct secret kept;
    if (!secret_unseal(rq->arena, store_seal_key_of(rq->db), sealed, &kept))
        return false;
    const struct secret_hash a = secret_hash(key, kept), b = secret_hash(key, value);
    return secret_hash_eq(&a, &b);
}

enum err client_match_secret(struct request *rq, struct reply *rp)
{
    const struct client_path *path = rq->path;
    const struct match_body *in = rq->input;
    QUERY q = query(rq->db, SQL_CUSTOM_INTEGRATION_SECRET);
    bind_uuid(&q, &path->custom_integration_id.v);
    if (!query_row(&q))
        return ERR_INTEGRATION_NOT_FOUND;
    rp->object = secret_match(rq, !col_is_null(&q, 0) && is_value(rq, col_text(&q, 0), in->value.v));
    return OK;
}
