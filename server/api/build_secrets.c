/* Secrets of a build: those whose variables its runs are given. */
#include "api/handlers.h"
#include "api/secrets.h"
#include "api/slots.h"
#include "api/success.h"
#include "api/rows.h"
#include "base/limit.h"
#include "store/query.h"

struct build_secret_path {
    struct v_uuid agentId, buildId, credentialId;
};

#define P struct build_secret_path
#define BUILD_FIELDS                                                                                                   \
    FIELD_UUID(P, agentId, .flags = REQUIRED, .doc = "Agent ID"),                                                      \
    FIELD_UUID(P, buildId, .flags = REQUIRED, .doc = "Revision ID")
static const struct field build_path_fields[] = { BUILD_FIELDS };
static const struct field path_fields[] = {
    BUILD_FIELDS, FIELD_UUID(P, credentialId, .flags = REQUIRED, .doc = "Secret ID"),
};
#undef P
const struct spec build_secrets_path = SPEC(struct build_secret_path, "RevisionSecretsPath", build_path_fields);
const struct spec build_secret_path = SPEC(struct build_secret_path, "RevisionSecretPath", path_fields);

static enum err find_build(struct request *rq, bool *ret_frozen)
{
    const struct build_secret_path *path = rq->path;
    return slot_build_of(rq, &path->agentId.v, &path->buildId.v, ret_frozen);
}

/* ---- list ------------------------------------------------------------------------------------------------ */

static size_t count(struct request *rq, const struct uuid *build_id)
{
    QUERY q = query(rq->db, SQL_BUILD_SECRET_COUNT);
    bind_uuid(&q, build_id);
    return query_row(&q) ? (size_t)col_int(&q, 0) : 0;
}

enum err build_secrets_list(struct request *rq, struct reply *rp)
{
    const struct build_secret_path *path = rq->path;
    bool frozen;
    const enum err err = find_build(rq, &frozen);
    if (err != OK)
        return err;
    const size_t room = count(rq, &path->buildId.v);
    struct bundle *rows = ARENA_ARRAY(rq->arena, room, struct bundle);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_BUILD_SECRET_LIST);
    bind_uuid(&q, &path->buildId.v);
    bind_uuid(&q, &rq->who.user_id);
    while (n < room && query_row(&q))
        col_row(&q, 0, &secret_spec, rq->arena, &rows[n++]);
    rp->object = secrets_listed(rq, n, rows);
    return OK;
}

/* ---- attach ---------------------------------------------------------------------------------------------- */

struct attach_body {
    struct v_uuid credentialId;
};

static const struct field attach_fields[] = {
    FIELD_UUID(struct attach_body, credentialId, .flags = REQUIRED, .doc = "A secret that the caller may see"),
};
const struct spec build_secret_body = SPEC(struct attach_body, "AttachSecret", attach_fields);

static bool is_attached(struct request *rq, const struct uuid *build_id, const struct uuid *secret_id)
{
    QUERY q = query(rq->db, SQL_BUILD_SECRET_EXISTS);
    bind_uuid(&q, build_id);
    bind_uuid(&q, secret_id);
    return query_row(&q);
}

/* One that is attached already stays where it is. */
static enum err attach(struct request *rq, const struct build_secret *one)
{
    if (is_attached(rq, &one->build_id.v, &one->secret_id.v))
        return OK;
    if (count(rq, &one->build_id.v) >= LIMIT_BUILD_SECRETS)
        return ERR_BUILD_SECRETS_FULL;
    QUERY q = query(rq->db, SQL_BUILD_SECRET_INSERT);
    bind_row(&q, &fixture_build_secret, one);
    query_run(&q);
    return OK;
}

enum err build_secrets_attach(struct request *rq, struct reply *rp)
{
    const struct build_secret_path *path = rq->path;
    const struct attach_body *in = rq->input;
    struct bundle secret = { .id = { .is = VALUE_ABSENT } };
    bool frozen = false;
    const enum err err = find_build(rq, &frozen);
    if (err != OK)
        return err;
    if (!secret_find(rq, &in->credentialId.v, &secret))
        return ERR_SECRET_NOT_FOUND;
    if (frozen)
        return ERR_BUILD_FROZEN;
    rp->object = success(rq, true);
    return attach(rq, &(struct build_secret){ path->buildId, secret.id });
}

/* ---- detach ---------------------------------------------------------------------------------------------- */

enum err build_secrets_detach(struct request *rq, struct reply *rp)
{
    const struct build_secret_path *path = rq->path;
    struct bundle secret = { .id = { .is = VALUE_ABSENT } };
    bool frozen = false;
    const enum err err = find_build(rq, &frozen);
    if (err != OK)
        return err;
    if (!secret_find(rq, &path->credentialId.v, &secret) || !is_attached(rq, &path->buildId.v, &secret.id.v))
        return ERR_SECRET_NOT_FOUND;
    if (frozen)
        return ERR_BUILD_FROZEN;
    QUERY q = query(rq->db, SQL_BUILD_SECRET_DELETE);
    bind_uuid(&q, &path->buildId.v);
    bind_uuid(&q, &secret.id.v);
    query_run(&q);
    rp->object = success(rq, true);
    return OK;
}

/* ---- copy ------------------------------------------------------------------------------------------------ */

void secrets_copy(struct request *rq, const struct uuid *from_build, const struct uuid *to_build)
{
    QUERY q = query(rq->db, SQL_BUILD_SECRET_COPY);
    bind_uuid(&q, from_build);
    bind_uuid(&q, to_build);
    bind_uuid(&q, &rq->who.user_id);
    query_run(&q);
}
