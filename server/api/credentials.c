#include "api/credentials.h"

#include "api/connections.h"
#include "api/handlers.h"
#include "base/limit.h"
#include "store/query.h"

#include <string.h>

/* ---- in a request body --------------------------------------------------------------------------------- */

/* RFC 9110 section 5.6.2. */
const char *check_header_name(struct text name)
{
    return text_is_token(name) ? NULL : "Invalid header name";
}

/* RFC 9110 section 5.5: what could end the line, or hide in it, is refused. */
const char *check_header_value(struct text value)
{
    for (size_t i = 0; i < value.n; i++)
        if (((unsigned char)value.p[i] < 0x20 && value.p[i] != '\t') || value.p[i] == 0x7f)
            return "Invalid header value: control characters are not allowed";
    return NULL;
}

#define HALF_RULES                                                                                                     \
    .flags = CASE_KEYS, .max = LIMIT_CREDENTIAL_HEADERS, .key_max = LIMIT_CREDENTIAL_NAME,                             \
    .value_max = LIMIT_CREDENTIAL_VALUE, .check = check_header_value, .check_key = check_header_name

static const struct field halves_fields[] = {
    FIELD_MAP(struct header_halves, plaintext, HALF_RULES, .doc = "Headers whose values may be read again",
              .example = "{\"X-Workspace\": \"acme\"}"),
    FIELD_SECRETS(struct header_halves, secret, HALF_RULES, .doc = "Headers whose values are never readable again",
                  .example = "{\"X-API-Key\": \"demo-key\"}"),
};

static const char twice[] = "Duplicate name: the connection has it in the other half";

/* Names are unique across the halves too: a server gets one header of a name. */
static const char *check_halves(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct header_halves *halves = object;
    for (size_t i = 0; i < halves->secret.n; i++)
        for (size_t k = 0; k < halves->plaintext.n; k++)
            if (!secret_is_empty(halves->secret.v[i].value) &&
                text_eq_nocase(halves->secret.v[i].name, halves->plaintext.v[k].name)) {
                *ret_path = text_format(arena, "secret/%.*s", TEXT_ARG(halves->secret.v[i].name));
                return twice;
            }
    return NULL;
}

const struct spec header_halves_spec =
    SPEC_WITH(struct header_halves, "Headers", halves_fields, .check = check_halves);

/* ---- stored -------------------------------------------------------------------------------------------- */

/* One stored header: a value, or the hash of a secret one. */
struct stored {
    struct text name;
    struct v_text value;
    struct secret_hash hash;
};

struct stored_list {
    size_t n;
    struct stored v[2 * LIMIT_CREDENTIAL_HEADERS];
};

static void list_add(struct stored_list *list, struct stored one)
{
    if (list->n < sizeof list->v / sizeof list->v[0])
        list->v[list->n++] = one;
}

static struct stored_list *load(struct request *rq, const struct uuid *connection_id)
{
    struct stored_list *list = REQUEST_NEW(rq, struct stored_list);
    QUERY q = query(rq->db, SQL_HEADER_LIST);
    bind_uuid(&q, connection_id);
    while (query_row(&q)) {
        struct stored one = { .name = text_copy(rq->arena, col_text(&q, 0)) };
        if (col_is_null(&q, 1))
            one.hash = col_hash(&q, 2);
        else
            one.value = SET_TEXT(text_copy(rq->arena, col_text(&q, 1)));
        list_add(list, one);
    }
    return list;
}

static void save(struct request *rq, const struct uuid *connection_id, const struct stored_list *list)
{
    {
        QUERY clear = query(rq->db, SQL_HEADER_CLEAR);
        bind_uuid(&clear, connection_id);
        query_run(&clear);
    }
    for (size_t i = 0; i < list->n; i++) {
        const struct stored *one = &list->v[i];
        QUERY q = query(rq->db, SQL_HEADER_INSERT);
        bind_uuid(&q, connection_id);
        bind_text(&q, one->name);
        bind_int(&q, (int64_t)i);
        bind_v_text(&q, one->value);
        if (one->value.is == VALUE_SET)
            bind_null(&q);
        else
            bind_hash(&q, &one->hash);
        query_run(&q);
    }
}

/* ---- update -------------------------------------------------------------------------------------------- */

static const struct stored *find_name(const struct stored_list *list, struct text name)
{
    for (size_t i = 0; i < list->n; i++)
        if (text_eq_nocase(list->v[i].name, name))
            return &list->v[i];
    return NULL;
}

static void copy_half(struct stored_list *to, const struct stored_list *from, bool secret)
{
    for (size_t i = 0; i < from->n; i++)
        if ((from->v[i].value.is != VALUE_SET) == secret)
            list_add(to, from->v[i]);
}

static void add_plaintext(struct stored_list *to, const struct stored_list *old, const struct v_map *sent)
{
    if (sent->is != VALUE_SET)
        copy_half(to, old, false);
    for (size_t i = 0; i < sent->n; i++)
        list_add(to, (struct stored){ .name = sent->v[i].name, .value = SET_TEXT(sent->v[i].value) });
}

static void add_secret(struct request *rq, struct stored_list *to, const struct stored_list *old,
                       const struct v_secrets *sent)
{
    if (sent->is != VALUE_SET)
        copy_half(to, old, true);
    for (size_t i = 0; i < sent->n; i++) {
        const struct stored *kept = find_name(old, sent->v[i].name);
        if (!secret_is_empty(sent->v[i].value))
            list_add(to, (struct stored){ .name = sent->v[i].name,
                                          .hash = secret_hash(store_key_of(rq->db), sent->v[i].value) });
        else if (kept && kept->value.is != VALUE_SET)
            list_add(to, *kept);
    }
}

/* Headers have no order. */
static bool same(const struct stored_list *a, const struct stored_list *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        const struct stored *one = &a->v[i], *other = find_name(b, one->name);
        if (!other || !text_eq(one->name, other->name) || one->value.is != other->value.is ||
            !text_eq(one->value.v, other->value.v) || !secret_hash_eq(&one->hash, &other->hash))
            return false;
    }
    return true;
}

/* The name as it was sent in that half, or the unset text. */
static struct text sent_name(const struct header_halves *sent, bool secret, struct text name)
{
    const size_t n = secret ? sent->secret.n : sent->plaintext.n;
    for (size_t i = 0; i < n; i++) {
        const struct text one = secret ? sent->secret.v[i].name : sent->plaintext.v[i].name;
        if (text_eq_nocase(one, name))
            return one;
    }
    return (struct text){ NULL, 0 };
}

/* What was sent may meet what is kept in the other half: a half that was not sent, or a secret kept by "". */
static enum err check_names(struct request *rq, const struct stored_list *new, const struct header_halves *sent)
{
    for (size_t i = 0; i < new->n; i++) {
        const struct text name = new->v[i].name;
        if (find_name(new, name) == &new->v[i])
            continue;
        const struct text secret = sent_name(sent, true, name);
        const struct text told = secret.p ? secret : sent_name(sent, false, name);
        return fail(rq, ERR_INVALID, "body/headers/%s/%.*s %s", secret.p ? "secret" : "plaintext", TEXT_ARG(told),
                    twice);
    }
    return OK;
}

enum err credentials_update(struct request *rq, const struct uuid *connection_id, const struct header_halves *halves,
                            bool *ret_changed, bool *ret_any)
{
    if (halves->is == VALUE_ABSENT)
        return OK;
    const struct stored_list *old = load(rq, connection_id);
    struct stored_list *new = REQUEST_NEW(rq, struct stored_list);
    if (halves->is == VALUE_SET) {
        add_plaintext(new, old, &halves->plaintext);
        add_secret(rq, new, old, &halves->secret);
    }
    const enum err err = check_names(rq, new, halves);
    if (err != OK)
        return err;
    *ret_changed = !same(old, new);
    if (!*ret_changed)
        return OK;
    *ret_any = new->n > 0;
    save(rq, connection_id, new);
    return OK;
}

bool credentials_match(struct request *rq, const struct uuid *connection_id, struct text name, struct secret value)
{
    const struct stored *one = find_name(load(rq, connection_id), name);
    const struct secret_key *key = store_key_of(rq->db);
    if (!one)
        return false;
    const bool plain = one->value.is == VALUE_SET;
    const struct secret_hash stored = plain ? secret_hash(key, secret_of(one->value.v)) : one->hash;
    const struct secret_hash asked = secret_hash(key, value);
    return secret_hash_eq(&stored, &asked);
}

/* ---- get ----------------------------------------------------------------------------------------------- */

struct credentials {
    struct v_uuid id;
    struct v_map headers;
};

static const struct field credentials_fields[] = {
    FIELD_UUID(struct credentials, id, .flags = REQUIRED, .doc = "Connection ID"),
    FIELD_MAP(struct credentials, headers, .flags = REQUIRED, .doc = "Header name to value; a secret value is empty",
              .example = "{\"X-Workspace\": \"acme\", \"X-API-Key\": \"\"}"),
};
const struct spec credentials_spec = SPEC(struct credentials, "ConnectionCredentials", credentials_fields);

enum err credentials_get(struct request *rq, struct reply *rp)
{
    const struct connection_path *path = rq->path;
    struct connection *c = REQUEST_NEW(rq, struct connection);
    if (!connection_find(rq, &path->connection_id.v, c))
        return ERR_CONNECTION_NOT_FOUND;
    const struct stored_list *list = load(rq, &c->id.v);
    struct credentials *out = REQUEST_NEW(rq, struct credentials);
    out->id = c->id;
    out->headers = (struct v_map){ VALUE_SET, list->n, ARENA_ARRAY(rq->arena, list->n, struct pair) };
    for (size_t i = 0; i < list->n; i++)
        out->headers.v[i] = (struct pair){ list->v[i].name, list->v[i].value.v };
    rp->object = out;
    return OK;
}
