/* Fixtures on the control plane: a space as a document, and a document added to a space. */
#include "fixtures/read.h"

#include "api/handlers.h"
#include "base/hex.h"
#include "control/counts.h"
#include "fixtures/rows.h"
#include "fixtures/secrets.h"
#include "base/limit.h"

/* ---- export ---------------------------------------------------------------------------------------------- */

/* Nothing is inserted in between: the transaction sees one state. */
static size_t count_rows(struct db *db, enum sql which)
{
    size_t n = 0;
    QUERY q = query(db, which);
    while (query_row(&q))
        n++;
    return n;
}

static struct v_rows read_rows(struct request *rq, enum section section, const struct spec *spec)
{
    const size_t room = count_rows(rq->db, section_kinds[section].list);
    char *rows = arena_array(rq->arena, room, section_kinds[section].spec->size);
    size_t n = 0;
    QUERY q = query(rq->db, section_kinds[section].list);
    while (n < room && query_row(&q))
        col_row(&q, 0, spec, rq->arena, rows + n++ * section_kinds[section].spec->size);
    return SET_ROWS(n, rows);
}

static struct text hash_text(struct arena *arena, const struct secret_hash *hash)
{
    char *digits = arena_raw(arena, 2 * sizeof hash->b);
    hex_encode(hash->b, sizeof hash->b, digits);
    return (struct text){ digits, 2 * sizeof hash->b };
}

struct header_list {
    size_t n;
    struct pair v[2 * LIMIT_CREDENTIAL_HEADERS];
};

static void add_header(struct header_list *list, struct text name, struct text value)
{
    if (list->n < sizeof list->v / sizeof list->v[0])
        list->v[list->n++] = (struct pair){ name, value };
}

/* No larger than it has to be: there may be very many connections. */
static struct v_map map_of(struct arena *arena, const struct header_list *list)
{
    struct v_map map = { list->n ? VALUE_SET : VALUE_ABSENT, list->n, ARENA_ARRAY(arena, list->n, struct pair) };
    for (size_t i = 0; i < list->n; i++)
        map.v[i] = list->v[i];
    return map;
}

/* Plain headers as they are, secret ones as their hashes. */
static void read_headers(struct request *rq, struct seeded_connection *connection)
{
    struct header_list plain = { .n = 0 }, hashes = { .n = 0 };
    QUERY q = query(rq->db, SQL_HEADER_LIST);
    bind_uuid(&q, &connection->c.id.v);
    while (query_row(&q)) {
        const struct text name = text_copy(rq->arena, col_text(&q, 0));
        const struct secret_hash hash = col_hash(&q, 2);
        if (col_is_null(&q, 1))
            add_header(&hashes, name, hash_text(rq->arena, &hash));
        else
            add_header(&plain, name, text_copy(rq->arena, col_text(&q, 1)));
    }
    if (plain.n)
        connection->headers = (struct header_halves){ .is = VALUE_SET, .plaintext = map_of(rq->arena, &plain) };
    connection->header_hashes = map_of(rq->arena, &hashes);
}

static struct v_rows read_connections(struct request *rq)
{
    const struct v_rows rows = read_rows(rq, SECTION_CONNECTIONS, &connection_spec);
    union {
        const void *from;
        struct seeded_connection *to;
    } connections = { .from = rows.v };
    for (size_t i = 0; i < rows.n; i++)
        if (connections.to[i].c.has_headers.v)
            read_headers(rq, &connections.to[i]);
    return rows;
}

/* Of each value its hash. */
static void read_value_hashes(struct request *rq, struct seeded_secret *secret)
{
    struct v_map hashes = { VALUE_SET, 0, ARENA_ARRAY(rq->arena, LIMIT_SECRET_VALUES, struct pair) };
    QUERY q = query(rq->db, SQL_SECRET_VALUE_LIST);
    bind_uuid(&q, &secret->id.v);
    while (hashes.n < LIMIT_SECRET_VALUES && query_row(&q)) {
        const struct secret_hash hash = col_hash(&q, 1);
        hashes.v[hashes.n++] = (struct pair){ text_copy(rq->arena, col_text(&q, 0)), hash_text(rq->arena, &hash) };
    }
    secret->value_hashes = hashes;
}

static struct v_rows read_secrets(struct request *rq)
{
    const struct v_rows rows = read_rows(rq, SECTION_SECRETS, &fixture_secret);
    union {
        const void *from;
        struct seeded_secret *to;
    } secrets = { .from = rows.v };
    for (size_t i = 0; i < rows.n; i++)
        read_value_hashes(rq, &secrets.to[i]);
    return rows;
}

static struct v_rows read_section(struct request *rq, enum section section)
{
    switch ((int)section) {
    case SECTION_CONNECTIONS: return read_connections(rq);
    case SECTION_SECRETS: return read_secrets(rq);
    default: return read_rows(rq, section, section_kinds[section].spec);
    }
}

enum err fixtures_export(struct request *rq, struct reply *rp)
{
    struct document *out = REQUEST_NEW(rq, struct document);
    for (int i = 0; i < SECTION_COUNT; i++) {
        struct v_rows *rows = field_at(&fixture_document.fields[i], out);
        *rows = read_section(rq, (enum section)i);
    }
    rp->object = out;
    return OK;
}

/* ---- load ------------------------------------------------------------------------------------------------ */

struct fixtures_query {
    struct v_bool replace;
};

static const struct field query_fields[] = {
    FIELD_BOOL(struct fixtures_query, replace, .fallback = "false",
               .doc = "Whether all that is in the space goes first"),
};
const struct spec fixtures_query = SPEC(struct fixtures_query, "FixturesQuery", query_fields);

struct fixtures_reply {
    struct counts counts;
};

static const struct field reply_fields[] = {
    FIELD_OBJECT(struct fixtures_reply, counts, struct counts, .flags = REQUIRED, .sub = &counts_spec,
                 .doc = "Rows in the space now"),
};
const struct spec fixtures_reply = SPEC(struct fixtures_reply, "FixturesLoaded", reply_fields);

/* Each error on a line: one message of the first of them. */
struct text fixtures_message(struct arena *arena, struct text errors)
{
    struct buf b = buf_new(arena, LIMIT_BODY);
    size_t n = 0;
    for (struct text rest = errors; rest.p; n++) {
        const struct text line = text_cut(&rest, '\n');
        if (n && n < LIMIT_PROBLEMS)
            buf_add(&b, T(", "));
        if (n < LIMIT_PROBLEMS)
            buf_add(&b, line);
    }
    if (n > LIMIT_PROBLEMS)
        buf_addf(&b, ", and %zu more", n - LIMIT_PROBLEMS);
    return buf_text(&b);
}

enum err fixtures_post(struct request *rq, struct reply *rp)
{
    const struct fixtures_query *in = rq->query;
    struct fixtures_reply *out = REQUEST_NEW(rq, struct fixtures_reply);
    struct text errors;
    if (in->replace.v)
        store_space_clear(rq->db, rq->space);
    if (!fixtures_add(rq->arena, rq->input, rq->db, &errors)) {
        rq->message = fixtures_message(rq->arena, errors);
        return ERR_INVALID;
    }
    counts_of(rq->db, rq->space, &out->counts);
    rp->object = out;
    return OK;
}
