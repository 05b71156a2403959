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

#include "mcp/client/dialogue.h"
#include "mcp/client/talk.h"

/* Blocks, within the limits of the trip. Whether it was a success. Everything in *ret is in the trip's arena. */
bool mcp_probe(struct trip *trip, const struct mcp_target *target, struct findings *ret);

#endif
