#include "oauth/callback.h"

#include "api/credentials.h"
#include "api/handlers.h"
#include "cli/config.h"
#include "base/limit.h"
#include "space/links.h"
#include "oauth/client.h"
#include "oauth/grant.h"
#include "oauth/provider.h"
#include "pages/page.h"

/* ---- where it ends --------------------------------------------------------------------------------------- */

struct text flow_base(const struct flow *flow)
{
    return text_clip(flow->redirect_uri.v,
                     flow->redirect_uri.v.n - flow->provider.v.n - (sizeof CALLBACK_PATH - 1));
}

struct v_text flow_next(struct arena *arena, const struct flow *flow)
{
    if (flow->return_url.is != VALUE_SET || !text_starts(flow->return_url.v, T("/")))
        return flow->return_url;
    return SET_TEXT(text_format(arena, "%.*s%.*s", TEXT_ARG(flow_base(flow)), TEXT_ARG(flow->return_url.v)));
}

/* What a result may say: what the URL has of that from elsewhere would be taken for it. */
static const char *const result_names[] = { "status", "error", "error_description", "connection_id", NULL };

struct text flow_end_url(struct request *rq, const struct flow *flow)
{
    const struct v_text next = flow_next(rq->arena, flow);
    struct pair params[3];
    size_t n = 0;
    if (next.is != VALUE_SET)
        return text_format(rq->arena, "%.*s/_mock/oauth/result/%.*s", TEXT_ARG(flow_base(flow)),
                           TEXT_ARG(uuid_text(rq->arena, &flow->id.v)));
    if (rq->config->return_params == RETURN_PARAMS_OFF)
        return next.v;
    params[n++] = (struct pair){ T("status"), flow->error.is == VALUE_SET ? T("error") : T("success") };
    if (flow->error.is == VALUE_SET)
        params[n++] = (struct pair){ T("error"), flow->error.v };
    if (flow->error.is == VALUE_SET && flow->error_description.is == VALUE_SET)
        params[n++] = (struct pair){ T("error_description"), flow->error_description.v };
    if (flow->connection_id.is == VALUE_SET)
        params[n++] = (struct pair){ T("connection_id"), uuid_text(rq->arena, &flow->connection_id.v) };
    return links_answer(rq->arena, next.v, result_names, params, n);
}

/* ---- callback ------------------------------------------------------------------------------------------ */

#define Q struct callback_query
static const struct field callback_query_fields[] = {
    FIELD_TEXT(Q, code, .doc = "Authorization code"),
    FIELD_TEXT(Q, state, .doc = "State of the authorization URL"),
    FIELD_TEXT(Q, error, .doc = "Why there is no code", .example = "\"access_denied\""),
    FIELD_TEXT(Q, error_description, .doc = "The same for people"),
    FIELD_TEXT(Q, iss, .doc = "Issuer (RFC 9207)"),
};
#undef Q
const struct spec callback_query_spec = SPEC_WITH(struct callback_query, "CallbackQuery", callback_query_fields,
                                                  .open = true, /* RFC 6749 section 4.1.2 */
                                                  .oauth = true, .repeated = offsetof(struct callback_query, repeated));

struct callback_path {
    struct v_text provider;
};

static const struct field callback_path_fields[] = {
    FIELD_TEXT(struct callback_path, provider, .flags = REQUIRED, .doc = "OAuth provider", .example = "\"gmail\""),
};
const struct spec callback_path = SPEC(struct callback_path, "CallbackPath", callback_path_fields);

static void set_error(struct flow *flow, struct text error, struct v_text description)
{
    flow->error = SET_TEXT(error);
    flow->error_description = description;
}

/* `Gmail - olivia@acme.example`, no longer than a name may be. */
static struct v_text name_of(struct arena *arena, struct text integration, struct text account)
{
    const size_t used = text_utf16_length(integration) + 3;
    if (used >= LIMIT_NAME)
        return SET_TEXT(integration);
    return SET_TEXT(text_format(arena, "%.*s - %.*s", TEXT_ARG(integration),
                                TEXT_ARG(text_clip(account, LIMIT_NAME - used))));
}

static struct connection *new_connection(struct request *rq, const struct flow *flow, const struct grant *grant)
{
    struct connection *c = REQUEST_NEW(rq, struct connection);
    struct provider provider = { .key = { .is = VALUE_ABSENT } };
    struct catalog_row catalog = { .id = { .is = VALUE_ABSENT } };
    if (!provider_find(rq, flow->key.v, &provider) || !catalog_find(rq, provider.type.v, T("native"), &catalog))
        return NULL; /* the fixtures were changed meanwhile */
    *c = connection_new(rq);
    c->name = name_of(rq->arena, catalog.name.v, grant->account.v);
    c->type = provider.type;
    c->provider = SET_TEXT(T("native"));
    c->auth_method = catalog.auth_method;
    c->icon_url = catalog.icon_url;
    c->oauth_provider = catalog.oauth_provider;
    c->oauth_provider_key = catalog.oauth_provider_key;
    c->oauth_scopes = grant->scopes;
    c->has_oauth_tokens = SET_BOOL(true);
    c->integration_id = SET_TEXT(uuid_text(rq->arena, &catalog.id.v));
    return connection_store(rq, c, &(struct header_halves){ .is = VALUE_ABSENT }) == OK ? c : NULL;
}

static struct connection *renewed_connection(struct request *rq, const struct flow *flow, const struct grant *grant)
{
    struct connection *c = REQUEST_NEW(rq, struct connection);
    if (connection_get(rq, &flow->reconnect_id.v, c) != OK)
        return NULL;
    c->oauth_scopes = grant->scopes;
    grant_release(rq, &c->id.v);
    connection_renew(rq, c);
    return c;
}

/* The code becomes a connection, in the name of the person who started the flow. */
static struct connection *redeem_code(struct request *rq, struct flow *flow, struct text code, struct text state)
{
    struct grant grant = { .account = { .is = VALUE_ABSENT } };
    const enum redeemed how =
        grant_redeem(rq, code, flow->key.v, flow->client_id.v, flow->redirect_uri.v, state, &grant);
    if (how != REDEEMED) {
        set_error(flow, T("invalid_grant"), SET_TEXT(text_of(redeemed_text(how))));
        return NULL;
    }
    rq->who = (struct identity){ .user_id = flow->user_id.v, .team_id = flow->team_id.v, .sharing = true };
    struct connection *made = flow->reconnect_id.is == VALUE_SET ? renewed_connection(rq, flow, &grant)
                                                                 : new_connection(rq, flow, &grant);
    if (!made) {
        set_error(flow, T("server_error"), SET_TEXT(T("The connection to renew, or its provider, is gone")));
        return NULL;
    }
    grant_bind(rq, code, &made->id.v);
    flow->connection_id = made->id;
    return made;
}

/* Whether the code is, or can be, one more answer to the same sign-in. Of a server of somebody else's no codes are
 * known: what the mock has not issued may come of a second click there. */
static bool answers_again(struct request *rq, const struct flow *flow, const struct callback_query *in,
                          enum codes_of codes)
{
    if (in->code.is != VALUE_SET || flow_has_code(rq, flow, in->code.v) || grant_is_of(rq, in->code.v, in->state.v))
        return true;
    return codes == CODES_OF_ANYBODY && !grant_is_known(rq, in->code.v);
}

struct ending callback_again(struct request *rq, const struct flow *flow, const struct callback_query *in,
                             enum codes_of codes)
{
    if (!answers_again(rq, flow, in, codes))
        return (struct ending){ .message = T("This sign-in is already completed: a state is valid once") };
    if (flow->ended_at.is != VALUE_SET)
        return (struct ending){ .message = T("This sign-in is being completed: reload this page"), .pending = true };
    return (struct ending){ .url = flow_end_url(rq, flow) };
}

/* The same of a native flow. A code of another one that was used already is a replay. */
static struct ending take_again(struct request *rq, const struct flow *flow, const struct callback_query *in)
{
    struct grant grant = { .account = { .is = VALUE_ABSENT } };
    if (!answers_again(rq, flow, in, CODES_OF_MOCK) && REDEEM_REPLAYED ==
        grant_redeem(rq, in->code.v, flow->key.v, flow->client_id.v, flow->redirect_uri.v, in->state.v, &grant))
        return (struct ending){ .message = text_of(redeemed_text(REDEEM_REPLAYED)) };
    return callback_again(rq, flow, in, CODES_OF_MOCK);
}

bool callback_flow(struct request *rq, const struct callback_query *in, struct flow *ret)
{
    return in->state.is == VALUE_SET && !parameter_is_repeated(&in->repeated, "state") &&
           flow_find(rq, in->state.v, ret);
}

struct text callback_repeats(struct arena *arena, const struct callback_query *in)
{
    return text_format(arena, "The answer has %.*s more than once", TEXT_ARG(in->repeated.v[0]));
}

struct ending callback_take(struct request *rq, struct text slug, const struct callback_query *in)
{
    struct flow flow = { .id = { .is = VALUE_ABSENT } };
    struct ending end = { .connection = NULL };
    if (!callback_flow(rq, in, &flow) || !text_eq(flow.provider.v, slug))
        return (struct ending){ .message = T("The state does not belong to a sign-in started with this provider") };
    if (flow_is_taken(&flow))
        return take_again(rq, &flow, in);
    if (flow_is_over(rq, &flow))
        return (struct ending){ .message = T("This sign-in has expired: start it again") };
    flow_take(rq, &flow, in->code);
    if (in->repeated.n)
        set_error(&flow, T("invalid_request"), SET_TEXT(callback_repeats(rq->arena, in)));
    else if (in->error.is == VALUE_SET)
        set_error(&flow, in->error.v, in->error_description);
    else if (in->code.is != VALUE_SET)
        set_error(&flow, T("invalid_request"), SET_TEXT(T("The provider sent no authorization code")));
    else
        end.connection = redeem_code(rq, &flow, in->code.v, in->state.v);
    flow_end(rq, &flow);
    end.url = flow_end_url(rq, &flow);
    return end;
}

void ending_show(struct request *rq, const struct ending *end)
{
    if (end->url.p)
        page_redirect(rq, end->url);
    else
        page_problem(rq, 400, T("This sign-in cannot be completed"), end->message,
                     T("Start the connection again from where you came."));
}

/* What a replay has revoked has to be committed, so refusing is no error of the handler. */
enum err oauth_callback(struct request *rq, struct reply *rp)
{
    const struct callback_path *path = rq->path;
    const struct ending end = callback_take(rq, path->provider.v, rq->query);
    (void)rp;
    ending_show(rq, &end);
    return OK;
}

/* ---- the mock's own end ------------------------------------------------------------------------------------ */

struct result_path {
    struct v_uuid flow_id;
};

static const struct field result_path_fields[] = {
    FIELD_UUID(struct result_path, flow_id, .flags = REQUIRED, .doc = "Flow"),
};
const struct spec result_path = SPEC(struct result_path, "ResultPath", result_path_fields);

static struct text connection_name(struct request *rq, const struct flow *flow)
{
    struct connection c = { .id = { .is = VALUE_ABSENT } };
    rq->who = (struct identity){ .user_id = flow->user_id.v, .team_id = flow->team_id.v, .sharing = true };
    return connection_get(rq, &flow->connection_id.v, &c) == OK ? c.name.v : T("(deleted meanwhile)");
}

static size_t result_details(struct request *rq, const struct flow *flow, struct template_values *ret)
{
    size_t n = 0;
    if (flow->connection_id.is == VALUE_SET) {
        ret[n++] = page_detail(rq->arena, T("Connection"), connection_name(rq, flow));
        ret[n++] = page_detail(rq->arena, T("ID"), uuid_text(rq->arena, &flow->connection_id.v));
    }
    if (flow->error.is == VALUE_SET)
        ret[n++] = page_detail(rq->arena, T("Error"), flow->error.v);
    if (flow->error.is == VALUE_SET && flow->error_description.is == VALUE_SET)
        ret[n++] = page_detail(rq->arena, T("Reason"), flow->error_description.v);
    return n;
}

enum err oauth_result(struct request *rq, struct reply *rp)
{
    static const struct {
        const char *title, *message, *tone;
    } ends[] = {
        { "Connected", "The account was authorized, and the connection is in the list.", "good" },
        { "Not connected", "The provider sent the browser back without granting access.", "bad" },
        { "Still pending", "This sign-in is still open.", "neutral" },
    };
    const struct result_path *path = rq->path;
    struct flow flow = { .id = { .is = VALUE_ABSENT } };
    struct template_values details[4];
    (void)rp;
    if (!flow_get(rq, &path->flow_id.v, &flow))
        return ERR_FLOW_NOT_FOUND;
    const size_t which = flow.ended_at.is != VALUE_SET ? 2 : flow.error.is == VALUE_SET ? 1 : 0;
    const struct template_value values[] = {
        { .name = "title", .text = text_of(ends[which].title) },
        { .name = "message", .text = text_of(ends[which].message) },
        { .name = "tone", .text = text_of(ends[which].tone) },
        { .name = "details", .items = details, .count = result_details(rq, &flow, details), .is_list = true },
        { .name = "hint", .text = T("You can close this window.") },
        { .name = NULL },
    };
    page_answer(rq, 200, "result.html", values);
    return OK;
}
