/* Reset and snapshots: a space goes back, whole, to what it was. */
#include "api/common.h"
#include "api/handlers.h"
#include "api/schedules.h"
#include "base/clock.h"
#include "control/counts.h"
#include "space/faults.h"
#include "space/inbox.h"
#include "space/journal.h"
#include "base/limit.h"
#include "request/server.h"
#include "space/fill.h"
#include "store/query.h"

/* ---- counts ---------------------------------------------------------------------------------------------- */

#define C struct counts
static const struct field counts_fields[] = {
    FIELD_INT(C, connections, .column = "connections", .flags = REQUIRED),
    FIELD_INT(C, custom_integrations, .column = "custom_integrations", .flags = REQUIRED),
    FIELD_INT(C, integrations, .column = "integrations", .flags = REQUIRED),
    FIELD_INT(C, teams, .column = "teams", .flags = REQUIRED),
    FIELD_INT(C, people, .column = "people", .flags = REQUIRED),
    FIELD_INT(C, api_keys, .column = "api_keys", .flags = REQUIRED),
    FIELD_INT(C, agents, .column = "agents", .flags = REQUIRED),
    FIELD_INT(C, builds, .column = "builds", .flags = REQUIRED),
    FIELD_INT(C, folders, .column = "folders", .flags = REQUIRED),
    FIELD_INT(C, schedules, .column = "schedules", .flags = REQUIRED),
    FIELD_INT(C, secrets, .column = "secrets", .flags = REQUIRED),
    FIELD_INT(C, logins, .column = "logins", .flags = REQUIRED),
    FIELD_INT(C, triggers, .column = "triggers", .flags = REQUIRED),
    FIELD_INT(C, queues, .column = "queues", .flags = REQUIRED),
    FIELD_INT(C, cases, .column = "cases", .flags = REQUIRED),
    FIELD_INT(C, case_triggers, .column = "case_triggers", .flags = REQUIRED),
    FIELD_INT(C, runs, .column = "runs", .flags = REQUIRED),
    FIELD_INT(C, dashboards, .column = "dashboards", .flags = REQUIRED),
    FIELD_INT(C, suggestions, .column = "suggestions", .flags = REQUIRED),
    FIELD_INT(C, flows, .column = "flows", .flags = REQUIRED),
};
#undef C
const struct spec counts_spec = SPEC(struct counts, "Counts", counts_fields);

void counts_of(struct db *db, int64_t space, struct counts *ret)
{
    const int64_t before = db_space(db);
    db_use_space(db, space);
    query_get(db, SQL_SPACE_COUNTS, NULL, &counts_spec, NULL, ret);
    ret->is = VALUE_SET;
    db_use_space(db, before);
}

/* ---- reset ----------------------------------------------------------------------------------------------- */

static const char *const parts[] = { "data", "requests", "faults", "clock", "settings", NULL };
enum { PART_DATA = 1, PART_REQUESTS = 2, PART_FAULTS = 4, PART_CLOCK = 8, PART_SETTINGS = 16, PART_ALL = 31 };
enum { PART_COUNT = sizeof parts / sizeof parts[0] - 1 };

struct reset_body {
    struct v_text to;
    struct v_texts only;
};

static const struct field reset_body_fields[] = {
    FIELD_TEXT(struct reset_body, to, .fallback = "\"fixtures\"", .min = 1, .max = LIMIT_SPACE_NAME,
               .doc = "fixtures, empty (people, keys and the catalog alone), or the name of a snapshot"),
    FIELD_TEXTS(struct reset_body, only, .min = 1, .max = 16, .names = parts, .example = "[\"data\"]",
                .doc = "Parts to reset: data, requests, faults, clock, settings; all when left out"),
};
const struct spec reset_body = SPEC_WITH(struct reset_body, "Reset", reset_body_fields, .optional = true);

struct reset_reply {
    struct v_text to;
    struct v_texts only;
    struct counts counts;
    struct v_int elapsed_us;
};

#define R struct reset_reply
static const struct field reset_reply_fields[] = {
    FIELD_TEXT(R, to, .flags = REQUIRED, .doc = "The target", .example = "\"fixtures\""),
    FIELD_TEXTS(R, only, .flags = REQUIRED, .names = parts, .doc = "The parts", .example = "[\"data\"]"),
    FIELD_OBJECT(R, counts, struct counts, .flags = REQUIRED, .sub = &counts_spec, .doc = "Rows in the space now"),
    FIELD_INT(R, elapsed_us, .flags = REQUIRED, .doc = "Duration in microseconds"),
};
#undef R
const struct spec reset_reply = SPEC(struct reset_reply, "ResetDone", reset_reply_fields);

static unsigned wanted_parts(const struct v_texts *only)
{
    unsigned wanted = only->is == VALUE_SET ? 0 : PART_ALL;
    for (size_t i = 0; i < only->n; i++)
        wanted |= 1U << text_index(only->v[i], parts); /* check_part has looked */
    return wanted;
}

static struct v_texts names_of(struct arena *arena, unsigned wanted)
{
    struct v_texts names = { VALUE_SET, 0, ARENA_ARRAY(arena, PART_COUNT, struct text) };
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (wanted & 1U << i)
            names.v[names.n++] = text_of(parts[i]);
    return names;
}

/* The id of a snapshot of this space; 0 when there is none. */
static int64_t find_snapshot(struct request *rq, struct text name)
{
    return query_number(rq->db, SQL_SNAPSHOT_FIND, WITH(name));
}

/* What belongs to an agent goes with it. */
static void delete_made_things(struct db *db)
{
    static const enum sql statements[] = {
        SQL_AGENT_DELETE_ALL, SQL_FOLDER_DELETE_ALL, SQL_QUEUE_DELETE_ALL, SQL_SECRET_DELETE_ALL, SQL_LOGIN_DELETE_ALL,
        SQL_DASHBOARD_DELETE_ALL, SQL_CONNECTION_DELETE_ALL, SQL_CUSTOM_INTEGRATION_DELETE_ALL,
        SQL_RUN_SCRIPT_DELETE_ALL, SQL_WEBHOOK_DELETE_ALL, SQL_DELIVERY_DELETE_ALL, SQL_EVENT_DELETE_ALL,
    };
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++)
        query_change(db, statements[i], NULL);
}

/* What the rows come from: for words that are no snapshot's name, the template. */
static bool is_word(struct text to)
{
    return text_eq(to, T("empty")) || text_eq(to, T("fixtures"));
}

static enum err find_source(struct request *rq, struct text to, int64_t *ret)
{
    const bool word = is_word(to);
    *ret = word ? space_template(rq->db) : find_snapshot(rq, to);
    return word || *ret ? OK : ERR_SNAPSHOT_NOT_FOUND;
}

/* What nothing was written into since it was made is as it was, unless the server was started anew. */
static void reset_data(struct request *rq, struct text to, int64_t from)
{
    const int64_t shown = store_space_shown(rq->db, rq->space);
    if (shown != rq->space && shown != from && is_word(to))
        store_space_share(rq->db, from, rq->space);
    else if (shown != from)
        store_space_match(rq->db, from, rq->space);
    if (text_eq(to, T("empty")))
        delete_made_things(rq->db);
}

/* What is no row is reset when the rows are; a failed commit is answered 500 and leaves the rows alone as they were. */
static void reset_rest(struct request *rq, unsigned wanted)
{
    if (wanted & PART_DATA)
        inboxes_clear(space_inboxes(rq->home), (struct text){ NULL, 0 });
    if (wanted & PART_REQUESTS)
        journal_remove(space_journal(rq->home), NULL, NULL);
    if (wanted & PART_FAULTS)
        faults_clear(space_faults(rq->home));
    if (wanted & PART_CLOCK)
        space_clock_reset(rq->home);
    if (wanted & PART_SETTINGS)
        space_reset_settings(rq->home);
    if (wanted & (PART_DATA | PART_CLOCK | PART_SETTINGS))
        db_announce(rq->db); /* after the commit: runs may be under way again, and schedules may start some */
}

static enum err reset(struct request *rq, struct reply *rp, struct text to, unsigned wanted)
{
    const int64_t start = clock_steady_us();
    struct reset_reply *out = REQUEST_NEW(rq, struct reset_reply);
    int64_t from;
    const enum err err = find_source(rq, to, &from);
    if (err != OK)
        return err;
    if (wanted & PART_DATA)
        reset_data(rq, to, from);
    reset_rest(rq, wanted);
    out->to = SET_TEXT(to);
    out->only = names_of(rq->arena, wanted);
    counts_of(rq->db, rq->space, &out->counts);
    out->elapsed_us = SET_INT(clock_steady_us() - start);
    rp->object = out;
    return OK;
}

enum err space_reset(struct request *rq, struct reply *rp)
{
    const struct reset_body *in = rq->input;
    return reset(rq, rp, in->to.v, wanted_parts(&in->only));
}

/* ---- snapshots ------------------------------------------------------------------------------------------- */

struct snapshot_path {
    struct v_text snapshot;
};

static const char *check_snapshot_name(struct text name)
{
    const bool taken = text_eq(name, T("fixtures")) || text_eq(name, T("empty"));
    return taken ? "Invalid name: fixtures and empty are reserved" : NULL;
}

static const struct field snapshot_path_fields[] = {
    FIELD_TEXT(struct snapshot_path, snapshot, .flags = REQUIRED, .min = 1, .max = LIMIT_SPACE_NAME,
               .check = check_snapshot_name, .doc = "Snapshot", .example = "\"before-import\""),
};
const struct spec snapshot_path = SPEC(struct snapshot_path, "SnapshotPath", snapshot_path_fields);

struct snapshot {
    struct v_text name;
    struct v_time created_at;
    struct counts counts;
};

static const struct field snapshot_fields[] = {
    FIELD_TEXT(struct snapshot, name, .flags = REQUIRED, .doc = "Name", .example = "\"before-import\""),
    FIELD_TIME(struct snapshot, created_at, .flags = REQUIRED, .doc = "When it was taken"),
    FIELD_OBJECT(struct snapshot, counts, struct counts, .flags = REQUIRED, .sub = &counts_spec, .doc = "Rows in it"),
};
const struct spec snapshot_reply = SPEC(struct snapshot, "Snapshot", snapshot_fields);

struct snapshot_list {
    struct v_rows snapshots;
    struct v_int total;
};

static const struct field snapshot_list_fields[] = {
    FIELD_ROWS(struct snapshot_list, snapshots, .flags = REQUIRED, .sub = &snapshot_reply, .doc = "By name"),
    FIELD_INT(struct snapshot_list, total, .flags = REQUIRED, .doc = "How many"),
};
const struct spec snapshot_list = SPEC(struct snapshot_list, "SnapshotList", snapshot_list_fields);

/* At most `room`, without counts; how many, and their ids. */
static size_t read_snapshots(struct request *rq, struct snapshot *ret, int64_t *ret_ids, size_t room)
{
    size_t n = 0;
    QUERY q = query(rq->db, SQL_SNAPSHOT_LIST);
    while (n < room && query_row(&q)) {
        ret_ids[n] = col_int(&q, 0);
        ret[n].name = SET_TEXT(text_copy(rq->arena, col_text(&q, 1)));
        ret[n].created_at = SET_TIME(col_int(&q, 2));
        n++;
    }
    return n;
}

enum err snapshots_list(struct request *rq, struct reply *rp)
{
    struct snapshot_list *out = REQUEST_NEW(rq, struct snapshot_list);
    struct snapshot *rows = ARENA_ARRAY(rq->arena, LIMIT_SNAPSHOTS, struct snapshot);
    int64_t ids[LIMIT_SNAPSHOTS];
    const size_t n = read_snapshots(rq, rows, ids, LIMIT_SNAPSHOTS);
    for (size_t i = 0; i < n; i++)
        counts_of(rq->db, ids[i], &rows[i].counts);
    out->snapshots = SET_ROWS(n, rows);
    out->total = SET_INT((int64_t)n);
    rp->object = out;
    return OK;
}

static enum err answer_snapshot(struct request *rq, struct reply *rp, struct text name)
{
    struct snapshot *rows = ARENA_ARRAY(rq->arena, LIMIT_SNAPSHOTS, struct snapshot);
    int64_t ids[LIMIT_SNAPSHOTS];
    const size_t n = read_snapshots(rq, rows, ids, LIMIT_SNAPSHOTS);
    for (size_t i = 0; i < n; i++)
        if (text_eq(rows[i].name.v, name)) {
            counts_of(rq->db, ids[i], &rows[i].counts);
            rp->object = &rows[i];
            return OK;
        }
    return ERR_SNAPSHOT_NOT_FOUND;
}

enum err snapshot_get(struct request *rq, struct reply *rp)
{
    const struct snapshot_path *path = rq->path;
    return answer_snapshot(rq, rp, path->snapshot.v);
}

static void delete_snapshot(struct request *rq, int64_t id)
{
    db_use_space(rq->db, id);
    store_space_clear(rq->db, id);
    query_change(rq->db, SQL_SPACE_DELETE, NULL);
    db_use_space(rq->db, rq->space);
}

/* To go back to a snapshot is no reason to send again what was sent. */
static void leave_out_what_happened(struct request *rq, int64_t id)
{
    db_use_space(rq->db, id);
    query_change(rq->db, SQL_DELIVERY_DELETE_ALL, NULL);
    query_change(rq->db, SQL_EVENT_DELETE_ALL, NULL);
    db_use_space(rq->db, rq->space);
}

enum err snapshot_take(struct request *rq, struct reply *rp)
{
    const struct snapshot_path *path = rq->path;
    const struct text name = path->snapshot.v;
    const int64_t before = find_snapshot(rq, name);
    if (space_is_gone(rq->home))
        return ERR_SPACE_NOT_FOUND;
    if (before)
        delete_snapshot(rq, before);
    else if (query_number(rq->db, SQL_SNAPSHOT_COUNT, NULL) >= LIMIT_SNAPSHOTS)
        return fail(rq, ERR_QUEUE_FULL, "This space has %d snapshots; delete some first", LIMIT_SNAPSHOTS);
    query_change(rq->db, SQL_SNAPSHOT_INSERT, WITH(name, rq->now));
    schedules_unplan(rq->db);
    store_space_copy(rq->db, rq->space, find_snapshot(rq, name));
    leave_out_what_happened(rq, find_snapshot(rq, name));
    return answer_snapshot(rq, rp, name);
}

enum err snapshot_delete(struct request *rq, struct reply *rp)
{
    const struct snapshot_path *path = rq->path;
    const int64_t id = find_snapshot(rq, path->snapshot.v);
    if (!id)
        return ERR_SNAPSHOT_NOT_FOUND;
    delete_snapshot(rq, id);
    rp->object = done(rq, "Snapshot deleted");
    return OK;
}

enum err snapshots_clear(struct request *rq, struct reply *rp)
{
    struct snapshot *rows = ARENA_ARRAY(rq->arena, LIMIT_SNAPSHOTS, struct snapshot);
    int64_t ids[LIMIT_SNAPSHOTS];
    const size_t n = read_snapshots(rq, rows, ids, LIMIT_SNAPSHOTS);
    for (size_t i = 0; i < n; i++)
        delete_snapshot(rq, ids[i]);
    rp->object = done(rq, "Snapshots deleted");
    return OK;
}

enum err snapshot_restore(struct request *rq, struct reply *rp)
{
    const struct snapshot_path *path = rq->path;
    return reset(rq, rp, path->snapshot.v, PART_DATA);
}
