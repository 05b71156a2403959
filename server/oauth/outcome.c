#include "oauth/outcome.h"

#include "base/hex.h"
#include "cli/config.h"
#include "pages/page.h"
#include "store/query.h"

const struct outcome_kind outcome_kinds[OUTCOME_COUNT] = {
#define OUTCOME(name, word, error, description, about) [OUTCOME_##name] = { word, error, description, about },
#include "oauth/outcomes.def"
#undef OUTCOME
};

const char *const outcome_names[] = {
#define OUTCOME(name, word, error, description, about) word,
#include "oauth/outcomes.def"
#undef OUTCOME
    NULL,
};

bool outcome_parse(struct text word, enum outcome *ret)
{
    const int i = text_index(word, outcome_names);
    if (i >= 0)
        *ret = (enum outcome)i;
    return i >= 0;
}

/* ---- the queue ----------------------------------------------------------------------------------------- */

struct text outcome_seal_match(struct request *rq, struct text json)
{
    const struct text sealed = secret_seal(rq->arena, store_seal_key_of(rq->db), secret_of(json));
    return hex_encode(rq->arena, sealed.p, sealed.n);
}

struct text outcome_unseal_match(struct request *rq, struct text sealed)
{
    uint8_t *bytes = arena_raw(rq->arena, sealed.n / 2 + 1);
    const struct text blob = { (const char *)bytes, sealed.n / 2 };
    struct secret json;
    const bool whole = sealed.n % 2 == 0 && hex_decode(sealed, bytes, sealed.n / 2);
    return whole && secret_unseal(rq->arena, store_seal_key_of(rq->db), blob, &json) ? secret_reveal(json) : T("null");
}

/* The first entry that fits; 0 when there is none. */
static int64_t find_queued(struct request *rq, const struct match_subject *subject, enum outcome *ret)
{
    QUERY q = query(rq->db, SQL_CONSENT_QUEUE_LIST);
    while (query_row(&q)) {
        const struct text match = outcome_unseal_match(rq, col_text(&q, 2));
        if (match_json_holds(rq->arena, match, subject) && outcome_parse(col_text(&q, 1), ret))
            return col_int(&q, 0);
    }
    return 0;
}

static bool take_queued(struct request *rq, const struct match_subject *subject, enum outcome *ret)
{
    const int64_t id = find_queued(rq, subject, ret);
    if (!id)
        return false;
    query_change(rq->db, SQL_CONSENT_QUEUE_TAKE, WITH(id));
    query_change(rq->db, SQL_CONSENT_QUEUE_USED_UP, WITH(id));
    return true;
}

/* ---- everything else ------------------------------------------------------------------------------------- */

/* `login_hint=deny@…`: the local part of an address may name an outcome. */
static bool take_hinted(struct v_text login_hint, enum outcome *ret)
{
    struct text rest = login_hint.v;
    return login_hint.is == VALUE_SET && outcome_parse(text_cut(&rest, '@'), ret) && rest.p;
}

static bool needs_nobody(const struct request *rq, bool is_headless)
{
    return is_headless || rq->config->consent == CONSENT_AUTO || !page_is_wanted(rq);
}

bool outcome_decide(struct request *rq, const struct consent_input *input, bool is_headless, enum outcome *ret,
                    enum err *ret_err)
{
    *ret_err = OK;
    if (input->mock_outcome.is == VALUE_SET && !outcome_parse(input->mock_outcome.v, ret))
        *ret_err = fail(rq, ERR_INVALID, "querystring/mock_outcome: expected one of approve, deny, "
                        "invalid_scope, server_error, temporarily_unavailable, wrong_state, missing_code, "
                        "expired_code and closed");
    if (*ret_err != OK || take_queued(rq, &input->subject, ret))
        return true;
    if (input->mock_outcome.is == VALUE_SET)
        return outcome_parse(input->mock_outcome.v, ret);
    if (take_hinted(input->login_hint, ret))
        return true;
    *ret = input->fixture.is == VALUE_SET ? (enum outcome)input->fixture.v : OUTCOME_APPROVE;
    return input->fixture.is == VALUE_SET || needs_nobody(rq, is_headless);
}
