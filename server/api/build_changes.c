/* Builds are made, changed and promoted. */
#include "api/agents.h"
#include "api/builds.h"
#include "api/handlers.h"
#include "api/success.h"
#include "api/take.h"
#include "api/rows.h"
#include "base/limit.h"
#include "store/query.h"

/* ---- create -------------------------------------------------------------------------------------------- */

struct create_body {
    struct v_text name;
    struct v_json config;
    struct v_uuids handover_target_ids;
    struct v_uuid source_build_id;
};

#define B struct create_body
static const struct field create_fields[] = {
    FIELD_TEXT(B, name, .flags = REQUIRED, .min = 1, .max = LIMIT_NAME, .doc = "Name", .example = "\"Build 2\""),
    FIELD_JSON(B, config, .sub = &build_config_spec, .max = LIMIT_CONFIG,
               .doc = "The setup; without one it is that of source_build_id, or else of the live revision"),
    FIELD_UUIDS(B, handover_target_ids, .max = LIMIT_HANDOVERS, .doc = "Agents that it can hand work over to"),
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

/* The live build, or else the latest one. */
static bool find_base(struct request *rq, const struct uuid *agent_id, struct stored_build *ret)
{
    QUERY q = query(rq->db, SQL_BUILD_BASE);
    bind_uuid(&q, agent_id);
    if (!query_row(&q))
        return false;
    col_row(&q, 0, &fixture_build, rq->arena, ret);
    return true;
}

enum err builds_create(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const struct create_body *in = rq->input;
    struct created *out = REQUEST_NEW(rq, struct created);
    struct stored_build base = { .id = { .is = VALUE_ABSENT } }, source = base;
    if (!agent_exists(rq, &path->agent_id.v))
        return ERR_AGENT_NOT_FOUND;
    const bool first = !find_base(rq, &path->agent_id.v, &base), copies = in->source_build_id.is == VALUE_SET;
    if (copies && !build_find_stored(rq, &in->source_build_id.v, &source))
        return fail(rq, ERR_INVALID, "body/source_build_id Expected a revision of this team");
    const struct stored_build *from = copies ? &source : &base;
    struct stored_build made = {
        .agent_id = path->agent_id,
        .name = in->name,
        .config = in->config.is == VALUE_SET ? in->config : from->config,
        .handover_target_ids = in->handover_target_ids,
        .parent_build_id = from->id,
    };
    /* /v1 has no promotion: making a build is how it is deployed. */
    build_make(rq, &made, first || rq->version == 1, from->id.is == VALUE_SET ? &from->id.v : NULL);
    *out = (struct created){ build_shown(rq, &made.id.v), { VALUE_SET, path->agent_id } };
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
               .doc = "Name that a person gives it", .example = "\"Reads PDFs\""),                                     \
    FIELD_TEXT(B, revision_description, .flags = NULLABLE, .max = LIMIT_REVISION_DESCRIPTION,                          \
               .doc = "What a person says of it; null clears it")
static const struct field update_fields[] = {
    FIELD_JSON(B, config, .sub = &build_config_spec, .max = LIMIT_CONFIG, .doc = "The setup, in place of the old one"),
    FIELD_UUIDS(B, handoverTargetIds, .max = LIMIT_HANDOVERS, .doc = "Agents that it can hand work over to"),
    NAMES(NULLABLE),
};
static const struct field promote_fields[] = {
    NAMES(0),
};
#undef NAMES
#undef B
const struct spec build_update = SPEC(struct update_body, "UpdateRevision", update_fields);
const struct spec build_promote =
    SPEC_WITH(struct update_body, "PromoteRevision", promote_fields, .optional = true);

static bool take_config(struct stored_build *build, const struct update_body *in)
{
    if (in->config.is != VALUE_SET || (build->config.is == VALUE_SET && text_eq(in->config.v, build->config.v)))
        return false;
    build->config = in->config;
    return true;
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

static void save(struct request *rq, struct stored_build *build)
{
    build->updated_at = SET_TIME(rq->now);
    QUERY q = query(rq->db, SQL_BUILD_UPDATE);
    bind_row(&q, &fixture_build, build);
    query_run(&q);
}

/* What ran once can be looked up later: only what people call it changes. */
enum err builds_update(struct request *rq, struct reply *rp)
{
    const struct build_path *path = rq->path;
    const struct update_body *in = rq->input;
    struct build_reply *out = REQUEST_NEW(rq, struct build_reply);
    struct stored_build build = { .id = { .is = VALUE_ABSENT } };
    if (!build_find_stored(rq, &path->build_id.v, &build))
        return ERR_BUILD_NOT_FOUND;
    const bool setup = in->config.is == VALUE_SET || in->handoverTargetIds.is == VALUE_SET;
    if (setup && build.status.v == BUILD_HISTORIC)
        return ERR_BUILD_FROZEN;
    bool changed = take_config(&build, in);
    changed |= take_handovers(&build, in);
    changed |= take_names(&build, in);
    if (changed)
        save(rq, &build);
    out->build = build_shown(rq, &build.id.v);
    rp->object = out;
    return OK;
}

/* ---- promote ------------------------------------------------------------------------------------------- */

enum err builds_promote(struct request *rq, struct reply *rp)
{
    const struct build_path *path = rq->path;
    struct stored_build build = { .id = { .is = VALUE_ABSENT } };
    if (!build_find_stored(rq, &path->build_id.v, &build))
        return ERR_BUILD_NOT_FOUND;
    if (build.status.v == BUILD_LIVE)
        return ERR_BUILD_IS_LIVE;
    builds_retire(rq, &build.agent_id.v);
    build.status.v = BUILD_LIVE;
    take_names(&build, rq->input);
    save(rq, &build);
    rp->object = success(rq, true);
    return OK;
}
