/* Secrets on the control plane: connections, secrets, logins and custom integrations are asked whether they were given
 * a value, whosever they are. */
#include "api/connections.h"
#include "api/credentials.h"
#include "api/handlers.h"
#include "api/logins.h"
#include "api/secrets.h"
#include "base/limit.h"
#include "store/query.h"

/* ---- what is asked ----------------------------------------------------------------------------------------- */

struct credential_path {
    struct v_uuid credential_id;
};

static const struct field credential_path_fields[] = {
    FIELD_UUID(struct credential_path, credential_id, .flags = REQUIRED, .doc = "Secret ID"),
};
const struct spec credential_path = SPEC(struct credential_path, "CredentialPath", credential_path_fields);

struct client_path {
    struct v_uuid custom_integration_id;
};

static const struct field client_path_fields[] = {
    FIELD_UUID(struct client_path, custom_integration_id, .flags = REQUIRED, .doc = "Custom integration ID"),
};
const struct spec client_path = SPEC(struct client_path, "ClientPath", client_path_fields);

struct match_body {
    struct v_text name;
    struct v_secret value;
};

static const struct field header_fields[] = {
    FIELD_TEXT(struct match_body, name, .flags = REQUIRED, .min = 1, .max = LIMIT_WORD,
               .doc = "Header, in any case", .example = "\"X-API-Key\""),
    FIELD_SECRET(struct match_body, value, .flags = REQUIRED, .max = LIMIT_WORD, .doc = "Its value"),
};
const struct spec secret_match_body = SPEC(struct match_body, "MatchSecret", header_fields);

static const struct field variable_fields[] = {
    FIELD_TEXT(struct match_body, name, .flags = REQUIRED, .min = 1, .max = LIMIT_SECRET_KEY, .doc = "Variable",
               .example = "\"WAREHOUSE_PASSWORD\""),
    FIELD_SECRET(struct match_body, value, .flags = REQUIRED, .max = LIMIT_SECRET_VALUE, .doc = "Its value"),
};
const struct spec value_match_body = SPEC(struct match_body, "MatchSecretValue", variable_fields);

struct login_match_path {
    struct v_uuid login_id;
};

static const struct field login_path_fields[] = {
    FIELD_UUID(struct login_match_path, login_id, .flags = REQUIRED, .doc = "Login ID"),
};
const struct spec login_match_path = SPEC(struct login_match_path, "LoginMatchPath", login_path_fields);

/* Which of the secrets that a row can have. */
struct named_match_body {
    struct v_enum name;
    struct v_secret value;
};

static const char *const client_secrets[] = { "oauth_client_secret", NULL };

static const struct field client_fields[] = {
    FIELD_ENUM(struct named_match_body, name, .flags = REQUIRED, .names = client_secrets, .doc = "Which secret"),
    FIELD_SECRET(struct named_match_body, value, .flags = REQUIRED, .max = NO_MAX, .doc = "Its value"),
};
const struct spec client_match_body = SPEC(struct named_match_body, "MatchClientSecret", client_fields);

enum { LOGIN_PASSWORD };
static const char *const login_secrets[] = { "password", "otp_secret", NULL };

static const struct field login_fields[] = {
    FIELD_ENUM(struct named_match_body, name, .flags = REQUIRED, .names = login_secrets, .doc = "Which secret"),
    FIELD_SECRET(struct named_match_body, value, .flags = REQUIRED, .max = NO_MAX, .doc = "Its value"),
};
const struct spec login_match_body = SPEC(struct named_match_body, "MatchLogin", login_fields);

/* ---- the answer -------------------------------------------------------------------------------------------- */

struct match_reply {
    struct v_bool match;
};

static const struct field match_reply_fields[] = {
    FIELD_BOOL(struct match_reply, match, .flags = REQUIRED, .doc = "Whether it is set, to that value"),
};
const struct spec secret_match_reply = SPEC(struct match_reply, "SecretMatch", match_reply_fields);

static enum err answer_match(struct request *rq, struct reply *rp, bool match)
{
    struct match_reply *out = REQUEST_NEW(rq, struct match_reply);
    out->match = SET_BOOL(match);
    rp->object = out;
    return OK;
}

/* Of a row that is there: whosever it is. */
static enum err match_value(struct request *rq, struct reply *rp, enum sql row, enum err missing,
                            const struct uuid *id,
                            bool (*matches)(struct request *, const struct uuid *, struct text, struct secret))
{
    const struct match_body *in = rq->input;
    if (!query_finds(rq->db, row, WITH(id)))
        return missing;
    return answer_match(rq, rp, matches(rq, id, in->name.v, in->value.v));
}

enum err connection_match_secret(struct request *rq, struct reply *rp)
{
    const struct connection_path *path = rq->path;
    return match_value(rq, rp, SQL_CONNECTION_OF_ID, ERR_CONNECTION_NOT_FOUND, &path->connection_id.v,
                       credentials_match);
}

enum err secret_match_value(struct request *rq, struct reply *rp)
{
    const struct credential_path *path = rq->path;
    return match_value(rq, rp, SQL_SECRET_OF_ID, ERR_SECRET_NOT_FOUND, &path->credential_id.v, secret_values_match);
}

enum err login_match_value(struct request *rq, struct reply *rp)
{
    const struct login_match_path *path = rq->path;
    const struct named_match_body *in = rq->input;
    struct seeded_login login = { .l.id = { .is = VALUE_ABSENT } };
    if (!query_get(rq->db, SQL_FIND_LOGIN, WITH(&path->login_id.v), &fixture_login, rq->arena, &login))
        return ERR_LOGIN_NOT_FOUND;
    const bool password = in->name.v == LOGIN_PASSWORD;
    const struct v_text kept = password ? login.l.password_hash : login.l.otp_secret_hash;
    return answer_match(rq, rp, login_value_equal(rq->db, kept, in->value.v));
}

/* Sealed values differ each time. */
static bool is_sealed_value(struct request *rq, struct text sealed, struct secret value)
{
    struct secret kept;
    return secret_unseal(rq->arena, store_seal_key_of(rq->db), sealed, &kept) &&
           secret_eq(store_key_of(rq->db), kept, value);
}

enum err client_match_secret(struct request *rq, struct reply *rp)
{
    const struct client_path *path = rq->path;
    const struct named_match_body *in = rq->input;
    QUERY q = query_with(rq->db, SQL_CUSTOM_INTEGRATION_SECRET, WITH(&path->custom_integration_id.v));
    if (!query_row(&q))
        return ERR_INTEGRATION_NOT_FOUND;
    return answer_match(rq, rp, !col_is_null(&q, 0) && is_sealed_value(rq, col_text(&q, 0), in->value.v));
}
