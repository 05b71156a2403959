#include "api/agents.h"

#include "api/handlers.h"
#include "api/page.h"
#include "api/schedules.h"
#include "api/success.h"
#include "store/query.h"

/* ---- the object ---------------------------------------------------------------------------------------- */

static const struct field by_fields[] = {
    FIELD_UUID(struct agent_person, id, .flags = REQUIRED, .doc = "Person"),
    FIELD_TEXT(struct agent_person, name, .flags = REQUIRED | NULLABLE, .doc = "Name", .example = "\"Olivia Owner\""),
    FIELD_TEXT(struct agent_person, email, .flags = REQUIRED, .doc = "E-mail address",
               .example = "\"olivia@acme.example\""),
};
static const struct spec by_spec = SPEC(struct agent_person, "AgentPerson", by_fields);

#define A struct agent
#define IN_USES(m, type, k, ...)                                                                                       \
    { .name = #m, .key = { "\"" #m "\":", sizeof #m + 2 },                                                             \
      .offset = _Generic(((A *)0)->uses.m, type: offsetof(A, uses.m)), .kind = (k), __VA_ARGS__ }
#define AGENT_FIELDS                                                                                                   \
    FIELD_UUID(A, id, .column = "a.id", .flags = REQUIRED, .doc = "Agent ID"),                                         \
    FIELD_TEXT(A, name, .column = "a.name", .flags = REQUIRED, .doc = "Name", .example = "\"Invoice triage\""),        \
    FIELD_BOOL(A, slack_enabled, .column = "a.slack_enabled", .flags = REQUIRED | NULLABLE,                            \
               .doc = "Whether it can be used in Slack"),                                                              \
    FIELD_BOOL(A, microsoft_teams_enabled, .column = "a.microsoft_teams_enabled", .flags = REQUIRED | NULLABLE,        \
               .doc = "Whether it can be used in Microsoft Teams"),                                                    \
    FIELD_BOOL(A, agentic_memory_enabled, .column = "a.agentic_memory_enabled", .flags = REQUIRED | NULLABLE,          \
               .doc = "Whether it remembers"),                                                                         \
    FIELD_UUID(A, team_id, .column = "a.team_id", .flags = REQUIRED | NULLABLE, .doc = "The team it belongs to"),      \
    FIELD_UUID(A, thread_id, .column = "a.thread_id", .flags = REQUIRED | NULLABLE, .doc = "Thread"),                  \
    FIELD_UUID(A, folder_id, .column = "a.folder_id", .flags = NULLABLE, .doc = "The folder it lies in"),              \
    FIELD_UUID(A, automation_id, .column = "a.automation_id", .flags = NULLABLE, .doc = "The automation it is of"),    \
    FIELD_TIME(A, created_at, .column = "a.created_at", .flags = REQUIRED | NULLABLE, .doc = "When it was made"),      \
    FIELD_TIME(A, updated_at, .column = "a.updated_at", .flags = REQUIRED | NULLABLE, .doc = "When it last changed"),  \
    FIELD_OBJECT(A, created_by, struct agent_person, .flags = NULLABLE, .sub = &by_spec, .doc = "Who made it"),        \
    FIELD_OBJECT(A, updated_by, struct agent_person, .flags = NULLABLE, .sub = &by_spec, .doc = "Who changed it last")
/* By the caller, ?2 of each statement. */
#define PINNED_AT \
    "(SELECT p.pinned_at FROM agent_pins p WHERE p.space = ?1 AND p.agent_id = a.id AND p.user_id = ?2)"
/* `only`: the version of the API that has them, or 0 for both. */
#define LISTED_FIELDS(only)                                                                                            \
    FIELD_TIME(A, pinned_at, .column = PINNED_AT, .flags = REQUIRED | NULLABLE | DERIVED | (only),                     \
               .doc = "When the caller pinned it"),                                                                    \
    FIELD_TIME(A, last_run_at, .column = "a.last_run_at", .flags = REQUIRED | NULLABLE | (only),                       \
               .doc = "When it last ran"),                                                                             \
    FIELD_OBJECT(A, latest_build, struct build, .flags = REQUIRED | NULLABLE | (only), .sub = &build_spec,             \
                 .doc = "The revision with the highest number"),                                                       \
    IN_USES(integration_configs, struct v_rows, KIND_ROWS, .flags = REQUIRED | (only), .sub = &agent_config_spec,      \
            .doc = "The integrations that it uses")
static const struct field agent_fields[] = {
    AGENT_FIELDS,
    LISTED_FIELDS(ONLY_V1),
};
static const struct field item_fields[] = {
    AGENT_FIELDS,
    LISTED_FIELDS(0),
    IN_USES(user_triggers, struct user_triggers, KIND_OBJECT, .flags = REQUIRED | ONLY_V2, .sub = &user_triggers_spec,
            .doc = "What of the caller's starts it"),
    IN_USES(case_trigger_enabled, struct v_bool, KIND_BOOL, .flags = REQUIRED | ONLY_V2,
            .doc = "Whether cases of a queue start it"),
    IN_USES(case_trigger_has_conflict, struct v_bool, KIND_BOOL, .flags = REQUIRED | ONLY_V2,
            .doc = "Whether they start another one, too"),
    IN_USES(case_trigger_conflicting_agents, struct v_rows, KIND_ROWS, .flags = REQUIRED | ONLY_V2,
            .sub = &agent_conflict_spec, .doc = "Which ones"),
    IN_USES(case_queue_name, struct v_text, KIND_TEXT, .flags = REQUIRED | NULLABLE | ONLY_V2, .doc = "That queue"),
};
#undef LISTED_FIELDS
#undef AGENT_FIELDS
#undef IN_USES
#undef A
const struct spec agent_spec = SPEC_WITH(struct agent, "Agent", agent_fields, .doc = "What uses connections.");
const struct spec agent_item_spec = SPEC(struct agent, "AgentListItem", item_fields);

static const struct field path_fields[] = {
    FIELD_UUID(struct agent_path, agent_id, .flags = REQUIRED, .doc = "Agent ID"),
};
const struct spec agent_path = SPEC(struct agent_path, "AgentPath", path_fields);

/* ---- reading --------------------------------------------------------------------------------------------- */

enum { BY_COLUMNS = 3 };

static struct agent_person read_by(const struct query *q, int column, struct arena *arena)
{
    if (col_is_null(q, column))
        return (struct agent_person){ .is = VALUE_NULL };
    const bool named = !col_is_null(q, column + 1);
    return (struct agent_person){
        VALUE_SET,
        SET_UUID(col_uuid(q, column)),
        { named ? VALUE_SET : VALUE_NULL, named ? text_copy(arena, col_text(q, column + 1)) : T("") },
        SET_TEXT(text_copy(arena, col_text(q, column + 2))),
    };
}

/* A row of a statement that begins with the two people. */
static void read_agent(const struct query *q, struct arena *arena, struct agent *ret)
{
    ret->is = VALUE_SET;
    ret->created_by = read_by(q, 0, arena);
    ret->updated_by = read_by(q, BY_COLUMNS, arena);
    col_row(q, 2 * BY_COLUMNS, &agent_item_spec, arena, ret);
}

/* Outside of the statement that found it. */
static void read_more(struct request *rq, struct agent *agent)
{
    agent->latest_build = build_latest(rq, &agent->id.v);
    agent->uses = agent_uses(rq, &agent->id.v, agent->latest_build.is == VALUE_SET ? &agent->latest_build.id.v : NULL);
}

bool agent_exists(struct request *rq, const struct uuid *id)
{
    QUERY q = query(rq->db, SQL_AGENT_IN_TEAM);
    bind_uuid(&q, id);
    bind_uuid(&q, &rq->who.team_id);
    return query_row(&q);
}

static bool find(struct request *rq, const struct uuid *id, struct agent *ret)
{
    QUERY q = query(rq->db, SQL_AGENT_GET);
    bind_uuid(&q, &rq->who.user_id);
    bind_uuid(&q, id);
    bind_uuid(&q, &rq->who.team_id);
    if (query_row(&q))
        read_agent(&q, rq->arena, ret);
    return ret->is == VALUE_SET;
}

struct agent *agent_shown(struct request *rq, const struct uuid *id)
{
    struct agent *agent = REQUEST_NEW(rq, struct agent);
    if (!find(rq, id, agent))
        return NULL;
    read_more(rq, agent);
    return agent;
}

/* ---- get ------------------------------------------------------------------------------------------------- */

struct user_context {
    enum value_state is;
    struct v_time pinned_at;
};

static const struct field context_fields[] = {
    FIELD_TIME(struct user_context, pinned_at, .flags = REQUIRED | NULLABLE, .doc = "When the caller pinned it"),
};
static const struct spec context_spec = SPEC(struct user_context, "AgentUserContext", context_fields);

struct agent_reply {
    struct agent agent;
    struct user_context user_context;
};

static const struct field reply_fields[] = {
    FIELD_OBJECT(struct agent_reply, agent, struct agent, .flags = REQUIRED, .sub = &agent_spec, .doc = "The agent"),
    FIELD_OBJECT(struct agent_reply, user_context, struct user_context, .flags = REQUIRED, .sub = &context_spec,
                 .doc = "What it is to the caller"),
};
const struct spec agent_reply = SPEC(struct agent_reply, "AgentReply", reply_fields);

const void *agent_answer(struct request *rq, const struct uuid *id)
{
    struct agent_reply *out = REQUEST_NEW(rq, struct agent_reply);
    const struct agent *agent = agent_shown(rq, id);
    if (!agent)
        return NULL;
    out->agent = *agent;
    out->user_context = (struct user_context){ VALUE_SET, agent->pinned_at };
    return out;
}

enum err agents_get(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    rp->object = agent_answer(rq, &path->agent_id.v);
    return rp->object ? OK : ERR_AGENT_NOT_FOUND;
}

/* ---- list ------------------------------------------------------------------------------------------------ */

struct agents_query {
    struct v_int limit, offset;
    struct v_enum include_schedules;
    struct v_uuid automation_id;
};

/* The API declares texts, not a boolean. */
static const char *const yes_no[] = { "true", "false", NULL };
enum { YES, NO };

#define Q struct agents_query
static const struct field query_fields[] = {
    PAGE_QUERY(Q, "20"),
    FIELD_ENUM(Q, include_schedules, .fallback = "\"false\"", .names = yes_no,
               .doc = "Whether latest_build has the caller's schedules"),
    FIELD_UUID(Q, automation_id, .doc = "Only those of this automation"),
};
#undef Q
const struct spec agents_query = SPEC(struct agents_query, "AgentsQuery", query_fields);

struct agent_list {
    struct v_rows agents;
    struct v_int total, limit, offset;
};

#define L struct agent_list
static const struct field list_fields[] = {
    FIELD_ROWS(L, agents, .flags = REQUIRED, .sub = &agent_item_spec, .doc = "The page's agents"),
    PAGE_TOLD(L, "Agents in all"),
};
#undef L
const struct spec agent_list = SPEC(struct agent_list, "AgentList", list_fields);

static void bind_automation(struct query *q, const struct agents_query *in)
{
    if (in->automation_id.is == VALUE_SET)
        bind_uuid(q, &in->automation_id.v);
    else
        bind_null(q);
}

static int64_t count_agents(struct request *rq, const struct agents_query *in)
{
    QUERY q = query(rq->db, SQL_AGENT_COUNT);
    bind_uuid(&q, &rq->who.team_id);
    bind_automation(&q, in);
    return query_row(&q) ? col_int(&q, 0) : 0;
}

static size_t read_page(struct request *rq, const struct agents_query *in, struct agent *rows, size_t room)
{
    size_t n = 0;
    QUERY q = query(rq->db, SQL_AGENT_PAGE);
    bind_uuid(&q, &rq->who.user_id);
    bind_uuid(&q, &rq->who.team_id);
    bind_automation(&q, in);
    bind_int(&q, in->limit.v);
    bind_int(&q, in->offset.v);
    while (n < room && query_row(&q))
        read_agent(&q, rq->arena, &rows[n++]);
    return n;
}

static void read_listed(struct request *rq, const struct agents_query *in, struct agent *agent)
{
    read_more(rq, agent);
    if (in->include_schedules.v == YES && agent->latest_build.is == VALUE_SET)
        agent->latest_build.schedules = schedules_of_agent(rq, &agent->id.v);
}

enum err agents_list(struct request *rq, struct reply *rp)
{
    const struct agents_query *in = rq->query;
    struct agent_list *out = REQUEST_NEW(rq, struct agent_list);
    const int64_t total = count_agents(rq, in);
    const size_t room = page_rows(in->limit, in->offset, total);
    struct agent *rows = ARENA_ARRAY(rq->arena, room, struct agent);
    const size_t n = read_page(rq, in, rows, room);
    for (size_t i = 0; i < n; i++)
        read_listed(rq, in, &rows[i]);
    *out = (struct agent_list){ SET_ROWS(n, rows), SET_INT(total), in->limit, in->offset };
    rp->object = out;
    return OK;
}

/* ---- delete ---------------------------------------------------------------------------------------------- */

/* Other agents' revisions that were made from its own are not made from anything any more. */
static void orphan_children(struct request *rq, const struct uuid *agent_id)
{
    QUERY q = query(rq->db, SQL_BUILD_ORPHAN);
    bind_uuid(&q, agent_id);
    query_run(&q);
}

/* Revisions, and what hangs on them and on it, go along (ON DELETE CASCADE). */
enum err agents_delete(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    if (!agent_exists(rq, &path->agent_id.v))
        return ERR_AGENT_NOT_FOUND;
    orphan_children(rq, &path->agent_id.v);
    QUERY q = query(rq->db, SQL_AGENT_DELETE);
    bind_uuid(&q, &path->agent_id.v);
    query_run(&q);
    rp->object = success(rq, true);
    return OK;
}
