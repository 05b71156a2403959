/* The console's requests: the journal, searched and paged through, and one entry whole. */
#include "control/console.h"

#include "base/clock.h"
#include "base/limit.h"
#include "control/search.h"
#include "control/selection.h"
#include "control/show.h"
#include "base/uri.h"
#include "request/route.h"
#include "request/server.h"
#include "space/directory.h"

enum { LINE_VALUES = 20 };

static struct text url_encoded(struct arena *arena, struct text t)
{
    struct buf b = buf_new(arena, 3 * t.n + 1);
    uri_put_encoded(&b, t);
    return buf_text(&b);
}

static struct text duration(struct arena *arena, int64_t us)
{
    return us < 1000 ? text_format(arena, "%lld µs", (long long)us)
                     : text_format(arena, us < 100000 ? "%.1f ms" : "%.0f ms", (double)us / 1000);
}

static struct console_link link_to(const struct console *c, struct text id)
{
    return (struct console_link){ .tab = "requests", .q = c->in->q.v, .before = c->in->before.v, .id = id,
                                  .hides_own = c->in->own.v };
}

static struct template_values line_of(struct console *c, const struct journal_entry *entry)
{
    struct arena *arena = c->rq->arena;
    struct template_value *v = ARENA_ARRAY(arena, LINE_VALUES, struct template_value);
    const bool current = c->in->id.is == VALUE_SET && text_eq(c->in->id.v, entry->id);
    size_t n = 0;
    v[n++] = value_of("number", int_text(arena, (int64_t)entry->number));
    v[n++] = value_of("ref", url_encoded(arena, entry->id));
    v[n++] = value_of("entry_id", text_is_utf8(entry->id) ? entry->id : T(""));
    v[n++] = value_of("href", console_href(arena, link_to(c, entry->id)));
    v[n++] = value_of("at", time_text(arena, entry->at));
    v[n++] = value_of("time", text_clip(text_from(time_text(arena, entry->at), 11), 12));
    v[n++] = value_of("method", redact_url(arena, entry->method));
    v[n++] = value_of("path", redact_url_with(&c->redactor, arena, entry->target));
    v[n++] = value_of("operation", entry->route ? text_of(entry->route->operation) : T(""));
    v[n++] = value_of("status", entry->status ? int_text(arena, entry->status) : text_of(entry->broken));
    v[n++] = value_of("tone", console_tone(entry->status));
    v[n++] = value_of("took", duration(arena, entry->duration_us));
    v[n++] = value_of("warning", entry->warning);
    v[n++] = value_of("broken", text_of(entry->broken));
    v[n++] = value_of("fault", entry->fault);
    v[n++] = value_of("caller", entry->caller);
    v[n++] = value_of("self", entry->origin == ORIGIN_SELF ? T("true") : T(""));
    v[n++] = value_of("current", current ? T("true") : T(""));
    v[n] = (struct template_value){ .name = NULL };
    return (struct template_values){ v };
}

/* ---- the list -------------------------------------------------------------------------------------------- */

/* Newest first, as the journal is not. */
static void put_lines(struct console *c, const struct selection *s)
{
    struct template_values *items = ARENA_ARRAY(c->rq->arena, CONSOLE_PAGE, struct template_values);
    struct text last = { NULL, 0 };
    size_t n = 0;
    for (size_t i = s->n; i-- > 0;) {
        const struct journal_entry *entry = journal_find(space_journal(c->rq->home), s->numbers[i], c->rq->arena);
        if (!entry)
            continue;
        items[n++] = line_of(c, entry);
        last = int_text(c->rq->arena, (int64_t)entry->number);
    }
    struct console_link older = link_to(c, T(""));
    older.before = last;
    console_put(c, list_of("lines", items, n));
    console_put_text(c, "older", s->has_older ? console_href(c->rq->arena, older) : T(""));
}

static void put_totals(struct console *c, const struct selection *s)
{
    struct arena *arena = c->rq->arena;
    struct console_link own = link_to(c, c->in->id.v), all = link_to(c, T("")), first = all;
    own.hides_own = !c->in->own.v;
    all.q = all.before = first.before = T("");
    console_put_text(c, "total", int_text(arena, (int64_t)s->total));
    console_put_text(c, "kept", s->kept != s->total ? int_text(arena, (int64_t)s->kept) : T(""));
    console_put_text(c, "dropped", s->dropped ? int_text(arena, (int64_t)s->dropped) : T(""));
    console_put_text(c, "own_href", console_href(arena, own));
    console_put_text(c, "own_hidden", c->in->own.v ? T("true") : T(""));
    console_put_text(c, "behind", s->kept && c->in->before.is == VALUE_SET ? T("true") : T(""));
    console_put_text(c, "all_href", console_href(arena, all));
    console_put_text(c, "first_href", c->in->before.is == VALUE_SET ? console_href(arena, first) : T(""));
    console_put_text(c, "close_href", console_href(arena, link_to(c, T(""))));
}

/* ---- one entry --------------------------------------------------------------------------------------------- */

/* The newest of an id. */
struct id_search {
    struct text id;
    uint64_t number;
};

static bool search_id(void *cls, const struct journal_entry *entry)
{
    struct id_search *s = cls;
    if (text_eq(entry->id, s->id))
        s->number = entry->number;
    return true;
}

static struct text shown_as(struct console *c, const struct journal_entry *entry, enum show_format format)
{
    struct shown shown = shown_new(c->rq, format);
    show_entry(&shown, entry);
    return text_trim(shown_whole(&shown));
}

static struct template_value message_of(struct console *c, const char *name, const struct journal_entry *entry)
{
    struct arena *arena = c->rq->arena;
    const bool is_reply = name[2] == 'p';
    const struct pair *headers = is_reply ? entry->reply_headers : entry->request_headers;
    const size_t count = is_reply ? entry->reply_header_count : entry->request_header_count;
    const struct journal_body *body = is_reply ? &entry->reply_body : &entry->request_body;
    const struct text text = (is_reply ? show_reply_body : show_request_body)(&c->redactor, arena, entry);
    struct template_value *v = ARENA_ARRAY(arena, 4, struct template_value);
    struct template_values *item = ARENA_NEW(arena, struct template_values);
    v[0] = value_of("headers", show_headers(&c->redactor, arena, headers, count));
    v[1] = value_of("body", show_indented(arena, text));
    v[2] = value_of("lost", body->lost ? T("true") : T(""));
    v[3] = (struct template_value){ .name = NULL };
    *item = (struct template_values){ v };
    return list_of(name, item, 1);
}

static void put_entry(struct console *c)
{
    struct arena *arena = c->rq->arena;
    struct journal *journal = space_journal(c->rq->home);
    struct id_search s = { c->in->id.v, 0 };
    journal_walk(journal, search_id, &s);
    const struct journal_entry *entry = s.number ? journal_find(journal, s.number, arena) : NULL;
    if (!entry) {
        console_put_text(c, "forgotten", T("true"));
        return;
    }
    struct template_values *item = ARENA_NEW(arena, struct template_values);
    *item = line_of(c, entry);
    console_put(c, list_of("entry", item, 1));
    console_put(c, message_of(c, "request", entry));
    console_put(c, message_of(c, "reply", entry));
    console_put_text(c, "as_curl", shown_as(c, entry, SHOW_CURL));
    console_put_text(c, "as_fetch", shown_as(c, entry, SHOW_FETCH));
    console_put_text(c, "as_python", shown_as(c, entry, SHOW_PYTHON));
    const struct text url = redact_url_with(&c->redactor, arena, entry->target);
    console_put_text(c, "entry_url", url);
    console_put_text(c, "entry_path", text_clip(url, text_find(url, '?')));
}

enum err console_requests(struct console *c)
{
    const char *wrong = search_check_requests(c->in->q.v);
    int64_t before = 0;
    text_to_uint(c->in->before.v, &before);
    struct selection s = {
        .match = { .origin = { VALUE_SET, c->in->own.v ? MATCH_CLIENT : MATCH_ANY } },
        .q = wrong ? T("") : c->in->q.v,
        .before = (uint64_t)before,
        .room = CONSOLE_PAGE,
        .redactor = &c->redactor,
    };
    selection_read(&s, space_journal(c->rq->home), c->rq->arena);
    console_put_text(c, "wrong", text_copy(c->rq->arena, text_of(wrong)));
    put_lines(c, &s);
    put_totals(c, &s);
    if (c->in->id.is == VALUE_SET)
        put_entry(c);
    return OK;
}
