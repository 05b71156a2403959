/* Profile, teams and their members: what clients ask first, to know on whose behalf and in which team they work. */
#include "api/common.h"
#include "api/handlers.h"
#include "base/limit.h"

/* ---- profile ------------------------------------------------------------------------------------------- */

struct profile {
    enum value_state is;
    struct v_uuid id;
    struct v_text name, email;
    struct v_uuid teamId;
};

static const struct field profile_fields[] = {
    FIELD_UUID(struct profile, id, .column = "p.id", .flags = REQUIRED, .doc = "Person"),
    FIELD_TEXT(struct profile, name, .column = "p.name", .flags = REQUIRED | NULLABLE, .doc = "Name",
               .example = "\"Olivia Owner\""),
    FIELD_TEXT(struct profile, email, .column = "p.email", .flags = REQUIRED, .doc = "E-mail address",
               .example = "\"olivia@acme.example\""),
    FIELD_UUID(struct profile, teamId, .flags = REQUIRED | NULLABLE, .doc = "The key's team"),
};
const struct spec profile_spec = SPEC(struct profile, "Profile", profile_fields);

struct profile_reply {
    struct profile profile;
};

static const struct field profile_reply_fields[] = {
    FIELD_OBJECT(struct profile_reply, profile, struct profile, .flags = REQUIRED, .sub = &profile_spec,
                 .doc = "The caller"),
};
const struct spec profile_reply = SPEC(struct profile_reply, "ProfileReply", profile_reply_fields);

enum err profile_get(struct request *rq, struct reply *rp)
{
    struct profile_reply *out = REQUEST_NEW(rq, struct profile_reply);
    if (!query_get(rq->db, SQL_PROFILE_GET, WITH(&rq->who.user_id), &profile_spec, rq->arena, &out->profile))
        return ERR_PROFILE_NOT_FOUND;
    out->profile.teamId = SET_UUID(rq->who.team_id);
    out->profile.is = VALUE_SET;
    rp->object = out;
    return OK;
}

/* ---- teams --------------------------------------------------------------------------------------------- */

struct team_row {
    enum value_state is;
    struct v_uuid id;
    struct v_text name;
    struct v_time created_at;
    struct v_uuid organization_id;
    struct v_text slack_team_id, discovery_mode;
};

static const struct field team_fields[] = {
    FIELD_UUID(struct team_row, id, .column = "id", .flags = REQUIRED, .doc = "Team"),
    FIELD_TEXT(struct team_row, name, .column = "name", .flags = REQUIRED, .doc = "Name", .example = "\"Acme\""),
    FIELD_TIME(struct team_row, created_at, .column = "created_at", .flags = REQUIRED, .doc = "When it was made"),
    FIELD_UUID(struct team_row, organization_id, .column = "organization_id", .flags = REQUIRED | NULLABLE,
               .doc = "Its organization"),
    FIELD_TEXT(struct team_row, slack_team_id, .column = "slack_team_id", .flags = REQUIRED | NULLABLE,
               .doc = "Its Slack workspace"),
    FIELD_TEXT(struct team_row, discovery_mode, .column = "discovery_mode", .flags = REQUIRED, .doc = "Discovery mode",
               .example = "\"request\""),
};
const struct spec team_spec = SPEC(struct team_row, "Team", team_fields);

struct team_path {
    struct v_uuid teamId;
};

static const struct field team_path_fields[] = {
    FIELD_UUID(struct team_path, teamId, .flags = REQUIRED, .doc = "Team ID"),
};
const struct spec team_path = SPEC(struct team_path, "TeamPath", team_path_fields);

/* Collections take the team's id as any string; what is no id is no team of the caller's. */
struct any_team_path {
    struct v_text teamId;
};

static const struct field any_team_path_fields[] = {
    FIELD_TEXT(struct any_team_path, teamId, .flags = REQUIRED, .doc = "Team ID",
               .example = "\"6f1d2c3b-2222-4aaa-8bbb-000000000002\""),
};
const struct spec any_team_path = SPEC(struct any_team_path, "AnyTeamPath", any_team_path_fields);

struct team_reply {
    struct team_row team;
};

static const struct field team_reply_fields[] = {
    FIELD_OBJECT(struct team_reply, team, struct team_row, .flags = REQUIRED, .sub = &team_spec, .doc = "The team"),
};
const struct spec team_reply = SPEC(struct team_reply, "TeamReply", team_reply_fields);

enum err teams_get(struct request *rq, struct reply *rp)
{
    struct team_reply *out = REQUEST_NEW(rq, struct team_reply);
    const struct param *key = WITH(&rq->who.team_id); /* the router has compared it with the path */
    if (!query_get(rq->db, SQL_TEAM_GET, key, &team_spec, rq->arena, &out->team))
        return ERR_TEAM_NOT_FOUND;
    out->team.is = VALUE_SET;
    rp->object = out;
    return OK;
}

struct team_item {
    struct v_uuid id;
    struct v_text name;
    struct v_uuid organization_id;
};

static const struct field team_item_fields[] = {
    FIELD_UUID(struct team_item, id, .column = "t.id", .flags = REQUIRED, .doc = "Team"),
    FIELD_TEXT(struct team_item, name, .column = "t.name", .flags = REQUIRED, .doc = "Name", .example = "\"Acme\""),
    FIELD_UUID(struct team_item, organization_id, .column = "t.organization_id", .flags = REQUIRED | NULLABLE,
               .doc = "Its organization"),
};
const struct spec team_item_spec = SPEC(struct team_item, "TeamListItem", team_item_fields);

static const struct field team_list_fields[] = { LIST_ROWS("teams", team_item_spec, "Teams") };
const struct spec team_list = SPEC(struct list, "TeamList", team_list_fields);

/* A key belongs to one team, so there is one at the most. */
enum err teams_list(struct request *rq, struct reply *rp)
{
    return list_all(rq, rp, SQL_TEAM_OF_KEY, WITH(&rq->who.team_id), &team_item_spec);
}

/* ---- members ------------------------------------------------------------------------------------------- */

struct member_item {
    struct v_uuid id;
    struct v_text name, email;
    struct v_enum role;
    struct v_bool inheritedFromOrg;
};

#define M struct member_item
static const struct field member_fields[] = {
    FIELD_UUID(M, id, .column = "p.id", .flags = REQUIRED, .doc = "Person"),
    FIELD_TEXT(M, name, .column = "p.name", .flags = REQUIRED | NULLABLE, .doc = "Name",
               .example = "\"Olivia Owner\""),
    FIELD_TEXT(M, email, .column = "p.email", .flags = REQUIRED, .doc = "E-mail address",
               .example = "\"olivia@acme.example\""),
    FIELD_ENUM(M, role, .column = "m.role", .flags = REQUIRED, .names = role_names, .doc = "Role in the team",
               .example = "\"owner\""),
    FIELD_BOOL(M, inheritedFromOrg, .column = "0", .flags = REQUIRED | DERIVED,
               .doc = "Whether the role comes from the organization: here each is the team's own"),
};
#undef M
const struct spec member_item_spec = SPEC(struct member_item, "Member", member_fields);

struct members_query {
    struct page_range page;
    struct v_text search;
};

#define Q struct members_query
static const struct field query_fields[] = {
    PAGE_QUERY(Q, "50"),
    FIELD_TEXT(Q, search, .flags = ONLY_V2, .min = 1, .max = LIMIT_SEARCH,
               .doc = "Part of a name or e-mail address, in either case (ASCII)",
               .example = "\"olivia\""),
};
#undef Q
const struct spec members_query = SPEC(struct members_query, "MembersQuery", query_fields);

static const struct field member_list_fields[] = {
    LIST_ROWS("members", member_item_spec, "The page, by name"),
    LIST_PAGE(struct list, "Members in all"),
};
const struct spec member_list = SPEC(struct list, "MemberList", member_list_fields);

/* Of the key's team, with which the router has compared the path. */
enum err members_list(struct request *rq, struct reply *rp)
{
    const struct members_query *in = rq->query;
    struct v_text search = in->search;
    if (search.is == VALUE_SET)
        search.v = text_lower(rq->arena, search.v);
    return list_page(rq, rp, &in->page, SQL_MEMBER_COUNT, SQL_MEMBER_PAGE, WITH(&rq->who.team_id, search),
                     &member_item_spec, NULL);
}
