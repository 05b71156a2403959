#include "oauth/composio.h"

#include "api/connections.h"
#include "api/credentials.h"
#include "api/handlers.h"
#include "space/ids.h"
#include "base/limit.h"
#include "space/links.h"
#include "oauth/flow.h"
#include "store/query.h"

static const char *const account_states[] = { "INITIATED", "ACTIVE", "FAILED", "EXPIRED", NULL };

#define A struct composio_account
static const struct field account_fields[] = {
    FIELD_TEXT(A, id, .column = "id"),
    FIELD_UUID(A, team_id, .column = "team_id"),
    FIELD_UUID(A, user_id, .column = "user_id"),
    FIELD_TEXT(A, auth_config_id, .column = "auth_config_id"),
    FIELD_TEXT(A, app, .column = "app"),
    FIELD_ENUM(A, auth_scheme, .column = "auth_scheme", .names = scheme_names),
    FIELD_TEXTS(A, oauth_scopes, .column = "oauth_scopes"),
    FIELD_ENUM(A, status, .column = "status", .names = account_states),
    FIELD_TEXT(A, callback_url, .column = "callback_url"),
    FIELD_TEXTS(A, fields, .column = "fields"),
    FIELD_TEXT(A, account, .column = "account"),
    FIELD_TEXT(A, error, .column = "error"),
    FIELD_UUID(A, connection_id, .column = "connection_id"),
    FIELD_TIME(A, created_at, .column = "created_at"),
    FIELD_TIME(A, expires_at, .column = "expires_at"),
};
#undef A
const struct spec composio_account_spec = SPEC(struct composio_account, "ComposioAccount", account_fields);

/* ---- accounts ------------------------------------------------------------------------------------------ */

bool composio_account_get(struct request *rq, struct text id, struct composio_account *ret)
{
    if (!query_get(rq->db, SQL_ACCOUNT_GET, WITH(id), &composio_account_spec, rq->arena, ret))
        return false;
    if (ret->status.v == ACCOUNT_INITIATED && rq->now >= ret->expires_at.v)
        ret->status.v = ACCOUNT_EXPIRED;
    return true;
}

enum err composio_account_check(struct request *rq, const struct composio_account *account)
{
    const bool is_answered = account->account.is == VALUE_SET; /* credentials need no page */
    if (account->status.v == ACCOUNT_INITIATED || (is_answered && account->status.v != ACCOUNT_EXPIRED))
        return OK;
    return fail(rq, ERR_INVALID, "This connected account is already %s: start the connection again",
                account_states[account->status.v]);
}

struct text composio_account_answered(struct request *rq, const struct composio_account *account)
{
    static const char *const names[] = { "status", "connected_account_id", "error", NULL };
    const bool failed = account->status.v == ACCOUNT_FAILED;
    const struct pair params[] = {
        { T("status"), failed ? T("failed") : T("success") },
        { T("connected_account_id"), account->id.v },
        { T("error"), account->error.v },
    };
    if (account->status.v == ACCOUNT_INITIATED)
        return (struct text){ NULL, 0 };
    return links_answer(rq->arena, account->callback_url.v, names, params, failed ? 3 : 2);
}

/* Whatever fails between Composio and the app, the client hears of it in one way. */
static const char *error_of(enum outcome outcome)
{
    switch (outcome) {
    case OUTCOME_WRONG_STATE: return "invalid_state";
    case OUTCOME_MISSING_CODE: return "invalid_request";
    case OUTCOME_EXPIRED_CODE: return "invalid_grant";
    case OUTCOME_APPROVE:
    case OUTCOME_DENY:
    case OUTCOME_INVALID_SCOPE:
    case OUTCOME_SERVER_ERROR:
    case OUTCOME_TEMPORARILY_UNAVAILABLE:
    case OUTCOME_CLOSED:
    case OUTCOME_COUNT: break;
    }
    return outcome_kinds[outcome].error;
}

struct text composio_account_end(struct request *rq, void *cls, enum outcome outcome, struct text email)
{
    struct composio_account *account = cls;
    const char *error = error_of(outcome);
    if (outcome == OUTCOME_CLOSED)
        return (struct text){ NULL, 0 };
    account->status.v = error ? ACCOUNT_FAILED : ACCOUNT_ACTIVE;
    account->account = SET_TEXT(email);
    if (error)
        account->error = SET_TEXT(text_of(error));
    query_store(rq->db, SQL_ACCOUNT_UPDATE, &composio_account_spec, account, NULL);
    return composio_account_answered(rq, account);
}

/* ---- start --------------------------------------------------------------------------------------------- */

struct start_body {
    struct v_text auth_config_id, callback_url, auth_scheme;
    struct v_secrets auth_fields;
};

#define B struct start_body
static const struct field start_fields[] = {
    FIELD_TEXT(B, auth_config_id, .flags = REQUIRED, .min = 1, .max = LIMIT_WORD, .doc = "Composio auth config",
               .example = "\"ac_slack\""),
    FIELD_URL(B, callback_url, .flags = REQUIRED, .max = LIMIT_RETURN_URL, .check = links_check_absolute,
              .doc = "Destination after consent", .example = "\"http://localhost:3000/connected\""),
    FIELD_TEXT(B, auth_scheme, .max = LIMIT_WORD, .doc = "Composio auth scheme; required with auth_fields of one that "
               "is not OAuth", .example = "\"OAUTH2\""),
    FIELD_SECRETS(B, auth_fields, .max = LIMIT_ENTRIES, .key_max = LIMIT_WORD,
                  .value_max = LIMIT_WORD, .doc = "Credentials, or data for the consent; never kept",
                  .example = "{\"subdomain\": \"acme\"}"),
};
#undef B
const struct spec composio_start_body = SPEC(struct start_body, "StartComposio", start_fields);

struct start_reply {
    struct v_text redirect_url;
    struct v_enum status;
    struct v_text connected_account_id;
};

#define R struct start_reply
static const struct field reply_fields[] = {
    FIELD_TEXT(R, redirect_url, .flags = REQUIRED | NULLABLE | LINK,
               .doc = "To open in a browser; null without a question to ask",
               .example = "\"http://127.0.0.1:8787/_mock/composio/connect/ca_…\""),
    FIELD_ENUM(R, status, .flags = REQUIRED | NULLABLE, .names = account_states, .doc = "State of the account"),
    FIELD_TEXT(R, connected_account_id, .flags = REQUIRED, .min = 1, .max = LIMIT_WORD, .doc = "For finalize",
               .example = "\"ca_…\""),
};
#undef R
const struct spec composio_start_reply = SPEC(struct start_reply, "ComposioStarted", reply_fields);

static enum err check_scheme(struct request *rq, const struct start_body *in, enum auth_scheme scheme)
{
    const bool fields = in->auth_fields.is == VALUE_SET && in->auth_fields.n > 0;
    if (in->auth_scheme.is == VALUE_SET && !text_eq(in->auth_scheme.v, text_of(scheme_names[scheme])))
        return fail(rq, ERR_INVALID, "body/auth_scheme Invalid input: auth config %.*s has the scheme %s",
                    TEXT_ARG(in->auth_config_id.v), scheme_names[scheme]);
    if (scheme_is_oauth(scheme))
        return OK;
    if (!fields)
        return fail(rq, ERR_INVALID, "body/auth_fields Required: auth config %.*s has the scheme %s",
                    TEXT_ARG(in->auth_config_id.v), scheme_names[scheme]);
    if (in->auth_scheme.is != VALUE_SET)
        return fail(rq, ERR_INVALID, "body/auth_scheme Required with auth_fields of a scheme that is not OAuth");
    return OK;
}

static struct v_texts names_of(struct arena *arena, const struct v_secrets *fields)
{
    struct v_texts names = { VALUE_SET, 0, ARENA_ARRAY(arena, fields->n, struct text) };
    for (size_t i = 0; i < fields->n; i++)
        if (text_is_visible_ascii(fields->v[i].name) && fields->v[i].name.n)
            names.v[names.n++] = fields->v[i].name;
    return names;
}

static struct composio_account new_account(struct request *rq, const struct start_body *in,
                                           const struct auth_config *config)
{
    return (struct composio_account){
        .id = SET_TEXT(text_format(rq->arena, "ca_%.*s", TEXT_ARG(text_clip(token_new(rq, "connected_account"), 24)))),
        .team_id = SET_UUID(rq->who.team_id),
        .user_id = SET_UUID(rq->who.user_id),
        .auth_config_id = config->id,
        .app = config->app,
        .auth_scheme = config->auth_scheme,
        .oauth_scopes = config->oauth_scopes,
        .status = { VALUE_SET, ACCOUNT_INITIATED },
        .callback_url = in->callback_url,
        .fields = names_of(rq->arena, &in->auth_fields),
        .created_at = SET_TIME(rq->now),
        .expires_at = SET_TIME(rq->now + FLOW_LIFETIME_MS),
    };
}

/* Credentials are tried at once: there is nobody to ask, but they can be wrong. */
static enum err try_credentials(struct request *rq, const struct auth_config *config, struct composio_account *account)
{
    const struct consent_input input = { .subject = match_subject_of(rq), .fixture = config->outcome };
    enum outcome outcome = OUTCOME_APPROVE;
    enum err err;
    outcome_decide(rq, &input, true, &outcome, &err);
    account->status.v = outcome == OUTCOME_APPROVE ? ACCOUNT_ACTIVE : ACCOUNT_FAILED;
    if (outcome != OUTCOME_APPROVE && error_of(outcome))
        account->error = SET_TEXT(text_of(error_of(outcome)));
    return err;
}

enum err composio_start(struct request *rq, struct reply *rp)
{
    const struct start_body *in = rq->input;
    struct start_reply *out = REQUEST_NEW(rq, struct start_reply);
    struct auth_config config = { .id = { .is = VALUE_ABSENT } };
    struct text base;
    enum err err = links_base(rq, &base);
    if (err != OK)
        return err;
    if (!auth_config_find(rq, in->auth_config_id.v, &config))
        return ERR_AUTH_CONFIG_NOT_FOUND;
    const enum auth_scheme scheme = (enum auth_scheme)config.auth_scheme.v;
    err = check_scheme(rq, in, scheme);
    if (err != OK)
        return err;
    struct composio_account account = new_account(rq, in, &config);
    out->redirect_url.is = VALUE_NULL;
    if (scheme_is_oauth(scheme))
        out->redirect_url = SET_TEXT(text_format(rq->arena, "%.*s/_mock/composio/connect/%.*s", TEXT_ARG(base),
                                                 TEXT_ARG(account.id.v)));
    else
        err = try_credentials(rq, &config, &account);
    query_prune(rq->db, SQL_ACCOUNT_DROP, LIMIT_FLOWS);
    query_store(rq->db, SQL_ACCOUNT_INSERT, &composio_account_spec, &account, NULL);
    out->status = account.status;
    out->connected_account_id = account.id;
    rp->object = out;
    return err;
}

/* ---- finalize ------------------------------------------------------------------------------------------ */

struct finalize_body {
    struct v_text app, integration_name, connected_account_id;
};

#define B struct finalize_body
static const struct field finalize_fields[] = {
    FIELD_TEXT(B, app, .flags = REQUIRED, .min = 1, .max = LIMIT_WORD, .doc = "Composio app", .example = "\"slack\""),
    FIELD_TEXT(B, integration_name, .flags = REQUIRED, .min = 1, .max = NO_MAX, .doc = "Name of the connection",
               .example = "\"Slack - Acme\""),
    FIELD_TEXT(B, connected_account_id, .flags = REQUIRED, .min = 1, .max = LIMIT_WORD, .doc = "From the start",
               .example = "\"ca_…\""),
};
#undef B
const struct spec composio_finalize_body = SPEC(struct finalize_body, "FinalizeComposio", finalize_fields);

struct finalize_reply {
    struct v_text integration_id, mcp_url;
};

static const struct field finalize_reply_fields[] = {
    FIELD_TEXT(struct finalize_reply, integration_id, .flags = REQUIRED, .doc = "The new connection",
               .example = "\"3c90c3cc-0d44-4b50-8888-8dd25736052a\""),
    FIELD_TEXT(struct finalize_reply, mcp_url, .flags = REQUIRED, .doc = "MCP server of the account",
               .example = "\"http://127.0.0.1:8787/_mock/mcp/composio/3c90c3cc-0d44-4b50-8888-8dd25736052a\""),
};
const struct spec composio_finalize_reply = SPEC(struct finalize_reply, "ComposioFinalized", finalize_reply_fields);

static enum err find_account(struct request *rq, const struct finalize_body *in, struct composio_account *ret)
{
    if (!composio_account_get(rq, in->connected_account_id.v, ret) || !uuid_eq(&ret->team_id.v, &rq->who.team_id) ||
        !uuid_eq(&ret->user_id.v, &rq->who.user_id))
        return ERR_ACCOUNT_NOT_FOUND;
    if (!app_is_configured(rq, in->app.v))
        return ERR_APP_NOT_FOUND;
    if (!text_eq(ret->app.v, in->app.v))
        return fail(rq, ERR_INVALID, "body/app Invalid input: connected account %.*s is one of %.*s",
                    TEXT_ARG(ret->id.v), TEXT_ARG(ret->app.v));
    if (ret->status.v != ACCOUNT_ACTIVE)
        return fail(rq, ERR_INVALID, "body/connected_account_id Invalid input: the account is %s, not ACTIVE",
                    account_states[ret->status.v]);
    return ret->connection_id.is == VALUE_SET ? ERR_ACCOUNT_TAKEN : OK;
}

/* How the connection says that it authenticates. */
static const char *auth_method_of(enum auth_scheme scheme)
{
    static const char *const methods[] = {
        [SCHEME_OAUTH2] = "oauth", [SCHEME_OAUTH1] = "oauth", [SCHEME_API_KEY] = "apikey",
        [SCHEME_BEARER_TOKEN] = "headers", [SCHEME_BASIC] = "headers",
    };
    return methods[scheme];
}

static struct connection connection_of(struct request *rq, const struct composio_account *account, struct v_text name)
{
    const enum auth_scheme scheme = (enum auth_scheme)account->auth_scheme.v;
    struct connection c = connection_new(rq);
    struct catalog_row catalog = { .id = { .is = VALUE_ABSENT } };
    c.name = name;
    c.type = account->app;
    c.provider = SET_TEXT(T("composio"));
    c.auth_method = SET_TEXT(text_of(auth_method_of(scheme)));
    const struct text token = text_clip(token_new(rq, "composio_mcp"), 24);
    c.composio_mcp_id = SET_TEXT(text_format(rq->arena, "mcp_%.*s", TEXT_ARG(token)));
    c.has_oauth_tokens = SET_BOOL(scheme_is_oauth(scheme));
    if (scheme_is_oauth(scheme) && account->oauth_scopes.is == VALUE_SET)
        c.oauth_scopes = account->oauth_scopes;
    if (catalog_find(rq, account->app.v, T("composio"), &catalog)) {
        c.icon_url = catalog.icon_url;
        c.oauth_provider = scheme_is_oauth(scheme) ? catalog.oauth_provider : c.oauth_provider;
        c.integration_id = SET_TEXT(uuid_text(rq->arena, &catalog.id.v));
    }
    return c;
}

enum err composio_finalize(struct request *rq, struct reply *rp)
{
    const struct finalize_body *in = rq->input;
    struct finalize_reply *out = REQUEST_NEW(rq, struct finalize_reply);
    struct composio_account account = { .id = { .is = VALUE_ABSENT } };
    struct text base;
    enum err err = links_base(rq, &base);
    if (err == OK)
        err = find_account(rq, in, &account);
    if (err != OK)
        return err;
    struct connection made = connection_of(rq, &account, in->integration_name);
    err = connection_store(rq, &made, &(struct header_halves){ .is = VALUE_ABSENT });
    if (err != OK)
        return err;
    account.connection_id = made.id;
    query_store(rq->db, SQL_ACCOUNT_UPDATE, &composio_account_spec, &account, NULL);
    const struct text id = uuid_text(rq->arena, &made.id.v);
    out->integration_id = SET_TEXT(id);
    out->mcp_url = SET_TEXT(text_format(rq->arena, "%.*s/_mock/mcp/composio/%.*s", TEXT_ARG(base), TEXT_ARG(id)));
    rp->object = out;
    return OK;
}
