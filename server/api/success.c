#include "api/success.h"

struct success {
    struct v_bool success;
};

static const struct field success_fields[] = {
    FIELD_BOOL(struct success, success, .flags = REQUIRED, .doc = "Whether it was done", .example = "true"),
};
const struct spec success_spec = SPEC(struct success, "Success", success_fields);

const void *success(struct request *rq, bool done)
{
    struct success *out = REQUEST_NEW(rq, struct success);
    out->success = SET_BOOL(done);
    return out;
}
