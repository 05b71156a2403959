/* Guard: who may use the control plane.
 *
 * A web page elsewhere must not drive a developer's mock, neither by a form nor by a name that it lets point at this
 * machine (DNS rebinding). So the Host of every request under /_mock, and its Origin if it has one, must be loopback,
 * an IP address, a name without a dot (as compose services have), or a host of --public-url or --allowed-hosts. With
 * --admin-token a bearer token is demanded, too, except of health checks, of the console's script, and of what plays
 * other people's servers: consent pages, MCP servers. */
#ifndef DUVO_CONTROL_GUARD_H
#define DUVO_CONTROL_GUARD_H

#include "request/request.h"

/* OK, ERR_FOREIGN_HOST, ERR_NO_ADMIN_TOKEN or ERR_BAD_ADMIN_TOKEN; OK for everything outside /_mock. */
enum err guard_check(const struct request *rq);

/* Whether a path is the guard's business at all, and whether it is one that --admin-token closes. */
bool guard_covers(struct text target);
bool guard_wants_token(struct text target);

#endif
