/* Refusals: requests that the HTTP library answers or drops by itself. Each leaves a line in the log that says what
 * the client did, at most one a second for each kind. */
#ifndef DUVO_ROUTER_REFUSALS_H
#define DUVO_ROUTER_REFUSALS_H

#include <stdarg.h>

enum refusal { REFUSAL_OTHER, REFUSAL_LENGTH, REFUSAL_TOO_LONG };

/* What the library has done, as it tells its logger: a format and its arguments. Which kind that is: its Content-Length
 * is none, or is too large; or another. Safe in every thread, as is the other one. */
enum refusal refusals_note(const char *format, va_list args);
/* The same of a client that speaks TLS where http is spoken. */
void refusals_note_tls(void);

#endif
