/* URI: grammar by uriparser (RFC 3986), then our own rules for what a server may be asked to call or redirect to. */
#ifndef DUVO_BASE_URI_H
#define DUVO_BASE_URI_H

#include "base/buf.h"
#include "base/text.h"

#include <stdbool.h>

struct uri {
    struct text scheme, userinfo, host, port, path, query, fragment; /* as written; unset when absent */
};

/* Splits an absolute http or https URI with a host; the parts point into `t`. False for anything else: other schemes,
 * relative references, no host, a port past 65535, backslashes, blanks, control or non-ASCII characters, broken
 * percent-escapes. IPv6 hosts come without their brackets. User information is accepted here. */
bool uri_parse_http(struct text t, struct uri *ret);

/* Percent-decodes one path segment or query part. False for a broken escape, for %00, and when the result is not
 * UTF-8. `plus_is_blank` as in query strings. The result is in the arena, or `t` itself when nothing was escaped. */
bool uri_decode(struct arena *arena, struct text t, bool plus_is_blank, struct text *ret);

/* The byte that the escape at `at`, a percent sign and two digits, stands for; -1 when there is none. */
int uri_escaped_byte(struct text t, size_t at);

/* RFC 3986 section 2.3: what no part of a URI has to escape. */
bool uri_is_unreserved(char c);
/* Percent-encodes all but the unreserved characters, as a part of a query or one segment. */
void uri_put_encoded(struct buf *b, struct text t);

#endif
