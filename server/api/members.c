/* Members: who is in a team. */
#include "api/handlers.h"
#include "api/page.h"
#include "base/limit.h"
#include "store/query.h"

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
    struct v_int limit, offset;
    struct v_text search;
};

#define Q struct members_query
static const struct field query_fields[] = {
    PAGE_QUERY(Q, "50"),
    FIELD_TEXT(Q, search, .flags = ONLY_V2, .min = 1, .max = LIMIT_SEARCH,
               .doc = "Only those whose name or e-mail address contains it; ASCII letters in either case",
               .example = "\"olivia\""),
};
#undef Q
const struct spec members_query = SPEC(struct members_query, "MembersQuery", query_fields);

struct member_list {
    struct v_rows members;
    struct v_int total, limit, offset;
};

#define L struct member_list
static const struct field list_fields[] = {
    FIELD_ROWS(L, members, .flags = REQUIRED, .sub = &member_item_spec, .doc = "The page, by name"),
    PAGE_TOLD(L, "Members in all"),
};
#undef L
const struct spec member_list = SPEC(struct member_list, "MemberList", list_fields);

/* The team (the router has compared it with the path) and what to search for, or null. */
static void bind_list(struct query *q, const struct request *rq, struct v_text search)
{
    bind_uuid(q, &rq->who.team_id);
    bind_v_text(q, search);
}

static int64_t count(const struct request *rq, struct v_text search)
{
    QUERY q = query(rq->db, SQL_MEMBER_COUNT);
    bind_list(&q, rq, search);
    return query_row(&q) ? col_int(&q, 0) : 0;
}

static struct v_rows read_page(const struct request *rq, const struct members_query *in, struct v_text search,
                               int64_t total)
{
    const size_t room = page_rows(in->limit, in->offset, total);
    struct member_item *rows = ARENA_ARRAY(rq->arena, room, struct member_item);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_MEMBER_PAGE);
    bind_list(&q, rq, search);
    bind_int(&q, in->limit.v);
    bind_int(&q, in->offset.v);
    while (n < room && query_row(&q))
        col_row(&q, 0, &member_item_spec, rq->arena, &rows[n++]);
    return SET_ROWS(n, rows);
}

enum err members_list(struct request *rq, struct reply *rp)
{
    const struct members_query *in = rq->query;
    struct member_list *out = REQUEST_NEW(rq, struct member_list);
    struct v_text search = in->search;
    if (search.is == VALUE_SET)
        search.v = text_lower(rq->arena, search.v);
    const int64_t total = count(rq, search);
    *out = (struct member_list){ read_page(rq, in, search, total), SET_INT(total), in->limit, in->offset };
    rp->object = out;
    return OK;
}
