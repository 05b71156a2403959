#include "api/organizations.h"

#include "api/common.h"
#include "api/handlers.h"
#include "api/run_moves.h"
#include "space/ids.h"

#include <string.h>

const char *const discovery_modes[] = { "request", "auto", NULL };
const char *const organization_roles[] = { "owner", "admin", "executive", "member", NULL };

/* ---- the caller's ---------------------------------------------------------------------------------------- */

struct organization_told {
    enum value_state is;
    struct v_uuid id;
    struct v_text name, discoveryMode;
    struct v_time createdAt;
};

#define O struct organization_told
static const struct field organization_fields[] = {
    FIELD_UUID(O, id, .column = "o.id", .flags = REQUIRED, .doc = "Organization ID"),
    FIELD_TEXT(O, name, .column = "o.name", .flags = REQUIRED, .doc = "Name", .example = "\"Acme Corporation\""),
    FIELD_TEXT(O, discoveryMode, .column = "o.discovery_mode", .flags = REQUIRED, .doc = "Discovery mode",
               .example = "\"request\""),
    FIELD_TIME(O, createdAt, .column = "o.created_at", .flags = REQUIRED, .doc = "When it was made"),
};
#undef O
const struct spec organization_spec = SPEC(struct organization_told, "Organization", organization_fields);

struct membership {
    struct organization_told organization;
    struct v_text role;
    struct v_int memberCount;
};

/* As rows of the organization say. Whoever is in one of its teams besides them is a member; and in an organization
 * without rows the owners of its teams are its owners. */
#define IN_A_TEAM(and)                                                                                                 \
    "EXISTS (SELECT 1 FROM teams t CROSS JOIN members m ON m.space = ?1 AND m.team_id = t.id AND m.user_id = ?2"       \
    " WHERE t.space = ?1 AND t.organization_id = o.id" and ")"
#define ROWS "FROM organization_members n WHERE n.space = ?1 AND n.organization_id = o.id"
static const struct field role_fields[] = {
    FIELD_TEXT(struct membership, role, .flags = NULLABLE | DERIVED,
               .column = "coalesce((SELECT n.role " ROWS " AND n.user_id = ?2),"
                         " CASE WHEN NOT EXISTS (SELECT 1 " ROWS ") AND " IN_A_TEAM(" AND m.role = 'owner'")
                         " THEN 'owner' WHEN " IN_A_TEAM("") " THEN 'member' END)"),
};
#undef ROWS
#undef IN_A_TEAM
const struct spec organization_role_spec = SPEC(struct membership, "OrganizationRole", role_fields);

#define M struct membership
static const struct field membership_fields[] = {
    FIELD_OBJECT(M, organization, struct organization_told, .flags = REQUIRED, .sub = &organization_spec,
                 .doc = "The organization"),
    FIELD_TEXT(M, role, .flags = REQUIRED, .example = "\"owner\"",
               .doc = "The caller's role in it: owner, admin, executive or member"),
    FIELD_INT(M, memberCount, .flags = REQUIRED, .doc = "People in it", .example = "4"),
};
#undef M
static const struct spec membership_spec = SPEC(struct membership, "OrganizationMembership", membership_fields);

static const struct field mine_fields[] = { LIST_ROWS("memberships", membership_spec, "By name") };
const struct spec organization_list = SPEC(struct list, "OrganizationList", mine_fields);

/* A person is in as many as they have teams, at most. */
enum { ROOM_FIRST = 8 };

static void read_membership(struct request *rq, const struct query *q, struct membership *ret)
{
    ret->role = SET_TEXT(text_copy(rq->arena, col_text(q, 0)));
    ret->memberCount = SET_INT(col_int(q, 1));
    col_row(q, 2, &organization_spec, rq->arena, &ret->organization);
    ret->organization.is = VALUE_SET;
}

enum err organizations_mine(struct request *rq, struct reply *rp)
{
    struct list *out = REQUEST_NEW(rq, struct list);
    size_t n = 0, room = ROOM_FIRST;
    struct membership *rows = ARENA_ARRAY(rq->arena, room, struct membership);
    QUERY q = query_with(rq->db, SQL_ORGANIZATION_MINE, WITH(&rq->who.user_id));
    for (; query_row(&q); n++) {
        if (n == room) {
            struct membership *more = ARENA_ARRAY(rq->arena, room *= 2, struct membership);
            memcpy(more, rows, n * sizeof *rows);
            rows = more;
        }
        read_membership(rq, &q, &rows[n]);
    }
    out->rows = SET_ROWS(n, rows);
    rp->object = out;
    return OK;
}

/* ---- teams of one ---------------------------------------------------------------------------------------- */

struct organization_path {
    struct v_uuid orgId;
};

static const struct field path_fields[] = {
    FIELD_UUID(struct organization_path, orgId, .flags = REQUIRED, .doc = "Organization ID"),
};
const struct spec organization_path = SPEC(struct organization_path, "OrganizationPath", path_fields);

/* The caller's role in the path's. */
static enum err find_role(struct request *rq, enum organization_role *ret)
{
    const struct organization_path *path = rq->path;
    QUERY q = query_with(rq->db, SQL_ORGANIZATION_ROLE, WITH(&rq->who.user_id, &path->orgId.v));
    if (!query_row(&q))
        return ERR_ORGANIZATION_NOT_FOUND;
    if (col_is_null(&q, 0))
        return ERR_OTHER_ORGANIZATION;
    *ret = (enum organization_role)text_index(col_text(&q, 0), organization_roles);
    return OK;
}

enum err organizations_may_see(struct request *rq)
{
    enum organization_role role;
    const enum err err = find_role(rq, &role);
    return err == ERR_ORGANIZATION_NOT_FOUND ? OK : err;
}

enum err organizations_may_add(struct request *rq)
{
    enum organization_role role;
    const enum err err = find_role(rq, &role);
    if (err == OK)
        return role == ORGANIZATION_MEMBER ? ERR_ORGANIZATION_ROLE_TOO_LOW : OK;
    return err == ERR_ORGANIZATION_NOT_FOUND ? OK : err;
}

struct organization_team {
    struct v_uuid id;
    struct v_text name;
    struct v_time createdAt;
    struct v_enum discoveryMode;
    struct v_int memberCount, pendingInvitationCount, pendingJoinRequestCount;
    struct v_bool userIsMember;
    struct v_text userRole;
    struct v_bool userHasPendingJoinRequest;
    struct v_int assignmentCount, jobCount, scheduledJobCount;
};

#define T_ struct organization_team
#define COUNT_OF(table, and) "(SELECT count(*) FROM " table " c WHERE c.space = ?1 AND " and ")"
#define NUMBER(m, what, expression) FIELD_INT(T_, m, .column = expression, .flags = REQUIRED | DERIVED, .doc = (what))
static const struct field team_fields[] = {
    FIELD_UUID(T_, id, .column = "t.id", .flags = REQUIRED, .doc = "Team"),
    FIELD_TEXT(T_, name, .column = "t.name", .flags = REQUIRED, .doc = "Name", .example = "\"Acme\""),
    FIELD_TIME(T_, createdAt, .column = "t.created_at", .flags = REQUIRED, .doc = "When it was made"),
    FIELD_ENUM(T_, discoveryMode, .column = "t.discovery_mode", .flags = REQUIRED, .names = discovery_modes,
               .doc = "Whether others ask to join it, or join"),
    NUMBER(memberCount, "People in it", COUNT_OF("members", "c.team_id = t.id")),
    NUMBER(pendingInvitationCount, "Invitations: the mock has none", "0"),
    NUMBER(pendingJoinRequestCount, "Requests to join: the mock has none", "0"),
    FIELD_BOOL(T_, userIsMember, .column = "m.role IS NOT NULL", .flags = REQUIRED | DERIVED,
               .doc = "Whether the caller is in it", .example = "true"),
    FIELD_TEXT(T_, userRole, .column = "m.role", .flags = REQUIRED | NULLABLE, .doc = "Role of the caller in it",
               .example = "\"owner\""),
    FIELD_BOOL(T_, userHasPendingJoinRequest, .column = "0", .flags = REQUIRED | DERIVED,
               .doc = "Whether the caller has asked to join: the mock has no requests"),
    NUMBER(assignmentCount, "Agents", COUNT_OF("agents", "c.team_id = t.id")),
    NUMBER(jobCount, "Runs", COUNT_OF("runs", "c.team_id = t.id")),
    NUMBER(scheduledJobCount, "Active schedules",
           COUNT_OF("schedules", "c.enabled AND c.agent_id IN"
                    " (SELECT a.id FROM agents a WHERE a.space = ?1 AND a.team_id = t.id)")),
};
#undef NUMBER
#undef COUNT_OF
#undef T_
const struct spec organization_team_spec = SPEC(struct organization_team, "OrganizationTeam", team_fields);

struct teams_query {
    struct page_range page;
};

static const struct field query_fields[] = { PAGE_QUERY(struct teams_query, "50") };
const struct spec organization_teams_query = SPEC(struct teams_query, "OrganizationTeamsQuery", query_fields);

static const struct field teams_fields[] = {
    LIST_ROWS("teams", organization_team_spec, "The page, by name"),
    FIELD_INT(struct list, total, .flags = REQUIRED, .doc = "Teams in all", .example = "2"),
};
const struct spec organization_team_list = SPEC(struct list, "OrganizationTeamList", teams_fields);

enum err organization_teams(struct request *rq, struct reply *rp)
{
    const struct organization_path *path = rq->path;
    const struct teams_query *in = rq->query;
    enum organization_role role;
    if (!runs_settle(rq))
        return OK;
    const enum err err = find_role(rq, &role);
    if (err != OK)
        return err;
    return list_page(rq, rp, &in->page, SQL_ORG_TEAM_COUNT, SQL_ORG_TEAM_PAGE,
                     WITH(&rq->who.user_id, &path->orgId.v), &organization_team_spec, NULL);
}

/* ---- a new one ------------------------------------------------------------------------------------------- */

struct team_body {
    struct v_text name;
};

static const struct field create_fields[] = {
    FIELD_TEXT(struct team_body, name, .flags = REQUIRED, .min = 1, .max = NO_MAX, .doc = "Name",
               .example = "\"Acme Field\""),
};
const struct spec organization_team_create = SPEC(struct team_body, "CreateTeam", create_fields);

struct made_team {
    struct v_uuid id;
    struct v_text name;
};

static const struct field made_fields[] = {
    FIELD_UUID(struct made_team, id, .flags = REQUIRED, .doc = "Team"),
    FIELD_TEXT(struct made_team, name, .flags = REQUIRED, .doc = "Name", .example = "\"Acme Field\""),
};
const struct spec organization_team_made = SPEC(struct made_team, "TeamCreated", made_fields);

/* Who makes a team is its owner. Two of one name are as good as others: their ids tell them apart. */
enum err organization_teams_create(struct request *rq, struct reply *rp)
{
    const struct organization_path *path = rq->path;
    const struct team_body *in = rq->input;
    struct made_team *out = REQUEST_NEW(rq, struct made_team);
    enum organization_role role;
    const enum err err = find_role(rq, &role);
    if (err != OK)
        return err;
    *out = (struct made_team){ SET_UUID(id_new(rq, "team")), in->name };
    if (!query_insert(rq->db, SQL_ORG_TEAM_INSERT, NULL, NULL,
                      WITH(out->id, out->name, path->orgId, text_of(discovery_modes[DISCOVERY_REQUEST]), rq->now)))
        return ERR_INTERNAL;
    query_change(rq->db, SQL_MEMBER_ADD, WITH(out->id, &rq->who.user_id, text_of(role_names[ROLE_OWNER])));
    rp->object = out;
    return OK;
}
