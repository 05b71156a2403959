/* Timers: functions called at a given time, in a thread of their own.
 *
 * For requests that wait: a delay, a hang, a verification, a stream that has to be kept alive. A function must not
 * block. Bounded by the number of connections: each waits for one timer. */
#ifndef DUVO_BASE_TIMERS_H
#define DUVO_BASE_TIMERS_H

#include <stdbool.h>
#include <stdint.h>

struct timers;

/* Starts no thread yet: a server without waiting requests has none. */
struct timers *timers_start(void);
/* Calls fn(cls) once clock_steady_us() has reached `due_us`; at once, in the caller's thread, after timers_drain. */
void timers_add(struct timers *timers, int64_t due_us, void (*fn)(void *cls), void *cls);
/* Takes back one that was added with the same fn and cls, if it is still there. When it returns, fn is not running with
 * it: cls may go. To be called neither by fn nor with a lock that fn takes. */
void timers_remove(struct timers *timers, void (*fn)(void *cls), const void *cls);
/* Whether timers_drain was called: the wait is over for everybody. */
bool timers_are_drained(struct timers *timers);
/* Calls all that still wait, now. */
void timers_drain(struct timers *timers);
/* After timers_drain; NULL is accepted. */
void timers_free(struct timers *timers);

#endif
