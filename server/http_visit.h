/* Visits: the connections of clients, and which of them libmicrohttpd refuses.
 *
 * The library tells that it refuses a request, and not whose. So those are kept that are being sent a head: one that
 * has come whole and was given to nobody is the one, or else the only one of which a part has come. Each thread has its
 * own, because a connection stays on the thread that has accepted it. */
#ifndef DUVO_HTTP_VISIT_H
#define DUVO_HTTP_VISIT_H

#include "net/guests.h"
#include "net/last_words.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct MHD_Connection;

/* Those of one server. */
struct visits {
    struct guests *guests;
    bool over_tls;
    atomic_bool stopping;
};

struct visit {
    struct visits *of;
    struct MHD_Connection *connection;
    struct guest *guest;
    struct tls_watch *handshake; /* NULL: plain http */
    bool answered;               /* its last words were said */
    uint64_t told_of;            /* bytes of its requests that came whole, as far as that is known */
    struct visit *next, **back;  /* of this thread, until the head of a request has come and then again */
};

/* Over TLS, its handshake has to be done in time. visit_end frees it, and says why it leaves. */
struct visit *visit_begin(struct visits *visits, struct MHD_Connection *connection);
enum leave visit_end(struct visit *visit);
struct visit *visit_of(struct MHD_Connection *connection);

/* It may be sent a head; one has come whole. */
void visit_waits(struct visit *visit);
void visit_has_head(struct visit *visit);
/* This thread is being sent so many bodies in chunks more or less: at their end there are headers, too. */
void visits_chunked(int more);

/* Whose request is being refused on this thread; NULL: nobody knows. */
struct visit *visits_refused(struct visits *visits);
/* The library would answer in HTML, and perhaps twice. Now its own words find the way closed. */
void visit_answer(struct visit *visit, enum last_words words);

#endif
