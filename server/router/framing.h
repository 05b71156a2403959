/* Framing: ambiguous heads. When a proxy and this server read a head differently, a second request can hide behind
 * the first (RFC 9112 section 11.2); such a head is refused, and the rest of the connection is ignored. */
#ifndef DUVO_ROUTER_FRAMING_H
#define DUVO_ROUTER_FRAMING_H

#include "request/request.h"

/* What is known of a head besides its headers. */
enum head_form {
    HEAD_HTTP11 = 1, /* the request line says HTTP/1.1, in which a Host is demanded */
    HEAD_HIDES = 2,  /* a line has a NUL, behind which there is more, or goes on in the next one */
};

/* OK, or ERR_INVALID with a message that names the header (RFC 9112 sections 3.2, 5.1, 5.2, 6.1, 6.2 and 6.3). */
enum err framing_check(struct request *rq, unsigned form);

#endif
