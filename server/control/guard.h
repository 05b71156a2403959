/* Guard: access to the control plane.
 *
 * A web page elsewhere must not drive a developer's mock, neither by a form nor by a name that it lets point at
 * this machine (DNS rebinding). So the Host of every request under /_mock must be an IP address, a name that no DNS
 * of the internet can own (without a dot as compose services have, `.localhost`, `.test`, `.internal`, `.svc`,
 * `.svc.cluster.local`, this machine's own `.local`), or a host of --public-url or --allowed-hosts; health, ready
 * and version ask for none. While the mock listens on loopback alone, /v1 and /v2 ask for the same, and know the
 * vendor's names besides. Pages are trusted less than names: an Origin must be the request's own, localhost,
 * 127.0.0.1, [::1], a host of those options, or one of --cors. With --admin-token a bearer token is demanded, too,
 * except of health checks, of the console's script, and of what plays other people's servers: consent pages, MCP
 * servers, and inboxes for what is sent to them. */
#ifndef DUVO_CONTROL_GUARD_H
#define DUVO_CONTROL_GUARD_H

#include "request/request.h"

/* OK, ERR_FOREIGN_HOST with a message of its own, ERR_NO_ADMIN_TOKEN or ERR_BAD_ADMIN_TOKEN. `shared`: --cors lets the
 * request's Origin read the reply. */
enum err guard_check(struct request *rq, bool shared);
/* Whether the request comes from a page that the control plane answers to without --cors. */
bool guard_trusts_origin(const struct request *rq);

/* For what an HTML form can send, before which no browser asks (CORS has no preflight for it): OK when it says that it
 * comes from a page of ours, by Sec-Fetch-Site or, where a browser sends none, by its Origin or its Referer; else
 * ERR_FOREIGN_HOST with a message. Pages that --cors lets in, and those of another port of this machine, are not
 * ours. */
enum err guard_check_form(struct request *rq);

/* Whether a path is the guard's business at all, and whether it is one that --admin-token closes. */
bool guard_covers(struct text target);
bool guard_wants_token(struct text method, struct text target);

#endif
