#include "api/builds.h"

#include "api/agents.h"
#include "api/handlers.h"
#include "api/page.h"
#include "api/schedules.h"
#include "api/secrets.h"
#include "api/slots.h"
#include "api/rows.h"
#include "space/ids.h"
#include "store/query.h"

/* ---- the object ---------------------------------------------------------------------------------------- */

#define B struct build
static const struct field build_fields[] = {
    FIELD_UUID(B, id, .column = "b.id", .flags = REQUIRED, .doc = "Revision ID"),
    FIELD_UUID(B, copilot_id, .column = "b.agent_id", .flags = REQUIRED | DERIVED, .doc = "Another name of agent_id"),
    FIELD_UUID(B, agent_id, .column = "b.agent_id", .flags = REQUIRED, .doc = "The agent it is of"),
    FIELD_TEXT(B, name, .column = "b.name", .flags = REQUIRED, .doc = "Name", .example = "\"Build 1\""),
    FIELD_TEXT(B, revision_name, .column = "b.revision_name", .flags = NULLABLE, .doc = "Name that a person gave it"),
    FIELD_TEXT(B, revision_description, .column = "b.revision_description", .flags = NULLABLE,
               .doc = "What a person said of it"),
    FIELD_JSON(B, config, .column = "b.config", .flags = REQUIRED | NULLABLE, .doc = "The setup, as it was sent"),
    FIELD_ENUM(B, status, .column = "b.status", .flags = REQUIRED, .names = build_statuses,
               .doc = "live is the one that runs use"),
    FIELD_INT(B, revision_number, .column = "b.revision_number", .flags = REQUIRED, .doc = "Counted from 1"),
    FIELD_UUID(B, parent_build_id, .column = "b.parent_build_id", .flags = REQUIRED | NULLABLE,
               .doc = "The revision it was made from"),
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
    SPEC_WITH(struct build, "Revision", build_fields, .doc = "A version of an agent's setup.");

static const struct field build_path_fields[] = {
    FIELD_UUID(struct build_path, build_id, .flags = REQUIRED, .doc = "Revision ID"),
};
const struct spec build_path = SPEC(struct build_path, "BuildPath", build_path_fields);

static const struct field agent_build_path_fields[] = {
    FIELD_UUID(struct build_path, agent_id, .flags = REQUIRED, .doc = "Agent ID"),
    FIELD_UUID(struct build_path, build_id, .flags = REQUIRED, .doc = "Revision ID"),
};
const struct spec agent_build_path = SPEC(struct build_path, "AgentBuildPath", agent_build_path_fields);

static const struct field reply_fields[] = {
    FIELD_OBJECT(struct build_reply, build, struct build, .flags = REQUIRED, .sub = &build_spec, .doc = "The revision"),
};
const struct spec build_reply = SPEC(struct build_reply, "RevisionReply", reply_fields);

/* ---- finding --------------------------------------------------------------------------------------------- */

bool build_find_stored(struct request *rq, const struct uuid *id, struct stored_build *ret)
{
    QUERY q = query(rq->db, SQL_BUILD_STORED);
    bind_uuid(&q, id);
    bind_uuid(&q, &rq->who.team_id);
    if (!query_row(&q))
        return false;
    col_row(&q, 0, &fixture_build, rq->arena, ret);
    return true;
}

static struct build read_one(struct request *rq, enum sql which, const struct uuid *id)
{
    struct build build = { .is = VALUE_NULL };
    QUERY q = query(rq->db, which);
    bind_uuid(&q, id);
    if (query_row(&q)) {
        col_row(&q, 0, &build_spec, rq->arena, &build);
        build.is = VALUE_SET;
    }
    return build;
}

struct build build_shown(struct request *rq, const struct uuid *id)
{
    return read_one(rq, SQL_BUILD_GET, id);
}

struct build build_latest(struct request *rq, const struct uuid *agent_id)
{
    return read_one(rq, SQL_BUILD_LATEST, agent_id);
}

/* ---- get ------------------------------------------------------------------------------------------------- */

/* `of` is the agent that the path names, or NULL. */
static enum err get(struct request *rq, struct reply *rp, const struct uuid *of)
{
    const struct build_path *path = rq->path;
    struct build_reply *out = REQUEST_NEW(rq, struct build_reply);
    struct stored_build stored = { .id = { .is = VALUE_ABSENT } };
    if (!build_find_stored(rq, &path->build_id.v, &stored) || (of && !uuid_eq(of, &stored.agent_id.v)))
        return ERR_BUILD_NOT_FOUND;
    out->build = build_shown(rq, &path->build_id.v);
    rp->object = out;
    return OK;
}

enum err builds_get(struct request *rq, struct reply *rp)
{
    return get(rq, rp, NULL);
}

enum err builds_get_of_agent(struct request *rq, struct reply *rp)
{
    const struct build_path *path = rq->path;
    return agent_exists(rq, &path->agent_id.v) ? get(rq, rp, &path->agent_id.v) : ERR_AGENT_NOT_FOUND;
}

/* ---- list ------------------------------------------------------------------------------------------------ */

static const struct field query_fields[] = {
    PAGE_QUERY(struct page_query, "20"),
};
const struct spec builds_query = SPEC(struct page_query, "RevisionsQuery", query_fields);

struct build_list {
    struct v_rows builds;
    struct v_int total, limit, offset;
};

#define L struct build_list
static const struct field list_fields[] = {
    FIELD_ROWS(L, builds, .flags = REQUIRED, .sub = &build_spec, .doc = "The page's revisions"),
    PAGE_TOLD(L, "Revisions in all"),
};
#undef L
const struct spec build_list = SPEC(struct build_list, "RevisionList", list_fields);

static int64_t count_builds(struct request *rq, const struct uuid *agent_id)
{
    QUERY q = query(rq->db, SQL_BUILD_COUNT);
    bind_uuid(&q, agent_id);
    return query_row(&q) ? col_int(&q, 0) : 0;
}

enum err builds_list(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const struct page_query *in = rq->query;
    struct build_list *out = REQUEST_NEW(rq, struct build_list);
    if (!agent_exists(rq, &path->agent_id.v))
        return ERR_AGENT_NOT_FOUND;
    const int64_t total = count_builds(rq, &path->agent_id.v);
    const size_t room = page_rows(in->limit, in->offset, total);
    struct build *rows = ARENA_ARRAY(rq->arena, room, struct build);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_BUILD_PAGE);
    bind_uuid(&q, &path->agent_id.v);
    bind_int(&q, in->limit.v);
    bind_int(&q, in->offset.v);
    while (n < room && query_row(&q))
        col_row(&q, 0, &build_spec, rq->arena, &rows[n++]);
    *out = (struct build_list){ SET_ROWS(n, rows), SET_INT(total), in->limit, in->offset };
    rp->object = out;
    return OK;
}

/* ---- make ------------------------------------------------------------------------------------------------ */

static int64_t next_number(struct request *rq, const struct uuid *agent_id)
{
    QUERY q = query(rq->db, SQL_BUILD_NEXT);
    bind_uuid(&q, agent_id);
    return query_row(&q) ? col_int(&q, 0) : 1;
}

void build_make(struct request *rq, struct stored_build *build, bool live, const struct uuid *slots_from)
{
    build->id = SET_UUID(id_new(rq, "build"));
    build->status = (struct v_enum){ VALUE_SET, live ? BUILD_LIVE : BUILD_DRAFT };
    build->revision_number = SET_INT(next_number(rq, &build->agent_id.v));
    build->created_by = SET_UUID(rq->who.user_id);
    build->created_at = SET_TIME(rq->now);
    build->updated_at = SET_TIME(rq->now);
    if (live)
        builds_retire(rq, &build->agent_id.v);
    {
        QUERY q = query(rq->db, SQL_BUILD_INSERT);
        bind_row(&q, &fixture_build, build);
        query_run(&q);
    }
    if (!slots_from)
        return;
    slots_copy(rq, slots_from, &build->id.v);
    secrets_copy(rq, slots_from, &build->id.v);
}

void builds_retire(struct request *rq, const struct uuid *agent_id)
{
    QUERY q = query(rq->db, SQL_BUILD_RETIRE);
    bind_uuid(&q, agent_id);
    bind_int(&q, rq->now);
    query_run(&q);
}
