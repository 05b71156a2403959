/* Flows that are finished without a browser: what the person, the provider's page and the redirects would do is done
 * here, by the same functions. */
#include "api/handlers.h"
#include "base/uri.h"
#include "base/limit.h"
#include "mcp/client/callback.h"
#include "mcp/client/flow.h"
#include "mcp/server/authorize.h"
#include "oauth/authorize.h"
#include "oauth/callback.h"
#include "oauth/composio.h"

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
    FIELD_ENUM(B, outcome, .names = outcome_names, .doc = "Takes precedence over queue, URL and fixture",
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
               .doc = "The browser's last URL; null when the window was closed"),
    FIELD_OBJECT(struct complete_reply, connection, struct connection, .flags = REQUIRED | NULLABLE,
                 .sub = &connection_spec, .doc = "The new or renewed connection, or null"),
};
const struct spec complete_reply = SPEC(struct complete_reply, "FlowCompleted", complete_reply_fields);

/* What follows `prefix` in the path, wherever it stands: a space's name may come before it. */
static struct text path_after(struct text path, struct text prefix)
{
    for (size_t i = 0; i + prefix.n < path.n; i++)
        if (text_starts(text_from(path, i), prefix))
            return text_from(path, i + prefix.n);
    return (struct text){ NULL, 0 };
}

/* Who answers the URL of a start: a native provider's slug, or a built-in MCP server's name. */
static enum err parse_url(struct request *rq, struct text url, struct text *ret_slug, bool *ret_mcp,
                          struct text *ret_query)
{
    const struct text authorize = T("/authorize");
    struct uri uri;
    uri_parse_http(url, &uri); /* the field's rule */
    struct text slug = path_after(uri.path, T(AUTHORIZE_PATH)), server = path_after(uri.path, T(MCP_PATH));
    *ret_mcp = !slug.p && text_ends(server, authorize);
    if (*ret_mcp)
        slug = text_clip(server, server.n - authorize.n);
    *ret_query = uri.query;
    if (slug.p && uri_decode(rq->arena, slug, false, ret_slug))
        return OK;
    return fail(rq, ERR_INVALID, "body/authorization_url does not belong to a provider of this mock");
}

/* As the provider would read it. */
static enum err parse_asked(struct request *rq, const struct spec *spec, struct text query, void *ret)
{
    struct problems problems = problems_new(rq->arena, false, T(", "));
    spec_parse_query(spec, 0, query, &problems, ret);
    if (!problems.count)
        return OK;
    rq->message = problems_text(&problems);
    return ERR_INVALID;
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

/* What the browser brings back to the callback. */
static enum err parse_callback(struct request *rq, struct text url, struct callback_query *ret)
{
    struct text rest = url;
    text_cut(&rest, '?');
    return parse_asked(rq, &callback_query_spec, rest, ret);
}

static void tell(const struct ending *end, struct text url, struct complete_reply *out)
{
    out->redirect_url = SET_TEXT(end->url.p ? end->url : url);
    if (end->connection)
        out->connection = *end->connection;
}

/* What the browser does: it follows the provider's redirect to the callback, and is sent on from there. */
static enum err follow(struct request *rq, struct text slug, struct text url, struct complete_reply *out)
{
    struct callback_query query = { .code = { .is = VALUE_ABSENT } };
    const enum err err = parse_callback(rq, url, &query);
    if (err != OK)
        return err;
    const struct ending end = callback_take(rq, slug, &query);
    tell(&end, url, out);
    return OK;
}

static enum err complete_native(struct request *rq, const struct complete_body *in, struct text slug, struct text query,
                                struct complete_reply *out)
{
    struct authorize_query asked = { .state = { .is = VALUE_ABSENT } };
    struct authorization a;
    struct text url;
    enum err err = parse_asked(rq, &authorize_query_spec, query, &asked);
    if (err == OK)
        err = authorize_take(rq, slug, &asked, &a);
    if (err == OK)
        err = consent_finish(rq, &a.consent,
                             visit(rq, T("authorize"), text_format(rq->arena, AUTHORIZE_PATH "%.*s", TEXT_ARG(slug))),
                             in->outcome, in->account, &url);
    return err == OK && url.p ? follow(rq, slug, url, out) : err;
}

/* ---- complete: MCP --------------------------------------------------------------------------------------- */

/* What the work of the callback leaves for the answer. */
struct mcp_completion {
    struct mcp_callback *callback;
    struct complete_reply *out;
    struct text url;
};

static enum err complete_mcp_then(struct request *rq, struct reply *rp)
{
    struct mcp_completion *completion = rq->completion;
    const struct ending end = mcp_callback_finish(rq, completion->callback);
    tell(&end, completion->url, completion->out);
    rp->object = completion->out;
    return OK;
}

/* To Duvo's own callback, or, when another client has asked, no further than its redirect URI. */
static enum err follow_mcp(struct request *rq, struct text url, struct complete_reply *out)
{
    struct mcp_completion *completion = REQUEST_NEW(rq, struct mcp_completion);
    struct callback_query query = { .code = { .is = VALUE_ABSENT } };
    struct ending end;
    out->redirect_url = SET_TEXT(url);
    if (!path_after(url, T(CALLBACK_PATH MCP_PROVIDER "?")).p)
        return OK;
    const enum err err = parse_callback(rq, url, &query);
    if (err != OK)
        return err;
    *completion = (struct mcp_completion){ .out = out, .url = url };
    rq->completion = completion;
    if (mcp_callback_take(rq, &query, complete_mcp_then, &completion->callback, &end))
        tell(&end, url, out);
    return OK;
}

static enum err complete_mcp(struct request *rq, const struct complete_body *in, struct text name, struct text query,
                             struct complete_reply *out)
{
    struct mcp_authorize_query asked = { .state = { .is = VALUE_ABSENT } };
    struct authorization a;
    struct mcp_server server;
    struct text url;
    enum err err = parse_asked(rq, &mcp_authorize_query, query, &asked);
    if (err == OK)
        err = mcp_server_named(rq, name, &server);
    if (err == OK)
        err = mcp_authorize_take(rq, &server, &asked, &a);
    if (err == OK)
        err = consent_finish(rq, &a.consent,
                             visit(rq, T("mcpAuthorize"),
                                   text_format(rq->arena, "%.*s/authorize", TEXT_ARG(server.path))),
                             in->outcome, in->account, &url);
    return err == OK && url.p ? follow_mcp(rq, url, out) : err;
}

/* ---- complete: Composio ------------------------------------------------------------------------------------ */

static enum err complete_composio(struct request *rq, const struct complete_body *in, struct complete_reply *out)
{
    static const struct connect_query nothing = { .login_hint = { .is = VALUE_ABSENT } };
    const struct text id = in->connected_account_id.v;
    struct consent consent;
    struct text url;
    enum err err = composio_connect_find(rq, id, &nothing, &consent);
    if (err == OK)
        err = consent_finish(rq, &consent,
                             visit(rq, T("connectComposio"),
                                   text_format(rq->arena, "/_mock/composio/connect/%.*s", TEXT_ARG(id))),
                             in->outcome, in->account, &url);
    if (err == OK && url.p)
        out->redirect_url = SET_TEXT(url);
    return err;
}

enum err flow_complete(struct request *rq, struct reply *rp)
{
    const struct complete_body *in = rq->input;
    struct complete_reply *out = REQUEST_NEW(rq, struct complete_reply);
    out->redirect_url.is = VALUE_NULL;
    out->connection.id.is = VALUE_NULL;
    rp->object = out;
    if (in->authorization_url.is != VALUE_SET)
        return complete_composio(rq, in, out);
    struct text slug, query;
    bool mcp;
    const enum err err = parse_url(rq, in->authorization_url.v, &slug, &mcp, &query);
    if (err != OK)
        return err;
    return (mcp ? complete_mcp : complete_native)(rq, in, slug, query, out);
}
