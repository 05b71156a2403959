/* Ids of what there is in the space, for the parameters of paths: what a reader tries in the reference finds
 * something. */
#ifndef DUVO_CONTRACT_CONSOLE_IDS_H
#define DUVO_CONTRACT_CONSOLE_IDS_H

#include "request/route.h"

/* The id of the first row that the parameter can name, in the request's arena; unset when there is none, or nothing is
 * known of the parameter. */
struct text console_id_of(struct request *rq, const struct route *route, const char *parameter);

#endif
