/* Checkpoints: the write-ahead log is copied into the database by a thread of its own, because that waits for the disk
 * and a request should not. Writers go on meanwhile, though the disk makes them wait too when they write next to what is
 * being saved: so it is done seldom. Only when they leave the thread so far behind that the log grows very long are
 * they made to wait for it. */
#include "base/arena.h"
#include "store/internal.h"

#include <stdlib.h>
#include <string.h>

/* Pages in the log: when it is worth the disk's time, and when it must not grow any more. */
enum { WORTHWHILE = 4000, VERY_LONG = 24000 };

struct checkpointer {
    struct conn conn;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    int pages; /* in the log after the last commit */
    bool stop;
};

static void copy_log(struct checkpointer *c)
{
    int pages = 0, copied = 0;
    sqlite3_wal_checkpoint_v2(c->conn.sqlite, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &copied);
    if (pages > VERY_LONG)
        sqlite3_wal_checkpoint_v2(c->conn.sqlite, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
}

static void *run(void *cls)
{
    struct checkpointer *c = cls;
    pthread_mutex_lock(&c->lock);
    while (!c->stop) {
        while (c->pages < WORTHWHILE && !c->stop)
            pthread_cond_wait(&c->wake, &c->lock);
        c->pages = 0;
        const bool stop = c->stop;
        pthread_mutex_unlock(&c->lock);
        if (!stop)
            copy_log(c);
        pthread_mutex_lock(&c->lock);
    }
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

struct checkpointer *checkpointer_start(struct store *store, char *reterr, size_t reterr_size)
{
    struct checkpointer *c = calloc(1, sizeof *c);
    if (!c)
        die("no memory for the checkpoint thread");
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->wake, NULL);
    if (conn_open(&c->conn, store, reterr, reterr_size)) {
        if (pthread_create(&c->thread, NULL, run, c) == 0)
            return c;
        conn_close(&c->conn);
    }
    free(c);
    return NULL;
}

int checkpointer_note(void *cls, sqlite3 *sqlite, const char *schema, int pages)
{
    struct checkpointer *c = cls;
    (void)sqlite, (void)schema;
    pthread_mutex_lock(&c->lock);
    c->pages = pages;
    if (pages >= WORTHWHILE)
        pthread_cond_signal(&c->wake);
    pthread_mutex_unlock(&c->lock);
    return SQLITE_OK;
}

void checkpointer_stop(struct checkpointer *c)
{
    if (!c)
        return;
    pthread_mutex_lock(&c->lock);
    c->stop = true;
    pthread_cond_signal(&c->wake);
    pthread_mutex_unlock(&c->lock);
    pthread_join(c->thread, NULL);
    conn_close(&c->conn);
    pthread_mutex_destroy(&c->lock);
    pthread_cond_destroy(&c->wake);
    free(c);
}
