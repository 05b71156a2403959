/* Probes: what the tests of mcp_probe share. A probe of a peer, and the answers that servers give. */
#ifndef DUVO_TEST_PROBES_H
#define DUVO_TEST_PROBES_H

#include "calls.h"
#include "mcp/client/probe.h"
#include "peer.h"

/* JSON-RPC answers to the request that came; the result and the error are JSON. */
#define ANSWER(result) "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":" result "}"
#define REFUSAL(code, message) \
    "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":" code ",\"message\":\"" message "\"}}"

#define ON(method) "\"method\":\"" method "\""
#define INFO "{\"name\":\"peer\",\"version\":\"1.2\",\"title\":\"A peer\"}"
#define INITIALIZED(version) \
    ANSWER("{\"protocolVersion\":\"" version "\",\"capabilities\":{\"tools\":{}},\"serverInfo\":" INFO "}")
#define DISCOVERED(versions) \
    ANSWER("{\"resultType\":\"complete\",\"supportedVersions\":[" versions "],\"capabilities\":{\"tools\":{}}," \
           "\"_meta\":{\"io.modelcontextprotocol/serverInfo\":" INFO "}}")
#define TOOL(name) "{\"name\":\"" name "\",\"inputSchema\":{\"type\":\"object\"}}"
#define TOOLS(tools) ANSWER("{\"tools\":[" tools "]}")

#define EVENT(message) "event: message\r\ndata: " message "\r\n\r\n"
#define ACCEPTED "HTTP/1.1 202 Accepted\r\n\r\n"
#define NOT_FOUND PEER_TEXT("404 Not Found") "no such page"
#define NOT_ALLOWED PEER_TEXT("405 Method Not Allowed")

/* Rules of a legacy server, up to where it lists its tools. */
#define REFUSE_DISCOVER \
    { .has = ON("server/discover"), .reply = PEER_TEXT("400 Bad Request") REFUSAL("-32000", "no session") }
#define INITIALIZE { .has = ON("initialize"), .reply = PEER_JSON INITIALIZED("2025-11-25") }
#define TAKE_INITIALIZED { .has = ON("notifications/initialized"), .reply = ACCEPTED }
#define DISCOVER { .has = ON("server/discover"), .reply = PEER_JSON DISCOVERED("\"2026-07-28\"") }

/* A probe of the URL with these headers, in the scratch arena. */
struct findings probe_url(struct text url, const struct call_header *headers, size_t n);
/* Starts a peer with the rules and probes its /mcp; the caller stops it. */
struct peer *probe_peer(const struct peer_rule *rules, struct findings *ret);
/* The same for a probe that has to fail with an error that contains the part; stops the peer. */
void expect_fault(const struct peer_rule *rules, const char *part);
/* The trail of the last probe. */
struct text probe_trail(void);

#endif
