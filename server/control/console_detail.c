/* The row that is shown whole beside its list: its members, what it is made of, and the ways to what it names and to
 * what names it. */
#include "control/console_kind.h"

#include "api/runs.h"
#include "base/json.h"
#include "pages/view.h"

enum { MOST_FIELDS = 64, MOST_HEADERS = 1000 };

static const struct template_value none = { .name = NULL };

static struct template_values field_of(struct arena *arena, const char *name, struct text value)
{
    struct template_value *v = ARENA_ARRAY(arena, 3, struct template_value);
    v[0] = value_of("field", text_of(name));
    v[1] = value_of("content", value);
    v[2] = none;
    return (struct template_values){ v };
}

/* An id leads to the row that it names. */
static struct template_values member_of(struct console *c, const struct template_value *member)
{
    const struct template_values field = field_of(c->rq->arena, member->name, member->text);
    struct uuid id;
    const struct list_kind *kind = uuid_parse(member->text, &id) ? kind_named_by(text_of(member->name)) : NULL;
    struct template_value *v = ARENA_ARRAY(c->rq->arena, 4, struct template_value);
    v[0] = field.v[0];
    v[1] = field.v[1];
    v[2] = value_of("content_href", kind ? console_href(c->rq->arena, (struct console_link){ .tab = kind->tab,
                                                         .list = kind->name, .id = member->text }) : T(""));
    v[3] = none;
    return (struct template_values){ v };
}

static void put_fields(struct console *c, const struct row *row)
{
    struct template_values *items = ARENA_ARRAY(c->rq->arena, MOST_FIELDS, struct template_values);
    size_t n = 0;
    for (const struct template_value *v = row->v; v->name && n < MOST_FIELDS; v++)
        if (!v->is_list && v->text.n && !strchr(v->name, '.'))
            items[n++] = member_of(c, v);
    console_put(c, list_of("fields", items, n));
}

/* Of a connection: what its headers are called, and where it is used. */
static void put_connection_parts(struct console *c, struct text id)
{
    struct arena *arena = c->rq->arena;
    struct template_values *items = ARENA_ARRAY(arena, MOST_HEADERS, struct template_values);
    struct uuid uuid;
    size_t n = 0;
    if (!uuid_parse(id, &uuid))
        return;
    QUERY q = query_with(c->rq->db, SQL_HEADER_LIST, WITH(&uuid));
    while (n < MOST_HEADERS && query_row(&q)) {
        const char *name = text_cstr(arena, col_text(&q, 0));
        items[n++] = field_of(arena, name, col_is_null(&q, 1) ? T("secret") : T("plaintext"));
    }
    console_put(c, list_of("headers", items, n));
}

static void put_rows(struct console *c, const char *name, enum sql which, const struct uuid *id,
                     const struct spec *spec)
{
    struct arena *arena = c->rq->arena;
    size_t n;
    const char *rows = query_all(c->rq->db, which, WITH(id), spec, arena, &n);
    struct template_values *items = ARENA_ARRAY(arena, n, struct template_values);
    for (size_t i = 0; i < n; i++)
        items[i] = view_of(arena, &c->redactor, spec, rows + i * spec->size, none);
    console_put(c, list_of(name, items, n));
}

/* Of a run: what was said, and what it asked. */
static void put_run_parts(struct console *c, struct text id)
{
    struct uuid uuid;
    if (!uuid_parse(id, &uuid))
        return;
    put_rows(c, "messages", SQL_RUN_MESSAGES, &uuid, &run_message_row);
    put_rows(c, "questions", SQL_HUMAN_REQUESTS, &uuid, &human_request_row);
}

/* ---- what names it --------------------------------------------------------------------------------------- */

static struct template_values related_of(struct console *c, const struct list_kind *kind, struct text member,
                                         struct text id, int64_t n)
{
    struct arena *arena = c->rq->arena;
    struct template_value *v = ARENA_ARRAY(arena, 4, struct template_value);
    const struct text q = text_format(arena, "%.*s:%.*s", TEXT_ARG(member), TEXT_ARG(id));
    v[0] = value_of("related", text_of(kind->title));
    v[1] = value_of("related_count", text_format(arena, "%lld%s", (long long)n, n == RELATED_MOST ? "+" : ""));
    v[2] = value_of("href", console_href(arena, (struct console_link){ .tab = kind->tab, .list = kind->name, .q = q }));
    v[3] = none;
    return (struct template_values){ v };
}

/* Rows of other lists that name this one, counted by indexes: however many rows there are, it takes the same time. */
static void put_related(struct console *c, const struct list_kind *kind, struct text id)
{
    struct template_values *items = ARENA_ARRAY(c->rq->arena, kind_count, struct template_values);
    struct uuid uuid;
    size_t n = 0;
    if (!kind->related || !uuid_parse(id, &uuid))
        return;
    QUERY q = query_with(c->rq->db, kind->related, WITH(&uuid, RELATED_MOST));
    while (n < kind_count && query_row(&q)) {
        const struct list_kind *other = kind_of_list(col_text(&q, 0));
        const int64_t count = col_int(&q, 2);
        if (other && count)
            items[n++] = related_of(c, other, text_copy(c->rq->arena, col_text(&q, 1)), id, count);
    }
    console_put(c, list_of("related_lists", items, n));
}

/* ---- all of it ------------------------------------------------------------------------------------------- */

static struct text json_string(struct arena *arena, struct text t)
{
    struct buf b = buf_new(arena, 6 * t.n + 16);
    struct json j = jw_new(&b);
    jw_text(&j, t);
    return buf_text(&b);
}

void console_put_detail(struct console *c, const struct list_kind *kind, const struct row *row)
{
    struct arena *arena = c->rq->arena;
    const struct text id = kind_row_id(kind, row), label = console_row_text(row->v, text_of(kind->label));
    struct template_values *item = ARENA_NEW(arena, struct template_values);
    item->v = row->v;
    console_put(c, list_of("row", item, 1));
    console_put_text(c, "detail_state", row->state);
    console_put_text(c, "detail_tone", kind_tone(row->state));
    console_put_text(c, text_format(arena, "is.%.*s", TEXT_ARG(row->state)).p, T("true"));
    console_put_text(c, "detail_id", id);
    console_put_text(c, "detail_label", label.n ? label : id);
    console_put_text(c, text_format(arena, "kind.%s", kind->name).p, T("true"));
    const struct console_link operations = { .tab = "reference", .q = text_of(kind->resource) };
    console_put_text(c, "operations_href", kind->resource ? console_href(arena, operations) : T(""));
    console_put_text(c, "name_json", json_string(arena, console_row_text(row->v, T("name"))));
    console_put_text(c, "history_href", console_href(arena, (struct console_link){ .tab = "requests", .q = id }));
    put_fields(c, row);
    put_related(c, kind, id);
    if (text_eq(text_of(kind->name), T("connections")))
        put_connection_parts(c, id);
    if (text_eq(text_of(kind->name), T("runs")))
        put_run_parts(c, id);
}

bool console_row_waits(const struct console *c)
{
    const struct text state = console_row_text(c->values, T("detail_state"));
    return text_eq(state, T("pending")) || text_eq(state, T("INITIATED"));
}
