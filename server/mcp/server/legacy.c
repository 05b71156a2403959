#include "mcp/server/legacy.h"

#include "space/ids.h"
#include "base/limit.h"
#include "mcp/messages.h"
#include "oauth/flow.h"
#include "store/query.h"

/* ---- sessions ------------------------------------------------------------------------------------------ */

static void begin_session(struct mcp_exchange *x)
{
    x->session = token_new(x->rq, "session");
    query_prune(x->rq->db, SQL_MCP_SESSION_DROP, LIMIT_FLOWS);
    query_change(x->rq->db, SQL_MCP_SESSION_INSERT,
                 WITH(token_hash(x->rq->db, x->session), x->server.path, x->version, x->rq->now));
}

/* The session's id is never echoed: it is as good as a key. */
static bool find_session(struct mcp_exchange *x)
{
    if (x->server.preset->sessionless)
        return true;
    const struct text id = request_header(x->rq, T("mcp-session-id"));
    if (!id.p)
        return exchange_fail(x, RPC_REFUSED, 400, "Bad Request: Mcp-Session-Id is missing; send initialize first");
    const struct param *with = WITH(token_hash(x->rq->db, id), x->server.path);
    x->version = query_text(x->rq->db, SQL_MCP_SESSION_GET, with, x->rq->arena); /* that was agreed on */
    if (!x->version.p)
        return exchange_fail(x, RPC_NO_SESSION, 404, "Session not found: send initialize");
    return true;
}

bool mcp_session_end(struct mcp_exchange *x)
{
    if (!find_session(x))
        return false;
    const struct text id = request_header(x->rq, T("mcp-session-id"));
    query_change(x->rq->db, SQL_MCP_SESSION_DELETE, WITH(token_hash(x->rq->db, id)));
    return true;
}

/* ---- rules --------------------------------------------------------------------------------------------- */

/* 2025-06-18 and later: the version on every request after the first. Without it the session says which. */
static bool check_version(struct mcp_exchange *x)
{
    const struct text sent = request_header(x->rq, T("mcp-protocol-version"));
    const struct text shown = exchange_shown(x, sent);
    if (sent.p && !exchange_speaks(x, ERA_LEGACY | ERA_OLD, sent))
        return exchange_fail(x, RPC_REFUSED, 400, "Bad Request: Unsupported protocol version %.*s (supported: %.*s)",
                             TEXT_ARG(shown), TEXT_ARG(exchange_versions(x)));
    if (sent.p && x->version.p && !text_eq(sent, x->version))
        return exchange_fail(x, RPC_REFUSED, 400, "Bad Request: MCP-Protocol-Version is %.*s, but %.*s was agreed on",
                             TEXT_ARG(shown), TEXT_ARG(x->version));
    return true;
}

bool mcp_legacy_check(struct mcp_exchange *x, const struct rpc_message *message)
{
    x->version = (struct text){ NULL, 0 };
    if (rpc_is_request(message) && text_eq(message->method.v, T("initialize")))
        return true;
    return check_version(x) && find_session(x) && check_version(x);
}

bool mcp_legacy_check_batch(struct mcp_exchange *x)
{
    if (!check_version(x) || !find_session(x) || !check_version(x))
        return false;
    if (x->server.preset->sessionless) /* without the header it is the only one that has batches */
        x->version = request_header(x->rq, T("mcp-protocol-version"));
    if (!x->version.p)
        x->version = T("2025-03-26");
    if (!version_has_batches(x->version))
        return exchange_fail(x, RPC_INVALID_REQUEST, 400, "Invalid Request: only 2025-03-26 has batches; this is %.*s",
                             TEXT_ARG(x->version));
    return true;
}

/* ---- initialize ------------------------------------------------------------------------------------------ */

/* Its members are of no interest. */
struct client_capabilities {
    enum value_state is;
};

struct initialize_params {
    struct v_text protocolVersion;
    struct client_capabilities capabilities;
    struct implementation clientInfo;
};

static const struct spec capabilities_spec = { .name = "McpClientCapabilities",
                                               .size = sizeof(struct client_capabilities) };

static const struct field initialize_fields[] = {
    FIELD_TEXT(struct initialize_params, protocolVersion, .flags = REQUIRED),
    FIELD_OBJECT(struct initialize_params, capabilities, struct client_capabilities, .flags = REQUIRED,
                 .sub = &capabilities_spec),
    FIELD_OBJECT(struct initialize_params, clientInfo, struct implementation, .flags = REQUIRED,
                 .sub = &implementation_spec),
};
static const struct spec initialize_spec = SPEC(struct initialize_params, "McpInitialize", initialize_fields);

/* The client's version when the server has it, else the newest that it has. */
bool mcp_initialize(struct mcp_exchange *x, struct text params, struct json *j)
{
    struct initialize_params in = { .protocolVersion = { .is = VALUE_ABSENT } };
    if (!exchange_params(x, &initialize_spec, params, &in))
        return false;
    const bool speaks = exchange_speaks(x, ERA_LEGACY | ERA_OLD, in.protocolVersion.v);
    x->version = speaks ? in.protocolVersion.v : exchange_newest_version(x);
    jw_put_text(j, T("protocolVersion"), x->version);
    exchange_put_server(x, j);
    if (x->era == ERA_LEGACY && !x->server.preset->sessionless)
        begin_session(x);
    return true;
}
