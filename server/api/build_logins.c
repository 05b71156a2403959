/* Logins of a build: those that its runs are given. */
#include "api/agent_path.h"
#include "api/common.h"
#include "api/handlers.h"
#include "api/logins.h"
#include "base/limit.h"

static const struct field row_fields[] = {
    FIELD_UUID(struct build_login, build_id, .column = "build_id", .flags = REQUIRED),
    FIELD_UUID(struct build_login, login_id, .column = "login_id", .flags = REQUIRED),
};
const struct spec build_login_row = SPEC(struct build_login, "FixtureBuildLogin", row_fields);

/* ---- list ------------------------------------------------------------------------------------------------ */

static const struct field list_fields[] = { LIST_ROWS("logins", attached_login_spec, "In order of attachment") };
const struct spec build_login_list = SPEC_WITH(struct list, "RevisionLoginList", list_fields, .bare = true);

enum err build_logins_list(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    bool frozen;
    const enum err err = build_in_path(rq, &frozen);
    if (err != OK)
        return err;
    const struct param *with = WITH(&path->build_id.v, &rq->who.user_id);
    return list_all(rq, rp, SQL_BUILD_LOGIN_LIST, with, &attached_login_spec);
}

/* ---- attach ---------------------------------------------------------------------------------------------- */

struct attach_body {
    struct v_uuid exposedCredentialId;
};

static const struct field attach_fields[] = {
    FIELD_UUID(struct attach_body, exposedCredentialId, .flags = REQUIRED, .doc = "A login visible to the caller"),
};
const struct spec build_login_body = SPEC(struct attach_body, "AttachLogin", attach_fields);

static bool has_login(struct request *rq, const struct build_login *one)
{
    return query_finds(rq->db, SQL_FIND_BUILD_LOGIN, WITH(one->build_id, one->login_id));
}

/* The path's build, and a login that the caller may attach to one: a personal one is the caller's own. */
static enum err find_both(struct request *rq, const struct uuid *login_id, struct build_login *ret, bool *ret_frozen)
{
    const struct agent_path *path = rq->path;
    struct login login = { .id = { .is = VALUE_ABSENT } };
    enum err err = build_in_path(rq, ret_frozen);
    if (err == OK)
        err = login_find(rq, login_id, &login);
    *ret = (struct build_login){ path->build_id, login.id };
    const bool team = err == OK && login.user_id.is == VALUE_NULL;
    return team && rq->who.role < ROLE_BUILDER ? ERR_LOGIN_ATTACHING_NEEDS_BUILDER : err;
}

enum err build_logins_attach(struct request *rq, struct reply *rp)
{
    const struct attach_body *in = rq->input;
    struct build_login one;
    bool frozen = false;
    const enum err err = find_both(rq, &in->exposedCredentialId.v, &one, &frozen);
    if (err != OK || frozen)
        return err != OK ? err : ERR_BUILD_FROZEN;
    if (has_login(rq, &one))
        return ERR_LOGIN_ATTACHED;
    if (query_number(rq->db, SQL_BUILD_LOGIN_COUNT, WITH(one.build_id)) >= LIMIT_BUILD_LOGINS)
        return ERR_BUILD_LOGINS_FULL;
    rp->object = success(rq, true);
    return query_insert(rq->db, SQL_BUILD_LOGIN_INSERT, &build_login_row, &one, NULL) ? OK : ERR_INTERNAL;
}

/* ---- detach ---------------------------------------------------------------------------------------------- */

enum err build_logins_detach(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    struct build_login one;
    bool frozen = false;
    const enum err err = find_both(rq, &path->login_id.v, &one, &frozen);
    if (err != OK)
        return err;
    if (!has_login(rq, &one))
        return ERR_LOGIN_NOT_ATTACHED;
    if (frozen)
        return ERR_BUILD_FROZEN;
    query_change(rq->db, SQL_BUILD_LOGIN_DELETE, WITH(one.build_id, one.login_id));
    rp->object = success(rq, true);
    return OK;
}

/* ---- copy ------------------------------------------------------------------------------------------------ */

void logins_copy(struct request *rq, const struct uuid *from_build, const struct uuid *to_build)
{
    query_change(rq->db, SQL_BUILD_LOGIN_COPY, WITH(from_build, to_build, &rq->who.user_id));
}
