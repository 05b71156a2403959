/* The healthcheck command: asks a running server whether it is ready, as container engines want to. */
#ifndef DUVO_HEALTHCHECK_H
#define DUVO_HEALTHCHECK_H

#include "cli/config.h"

/* 0 when the server at the configured host and port (or the port in --port-file) answers 200 to GET /_mock/ready
 * within two seconds; 1, with one line on stderr, otherwise. With TLS it does not ask whose certificate it is shown: it
 * tells nothing, and believes no more than that something answers. */
int healthcheck(const struct config *config);

#endif
