/* Runs on the control plane: scripts for them, and triggers that fire. */
#include "api/common.h"
#include "api/handlers.h"
#include "api/run_moves.h"
#include "api/triggers.h"
#include "base/limit.h"
#include "cli/config.h"
#include "space/ids.h"
#include "spec/lookup.h"

/* ---- scripts --------------------------------------------------------------------------------------------- */

struct script_list {
    struct v_rows scripts;
    struct v_int total;
};

static const struct field list_fields[] = {
    FIELD_ROWS(struct script_list, scripts, .flags = REQUIRED, .sub = &run_script_row, .doc = "In the order of use"),
    FIELD_INT(struct script_list, total, .flags = REQUIRED, .doc = "How many"),
};
const struct spec run_script_list = SPEC(struct script_list, "RunScriptList", list_fields);

struct script_path {
    struct v_uuid script_id;
};

static const struct field path_fields[] = {
    FIELD_UUID(struct script_path, script_id, .flags = REQUIRED, .doc = "Script ID"),
};
const struct spec run_script_path = SPEC(struct script_path, "RunScriptPath", path_fields);

enum err run_scripts_add(struct request *rq, struct reply *rp)
{
    const struct run_script *in = rq->input;
    struct run_script *out = REQUEST_NEW(rq, struct run_script);
    if (query_number(rq->db, SQL_RUN_SCRIPT_COUNT, NULL) >= LIMIT_RUN_SCRIPTS)
        return fail(rq, ERR_QUEUE_FULL, "%d scripts wait for a run; delete some first", LIMIT_RUN_SCRIPTS);
    *out = (struct run_script){ SET_UUID(id_new(rq, "run_script")), in->match, in->steps };
    if (out->match.is != VALUE_SET)
        out->match = (struct v_json){ VALUE_SET, T("{}") };
    rp->object = out;
    return run_script_insert(rq->db, out) ? OK : ERR_INTERNAL;
}

enum err run_scripts_list(struct request *rq, struct reply *rp)
{
    struct script_list *out = REQUEST_NEW(rq, struct script_list);
    out->scripts = query_rows(rq->db, SQL_EXPORT_RUN_SCRIPTS, NULL, &run_script_row, rq->arena);
    out->total = SET_INT((int64_t)out->scripts.n);
    rp->object = out;
    return OK;
}

enum err run_scripts_clear(struct request *rq, struct reply *rp)
{
    query_change(rq->db, SQL_RUN_SCRIPT_DELETE_ALL, NULL);
    rp->object = done(rq, "Scripts deleted");
    return OK;
}

enum err run_scripts_delete(struct request *rq, struct reply *rp)
{
    const struct script_path *path = rq->path;
    if (!query_change(rq->db, SQL_RUN_SCRIPT_DELETE, WITH(&path->script_id.v)))
        return ERR_RUN_SCRIPT_NOT_FOUND;
    rp->object = done(rq, "Script deleted");
    return OK;
}

/* ---- triggers -------------------------------------------------------------------------------------------- */

struct fire_path {
    struct v_uuid trigger_id;
};

static const struct field fire_path_fields[] = {
    FIELD_UUID(struct fire_path, trigger_id, .flags = REQUIRED, .doc = "Trigger ID"),
};
const struct spec trigger_fire_path = SPEC(struct fire_path, "TriggerPath", fire_path_fields);

struct fire_body {
    struct v_json payload;
};

static const struct field fire_fields[] = {
    FIELD_JSON(struct fire_body, payload, .doc = "What came from outside: the run's first message",
               .example = "\"@invoices what is new?\""),
};
const struct spec trigger_fire_body = SPEC_WITH(struct fire_body, "FireTrigger", fire_fields, .optional = true);

struct fired {
    struct run run;
};

/* Consecutive runs that lack a connection disable it in the end. */
static void count_failure(struct request *rq, struct trigger *t, struct text missing)
{
    if (t->first_missing_connection_failure_at.is != VALUE_SET)
        t->first_missing_connection_failure_at = SET_TIME(rq->now);
    t->last_missing_connection_failure_at = SET_TIME(rq->now);
    t->consecutive_missing_connection_failures.v++;
    t->updated_at = SET_TIME(rq->now);
    if (t->consecutive_missing_connection_failures.v < rq->config->trigger_failures)
        return;
    t->enabled = SET_BOOL(false);
    t->auto_disabled_at = SET_TIME(rq->now);
    t->auto_disabled_reason =
        SET_TEXT(text_format(rq->arena, "%lld runs in a row had no usable connection of %.*s",
                             (long long)t->consecutive_missing_connection_failures.v, TEXT_ARG(missing)));
}

/* A text is said as it is, anything else as JSON. */
static struct text said_of(struct request *rq, struct v_json payload)
{
    if (payload.is != VALUE_SET)
        return (struct text){ NULL, 0 };
    const struct text text = spec_json_string(rq->arena, payload.v);
    return text.p ? text : payload.v;
}

enum err trigger_fire(struct request *rq, struct reply *rp)
{
    const struct fire_path *path = rq->path;
    const struct fire_body *in = rq->input;
    struct fired *out = REQUEST_NEW(rq, struct fired);
    struct trigger t = { .id = { .is = VALUE_ABSENT } };
    struct text missing;
    if (!query_get(rq->db, SQL_FIND_TRIGGER, WITH(&path->trigger_id.v), &trigger_row, rq->arena, &t))
        return ERR_TRIGGER_NOT_FOUND;
    if (!t.enabled.v)
        return ERR_TRIGGER_IS_OFF;
    const struct run_start start = {
        .agent_id = t.agent_id.v,
        .user_id = t.user_id.v,
        .source = T("trigger"),
        .message = said_of(rq, in->payload),
        .case_id = { .is = VALUE_NULL },
        .trigger_id = t.id,
        .integration_slug = t.integration_slug.v,
        .at = rq->now,
    };
    const enum err err = run_begin(rq, &start, &out->run, &missing);
    if (err != OK)
        return err;
    const bool counted = t.consecutive_missing_connection_failures.v > 0;
    if (missing.n)
        count_failure(rq, &t, missing);
    else
        trigger_forget_failures(&t);
    if (missing.n || counted)
        query_store(rq->db, SQL_TRIGGER_UPDATE, &trigger_row, &t, NULL);
    rp->object = out;
    return OK;
}
