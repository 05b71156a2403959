#include "control/feed_state.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/limit.h"
#include "control/kinds.h"
#include "request/route.h"
#include "space/directory.h"
#include "space/faults.h"
#include "space/inbox.h"
#include "space/journal.h"
#include "space/match.h"
#include "spec/lookup.h"
#include "spec/write.h"
#include "store/query.h"

#include <stdlib.h>
#include <string.h>

/* A row: where it stands in the order is its key's place. */
struct row {
    uint64_t key, hash;
    const char *kind;
    struct text id;   /* in the state's arena */
    struct text json; /* while it is compared */
    const struct spec *spec;
};

struct rows {
    struct arena *arena;
    struct row *v;
    size_t n, room;
};

/* What is no row, and is told of as a whole. */
enum part { PART_CLOCK, PART_SETTINGS, PART_FAULTS, PART_SNAPSHOTS, PART_SPACES, PART_TOTAL };
static const char *const part_names[PART_TOTAL] = { "clock", "settings", "faults", "snapshots", "spaces" };

struct feed_state {
    bool begun;
    uint64_t generation; /* of the store that the rows are of */
    struct rows rows;
    struct rows in_memory;
    uint64_t rung; /* how often the space's inboxes had changed then */
    uint64_t parts[PART_TOTAL];
    struct journal_reader reader;
    uint64_t entry;    /* number of the newest that was told of */
    uint64_t removals; /* of the journal, that were told of */
};

/* One look. */
struct look {
    struct feed_state *state;
    const struct server *server;
    struct space *space;
    struct arena *arena;
    struct redactor redactor;
    struct rows *fresh;
    void (*tell)(void *cls, struct text json);
    void *cls;
};

struct feed_state *feed_state_new(void)
{
    return memory_kept(sizeof(struct feed_state));
}

static void rows_clear(struct rows *rows)
{
    arena_free(rows->arena);
    free(rows->v);
    *rows = (struct rows){ .arena = NULL };
}

void feed_state_free(struct feed_state *state)
{
    rows_clear(&state->rows);
    rows_clear(&state->in_memory);
    free(state);
}

/* FNV-1a. */
static uint64_t hash_of(uint64_t hash, struct text t)
{
    for (size_t i = 0; i < t.n; i++)
        hash = (hash ^ (unsigned char)t.p[i]) * UINT64_C(1099511628211);
    return hash;
}
#define HASH_START UINT64_C(14695981039346656037)

/* ---- telling --------------------------------------------------------------------------------------------- */

static void tell(const struct look *l, const char *kind, struct text id, const char *change, struct text row)
{
    struct buf b = buf_new(l->arena, LIMIT_FEED_ROW + 1024);
    struct json j = jw_new(&b);
    if (!l->state->begun)
        return;
    jw_object(&j);
    jw_put_text(&j, T("kind"), text_of(kind));
    jw_put_text(&j, T("id"), text_is_utf8(id) ? id : T(""));
    jw_put_text(&j, T("change"), text_of(change));
    jw_key(&j, T("row"));
    jw_raw(&j, row.n && row.n <= LIMIT_FEED_ROW / 2 ? row : T("null"));
    jw_object_end(&j);
    l->tell(l->cls, buf_text(&b));
}

/* ---- requests -------------------------------------------------------------------------------------------- */

static void put_text_or_null(struct json *j, struct text key, struct text value)
{
    jw_key(j, key);
    if (value.n)
        jw_text(j, value);
    else
        jw_null(j);
}

/* As in GET /_mock/requests, but for headers and bodies. */
static struct text entry_row(const struct look *l, const struct journal_entry *entry)
{
    struct buf b = buf_new(l->arena, LIMIT_REPLY);
    struct json j = jw_new(&b);
    jw_object(&j);
    jw_put_text(&j, T("id"), text_is_utf8(entry->id) ? entry->id : T(""));
    jw_key(&j, T("at"));
    jw_time(&j, entry->at);
    jw_put_text(&j, T("origin"), text_of(match_origins[entry->origin]));
    put_text_or_null(&j, T("key"), entry->caller);
    jw_put_text(&j, T("method"), redact_url(l->arena, entry->method));
    jw_put_text(&j, T("path"), redact_url_with(&l->redactor, l->arena, entry->uri));
    put_text_or_null(&j, T("operation"), text_of(entry->route ? entry->route->operation : NULL));
    jw_key(&j, T("status"));
    if (entry->status)
        jw_int(&j, entry->status);
    else
        jw_null(&j);
    put_text_or_null(&j, T("broken"), text_of(entry->broken));
    put_text_or_null(&j, T("fault"), entry->fault);
    jw_put_int(&j, T("duration_us"), entry->duration_us);
    jw_object_end(&j);
    return buf_text(&b);
}

static void see_entry(void *cls, const struct journal_entry *entry)
{
    struct look *l = cls;
    if (entry->number <= l->state->entry)
        return;
    if (l->state->begun)
        tell(l, "request", entry->id, "new", entry_row(l, entry));
    l->state->entry = entry->number; /* once it is told: without memory for that it is read again */
}

static void see_dropped(void *cls, const struct journal_dropped *dropped)
{
    (void)cls;
    (void)dropped;
}

/* Before what came after it; as for entries, once it is told. */
static void see_removal(void *cls)
{
    const struct look *l = cls;
    struct feed_state *state = l->state;
    if (state->removals != state->reader.removals && state->entry)
        tell(l, "request", T("*"), "deleted", T(""));
    state->removals = state->reader.removals;
}

static void compare_requests(struct look *l)
{
    struct feed_state *state = l->state;
    state->reader.see = see_entry;
    state->reader.miss = see_dropped;
    state->reader.begin = see_removal;
    state->reader.cls = l;
    journal_read(space_journal(l->space), &state->reader);
}

/* ---- rows ------------------------------------------------------------------------------------------------ */

static void add_piece(struct buf *b, const struct field *f, const void *object)
{
    const void *at = field_in(f, object);
    if (b->n)
        buf_add_char(b, '/');
    if (f->kind == KIND_UUID)
        buf_add(b, uuid_text(b->arena, &((const struct v_uuid *)at)->v));
    else
        buf_add(b, ((const struct v_text *)at)->v);
}

/* Its id; of a row that has none, the ids of what it ties together, or its name. */
static struct text id_of(struct arena *arena, const struct spec *spec, const void *object)
{
    struct buf b = buf_new(arena, LIMIT_URI);
    const struct field *id = spec_find_field(spec, 0, T("id"));
    if (id && (id->kind == KIND_UUID || id->kind == KIND_TEXT))
        add_piece(&b, id, object);
    for (size_t i = 0; !b.n && i < spec->count && i < 3; i++)
        if (spec->fields[i].kind == KIND_UUID)
            add_piece(&b, &spec->fields[i], object);
    const struct field *name = b.n ? NULL : spec_find_field(spec, 0, T("name"));
    if (name && name->kind == KIND_TEXT)
        add_piece(&b, name, object);
    return buf_text(&b);
}

static void see_row(void *cls, const char *kind, const struct spec *spec, const void *object)
{
    struct look *l = cls;
    struct rows *rows = l->fresh;
    struct buf b = buf_new(l->arena, LIMIT_REPLY);
    struct json j = jw_new(&b);
    if (rows->n == rows->room) {
        rows->room = rows->room ? 2 * rows->room : 256;
        rows->v = memory_kept_again(rows->v, rows->room * sizeof *rows->v);
    }
    spec_write(&j, spec, 0, object);
    struct row *row = &rows->v[rows->n++];
    *row = (struct row){ .kind = kind, .id = id_of(rows->arena, spec, object), .json = buf_text(&b), .spec = spec };
    row->hash = hash_of(HASH_START, row->json);
    row->key = hash_of(hash_of(HASH_START, text_of(kind)), row->id);
}

static int by_key(const void *a, const void *b)
{
    const struct row *left = a, *right = b;
    return left->key < right->key ? -1 : left->key > right->key;
}

static bool read_rows(struct look *l)
{
    char why[200];
    struct db *db = store_db(l->server->store, why, sizeof why);
    if (!db || !tx_begin(db, TX_READ))
        return false;
    db_use_space(db, space_id(l->space));
    kinds_each_row(db, l->arena, see_row, l);
    tx_rollback(db);
    return true;
}

static struct text masked_row(const struct look *l, const struct row *row)
{
    struct buf b = buf_new(l->arena, LIMIT_REPLY);
    spec_json_redact(&b, row->spec, row->json, &l->redactor);
    return buf_text(&b);
}

/* Both in the order of their keys. */
static void tell_differences(struct look *l, const struct rows *old, const struct rows *fresh)
{
    size_t i = 0, k = 0;
    while (i < old->n && k < fresh->n) {
        const struct row *before = &old->v[i], *now = &fresh->v[k];
        const int order = by_key(before, now);
        if (order < 0)
            tell(l, before->kind, before->id, "deleted", T(""));
        else if (order > 0)
            tell(l, now->kind, now->id, "new", masked_row(l, now));
        else if (before->hash != now->hash)
            tell(l, now->kind, now->id, "changed", masked_row(l, now));
        i += order <= 0;
        k += order >= 0;
    }
    for (; i < old->n; i++)
        tell(l, old->v[i].kind, old->v[i].id, "deleted", T(""));
    for (; k < fresh->n; k++)
        tell(l, fresh->v[k].kind, fresh->v[k].id, "new", masked_row(l, &fresh->v[k]));
}

/* What was seen anew takes the place of what was there. */
static void take_rows(struct look *l, struct rows *rows, struct rows *fresh)
{
    if (fresh->n)
        qsort(fresh->v, fresh->n, sizeof *fresh->v, by_key);
    if (l->state->begun)
        tell_differences(l, rows, fresh);
    rows_clear(rows);
    *rows = *fresh;
}

static void compare_in_memory(struct look *l)
{
    struct feed_state *state = l->state;
    const uint64_t rung = bell_rung(inboxes_bell(space_inboxes(l->space)));
    struct rows fresh = { .arena = NULL };
    if (state->begun && rung == state->rung)
        return;
    fresh.arena = arena_new();
    l->fresh = &fresh;
    kinds_each_in_memory(l->space, l->arena, see_row, l);
    take_rows(l, &state->in_memory, &fresh);
    state->rung = rung;
}

static void compare_rows(struct look *l)
{
    struct feed_state *state = l->state;
    const uint64_t generation = store_generation(l->server->store);
    struct rows fresh = { .arena = NULL };
    if (generation == state->generation)
        return;
    fresh.arena = arena_new();
    l->fresh = &fresh;
    if (read_rows(l)) {
        take_rows(l, &state->rows, &fresh);
        state->generation = generation % 2 ? 0 : generation;
    } else {
        rows_clear(&fresh);
    }
}

/* ---- what is no row -------------------------------------------------------------------------------------- */

static uint64_t hash_number(uint64_t hash, int64_t number)
{
    return hash_of(hash, (struct text){ (const char *)&number, sizeof number });
}

static uint64_t clock_part(const struct look *l)
{
    const struct clock_state clock = space_clock(l->space);
    const int64_t place = clock.mode == CLOCK_FROZEN ? clock.now : clock.offset_ms / 1000;
    return hash_number(hash_number(HASH_START, (int64_t)clock.mode), place);
}

/* A version of the settings never changes: its address is another one while both are held. */
static uint64_t settings_part(const struct look *l)
{
    const struct settings *settings = space_settings(l->space);
    const uint64_t hash = hash_of(HASH_START, (struct text){ (const char *)settings, sizeof *settings });
    settings_release(settings);
    return hash;
}

static uint64_t faults_part(const struct look *l)
{
    struct fault_state *faults = ARENA_ARRAY(l->arena, LIMIT_FAULTS, struct fault_state);
    const size_t n = faults_list(space_faults(l->space), l->arena, space_now(l->space), faults, LIMIT_FAULTS);
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < n; i++)
        hash = hash_number(hash_of(hash, uuid_text(l->arena, &faults[i].id)), faults[i].hits);
    return hash;
}

static uint64_t spaces_part(const struct look *l)
{
    enum { MOST = 1000 };
    struct space **spaces = ARENA_ARRAY(l->arena, MOST, struct space *);
    const size_t n = spaces_list(l->server->spaces, spaces, MOST);
    uint64_t hash = hash_number(HASH_START, (int64_t)spaces_count(l->server->spaces));
    for (size_t i = 0; i < n; i++) {
        hash = hash_of(hash, space_name(spaces[i]));
        space_release(spaces[i]);
    }
    return hash;
}

static uint64_t snapshots_part(const struct look *l)
{
    char why[200];
    uint64_t hash = HASH_START;
    struct db *db = store_db(l->server->store, why, sizeof why);
    if (!db || !tx_begin(db, TX_READ))
        return 0;
    db_use_space(db, space_id(l->space));
    {
        QUERY q = query(db, SQL_SNAPSHOT_LIST);
        while (query_row(&q))
            hash = hash_number(hash_of(hash, col_text(&q, 1)), col_int(&q, 2));
    }
    tx_rollback(db);
    return hash;
}

static void compare_parts(struct look *l)
{
    static uint64_t (*const parts[PART_TOTAL])(const struct look *l) = {
        [PART_CLOCK] = clock_part, [PART_SETTINGS] = settings_part, [PART_FAULTS] = faults_part,
        [PART_SNAPSHOTS] = snapshots_part, [PART_SPACES] = spaces_part,
    };
    for (size_t i = 0; i < PART_TOTAL; i++) {
        const uint64_t hash = parts[i](l);
        if (hash != l->state->parts[i])
            tell(l, part_names[i], T("*"), "changed", T(""));
        l->state->parts[i] = hash;
    }
}

void feed_state_compare(struct feed_state *state, const struct server *server, struct space *space,
                        void (*tell_one)(void *cls, struct text json), void *cls)
{
    struct scratch scratch;
    struct look look = { .state = state, .server = server, .space = space, .arena = scratch_begin(&scratch),
                         .redactor = { store_key(server->store) }, .tell = tell_one, .cls = cls };
    compare_requests(&look);
    compare_parts(&look);
    compare_in_memory(&look);
    compare_rows(&look);
    state->begun = true;
    scratch_end(&scratch);
}
