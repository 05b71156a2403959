#include "api/suggestions.h"

#include "api/agent_path.h"
#include "api/build_config.h"
#include "api/builds.h"
#include "api/common.h"
#include "api/handlers.h"
#include "api/slots.h"
#include "base/clock.h"
#include "base/limit.h"

/* ---- payloads -------------------------------------------------------------------------------------------- */

enum type { TYPE_ADD, TYPE_REPLACE, TYPE_REMOVE };
static const char *const types[] = { "connection_add", "connection_replace", "connection_remove", NULL };

struct payload {
    struct v_text slug, fromSlug, toSlug;
    struct v_uuid toIntegrationId;
};

#define P struct payload
#define SLUG(m, about)                                                                                                 \
    FIELD_TEXT(P, m, .flags = REQUIRED, .min = 1, .max = LIMIT_WORD, .doc = (about), .example = "\"slack\"")
#define TO                                                                                                             \
    SLUG(toSlug, "Type of the integration to add"),                                                                    \
    FIELD_UUID(P, toIntegrationId, .flags = REQUIRED, .doc = "Its ID in the catalog")
static const struct field add_fields[] = { TO };
static const struct field replace_fields[] = { SLUG(fromSlug, "Type of the integration to remove"), TO };
static const struct field remove_fields[] = { SLUG(slug, "Type of the integration to remove") };
#undef P
static const struct spec add_payload = SPEC(struct payload, "SuggestionToAdd", add_fields);
static const struct spec replace_payload = SPEC(struct payload, "SuggestionToReplace", replace_fields);
static const struct spec remove_payload = SPEC(struct payload, "SuggestionToRemove", remove_fields);
static const struct spec *const payloads[] = { &add_payload, &replace_payload, &remove_payload };

/* NULL, or what is wrong with the member in *ret_path. */
static const char *read_payload(struct arena *arena, const struct suggestion *s, struct payload *ret,
                                struct text *ret_path)
{
    struct problems problems = problems_new(arena, true, T("\n"));
    int line, column;
    spec_parse_json(payloads[s->type.v], 0, T("payload"), s->payload.v, &problems, ret, &line, &column);
    if (!problems.count)
        return NULL;
    struct text all = problems_text(&problems), message = text_cut(&all, '\n');
    *ret_path = text_cut(&message, ' ');
    return text_cstr(arena, message);
}

/* ---- what is stored -------------------------------------------------------------------------------------- */

enum { STATUS_PENDING, STATUS_CONSUMED, STATUS_REJECTED };
static const char *const statuses[] = { "pending", "consumed", "rejected", "superseded", NULL };
static const char *const generators[] = { "connection_llm", "eval", "dreaming", NULL };

#define S struct suggestion
static const struct field row_fields[] = {
    FIELD_UUID(S, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(S, agent_id, .column = "agent_id", .flags = REQUIRED),
    FIELD_ENUM(S, type, .column = "type", .flags = REQUIRED, .names = types),
    FIELD_JSON(S, payload, .column = "payload", .flags = REQUIRED, .check = check_json_object,
               .doc = "toSlug and toIntegrationId, fromSlug too, or slug alone, by the type"),
    FIELD_ENUM(S, status, .column = "status", .names = statuses, .fallback = "\"pending\""),
    FIELD_ENUM(S, generated_by, .column = "generated_by", .names = generators, .fallback = "\"connection_llm\""),
    FIELD_TEXT(S, title, .column = "title", .flags = REQUIRED, .min = 1, .max = NO_MAX),
    FIELD_TEXT(S, description, .column = "description", .fallback = "\"\""),
    FIELD_TEXT(S, dedup_key, .column = "dedup_key", .fallback = "\"\""),
    FIELD_UUIDS(S, source_run_ids, .column = "source_run_ids", .flags = REQUIRED, .min = 1, .max = LIMIT_ENTRIES,
                .doc = "Runs of the agent that have shown it"),
    FIELD_TIME(S, resolved_at, .column = "resolved_at", .flags = NULLABLE),
    FIELD_UUID(S, resolved_by_user_id, .column = "resolved_by_user_id", .flags = NULLABLE),
    FIELD_TEXT(S, superseded_reason, .column = "superseded_reason", .flags = NULLABLE),
    FIELD_UUID(S, superseded_by_suggestion_id, .column = "superseded_by_suggestion_id", .flags = NULLABLE),
    FIELD_TIME(S, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(S, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
};
#undef S

static const char *check_row(struct arena *arena, const void *object, struct text *ret_path)
{
    struct payload payload = { .slug = { .is = VALUE_ABSENT } };
    return read_payload(arena, object, &payload, ret_path);
}

const struct spec suggestion_row =
    SPEC_WITH(struct suggestion, "FixtureSuggestion", row_fields, .check = check_row);

bool suggestion_insert(struct db *db, const struct suggestion *s)
{
    for (size_t i = 0; i < s->source_run_ids.n; i++)
        if (!query_finds(db, SQL_SUGGESTION_SOURCE, WITH(&s->source_run_ids.v[i], s->agent_id)))
            return false;
    return query_insert(db, SQL_SUGGESTION_INSERT, &suggestion_row, s, WITH(clock_ticket()));
}

/* ---- what is told ---------------------------------------------------------------------------------------- */

struct source {
    struct v_uuid agent_run_id;
    struct v_int run_number;
    struct v_time created_at;
};

static const struct field source_fields[] = {
    FIELD_UUID(struct source, agent_run_id, .column = "id", .flags = REQUIRED, .doc = "The run"),
    FIELD_INT(struct source, run_number, .column = "run_number", .flags = REQUIRED, .max = PAGE_MAX,
              .doc = "Its number in the agent", .example = "1"),
    FIELD_TIME(struct source, created_at, .column = "created_at", .flags = REQUIRED, .doc = "When it was started"),
};
const struct spec suggestion_source_spec = SPEC(struct source, "SuggestionSource", source_fields);

struct told_suggestion {
    enum value_state is;
    struct suggestion s;
    struct v_rows sources;
};

#define T_ struct told_suggestion
#define OF_ROW(m, type, k, ...) FIELD_AT(T_, s.m, #m, struct type, k, __VA_ARGS__)
#define TOLD(words, members)                                                                                           \
    OF_ROW(type, v_enum, KIND_ENUM, .flags = REQUIRED, .names = (words), .doc = "What is suggested"),                  \
    OF_ROW(id, v_uuid, KIND_UUID, .flags = REQUIRED, .doc = "Suggestion ID"),                                          \
    OF_ROW(agent_id, v_uuid, KIND_UUID, .flags = REQUIRED, .doc = "The agent that it is about"),                       \
    OF_ROW(status, v_enum, KIND_ENUM, .flags = REQUIRED, .names = statuses, .doc = "What became of it"),               \
    OF_ROW(generated_by, v_enum, KIND_ENUM, .flags = REQUIRED, .names = generators, .doc = "Who suggests it"),         \
    OF_ROW(title, v_text, KIND_TEXT, .flags = REQUIRED, .doc = "For people", .example = "\"Add Slack\""),              \
    OF_ROW(description, v_text, KIND_TEXT, .flags = REQUIRED, .doc = "The reason, for people"),                        \
    OF_ROW(dedup_key, v_text, KIND_TEXT, .flags = REQUIRED, .doc = "The same for the same suggestion"),                \
    OF_ROW(resolved_at, v_time, KIND_TIME, .flags = REQUIRED | NULLABLE, .doc = "When it was consumed or rejected"),   \
    OF_ROW(resolved_by_user_id, v_uuid, KIND_UUID, .flags = REQUIRED | NULLABLE, .doc = "By whom"),                    \
    OF_ROW(superseded_reason, v_text, KIND_TEXT, .flags = REQUIRED | NULLABLE, .doc = "Why it no longer holds"),       \
    OF_ROW(superseded_by_suggestion_id, v_uuid, KIND_UUID, .flags = REQUIRED | NULLABLE, .doc = "What holds instead"), \
    OF_ROW(created_at, v_time, KIND_TIME, .flags = REQUIRED, .doc = "When it was made"),                               \
    OF_ROW(updated_at, v_time, KIND_TIME, .flags = REQUIRED, .doc = "When it was last changed"),                       \
    FIELD_ROWS(T_, sources, .flags = REQUIRED, .sub = &suggestion_source_spec, .min = 1, .max = NO_MAX,                \
               .doc = "The runs that have shown it"),                                                                  \
    OF_ROW(payload, v_json, KIND_JSON, .flags = REQUIRED, .sub = (members), .doc = "Which integrations")

static const char *const add_word[] = { "connection_add", NULL };
static const char *const replace_word[] = { "connection_replace", NULL };
static const char *const remove_word[] = { "connection_remove", NULL };
static const struct field told_fields[] = { TOLD(types, NULL) };
static const struct field told_add_fields[] = { TOLD(add_word, &add_payload) };
static const struct field told_replace_fields[] = { TOLD(replace_word, &replace_payload) };
static const struct field told_remove_fields[] = { TOLD(remove_word, &remove_payload) };
#undef T_
static const struct spec told_add = SPEC(struct told_suggestion, "ConnectionAddSuggestion", told_add_fields);
static const struct spec told_replace =
    SPEC(struct told_suggestion, "ConnectionReplaceSuggestion", told_replace_fields);
static const struct spec told_remove = SPEC(struct told_suggestion, "ConnectionRemoveSuggestion", told_remove_fields);
static const struct spec *const told_variants[] = { &told_add, &told_replace, &told_remove, NULL };
/* The contract has the variants, the writer all members in one. */
const struct spec suggestion_spec = SPEC_WITH(struct told_suggestion, "Suggestion", told_fields,
                                              .variants = told_variants);

static void read_suggestion(struct request *rq, const struct query *q, void *ret)
{
    struct told_suggestion *told = ret;
    col_row(q, 0, &suggestion_row, rq->arena, &told->s);
    told->is = VALUE_SET;
    const struct v_uuids *ids = &told->s.source_run_ids;
    struct source *sources = ARENA_ARRAY(rq->arena, ids->n, struct source);
    size_t n = 0;
    for (size_t i = 0; i < ids->n; i++)
        n += query_get(rq->db, SQL_SUGGESTION_SOURCE, WITH(&ids->v[i], told->s.agent_id), &suggestion_source_spec,
                       rq->arena, &sources[n]);
    told->sources = SET_ROWS(n, sources);
}

/* ---- list ------------------------------------------------------------------------------------------------ */

struct suggestions_query {
    struct page_range page;
    struct v_enum status;
};

static const char *const lists[] = { "pending", "history", NULL };

#define Q struct suggestions_query
static const struct field query_fields[] = {
    FIELD_ENUM(Q, status, .names = lists, .fallback = "\"pending\"", .doc = "Pending ones, or all others"),
    FIELD_AT(Q, page.limit, "limit", struct v_int, KIND_INT, .fallback = "100", .min = 1, .max = 250,
             .doc = "Rows a page"),
    FIELD_AT(Q, page.offset, "offset", struct v_int, KIND_INT, .fallback = "0", .max = PAGE_MAX,
             .doc = "Rows to skip"),
};
#undef Q
const struct spec suggestions_query = SPEC(struct suggestions_query, "SuggestionsQuery", query_fields);

struct suggestion_list {
    struct v_rows data;
    struct v_int pending_count;
};

static const struct field list_fields[] = {
    FIELD_ROWS(struct suggestion_list, data, .flags = REQUIRED, .sub = &suggestion_spec,
               .doc = "The page, newest first"),
    FIELD_INT(struct suggestion_list, pending_count, .flags = REQUIRED, .max = PAGE_MAX, .doc = "Pending ones in all",
              .example = "1"),
};
const struct spec suggestion_list = SPEC(struct suggestion_list, "SuggestionList", list_fields);

enum err suggestions_list(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const struct suggestions_query *in = rq->query;
    struct suggestion_list *out = REQUEST_NEW(rq, struct suggestion_list);
    enum err err = agent_in_path(rq);
    if (err == OK)
        err = list_page(rq, rp, &in->page, SQL_SUGGESTION_COUNT, SQL_SUGGESTION_PAGE,
                        WITH(&path->agent_id.v, in->status.v == 0), &suggestion_spec, read_suggestion);
    if (err != OK)
        return err;
    out->data = ((const struct list *)rp->object)->rows;
    out->pending_count = SET_INT(query_number(rq->db, SQL_SUGGESTION_COUNT, WITH(&path->agent_id.v, true)));
    rp->object = out;
    return OK;
}

/* ---- consume and reject ---------------------------------------------------------------------------------- */

struct suggestion_path {
    struct v_uuid id;
};

static const struct field path_fields[] = {
    FIELD_UUID(struct suggestion_path, id, .flags = REQUIRED, .doc = "Suggestion ID"),
};
const struct spec suggestion_path = SPEC(struct suggestion_path, "SuggestionPath", path_fields);

struct consume_body {
    struct v_uuid revision_id;
};

static const struct field body_fields[] = {
    FIELD_UUID(struct consume_body, revision_id,
               .doc = "The draft to change; the newest, unless given, or else a new one made from the live revision"),
};
const struct spec suggestion_consume =
    SPEC_WITH(struct consume_body, "ConsumeSuggestion", body_fields, .optional = true);

struct resolved {
    struct told_suggestion data;
    struct v_uuid applied_revision_id;
};

static const struct field resolved_fields[] = {
    FIELD_OBJECT(struct resolved, data, struct told_suggestion, .flags = REQUIRED, .sub = &suggestion_spec,
                 .doc = "It"),
    FIELD_UUID(struct resolved, applied_revision_id, .doc = "The revision that was changed"),
};
const struct spec suggestion_resolved = SPEC(struct resolved, "SuggestionResolved", resolved_fields);

/* The path's, of the caller's team. */
static enum err find_suggestion(struct request *rq, struct told_suggestion *ret)
{
    const struct suggestion_path *path = rq->path;
    QUERY q = query_with(rq->db, SQL_SUGGESTION_GET, WITH(&path->id.v, &rq->who.team_id));
    if (!query_row(&q))
        return ERR_SUGGESTION_NOT_FOUND;
    read_suggestion(rq, &q, ret);
    return OK;
}

static void resolve(struct request *rq, struct suggestion *s, int status)
{
    s->status = (struct v_enum){ VALUE_SET, status };
    s->resolved_at = SET_TIME(rq->now);
    s->resolved_by_user_id = SET_UUID(rq->who.user_id);
    s->updated_at = SET_TIME(rq->now);
    query_store(rq->db, SQL_SUGGESTION_UPDATE, &suggestion_row, s, NULL);
}

/* The revision that the request names, which has to be a draft of the agent. */
static enum err find_named_draft(struct request *rq, const struct suggestion *s, struct v_uuid id,
                                 struct stored_build *ret)
{
    const struct param *key = WITH(&id.v, &rq->who.team_id);
    const bool found = query_get(rq->db, SQL_BUILD_STORED, key, &build_row, rq->arena, ret);
    if (!found || !uuid_eq(&ret->agent_id.v, &s->agent_id.v))
        return ERR_BUILD_NOT_FOUND;
    if (ret->status.v == BUILD_DRAFT)
        return OK;
    return fail(rq, ERR_INVALID, "body/revision_id Expected a draft: a live or historic revision stays as it is");
}

/* The newest draft; or one made from the live revision, or else the latest. */
static enum err find_draft(struct request *rq, const struct suggestion *s, struct stored_build *ret)
{
    struct stored_build from = { .id = { .is = VALUE_ABSENT } };
    if (query_get(rq->db, SQL_BUILD_NEWEST_DRAFT, WITH(s->agent_id), &build_row, rq->arena, ret))
        return OK;
    if (!query_get(rq->db, SQL_BUILD_BASE, WITH(s->agent_id), &build_row, rq->arena, &from))
        return ERR_BUILD_NOT_FOUND;
    *ret = (struct stored_build){
        .agent_id = s->agent_id,
        .name = s->title,
        .config = from.config,
        .handover_target_ids = from.handover_target_ids,
        .parent_build_id = from.id,
    };
    return build_make(rq, ret, false, &from.id.v);
}

static enum err apply(struct request *rq, const struct suggestion *s, const struct uuid *build_id)
{
    struct payload payload = { .slug = { .is = VALUE_ABSENT } };
    struct text path;
    const char *why = read_payload(rq->arena, s, &payload, &path);
    const struct v_text gone = s->type.v == TYPE_REMOVE ? payload.slug : payload.fromSlug;
    if (why)
        return ERR_INTERNAL;
    if (gone.is == VALUE_SET)
        query_change(rq->db, SQL_SLOT_DELETE_TYPE, WITH(build_id, gone));
    return s->type.v == TYPE_REMOVE ? OK : slot_add(rq, build_id, &payload.toIntegrationId.v);
}

enum err suggestions_consume(struct request *rq, struct reply *rp)
{
    const struct consume_body *in = rq->input;
    struct resolved *out = REQUEST_NEW(rq, struct resolved);
    struct stored_build draft = { .id = { .is = VALUE_ABSENT } };
    struct suggestion *s = &out->data.s;
    enum err err = find_suggestion(rq, &out->data);
    if (err == OK && in->revision_id.is == VALUE_SET)
        err = find_named_draft(rq, s, in->revision_id, &draft);
    if (err == OK && s->status.v != STATUS_PENDING)
        err = ERR_SUGGESTION_RESOLVED;
    if (err == OK && in->revision_id.is != VALUE_SET)
        err = find_draft(rq, s, &draft);
    if (err == OK)
        err = apply(rq, s, &draft.id.v);
    if (err != OK)
        return err;
    resolve(rq, s, STATUS_CONSUMED);
    out->applied_revision_id = draft.id;
    rp->object = out;
    return OK;
}

enum err suggestions_reject(struct request *rq, struct reply *rp)
{
    struct resolved *out = REQUEST_NEW(rq, struct resolved);
    const enum err err = find_suggestion(rq, &out->data);
    if (err != OK)
        return err;
    if (out->data.s.status.v != STATUS_PENDING)
        return ERR_SUGGESTION_RESOLVED;
    resolve(rq, &out->data.s, STATUS_REJECTED);
    rp->object = out;
    return OK;
}
