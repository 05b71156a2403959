#include "api/logins.h"

#include "api/common.h"
#include "api/handlers.h"
#include "base/clock.h"
#include "base/kept.h"
#include "base/limit.h"
#include "space/ids.h"

/* ---- what is stored -------------------------------------------------------------------------------------- */

static const char *check_kept(struct text text)
{
    struct kept kept;
    const char *why = kept_read_value(text, &kept);
    return why || kept.kind == KEPT_VALUE ? why : "Invalid value: expected s1:SALT:HASH, as an export has it";
}

/* What is kept of a value, as text. */
#define KEPT_COLUMN(name)                                                                                              \
    "iif(" name "_hash IS NULL, NULL, 's1:' || lower(hex(" name "_salt)) || ':' || lower(hex(" name "_hash)))"
#define KEPT(F, m, name)                                                                                               \
    F(m, v_text, KIND_TEXT, KEPT_COLUMN(name), .flags = DERIVED, .min = KEPT_TEXT_MIN,                                 \
      .max = KEPT_VALUE_TEXT_MAX, .check = check_kept, .doc = "In the place of " name ": what is kept of it",          \
      .example = "\"s1:00112233445566778899aabbccddeeff:"                                                              \
                 "734cf585574d7584bc4b910da65a8bb15c29e7af127ab8e6e17fced1df181d5b\"")
#define ROW_FIELDS(F)                                                                                                  \
    F(id, v_uuid, KIND_UUID, "id", .flags = REQUIRED),                                                                 \
    F(team_id, v_uuid, KIND_UUID, "team_id", .flags = REQUIRED),                                                       \
    F(user_id, v_uuid, KIND_UUID, "user_id", .flags = NULLABLE, .doc = "Null: shared with the team"),                  \
    F(domain, v_text, KIND_TEXT, "domain", .flags = REQUIRED, .min = 1, .max = NO_MAX),                                \
    F(username, v_text, KIND_TEXT, "username", .flags = NULLABLE, .min = 1, .max = NO_MAX),                            \
    F(created_at, v_time, KIND_TIME, "created_at", .fallback = FIRST_INSTANT),                                         \
    F(updated_at, v_time, KIND_TIME, "updated_at", .doc = UPDATED_DOC),                                                \
    KEPT(F, password_hash, "password"), KEPT(F, otp_secret_hash, "otp_secret")
#define STORED(m, type, k, of, ...) FIELD_AT(struct login, m, #m, struct type, k, .column = of, __VA_ARGS__)
#define SEEDED(m, type, k, of, ...) FIELD_AT(struct seeded_login, l.m, #m, struct type, k, .column = of, __VA_ARGS__)

static const struct field row_fields[] = { ROW_FIELDS(STORED) };
const struct spec login_row = SPEC(struct login, "StoredLogin", row_fields);

static const struct field seeded_fields[] = {
    ROW_FIELDS(SEEDED),
    FIELD_SECRET(struct seeded_login, password, .min = 1, .max = NO_MAX),
    FIELD_SECRET(struct seeded_login, otp_secret, .min = 1, .max = NO_MAX, .doc = "Seed of one-time passwords"),
};

static const char *check_seeded(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct seeded_login *seeded = object;
    const bool password = seeded->password.is == VALUE_SET, otp = seeded->otp_secret.is == VALUE_SET;
    const bool kept_password = seeded->l.password_hash.is == VALUE_SET;
    const bool kept_otp = seeded->l.otp_secret_hash.is == VALUE_SET;
    (void)arena;
    *ret_path = T("password");
    if (!password && !otp && !kept_password && !kept_otp)
        return "Expected password or otp_secret";
    if (password && kept_password)
        return "Expected either password or password_hash";
    *ret_path = T("otp_secret");
    return otp && kept_otp ? "Expected either otp_secret or otp_secret_hash" : NULL;
}

const struct spec fixture_login =
    SPEC_WITH(struct seeded_login, "FixtureLogin", seeded_fields, .check = check_seeded);

/* NULL: nothing is kept. */
static const struct kept *read_kept(struct v_text text, struct kept *ret)
{
    return text.is == VALUE_SET && !kept_read_value(text.v, ret) ? ret : NULL;
}

static struct v_text keep(struct arena *arena, const struct uuid *id, struct text name, struct secret value)
{
    const struct kept kept = kept_value(id, name, value);
    return SET_TEXT(kept_text(arena, &kept));
}

bool login_value_equal(struct db *db, struct v_text text, struct secret value)
{
    struct kept kept;
    return read_kept(text, &kept) && kept_matches(&kept, store_key_of(db), value);
}

struct login login_of_seeded(struct arena *arena, const struct seeded_login *seeded)
{
    struct login login = seeded->l;
    if (seeded->password.is == VALUE_SET)
        login.password_hash = keep(arena, &login.id.v, T("password"), seeded->password.v);
    if (seeded->otp_secret.is == VALUE_SET)
        login.otp_secret_hash = keep(arena, &login.id.v, T("otp_secret"), seeded->otp_secret.v);
    return login;
}

bool login_insert(struct db *db, const struct login *login)
{
    struct kept password, otp;
    return query_insert(db, SQL_LOGIN_INSERT, &login_row, login,
                        WITH(read_kept(login->password_hash, &password), read_kept(login->otp_secret_hash, &otp),
                             clock_ticket()));
}

static void save_login(struct request *rq, const struct login *login)
{
    struct kept password, otp;
    query_store(rq->db, SQL_LOGIN_UPDATE, &login_row, login,
                WITH(read_kept(login->password_hash, &password), read_kept(login->otp_secret_hash, &otp)));
}

/* ---- what is told ---------------------------------------------------------------------------------------- */

struct told_login {
    struct login l;
    struct v_text password, otp_secret; /* null */
};

#define L struct told_login
#define OF_ROW(m, type, k, ...) FIELD_AT(L, l.m, #m, struct type, k, .column = #m, __VA_ARGS__)
#define ID OF_ROW(id, v_uuid, KIND_UUID, .flags = REQUIRED, .doc = "Login ID")
#define DOMAIN OF_ROW(domain, v_text, KIND_TEXT, .flags = REQUIRED, .doc = "The site", .example = "\"shop.example\"")
#define USERNAME                                                                                                       \
    OF_ROW(username, v_text, KIND_TEXT, .flags = REQUIRED | NULLABLE, .doc = "Who signs in", .example = "\"acme\"")
#define USER OF_ROW(user_id, v_uuid, KIND_UUID, .flags = REQUIRED | NULLABLE, .doc = "Whose it is; null: the team's")
#define TIMES                                                                                                          \
    OF_ROW(created_at, v_time, KIND_TIME, .flags = REQUIRED, .doc = "When it was made"),                               \
    OF_ROW(updated_at, v_time, KIND_TIME, .flags = REQUIRED, .doc = "When it was last changed")
static const struct field login_fields[] = {
    ID, DOMAIN, USERNAME,
    FIELD_TEXT(L, password, .flags = REQUIRED | NULLABLE, .doc = "Always null: it is never readable",
               .example = "null"),
    FIELD_TEXT(L, otp_secret, .flags = REQUIRED | NULLABLE, .doc = "Always null: it is never readable",
               .example = "null"),
    USER, OF_ROW(team_id, v_uuid, KIND_UUID, .flags = REQUIRED, .doc = "Its team"), TIMES,
};
static const struct field attached_fields[] = {
    ID, USER, OF_ROW(team_id, v_uuid, KIND_UUID, .flags = REQUIRED | NULLABLE, .doc = "Its team"),
    DOMAIN, USERNAME, TIMES,
};
#undef L
const struct spec login_spec = SPEC_WITH(struct told_login, "Login", login_fields, .doc = "Without its values.");
const struct spec attached_login_spec = SPEC(struct told_login, "RevisionLogin", attached_fields);

struct login_item {
    struct v_uuid id, user_id;
    struct v_text domain, username;
    struct v_bool hasEnabledTOTP, hasPassword;
};

#define I struct login_item
static const struct field item_fields[] = {
    FIELD_UUID(I, id, .column = "id", .flags = REQUIRED, .doc = "Login ID"),
    FIELD_TEXT(I, domain, .column = "domain", .flags = REQUIRED, .doc = "The site", .example = "\"shop.example\""),
    FIELD_TEXT(I, username, .column = "username", .flags = REQUIRED | NULLABLE, .doc = "Who signs in",
               .example = "\"acme\""),
    FIELD_BOOL(I, hasEnabledTOTP, .column = "otp_secret_hash IS NOT NULL", .flags = REQUIRED | DERIVED,
               .doc = "Whether it has an otp_secret"),
    FIELD_BOOL(I, hasPassword, .column = "password_hash IS NOT NULL", .flags = REQUIRED | DERIVED,
               .doc = "Whether it has a password"),
    FIELD_UUID(I, user_id, .column = "user_id", .flags = REQUIRED | NULLABLE, .doc = "Whose it is; null: the team's"),
};
#undef I
const struct spec login_item_spec = SPEC(struct login_item, "LoginListItem", item_fields);

static const struct field list_fields[] = { LIST_ROWS("logins", login_item_spec, "Newest first") };
const struct spec login_list = SPEC_WITH(struct list, "LoginList", list_fields, .bare = true);

/* ---- paths ----------------------------------------------------------------------------------------------- */

struct login_path {
    struct v_uuid teamId, userId, id;
};

#define PERSON                                                                                                         \
    FIELD_UUID(struct login_path, teamId, .flags = REQUIRED, .doc = "Team ID"),                                        \
    FIELD_UUID(struct login_path, userId, .flags = REQUIRED, .doc = "The caller")
static const struct field logins_path_fields[] = { PERSON };
static const struct field login_path_fields[] = {
    PERSON, FIELD_UUID(struct login_path, id, .flags = REQUIRED, .doc = "Login ID"),
};
const struct spec logins_path = SPEC(struct login_path, "LoginsPath", logins_path_fields);
const struct spec login_path = SPEC(struct login_path, "LoginPath", login_path_fields);

static bool is_caller_in_path(const struct request *rq)
{
    const struct login_path *path = rq->path;
    return uuid_eq(&path->userId.v, &rq->who.user_id);
}

enum err login_find(struct request *rq, const struct uuid *id, struct login *ret)
{
    const struct param *key = WITH(id, &rq->who.team_id, &rq->who.user_id);
    return query_get(rq->db, SQL_LOGIN_GET, key, &login_row, rq->arena, ret) ? OK : ERR_LOGIN_NOT_FOUND;
}

enum err logins_may_use(struct request *rq)
{
    return is_caller_in_path(rq) ? OK : ERR_LOGINS_OF_ANOTHER;
}

/* An administrator may look into another's. */
enum err logins_may_list(struct request *rq)
{
    return is_caller_in_path(rq) || rq->who.role >= ROLE_ADMINISTRATOR ? OK : ERR_LOGINS_OF_ANOTHER;
}

static enum err find_in_path(struct request *rq, struct login *ret)
{
    const struct login_path *path = rq->path;
    return login_find(rq, &path->id.v, ret);
}

/* The same, when the caller may change it. */
static enum err find_to_change(struct request *rq, struct login *ret)
{
    const enum err err = find_in_path(rq, ret);
    const bool team = err == OK && ret->user_id.is == VALUE_NULL;
    return team && rq->who.role < ROLE_MANAGER ? ERR_LOGIN_READ_ONLY : err;
}

static enum err may_share(const struct request *rq, struct v_bool shared)
{
    const bool asks = shared.is == VALUE_SET && shared.v;
    return asks && rq->who.role < ROLE_MANAGER ? ERR_LOGIN_SHARING_NEEDS_MANAGER : OK;
}

/* ---- list and get ---------------------------------------------------------------------------------------- */

struct logins_query {
    struct v_text domain;
};

static const struct field query_fields[] = {
    FIELD_TEXT(struct logins_query, domain, .min = 1, .max = LIMIT_WORD, .doc = "Only those of this site"),
};
const struct spec logins_query = SPEC(struct logins_query, "LoginsQuery", query_fields);

enum err logins_list(struct request *rq, struct reply *rp)
{
    const struct login_path *path = rq->path;
    const struct logins_query *in = rq->query;
    if (!is_caller_in_path(rq) && !query_finds(rq->db, SQL_FIND_MEMBER, WITH(&rq->who.team_id, &path->userId.v)))
        return ERR_PERSON_NOT_FOUND;
    return list_all(rq, rp, SQL_LOGIN_LIST, WITH(&rq->who.team_id, &path->userId.v, in->domain), &login_item_spec);
}

static void answer_login(struct request *rq, struct reply *rp, const struct login *login)
{
    struct told_login *out = REQUEST_NEW(rq, struct told_login);
    *out = (struct told_login){ *login, { .is = VALUE_NULL }, { .is = VALUE_NULL } };
    rp->object = out;
}

enum err logins_get(struct request *rq, struct reply *rp)
{
    struct login login = { .id = { .is = VALUE_ABSENT } };
    const enum err err = find_in_path(rq, &login);
    if (err == OK)
        answer_login(rq, rp, &login);
    return err;
}

/* ---- make and change ------------------------------------------------------------------------------------- */

struct login_body {
    struct v_text domain, username;
    struct v_secret password, otp_secret;
    struct v_bool shared;
};

#define B struct login_body
#define BODY_FIELDS(required, clears)                                                                                  \
    FIELD_TEXT(B, domain, .flags = (required), .min = 1, .max = NO_MAX, .doc = "The site",                             \
               .example = "\"shop.example\""),                                                                         \
    FIELD_TEXT(B, username, .flags = NULLABLE, .min = 1, .max = NO_MAX, .doc = "Who signs in" clears,                  \
               .example = "\"acme\""),                                                                                 \
    FIELD_SECRET(B, password, .flags = NULLABLE, .min = 1, .max = NO_MAX,                                              \
                 .doc = "Never readable again; it or otp_secret has to be there" clears, .example = "\"s3cret\""),     \
    FIELD_SECRET(B, otp_secret, .flags = NULLABLE, .min = 1, .max = NO_MAX,                                            \
                 .doc = "Seed of one-time passwords, never readable again" clears)
#define SHARED_DOC "Whether the team shares it; takes the manager role or above"
static const struct field create_fields[] = {
    BODY_FIELDS(REQUIRED, ""), FIELD_BOOL(B, shared, .fallback = "false", .doc = SHARED_DOC),
};
static const struct field update_fields[] = {
    BODY_FIELDS(0, "; null removes it"), FIELD_BOOL(B, shared, .doc = SHARED_DOC),
};
#undef B

static const char *check_create(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct login_body *in = object;
    (void)arena;
    *ret_path = T("password");
    return in->password.is == VALUE_SET || in->otp_secret.is == VALUE_SET ? NULL : "Expected password or otp_secret";
}

const struct spec login_create = SPEC_WITH(struct login_body, "CreateLogin", create_fields, .check = check_create);
const struct spec login_update = SPEC(struct login_body, "UpdateLogin", update_fields);

/* True when it is another one now. */
static bool take_value(struct request *rq, const struct uuid *id, struct text name, struct v_text *kept,
                       struct v_secret in)
{
    const bool had = kept->is == VALUE_SET;
    if (in.is == VALUE_ABSENT || (in.is == VALUE_SET && login_value_equal(rq->db, *kept, in.v)))
        return false;
    *kept = in.is == VALUE_SET ? keep(rq->arena, id, name, in.v) : (struct v_text){ .is = VALUE_ABSENT };
    return had || in.is == VALUE_SET;
}

static bool take_body(struct request *rq, struct login *login, const struct login_body *in)
{
    bool changed = take_text(&login->domain, in->domain);
    changed |= take_text(&login->username, in->username);
    changed |= take_value(rq, &login->id.v, T("password"), &login->password_hash, in->password);
    changed |= take_value(rq, &login->id.v, T("otp_secret"), &login->otp_secret_hash, in->otp_secret);
    if (in->shared.is != VALUE_SET || in->shared.v == (login->user_id.is == VALUE_NULL))
        return changed;
    login->user_id = in->shared.v ? (struct v_uuid){ .is = VALUE_NULL } : SET_UUID(rq->who.user_id);
    return true;
}

enum err logins_create(struct request *rq, struct reply *rp)
{
    const struct login_body *in = rq->input;
    const enum err err = may_share(rq, in->shared);
    if (err != OK)
        return err;
    struct login login = {
        .id = SET_UUID(id_new(rq, "login")),
        .team_id = SET_UUID(rq->who.team_id),
        .user_id = SET_UUID(rq->who.user_id),
        .username = { .is = VALUE_NULL },
        .created_at = SET_TIME(rq->now),
        .updated_at = SET_TIME(rq->now),
    };
    take_body(rq, &login, in);
    if (!login_insert(rq->db, &login))
        return ERR_INTERNAL;
    answer_login(rq, rp, &login);
    return OK;
}

static bool has_value(const struct login *login)
{
    return login->password_hash.is == VALUE_SET || login->otp_secret_hash.is == VALUE_SET;
}

enum err logins_update(struct request *rq, struct reply *rp)
{
    const struct login_body *in = rq->input;
    struct login login = { .id = { .is = VALUE_ABSENT } };
    enum err err = may_share(rq, in->shared);
    if (err == OK)
        err = find_to_change(rq, &login);
    if (err != OK)
        return err;
    const bool changed = take_body(rq, &login, in);
    if (!has_value(&login))
        return fail(rq, ERR_INVALID, "body/%s Expected password or otp_secret to remain",
                    in->password.is == VALUE_NULL ? "password" : "otp_secret");
    if (changed) {
        login.updated_at = SET_TIME(rq->now);
        save_login(rq, &login);
    }
    answer_login(rq, rp, &login);
    return OK;
}

/* ---- delete ---------------------------------------------------------------------------------------------- */

enum err logins_delete(struct request *rq, struct reply *rp)
{
    struct login login = { .id = { .is = VALUE_ABSENT } };
    const enum err err = find_to_change(rq, &login);
    if (err != OK)
        return err;
    (void)rp; /* 204 */
    query_change(rq->db, SQL_LOGIN_DELETE, WITH(login.id));
    return OK;
}
