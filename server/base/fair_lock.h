/* A reader-writer lock under which no crowd of readers keeps a writer out: a reader that comes while a writer waits,
 * waits behind it. POSIX leaves that open, and C libraries differ: some let each reader in as long as there is
 * another. */
#ifndef DUVO_BASE_FAIR_LOCK_H
#define DUVO_BASE_FAIR_LOCK_H

#include <pthread.h>
#include <stdatomic.h>

struct fair_lock {
    pthread_rwlock_t lock;
    pthread_mutex_t turn; /* a waiting writer has it */
    atomic_uint writers;  /* that wait */
};

void fair_lock_init(struct fair_lock *l);
void fair_lock_destroy(struct fair_lock *l);
/* A thread that has it must not ask for it again. */
void fair_lock_read(struct fair_lock *l);
void fair_lock_write(struct fair_lock *l);
void fair_lock_release(struct fair_lock *l);

#endif
