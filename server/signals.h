/* Signals and the end of stdin: the ways to stop the process, and the promise that it stops.
 *
 * SIGTERM, SIGINT and SIGHUP (unless that was ignored when the process began, as nohup has it) ask for the end. It
 * is left to the main thread, which stops everything in good order; but it comes within LIMIT_STOP_MS, whatever
 * holds the main thread up: an output that nobody reads, a disk, another program's lock. A second signal is not
 * asked twice: exit code 1, at once. The port file is gone in any case.
 *
 * The end of stdin asks for the end, too, once somebody wants that: a parent that holds the other end of a pipe
 * takes its server along, however it goes. It is no signal: before or after one it changes nothing. */
#ifndef DUVO_SIGNALS_H
#define DUVO_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>

/* Before any other thread is started: they must not get the signals. False when there is no thread for them. */
bool signals_start(void);
/* The end of stdin asks from now on. False when stdin cannot be waited for, with one line in reterr: it is closed, or
 * it is /dev/null or a file, which are at their end from the start. */
bool signals_from_stdin(char *reterr, size_t reterr_size);
/* Waits until the process is asked to stop. */
void signals_wait(void);
/* The port file, from just before it is there; borrowed. NULL: there is none after all. */
void signals_port_file(const char *path);
/* Removes it, if there is one. */
void signals_remove_port_file(void);
/* The main thread has stopped everything: nothing cuts it short any more. */
void signals_stopped(void);

#endif
