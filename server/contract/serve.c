/* The contract document, served. It is described from the whole route table, so its handlers stand beside the router
 * and not among those that the table is made of. */
#include "api/handlers.h"
#include "contract/document.h"

static enum err answer_contract(struct reply *rp, unsigned version)
{
    rp->raw = contract_text(version);
    return OK;
}

enum err contract_all(struct request *rq, struct reply *rp)
{
    (void)rq;
    return answer_contract(rp, CONTRACT_ALL);
}

enum err contract_mock(struct request *rq, struct reply *rp)
{
    (void)rq;
    return answer_contract(rp, CONTRACT_MOCK);
}

enum err contract_v1(struct request *rq, struct reply *rp)
{
    (void)rq;
    return answer_contract(rp, 1);
}

enum err contract_v2(struct request *rq, struct reply *rp)
{
    (void)rq;
    return answer_contract(rp, 2);
}
