/* The access log: one line for each request that was answered, its URL redacted. */
#ifndef DUVO_ROUTER_ACCESS_LOG_H
#define DUVO_ROUTER_ACCESS_LOG_H

#include "request/request.h"

void log_request(const struct request *rq);

#endif
