#include "api/secrets.h"

#include "api/common.h"
#include "api/handlers.h"
#include "base/clock.h"
#include "base/limit.h"
#include "space/ids.h"

/* ---- what is told ----------------------------------------------------------------------------------------- */

/* By their order. */
#define KEYS                                                                                                           \
    "(SELECT coalesce(group_concat(name, ' '), '') FROM (SELECT v.name FROM secret_values v WHERE v.space = s.space"   \
    " AND v.secret_id = s.id ORDER BY v.position))"

#define S struct bundle
static const struct field secret_fields[] = {
    FIELD_UUID(S, id, .column = "id", .flags = REQUIRED, .doc = "Secret ID"),
    FIELD_UUID(S, team_id, .column = "team_id", .flags = REQUIRED, .doc = "Its team"),
    FIELD_UUID(S, user_id, .column = "user_id", .flags = REQUIRED | NULLABLE,
               .doc = "Its owner; null when shared with the team"),
    FIELD_TEXT(S, name, .column = "name", .flags = REQUIRED, .doc = "Display name", .example = "\"Warehouse\""),
    FIELD_TEXT(S, service_slug, .column = "service_slug", .flags = REQUIRED | NULLABLE, .doc = "Its service",
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
    FIELD_UUID(struct secret_path, id, .flags = REQUIRED | STRICT_V1, .doc = "Secret ID"),
};
const struct spec secret_path = SPEC(struct secret_path, "SecretPath", path_fields);

static const struct uuid *id_in_path(const struct request *rq)
{
    return &((const struct secret_path *)rq->path)->id.v;
}

enum err secret_find(struct request *rq, const struct uuid *id, struct bundle *ret)
{
    const struct param *key = WITH(id, &rq->who.team_id, &rq->who.user_id);
    return query_get(rq->db, SQL_SECRET_GET, key, &secret_spec, rq->arena, ret) ? OK : ERR_SECRET_NOT_FOUND;
}

bool secret_insert(struct db *db, const struct bundle *secret)
{
    return query_insert(db, SQL_SECRET_INSERT, &secret_spec, secret, WITH(clock_ticket()));
}

static enum err may_share_secret(const struct request *rq, struct v_bool shared)
{
    const bool asks = shared.is == VALUE_SET && shared.v;
    return asks && rq->who.role < ROLE_MANAGER ? ERR_SECRET_SHARING_NEEDS_MANAGER : OK;
}

/* ---- its values -------------------------------------------------------------------------------------------- */

const char *check_env_key(struct text key)
{
    bool ok = key.n > 0 && !(key.p[0] >= '0' && key.p[0] <= '9');
    for (size_t i = 0; i < key.n; i++) {
        const char c = key.p[i];
        ok &= (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
    return ok ? NULL : "Invalid key: must match pattern /" ENV_KEY_PATTERN "/";
}

struct value_list {
    size_t n;
    struct secret_value *v;
};

/* The same values, with room for so many more. */
static struct value_list copy_values(struct arena *arena, const struct value_list *list, size_t more)
{
    struct value_list ret = { list->n, ARENA_ARRAY(arena, list->n + more, struct secret_value) };
    for (size_t i = 0; i < list->n; i++)
        ret.v[i] = list->v[i];
    return ret;
}

static struct value_list load_values(struct db *db, struct arena *arena, const struct uuid *id)
{
    struct value_list ret = { 0, NULL };
    QUERY q = query_with(db, SQL_SECRET_VALUE_LIST, WITH(id));
    for (; query_row(&q); ret.n++) {
        if ((ret.n & (ret.n - 1)) == 0) /* a power of two: there is no more room */
            ret = copy_values(arena, &ret, ret.n + 1);
        ret.v[ret.n] = (struct secret_value){ text_copy(arena, col_text(&q, 0)), col_kept(&q, 1) };
    }
    return ret;
}

struct secret_value *secret_values_load(struct db *db, struct arena *arena, const struct uuid *id, size_t *ret_n)
{
    const struct value_list list = load_values(db, arena, id);
    *ret_n = list.n;
    return list.v;
}

void secret_values_insert(struct db *db, const struct uuid *id, size_t n, const struct secret_value *values)
{
    for (size_t i = 0; i < n; i++)
        query_change(db, SQL_SECRET_VALUE_INSERT, WITH(id, values[i].name, (int64_t)i, &values[i].kept));
}

struct secret_value *secret_value_find(struct secret_value *values, size_t n, struct text name)
{
    for (size_t i = 0; i < n; i++)
        if (text_eq(values[i].name, name))
            return &values[i];
    return NULL;
}

static struct secret_value *find_value(const struct value_list *list, struct text name)
{
    return secret_value_find(list->v, list->n, name);
}

bool secret_value_equal(struct db *db, const struct uuid *id, struct secret_value *one, struct secret value)
{
    const bool equal = kept_matches(&one->kept, store_key_of(db), value);
    if (!equal || one->kept.kind != KEPT_FILE)
        return equal;
    one->kept = kept_value(id, one->name, value);
    query_change(db, SQL_SECRET_VALUE_RENEW, WITH(id, one->name, &one->kept));
    return true;
}

/* What a request says of them. */
struct value_changes {
    struct v_secrets values, add_values;
    struct v_map rename_keys;
    struct v_texts remove_keys;
};

static enum err remove_keys(struct request *rq, struct value_list *list, const struct v_texts *keys)
{
    for (size_t i = 0; i < keys->n; i++) {
        struct secret_value *one = find_value(list, keys->v[i]);
        if (!one)
            return fail(rq, ERR_INVALID, "body/remove_keys/%zu Unknown key: the secret has no \"%.*s\"", i,
                        TEXT_ARG(keys->v[i]));
        const struct secret_value *end = list->v + list->n--;
        for (; one + 1 < end; one++)
            one[0] = one[1];
    }
    return OK;
}

/* Two keys may change places, because all are renamed at once. */
static enum err rename_keys(struct request *rq, struct value_list *list, const struct v_map *names)
{
    const struct value_list renamed = copy_values(rq->arena, list, 0);
    for (size_t i = 0; i < names->n; i++) {
        const struct secret_value *one = find_value(list, names->v[i].name);
        if (!one)
            return fail(rq, ERR_INVALID, "body/rename_keys/%.*s Unknown key: the secret has no such key",
                        TEXT_ARG(names->v[i].name));
        renamed.v[one - list->v].name = names->v[i].value;
    }
    for (size_t i = 0; i < names->n; i++) {
        const size_t at = (size_t)(find_value(list, names->v[i].name) - list->v);
        for (size_t k = 0; k < renamed.n; k++)
            if (k != at && text_eq(renamed.v[k].name, names->v[i].value))
                return fail(rq, ERR_INVALID, "body/rename_keys/%.*s Duplicate key: the secret would have two of the"
                            " new name", TEXT_ARG(names->v[i].name));
    }
    for (size_t i = 0; i < renamed.n; i++)
        list->v[i] = renamed.v[i];
    return OK;
}

/* What is kept stays the same for as long as the value does. */
static struct kept keep(struct db *db, const struct uuid *id, struct value_list *old, const struct secret_pair *given)
{
    struct secret_value *one = find_value(old, given->name);
    const bool same = one && secret_value_equal(db, id, one, given->value);
    return same ? one->kept : kept_value(id, given->name, given->value);
}

static enum err add_values(struct request *rq, const struct uuid *id, struct value_list *old, struct value_list *list,
                           const struct v_secrets *values)
{
    for (size_t i = 0; i < values->n; i++) {
        struct secret_value *one = find_value(list, values->v[i].name);
        if (!one)
            one = &list->v[list->n++];
        *one = (struct secret_value){ values->v[i].name, keep(rq->db, id, old, &values->v[i]) };
    }
    if (list->n > LIMIT_ENTRIES)
        return fail(rq, ERR_INVALID, "body/add_values Too big: the secret would have %zu values; it can have %d",
                    list->n, LIMIT_ENTRIES);
    return OK;
}

static bool has_same_values(const struct value_list *a, const struct value_list *b)
{
    bool equal = a->n == b->n;
    for (size_t i = 0; equal && i < a->n; i++)
        equal = text_eq(a->v[i].name, b->v[i].name) && kept_eq(&a->v[i].kept, &b->v[i].kept);
    return equal;
}

/* `values` takes the place of all; otherwise keys are removed first, then renamed, all at once, and then values added,
 * in the place of one of the same name if there is one. *ret_changed says whether anything is different now. An error
 * names what is in conflict with what is there. */
static enum err update_values(struct request *rq, const struct uuid *id, const struct value_changes *changes,
                              bool *ret_changed)
{
    const bool replaced = changes->values.is == VALUE_SET;
    const struct v_secrets *added = replaced ? &changes->values : &changes->add_values;
    struct value_list old = load_values(rq->db, rq->arena, id), new = copy_values(rq->arena, &old, added->n);
    if (replaced)
        new.n = 0;
    enum err err = remove_keys(rq, &new, &changes->remove_keys);
    if (err == OK)
        err = rename_keys(rq, &new, &changes->rename_keys);
    if (err == OK)
        err = add_values(rq, id, &old, &new, added);
    *ret_changed = err == OK && !has_same_values(&old, &new);
    if (*ret_changed) {
        query_change(rq->db, SQL_SECRET_VALUE_CLEAR, WITH(id));
        secret_values_insert(rq->db, id, new.n, new.v);
    }
    return err;
}

bool secret_values_match(struct request *rq, const struct uuid *id, struct text name, struct secret value)
{
    struct value_list list = load_values(rq->db, rq->arena, id);
    struct secret_value *one = find_value(&list, name);
    return one && secret_value_equal(rq->db, id, one, value);
}

/* ---- list and get ---------------------------------------------------------------------------------------- */

static const struct field list_fields[] = { LIST_ROWS("secrets", secret_spec, "Newest first") };
const struct spec secret_list = SPEC_WITH(struct list, "SecretList", list_fields, .bare = true);

enum err secrets_list(struct request *rq, struct reply *rp)
{
    return list_all(rq, rp, SQL_SECRET_LIST, WITH(&rq->who.team_id, &rq->who.user_id), &secret_spec);
}

enum err secrets_get(struct request *rq, struct reply *rp)
{
    struct bundle *found = REQUEST_NEW(rq, struct bundle);
    rp->object = found;
    return secret_find(rq, id_in_path(rq), found);
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
                  .doc = "Environment variables, write-only", .example = VALUES_EXAMPLE),
    FIELD_TEXT(B, service_slug, .flags = NULLABLE, .min = 1, .max = LIMIT_SERVICE_SLUG,
               .doc = "Its service", .example = "\"snowflake\""),
    FIELD_BOOL(B, shared, .fallback = "false", .doc = "Whether the team shares it; takes the manager role or above"),
};
#undef B
const struct spec secret_create = SPEC(struct create_body, "CreateSecret", create_fields);

static struct bundle new_secret(struct request *rq, const struct create_body *in)
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

/* As it is stored now. */
static enum err answer_secret(struct request *rq, struct reply *rp, const struct uuid *id)
{
    struct bundle *out = REQUEST_NEW(rq, struct bundle);
    rp->object = out;
    return secret_find(rq, id, out);
}

enum err secrets_create(struct request *rq, struct reply *rp)
{
    const struct create_body *in = rq->input;
    const struct value_changes changes = { .values = in->values };
    bool changed;
    enum err err = may_share_secret(rq, in->shared);
    if (err != OK)
        return err;
    const struct bundle secret = new_secret(rq, in);
    if (!secret_insert(rq->db, &secret))
        return ERR_INTERNAL;
    err = update_values(rq, &secret.id.v, &changes, &changed);
    return err == OK ? answer_secret(rq, rp, &secret.id.v) : err;
}

/* ---- update ---------------------------------------------------------------------------------------------- */

struct update_body {
    struct v_text name, service_slug;
    struct v_bool shared;
    struct value_changes changes;
};

#define IN_CHANGES(type, m, k, ...) FIELD_AT(B, changes.m, #m, struct type, k, __VA_ARGS__)
#define B struct update_body
static const struct field update_fields[] = {
    FIELD_TEXT(B, name, .min = 1, .max = LIMIT_SECRET_NAME, .doc = "Display name", .example = "\"Warehouse\""),
    FIELD_TEXT(B, service_slug, .flags = NULLABLE, .min = 1, .max = LIMIT_SERVICE_SLUG,
               .doc = "Its service", .example = "\"snowflake\""),
    FIELD_BOOL(B, shared, .doc = "Whether the team shares it; takes the manager role or above"),
    IN_CHANGES(v_secrets, values, KIND_SECRETS, SECRET_VALUE_RULES,
               .doc = "Replaces all values; not together with the three below",
               .example = VALUES_EXAMPLE),
    IN_CHANGES(v_map, rename_keys, KIND_MAP, .max = LIMIT_ENTRIES, .key_max = LIMIT_SECRET_KEY, .value_min = 1,
               .value_max = LIMIT_SECRET_KEY, .pattern = ENV_KEY_PATTERN, .check_key = check_env_key,
               .check = check_env_key, .doc = "Old names to new ones, all at once, after remove_keys"),
    IN_CHANGES(v_texts, remove_keys, KIND_TEXTS, .min = 1, .max = LIMIT_ENTRIES, .value_min = 1,
               .value_max = LIMIT_SECRET_KEY, .pattern = ENV_KEY_PATTERN, .check = check_env_key,
               .doc = "Names of removed variables; done first", .example = "[\"OLD_PASSWORD\"]"),
    IN_CHANGES(v_secrets, add_values, KIND_SECRETS, SECRET_VALUE_RULES,
               .doc = "Added or changed variables; done last", .example = "{\"REGION\": \"eu\"}"),
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

static enum err find_secret_to_change(struct request *rq, struct bundle *ret)
{
    const enum err err = secret_find(rq, id_in_path(rq), ret);
    if (err != OK)
        return err;
    const bool mine = uuid_eq(&ret->created_by.v, &rq->who.user_id);
    return ret->user_id.is == VALUE_SET || mine || rq->who.role >= ROLE_MANAGER ? OK : ERR_SECRET_READ_ONLY;
}

static bool take_secret_sharing(const struct request *rq, struct bundle *secret, struct v_bool shared)
{
    if (shared.is != VALUE_SET || shared.v == (secret->user_id.is == VALUE_NULL))
        return false;
    secret->user_id = shared.v ? (struct v_uuid){ .is = VALUE_NULL } : SET_UUID(rq->who.user_id);
    return true;
}

enum err secrets_update(struct request *rq, struct reply *rp)
{
    const struct update_body *in = rq->input;
    struct bundle secret = { .id = { .is = VALUE_ABSENT } };
    bool changed = false;
    enum err err = may_share_secret(rq, in->shared);
    if (err == OK)
        err = find_secret_to_change(rq, &secret);
    if (err == OK)
        err = update_values(rq, &secret.id.v, &in->changes, &changed);
    if (err != OK)
        return err;
    changed |= take_text(&secret.name, in->name);
    changed |= take_text(&secret.service_slug, in->service_slug);
    changed |= take_secret_sharing(rq, &secret, in->shared);
    if (changed) {
        secret.updated_at = SET_TIME(rq->now);
        query_store(rq->db, SQL_SECRET_UPDATE, &secret_spec, &secret, NULL);
    }
    return answer_secret(rq, rp, &secret.id.v);
}

/* ---- delete ---------------------------------------------------------------------------------------------- */

enum err secrets_delete(struct request *rq, struct reply *rp)
{
    struct bundle secret = { .id = { .is = VALUE_ABSENT } };
    const enum err err = secret_find(rq, id_in_path(rq), &secret);
    if (err != OK)
        return err;
    if (secret.user_id.is == VALUE_NULL && rq->who.role < ROLE_MANAGER)
        return ERR_SECRET_DELETE_NEEDS_MANAGER;
    query_change(rq->db, SQL_SECRET_DELETE, WITH(&secret.id.v));
    rp->object = success(rq, true);
    return OK;
}
