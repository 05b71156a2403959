/* Masked: what a control call ordered, as it may be shown again. An order may name what a request's secrets have to be,
 * or answer with some. */
#ifndef DUVO_CONTROL_MASKED_H
#define DUVO_CONTROL_MASKED_H

#include "request/request.h"

/* The order with its secrets masked, by what its spec and the names in it say; in the request's arena. */
struct text masked(struct request *rq, const struct spec *spec, struct text order);

#endif
