/* Folders: where a team keeps its agents. They lie in one another; a team's top level has no folder. Handlers are in
 * folders.c and folder_contents.c. */
#ifndef DUVO_API_FOLDERS_H
#define DUVO_API_FOLDERS_H

#include "request/request.h"

struct folder {
    enum value_state is;
    struct v_uuid id;
    struct v_text name;
    struct v_uuid team_id, parent_folder_id;
    struct v_time created_at, updated_at;
};

struct folder_path {
    struct v_uuid folder_id;
};

/* The folder, when it is the caller's team's; false otherwise. */
bool folder_find(struct request *rq, const struct uuid *id, struct folder *ret);

#endif
