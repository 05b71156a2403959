#include "api/agent_uses.h"

#include "api/slots.h"
#include "base/limit.h"
#include "store/query.h"

/* ---- the objects ----------------------------------------------------------------------------------------- */

#define C struct agent_config
static const struct field config_fields[] = {
    FIELD_UUID(C, id, .column = "r.id", .flags = REQUIRED, .doc = "ID of the slot"),
    FIELD_UUID(C, integration_id, .column = "coalesce(r.integration_id, r.custom_integration_id)",
               .flags = REQUIRED | DERIVED, .doc = "The integration, of the catalog or the team's own"),
    FIELD_TEXT(C, integration_type, .column = "r.integration_type", .flags = REQUIRED, .doc = "Integration type",
               .example = "\"gmail\""),
    FIELD_TEXT(C, integration_name, .column = "r.integration_name", .flags = REQUIRED, .doc = "Its display name",
               .example = "\"Gmail\""),
    FIELD_TIME(C, created_at, .column = "r.created_at", .flags = REQUIRED, .doc = "When it was attached"),
    FIELD_TEXT(C, icon_url, .column = "r.icon_url", .flags = NULLABLE, .doc = "Icon"),
    FIELD_BOOL(C, is_connected, .doc = "Whether the caller has pinned a connection that works, or none is needed"),
    FIELD_TEXTS(C, linked_queue_names, .doc = "Queues linked to it"),
};
#undef C
const struct spec agent_config_spec = SPEC(struct agent_config, "AgentIntegration", config_fields);

#define T_ struct user_triggers
static const struct field trigger_fields[] = {
    FIELD_BOOL(T_, slack_mention, .flags = REQUIRED, .doc = "Being mentioned in Slack"),
    FIELD_BOOL(T_, slack_channel, .flags = REQUIRED, .doc = "A message in a Slack channel"),
    FIELD_BOOL(T_, teams_mention, .flags = REQUIRED, .doc = "Being mentioned in Microsoft Teams"),
};
#undef T_
const struct spec user_triggers_spec = SPEC(struct user_triggers, "UserTriggers", trigger_fields);

static const struct field conflict_fields[] = {
    FIELD_UUID(struct agent_conflict, id, .column = "a.id", .flags = REQUIRED, .doc = "Agent ID"),
    FIELD_TEXT(struct agent_conflict, name, .column = "a.name", .flags = REQUIRED, .doc = "Its name"),
};
const struct spec agent_conflict_spec = SPEC(struct agent_conflict, "ConflictingAgent", conflict_fields);

/* ---- integrations ---------------------------------------------------------------------------------------- */

static struct v_texts queue_names(struct request *rq, const struct uuid *slot_id)
{
    const size_t room = slot_queues_count(rq, slot_id);
    struct v_texts names = { VALUE_SET, 0, ARENA_ARRAY(rq->arena, room, struct text) };
    QUERY q = query(rq->db, SQL_SLOT_QUEUE_LIST);
    bind_uuid(&q, slot_id);
    while (names.n < room && query_row(&q))
        names.v[names.n++] = text_copy(rq->arena, col_text(&q, 1));
    return names;
}

static struct agent_config *read_configs(struct request *rq, const struct uuid *build_id, size_t *ret_n)
{
    const size_t room = slots_count(rq, build_id);
    struct agent_config *rows = ARENA_ARRAY(rq->arena, room, struct agent_config);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_AGENT_CONFIGS);
    bind_uuid(&q, build_id);
    bind_uuid(&q, &rq->who.user_id);
    bind_int(&q, rq->who.sharing);
    while (n < room && query_row(&q)) {
        rows[n].is_connected = SET_BOOL(col_int(&q, 0));
        col_row(&q, 1, &agent_config_spec, rq->arena, &rows[n++]);
    }
    *ret_n = n;
    return rows;
}

static bool consumes(const struct agent_config *config)
{
    return text_eq(config->integration_type.v, T("case-queue-consumer"));
}

/* ---- triggers -------------------------------------------------------------------------------------------- */

static struct user_triggers read_triggers(struct request *rq, const struct uuid *agent_id)
{
    struct user_triggers triggers = { VALUE_SET, SET_BOOL(false), SET_BOOL(false), SET_BOOL(false) };
    struct v_bool *const flags[] = {
        [TRIGGER_SLACK_MENTION] = &triggers.slack_mention,
        [TRIGGER_SLACK_CHANNEL] = &triggers.slack_channel,
        [TRIGGER_TEAMS_MENTION] = &triggers.teams_mention,
    };
    QUERY q = query(rq->db, SQL_TRIGGER_KINDS);
    bind_uuid(&q, agent_id);
    bind_uuid(&q, &rq->who.user_id);
    while (query_row(&q))
        for (int i = 0; trigger_kinds[i]; i++)
            flags[i]->v |= text_eq(col_text(&q, 0), text_of(trigger_kinds[i]));
    return triggers;
}

static struct v_rows read_conflicts(struct request *rq, const struct uuid *agent_id, const struct uuid *build_id)
{
    struct agent_conflict *rows = ARENA_ARRAY(rq->arena, LIMIT_CASE_CONFLICTS, struct agent_conflict);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_AGENT_CONFLICTS);
    bind_uuid(&q, build_id);
    bind_uuid(&q, agent_id);
    bind_int(&q, LIMIT_CASE_CONFLICTS);
    while (n < LIMIT_CASE_CONFLICTS && query_row(&q))
        col_row(&q, 0, &agent_conflict_spec, rq->arena, &rows[n++]);
    return SET_ROWS(n, rows);
}

struct agent_uses agent_uses(struct request *rq, const struct uuid *agent_id, const struct uuid *latest_build)
{
    struct agent_uses uses = {
        .integration_configs = SET_ROWS(0, NULL),
        .user_triggers = read_triggers(rq, agent_id),
        .case_trigger_enabled = SET_BOOL(false),
        .case_trigger_has_conflict = SET_BOOL(false),
        .case_trigger_conflicting_agents = SET_ROWS(0, NULL),
        .case_queue_name = { .is = VALUE_NULL },
    };
    size_t n = 0;
    struct agent_config *configs = latest_build ? read_configs(rq, latest_build, &n) : NULL;
    for (size_t i = 0; i < n; i++) {
        configs[i].linked_queue_names = queue_names(rq, &configs[i].id.v);
        if (consumes(&configs[i]) && configs[i].linked_queue_names.n) {
            uses.case_trigger_enabled.v = true;
            uses.case_queue_name = SET_TEXT(configs[i].linked_queue_names.v[0]);
        }
    }
    uses.integration_configs = SET_ROWS(n, configs);
    if (uses.case_trigger_enabled.v)
        uses.case_trigger_conflicting_agents = read_conflicts(rq, agent_id, latest_build);
    uses.case_trigger_has_conflict.v = uses.case_trigger_conflicting_agents.n > 0;
    return uses;
}
