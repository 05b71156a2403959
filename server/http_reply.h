/* Replies as libmicrohttpd sends them: whole, in part, without end, or not at all. */
#ifndef DUVO_HTTP_REPLY_H
#define DUVO_HTTP_REPLY_H

#include "request/request.h"

struct MHD_Connection;

/* Hands the reply of the request over, whose bytes are read until the request is over; then, when it `closes`, the
 * connection ends. False when that is not possible. */
bool http_reply(struct request *rq, struct MHD_Connection *connection, bool closes);
/* Sends RST instead of a reply. */
void http_reset(struct MHD_Connection *connection);

/* For those who wait: nothing happens on a connection from the one to the other. */
void http_suspend(void *connection);
void http_resume(void *connection);

#endif
