#include "api/credentials.h"

#include "base/limit.h"
#include "cli/config.h"
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

const struct spec header_halves_spec = SPEC(struct header_halves, "Headers", halves_fields);

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

static const struct secret_pair *find_secret(const struct v_secrets *half, struct text name)
{
    for (size_t i = 0; i < half->n; i++)
        if (text_eq_nocase(half->v[i].name, name))
            return &half->v[i];
    return NULL;
}

static bool has_plaintext(const struct v_map *half, struct text name)
{
    for (size_t i = 0; i < half->n; i++)
        if (text_eq_nocase(half->v[i].name, name))
            return true;
    return false;
}

/* An empty secret is a header only where there is a value to keep. */
static bool takes_over(const struct merge *m, const struct v_secrets *half, struct text name)
{
    const struct secret_pair *one = find_secret(half, name);
    return one && (!secret_is_empty(one->value) || credentials_find(m->old, name));
}

/* A name in both halves is a secret's, and one that is stored there and sent here moves. */
static void add_plaintext(const struct merge *m, struct credentials *to, const struct header_halves *sent)
{
    const struct v_map *half = &sent->plaintext;
    for (size_t i = 0; half->is != VALUE_SET && i < m->old->n; i++)
        if (m->old->v[i].value.is == VALUE_SET && !takes_over(m, &sent->secret, m->old->v[i].name))
            credentials_add(m->arena, to, m->old->v[i]);
    for (size_t i = 0; i < half->n; i++)
        if (!takes_over(m, &sent->secret, half->v[i].name))
            credentials_add(m->arena, to, (struct stored_header){ .name = half->v[i].name,
                                                                  .value = SET_TEXT(half->v[i].value) });
}

/* What is kept stays the same for as long as the value does. */
static struct kept keep(const struct merge *m, struct stored_header *old, const struct secret_pair *sent)
{
    const bool same = old && old->value.is != VALUE_SET && credentials_equal(m->db, m->connection_id, old, sent->value);
    return same ? old->kept : kept_value(m->connection_id, sent->name, sent->value);
}

/* What an empty secret keeps: the stored value, which is a secret from now on if it was none. */
static struct stored_header keep_stored(const struct merge *m, const struct stored_header *old, struct text name)
{
    if (old->value.is != VALUE_SET)
        return *old;
    return (struct stored_header){ .name = name, .kept = kept_value(m->connection_id, name, secret_of(old->value.v)) };
}

static void add_secret(const struct merge *m, struct credentials *to, const struct header_halves *sent)
{
    const struct v_secrets *half = &sent->secret;
    for (size_t i = 0; half->is != VALUE_SET && i < m->old->n; i++)
        if (m->old->v[i].value.is != VALUE_SET && !has_plaintext(&sent->plaintext, m->old->v[i].name))
            credentials_add(m->arena, to, m->old->v[i]);
    for (size_t i = 0; i < half->n; i++) {
        struct stored_header *old = credentials_find(m->old, half->v[i].name);
        if (!secret_is_empty(half->v[i].value))
            credentials_add(m->arena, to, (struct stored_header){ .name = half->v[i].name,
                                                                  .kept = keep(m, old, &half->v[i]) });
        else if (old)
            credentials_add(m->arena, to, keep_stored(m, old, half->v[i].name));
    }
}

/* What is stored after a request. */
static struct credentials *merge_headers(const struct merge *m, const struct header_halves *sent)
{
    struct credentials *new = ARENA_NEW(m->arena, struct credentials);
    if (sent->is == VALUE_SET) {
        add_plaintext(m, new, sent);
        add_secret(m, new, sent);
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

/* The secret half wins. Before the stored headers are known, secrets with a value are judged; then empty ones, which
 * are headers where there is a value to keep. */
static enum err judge_halves(struct request *rq, const struct header_halves *sent, const struct credentials *old)
{
    for (size_t i = 0; i < sent->plaintext.n; i++) {
        const struct text name = sent->plaintext.v[i].name;
        const struct secret_pair *one = find_secret(&sent->secret, name);
        if (!one || secret_is_empty(one->value) != (old != NULL))
            continue;
        if (old && !find_header(old, name))
            continue;
        if (rq->config->strict)
            return fail(rq, ERR_INVALID, "body/headers/secret/%.*s Duplicate name: it is in the other half, too",
                        TEXT_ARG(one->name));
        warn(rq, text_format(rq->arena, "body/headers/plaintext/%.*s was ignored: headers.secret has it, too",
                             TEXT_ARG(name)));
    }
    return OK;
}

enum err credentials_judge(struct request *rq, const struct header_halves *sent)
{
    return judge_halves(rq, sent, NULL);
}

enum err credentials_update(struct request *rq, const struct uuid *connection_id, const struct header_halves *halves,
                            bool *ret_changed, bool *ret_any)
{
    if (halves->is == VALUE_ABSENT)
        return OK;
    struct credentials *old = credentials_load(rq->db, rq->arena, connection_id);
    const enum err err = judge_halves(rq, halves, old);
    if (err != OK)
        return err;
    const struct credentials *new = merge_headers(&(struct merge){ rq->db, rq->arena, connection_id, old }, halves);
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
