#include "mcp/server/preset.h"

/* Clients of 2024-11-05 speak it over the newer transport, too, with a session. */
enum { HANDSHAKE = ERA_LEGACY | ERA_OLD, BOTH = ERA_MODERN | HANDSHAKE };

static const struct preset presets[] = {
    { .name = "modern",          .title = "Modern MCP server",               .eras = ERA_MODERN },
    { .name = "legacy",          .title = "Legacy MCP server",               .eras = HANDSHAKE },
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

const struct preset preset_composio = { .name = "composio", .title = "Composio MCP server", .eras = BOTH };

const struct preset preset_integration = { .name = "integration", .title = "MCP server of an integration",
                                           .eras = BOTH };

const struct preset preset_hosted = {
    .name = "hosted", .title = "Duvo", .eras = BOTH, .guard = GUARD_KEY, .sessionless = true,
    .instructions = "The operations of Duvo's API, each as a tool.",
};

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
