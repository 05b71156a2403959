/* The console: a page on which a developer sees what a client did and what state there is, in the space of the URL. It
 * is all there without scripts; server/pages/console.js brings it up to date and makes its buttons work. */
#include "api/connections.h"
#include "api/handlers.h"
#include "api/run_moves.h"
#include "api/triggers.h"
#include "base/clock.h"
#include "base/uri.h"
#include "control/counts.h"
#include "space/journal.h"
#include "space/links.h"
#include "mcp/server/preset.h"
#include "pages/page.h"
#include "request/operation.h"
#include "request/server.h"
#include "space/directory.h"
#include "store/query.h"
#include "pages/view.h"

/* Rows of a table at the most. */
enum { CONSOLE_ROWS = 100, LINE_VALUES = 14 };

static const struct template_value none = { .name = NULL };

static struct redactor redactor_of(const struct request *rq)
{
    return (struct redactor){ .key = store_key(rq->server->store) };
}

/* ---- what other calls tell ------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    handler *fn;
    const struct spec *out;
} parts[] = {
    { "clock",     clock_get,           &clock_reply },
    { "settings",  settings_get,        &settings_reply },
    { "faults",    faults_show,         &fault_list },
    { "outcomes",  consent_orders_list, &consent_order_list },
    { "snapshots", snapshots_list,      &snapshot_list },
    { "spaces",    spaces_list_first,   &space_list },
    { "version",   version_get,         &version_spec },
};
enum { PART_COUNT = sizeof parts / sizeof parts[0] };

static enum err put_parts(struct request *rq, struct template_value *ret)
{
    const struct redactor redactor = redactor_of(rq);
    for (size_t i = 0; i < PART_COUNT; i++) {
        struct reply reply = { .status = 0 };
        const enum err err = parts[i].fn(rq, &reply);
        if (err != OK)
            return err;
        ret[i] = view_part(rq->arena, parts[i].name, view_of(rq->arena, &redactor, parts[i].out, reply.object, none));
    }
    return OK;
}

/* ---- connections ----------------------------------------------------------------------------------------- */

static struct template_value counts_value(struct request *rq)
{
    const struct redactor redactor = redactor_of(rq);
    struct counts *counts = REQUEST_NEW(rq, struct counts);
    counts_of(rq->db, rq->space, counts);
    return view_part(rq->arena, "counts", view_of(rq->arena, &redactor, &counts_spec, counts, none));
}

static struct template_value connection_rows(struct request *rq)
{
    const struct redactor redactor = redactor_of(rq);
    struct template_values *items = ARENA_ARRAY(rq->arena, CONSOLE_ROWS, struct template_values);
    size_t n = 0;
    QUERY q = query_with(rq->db, SQL_CONNECTION_NEWEST, WITH(CONSOLE_ROWS));
    while (n < CONSOLE_ROWS && query_row(&q)) {
        struct connection *c = REQUEST_NEW(rq, struct connection);
        const struct text owner = text_copy(rq->arena, col_text(&q, 0));
        col_row(&q, 1, &connection_spec, rq->arena, c);
        items[n++] = view_of(rq->arena, &redactor, &connection_spec, c, value_of("owner", owner));
    }
    return list_of("connections", items, n);
}

/* Newest first. */
static struct template_value newest_rows(struct request *rq, const char *name, enum sql which, const struct spec *spec)
{
    const struct redactor redactor = redactor_of(rq);
    size_t n;
    const char *rows = query_all(rq->db, which, WITH(CONSOLE_ROWS), spec, rq->arena, &n);
    struct template_values *items = ARENA_ARRAY(rq->arena, n, struct template_values);
    for (size_t i = 0; i < n; i++)
        items[i] = view_of(rq->arena, &redactor, spec, rows + i * spec->size, none);
    return list_of(name, items, n);
}

/* ---- the journal ----------------------------------------------------------------------------------------- */

/* The newest lines of the journal: the first walk counts, the second one takes. */
struct lines {
    struct request *rq;
    struct redactor redactor;
    size_t total, skip, n;
    uint64_t dropped;
    struct template_values *items; /* newest first */
};

/* The mock's own calls are left out, as they are from lists. */
static bool count_entry(void *cls, const struct journal_entry *entry)
{
    struct lines *lines = cls;
    lines->total += entry->origin == ORIGIN_CLIENT;
    return true;
}

static void add_dropped_calls(void *cls, const struct journal_dropped *dropped)
{
    struct lines *lines = cls;
    if (dropped->origin == ORIGIN_CLIENT)
        lines->dropped += dropped->count;
}

static struct text tone_of(unsigned status)
{
    static const char *const tones[] = { "cut", "good", "good", "away", "bad", "worse" };
    return text_of(tones[status / 100 < 6 ? status / 100 : 0]);
}

static struct text url_encoded(struct arena *arena, struct text t)
{
    struct buf b = buf_new(arena, 3 * t.n + 1);
    uri_put_encoded(&b, t);
    return buf_text(&b);
}

static struct template_values journal_line(struct lines *lines, const struct journal_entry *entry)
{
    struct arena *arena = lines->rq->arena;
    struct template_value *v = ARENA_ARRAY(arena, LINE_VALUES, struct template_value);
    size_t n = 0;
    v[n++] = value_of("number", int_text(arena, (int64_t)entry->number));
    v[n++] = value_of("ref", url_encoded(arena, entry->id));
    v[n++] = value_of("at", time_text(arena, entry->at));
    v[n++] = value_of("time", text_clip(text_from(time_text(arena, entry->at), 11), 12));
    v[n++] = value_of("method", redact_url(arena, entry->method));
    v[n++] = value_of("path", redact_url_with(&lines->redactor, arena, entry->target));
    v[n++] = value_of("operation", entry->route ? text_of(entry->route->operation) : T(""));
    v[n++] = value_of("status", entry->status ? int_text(arena, entry->status) : text_of(entry->broken));
    v[n++] = value_of("tone", tone_of(entry->status));
    v[n++] = value_of("took", text_format(arena, "%.1f", (double)entry->duration_us / 1000));
    v[n++] = value_of("warning", text_copy(arena, entry->warning));
    v[n++] = value_of("broken", text_of(entry->broken));
    v[n++] = value_of("fault", text_copy(arena, entry->fault));
    v[n] = none;
    return (struct template_values){ v };
}

static bool take_entry(void *cls, const struct journal_entry *entry)
{
    struct lines *lines = cls;
    if (entry->origin != ORIGIN_CLIENT)
        return true;
    if (lines->skip) {
        lines->skip--;
        return true;
    }
    if (lines->n < CONSOLE_ROWS)
        lines->items[CONSOLE_ROWS - ++lines->n] = journal_line(lines, entry);
    return lines->n < CONSOLE_ROWS;
}

static struct template_value request_lines(struct request *rq)
{
    struct lines lines = { .rq = rq, .redactor = redactor_of(rq) };
    lines.items = ARENA_ARRAY(rq->arena, CONSOLE_ROWS, struct template_values);
    journal_walk(space_journal(rq->home), count_entry, &lines);
    lines.skip = lines.total > CONSOLE_ROWS ? lines.total - CONSOLE_ROWS : 0;
    journal_walk(space_journal(rq->home), take_entry, &lines);
    journal_each_dropped(space_journal(rq->home), add_dropped_calls, &lines);
    struct template_value *v = ARENA_ARRAY(rq->arena, 4, struct template_value);
    v[0] = value_of("total", int_text(rq->arena, (int64_t)lines.total));
    v[1] = value_of("dropped", lines.dropped ? int_text(rq->arena, (int64_t)lines.dropped) : T(""));
    v[2] = list_of("lines", lines.items + CONSOLE_ROWS - lines.n, lines.n);
    v[3] = none;
    return view_part(rq->arena, "requests", (struct template_values){ v });
}

/* ---- what is always there -------------------------------------------------------------------------------- */

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

static struct template_value preset_list(struct request *rq)
{
    struct template_values *items = ARENA_ARRAY(rq->arena, CONSOLE_ROWS, struct template_values);
    size_t n = 0;
    for (const struct preset *preset; n < CONSOLE_ROWS && (preset = preset_at(n)); n++) {
        struct template_value *v = ARENA_ARRAY(rq->arena, 3, struct template_value);
        v[0] = value_of("preset", text_of(preset->name));
        v[1] = value_of("about", about_preset(rq->arena, preset));
        v[2] = none;
        items[n] = (struct template_values){ v };
    }
    return list_of("presets", items, n);
}

static struct template_value endpoint_list(struct request *rq)
{
    struct template_values *items = ARENA_ARRAY(rq->arena, route_count, struct template_values);
    for (size_t i = 0; i < route_count; i++) {
        struct template_value *v = ARENA_ARRAY(rq->arena, 5, struct template_value);
        v[0] = value_of("method", text_of(method_names[routes[i].method]));
        v[1] = value_of("path", text_of(routes[i].path));
        v[2] = value_of("operation", text_of(routes[i].operation));
        v[3] = value_of("summary", text_of(routes[i].summary));
        v[4] = none;
        items[i] = (struct template_values){ v };
    }
    return list_of("endpoints", items, route_count);
}

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

/* Those that a fault can be for. */
static struct template_value operation_list(struct request *rq)
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

/* ---- the page -------------------------------------------------------------------------------------------- */

enum err console_show(struct request *rq, struct reply *rp)
{
    struct template_value values[PART_COUNT + 12] = { value_of("base", T("")) };
    const bool locked = rq->server->config->admin_token;
    (void)rp;
    if (!runs_settle(rq))
        return OK;
    rq->quiet = request_header(rq, T("x-mock-refresh")).p;
    enum err err = links_base(rq, &values[0].text);
    if (err == OK)
        err = put_parts(rq, values + 1);
    if (err != OK)
        return err;
    struct template_value *v = values + 1 + PART_COUNT;
    *v++ = value_of("locked", locked ? T("true") : T(""));
    *v++ = value_of("curl", locked ? T("curl -H \"Authorization: Bearer $DUVO_MOCK_ADMIN_TOKEN\"") : T("curl"));
    *v++ = counts_value(rq);
    *v++ = connection_rows(rq);
    *v++ = newest_rows(rq, "runs", SQL_RUN_NEWEST, &run_item_spec);
    *v++ = newest_rows(rq, "triggers", SQL_TRIGGER_NEWEST, &trigger_row);
    *v++ = request_lines(rq);
    *v++ = preset_list(rq);
    *v++ = endpoint_list(rq);
    *v++ = operation_list(rq);
    *v = none;
    page_answer_live(rq, 200, "console.html", values);
    return OK;
}

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
