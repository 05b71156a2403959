/* Hosted metadata: where the own MCP server of the API (hosted.c) publishes what it takes, and how it says so to those
 * whom it refuses. */
#ifndef DUVO_ROUTER_HOSTED_METADATA_H
#define DUVO_ROUTER_HOSTED_METADATA_H

#include "request/request.h"

/* Adds to a 401 where its metadata are (RFC 9728 section 5.1). */
void hosted_challenge(struct request *rq);

#endif
