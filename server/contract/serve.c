/* The contract document, served. It is described from the whole route table, so its handlers stand beside the router
 * and not among those that the table is made of. */
#include "api/handlers.h"
#include "contract/contract.h"
#include "request/route.h"
#include "request/server.h"
#include "space/links.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct text contract_base(struct request *rq)
{
    struct text base;
    if (links_asked(rq, &base) != OK) /* HTTP/1.0 knows no Host */
        base = links_in_space(rq, server_origin(rq->arena, rq->server));
    rq->message = (struct text){ NULL, 0 };
    return base;
}

/* The documents of the first few addresses that were asked, for as long as the process lives: clients that do not read
 * theirs hold no megabyte each. Those of further addresses are made for each request. */
enum { KEPT_MAX = 8 };

static struct {
    pthread_mutex_t lock;
    size_t n;
    struct kept_document {
        unsigned version;
        char *base;
        struct text text;
    } documents[KEPT_MAX];
} kept = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* With the lock held; NULL: it is not kept. */
static const struct kept_document *find_kept(unsigned version, struct text base)
{
    for (size_t i = 0; i < kept.n; i++)
        if (kept.documents[i].version == version && text_eq(text_of(kept.documents[i].base), base))
            return &kept.documents[i];
    return NULL;
}

/* With the lock held: the same text, kept if it can be. */
static struct text keep(unsigned version, struct text base, struct text text)
{
    char *name = strndup(base.p, base.n), *copy = malloc(text.n);
    if (!name || !copy) {
        free(name);
        free(copy);
        return text;
    }
    memcpy(copy, text.p, text.n);
    kept.documents[kept.n++] = (struct kept_document){ version, name, { copy, text.n } };
    return (struct text){ copy, text.n };
}

static struct text document(struct request *rq, unsigned version, struct text base)
{
    pthread_mutex_lock(&kept.lock);
    const struct kept_document *found = find_kept(version, base);
    const bool full = kept.n == KEPT_MAX;
    struct text text = found ? found->text : (struct text){ 0 };
    pthread_mutex_unlock(&kept.lock);
    if (found)
        return text;
    text = contract_text_at(rq->arena, version, base);
    if (full)
        return text;
    pthread_mutex_lock(&kept.lock);
    found = find_kept(version, base);
    if (found)
        text = found->text;
    else if (kept.n < KEPT_MAX)
        text = keep(version, base, text);
    pthread_mutex_unlock(&kept.lock);
    return text;
}

static enum err serve_contract(struct request *rq, struct reply *rp, unsigned version)
{
    rp->raw = document(rq, version, contract_base(rq));
    return OK;
}

/* Of the version that the path begins with, or of everything. */
enum err contract_of_version(struct request *rq, struct reply *rp)
{
    return serve_contract(rq, rp, rq->route->version);
}

enum err contract_of_mock(struct request *rq, struct reply *rp)
{
    return serve_contract(rq, rp, CONTRACT_MOCK);
}
