/* A server for the targets that need one: made once, in memory, with the default fixtures, calling nobody. */
#ifndef DUVO_TEST_SERVED_H
#define DUVO_TEST_SERVED_H

#include "unit/rig.h"

#include <stdint.h>

const struct rig *served_rig(void);
/* The port that it listens on, on 127.0.0.1. */
uint16_t served_port(void);

#endif
