/* What a move makes of the connections that agents use. */
#include "api/move.h"
#include "api/usable.h"
#include "store/query.h"

/* ---- what is read ---------------------------------------------------------------------------------------- */

/* A pin, or a trigger. */
struct use {
    struct v_uuid slot_id, trigger_id, user_id, connection_id;
    struct v_text connection_name, integration_type, integration_name, provider, oauth_provider_key;
    struct v_uuid custom_integration_id, target_custom_id; /* and its namesake in the target team */
    struct v_bool is_offered; /* the target team can have connections of that type */
    struct v_bool is_visible; /* the caller sees the connection */
    struct v_bool is_member;  /* the person is in the target team */
};

/* Composio's apps are set up for every team or for one; one that is set up for none can be connected nowhere, and says
 * nothing about the target. */
#define OFFERED                                                                                                        \
    "u.known AND (u.provider <> 'composio'"                                                                            \
    " OR NOT EXISTS (SELECT 1 FROM auth_configs x WHERE x.space = ?1 AND x.app = u.integration_type)"                  \
    " OR EXISTS (SELECT 1 FROM auth_configs x WHERE x.space = ?1 AND x.app = u.integration_type"                       \
    " AND (x.team_id IS NULL OR x.team_id = ?3)))"
#define NAMESAKE                                                                                                       \
    "(SELECT n.id FROM custom_integrations n WHERE n.space = ?1 AND n.team_id = ?3 AND n.name = u.integration_name"    \
    " AND u.custom_integration_id IS NOT NULL)"

#define U struct use
#define OF(m) .column = "u." #m, .flags = NULLABLE
static const struct field use_fields[] = {
    FIELD_UUID(U, slot_id, OF(slot_id)),
    FIELD_UUID(U, trigger_id, OF(trigger_id)),
    FIELD_UUID(U, user_id, OF(user_id)),
    FIELD_UUID(U, connection_id, OF(connection_id)),
    FIELD_TEXT(U, connection_name, .column = "c.name"),
    FIELD_TEXT(U, integration_type, OF(integration_type)),
    FIELD_TEXT(U, integration_name, OF(integration_name)),
    FIELD_TEXT(U, provider, OF(provider)),
    FIELD_TEXT(U, oauth_provider_key, OF(oauth_provider_key)),
    FIELD_UUID(U, custom_integration_id, OF(custom_integration_id)),
    FIELD_UUID(U, target_custom_id, .column = NAMESAKE, .flags = NULLABLE | DERIVED),
    FIELD_BOOL(U, is_offered, .column = OFFERED, .flags = DERIVED),
    FIELD_BOOL(U, is_visible, .column = "c.user_id IS ?4 OR (c.user_id IS NULL AND ?5)", .flags = DERIVED),
    FIELD_BOOL(U, is_member, .column = "EXISTS (SELECT 1 FROM members m WHERE m.space = ?1 AND m.team_id = ?3"
               " AND m.user_id = u.user_id)", .flags = DERIVED),
};
#undef OF
#undef U
const struct spec moved_use_spec = SPEC(struct use, "MovedUse", use_fields);

/* A slot of a custom integration. */
struct custom_slot {
    struct v_uuid id;
    struct v_text name;
    struct v_uuid target_id; /* the namesake; null: the target team has none */
};

static const struct field slot_fields[] = {
    FIELD_UUID(struct custom_slot, id, .column = "s.id"),
    FIELD_TEXT(struct custom_slot, name, .column = "c.name"),
    FIELD_UUID(struct custom_slot, target_id, .column = "n.id", .flags = NULLABLE),
};
const struct spec moved_slot_spec = SPEC(struct custom_slot, "MovedSlot", slot_fields);

/* ---- what is told ---------------------------------------------------------------------------------------- */

static const char *const decisions[] = {
    "reuse", "needs_reconnect", "unmatched_integration", "custom_to_rebuild", NULL,
};

struct instance {
    struct v_uuid agent_id;
    struct v_text agent_name, integration_type, integration_name, instance_name;
    struct v_enum decision;
    struct uuid connection_id;
};

#define I struct instance
#define OF_AGENT(S)                                                                                                    \
    FIELD_UUID(S, agent_id, .flags = REQUIRED, .doc = "Agent ID"),                                                     \
    FIELD_TEXT(S, agent_name, .flags = REQUIRED, .doc = "Its name", .example = "\"Invoice triage\"")
static const struct field instance_fields[] = {
    OF_AGENT(I),
    FIELD_TEXT(I, integration_type, .flags = REQUIRED, .doc = "Type of the integration", .example = "\"gmail\""),
    FIELD_TEXT(I, integration_name, .flags = REQUIRED, .doc = "Its name", .example = "\"Gmail\""),
    FIELD_TEXT(I, instance_name, .flags = REQUIRED, .doc = "The connection that it used in the source team",
               .example = "\"Gmail - olivia@acme.example\""),
    FIELD_ENUM(I, decision, .flags = REQUIRED, .names = decisions, .example = "\"reuse\"",
               .doc = "reuse: one of the target team takes its place; needs_reconnect: it has none that the caller may "
                      "use; unmatched_integration: it cannot have any of that type; custom_to_rebuild: it has no "
                      "custom integration of that name"),
};
#undef I
static const struct spec instance_spec = SPEC(struct instance, "MovedInstance", instance_fields);

struct rebuild {
    struct v_uuid agent_id;
    struct v_text agent_name, custom_integration_name;
};

static const struct field rebuild_fields[] = {
    OF_AGENT(struct rebuild),
    FIELD_TEXT(struct rebuild, custom_integration_name, .flags = REQUIRED, .doc = "The custom integration",
               .example = "\"Internal Tools\""),
};
#undef OF_AGENT
static const struct spec rebuild_spec = SPEC(struct rebuild, "CustomIntegrationToRebuild", rebuild_fields);

#define O struct move_outcome
static const struct field outcome_fields[] = {
    FIELD_ROWS(O, instances_reconnected, .flags = REQUIRED, .sub = &instance_spec,
               .doc = "Connections with another in their place"),
    FIELD_ROWS(O, instances_disconnected, .flags = REQUIRED, .sub = &instance_spec, .doc = "Connections without one"),
    FIELD_ROWS(O, custom_integrations_to_rebuild, .flags = REQUIRED, .sub = &rebuild_spec,
               .doc = "Custom integrations that the target team lacks"),
    FIELD_INT(O, catalog_rows_created_on_target, .flags = REQUIRED, .doc = "0: every team has the catalog",
              .example = "0"),
};
#undef O
const struct spec move_outcome_spec = SPEC(struct move_outcome, "MoveOutcome", outcome_fields);

/* ---- deciding -------------------------------------------------------------------------------------------- */

/* For a person; `known`: to the target team. */
static enum move_decision decide(struct request *rq, const struct move *move, const struct use *use,
                                 const struct uuid *person, bool known, struct uuid *ret)
{
    const bool custom = use->custom_integration_id.is == VALUE_SET;
    const struct actor actor = { move->to.id, *person, move->to.sharing };
    const struct wanted wanted = { use->target_custom_id, use->integration_type, use->oauth_provider_key };
    if (custom && use->target_custom_id.is != VALUE_SET)
        return MOVE_CUSTOM_TO_REBUILD;
    if (!custom && !use->is_offered.v)
        return MOVE_UNMATCHED_INTEGRATION;
    return known && usable_of_kind(rq->db, &wanted, &actor, ret) ? MOVE_REUSE : MOVE_NEEDS_RECONNECT;
}

/* For whoever uses it: false when nothing takes its place. */
static bool find_successor(struct request *rq, const struct move *move, const struct use *use, struct uuid *ret)
{
    return decide(rq, move, use, &use->user_id.v, use->is_member.v, ret) == MOVE_REUSE;
}

static void change_pin(struct request *rq, const struct use *use, const struct uuid *to)
{
    const struct param *pin = WITH(use->connection_id, use->slot_id, use->user_id);
    if (to)
        query_change(rq->db, SQL_MOVE_PIN, WITH(use->connection_id, use->slot_id, use->user_id, to));
    query_change(rq->db, SQL_PIN_DELETE, pin); /* no row when it has just become another */
}

static void change_trigger(struct request *rq, const struct use *use, const struct uuid *to)
{
    if (to)
        query_change(rq->db, SQL_MOVE_TRIGGER, WITH(use->trigger_id, to, rq->now));
    else
        query_change(rq->db, SQL_MOVE_TRIGGER_GOES, WITH(use->trigger_id));
}

/* ---- collecting ------------------------------------------------------------------------------------------ */

/* What has been told of one agent so far. */
struct telling {
    const struct moved_item *agent;
    struct instance *instances; /* of all agents */
    struct rebuild *rebuilds;
    size_t instance_count, instance_first, rebuild_count, rebuild_first; /* first: of this agent */
};

/* The caller is told of each connection that they see once, however many revisions and people use it, and of what they
 * would use in its place. What needs no connection is left out unless there is one. */
static void tell_instance(struct request *rq, const struct move *move, struct telling *t, const struct use *use)
{
    struct uuid to;
    bool seen = !use->is_visible.v;
    for (size_t i = t->instance_first; !seen && i < t->instance_count; i++)
        seen = uuid_eq(&t->instances[i].connection_id, &use->connection_id.v);
    if (seen)
        return;
    const enum move_decision decision = decide(rq, move, use, &rq->who.user_id, true, &to);
    if (decision != MOVE_REUSE && text_eq(use->provider.v, T("default")))
        return;
    t->instances[t->instance_count++] = (struct instance){
        t->agent->id, t->agent->name, use->integration_type, use->integration_name, use->connection_name,
        { VALUE_SET, (int)decision }, use->connection_id.v,
    };
}

static void tell_rebuild(struct telling *t, const struct custom_slot *slot)
{
    bool seen = false;
    for (size_t i = t->rebuild_first; !seen && i < t->rebuild_count; i++)
        seen = text_eq(t->rebuilds[i].custom_integration_name.v, slot->name.v);
    if (!seen)
        t->rebuilds[t->rebuild_count++] = (struct rebuild){ t->agent->id, t->agent->name, slot->name };
}

static void go_through_uses(struct request *rq, const struct move *move, bool apply, const struct use *uses, size_t n,
                            struct telling *t)
{
    for (size_t i = 0; i < n; i++) {
        struct uuid to;
        const struct uuid *becomes = apply && find_successor(rq, move, &uses[i], &to) ? &to : NULL;
        tell_instance(rq, move, t, &uses[i]);
        if (apply && uses[i].slot_id.is == VALUE_SET)
            change_pin(rq, &uses[i], becomes);
        else if (apply)
            change_trigger(rq, &uses[i], becomes);
    }
}

/* A slot without a namesake goes: another team's custom integration is nothing that a revision can have. */
static void go_through_slots(struct request *rq, bool apply, const struct custom_slot *slots, size_t n,
                             struct telling *t)
{
    for (size_t i = 0; i < n; i++) {
        const bool stays = slots[i].target_id.is == VALUE_SET;
        if (!stays)
            tell_rebuild(t, &slots[i]);
        if (apply && stays)
            query_change(rq->db, SQL_MOVE_SLOT, WITH(slots[i].id, slots[i].target_id));
        else if (apply)
            query_change(rq->db, SQL_SLOT_DELETE, WITH(slots[i].id));
    }
}

/* Makes room for so many more. */
static void make_room(struct request *rq, struct telling *t, size_t instances, size_t rebuilds)
{
    struct instance *more_instances = ARENA_ARRAY(rq->arena, t->instance_count + instances, struct instance);
    struct rebuild *more_rebuilds = ARENA_ARRAY(rq->arena, t->rebuild_count + rebuilds, struct rebuild);
    for (size_t i = 0; i < t->instance_count; i++)
        more_instances[i] = t->instances[i];
    for (size_t i = 0; i < t->rebuild_count; i++)
        more_rebuilds[i] = t->rebuilds[i];
    t->instances = more_instances;
    t->rebuilds = more_rebuilds;
    t->instance_first = t->instance_count;
    t->rebuild_first = t->rebuild_count;
}

static void go_through_agent(struct request *rq, const struct move *move, bool apply, const struct moved_item *agent,
                             struct telling *t)
{
    const struct param *seen_from = WITH(agent->id, &move->to.id, &rq->who.user_id, move->from.sharing);
    size_t use_count, slot_count;
    const struct use *uses = query_all(rq->db, SQL_MOVE_USES, seen_from, &moved_use_spec, rq->arena, &use_count);
    const struct custom_slot *slots = query_all(rq->db, SQL_MOVE_CUSTOM_SLOTS, WITH(agent->id, &move->to.id),
                                                &moved_slot_spec, rq->arena, &slot_count);
    t->agent = agent;
    make_room(rq, t, use_count, slot_count);
    go_through_uses(rq, move, apply, uses, use_count, t);
    go_through_slots(rq, apply, slots, slot_count, t);
}

/* Those that something takes the place of, or the others. */
static struct v_rows instances_of(struct request *rq, const struct telling *t, bool reconnected)
{
    struct instance *rows = ARENA_ARRAY(rq->arena, t->instance_count, struct instance);
    size_t n = 0;
    for (size_t i = 0; i < t->instance_count; i++)
        if ((t->instances[i].decision.v == MOVE_REUSE) == reconnected)
            rows[n++] = t->instances[i];
    return SET_ROWS(n, rows);
}

void move_uses(struct request *rq, const struct move *move, bool apply, struct move_outcome *ret)
{
    struct telling t = { .instance_count = 0 };
    for (size_t i = 0; i < move->agent_count; i++)
        go_through_agent(rq, move, apply, &move->agents[i], &t);
    *ret = (struct move_outcome){
        VALUE_SET, instances_of(rq, &t, true), instances_of(rq, &t, false), SET_ROWS(t.rebuild_count, t.rebuilds),
        SET_INT(0),
    };
}
