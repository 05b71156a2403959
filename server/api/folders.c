#include "api/folders.h"

#include "api/handlers.h"
#include "api/take.h"
#include "space/ids.h"
#include "base/limit.h"
#include "store/query.h"

/* ---- the object ---------------------------------------------------------------------------------------- */

#define FOLDER_FIELDS(S)                                                                                               \
    FIELD_UUID(S, id, .column = "id", .flags = REQUIRED, .doc = "Folder ID"),                                          \
    FIELD_TEXT(S, name, .column = "name", .flags = REQUIRED, .doc = "Display name", .example = "\"Finance\""),         \
    FIELD_UUID(S, team_id, .column = "team_id", .flags = REQUIRED, .doc = "The team it belongs to"),                   \
    FIELD_UUID(S, parent_folder_id, .column = "parent_folder_id", .flags = REQUIRED | NULLABLE,                        \
               .doc = "The folder it lies in; null at the top level"),                                                 \
    FIELD_TIME(S, created_at, .column = "created_at", .flags = REQUIRED, .doc = "When it was made"),                   \
    FIELD_TIME(S, updated_at, .column = "updated_at", .flags = REQUIRED, .doc = "When it was last changed")

static const struct field folder_fields[] = { FOLDER_FIELDS(struct folder) };
const struct spec folder_spec = SPEC(struct folder, "AgentFolder", folder_fields);

static const struct field path_fields[] = {
    FIELD_UUID(struct folder_path, folder_id, .flags = REQUIRED, .doc = "Folder ID"),
};
const struct spec folder_path = SPEC(struct folder_path, "FolderPath", path_fields);

struct folder_reply {
    struct folder folder;
};

static const struct field reply_fields[] = {
    FIELD_OBJECT(struct folder_reply, folder, struct folder, .flags = REQUIRED, .sub = &folder_spec,
                 .doc = "The folder"),
};
const struct spec folder_reply = SPEC(struct folder_reply, "FolderReply", reply_fields);

bool folder_find(struct request *rq, const struct uuid *id, struct folder *ret)
{
    QUERY q = query(rq->db, SQL_FOLDER_GET);
    bind_uuid(&q, id);
    bind_uuid(&q, &rq->who.team_id);
    if (!query_row(&q))
        return false;
    col_row(&q, 0, &folder_spec, rq->arena, ret);
    ret->is = VALUE_SET;
    return true;
}

/* ---- list ---------------------------------------------------------------------------------------------- */

struct folder_item {
    struct v_uuid id;
    struct v_text name;
    struct v_uuid team_id, parent_folder_id;
    struct v_time created_at, updated_at;
    struct v_int agent_count, subfolder_count;
};

#define I struct folder_item
static const struct field item_fields[] = {
    FOLDER_FIELDS(I),
    FIELD_INT(I, agent_count, .column = "(SELECT count(*) FROM agents a WHERE a.space = ?1 AND a.folder_id = f.id)",
              .flags = REQUIRED | DERIVED, .doc = "Agents directly in it"),
    FIELD_INT(I, subfolder_count,
              .column = "(SELECT count(*) FROM folders c WHERE c.space = ?1 AND c.parent_folder_id = f.id)",
              .flags = REQUIRED | DERIVED, .doc = "Folders directly in it"),
};
#undef I
const struct spec folder_item_spec = SPEC(struct folder_item, "AgentFolderListItem", item_fields);

struct folder_list {
    struct v_rows folders;
};

static const struct field list_fields[] = {
    FIELD_ROWS(struct folder_list, folders, .flags = REQUIRED, .sub = &folder_item_spec, .doc = "All of the team's"),
};
const struct spec folder_list = SPEC(struct folder_list, "FolderList", list_fields);

static size_t count_folders(struct request *rq)
{
    QUERY q = query(rq->db, SQL_FOLDER_COUNT);
    bind_uuid(&q, &rq->who.team_id);
    return query_row(&q) ? (size_t)col_int(&q, 0) : 0;
}

enum err folders_list(struct request *rq, struct reply *rp)
{
    struct folder_list *out = REQUEST_NEW(rq, struct folder_list);
    const size_t room = count_folders(rq);
    struct folder_item *rows = ARENA_ARRAY(rq->arena, room, struct folder_item);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_FOLDER_LIST);
    bind_uuid(&q, &rq->who.team_id);
    while (n < room && query_row(&q))
        col_row(&q, 0, &folder_item_spec, rq->arena, &rows[n++]);
    out->folders = SET_ROWS(n, rows);
    rp->object = out;
    return OK;
}

/* ---- what is checked ------------------------------------------------------------------------------------- */

static bool is_inside(struct request *rq, const struct uuid *id, const struct uuid *outer)
{
    QUERY q = query(rq->db, SQL_FOLDER_INSIDE);
    bind_uuid(&q, id);
    bind_uuid(&q, outer);
    return query_row(&q);
}

/* A parent is a folder of the team, and neither the folder itself nor one in it. */
static enum err check_parent(struct request *rq, const struct folder *folder, const struct v_uuid *parent)
{
    struct folder found = { .is = VALUE_ABSENT };
    if (parent->is != VALUE_SET)
        return OK;
    if (!folder_find(rq, &parent->v, &found))
        return fail(rq, ERR_INVALID, "body/parent_folder_id Expected a folder of this team");
    if (is_inside(rq, &parent->v, &folder->id.v))
        return fail(rq, ERR_INVALID, "body/parent_folder_id A folder cannot be moved into itself or into one in it");
    return OK;
}

/* Whether another folder beside it has its name. */
static bool is_name_taken(struct request *rq, const struct folder *folder)
{
    QUERY q = query(rq->db, SQL_FOLDER_NAMESAKE);
    bind_uuid(&q, &folder->team_id.v);
    bind_text(&q, folder->name.v);
    if (folder->parent_folder_id.is == VALUE_SET)
        bind_uuid(&q, &folder->parent_folder_id.v);
    else
        bind_null(&q);
    bind_uuid(&q, &folder->id.v);
    return query_row(&q);
}

/* ---- create -------------------------------------------------------------------------------------------- */

struct folder_body {
    struct v_text name;
    struct v_uuid parent_folder_id;
};

#define B struct folder_body
static const struct field create_fields[] = {
    FIELD_TEXT(B, name, .flags = REQUIRED, .min = 1, .max = LIMIT_FOLDER_NAME, .doc = "Display name",
               .example = "\"Finance\""),
    FIELD_UUID(B, parent_folder_id, .flags = NULLABLE, .doc = "The folder to make it in; the top level without it",
               .example = "null"),
};
static const struct field update_fields[] = {
    FIELD_TEXT(B, name, .min = 1, .max = LIMIT_FOLDER_NAME, .doc = "Display name", .example = "\"Finance\""),
    FIELD_UUID(B, parent_folder_id, .flags = NULLABLE, .doc = "The folder to move it into; null is the top level",
               .example = "null"),
};
#undef B
const struct spec folder_create = SPEC(struct folder_body, "CreateFolder", create_fields);
const struct spec folder_update = SPEC(struct folder_body, "UpdateFolder", update_fields);

enum err folders_create(struct request *rq, struct reply *rp)
{
    const struct folder_body *in = rq->input;
    struct folder_reply *out = REQUEST_NEW(rq, struct folder_reply);
    const bool has_parent = in->parent_folder_id.is == VALUE_SET;
    out->folder = (struct folder){
        .is = VALUE_SET,
        .id = SET_UUID(id_new(rq, "folder")),
        .name = in->name,
        .team_id = SET_UUID(rq->who.team_id),
        .parent_folder_id = has_parent ? in->parent_folder_id : (struct v_uuid){ .is = VALUE_NULL },
        .created_at = SET_TIME(rq->now),
        .updated_at = SET_TIME(rq->now),
    };
    rp->object = out;
    const enum err err = check_parent(rq, &out->folder, &in->parent_folder_id);
    if (err != OK)
        return err;
    if (is_name_taken(rq, &out->folder))
        return ERR_FOLDER_EXISTS;
    QUERY q = query(rq->db, SQL_FOLDER_INSERT);
    bind_row(&q, &folder_spec, &out->folder);
    query_run(&q);
    return OK;
}

/* ---- update -------------------------------------------------------------------------------------------- */

enum err folders_update(struct request *rq, struct reply *rp)
{
    const struct folder_path *path = rq->path;
    const struct folder_body *in = rq->input;
    struct folder_reply *out = REQUEST_NEW(rq, struct folder_reply);
    rp->object = out;
    if (!folder_find(rq, &path->folder_id.v, &out->folder))
        return ERR_FOLDER_NOT_FOUND;
    const enum err err = check_parent(rq, &out->folder, &in->parent_folder_id);
    if (err != OK)
        return err;
    bool changed = take_text(&out->folder.name, in->name);
    changed |= take_uuid(&out->folder.parent_folder_id, in->parent_folder_id);
    if (!changed)
        return OK;
    if (is_name_taken(rq, &out->folder))
        return ERR_FOLDER_EXISTS;
    out->folder.updated_at = SET_TIME(rq->now);
    QUERY q = query(rq->db, SQL_FOLDER_UPDATE);
    bind_row(&q, &folder_spec, &out->folder);
    query_run(&q);
    return OK;
}
