#include "api/case_runs.h"

#include "api/run_moves.h"
#include "store/query.h"

/* The next case of the queue without a run so far, and a case trigger that can take it. */
struct handing {
    struct uuid case_id, agent_id, user_id;
    struct text title;
};

static bool next_handing(struct request *rq, const struct uuid *queue_id, struct handing *ret)
{
    QUERY q = query_with(rq->db, SQL_CASE_HAND_OUT, WITH(queue_id));
    if (!query_row(&q))
        return false;
    ret->case_id = col_uuid(&q, 0);
    ret->title = text_copy(rq->arena, col_text(&q, 1));
    ret->agent_id = col_uuid(&q, 2);
    ret->user_id = col_uuid(&q, 3);
    return true;
}

void cases_hand_out(struct request *rq, const struct uuid *queue_id, int64_t at)
{
    struct handing next;
    while (!db_error(rq->db) && next_handing(rq, queue_id, &next)) {
        struct run run;
        struct text missing;
        const struct run_start start = {
            .agent_id = next.agent_id,
            .user_id = next.user_id,
            .source = T("case"),
            .message = next.title,
            .case_id = SET_UUID(next.case_id),
            .trigger_id = { .is = VALUE_NULL },
            .at = at,
        };
        if (run_begin(rq, &start, &run, &missing) != OK)
            return;
    }
}

static bool find_queue(struct request *rq, const struct uuid *agent_id, struct uuid *ret)
{
    QUERY q = query_with(rq->db, SQL_CASE_TRIGGER_QUEUE, WITH(agent_id));
    if (!query_row(&q))
        return false;
    *ret = col_uuid(&q, 0);
    return true;
}

void cases_hand_out_to(struct request *rq, const struct uuid *agent_id, int64_t at)
{
    struct uuid queue_id;
    if (find_queue(rq, agent_id, &queue_id))
        cases_hand_out(rq, &queue_id, at);
}
