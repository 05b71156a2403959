#include "oauth/consent.h"

#include "base/hex.h"
#include "base/uri.h"
#include "cli/config.h"
#include "base/limit.h"
#include "oauth/provider.h"
#include "pages/page.h"
#include "request/server.h"
#include "store/query.h"

/* ---- the form's token ------------------------------------------------------------------------------------ */

/* Bound to the URL, and so to the flow; without the database's key nobody can make one. */
static struct secret_hash form_token_hash(const struct request *rq)
{
    const struct text bound = text_format(rq->arena, "consent form %.*s", TEXT_ARG(rq->uri));
    return secret_hash(store_key_of(rq->db), secret_of(bound));
}

static struct text token_of(const struct request *rq)
{
    const struct secret_hash hash = form_token_hash(rq);
    return hex_encode(rq->arena, hash.b, sizeof hash.b);
}

static bool is_token(const struct request *rq, struct v_text token)
{
    const struct secret_hash expected = form_token_hash(rq);
    struct secret_hash sent;
    return token.is == VALUE_SET && hex_decode(token.v, sent.b, sizeof sent.b) && secret_hash_eq(&expected, &sent);
}

/* ---- the page ------------------------------------------------------------------------------------------ */

/* Pairs as a list whose items name them `first` and `second`. */
static struct template_values item_of(struct arena *arena, const char *first, struct text a, const char *second,
                                      struct text b)
{
    struct template_value *v = ARENA_ARRAY(arena, 5, struct template_value);
    v[0] = value_of(first, a);
    v[1] = value_of(second, b);
    return (struct template_values){ v };
}

/* Its first character, for a monogram. */
static struct text initial_of(struct text name)
{
    size_t n = name.n > 0;
    while (n < name.n && ((unsigned char)name.p[n] & 0xc0) == 0x80)
        n++;
    return (struct text){ name.p, n };
}

static struct template_value scope_list(struct request *rq, struct v_texts scopes)
{
    struct template_values *items = ARENA_ARRAY(rq->arena, scopes.n, struct template_values);
    for (size_t i = 0; i < scopes.n; i++)
        items[i] = item_of(rq->arena, "scope", scopes.v[i], "about", scope_about(rq, scopes.v[i]));
    return list_of("scopes", items, scopes.n);
}

static struct template_value property_list(struct request *rq, const struct v_map *map)
{
    struct template_values *items = ARENA_ARRAY(rq->arena, map->n, struct template_values);
    for (size_t i = 0; i < map->n; i++)
        items[i] = item_of(rq->arena, "name", map->v[i].name, "value", map->v[i].value);
    return list_of("properties", items, map->n);
}

static struct template_value outcome_list(struct request *rq)
{
    struct template_values *items = ARENA_ARRAY(rq->arena, OUTCOME_COUNT, struct template_values);
    size_t n = 0;
    for (int i = OUTCOME_DENY + 1; i < OUTCOME_COUNT; i++)
        items[n++] = item_of(rq->arena, "name", text_of(outcome_kinds[i].word), "about",
                             text_of(outcome_kinds[i].about));
    return list_of("outcomes", items, n);
}

static struct template_values account_item(struct arena *arena, struct text email, struct text name, bool checked)
{
    const struct template_values item = item_of(arena, "email", email, "name", name);
    struct template_value *v = ARENA_ARRAY(arena, 5, struct template_value);
    v[0] = item.v[0];
    v[1] = item.v[1];
    v[2] = value_of("initial", initial_of(name.n ? name : email));
    v[3] = value_of("checked", checked ? T("checked") : T(""));
    return (struct template_values){ v };
}

static struct query people_of(struct request *rq, const struct uuid *team_id, const struct uuid *user_id)
{
    return query_with(rq->db, SQL_ACCOUNT_LIST, WITH(team_id, user_id, LIMIT_ACCOUNTS));
}

static struct template_value account_list(struct request *rq, const struct consent_view *view)
{
    struct template_values *items = ARENA_ARRAY(rq->arena, LIMIT_ACCOUNTS + 1, struct template_values);
    const bool hinted = view->login_hint.is == VALUE_SET && consent_is_address(view->login_hint.v);
    size_t n = 0;
    if (hinted)
        items[n++] = account_item(rq->arena, view->login_hint.v, T(""), true);
    QUERY q = people_of(rq, &view->team_id, &view->user_id);
    while (query_row(&q)) {
        const struct text email = text_copy(rq->arena, col_text(&q, 0)), name = text_copy(rq->arena, col_text(&q, 1));
        if (!hinted || !text_eq_nocase(email, view->login_hint.v)) {
            items[n] = account_item(rq->arena, email, name, n == 0);
            n++;
        }
    }
    return list_of("accounts", items, n);
}

/* Host and port of an absolute URL. */
static struct text host_of(struct text url)
{
    struct text rest = text_from(url, text_find(url, ':') + 3);
    const size_t path = text_find(rest, '/'), query = text_find(rest, '?'), fragment = text_find(rest, '#');
    const size_t first = path < query ? path : query;
    return text_clip(rest, first < fragment ? first : fragment);
}

static void show_page(struct request *rq, const struct consent_view *view)
{
    const struct text next = view->next_url.is == VALUE_SET ? view->next_url.v : T("");
    const struct template_value values[] = {
        value_of("provider", view->provider),
        value_of("integration", view->integration),
        value_of("client", view->client),
        value_of("initial_provider", initial_of(view->provider)),
        value_of("initial_client", initial_of(view->client)),
        value_of("kind_composio", view->composio ? T("1") : T("")),
        value_of("action", rq->uri),
        value_of("form_token", token_of(rq)),
        value_of("next_host", next.n ? host_of(next) : T("")),
        value_of("next_url", next),
        scope_list(rq, view->scopes),
        account_list(rq, view),
        property_list(rq, &view->properties),
        outcome_list(rq),
        { .name = NULL },
    };
    page_answer(rq, 200, "consent.html", values);
}

static void show_closed(struct request *rq, struct text provider)
{
    const struct template_values details[] = { item_of(rq->arena, "label", T("Provider"), "value", provider) };
    const struct template_value values[] = {
        value_of("title", T("The window was closed")),
        value_of("message", T("Nothing was granted or refused, and nothing is sent back: the flow stays pending "
                              "until it expires.")),
        value_of("tone", T("neutral")),
        list_of("details", details, 1),
        value_of("hint", T("Open the link again to answer it after all.")),
        { .name = NULL },
    };
    page_answer(rq, 200, "result.html", values);
}

/* ---- what it sends --------------------------------------------------------------------------------------- */

#define F struct consent_form
static const struct field form_fields[] = {
    FIELD_TEXT(F, form_token, .max = LIMIT_SLUG, .doc = "Proof of the page"),
    FIELD_TEXT(F, decision, .max = LIMIT_SLUG, .doc = "approve, deny, or another outcome", .example = "\"approve\""),
    FIELD_TEXT(F, account, .max = LIMIT_NAME, .doc = "E-mail address of the account",
               .example = "\"olivia@acme.example\""),
};
#undef F
const struct spec consent_form_spec = SPEC_WITH(struct consent_form, "ConsentForm", form_fields,
                                                .media = "application/x-www-form-urlencoded", .optional = true);

/* Browsers say where a form comes from, in one header or the other; other clients cannot be made to send one. */
static bool is_our_origin(const struct request *rq)
{
    const struct text origin = request_header(rq, T("origin")), site = request_header(rq, T("sec-fetch-site"));
    const struct text host =
        text_format(rq->arena, "%s://%.*s", server_scheme(rq->server), TEXT_ARG(request_header(rq, T("host"))));
    if (site.p && !text_eq(site, T("same-origin")) && !text_eq(site, T("none")))
        return false;
    return !origin.p || uri_same_origin(origin, host) ||
           (rq->config->public_url && uri_same_origin(origin, text_of(rq->config->public_url)));
}

bool consent_is_address(struct text account)
{
    const size_t at = text_find(account, '@');
    return at > 0 && at + 1 < account.n && account.n <= LIMIT_NAME && text_is_visible_ascii(account);
}

/* Whether the form was sent from that page, and what it says; an account is an address. */
static enum err take_form(struct request *rq, const struct consent_form *form, enum outcome *ret,
                          struct v_text *ret_account)
{
    if (!is_our_origin(rq))
        return ERR_FOREIGN_ORIGIN;
    if (!is_token(rq, form->form_token))
        return fail(rq, ERR_INVALID, "body/form_token does not belong to this page: open the link again and use its "
                                      "buttons");
    if (form->decision.is != VALUE_SET || !outcome_parse(form->decision.v, ret))
        return fail(rq, ERR_INVALID, "body/decision is not an outcome");
    if (form->account.is == VALUE_SET && !consent_is_address(form->account.v))
        return fail(rq, ERR_INVALID, "body/account is not an e-mail address");
    *ret_account = form->account;
    return OK;
}

/* ---- how it ends ----------------------------------------------------------------------------------------- */

/* The address that an account gets when nobody picks one: the hint, or that of the person. */
static struct text default_account(struct request *rq, const struct consent_view *view)
{
    if (view->login_hint.is == VALUE_SET && consent_is_address(view->login_hint.v))
        return view->login_hint.v;
    const struct text first = query_text(rq->db, SQL_ACCOUNT_LIST, WITH(&view->team_id, &view->user_id, 1), rq->arena);
    return first.p ? first : T("someone@example.com");
}

static struct text end_consent(struct request *rq, const struct consent *consent, enum outcome outcome,
                               struct v_text account)
{
    const struct text who = account.is == VALUE_SET ? account.v : default_account(rq, &consent->view);
    return consent->end(rq, consent->cls, outcome, who);
}

static bool decide_consent(struct request *rq, const struct consent *consent, struct match_subject subject,
                           bool is_headless, enum outcome *ret, enum err *ret_err)
{
    const struct consent_input input = { subject, consent->mock_outcome, consent->view.login_hint, consent->fixture };
    return outcome_decide(rq, &input, is_headless, ret, ret_err);
}

/* Ends it and sends the browser on. */
static void close_consent(struct request *rq, const struct consent *consent, enum outcome outcome,
                          struct v_text account)
{
    const struct text url = end_consent(rq, consent, outcome, account);
    if (url.p)
        page_redirect(rq, url);
    else
        show_closed(rq, consent->view.provider);
}

/* A second click, a reload, the back button and another tab end where the first answer did. */
static bool go_where_it_went(struct request *rq, const struct consent *consent)
{
    if (consent->answered.p)
        page_redirect(rq, consent->answered);
    return consent->answered.p != NULL;
}

enum err consent_ask(struct request *rq, consent_find *find)
{
    const struct v_text nobody = { .is = VALUE_ABSENT };
    const struct consent *consent;
    enum outcome outcome = OUTCOME_APPROVE;
    enum err err = find(rq, &consent);
    if (err != OK || go_where_it_went(rq, consent))
        return err;
    const bool decided =
        consent->is_settled || decide_consent(rq, consent, match_subject_of(rq), false, &outcome, &err);
    if (err != OK)
        return err;
    if (decided)
        close_consent(rq, consent, outcome, nobody);
    else
        show_page(rq, &consent->view);
    return OK;
}

enum err consent_answer(struct request *rq, consent_find *find)
{
    const struct consent *consent;
    enum outcome outcome = OUTCOME_APPROVE;
    struct v_text account = { .is = VALUE_ABSENT };
    enum err err = take_form(rq, rq->input, &outcome, &account);
    if (err == OK)
        err = find(rq, &consent);
    if (err == OK && !go_where_it_went(rq, consent))
        close_consent(rq, consent, outcome, account);
    return err;
}

enum err consent_finish(struct request *rq, const struct consent *consent, struct match_subject visit,
                        struct v_enum outcome, struct v_text account, struct text *ret_url)
{
    enum outcome decided = (enum outcome)outcome.v;
    enum err err = OK;
    if (consent->answered.p)
        return fail(rq, ERR_INVALID, "This sign-in is already completed: start it again");
    if (outcome.is != VALUE_SET)
        decide_consent(rq, consent, visit, true, &decided, &err);
    if (err == OK)
        *ret_url = end_consent(rq, consent, decided, account);
    return err;
}
