/* Plans: what a run does, step by step, as JSON: an array of objects with `delay_ms`, before the rest of the step, and
 * a `message`, a `tool_call`, a `file`, and a `status` or a `human_request`. The mock writes plans of its own; tests
 * order others (scripts). */
#ifndef DUVO_API_RUN_PLAN_H
#define DUVO_API_RUN_PLAN_H

#include "api/runs.h"

/* What a step asks people. */
struct plan_ask {
    enum value_state is;
    struct v_enum type;
    struct v_text title, description;
    struct v_json questions;
};

struct plan_tool {
    enum value_state is;
    struct v_text name;
    struct v_json arguments, result;
    struct v_text error;
};

struct plan_file {
    enum value_state is;
    struct v_text name, content_type;
    struct v_int size;
};

struct plan_step {
    struct v_int delay_ms;
    struct v_text message;
    struct plan_tool tool_call;
    struct plan_file file;
    struct plan_ask human_request;
    struct v_enum status;
};

struct plan {
    size_t n;
    const struct plan_step *v;
};

/* One question to a person. */
struct question {
    struct v_text question, header;
    struct v_rows options; /* struct question_option */
    struct v_bool multi_select;
};

struct question_option {
    struct v_text label, description;
};

extern const struct spec question_spec;

/* Reads what was checked before. */
struct plan plan_read(struct arena *arena, struct text steps);
struct v_rows questions_read(struct arena *arena, struct text questions);
/* NULL, or what is wrong with the steps; *ret_path begins with the word "steps". */
const char *plan_check(struct arena *arena, struct text steps, struct text *ret_path);
/* The same of questions. */
const char *questions_check(struct arena *arena, struct text questions, struct text *ret_path);

/* The mock's own plan from the moment when a run runs: it completes after `ms`, unless `missing` names integrations
 * without a usable connection: then it asks a person to reconnect them, where it can (`asks`), or fails. */
struct text plan_own(struct arena *arena, int64_t ms, struct text missing, bool asks);
/* The same after a start that takes `start_ms`. */
struct text plan_from_start(struct arena *arena, int64_t start_ms, int64_t ms, struct text missing, bool asks);

#endif
