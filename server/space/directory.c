#include "space/directory.h"

#include "base/clock.h"
#include "base/limit.h"
#include "base/memory.h"
#include "request/log.h"
#include "space/fill.h"
#include "space/first_made.h"
#include "space/gone.h"
#include "space/keys.h"
#include "store/query.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 1024 };

struct entry {
    struct entry *next; /* of its bucket */
    struct space *space;
};

/* `lock` is for the buckets and what is gone; `making` lets one thread at a time make a space. */
struct spaces {
    struct gone gone;
    struct store *store;
    const struct config *config;
    pthread_rwlock_t lock;
    pthread_mutex_t making;
    struct space *first; /* default */
    struct entry *entries[BUCKETS];
    struct space_keys keys;
    atomic_size_t count;
    atomic_int_fast64_t idle_us; /* no space is idle before, by the steady clock; kept with the lock held */
    int64_t last_id;
};

/* ---- the directory ------------------------------------------------------------------------------------- */

static struct entry **bucket_of(struct spaces *spaces, struct text name)
{
    uint32_t hash = 2166136261U; /* FNV-1a */
    for (size_t i = 0; i < name.n; i++)
        hash = (hash ^ (unsigned char)name.p[i]) * 16777619U;
    return &spaces->entries[hash % BUCKETS];
}

/* Takes over the caller's hold. */
static void add(struct spaces *spaces, struct space *space)
{
    struct entry **bucket = bucket_of(spaces, space_name(space)), *entry = memory_kept(sizeof *entry);
    pthread_rwlock_wrlock(&spaces->lock);
    *entry = (struct entry){ *bucket, space };
    *bucket = entry;
    if (space_idle_at(space) < spaces->idle_us)
        spaces->idle_us = space_idle_at(space);
    gone_remove(&spaces->gone, space_name(space));
    pthread_rwlock_unlock(&spaces->lock);
    spaces->count++;
    if (space_id(space) > spaces->last_id)
        spaces->last_id = space_id(space);
}

/* With the lock held; NULL: there is none. */
static struct space *find_name(struct spaces *spaces, struct text name)
{
    const struct entry *entry = *bucket_of(spaces, name);
    while (entry && !text_eq(space_name(entry->space), name))
        entry = entry->next;
    return entry ? entry->space : NULL;
}

struct space *spaces_find(struct spaces *spaces, struct text name)
{
    pthread_rwlock_rdlock(&spaces->lock);
    struct space *found = find_name(spaces, name), *space = found ? space_hold(found) : NULL;
    pthread_rwlock_unlock(&spaces->lock);
    return space;
}

/* With the lock held: holds it, and its time begins anew; NULL when that is over. Who takes off what is idle has the
 * lock alone, and looks again. */
static struct space *take_use(struct space *space)
{
    if (!space || space_is_idle(space))
        return NULL;
    space_touch(space);
    return space_hold(space);
}

static struct space *find_id(struct spaces *spaces, int64_t id)
{
    for (size_t i = 0; i < BUCKETS; i++)
        for (const struct entry *entry = spaces->entries[i]; entry; entry = entry->next)
            if (space_id(entry->space) == id)
                return entry->space;
    return NULL;
}

struct space *spaces_of_id(struct spaces *spaces, int64_t id)
{
    pthread_rwlock_rdlock(&spaces->lock);
    struct space *found = find_id(spaces, id);
    struct space *space = found ? space_hold(found) : NULL;
    pthread_rwlock_unlock(&spaces->lock);
    return space;
}

static void add_key(struct spaces *spaces, const struct kept *kept, struct space *space)
{
    pthread_rwlock_wrlock(&spaces->lock);
    space_keys_add(&spaces->keys, kept, space);
    pthread_rwlock_unlock(&spaces->lock);
}

/* False when it is not there any more; or, where it is to go for want of use, was used just now. The name is
 * remembered, unless it comes back by being used. */
static bool take_off(struct spaces *spaces, struct space *space, bool expired)
{
    struct entry *entry = NULL;
    pthread_rwlock_wrlock(&spaces->lock);
    struct entry **at = bucket_of(spaces, space_name(space));
    while (*at && (*at)->space != space)
        at = &(*at)->next;
    if (*at && (!expired || space_is_idle(space))) {
        entry = *at;
        *at = entry->next;
        spaces->count--;
        space_keys_drop(&spaces->keys, space);
        space_set_gone(space);
        if (!expired || !space_is_implicit(space))
            gone_add(&spaces->gone, space_name(space));
    }
    pthread_rwlock_unlock(&spaces->lock);
    if (!entry)
        return false;
    space_release(entry->space);
    free(entry);
    return true;
}

bool spaces_was_dropped(struct spaces *spaces, struct text name)
{
    pthread_rwlock_rdlock(&spaces->lock);
    const bool found = gone_has(&spaces->gone, name);
    pthread_rwlock_unlock(&spaces->lock);
    return found;
}

/* ---- lists ------------------------------------------------------------------------------------------------ */

size_t spaces_list(struct spaces *spaces, struct space **ret, size_t max)
{
    struct first_made list = { .v = ret, .max = max };
    pthread_rwlock_rdlock(&spaces->lock);
    for (size_t i = 0; i < BUCKETS; i++)
        for (const struct entry *entry = spaces->entries[i]; entry; entry = entry->next)
            first_made_add(&list, entry->space);
    for (size_t i = 0; i < list.n; i++)
        space_hold(ret[i]);
    pthread_rwlock_unlock(&spaces->lock);
    first_made_sort(&list);
    return list.n;
}

size_t spaces_count(const struct spaces *spaces)
{
    return spaces->count;
}

/* ---- open and close -------------------------------------------------------------------------------------- */

/* Who makes a space on purpose gets a key of it. */
static struct space *read_space(const struct spaces *spaces, const struct query *q)
{
    const bool implicit = col_int(q, 0) != SPACE_DEFAULT && !col_int(q, 3);
    struct space *space = space_new(col_int(q, 0), text_clip(col_text(q, 1), LIMIT_SPACE_NAME), spaces->config);
    space_set_ttl(space, implicit ? spaces->config->space_ttl * 1000 : col_int(q, 2));
    if (implicit)
        space_set_implicit(space);
    return space;
}

static void read_all(struct spaces *spaces, struct db *db)
{
    {
        QUERY q = query(db, SQL_SPACE_LIST);
        while (query_row(&q))
            add(spaces, read_space(spaces, &q));
    }
    QUERY q = query(db, SQL_SPACE_KEY_LIST);
    while (query_row(&q)) {
        const struct kept kept = { .kind = col_int(&q, 1) ? KEPT_KEY : KEPT_FILE, .hash = col_hash(&q, 0) };
        struct space *space = find_id(spaces, col_int(&q, 2));
        if (space)
            add_key(spaces, &kept, space);
    }
}

struct spaces *spaces_open(struct store *store, const struct config *config, char *reterr, size_t reterr_size)
{
    struct db *db = store_db(store, reterr, reterr_size);
    struct spaces *spaces = calloc(1, sizeof *spaces);
    if (!spaces)
        die("no memory for the spaces");
    spaces->store = store;
    spaces->config = config;
    pthread_rwlock_init(&spaces->lock, NULL);
    pthread_mutex_init(&spaces->making, NULL);
    if (store_begins_as_default(store)) {
        add(spaces, space_new(SPACE_DEFAULT, T("default"), config));
    } else if (db && tx_begin(db, TX_WRITE)) { /* nobody else writes yet, and the writer has read the schema already */
        read_all(spaces, db);
        tx_rollback(db);
    }
    spaces->first = find_id(spaces, SPACE_DEFAULT);
    if (spaces->first)
        return spaces;
    if (db)
        snprintf(reterr, reterr_size, "cannot read the spaces: %s", db_error(db) ? db_error(db) : "no default");
    spaces_close(spaces);
    return NULL;
}

void spaces_close(struct spaces *spaces)
{
    if (!spaces)
        return;
    space_keys_drop(&spaces->keys, NULL);
    for (size_t i = 0; i < BUCKETS; i++) {
        for (struct entry *entry = spaces->entries[i], *next; entry; entry = next) {
            next = entry->next;
            space_release(entry->space);
            free(entry);
        }
    }
    pthread_rwlock_destroy(&spaces->lock);
    pthread_mutex_destroy(&spaces->making);
    gone_free(&spaces->gone);
    free(spaces);
}

/* ---- use ----------------------------------------------------------------------------------------------- */

static bool is_space_name(struct text name)
{
    const bool dots = text_eq(name, T(".")) || text_eq(name, T("..")); /* clients take them out of a path */
    return name.n > 0 && name.n <= LIMIT_SPACE_NAME && !dots && text_is_made_of(name, ASCII_ALNUM "._-");
}

/* A transaction of its own: OK, or an error of the store, logged. */
static enum err begin_write(struct spaces *spaces, struct db **ret)
{
    char why[256] = "";
    *ret = store_db(spaces->store, why, sizeof why);
    if (*ret && tx_begin(*ret, TX_WRITE))
        return OK;
    log_event("error", "%s: cannot change the spaces", *ret ? db_error(*ret) : why);
    return *ret ? error_of_store(db_failure(*ret)) : ERR_INTERNAL;
}

static enum err end_write(struct db *db)
{
    if (tx_commit(db))
        return OK;
    log_event("error", "%s: cannot change the spaces", db_error(db));
    return error_of_store(db_failure(db));
}

/* The rows of a new space, whether they could be stored, and whether somebody hears of them. */
struct rows {
    struct db *db;
    int64_t id;
    const struct space_plan *plan;
    bool fit, heard;
};

static void insert(void *cls)
{
    struct rows *rows = cls;
    rows->fit = space_insert(rows->db, rows->id, rows->plan, &rows->heard);
}

/* In a transaction, which it ends unless it is OK. */
static enum err insert_rows(struct rows *rows)
{
    const bool done = memory_try(insert, rows);
    if (!done)
        db_drop_queries(rows->db);
    if (done && (rows->fit || db_error(rows->db)))
        return OK; /* what an error is, the commit says */
    tx_rollback(rows->db);
    return done ? ERR_INVALID : ERR_NO_MEMORY;
}

/* With `making` held. */
static enum err create_space(struct spaces *spaces, const struct space_plan *plan)
{
    struct rows rows = { .id = spaces->last_id + 1, .plan = plan };
    if (spaces->count >= (size_t)spaces->config->max_spaces)
        return ERR_SPACES_FULL;
    enum err err = begin_write(spaces, &rows.db);
    if (err == OK)
        err = insert_rows(&rows);
    if (err == OK)
        err = end_write(rows.db);
    if (err != OK)
        return err;
    struct space *space = space_new(rows.id, plan->name, spaces->config);
    space_set_ttl(space, plan->ttl_ms);
    if (!plan->key)
        space_set_implicit(space);
    add(spaces, space);
    if (plan->key)
        add_key(spaces, plan->key, space);
    if (rows.heard)
        store_tell(spaces->store, rows.id); /* it is found from now on */
    return OK;
}

/* Finds it, or makes it; `*ret_err` is OK unless it had to be made and could not. */
static bool find_or_make(struct spaces *spaces, const struct space_plan *plan, struct space **ret, enum err *ret_err)
{
    pthread_mutex_lock(&spaces->making);
    *ret_err = OK;
    *ret = spaces_find(spaces, plan->name);
    const bool found = *ret != NULL;
    if (!found)
        *ret_err = create_space(spaces, plan);
    if (!found && *ret_err == OK)
        *ret = spaces_find(spaces, plan->name);
    pthread_mutex_unlock(&spaces->making);
    return found;
}

enum err spaces_look(struct spaces *spaces, struct text name, struct space **ret)
{
    if (!is_space_name(name))
        return ERR_INVALID;
    pthread_rwlock_rdlock(&spaces->lock);
    *ret = take_use(find_name(spaces, name));
    pthread_rwlock_unlock(&spaces->lock);
    return *ret ? OK : ERR_SPACE_NOT_FOUND;
}

enum err spaces_use(struct spaces *spaces, struct text name, struct space **ret)
{
    enum err err = spaces_look(spaces, name, ret);
    if (err != ERR_SPACE_NOT_FOUND)
        return err;
    spaces_expire(spaces); /* what comes back after its end is new; and there may be room again */
    if (spaces_was_dropped(spaces, name))
        return ERR_SPACE_NOT_FOUND;
    err = OK;
    find_or_make(spaces, &(struct space_plan){ .name = name, .ttl_ms = spaces->config->space_ttl * 1000 }, ret, &err);
    return err;
}

enum err spaces_make(struct spaces *spaces, const struct space_plan *plan, struct space **ret)
{
    enum err err;
    if (!is_space_name(plan->name))
        return ERR_INVALID;
    spaces_expire(spaces);
    if (!find_or_make(spaces, plan, ret, &err))
        return err;
    space_release(*ret);
    return ERR_SPACE_EXISTS;
}

/* ---- drop ------------------------------------------------------------------------------------------------ */

static enum err delete_rows(struct spaces *spaces, int64_t id)
{
    struct db *db;
    const enum err err = begin_write(spaces, &db);
    if (err != OK)
        return err;
    db_use_space(db, id);
    store_space_clear(db, id);
    query_change(db, SQL_SPACE_DELETE, NULL);
    return end_write(db);
}

/* Off the directory in any case. */
static enum err drop(struct spaces *spaces, struct space *space, bool expired)
{
    enum err err = OK;
    pthread_mutex_lock(&spaces->making); /* its name must not come back before its row is gone */
    if (take_off(spaces, space, expired))
        err = delete_rows(spaces, space_id(space));
    pthread_mutex_unlock(&spaces->making);
    return err;
}

enum err spaces_drop(struct spaces *spaces, struct space *space)
{
    return drop(spaces, space, false);
}

/* Some whose time is over, held. Nobody's is before `idle_us`, which all that happens to spaces only makes later, but
 * for a new one: so who makes the next one need not look at all of them. */
static size_t find_idle(struct spaces *spaces, struct space **ret, size_t max)
{
    const int64_t now = clock_steady_us();
    int64_t idle_us = INT64_MAX;
    size_t n = 0;
    if (now < spaces->idle_us)
        return 0;
    pthread_rwlock_rdlock(&spaces->lock);
    for (size_t i = 0; i < BUCKETS; i++)
        for (const struct entry *entry = spaces->entries[i]; entry && n < max; entry = entry->next) {
            const int64_t at = space_idle_at(entry->space);
            if (at <= now)
                ret[n++] = space_hold(entry->space);
            else if (at < idle_us)
                idle_us = at;
        }
    if (!n)
        spaces->idle_us = idle_us;
    pthread_rwlock_unlock(&spaces->lock);
    return n;
}

void spaces_expire(struct spaces *spaces)
{
    struct space *idle[64];
    size_t n;
    do {
        n = find_idle(spaces, idle, sizeof idle / sizeof idle[0]);
        for (size_t i = 0; i < n; i++) {
            drop(spaces, idle[i], true);
            space_release(idle[i]);
        }
    } while (n);
}

bool spaces_have_keys(const struct spaces *spaces)
{
    return spaces->keys.count > 0;
}

static struct space *space_of_kept(struct spaces *spaces, const struct kept *kept)
{
    pthread_rwlock_rdlock(&spaces->lock);
    struct space *space = take_use(space_keys_find(&spaces->keys, kept));
    pthread_rwlock_unlock(&spaces->lock);
    return space;
}

struct space *spaces_of_key(struct spaces *spaces, struct secret key, bool *ret_old)
{
    *ret_old = false;
    if (!spaces_have_keys(spaces))
        return NULL;
    const struct kept kept = kept_key(key);
    struct space *space = space_of_kept(spaces, &kept);
    if (space || !spaces->keys.old_count)
        return space;
    const struct kept old = kept_file(store_key(spaces->store), key);
    space = space_of_kept(spaces, &old);
    *ret_old = space != NULL;
    return space;
}

static void replace_key(struct spaces *spaces, const struct kept *old, const struct kept *kept)
{
    pthread_rwlock_wrlock(&spaces->lock);
    struct space *space = space_keys_take(&spaces->keys, old);
    if (space)
        space_keys_add(&spaces->keys, kept, space);
    pthread_rwlock_unlock(&spaces->lock);
}

void spaces_renew_key(struct spaces *spaces, struct secret key)
{
    const struct kept old = kept_file(store_key(spaces->store), key), kept = kept_key(key);
    struct db *db;
    if (!spaces->keys.old_count)
        return;
    pthread_mutex_lock(&spaces->making); /* no space goes meanwhile */
    if (begin_write(spaces, &db) == OK) {
        query_change(db, SQL_SPACE_KEY_RENEW, WITH(&old.hash, &kept.hash));
        if (end_write(db) == OK)
            replace_key(spaces, &old, &kept);
    }
    pthread_mutex_unlock(&spaces->making);
}

struct space *spaces_default(struct spaces *spaces)
{
    return space_hold(spaces->first);
}
