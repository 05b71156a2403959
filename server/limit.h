/* Limits: every size that a client controls, in one place. Each is tested at the limit and one past it. */
#ifndef DUVO_LIMIT_H
#define DUVO_LIMIT_H

enum {
    LIMIT_BODY = 1024 * 1024,          /* bytes of a request body; the API's documented framework limit */
    LIMIT_DRAIN = 8 * 1024 * 1024,     /* bytes past it that are read and dropped, so that the 413 arrives */
    LIMIT_URI = 8 * 1024,              /* bytes of path and query */
    LIMIT_HEADER_COUNT = 100,          /* request header lines */
    LIMIT_HEADER_BYTES = 16 * 1024,    /* names and values of all request header lines, as in Node */
    LIMIT_CONNECTION_POOL = 40 * 1024, /* MHD's memory for one connection, cleared for every request: holds the above */
    LIMIT_CONNECTIONS = 4096,          /* clients at once */
    LIMIT_IDLE_SECONDS = 120,          /* a connection on which nothing happens */
    LIMIT_BODY_SECONDS = 5,            /* the same while a body is awaited */
    LIMIT_SEGMENTS = 16,               /* path segments that a route can have */
    LIMIT_QUERY_PAIRS = 64,            /* key=value pairs in a query */
    LIMIT_PROBLEMS = 32,               /* problems named in one 400 */
    LIMIT_PROBLEM_PATH = 200,          /* bytes of one problem's path */
    LIMIT_MESSAGE = 512,               /* bytes of a message that a handler writes */
    LIMIT_WARNING = 1024,              /* bytes of an x-mock-warning header */
    LIMIT_WARNING_NAMES = 960,         /* bytes of the names in it */
    LIMIT_REQUEST_ID = 128,            /* characters of a caller's x-request-id */
    LIMIT_IDEMPOTENCY_KEY = 255,       /* characters */
    LIMIT_IDEMPOTENCY_ROWS = 10000,    /* replies kept for replay in a space; the oldest go first */
    LIMIT_NAME = 255,                  /* characters of a display name */
    LIMIT_SLUG = 128,                  /* characters of an integration type and the like */
    LIMIT_URL = 2048,                  /* characters of a URL in a body */
    LIMIT_CLIENT_ID = 512,             /* characters of an OAuth client's id */
    LIMIT_CLIENT_SECRET = 2048,        /* characters of its secret */
    LIMIT_CREDENTIAL_HEADERS = 64,     /* headers of one connection, in each half */
    LIMIT_CREDENTIAL_NAME = 128,       /* characters of one header's name */
    LIMIT_CREDENTIAL_VALUE = 8192,     /* characters of one header's value */
    LIMIT_REPLY = 64 * 1024 * 1024,    /* bytes of a reply: far above the largest page of the largest rows */
    LIMIT_REPLY_CACHE = 8 * 1024 * 1024, /* bytes of replies that are kept for the next reader */
    LIMIT_FIXTURE = 512 * 1024 * 1024, /* bytes of one fixture file */
};

#endif
