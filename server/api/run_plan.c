#include "api/run_plan.h"

#include "api/build_config.h"
#include "api/common.h"
#include "base/json.h"
#include "base/limit.h"
#include "space/ids.h"

/* ---- questions ------------------------------------------------------------------------------------------- */

static const struct field option_fields[] = {
    FIELD_TEXT(struct question_option, label, .flags = REQUIRED, .doc = "The answer", .example = "\"Yes\""),
    FIELD_TEXT(struct question_option, description, .doc = "What it means"),
};
static const struct spec option_spec = SPEC(struct question_option, "QuestionOption", option_fields);

#define Q struct question
static const struct field question_fields[] = {
    FIELD_TEXT(Q, question, .flags = REQUIRED, .doc = "The question; answers are given by it"),
    FIELD_TEXT(Q, header, .doc = "A word above it"),
    FIELD_ROWS(Q, options, .sub = &option_spec, .max = LIMIT_ENTRIES, .doc = "Possible answers"),
    FIELD_BOOL(Q, multi_select, .doc = "Whether several can be chosen"),
};
#undef Q
const struct spec question_spec = SPEC(struct question, "Question", question_fields);

/* The shapes that the arrays are read as: each the one member of an object. */
struct array {
    struct v_rows rows;
};

static const struct field questions_fields[] = {
    FIELD_AT(struct array, rows, "questions", struct v_rows, KIND_ROWS, .flags = REQUIRED, .sub = &question_spec,
             .min = 1, .max = LIMIT_RUN_STEPS),
};
static const struct spec questions_spec = SPEC(struct array, "Questions", questions_fields);

/* ---- steps ----------------------------------------------------------------------------------------------- */

#define A struct plan_ask
static const struct field ask_fields[] = {
    FIELD_ENUM(A, type, .names = request_types, .fallback = "\"approval\""),
    FIELD_TEXT(A, title, .flags = REQUIRED, .min = 1, .max = LIMIT_WORD),
    FIELD_TEXT(A, description, .flags = NULLABLE),
    FIELD_JSON(A, questions, .doc = "Of a question"),
};
#undef A

static const char *check_ask(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct plan_ask *ask = object;
    const bool has_questions = ask->questions.is == VALUE_SET;
    *ret_path = T("questions");
    if (ask->type.v == REQUEST_APPROVAL)
        return has_questions ? "An approval has no questions" : NULL;
    return has_questions ? questions_check(arena, ask->questions.v, ret_path) : "Required when type is \"question\"";
}

static const struct spec ask_spec = SPEC_WITH(struct plan_ask, "PlanHumanRequest", ask_fields, .check = check_ask);

#define L struct plan_tool
static const struct field tool_fields[] = {
    FIELD_TEXT(L, name, .flags = REQUIRED, .min = 1, .max = LIMIT_WORD),
    FIELD_JSON(L, arguments, .check = check_json_object),
    FIELD_JSON(L, result, .doc = "What came of it"),
    FIELD_TEXT(L, error, .doc = "Or why nothing did"),
};
#undef L
static const struct spec tool_spec = SPEC(struct plan_tool, "PlanToolCall", tool_fields);

#define F struct plan_file
static const struct field file_fields[] = {
    FIELD_TEXT(F, name, .flags = REQUIRED, .min = 1, .max = LIMIT_WORD),
    FIELD_TEXT(F, content_type, .min = 1, .max = LIMIT_WORD),
    FIELD_INT(F, size, .max = PAGE_MAX),
};
#undef F
static const struct spec file_spec = SPEC(struct plan_file, "PlanFile", file_fields);

#define S struct plan_step
static const struct field step_fields[] = {
    FIELD_INT(S, delay_ms, .fallback = "0", .max = LIMIT_STEP_MS),
    FIELD_TEXT(S, message, .min = 1, .max = LIMIT_WORD),
    FIELD_OBJECT(S, tool_call, struct plan_tool, .sub = &tool_spec),
    FIELD_OBJECT(S, file, struct plan_file, .sub = &file_spec),
    FIELD_OBJECT(S, human_request, struct plan_ask, .sub = &ask_spec),
    FIELD_ENUM(S, status, .names = run_statuses),
};
#undef S

static const char *check_step(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct plan_step *step = object;
    (void)arena;
    *ret_path = T("human_request");
    return step->status.is == VALUE_SET && step->human_request.is == VALUE_SET
               ? "Expected either status or human_request: a run that asks is waiting" : NULL;
}

static const struct spec step_spec = SPEC_WITH(struct plan_step, "PlanStep", step_fields, .check = check_step);

static const struct field steps_fields[] = {
    FIELD_AT(struct array, rows, "steps", struct v_rows, KIND_ROWS, .flags = REQUIRED, .sub = &step_spec,
             .max = LIMIT_RUN_STEPS),
};
static const struct spec steps_spec = SPEC(struct array, "Steps", steps_fields);

/* ---- reading --------------------------------------------------------------------------------------------- */

/* NULL, or the first thing that is wrong with the array. */
static const char *read_array(struct arena *arena, const struct spec *spec, struct text json, struct v_rows *ret,
                              struct text *ret_path)
{
    struct problems problems = problems_new(arena, true, T("\n"));
    struct array array = { .rows = { .is = VALUE_ABSENT } };
    int line, column;
    const struct text whole = text_format(arena, "{\"%s\":%.*s}", spec->fields[0].name, TEXT_ARG(json));
    spec_parse_json(spec, 0, T(""), whole, &problems, &array, &line, &column);
    *ret = array.rows;
    if (!problems.count && !problems.unknown_count)
        return NULL;
    struct text all = problems_text(&problems);
    const struct text first = text_cut(&all, '\n');
    struct text message = first;
    *ret_path = text_cut(&message, ' ');
    return text_cstr(arena, message);
}

struct plan plan_read(struct arena *arena, struct text steps)
{
    struct v_rows rows;
    struct text path;
    read_array(arena, &steps_spec, steps, &rows, &path);
    return (struct plan){ rows.n, rows.v };
}

struct v_rows questions_read(struct arena *arena, struct text questions)
{
    struct v_rows rows;
    struct text path;
    read_array(arena, &questions_spec, questions, &rows, &path);
    return rows;
}

const char *plan_check(struct arena *arena, struct text steps, struct text *ret_path)
{
    struct v_rows rows;
    return read_array(arena, &steps_spec, steps, &rows, ret_path);
}

const char *questions_check(struct arena *arena, struct text questions, struct text *ret_path)
{
    struct v_rows rows;
    return read_array(arena, &questions_spec, questions, &rows, ret_path);
}

/* ---- the mock's own -------------------------------------------------------------------------------------- */

static void put_status(struct json *j, int64_t delay_ms, enum run_status status)
{
    jw_object(j);
    jw_put_int(j, T("delay_ms"), delay_ms);
    jw_put_text(j, T("status"), text_of(run_statuses[status]));
    jw_object_end(j);
}

static void put_request(struct json *j, struct arena *arena, struct text missing)
{
    jw_object(j);
    jw_key(j, T("human_request"));
    jw_object(j);
    jw_put_text(j, T("title"), text_format(arena, "Reconnect %.*s", TEXT_ARG(missing)));
    jw_put_text(j, T("description"),
                text_format(arena, "No usable connection of %.*s: connect or reconnect it, then approve",
                            TEXT_ARG(missing)));
    jw_object_end(j);
    jw_object_end(j);
}

static void put_failure(struct json *j, struct arena *arena, struct text missing)
{
    jw_object(j);
    jw_put_text(j, T("message"), text_format(arena, "No usable connection of %.*s", TEXT_ARG(missing)));
    jw_put_text(j, T("status"), text_of(run_statuses[RUN_FAILED]));
    jw_object_end(j);
}

static void put_own(struct json *j, struct arena *arena, int64_t ms, struct text missing, bool asks)
{
    if (!missing.n)
        put_status(j, ms, RUN_COMPLETED);
    else if (asks)
        put_request(j, arena, missing);
    else
        put_failure(j, arena, missing);
}

struct text plan_own(struct arena *arena, int64_t ms, struct text missing, bool asks)
{
    struct buf b = buf_new(arena, LIMIT_BODY);
    struct json j = jw_new(&b);
    jw_array(&j);
    put_own(&j, arena, ms, missing, asks);
    jw_array_end(&j);
    return buf_text(&b);
}

struct text plan_from_start(struct arena *arena, int64_t start_ms, int64_t ms, struct text missing, bool asks)
{
    struct buf b = buf_new(arena, LIMIT_BODY);
    struct json j = jw_new(&b);
    jw_array(&j);
    put_status(&j, start_ms, RUN_RUNNING);
    put_own(&j, arena, ms, missing, asks);
    jw_array_end(&j);
    return buf_text(&b);
}
