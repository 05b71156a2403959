/* Paths that begin with an agent, and perhaps a revision of it: whether the caller's team has what they name.
 * Everything that hangs on an agent is looked up below it: another team's does not exist for the caller. */
#ifndef DUVO_API_AGENT_PATH_H
#define DUVO_API_AGENT_PATH_H

#include "request/request.h"

/* The path's parameters, as far as its route has them. `integration_id` is that of a slot, or of its integration. */
struct agent_path {
    struct v_uuid agent_id, build_id, schedule_id, secret_id, login_id, integration_id, connection_id, trigger_id;
};

/* The path's agent: OK, or ERR_AGENT_NOT_FOUND. */
enum err agent_in_path(struct request *rq);
/* The same of its agent and build. *ret_frozen: the build is historic, and nothing that hangs on it can be changed. */
enum err build_in_path(struct request *rq, bool *ret_frozen);

#endif
