/* Connections of threads: each has one of its own, which is the next thread's when it ends. */
#include "base/memory.h"
#include "store/internal.h"

#include <stdlib.h>

/* This thread's connection, and which store it is of: tests open several stores one after the other. */
static _Thread_local struct db *mine;
static _Thread_local unsigned long mine_generation;
/* Held while stores come and go. */
static pthread_mutex_t stores = PTHREAD_MUTEX_INITIALIZER;
static atomic_ulong generation;

void threads_forget(void)
{
    pthread_mutex_lock(&stores);
    generation++;
    pthread_mutex_unlock(&stores);
}

static struct db *db_new(struct store *store)
{
    struct db *db = memory_kept(sizeof *db);
    db->store = store;
    db->conn = &db->reader;
    db->space = 1;
    pthread_mutex_lock(&store->list_lock);
    db->next = store->list;
    store->list = db;
    pthread_mutex_unlock(&store->list_lock);
    return db;
}

static struct db *take_spare(struct store *store)
{
    pthread_mutex_lock(&store->list_lock);
    struct db *db = store->spare;
    if (db)
        store->spare = db->next_spare;
    pthread_mutex_unlock(&store->list_lock);
    return db;
}

static void give_spare(struct db *db)
{
    pthread_mutex_lock(&db->store->list_lock);
    db->next_spare = db->store->spare;
    db->store->spare = db;
    pthread_mutex_unlock(&db->store->list_lock);
}

static pthread_key_t thread_key;
static pthread_once_t thread_key_once = PTHREAD_ONCE_INIT;

static void leave_ended_thread(void *db)
{
    pthread_mutex_lock(&stores);
    if (mine == db && mine_generation == generation)
        give_spare(db);
    pthread_mutex_unlock(&stores);
    mine = NULL;
}

static void store_key_make(void)
{
    if (pthread_key_create(&thread_key, leave_ended_thread))
        die("cannot create a thread key");
}

static void make_mine(struct store *store)
{
    mine = take_spare(store);
    if (!mine)
        mine = db_new(store);
    mine_generation = generation;
    pthread_once(&thread_key_once, store_key_make);
    pthread_setspecific(thread_key, mine);
}

/* SQLite looks at the file. */
static bool open_reader(struct store *store, struct db *db, char *reterr, size_t reterr_size)
{
    if (store->memory)
        fair_lock_read(&store->lock);
    const bool opened = conn_open(&db->reader, store, reterr, reterr_size);
    if (store->memory)
        fair_lock_release(&store->lock);
    return opened;
}

struct db *store_db(struct store *store, char *reterr, size_t reterr_size)
{
    if (!mine || mine_generation != generation || mine->store != store)
        make_mine(store);
    const bool ready = mine->reader.sqlite || open_reader(store, mine, reterr, reterr_size);
    return ready ? mine : NULL;
}

bool store_prepare_threads(struct store *store, unsigned threads, char *reterr, size_t reterr_size)
{
    for (unsigned i = 0; i < threads; i++) {
        struct db *db = db_new(store);
        give_spare(db);
        if (!open_reader(store, db, reterr, reterr_size))
            return false;
    }
    return true;
}

void store_stop_waiting(struct store *store)
{
    store->stopping = true;
}
