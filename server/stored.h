/* The specs that statements of the store name in braces. */
#ifndef DUVO_STORED_H
#define DUVO_STORED_H

#include "spec.h"

extern const struct spec *const stored_specs[]; /* ends with NULL */

#endif
