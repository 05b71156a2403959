#include "fixture_agents.h"

#include "api/agents.h"
#include "api/builds.h"
#include "api/folders.h"
#include "base/clock.h"
#include "limit.h"

/* ---- folders --------------------------------------------------------------------------------------------- */

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

static bool folder_is_misplaced(struct db *db, const struct uuid *id)
{
    QUERY q = query(db, SQL_FOLDER_MISPLACED);
    bind_uuid(&q, id);
    return query_row(&q);
}

bool insert_folder(struct arena *arena, struct db *db, enum section section, const void *row)
{
    struct folder folder = *(const struct folder *)row;
    (void)arena, (void)section;
    folder.updated_at = fixture_updated(folder.updated_at, folder.created_at);
    {
        QUERY q = query(db, SQL_FOLDER_INSERT);
        bind_row(&q, &fixture_folder, &folder);
        if (!query_try(&q))
            return false;
    }
    return !folder_is_misplaced(db, &folder.id.v);
}

/* ---- agents ---------------------------------------------------------------------------------------------- */

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

static const struct field pin_fields[] = {
    FIELD_UUID(struct agent_pin, agent_id, .column = "agent_id", .flags = REQUIRED),
    FIELD_UUID(struct agent_pin, user_id, .column = "user_id", .flags = REQUIRED),
    FIELD_TIME(struct agent_pin, pinned_at, .column = "pinned_at", .fallback = FIRST_INSTANT),
};
const struct spec fixture_agent_pin = SPEC(struct agent_pin, "FixtureAgentPin", pin_fields);

bool insert_agent(struct arena *arena, struct db *db, enum section section, const void *row)
{
    struct stored_agent agent = *(const struct stored_agent *)row;
    (void)arena, (void)section;
    agent.updated_at = fixture_updated(agent.updated_at, agent.created_at);
    if (agent.folder_id.is == VALUE_SET) {
        QUERY q = query(db, SQL_FOLDER_IN_TEAM);
        bind_uuid(&q, &agent.folder_id.v);
        bind_uuid(&q, &agent.team_id.v);
        if (!query_row(&q))
            return false;
    }
    QUERY q = query(db, SQL_AGENT_INSERT);
    bind_row(&q, &fixture_agent, &agent);
    bind_int(&q, clock_ticket());
    return query_try(&q);
}

/* ---- builds ---------------------------------------------------------------------------------------------- */

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

bool insert_build(struct arena *arena, struct db *db, enum section section, const void *row)
{
    struct stored_build build = *(const struct stored_build *)row;
    (void)arena, (void)section;
    build.updated_at = fixture_updated(build.updated_at, build.created_at);
    QUERY q = query(db, SQL_BUILD_INSERT);
    bind_row(&q, &fixture_build, &build);
    return query_try(&q);
}
