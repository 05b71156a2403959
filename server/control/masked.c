#include "control/masked.h"

#include "base/limit.h"
#include "request/server.h"
#include "spec/lookup.h"

struct text masked(struct request *rq, const struct spec *spec, struct text order)
{
    const struct redactor redactor = { store_key(rq->server->store) };
    struct buf b = buf_new(rq->arena, LIMIT_REPLY);
    spec_json_redact(&b, spec, order, &redactor);
    return buf_text(&b);
}
