/* Connections on the control plane: forced into a state of their life, and asked whether they were given a secret. */
#include "api/connections.h"
#include "api/credentials.h"
#include "api/handlers.h"
#include "control/match_reply.h"
#include "base/limit.h"
#include "store/query.h"

/* Whosever it is. */
static bool find(struct request *rq, const struct uuid *id, struct connection *ret)
{
    QUERY q = query(rq->db, SQL_CONNECTION_OF_ID);
    bind_uuid(&q, id);
    if (!query_row(&q))
        return false;
    col_row(&q, 0, &connection_spec, rq->arena, ret);
    return true;
}

/* ---- transitions ----------------------------------------------------------------------------------------- */

static const char *const states[] = { "active", "expired", "revoked", "broken", NULL };
enum { STATE_ACTIVE, STATE_EXPIRED, STATE_REVOKED, STATE_BROKEN };

struct transition_body {
    struct v_enum to;
    struct v_text reason;
};

static const struct field transition_fields[] = {
    FIELD_ENUM(struct transition_body, to, .flags = REQUIRED, .names = states, .doc = "State", .example = "\"broken\""),
    FIELD_TEXT(struct transition_body, reason, .min = 1, .max = LIMIT_NAME,
               .doc = "For broken_reason; an active connection has none"),
};

const struct spec transition_body = SPEC(struct transition_body, "Transition", transition_fields);

/* Whether it came from an OAuth flow, or could have. */
static bool is_oauth(const struct connection *c)
{
    return c->auth_method.is == VALUE_SET &&
           (text_eq(c->auth_method.v, T("oauth")) || text_eq(c->auth_method.v, T("native")));
}

/* An expired token is still there, and so are a broken connection's; a revoked one is not. */
static void enter(struct connection *c, const struct transition_body *in, int64_t now)
{
    static const char *const reasons[] = {
        [STATE_EXPIRED] = "The access token has expired and could not be renewed",
        [STATE_REVOKED] = "Access was revoked at the provider",
        [STATE_BROKEN] = "The provider does not answer",
    };
    const bool active = in->to.v == STATE_ACTIVE;
    c->has_oauth_tokens = SET_BOOL(is_oauth(c) && in->to.v != STATE_REVOKED);
    c->broken_at = (struct v_time){ active ? VALUE_NULL : VALUE_SET, now };
    c->broken_reason = (struct v_text){ .is = VALUE_NULL };
    if (!active)
        c->broken_reason = in->reason.is == VALUE_SET ? in->reason : SET_TEXT(text_of(reasons[in->to.v]));
    c->updated_at = SET_TIME(now);
}

enum err connection_transition(struct request *rq, struct reply *rp)
{
    const struct connection_path *path = rq->path;
    struct connection *c = REQUEST_NEW(rq, struct connection);
    if (!find(rq, &path->connection_id.v, c))
        return ERR_CONNECTION_NOT_FOUND;
    enter(c, rq->input, rq->now);
    connection_save(rq->db, c);
    rp->object = c;
    return OK;
}

/* ---- secrets --------------------------------------------------------------------------------------------- */

struct match_body {
    struct v_text name;
    struct v_secret value;
};

static const struct field match_fields[] = {
    FIELD_TEXT(struct match_body, name, .flags = REQUIRED, .min = 1, .max = LIMIT_CREDENTIAL_NAME,
               .doc = "Header, in any case", .example = "\"X-API-Key\""),
    FIELD_SECRET(struct match_body, value, .flags = REQUIRED, .max = LIMIT_CREDENTIAL_VALUE, .doc = "Its value"),
};
const struct spec secret_match_body = SPEC(struct match_body, "MatchSecret", match_fields);

struct match_reply {
    struct v_bool match;
};

static const struct field match_reply_fields[] = {
    FIELD_BOOL(struct match_reply, match, .flags = REQUIRED, .doc = "Whether it is set, to that value"),
};
const struct spec secret_match_reply = SPEC(struct match_reply, "SecretMatch", match_reply_fields);

const void *secret_match(struct request *rq, bool match)
{
    struct match_reply *out = REQUEST_NEW(rq, struct match_reply);
    out->match = SET_BOOL(match);
    return out;
}

enum err connection_match_secret(struct request *rq, struct reply *rp)
{
    const struct connection_path *path = rq->path;
    const struct match_body *in = rq->input;
    struct connection c = { .id = { .is = VALUE_ABSENT } };
    if (!find(rq, &path->connection_id.v, &c))
        return ERR_CONNECTION_NOT_FOUND;
    rp->object = secret_match(rq, credentials_match(rq, &c.id.v, in->name.v, in->value.v));
    return OK;
}
