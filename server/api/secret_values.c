/* The values of secrets: which variables there are, and a keyed hash of each. */
#include "api/secrets.h"
#include "base/limit.h"
#include "store/query.h"

const char *check_env_key(struct text key)
{
    bool ok = key.n > 0 && !(key.p[0] >= '0' && key.p[0] <= '9');
    for (size_t i = 0; i < key.n; i++) {
        const char c = key.p[i];
        ok &= (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
    return ok ? NULL : "Invalid key: must match pattern /" ENV_KEY_PATTERN "/";
}

/* ---- stored ---------------------------------------------------------------------------------------------- */

struct stored {
    struct text name;
    struct secret_hash hash;
};

/* Room for what is there and for what a request adds. */
struct stored_list {
    size_t n;
    struct stored v[2 * LIMIT_SECRET_VALUES];
};

static struct stored_list *load(struct request *rq, const struct uuid *id)
{
    struct stored_list *list = REQUEST_NEW(rq, struct stored_list);
    QUERY q = query(rq->db, SQL_SECRET_VALUE_LIST);
    bind_uuid(&q, id);
    while (list->n < LIMIT_SECRET_VALUES && query_row(&q))
        list->v[list->n++] = (struct stored){ text_copy(rq->arena, col_text(&q, 0)), col_hash(&q, 1) };
    return list;
}

static void save(struct request *rq, const struct uuid *id, const struct stored_list *list)
{
    {
        QUERY clear = query(rq->db, SQL_SECRET_VALUE_CLEAR);
        bind_uuid(&clear, id);
        query_run(&clear);
    }
    for (size_t i = 0; i < list->n; i++) {
        QUERY q = query(rq->db, SQL_SECRET_VALUE_INSERT);
        bind_uuid(&q, id);
        bind_text(&q, list->v[i].name);
        bind_int(&q, (int64_t)i);
        bind_hash(&q, &list->v[i].hash);
        query_run(&q);
    }
}

static struct stored *find(struct stored_list *list, struct text name)
{
    for (size_t i = 0; i < list->n; i++)
        if (text_eq(list->v[i].name, name))
            return &list->v[i];
    return NULL;
}

/* ---- update ---------------------------------------------------------------------------------------------- */

static enum err no_such_key(struct request *rq, const char *member, struct text key)
{
    return fail(rq, ERR_INVALID, "body/%s/%.*s Unknown key: the secret has none of this name", member, TEXT_ARG(key));
}

static enum err remove_keys(struct request *rq, struct stored_list *list, const struct v_texts *keys)
{
    for (size_t i = 0; i < keys->n; i++) {
        struct stored *one = find(list, keys->v[i]);
        if (!one)
            return fail(rq, ERR_INVALID, "body/remove_keys/%zu Unknown key: the secret has no \"%.*s\"", i,
                        TEXT_ARG(keys->v[i]));
        const struct stored *end = list->v + list->n--;
        for (; one + 1 < end; one++)
            one[0] = one[1];
    }
    return OK;
}

/* Two keys may change places, because all are renamed at once. */
static enum err rename_keys(struct request *rq, struct stored_list *list, const struct v_map *names)
{
    struct stored_list *renamed = REQUEST_NEW(rq, struct stored_list);
    *renamed = *list;
    for (size_t i = 0; i < names->n; i++) {
        const struct stored *one = find(list, names->v[i].name);
        if (!one)
            return no_such_key(rq, "rename_keys", names->v[i].name);
        renamed->v[one - list->v].name = names->v[i].value;
    }
    for (size_t i = 0; i < names->n; i++) {
        const size_t at = (size_t)(find(list, names->v[i].name) - list->v);
        for (size_t k = 0; k < renamed->n; k++)
            if (k != at && text_eq(renamed->v[k].name, names->v[i].value))
                return fail(rq, ERR_INVALID, "body/rename_keys/%.*s Duplicate key: the secret would have two of the"
                            " new name", TEXT_ARG(names->v[i].name));
    }
    *list = *renamed;
    return OK;
}

static enum err add_values(struct request *rq, struct stored_list *list, const struct v_secrets *values)
{
    for (size_t i = 0; i < values->n; i++) {
        struct stored *one = find(list, values->v[i].name);
        if (!one)
            one = &list->v[list->n++];
        *one = (struct stored){ values->v[i].name, secret_hash(store_key_of(rq->db), values->v[i].value) };
    }
    if (list->n > LIMIT_SECRET_VALUES)
        return fail(rq, ERR_INVALID, "body/add_values Too big: the secret would have %zu values; it can have %d",
                    list->n, LIMIT_SECRET_VALUES);
    return OK;
}

static bool same(const struct stored_list *a, const struct stored_list *b)
{
    bool equal = a->n == b->n;
    for (size_t i = 0; equal && i < a->n; i++)
        equal = text_eq(a->v[i].name, b->v[i].name) && secret_hash_eq(&a->v[i].hash, &b->v[i].hash);
    return equal;
}

enum err secret_values_update(struct request *rq, const struct uuid *id, const struct value_changes *changes,
                              bool *ret_changed)
{
    const struct stored_list *old = load(rq, id);
    struct stored_list *new = REQUEST_NEW(rq, struct stored_list);
    *new = *old;
    if (changes->values.is == VALUE_SET)
        new->n = 0;
    enum err err = remove_keys(rq, new, &changes->remove_keys);
    if (err == OK)
        err = rename_keys(rq, new, &changes->rename_keys);
    if (err == OK)
        err = add_values(rq, new, changes->values.is == VALUE_SET ? &changes->values : &changes->add_values);
    *ret_changed = err == OK && !same(old, new);
    if (*ret_changed)
        save(rq, id, new);
    return err;
}

bool secret_values_match(struct request *rq, const struct uuid *id, struct text name, struct secret value)
{
    const struct stored *one = find(load(rq, id), name);
    const struct secret_hash asked = secret_hash(store_key_of(rq->db), value);
    return one && secret_hash_eq(&one->hash, &asked);
}
