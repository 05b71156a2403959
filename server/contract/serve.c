/* The contract document, served. It is described from the whole route table, so its handlers stand beside the router
 * and not among those that the table is made of. */
#include "api/handlers.h"
#include "contract/contract.h"
#include "request/route.h"
#include "request/server.h"
#include "space/links.h"

struct text contract_base(struct request *rq)
{
    struct text base;
    if (links_asked(rq, &base) != OK) /* HTTP/1.0 knows no Host */
        base = links_in_space(rq, server_origin(rq->arena, rq->server));
    rq->message = (struct text){ NULL, 0 };
    return base;
}

static enum err serve_contract(struct request *rq, struct reply *rp, unsigned version)
{
    rp->raw = contract_text_at(rq->arena, version, contract_base(rq));
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
