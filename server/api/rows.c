#include "api/rows.h"

#include "api/agents.h"
#include "api/builds.h"
#include "api/folders.h"
#include "api/slots.h"
#include "base/limit.h"

#define F struct folder
static const struct field folder_fields[] = {
    FIELD_UUID(F, id, .column = "id", .flags = REQUIRED),
    FIELD_TEXT(F, name, .column = "name", .flags = REQUIRED, .min = 1, .max = LIMIT_FOLDER_NAME),
    FIELD_UUID(F, team_id, .column = "team_id", .flags = REQUIRED),
    FIELD_UUID(F, parent_folder_id, .column = "parent_folder_id", .flags = NULLABLE),
    FIELD_TIME(F, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(F, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
};
#undef F
const struct spec fixture_folder = SPEC(struct folder, "FixtureFolder", folder_fields);

#define A struct stored_agent
static const struct field agent_fields[] = {
    FIELD_UUID(A, id, .column = "id", .flags = REQUIRED),
    FIELD_TEXT(A, name, .column = "name", .flags = REQUIRED, .min = 1, .max = LIMIT_NAME),
    FIELD_UUID(A, team_id, .column = "team_id", .flags = REQUIRED),
    FIELD_BOOL(A, slack_enabled, .column = "slack_enabled", .flags = NULLABLE),
    FIELD_BOOL(A, microsoft_teams_enabled, .column = "microsoft_teams_enabled", .flags = NULLABLE),
    FIELD_BOOL(A, agentic_memory_enabled, .column = "agentic_memory_enabled", .flags = NULLABLE),
    FIELD_UUID(A, thread_id, .column = "thread_id", .flags = NULLABLE),
    FIELD_UUID(A, folder_id, .column = "folder_id", .flags = NULLABLE),
    FIELD_UUID(A, automation_id, .column = "automation_id", .flags = NULLABLE),
    FIELD_TIME(A, last_run_at, .column = "last_run_at", .flags = NULLABLE),
    FIELD_UUID(A, created_by, .column = "created_by", .flags = NULLABLE),
    FIELD_UUID(A, updated_by, .column = "updated_by", .flags = NULLABLE),
    FIELD_TIME(A, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(A, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
};
#undef A
const struct spec fixture_agent = SPEC(struct stored_agent, "FixtureAgent", agent_fields);

static const struct field agent_pin_fields[] = {
    FIELD_UUID(struct agent_pin, agent_id, .column = "agent_id", .flags = REQUIRED),
    FIELD_UUID(struct agent_pin, user_id, .column = "user_id", .flags = REQUIRED),
    FIELD_TIME(struct agent_pin, pinned_at, .column = "pinned_at", .fallback = FIRST_INSTANT),
};
const struct spec fixture_agent_pin = SPEC(struct agent_pin, "FixtureAgentPin", agent_pin_fields);

const char *const build_statuses[] = { "draft", "live", "historic", NULL };

#define B struct stored_build
static const struct field build_fields[] = {
    FIELD_UUID(B, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(B, agent_id, .column = "agent_id", .flags = REQUIRED),
    FIELD_INT(B, revision_number, .column = "revision_number", .flags = REQUIRED, .min = 1, .max = INT32_MAX),
    FIELD_TEXT(B, name, .column = "name", .flags = REQUIRED, .min = 1, .max = LIMIT_NAME),
    FIELD_TEXT(B, revision_name, .column = "revision_name", .flags = NULLABLE, .min = 1,
               .max = LIMIT_REVISION_NAME),
    FIELD_TEXT(B, revision_description, .column = "revision_description", .flags = NULLABLE,
               .max = LIMIT_REVISION_DESCRIPTION),
    FIELD_JSON(B, config, .column = "config", .flags = NULLABLE, .max = LIMIT_CONFIG, .check = check_json_object),
    FIELD_UUIDS(B, handover_target_ids, .column = "handover_target_ids", .flags = NULLABLE, .max = LIMIT_HANDOVERS),
    FIELD_ENUM(B, status, .column = "status", .fallback = "\"draft\"", .names = build_statuses),
    FIELD_UUID(B, parent_build_id, .column = "parent_build_id", .flags = NULLABLE),
    FIELD_UUID(B, created_by, .column = "created_by", .flags = NULLABLE),
    FIELD_TIME(B, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(B, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
};
#undef B
const struct spec fixture_build = SPEC(struct stored_build, "FixtureBuild", build_fields);

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

static const struct field build_secret_fields[] = {
    FIELD_UUID(struct build_secret, build_id, .column = "build_id", .flags = REQUIRED),
    FIELD_UUID(struct build_secret, secret_id, .column = "secret_id", .flags = REQUIRED),
};
const struct spec fixture_build_secret = SPEC(struct build_secret, "FixtureBuildSecret", build_secret_fields);
