/* The journal on the control plane: listed, shown, forgotten. Everything that leaves is redacted here. */
#include "api/common.h"
#include "api/handlers.h"
#include "base/clock.h"
#include "control/show.h"
#include "space/journal.h"
#include "base/limit.h"
#include "space/directory.h"

struct requests_query {
    struct v_text method, path;
    struct v_int status;
    struct v_text operation;
    struct v_time since;
    struct v_int limit;
    struct v_enum format;
};

static const char *const list_formats[] = { "json", "har", NULL };

#define Q struct requests_query
static const struct field query_fields[] = {
    FIELD_TEXT(Q, method, .doc = "HTTP method", .example = "\"POST\""),
    FIELD_TEXT(Q, path, .doc = "Path without its query; * stands for any characters",
               .example = "\"/v1/connections/*\""),
    FIELD_INT(Q, status, .min = 0, .max = 599, .doc = "Status of the reply; 0: the connection was cut",
              .example = "201"),
    FIELD_TEXT(Q, operation, .doc = "Operation id", .example = "\"createConnection\""),
    FIELD_TIME(Q, since, .doc = "Not before this instant"),
    FIELD_INT(Q, limit, .fallback = "100", .min = 1, .max = LIMIT_JOURNAL_PAGE, .doc = "The newest so many"),
    FIELD_ENUM(Q, format, .fallback = "\"json\"", .names = list_formats, .doc = "json, or har (HTTP Archive 1.2)"),
};
#undef Q
const struct spec requests_query = SPEC(struct requests_query, "RequestsQuery", query_fields);

struct requests_reply {
    struct v_json requests;
    struct v_int total;
};

static const struct field reply_fields[] = {
    FIELD_JSON(struct requests_reply, requests, .flags = REQUIRED, .doc = "Newest last, redacted", .example = "[]"),
    FIELD_INT(struct requests_reply, total, .flags = REQUIRED, .doc = "How many match"),
};
const struct spec requests_reply = SPEC(struct requests_reply, "RequestList", reply_fields);

/* The newest `room` that match, in a ring. */
struct selection {
    struct arena *arena;
    const struct requests_query *in;
    struct match match;
    size_t total, room;
    struct journal_entry **ring;
};

static bool select_entry(void *cls, const struct journal_entry *entry)
{
    struct selection *s = cls;
    const struct match_subject subject = match_subject_of_entry(s->arena, entry);
    if ((s->in->since.is == VALUE_SET && entry->at < s->in->since.v) ||
        (s->in->status.is == VALUE_SET && s->in->status.v != (int64_t)entry->status) ||
        !match_holds(&s->match, &subject, NULL))
        return true;
    s->ring[s->total++ % s->room] = journal_copy(s->arena, entry);
    return true;
}

static struct selection selected(struct request *rq)
{
    const struct requests_query *in = rq->query;
    struct selection s = {
        .arena = rq->arena,
        .in = in,
        .match = { .operation = in->operation, .method = in->method, .path = in->path },
        .room = (size_t)in->limit.v,
    };
    s.ring = ARENA_ARRAY(rq->arena, s.room, struct journal_entry *);
    journal_walk(space_journal(rq->home), select_entry, &s);
    return s;
}

enum err requests_list(struct request *rq, struct reply *rp)
{
    const struct requests_query *in = rq->query;
    struct requests_reply *out = REQUEST_NEW(rq, struct requests_reply);
    const struct selection s = selected(rq);
    const size_t n = s.total < s.room ? s.total : s.room;
    struct shown shown = shown_new(rq, in->format.v == 1 ? SHOW_HAR : SHOW_JSON);
    for (size_t i = s.total - n; i < s.total; i++)
        show_entry(&shown, s.ring[i % s.room]);
    if (in->format.v == 1) {
        rp->raw = shown_whole(&shown);
        return OK;
    }
    out->requests = (struct v_json){ VALUE_SET, shown_whole(&shown) };
    out->total = SET_INT((int64_t)s.total);
    rp->object = out;
    return OK;
}

enum err requests_clear(struct request *rq, struct reply *rp)
{
    journal_clear(space_journal(rq->home));
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

static const char *const formats[] = { "json", "har", "curl", NULL };

static const struct field one_query_fields[] = {
    FIELD_ENUM(struct request_query, format, .fallback = "\"json\"", .names = formats,
               .doc = "json, har (HTTP Archive 1.2), or curl: a command"),
};
const struct spec request_query = SPEC(struct request_query, "RequestQuery", one_query_fields);

struct search {
    struct arena *arena;
    struct text id;
    struct journal_entry *found; /* the newest of that id */
};

static bool search_entry(void *cls, const struct journal_entry *entry)
{
    struct search *s = cls;
    if (text_eq(entry->id, s->id))
        s->found = journal_copy(s->arena, entry);
    return true;
}

enum err request_show(struct request *rq, struct reply *rp)
{
    const struct request_path *path = rq->path;
    const struct request_query *in = rq->query;
    struct search s = { .arena = rq->arena, .id = path->request.v };
    journal_walk(space_journal(rq->home), search_entry, &s);
    if (!s.found)
        return ERR_REQUEST_NOT_FOUND;
    struct shown shown = shown_new(rq, (enum show_format)in->format.v);
    show_entry(&shown, s.found);
    rp->raw = in->format.v == SHOW_JSON ? shown_first(&shown) : shown_whole(&shown);
    if (in->format.v == SHOW_CURL)
        rp->content_type = "text/plain; charset=utf-8";
    return OK;
}
