/* Probe: what an MCP server offers, asked as a client of either era would.
 *
 * First `server/discover` (2026-07-28); a server that does not know it is asked to `initialize` (2025-03-26 to
 * 2025-11-25), and one that takes no such POST is tried as HTTP+SSE (2024-11-05). Whether a server wants credentials,
 * is broken or is out of reach says nothing about its era: those end the probe. Then the tools are listed, page after
 * page, as they are: names that occur twice are both kept, because the specification only recommends that they be
 * unique, and so are tools whose x-mcp-header annotations would keep a client from calling them. An answer that breaks
 * the specification otherwise ends the probe, because clients refuse it. A session is ended when the probe is over. */
#ifndef DUVO_MCP_CLIENT_PROBE_H
#define DUVO_MCP_CLIENT_PROBE_H

#include "net/outbound.h"

struct mcp_target {
    struct text url;
    const struct call_header *headers; /* sent with every request; a name that the protocol needs is its own */
    size_t header_count;
};

enum mcp_transport {
    MCP_STREAMABLE_HTTP,
    MCP_HTTP_SSE, /* a stream and a URL to post to */
};

struct mcp_tool {
    struct text name;
    struct text description;  /* unset: none */
    struct text input_schema; /* a JSON object, as the server gave it */
};

struct mcp_probe {
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

/* Blocks, within the limits of the trip. Whether it was a success. Everything in *ret is in the trip's arena. */
bool mcp_probe(struct trip *trip, const struct mcp_target *target, struct mcp_probe *ret);

#endif
