/* Framing: heads that two readers could understand as two different requests. Behind one that is read in another way
 * than a proxy read it, a second request can hide (RFC 9112 section 11.2), so such a head is refused, and nothing that
 * comes after it on the connection is looked at. */
#ifndef DUVO_ROUTER_FRAMING_H
#define DUVO_ROUTER_FRAMING_H

#include "request/request.h"

/* OK, or ERR_INVALID with a message that names the header (RFC 9112 sections 3.2, 5.1, 6.1, 6.2 and 6.3). `http11`: the
 * request line says HTTP/1.1, in which a Host is demanded. */
enum err framing_check(struct request *rq, bool http11);

#endif
