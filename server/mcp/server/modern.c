#include "mcp/server/modern.h"

#include "base/hex.h"
#include "base/limit.h"
#include "mcp/messages.h"

/* How long lists may be kept: fixtures do not change while a client looks at them. */
enum { KEEP_MS = 60000 };

/* ---- what a request says of itself --------------------------------------------------------------------------- */

struct meta {
    enum value_state is;
    struct v_text version;
    struct v_json capabilities;
};

struct envelope {
    struct meta _meta;
    struct v_json name;
};

static const struct field meta_fields[] = {
    { .name = MCP_META "protocolVersion", .offset = offsetof(struct meta, version), .kind = KIND_TEXT },
    { .name = MCP_META "clientCapabilities", .offset = offsetof(struct meta, capabilities), .kind = KIND_JSON },
};
static const struct spec meta_spec = SPEC(struct meta, "McpMeta", meta_fields);

static const struct field envelope_fields[] = {
    FIELD_OBJECT(struct envelope, _meta, struct meta, .sub = &meta_spec),
    FIELD_JSON(struct envelope, name, .doc = "Of what is called"),
};
static const struct spec envelope_spec = SPEC(struct envelope, "McpEnvelope", envelope_fields);

static bool take_envelope(struct mcp_exchange *x, const struct rpc_message *message, struct envelope *ret)
{
    *ret = (struct envelope){ .name = { .is = VALUE_ABSENT } };
    return message->params.is != VALUE_SET || exchange_params(x, &envelope_spec, message->params.v, ret);
}

bool mcp_is_modern(struct mcp_exchange *x, const struct rpc_message *message)
{
    const struct text sent = request_header(x->rq, T("mcp-protocol-version"));
    struct envelope envelope;
    const bool whole = take_envelope(x, message, &envelope);
    return (whole && envelope._meta.version.is == VALUE_SET) || exchange_speaks(x, ERA_MODERN, sent);
}

/* ---- rules --------------------------------------------------------------------------------------------- */

static bool fail_mismatch(struct mcp_exchange *x, const char *header, struct text sent, struct text expected)
{
    if (!sent.p)
        return exchange_fail(x, RPC_HEADER_MISMATCH, 400, "Header mismatch: %s is missing (this server speaks %.*s)",
                             header, TEXT_ARG(exchange_versions(x)));
    return exchange_fail(x, RPC_HEADER_MISMATCH, 400, "Header mismatch: %s is %.*s, but the body says %.*s", header,
                         TEXT_ARG(exchange_shown(x, sent)), TEXT_ARG(exchange_shown(x, expected)));
}

static bool fail_unsupported(struct mcp_exchange *x, struct text version)
{
    struct buf b = buf_new(x->rq->arena, LIMIT_URI);
    struct json j = jw_new(&b);
    exchange_fail(x, RPC_UNSUPPORTED_VERSION, 400, "Unsupported protocol version");
    jw_object(&j);
    jw_key(&j, T("supported"));
    jw_raw(&j, exchange_versions(x));
    jw_put_text(&j, T("requested"), exchange_shown(x, version));
    jw_object_end(&j);
    x->error.data = (struct v_json){ VALUE_SET, buf_text(&b) };
    return false;
}

/* The header, the body, and the server agree. Notifications have no _meta of their own. */
static bool check_version(struct mcp_exchange *x, const struct meta *meta, bool request)
{
    const struct text sent = request_header(x->rq, T("mcp-protocol-version"));
    const bool told = meta->version.is == VALUE_SET;
    if (!sent.p || (told && !text_eq(sent, meta->version.v)))
        return fail_mismatch(x, "MCP-Protocol-Version", sent, meta->version.v);
    if (!exchange_speaks(x, ERA_MODERN, sent))
        return fail_unsupported(x, sent);
    x->version = sent;
    x->capabilities = meta->capabilities.v;
    if (request && !told)
        return exchange_fail(x, RPC_INVALID_PARAMS, 400, "Invalid params: _meta lacks " MCP_META "protocolVersion");
    if (request && meta->capabilities.is != VALUE_SET)
        return exchange_fail(x, RPC_INVALID_PARAMS, 400, "Invalid params: _meta lacks " MCP_META "clientCapabilities");
    if (request && meta->capabilities.v.p[0] != '{')
        return exchange_fail(x, RPC_INVALID_PARAMS, 400, "Invalid params: params/_meta/" MCP_META "clientCapabilities "
                             "must be an object");
    return true;
}

/* `=?base64?…?=` stands for what a header cannot hold. False for broken base64. */
static bool decode_header(struct arena *arena, struct text sent, struct text *ret)
{
    static const struct text mark = { "=?base64?", 9 };
    *ret = sent;
    if (!text_starts(sent, mark) || !text_ends(sent, T("?=")) || sent.n < mark.n + 2)
        return true;
    return base64_decode(arena, text_clip(text_from(sent, mark.n), sent.n - mark.n - 2), ret);
}

/* The JSON of a string and what a header says. */
static bool is_json_of(struct arena *arena, struct text json, struct text sent)
{
    struct buf b = buf_new(arena, LIMIT_BODY);
    struct json j = jw_new(&b);
    struct text plain;
    if (!decode_header(arena, sent, &plain) || !text_is_utf8(plain))
        return false;
    jw_text(&j, plain);
    return text_eq(buf_text(&b), json);
}

static bool check_mcp_name(struct mcp_exchange *x, const struct envelope *envelope)
{
    const struct text sent = request_header(x->rq, T("mcp-name"));
    if (envelope->name.is == VALUE_SET && (!sent.p || !is_json_of(x->rq->arena, envelope->name.v, sent)))
        return fail_mismatch(x, "Mcp-Name", sent, envelope->name.v);
    return true;
}

bool mcp_modern_check(struct mcp_exchange *x, const struct rpc_message *message)
{
    const struct text method = request_header(x->rq, T("mcp-method"));
    const bool request = rpc_is_request(message);
    struct envelope envelope;
    const bool whole = take_envelope(x, message, &envelope);
    if (!request_header(x->rq, T("mcp-protocol-version")).p)
        return fail_mismatch(x, "MCP-Protocol-Version", (struct text){ NULL, 0 }, T(""));
    if (!whole) {
        x->status = 400;
        return false;
    }
    if (message->method.is != VALUE_SET)
        return exchange_fail(x, RPC_INVALID_REQUEST, 400,
                             "Invalid Request: clients send requests and notifications only");
    if (!check_version(x, &envelope._meta, request))
        return false;
    if (!text_eq(method, message->method.v))
        return fail_mismatch(x, "Mcp-Method", method, message->method.v);
    return !request || !text_eq(method, T("tools/call")) || check_mcp_name(x, &envelope);
}

/* ---- server/discover ----------------------------------------------------------------------------------------- */

void mcp_put_cache_hints(struct json *j, const struct mcp_exchange *x)
{
    if (x->era != ERA_MODERN)
        return;
    jw_put_int(j, T("ttlMs"), KEEP_MS);
    jw_put_text(j, T("cacheScope"), x->server.preset->guard == GUARD_NONE ? T("public") : T("private"));
}

bool mcp_discover(struct mcp_exchange *x, struct text params, struct json *j)
{
    (void)params;
    jw_put_text(j, T("resultType"), T("complete"));
    jw_key(j, T("supportedVersions"));
    jw_raw(j, exchange_versions(x));
    exchange_put_server(x, j);
    const char *own = x->server.preset->instructions;
    jw_put_text(j, T("instructions"),
                own ? text_of(own) : T("A server of duvo-mock: its tools answer what they were called with."));
    mcp_put_cache_hints(j, x);
    return true;
}
