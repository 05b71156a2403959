/* The clock on the control plane: what time it is in the space. */
#include "api/handlers.h"
#include "delivery/courier.h"
#include "request/server.h"
#include "space/directory.h"

static const char *const modes[] = { "running", "frozen", NULL };
static const char *const actions[] = { "freeze", "set", "advance", "resume", NULL };
enum { ACTION_FREEZE, ACTION_SET, ACTION_ADVANCE, ACTION_RESUME };

/* 9999-12-31T23:59:59.999Z: the last instant that can be written. */
#define LAST_INSTANT INT64_C(253402300799999)

struct clock_body {
    struct v_enum action;
    struct v_time at;
    struct v_int by_seconds;
};

#define B struct clock_body
static const struct field body_fields[] = {
    FIELD_ENUM(B, action, .flags = REQUIRED, .names = actions, .doc = "freeze stops it, set moves it, advance moves it "
               "on, resume lets it run", .example = "\"advance\""),
    FIELD_TIME(B, at, .doc = "Where to: for freeze and set"),
    FIELD_INT(B, by_seconds, .max = INT64_C(10000000000), .doc = "How far: for advance", .example = "600"),
};
#undef B

static const char *check_action(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct clock_body *in = object;
    (void)arena;
    *ret_path = T("at");
    if (in->action.v == ACTION_SET && in->at.is != VALUE_SET)
        return "Required when action is \"set\"";
    if (in->action.v > ACTION_SET && in->at.is == VALUE_SET)
        return "Only allowed when action is \"freeze\" or \"set\"";
    *ret_path = T("by_seconds");
    if ((in->action.v == ACTION_ADVANCE) != (in->by_seconds.is == VALUE_SET))
        return in->action.v == ACTION_ADVANCE ? "Required when action is \"advance\""
                                              : "Only allowed when action is \"advance\"";
    return NULL;
}

const struct spec clock_body = SPEC_WITH(struct clock_body, "ChangeClock", body_fields, .check = check_action);

struct clock_reply {
    struct v_time now;
    struct v_enum mode;
    struct v_json offset_ms;
};

#define R struct clock_reply
static const struct field reply_fields[] = {
    FIELD_TIME(R, now, .flags = REQUIRED, .doc = "What time it is in the space"),
    FIELD_ENUM(R, mode, .flags = REQUIRED, .names = modes, .doc = "Whether it runs"),
    FIELD_JSON(R, offset_ms, .flags = REQUIRED, .doc = "Milliseconds ahead of the machine's clock", .example = "0"),
};
#undef R
const struct spec clock_reply = SPEC(struct clock_reply, "Clock", reply_fields);

enum err clock_get(struct request *rq, struct reply *rp)
{
    struct clock_reply *out = REQUEST_NEW(rq, struct clock_reply);
    const struct clock_state state = space_clock(rq->home);
    out->now = SET_TIME(state.now);
    out->mode = (struct v_enum){ VALUE_SET, (int)state.mode };
    out->offset_ms = (struct v_json){ VALUE_SET, text_format(rq->arena, "%lld", (long long)state.offset_ms) };
    rp->object = out;
    return OK;
}

enum err clock_change(struct request *rq, struct reply *rp)
{
    const struct clock_body *in = rq->input;
    switch (in->action.v) {
    case ACTION_FREEZE:
        if (in->at.is == VALUE_SET)
            space_clock_freeze_at(rq->home, in->at.v);
        else
            space_clock_freeze(rq->home);
        break;
    case ACTION_SET: space_clock_set(rq->home, in->at.v); break;
    case ACTION_RESUME: space_clock_resume(rq->home); break;
    default:
        if (!space_clock_advance(rq->home, in->by_seconds.v * 1000, LAST_INSTANT))
            return fail(rq, ERR_INVALID, "body/by_seconds Too big: the year 9999 is the last");
    }
    courier_look(rq->server->courier, rq->space);
    return clock_get(rq, rp);
}
