#include "api/move.h"
#include "store/query.h"

enum { SQL_NONE = -1 };

const struct move_row move_rows[] = {
#define AGENT_ROWS(table, statement, parameters, what) { #table, false, SQL_##statement, parameters, what },
#define QUEUE_ROWS(table, statement, parameters, what) { #table, true, SQL_##statement, parameters, what },
#include "api/move_rows.def"
#undef QUEUE_ROWS
#undef AGENT_ROWS
};
const size_t move_row_count = sizeof move_rows / sizeof move_rows[0];

static void apply_row(struct request *rq, const struct move *move, const struct move_row *row, struct v_uuid id)
{
    struct param with[] = { PARAM(id), PARAM(&move->to.id), PARAM(rq->now), PARAM(&rq->who.user_id),
                            { .kind = PARAM_END } };
    with[row->parameters].kind = PARAM_END;
    query_change(rq->db, (enum sql)row->statement, with);
}

void move_apply_rows(struct request *rq, const struct move *move)
{
    for (size_t i = 0; i < move_row_count; i++) {
        const struct move_row *row = &move_rows[i];
        if (row->statement == SQL_NONE)
            continue;
        for (size_t k = 0; k < (row->of_queue ? move->queue_count : move->agent_count); k++)
            apply_row(rq, move, row, row->of_queue ? move->queues[k].id : move->agents[k].id);
    }
}
