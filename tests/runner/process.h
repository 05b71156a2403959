/*
 * process: child processes with their output in files, deadlines on their end, and the scratch directories.
 *
 * Every child dies with the worker that started it.
 */
#ifndef RUNNER_PROCESS_H
#define RUNNER_PROCESS_H

#include "text.h"

#include <stdint.h>
#include <sys/types.h>

struct launch {
    char *const *argv; /* argv[0] is a path */
    char *const *environment;
    const char *directory, *output, *errors; /* NULL directory: stay; the files are appended to */
    bool group;                              /* leads a process group of its own */
};

/* -1 when there can be no new process; a program that cannot be run exits with 127. */
pid_t process_start(const struct launch *launch);
/* False when it still runs at the deadline. */
bool process_wait(pid_t pid, int64_t deadline, int *ret_status);
/* As a shell has it: 128 + N for an end by signal N. */
int process_exit_code(int status);
/* "exit code 3", "signal 11". In kept memory. */
const char *process_describe(int status);

/*
 * The runner's environment without what would configure a server (PORT, DUVO_MOCK_*), then `extra`
 * (NAME=value, may be NULL), then bin at the head of PATH when it is given.
 */
struct strings environment_make(const struct strings *extra, const char *bin);

/* A line that a sanitizer wrote about a defect, in kept memory; NULL when there is none. */
const char *sanitizer_line(const struct text *errors);

bool directory_make(const char *path);
void directory_remove(const char *path);

#endif
