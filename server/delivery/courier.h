/* Courier: sends what waits in the outbox (space/events.h), after the commit.
 *
 * One thread for all spaces looks at a space when a commit has announced it (store_listen), when a retry or the next
 * step of a run that somebody hears of is due there, and when its clock was changed; nobody polls. It does not exist
 * before there is something to look at. Calls are made on threads of a pool of their own, LIMIT_COURIER_CALLS at once,
 * so that receivers that hang hold up neither probes nor each other: one subscription has LIMIT_COURIER_SHARE of them.
 *
 * The first attempts of a subscription go in the order of commits for each object, each after the one before has ended;
 * they go under a frozen clock, too. Retries are due by the space's clock, wait for nothing and hold up nothing. What
 * was sent is recorded after the answer: a process that is killed repeats what was under way, and loses nothing.
 *
 * The rules of outbound calls hold (net/outbound.h); no redirect is followed: it is an answer like any other. */
#ifndef DUVO_DELIVERY_COURIER_H
#define DUVO_DELIVERY_COURIER_H

#include "base/uuid.h"

#include <stdbool.h>
#include <stdint.h>

struct courier;
struct request;
struct server;

/* Starts no thread. From now on it listens to the server's store. committed(rq) is called when it may have committed
 * something itself in rq's space, without a transaction and a lock. */
struct courier *courier_start(const struct server *server, void (*committed)(const struct request *rq));
/* Looks at all that an earlier process has left; when the server has its spaces. */
void courier_resume(struct courier *courier);
/* Looks at the space: its clock was changed. NULL is accepted. */
void courier_look(struct courier *courier, int64_t space);
/* Whether a call of that delivery is under way, or has just ended. False without a courier. */
bool courier_is_calling(struct courier *courier, int64_t space, const struct uuid *delivery);
/* Cuts what is under way short, and sends nothing any more. NULL is accepted. */
void courier_stop(struct courier *courier);
/* After courier_stop, when nothing is committed any more. NULL is accepted. */
void courier_free(struct courier *courier);

#endif
