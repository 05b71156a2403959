#include "router/handle.h"

#include "api/dashboards.h"
#include "api/run_moves.h"
#include "api/schedule_runs.h"
#include "base/limit.h"
#include "cli/config.h"
#include "request/log.h"
#include "request/ratelimit.h"
#include "request/route.h"
#include "router/auth.h"
#include "router/idempotency.h"
#include "spec/write.h"

/* What most replies fit in without growing. */
enum { USUAL_REPLY = 2048 };

/* ---- checks ---------------------------------------------------------------------------------------------- */

enum err handle_count(struct request *rq)
{
    if (!rq->counted)
        rq->rate = rate_count(rq->config->rate_limit, rq->space, &rq->who.key, rq->now);
    rq->counted = true;
    return rq->rate.refused ? ERR_RATE_LIMITED : OK;
}

static enum err check_caller(struct request *rq)
{
    if (rq->route->auth == AUTH_NONE)
        return OK;
    const enum err err = authenticate(rq);
    const bool counts = !(rq->route->also & E_MCP); /* what it calls is counted */
    return err == OK && counts ? handle_count(rq) : err;
}

/* A team in the path must be the key's. Malformed parameters, whose struct is not there, are left to validation. */
static enum err check_team(const struct request *rq)
{
    struct text rest = text_of(rq->route->path + 1);
    for (size_t n = 0; rest.p && rq->path;) {
        bool param;
        struct uuid team;
        const struct text name = route_piece(&rest, &param);
        if (param && text_eq(name, T("teamId")) &&
            (!uuid_parse(rq->params[n], &team) || !uuid_eq(&team, &rq->who.team_id)))
            return ERR_OTHER_TEAM;
        n += param;
    }
    return OK;
}

static enum err check_role(struct request *rq)
{
    if (rq->route->auth == AUTH_NONE || rq->who.role >= rq->route->role)
        return OK;
    return fail(rq, ERR_ROLE_TOO_LOW, "This requires the %s role or above; yours is %s", role_names[rq->route->role],
                role_names[rq->who.role]);
}

/* Malformed parameters come first: nobody's are they. */
static enum err check_permit(struct request *rq)
{
    return rq->route->may && rq->path ? rq->route->may(rq) : OK;
}

static enum err check_input(struct request *rq)
{
    rq->message = rq->parse_message;
    return rq->parsed;
}

/* ---- the reply ------------------------------------------------------------------------------------------- */

static void render(struct request *rq)
{
    struct reply *rp = &rq->reply;
    if (!rp->status)
        rp->status = rq->route->success;
    if (!rp->object)
        return;
    buf_reserve(&rp->body, USUAL_REPLY);
    struct json j = jw_new(&rp->body);
    spec_write(&j, rq->route->out, route_shapes(rq->route), rp->object);
}

static enum err finish_reply(struct request *rq)
{
    render(rq);
    if (!rq->reply.body.full)
        return OK;
    log_event("error", "the reply is larger than %d bytes, for %s %s", LIMIT_REPLY, method_names[rq->route->method],
              rq->route->path);
    return ERR_INTERNAL;
}

void handle_start_over(struct request *rq)
{
    rq->message = (struct text){ NULL, 0 };
    rq->details = (struct reply_details){ .spec = NULL };
    rq->reply.object = NULL;
    rq->reply.status = 0;
    rq->reply.body.n = 0;
    rq->reply.header_count = 0;
    rq->reply.content_type = "application/json; charset=utf-8";
    rq->replayed = false;
}

/* What is due happens before a write, which could change what is due. */
static void settle(struct request *rq)
{
    runs_settle(rq);
    dashboards_settle(rq);
}

/* ---- all of it -------------------------------------------------------------------------------------------- */

enum err handle_request(struct request *rq)
{
    enum err err;
    if ((err = check_caller(rq)) != OK || (err = check_team(rq)) != OK || (err = check_role(rq)) != OK ||
        (err = check_permit(rq)) != OK || (err = check_input(rq)) != OK || (err = idempotency_find(rq)) != OK)
        return err;
    rq->way = WAY_DONE; /* unless the handler says otherwise */
    if (rq->replayed)
        return OK;
    if (rq->route->tx == TX_WRITE)
        settle(rq);
    else if (request_is_api(rq) && schedules_await(rq) && !runs_settle(rq)) /* they are in sight of many reads */
        return OK;
    err = rq->route->fn(rq, &rq->reply);
    if (err == OK && rq->route->tx == TX_WRITE)
        schedules_plan_new(rq);
    if (err != OK || rq->way != WAY_DONE)
        return err;
    err = finish_reply(rq);
    if (err == OK)
        idempotency_keep(rq);
    return err;
}

enum err handle_anew(struct request *rq)
{
    rq->identities = IDENTITIES_UNKNOWN;
    return handle_request(rq);
}

enum err handle_after_work(struct request *rq)
{
    enum err err = rq->then(rq, &rq->reply);
    if (err == OK)
        err = finish_reply(rq);
    if (err == OK && rq->then_tx == TX_WRITE)
        idempotency_keep(rq);
    return err;
}
