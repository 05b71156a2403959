/* The contract document, served. */
#include "api/handlers.h"
#include "describe.h"

enum err contract_all(struct request *rq, struct reply *rp)
{
    (void)rq;
    rp->raw = contract_text(0);
    return OK;
}

enum err contract_v1(struct request *rq, struct reply *rp)
{
    (void)rq;
    rp->raw = contract_text(1);
    return OK;
}

enum err contract_v2(struct request *rq, struct reply *rp)
{
    (void)rq;
    rp->raw = contract_text(2);
    return OK;
}
