/* Refusals: requests that the HTTP library answers or drops by itself, before anything of ours sees them. Each leaves a
 * line in the log that says what the client did, at most one a second for each kind. */
#ifndef DUVO_ROUTER_REFUSALS_H
#define DUVO_ROUTER_REFUSALS_H

#include <stdarg.h>

/* The library's logger: a format and its arguments, which say what it has done. Safe in every thread. */
void refusals_note(void *cls, const char *format, va_list args);

#endif
