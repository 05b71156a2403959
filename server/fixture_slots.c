#include "fixture_slots.h"

#include "api/slots.h"
#include "limit.h"

const char *const trigger_kinds[] = { "slack_mention", "slack_channel", "teams_mention", NULL };

static const struct field queue_fields[] = {
    FIELD_UUID(struct queue, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(struct queue, team_id, .column = "team_id", .flags = REQUIRED),
    FIELD_TEXT(struct queue, name, .column = "name", .flags = REQUIRED, .min = 1, .max = LIMIT_NAME),
    FIELD_TIME(struct queue, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
};
const struct spec fixture_queue = SPEC(struct queue, "FixtureQueue", queue_fields);

#define S struct stored_slot
static const struct field slot_fields[] = {
    FIELD_UUID(S, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(S, build_id, .column = "build_id", .flags = REQUIRED),
    FIELD_UUID(S, integration_id, .column = "integration_id", .doc = "Of the catalog; or else:"),
    FIELD_UUID(S, custom_integration_id, .column = "custom_integration_id", .doc = "The team's own"),
    FIELD_TIME(S, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
};
#undef S

static const char *check_slot(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct stored_slot *slot = object;
    (void)arena;
    *ret_path = T("integration_id");
    return (slot->integration_id.is == VALUE_SET) == (slot->custom_integration_id.is == VALUE_SET)
               ? "Expected either integration_id or custom_integration_id" : NULL;
}

const struct spec fixture_slot = SPEC_WITH(struct stored_slot, "FixtureSlot", slot_fields, .check = check_slot);

static const struct field pin_fields[] = {
    FIELD_UUID(struct pin, connection_id, .column = "connection_id", .flags = REQUIRED),
    FIELD_UUID(struct pin, slot_id, .column = "slot_id", .flags = REQUIRED),
    FIELD_UUID(struct pin, user_id, .column = "user_id", .flags = REQUIRED),
    FIELD_TIME(struct pin, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
};
const struct spec fixture_pin = SPEC(struct pin, "FixturePin", pin_fields);

static const struct field slot_queue_fields[] = {
    FIELD_UUID(struct slot_queue, slot_id, .column = "slot_id", .flags = REQUIRED),
    FIELD_UUID(struct slot_queue, queue_id, .column = "queue_id", .flags = REQUIRED),
};
const struct spec fixture_slot_queue = SPEC(struct slot_queue, "FixtureSlotQueue", slot_queue_fields);

#define T_ struct trigger
static const struct field trigger_fields[] = {
    FIELD_UUID(T_, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(T_, agent_id, .column = "agent_id", .flags = REQUIRED, .doc = "What it starts"),
    FIELD_UUID(T_, connection_id, .column = "connection_id", .flags = REQUIRED, .doc = "Through what it hears"),
    FIELD_UUID(T_, user_id, .column = "user_id", .flags = REQUIRED, .doc = "Whose it is"),
    FIELD_ENUM(T_, kind, .column = "kind", .flags = REQUIRED, .names = trigger_kinds),
    FIELD_TIME(T_, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
};
#undef T_
const struct spec fixture_trigger = SPEC(struct trigger, "FixtureTrigger", trigger_fields);

bool insert_in_team(struct arena *arena, struct db *db, enum section section, const void *row)
{
    (void)arena;
    QUERY q = query(db, section_kinds[section].insert);
    bind_row(&q, section_kinds[section].spec, row);
    return query_try(&q) && query_changes(&q) == 1;
}
