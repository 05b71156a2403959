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
/* As in the list of spaces (space_list), but the first hundred only, as in the console. */
handler spaces_list_first;

#endif
