/* Stream: the transport of 2024-11-05, a stream of events whose first names the URL that messages are posted to. */
#ifndef DUVO_MCP_SERVER_STREAM_H
#define DUVO_MCP_SERVER_STREAM_H

#include "mcp/server/builtin.h"

/* Answers with a stream; ERR_BUSY when there are too many. */
enum err mcp_stream_begin(struct request *rq, struct reply *rp, const struct mcp_server *server);
/* Of the stream that the query names. Writing to one that has ended is false. */
bool mcp_stream_exists(struct request *rq);
bool mcp_stream_send(struct request *rq, struct text json);

#endif
