/* Reply: an answer as a value. Nothing here touches a socket. */
#ifndef DUVO_REQUEST_REPLY_H
#define DUVO_REQUEST_REPLY_H

#include "base/buf.h"
#include "base/pair.h"
#include "request/errors.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REPLY_HEADERS = 24 }; /* a handler's, a fault's (LIMIT_FAULT_HEADERS), and those that every reply has */

struct stream;
struct spec;

/* What an error says besides its phrase and message: members of an object of the spec, which describes the whole. One
 * without a message has it in the place of the phrase. */
struct reply_details {
    const struct spec *spec; /* NULL: nothing */
    const void *object;
};

struct reply {
    unsigned status;
    const void *object; /* what the handler answers: a struct of the route's `out` */
    struct text raw;    /* or bytes that are ready, which outlive the request's arena or are in it */
    const char *content_type;
    bool names_ids;        /* errors are named by identifiers (--error-ids) */
    bool sentences;        /* the API's own errors have nothing but a sentence, as `error` */
    struct stream *stream; /* or a body that goes on until the stream ends */
    int64_t delay_us;      /* what the reply waits for before it leaves */
    struct buf body;
    size_t header_count;
    struct pair headers[REPLY_HEADERS]; /* NUL-terminated, as long-lived as the request */
};

/* Replaces the body by the one of an error; `message` NULL is its own text. */
void reply_error(struct reply *rp, enum err err, struct text message);
void reply_error_with(struct reply *rp, enum err err, struct text message, struct reply_details details);
/* The `error` of a reply of that status: its phrase or, with --error-ids, its identifier. */
const char *reply_error_name(const struct reply *rp, unsigned status);
void reply_header(struct reply *rp, const char *name, const char *value);
/* The same unless the header is there already: a fault may have given it a value of its own. Both texts end with a NUL
 * behind them. */
void reply_offer_header(struct reply *rp, struct text name, struct text value);
/* The bytes that are sent. */
struct text reply_bytes(const struct reply *rp);

#endif
