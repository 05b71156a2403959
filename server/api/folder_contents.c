/* What lies in folders: agents are moved into them, and a folder that holds something is deleted only by force. */
#include "api/folders.h"
#include "api/handlers.h"
#include "api/success.h"
#include "base/limit.h"
#include "store/query.h"

/* ---- delete -------------------------------------------------------------------------------------------- */

struct delete_query {
    struct v_text force;
};

static const struct field delete_query_fields[] = {
    FIELD_TEXT(struct delete_query, force, .max = LIMIT_SLUG, .example = "\"true\"",
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
    FIELD_TEXT(struct contents, message, .doc = "What was wrong, for people",
               .example = "\"The folder is not empty\""),
    FIELD_BOOL(struct contents, has_contents, .flags = REQUIRED, .doc = "Whether anything is in it",
               .example = "true"),
    FIELD_INT(struct contents, agent_count, .flags = REQUIRED,
              .doc = "Agents in it and in its folders, which force=true would move to the top level"),
};
const struct spec folder_contents_error = SPEC(struct contents, "FolderNotEmpty", contents_fields);

static enum err refuse(struct request *rq, int64_t agents)
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
    QUERY q = query(rq->db, SQL_FOLDER_CONTENTS);
    bind_uuid(&q, id);
    if (query_row(&q)) {
        *ret_folders = col_int(&q, 0);
        *ret_agents = col_int(&q, 1);
    }
}

static void free_agents(struct request *rq, const struct uuid *id)
{
    QUERY q = query(rq->db, SQL_FOLDER_FREE_AGENTS);
    bind_uuid(&q, id);
    bind_int(&q, rq->now);
    bind_uuid(&q, &rq->who.user_id);
    query_run(&q);
}

enum err folders_delete(struct request *rq, struct reply *rp)
{
    const struct folder_path *path = rq->path;
    const struct delete_query *in = rq->query;
    const bool force = in->force.is == VALUE_SET && text_eq(in->force.v, T("true"));
    struct folder folder = { .is = VALUE_ABSENT };
    int64_t folders = 0, agents = 0;
    if (!folder_find(rq, &path->folder_id.v, &folder))
        return ERR_FOLDER_NOT_FOUND;
    count_contents(rq, &folder.id.v, &folders, &agents);
    if (!force && folders + agents > 0)
        return refuse(rq, agents);
    free_agents(rq, &folder.id.v);
    QUERY q = query(rq->db, SQL_FOLDER_DELETE);
    bind_uuid(&q, &folder.id.v);
    query_run(&q);
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
    FIELD_UUIDS(B, agent_ids, .flags = REQUIRED, .min = 1, .max = LIMIT_MOVED_AGENTS,                                  \
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
    FIELD_BOOL(struct moved, success, .flags = REQUIRED, .doc = "Whether it was done", .example = "true"),
    FIELD_INT(struct moved, moved_count, .flags = REQUIRED, .doc = "Agents that are there now"),
};
const struct spec agents_moved = SPEC(struct moved, "AgentsMoved", moved_fields);

/* False when the team has no such agent. */
static bool move_agent(struct request *rq, const struct uuid *agent_id, const struct v_uuid *folder_id)
{
    QUERY q = query(rq->db, SQL_AGENT_MOVE);
    bind_uuid(&q, agent_id);
    bind_uuid(&q, &rq->who.team_id);
    if (folder_id->is == VALUE_SET)
        bind_uuid(&q, &folder_id->v);
    else
        bind_null(&q);
    bind_int(&q, rq->now);
    bind_uuid(&q, &rq->who.user_id);
    query_run(&q);
    return query_changes(&q) > 0;
}

/* What was moved before one that is unknown stays where it was: the transaction is rolled back. */
static enum err move_agents(struct request *rq, struct reply *rp, const struct v_uuid *folder_id)
{
    const struct move_body *in = rq->input;
    struct moved *out = REQUEST_NEW(rq, struct moved);
    struct folder folder = { .is = VALUE_ABSENT };
    if (folder_id->is == VALUE_SET && !folder_find(rq, &folder_id->v, &folder))
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
    return move_agents(rq, rp, &in->folder_id);
}

enum err agents_move_into(struct request *rq, struct reply *rp)
{
    const struct folder_path *path = rq->path;
    return move_agents(rq, rp, &path->folder_id);
}
