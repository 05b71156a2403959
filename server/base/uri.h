/* URI: grammar by uriparser (RFC 3986), then our own rules for URLs to call or to redirect to. */
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

/* A URL as people write it as one that the grammar takes (RFC 3987 section 3.1): other letters than ASCII's become
 * Punycode in the host (idn.h) and percent-escapes behind it. What cannot become one stays as it is, to be refused by
 * the rule of whoever asks. The result is `t` itself, or in the arena. */
struct text uri_to_ascii(struct arena *arena, struct text t);

/* What `reference` means in a document at `base`, an absolute URI without its fragment (RFC 3986 section 5.2): a URI as
 * above. As browsers do, other letters than ASCII's are encoded first, and blanks; a path is never empty. False unless
 * that comes out, without user information. The result is in the arena. */
bool uri_resolve(struct arena *arena, struct text base, struct text reference, struct text *ret);
/* As it is written, or the scheme's. */
struct text uri_port(const struct uri *uri);
/* Whether both are http(s) URIs with the same scheme, host and port (RFC 6454 section 5). */
bool uri_same_origin(struct text a, struct text b);
/* Whether it is a name below a domain, which begins with its dot: `.localhost`. */
bool uri_host_is_below(struct text host, struct text domain);
/* Whether a list has the host: `*.example.com` is every name below it; IPv6 addresses may have their brackets. */
bool uri_host_is_listed(const char *const *list, size_t n, struct text host);
/* Whether the host of a URI is an address: digits and dots alone are an IPv4 one, a colon means IPv6. */
bool uri_host_is_address(struct text host);
/* Whether a host leads to this machine alone: localhost and names below it (RFC 6761 section 6.3), 127.0.0.0/8, and
 * ::1, which may have its brackets. A name that only begins with 127. is anybody's. */
bool uri_host_is_loopback(struct text host);

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
