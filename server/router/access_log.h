/* The access log: one line for each request that was answered, its URL redacted. Where a fault has broken the
 * connection, the line says how in the place of the status; whatever a fault did, it names the fault. */
#ifndef DUVO_ROUTER_ACCESS_LOG_H
#define DUVO_ROUTER_ACCESS_LOG_H

#include "request/request.h"

void log_request(struct request *rq);

#endif
