/* Framing: ambiguous heads. When a proxy and this server read a head differently, a second request can hide behind
 * the first (RFC 9112 section 11.2); such a head is refused, and the rest of the connection is ignored. */
#ifndef DUVO_ROUTER_FRAMING_H
#define DUVO_ROUTER_FRAMING_H

#include "request/request.h"

/* OK, or ERR_INVALID with a message that names the header (RFC 9112 sections 3.2, 5.1, 6.1, 6.2 and 6.3). `http11`: the
 * request line says HTTP/1.1, in which a Host is demanded. */
enum err framing_check(struct request *rq, bool http11);

#endif
