/* Dashboards ("Pulse", artifacts): pages that are generated from what people ask, with the connections that hang on
 * them. Their states change with the space's clock. */
#ifndef DUVO_API_DASHBOARDS_H
#define DUVO_API_DASHBOARDS_H

#include "request/request.h"

struct dashboard {
    struct v_uuid id, team_id, created_by_user_id;
    struct v_text title, message;
    struct v_bool html_code_present;
    struct v_enum status, visibility, publish_permission;
    struct v_text thumbnail_url;
    struct v_enum refresh_frequency;
    struct v_time last_refresh_at, next_refresh_at;
    struct v_time due_at; /* of the next state; null: it stays */
    struct v_time created_at, updated_at;
};

struct dashboard_connection {
    struct v_uuid dashboard_id, connection_id;
    struct v_time created_at;
};

/* As they are stored, and as fixture documents give them. */
extern const struct spec dashboard_row, dashboard_connection_row;
extern const struct spec dashboard_spec, dashboard_connection_spec;

/* Gives a new one its place in the list; false when its id is taken, or its team is missing. */
bool dashboard_insert(struct db *db, const struct dashboard *dashboard);
/* What is due by now happens. False: it has to be done as a write; the handler returns OK, and runs anew. */
bool dashboards_settle(struct request *rq);

#endif
