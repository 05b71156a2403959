#include "mcp/versions.h"

static const struct mcp_version versions[] = {
    { MCP_MODERN_VERSION, ERA_MODERN, false },
    { MCP_LEGACY_VERSION, ERA_LEGACY, false },
    { "2025-06-18",       ERA_LEGACY, false },
    { "2025-03-26",       ERA_LEGACY, true },
    { MCP_OLD_VERSION,    ERA_OLD,    false },
};

const struct mcp_version *version_at(size_t i)
{
    return i < sizeof versions / sizeof versions[0] ? &versions[i] : NULL;
}

/* NULL when there is none of that date. */
static const struct mcp_version *version_of(struct text date)
{
    for (size_t i = 0; version_at(i); i++)
        if (text_eq(date, text_of(versions[i].date)))
            return &versions[i];
    return NULL;
}

bool version_is_of(unsigned eras, struct text date)
{
    const struct mcp_version *version = version_of(date);
    return version && (version->era & eras);
}

bool version_has_batches(struct text date)
{
    const struct mcp_version *version = version_of(date);
    return version && version->batches;
}
