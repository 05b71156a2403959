/* The specs that statements of the store name in braces. */
#ifndef DUVO_ROUTER_STORED_SPECS_H
#define DUVO_ROUTER_STORED_SPECS_H

#include "spec/spec.h"

extern const struct spec *const stored_specs[]; /* ends with NULL */

#endif
