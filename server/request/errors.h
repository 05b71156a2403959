/* Errors: their names, statuses and texts (errors.def). The body they become is built in one place, request/reply.c. */
#ifndef DUVO_REQUEST_ERRORS_H
#define DUVO_REQUEST_ERRORS_H

#include "store/store.h"

enum err {
    OK,
#define ERROR(name, status, code, message) ERR_##name,
#include "request/errors.def"
#undef ERROR
    ERR_COUNT
};

struct error_kind {
    unsigned status;
    const char *code; /* the framework's, "-" for its body without one, or NULL */
    const char *message;
};

const struct error_kind *error_kind(enum err err);
/* What a request is answered that met it. */
enum err error_of_store(enum db_failure failure);
/* The phrase of an HTTP status as the API spells it, e.g. "Payload Too Large". */
const char *status_phrase(unsigned status);
/* What stands in its place with --error-ids, e.g. "payload_too_large"; of errors only. */
const char *status_id(unsigned status);

#endif
