/* Refusals: requests that the HTTP library answers or drops by itself. Each leaves a line in the log that says what
 * the client did, at most one a second for each kind. */
#ifndef DUVO_ROUTER_REFUSALS_H
#define DUVO_ROUTER_REFUSALS_H

#include "net/last_words.h"

#include <stdarg.h>
#include <stdbool.h>

/* What the library has done, as it tells its logger: a format and its arguments. True with what is to be said in the
 * library's place, when that is an answer of its own to a head. Safe in every thread, as is the other one. */
bool refusals_note(const char *format, va_list args, enum last_words *ret);
/* The same of a client that speaks TLS where http is spoken. */
void refusals_note_tls(void);

#endif
