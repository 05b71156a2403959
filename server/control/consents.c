/* Consents on the control plane: outcomes that are ordered beforehand, and flows finished without a browser. */
#include "api/handlers.h"
#include "base/uri.h"
#include "limit.h"
#include "oauth/authorize.h"
#include "oauth/callback.h"
#include "oauth/composio.h"
#include "oauth/consent.h"
#include "store/query.h"

/* ---- the queue ----------------------------------------------------------------------------------------- */

struct order {
    struct v_int id; /* only in replies */
    struct v_enum outcome;
    struct v_int times;
    struct v_json match;
};

struct order_body {
    struct v_enum outcome;
    struct match match;
    struct v_int times;
};

#define B struct order_body
static const struct field order_body_fields[] = {
    FIELD_ENUM(B, outcome, .flags = REQUIRED, .names = outcome_names, .doc = "How the next consents end",
               .example = "\"deny\""),
    FIELD_OBJECT(B, match, struct match, .sub = &match_spec, .doc = "Which consents are meant; all when left out"),
    FIELD_INT(B, times, .fallback = "1", .min = 1, .max = 1000000, .doc = "How many of them"),
};
#undef B
const struct spec consent_order_body = SPEC(struct order_body, "OrderConsent", order_body_fields);

#define O struct order
static const struct field order_fields[] = {
    FIELD_INT(O, id, .flags = REQUIRED, .doc = "Place in the queue"),
    FIELD_ENUM(O, outcome, .flags = REQUIRED, .names = outcome_names, .doc = "How the next consents end"),
    FIELD_JSON(O, match, .flags = REQUIRED, .doc = "Which consents are meant"),
    FIELD_INT(O, times, .flags = REQUIRED, .doc = "How many of them are left"),
};
#undef O
const struct spec consent_order = SPEC(struct order, "ConsentOrder", order_fields);

static int64_t count_orders(struct db *db)
{
    QUERY q = query(db, SQL_CONSENT_QUEUE_COUNT);
    return query_row(&q) ? col_int(&q, 0) : 0;
}

static void read_order(struct arena *arena, const struct query *q, struct order *ret)
{
    enum outcome outcome = OUTCOME_APPROVE;
    outcome_parse(col_text(q, 1), &outcome);
    ret->id = SET_INT(col_int(q, 0));
    ret->outcome = (struct v_enum){ VALUE_SET, (int)outcome };
    ret->match = (struct v_json){ VALUE_SET, text_copy(arena, col_text(q, 2)) };
    ret->times = SET_INT(col_int(q, 3));
}

static void add_order(struct request *rq, const struct order_body *in, struct text match)
{
    QUERY q = query(rq->db, SQL_CONSENT_QUEUE_ADD);
    bind_text(&q, text_of(outcome_names[in->outcome.v]));
    bind_text(&q, match);
    bind_int(&q, in->times.v);
    query_run(&q);
}

enum err consent_order_add(struct request *rq, struct reply *rp)
{
    const struct order_body *in = rq->input;
    struct order *out = REQUEST_NEW(rq, struct order);
    if (count_orders(rq->db) >= LIMIT_CONSENT_QUEUE)
        return ERR_QUEUE_FULL;
    add_order(rq, in, match_json(rq->arena, &in->match));
    QUERY q = query(rq->db, SQL_CONSENT_QUEUE_LIST);
    while (query_row(&q))
        read_order(rq->arena, &q, out); /* the newest is the last */
    rp->object = out;
    return OK;
}

struct order_list {
    struct v_rows outcomes;
    struct v_int total;
};

static const struct field order_list_fields[] = {
    FIELD_ROWS(struct order_list, outcomes, .flags = REQUIRED, .sub = &consent_order, .doc = "In the order of use"),
    FIELD_INT(struct order_list, total, .flags = REQUIRED, .doc = "How many"),
};
const struct spec consent_order_list = SPEC(struct order_list, "ConsentOrderList", order_list_fields);

enum err consent_orders_list(struct request *rq, struct reply *rp)
{
    struct order_list *out = REQUEST_NEW(rq, struct order_list);
    const size_t room = (size_t)count_orders(rq->db);
    struct order *rows = ARENA_ARRAY(rq->arena, room, struct order);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_CONSENT_QUEUE_LIST);
    while (n < room && query_row(&q))
        read_order(rq->arena, &q, &rows[n++]);
    out->outcomes = SET_ROWS(n, rows);
    out->total = SET_INT((int64_t)n);
    rp->object = out;
    return OK;
}

enum err consent_orders_clear(struct request *rq, struct reply *rp)
{
    QUERY q = query(rq->db, SQL_CONSENT_QUEUE_CLEAR);
    query_run(&q);
    rp->object = done(rq, "Queued outcomes deleted");
    return OK;
}

/* ---- complete ------------------------------------------------------------------------------------------ */

struct complete_body {
    struct v_text authorization_url, connected_account_id;
    struct v_enum outcome;
    struct v_text account;
};

static const char *check_account(struct text account)
{
    return consent_is_address(account) ? NULL : "Invalid e-mail address";
}

#define B struct complete_body
static const struct field complete_fields[] = {
    FIELD_URL(B, authorization_url, .max = LIMIT_URI, .doc = "What a native or MCP start answered"),
    FIELD_TEXT(B, connected_account_id, .min = 1, .max = LIMIT_SLUG, .doc = "What a Composio start answered",
               .example = "\"ca_…\""),
    FIELD_ENUM(B, outcome, .names = outcome_names, .doc = "Instead of what the queue, the URL or the fixture say",
               .example = "\"approve\""),
    FIELD_TEXT(B, account, .max = LIMIT_NAME, .check = check_account, .doc = "E-mail address of the account",
               .example = "\"olivia@acme.example\""),
};
#undef B

static const char *check_which(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct complete_body *in = object;
    const bool url = in->authorization_url.is == VALUE_SET, id = in->connected_account_id.is == VALUE_SET;
    (void)arena;
    *ret_path = T("authorization_url");
    return url == id ? "Expected either authorization_url or connected_account_id" : NULL;
}

const struct spec complete_body =
    SPEC_WITH(struct complete_body, "CompleteFlow", complete_fields, .check = check_which);

struct complete_reply {
    struct v_text redirect_url;
    struct connection connection;
};

/* A connection as a member begins with its id, whose state says whether there is one. */
static const struct field complete_reply_fields[] = {
    FIELD_TEXT(struct complete_reply, redirect_url, .flags = REQUIRED | NULLABLE,
               .doc = "Where the browser would be now; null when the window was closed"),
    FIELD_OBJECT(struct complete_reply, connection, struct connection, .flags = REQUIRED | NULLABLE,
                 .sub = &connection_spec, .doc = "What was made or renewed; null when nothing was"),
};
const struct spec complete_reply = SPEC(struct complete_reply, "FlowCompleted", complete_reply_fields);

/* What the URL of a start asks for, as the provider would read it. */
static enum err parse_url(struct request *rq, struct text url, struct text *ret_slug, struct authorize_query *ret)
{
    struct uri uri;
    struct problems problems = problems_new(rq->arena, false, T(", "));
    struct text slug = { NULL, 0 };
    uri_parse_http(url, &uri); /* the field's rule */
    for (size_t i = 0; i + sizeof AUTHORIZE_PATH <= uri.path.n && !slug.p; i++)
        if (text_starts(text_from(uri.path, i), T(AUTHORIZE_PATH)))
            slug = text_from(uri.path, i + sizeof AUTHORIZE_PATH - 1);
    if (!slug.p || !uri_decode(rq->arena, slug, false, ret_slug))
        return fail(rq, ERR_INVALID, "body/authorization_url is not one that this mock's providers answer");
    spec_parse_query(&authorize_query_spec, 0, uri.query, &problems, ret);
    if (!problems.count)
        return OK;
    rq->message = problems_text(&problems);
    return ERR_INVALID;
}

static enum err decide(struct request *rq, const struct complete_body *in, const struct consent_input *input,
                       enum outcome *ret)
{
    enum err err = OK;
    if (in->outcome.is == VALUE_SET)
        *ret = (enum outcome)in->outcome.v;
    else
        outcome_decide(rq, input, true, ret, &err);
    return err;
}

/* The visit of a browser that this request stands for. */
static struct match_subject visit(const struct request *rq, struct text operation, struct text path)
{
    struct match_subject subject = match_subject_of(rq);
    subject.operation = operation;
    subject.method = T("GET");
    subject.path = path;
    return subject;
}

/* What the browser does: it follows the provider's redirect to the callback, and is sent on from there. */
static enum err follow(struct request *rq, struct text slug, struct text url, struct complete_reply *out)
{
    struct callback_query query = { .code = { .is = VALUE_ABSENT } };
    struct problems problems = problems_new(rq->arena, false, T(", "));
    struct text rest = url;
    text_cut(&rest, '?');
    spec_parse_query(&callback_query_spec, 0, rest, &problems, &query);
    const struct ending end = callback_take(rq, slug, &query);
    out->redirect_url = SET_TEXT(end.url.p ? end.url : url);
    if (end.connection)
        out->connection = *end.connection;
    return problems.count ? ERR_INTERNAL : OK;
}

static enum err complete_native(struct request *rq, const struct complete_body *in, struct complete_reply *out)
{
    struct authorize_query *asked = REQUEST_NEW(rq, struct authorize_query);
    struct authorization a;
    struct text slug;
    enum outcome outcome = OUTCOME_APPROVE;
    enum err err = parse_url(rq, in->authorization_url.v, &slug, asked);
    if (err == OK)
        err = authorization_check(rq, slug, asked, &a);
    if (err != OK)
        return err;
    const struct match_subject subject =
        visit(rq, T("authorize"), text_format(rq->arena, AUTHORIZE_PATH "%.*s", TEXT_ARG(slug)));
    const struct consent_input input = authorization_input(&a, subject);
    err = decide(rq, in, &input, &outcome);
    if (err != OK)
        return err;
    const struct text who = in->account.is == VALUE_SET ? in->account.v
                                                        : consent_account(rq, asked->login_hint, &a.flow.team_id.v,
                                                                          &a.flow.user_id.v);
    const struct text url = authorization_end(rq, &a, outcome, who);
    return url.p ? follow(rq, slug, url, out) : OK;
}

static enum err complete_composio(struct request *rq, const struct complete_body *in, struct complete_reply *out)
{
    struct composio_account account = { .id = { .is = VALUE_ABSENT } };
    struct auth_config config = { .id = { .is = VALUE_ABSENT } };
    enum outcome outcome = OUTCOME_APPROVE;
    if (!composio_account_get(rq, in->connected_account_id.v, &account))
        return ERR_ACCOUNT_NOT_FOUND;
    enum err err = composio_account_check(rq, &account);
    if (err != OK)
        return err;
    rq->who.team_id = account.team_id.v;
    if (!auth_config_find(rq, account.auth_config_id.v, &config))
        return ERR_AUTH_CONFIG_NOT_FOUND;
    const struct match_subject subject =
        visit(rq, T("connectComposio"), text_format(rq->arena, "/_mock/composio/connect/%.*s", TEXT_ARG(account.id.v)));
    const struct consent_input input = { .subject = subject, .fixture = config.outcome };
    err = decide(rq, in, &input, &outcome);
    if (err != OK)
        return err;
    const struct v_text no_hint = { .is = VALUE_ABSENT };
    const struct text who = in->account.is == VALUE_SET
                                ? in->account.v
                                : consent_account(rq, no_hint, &account.team_id.v, &account.user_id.v);
    const struct text url = composio_account_end(rq, &account, outcome, SET_TEXT(who));
    if (url.p)
        out->redirect_url = SET_TEXT(url);
    return OK;
}

enum err flow_complete(struct request *rq, struct reply *rp)
{
    const struct complete_body *in = rq->input;
    struct complete_reply *out = REQUEST_NEW(rq, struct complete_reply);
    out->redirect_url.is = VALUE_NULL;
    out->connection.id.is = VALUE_NULL;
    rp->object = out;
    return in->authorization_url.is == VALUE_SET ? complete_native(rq, in, out) : complete_composio(rq, in, out);
}
