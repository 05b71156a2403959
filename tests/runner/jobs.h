/*
 * jobs: the data files, each run by a process of its own, several at a time.
 */
#ifndef RUNNER_JOBS_H
#define RUNNER_JOBS_H

#include "contract.h"

struct jobs {
    const struct strings *files;
    const char *program;       /* the server, an absolute path */
    const char *root;          /* the folder that all scratch folders are in */
    const char *coverage_path; /* workers append to it: operation, method and path, a line each */
    struct contract *contract;
    size_t at_once;
};

struct totals {
    size_t passed, failed;
    size_t cases; /* of the files that passed */
};

/* Prints the report of each failed file as it ends and adds to the totals. False when a signal cut the run short. */
bool jobs_run(const struct jobs *jobs, struct totals *totals);

/* The comment that a data file begins with; "" when it is malformed. */
const char *file_summary(const char *path);

/* How many requests with their replies, or commands with their outputs, a data file checks; 0 when it is malformed. */
size_t file_cases(const char *path);

#endif
