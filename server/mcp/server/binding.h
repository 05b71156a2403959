/* Bindings: URLs of the outside world that a built-in MCP server stands for, so that documented examples work without
 * a network. They are fixture data.
 *
 * A binding covers the URL itself, what is below it, and the place where its metadata are looked for (RFC 9728 section
 * 3.1). The authorization server of a bound URL is the mock's own, by its own URL: a browser has to reach it. */
#ifndef DUVO_MCP_SERVER_BINDING_H
#define DUVO_MCP_SERVER_BINDING_H

#include "request/request.h"

struct mcp_binding {
    struct v_text url, preset;
};

extern const struct spec mcp_binding_spec;

/* Whether some preset stands for the URL. */
bool mcp_binding_find(struct request *rq, struct text url, struct text *ret_preset);
/* The same, and where it is served: a path, with the URL's query, below the mock's own address. A call there says in
 * `x-mock-as` which URL was meant. */
bool mcp_binding_path(struct request *rq, struct text url, struct text *ret_path);
/* The bound URL that the call is about, when it says so and the preset is bound to it; else the unset text. */
struct text mcp_binding_meant(struct request *rq, struct text preset);
/* Whether that very URL is bound to the preset. */
bool mcp_binding_is(struct request *rq, struct text url, struct text preset);
/* Whether two URLs name the same resource: a slash at the end means nothing. */
bool mcp_same_resource(struct text a, struct text b);
/* `https://host/.well-known/<name>/path` of a URL (RFC 8615 as RFC 9728 section 3.1 uses it). */
struct text mcp_well_known(struct arena *arena, struct text url, struct text name);

#endif
