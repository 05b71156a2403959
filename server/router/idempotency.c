#include "router/idempotency.h"

#include "base/limit.h"
#include "spec/redact.h"
#include "request/route.h"
#include "store/query.h"

static const int64_t day_ms = INT64_C(24) * 60 * 60 * 1000;

/* The unset text when the request has none, or is not one that keys apply to. */
static struct text sent_key(const struct request *rq)
{
    if (!route_is_idempotent(rq->route))
        return (struct text){ NULL, 0 };
    return request_header(rq, T("idempotency-key"));
}

/* The body may hold secrets, so only its keyed hash is compared and kept. */
static struct secret_hash body_hash(const struct request *rq)
{
    return secret_hash(store_key_of(rq->db), secret_of(buf_text(&rq->body)));
}

/* A query may hold secrets, too: their fingerprints tell them apart. */
static struct text shown_target(const struct request *rq)
{
    const struct redactor redactor = { store_key_of(rq->db) };
    return redact_url_with(&redactor, rq->arena, rq->target); /* whatever selects the space */
}

/* Replies are kept sealed: a URL in one can hold a state. */
static enum err replay(struct request *rq, struct text key)
{
    QUERY q = query_with(rq->db, SQL_IDEMPOTENCY_GET,
                         WITH(&rq->who.key, key, rq->method, shown_target(rq), rq->now - day_ms));
    if (!query_row(&q))
        return OK;
    const struct secret_hash stored = col_hash(&q, 0), sent = body_hash(rq);
    if (!secret_hash_eq(&stored, &sent))
        return ERR_IDEMPOTENCY_CONFLICT;
    struct secret reply;
    if (!secret_unseal(rq->arena, store_seal_key_of(rq->db), col_text(&q, 2), &reply))
        return OK; /* the sealing key was lost meanwhile: done again */
    rq->replayed = true;
    rq->reply.status = (unsigned)col_int(&q, 1);
    buf_add(&rq->reply.body, secret_reveal(reply));
    return OK;
}

enum err idempotency_find(struct request *rq)
{
    const struct text key = sent_key(rq);
    if (!key.p)
        return OK;
    if (key.n == 0 || key.n > LIMIT_IDEMPOTENCY_KEY)
        return fail(rq, ERR_INVALID, "headers/idempotency-key Expected 1 to %d characters", LIMIT_IDEMPOTENCY_KEY);
    if (!text_is_utf8(key))
        return fail(rq, ERR_INVALID, "headers/idempotency-key Expected valid UTF-8");
    return replay(rq, key);
}

void idempotency_keep(struct request *rq)
{
    const struct text key = sent_key(rq);
    if (!key.p || rq->replayed)
        return;
    const struct secret reply = secret_of(reply_bytes(&rq->reply));
    const struct blob sealed = { secret_seal(rq->arena, store_seal_key_of(rq->db), reply) };
    query_prune(rq->db, SQL_IDEMPOTENCY_EXPIRE, rq->now - day_ms);
    query_prune(rq->db, SQL_IDEMPOTENCY_DROP, LIMIT_IDEMPOTENCY_ROWS);
    query_change(rq->db, SQL_IDEMPOTENCY_INSERT,
                 WITH(&rq->who.key, key, rq->method, shown_target(rq), rq->now, body_hash(rq), (int)rq->reply.status,
                      sealed));
}
