/* The state is used up first, in a transaction of its own; then the code is exchanged, without one; then the connection
 * is made. */
#include "mcp/client/callback.h"

#include "api/credentials.h"
#include "api/handlers.h"
#include "base/clock.h"
#include "base/limit.h"
#include "mcp/client/flow.h"
#include "mcp/client/token.h"
#include "mcp/client/trip.h"
#include "mcp/client/under_way.h"
#include "space/journal.h"
#include "space/space.h"

struct mcp_callback {
    struct flow flow;
    struct mcp_flow details;
    struct oauth_client client;
    struct code_exchange exchange;
    struct token_grant grant;
    struct text error, why; /* unless the code was exchanged */
};

/* ---- making the connection ------------------------------------------------------------------------------- */

static struct v_texts granted_scopes(struct arena *arena, struct text scope)
{
    struct v_texts scopes = scope_split(arena, scope);
    if (!scopes.n)
        scopes.is = VALUE_NULL;
    return scopes;
}

static struct connection *new_connection(struct request *rq, const struct mcp_callback *callback)
{
    static const struct header_halves no_headers = { .is = VALUE_ABSENT };
    const struct mcp_flow *details = &callback->details;
    struct connection *c = REQUEST_NEW(rq, struct connection);
    *c = connection_new(rq);
    c->name = details->name;
    c->type = details->type;
    c->provider = SET_TEXT(T("user"));
    c->server_url = details->server_url;
    if (text_eq(details->type.v, T("custom_mcp")))
        c->transport_type = (struct v_enum){ VALUE_SET, TRANSPORT_HTTP };
    c->auth_method = SET_TEXT(T("oauth"));
    if (details->custom_integration_id.is == VALUE_SET)
        c->custom_integration_id = details->custom_integration_id;
    c->oauth_scopes = granted_scopes(rq->arena, callback->grant.scope);
    c->has_oauth_tokens = SET_BOOL(true);
    return connection_store(rq, c, &no_headers) == OK ? c : NULL;
}

static struct connection *renewed_connection(struct request *rq, const struct mcp_callback *callback)
{
    struct connection *c = REQUEST_NEW(rq, struct connection);
    if (connection_get(rq, &callback->flow.reconnect_id.v, c) != OK)
        return NULL;
    c->server_url = callback->details.server_url;
    c->auth_method = SET_TEXT(T("oauth"));
    c->oauth_scopes = granted_scopes(rq->arena, callback->grant.scope);
    connection_renew(rq, c);
    return c;
}

static void fail_flow(struct mcp_callback *c, const char *error, const char *why)
{
    c->error = text_of(error);
    c->why = text_of(why);
}

/* Whether the flow is still the one that was taken: while its code was exchanged, a reset may have removed it, and a
 * restored snapshot brought back another state of it. */
static bool is_as_taken(struct request *rq, const struct mcp_callback *c)
{
    const struct text code = c->exchange.code;
    struct flow now = { .id = { .is = VALUE_ABSENT } };
    return flow_get(rq, &c->flow.id.v, &now) && flow_is_taken(&now) && now.ended_at.is != VALUE_SET &&
           (!code.p || flow_has_code(rq, &now, code));
}

struct ending mcp_callback_finish(struct request *rq, struct mcp_callback *c)
{
    struct flow *flow = &c->flow;
    struct ending end = { .connection = NULL };
    if (!is_as_taken(rq, c))
        return (struct ending){ .message = T("This sign-in is gone: its space was reset or dropped while the code was "
                                             "exchanged") };
    rq->who = (struct identity){ .user_id = flow->user_id.v, .team_id = flow->team_id.v, .sharing = true };
    if (!c->error.p) {
        end.connection = flow->reconnect_id.is == VALUE_SET ? renewed_connection(rq, c) : new_connection(rq, c);
        if (end.connection)
            flow->connection_id = end.connection->id;
        else
            fail_flow(c, "server_error", "The connection to renew is gone");
    }
    if (c->error.p) {
        flow->error = SET_TEXT(c->error);
        flow->error_description = (struct v_text){ c->why.n ? VALUE_SET : VALUE_ABSENT, c->why };
    }
    flow_end(rq, flow);
    end.url = flow_end_url(rq, flow);
    return end;
}

/* ---- the exchange ---------------------------------------------------------------------------------------- */

static void exchange_work(struct request *rq)
{
    struct mcp_callback *c = rq->job;
    struct trip trip = trip_begin(rq);
    struct token_refusal refusal;
    if (!code_redeem(&trip, &c->client, &c->exchange, &c->grant, &refusal)) {
        c->error = refusal.error;
        c->why = refusal.why;
    }
    trip_end(rq, &trip);
}

static void begin_exchange(struct request *rq, struct mcp_callback *c, struct secret verifier, struct text code,
                           handler *then)
{
    c->client.id = c->flow.client_id.v;
    c->client.auth = (enum client_auth)c->details.client_auth.v;
    c->exchange = (struct code_exchange){
        .token_endpoint = c->details.token_endpoint.v,
        .code = code,
        .redirect_uri = c->flow.redirect_uri.v,
        .code_verifier = secret_reveal(verifier),
        .resource = c->details.resource.v,
        .scope = c->details.scope.v,
    };
    rq->job = c;
    under_way_begin(rq, &c->flow.id.v);
    request_on_pool(rq, exchange_work, then, TX_WRITE);
}

/* RFC 9207 section 2.4: a server that says so in its metadata names itself; one that does not may. */
static bool is_from_issuer(const struct mcp_flow *details, struct v_text iss)
{
    if (iss.is != VALUE_SET)
        return !details->iss_expected.v;
    return details->issuer.is == VALUE_SET && text_eq(iss.v, details->issuer.v);
}

static bool is_mcp_flow(struct request *rq, const struct callback_query *in, struct flow *ret)
{
    return callback_flow(rq, in, ret) && text_eq(ret->key.v, T(MCP_PROVIDER));
}

/* Why the query cannot belong to a flow that goes on; NULL when it does. */
static const char *find_flow(struct request *rq, const struct callback_query *in, struct mcp_callback *c,
                             struct secret *ret_verifier)
{
    if (!is_mcp_flow(rq, in, &c->flow))
        return "The state does not belong to a sign-in started with an MCP server";
    if (flow_is_over(rq, &c->flow) ||
        !mcp_flow_get(rq, &c->flow.id.v, &c->details, &c->client.secret, ret_verifier))
        return "This sign-in has expired: start it again";
    if (!is_from_issuer(&c->details, in->iss))
        return "The answer is from another authorization server than the one asked (iss)";
    return text_eq(rq->method, T("HEAD")) ? "Nothing is done for a HEAD request" : NULL;
}

/* One that nobody works on any more has failed: its code may have been used, and is good once. */
static struct ending take_again(struct request *rq, struct flow *flow, const struct callback_query *in)
{
    const struct ending end = callback_again(rq, flow, in, CODES_OF_ANYBODY);
    if (!end.pending || under_way_has(rq, &flow->id.v))
        return end;
    flow->error = SET_TEXT(T("server_error"));
    flow->error_description = SET_TEXT(T("The exchange of the code was interrupted: start the connection again"));
    flow_end(rq, flow);
    return callback_again(rq, flow, in, CODES_OF_ANYBODY);
}

bool mcp_callback_take(struct request *rq, const struct callback_query *in, handler *then,
                       struct mcp_callback **ret_callback, struct ending *ret)
{
    struct mcp_callback *c = *ret_callback = REQUEST_NEW(rq, struct mcp_callback);
    struct secret verifier;
    if (is_mcp_flow(rq, in, &c->flow) && flow_is_taken(&c->flow)) {
        *ret = take_again(rq, &c->flow, in);
        return true;
    }
    const char *refused = find_flow(rq, in, c, &verifier);
    *ret = (struct ending){ .message = text_of(refused) };
    if (refused)
        return true;
    flow_take(rq, &c->flow, in->code); /* whatever comes of it, the state is used up */
    if (!in->repeated.n && in->error.is != VALUE_SET && in->code.is == VALUE_SET) {
        begin_exchange(rq, c, verifier, in->code.v, then);
        return false;
    }
    fail_flow(c, "invalid_request", "The authorization server sent no code");
    if (in->repeated.n) {
        c->why = callback_repeats(rq->arena, in);
    } else if (in->error.is == VALUE_SET) {
        c->error = in->error.v;
        c->why = in->error_description.v;
    }
    *ret = mcp_callback_finish(rq, c);
    return true;
}

/* ---- the browser ----------------------------------------------------------------------------------------- */

static enum err exchange_then(struct request *rq, struct reply *rp)
{
    const struct ending end = mcp_callback_finish(rq, rq->job);
    (void)rp;
    ending_show(rq, &end);
    return OK;
}

/* A second click comes while the code of the first is exchanged: it waits for what comes of that. */
#define AGAIN_US INT64_C(100000)
#define PATIENCE_US ((LIMIT_TRIP_SECONDS + 1) * INT64_C(1000000))

enum err mcp_callback(struct request *rq, struct reply *rp)
{
    struct bell *bell = journal_bell(space_journal(rq->home));
    const uint64_t heard = bell_rung(bell);
    const int64_t now_us = clock_steady_us();
    struct mcp_callback *callback;
    struct ending end;
    (void)rp;
    if (!mcp_callback_take(rq, rq->query, exchange_then, &callback, &end))
        return OK;
    if (end.pending && now_us - rq->started_us < PATIENCE_US)
        return request_wait(rq, bell, heard, now_us + AGAIN_US);
    ending_show(rq, &end);
    return OK;
}
