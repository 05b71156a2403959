#include "control/told.h"

#include "base/limit.h"
#include "base/memory.h"
#include "base/random.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { ID_DIGITS = 32 };

/* The texts stand behind it, one after the other. */
struct kept_told {
    char id[ID_DIGITS];
    int64_t space;
    bool failed;
    size_t text_size, answer_size;
    char bytes[];
};

/* A ring: the next one takes the place of the oldest. */
static struct {
    pthread_mutex_t lock;
    struct kept_told *v[LIMIT_TOLD];
    size_t next;
} ring = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void put_bytes(char *to, struct text t)
{
    if (t.n)
        memcpy(to, t.p, t.n);
}

struct text told_keep(struct request *rq, const struct told *told)
{
    const struct text answer = text_clip(told->answer, LIMIT_TOLD_ANSWER);
    struct kept_told *kept = memory_spare(sizeof *kept + told->text.n + answer.n), *oldest;
    if (!kept)
        return (struct text){ NULL, 0 };
    random_digits(kept->id, ID_DIGITS);
    kept->space = rq->space;
    kept->failed = told->failed;
    kept->text_size = told->text.n;
    kept->answer_size = answer.n;
    put_bytes(kept->bytes, told->text);
    put_bytes(kept->bytes + told->text.n, answer);
    char id[ID_DIGITS];
    memcpy(id, kept->id, sizeof id); /* it can be shown, and gone, as soon as it is in the ring */
    pthread_mutex_lock(&ring.lock);
    oldest = ring.v[ring.next];
    ring.v[ring.next] = kept;
    ring.next = (ring.next + 1) % LIMIT_TOLD;
    pthread_mutex_unlock(&ring.lock);
    free(oldest);
    return text_copy(rq->arena, (struct text){ id, sizeof id });
}

/* With the lock held; NULL: there is none. */
static struct kept_told **find_told(int64_t space, struct text id)
{
    for (size_t i = 0; i < LIMIT_TOLD; i++)
        if (ring.v[i] && ring.v[i]->space == space && text_eq((struct text){ ring.v[i]->id, ID_DIGITS }, id))
            return &ring.v[i];
    return NULL;
}

static struct kept_told *copy_of(const struct kept_told *kept)
{
    const size_t size = sizeof *kept + kept->text_size + kept->answer_size;
    struct kept_told *copy = memory_spare(size);
    return copy ? memcpy(copy, kept, size) : NULL;
}

/* The caller's to free. */
static struct kept_told *take_out(int64_t space, struct text id, bool stays)
{
    struct kept_told *found = NULL;
    pthread_mutex_lock(&ring.lock);
    struct kept_told **at = find_told(space, id);
    if (at) {
        found = stays ? copy_of(*at) : *at;
        *at = stays ? *at : NULL;
    }
    pthread_mutex_unlock(&ring.lock);
    return found;
}

bool told_take(struct request *rq, struct text id, struct told *ret)
{
    struct kept_told *found = take_out(rq->space, id, text_eq(rq->method, T("HEAD")));
    struct memory_hold hold;
    if (!found)
        return false;
    memory_hold(&hold, free, found);
    ret->text = text_copy(rq->arena, (struct text){ found->bytes, found->text_size });
    ret->answer = text_copy(rq->arena, (struct text){ found->bytes + found->text_size, found->answer_size });
    ret->failed = found->failed;
    memory_let_go(&hold);
    free(found);
    return true;
}
