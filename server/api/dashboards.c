#include "api/dashboards.h"

#include "api/common.h"
#include "api/connections.h"
#include "api/handlers.h"
#include "base/clock.h"
#include "base/limit.h"
#include "cli/config.h"
#include "request/route.h"
#include "space/ids.h"
#include "store/rare.h"

/* ---- what is stored -------------------------------------------------------------------------------------- */

enum { DASHBOARD_NOT_STARTED, DASHBOARD_PENDING };
enum { VISIBILITY_PRIVATE };
enum { PERMISSION_VIEW };
static const char *const statuses[] = {
    "not_started", "pending", "running", "completed", "failed", "interrupted", NULL,
};
static const char *const visibilities[] = { "private", "team", "organization", "teams", NULL };
static const char *const permissions[] = { "view", "edit", NULL };
static const char *const frequencies[] = {
    "every_15_minutes", "every_30_minutes", "hourly", "every_6_hours", "daily", "weekly", NULL,
};

#define D struct dashboard
static const struct field row_fields[] = {
    FIELD_UUID(D, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(D, team_id, .column = "team_id", .flags = REQUIRED),
    FIELD_UUID(D, created_by_user_id, .column = "created_by_user_id", .flags = REQUIRED, .doc = "Whose it is"),
    FIELD_TEXT(D, title, .column = "title", .flags = NULLABLE),
    FIELD_TEXT(D, message, .column = "message", .flags = NULLABLE, .doc = "What asked for it"),
    FIELD_BOOL(D, html_code_present, .column = "html_code_present", .fallback = "false"),
    FIELD_ENUM(D, status, .column = "status", .names = statuses, .fallback = "\"completed\""),
    FIELD_ENUM(D, visibility, .column = "visibility", .names = visibilities, .fallback = "\"private\""),
    FIELD_ENUM(D, publish_permission, .column = "publish_permission", .names = permissions, .fallback = "\"view\""),
    FIELD_TEXT(D, thumbnail_url, .column = "thumbnail_url", .flags = NULLABLE),
    FIELD_ENUM(D, refresh_frequency, .column = "refresh_frequency", .flags = NULLABLE, .names = frequencies),
    FIELD_TIME(D, last_refresh_at, .column = "last_refresh_at", .flags = NULLABLE),
    FIELD_TIME(D, next_refresh_at, .column = "next_refresh_at", .flags = NULLABLE),
    FIELD_TIME(D, due_at, .column = "due_at", .flags = NULLABLE, .doc = "When its state changes; null: it stays"),
    FIELD_TIME(D, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(D, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
};
#undef D
const struct spec dashboard_row = SPEC(struct dashboard, "FixtureDashboard", row_fields);

bool dashboard_insert(struct db *db, const struct dashboard *dashboard)
{
    return query_insert(db, SQL_DASHBOARD_INSERT, &dashboard_row, dashboard, WITH(clock_ticket()));
}

/* ---- with time ------------------------------------------------------------------------------------------- */

/* One that begins to run may have completed by now, too. */
bool dashboards_settle(struct request *rq)
{
    if (!rare_may_be(rq->db, RARE_DASHBOARDS_DUE) || !query_finds(rq->db, SQL_DASHBOARD_DUE, WITH(rq->now)))
        return true;
    if (request_as_write(rq))
        return false;
    query_change(rq->db, SQL_DASHBOARD_RUN, WITH(rq->now, (int64_t)rq->config->run_running_ms));
    query_change(rq->db, SQL_DASHBOARD_COMPLETE, WITH(rq->now, LIMIT_RUN_TITLE));
    return true;
}

/* ---- what is told ---------------------------------------------------------------------------------------- */

struct told_dashboard {
    enum value_state is;
    struct dashboard d;
};

#define S struct told_dashboard
#define OF_ROW(m, type, k, ...) FIELD_AT(S, d.m, #m, struct type, k, .column = #m, __VA_ARGS__)
static const struct field dashboard_fields[] = {
    OF_ROW(id, v_uuid, KIND_UUID, .flags = REQUIRED, .doc = "Dashboard ID"),
    OF_ROW(team_id, v_uuid, KIND_UUID, .flags = REQUIRED, .doc = "Its team"),
    OF_ROW(created_by_user_id, v_uuid, KIND_UUID, .flags = REQUIRED, .doc = "Who made it"),
    OF_ROW(title, v_text, KIND_TEXT, .flags = REQUIRED | NULLABLE,
           .doc = "The message's first 80 characters; null until it has completed"),
    OF_ROW(html_code_present, v_bool, KIND_BOOL, .flags = REQUIRED, .doc = "Whether it has been generated"),
    OF_ROW(status, v_enum, KIND_ENUM, .flags = REQUIRED, .names = statuses, .doc = "Its state"),
    OF_ROW(visibility, v_enum, KIND_ENUM, .flags = REQUIRED, .names = visibilities, .doc = "Who sees it"),
    OF_ROW(publish_permission, v_enum, KIND_ENUM, .flags = REQUIRED, .names = permissions, .doc = "What for"),
    OF_ROW(thumbnail_url, v_text, KIND_TEXT, .flags = NULLABLE, .doc = "Its picture"),
    OF_ROW(refresh_frequency, v_enum, KIND_ENUM, .flags = NULLABLE, .names = frequencies,
           .doc = "How often it is renewed"),
    OF_ROW(last_refresh_at, v_time, KIND_TIME, .flags = NULLABLE, .doc = "When it was renewed"),
    OF_ROW(next_refresh_at, v_time, KIND_TIME, .flags = NULLABLE, .doc = "When it will be"),
    OF_ROW(created_at, v_time, KIND_TIME, .flags = REQUIRED, .doc = "When it was made"),
    OF_ROW(updated_at, v_time, KIND_TIME, .flags = REQUIRED, .doc = "When it was last changed"),
};
#undef OF_ROW
#undef S
const struct spec dashboard_spec = SPEC(struct told_dashboard, "PulseDashboard", dashboard_fields);

struct dashboard_reply {
    struct told_dashboard artifact;
    struct v_bool is_creator, can_edit;
};

#define R struct dashboard_reply
static const struct field reply_fields[] = {
    FIELD_OBJECT(R, artifact, struct told_dashboard, .flags = REQUIRED, .sub = &dashboard_spec, .doc = "It"),
    FIELD_BOOL(R, is_creator, .flags = REQUIRED, .doc = "Whether the caller made it", .example = "true"),
    FIELD_BOOL(R, can_edit, .flags = REQUIRED, .doc = "Whether the caller may change it", .example = "true"),
};
#undef R
const struct spec dashboard_reply = SPEC(struct dashboard_reply, "PulseDashboardReply", reply_fields);

/* ---- finding --------------------------------------------------------------------------------------------- */

struct dashboard_path {
    struct v_uuid artifactId, connectionId;
};

#define ARTIFACT FIELD_UUID(struct dashboard_path, artifactId, .flags = REQUIRED, .doc = "Dashboard ID")
static const struct field path_fields[] = { ARTIFACT };
static const struct field connection_path_fields[] = {
    ARTIFACT, FIELD_UUID(struct dashboard_path, connectionId, .flags = REQUIRED, .doc = "Connection ID"),
};
const struct spec dashboard_path = SPEC(struct dashboard_path, "PulseDashboardPath", path_fields);
const struct spec dashboard_connection_path =
    SPEC(struct dashboard_path, "PulseDashboardConnectionPath", connection_path_fields);

/* The path's, when the caller may see it. */
static enum err find_dashboard(struct request *rq, struct told_dashboard *ret)
{
    const struct dashboard_path *path = rq->path;
    const struct param *key = WITH(&path->artifactId.v, &rq->who.team_id, &rq->who.user_id);
    const bool found = query_get(rq->db, SQL_DASHBOARD_GET, key, &dashboard_spec, rq->arena, ret);
    return found ? OK : ERR_DASHBOARD_NOT_FOUND;
}

static bool is_creator(const struct request *rq, const struct told_dashboard *dashboard)
{
    return uuid_eq(&dashboard->d.created_by_user_id.v, &rq->who.user_id);
}

/* The same of what only its creator may do; `another` is said to everybody else. */
static enum err find_own(struct request *rq, enum err another, struct told_dashboard *ret)
{
    const enum err err = find_dashboard(rq, ret);
    return err == OK && !is_creator(rq, ret) ? another : err;
}

enum err dashboards_get(struct request *rq, struct reply *rp)
{
    struct dashboard_reply *out = REQUEST_NEW(rq, struct dashboard_reply);
    rp->object = out;
    if (!dashboards_settle(rq))
        return OK;
    const enum err err = find_dashboard(rq, &out->artifact);
    if (err != OK)
        return err;
    out->artifact.is = VALUE_SET;
    out->is_creator = out->can_edit = SET_BOOL(is_creator(rq, &out->artifact));
    return OK;
}

/* ---- list ------------------------------------------------------------------------------------------------ */

struct dashboards_query {
    struct page_range page;
    struct v_enum scope;
};

static const char *const scopes[] = { "created", "shared", "team", NULL };

static const struct field query_fields[] = {
    PAGE_QUERY(struct dashboards_query, "20"),
    FIELD_ENUM(struct dashboards_query, scope, .names = scopes, .fallback = "\"created\"",
               .doc = "The caller's own, others' that the caller sees, or both"),
};
const struct spec dashboards_query = SPEC(struct dashboards_query, "PulseDashboardsQuery", query_fields);

static const struct field list_fields[] = {
    LIST_ROWS("artifacts", dashboard_spec, "The page, newest first"), LIST_PAGE(struct list, "Dashboards in all"),
};
const struct spec dashboard_list = SPEC(struct list, "PulseDashboardList", list_fields);

enum err dashboards_list(struct request *rq, struct reply *rp)
{
    const struct dashboards_query *in = rq->query;
    if (!dashboards_settle(rq))
        return OK;
    return list_page(rq, rp, &in->page, SQL_DASHBOARD_COUNT, SQL_DASHBOARD_PAGE,
                     WITH(&rq->who.team_id, &rq->who.user_id, text_of(scopes[in->scope.v])), &dashboard_spec, NULL);
}

/* ---- connections ----------------------------------------------------------------------------------------- */

static const struct field link_fields[] = {
    FIELD_UUID(struct dashboard_connection, dashboard_id, .column = "dashboard_id", .flags = REQUIRED),
    FIELD_UUID(struct dashboard_connection, connection_id, .column = "connection_id", .flags = REQUIRED),
    FIELD_TIME(struct dashboard_connection, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
};
const struct spec dashboard_connection_row =
    SPEC(struct dashboard_connection, "FixtureDashboardConnection", link_fields);

struct attached {
    struct v_uuid connection_id, integration_id, custom_integration_id;
    struct v_text type;
    struct v_time created_at;
};

#define A struct attached
static const struct field attached_fields[] = {
    FIELD_UUID(A, connection_id, .column = "k.connection_id", .flags = REQUIRED, .doc = "Connection ID"),
    FIELD_UUID(A, integration_id,
               .column = "(SELECT i.id FROM integrations i WHERE i.space = ?1 AND i.type = c.type"
                         " AND c.custom_integration_id IS NULL ORDER BY i.seq LIMIT 1)",
               .flags = REQUIRED | NULLABLE | DERIVED, .doc = "The catalog's integration"),
    FIELD_UUID(A, custom_integration_id, .column = "c.custom_integration_id", .flags = REQUIRED | NULLABLE,
               .doc = "The team's custom integration"),
    FIELD_TEXT(A, type, .column = "c.type", .flags = REQUIRED, .doc = "Integration type", .example = "\"gmail\""),
    FIELD_TIME(A, created_at, .column = "k.created_at", .flags = REQUIRED, .doc = "When it was attached"),
};
#undef A
const struct spec dashboard_connection_spec = SPEC(struct attached, "PulseDashboardConnection", attached_fields);

static const struct field attached_list_fields[] = {
    LIST_ROWS("connections", dashboard_connection_spec, "In order of attachment"),
};
const struct spec dashboard_connection_list = SPEC(struct list, "PulseDashboardConnectionList", attached_list_fields);

enum err dashboard_connections_list(struct request *rq, struct reply *rp)
{
    const struct dashboard_path *path = rq->path;
    struct told_dashboard dashboard = { .is = VALUE_ABSENT };
    const enum err err = find_own(rq, ERR_DASHBOARD_NOT_FOUND, &dashboard);
    if (err != OK)
        return err;
    return list_all(rq, rp, SQL_DASHBOARD_CONNECTIONS, WITH(&path->artifactId.v), &dashboard_connection_spec);
}

static bool is_attached(struct request *rq, const struct dashboard_connection *one)
{
    return query_finds(rq->db, SQL_FIND_DASHBOARD_CONNECTION, WITH(one->dashboard_id, one->connection_id));
}

static bool attach(struct request *rq, const struct uuid *dashboard_id, const struct uuid *connection_id)
{
    const struct dashboard_connection one = { SET_UUID(*dashboard_id), SET_UUID(*connection_id), SET_TIME(rq->now) };
    return query_insert(rq->db, SQL_DASHBOARD_CONNECTION_INSERT, &dashboard_connection_row, &one, NULL);
}

struct attach_body {
    struct v_uuid connection_id;
};

static const struct field attach_fields[] = {
    FIELD_UUID(struct attach_body, connection_id, .flags = REQUIRED, .doc = "A connection visible to the caller"),
};
const struct spec dashboard_attach = SPEC(struct attach_body, "AttachPulseDashboardConnection", attach_fields);

enum err dashboard_connections_attach(struct request *rq, struct reply *rp)
{
    const struct dashboard_path *path = rq->path;
    const struct attach_body *in = rq->input;
    struct told_dashboard dashboard = { .is = VALUE_ABSENT };
    struct connection c = { .id = { .is = VALUE_ABSENT } };
    const struct dashboard_connection one = { .dashboard_id = path->artifactId, .connection_id = in->connection_id };
    enum err err = find_own(rq, ERR_DASHBOARD_OF_ANOTHER, &dashboard);
    if (err == OK)
        err = connection_get(rq, &in->connection_id.v, &c);
    if (err != OK)
        return err;
    if (is_attached(rq, &one))
        return ERR_DASHBOARD_HAS_CONNECTION;
    if (query_number(rq->db, SQL_DASHBOARD_CONNECTION_COUNT, WITH(one.dashboard_id)) >= LIMIT_DASHBOARD_CONNECTIONS)
        return ERR_DASHBOARD_FULL;
    rp->object = success(rq, true);
    return attach(rq, &one.dashboard_id.v, &c.id.v) ? OK : ERR_INTERNAL;
}

/* Also of a connection that is not shared with its creator any more. */
enum err dashboard_connections_detach(struct request *rq, struct reply *rp)
{
    const struct dashboard_path *path = rq->path;
    struct told_dashboard dashboard = { .is = VALUE_ABSENT };
    const struct dashboard_connection one = { .dashboard_id = path->artifactId, .connection_id = path->connectionId };
    const enum err err = find_own(rq, ERR_DASHBOARD_NOT_FOUND, &dashboard);
    if (err != OK)
        return err;
    if (!is_attached(rq, &one))
        return ERR_DASHBOARD_LACKS_CONNECTION;
    query_change(rq->db, SQL_DASHBOARD_CONNECTION_DELETE, WITH(one.dashboard_id, one.connection_id));
    rp->object = success(rq, true);
    return OK;
}

/* ---- make ------------------------------------------------------------------------------------------------ */

struct create_body {
    struct v_text message;
    struct v_uuids connection_ids;
};

static const struct field create_fields[] = {
    FIELD_TEXT(struct create_body, message, .flags = REQUIRED, .min = 1, .max = LIMIT_DASHBOARD_MESSAGE,
               .doc = "What it is to show", .example = "\"Mail of this week by sender\""),
    FIELD_UUIDS(struct create_body, connection_ids, .max = LIMIT_DASHBOARD_FIRST_CONNECTIONS,
                .doc = "Connections visible to the caller that it may use"),
};
const struct spec dashboard_create = SPEC(struct create_body, "CreatePulseDashboard", create_fields);

/* An element of the page that a message is about; there is none in the first. */
struct selected_element {
    enum value_state is;
    struct v_text selector, label, tag_name, text, outer_html;
};

#define E struct selected_element
static const struct field element_fields[] = {
    FIELD_TEXT(E, selector, .flags = REQUIRED, .min = 1, .max = 2000, .example = "\"h1\""),
    FIELD_TEXT(E, label, .flags = REQUIRED, .min = 1, .max = 200, .example = "\"Title\""),
    FIELD_TEXT(E, tag_name, .flags = REQUIRED, .min = 1, .max = 50, .example = "\"h1\""),
    FIELD_TEXT(E, text, .max = 500),
    FIELD_TEXT(E, outer_html, .flags = REQUIRED, .min = 1, .max = 4000, .example = "\"<h1></h1>\""),
};
#undef E
static const struct spec selected_element = SPEC(struct selected_element, "SelectedElement", element_fields);

static const char *const roles[] = { "user", "assistant", NULL };

struct user_message {
    enum value_state is;
    struct v_uuid id, artifact_id, author_user_id;
    struct v_enum role;
    struct v_text content;
    struct v_time created_at;
    struct v_uuid revision_id;
    struct v_json message;
    struct selected_element selected_element;
};

#define M struct user_message
static const struct field message_fields[] = {
    FIELD_UUID(M, id, .flags = REQUIRED, .doc = "Message ID"),
    FIELD_UUID(M, artifact_id, .flags = REQUIRED, .doc = "Its dashboard"),
    FIELD_UUID(M, author_user_id, .flags = NULLABLE, .doc = "The caller"),
    FIELD_ENUM(M, role, .flags = REQUIRED, .names = roles, .doc = "Who says it"),
    FIELD_TEXT(M, content, .flags = REQUIRED, .doc = "What was sent", .example = "\"Mail of this week by sender\""),
    FIELD_TIME(M, created_at, .flags = REQUIRED, .doc = "When"),
    FIELD_UUID(M, revision_id, .flags = NULLABLE, .doc = "Null: none was made by it yet"),
    FIELD_JSON(M, message, .flags = NULLABLE, .doc = "Not sent by the mock"),
    FIELD_OBJECT(M, selected_element, struct selected_element, .flags = NULLABLE, .sub = &selected_element,
                 .doc = "Null: it is about the whole"),
};
#undef M
static const struct spec user_message = SPEC(struct user_message, "PulseDashboardMessage", message_fields);

struct created {
    struct v_uuid artifact_id;
    struct user_message user_message;
};

static const struct field created_fields[] = {
    FIELD_UUID(struct created, artifact_id, .flags = REQUIRED, .doc = "Dashboard ID"),
    FIELD_OBJECT(struct created, user_message, struct user_message, .flags = REQUIRED, .sub = &user_message,
                 .doc = "What asked for it"),
};
const struct spec dashboard_created = SPEC(struct created, "PulseDashboardCreated", created_fields);

/* Every unknown one is named. */
static enum err check_connections(struct request *rq, const struct v_uuids *ids)
{
    struct problems problems = problems_new(rq->arena, false, T(", "));
    for (size_t i = 0; i < ids->n; i++) {
        struct connection c = { .id = { .is = VALUE_ABSENT } };
        if (connection_get(rq, &ids->v[i], &c) != OK)
            problem_add(&problems, text_format(rq->arena, "body/connection_ids/%zu", i), "Connection not found");
    }
    if (!problems.count)
        return OK;
    rq->message = problems_text(&problems);
    return ERR_INVALID;
}

static const void *tell_created(struct request *rq, const struct dashboard *dashboard)
{
    struct created *out = REQUEST_NEW(rq, struct created);
    out->artifact_id = dashboard->id;
    out->user_message = (struct user_message){
        .is = VALUE_SET,
        .id = SET_UUID(id_new(rq, "dashboard_message")),
        .artifact_id = dashboard->id,
        .author_user_id = dashboard->created_by_user_id,
        .content = dashboard->message,
        .role = { VALUE_SET, 0 },
        .created_at = dashboard->created_at,
        .revision_id = { .is = VALUE_NULL },
        .selected_element = { .is = VALUE_NULL },
    };
    return out;
}

enum err dashboards_create(struct request *rq, struct reply *rp)
{
    const struct create_body *in = rq->input;
    const enum err err = check_connections(rq, &in->connection_ids);
    if (err != OK)
        return err;
    const struct dashboard dashboard = {
        .id = SET_UUID(id_new(rq, "dashboard")),
        .team_id = SET_UUID(rq->who.team_id),
        .created_by_user_id = SET_UUID(rq->who.user_id),
        .message = in->message,
        .html_code_present = SET_BOOL(false),
        .status = { VALUE_SET, DASHBOARD_PENDING },
        .visibility = { VALUE_SET, VISIBILITY_PRIVATE },
        .publish_permission = { VALUE_SET, PERMISSION_VIEW },
        .due_at = SET_TIME(rq->now + rq->config->run_pending_ms),
        .created_at = SET_TIME(rq->now),
        .updated_at = SET_TIME(rq->now),
    };
    if (!dashboard_insert(rq->db, &dashboard))
        return ERR_INTERNAL;
    for (size_t i = 0; i < in->connection_ids.n; i++)
        attach(rq, &dashboard.id.v, &in->connection_ids.v[i]); /* one that is named twice once */
    rp->object = tell_created(rq, &dashboard);
    return OK;
}

/* ---- delete ---------------------------------------------------------------------------------------------- */

enum err dashboards_delete(struct request *rq, struct reply *rp)
{
    const struct dashboard_path *path = rq->path;
    struct told_dashboard dashboard = { .is = VALUE_ABSENT };
    const enum err err = find_own(rq, ERR_DASHBOARD_OF_ANOTHER, &dashboard);
    if (err != OK)
        return err;
    query_change(rq->db, SQL_DASHBOARD_DELETE, WITH(&path->artifactId.v));
    rp->object = success(rq, true);
    return OK;
}
