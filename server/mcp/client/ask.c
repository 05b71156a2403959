/* Asking MCP servers, without a trace: what tools one has (probe), and whether clients can register themselves at its
 * authorization server (check). */
#include "api/credentials.h"
#include "api/handlers.h"
#include "api/integrations.h"
#include "base/limit.h"
#include "space/links.h"
#include "mcp/client/discovery.h"
#include "mcp/client/probe.h"
#include "mcp/client/trip.h"
#include "mcp/server/services.h"

/* ---- probe ----------------------------------------------------------------------------------------------- */

struct probe_body {
    struct v_text server_url;
    struct v_enum integration_slug;
    struct v_secrets headers;
};

#define B struct probe_body
#define PROBE_HEADERS                                                                                                  \
    FIELD_SECRETS(B, headers, .flags = CASE_KEYS, .max = LIMIT_ENTRIES, .key_max = LIMIT_WORD,                         \
                  .value_max = LIMIT_WORD, .check = check_header_value, .check_key = check_header_name,                \
                  .doc = "Headers for the server", .example = "{\"X-API-Key\": \"demo-key\"}")
static const struct field probe_fields_v1[] = {
    FIELD_URL(B, server_url, .flags = REQUIRED, .max = LIMIT_WORD, .check = links_check_absolute,
              .doc = "MCP server URL", .example = "\"https://mcp.internal.acme.com\""),
    PROBE_HEADERS,
};
static const struct field probe_fields_v2[] = {
    FIELD_URL(B, server_url, .max = LIMIT_WORD, .check = links_check_absolute, .doc = "MCP server URL",
              .example = "\"https://mcp.internal.acme.com\""),
    FIELD_ENUM(B, integration_slug, .names = integration_slugs,
               .doc = "Instead of a URL: the integration whose server is asked; no connection is needed"),
    PROBE_HEADERS,
};
#undef B

static const char *check_which(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct probe_body *in = object;
    (void)arena;
    *ret_path = T("server_url");
    if (in->server_url.is != VALUE_SET && in->integration_slug.is != VALUE_SET)
        return "Required, or integration_slug";
    *ret_path = T("headers");
    return in->server_url.is != VALUE_SET && in->headers.is == VALUE_SET ? "Only allowed with server_url" : NULL;
}

const struct spec probe_body_v1 = SPEC(struct probe_body, "ProbeMcpServerV1", probe_fields_v1);
const struct spec probe_body_v2 = SPEC_WITH(struct probe_body, "ProbeMcpServer", probe_fields_v2, .check = check_which);

#define TOOL struct mcp_tool
static const struct field tool_fields[] = {
    FIELD_TEXT(TOOL, name, .flags = REQUIRED, .doc = "Name", .example = "\"search\""),
    FIELD_TEXT(TOOL, description, .doc = "What it does"),
    FIELD_JSON(TOOL, input_schema, .doc = "JSON schema of its arguments, as the server gives it",
               .example = "{\"type\": \"object\"}"),
};
#undef TOOL
static const struct spec tool_spec = SPEC(struct mcp_tool, "McpTool", tool_fields);

struct probe_reply {
    struct v_bool success;
    struct v_rows tools;
    struct v_text error;
};

static const struct field probe_reply_fields[] = {
    FIELD_BOOL(struct probe_reply, success, .flags = REQUIRED, .doc = "Whether the server can be used",
               .example = "true"),
    FIELD_ROWS(struct probe_reply, tools, .sub = &tool_spec, .doc = "Its tools"),
    FIELD_TEXT(struct probe_reply, error, .doc = "Why it cannot"),
};
const struct spec probe_reply = SPEC(struct probe_reply, "ProbeResult", probe_reply_fields);

/* What the work is told, and what it found. */
struct probe_job {
    struct text url;
    struct call_header *headers;
    size_t header_count;
    struct findings found;
};

static void probe_work(struct request *rq)
{
    struct probe_job *job = rq->job;
    const struct mcp_target target = { job->url, job->headers, job->header_count };
    struct trip trip = trip_begin(rq);
    mcp_probe(&trip, &target, &job->found);
    trip_end(rq, &trip);
}

/* The API has no null for a description that is not there. */
static struct v_rows tools_of(struct arena *arena, const struct findings *found)
{
    struct mcp_tool *tools = ARENA_ARRAY(arena, found->tool_count, struct mcp_tool);
    for (size_t i = 0; i < found->tool_count; i++) {
        tools[i] = found->tools[i];
        if (tools[i].description.is == VALUE_NULL)
            tools[i].description.is = VALUE_ABSENT;
    }
    return SET_ROWS(found->tool_count, tools);
}

static enum err probe_then(struct request *rq, struct reply *rp)
{
    const struct probe_job *job = rq->job;
    struct probe_reply *out = REQUEST_NEW(rq, struct probe_reply);
    out->success = SET_BOOL(job->found.success);
    if (job->found.success)
        out->tools = tools_of(rq->arena, &job->found);
    else
        out->error = SET_TEXT(job->found.error);
    rp->object = out;
    return OK;
}

static void take_headers(struct request *rq, const struct v_secrets *in, struct probe_job *job)
{
    job->header_count = in->n;
    job->headers = ARENA_ARRAY(rq->arena, in->n, struct call_header);
    for (size_t i = 0; i < in->n; i++)
        job->headers[i] = (struct call_header){ .name = in->v[i].name, .secret = in->v[i].value };
}

enum err mcp_probe_start(struct request *rq, struct reply *rp)
{
    const struct probe_body *in = rq->input;
    struct probe_job *job = REQUEST_NEW(rq, struct probe_job);
    enum err err = OK;
    (void)rp;
    rq->job = job;
    take_headers(rq, &in->headers, job);
    if (in->server_url.is == VALUE_SET)
        job->url = in->server_url.v;
    else
        err = service_url(rq, integration_slugs[in->integration_slug.v], &job->url);
    return err == OK ? request_on_pool(rq, probe_work, probe_then, TX_NONE) : err;
}

/* ---- check ----------------------------------------------------------------------------------------------- */

struct check_body {
    struct v_text mcp_server_url;
};

static const struct field check_fields[] = {
    FIELD_URL(struct check_body, mcp_server_url, .flags = REQUIRED, .max = LIMIT_WORD, .check = links_check_absolute,
              .doc = "MCP server URL", .example = "\"https://mcp.internal.acme.com\""),
};
const struct spec mcp_check_body = SPEC(struct check_body, "CheckMcpOAuth", check_fields);

struct check_reply {
    struct v_bool supports_dcr;
    struct v_text authorization_endpoint;
    struct v_texts scopes;
};

static const struct field check_reply_fields[] = {
    FIELD_BOOL(struct check_reply, supports_dcr, .flags = REQUIRED, .doc = "Whether clients can register themselves",
               .example = "true"),
    FIELD_TEXT(struct check_reply, authorization_endpoint, .doc = "Authorization endpoint, when it can be discovered",
               .example = "\"https://auth.acme.com/authorize\""),
    FIELD_TEXTS(struct check_reply, scopes,
                .doc = "Scopes that the server asks for, else those that its authorization server knows"),
};
const struct spec mcp_check_reply = SPEC(struct check_reply, "McpOAuthSupport", check_reply_fields);

static void check_work(struct request *rq)
{
    const struct check_body *in = rq->input;
    struct discovery *found = REQUEST_NEW(rq, struct discovery);
    struct trip trip = trip_begin(rq);
    discovery_run(&trip, in->mcp_server_url.v, found);
    trip_end(rq, &trip);
    rq->job = found;
}

static enum err check_then(struct request *rq, struct reply *rp)
{
    const struct discovery *found = rq->job;
    struct check_reply *out = REQUEST_NEW(rq, struct check_reply);
    out->supports_dcr = SET_BOOL(discovery_has_registration(found));
    if (found->authorization_endpoint.p && found->metadata_source != METADATA_DEFAULTS) /* a guess is no discovery */
        out->authorization_endpoint = SET_TEXT(found->authorization_endpoint);
    const struct v_texts *scopes = found->scopes.n ? &found->scopes : &found->known_scopes;
    if (scopes->is == VALUE_SET && scopes->n)
        out->scopes = *scopes;
    if (found->why.p)
        warn(rq, found->why);
    rp->object = out;
    return OK;
}

enum err mcp_check_start(struct request *rq, struct reply *rp)
{
    (void)rp;
    return request_on_pool(rq, check_work, check_then, TX_NONE);
}
