/* Hosts: the names that the mock may be reached by. */
#ifndef DUVO_SPACE_HOSTS_H
#define DUVO_SPACE_HOSTS_H

#include "request/request.h"

/* An address, a name that no DNS of the internet can own, or one of --allowed-hosts and --public-url. Any other one is
 * somebody else's, or DNS rebinding. */
bool host_is_ours(const struct request *rq, struct text host);
/* An address, or a name that no DNS of the internet can own because of how it is written: without a dot, or below a
 * name that is kept for such. It is so for ever. */
bool host_is_nobodys(struct text host);
/* One of --allowed-hosts and --public-url alone. */
bool host_is_named(const struct request *rq, struct text host);
/* As it is looked up: a dot at the end says that the name is whole. */
struct text host_without_dot(struct text host);

#endif
