/* Starting an authorization at a remote MCP server: discovery, a client, and the URL to open. */
#include "api/handlers.h"
#include "base/pkce.h"
#include "base/uri.h"
#include "cli/config.h"
#include "space/ids.h"
#include "base/limit.h"
#include "space/links.h"
#include "mcp/client/flow.h"
#include "mcp/client/quote.h"
#include "mcp/client/token.h"
#include "mcp/client/trip.h"
#include "oauth/callback.h"
#include "store/query.h"

struct start_body {
    struct v_text mcp_server_url, name;
    struct v_uuid custom_integration_id;
    struct v_text return_url, integration_type;
    struct v_uuid reconnect_instance_id;
    struct v_text oauth_client_id;
    struct v_secret oauth_client_secret;
};

#define B struct start_body
static const struct field start_fields[] = {
    FIELD_URL(B, mcp_server_url, .flags = REQUIRED, .max = LIMIT_WORD, .check = links_check_absolute,
              .doc = "MCP server URL", .example = "\"https://mcp.internal.acme.com\""),
    FIELD_TEXT(B, name, .flags = REQUIRED, .min = 1, .max = NO_MAX, .doc = "Name of the connection",
               .example = "\"Internal Tools\""),
    FIELD_UUID(B, custom_integration_id, .doc = "Its custom integration"),
    FIELD_TEXT(B, return_url, .flags = MAYBE_URL, .max = LIMIT_RETURN_URL, .check = links_check_return,
               .doc = "Destination after consent: a path, or a URL on an allowed host",
               .example = "\"http://localhost:3000/done\""),
    FIELD_TEXT(B, integration_type, .max = LIMIT_WORD, .doc = "Integration type of the connection"),
    FIELD_UUID(B, reconnect_instance_id, .flags = ONLY_V2, .doc = "A connection to renew instead of making one"),
    FIELD_TEXT(B, oauth_client_id, .flags = ONLY_V2, .min = 1, .max = LIMIT_WORD,
               .doc = "An already registered client"),
    FIELD_SECRET(B, oauth_client_secret, .flags = ONLY_V2, .min = 1, .max = NO_MAX,
                 .doc = "Its secret; none for a public client"),
};
#undef B

static const char *check_start_client(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct start_body *in = object;
    (void)arena;
    *ret_path = T("oauth_client_id");
    return in->oauth_client_secret.is == VALUE_SET && in->oauth_client_id.is != VALUE_SET
               ? "Required together with oauth_client_secret" : NULL;
}

const struct spec mcp_start_body = SPEC_WITH(struct start_body, "StartMcpOAuth", start_fields,
                                             .check = check_start_client);

/* From the handler through the work to the answer. */
struct start_job {
    const struct start_body *in;
    struct text redirect_uri;
    bool has_client;
    struct oauth_client client;
    struct discovery found;
    struct text why; /* unless it can go on */
};

/* ---- before the work ------------------------------------------------------------------------------------- */

static enum err check_return_url(struct request *rq, struct v_text url)
{
    const struct config_list *hosts = &rq->config->allowed_return_hosts;
    struct uri uri;
    if (url.is != VALUE_SET || text_starts(url.v, T("/")))
        return OK;
    if (uri_parse_http(url.v, &uri) && uri_host_is_listed(hosts->v, hosts->n, uri.host))
        return OK;
    return fail(rq, ERR_INVALID, "body/return_url Host %.*s is not allowed; see --allowed-return-hosts",
                TEXT_ARG(text_clip(uri.host, 128)));
}

static bool brings_client(const struct start_body *in)
{
    return in->oauth_client_id.is == VALUE_SET;
}

/* A custom integration may bring the client of a server that registers none. */
static enum err take_integration(struct request *rq, const struct uuid *id, struct start_job *job)
{
    QUERY q = query_with(rq->db, SQL_CUSTOM_INTEGRATION_CLIENT, WITH(id, &rq->who.team_id));
    if (!query_row(&q))
        return fail(rq, ERR_INVALID, "body/custom_integration_id Custom integration not found");
    job->has_client = !col_is_null(&q, 0) && !col_is_null(&q, 1);
    if (!job->has_client)
        return OK;
    if (!brings_client(job->in) &&
        !secret_unseal(rq->arena, store_seal_key_of(rq->db), col_text(&q, 1), &job->client.secret))
        return fail(rq, ERR_INVALID, "body/custom_integration_id The client secret of integration \"%.*s\" was sealed "
                    "with another server's key, and cannot be opened here: load the integration with its "
                    "oauth_client_secret", TEXT_ARG(col_text(&q, 3)));
    job->client.id = text_copy(rq->arena, col_text(&q, 0));
    const struct text theirs = url_canonical(rq->arena, text_copy(rq->arena, col_text(&q, 2)));
    if (text_eq(theirs, url_canonical(rq->arena, job->in->mcp_server_url.v)))
        return OK;
    return fail(rq, ERR_INVALID, "body/mcp_server_url is not the custom integration's server: its client is for that "
                "server alone");
}

static enum err check_reconnect(struct request *rq, struct v_uuid id)
{
    struct connection c = { .id = { .is = VALUE_ABSENT } };
    if (id.is != VALUE_SET)
        return OK;
    const enum err err = connection_find_to_change(rq, &id.v, &c);
    if (err == ERR_CONNECTION_NOT_FOUND)
        return fail(rq, ERR_INVALID, "body/reconnect_instance_id Connection not found");
    if (err != OK || text_eq(c.provider.v, T("user")))
        return err;
    return fail(rq, ERR_INVALID, "body/reconnect_instance_id Connection not found: it has no MCP server");
}

/* ---- the work -------------------------------------------------------------------------------------------- */

static bool find_client(struct trip *trip, struct start_job *job)
{
    if (job->has_client) {
        job->client = client_given(&job->found, job->client.id, job->client.secret);
        return true;
    }
    if (job->found.registration_endpoint.p)
        return client_register(trip, &job->found, &job->redirect_uri, 1, &job->client, &job->why);
    job->why = T("the server's authorization server offers no dynamic client registration: register a client by hand, "
                 "and make a custom integration with its oauth_client_id and oauth_client_secret");
    return false;
}

static void start_work(struct request *rq)
{
    struct start_job *job = rq->job;
    struct trip trip = trip_begin(rq);
    if (!discovery_run(&trip, job->in->mcp_server_url.v, &job->found))
        job->why = job->found.why.p ? job->found.why : T("its authorization server cannot be discovered");
    else
        job->why = discovery_refusal(rq->arena, &job->found);
    if (!job->why.p)
        find_client(&trip, job);
    trip_end(rq, &trip);
}

/* ---- after it -------------------------------------------------------------------------------------------- */

static struct flow new_flow(struct request *rq, const struct start_job *job)
{
    return (struct flow){
        .id = SET_UUID(id_new(rq, "flow")),
        .provider = SET_TEXT(T(MCP_PROVIDER)),
        .key = SET_TEXT(T(MCP_PROVIDER)),
        .team_id = SET_UUID(rq->who.team_id),
        .user_id = SET_UUID(rq->who.user_id),
        .client_id = SET_TEXT(job->client.id),
        .redirect_uri = SET_TEXT(job->redirect_uri),
        .scopes = { VALUE_SET, job->found.scopes.n, job->found.scopes.v },
        .return_url = job->in->return_url,
        .properties = { VALUE_SET, T("{}") },
        .reconnect_id = job->in->reconnect_instance_id,
    };
}

static struct v_text set_or_absent(struct text t)
{
    return (struct v_text){ t.n ? VALUE_SET : VALUE_ABSENT, t };
}

static void save_details(struct request *rq, const struct start_job *job, const struct flow *flow, struct text verifier)
{
    const struct start_body *in = job->in;
    const struct mcp_flow details = {
        .flow_id = flow->id,
        .server_url = in->mcp_server_url,
        .name = in->name,
        .type = in->integration_type.is == VALUE_SET ? in->integration_type : SET_TEXT(T("custom_mcp")),
        .custom_integration_id = in->custom_integration_id,
        .issuer = set_or_absent(job->found.issuer),
        .iss_expected = SET_BOOL(job->found.iss_parameter),
        .token_endpoint = SET_TEXT(job->found.token_endpoint),
        .resource = set_or_absent(job->found.resource),
        .scope = SET_TEXT(scope_join(rq->arena, &job->found.scopes)),
        .client_auth = { VALUE_SET, (int)job->client.auth },
    };
    mcp_flow_save(rq, &details, job->client.secret, secret_of(verifier));
}

static enum err start_then(struct request *rq, struct reply *rp)
{
    const struct start_job *job = rq->job;
    struct authorization_reply *out = REQUEST_NEW(rq, struct authorization_reply);
    if (job->why.p)
        return fail(rq, ERR_INVALID, "body/mcp_server_url Cannot be authorized: %.*s",
                    TEXT_ARG(quote_line(rq->arena, job->why)));
    const struct text verifier = pkce_verifier_new(rq->arena);
    struct flow flow = new_flow(rq, job);
    const struct authorization_request ask = {
        .client_id = job->client.id,
        .redirect_uri = job->redirect_uri,
        .state = flow_begin(rq, &flow),
        .code_challenge = pkce_challenge(rq->arena, verifier),
        .scope = scope_join(rq->arena, &job->found.scopes),
        .resource = job->found.resource,
    };
    save_details(rq, job, &flow, verifier);
    out->authorization_url = SET_TEXT(authorization_url(rq->arena, job->found.authorization_endpoint, &ask));
    rp->object = out;
    return OK;
}

enum err mcp_start(struct request *rq, struct reply *rp)
{
    const struct start_body *in = rq->input;
    struct start_job *job = REQUEST_NEW(rq, struct start_job);
    struct text base;
    (void)rp;
    job->in = in;
    enum err err = check_return_url(rq, in->return_url);
    if (err == OK)
        err = links_base(rq, &base);
    if (err == OK && in->custom_integration_id.is == VALUE_SET)
        err = take_integration(rq, &in->custom_integration_id.v, job);
    if (err == OK)
        err = check_reconnect(rq, in->reconnect_instance_id);
    if (err != OK)
        return err;
    if (brings_client(in)) {
        job->has_client = true;
        job->client = (struct oauth_client){ .id = in->oauth_client_id.v, .secret = in->oauth_client_secret.v };
    }
    job->redirect_uri = text_format(rq->arena, "%.*s" CALLBACK_PATH MCP_PROVIDER, TEXT_ARG(base));
    rq->job = job;
    return request_on_pool(rq, start_work, start_then, TX_WRITE);
}
