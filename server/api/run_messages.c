/* What is said to runs and by them, and what they ask people. */
#include "api/common.h"
#include "api/handlers.h"
#include "api/publish.h"
#include "api/run_moves.h"
#include "api/run_plan.h"
#include "base/json.h"
#include "base/limit.h"

/* ---- messages -------------------------------------------------------------------------------------------- */

struct message_call {
    struct v_text id, name;
    struct v_json arguments;
};

struct tool_result {
    struct v_text tool_call_id;
    struct v_json result;
    struct v_text error;
};

static const struct field call_fields[] = {
    FIELD_TEXT(struct message_call, id, .flags = REQUIRED, .doc = "ID of the call"),
    FIELD_TEXT(struct message_call, name, .flags = REQUIRED, .doc = "The tool"),
    FIELD_JSON(struct message_call, arguments, .doc = "What it was called with"),
};
static const struct field result_fields[] = {
    FIELD_TEXT(struct tool_result, tool_call_id, .flags = REQUIRED, .doc = "ID of the call"),
    FIELD_JSON(struct tool_result, result, .doc = "What came of it"),
    FIELD_TEXT(struct tool_result, error, .doc = "Why nothing did"),
};
static const struct spec call_spec = SPEC(struct message_call, "ToolCall", call_fields);
static const struct spec result_spec = SPEC(struct tool_result, "ToolResult", result_fields);

#define MESSAGE_FIELDS(S, at)                                                                                          \
    FIELD_AT(S, at id, "id", struct v_uuid, KIND_UUID, .column = "id", .flags = REQUIRED, .doc = "Message ID"),        \
    FIELD_AT(S, at type, "type", struct v_text, KIND_TEXT, .column = "type", .flags = REQUIRED,                        \
             .doc = "text, tool_call or tool_result", .example = "\"text\""),                                          \
    FIELD_AT(S, at role, "role", struct v_text, KIND_TEXT, .column = "role", .flags = REQUIRED,                        \
             .doc = "user, assistant or tool", .example = "\"assistant\""),                                            \
    FIELD_AT(S, at timestamp, "timestamp", struct v_time, KIND_TIME, .column = "created_at", .flags = REQUIRED,        \
             .doc = "When it was said"),                                                                               \
    FIELD_AT(S, at text_content, "text_content", struct v_text, KIND_TEXT, .column = "text_content",                   \
             .doc = "Its text"),                                                                                       \
    FIELD_AT(S, at tool_call, "tool_call", struct v_json, KIND_JSON, .column = "tool_call", .sub = &call_spec,         \
             .doc = "A tool that was called"),                                                                         \
    FIELD_AT(S, at tool_result, "tool_result", struct v_json, KIND_JSON, .column = "tool_result",                      \
             .sub = &result_spec, .doc = "What came of it")
static const struct field message_fields[] = { MESSAGE_FIELDS(struct run_message, ) };
const struct spec run_message_spec = SPEC(struct run_message, "RunMessage", message_fields);
static const struct field message_event_fields[] = {
    MESSAGE_FIELDS(struct run_message_event, m.),
    FIELD_UUID(struct run_message_event, run_id, .flags = REQUIRED),
};
const struct spec run_message_event_spec = SPEC(struct run_message_event, "RunMessageEvent", message_event_fields);

struct messages_query {
    struct page_range page;
};

#define Q struct messages_query
static const struct field messages_query_fields[] = {
    FIELD_AT(Q, page.limit, "limit", struct v_int, KIND_INT, .fallback = "20", .min = 1, .max = 50,
             .doc = "Rows a page"),
    FIELD_AT(Q, page.offset, "offset", struct v_int, KIND_INT, .fallback = "0", .max = PAGE_MAX,
             .doc = "Rows to skip"),
};
#undef Q
const struct spec run_messages_query = SPEC(struct messages_query, "RunMessagesQuery", messages_query_fields);

static const struct field messages_fields[] = {
    LIST_ROWS("messages", run_message_spec, "The page, oldest first"), LIST_PAGE(struct list, "Messages in all"),
};
const struct spec run_messages = SPEC(struct list, "RunMessageList", messages_fields);

enum err run_messages_list(struct request *rq, struct reply *rp)
{
    const struct run_path *path = rq->path;
    const struct messages_query *in = rq->query;
    struct run run = { .id = { .is = VALUE_ABSENT } };
    if (!runs_settle(rq))
        return OK;
    const enum err err = run_find(rq, &path->run_id.v, &run);
    if (err != OK)
        return err;
    return list_page(rq, rp, &in->page, SQL_RUN_MESSAGE_COUNT, SQL_RUN_MESSAGE_PAGE, WITH(run.id), &run_message_spec,
                     NULL);
}

struct message_body {
    struct v_text message;
};

static const struct field message_body_fields[] = {
    FIELD_TEXT(struct message_body, message, .flags = REQUIRED, .min = 1, .max = NO_MAX, .doc = "What is said"),
};
const struct spec run_message_body = SPEC(struct message_body, "PostRunMessage", message_body_fields);

struct message_reply {
    struct run_message message;
};

static const struct field message_reply_fields[] = {
    FIELD_OBJECT(struct message_reply, message, struct run_message, .flags = REQUIRED, .sub = &run_message_spec,
                 .doc = "It"),
};
const struct spec run_message_reply = SPEC(struct message_reply, "RunMessageReply", message_reply_fields);

/* It goes on when it waits, or was over but did not fail. */
enum err run_messages_post(struct request *rq, struct reply *rp)
{
    const struct run_path *path = rq->path;
    const struct message_body *in = rq->input;
    struct message_reply *out = REQUEST_NEW(rq, struct message_reply);
    struct run run = { .id = { .is = VALUE_ABSENT } };
    const enum err err = run_find_to_change(rq, &path->run_id.v, &run);
    if (err != OK)
        return err;
    if (run.status.v == RUN_FAILED)
        return fail(rq, ERR_INVALID, "The run has failed: it cannot go on; start another one");
    out->message = run_say(rq, &run, "user", in->message.v, rq->now);
    if (run.status.v != RUN_PENDING && run.status.v != RUN_RUNNING)
        run_resume(rq, &run);
    rp->object = out;
    return OK;
}

/* ---- answers --------------------------------------------------------------------------------------------- */

struct answer_body {
    struct v_map answers;
    struct v_bool approved;
};

static const struct field answer_fields[] = {
    FIELD_MAP(struct answer_body, answers, .max = LIMIT_ENTRIES,
              .doc = "Of a question: the answers by the question's text"),
    FIELD_BOOL(struct answer_body, approved, .doc = "Of an approval", .example = "true"),
};
const struct spec human_answer_body = SPEC(struct answer_body, "RespondToHumanRequest", answer_fields);

struct answer_reply {
    struct told_request human_request;
};

#define A struct told_request
static const struct field answered_fields[] = {
    FIELD_AT(A, r.id, "id", struct v_uuid, KIND_UUID, .flags = REQUIRED, .doc = "ID of the request"),
    FIELD_UUID(A, run_id, .flags = REQUIRED, .doc = "The run that asked"),
    FIELD_AT(A, r.title, "title", struct v_text, KIND_TEXT, .flags = REQUIRED, .doc = "What it is about"),
    FIELD_AT(A, r.description, "description", struct v_text, KIND_TEXT, .flags = REQUIRED | NULLABLE,
             .doc = "What more there is to know"),
    FIELD_AT(A, r.response, "response", struct v_text, KIND_TEXT, .flags = REQUIRED | NULLABLE,
             .doc = "approved, rejected, or the answers as JSON"),
    FIELD_AT(A, r.responded_at, "responded_at", struct v_time, KIND_TIME, .flags = REQUIRED | NULLABLE,
             .doc = "When it was answered"),
    FIELD_AT(A, r.created_at, "created_at", struct v_time, KIND_TIME, .flags = REQUIRED, .doc = "When it was asked"),
};
#undef A
const struct spec human_request_spec = SPEC(struct told_request, "HumanRequest", answered_fields);
static const struct field answer_reply_fields[] = {
    FIELD_OBJECT(struct answer_reply, human_request, struct told_request, .flags = REQUIRED, .sub = &human_request_spec,
                 .doc = "It"),
};
const struct spec human_answer_reply = SPEC(struct answer_reply, "HumanRequestReply", answer_reply_fields);

struct told_request human_request_tell(const struct run *run, const struct human_request *request)
{
    struct told_request told = { *request, run->id };
    if (told.r.description.is != VALUE_SET)
        told.r.description.is = VALUE_NULL;
    if (told.r.response.is != VALUE_SET)
        told.r.response.is = told.r.responded_at.is = VALUE_NULL;
    return told;
}

static const struct pair *answer_to(const struct v_map *answers, struct text question)
{
    for (size_t i = 0; i < answers->n; i++)
        if (text_eq(answers->v[i].name, question))
            return &answers->v[i];
    return NULL;
}

static bool is_option(const struct question *question, struct text answer)
{
    const struct question_option *options = question->options.v;
    for (size_t i = 0; i < question->options.n; i++)
        if (text_eq(options[i].label.v, answer))
            return true;
    return !question->options.n || question->multi_select.v;
}

/* Each question has an answer, one of its options where it has some and only one can be chosen. */
static enum err check_answers(struct request *rq, const struct human_request *request, const struct v_map *answers)
{
    if (request->questions.is != VALUE_SET)
        return OK;
    const struct v_rows rows = questions_read(rq->arena, request->questions.v);
    const struct question *questions = rows.v;
    for (size_t i = 0; i < rows.n; i++) {
        const struct text asked = questions[i].question.v, name = text_clip(asked, LIMIT_SLUG);
        const struct pair *answer = answer_to(answers, asked);
        if (!answer)
            return fail(rq, ERR_INVALID, "body/answers An answer to \"%.*s\" is missing", TEXT_ARG(name));
        if (!is_option(&questions[i], answer->value))
            return fail(rq, ERR_INVALID, "body/answers The answer to \"%.*s\" is none of its options", TEXT_ARG(name));
    }
    return OK;
}

static enum err take_answer(struct request *rq, struct human_request *request)
{
    const struct answer_body *in = rq->input;
    if (request->type.v == REQUEST_APPROVAL) {
        if (in->approved.is != VALUE_SET)
            return fail(rq, ERR_INVALID, "body/approved Required: the run asks for an approval");
        request->response = SET_TEXT(in->approved.v ? T("approved") : T("rejected"));
        return OK;
    }
    if (in->answers.is != VALUE_SET)
        return fail(rq, ERR_INVALID, "body/answers Required: the run asks questions");
    struct buf b = buf_new(rq->arena, LIMIT_LARGE_BODY);
    struct json j = jw_new(&b);
    jw_object(&j);
    for (size_t i = 0; i < in->answers.n; i++)
        jw_put_text(&j, in->answers.v[i].name, in->answers.v[i].value);
    jw_object_end(&j);
    request->response = SET_TEXT(buf_text(&b));
    return check_answers(rq, request, &in->answers);
}

/* The path's request, which the run waits for. */
static enum err find_request(struct request *rq, struct run *run, struct human_request *ret)
{
    const struct run_path *path = rq->path;
    const struct param *key = WITH(&path->run_id.v, &path->request_id.v);
    struct human_request pending = { .id = { .is = VALUE_ABSENT } };
    const enum err err = run_find_to_change(rq, &path->run_id.v, run);
    if (err != OK)
        return err;
    if (!query_get(rq->db, SQL_HUMAN_REQUEST_GET, key, &human_request_row, rq->arena, ret))
        return ERR_HUMAN_REQUEST_NOT_FOUND;
    if (run->status.v != RUN_WAITING)
        return fail(rq, ERR_INVALID, "The run is not waiting: it is %s", run_statuses[run->status.v]);
    if (!human_request_pending(rq, &run->id.v, &pending) || !uuid_eq(&pending.id.v, &ret->id.v))
        return fail(rq, ERR_INVALID, "The run does not wait for this any more");
    return OK;
}

enum err human_requests_respond(struct request *rq, struct reply *rp)
{
    struct answer_reply *out = REQUEST_NEW(rq, struct answer_reply);
    struct human_request request = { .id = { .is = VALUE_ABSENT } };
    struct run run = { .id = { .is = VALUE_ABSENT } };
    enum err err = find_request(rq, &run, &request);
    if (err == OK)
        err = take_answer(rq, &request);
    if (err != OK)
        return err;
    request.responded_at = SET_TIME(rq->now);
    query_change(rq->db, SQL_HUMAN_REQUEST_ANSWER, WITH(request.id, request.response, rq->now));
    publish_human_request(rq, EVENT_HUMAN_REQUEST_RESPONDED, &run, &request, rq->now);
    if (text_eq(request.response.v, T("rejected")))
        run_fail(rq, &run, text_format(rq->arena, "Rejected: %.*s", TEXT_ARG(request.title.v)));
    else
        run_resume(rq, &run);
    out->human_request = human_request_tell(&run, &request);
    rp->object = out;
    return OK;
}
