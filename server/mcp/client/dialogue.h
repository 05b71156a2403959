/* Dialogue: the questions of a probe, answer by answer, on any transport.
 *
 * There is one open request at a time; its answer is judged, and the next request follows from it, until nothing is
 * left to ask. */
#ifndef DUVO_MCP_CLIENT_DIALOGUE_H
#define DUVO_MCP_CLIENT_DIALOGUE_H

#include "base/limit.h"
#include "mcp/messages.h"
#include "mcp/rpc.h"

enum mcp_transport {
    MCP_STREAMABLE_HTTP,
    MCP_HTTP_SSE, /* a stream and a URL to post to */
};

/* What a probe finds out. */
struct findings {
    bool success;
    struct text error;    /* unless a success: one line that says what to fix, without any credential of the target */
    unsigned status;      /* of the HTTP answer that ended it; 0: there was none */
    bool wants_oauth;     /* it answered 401 and asks for a bearer token */
    struct text version;  /* of the protocol that was agreed upon, or unset */
    enum mcp_transport transport;
    struct text server_name, server_version; /* as it calls itself; unset: it does not say */
    const struct mcp_tool *tools;
    size_t tool_count;
};

struct dialogue {
    struct arena *arena;
    struct findings *findings;
    /* What a server said, fit for an error text. */
    struct text (*quote)(void *cls, struct text said);
    /* Something that works here and does not everywhere. */
    void (*note)(void *cls, struct text what);
    void *cls;
    bool modern;
    int64_t id;         /* of the open request */
    struct text method; /* likewise; unset: nothing is left to ask */
    bool confirms;      /* a legacy server is to be told first that it was understood: notifications/initialized */
    bool lists_tools;   /* the server said that it has some */
    struct text cursors[LIMIT_MCP_PAGES];
    size_t pages;
    struct mcp_tool *tools;
    size_t tool_count;
    unsigned told_of_tools; /* what was noted of one of them, and is not of the next: bits of dialogue.c */
    const struct mcp_tool *page; /* as it came: the one before */
    size_t page_count;
};

/* Each asks the first request of its era. */
void dialogue_discover(struct dialogue *d);
void dialogue_initialize(struct dialogue *d);
/* The open request, as JSON. */
struct text dialogue_request(const struct dialogue *d);
/* Judges the answer to it and goes on. False: the probe has failed and says why. */
bool dialogue_take(struct dialogue *d, const struct rpc_message *answer);
/* Ends a list after the pages that came, and notes why. False when none came. */
bool dialogue_cut(struct dialogue *d, struct text why);

/* How to go on after an answer to `server/discover`. */
enum discovered {
    DISCOVERED_MODERN,
    DISCOVERED_LEGACY,
    DISCOVERED_NOTHING, /* the server contradicts itself: it refuses the version and offers it; ask again */
    DISCOVERED_FAILURE, /* the probe has failed and says why */
};
enum discovered dialogue_take_discovery(struct dialogue *d, const struct rpc_message *answer);

#endif
