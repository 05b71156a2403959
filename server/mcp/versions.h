/* Versions: the revisions of the Model Context Protocol, and what follows from each, for the mock as a client and for
 * its built-in servers. */
#ifndef DUVO_MCP_VERSIONS_H
#define DUVO_MCP_VERSIONS_H

#include "base/text.h"

#include <stdbool.h>

/* How a client and a server of a revision begin. Values are bits, for what is of several eras. */
enum era {
    ERA_MODERN = 1, /* 2026-07-28: every request stands alone */
    ERA_LEGACY = 2, /* 2025-03-26 to 2025-11-25: initialize, and sessions */
    ERA_OLD = 4,    /* 2024-11-05: a stream of events, and messages posted beside it */
};

/* The newest of each era; the first two are the ones that the mock speaks as a client. */
#define MCP_MODERN_VERSION "2026-07-28"
#define MCP_LEGACY_VERSION "2025-11-25"
#define MCP_OLD_VERSION "2024-11-05"

struct mcp_version {
    const char *date; /* its name */
    enum era era;
    bool batches; /* several messages may come in one array */
};

/* From the newest to the oldest; NULL past the last. */
const struct mcp_version *version_at(size_t i);
/* Whether it is a revision of one of the eras. */
bool version_is_of(unsigned eras, struct text date);
/* Whether it is a revision that has batches. */
bool version_has_batches(struct text date);

#endif
