/* Presets: the built-in MCP servers, as rows of a table, and one of them as a request meets it.
 *
 * Each obeys the revisions of the protocol that it speaks; one that is meant to be broken breaks what its row says and
 * nothing else. */
#ifndef DUVO_MCP_SERVER_PRESET_H
#define DUVO_MCP_SERVER_PRESET_H

#include "request/request.h"

#define MCP_PATH "/_mock/mcp/"

enum era {
    ERA_MODERN = 1, /* 2026-07-28: every request stands alone */
    ERA_LEGACY = 2, /* 2025-03-26 to 2025-11-25: initialize, and sessions */
    ERA_OLD = 4,    /* 2024-11-05: a stream of events, and messages posted beside it */
};

enum guard { GUARD_NONE, GUARD_OAUTH, GUARD_KEY };

struct preset {
    const char *name, *title;
    unsigned eras;
    enum guard guard;
    bool registers;    /* clients register themselves (RFC 7591) */
    bool wrong_issuer; /* its authorization server's metadata name another issuer (RFC 8414 section 3.3) */
    size_t page;       /* tools in a page; 0: all in one */
    int64_t delay_ms;  /* before each answer, unless the URL says otherwise */
};

/* What `X-API-Key` of a server behind GUARD_KEY has to be. */
#define MCP_DEMO_KEY "demo-key"
/* The scopes of those behind GUARD_OAUTH: to see what there is, and to use it. */
#define MCP_SCOPE_LIST "tools:list"
#define MCP_SCOPE_CALL "tools:call"

struct mcp_server {
    const struct preset *preset;
    struct text base;  /* of every URL that is handed out */
    struct text path;  /* below it */
    struct text url;   /* what clients know the server by: its resource identifier (RFC 8707 section 2) */
    struct text tools; /* whose tools it has, in fixtures */
    struct text title;
};

/* Each of them; NULL past the last. */
const struct preset *preset_at(size_t i);
/* NULL when there is none of that name. */
const struct preset *preset_find(struct text name);
/* The server that the path's {preset} names. ERR_MCP_SERVER_NOT_FOUND, or what links_base returns. */
enum err mcp_server_find(struct request *rq, struct mcp_server *ret);
/* The same without looking at the store, for handlers that have none: its URL is the mock's own. */
enum err mcp_server_take(struct request *rq, struct mcp_server *ret);
/* The one of that name, by the mock's own URL. */
enum err mcp_server_named(struct request *rq, struct text name, struct mcp_server *ret);
/* The server behind the Composio connection that the path's {connection_id} names. */
enum err mcp_server_of_composio(struct request *rq, struct mcp_server *ret);
/* Its authorization server (RFC 8414 section 2). */
struct text mcp_issuer(struct request *rq, const struct mcp_server *server);
/* Whether clients may name it so: by its own URL, or by one that is bound to it. A slash at the end means nothing. */
bool mcp_is_resource(struct request *rq, const struct mcp_server *server, struct text resource);
bool mcp_same_resource(struct text a, struct text b);

#endif
