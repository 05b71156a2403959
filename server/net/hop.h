/* What the files of outbound share; nobody else includes it. */
#ifndef DUVO_NET_HOP_H
#define DUVO_NET_HOP_H

#include "net/outbound.h"

#include "base/address.h"
#include "base/uri.h"
#include "net/curl.h"

#include <pthread.h>
#include <stdatomic.h>

/* A transfer under way, which outbound_drain wakes. */
struct running {
    CURLM *multi;
    struct running *next, **link;
};


struct outbound {
    enum outbound_mode mode;
    struct workers *workers;
    atomic_bool draining;
    pthread_mutex_t lock;
    struct running *running;
};

/* A call without its redirects: one request and its answer. */
struct hop {
    struct trip *trip;
    const struct call *call;
    struct answer *answer;
    struct text url, as; /* to call, and what it stands for */
    struct uri parts;    /* of `url` */
    int inside;          /* enum address_reach that a redirect to another origin comes from; else REACH_LOOPBACK */
    int reached;         /* likewise, of the address that was called last */
    bool only_here;      /* with --outbound off: no address but this machine's, where this process is called */
    bool self;           /* this process answers there, over TLS: what counts is its key */
    CURL *easy;
    struct curl_slist *headers;
    size_t budget; /* bytes that may come in */
    struct text type;
    struct buf body;
    size_t header_bytes;
    bool body_began;
    bool ended;        /* by on_body */
    bool no_memory;    /* while libcurl was called */
    const char *never_why; /* why the address before it was not called; NULL: there is none */
    char never_address[ADDRESS_TEXT_SIZE];
    bool tried;        /* an address was called */
    char message[CURL_ERROR_SIZE];
};

/* outbound.c */
void running_add(struct outbound *pool, struct running *r);
void running_remove(struct outbound *pool, struct running *r);

/* url.c */
struct text header_value(const struct call_header *h);
bool header_is_credential(const struct call_header *h);
/* `host:port`, for people. */
struct text place_text(struct arena *arena, const struct uri *uri);

/* hop.c */
/* Checks what the call wants to send; false: the answer says what is wrong. */
bool hop_check_headers(struct hop *hop);
/* Whether it is this process that is called, by any of the names that it knows itself by, and no other. */
bool hop_is_to_self(const struct hop *hop);
/* Sends the request to hop->url and takes the answer. True when there was one. */
bool hop_perform(struct hop *hop);
/* They say why there is no answer, and return false: of one that is late how long it had, and not when that was
 * noticed, which on a busy machine is later. */
bool hop_fail(struct hop *hop, enum call_outcome outcome, struct text why);
bool hop_fail_late(struct hop *hop);
bool hop_fail_stopped(struct hop *hop);

#define HOP_FAIL(hop, outcome, ...) hop_fail((hop), (outcome), text_format((hop)->trip->arena, __VA_ARGS__))

#endif
