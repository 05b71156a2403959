#include "api/cases.h"

#include "api/case_runs.h"
#include "api/common.h"
#include "api/handlers.h"
#include "api/listing.h"
#include "api/publish.h"
#include "api/run_moves.h"
#include "api/slots.h"
#include "base/clock.h"
#include "base/limit.h"
#include "space/ids.h"

struct page_range_query {
    struct page_range page;
};

/* ---- what is stored, and told ---------------------------------------------------------------------------- */

static const char *const statuses[] = { "pending", "claimed", "completed", "failed", NULL };

#define C struct stored_case
static const struct field row_fields[] = {
    FIELD_UUID(C, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(C, queue_id, .column = "queue_id", .flags = REQUIRED),
    FIELD_TEXT(C, title, .column = "title", .flags = REQUIRED, .min = 1, .max = NO_MAX),
    FIELD_ENUM(C, status, .column = "status", .names = statuses, .fallback = "\"pending\""),
    FIELD_UUID(C, claimed_by_run_id, .column = "claimed_by_run_id", .flags = NULLABLE),
    FIELD_TIME(C, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(C, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
};
const struct spec case_row = SPEC(struct stored_case, "FixtureCase", row_fields);

static const struct field case_fields[] = {
    FIELD_UUID(C, id, .column = "id", .flags = REQUIRED, .doc = "Case ID"),
    FIELD_UUID(C, queue_id, .column = "queue_id", .flags = REQUIRED, .doc = "The queue that it is in"),
    FIELD_TEXT(C, title, .column = "title", .flags = REQUIRED, .doc = "Its title", .example = "\"Invoice 4711\""),
    FIELD_ENUM(C, status, .column = "status", .flags = REQUIRED, .names = statuses, .doc = "Its state"),
    FIELD_UUID(C, claimed_by_run_id, .column = "claimed_by_run_id", .flags = REQUIRED | NULLABLE,
               .doc = "The run that works, or has worked, on it"),
    FIELD_TIME(C, created_at, .column = "created_at", .flags = REQUIRED, .doc = "When it was made"),
    FIELD_TIME(C, updated_at, .column = "updated_at", .flags = REQUIRED, .doc = "When it was last changed"),
};
#undef C
const struct spec case_spec = SPEC_WITH(struct stored_case, "Case", case_fields,
                                        .doc = "Work in a queue. Duvo publishes no shape of it: this is the mock's.");

bool case_insert(struct db *db, const struct stored_case *one)
{
    return query_insert(db, SQL_CASE_INSERT, &case_row, one, WITH(clock_ticket()));
}

/* ---- reading --------------------------------------------------------------------------------------------- */

struct case_path {
    struct v_uuid case_id;
};

static const struct field path_fields[] = {
    FIELD_UUID(struct case_path, case_id, .flags = REQUIRED, .doc = "Case ID"),
};
const struct spec case_path = SPEC(struct case_path, "CasePath", path_fields);

struct case_reply {
    struct stored_case one;
};

static const struct field reply_fields[] = {
    FIELD_AT(struct case_reply, one, "case", struct stored_case, KIND_OBJECT, .flags = REQUIRED, .sub = &case_spec,
             .doc = "It"),
};
const struct spec case_reply = SPEC(struct case_reply, "CaseReply", reply_fields);

static enum err answer_case(struct request *rq, struct reply *rp, const struct uuid *id)
{
    struct case_reply *out = REQUEST_NEW(rq, struct case_reply);
    rp->object = out;
    const struct param *key = WITH(id, &rq->who.team_id);
    if (!runs_settle(rq))
        return OK;
    return query_get(rq->db, SQL_CASE_GET, key, &case_spec, rq->arena, &out->one) ? OK : ERR_CASE_NOT_FOUND;
}

enum err cases_get(struct request *rq, struct reply *rp)
{
    const struct case_path *path = rq->path;
    return answer_case(rq, rp, &path->case_id.v);
}

static const struct field query_fields[] = {
    PAGE_QUERY(struct page_range_query, "20"),
};
const struct spec cases_query = SPEC(struct page_range_query, "CasesQuery", query_fields);

static const struct field list_fields[] = {
    LIST_ROWS("cases", case_spec, "The page, newest first"), LIST_PAGE(struct list, "Cases in all"),
};
const struct spec case_list = SPEC(struct list, "CaseList", list_fields);

enum err cases_list(struct request *rq, struct reply *rp)
{
    const struct queue_path *path = rq->path;
    const struct page_range_query *in = rq->query;
    struct queue q = { .id = { .is = VALUE_ABSENT } };
    if (!runs_settle(rq))
        return OK;
    const enum err err = queue_find(rq, &path->queue_id.v, &q);
    const struct param *of_queue = WITH(q.id);
    const struct page_source listing = {
        .listed = LISTED_CASES, .spec = &case_spec, .at = SQL_CASE_AT, .order = ORDER_CASES, .lists = { { of_queue } },
        .count = SQL_CASE_COUNT, .page = SQL_CASE_PAGE, .with = of_queue,
    };
    return err == OK ? listing_page(rq, rp, &listing, &in->page) : err;
}

/* ---- make ------------------------------------------------------------------------------------------------ */

struct new_case {
    enum value_state is;
    struct v_text title;
};

struct case_body {
    struct new_case one;
};

static const struct field new_fields[] = {
    FIELD_TEXT(struct new_case, title, .flags = REQUIRED, .min = 1, .max = NO_MAX, .doc = "Its title",
               .example = "\"Invoice 4711\""),
};
static const struct spec new_case = SPEC(struct new_case, "NewCase", new_fields);
static const struct field body_fields[] = {
    FIELD_AT(struct case_body, one, "case", struct new_case, KIND_OBJECT, .flags = REQUIRED, .sub = &new_case,
             .doc = "It"),
};
const struct spec case_create = SPEC(struct case_body, "CreateCase", body_fields);

enum err cases_create(struct request *rq, struct reply *rp)
{
    const struct queue_path *path = rq->path;
    const struct case_body *in = rq->input;
    struct queue q = { .id = { .is = VALUE_ABSENT } };
    const enum err err = queue_find(rq, &path->queue_id.v, &q);
    if (err != OK)
        return err;
    const struct stored_case one = {
        .id = SET_UUID(id_new(rq, "case")),
        .queue_id = q.id,
        .title = in->one.title,
        .status = { VALUE_SET, CASE_PENDING },
        .claimed_by_run_id = { .is = VALUE_NULL },
        .created_at = SET_TIME(rq->now),
        .updated_at = SET_TIME(rq->now),
    };
    if (!case_insert(rq->db, &one))
        return ERR_INTERNAL;
    publish_case(rq, EVENT_QUEUE_CASE_CREATED, &one.id.v, rq->now);
    cases_hand_out(rq, &q.id.v, rq->now);
    return answer_case(rq, rp, &one.id.v);
}
