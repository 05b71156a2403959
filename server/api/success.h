/* {"success": …}: what many calls answer that change something. */
#ifndef DUVO_API_SUCCESS_H
#define DUVO_API_SUCCESS_H

#include "request/request.h"

extern const struct spec success_spec;

const void *success(struct request *rq, bool done);

#endif
