#include "api/builds.h"

#include "api/agent_path.h"
#include "api/build_config.h"
#include "api/case_runs.h"
#include "api/common.h"
#include "api/handlers.h"
#include "api/publish.h"
#include "api/schedules.h"
#include "api/logins.h"
#include "api/secrets.h"
#include "api/slots.h"
#include "base/limit.h"
#include "cli/config.h"
#include "space/ids.h"

/* ---- what is stored -------------------------------------------------------------------------------------- */

static const char *const build_statuses[] = { "draft", "live", "historic", NULL };

#define B struct stored_build
static const struct field row_fields[] = {
    FIELD_UUID(B, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(B, agent_id, .column = "agent_id", .flags = REQUIRED),
    FIELD_INT(B, revision_number, .column = "revision_number", .flags = REQUIRED, .min = 1, .max = INT32_MAX),
    FIELD_TEXT(B, name, .column = "name", .flags = REQUIRED, .min = 1, .max = NO_MAX),
    FIELD_TEXT(B, revision_name, .column = "revision_name", .flags = NULLABLE, .min = 1,
               .max = LIMIT_REVISION_NAME),
    FIELD_TEXT(B, revision_description, .column = "revision_description", .flags = NULLABLE,
               .max = LIMIT_REVISION_DESCRIPTION),
    FIELD_JSON(B, config, .column = "config", .flags = NULLABLE, .max = LIMIT_CONFIG, .check = check_json_object),
    FIELD_UUIDS(B, handover_target_ids, .column = "handover_target_ids", .flags = NULLABLE, .max = LIMIT_ENTRIES),
    FIELD_ENUM(B, status, .column = "status", .fallback = "\"draft\"", .names = build_statuses),
    FIELD_UUID(B, parent_build_id, .column = "parent_build_id", .flags = NULLABLE),
    FIELD_UUID(B, created_by, .column = "created_by", .flags = NULLABLE),
    FIELD_TIME(B, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(B, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
};
#undef B
const struct spec build_row = SPEC(struct stored_build, "FixtureBuild", row_fields);

bool build_insert(struct db *db, const struct stored_build *build)
{
    return query_insert(db, SQL_BUILD_INSERT, &build_row, build, NULL);
}

static enum err find_stored_build(struct request *rq, const struct uuid *id, struct stored_build *ret)
{
    const struct param *key = WITH(id, &rq->who.team_id);
    return query_get(rq->db, SQL_BUILD_STORED, key, &build_row, rq->arena, ret) ? OK : ERR_BUILD_NOT_FOUND;
}

enum err build_find_source(struct request *rq, struct v_uuid id, struct stored_build *ret)
{
    if (id.is != VALUE_SET || find_stored_build(rq, &id.v, ret) == OK)
        return OK;
    return fail(rq, ERR_INVALID, "body/source_build_id Expected a revision of this team");
}

/* ---- what is told ---------------------------------------------------------------------------------------- */

#define B struct build
static const struct field told_fields[] = {
    FIELD_UUID(B, id, .column = "b.id", .flags = REQUIRED, .doc = "Revision ID"),
    FIELD_UUID(B, copilot_id, .column = "b.agent_id", .flags = REQUIRED | DERIVED, .doc = "Another name of agent_id"),
    FIELD_UUID(B, agent_id, .column = "b.agent_id", .flags = REQUIRED, .doc = "Its agent"),
    FIELD_TEXT(B, name, .column = "b.name", .flags = REQUIRED, .doc = "Name", .example = "\"Build 1\""),
    FIELD_TEXT(B, revision_name, .column = "b.revision_name", .flags = NULLABLE, .doc = "Its name"),
    FIELD_TEXT(B, revision_description, .column = "b.revision_description", .flags = NULLABLE,
               .doc = "Its description"),
    FIELD_JSON(B, config, .column = "b.config", .flags = REQUIRED | NULLABLE, .sub = &build_config_shown,
               .doc = "The setup"),
    FIELD_ENUM(B, status, .column = "b.status", .flags = REQUIRED, .names = build_statuses,
               .doc = "live is the revision of runs"),
    FIELD_INT(B, revision_number, .column = "b.revision_number", .flags = REQUIRED, .doc = "Counted from 1"),
    FIELD_UUID(B, parent_build_id, .column = "b.parent_build_id", .flags = REQUIRED | NULLABLE,
               .doc = "Its source revision"),
    FIELD_UUID(B, created_by, .column = "b.created_by", .flags = REQUIRED | NULLABLE, .doc = "Who made it"),
    FIELD_TEXT(B, created_by_name, .column = "(SELECT p.name FROM people p WHERE p.space = ?1 AND p.id = b.created_by)",
               .flags = NULLABLE | DERIVED, .doc = "Their name"),
    FIELD_TIME(B, created_at, .column = "b.created_at", .flags = REQUIRED, .doc = "When it was made"),
    FIELD_TIME(B, updated_at, .column = "b.updated_at", .flags = REQUIRED, .doc = "When it was last changed"),
    FIELD_ROWS(B, schedules, .sub = &schedule_spec,
               .doc = "In a list of agents, when asked for: the caller's schedules of the agent"),
};
#undef B
const struct spec build_spec =
    SPEC_WITH(struct build, "Revision", told_fields, .doc = "A version of an agent's setup.");

struct build_reply {
    struct build build;
};

static const struct field reply_fields[] = {
    FIELD_OBJECT(struct build_reply, build, struct build, .flags = REQUIRED, .sub = &build_spec, .doc = "The revision"),
};
const struct spec build_reply = SPEC(struct build_reply, "RevisionReply", reply_fields);

/* Not set when there is none. */
static struct build read_build(struct request *rq, enum sql which, const struct uuid *id)
{
    struct build build = { .is = VALUE_NULL };
    if (!query_get(rq->db, which, WITH(id), &build_spec, rq->arena, &build))
        return build;
    build.is = VALUE_SET;
    build_config_show(rq->arena, &build.config);
    return build;
}

struct build build_latest(struct request *rq, const struct uuid *agent_id)
{
    return read_build(rq, SQL_BUILD_LATEST, agent_id);
}

static enum err answer_build(struct request *rq, struct reply *rp, const struct uuid *id)
{
    struct build_reply *out = REQUEST_NEW(rq, struct build_reply);
    out->build = read_build(rq, SQL_BUILD_GET, id);
    rp->object = out;
    return OK;
}

/* ---- get ------------------------------------------------------------------------------------------------- */

enum err builds_get(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    struct stored_build stored = { .id = { .is = VALUE_ABSENT } };
    const enum err err = find_stored_build(rq, &path->build_id.v, &stored);
    return err == OK ? answer_build(rq, rp, &stored.id.v) : err;
}

enum err builds_get_of_agent(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    bool frozen;
    const enum err err = build_in_path(rq, &frozen);
    return err == OK ? answer_build(rq, rp, &path->build_id.v) : err;
}

/* ---- list ------------------------------------------------------------------------------------------------ */

static const struct field query_fields[] = { PAGE_QUERY(struct page_query, "20") };
const struct spec builds_query = SPEC(struct page_query, "RevisionsQuery", query_fields);

static const struct field list_fields[] = {
    LIST_ROWS("builds", build_spec, "The page's revisions"),
    LIST_PAGE(struct list, "Revisions in all"),
};
const struct spec build_list = SPEC(struct list, "RevisionList", list_fields);

static void read_listed(struct request *rq, const struct query *q, void *ret)
{
    struct build *build = ret;
    col_row(q, 0, &build_spec, rq->arena, build);
    build_config_show(rq->arena, &build->config);
}

enum err builds_list(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const struct page_query *in = rq->query;
    const enum err err = agent_in_path(rq);
    if (err != OK)
        return err;
    return list_page(rq, rp, &in->page, SQL_BUILD_COUNT, SQL_BUILD_PAGE, WITH(&path->agent_id.v), &build_spec,
                     read_listed);
}

/* ---- make ------------------------------------------------------------------------------------------------ */

/* The agent has no live build any more: the one that was is historic. */
static void retire_live_build(struct request *rq, const struct uuid *agent_id)
{
    query_change(rq->db, SQL_BUILD_RETIRE, WITH(agent_id, rq->now));
}

enum err build_make(struct request *rq, struct stored_build *build, bool live, const struct uuid *slots_from)
{
    build->id = SET_UUID(id_new(rq, "build"));
    build->status = (struct v_enum){ VALUE_SET, live ? BUILD_LIVE : BUILD_DRAFT };
    build->revision_number = SET_INT(query_number(rq->db, SQL_BUILD_NEXT, WITH(&build->agent_id.v)));
    build->created_by = SET_UUID(rq->who.user_id);
    build->created_at = SET_TIME(rq->now);
    build->updated_at = SET_TIME(rq->now);
    if (live)
        retire_live_build(rq, &build->agent_id.v);
    if (!build_insert(rq->db, build))
        return ERR_INTERNAL;
    if (slots_from) {
        slots_copy(rq, slots_from, &build->id.v);
        secrets_copy(rq, slots_from, &build->id.v);
        logins_copy(rq, slots_from, &build->id.v);
    }
    if (live)
        cases_hand_out_to(rq, &build->agent_id.v, rq->now);
    return OK;
}

/* ---- create -------------------------------------------------------------------------------------------- */

struct create_body {
    struct v_text name;
    struct v_json config;
    struct v_uuids handover_target_ids;
    struct v_uuid source_build_id;
};

#define B struct create_body
static const struct field create_fields[] = {
    FIELD_TEXT(B, name, .flags = REQUIRED, .min = 1, .max = NO_MAX, .doc = "Name", .example = "\"Build 2\""),
    FIELD_JSON(B, config, .sub = &build_config_spec, .max = LIMIT_CONFIG,
               .doc = "The setup; without one it is that of source_build_id, or else of the live revision"),
    FIELD_UUIDS(B, handover_target_ids, .max = LIMIT_ENTRIES, .doc = "Agents to hand work over to"),
    FIELD_UUID(B, source_build_id, .doc = "Revision to take over integrations and queues from"),
};
#undef B
const struct spec build_create = SPEC(struct create_body, "CreateRevision", create_fields);

struct created_agent {
    enum value_state is;
    struct v_uuid id;
};

static const struct field created_agent_fields[] = {
    FIELD_UUID(struct created_agent, id, .flags = REQUIRED, .doc = "Agent ID"),
};
static const struct spec created_agent_spec = SPEC(struct created_agent, "RevisionAgent", created_agent_fields);

struct created {
    struct build build;
    struct created_agent agent;
};

static const struct field created_fields[] = {
    FIELD_OBJECT(struct created, build, struct build, .flags = REQUIRED, .sub = &build_spec, .doc = "The new revision"),
    FIELD_OBJECT(struct created, agent, struct created_agent, .flags = REQUIRED, .sub = &created_agent_spec,
                 .doc = "Its agent"),
};
const struct spec build_created = SPEC(struct created, "RevisionCreated", created_fields);

enum err builds_create(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const struct create_body *in = rq->input;
    struct created *out = REQUEST_NEW(rq, struct created);
    struct stored_build base = { .id = { .is = VALUE_ABSENT } }, source = base;
    enum err err = agent_in_path(rq);
    if (err == OK)
        err = build_find_source(rq, in->source_build_id, &source);
    if (err != OK)
        return err;
    const bool first = !query_get(rq->db, SQL_BUILD_BASE, WITH(&path->agent_id.v), &build_row, rq->arena, &base);
    const struct stored_build *from = source.id.is == VALUE_SET ? &source : &base;
    struct stored_build made = {
        .agent_id = path->agent_id,
        .name = in->name,
        .config = in->config.is == VALUE_SET ? in->config : from->config,
        .handover_target_ids = in->handover_target_ids,
        .parent_build_id = from->id,
    };
    /* /v1 has no promotion: making a build is how it is deployed. */
    err = build_make(rq, &made, first || rq->version == 1, from->id.is == VALUE_SET ? &from->id.v : NULL);
    if (err != OK)
        return err;
    *out = (struct created){ read_build(rq, SQL_BUILD_GET, &made.id.v), { VALUE_SET, path->agent_id } };
    rp->object = out;
    return OK;
}

/* ---- update -------------------------------------------------------------------------------------------- */

struct update_body {
    struct v_json config;
    struct v_uuids handoverTargetIds;
    struct v_text revision_name, revision_description;
};

#define B struct update_body
#define NAMES(name_flags)                                                                                              \
    FIELD_TEXT(B, revision_name, .flags = (name_flags), .min = 1, .max = LIMIT_REVISION_NAME,                          \
               .doc = "Its name", .example = "\"Reads PDFs\""),                                     \
    FIELD_TEXT(B, revision_description, .flags = NULLABLE, .max = LIMIT_REVISION_DESCRIPTION,                          \
               .doc = "Its description; null clears it")
static const struct field update_fields[] = {
    FIELD_JSON(B, config, .check = check_json_object, .example = "{\"data\": {\"input\": \"Sort new orders.\"}}",
               .doc = "Laid over the setup: objects are merged, other values replaced; null removes what cannot be "
                      "null. What a create refuses is kept, and not shown"),
    FIELD_UUIDS(B, handoverTargetIds, .max = LIMIT_ENTRIES, .doc = "Agents to hand work over to"),
    NAMES(NULLABLE),
};
static const struct field promote_fields[] = {
    NAMES(0),
};
#undef NAMES
#undef B
const struct spec build_update = SPEC(struct update_body, "UpdateRevision", update_fields);
const struct spec build_promote = SPEC(struct update_body, "PromoteRevision", promote_fields);

/* What a create would have against its setup. */
static struct text refusal_of(struct request *rq, const struct stored_build *build)
{
    if (build->config.is != VALUE_SET)
        return (struct text){ NULL, 0 };
    return build_config_refusal(rq->arena, rq->config->models == MODELS_ANY, build->config.v);
}

static enum err take_config(struct request *rq, struct stored_build *build, bool *ret_changed)
{
    const struct update_body *in = rq->input;
    if (in->config.is != VALUE_SET)
        return OK;
    const struct text config = build_config_changed(rq->arena, build->config, in->config.v);
    if (config.n > LIMIT_CONFIG)
        return fail(rq, ERR_INVALID, "body/config Too big: expected JSON to have <=%d bytes", LIMIT_CONFIG);
    *ret_changed = build->config.is != VALUE_SET || !text_eq(config, build->config.v);
    build->config = (struct v_json){ VALUE_SET, config };
    const struct text refusal = refusal_of(rq, build);
    if (refusal.p)
        warn(rq, text_format(rq->arena, "kept, and refused at promotion: %.*s", TEXT_ARG(refusal)));
    return OK;
}

static bool take_handovers(struct stored_build *build, const struct update_body *in)
{
    const struct v_uuids *to = &in->handoverTargetIds, *from = &build->handover_target_ids;
    if (to->is != VALUE_SET ||
        (from->is == VALUE_SET && to->n == from->n && memcmp(to->v, from->v, to->n * sizeof to->v[0]) == 0))
        return false;
    build->handover_target_ids = *to;
    return true;
}

static bool take_names(struct stored_build *build, const struct update_body *in)
{
    bool changed = take_text(&build->revision_name, in->revision_name);
    changed |= take_text(&build->revision_description, in->revision_description);
    return changed;
}

static void save_build(struct request *rq, struct stored_build *build)
{
    build->updated_at = SET_TIME(rq->now);
    query_store(rq->db, SQL_BUILD_UPDATE, &build_row, build, NULL);
}

/* What ran once can be looked up later: only what people call it changes. */
enum err builds_update(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const struct update_body *in = rq->input;
    struct stored_build build = { .id = { .is = VALUE_ABSENT } };
    bool changed = false;
    enum err err = find_stored_build(rq, &path->build_id.v, &build);
    if (err != OK)
        return err;
    const bool setup = in->config.is == VALUE_SET || in->handoverTargetIds.is == VALUE_SET;
    if (setup && build.status.v == BUILD_HISTORIC)
        return ERR_BUILD_FROZEN;
    err = take_config(rq, &build, &changed);
    if (err != OK)
        return err;
    changed |= take_handovers(&build, in);
    changed |= take_names(&build, in);
    if (changed)
        save_build(rq, &build);
    return answer_build(rq, rp, &build.id.v);
}

/* ---- promote ------------------------------------------------------------------------------------------- */

enum err builds_promote(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    struct stored_build build = { .id = { .is = VALUE_ABSENT } };
    const enum err err = find_stored_build(rq, &path->build_id.v, &build);
    if (err != OK)
        return err;
    if (build.status.v == BUILD_LIVE)
        return ERR_BUILD_IS_LIVE;
    const struct text refusal = refusal_of(rq, &build);
    if (refusal.p)
        return fail(rq, ERR_INVALID, "The revision cannot be promoted: %.*s", TEXT_ARG(refusal));
    retire_live_build(rq, &build.agent_id.v);
    build.status.v = BUILD_LIVE;
    take_names(&build, rq->input);
    save_build(rq, &build);
    const struct build published = read_build(rq, SQL_BUILD_GET, &build.id.v);
    publish_build(rq, &build.id.v, &build_spec, &published);
    cases_hand_out_to(rq, &build.agent_id.v, rq->now);
    rp->object = success(rq, true);
    return OK;
}
