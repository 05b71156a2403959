#include "mcp/client/under_way.h"

#include "base/arena.h"
#include "request/server.h"

#include <pthread.h>

/* A few at most: as many as the pool of outbound calls takes. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct under_way *first;

void under_way_begin(struct request *rq, const struct uuid *flow)
{
    under_way_end(rq);
    struct under_way *mark = REQUEST_NEW(rq, struct under_way);
    pthread_mutex_lock(&lock);
    *mark = (struct under_way){ first, &first, rq->server->store, rq->space, *flow };
    if (first)
        first->link = &mark->next;
    first = mark;
    pthread_mutex_unlock(&lock);
    rq->under_way = mark;
}

void under_way_end(struct request *rq)
{
    struct under_way *mark = rq->under_way;
    if (!mark)
        return;
    pthread_mutex_lock(&lock);
    *mark->link = mark->next;
    if (mark->next)
        mark->next->link = mark->link;
    pthread_mutex_unlock(&lock);
    rq->under_way = NULL;
}

bool under_way_has(const struct request *rq, const struct uuid *flow)
{
    bool found = false;
    pthread_mutex_lock(&lock);
    for (const struct under_way *mark = first; mark && !found; mark = mark->next)
        found = mark->store == rq->server->store && mark->space == rq->space && uuid_eq(&mark->flow, flow);
    pthread_mutex_unlock(&lock);
    return found;
}
