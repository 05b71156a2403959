/* The contract document, served. It is described from the whole route table, so its handlers stand beside the router
 * and not among those that the table is made of. */
#include "api/handlers.h"
#include "contract/contract.h"
#include "request/route.h"

/* Of the version that the path begins with, or of everything. */
enum err contract_of_version(struct request *rq, struct reply *rp)
{
    rp->raw = contract_text(rq->route->version);
    return OK;
}

enum err contract_of_mock(struct request *rq, struct reply *rp)
{
    (void)rq;
    rp->raw = contract_text(CONTRACT_MOCK);
    return OK;
}
