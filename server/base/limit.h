/* Limits: every size that a client controls, in one place. Each is tested at the limit and one past it. */
#ifndef DUVO_BASE_LIMIT_H
#define DUVO_BASE_LIMIT_H

#include <stdint.h>

enum {
    LIMIT_BODY = 1024 * 1024,          /* bytes of a request body; the API's documented framework limit */
    LIMIT_LARGE_BODY = 32 * 1024 * 1024, /* bytes of a request body with fixtures */
    LIMIT_LARGE_BODIES = 4,            /* bodies above the former at once */
    LIMIT_PARSED_AT_ONCE = 64 * 1024,  /* bytes of a body that is parsed where it arrives; others are parsed apart */
    LIMIT_PARSERS = 2,                 /* threads that parse them */
    LIMIT_PARSER_QUEUE = 1024,         /* bodies that wait for one of those */
    LIMIT_PARSER_IDLE_MS = 10 * 1000,  /* then a thread without such work ends */
    LIMIT_JSON_TREE = 512 * 1024 * 1024, /* bytes that reading the JSON of a body may take meanwhile */
    LIMIT_DRAIN = 8 * 1024 * 1024,     /* bytes past it, in chunks, that are dropped, so that the 413 arrives */
    LIMIT_URI = 8 * 1024,              /* bytes of path and query */
    LIMIT_HEADER_COUNT = 100,          /* request header lines */
    LIMIT_HEADER_BYTES = 16 * 1024,    /* names and values of all request header lines, as in Node */
    LIMIT_LOOKED_AT = 256,             /* connections among which one is looked for that the HTTP library refuses */
    /* MHD's memory for one connection holds all of the above and the head of a reply. It rounds this up to whole pages,
     * here 36 KiB, and clears them for every request, and half of this number once more. */
    LIMIT_CONNECTION_POOL = 32 * 1024 + 1,
    LIMIT_CONNECTIONS = 4096,          /* clients at once */
    LIMIT_ARRIVAL_US = 500 * 1000,     /* for a new connection before it has to make room for others */
    LIMIT_OWN_DESCRIPTORS = 24,        /* of files and of what threads wait on, besides sockets and what is below */
    LIMIT_HANDSHAKE_SECONDS = 10,      /* for a TLS handshake, however it goes on */
    LIMIT_IDLE_SECONDS = 120,          /* a connection on which nothing happens */
    LIMIT_HEAD_SECONDS = 10,           /* for the head of a request, from its first byte on */
    LIMIT_BODY_SECONDS = 5,            /* of silence while a body is awaited */
    LIMIT_STOP_US = 50 * 1000,         /* at a stop, for the last replies to leave */
    LIMIT_STOP_LOG_MS = 400,           /* at a stop, for the last log lines to be read */
    LIMIT_STOP_MS = 900,               /* for the whole stop; then the process ends as it is */
    LIMIT_CLAIM_MS = 1200,             /* for another process to leave the database of a start */
    LIMIT_LOCK_MS = 5000,              /* of a transaction's wait for another program's lock */
    LIMIT_SEGMENTS = 16,               /* path segments that a route can have */
    LIMIT_QUERY_PAIRS = 64,            /* key=value pairs in a query */
    LIMIT_PROBLEMS = 32,               /* problems named in one 400 */
    LIMIT_NEAREST = 96,                /* bytes of a word with a possible typing error */
    LIMIT_PROBLEM_PATH = 200,          /* bytes of one problem's path */
    LIMIT_PROBLEM_TEXT = 2048,         /* bytes of what is wrong there: all options of the longest list are 1,200 */
    LIMIT_MESSAGE = 512,               /* bytes of a handler's message */
    LIMIT_WARNING = 1024,              /* bytes of an x-mock-warning header */
    LIMIT_WARNING_NAMES = 960,         /* bytes of the names in it */
    LIMIT_REQUEST_ID = 128,            /* characters of a caller's x-request-id */
    LIMIT_IDEMPOTENCY_KEY = 255,       /* characters */
    LIMIT_IDEMPOTENCY_ROWS = 10000,    /* replies kept for replay in a space; the oldest go first */
    LIMIT_WORD = 65536,                /* characters of what the API bounds nowhere, where a bound is needed: an id, a
                                          slug, a URL, a query parameter, the name or the value of a header */
    LIMIT_ENTRIES = 1000,              /* of a map or an array in a body that the API bounds nowhere */
    LIMIT_NAME = 255,                  /* characters of an account, and of a name in the mock's own calls */
    LIMIT_FOLDER_NAME = 100,           /* characters; documented */
    LIMIT_CONFIG = LIMIT_BODY,         /* bytes of a revision's config, as it is stored */
    LIMIT_REVISION_NAME = 80,          /* characters; documented */
    LIMIT_REVISION_DESCRIPTION = 500,  /* characters; documented */
    LIMIT_SLUG = 128,                  /* characters of a slug in the mock's own calls, and of what is quoted */
    LIMIT_SEARCH = 200,                /* characters of a search for members */
    LIMIT_URL = 2048,                  /* characters of a URL in a call of the mock's own */
    LIMIT_RETURN_URL = 8192,           /* characters of a URL that a browser is sent to: a header has to hold it */
    LIMIT_HOST = 512,                  /* characters of a Host that URLs are made of */
    LIMIT_CLIENT_ID = 512,             /* characters of an OAuth client's id, from a registration */
    LIMIT_CLIENT_SECRET = 2048,        /* characters of its secret, from a registration */
    LIMIT_FLOWS = 10000,               /* flows, codes and Composio accounts kept in a space; the oldest go first */
    LIMIT_CONSENT_QUEUE = 1000,        /* outcomes queued in a space */
    LIMIT_ACCOUNTS = 50,               /* people in an account picker */
    LIMIT_MATCH_HEADERS = 16,          /* headers in a match */
    LIMIT_MATCH_PARAMETERS = 16,       /* query parameters in it */
    LIMIT_SLOTS = 1000,                /* integrations of one build */
    LIMIT_PINS = 1000,                 /* connections of a person pinned to one of them */
    LIMIT_QUEUE_NAME = 100,            /* characters; documented, as the next */
    LIMIT_QUEUE_DESCRIPTION = 500,
    LIMIT_RUN_TITLE = 80,              /* characters of its first message that are a run's title */
    LIMIT_RUN_MISSING = 1000,          /* of the names of what it has no usable connection of */
    LIMIT_RUN_STEPS = 200,             /* of one script */
    LIMIT_RUN_SCRIPTS = 1000,          /* that wait in a space */
    LIMIT_WEBHOOKS = 100,              /* of a space: each event may become a delivery to each */
    LIMIT_WEBHOOK_SECRET = 1024,       /* bytes of what signs its deliveries */
    LIMIT_DELIVERIES_KEPT = 1000,      /* of those that are over, in a space */
    LIMIT_DELIVERIES_WAITING = 20000,  /* in a space: before more wait, the oldest are given up */
    LIMIT_DASHBOARD_MESSAGE = 10000,   /* characters of what a dashboard is to show; documented, as the next */
    LIMIT_DASHBOARD_FIRST_CONNECTIONS = 10, /* connections that one is made with */
    LIMIT_DASHBOARD_CONNECTIONS = 1000, /* of one */
    LIMIT_STEP_MS = 2000000000,        /* of a step's delay: some weeks */
    LIMIT_CASE_CONFLICTS = 100,        /* agents named as taking cases of the same queue */
    LIMIT_HEADER_NAME = 128,           /* characters of a header's name, or of a parameter's, in a fault and a match */
    LIMIT_HEADER_VALUE = 8192,         /* characters of its value */
    LIMIT_REPLY = 256 * 1024 * 1024,   /* bytes of a reply: far above the largest page of the largest rows */
    LIMIT_REPLY_CACHE = 8 * 1024 * 1024, /* bytes of replies kept for the next reader */
    LIMIT_ORDER_ROWS = 4 * 1024 * 1024, /* rows of each order of lists that is kept, of some 30 bytes */
    LIMIT_ROW_TEXTS = 80 * 1024 * 1024, /* bytes of rows kept as JSON for the next reader: 100,000 of 600 bytes, */
    LIMIT_ROW_TEXT = 64 * 1024,        /* and at most so many of a row */
    LIMIT_SECRET_NAME = 128,           /* characters of a secret's name: documented, as those of keys and values */
    LIMIT_SECRET_KEY = 128,            /* characters of a variable's name */
    LIMIT_SECRET_VALUE = 65536,        /* characters of its value */
    LIMIT_SERVICE_SLUG = 64,           /* characters of the service that a secret is for; documented */
    LIMIT_BUILD_SECRETS = 1000,        /* secrets of one build */
    LIMIT_BUILD_LOGINS = 1000,         /* logins of one build */
    LIMIT_SCHEDULED_RUNS = 100,        /* that the schedules of a space start at once, when its clock has gone on */
    LIMIT_AGENT_SCHEDULES = 5,         /* active schedules of one agent; documented */
    LIMIT_OUTBOUND_THREADS = 32,       /* calls of other hosts at once */
    LIMIT_OUTBOUND_QUEUE = 256,        /* calls that wait for their turn */
    LIMIT_OUTBOUND_IDLE_MS = 10 * 1000, /* then a thread without such work ends */
    LIMIT_TRIP_SECONDS = 10,           /* for all calls of one piece of work */
    LIMIT_TRIP_BYTES = 4 * 1024 * 1024, /* that come in during them */
    LIMIT_TRIP_REDIRECTS = 5,          /* of one call */
    LIMIT_TRIP_TRAIL = 16 * 1024,      /* bytes of the trail */
    LIMIT_CALL_WHY = 400,              /* bytes of a failed call's reason */
    LIMIT_ANSWER_HEADER_COUNT = 128,   /* headers of one answer */
    LIMIT_ANSWER_HEADER_BYTES = 64 * 1024, /* names and values of all of them */
    LIMIT_COURIER_CALLS = 32,          /* deliveries under way at once */
    LIMIT_COURIER_SHARE = 4,           /* of them, to one subscription */
    LIMIT_COURIER_LOOK = 64,           /* first attempts of one subscription that one look sees */
    LIMIT_DELIVERY_ANSWER = 1000,      /* bytes of an answer's body that a delivery keeps */
    LIMIT_JOURNAL_PAGE = 1000,         /* journal entries in one reply */
    LIMIT_VERIFY_MS = 60 * 1000,       /* of waiting in a verification, and of quiet after that */
    LIMIT_JOURNAL_BODY = 64 * 1024,    /* bytes of a body in the journal */
    LIMIT_FORM_FIELDS = 256,           /* of a form that the console sends without its script */
    LIMIT_TOLD = 16,                   /* of one space: outcomes of such forms that no page has shown yet */
    LIMIT_TOLD_ALL = 256,              /* of all spaces */
    LIMIT_TOLD_ANSWER = 64 * 1024,     /* bytes of the reply in one of them */
    LIMIT_INBOXES = 100,               /* of one space: receivers of webhooks */
    LIMIT_INBOX_MESSAGES = 1000,       /* in one of them */
    LIMIT_INBOX_BYTES = 4 * 1024 * 1024, /* of what was sent to all of a space */
    LIMIT_FAULTS = 1000,               /* of one space */
    LIMIT_FAULT_HEADERS = 8,           /* headers in a fault's answer */
    LIMIT_DELAY_MS = 600 * 1000,       /* of a fault's delay */
    LIMIT_HANG_SECONDS = 600,          /* of a hanging reply */
    LIMIT_SNAPSHOTS = 100,             /* of one space */
    LIMIT_SPACE_NAME = 64,             /* characters */
    LIMIT_MCP_PAGES = 50,              /* of a server's tool list */
    LIMIT_MCP_TOOLS = 2000,            /* in all of them */
    LIMIT_BATCH = 100,                 /* JSON-RPC messages in an array */
    LIMIT_TOOLS = 1000,                /* tools of one MCP server in a reply */
    LIMIT_REDIRECT_URIS = 32,          /* of one OAuth client, and of its other lists */
    LIMIT_FEEDS = 32,                  /* streams of GET /_mock/events at once */
    LIMIT_FEED_ROWS = 1000,            /* that a reader of one may be behind */
    LIMIT_FEED_ROW = 32 * 1024,        /* bytes of a row in one; a longer one is null */
    LIMIT_STREAMS = 256,               /* event streams at once */
    LIMIT_STREAM_BYTES = 1024 * 1024,  /* unread bytes of one */
    LIMIT_FIXTURE_SETS = 16,           /* fixture sets of a new space */
    LIMIT_PEM = 256 * 1024,            /* bytes of a file with certificates or a key */
    LIMIT_FIXTURE = 512 * 1024 * 1024, /* bytes of one fixture file */
};

/* Bytes of a store in memory: it is one piece, and SQLite allocates none that is larger. */
#define LIMIT_MEMORY_STORE INT64_C(2147483648)

#endif
