/*
 * select: which data files to run.
 */
#ifndef RUNNER_SELECT_H
#define RUNNER_SELECT_H

#include "text.h"

struct selection {
    struct strings files;   /* sorted, each once */
    bool whole;             /* everything there is: then the routes that no file hits count too */
    struct strings unknown; /* arguments that match nothing */
};

/* Each argument is a file, a folder or a part of a path below the default folders; none means all of them. */
struct selection files_select(char *const *arguments, size_t count);

#endif
