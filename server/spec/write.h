/* Writing objects of a spec as JSON: the other direction of spec.h. Absent members are left out, nulls are written,
 * secrets are not written at all. */
#ifndef DUVO_SPEC_WRITE_H
#define DUVO_SPEC_WRITE_H

#include "base/json.h"
#include "spec/spec.h"

/* `object` is a struct of the spec; `version` leaves out the fields of the other version of the API. */
void spec_write(struct json *j, const struct spec *spec, unsigned version, const void *object);
/* The same into an object that is begun already. */
void spec_write_members(struct json *j, const struct spec *spec, unsigned version, const void *object);

#endif
