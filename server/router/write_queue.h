/* The write queue: writes that arrive while another is under way are done together, in one transaction, by a thread of
 * its own. The price of a commit is then shared, and no worker waits for a lock. As long as they come singly, a write
 * is done at once, where it arrived. What it buys: about twice the creates of 32 clients with --db (5,000 a second
 * became 6,000 to 12,000), and in memory about a fifth of a create's processor time. `BENCH_ONLY=create make bench`
 * shows how many there are of both. */
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
/* False after write_queue_drain, and of NULL. */
bool write_queue_is_open(struct write_queue *queue);
/* True when the caller may write itself, and must call write_queue_leave afterwards. */
bool write_queue_enter(struct write_queue *queue);
void write_queue_leave(struct write_queue *queue);
/* The request, whose waiter was suspended, is run, and its waiter woken. */
void write_queue_add(struct write_queue *queue, struct request *rq);

#endif
