/* The console: a page on which a developer sees what a client did and what state there is, in the space of the URL. It
 * is all there without scripts, its forms included (router/console_form.c); those of server/pages/console bring it up
 * to date and send its forms without a reload. */
#include "control/console.h"

#include "api/handlers.h"
#include "api/run_moves.h"
#include "base/limit.h"
#include "base/uri.h"
#include "control/counts.h"
#include "control/told.h"
#include "mcp/server/preset.h"
#include "pages/page.h"
#include "pages/view.h"
#include "request/operation.h"
#include "request/route.h"
#include "request/server.h"
#include "space/directory.h"
#include "space/links.h"

static const struct template_value none = { .name = NULL };

/* ---- what is asked for ------------------------------------------------------------------------------------- */

static const struct tab {
    const char *name, *title;
    console_tab *fill;
} tabs[] = {
    { "requests",    "Requests",              console_requests },
    { "sign-ins",    "Sign-ins",              console_sign_ins },
    { "connections", "Connections",           console_rows },
    { "agents",      "Agents and runs",       console_rows },
    { "spaces",      "Spaces",                console_spaces },
    { "faults",      "Faults",                console_faults },
    { "clock",       "Clock",                 console_clock },
    { "fixtures",    "Fixtures and snapshots", console_fixtures },
    { "mcp",         "MCP servers",           console_mcp },
    { "webhooks",    "Webhooks",              console_rows },
    { "reference",   "Reference",             console_reference },
};
enum { TAB_COUNT = sizeof tabs / sizeof tabs[0], MOST_SPACES = 100 };

static const char *const tab_names[] = { "requests", "sign-ins", "connections", "agents", "spaces", "faults", "clock",
                                         "fixtures", "mcp", "webhooks", "reference", NULL };
_Static_assert(sizeof tab_names / sizeof tab_names[0] == TAB_COUNT + 1, "a tab has a name");
static const char *const own_names[] = { "show", "hide", NULL };

#define Q struct console_query
static const struct field query_fields[] = {
    FIELD_ENUM(Q, tab, .fallback = "\"requests\"", .names = tab_names, .doc = "What is shown"),
    FIELD_TEXT(Q, list, .min = 1, .max = LIMIT_SLUG, .doc = "Which of the tab's lists", .example = "\"runs\""),
    FIELD_TEXT(Q, q, .max = LIMIT_SEARCH, .doc = "Words that must all hold for a row, as in GET /_mock/requests"),
    FIELD_TEXT(Q, before, .min = 1, .max = LIMIT_SLUG, .doc = "Only rows older than that one"),
    FIELD_TEXT(Q, id, .min = 1, .max = LIMIT_SLUG, .doc = "The row that is shown whole"),
    FIELD_ENUM(Q, own, .fallback = "\"show\"", .names = own_names, .doc = "Whether the mock's own requests are listed"),
    FIELD_TEXT(Q, operation, .max = LIMIT_SLUG, .doc = "What the form of a new fault begins with"),
    FIELD_TEXT(Q, path, .max = LIMIT_URI, .doc = "The same, for a path"),
    FIELD_TEXT(Q, told, .max = LIMIT_SLUG, .doc = "What came of a form, which is told once"),
};
#undef Q
const struct spec console_query = SPEC(struct console_query, "ConsoleQuery", query_fields);

/* ---- values ------------------------------------------------------------------------------------------------ */

void console_put(struct console *c, struct template_value value)
{
    c->values[c->n++] = value;
    c->values[c->n] = none;
}

void console_put_text(struct console *c, const char *name, struct text text)
{
    console_put(c, value_of(name, text));
}

enum err console_put_parts(struct console *c, const struct console_part *parts, size_t n)
{
    struct arena *arena = c->rq->arena;
    for (size_t i = 0; i < n; i++) {
        struct reply reply = { .status = 0 };
        const enum err err = parts[i].fn(c->rq, &reply);
        if (err != OK)
            return err;
        console_put(c, view_part(arena, parts[i].name, view_of(arena, &c->redactor, parts[i].out, reply.object, none)));
    }
    return OK;
}

static void put_parameter(struct buf *b, const char *name, struct text value)
{
    if (!value.n)
        return;
    buf_addf(b, "%c%s=", b->n ? '&' : '?', name);
    uri_put_encoded(b, value);
}

struct text console_href(struct arena *arena, struct console_link link)
{
    struct buf b = buf_new(arena, LIMIT_URI + 3 * (link.q.n + link.before.n + link.id.n + link.told.n));
    put_parameter(&b, "tab", text_of(link.tab));
    put_parameter(&b, "list", text_of(link.list));
    put_parameter(&b, "q", link.q);
    put_parameter(&b, "own", link.hides_own ? T("hide") : T(""));
    put_parameter(&b, "before", link.before);
    put_parameter(&b, "id", link.id);
    put_parameter(&b, "told", link.told);
    return buf_text(&b);
}

struct text console_tone(unsigned status)
{
    static const char *const tones[] = { "cut", "good", "good", "away", "bad", "worse" };
    return text_of(tones[status / 100 < 6 ? status / 100 : 0]);
}

const char *console_tab_name(const struct console *c)
{
    return console_tab_of(c->in);
}

const char *console_tab_of(const struct console_query *in)
{
    return tabs[in->tab.v].name;
}

/* ---- around the tabs --------------------------------------------------------------------------------------- */

static void put_tabs(struct console *c)
{
    struct arena *arena = c->rq->arena;
    struct template_values *items = ARENA_ARRAY(arena, TAB_COUNT, struct template_values);
    for (size_t i = 0; i < TAB_COUNT; i++) {
        struct template_value *v = ARENA_ARRAY(arena, 4, struct template_value);
        v[0] = value_of("name", text_of(tabs[i].name));
        v[1] = value_of("title", text_of(tabs[i].title));
        v[2] = value_of("current", i == (size_t)c->in->tab.v ? T("true") : T(""));
        v[3] = none;
        items[i] = (struct template_values){ v };
    }
    console_put(c, list_of("tabs", items, TAB_COUNT));
}

static struct template_values space_link(const struct request *rq, struct space *space)
{
    struct template_value *v = ARENA_ARRAY(rq->arena, 4, struct template_value);
    const struct text name = text_copy(rq->arena, space_name(space));
    v[0] = value_of("name", name);
    v[1] = value_of("path", space_is_default(space)
                                ? T("/_mock/") : text_format(rq->arena, "/_mock/s/%.*s/_mock/", TEXT_ARG(name)));
    v[2] = value_of("current", space_id(space) == rq->space ? T("true") : T(""));
    v[3] = none;
    return (struct template_values){ v };
}

/* The way to the same tab of other spaces: of many, the first that were made, and that which is shown. The others are a
 * search away. */
static void put_spaces(struct console *c)
{
    struct request *rq = c->rq;
    struct space *spaces[MOST_SPACES];
    struct template_values *items = ARENA_ARRAY(rq->arena, MOST_SPACES + 1, struct template_values);
    size_t n = spaces_list(rq->server->spaces, spaces, MOST_SPACES);
    bool has_shown = false;
    for (size_t i = 0; i < n; i++) {
        items[i] = space_link(rq, spaces[i]);
        has_shown |= space_id(spaces[i]) == rq->space;
        space_release(spaces[i]);
    }
    if (!has_shown)
        items[n++] = space_link(rq, rq->home);
    console_put(c, list_of("all_spaces", items, n));
}

static void put_frame(struct console *c)
{
    const bool locked = c->rq->server->config->admin_token;
    const struct tab *tab = &tabs[c->in->tab.v];
    console_put_text(c, "base", c->base);
    console_put_text(c, "version", T(DUVO_MOCK_VERSION));
    console_put_text(c, "locked", locked ? T("true") : T(""));
    console_put_text(c, "curl", locked ? T("curl -H \"Authorization: Bearer $DUVO_MOCK_ADMIN_TOKEN\"") : T("curl"));
    console_put_text(c, "tab", text_of(tab->name));
    console_put_text(c, "title", text_of(tab->title));
    console_put_text(c, "q", c->in->q.v);
    console_put_text(c, text_format(c->rq->arena, "tab.%s", tab->name).p, T("true"));
    put_tabs(c);
    put_spaces(c);
}

/* Last of all, because it is told once; a script that looks at the page again has no use for it. */
static void put_told(struct console *c)
{
    struct told told;
    if (c->rq->quiet || c->in->told.is != VALUE_SET || !told_take(c->rq, c->in->told.v, &told))
        return;
    console_put_text(c, "told", told.text);
    console_put_text(c, "answer", told.answer);
    console_put_text(c, "told_failed", told.failed ? T("true") : T(""));
}

enum err console_show(struct request *rq, struct reply *rp)
{
    struct console *c = REQUEST_NEW(rq, struct console);
    (void)rp;
    if (!runs_settle(rq))
        return OK;
    rq->quiet = request_header(rq, T("x-mock-refresh")).p;
    *c = (struct console){ .rq = rq, .in = rq->query, .redactor = { store_key(rq->server->store) } };
    enum err err = links_base(rq, &c->base);
    if (err != OK)
        return err;
    put_frame(c);
    err = tabs[c->in->tab.v].fill(c);
    if (err != OK)
        return err;
    put_told(c);
    page_answer_live(rq, 200, "console.html", c->values);
    return OK;
}

/* ---- tabs that other calls make --------------------------------------------------------------------------- */

#define PUT_PARTS(c, parts) console_put_parts(c, parts, sizeof(parts) / sizeof(parts)[0])

enum err console_spaces(struct console *c)
{
    struct arena *arena = c->rq->arena;
    struct reply reply = { .status = 0 };
    struct spaces_page page = { .q = c->in->q.v, .behind = c->in->before.v, .max = MOST_SPACES };
    const enum err err = spaces_list_page(c->rq, &page, &reply);
    if (err != OK)
        return err;
    struct console_link more = { .tab = "spaces", .q = page.q, .before = page.last }, first = more, all = more;
    first.before = all.before = all.q = T("");
    console_put(c, view_part(arena, "spaces", view_of(arena, &c->redactor, &space_list, reply.object, none)));
    console_put_text(c, "found", int_text(arena, (int64_t)page.found));
    console_put_text(c, "kept", page.found != page.total ? int_text(arena, (int64_t)page.total) : T(""));
    console_put_text(c, "more_href", page.has_more ? console_href(arena, more) : T(""));
    console_put_text(c, "first_href", page.behind.n ? console_href(arena, first) : T(""));
    console_put_text(c, "all_href", console_href(arena, all));
    return OK;
}

enum err console_faults(struct console *c)
{
    static const struct console_part parts[] = { { "faults", faults_show, &fault_list } };
    console_put_text(c, "operation", c->in->operation.v);
    console_put_text(c, "path", c->in->path.v);
    console_put(c, console_operations(c->rq));
    return PUT_PARTS(c, parts);
}

enum err console_clock(struct console *c)
{
    static const struct console_part parts[] = {
        { "clock",    clock_get,    &clock_reply },
        { "settings", settings_get, &settings_reply },
    };
    return PUT_PARTS(c, parts);
}

enum err console_fixtures(struct console *c)
{
    static const struct console_part parts[] = { { "snapshots", snapshots_list, &snapshot_list } };
    struct counts *counts = REQUEST_NEW(c->rq, struct counts);
    counts_of(c->rq->db, c->rq->space, counts);
    console_put(c, view_part(c->rq->arena, "counts",
                             view_of(c->rq->arena, &c->redactor, &counts_spec, counts, none)));
    return PUT_PARTS(c, parts);
}

static struct text about_preset(struct arena *arena, const struct preset *preset)
{
    if (preset->guard == GUARD_KEY)
        return T("wants X-API-Key: " MCP_DEMO_KEY);
    if (preset->wrong_issuer)
        return T("OAuth, whose metadata name another issuer");
    if (preset->guard == GUARD_OAUTH)
        return preset->registers ? T("OAuth, clients register themselves") : T("OAuth without client registration");
    if (preset->page)
        return text_format(arena, "%zu tools a page", preset->page);
    if (preset->delay_ms)
        return text_format(arena, "answers after %lld s", (long long)(preset->delay_ms / 1000));
    return preset->eras & ERA_MODERN ? T("2026-07-28") : preset->eras & ERA_OLD ? T("2024-11-05")
                                                                                  : T("2025-11-25 and before");
}

enum err console_mcp(struct console *c)
{
    struct arena *arena = c->rq->arena;
    struct template_values *items = ARENA_ARRAY(arena, CONSOLE_PAGE, struct template_values);
    size_t n = 0;
    for (const struct preset *preset; n < CONSOLE_PAGE && (preset = preset_at(n)); n++) {
        struct template_value *v = ARENA_ARRAY(arena, 3, struct template_value);
        v[0] = value_of("preset", text_of(preset->name));
        v[1] = value_of("about", about_preset(arena, preset));
        v[2] = none;
        items[n] = (struct template_values){ v };
    }
    console_put(c, list_of("presets", items, n));
    return OK;
}

/* ---- operations ------------------------------------------------------------------------------------------ */

/* Whether it is the first route of its operation; of most, each version has one. */
static bool is_first(size_t at)
{
    size_t i = 0;
    while (strcmp(routes[i].operation, routes[at].operation) != 0)
        i++;
    return i == at;
}

static struct template_values option_of(struct arena *arena, const struct route *route)
{
    struct template_value *v = ARENA_ARRAY(arena, 3, struct template_value);
    v[0] = value_of("operation", text_of(route->operation));
    v[1] = value_of("note", route->fn ? T("") : T("not mocked"));
    v[2] = none;
    return (struct template_values){ v };
}

struct template_value console_operations(struct request *rq)
{
    struct template_values *items = ARENA_ARRAY(rq->arena, route_count + documented_count, struct template_values);
    size_t n = 0;
    for (size_t i = 0; i < route_count; i++)
        if (routes[i].version && is_first(i))
            items[n++] = option_of(rq->arena, &routes[i]);
    for (size_t i = 0; i < documented_count; i++)
        if (documented[i].version == 2 && !documented_is_mocked(&documented[i]))
            items[n++] = option_of(rq->arena, &documented[i]);
    return list_of("operations", items, n);
}

/* ---- beside the page -------------------------------------------------------------------------------------- */

/* Relative, so that it leads back to where the browser knows the mock. */
enum err console_redirect(struct request *rq, struct reply *rp)
{
    (void)rp;
    page_redirect(rq, T("_mock/"));
    return OK;
}

enum err console_script(struct request *rq, struct reply *rp)
{
    (void)rp;
    page_script(rq, "console.js");
    return OK;
}

static const char *const modules[] = { "calls.js", "events.js", "fixtures.js", "forms.js", "keys.js", "page.js",
                                       "programs.js", "token.js", "try.js", NULL };

struct module_path {
    struct v_enum module;
};

static const struct field module_fields[] = {
    FIELD_ENUM(struct module_path, module, .flags = REQUIRED, .names = modules, .doc = "Part of the console's script"),
};
const struct spec module_path = SPEC(struct module_path, "ModulePath", module_fields);

enum err console_module(struct request *rq, struct reply *rp)
{
    const struct module_path *path = rq->path;
    (void)rp;
    page_script(rq, text_format(rq->arena, "console_%s", modules[path->module.v]).p);
    return OK;
}
