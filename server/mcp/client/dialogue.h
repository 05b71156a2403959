/* Dialogue: what a probe asks for, answer by answer, whatever carries the messages.
 *
 * There is one open request at a time; its answer is judged, and the next request follows from it, until nothing is
 * left to ask. */
#ifndef DUVO_MCP_CLIENT_DIALOGUE_H
#define DUVO_MCP_CLIENT_DIALOGUE_H

#include "base/limit.h"
#include "mcp/client/probe.h"
#include "mcp/client/rpc.h"

/* The revisions of the protocol that are spoken. */
#define MCP_MODERN_VERSION "2026-07-28"
#define MCP_LEGACY_VERSION "2025-11-25"

/* Whether it is one from before 2026-07-28. */
bool mcp_is_legacy_version(struct text version);

struct dialogue {
    struct arena *arena;
    struct mcp_probe *probe;
    /* What a server said, fit for an error text. */
    struct text (*quote)(void *cls, struct text said);
    void *cls;
    bool modern;
    int64_t id;         /* of the open request */
    struct text method; /* likewise; unset: nothing is left to ask */
    bool greet;         /* a legacy server is to be told first that it was understood: notifications/initialized */
    bool lists_tools;   /* the server said that it has some */
    struct text cursors[LIMIT_MCP_PAGES];
    size_t pages;
    struct mcp_tool *tools;
    size_t tool_count;
};

/* Each asks the first request of its era. */
void dialogue_discover(struct dialogue *d);
void dialogue_initialize(struct dialogue *d);
/* The open request, as JSON. */
struct text dialogue_request(const struct dialogue *d);
/* Judges the answer to it and goes on. False: the probe has failed and says why. */
bool dialogue_take(struct dialogue *d, const struct rpc_message *answer);

/* What an answer to `server/discover` says about the era. */
enum mcp_era {
    ERA_MODERN,
    ERA_LEGACY,
    ERA_AGAIN,   /* the server contradicts itself: it refuses the version and offers it */
    ERA_UNKNOWN, /* the probe has failed and says why */
};
enum mcp_era dialogue_era(struct dialogue *d, const struct rpc_message *answer);

#endif
