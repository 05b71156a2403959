#include "api/usable.h"

#include "store/query.h"

/* True when they have pinned any that they may see; *ret_works says whether one of them works. */
static bool look_at_pinned(struct db *db, const struct uuid *slot_id, const struct actor *actor, bool *ret_works,
                           struct uuid *ret)
{
    QUERY q = query_with(db, SQL_USABLE_PINNED, WITH(slot_id, &actor->user_id, actor->sharing));
    if (!query_row(&q))
        return false;
    *ret = col_uuid(&q, 0);
    *ret_works = col_int(&q, 1);
    return true;
}

/* The newest of the person, or, for null, of the shared ones. */
static bool find_newest(struct db *db, const struct uuid *slot_id, const struct actor *actor, struct v_uuid user_id,
                        struct uuid *ret)
{
    QUERY q = query_with(db, SQL_USABLE_NEWEST, WITH(slot_id, &actor->team_id, user_id));
    if (!query_row(&q))
        return false;
    *ret = col_uuid(&q, 0);
    return true;
}

bool usable_connection(struct db *db, const struct uuid *slot_id, const struct actor *actor, struct uuid *ret)
{
    bool works;
    if (look_at_pinned(db, slot_id, actor, &works, ret))
        return works;
    return find_newest(db, slot_id, actor, SET_UUID(actor->user_id), ret) ||
           (actor->sharing && find_newest(db, slot_id, actor, (struct v_uuid){ .is = VALUE_NULL }, ret));
}

static bool find_of_kind(struct db *db, const struct wanted *wanted, const struct actor *actor, struct v_uuid user_id,
                         struct uuid *ret)
{
    QUERY q = query_with(db, SQL_USABLE_OF_KIND, WITH(&actor->team_id, user_id, wanted->custom_integration_id,
                                                      wanted->type, wanted->oauth_provider_key));
    if (!query_row(&q))
        return false;
    *ret = col_uuid(&q, 0);
    return true;
}

bool usable_of_kind(struct db *db, const struct wanted *wanted, const struct actor *actor, struct uuid *ret)
{
    return find_of_kind(db, wanted, actor, SET_UUID(actor->user_id), ret) ||
           (actor->sharing && find_of_kind(db, wanted, actor, (struct v_uuid){ .is = VALUE_NULL }, ret));
}
