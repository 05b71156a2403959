/* Inboxes: receivers of webhooks for suites that have no server of their own. Each has a name, which the first message
 * to it makes.
 *
 * In this process's memory, as they came; they are redacted when shown. Bounded: a space has LIMIT_INBOXES of them,
 * each holds its newest LIMIT_INBOX_MESSAGES, and all together LIMIT_INBOX_BYTES; for want of room the oldest message
 * of the space goes, which its inbox counts. Safe in every thread. */
#ifndef DUVO_SPACE_INBOX_H
#define DUVO_SPACE_INBOX_H

#include "base/bell.h"
#include "base/pair.h"
#include "base/uuid.h"

struct arena;
struct inboxes;

/* Whether the signature of a message holds. */
enum inbox_signature {
    INBOX_UNKNOWN, /* no subscription sends to that inbox: nobody knows the secret */
    INBOX_FALSE,
    INBOX_TRUE,
};

struct inbox_message {
    int64_t at;      /* milliseconds since 1970 by the space's clock */
    struct text uri; /* raw */
    struct pair *headers;
    size_t header_count;
    struct text body;
    enum inbox_signature signature;
    struct uuid webhook_id; /* INBOX_TRUE: the subscription with whose secret it was signed */
};

/* What an inbox holds: the newest of it, oldest first, all in the reader's arena. */
struct inbox_view {
    struct inbox_message *messages;
    size_t n;
    size_t total;     /* that it holds */
    uint64_t dropped; /* that it held, and that went for want of room */
};

/* An inbox, without what it holds. */
struct inbox_line {
    struct text name;
    size_t total;
    uint64_t dropped;
    int64_t last_at; /* when the newest came that it holds; 0: it holds none */
};

struct inboxes *inboxes_new(void);
/* NULL is accepted. */
void inboxes_free(struct inboxes *inboxes);

/* Keeps a copy. False when there are too many inboxes for another one. */
bool inboxes_add(struct inboxes *inboxes, struct text name, const struct inbox_message *message);
/* At most `max` messages; of a name that nothing was sent to, none. */
struct inbox_view inboxes_read(struct inboxes *inboxes, struct arena *arena, struct text name, size_t max);
/* All of them, LIMIT_INBOXES at the most, the newest last, in the arena. */
const struct inbox_line *inboxes_list(struct inboxes *inboxes, struct arena *arena, size_t *ret_n);
/* Forgets an inbox, with what it counts; all, when the name is the unset text. */
void inboxes_clear(struct inboxes *inboxes, struct text name);
/* Rings after every change. */
struct bell *inboxes_bell(struct inboxes *inboxes);

#endif
