#include "api/folders.h"

#include "api/common.h"
#include "api/handlers.h"
#include "base/limit.h"
#include "space/ids.h"

/* ---- what is stored -------------------------------------------------------------------------------------- */

#define F struct folder
static const struct field row_fields[] = {
    FIELD_UUID(F, id, .column = "id", .flags = REQUIRED),
    FIELD_TEXT(F, name, .column = "name", .flags = REQUIRED, .min = 1, .max = LIMIT_FOLDER_NAME),
    FIELD_UUID(F, team_id, .column = "team_id", .flags = REQUIRED),
    FIELD_UUID(F, parent_folder_id, .column = "parent_folder_id", .flags = NULLABLE),
    FIELD_TIME(F, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(F, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
};
#undef F
const struct spec folder_row = SPEC(struct folder, "FixtureFolder", row_fields);

bool folder_insert(struct db *db, const struct folder *folder)
{
    return query_insert(db, SQL_FOLDER_INSERT, &folder_row, folder, NULL);
}

/* ---- what is told --------------------------------------------------------------------------------------- */

#define FOLDER_FIELDS(S)                                                                                               \
    FIELD_UUID(S, id, .column = "id", .flags = REQUIRED, .doc = "Folder ID"),                                          \
    FIELD_TEXT(S, name, .column = "name", .flags = REQUIRED, .doc = "Display name", .example = "\"Finance\""),         \
    FIELD_UUID(S, team_id, .column = "team_id", .flags = REQUIRED, .doc = "Its team"),                   \
    FIELD_UUID(S, parent_folder_id, .column = "parent_folder_id", .flags = REQUIRED | NULLABLE,                        \
               .doc = "Its folder; null at the top level"),                                                 \
    FIELD_TIME(S, created_at, .column = "created_at", .flags = REQUIRED, .doc = "When it was made"),                   \
    FIELD_TIME(S, updated_at, .column = "updated_at", .flags = REQUIRED, .doc = "When it was last changed")

static const struct field folder_fields[] = { FOLDER_FIELDS(struct folder) };
const struct spec folder_spec = SPEC(struct folder, "AgentFolder", folder_fields);

struct folder_path {
    struct v_uuid folder_id;
};

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

/* The folder, when it is the caller's team's. */
static enum err find_folder(struct request *rq, const struct uuid *id, struct folder *ret)
{
    if (!query_get(rq->db, SQL_FOLDER_GET, WITH(id, &rq->who.team_id), &folder_spec, rq->arena, ret))
        return ERR_FOLDER_NOT_FOUND;
    ret->is = VALUE_SET;
    return OK;
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

static const struct field list_fields[] = { LIST_ROWS("folders", folder_item_spec, "All of the team's") };
const struct spec folder_list = SPEC(struct list, "FolderList", list_fields);

enum err folders_list(struct request *rq, struct reply *rp)
{
    return list_all(rq, rp, SQL_FOLDER_LIST, WITH(&rq->who.team_id), &folder_item_spec);
}

/* ---- what is checked ------------------------------------------------------------------------------------- */

/* A parent is a folder of the team, and neither the folder itself nor one in it. */
static enum err check_parent(struct request *rq, const struct folder *folder, const struct v_uuid *parent)
{
    struct folder found = { .is = VALUE_ABSENT };
    if (parent->is != VALUE_SET)
        return OK;
    if (find_folder(rq, &parent->v, &found) != OK)
        return fail(rq, ERR_INVALID, "body/parent_folder_id Expected a folder of this team");
    if (query_finds(rq->db, SQL_FOLDER_INSIDE, WITH(&parent->v, &folder->id.v)))
        return fail(rq, ERR_INVALID, "body/parent_folder_id A folder cannot be moved into itself or into one in it");
    return OK;
}

/* Whether another folder beside it has its name. */
static bool is_name_taken(struct request *rq, const struct folder *folder)
{
    return query_finds(rq->db, SQL_FOLDER_NAMESAKE,
                       WITH(&folder->team_id.v, folder->name.v, folder->parent_folder_id, &folder->id.v));
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
    FIELD_UUID(B, parent_folder_id, .flags = NULLABLE, .doc = "Its folder; the top level when left out",
               .example = "null"),
};
static const struct field update_fields[] = {
    FIELD_TEXT(B, name, .min = 1, .max = LIMIT_FOLDER_NAME, .doc = "Display name", .example = "\"Finance\""),
    FIELD_UUID(B, parent_folder_id, .flags = NULLABLE, .doc = "Its new folder; null is the top level",
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
    return folder_insert(rq->db, &out->folder) ? OK : ERR_INTERNAL;
}

/* ---- update -------------------------------------------------------------------------------------------- */

enum err folders_update(struct request *rq, struct reply *rp)
{
    const struct folder_path *path = rq->path;
    const struct folder_body *in = rq->input;
    struct folder_reply *out = REQUEST_NEW(rq, struct folder_reply);
    rp->object = out;
    enum err err = find_folder(rq, &path->folder_id.v, &out->folder);
    if (err == OK)
        err = check_parent(rq, &out->folder, &in->parent_folder_id);
    if (err != OK)
        return err;
    bool changed = take_text(&out->folder.name, in->name);
    changed |= take_uuid(&out->folder.parent_folder_id, in->parent_folder_id);
    if (!changed)
        return OK;
    if (is_name_taken(rq, &out->folder))
        return ERR_FOLDER_EXISTS;
    out->folder.updated_at = SET_TIME(rq->now);
    query_store(rq->db, SQL_FOLDER_UPDATE, &folder_row, &out->folder, NULL);
    return OK;
}

/* ---- delete -------------------------------------------------------------------------------------------- */

struct delete_query {
    struct v_text force;
};

static const struct field delete_query_fields[] = {
    FIELD_TEXT(struct delete_query, force, .max = LIMIT_WORD, .example = "\"true\"",
               .doc = "`true` deletes a folder that is not empty: its folders go with it, all agents in them to the top"
                      " level"),
};
const struct spec folder_delete_query = SPEC(struct delete_query, "DeleteFolderQuery", delete_query_fields);

/* The error and its message are the envelope's business (reply.h); a handler says the rest. */
struct contents {
    struct v_text error, message;
    struct v_bool has_contents;
    struct v_int agent_count;
};

static const struct field contents_fields[] = {
    FIELD_TEXT(struct contents, error, .flags = REQUIRED, .doc = "Phrase of the status", .example = "\"Bad Request\""),
    FIELD_TEXT(struct contents, message, .doc = "What is wrong, for people",
               .example = "\"The folder is not empty\""),
    FIELD_BOOL(struct contents, has_contents, .flags = REQUIRED, .doc = "Whether anything is in it",
               .example = "true"),
    FIELD_INT(struct contents, agent_count, .flags = REQUIRED,
              .doc = "Agents in it and in its folders, which force=true would move to the top level"),
};
const struct spec folder_contents_error = SPEC(struct contents, "FolderNotEmpty", contents_fields);

static enum err refuse_to_delete(struct request *rq, int64_t agents)
{
    struct contents *contents = REQUEST_NEW(rq, struct contents);
    contents->has_contents = SET_BOOL(true);
    contents->agent_count = SET_INT(agents);
    rq->details = (struct reply_details){ &folder_contents_error, contents };
    return ERR_FOLDER_NOT_EMPTY;
}

/* Folders in it, and agents at any depth. */
static void count_contents(struct request *rq, const struct uuid *id, int64_t *ret_folders, int64_t *ret_agents)
{
    QUERY q = query_with(rq->db, SQL_FOLDER_CONTENTS, WITH(id));
    if (query_row(&q)) {
        *ret_folders = col_int(&q, 0);
        *ret_agents = col_int(&q, 1);
    }
}

enum err folders_delete(struct request *rq, struct reply *rp)
{
    const struct folder_path *path = rq->path;
    const struct delete_query *in = rq->query;
    const bool force = v_text_eq(in->force, T("true"));
    struct folder folder = { .is = VALUE_ABSENT };
    int64_t folders = 0, agents = 0;
    const enum err err = find_folder(rq, &path->folder_id.v, &folder);
    if (err != OK)
        return err;
    count_contents(rq, &folder.id.v, &folders, &agents);
    if (!force && folders + agents > 0)
        return refuse_to_delete(rq, agents);
    query_change(rq->db, SQL_FOLDER_FREE_QUEUES, WITH(&folder.id.v));
    query_change(rq->db, SQL_FOLDER_FREE_AGENTS, WITH(&folder.id.v, rq->now, &rq->who.user_id));
    query_change(rq->db, SQL_FOLDER_DELETE, WITH(&folder.id.v));
    rp->object = success(rq, true);
    return OK;
}

/* ---- move agents ----------------------------------------------------------------------------------------- */

struct move_body {
    struct v_uuids agent_ids;
    struct v_uuid folder_id;
};

/* The first that is there twice. */
static const char *check_unique(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct move_body *in = object;
    for (size_t i = 1; i < in->agent_ids.n; i++)
        for (size_t before = 0; before < i; before++)
            if (uuid_eq(&in->agent_ids.v[i], &in->agent_ids.v[before])) {
                *ret_path = text_format(arena, "agent_ids/%zu", i);
                return "Duplicate agent: expected unique ids";
            }
    return NULL;
}

#define B struct move_body
#define AGENT_IDS                                                                                                      \
    FIELD_UUIDS(B, agent_ids, .flags = REQUIRED, .min = 1, .max = LIMIT_ENTRIES,                                  \
                .doc = "Agents to move, each once")
static const struct field move_fields[] = {
    AGENT_IDS,
    FIELD_UUID(B, folder_id, .flags = REQUIRED | NULLABLE, .doc = "Where to; null is the top level"),
};
static const struct field move_into_fields[] = {
    AGENT_IDS,
};
#undef AGENT_IDS
#undef B
const struct spec agents_move_body = SPEC_WITH(struct move_body, "MoveAgents", move_fields, .check = check_unique);
const struct spec agents_move_into_body =
    SPEC_WITH(struct move_body, "MoveAgentsInto", move_into_fields, .check = check_unique);

struct moved {
    struct v_bool success;
    struct v_int moved_count;
};

static const struct field moved_fields[] = {
    FIELD_BOOL(struct moved, success, .flags = REQUIRED, .doc = "Whether it succeeded", .example = "true"),
    FIELD_INT(struct moved, moved_count, .flags = REQUIRED, .doc = "Agents in it now"),
};
const struct spec agents_moved = SPEC(struct moved, "AgentsMoved", moved_fields);

/* False when the team has no such agent. */
static bool move_agent(struct request *rq, const struct uuid *agent_id, struct v_uuid folder_id)
{
    const struct param *with = WITH(agent_id, &rq->who.team_id, folder_id, rq->now, &rq->who.user_id);
    return query_change(rq->db, SQL_AGENT_MOVE, with) > 0;
}

/* What was moved before one that is unknown stays where it was: the transaction is rolled back. */
static enum err move_agents(struct request *rq, struct reply *rp, struct v_uuid folder_id)
{
    const struct move_body *in = rq->input;
    struct moved *out = REQUEST_NEW(rq, struct moved);
    struct folder folder = { .is = VALUE_ABSENT };
    if (folder_id.is == VALUE_SET && find_folder(rq, &folder_id.v, &folder) != OK)
        return ERR_FOLDER_NOT_FOUND;
    for (size_t i = 0; i < in->agent_ids.n; i++)
        if (!move_agent(rq, &in->agent_ids.v[i], folder_id))
            return fail(rq, ERR_AGENT_NOT_FOUND, "body/agent_ids/%zu Agent not found", i);
    *out = (struct moved){ SET_BOOL(true), SET_INT((int64_t)in->agent_ids.n) };
    rp->object = out;
    return OK;
}

enum err agents_move(struct request *rq, struct reply *rp)
{
    const struct move_body *in = rq->input;
    return move_agents(rq, rp, in->folder_id);
}

enum err agents_move_into(struct request *rq, struct reply *rp)
{
    const struct folder_path *path = rq->path;
    return move_agents(rq, rp, path->folder_id);
}
