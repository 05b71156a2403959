#include "mcp/server/preset.h"

#include "base/limit.h"
#include "space/links.h"
#include "mcp/server/binding.h"
#include "mcp/server/tools.h"
#include "store/query.h"

enum { BOTH = ERA_MODERN | ERA_LEGACY };

static const struct preset presets[] = {
    { .name = "modern",          .title = "Modern MCP server",               .eras = ERA_MODERN },
    { .name = "legacy",          .title = "Legacy MCP server",               .eras = ERA_LEGACY },
    { .name = "sse",             .title = "HTTP+SSE MCP server",             .eras = ERA_OLD },
    { .name = "oauth",           .title = "OAuth MCP server",                .eras = BOTH, .guard = GUARD_OAUTH,
      .registers = true },
    { .name = "oauth-no-dcr",    .title = "OAuth MCP server without DCR",    .eras = BOTH, .guard = GUARD_OAUTH },
    { .name = "apikey",          .title = "API key MCP server",              .eras = BOTH, .guard = GUARD_KEY },
    { .name = "paginated",       .title = "Paginated MCP server",            .eras = BOTH, .page = 8 },
    { .name = "broken-metadata", .title = "MCP server with broken metadata", .eras = BOTH, .guard = GUARD_OAUTH,
      .registers = true, .wrong_issuer = true },
    { .name = "slow",            .title = "Slow MCP server",                 .eras = BOTH, .delay_ms = 30000 },
};

static const struct preset composio = { .name = "composio", .title = "Composio MCP server", .eras = BOTH };

const struct preset *preset_at(size_t i)
{
    return i < sizeof presets / sizeof presets[0] ? &presets[i] : NULL;
}

const struct preset *preset_find(struct text name)
{
    for (size_t i = 0; i < sizeof presets / sizeof presets[0]; i++)
        if (text_eq(name, text_of(presets[i].name)))
            return &presets[i];
    return NULL;
}

/* ---- one of them ----------------------------------------------------------------------------------------- */

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

static enum err fill(struct request *rq, const struct preset *preset, struct text path, struct mcp_server *ret)
{
    *ret = (struct mcp_server){ .preset = preset, .path = path, .title = text_of(preset->title),
                                .tools = text_of(preset->name) };
    const enum err err = links_base(rq, &ret->base);
    ret->url = text_format(rq->arena, "%.*s%.*s", TEXT_ARG(ret->base), TEXT_ARG(path));
    return err;
}

enum err mcp_server_named(struct request *rq, struct text name, struct mcp_server *ret)
{
    const struct preset *preset = preset_find(name);
    if (!preset)
        return ERR_MCP_SERVER_NOT_FOUND;
    return fill(rq, preset, text_format(rq->arena, MCP_PATH "%s", preset->name), ret);
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

enum err mcp_server_of_composio(struct request *rq, struct mcp_server *ret)
{
    const struct composio_path *path = rq->path;
    const struct text id = uuid_text(rq->arena, &path->connection_id.v);
    QUERY q = query(rq->db, SQL_MCP_COMPOSIO_APP);
    bind_uuid(&q, &path->connection_id.v);
    if (!query_row(&q))
        return fail(rq, ERR_MCP_SERVER_NOT_FOUND, "No Composio connection has the id %.*s", TEXT_ARG(id));
    const struct text app = text_copy(rq->arena, col_text(&q, 0)), name = text_copy(rq->arena, col_text(&q, 1));
    const enum err err = fill(rq, &composio, text_format(rq->arena, MCP_PATH "composio/%.*s", TEXT_ARG(id)), ret);
    ret->title = name;
    ret->tools = mcp_tools_of_app(rq, app);
    return err;
}

struct text mcp_issuer(struct request *rq, const struct mcp_server *server)
{
    return text_format(rq->arena, "%.*s%.*s", TEXT_ARG(server->base), TEXT_ARG(server->path));
}

bool mcp_same_resource(struct text a, struct text b)
{
    return text_eq(text_ends(a, T("/")) ? text_clip(a, a.n - 1) : a, text_ends(b, T("/")) ? text_clip(b, b.n - 1) : b);
}

bool mcp_is_resource(struct request *rq, const struct mcp_server *server, struct text resource)
{
    return mcp_same_resource(resource, mcp_issuer(rq, server)) ||
           mcp_binding_is(rq, resource, text_of(server->preset->name));
}
