/* The journal on the control plane: listed, shown, forgotten. Everything that leaves is redacted here. */
#include "api/common.h"
#include "api/handlers.h"
#include "base/clock.h"
#include "control/search.h"
#include "control/selection.h"
#include "control/show.h"
#include "base/limit.h"
#include "request/operation.h"
#include "request/server.h"
#include "space/directory.h"

/* Filters, and for the list how much of it in which form. */
struct requests_query {
    struct v_text method, path;
    struct v_int status;
    struct v_text operation;
    struct v_enum origin;
    struct v_time since;
    struct v_text q, before;
    struct v_int limit;
    struct v_enum format;
};

static const char *const list_formats[] = { "json", "har", NULL };

static const char *check_operation(struct text name)
{
    const char *wrong = operation_check(name);
    return wrong || operation_any(name, journal_keeps) ? wrong
                                                       : "The journal has no control calls: this operation is one";
}

#define Q struct requests_query
#define FILTERS                                                                                                        \
    FIELD_TEXT(Q, method, .check = match_check_method, .doc = "HTTP method", .example = "\"POST\""),                   \
    FIELD_TEXT(Q, path, .check = match_check_path, .doc = "Path without its query; * stands for any characters",       \
               .example = "\"/v1/connections/*\""),                                                                    \
    FIELD_INT(Q, status, .min = 0, .max = 599, .doc = "Status of the reply; 0: none left, the connection was broken",  \
              .example = "201"),                                                                                       \
    FIELD_TEXT(Q, operation, .check = check_operation, .doc = "Operation id; without V1, of either version",           \
               .example = "\"createConnection\""),                                                                     \
    FIELD_ENUM(Q, origin, .names = match_origins,                                                                      \
               .doc = "Who sent them: client, self (the mock, calling a server that it plays), or any"),               \
    FIELD_TIME(Q, since, .doc = "Not before this instant")

static const struct field query_fields[] = {
    FILTERS,
    FIELD_TEXT(Q, q, .max = LIMIT_SEARCH, .check = search_check_requests,
               .doc = "Words that must all hold: status:, op:, path:, body:, fault:, method:, and free text",
               .example = "\"status:4xx path:/v1/*\""),
    FIELD_TEXT(Q, before, .min = 1, .max = LIMIT_SLUG, .doc = "x-request-id: only requests older than that one"),
    FIELD_INT(Q, limit, .fallback = "100", .min = 1, .max = LIMIT_JOURNAL_PAGE, .doc = "The newest so many"),
    FIELD_ENUM(Q, format, .fallback = "\"json\"", .names = list_formats, .doc = "json, or har (HTTP Archive 1.2)"),
};
static const struct field filter_fields[] = { FILTERS };
#undef FILTERS
#undef Q
const struct spec requests_query = SPEC(struct requests_query, "RequestsQuery", query_fields);
const struct spec requests_filter = SPEC(struct requests_query, "RequestsFilter", filter_fields);

struct requests_reply {
    struct v_json requests;
    struct v_int total, kept, dropped;
};

static const struct field reply_fields[] = {
    FIELD_JSON(struct requests_reply, requests, .flags = REQUIRED, .doc = "Newest last, redacted", .example = "[]"),
    FIELD_INT(struct requests_reply, total, .flags = REQUIRED, .doc = "How many match"),
    FIELD_INT(struct requests_reply, kept, .doc = "With q: how many there are without it"),
    FIELD_INT(struct requests_reply, dropped, .flags = REQUIRED,
              .doc = "How many more may have matched, which the journal forgot (--journal-bytes)"),
};
const struct spec requests_reply = SPEC(struct requests_reply, "RequestList", reply_fields);

/* ---- which ----------------------------------------------------------------------------------------------- */

static struct selection selection_of(struct request *rq, const struct redactor *redactor)
{
    const struct requests_query *in = rq->query;
    return (struct selection){
        .match = { .operation = in->operation, .method = in->method, .path = in->path, .origin = in->origin },
        .status = in->status,
        .since = in->since,
        .q = in->q.v,
        .room = (size_t)in->limit.v,
        .redactor = redactor,
    };
}

/* The newest of that id. */
struct id_search {
    struct text id;
    uint64_t number; /* 0: there is none */
};

static bool search_id(void *cls, const struct journal_entry *entry)
{
    struct id_search *s = cls;
    if (text_eq(entry->id, s->id))
        s->number = entry->number;
    return true;
}

static uint64_t number_of(struct request *rq, struct text id)
{
    struct id_search s = { id, 0 };
    journal_walk(space_journal(rq->home), search_id, &s);
    return s.number;
}

/* ---- the list -------------------------------------------------------------------------------------------- */

static void show_page(struct request *rq, struct shown *shown, const struct selection *s)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct journal_entry *entry = journal_find(space_journal(rq->home), s->numbers[i], rq->arena);
        if (entry)
            show_entry(shown, entry);
    }
}

enum err requests_list(struct request *rq, struct reply *rp)
{
    const struct requests_query *in = rq->query;
    struct requests_reply *out = REQUEST_NEW(rq, struct requests_reply);
    const struct redactor redactor = { store_key(rq->server->store) };
    struct selection s = selection_of(rq, &redactor);
    s.before = in->before.is == VALUE_SET ? number_of(rq, in->before.v) : 0;
    if (in->before.is == VALUE_SET && !s.before)
        return ERR_REQUEST_NOT_FOUND;
    selection_read(&s, space_journal(rq->home), rq->arena);
    struct shown shown = shown_new(rq, in->format.v == 1 ? SHOW_HAR : SHOW_JSON);
    show_page(rq, &shown, &s);
    if (in->format.v == 1) {
        rp->raw = shown_whole(&shown);
        return OK;
    }
    out->requests = (struct v_json){ VALUE_SET, shown_whole(&shown) };
    out->total = SET_INT((int64_t)s.total);
    if (in->q.is == VALUE_SET)
        out->kept = SET_INT((int64_t)s.kept);
    out->dropped = SET_INT((int64_t)s.dropped);
    rp->object = out;
    return OK;
}

struct removal {
    const struct selection *s;
    struct arena *arena;
};

static bool is_meant(void *cls, const struct journal_entry *entry)
{
    const struct removal *removal = cls;
    return selection_means(removal->arena, removal->s, entry);
}

/* What the same query lists; without one everything, whoever sent it. */
enum err requests_clear(struct request *rq, struct reply *rp)
{
    const struct requests_query *in = rq->query;
    const struct selection s = selection_of(rq, NULL);
    const bool some = in->method.is == VALUE_SET || in->path.is == VALUE_SET || in->status.is == VALUE_SET ||
                      in->operation.is == VALUE_SET || in->origin.is == VALUE_SET || in->since.is == VALUE_SET;
    journal_remove(space_journal(rq->home), some ? is_meant : NULL, &(struct removal){ &s, rq->arena });
    rp->object = done(rq, "Requests forgotten");
    return OK;
}

/* ---- one ------------------------------------------------------------------------------------------------- */

struct request_path {
    struct v_text request;
};

static const struct field path_fields[] = {
    FIELD_TEXT(struct request_path, request, .flags = REQUIRED, .doc = "x-request-id of the request"),
};
const struct spec request_path = SPEC(struct request_path, "RequestPath", path_fields);

struct request_query {
    struct v_enum format;
};

static const char *const formats[] = { "json", "har", "curl", "fetch", "python", NULL };

static const struct field one_query_fields[] = {
    FIELD_ENUM(struct request_query, format, .fallback = "\"json\"", .names = formats,
               .doc = "json, har (HTTP Archive 1.2), curl: a command, fetch or python: a program; these take the key "
                      "from KEY"),
};
const struct spec request_query = SPEC(struct request_query, "RequestQuery", one_query_fields);

enum err request_show(struct request *rq, struct reply *rp)
{
    const struct request_path *path = rq->path;
    const struct request_query *in = rq->query;
    const uint64_t number = number_of(rq, path->request.v);
    const struct journal_entry *found = number ? journal_find(space_journal(rq->home), number, rq->arena) : NULL;
    if (!found)
        return ERR_REQUEST_NOT_FOUND;
    struct shown shown = shown_new(rq, (enum show_format)in->format.v);
    show_entry(&shown, found);
    rp->raw = in->format.v == SHOW_JSON ? shown_first(&shown) : shown_whole(&shown);
    if (in->format.v >= SHOW_CURL)
        rp->content_type = "text/plain; charset=utf-8";
    return OK;
}
