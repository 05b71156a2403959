/* What PATCH does with each member: a value that was sent and is another one takes the place of the stored one. True
 * when it did. Null is a value, too. */
#ifndef DUVO_API_TAKE_H
#define DUVO_API_TAKE_H

#include "spec/spec.h"

bool take_text(struct v_text *to, struct v_text from);
bool take_uuid(struct v_uuid *to, struct v_uuid from);
bool take_bool(struct v_bool *to, struct v_bool from);

#endif
