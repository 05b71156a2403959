/* Orders of faults: their field tables, and what their free-form members mean. */
#ifndef DUVO_SPACE_FAULT_ORDER_H
#define DUVO_SPACE_FAULT_ORDER_H

#include "space/match.h"

struct fault_action {
    enum value_state is;
    struct v_int status;
    struct v_json body;
    struct v_map headers;
    struct v_bool reset, empty, malformed_json, hang;
    struct v_int truncate;
    struct v_bool after_handler;
    struct v_json delay_ms; /* a number, or {"min","max"} */
};

/* An order, as it is sent. */
struct fault_order {
    struct match match;
    struct fault_action action;
    struct v_int times, after;
    struct v_json probability;
    struct v_int ttl_seconds;
};

extern const struct spec fault_order_spec;

struct fault_range {
    struct v_int min, max;
};

/* delay_ms: a number, or {"min","max"}. False when it is neither, or past its bounds. */
bool fault_parse_delay(struct arena *arena, struct text json, struct fault_range *ret);
/* A number from 0 to 1; false otherwise. */
bool fault_parse_probability(struct text json, double *ret);
bool fault_is_on(struct v_bool flag);

#endif
