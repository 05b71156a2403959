/* Quote: another server's words, made fit for a person's eyes.
 *
 * A foreign server's answer may have any length, hold any bytes, and echo the request. It gets into an error text
 * through here alone. */
#ifndef DUVO_MCP_CLIENT_QUOTE_H
#define DUVO_MCP_CLIENT_QUOTE_H

#include "base/secret.h"
#include "base/text.h"
#include "net/outbound.h"

#include <stddef.h>

enum { QUOTE_MAX = 300 };

/* One line of at most QUOTE_MAX bytes of UTF-8: control characters and runs of blanks become one blank, bytes that are
 * no UTF-8 a question mark, and what is cut off three dots. */
struct text quote_line(struct arena *arena, struct text said);
/* A URL for an error text: redacted (redact.h) and cut off likewise. */
struct text quote_url(struct arena *arena, struct text url);
/* The text with every occurrence of one of the secrets as `[redacted]`; empty ones do not count. */
struct text quote_mask(struct arena *arena, struct text said, const struct secret *secrets, size_t n);
/* The error in a body as RFC 6749 section 5.2 and RFC 7591 section 3.2.2 have it: `invalid_grant: The code is used
 * up`, masked and made a line. The unset text when the body holds none. */
struct text quote_oauth_error(struct arena *arena, struct text body, const struct secret *secrets, size_t n);
/* Its code alone, when it is one that a token endpoint may answer (RFC 6749 section 5.2, RFC 8707 section 2); else the
 * unset text. */
struct text quote_oauth_code(struct arena *arena, struct text body);

#endif
