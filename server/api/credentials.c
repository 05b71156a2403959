#include "api/credentials.h"

#include "base/limit.h"
#include "store/query.h"

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
    .flags = CASE_KEYS, .max = LIMIT_ENTRIES, .key_max = LIMIT_WORD, .value_max = LIMIT_WORD,                          \
    .check = check_header_value, .check_key = check_header_name

static const struct field halves_fields[] = {
    FIELD_MAP(struct header_halves, plaintext, HALF_RULES, .doc = "Headers with readable values",
              .example = "{\"X-Workspace\": \"acme\"}"),
    FIELD_SECRETS(struct header_halves, secret, HALF_RULES, .doc = "Headers with write-only values",
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

enum { FIRST_ROOM = 8 };

static void make_room(struct arena *arena, struct credentials *list)
{
    struct stored_header *old = list->v;
    list->room = list->room ? 2 * list->room : FIRST_ROOM;
    list->v = ARENA_ARRAY(arena, list->room, struct stored_header);
    for (size_t i = 0; i < list->n; i++)
        list->v[i] = old[i];
}

void credentials_add(struct arena *arena, struct credentials *list, struct stored_header one)
{
    if (list->n == list->room)
        make_room(arena, list);
    list->v[list->n++] = one;
}

struct credentials *credentials_load(struct db *db, struct arena *arena, const struct uuid *connection_id)
{
    struct credentials *list = ARENA_NEW(arena, struct credentials);
    QUERY q = query_with(db, SQL_HEADER_LIST, WITH(connection_id));
    while (query_row(&q)) {
        struct stored_header one = { .name = text_copy(arena, col_text(&q, 0)) };
        if (col_is_null(&q, 1))
            one.kept = col_kept(&q, 2);
        else
            one.value = SET_TEXT(text_copy(arena, col_text(&q, 1)));
        credentials_add(arena, list, one);
    }
    return list;
}

void credentials_insert(struct db *db, const struct uuid *connection_id, const struct credentials *list)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct stored_header *one = &list->v[i];
        const struct kept *kept = one->value.is == VALUE_SET ? NULL : &one->kept;
        query_change(db, SQL_HEADER_INSERT, WITH(connection_id, one->name, (int64_t)i, one->value, kept));
    }
}

static const struct stored_header *find_header(const struct credentials *list, struct text name)
{
    for (size_t i = 0; i < list->n; i++)
        if (text_eq_nocase(list->v[i].name, name))
            return &list->v[i];
    return NULL;
}

struct stored_header *credentials_find(struct credentials *list, struct text name)
{
    const struct stored_header *one = find_header(list, name);
    return one ? &list->v[one - list->v] : NULL;
}

/* Plain values are compared as if they were kept: in the same time. */
bool credentials_equal(struct db *db, const struct uuid *connection_id, struct stored_header *one, struct secret value)
{
    const bool plain = one->value.is == VALUE_SET;
    const struct kept kept = plain ? kept_value(connection_id, one->name, secret_of(one->value.v)) : one->kept;
    const bool equal = kept_matches(&kept, store_key_of(db), value);
    if (!equal || kept.kind != KEPT_FILE)
        return equal;
    one->kept = kept_value(connection_id, one->name, value);
    query_change(db, SQL_HEADER_RENEW, WITH(connection_id, one->name, &one->kept));
    return true;
}

/* ---- update -------------------------------------------------------------------------------------------- */

/* What is merged: into nothing, or into what a connection has. */
struct merge {
    struct db *db;
    struct arena *arena;
    const struct uuid *connection_id;
    struct credentials *old;
};

static void copy_half(const struct merge *m, struct credentials *to, bool secret)
{
    for (size_t i = 0; i < m->old->n; i++)
        if ((m->old->v[i].value.is != VALUE_SET) == secret)
            credentials_add(m->arena, to, m->old->v[i]);
}

static void add_plaintext(const struct merge *m, struct credentials *to, const struct v_map *sent)
{
    if (sent->is != VALUE_SET)
        copy_half(m, to, false);
    for (size_t i = 0; i < sent->n; i++)
        credentials_add(m->arena, to, (struct stored_header){ .name = sent->v[i].name,
                                                              .value = SET_TEXT(sent->v[i].value) });
}

/* What is kept stays the same for as long as the value does. */
static struct kept keep(const struct merge *m, struct stored_header *old, const struct secret_pair *sent)
{
    const bool same = old && old->value.is != VALUE_SET && credentials_equal(m->db, m->connection_id, old, sent->value);
    return same ? old->kept : kept_value(m->connection_id, sent->name, sent->value);
}

static void add_secret(const struct merge *m, struct credentials *to, const struct v_secrets *sent)
{
    if (sent->is != VALUE_SET)
        copy_half(m, to, true);
    for (size_t i = 0; i < sent->n; i++) {
        struct stored_header *old = credentials_find(m->old, sent->v[i].name);
        if (!secret_is_empty(sent->v[i].value))
            credentials_add(m->arena, to, (struct stored_header){ .name = sent->v[i].name,
                                                                  .kept = keep(m, old, &sent->v[i]) });
        else if (old && old->value.is != VALUE_SET)
            credentials_add(m->arena, to, *old);
    }
}

/* What is stored after a request. */
static struct credentials *merge_headers(const struct merge *m, const struct header_halves *sent)
{
    struct credentials *new = ARENA_NEW(m->arena, struct credentials);
    if (sent->is == VALUE_SET) {
        add_plaintext(m, new, &sent->plaintext);
        add_secret(m, new, &sent->secret);
    }
    return new;
}

struct credentials *credentials_new(struct db *db, struct arena *arena, const struct uuid *connection_id,
                                    const struct header_halves *sent)
{
    return merge_headers(&(struct merge){ db, arena, connection_id, &(struct credentials){ .n = 0 } }, sent);
}

/* Headers have no order. */
static bool has_same_headers(const struct credentials *a, const struct credentials *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        const struct stored_header *one = &a->v[i], *other = find_header(b, one->name);
        if (!other || !text_eq(one->name, other->name) || one->value.is != other->value.is ||
            !text_eq(one->value.v, other->value.v) || !kept_eq(&one->kept, &other->kept))
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
static enum err check_halves_apart(struct request *rq, const struct credentials *new, const struct header_halves *sent)
{
    for (size_t i = 0; i < new->n; i++) {
        const struct text name = new->v[i].name;
        if (find_header(new, name) == &new->v[i])
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
    struct credentials *old = credentials_load(rq->db, rq->arena, connection_id);
    const struct credentials *new = merge_headers(&(struct merge){ rq->db, rq->arena, connection_id, old }, halves);
    const enum err err = check_halves_apart(rq, new, halves);
    if (err != OK)
        return err;
    *ret_changed = !has_same_headers(old, new);
    if (!*ret_changed)
        return OK;
    *ret_any = new->n > 0;
    query_change(rq->db, SQL_HEADER_CLEAR, WITH(connection_id));
    credentials_insert(rq->db, connection_id, new);
    return OK;
}

bool credentials_match(struct request *rq, const struct uuid *connection_id, struct text name, struct secret value)
{
    struct stored_header *one = credentials_find(credentials_load(rq->db, rq->arena, connection_id), name);
    return one && credentials_equal(rq->db, connection_id, one, value);
}
