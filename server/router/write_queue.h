/* Write queue: writes that arrive while another is under way are done together, in one transaction, by a thread of
 * its own. The price of a commit is then shared, and no worker waits for a lock. As long as they come singly, a write
 * is done at once, where it arrived. */
#ifndef DUVO_ROUTER_WRITE_QUEUE_H
#define DUVO_ROUTER_WRITE_QUEUE_H

#include "request/request.h"

struct write_queue;

/* Starts the thread; NULL when it cannot be had. */
struct write_queue *write_queue_start(void);
/* After the last request; NULL is accepted. */
void write_queue_stop(struct write_queue *queue);
/* From now on nothing is queued, and when it returns nothing is left in the queue: every request is done where it
 * arrives. For the end of the server. */
void write_queue_drain(struct write_queue *queue);

/* True when the caller may write itself, and must call write_queue_leave afterwards. */
bool write_queue_enter(struct write_queue *queue);
void write_queue_leave(struct write_queue *queue);
/* Queues a request that was parsed. When its outcome is there, rq->wake(rq->wake_cls) is called in the queue's
 * thread. */
void write_queue_add(struct write_queue *queue, struct request *rq);

#endif
