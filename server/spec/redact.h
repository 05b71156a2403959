/* Redaction: the one masking function. Whatever leaves the program besides replies (log lines, the journal, exports)
 * passes through it. */
#ifndef DUVO_SPEC_REDACT_H
#define DUVO_SPEC_REDACT_H

#include "base/buf.h"
#include "base/secret.h"

/* A URL or path for people: the values of query parameters whose names speak of credentials, user information
 * before a host, and segments behind one that are long and random (32 characters and more, no UUID) become
 * `[redacted]`; bytes that are not printable ASCII are escaped. */
struct text redact_url(struct arena *arena, struct text url);
/* The same, appended. */
void redact_put_url(struct buf *b, struct text url);

/* With a key, a mask tells equal values from different ones: `[redacted:3f9a12c4]`. */
struct redactor {
    const struct secret_key *key; /* NULL: `[redacted]` */
};

/* What stands for the value. */
struct text redact_mask(const struct redactor *redactor, struct arena *arena, struct text value);
struct text redact_url_with(const struct redactor *redactor, struct arena *arena, struct text url);

/* A text for people, in which there may be URLs or parts of them: `?token=…` and `//user:password@` lose their secrets,
 * all else stays. */
struct text redact_text(const struct redactor *redactor, struct arena *arena, struct text t);

/* Whether a header, query parameter or member of that name holds a credential. Names are compared without regard to
 * case, percent-escapes undone, and word by word: words are told apart by whatever is no letter, and by a change of
 * case. So is one that is longer than 256 bytes. */
bool redact_is_secret_name(struct text name);

#endif
