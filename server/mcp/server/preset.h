/* Presets: the built-in MCP servers, as rows of a table.
 *
 * Each obeys the revisions of the protocol that it speaks; one that is meant to be broken breaks what its row says and
 * nothing else. */
#ifndef DUVO_MCP_SERVER_PRESET_H
#define DUVO_MCP_SERVER_PRESET_H

#include "mcp/versions.h"

#include <stdint.h>

#define MCP_PATH "/_mock/mcp/"

enum guard { GUARD_NONE, GUARD_OAUTH, GUARD_KEY };

struct preset {
    const char *name, *title;
    unsigned eras; /* that it speaks; ERA_OLD alone by its own transport, beside others over theirs */
    enum guard guard;
    bool registers;    /* clients register themselves (RFC 7591) */
    bool wrong_issuer; /* its authorization server's metadata name another issuer (RFC 8414 section 3.3) */
    size_t page;       /* tools in a page; 0: all in one */
    bool sessionless;  /* it begins no sessions, and asks for none */
    const char *instructions; /* what it tells models of itself; NULL: what all say */
    int64_t delay_ms;  /* before each answer, unless the URL says otherwise */
};

/* What `X-API-Key` of a server behind GUARD_KEY has to be. */
#define MCP_DEMO_KEY "demo-key"
/* The scopes of those behind GUARD_OAUTH: to see what there is, and to use it. */
#define MCP_SCOPE_LIST "tools:list"
#define MCP_SCOPE_CALL "tools:call"

/* Each of them; NULL past the last. */
const struct preset *preset_at(size_t i);
/* NULL when there is none of that name. */
const struct preset *preset_find(struct text name);
/* Of the servers behind Composio connections. */
extern const struct preset preset_composio;
/* Of the servers of integrations. */
extern const struct preset preset_integration;
/* Duvo's own (router/hosted.h). */
extern const struct preset preset_hosted;

#endif
