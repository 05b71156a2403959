/* Fixtures on the control plane: a space as a document, and a document added to a space. */
#include "fixtures/read.h"

#include "api/dashboards.h"
#include "api/handlers.h"
#include "api/run_moves.h"
#include "control/counts.h"

/* ---- export ---------------------------------------------------------------------------------------------- */

enum err fixtures_export(struct request *rq, struct reply *rp)
{
    if (!runs_settle(rq) || !dashboards_settle(rq))
        return OK;
    rp->object = fixtures_exported(rq->arena, rq->db);
    return OK;
}

/* ---- load ------------------------------------------------------------------------------------------------ */

struct fixtures_query {
    struct v_bool replace;
};

static const struct field query_fields[] = {
    FIELD_BOOL(struct fixtures_query, replace, .fallback = "false",
               .doc = "Whether the document takes the place of all that is there, as at a start"),
};
const struct spec fixtures_query = SPEC(struct fixtures_query, "FixturesQuery", query_fields);

struct fixtures_reply {
    struct counts counts;
};

static const struct field reply_fields[] = {
    FIELD_OBJECT(struct fixtures_reply, counts, struct counts, .flags = REQUIRED, .sub = &counts_spec,
                 .doc = "Rows in the space now"),
};
const struct spec fixtures_reply = SPEC(struct fixtures_reply, "FixturesLoaded", reply_fields);

enum err fixtures_post(struct request *rq, struct reply *rp)
{
    const struct fixtures_query *in = rq->query;
    struct fixtures_reply *out = REQUEST_NEW(rq, struct fixtures_reply);
    struct fixture_report report;
    if (!fixtures_add(rq->arena, rq->input, in->replace.v, rq->db, &report)) {
        rq->message = fixtures_message(rq->arena, report.errors);
        return ERR_INVALID;
    }
    if (report.warning.n)
        warn(rq, report.warning);
    counts_of(rq->db, rq->space, &out->counts);
    db_announce(rq->db); /* runs that are under way, or who hears of some */
    rp->object = out;
    return OK;
}
