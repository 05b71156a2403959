#include "space/fill.h"

#include "base/clock.h"
#include "store/query.h"
#include "store/rare.h"

int64_t space_template(struct db *db)
{
    const int64_t own = query_number(db, SQL_SNAPSHOT_FIND, WITH(T("")));
    return own ? own : SPACE_TEMPLATE;
}

static bool is_heard(struct db *db)
{
    return (rare_may_be(db, RARE_WEBHOOKS) || rare_may_be(db, RARE_RUNS_DUE)) &&
           query_finds(db, SQL_EVENT_LISTENERS, NULL);
}

bool space_insert(struct db *db, int64_t id, const struct space_plan *plan, bool *ret_heard)
{
    db_use_space(db, id);
    query_change(db, SQL_SPACE_INSERT, WITH(plan->name, clock_real_ms(), plan->ttl_ms));
    if (plan->fill)
        query_change(db, SQL_SNAPSHOT_INSERT, WITH(T(""), clock_real_ms()));
    const int64_t template = space_template(db);
    db_use_space(db, template);
    const bool ok = !plan->fill || plan->fill(db, plan->cls);
    db_use_space(db, id);
    if (!ok)
        return false;
    store_space_share(db, template, id);
    if (plan->key)
        query_change(db, SQL_SPACE_KEY_INSERT, WITH(&plan->key->hash, (int)plan->key->kind, id));
    *ret_heard = is_heard(db);
    return true;
}
