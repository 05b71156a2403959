/* Columns: the values of a query's current row, read one by one, into a struct of a spec, or written as JSON. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/memory.h"
#include "store/internal.h"

#include <assert.h>
#include <string.h>

int64_t col_int(const struct query *q, int column)
{
    return sqlite3_column_int64(q->stmt, column);
}

/* A column is looked up once for all that is asked of it. */
static sqlite3_value *value_of(const struct query *q, int column)
{
    return sqlite3_column_value(q->stmt, column);
}

static struct text text_value(sqlite3_value *value)
{
    const char *p = (const char *)sqlite3_value_text(value);
    return (struct text){ p, (size_t)sqlite3_value_bytes(value) };
}

struct text col_text(const struct query *q, int column)
{
    return text_value(value_of(q, column));
}

bool col_is_null(const struct query *q, int column)
{
    return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

/* A blob of the wrong length cannot come from a schema that checks it; it reads as zeros. */
static void read_blob(sqlite3_value *value, void *ret, size_t n)
{
    const void *p = sqlite3_value_blob(value);
    if (p && (size_t)sqlite3_value_bytes(value) == n)
        memcpy(ret, p, n);
    else
        memset(ret, 0, n);
}

static struct uuid uuid_value(sqlite3_value *value)
{
    struct uuid id;
    read_blob(value, id.b, sizeof id.b);
    return id;
}

struct uuid col_uuid(const struct query *q, int column)
{
    return uuid_value(value_of(q, column));
}

struct secret_hash col_hash(const struct query *q, int column)
{
    struct secret_hash hash;
    read_blob(value_of(q, column), hash.b, sizeof hash.b);
    return hash;
}

struct kept col_kept(const struct query *q, int column)
{
    struct kept kept = { .kind = col_is_null(q, column + 1) ? KEPT_FILE : KEPT_VALUE, .hash = col_hash(q, column) };
    if (kept.kind == KEPT_VALUE)
        read_blob(value_of(q, column + 1), kept.salt, sizeof kept.salt);
    return kept;
}

/* ---- into a struct --------------------------------------------------------------------------------------- */

static void read_texts(struct text joined, struct arena *arena, struct v_texts *ret)
{
    size_t n = joined.n > 0;
    for (size_t i = 0; i < joined.n; i++)
        n += joined.p[i] == ' ';
    *ret = (struct v_texts){ VALUE_SET, n, ARENA_ARRAY(arena, n, struct text) };
    struct text rest = text_copy(arena, joined);
    for (size_t i = 0; i < n; i++)
        ret->v[i] = text_cut(&rest, ' ');
}

static size_t uuids_in(sqlite3_value *value)
{
    return (size_t)sqlite3_value_bytes(value) / sizeof(struct uuid);
}

static void read_uuids(sqlite3_value *value, struct arena *arena, struct v_uuids *ret)
{
    const size_t n = uuids_in(value);
    *ret = (struct v_uuids){ VALUE_SET, n, ARENA_ARRAY(arena, n, struct uuid) };
    read_blob(value, ret->v, n * sizeof(struct uuid));
}

static int stored_name(const char *const *names, struct text value)
{
    const int i = text_index(value, names);
    if (i < 0)
        die("a stored enumeration holds a name that its spec does not know");
    return i;
}

_Noreturn static void die_of_kind(void)
{
    die("a spec stores a kind of field that has no column type");
}

static void read_value(sqlite3_value *value, const struct field *f, struct arena *arena, void *at)
{
    *(enum value_state *)at = VALUE_SET;
    switch (f->kind) {
    case KIND_TEXT:
    case KIND_URL: ((struct v_text *)at)->v = text_copy(arena, text_value(value)); return;
    case KIND_JSON: ((struct v_json *)at)->v = text_copy(arena, text_value(value)); return;
    case KIND_UUID: ((struct v_uuid *)at)->v = uuid_value(value); return;
    case KIND_TIME: ((struct v_time *)at)->v = sqlite3_value_int64(value); return;
    case KIND_INT: ((struct v_int *)at)->v = sqlite3_value_int64(value); return;
    case KIND_BOOL: ((struct v_bool *)at)->v = sqlite3_value_int64(value) != 0; return;
    case KIND_ENUM: ((struct v_enum *)at)->v = stored_name(f->names, text_value(value)); return;
    case KIND_TEXTS: read_texts(text_value(value), arena, at); return;
    case KIND_UUIDS: read_uuids(value, arena, at); return;
    case KIND_SECRET:
    case KIND_MAP:
    case KIND_SECRETS:
    case KIND_OBJECT:
    case KIND_ROWS:
    case KIND_SETS:
    case KIND_COUNT: break;
    }
    die_of_kind();
}

void col_row(const struct query *q, int first, const struct spec *spec, struct arena *arena, void *object)
{
    int column = first;
    for (size_t i = 0; i < spec->count; i++) {
        const struct field *f = &spec->fields[i];
        if (!f->column)
            continue;
        sqlite3_value *value = value_of(q, column++);
        void *at = field_at(f, object);
        if (sqlite3_value_type(value) != SQLITE_NULL)
            read_value(value, f, arena, at);
        else if (f->flags & NULLABLE)
            *(enum value_state *)at = VALUE_NULL;
    }
}

/* ---- as JSON --------------------------------------------------------------------------------------------- */

/* Lists are full of rows: that each piece is put behind the one before is known here, and the general writer, which
 * learns it anew with every call, takes more than twice as long. */

enum { ROOM_OF_ITEM = UUID_TEXT_SIZE + 3 };
static_assert((int)ROOM_OF_ITEM >= (int)TIME_TEXT_SIZE + 2 && (int)ROOM_OF_ITEM >= (int)INT_TEXT_SIZE,
              "a value of a fixed size has room");

/* The most bytes that the value takes: in a string each can become an escape of six. */
static size_t room_for(sqlite3_value *value)
{
    const int type = sqlite3_value_type(value);
    const size_t n = type == SQLITE_TEXT || type == SQLITE_BLOB ? (size_t)sqlite3_value_bytes(value) : 0;
    return 6 * n + ROOM_OF_ITEM;
}

static char *put_uuid(char *w, const struct uuid *id)
{
    *w = '"';
    uuid_format(id, w + 1);
    w[UUID_TEXT_SIZE + 1] = '"';
    return w + UUID_TEXT_SIZE + 2;
}

static char *put_time(char *w, int64_t ms)
{
    *w = '"';
    time_format(ms, w + 1);
    w[TIME_TEXT_SIZE + 1] = '"';
    return w + TIME_TEXT_SIZE + 2;
}

static char *put_texts(char *w, struct text joined)
{
    const char *const begin = w;
    *w++ = '[';
    for (struct text rest = joined; rest.p && joined.n;) {
        if (w > begin + 1)
            *w++ = ',';
        w = json_put_string(w, text_cut(&rest, ' '));
    }
    *w++ = ']';
    return w;
}

static char *put_uuids(char *w, sqlite3_value *value)
{
    const size_t n = uuids_in(value);
    const char *p = sqlite3_value_blob(value);
    *w++ = '[';
    for (size_t i = 0; i < n; i++) {
        struct uuid id;
        memcpy(id.b, p + i * sizeof id.b, sizeof id.b);
        if (i)
            *w++ = ',';
        w = put_uuid(w, &id);
    }
    *w++ = ']';
    return w;
}

static char *put_text(char *w, struct text t)
{
    return mempcpy(w, t.p, t.n);
}

static char *put_value(char *w, const struct field *f, sqlite3_value *value)
{
    struct uuid id;
    switch (f->kind) {
    case KIND_TEXT:
    case KIND_URL:
    case KIND_ENUM: return json_put_string(w, text_value(value));
    case KIND_JSON: return put_text(w, text_value(value));
    case KIND_UUID: id = uuid_value(value); return put_uuid(w, &id);
    case KIND_TIME: return put_time(w, sqlite3_value_int64(value));
    case KIND_INT: return w + int_format(sqlite3_value_int64(value), w);
    case KIND_BOOL: return put_text(w, sqlite3_value_int64(value) ? T("true") : T("false"));
    case KIND_TEXTS: return put_texts(w, text_value(value));
    case KIND_UUIDS: return put_uuids(w, value);
    case KIND_SECRET:
    case KIND_MAP:
    case KIND_SECRETS:
    case KIND_OBJECT:
    case KIND_ROWS:
    case KIND_SETS:
    case KIND_COUNT: break;
    }
    die_of_kind();
}

/* `before`: what stands before the member, a comma or the object's bracket. False when the buffer is full. */
static bool put_member(struct buf *out, char before, const struct field *f, sqlite3_value *value)
{
    char *const begin = buf_reserve(out, 1 + f->key.n + room_for(value)), *w = begin;
    if (!w)
        return false;
    *w++ = before;
    w = put_text(w, f->key);
    w = sqlite3_value_type(value) == SQLITE_NULL ? put_text(w, T("null")) : put_value(w, f, value);
    out->n += (size_t)(w - begin);
    return true;
}

void col_json(const struct query *q, int first, const struct spec *spec, unsigned version, struct buf *out)
{
    char before = '{';
    int column = first;
    for (size_t i = 0; i < spec->count; i++) {
        const struct field *f = &spec->fields[i];
        if (!f->column)
            continue;
        sqlite3_value *value = value_of(q, column++);
        if (!field_exists(f, version) || (!(f->flags & NULLABLE) && sqlite3_value_type(value) == SQLITE_NULL))
            continue;
        if (!put_member(out, before, f, value))
            return;
        before = ',';
    }
    buf_add(out, before == '{' ? T("{}") : T("}"));
}
