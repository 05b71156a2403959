/*
 * server: the server process under test, from its start to a stop that is itself checked.
 */
#ifndef RUNNER_SERVER_H
#define RUNNER_SERVER_H

#include "process.h"
#include "report.h"

enum { STOP_MS = 5000 };

struct server {
    const char *program;
    const char *scratch; /* where its log, port file and database are */
    struct strings flags, environment;
    char *log, *port_file, *database; /* paths; database NULL: none */
    pid_t pid;                        /* 0: not running */
    int port;
};

/* Prepares, without starting; extra is NAME=value. */
void server_init(struct server *s, const char *program, const char *scratch, const struct strings *flags,
                 const struct strings *extra, bool durable);
/* True once it accepts connections. */
bool server_start(struct server *s, struct report *r, int line);
/* SIGTERM must end it with exit code 0 within STOP_MS. */
bool server_stop(struct server *s, struct report *r, int line);
void server_kill(struct server *s);
/* When it has ended by itself, says so in the report. */
void server_report_death(struct server *s, struct report *r);
/* All that it wrote to stderr so far. */
void server_log_read(const struct server *s, struct text *ret_log);

/*
 * Waits for a port file and reads it. pid may be 0; if that process ends first, *ret_status tells how and
 * false comes back before the deadline.
 */
bool port_file_wait(const char *path, pid_t pid, int64_t deadline, int *ret_port, int *ret_status);

#endif
