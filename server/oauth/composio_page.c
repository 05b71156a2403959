/* Composio's consent page: GET and POST of the redirect_url that a start answers. */
#include "api/handlers.h"
#include "oauth/composio.h"

struct connect_path {
    struct v_text connected_account_id;
};

static const struct field path_fields[] = {
    FIELD_TEXT(struct connect_path, connected_account_id, .flags = REQUIRED, .doc = "Composio connected account",
               .example = "\"ca_…\""),
};
const struct spec connect_path = SPEC(struct connect_path, "ConnectPath", path_fields);

static const struct field query_fields[] = {
    FIELD_TEXT(struct connect_query, login_hint, .doc = "Address to offer first; deny@… and the like decide the "
               "outcome"),
    FIELD_TEXT(struct connect_query, mock_outcome, .doc = "The outcome, without asking", .example = "\"deny\""),
};
const struct spec connect_query = SPEC_WITH(struct connect_query, "ConnectQuery", query_fields, .oauth = true,
                                            .repeated = offsetof(struct connect_query, repeated));

/* Names of what was sent along; the values were not kept. */
static struct v_map hidden_fields(struct arena *arena, const struct v_texts *names)
{
    struct v_map fields = { VALUE_SET, names->n, ARENA_ARRAY(arena, names->n, struct pair) };
    for (size_t i = 0; i < fields.n; i++)
        fields.v[i] = (struct pair){ names->v[i], T("(not shown)") };
    return fields;
}

static struct consent_view view_of_account(struct request *rq, const struct composio_account *account)
{
    struct catalog_row catalog = { .id = { .is = VALUE_ABSENT } };
    const struct text app = catalog_find(rq, account->app.v, T("composio"), &catalog) ? catalog.name.v : account->app.v;
    return (struct consent_view){
        .provider = app,
        .integration = app,
        .client = T("Duvo"),
        .composio = true,
        .scopes = account->oauth_scopes,
        .team_id = account->team_id.v,
        .user_id = account->user_id.v,
        .properties = hidden_fields(rq->arena, &account->fields),
        .next_url = account->callback_url,
    };
}

enum err composio_connect_find(struct request *rq, struct text account_id, const struct connect_query *in,
                               struct consent *ret)
{
    struct composio_account *account = REQUEST_NEW(rq, struct composio_account);
    struct auth_config config = { .id = { .is = VALUE_ABSENT } };
    if (!composio_account_get(rq, account_id, account))
        return ERR_ACCOUNT_NOT_FOUND;
    const enum err err = composio_account_check(rq, account);
    if (err != OK)
        return err;
    rq->who.team_id = account->team_id.v;
    if (!auth_config_find(rq, account->auth_config_id.v, &config))
        return ERR_AUTH_CONFIG_NOT_FOUND;
    *ret = (struct consent){ .view = view_of_account(rq, account), .mock_outcome = in->mock_outcome,
                             .fixture = config.outcome, .end = composio_account_end, .cls = account,
                             .answered = composio_account_answered(rq, account) };
    ret->view.login_hint = in->login_hint;
    return OK;
}

static enum err find_composio_consent(struct request *rq, const struct consent **ret)
{
    const struct connect_path *path = rq->path;
    struct consent *consent = REQUEST_NEW(rq, struct consent);
    *ret = consent;
    return composio_connect_find(rq, path->connected_account_id.v, rq->query, consent);
}

enum err composio_connect(struct request *rq, struct reply *rp)
{
    (void)rp;
    return consent_ask(rq, find_composio_consent);
}

enum err composio_consent(struct request *rq, struct reply *rp)
{
    (void)rp;
    return consent_answer(rq, find_composio_consent);
}
