#include "api/run_moves.h"

#include "api/case_runs.h"
#include "api/publish.h"
#include "api/run_calls.h"
#include "api/run_plan.h"
#include "api/schedule_runs.h"
#include "base/json.h"
#include "base/limit.h"
#include "cli/config.h"
#include "request/route.h"
#include "space/events.h"
#include "space/ids.h"
#include "store/query.h"
#include "store/rare.h"

/* ---- saying and asking ----------------------------------------------------------------------------------- */

struct run_message run_say(struct request *rq, const struct run *run, const char *role, struct text text, int64_t at)
{
    const struct run_message message = {
        .id = SET_UUID(id_new(rq, "run_message")),
        .type = SET_TEXT(T("text")),
        .role = SET_TEXT(text_of(role)),
        .timestamp = SET_TIME(at),
        .text_content = SET_TEXT(text),
    };
    run_message_insert(rq->db, &run->id.v, &message);
    publish_run_message(rq, run, &message);
    return message;
}

static struct run_message message_of_tool(struct request *rq, const char *type, const char *role, int64_t at)
{
    return (struct run_message){
        .id = SET_UUID(id_new(rq, "run_message")),
        .type = SET_TEXT(text_of(type)),
        .role = SET_TEXT(text_of(role)),
        .timestamp = SET_TIME(at),
    };
}

static void keep_message(struct request *rq, const struct run *run, const struct run_message *message)
{
    run_message_insert(rq->db, &run->id.v, message);
    publish_run_message(rq, run, message);
}

static struct v_json call_of(struct request *rq, struct text id, const struct plan_tool *tool)
{
    struct buf b = buf_new(rq->arena, LIMIT_LARGE_BODY);
    struct json j = jw_new(&b);
    jw_object(&j);
    jw_put_text(&j, T("id"), id);
    jw_put_text(&j, T("name"), tool->name.v);
    if (tool->arguments.is == VALUE_SET) {
        jw_key(&j, T("arguments"));
        jw_raw(&j, tool->arguments.v);
    }
    jw_object_end(&j);
    return (struct v_json){ VALUE_SET, buf_text(&b) };
}

static struct v_json result_of(struct request *rq, struct text id, const struct plan_tool *tool)
{
    struct buf b = buf_new(rq->arena, LIMIT_LARGE_BODY);
    struct json j = jw_new(&b);
    jw_object(&j);
    jw_put_text(&j, T("tool_call_id"), id);
    if (tool->result.is == VALUE_SET) {
        jw_key(&j, T("result"));
        jw_raw(&j, tool->result.v);
    }
    if (tool->error.is == VALUE_SET)
        jw_put_text(&j, T("error"), tool->error.v);
    jw_object_end(&j);
    return (struct v_json){ VALUE_SET, buf_text(&b) };
}

/* A call of a tool, and what came of it: two messages, and an event that has both. */
static void call_tool(struct request *rq, const struct run *run, const struct plan_tool *tool, int64_t at)
{
    struct run_message call = message_of_tool(rq, "tool_call", "assistant", at);
    const struct text id = uuid_text(rq->arena, &call.id.v);
    call.tool_call = call_of(rq, id, tool);
    keep_message(rq, run, &call);
    struct run_message result = message_of_tool(rq, "tool_result", "tool", at);
    result.tool_result = result_of(rq, id, tool);
    keep_message(rq, run, &result);
    call.tool_result = result.tool_result;
    publish_tool_call(rq, run, &call);
}

/* The mock has no files of runs: the event is all that there is of one. */
static void make_file(struct request *rq, const struct run *run, const struct plan_file *file, int64_t at)
{
    const struct run_file made = {
        .id = SET_UUID(id_new(rq, "run_file")),
        .run_id = run->id,
        .name = file->name,
        .content_type = { file->content_type.is == VALUE_SET ? VALUE_SET : VALUE_NULL, file->content_type.v },
        .size = { file->size.is == VALUE_SET ? VALUE_SET : VALUE_NULL, file->size.v },
        .created_at = SET_TIME(at),
    };
    publish_run_file(rq, run, &made);
}

static struct human_request ask(struct request *rq, const struct run *run, const struct plan_ask *what, int64_t at)
{
    const struct human_request request = {
        .id = SET_UUID(id_new(rq, "human_request")),
        .type = what->type,
        .title = what->title,
        .description = what->description,
        .questions = what->questions,
        .created_at = SET_TIME(at),
    };
    human_request_insert(rq->db, &run->id.v, &request);
    return request;
}

/* ---- states ---------------------------------------------------------------------------------------------- */

bool run_is_active(const struct run *run)
{
    return run->status.v == RUN_PENDING || run->status.v == RUN_RUNNING || run->status.v == RUN_WAITING;
}

/* A case is claimed by the run that works on it, and ends as it does; an interrupted run gives it back. */
static void move_case(struct request *rq, const struct run *run, int64_t at)
{
    static const char *const words[] = {
        [RUN_RUNNING] = "claimed", [RUN_WAITING] = "claimed", [RUN_COMPLETED] = "completed",
        [RUN_FAILED] = "failed", [RUN_INTERRUPTED] = "pending",
    };
    const char *word = words[run->status.v];
    if (run->case_id.is != VALUE_SET || !word)
        return;
    const bool back = run->status.v == RUN_INTERRUPTED;
    const struct v_uuid by = { back ? VALUE_NULL : VALUE_SET, run->id.v };
    if (!query_change(rq->db, SQL_CASE_MOVE, WITH(run->case_id, text_of(word), by, at, run->id)))
        return;
    if (run->status.v == RUN_RUNNING || run->status.v == RUN_WAITING)
        publish_case(rq, EVENT_QUEUE_CASE_CLAIMED, &run->case_id.v, at);
    if (run->status.v == RUN_COMPLETED)
        publish_case(rq, EVENT_QUEUE_CASE_COMPLETED, &run->case_id.v, at);
}

static void enter(struct request *rq, struct run *run, enum run_status status, int64_t at)
{
    const bool changes = run->status.v != (int)status;
    const bool first = status == RUN_RUNNING && run->started_at.is != VALUE_SET;
    run->status = (struct v_enum){ VALUE_SET, (int)status };
    run->updated_at = SET_TIME(at);
    if (first)
        run->started_at = SET_TIME(at);
    run->completed_at = (struct v_time){ run_is_active(run) ? VALUE_NULL : VALUE_SET, at };
    if (changes || first)
        publish_run(rq, run, first, at);
    move_case(rq, run, at);
    run_call(rq, run);
}

/* The time of the next step: a run that waits, or is over, has none until somebody acts. */
static void schedule(struct run *run, const struct plan *plan, int64_t at)
{
    const size_t next = (size_t)run->next_step.v;
    const bool moves = run->status.v == RUN_PENDING || run->status.v == RUN_RUNNING;
    run->due_at = (struct v_time){ .is = VALUE_NULL };
    if (moves && next < plan->n)
        run->due_at = SET_TIME(at + plan->v[next].delay_ms.v);
}

/* Whoever hears of the run hears of its next step in time: subscriptions, and the URL that it calls itself. */
static void expect_step(struct request *rq, const struct run *run)
{
    const bool calls = run->webhook_url.is == VALUE_SET;
    if (run->due_at.is == VALUE_SET && (calls || rare_may_be(rq->db, RARE_WEBHOOKS)))
        events_expect(rq);
}

static void save(struct request *rq, const struct run *run)
{
    query_store(rq->db, SQL_RUN_UPDATE, &run_row, run, NULL);
    expect_step(rq, run);
}

/* Others wait for the place of one that has ended. */
static void leave_place(struct request *rq, const struct run *run, int64_t at)
{
    if (!run_is_active(run) && text_eq(run->source.v, T("case")))
        cases_hand_out_to(rq, &run->agent_id.v, at);
}

/* ---- with time ------------------------------------------------------------------------------------------- */

static void take_step(struct request *rq, struct run *run, const struct plan_step *step, int64_t at)
{
    run->next_step.v++;
    run->updated_at = SET_TIME(at);
    if (step->message.is == VALUE_SET)
        run_say(rq, run, "assistant", step->message.v, at);
    if (step->tool_call.is == VALUE_SET)
        call_tool(rq, run, &step->tool_call, at);
    if (step->file.is == VALUE_SET)
        make_file(rq, run, &step->file, at);
    if (step->human_request.is == VALUE_SET) {
        const struct human_request request = ask(rq, run, &step->human_request, at);
        publish_human_request(rq, EVENT_HUMAN_REQUEST_CREATED, run, &request, at);
        enter(rq, run, RUN_WAITING, at);
    }
    if (step->status.is == VALUE_SET)
        enter(rq, run, (enum run_status)step->status.v, at);
}

/* The steps of one run that are due at its due time: others' come in between those of later times. */
static void move(struct request *rq, struct run *run)
{
    const struct plan plan = plan_read(rq->arena, run->steps.v);
    const int64_t at = run->due_at.v;
    while (run->due_at.is == VALUE_SET && run->due_at.v == at) {
        if ((size_t)run->next_step.v >= plan.n) {
            run->due_at = (struct v_time){ .is = VALUE_NULL }; /* a document can say what does not fit */
            break;
        }
        take_step(rq, run, &plan.v[run->next_step.v], at);
        schedule(run, &plan, at);
    }
    save(rq, run);
    leave_place(rq, run, at);
}

static bool find_due(struct request *rq, struct run *ret)
{
    *ret = (struct run){ .id = { .is = VALUE_ABSENT } };
    return query_get(rq->db, SQL_RUN_DUE, WITH(rq->now), &run_row, rq->arena, ret);
}

/* What is due first; false when nothing is. */
static bool settle_next(struct request *rq, size_t *started)
{
    struct run run;
    struct due_schedule schedule;
    const bool moves = find_due(rq, &run), starts = schedule_find_due(rq, &schedule);
    if (moves && !(starts && schedule.at <= run.due_at.v))
        move(rq, &run);
    else if (starts && *started == LIMIT_SCHEDULED_RUNS)
        schedules_skip(rq);
    else if (starts) {
        schedule_start(rq, &schedule);
        ++*started;
    }
    return moves || starts;
}

static bool a_run_is_due(struct request *rq)
{
    return rare_may_be(rq->db, RARE_RUNS_DUE) && query_finds(rq->db, SQL_RUN_IS_DUE, WITH(rq->now));
}

bool runs_settle(struct request *rq)
{
    size_t started = 0;
    if (!a_run_is_due(rq) && !schedules_await(rq))
        return true;
    if (request_as_write(rq))
        return false;
    schedules_plan_old(rq);
    while (!db_error(rq->db) && settle_next(rq, &started))
        ;
    return true;
}

int64_t runs_next_due(struct request *rq)
{
    const int64_t moves = query_number(rq->db, SQL_RUN_NEXT_DUE, NULL), starts = schedules_next_due(rq);
    return moves < 0 || (starts >= 0 && starts < moves) ? starts : moves;
}

/* ---- connections ----------------------------------------------------------------------------------------- */

static struct text first_characters(struct text text, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        const bool begins = ((unsigned char)text.p[i] & 0xC0) != 0x80;
        if (begins && n++ == max)
            return text_clip(text, i);
    }
    return text;
}

/* Who the run acts for, and with whose connections; false when the agent is gone. */
static bool find_actor(struct request *rq, const struct run *run, struct actor *ret)
{
    QUERY q = query_with(rq->db, SQL_RUN_TEAM, WITH(run->agent_id));
    if (!query_row(&q))
        return false;
    *ret = (struct actor){ .user_id = run->user_id.v, .team_id = col_uuid(&q, 0), .sharing = col_int(&q, 1) };
    return true;
}

/* The integrations of the build for which the person has no usable connection, by name: what is said of them has to be
 * a message. *ret_asks: one of the others asks people. */
static struct text missing_of(struct request *rq, const struct uuid *build_id, const struct actor *actor,
                              bool *ret_asks)
{
    struct buf names = buf_new(rq->arena, LIMIT_BODY);
    *ret_asks = false;
    QUERY q = query_with(rq->db, SQL_RUN_SLOTS, WITH(build_id, &actor->user_id, actor->sharing));
    while (query_row(&q)) {
        const struct uuid slot_id = col_uuid(&q, 0);
        struct uuid connection;
        *ret_asks |= col_int(&q, 2);
        if (!text_eq(col_text(&q, 3), T("default")) && !usable_connection(rq->db, &slot_id, actor, &connection))
            buf_addf(&names, "%s%.*s", names.n ? ", " : "", TEXT_ARG(col_text(&q, 1)));
    }
    return first_characters(buf_text(&names), LIMIT_RUN_MISSING);
}

/* From the moment when it goes on. */
static struct text own_plan(struct request *rq, const struct run *run)
{
    struct actor actor;
    bool asks;
    const struct text missing =
        find_actor(rq, run, &actor) ? missing_of(rq, &run->build_id.v, &actor, &asks) : T("");
    return plan_own(rq->arena, rq->config->run_running_ms, missing, run->human_in_the_loop_enabled.v);
}

/* ---- beginning ------------------------------------------------------------------------------------------- */

/* The first script that fits is used up. */
static bool take_script(struct request *rq, const struct run_start *start, struct run *run)
{
    const struct text agent = uuid_text(rq->arena, &start->agent_id);
    struct run_script script = { .id = { .is = VALUE_ABSENT } };
    const struct v_text slug = { start->integration_slug.p ? VALUE_SET : VALUE_NULL, start->integration_slug };
    const struct param *with = WITH(agent, start->source, slug);
    if (!query_get(rq->db, SQL_RUN_SCRIPT_NEXT, with, &run_script_row, rq->arena, &script))
        return false;
    query_change(rq->db, SQL_RUN_SCRIPT_DELETE, WITH(script.id));
    run->scripted = SET_BOOL(true);
    run->steps = script.steps;
    return true;
}

static void plan_start(struct request *rq, const struct run_start *start, struct run *run, struct text missing,
                       struct text *ret_missing)
{
    const struct config *config = rq->config;
    run->scripted = SET_BOOL(false);
    run->steps = (struct v_json){ VALUE_SET, T("[]") };
    run->next_step = SET_INT(0);
    run->due_at = (struct v_time){ .is = VALUE_NULL };
    if (take_script(rq, start, run)) {
        const struct plan plan = plan_read(rq->arena, run->steps.v);
        schedule(run, &plan, start->at);
    } else if (config->runs == RUNS_AUTO) {
        run->steps.v = plan_from_start(rq->arena, config->run_pending_ms, config->run_running_ms, missing,
                                       run->human_in_the_loop_enabled.v);
        run->due_at = SET_TIME(start->at + config->run_pending_ms);
        *ret_missing = missing;
    }
}

static struct v_text optional(struct text text)
{
    return (struct v_text){ text.p ? VALUE_SET : VALUE_NULL, text };
}

/* The live build of the agent, and what the run has of the two; *ret: the agent's team. */
static bool take_build(struct request *rq, const struct run_start *start, struct run *run, struct uuid *ret)
{
    QUERY q = query_with(rq->db, SQL_RUN_BUILD, WITH(&start->agent_id));
    if (!query_row(&q))
        return false;
    run->build_id = SET_UUID(col_uuid(&q, 0));
    run->run_number = SET_INT(col_int(&q, 1));
    run->title = SET_TEXT(start->message.n ? first_characters(start->message, LIMIT_RUN_TITLE)
                                           : text_copy(rq->arena, col_text(&q, 2)));
    *ret = col_uuid(&q, 3);
    return !start->actor || uuid_eq(ret, &start->actor->team_id);
}

static enum err no_build(struct request *rq, const struct run_start *start)
{
    if (start->actor && !query_finds(rq->db, SQL_AGENT_IN_TEAM, WITH(&start->agent_id, &start->actor->team_id)))
        return ERR_AGENT_NOT_FOUND;
    return fail(rq, ERR_INVALID, "The agent has no live revision that could run");
}

/* What it is to do, and with what; false when its agent is of no team. */
static bool prepare(struct request *rq, const struct run_start *start, struct run *run, struct text *ret_missing)
{
    struct actor found;
    bool asks;
    const struct actor *actor = start->actor;
    if (!actor && find_actor(rq, run, &found))
        actor = &found;
    if (!actor)
        return false;
    const struct text missing = missing_of(rq, &run->build_id.v, actor, &asks);
    run->human_in_the_loop_enabled = SET_BOOL(asks);
    plan_start(rq, start, run, missing, ret_missing);
    return true;
}

enum err run_begin(struct request *rq, const struct run_start *start, struct run *ret, struct text *ret_missing)
{
    struct uuid team_id;
    *ret_missing = T("");
    *ret = (struct run){
        .id = SET_UUID(id_new(rq, "run")),
        .agent_id = SET_UUID(start->agent_id),
        .user_id = SET_UUID(start->user_id),
        .status = { VALUE_SET, RUN_PENDING },
        .source = SET_TEXT(start->source),
        .sandbox_id = optional(start->sandbox_id),
        .webhook_url = optional(start->webhook_url),
        .case_id = start->case_id,
        .trigger_id = start->trigger_id,
        .started_at = { .is = VALUE_NULL },
        .completed_at = { .is = VALUE_NULL },
        .created_at = SET_TIME(start->at),
        .updated_at = SET_TIME(start->at),
    };
    if (!take_build(rq, start, ret, &team_id))
        return no_build(rq, start);
    if (!prepare(rq, start, ret, ret_missing) || !run_insert(rq->db, &team_id, ret))
        return ERR_INTERNAL;
    expect_step(rq, ret);
    if (start->message.n)
        run_say(rq, ret, "user", start->message, start->at);
    query_change(rq->db, SQL_RUN_TOUCH_AGENT, WITH(&start->agent_id, start->at));
    return OK;
}

/* ---- by people ------------------------------------------------------------------------------------------- */

static void end(struct request *rq, struct run *run, enum run_status status)
{
    enter(rq, run, status, rq->now);
    run->due_at = (struct v_time){ .is = VALUE_NULL };
    save(rq, run);
    leave_place(rq, run, rq->now);
}

void run_interrupt(struct request *rq, struct run *run)
{
    end(rq, run, RUN_INTERRUPTED);
}

void runs_interrupt_of(struct request *rq, const struct uuid *agent_id)
{
    size_t n;
    struct run *runs = query_all(rq->db, SQL_RUN_ACTIVE_OF_AGENT, WITH(agent_id), &run_row, rq->arena, &n);
    for (size_t i = 0; i < n; i++)
        run_interrupt(rq, &runs[i]);
}

void run_fail(struct request *rq, struct run *run, struct text message)
{
    run_say(rq, run, "assistant", message, rq->now);
    end(rq, run, RUN_FAILED);
}

/* What is left of a script goes on; else the mock decides anew. */
void run_resume(struct request *rq, struct run *run)
{
    struct plan plan = plan_read(rq->arena, run->steps.v);
    enter(rq, run, RUN_RUNNING, rq->now);
    if ((size_t)run->next_step.v >= plan.n || !run->scripted.v) {
        const bool own = rq->config->runs == RUNS_AUTO;
        run->steps.v = own ? own_plan(rq, run) : T("[]");
        run->scripted = SET_BOOL(false);
        run->next_step = SET_INT(0);
        plan = plan_read(rq->arena, run->steps.v);
    }
    schedule(run, &plan, rq->now);
    save(rq, run);
}
