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
    uint64_t number; /* in the order of all */
    int64_t space;
    bool failed;
    size_t text_size, answer_size;
    char bytes[];
};

static struct {
    pthread_mutex_t lock;
    struct kept_told *v[LIMIT_TOLD_ALL]; /* in no order */
    uint64_t last_number;
} board = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* Of an empty place 0: before all. */
static uint64_t number_in(struct kept_told *const *place)
{
    return *place ? (*place)->number : 0;
}

/* Where the next one of the space goes, with the lock held: in the place of its own oldest one when it has as many as
 * it may have, in that of another space's only when all are taken. */
static struct kept_told **place_for(int64_t space)
{
    struct kept_told **own = NULL, **first = board.v;
    size_t n = 0;
    for (struct kept_told **at = board.v; at < board.v + LIMIT_TOLD_ALL; at++) {
        if (number_in(at) < number_in(first))
            first = at;
        if (*at && (*at)->space == space) {
            own = !own || number_in(at) < number_in(own) ? at : own;
            n++;
        }
    }
    return n >= LIMIT_TOLD ? own : first;
}

static void put_bytes(char *to, struct text t)
{
    if (t.n)
        memcpy(to, t.p, t.n);
}

struct text told_keep(struct request *rq, const struct told *told)
{
    const struct text answer = text_clip(told->answer, LIMIT_TOLD_ANSWER);
    struct kept_told *kept = memory_spare(sizeof *kept + told->text.n + answer.n);
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
    memcpy(id, kept->id, sizeof id); /* it can be shown, and gone, as soon as it is on the board */
    pthread_mutex_lock(&board.lock);
    kept->number = ++board.last_number;
    struct kept_told **place = place_for(rq->space), *before = *place;
    *place = kept;
    pthread_mutex_unlock(&board.lock);
    free(before);
    return text_copy(rq->arena, (struct text){ id, sizeof id });
}

/* With the lock held; NULL: there is none. */
static struct kept_told **find_told(int64_t space, struct text id)
{
    for (size_t i = 0; i < LIMIT_TOLD_ALL; i++)
        if (board.v[i] && board.v[i]->space == space && text_eq((struct text){ board.v[i]->id, ID_DIGITS }, id))
            return &board.v[i];
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
    pthread_mutex_lock(&board.lock);
    struct kept_told **at = find_told(space, id);
    if (at) {
        found = stays ? copy_of(*at) : *at;
        *at = stays ? *at : NULL;
    }
    pthread_mutex_unlock(&board.lock);
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
