/* The console's sign-ins: flows that wait for a person, with the links that lead there, and what came of the others. */
#include "control/console.h"

#include "api/handlers.h"
#include "base/uri.h"
#include "fixtures/sections.h"
#include "fixtures/specs.h"
#include "oauth/flow.h"
#include "oauth/provider.h"
#include "request/route.h"
#include "space/directory.h"
#include "space/journal.h"
#include "spec/lookup.h"
#include "store/query.h"

/* The link of a flow is kept nowhere but in the journal, in the reply to the start: the store has no more than a hash
 * of its state. */
struct link_search {
    struct console *c;
    struct text flow_id, url;
};

static bool is_start(const struct journal_entry *entry)
{
    return entry->route && entry->status == entry->route->success &&
           text_contains(entry->reply_body.bytes, T("\"authorization_url\""));
}

static struct text state_in(struct arena *arena, struct text url)
{
    struct text rest = url, state = { NULL, 0 };
    text_cut(&rest, '?');
    while (rest.p) {
        const struct pair one = query_cut(&rest);
        if (text_eq(one.name, T("state")) && one.value.p && uri_decode(arena, one.value, true, &state))
            return state;
    }
    return (struct text){ NULL, 0 };
}

static struct text url_of(struct arena *arena, const struct journal_entry *entry)
{
    struct text json;
    return spec_json_at(arena, entry->reply_body.bytes, T("/authorization_url"), &json)
               ? spec_json_string(arena, json) : T("");
}

static bool search_link(void *cls, const struct journal_entry *entry)
{
    struct link_search *s = cls;
    struct request *rq = s->c->rq;
    struct flow flow = { .id = { .is = VALUE_ABSENT } };
    const struct text url = is_start(entry) ? url_of(rq->arena, entry) : T("");
    const struct text state = url.n ? state_in(rq->arena, url) : T("");
    if (state.n && flow_find(rq, state, &flow) && text_eq(uuid_text(rq->arena, &flow.id.v), s->flow_id))
        s->url = url;
    return !s->url.n;
}

static struct text link_of(struct console *c, struct text flow_id)
{
    struct link_search s = { .c = c, .flow_id = flow_id };
    journal_walk(space_journal(c->rq->home), search_link, &s);
    return s.url;
}

/* Only who still waits is led anywhere. */
static void put_way(struct console *c, const struct template_value *row)
{
    struct arena *arena = c->rq->arena;
    const struct text id = console_row_text(row, T("id")), made = console_row_text(row, T("connection_id"));
    const bool account = text_starts(id, T("ca_"));
    const struct text link = account ? text_format(arena, "%.*s/_mock/composio/connect/%.*s", TEXT_ARG(c->base),
                                                   TEXT_ARG(id))
                                     : link_of(c, id);
    const bool waits = console_row_waits(c);
    if (made.n)
        console_put_text(c, "connection_href",
                         console_href(arena, (struct console_link){ .tab = "connections", .list = "connections",
                                                                    .id = made }));
    console_put_text(c, "pending", waits ? T("true") : T(""));
    console_put_text(c, account ? "account_link" : "flow_link", waits ? link : T(""));
    console_put_text(c, "link", waits ? link : T(""));
}

/* ---- what forms offer -------------------------------------------------------------------------------------- */

static struct template_values choice(struct arena *arena, const char *name, struct text text)
{
    struct template_value *v = ARENA_ARRAY(arena, 2, struct template_value);
    v[0] = value_of(name, text);
    v[1] = (struct template_value){ .name = NULL };
    return (struct template_values){ v };
}

static void put_people(struct console *c)
{
    struct arena *arena = c->rq->arena;
    struct template_values *items = ARENA_ARRAY(arena, CONSOLE_PAGE, struct template_values);
    size_t n = 0;
    QUERY q = query(c->rq->db, SQL_EXPORT_PEOPLE);
    while (n < CONSOLE_PAGE && query_row(&q)) {
        struct person person = { .id = { .is = VALUE_ABSENT } };
        col_row(&q, 0, section_columns(SECTION_PEOPLE), arena, &person);
        items[n++] = choice(arena, "email", person.email.v);
    }
    console_put(c, list_of("people", items, n));
}

static void put_providers(struct console *c)
{
    struct arena *arena = c->rq->arena;
    struct template_values *items = ARENA_ARRAY(arena, CONSOLE_PAGE, struct template_values);
    size_t n = 0;
    QUERY q = query(c->rq->db, SQL_EXPORT_PROVIDERS);
    while (n < CONSOLE_PAGE && query_row(&q)) {
        struct provider provider = { .key = { .is = VALUE_ABSENT } };
        col_row(&q, 0, section_columns(SECTION_PROVIDERS), arena, &provider);
        for (size_t i = 0; i < provider.slugs.n && n < CONSOLE_PAGE; i++)
            items[n++] = choice(arena, "slug", provider.slugs.v[i]);
    }
    console_put(c, list_of("providers", items, n));
}

enum err console_sign_ins(struct console *c)
{
    static const struct console_part parts[] = { { "outcomes", consent_orders_list, &consent_order_list } };
    const struct template_value *row = console_put_list(c, "sign-ins");
    if (row)
        put_way(c, row);
    put_people(c);
    put_providers(c);
    return console_put_parts(c, parts, 1);
}
