/* The callback of an authorization at a remote MCP server: the state is used up first, in a transaction of its own;
 * then the code is exchanged, without one; then the connection is made. */
#include "api/credentials.h"
#include "api/handlers.h"
#include "mcp/flow.h"
#include "mcp/token.h"
#include "mcp/travel.h"
#include "oauth/callback.h"
#include "pages.h"

struct callback_job {
    struct flow flow;
    struct mcp_flow details;
    struct oauth_client client;
    struct code_exchange exchange;
    struct token_grant grant;
    struct text error, why; /* unless the code was exchanged */
};

/* ---- making the connection ------------------------------------------------------------------------------- */

static struct v_texts scopes_of(struct arena *arena, struct text scope)
{
    struct v_texts list = { VALUE_NULL, 0, ARENA_ARRAY(arena, scope.n / 2 + 1, struct text) };
    for (struct text rest = scope; rest.n;) {
        const struct text one = text_cut(&rest, ' ');
        if (one.n && text_is_visible_ascii(one))
            list.v[list.n++] = one;
    }
    if (list.n)
        list.is = VALUE_SET;
    return list;
}

static struct connection *new_connection(struct request *rq, const struct callback_job *job)
{
    static const struct header_halves no_headers = { .is = VALUE_ABSENT };
    const struct mcp_flow *details = &job->details;
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
    c->oauth_scopes = scopes_of(rq->arena, job->grant.scope);
    c->has_oauth_tokens = SET_BOOL(true);
    return connection_store(rq, c, &no_headers) == OK ? c : NULL;
}

static struct connection *renewed_connection(struct request *rq, const struct callback_job *job)
{
    struct connection *c = REQUEST_NEW(rq, struct connection);
    if (!connection_find(rq, &job->flow.reconnect_id.v, c))
        return NULL;
    c->server_url = job->details.server_url;
    c->oauth_scopes = scopes_of(rq->arena, job->grant.scope);
    connection_renew(rq, c);
    return c;
}

static void finish_flow(struct request *rq, struct callback_job *job)
{
    struct flow *flow = &job->flow;
    rq->who = (struct identity){ .user_id = flow->user_id.v, .team_id = flow->team_id.v, .sharing = true };
    if (!job->error.p) {
        const struct connection *made = flow->reconnect_id.is == VALUE_SET ? renewed_connection(rq, job)
                                                                           : new_connection(rq, job);
        if (made)
            flow->connection_id = made->id;
        else
            job->error = T("server_error");
        if (!made)
            job->why = T("The connection to renew is gone");
    }
    if (job->error.p) {
        flow->error = SET_TEXT(job->error);
        flow->error_description = (struct v_text){ job->why.n ? VALUE_SET : VALUE_ABSENT, job->why };
    }
    flow_end(rq, flow);
    page_redirect(rq, flow_end_url(rq, flow));
}

/* ---- the exchange ---------------------------------------------------------------------------------------- */

static void exchange_work(struct request *rq)
{
    struct callback_job *job = rq->job;
    struct trip trip = travel_begin(rq);
    if (!code_redeem(&trip, &job->client, &job->exchange, &job->grant, &job->why))
        job->error = T("invalid_grant");
    travel_end(rq, &trip);
}

static enum err exchange_then(struct request *rq, struct reply *rp)
{
    (void)rp;
    finish_flow(rq, rq->job);
    return OK;
}

/* RFC 9207 section 2.4: a server that says so in its metadata names itself; one that does not may. */
static bool is_from_issuer(const struct mcp_flow *details, struct v_text iss)
{
    if (iss.is != VALUE_SET)
        return !details->iss_expected.v;
    return details->issuer.is == VALUE_SET && text_eq(iss.v, details->issuer.v);
}

static enum err refuse(struct request *rq, struct text message)
{
    page_problem(rq, 400, T("This sign-in cannot be completed"), message,
                 T("Start the connection again from where you came."));
    return OK;
}

static enum err begin_exchange(struct request *rq, struct callback_job *job, struct secret verifier, struct text code)
{
    flow_end(rq, &job->flow); /* whatever comes of it, the state is used up */
    job->client.id = job->flow.client_id.v;
    job->client.auth = (enum client_auth)job->details.client_auth.v;
    job->exchange = (struct code_exchange){
        .token_endpoint = job->details.token_endpoint.v,
        .code = code,
        .redirect_uri = job->flow.redirect_uri.v,
        .code_verifier = secret_reveal(verifier),
        .resource = job->details.resource.v,
        .scope = job->details.scope.v,
    };
    rq->job = job;
    rq->work = exchange_work;
    rq->then = exchange_then;
    rq->then_tx = TX_WRITE;
    return OK;
}

enum err mcp_callback(struct request *rq, struct reply *rp)
{
    const struct callback_query *in = rq->query;
    struct callback_job *job = REQUEST_NEW(rq, struct callback_job);
    struct secret verifier;
    (void)rp;
    if (in->state.is != VALUE_SET || !flow_find(rq, in->state.v, &job->flow) ||
        !text_eq(job->flow.key.v, T(MCP_PROVIDER)))
        return refuse(rq, T("The state is none of a sign-in that was started with an MCP server"));
    if (job->flow.ended_at.is == VALUE_SET)
        return refuse(rq, T("This sign-in was completed before: a state is good once"));
    if (flow_is_over(rq, &job->flow) ||
        !mcp_flow_get(rq, &job->flow.id.v, &job->details, &job->client.secret, &verifier))
        return refuse(rq, T("This sign-in has expired: start it again"));
    if (!is_from_issuer(&job->details, in->iss))
        return refuse(rq, T("The answer does not come from the authorization server that was asked (iss)"));
    if (text_eq(rq->method, T("HEAD")))
        return refuse(rq, T("Nothing is done for a HEAD request"));
    if (in->error.is == VALUE_SET) {
        job->error = in->error.v;
        job->why = in->error_description.v;
    } else if (in->code.is != VALUE_SET) {
        job->error = T("invalid_request");
        job->why = T("The authorization server sent no code");
    } else {
        return begin_exchange(rq, job, verifier, in->code.v);
    }
    finish_flow(rq, job);
    return OK;
}
