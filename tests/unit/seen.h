/* Seen: what discovery makes of the peers of a test, and the replies that such peers give. */
#ifndef DUVO_TEST_SEEN_H
#define DUVO_TEST_SEEN_H

#include "mcp/client/discovery.h"
#include "peer.h"
#include "trips.h"

#define HERE "http://127.0.0.1:$port"
#define THERE "http://127.0.0.1:$other"
#define PRM "/.well-known/oauth-protected-resource"
#define RFC8414 "/.well-known/oauth-authorization-server"
#define OIDC "/.well-known/openid-configuration"

#define REFUSED(headers) "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/plain\r\n" headers "\r\nno"
#define CHALLENGED(text) REFUSED("WWW-Authenticate: " text "\r\n")
#define NAMED CHALLENGED("Bearer resource_metadata=\"" HERE "/meta\"")
#define NOT_FOUND PEER_TEXT("404 Not Found") "nothing"
#define RESOURCE(resource, servers) \
    PEER_JSON "{\"resource\":\"" resource "\",\"authorization_servers\":[" servers "],\"scopes_supported\":[\"r1\"]}"
#define ISSUER_WITH(issuer, more) \
    PEER_JSON "{\"issuer\":\"" issuer "\",\"authorization_endpoint\":\"" HERE "/auth\",\"token_endpoint\":\"" HERE \
              "/tok\"," more "\"response_types_supported\":[\"code\"]}"
#define S256 "\"code_challenge_methods_supported\":[\"plain\",\"S256\"],"
#define REGISTERS "\"registration_endpoint\":\"" HERE "/reg\","
#define ISSUER(issuer) ISSUER_WITH(issuer, S256 REGISTERS "\"scopes_supported\":[\"a1\",\"a2\"],")

/* What one run found. */
struct seen {
    bool ok;
    struct discovery d;
    struct trip trip;
    unsigned port, calls;
    const char *steps;
};

/* One run against a peer with these rules. `why` is set exactly when it failed, or the test fails. */
struct seen see(const struct peer_rule *rules, const struct peer *beside, const char *path);
void expect_found(const struct seen *seen);
/* `$port` in `why` is the peer's. */
void expect_why(const struct seen *seen, const char *why);
#define EXPECT(seen, member, expected) expect_text(#member, (seen).d.member, (expected), (seen).port)

#endif
