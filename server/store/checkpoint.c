/* Checkpoints: the write-ahead log is copied into the database by a thread of its own, because that waits for the
 * disk and a request should not. Writers go on meanwhile, though the disk makes them wait too when they write next to
 * what is being saved: so it is done seldom. Only when they leave the thread so far behind that the log grows very
 * long are they made to wait for it. */
#include "base/memory.h"
#include "store/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pages in the log: how many new ones are worth the disk's time, and when it must not grow any more. */
enum { WORTHWHILE = 16000, VERY_LONG = 48000 };

struct checkpointer {
    struct conn conn;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    int pages;  /* in the log after the last commit */
    int copied; /* of them, at the last checkpoint */
    bool stop;
};

/* How many pages of the log are in the file now. */
static int copy_log(struct checkpointer *c)
{
    int pages = 0, copied = 0;
    sqlite3_wal_checkpoint_v2(c->conn.sqlite, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &copied);
    if (pages < VERY_LONG)
        return copied;
    sqlite3_wal_checkpoint_v2(c->conn.sqlite, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
    return 0;
}

/* The log begins anew once all of it is in the file. */
static bool is_worthwhile(struct checkpointer *c)
{
    if (c->pages < c->copied)
        c->copied = 0;
    return c->pages - c->copied >= WORTHWHILE;
}

static void *run_checkpoints(void *cls)
{
    struct checkpointer *c = cls;
    pthread_mutex_lock(&c->lock);
    while (!c->stop) {
        while (!is_worthwhile(c) && !c->stop)
            pthread_cond_wait(&c->wake, &c->lock);
        if (c->stop)
            break;
        pthread_mutex_unlock(&c->lock);
        const int copied = copy_log(c);
        pthread_mutex_lock(&c->lock);
        c->copied = copied;
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
        if (pthread_create(&c->thread, NULL, run_checkpoints, c) == 0)
            return c;
        snprintf(reterr, reterr_size, "cannot start the thread of the checkpoints");
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
    if (is_worthwhile(c))
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
