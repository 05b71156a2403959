#include "space/fill.h"

#include "base/clock.h"
#include "store/query.h"

static void insert_space(struct db *db, const struct space_plan *plan)
{
    QUERY q = query(db, SQL_SPACE_INSERT);
    bind_text(&q, plan->name);
    bind_int(&q, clock_real_ms());
    bind_int(&q, plan->ttl_ms);
    query_run(&q);
}

static void insert_key(struct db *db, int64_t id, const struct secret_hash *key)
{
    QUERY q = query(db, SQL_SPACE_KEY_INSERT);
    bind_hash(&q, key);
    bind_int(&q, id);
    query_run(&q);
}

static void insert_template(struct db *db)
{
    QUERY q = query(db, SQL_SNAPSHOT_INSERT);
    bind_text(&q, T(""));
    bind_int(&q, clock_real_ms());
    query_run(&q);
}

int64_t space_template(struct db *db)
{
    QUERY q = query(db, SQL_SNAPSHOT_FIND);
    bind_text(&q, T(""));
    return query_row(&q) ? col_int(&q, 0) : SPACE_TEMPLATE;
}

bool space_insert(struct db *db, int64_t id, const struct space_plan *plan)
{
    db_use_space(db, id);
    insert_space(db, plan);
    if (plan->fill)
        insert_template(db);
    const int64_t template = space_template(db);
    db_use_space(db, template);
    const bool ok = !plan->fill || plan->fill(db, plan->cls);
    db_use_space(db, id);
    if (!ok)
        return false;
    store_space_copy(db, template, id);
    if (plan->key)
        insert_key(db, id, plan->key);
    return true;
}
