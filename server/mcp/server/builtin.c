#include "mcp/server/builtin.h"

#include "mcp/server/binding.h"
#include "base/uri.h"
#include "space/hosts.h"
#include "space/links.h"
#include "store/query.h"

struct preset_path {
    struct v_text preset;
};

static const struct field preset_path_fields[] = {
    FIELD_TEXT(struct preset_path, preset, .flags = REQUIRED, .doc = "Built-in MCP server", .example = "\"oauth\""),
};
const struct spec mcp_preset_path = SPEC(struct preset_path, "McpPath", preset_path_fields);

struct composio_path {
    struct v_uuid connection_id;
};

static const struct field composio_path_fields[] = {
    FIELD_UUID(struct composio_path, connection_id, .flags = REQUIRED, .doc = "Connection made through Composio"),
};
const struct spec mcp_composio_path = SPEC(struct composio_path, "McpComposioPath", composio_path_fields);

enum err mcp_server_at(struct request *rq, const struct preset *preset, struct text path, struct mcp_server *ret)
{
    *ret = (struct mcp_server){ .preset = preset, .path = path, .title = text_of(preset->title),
                                .tools = text_of(preset->name) };
    const enum err err = links_asked(rq, &ret->base);
    ret->url = text_format(rq->arena, "%.*s%.*s", TEXT_ARG(ret->base), TEXT_ARG(path));
    return err;
}

enum err mcp_server_named(struct request *rq, struct text name, struct mcp_server *ret)
{
    const struct preset *preset = preset_find(name);
    if (!preset)
        return ERR_MCP_SERVER_NOT_FOUND;
    return mcp_server_at(rq, preset, text_format(rq->arena, MCP_PATH "%s", preset->name), ret);
}

enum err mcp_server_take(struct request *rq, struct mcp_server *ret)
{
    const struct preset_path *path = rq->path;
    return mcp_server_named(rq, path->preset.v, ret);
}

enum err mcp_server_find(struct request *rq, struct mcp_server *ret)
{
    const enum err err = mcp_server_take(rq, ret);
    const struct text meant = err == OK ? mcp_binding_meant(rq, text_of(ret->preset->name))
                                        : (struct text){ NULL, 0 };
    if (meant.p)
        ret->url = meant;
    return err;
}

/* Whose tools the server behind a Composio connection has: the app's, or what every app has. */
static struct text tools_of_app(struct request *rq, struct text app)
{
    const struct text own = text_format(rq->arena, "composio:%.*s", TEXT_ARG(app));
    return query_finds(rq->db, SQL_MCP_TOOL_PAGE, WITH(own, 1, 1, 0)) ? own : T("composio");
}

enum err mcp_server_of_composio(struct request *rq, struct mcp_server *ret)
{
    const struct composio_path *path = rq->path;
    const struct text id = uuid_text(rq->arena, &path->connection_id.v);
    QUERY q = query_with(rq->db, SQL_MCP_COMPOSIO_APP, WITH(&path->connection_id.v));
    if (!query_row(&q))
        return fail(rq, ERR_MCP_SERVER_NOT_FOUND, "No Composio connection has the id %.*s", TEXT_ARG(id));
    const struct text app = text_copy(rq->arena, col_text(&q, 0)), name = text_copy(rq->arena, col_text(&q, 1));
    const enum err err =
        mcp_server_at(rq, &preset_composio, text_format(rq->arena, MCP_PATH "composio/%.*s", TEXT_ARG(id)), ret);
    ret->title = name;
    ret->tools = tools_of_app(rq, app);
    return err;
}

struct text mcp_issuer(struct request *rq, const struct mcp_server *server)
{
    return text_format(rq->arena, "%.*s%.*s", TEXT_ARG(server->base), TEXT_ARG(server->path));
}

/* Of this process under another of its addresses: the same server, at a host that is ours. */
static bool is_our_issuer(struct request *rq, const struct mcp_server *server, struct text issuer)
{
    const struct text path = text_format(rq->arena, "%.*s%.*s", TEXT_ARG(links_in_space(rq, T(""))),
                                         TEXT_ARG(server->path));
    struct text public_base;
    struct uri uri;
    if (!uri_parse_http(issuer, &uri) || uri.userinfo.p || uri.query.p || uri.fragment.p)
        return false;
    if (links_base(rq, &public_base) == OK &&
        text_eq(issuer, text_format(rq->arena, "%.*s%.*s", TEXT_ARG(public_base), TEXT_ARG(server->path))))
        return true;
    return text_eq(uri.path, path) && host_is_ours(rq, host_without_dot(uri.host));
}

enum err mcp_server_move(struct request *rq, struct mcp_server *server, struct text issuer)
{
    if (!is_our_issuer(rq, server, issuer))
        return fail(rq, ERR_INVALID, "querystring/issuer is not this authorization server");
    const struct text before = mcp_issuer(rq, server);
    if (mcp_same_resource(server->url, before))
        server->url = issuer;
    server->base = text_clip(issuer, issuer.n - server->path.n);
    return OK;
}

enum err mcp_authorization_endpoint(struct request *rq, const struct mcp_server *server, struct text *ret)
{
    const struct text issuer = mcp_issuer(rq, server);
    const struct pair asked = { T("issuer"), issuer };
    struct text base;
    const enum err err = links_base(rq, &base);
    if (err != OK)
        return err;
    *ret = text_format(rq->arena, "%.*s%.*s/authorize", TEXT_ARG(base), TEXT_ARG(server->path));
    if (!text_eq(base, server->base))
        *ret = links_with(rq->arena, *ret, &asked, 1);
    return OK;
}

enum err mcp_server_authorizes(struct request *rq, const struct mcp_server *server)
{
    return server->preset->guard == GUARD_OAUTH
               ? OK : fail(rq, ERR_MCP_SERVER_NOT_FOUND, "%s has no authorization server", server->preset->name);
}

/* The mock's own base may end in a path of its own, so there the place is below that. */
struct text mcp_metadata_url(struct request *rq, const struct mcp_server *server)
{
    static const char place[] = "/.well-known/oauth-protected-resource";
    if (!mcp_same_resource(server->url, mcp_issuer(rq, server)))
        return mcp_well_known(rq->arena, server->url, T("oauth-protected-resource"));
    return text_format(rq->arena, "%.*s%s%.*s", TEXT_ARG(server->base), place, TEXT_ARG(server->path));
}

bool mcp_is_resource(struct request *rq, const struct mcp_server *server, struct text resource)
{
    return mcp_same_resource(resource, mcp_issuer(rq, server)) ||
           mcp_binding_is(rq, resource, text_of(server->preset->name));
}
