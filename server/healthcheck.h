/* The healthcheck command: asks a running server whether it is ready, for container engines. */
#ifndef DUVO_HEALTHCHECK_H
#define DUVO_HEALTHCHECK_H

#include "cli/config.h"

/* 0 when the server at the configured host and port (or the port in --port-file) answers 200 to GET /_mock/ready
 * within two seconds; 1, with one line on stderr, otherwise. With TLS it accepts any certificate: it sends nothing
 * secret, and only wants to know whether there is an answer. */
int healthcheck(const struct config *config);

#endif
