#include "base/fair_lock.h"

void fair_lock_init(struct fair_lock *l)
{
    pthread_rwlock_init(&l->lock, NULL);
    pthread_mutex_init(&l->turn, NULL);
    atomic_init(&l->writers, 0);
}

void fair_lock_destroy(struct fair_lock *l)
{
    pthread_rwlock_destroy(&l->lock);
    pthread_mutex_destroy(&l->turn);
}

void fair_lock_read(struct fair_lock *l)
{
    if (atomic_load(&l->writers)) { /* it waits for those alone that are in already */
        pthread_mutex_lock(&l->turn);
        pthread_mutex_unlock(&l->turn);
    }
    pthread_rwlock_rdlock(&l->lock);
}

void fair_lock_write(struct fair_lock *l)
{
    atomic_fetch_add(&l->writers, 1);
    pthread_mutex_lock(&l->turn);
    pthread_rwlock_wrlock(&l->lock);
    pthread_mutex_unlock(&l->turn);
    atomic_fetch_sub(&l->writers, 1);
}

void fair_lock_release(struct fair_lock *l)
{
    pthread_rwlock_unlock(&l->lock);
}
