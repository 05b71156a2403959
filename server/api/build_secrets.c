/* Secrets of a build: those whose variables its runs are given. */
#include "api/agent_path.h"
#include "api/common.h"
#include "api/handlers.h"
#include "api/secrets.h"
#include "base/limit.h"

static const struct field row_fields[] = {
    FIELD_UUID(struct build_secret, build_id, .column = "build_id", .flags = REQUIRED),
    FIELD_UUID(struct build_secret, secret_id, .column = "secret_id", .flags = REQUIRED),
};
const struct spec build_secret_row = SPEC(struct build_secret, "FixtureBuildSecret", row_fields);

/* ---- list ------------------------------------------------------------------------------------------------ */

enum err build_secrets_list(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    bool frozen;
    const enum err err = build_in_path(rq, &frozen);
    if (err != OK)
        return err;
    return list_all(rq, rp, SQL_BUILD_SECRET_LIST, WITH(&path->build_id.v, &rq->who.user_id), &secret_spec);
}

/* ---- attach ---------------------------------------------------------------------------------------------- */

struct attach_body {
    struct v_uuid credentialId;
};

static const struct field attach_fields[] = {
    FIELD_UUID(struct attach_body, credentialId, .flags = REQUIRED | STRICT_V1,
               .doc = "A secret visible to the caller"),
};
const struct spec build_secret_body = SPEC(struct attach_body, "AttachSecret", attach_fields);

static bool has_secret(struct request *rq, const struct build_secret *one)
{
    return query_finds(rq->db, SQL_BUILD_SECRET_EXISTS, WITH(one->build_id, one->secret_id));
}

/* One that is attached already stays where it is. */
static enum err attach_secret(struct request *rq, const struct build_secret *one)
{
    if (has_secret(rq, one))
        return OK;
    if (query_number(rq->db, SQL_BUILD_SECRET_COUNT, WITH(one->build_id)) >= LIMIT_BUILD_SECRETS)
        return ERR_BUILD_SECRETS_FULL;
    return query_insert(rq->db, SQL_BUILD_SECRET_INSERT, &build_secret_row, one, NULL) ? OK : ERR_INTERNAL;
}

/* The path's build, and a secret that the caller may see. */
static enum err find_both(struct request *rq, const struct uuid *secret_id, struct build_secret *ret, bool *ret_frozen)
{
    const struct agent_path *path = rq->path;
    struct bundle secret = { .id = { .is = VALUE_ABSENT } };
    enum err err = build_in_path(rq, ret_frozen);
    if (err == OK)
        err = secret_find(rq, secret_id, &secret);
    *ret = (struct build_secret){ path->build_id, secret.id };
    return err;
}

enum err build_secrets_attach(struct request *rq, struct reply *rp)
{
    const struct attach_body *in = rq->input;
    struct build_secret one;
    bool frozen = false;
    const enum err err = find_both(rq, &in->credentialId.v, &one, &frozen);
    if (err != OK || frozen)
        return err != OK ? err : ERR_BUILD_FROZEN;
    rp->object = success(rq, true);
    return attach_secret(rq, &one);
}

/* ---- detach ---------------------------------------------------------------------------------------------- */

enum err build_secrets_detach(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    struct build_secret one;
    bool frozen = false;
    const enum err err = find_both(rq, &path->secret_id.v, &one, &frozen);
    if (err != OK)
        return err;
    if (!has_secret(rq, &one))
        return ERR_SECRET_NOT_FOUND;
    if (frozen)
        return ERR_BUILD_FROZEN;
    query_change(rq->db, SQL_BUILD_SECRET_DELETE, WITH(one.build_id, one.secret_id));
    rp->object = success(rq, true);
    return OK;
}

/* ---- copy ------------------------------------------------------------------------------------------------ */

void secrets_copy(struct request *rq, const struct uuid *from_build, const struct uuid *to_build)
{
    query_change(rq->db, SQL_BUILD_SECRET_COPY, WITH(from_build, to_build, &rq->who.user_id));
}
