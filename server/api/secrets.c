#include "api/secrets.h"

#include "api/handlers.h"
#include "api/success.h"
#include "api/take.h"
#include "base/clock.h"
#include "space/ids.h"
#include "base/limit.h"
#include "store/query.h"

/* ---- the object ------------------------------------------------------------------------------------------ */

/* By their order. */
#define KEYS                                                                                                           \
    "(SELECT coalesce(group_concat(name, ' '), '') FROM (SELECT v.name FROM secret_values v WHERE v.space = s.space"   \
    " AND v.secret_id = s.id ORDER BY v.position))"

#define S struct bundle
static const struct field secret_fields[] = {
    FIELD_UUID(S, id, .column = "id", .flags = REQUIRED, .doc = "Secret ID"),
    FIELD_UUID(S, team_id, .column = "team_id", .flags = REQUIRED, .doc = "The team it belongs to"),
    FIELD_UUID(S, user_id, .column = "user_id", .flags = REQUIRED | NULLABLE,
               .doc = "Whose it is; null when it is shared with the team"),
    FIELD_TEXT(S, name, .column = "name", .flags = REQUIRED, .doc = "Display name", .example = "\"Warehouse\""),
    FIELD_TEXT(S, service_slug, .column = "service_slug", .flags = REQUIRED | NULLABLE, .doc = "The service it is for",
               .example = "\"snowflake\""),
    FIELD_TEXTS(S, env_var_keys, .column = KEYS, .flags = REQUIRED | DERIVED,
                .doc = "Names of its environment variables; their values are never readable",
                .example = "[\"WAREHOUSE_USER\", \"WAREHOUSE_PASSWORD\"]"),
    FIELD_UUID(S, created_by, .column = "created_by", .flags = REQUIRED, .doc = "Who made it"),
    FIELD_TIME(S, created_at, .column = "created_at", .flags = REQUIRED, .doc = "When it was made"),
    FIELD_TIME(S, updated_at, .column = "updated_at", .flags = REQUIRED, .doc = "When it was last changed"),
};
#undef S
const struct spec secret_spec =
    SPEC_WITH(struct bundle, "Secret", secret_fields, .doc = "Environment variables, without their values.");

struct secret_path {
    struct v_uuid id;
};

static const struct field path_fields[] = {
    FIELD_UUID(struct secret_path, id, .flags = REQUIRED, .doc = "Secret ID"),
};
const struct spec secret_path = SPEC(struct secret_path, "SecretPath", path_fields);

static const struct uuid *id_in_path(const struct request *rq)
{
    return &((const struct secret_path *)rq->path)->id.v;
}

bool secret_find(struct request *rq, const struct uuid *id, struct bundle *ret)
{
    QUERY q = query(rq->db, SQL_SECRET_GET);
    bind_uuid(&q, id);
    bind_uuid(&q, &rq->who.team_id);
    bind_uuid(&q, &rq->who.user_id);
    if (!query_row(&q))
        return false;
    col_row(&q, 0, &secret_spec, rq->arena, ret);
    return true;
}

static enum err may_share(const struct request *rq, struct v_bool shared)
{
    const bool asks = shared.is == VALUE_SET && shared.v;
    return asks && rq->who.role < ROLE_MANAGER ? ERR_SECRET_SHARING_NEEDS_MANAGER : OK;
}

/* ---- list and get ---------------------------------------------------------------------------------------- */

struct secret_list {
    struct v_rows secrets;
};

static const struct field list_fields[] = {
    FIELD_ROWS(struct secret_list, secrets, .flags = REQUIRED, .sub = &secret_spec, .doc = "Newest first"),
};
const struct spec secret_list = SPEC_WITH(struct secret_list, "SecretList", list_fields, .bare = true);

const void *secrets_listed(struct request *rq, size_t n, const struct bundle *rows)
{
    struct secret_list *out = REQUEST_NEW(rq, struct secret_list);
    out->secrets = SET_ROWS(n, rows);
    return out;
}

static size_t count(const struct request *rq)
{
    QUERY q = query(rq->db, SQL_SECRET_COUNT);
    bind_uuid(&q, &rq->who.team_id);
    bind_uuid(&q, &rq->who.user_id);
    return query_row(&q) ? (size_t)col_int(&q, 0) : 0;
}

enum err secrets_list(struct request *rq, struct reply *rp)
{
    const size_t room = count(rq);
    struct bundle *rows = ARENA_ARRAY(rq->arena, room, struct bundle);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_SECRET_LIST);
    bind_uuid(&q, &rq->who.team_id);
    bind_uuid(&q, &rq->who.user_id);
    while (n < room && query_row(&q))
        col_row(&q, 0, &secret_spec, rq->arena, &rows[n++]);
    rp->object = secrets_listed(rq, n, rows);
    return OK;
}

enum err secrets_get(struct request *rq, struct reply *rp)
{
    struct bundle *found = REQUEST_NEW(rq, struct bundle);
    rp->object = found;
    return secret_find(rq, id_in_path(rq), found) ? OK : ERR_SECRET_NOT_FOUND;
}

/* ---- create ---------------------------------------------------------------------------------------------- */

struct create_body {
    struct v_text name;
    struct v_secrets values;
    struct v_text service_slug;
    struct v_bool shared;
};

#define VALUES_EXAMPLE "{\"WAREHOUSE_USER\": \"acme\", \"WAREHOUSE_PASSWORD\": \"s3cret\"}"

#define B struct create_body
static const struct field create_fields[] = {
    FIELD_TEXT(B, name, .flags = REQUIRED, .min = 1, .max = LIMIT_SECRET_NAME, .doc = "Display name",
               .example = "\"Warehouse\""),
    FIELD_SECRETS(B, values, .flags = REQUIRED, SECRET_VALUE_RULES,
                  .doc = "Environment variables; their values are never readable again", .example = VALUES_EXAMPLE),
    FIELD_TEXT(B, service_slug, .flags = NULLABLE, .min = 1, .max = LIMIT_SERVICE_SLUG,
               .doc = "The service it is for", .example = "\"snowflake\""),
    FIELD_BOOL(B, shared, .fallback = "false", .doc = "Whether the team shares it; takes the manager role or above"),
};
#undef B
const struct spec secret_create = SPEC(struct create_body, "CreateSecret", create_fields);

static struct bundle from_body(struct request *rq, const struct create_body *in)
{
    const struct v_uuid caller = SET_UUID(rq->who.user_id);
    return (struct bundle){
        .id = SET_UUID(id_new(rq, "secret")),
        .team_id = SET_UUID(rq->who.team_id),
        .user_id = in->shared.v ? (struct v_uuid){ .is = VALUE_NULL } : caller,
        .name = in->name,
        .service_slug = in->service_slug.is == VALUE_SET ? in->service_slug : (struct v_text){ .is = VALUE_NULL },
        .created_by = caller,
        .created_at = SET_TIME(rq->now),
        .updated_at = SET_TIME(rq->now),
    };
}

static bool insert(struct request *rq, const struct bundle *secret)
{
    QUERY q = query(rq->db, SQL_SECRET_INSERT);
    bind_row(&q, &secret_spec, secret);
    bind_int(&q, clock_ticket());
    return query_try(&q);
}

/* As it is stored now. */
static enum err answer(struct request *rq, struct reply *rp, const struct uuid *id)
{
    struct bundle *out = REQUEST_NEW(rq, struct bundle);
    rp->object = out;
    return secret_find(rq, id, out) ? OK : ERR_INTERNAL;
}

enum err secrets_create(struct request *rq, struct reply *rp)
{
    const struct create_body *in = rq->input;
    const struct value_changes changes = { .values = in->values };
    bool changed;
    enum err err = may_share(rq, in->shared);
    if (err != OK)
        return err;
    const struct bundle secret = from_body(rq, in);
    if (!insert(rq, &secret))
        return ERR_INTERNAL;
    err = secret_values_update(rq, &secret.id.v, &changes, &changed);
    return err == OK ? answer(rq, rp, &secret.id.v) : err;
}

/* ---- update ---------------------------------------------------------------------------------------------- */

struct update_body {
    struct v_text name, service_slug;
    struct v_bool shared;
    struct value_changes changes;
};

#define IN_CHANGES(type, m, k, ...)                                                                                    \
    { .name = #m, .key = { "\"" #m "\":", sizeof #m + 2 }, .offset = _Generic(((struct update_body *)0)->changes.m,    \
      struct type: offsetof(struct update_body, changes.m)), .kind = (k), __VA_ARGS__ }

#define B struct update_body
static const struct field update_fields[] = {
    FIELD_TEXT(B, name, .min = 1, .max = LIMIT_SECRET_NAME, .doc = "Display name", .example = "\"Warehouse\""),
    FIELD_TEXT(B, service_slug, .flags = NULLABLE, .min = 1, .max = LIMIT_SERVICE_SLUG,
               .doc = "The service it is for", .example = "\"snowflake\""),
    FIELD_BOOL(B, shared, .doc = "Whether the team shares it; takes the manager role or above"),
    IN_CHANGES(v_secrets, values, KIND_SECRETS, SECRET_VALUE_RULES,
               .doc = "These take the place of all that there are; not together with the three below",
               .example = VALUES_EXAMPLE),
    IN_CHANGES(v_map, rename_keys, KIND_MAP, .max = LIMIT_SECRET_VALUES, .key_max = LIMIT_SECRET_KEY, .value_min = 1,
               .value_max = LIMIT_SECRET_KEY, .pattern = ENV_KEY_PATTERN, .check_key = check_env_key,
               .check = check_env_key, .doc = "Old names to new ones, all at once, after remove_keys"),
    IN_CHANGES(v_texts, remove_keys, KIND_TEXTS, .min = 1, .max = LIMIT_SECRET_VALUES, .value_min = 1,
               .value_max = LIMIT_SECRET_KEY, .pattern = ENV_KEY_PATTERN, .check = check_env_key,
               .doc = "Names of variables that go; done first", .example = "[\"OLD_PASSWORD\"]"),
    IN_CHANGES(v_secrets, add_values, KIND_SECRETS, SECRET_VALUE_RULES,
               .doc = "Variables that come, or get another value; done last", .example = "{\"REGION\": \"eu\"}"),
};
#undef B

static const char *check_update(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct value_changes *changes = &((const struct update_body *)object)->changes;
    const bool single = changes->add_values.is == VALUE_SET || changes->rename_keys.is == VALUE_SET ||
                        changes->remove_keys.is == VALUE_SET;
    (void)arena;
    *ret_path = T("values");
    return changes->values.is == VALUE_SET && single
               ? "Not allowed together with rename_keys, remove_keys or add_values"
               : NULL;
}

const struct spec secret_update =
    SPEC_WITH(struct update_body, "UpdateSecret", update_fields, .check = check_update);

static enum err find_to_change(struct request *rq, struct bundle *ret)
{
    if (!secret_find(rq, id_in_path(rq), ret))
        return ERR_SECRET_NOT_FOUND;
    const bool mine = uuid_eq(&ret->created_by.v, &rq->who.user_id);
    return ret->user_id.is == VALUE_SET || mine || rq->who.role >= ROLE_MANAGER ? OK : ERR_SECRET_READ_ONLY;
}

static bool take_sharing(const struct request *rq, struct bundle *secret, struct v_bool shared)
{
    if (shared.is != VALUE_SET || shared.v == (secret->user_id.is == VALUE_NULL))
        return false;
    secret->user_id = shared.v ? (struct v_uuid){ .is = VALUE_NULL } : SET_UUID(rq->who.user_id);
    return true;
}

static void save(struct request *rq, struct bundle *secret)
{
    secret->updated_at = SET_TIME(rq->now);
    QUERY q = query(rq->db, SQL_SECRET_UPDATE);
    bind_row(&q, &secret_spec, secret);
    query_run(&q);
}

enum err secrets_update(struct request *rq, struct reply *rp)
{
    const struct update_body *in = rq->input;
    struct bundle secret = { .id = { .is = VALUE_ABSENT } };
    bool changed = false;
    enum err err = may_share(rq, in->shared);
    if (err == OK)
        err = find_to_change(rq, &secret);
    if (err == OK)
        err = secret_values_update(rq, &secret.id.v, &in->changes, &changed);
    if (err != OK)
        return err;
    changed |= take_text(&secret.name, in->name);
    changed |= take_text(&secret.service_slug, in->service_slug);
    changed |= take_sharing(rq, &secret, in->shared);
    if (changed)
        save(rq, &secret);
    return answer(rq, rp, &secret.id.v);
}

/* ---- delete ---------------------------------------------------------------------------------------------- */

enum err secrets_delete(struct request *rq, struct reply *rp)
{
    struct bundle secret = { .id = { .is = VALUE_ABSENT } };
    if (!secret_find(rq, id_in_path(rq), &secret))
        return ERR_SECRET_NOT_FOUND;
    if (secret.user_id.is == VALUE_NULL && rq->who.role < ROLE_MANAGER)
        return ERR_SECRET_DELETE_NEEDS_MANAGER;
    QUERY q = query(rq->db, SQL_SECRET_DELETE);
    bind_uuid(&q, &secret.id.v);
    query_run(&q);
    rp->object = success(rq, true);
    return OK;
}
