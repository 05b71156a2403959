/*
 * contract: the API description, as the judge of every reply and the list of what must be tested.
 */
#ifndef RUNNER_CONTRACT_H
#define RUNNER_CONTRACT_H

#include "http.h"

#include <jansson.h>

struct operation {
    struct operation *next;
    const char *method, *path, *id;
    json_t *responses;
    char **segments; /* of path, NULL at the end; "{…}" is a parameter */
    bool keyless;    /* whoever calls it needs no API key */
    bool hit;        /* answered with a success, or with a redirect that is described */
};

struct contract {
    json_t *root;
    struct operation *operations, **last; /* in the order of the document */
};

/* What is wrong with the document itself goes to ret_problems, a line each; false when it cannot be read. */
bool contract_load(struct contract *c, const char *path, struct text *ret_problems);
void contract_free(struct contract *c);

/*
 * The operation for a request; NULL when the document has none. The most literal path wins, HEAD is GET, and
 * a base path /_mock/s/{space} counts for nothing.
 */
struct operation *contract_find(const struct contract *c, const char *method, const char *target);

/* Whether the request needs an API key: as its operation says; without one, when its path is below /v1 or /v2. */
bool contract_needs_key(const struct contract *c, const char *method, const char *target);

/* Whether the reply is one that the document describes; each reason why not is a line of ret_problems. */
bool contract_check(const struct contract *c, const struct operation *op, const char *method,
                    const struct http_reply *reply, struct text *ret_problems);

/* Remembers that the operation has been seen to work, if that is what the status says. */
void contract_note(struct operation *op, int status);

#endif
