/* Well-known: where the metadata of a resource or an authorization server is looked for, and how their identifiers
 * compare (RFC 9728 section 3, RFC 8414 section 3). All URLs are absolute http(s) ones, as uri_parse_http accepts. */
#ifndef DUVO_MCP_WELLKNOWN_H
#define DUVO_MCP_WELLKNOWN_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum { WELLKNOWN_MAX = 3 };

struct wellknown {
    struct text urls[WELLKNOWN_MAX]; /* in the order in which they are tried */
    size_t n;
};

/* `https://host:port`, as written. */
struct text url_origin(struct text url);
/* As a resource identifier: scheme and host in lower case, without default port, fragment, and the slash that only
 * ends the host (RFC 8707 section 2 and the MCP specification). */
struct text url_canonical(struct arena *arena, struct text url);
/* http on a host other than localhost, 127.0.0.1 and [::1]. */
bool url_is_insecure(struct text url);
bool url_is_loopback(struct text url);

/* Of the protected resource: the path-inserted URL, then the origin's; one URL when they are the same. */
struct wellknown wellknown_resource(struct arena *arena, struct text resource);
/* Of the authorization server: RFC 8414's, then OpenID Connect's in one form or, for an issuer with a path, two. */
struct wellknown wellknown_issuer(struct arena *arena, struct text issuer);

enum resource_match {
    MATCH_NONE,     /* there is nothing to compare */
    MATCH_EXACT,    /* the same identifier */
    MATCH_PREFIX,   /* same origin, and the path is that of the server or one above it */
    MATCH_MISMATCH,
};

/* How a metadata document's `resource` fits the server's URL. RFC 9728 section 3.3 wants the same identifier; clients
 * in the field accept a prefix, too, because documents at the root are for all paths. */
enum resource_match resource_match(struct arena *arena, struct text server, struct text resource);
/* Byte for byte; between issuers without a path, the slash that URL libraries add to an origin does not count. */
bool issuer_eq(struct text a, struct text b);

#endif
