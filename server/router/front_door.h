/* Front door: what a person sees who opens an address of the mock at which nothing is. */
#ifndef DUVO_ROUTER_FRONT_DOOR_H
#define DUVO_ROUTER_FRONT_DOOR_H

#include "request/request.h"

/* Answers a GET that wants HTML: the root leads to the console; an address to which a sign-in has sent the browser
 * back, because its return_url was a path, tells how that ended; any other is a 404 with a way to the console. False:
 * it is a program's request. */
bool front_door(struct request *rq);

#endif
