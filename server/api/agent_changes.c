/* Agents are made and changed. */
#include "api/agents.h"
#include "api/handlers.h"
#include "api/take.h"
#include "api/rows.h"
#include "base/clock.h"
#include "space/ids.h"
#include "base/limit.h"
#include "store/query.h"

/* ---- create -------------------------------------------------------------------------------------------- */

struct first_build {
    enum value_state is;
    struct v_text name;
    struct v_json config;
};

static const struct field first_build_fields[] = {
    FIELD_TEXT(struct first_build, name, .flags = REQUIRED, .min = 1, .max = LIMIT_NAME, .doc = "Name",
               .example = "\"Build 1\""),
    FIELD_JSON(struct first_build, config, .flags = REQUIRED, .sub = &build_config_spec, .max = LIMIT_CONFIG,
               .doc = "The setup"),
};
static const struct spec first_build_spec = SPEC(struct first_build, "FirstRevision", first_build_fields);

struct create_body {
    struct v_text name;
    struct v_uuid thread_id, source_build_id, automation_id;
    struct first_build build;
};

#define B struct create_body
static const struct field create_fields[] = {
    FIELD_TEXT(B, name, .flags = REQUIRED, .min = 1, .max = LIMIT_NAME, .doc = "Name",
               .example = "\"Invoice triage\""),
    FIELD_UUID(B, thread_id, .flags = NULLABLE, .doc = "Thread", .example = "null"),
    FIELD_UUID(B, source_build_id, .flags = NULLABLE, .example = "null",
               .doc = "Revision of the team whose setup and integrations the first revision takes over"),
    FIELD_UUID(B, automation_id, .flags = NULLABLE, .doc = "Automation that it is of", .example = "null"),
    FIELD_OBJECT(B, build, struct first_build, .sub = &first_build_spec, .doc = "The first revision"),
};
#undef B
const struct spec agent_create = SPEC(struct create_body, "CreateAgent", create_fields);

struct created {
    struct agent agent;
    struct build build;
};

static const struct field created_fields[] = {
    FIELD_OBJECT(struct created, agent, struct agent, .flags = REQUIRED, .sub = &agent_spec, .doc = "The new agent"),
    FIELD_OBJECT(struct created, build, struct build, .sub = &build_spec, .doc = "Its first revision"),
};
const struct spec agent_created = SPEC(struct created, "AgentCreated", created_fields);

static struct stored_agent from_body(struct request *rq, const struct create_body *in)
{
    return (struct stored_agent){
        .id = SET_UUID(id_new(rq, "agent")),
        .name = in->name,
        .team_id = SET_UUID(rq->who.team_id),
        .thread_id = in->thread_id,
        .automation_id = in->automation_id,
        .created_by = SET_UUID(rq->who.user_id),
        .updated_by = SET_UUID(rq->who.user_id),
        .created_at = SET_TIME(rq->now),
        .updated_at = SET_TIME(rq->now),
    };
}

static void insert(struct request *rq, const struct stored_agent *agent)
{
    QUERY q = query(rq->db, SQL_AGENT_INSERT);
    bind_row(&q, &fixture_agent, agent);
    bind_int(&q, clock_ticket());
    query_run(&q);
}

/* Its own setup, or else that of `from`. */
static void make_first(struct request *rq, const struct uuid *agent_id, const struct create_body *in,
                       const struct stored_build *from)
{
    const bool own = in->build.is == VALUE_SET;
    struct stored_build build = {
        .agent_id = SET_UUID(*agent_id),
        .name = own ? in->build.name : from->name,
        .config = own ? in->build.config : from->config,
        .parent_build_id = from->id,
    };
    build_make(rq, &build, true, from->id.is == VALUE_SET ? &from->id.v : NULL);
}

enum err agents_create(struct request *rq, struct reply *rp)
{
    const struct create_body *in = rq->input;
    struct stored_build from = { .id = { .is = VALUE_ABSENT } };
    const bool copies = in->source_build_id.is == VALUE_SET;
    if (copies && !build_find_stored(rq, &in->source_build_id.v, &from))
        return fail(rq, ERR_INVALID, "body/source_build_id Expected a revision of this team");
    const struct stored_agent agent = from_body(rq, in);
    struct created *out = REQUEST_NEW(rq, struct created);
    insert(rq, &agent);
    if (copies || in->build.is == VALUE_SET)
        make_first(rq, &agent.id.v, in, &from);
    out->agent = *agent_shown(rq, &agent.id.v);
    out->build = out->agent.latest_build;
    if (out->build.is == VALUE_NULL)
        out->build.is = VALUE_ABSENT;
    rp->object = out;
    return OK;
}

/* ---- update -------------------------------------------------------------------------------------------- */

struct update_body {
    struct v_text name;
    struct v_bool slack_enabled, microsoft_teams_enabled, agentic_memory_enabled;
    struct v_uuid thread_id;
    struct v_bool pinned;
};

#define B struct update_body
static const struct field update_fields[] = {
    FIELD_TEXT(B, name, .min = 1, .max = LIMIT_NAME, .doc = "Name", .example = "\"Invoice triage\""),
    FIELD_BOOL(B, slack_enabled, .doc = "Whether it can be used in Slack"),
    FIELD_BOOL(B, microsoft_teams_enabled, .doc = "Whether it can be used in Microsoft Teams"),
    FIELD_BOOL(B, agentic_memory_enabled, .doc = "Whether it remembers"),
    FIELD_UUID(B, thread_id, .flags = NULLABLE, .doc = "Thread", .example = "null"),
    FIELD_BOOL(B, pinned, .doc = "Whether it is pinned for the caller, and for nobody else"),
};
#undef B
const struct spec agent_update = SPEC(struct update_body, "UpdateAgent", update_fields);

static bool changes_agent(const struct update_body *in)
{
    return in->name.is != VALUE_ABSENT || in->slack_enabled.is != VALUE_ABSENT ||
           in->microsoft_teams_enabled.is != VALUE_ABSENT || in->agentic_memory_enabled.is != VALUE_ABSENT ||
           in->thread_id.is != VALUE_ABSENT;
}

static bool take_fields(struct stored_agent *agent, const struct update_body *in)
{
    bool changed = take_text(&agent->name, in->name);
    changed |= take_bool(&agent->slack_enabled, in->slack_enabled);
    changed |= take_bool(&agent->microsoft_teams_enabled, in->microsoft_teams_enabled);
    changed |= take_bool(&agent->agentic_memory_enabled, in->agentic_memory_enabled);
    changed |= take_uuid(&agent->thread_id, in->thread_id);
    return changed;
}

static void save(struct request *rq, struct stored_agent *agent)
{
    agent->updated_by = SET_UUID(rq->who.user_id);
    agent->updated_at = SET_TIME(rq->now);
    QUERY q = query(rq->db, SQL_AGENT_UPDATE);
    bind_row(&q, &fixture_agent, agent);
    query_run(&q);
}

/* One that is pinned already keeps the time. */
static void pin(struct request *rq, const struct uuid *agent_id, bool pinned)
{
    QUERY q = query(rq->db, pinned ? SQL_AGENT_PIN : SQL_AGENT_UNPIN);
    bind_uuid(&q, agent_id);
    bind_uuid(&q, &rq->who.user_id);
    if (pinned)
        bind_int(&q, rq->now);
    query_run(&q);
}

static bool find_stored(struct request *rq, const struct uuid *id, struct stored_agent *ret)
{
    QUERY q = query(rq->db, SQL_AGENT_STORED);
    bind_uuid(&q, id);
    bind_uuid(&q, &rq->who.team_id);
    if (!query_row(&q))
        return false;
    col_row(&q, 0, &fixture_agent, rq->arena, ret);
    return true;
}

enum err agents_update(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const struct update_body *in = rq->input;
    struct stored_agent agent = { .id = { .is = VALUE_ABSENT } };
    if (changes_agent(in) && rq->who.role < ROLE_BUILDER)
        return fail(rq, ERR_ROLE_TOO_LOW, "All but `pinned` requires the %s role or above; yours is %s",
                    role_names[ROLE_BUILDER], role_names[rq->who.role]);
    if (!find_stored(rq, &path->agent_id.v, &agent))
        return ERR_AGENT_NOT_FOUND;
    if (take_fields(&agent, in))
        save(rq, &agent);
    if (in->pinned.is == VALUE_SET)
        pin(rq, &agent.id.v, in->pinned.v);
    rp->object = agent_answer(rq, &agent.id.v);
    return OK;
}
