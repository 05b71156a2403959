/*
 * http_run: runs one .http data file against a server of its own.
 */
#ifndef RUNNER_HTTP_RUN_H
#define RUNNER_HTTP_RUN_H

#include "contract.h"
#include "http_case.h"
#include "server.h"
#include "vars.h"

struct http_run {
    const struct http_case *hc;
    struct contract *contract;
    struct report *report, notes; /* notes: on the step at work, not yet reported */
    struct server server;
    struct vars vars;
    struct http_conn conn;
};

/* program is the server's path, scratch an empty folder. */
void http_file_run(const char *path, const char *program, const char *scratch, struct contract *contract,
                   struct report *report);

/* A request as it goes on the wire. */
struct request {
    struct text bytes;
    char *method, *target; /* what was asked; "" when a raw step doesn't say */
    bool no_body_back;
};

/* method NULL: the step's own. False, and reported, when a placeholder cannot be filled in. */
bool request_build(const struct http_run *run, const struct step *step, const char *method,
                   struct request *ret);
void request_free(struct request *rq);

/* Compares and captures; what is wrong goes to run->notes. */
bool reply_check(struct http_run *run, const struct step *step, const struct request *rq,
                 const struct http_reply *reply);

/* Sends the step as often as it says; false, and reported, when one reply is not as it should be. */
bool step_run(struct http_run *run, const struct step *step);

#endif
