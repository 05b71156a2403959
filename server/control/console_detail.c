/* The row that is shown whole beside its list: its members, what it is made of, and the ways to what it names and to
 * what names it. */
#include "control/console_kind.h"

#include "api/runs.h"
#include "base/limit.h"
#include "pages/view.h"
#include "spec/lookup.h"

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

static void put_fields(struct console *c, const struct list_row *row)
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

/* A line for each question, with the first of its answers. */
static struct text first_answers(struct arena *arena, struct text questions)
{
    struct buf b = buf_new(arena, LIMIT_REPLY);
    struct text question, label;
    for (unsigned i = 0; spec_json_at(arena, questions, text_format(arena, "/%u/question", i), &question); i++) {
        if (!spec_json_at(arena, questions, text_format(arena, "/%u/options/0/label", i), &label))
            label = T("\"\"");
        buf_addf(&b, "%.*s=%.*s\n", TEXT_ARG(spec_json_string(arena, question)),
                 TEXT_ARG(spec_json_string(arena, label)));
    }
    return buf_text(&b);
}

/* What a run asked, with the form that answers it. */
static struct template_values question_of(struct console *c, struct text run_id, const struct template_values asked)
{
    struct arena *arena = c->rq->arena;
    struct template_value *v = ARENA_ARRAY(arena, MOST_FIELDS, struct template_value);
    const struct text questions = console_row_text(asked.v, T("questions"));
    size_t n = 0;
    v[n++] = value_of("run_id", run_id);
    if (questions.n)
        v[n++] = value_of("answers", first_answers(arena, questions));
    else
        v[n++] = value_of("approved", T("true"));
    for (const struct template_value *member = asked.v; member->name && n < MOST_FIELDS - 3; member++)
        v[n++] = *member;
    v[n] = none;
    v[n++] = console_forms(c, "answer_forms", "respondToHumanRequest", kind_of_list(T("runs")), v);
    if (!questions.n)
        v[n++] = value_of("questions", T(""));
    v[n] = none;
    return (struct template_values){ v };
}

/* Of a run: what was said, and what it asked. */
static void put_run_parts(struct console *c, struct text id)
{
    struct arena *arena = c->rq->arena;
    struct uuid uuid;
    size_t said, asked;
    if (!uuid_parse(id, &uuid))
        return;
    const struct run_message *messages =
        query_all(c->rq->db, SQL_RUN_MESSAGES, WITH(&uuid), &run_message_row, arena, &said);
    const struct human_request *requests =
        query_all(c->rq->db, SQL_HUMAN_REQUESTS, WITH(&uuid), &human_request_row, arena, &asked);
    struct template_values *lines = ARENA_ARRAY(arena, said, struct template_values);
    struct template_values *questions = ARENA_ARRAY(arena, asked, struct template_values);
    for (size_t i = 0; i < said; i++)
        lines[i] = view_of(arena, &c->redactor, &run_message_row, &messages[i], none);
    for (size_t i = 0; i < asked; i++)
        questions[i] = question_of(c, id, view_of(arena, &c->redactor, &human_request_row, &requests[i], none));
    console_put(c, list_of("messages", lines, said));
    console_put(c, list_of("questions", questions, asked));
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

void console_put_detail(struct console *c, const struct list_kind *kind, const struct list_row *row)
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
    console_put(c, console_forms(c, "row_forms", kind->acts, kind, row->v));
    console_put_text(c, "has_forms", kind->acts ? T("true") : T(""));
    console_put_text(c, "history_href", console_href(arena, (struct console_link){ .tab = "requests", .q = id }));
    put_fields(c, row);
    put_related(c, kind, id);
    if (text_eq(text_of(kind->name), T("connections")))
        put_connection_parts(c, id);
    if (text_eq(text_of(kind->name), T("runs")))
        put_run_parts(c, id);
    if (kind->read)
        console_put_inbox(c, id);
}

bool console_row_waits(const struct console *c)
{
    const struct text state = console_row_text(c->values, T("detail_state"));
    return text_eq(state, T("pending")) || text_eq(state, T("INITIATED"));
}
