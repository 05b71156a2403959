#include "api/take.h"

bool take_text(struct v_text *to, struct v_text from)
{
    if (from.is == VALUE_ABSENT || (from.is == to->is && text_eq(from.v, to->v)))
        return false;
    *to = from;
    return true;
}

bool take_uuid(struct v_uuid *to, struct v_uuid from)
{
    if (from.is == VALUE_ABSENT || (from.is == to->is && (from.is == VALUE_NULL || uuid_eq(&from.v, &to->v))))
        return false;
    *to = from;
    return true;
}

bool take_bool(struct v_bool *to, struct v_bool from)
{
    if (from.is == VALUE_ABSENT || (from.is == to->is && from.v == to->v))
        return false;
    *to = from;
    return true;
}
