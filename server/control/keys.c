/* API keys on the control plane: one for a person in a team of theirs, one that the API has made for instance. */
#include "api/handlers.h"
#include "base/kept.h"
#include "base/random.h"
#include "store/query.h"

struct key_body {
    struct v_uuid team_id, user_id;
};

static const struct field body_fields[] = {
    FIELD_UUID(struct key_body, team_id, .flags = REQUIRED, .doc = "The team that it is of",
               .example = "\"6f1d2c3b-2222-4aaa-8bbb-000000000002\""),
    FIELD_UUID(struct key_body, user_id, .flags = REQUIRED, .doc = "The person that it acts for: a member of the team",
               .example = "\"6f1d2c3b-1111-4aaa-8bbb-000000000001\""),
};
const struct spec key_body = SPEC(struct key_body, "MakeKey", body_fields);

struct key_reply {
    struct v_text key;
};

static const struct field reply_fields[] = {
    FIELD_TEXT(struct key_reply, key, .flags = REQUIRED, .doc = "The API key; shown once", .example = "\"dv_key_…\""),
};
const struct spec key_reply = SPEC(struct key_reply, "Key", reply_fields);

/* Of no seed, because a key has to be nobody's guess. */
enum err keys_make(struct request *rq, struct reply *rp)
{
    const struct key_body *in = rq->input;
    struct key_reply *out = REQUEST_NEW(rq, struct key_reply);
    const struct text key =
        text_format(rq->arena, "dv_key_%.*s", TEXT_ARG(text_clip(random_text(rq->arena, RANDOM_TEXT_MAX), 32)));
    const struct kept kept = kept_key(secret_of(key));
    if (!query_finds(rq->db, SQL_TEAM_GET, WITH(in->team_id)))
        return fail(rq, ERR_INVALID, "body/team_id names no team of the space");
    if (!query_finds(rq->db, SQL_MEMBER_ROLE, WITH(in->team_id, in->user_id)))
        return fail(rq, ERR_INVALID, "body/user_id names no member of the team");
    if (!query_insert(rq->db, SQL_KEY_INSERT, NULL, NULL,
                      WITH(kept.hash, (int)kept.kind, in->team_id, in->user_id, false)))
        return ERR_INTERNAL;
    out->key = SET_TEXT(key);
    rp->object = out;
    return OK;
}
