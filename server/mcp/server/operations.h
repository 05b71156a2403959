/* Operations as tools: those of Duvo's API that its hosted MCP server has (router/hosted.h), from the route table.
 *
 * A tool's name is the operation's. Its arguments are one flat object of what REST has in the path, the query and the
 * body; a body that is no object, or that has a member named as a parameter is, goes under `body`. */
#ifndef DUVO_MCP_SERVER_OPERATIONS_H
#define DUVO_MCP_SERVER_OPERATIONS_H

#include "request/route.h"

/* Whether the operation is one of that version's tools. */
bool tools_have(const struct route *route, unsigned version);
/* That of the name; NULL when there is none. */
const struct route *tools_find(unsigned version, struct text name);
/* Whether the members of its body stand beside its other arguments. */
bool tools_body_is_flat(const struct route *route);

/* What a request's body may say and must not tell, for spec_json_redact: the route's own, or that of the operation that
 * the body calls as a tool. `route` may be NULL. */
const struct spec *tools_body_spec(struct arena *arena, const struct route *route, struct text body);

#endif
