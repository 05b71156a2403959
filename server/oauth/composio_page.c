/* Composio's consent page: GET and POST of the redirect_url that a start answers. */
#include "api/handlers.h"
#include "space/links.h"
#include "oauth/composio.h"
#include "oauth/consent.h"
#include "pages/page.h"

struct connect_path {
    struct v_text connected_account_id;
};

static const struct field path_fields[] = {
    FIELD_TEXT(struct connect_path, connected_account_id, .flags = REQUIRED, .doc = "Composio connected account",
               .example = "\"ca_…\""),
};
const struct spec connect_path = SPEC(struct connect_path, "ConnectPath", path_fields);

struct connect_query {
    struct v_text login_hint, mock_outcome;
};

static const struct field query_fields[] = {
    FIELD_TEXT(struct connect_query, login_hint, .doc = "Address to offer first; deny@… and the like decide the "
               "outcome"),
    FIELD_TEXT(struct connect_query, mock_outcome, .doc = "The outcome, without asking", .example = "\"deny\""),
};
const struct spec connect_query = SPEC(struct connect_query, "ConnectQuery", query_fields);

/* What the page and the decision need. */
struct connect {
    struct composio_account account;
    struct auth_config config;
    struct text name; /* of the app, for people */
};

static enum err load(struct request *rq, struct connect *ret)
{
    const struct connect_path *path = rq->path;
    struct catalog_row catalog = { .id = { .is = VALUE_ABSENT } };
    if (!composio_account_get(rq, path->connected_account_id.v, &ret->account))
        return ERR_ACCOUNT_NOT_FOUND;
    const enum err err = composio_account_check(rq, &ret->account);
    if (err != OK)
        return err;
    rq->who.team_id = ret->account.team_id.v;
    if (!auth_config_find(rq, ret->account.auth_config_id.v, &ret->config))
        return ERR_AUTH_CONFIG_NOT_FOUND;
    ret->name = catalog_find(rq, ret->account.app.v, T("composio"), &catalog) ? catalog.name.v : ret->account.app.v;
    return OK;
}

static void show(struct request *rq, const struct connect *connect)
{
    const struct connect_query *in = rq->query;
    const struct composio_account *account = &connect->account;
    struct v_map fields = { VALUE_SET, account->fields.n, ARENA_ARRAY(rq->arena, account->fields.n, struct pair) };
    for (size_t i = 0; i < fields.n; i++)
        fields.v[i] = (struct pair){ account->fields.v[i], T("(not shown)") };
    const struct consent_view view = {
        .provider = connect->name,
        .integration = connect->name,
        .client = T("Duvo"),
        .composio = true,
        .scopes = account->oauth_scopes,
        .team_id = account->team_id.v,
        .user_id = account->user_id.v,
        .login_hint = in->login_hint,
        .properties = fields,
        .next_url = account->callback_url,
    };
    consent_ask(rq, &view);
}

static void go_on(struct request *rq, struct connect *connect, enum outcome outcome, struct v_text email)
{
    const struct text url = composio_account_end(rq, &connect->account, outcome, email);
    if (url.p)
        page_redirect(rq, url);
    else
        consent_closed(rq, connect->name);
}

enum err composio_connect(struct request *rq, struct reply *rp)
{
    const struct connect_query *in = rq->query;
    struct connect connect = { .name = { NULL, 0 } };
    enum outcome outcome = OUTCOME_APPROVE;
    (void)rp;
    enum err err = load(rq, &connect);
    if (err != OK)
        return err;
    const struct consent_input input = { match_subject_of(rq), in->mock_outcome, in->login_hint,
                                         connect.config.outcome };
    const bool decided = outcome_decide(rq, &input, false, &outcome, &err);
    if (err != OK)
        return err;
    if (decided)
        go_on(rq, &connect, outcome,
              SET_TEXT(consent_account(rq, in->login_hint, &connect.account.team_id.v, &connect.account.user_id.v)));
    else
        show(rq, &connect);
    return OK;
}

enum err composio_consent(struct request *rq, struct reply *rp)
{
    struct connect connect = { .name = { NULL, 0 } };
    enum outcome outcome;
    struct v_text email;
    (void)rp;
    enum err err = consent_take(rq, rq->input, &outcome, &email);
    if (err == OK)
        err = load(rq, &connect);
    if (err == OK)
        go_on(rq, &connect, outcome, email);
    return err;
}
