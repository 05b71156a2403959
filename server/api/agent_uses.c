#include "api/agent_uses.h"

#include "api/common.h"
#include "api/slots.h"
#include "api/triggers.h"
#include "base/limit.h"

/* ---- what is told ---------------------------------------------------------------------------------------- */

/* No connection is needed, or the caller (?3; ?4 says whether the team shares) has pinned one that they may see and
 * that works. */
#define CONNECTED                                                                                                      \
    "r.provider = 'default' OR EXISTS (SELECT 1 FROM pins p JOIN connections c ON c.space = ?1"                        \
    " AND c.id = p.connection_id WHERE p.space = ?1 AND p.slot_id = r.id AND p.user_id = ?3 AND c.broken_at IS NULL"   \
    " AND (c.user_id = ?3 OR (c.user_id IS NULL AND ?4)))"

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
    FIELD_BOOL(C, is_connected, .column = CONNECTED, .flags = DERIVED,
               .doc = "Whether the caller has pinned a connection that works, or none is needed"),
    FIELD_TEXTS(C, linked_queue_names, .doc = "Queues linked to it"),
};
#undef C
const struct spec agent_config_spec = SPEC(struct agent_config, "AgentIntegration", config_fields);

#define T_ struct user_triggers
static const struct field user_trigger_fields[] = {
    FIELD_BOOL(T_, slack_mention, .flags = REQUIRED, .doc = "Being mentioned in Slack"),
    FIELD_BOOL(T_, slack_channel, .flags = REQUIRED, .doc = "A message in a Slack channel"),
    FIELD_BOOL(T_, teams_mention, .flags = REQUIRED, .doc = "Being mentioned in Microsoft Teams"),
};
#undef T_
const struct spec user_triggers_spec = SPEC(struct user_triggers, "UserTriggers", user_trigger_fields);

static const struct field conflict_fields[] = {
    FIELD_UUID(struct agent_conflict, id, .column = "a.id", .flags = REQUIRED, .doc = "Agent ID"),
    FIELD_TEXT(struct agent_conflict, name, .column = "a.name", .flags = REQUIRED, .doc = "Its name"),
};
const struct spec agent_conflict_spec = SPEC(struct agent_conflict, "ConflictingAgent", conflict_fields);

/* ---- integrations ---------------------------------------------------------------------------------------- */

static struct v_texts queue_names(struct request *rq, const struct uuid *slot_id)
{
    size_t n;
    const struct linked_queue *queues = slot_queues(rq, slot_id, &n);
    struct v_texts names = { VALUE_SET, n, ARENA_ARRAY(rq->arena, n, struct text) };
    for (size_t i = 0; i < n; i++)
        names.v[i] = queues[i].name.v;
    return names;
}

/* ---- triggers -------------------------------------------------------------------------------------------- */

static struct user_triggers read_triggers(struct request *rq, const struct uuid *agent_id)
{
    struct user_triggers triggers = { VALUE_SET, SET_BOOL(false), SET_BOOL(false), SET_BOOL(false) };
    struct v_bool *const flags[TRIGGER_KIND_COUNT] = {
        [TRIGGER_SLACK_MENTION] = &triggers.slack_mention,
        [TRIGGER_SLACK_CHANNEL] = &triggers.slack_channel,
        [TRIGGER_TEAMS_MENTION] = &triggers.teams_mention,
    };
    QUERY q = query_with(rq->db, SQL_TRIGGER_WORDS, WITH(agent_id, &rq->who.user_id));
    while (query_row(&q))
        for (size_t i = 0; i < TRIGGER_KIND_COUNT; i++)
            flags[i]->v |= text_eq(col_text(&q, 0), text_of(trigger_words[i].slug)) &&
                           text_eq(col_text(&q, 1), text_of(trigger_words[i].type));
    return triggers;
}

/* The row alone decides it, whatever the builds are linked to. */
static void read_case_trigger(struct request *rq, const struct uuid *agent_id, struct agent_uses *ret)
{
    QUERY q = query_with(rq->db, SQL_CASE_TRIGGER_OF, WITH(agent_id));
    if (!query_row(&q))
        return;
    const struct uuid queue = col_uuid(&q, 1);
    ret->case_trigger_enabled.v = col_int(&q, 0);
    ret->case_queue_name = SET_TEXT(text_copy(rq->arena, col_text(&q, 2)));
    if (ret->case_trigger_enabled.v)
        ret->case_trigger_conflicting_agents = query_rows(
            rq->db, SQL_CASE_CONFLICTS, WITH(&queue, agent_id, LIMIT_CASE_CONFLICTS), &agent_conflict_spec, rq->arena);
    ret->case_trigger_has_conflict.v = ret->case_trigger_conflicting_agents.n > 0;
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
    read_case_trigger(rq, agent_id, &uses);
    if (!latest_build)
        return uses;
    size_t n;
    struct agent_config *configs =
        query_all(rq->db, SQL_AGENT_CONFIGS, WITH(latest_build, &rq->who.user_id, rq->who.sharing), &agent_config_spec,
                  rq->arena, &n);
    for (size_t i = 0; i < n; i++)
        configs[i].linked_queue_names = queue_names(rq, &configs[i].id.v);
    uses.integration_configs = SET_ROWS(n, configs);
    return uses;
}
