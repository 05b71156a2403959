/* Folders: where a team keeps its agents. Folders can contain folders; a team's top level has none. */
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

/* As it is stored, and as fixture documents give it. */
extern const struct spec folder_row;

/* False when its id is taken, or its team is missing. */
bool folder_insert(struct db *db, const struct folder *folder);

#endif
