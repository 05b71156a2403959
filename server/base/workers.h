/* Workers: a bounded number of threads for work that blocks, and a bounded queue in front of them.
 *
 * Threads start when there is work and end after a while without it. */
#ifndef DUVO_BASE_WORKERS_H
#define DUVO_BASE_WORKERS_H

#include <stdbool.h>

struct workers;

/* At most `threads` at once, and `queue` pieces of work that wait for one; a thread ends after `idle_ms` without
 * work. */
struct workers *workers_new(unsigned threads, unsigned queue, unsigned idle_ms);
/* Before there is any work: the threads let all others of the process go first. */
void workers_stand_back(struct workers *workers);
/* Runs work(cls) on one of the threads. False, and nothing happens, when too many wait already, when no thread can be
 * had at all, and after workers_drain. */
bool workers_submit(struct workers *workers, void (*work)(void *cls), void *cls);
/* Refuses further work, and waits for all accepted work. */
void workers_drain(struct workers *workers);
/* Drains, and ends the threads; NULL is accepted. */
void workers_free(struct workers *workers);
/* How many threads there are. */
unsigned workers_threads(struct workers *workers);

#endif
