/* Counts: how many rows of each kind a space has, and the spaces with theirs. */
#ifndef DUVO_CONTROL_COUNTS_H
#define DUVO_CONTROL_COUNTS_H

#include "request/request.h"

struct counts {
    enum value_state is;
    struct v_int connections, custom_integrations, integrations, teams, people, api_keys;
    struct v_int agents, builds, folders, schedules, secrets, logins;
    struct v_int triggers, queues, cases, case_triggers, runs, dashboards, suggestions, flows;
};

extern const struct spec counts_spec;

/* Inside a transaction; the connection's space is as before afterwards. */
void counts_of(struct db *db, int64_t space, struct counts *ret);

/* A part of the list of spaces, which is in the order of making: those whose names hold every word of `q`, behind the
 * one of a name (unset: from the first on), `max` at the most. The rest is told of it; `last` lives as long as the
 * request. */
struct spaces_page {
    struct text q, behind;
    size_t max;
    size_t found, total; /* that hold, and that there are */
    struct text last;    /* of those that are answered */
    bool has_more;
};

/* Answers with a space_list, in which `total` counts all that there are. */
enum err spaces_list_page(struct request *rq, struct spaces_page *page, struct reply *rp);

#endif
