/* Last words: the one reply on a connection whose request is never handed over, and the end of that connection. */
#ifndef DUVO_NET_LAST_WORDS_H
#define DUVO_NET_LAST_WORDS_H

#include "base/text.h"

#include <stdbool.h>

enum last_words {
    WORDS_LATE,       /* 408: the request was not complete in time */
    WORDS_PLAIN_HTTP, /* 400, to plain http on a port for https */
    WORDS_TLS,        /* 400, in plain text, to TLS on a port for http: clients name the mistake then */
    WORDS_LENGTH,     /* 400: the Content-Length is none */
    WORDS_TOO_LONG,   /* 413: it is larger than can be read */
    WORDS_URI,        /* 414: the request line is larger than can be read */
    WORDS_HEADERS,    /* 431: the headers are */
    WORDS_VERSION,    /* 505: another HTTP than 1.0 and 1.1 */
    WORDS_MALFORMED,  /* 400: a request line or a header that is none */
};

enum { LAST_WORDS_SIZE = 512 };

/* Whether `error` is an identifier (--error-ids); said once, at start. */
void last_words_name_ids(bool on);
/* All of the reply, with an x-request-id of its own. */
struct text last_words_text(enum last_words words, char ret[LAST_WORDS_SIZE]);
/* Says it and sends no more, without waiting. What has come is dropped first: closing a socket with unread bytes could
 * take the reply away. */
void last_words(int fd, enum last_words words);

#endif
