/* The console's lists: one component for every kind of stored row (kinds.def), what it shows following from the rows'
 * field table. */
#include "control/console_kind.h"

#include "api/cases.h"
#include "api/connections.h"
#include "api/handlers.h"
#include "api/runs.h"
#include "api/triggers.h"
#include "api/webhooks.h"
#include "base/json.h"
#include "base/limit.h"
#include "control/kinds.h"
#include "control/search.h"
#include "fixtures/sections.h"
#include "oauth/composio.h"
#include "oauth/flow.h"
#include "pages/view.h"
#include "spec/nearest.h"
#include "store/query.h"

enum { MOST_ROWS = 10000, MOST_FACTS = 6 };

#define OF(section_name) .section = SECTION_##section_name
#define BY(statement, s) .section = SECTION_COUNT, .newest = SQL_##statement, .spec = &(s)

static struct text state_of_connection(const struct request *rq, const void *object)
{
    const struct connection *connection = object;
    (void)rq;
    return connection->broken_at.is == VALUE_SET ? T("broken") : T("active");
}

static struct text state_of_trigger(const struct request *rq, const void *object)
{
    const struct trigger *trigger = object;
    (void)rq;
    return trigger->auto_disabled_at.is == VALUE_SET || !trigger->enabled.v ? T("off") : T("on");
}

static struct text state_of_case_trigger(const struct request *rq, const void *object)
{
    const struct case_trigger *trigger = object;
    (void)rq;
    return trigger->enabled.v ? T("on") : T("off");
}

static struct text state_of_webhook(const struct request *rq, const void *object)
{
    const struct webhook *webhook = object;
    (void)rq;
    return webhook->paused.v ? T("paused") : T("on");
}

static struct text state_of_flow(const struct request *rq, const void *object)
{
    const struct flow *flow = object;
    if (flow->error.is == VALUE_SET)
        return T("failed");
    if (flow->connection_id.is == VALUE_SET)
        return T("connected");
    return flow_is_over(rq, flow) ? T("expired") : flow->taken_at.is == VALUE_SET ? T("running") : T("pending");
}

const struct list_kind kinds[] = {
#include "control/kinds.def"
};
enum { KIND_TOTAL = sizeof kinds / sizeof kinds[0] };
const size_t kind_count = KIND_TOTAL;

const struct list_kind *kind_of_list(struct text name)
{
    for (size_t i = 0; i < KIND_TOTAL; i++)
        if (text_eq(text_of(kinds[i].name), name))
            return &kinds[i];
    return NULL;
}

/* Words for rows that the console calls something else. */
static const struct {
    const char *word, *one;
} other_words[] = {
    { "subscription", "webhook" }, { "org", "organization" }, { "artifact", "dashboard" }, { "credential", "secret" },
};

/* Whether the last words of `stem`, with underscores between, are `one`. */
static bool is_called(struct text stem, struct text one)
{
    const size_t before = stem.n - one.n;
    return stem.n >= one.n && text_eq(text_from(stem, before), one) && (before == 0 || stem.p[before - 1] == '_');
}

/* The member's name without what says that it is an id; unset: it says nothing such. */
static struct text stem_of(struct text member)
{
    static const char *const ends[] = { "_id", "Id", "_ids" };
    if (text_eq(member, T("subscription")))
        return member;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const size_t n = strlen(ends[i]);
        if (member.n > n && text_eq(text_from(member, member.n - n), text_of(ends[i])))
            return text_clip(member, member.n - n);
    }
    return (struct text){ NULL, 0 };
}

/* The kind whose rows are called so. */
static const struct list_kind *kind_of_one(struct text stem)
{
    for (size_t i = 0; stem.n && i < KIND_TOTAL; i++)
        if (is_called(stem, text_of(kinds[i].one)))
            return &kinds[i];
    return NULL;
}

const struct list_kind *kind_named_by(struct text member)
{
    const struct text stem = stem_of(member);
    const struct list_kind *kind = kind_of_one(stem);
    if (kind)
        return kind;
    for (size_t i = 0; stem.n && i < sizeof other_words / sizeof other_words[0]; i++)
        if (text_eq(stem, text_of(other_words[i].word)))
            return kind_of_one(text_of(other_words[i].one));
    return NULL;
}

static const struct spec *spec_of(const struct list_kind *kind)
{
    return kind->spec ? kind->spec : section_columns(kind->section);
}

/* ---- rows ------------------------------------------------------------------------------------------------ */

struct text console_row_text(const struct template_value *v, struct text name)
{
    for (; v && v->name; v++)
        if (!v->is_list && text_eq(text_of(v->name), name))
            return v->text;
    return (struct text){ NULL, 0 };
}

struct text kind_row_id(const struct list_kind *kind, const struct list_row *row)
{
    const struct text id = console_row_text(row->v, T("id"));
    return id.n ? id : console_row_text(row->v, text_of(kind->label)); /* a pin has none */
}

static struct query query_of(struct db *db, const struct list_kind *kind)
{
    return kind->section != SECTION_COUNT ? query(db, section_kinds[kind->section].list)
                                          : query_with(db, kind->newest, WITH(MOST_ROWS));
}

static struct list_row row_of(struct console *c, const struct list_kind *kind, const void *object,
                         struct template_value lead)
{
    const struct template_values values = view_of(c->rq->arena, &c->redactor, spec_of(kind), object, lead);
    return (struct list_row){ values.v,
                         kind->judge ? kind->judge(c->rq, object) : console_row_text(values.v, text_of(kind->state)) };
}

/* What is in memory. */
static struct list_row *read_kept(struct console *c, const struct list_kind *kind, size_t *ret_n)
{
    const char *objects = kind->read(c->rq->home, c->rq->arena, ret_n);
    struct list_row *rows = ARENA_ARRAY(c->rq->arena, *ret_n, struct list_row);
    for (size_t i = 0; i < *ret_n; i++)
        rows[i] = row_of(c, kind, objects + (*ret_n - 1 - i) * kind->spec->size,
                         (struct template_value){ .name = NULL });
    return rows;
}

/* All of a kind, newest first. */
static struct list_row *read_rows(struct console *c, const struct list_kind *kind, size_t *ret_n)
{
    if (kind->read)
        return read_kept(c, kind, ret_n);
    const struct spec *spec = spec_of(kind);
    const bool by_section = kind->section != SECTION_COUNT;
    struct arena *arena = c->rq->arena;
    struct list_row *rows = ARENA_ARRAY(arena, MOST_ROWS, struct list_row);
    size_t n = 0;
    QUERY q = query_of(c->rq->db, kind);
    while (n < MOST_ROWS && query_row(&q)) {
        struct template_value lead = { .name = NULL };
        void *object = arena_alloc(arena, spec->size);
        if (kind->lead)
            lead = value_of(kind->lead, text_copy(arena, col_text(&q, 0)));
        col_row(&q, kind->lead ? 1 : 0, spec, arena, object);
        rows[n++] = row_of(c, kind, object, lead);
    }
    for (size_t i = 0; by_section && i < n / 2; i++) {
        const struct list_row row = rows[i];
        rows[i] = rows[n - 1 - i];
        rows[n - 1 - i] = row;
    }
    *ret_n = n;
    return rows;
}

void kinds_each_row(struct db *db, struct arena *arena,
                    void (*see)(void *cls, const char *kind, const struct spec *spec, const void *object), void *cls)
{
    for (size_t i = 0; i < KIND_TOTAL; i++) {
        if (kinds[i].read)
            continue;
        const struct spec *spec = spec_of(&kinds[i]);
        QUERY q = query_of(db, &kinds[i]);
        for (int n = 0; n < MOST_ROWS && query_row(&q); n++) {
            void *object = arena_alloc(arena, spec->size);
            col_row(&q, kinds[i].lead ? 1 : 0, spec, arena, object);
            see(cls, kinds[i].one, spec, object);
        }
    }
}

void kinds_each_in_memory(const struct space *space, struct arena *arena,
                          void (*see)(void *cls, const char *kind, const struct spec *spec, const void *object),
                          void *cls)
{
    for (size_t i = 0; i < KIND_TOTAL; i++) {
        size_t n = 0;
        const char *objects = kinds[i].read ? kinds[i].read(space, arena, &n) : NULL;
        for (size_t k = 0; k < n; k++)
            see(cls, kinds[i].one, kinds[i].spec, objects + k * kinds[i].spec->size);
    }
}

/* ---- searching ------------------------------------------------------------------------------------------- */

static bool row_has(const struct list_row *row, struct search_word word)
{
    if (text_eq(word.name, T("state")))
        return search_is_in(row->state, word.value);
    if (word.name.p)
        return search_is_in(console_row_text(row->v, word.name), word.value);
    for (const struct template_value *v = row->v; v->name; v++)
        if (!v->is_list && search_is_in(v->text, word.value))
            return true;
    return search_is_in(row->state, word.value);
}

static bool row_holds(const struct list_row *row, struct text q)
{
    struct search_word word;
    while (search_take_word(&q, &word))
        if (!row_has(row, word))
            return false;
    return true;
}

/* NULL, or what is wrong with the search: a word before a colon is one of the rows' members. */
static struct text wrong_word(struct console *c, const struct list_kind *kind, struct text q)
{
    const struct spec *spec = spec_of(kind);
    struct search_word word;
    while (search_take_word(&q, &word)) {
        struct nearest nearest = nearest_to(word.name);
        nearest_try(&nearest, T("state"));
        if (!word.name.p || (kind->lead && text_eq(word.name, text_of(kind->lead))))
            continue;
        for (size_t i = 0; i < spec->count; i++)
            nearest_try(&nearest, text_of(spec->fields[i].name));
        if (nearest.found)
            continue;
        return nearest.word.p ? text_format(c->rq->arena, "A %s has no \"%.*s:\": did you mean \"%.*s:\"?", kind->one,
                                            TEXT_ARG(word.name), TEXT_ARG(nearest.word))
                              : text_format(c->rq->arena, "A %s has no \"%.*s:\": put it in quotes to find it as text",
                                            kind->one, TEXT_ARG(word.name));
    }
    return T("");
}

/* ---- one line of a list ------------------------------------------------------------------------------------ */

struct text kind_tone(struct text state)
{
    static const char *const good[] = { "active", "completed", "live", "connected", "on", "delivered", NULL };
    static const char *const waits[] = { "waiting", "running", "initiated", "draft", "pending", "queued", "paused",
                                        "retrying", NULL };
    static const char *const bad[] = { "failed", "expired", "interrupted", "broken", NULL };
    return text_index_nocase(state, good) >= 0 ? T("good") : text_index_nocase(state, waits) >= 0 ? T("away")
           : text_index_nocase(state, bad) >= 0 ? T("worse") : T("plain");
}

static struct template_value facts_of(struct arena *arena, const struct list_kind *kind,
                                      const struct list_row *row)
{
    struct template_values *items = ARENA_ARRAY(arena, MOST_FACTS, struct template_values);
    struct text rest = text_of(kind->facts);
    size_t n = 0;
    while (rest.p && n < MOST_FACTS) {
        const struct text value = console_row_text(row->v, text_cut(&rest, ' '));
        if (!value.n)
            continue;
        struct template_value *v = ARENA_ARRAY(arena, 2, struct template_value);
        v[0] = value_of("fact", value);
        v[1] = (struct template_value){ .name = NULL };
        items[n++] = (struct template_values){ v };
    }
    return list_of("facts", items, n);
}

static struct console_link link_to(const struct console *c, const struct list_kind *kind, struct text id)
{
    return (struct console_link){ .tab = kind->tab, .list = kind->name, .q = c->in->q.v, .before = c->in->before.v,
                                  .id = id };
}

struct text console_row_href(const struct console *c, const struct list_kind *kind, struct text id)
{
    return console_href(c->rq->arena, link_to(c, kind, id));
}

static struct template_values line_of(struct console *c, const struct list_kind *kind,
                                      const struct list_row *row)
{
    struct arena *arena = c->rq->arena;
    struct template_value *v = ARENA_ARRAY(arena, 9, struct template_value);
    const struct text id = kind_row_id(kind, row);
    const struct text label = console_row_text(row->v, text_of(kind->label));
    v[0] = value_of("row_id", id);
    v[1] = value_of("href", console_row_href(c, kind, id));
    v[2] = value_of("label", label.n ? label : id);
    v[3] = value_of("state", row->state);
    v[4] = value_of("tone", kind_tone(row->state));
    v[5] = facts_of(arena, kind, row);
    v[6] = value_of("current", text_eq(id, c->in->id.v) ? T("true") : T(""));
    v[7] = (struct template_value){ .name = NULL };
    return (struct template_values){ v };
}

/* ---- a list -------------------------------------------------------------------------------------------- */

static void put_page(struct console *c, const struct list_kind *kind, const struct list_row *rows, size_t n)
{
    struct arena *arena = c->rq->arena;
    struct template_values *items = ARENA_ARRAY(arena, CONSOLE_PAGE, struct template_values);
    bool passed = c->in->before.is != VALUE_SET, more = false;
    size_t shown = 0, total = 0;
    struct text last = T("");
    for (size_t i = 0; i < n; i++) {
        const bool holds = row_holds(&rows[i], c->in->q.v);
        total += holds;
        more |= holds && passed && shown == CONSOLE_PAGE;
        if (holds && passed && shown < CONSOLE_PAGE) {
            items[shown++] = line_of(c, kind, &rows[i]);
            last = kind_row_id(kind, &rows[i]);
        }
        passed |= text_eq(kind_row_id(kind, &rows[i]), c->in->before.v);
    }
    struct console_link older = link_to(c, kind, T("")), all = older, first = older;
    older.before = last;
    all.q = all.before = first.before = T("");
    console_put(c, list_of("lines", items, shown));
    console_put_text(c, "total", int_text(arena, (int64_t)total));
    console_put_text(c, "kept", total != n ? int_text(arena, (int64_t)n) : T(""));
    console_put_text(c, "older", more ? console_href(arena, older) : T(""));
    console_put_text(c, "behind", n && c->in->before.is == VALUE_SET ? T("true") : T(""));
    console_put_text(c, "all_href", console_href(arena, all));
    console_put_text(c, "first_href", c->in->before.is == VALUE_SET ? console_href(arena, first) : T(""));
    console_put_text(c, "close_href", console_href(arena, link_to(c, kind, T(""))));
}

static void put_kinds(struct console *c, const struct list_kind *current)
{
    struct template_values *items = ARENA_ARRAY(c->rq->arena, KIND_TOTAL, struct template_values);
    size_t n = 0;
    for (size_t i = 0; i < KIND_TOTAL; i++) {
        if (strcmp(kinds[i].tab, current->tab) != 0)
            continue;
        struct template_value *v = ARENA_ARRAY(c->rq->arena, 4, struct template_value);
        v[0] = value_of("list_title", text_of(kinds[i].title));
        v[1] = value_of("href", console_href(c->rq->arena, (struct console_link){ .tab = kinds[i].tab,
                                                                                  .list = kinds[i].name }));
        v[2] = value_of("current", &kinds[i] == current ? T("true") : T(""));
        v[3] = (struct template_value){ .name = NULL };
        items[n++] = (struct template_values){ v };
    }
    console_put(c, list_of("lists", items, n));
}

/* The first of the tab unless one is named; NULL: it has none. */
static const struct list_kind *find_kind(const struct console *c, const char *tab)
{
    const struct list_kind *first = NULL;
    for (size_t i = KIND_TOTAL; i-- > 0;)
        if (strcmp(kinds[i].tab, tab) == 0) {
            if (text_eq(text_of(kinds[i].name), c->in->list.v))
                return &kinds[i];
            first = &kinds[i];
        }
    return first;
}

const struct template_value *console_put_list(struct console *c, const char *tab)
{
    const struct list_kind *kind = find_kind(c, tab);
    const struct list_row *found = NULL;
    size_t n;
    if (!kind)
        return NULL;
    const struct list_row *rows = read_rows(c, kind, &n);
    console_put_text(c, "list", text_of(kind->name));
    console_put_text(c, text_format(c->rq->arena, "makes.%s", kind->name).p, T("true"));
    console_put_text(c, "list_name", text_of(kind->title));
    console_put_text(c, "empty", text_of(kind->empty));
    console_put_text(c, "wrong", wrong_word(c, kind, c->in->q.v));
    put_kinds(c, kind);
    console_put(c, console_forms(c, "list_forms", kind->makes, kind, NULL));
    put_page(c, kind, rows, n);
    for (size_t i = 0; i < n && c->in->id.is == VALUE_SET && !found; i++)
        if (text_eq(kind_row_id(kind, &rows[i]), c->in->id.v))
            found = &rows[i];
    if (found)
        console_put_detail(c, kind, found);
    else if (c->in->id.is == VALUE_SET)
        console_put_text(c, "forgotten", T("true"));
    return found ? found->v : NULL;
}

enum err console_rows(struct console *c)
{
    console_put_list(c, console_tab_name(c));
    return OK;
}
