/* CORS (the Fetch standard's protocol), only with --cors. */
#ifndef DUVO_ROUTER_CORS_H
#define DUVO_ROUTER_CORS_H

#include "request/request.h"

/* True when the request is a preflight that was answered. */
bool cors_preflight(struct request *rq);
/* Whether the page that the request comes from, if any, may read the reply. `--cors '*'` covers the API, metadata and
 * MCP servers; the rest of the control plane only for pages that it trusts anyway (control/guard.h). */
bool cors_allows(const struct request *rq);
/* Adds what lets the page read the reply. */
void cors_headers(struct request *rq);

#endif
