/* Replies as libmicrohttpd sends them: whole, in part, without end, or not at all. */
#ifndef DUVO_HTTP_REPLY_H
#define DUVO_HTTP_REPLY_H

#include "request/request.h"

struct MHD_Connection;

struct sent_form;

/* Hands the reply of the request over, whose bytes are read until the request is over; then, when it `closes`, the
 * connection ends. False when that is not possible. *ret_form: for http_reply_over. */
bool http_reply(struct request *rq, struct MHD_Connection *connection, bool closes, struct sent_form **ret_form);
/* The reply has left, or will not; `form` may be NULL. */
void http_reply_over(const struct request *rq, struct sent_form *form);
/* Sends RST instead of a reply. */
void http_reset(struct MHD_Connection *connection);

/* For those who wait: nothing happens on a connection from the one to the other. */
void http_suspend(void *connection);
void http_resume(void *connection);

#endif
