/* Connections on the control plane: forced into a state of their life. */
#include "api/connections.h"
#include "api/handlers.h"
#include "api/publish.h"
#include "base/limit.h"
#include "store/query.h"

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

static bool is_as_before(const struct connection *before, const struct connection *c)
{
    return before->broken_at.is == c->broken_at.is && before->has_oauth_tokens.v == c->has_oauth_tokens.v &&
           text_eq(before->broken_reason.v, c->broken_reason.v);
}

enum err connection_transition(struct request *rq, struct reply *rp)
{
    const struct connection_path *path = rq->path;
    struct connection *c = REQUEST_NEW(rq, struct connection);
    const struct param *id = WITH(&path->connection_id.v); /* whosever it is */
    if (!query_get(rq->db, SQL_CONNECTION_OF_ID, id, &connection_spec, rq->arena, c))
        return ERR_CONNECTION_NOT_FOUND;
    const struct connection before = *c;
    enter(c, rq->input, rq->now);
    connection_save(rq->db, c);
    if (is_as_before(&before, c))
        ; /* nobody has to know */
    else if (c->broken_at.is == VALUE_SET)
        publish_connection_action(rq, c);
    else
        publish_connection(rq, c);
    rp->object = c;
    return OK;
}
