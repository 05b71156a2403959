/* Rows of runs: what is stored of them, of what was said and asked, and of scripts. */
#include "api/common.h"
#include "api/run_plan.h"
#include "api/runs.h"
#include "base/clock.h"
#include "base/limit.h"
#include "store/query.h"
#include "store/row_texts.h"

const char *const run_statuses[] = { "pending", "running", "waiting", "completed", "failed", "interrupted", NULL };
const char *const request_types[] = { "approval", "question", NULL };
static const char *const sources[] = { "api", "trigger", "case", "schedule", NULL };

/* ---- runs ------------------------------------------------------------------------------------------------ */

/* Those of a document can be of any course: it is checked where they are taken up. */
#define ROW_FIELDS(F)                                                                                                  \
    F(id, v_uuid, KIND_UUID, .flags = REQUIRED | FIXED),                                                               \
    F(agent_id, v_uuid, KIND_UUID, .flags = REQUIRED | FIXED),                                                         \
    F(build_id, v_uuid, KIND_UUID, .flags = REQUIRED | FIXED),                                                         \
    F(user_id, v_uuid, KIND_UUID, .flags = NULLABLE | FIXED, .doc = "Who started it"),                                 \
    F(run_number, v_int, KIND_INT, .flags = FIXED, .min = 1, .max = PAGE_MAX,                                          \
      .doc = "In its agent; the next one, unless given"),                                                              \
    F(title, v_text, KIND_TEXT, .flags = REQUIRED | FIXED),                                                            \
    F(status, v_enum, KIND_ENUM, .names = run_statuses, .fallback = "\"completed\""),                                  \
    F(source, v_text, KIND_TEXT, .flags = FIXED, .fallback = "\"api\"", .check = check_source),                        \
    F(sandbox_id, v_text, KIND_TEXT, .flags = NULLABLE | FIXED),                                                       \
    F(webhook_url, v_text, KIND_TEXT, .flags = NULLABLE | FIXED),                                                      \
    F(human_in_the_loop_enabled, v_bool, KIND_BOOL, .flags = FIXED, .fallback = "false"),                              \
    F(case_id, v_uuid, KIND_UUID, .flags = NULLABLE | FIXED, .doc = "The case that it works on"),                      \
    F(trigger_id, v_uuid, KIND_UUID, .flags = NULLABLE | FIXED, .doc = "The trigger that started it"),                 \
    F(scripted, v_bool, KIND_BOOL, .fallback = "false", .doc = "Whether the steps are a script's"),                    \
    F(steps, v_json, KIND_JSON, .fallback = "[]", .doc = "What it does, as in a script"),                              \
    F(next_step, v_int, KIND_INT, .fallback = "0", .max = LIMIT_RUN_STEPS, .doc = "How many of them it has taken"),    \
    F(due_at, v_time, KIND_TIME, .flags = NULLABLE, .doc = "When it takes the next; null: when somebody acts"),        \
    F(started_at, v_time, KIND_TIME, .flags = NULLABLE),                                                               \
    F(completed_at, v_time, KIND_TIME, .flags = NULLABLE),                                                             \
    F(created_at, v_time, KIND_TIME, .flags = FIXED, .fallback = FIRST_INSTANT),                                       \
    F(updated_at, v_time, KIND_TIME, .doc = UPDATED_DOC)
#define STORED(m, type, k, ...) FIELD_AT(struct run, m, #m, struct type, k, .column = #m, __VA_ARGS__)
#define SEEDED(m, type, k, ...) FIELD_AT(struct seeded_run, r.m, #m, struct type, k, .column = #m, __VA_ARGS__)

static const char *check_source(struct text source)
{
    return text_index(source, sources) >= 0
               ? NULL : "Invalid option: expected one of \"api\"|\"trigger\"|\"case\"|\"schedule\"";
}

static const struct field row_fields[] = { ROW_FIELDS(STORED) };
const struct spec run_row = SPEC(struct run, "StoredRun", row_fields);

static const struct field seeded_fields[] = {
    ROW_FIELDS(SEEDED),
    FIELD_ROWS(struct seeded_run, messages, .sub = &run_message_row, .doc = "What was said, in order"),
    FIELD_ROWS(struct seeded_run, human_requests, .sub = &human_request_row, .doc = "What it has asked, in order"),
};

static const char *check_seeded(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct seeded_run *run = object;
    return plan_check(arena, run->r.steps.v, ret_path);
}

const struct spec fixture_run = SPEC_WITH(struct seeded_run, "FixtureRun", seeded_fields, .check = check_seeded);

bool run_insert(struct db *db, const struct uuid *team_id, const struct run *run)
{
    return query_insert(db, SQL_RUN_INSERT, &run_row, run, WITH(team_id, clock_ticket()));
}

static bool find_team(struct db *db, const struct run *run, struct uuid *ret)
{
    QUERY q = query_with(db, SQL_RUN_GIVEN_TEAM, WITH(run->agent_id, run->build_id));
    if (!query_row(&q))
        return false;
    *ret = col_uuid(&q, 0);
    return true;
}

bool run_insert_given(struct db *db, const struct run *run)
{
    struct uuid team_id;
    struct run numbered = *run;
    if (numbered.run_number.is != VALUE_SET)
        numbered.run_number = SET_INT(query_number(db, SQL_RUN_NUMBER, WITH(run->agent_id)));
    return find_team(db, run, &team_id) && run_insert(db, &team_id, &numbered);
}

/* ---- messages -------------------------------------------------------------------------------------------- */

#define M struct run_message
static const struct field message_fields[] = {
    FIELD_UUID(M, id, .column = "id", .flags = REQUIRED),
    FIELD_TEXT(M, type, .column = "type", .fallback = "\"text\""),
    FIELD_TEXT(M, role, .column = "role", .fallback = "\"assistant\""),
    FIELD_TIME(M, timestamp, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TEXT(M, text_content, .column = "text_content"),
    FIELD_JSON(M, tool_call, .column = "tool_call"),
    FIELD_JSON(M, tool_result, .column = "tool_result"),
};
#undef M
const struct spec run_message_row = SPEC(struct run_message, "FixtureRunMessage", message_fields);

bool run_message_insert(struct db *db, const struct uuid *run_id, const struct run_message *message)
{
    const struct param *with = WITH(run_id, clock_ticket());
    if (text_eq(message->role.v, T("user"))) /* lists of runs say how many there are */
        db_row_changes(db, LISTED_RUNS, query_number(db, SQL_RUN_ROWID, WITH(run_id)));
    return query_insert(db, SQL_RUN_MESSAGE_INSERT, &run_message_row, message, with);
}

struct v_rows run_messages_of(struct db *db, struct arena *arena, const struct uuid *run_id)
{
    return query_rows(db, SQL_RUN_MESSAGES, WITH(run_id), &run_message_row, arena);
}

/* ---- human requests -------------------------------------------------------------------------------------- */

#define R struct human_request
static const struct field request_fields[] = {
    FIELD_UUID(R, id, .column = "id", .flags = REQUIRED),
    FIELD_ENUM(R, type, .column = "type", .names = request_types, .fallback = "\"approval\""),
    FIELD_TEXT(R, title, .column = "title", .flags = REQUIRED),
    FIELD_TEXT(R, description, .column = "description", .flags = NULLABLE),
    FIELD_JSON(R, questions, .column = "questions"),
    FIELD_TEXT(R, response, .column = "response", .flags = NULLABLE),
    FIELD_TIME(R, responded_at, .column = "responded_at", .flags = NULLABLE),
    FIELD_TIME(R, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
};
#undef R

static const char *check_request(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct human_request *request = object;
    return request->questions.is == VALUE_SET ? questions_check(arena, request->questions.v, ret_path) : NULL;
}

const struct spec human_request_row =
    SPEC_WITH(struct human_request, "FixtureHumanRequest", request_fields, .check = check_request);

bool human_request_insert(struct db *db, const struct uuid *run_id, const struct human_request *request)
{
    const struct param *with = WITH(run_id, clock_ticket());
    return query_insert(db, SQL_HUMAN_REQUEST_INSERT, &human_request_row, request, with);
}

struct v_rows human_requests_of(struct db *db, struct arena *arena, const struct uuid *run_id)
{
    return query_rows(db, SQL_HUMAN_REQUESTS, WITH(run_id), &human_request_row, arena);
}

/* ---- scripts --------------------------------------------------------------------------------------------- */

struct script_match {
    struct v_uuid agent_id;
    struct v_text source, integration_slug;
};

static const struct field match_fields[] = {
    FIELD_UUID(struct script_match, agent_id, .doc = "Runs of this agent"),
    FIELD_TEXT(struct script_match, source, .check = check_source, .example = "\"api\"",
               .doc = "Runs of this source: api, trigger, case, schedule"),
    FIELD_TEXT(struct script_match, integration_slug, .doc = "Runs that a trigger of this integration starts"),
};
static const struct spec script_match = SPEC(struct script_match, "RunMatch", match_fields);

static const struct field script_fields[] = {
    FIELD_UUID(struct run_script, id, .column = "id", .flags = REQUIRED, .doc = "Script ID"),
    FIELD_JSON(struct run_script, match, .column = "match", .fallback = "{}", .sub = &script_match,
               .doc = "The run that it is for; any, unless it says"),
    FIELD_JSON(struct run_script, steps, .column = "steps", .flags = REQUIRED, .doc = "What that run does",
               .example = "[]"),
};

static const char *check_script(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct run_script *script = object;
    return plan_check(arena, script->steps.v, ret_path);
}

const struct spec run_script_row = SPEC_WITH(struct run_script, "RunScript", script_fields, .check = check_script);

/* The same without an id, as a test orders it. */
static const struct field order_fields[] = {
    FIELD_JSON(struct run_script, match, .sub = &script_match, .doc = "The run that it is for; any, unless it says"),
    FIELD_JSON(struct run_script, steps, .flags = REQUIRED,
               .doc = "What that run does: an array of objects with delay_ms, and message, tool_call, file, and status "
                      "or human_request",
               .example = "[{\"delay_ms\": 1000, \"status\": \"running\"}]"),
};
const struct spec run_script_order = SPEC_WITH(struct run_script, "OrderRun", order_fields, .check = check_script);

bool run_script_insert(struct db *db, const struct run_script *script)
{
    return query_insert(db, SQL_RUN_SCRIPT_INSERT, &run_script_row, script, WITH(clock_ticket()));
}
