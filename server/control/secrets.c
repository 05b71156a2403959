/* Secrets on the control plane: asked whether they were given a value. */
#include "api/secrets.h"

#include "api/handlers.h"
#include "control/match_reply.h"
#include "base/limit.h"
#include "store/query.h"

struct credential_path {
    struct v_uuid credential_id;
};

static const struct field path_fields[] = {
    FIELD_UUID(struct credential_path, credential_id, .flags = REQUIRED, .doc = "Secret ID"),
};
const struct spec credential_path = SPEC(struct credential_path, "CredentialPath", path_fields);

struct match_body {
    struct v_text name;
    struct v_secret value;
};

static const struct field match_fields[] = {
    FIELD_TEXT(struct match_body, name, .flags = REQUIRED, .min = 1, .max = LIMIT_SECRET_KEY, .doc = "Variable",
               .example = "\"WAREHOUSE_PASSWORD\""),
    FIELD_SECRET(struct match_body, value, .flags = REQUIRED, .max = LIMIT_SECRET_VALUE, .doc = "Its value"),
};
const struct spec value_match_body = SPEC(struct match_body, "MatchSecretValue", match_fields);

/* Whosever it is. */
static bool exists(struct request *rq, const struct uuid *id)
{
    QUERY q = query(rq->db, SQL_SECRET_OF_ID);
    bind_uuid(&q, id);
    return query_row(&q);
}

enum err secret_match_value(struct request *rq, struct reply *rp)
{
    const struct credential_path *path = rq->path;
    const struct match_body *in = rq->input;
    const struct uuid *id = &path->credential_id.v;
    if (!exists(rq, id))
        return ERR_SECRET_NOT_FOUND;
    rp->object = secret_match(rq, secret_values_match(rq, id, in->name.v, in->value.v));
    return OK;
}
