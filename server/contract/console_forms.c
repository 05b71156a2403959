/* The console's forms: whatever an operation takes, from its row of the table of routes and its tables of fields. A
 * form makes a row, or does something with the one that is shown. */
#include "control/console_kind.h"

#include "base/json.h"
#include "base/limit.h"
#include "base/shell.h"
#include "base/uri.h"
#include "contract/schema.h"
#include "request/route.h"
#include "spec/lookup.h"

enum { MOST_INPUTS = 64, MOST_FORMS = 16, MOST_CHOICES = 50, INPUT_VALUES = 16 };

static const struct template_value none = { .name = NULL };

struct form {
    struct console *c;
    const struct route *route;
    const struct list_kind *kind;
    const struct template_value *row; /* NULL: there is none yet */
    struct template_values *inputs;
    size_t n;
    struct text example; /* JSON that fits the body */
};

/* ---- what is known --------------------------------------------------------------------------------------- */

/* What the row has under the name, also where the operation writes it as one word: teamId for team_id. Unset: it has
 * no such member. */
static struct text of_row(const struct form *form, struct text name)
{
    struct text found = console_row_text(form->row, name);
    if (!found.p && name.n > 2 && text_eq(text_from(name, name.n - 2), T("Id")))
        found = console_row_text(form->row, text_format(form->c->rq->arena, "%.*s_id", (int)name.n - 2, name.p));
    return found;
}

/* Whose key forms send unless another is given: that of the fixtures' owner. */
static struct text of_key(const struct form *form, bool team)
{
    struct request *rq = form->c->rq;
    const struct kept kept = kept_key(secret_of(T("dv_test_owner")));
    QUERY q = query_with(rq->db, SQL_KEY_GET, WITH(&kept.hash, (int)KEPT_KEY));
    if (!query_row(&q))
        return T("");
    const struct uuid id = col_uuid(&q, team ? 0 : 1);
    return uuid_text(rq->arena, &id);
}

static bool is_person(struct text name)
{
    return text_eq(name, T("userId")) || text_eq(name, T("user_id"));
}

/* ---- choices --------------------------------------------------------------------------------------------- */

static struct template_values choice(struct arena *arena, struct text option, struct text words, bool chosen)
{
    struct template_value *v = ARENA_ARRAY(arena, 4, struct template_value);
    v[0] = value_of("option", option);
    v[1] = value_of("words", words);
    v[2] = value_of("chosen", chosen ? T("true") : T(""));
    v[3] = none;
    return (struct template_values){ v };
}

/* Whether the row that is shown is one of those that a parameter or member names by an id. */
static bool names_row(const struct form *form, struct text name)
{
    return form->row && form->kind && kind_named_by(name) == form->kind;
}

/* The statement that has what an id can name; 0: there is none. A build has its own integrations. */
static enum sql choices_for(const struct form *form, struct text name)
{
    const struct list_kind *kind = kind_named_by(name);
    if (is_person(name))
        return SQL_CHOICE_PEOPLE;
    if (text_eq(name, T("integration_id")) && names_row(form, T("build_id")))
        return SQL_CHOICE_SLOTS;
    return kind ? kind->choices : 0;
}

static struct query query_choices(const struct form *form, enum sql which)
{
    struct uuid build;
    if (which != SQL_CHOICE_SLOTS)
        return query_with(form->c->rq->db, which, WITH(MOST_CHOICES + 1));
    uuid_parse(console_row_text(form->row, T("id")), &build);
    return query_with(form->c->rq->db, which, WITH(MOST_CHOICES + 1, &build));
}

/* The rows that an id can name; 0: there are none, or too many to choose from. */
static size_t choices_of(const struct form *form, struct text name, struct text value, struct template_values *ret)
{
    struct arena *arena = form->c->rq->arena;
    const enum sql which = choices_for(form, name);
    size_t n = 0;
    if (!which)
        return 0;
    QUERY q = query_choices(form, which);
    for (; n <= MOST_CHOICES && query_row(&q); n++) {
        const struct uuid id = col_uuid(&q, 0);
        const struct text option = uuid_text(arena, &id);
        ret[n] = choice(arena, option, redact_text(&form->c->redactor, arena, text_copy(arena, col_text(&q, 1))),
                        text_eq(option, value));
    }
    return n > MOST_CHOICES ? 0 : n;
}

static size_t words_of(const struct form *form, const char *const *words, struct text value,
                       struct template_values *ret)
{
    size_t n = 0;
    for (; words[n] && n <= MOST_CHOICES; n++)
        ret[n] = choice(form->c->rq->arena, text_of(words[n]), text_of(words[n]), text_eq(text_of(words[n]), value));
    return n;
}

/* ---- one field ------------------------------------------------------------------------------------------- */

/* How a kind of field is asked for: what the form's script makes of it, and of what sort the control is. */
static const struct {
    const char *type, *control;
} controls[KIND_COUNT] = {
    [KIND_TEXT]    = { "text",    "text" },
    [KIND_URL]     = { "text",    "text" },
    [KIND_SECRET]  = { "secret",  "password" },
    [KIND_UUID]    = { "text",    "text" },
    [KIND_TIME]    = { "text",    "text" },
    [KIND_INT]     = { "json",    "number" },
    [KIND_BOOL]    = { "json",    "text" },
    [KIND_ENUM]    = { "text",    "text" },
    [KIND_JSON]    = { "json",    NULL },
    [KIND_TEXTS]   = { "words",   "text" },
    [KIND_UUIDS]   = { "words",   "text" },
    [KIND_MAP]     = { "pairs",   NULL },
    [KIND_SECRETS] = { "secrets", NULL },
    [KIND_OBJECT]  = { "json",    NULL },
    [KIND_ROWS]    = { "json",    NULL },
    [KIND_SETS]    = { "json",    NULL },
};

/* What can be chosen for a field, with nothing first unless it is needed; 0: it is typed. */
static size_t options_of(const struct form *form, const struct field *f, struct text value, bool needed,
                         struct template_values *ret)
{
    static const char *const yes_no[] = { "true", "false", NULL };
    const size_t nothing = needed ? 0 : 1;
    size_t n = 0;
    ret[0] = choice(form->c->rq->arena, T(""), T("–"), false);
    if (f->kind == KIND_BOOL || f->kind == KIND_ENUM)
        n = words_of(form, f->kind == KIND_BOOL ? yes_no : f->names, value, ret + nothing);
    else if (f->kind == KIND_UUID || f->kind == KIND_TEXT)
        n = choices_of(form, text_of(f->name), value, ret + nothing);
    return n ? nothing + n : 0;
}

/* What stands in an empty field: what it is for, and how it is written where that is not seen. */
static struct text about(const struct form *form, const struct field *f, bool needed)
{
    const bool is_lines = f->kind == KIND_MAP || f->kind == KIND_SECRETS;
    const bool is_words = f->kind == KIND_TEXTS || f->kind == KIND_UUIDS;
    return text_format(form->c->rq->arena, "%s%s%s%s", needed ? "required" : "", needed && f->doc ? ": " : "",
                       f->doc ? f->doc : "", is_lines ? " (NAME=value, a line each)"
                       : is_words ? " (with blanks between)" : "");
}

/* What a browser sends of a field that nobody was at: of those to choose from, the one that is marked or the first; a
 * line has no line breaks. */
static struct text untouched(const struct form *form, const struct template_values *options, size_t own,
                             struct text value, bool line)
{
    struct buf b = buf_new(form->c->rq->arena, value.n + 1);
    for (size_t i = 0; i < own; i++)
        if (console_row_text(options[i].v, T("chosen")).n)
            return console_row_text(options[i].v, T("option"));
    if (own)
        return console_row_text(options[0].v, T("option"));
    for (size_t i = 0; i < value.n; i++)
        if (!line || (value.p[i] != '\n' && value.p[i] != '\r'))
            buf_add_char(&b, value.p[i]);
    return buf_text(&b);
}

/* `name` is how the form calls it: after a colon in the path, a question mark in the query, else in the body. */
static void put_input(struct form *form, const struct field *f, struct text name, struct text value, bool needed)
{
    struct arena *arena = form->c->rq->arena;
    struct template_value *v = ARENA_ARRAY(arena, INPUT_VALUES, struct template_value);
    struct template_values *options = ARENA_ARRAY(arena, MOST_CHOICES + 2, struct template_values);
    const size_t own = options_of(form, f, value, needed, options);
    const char *type = controls[f->kind].type, *control = controls[f->kind].control;
    size_t n = 0;
    v[n++] = value_of("input", name);
    v[n++] = value_of("label", text_is_made_of(text_clip(name, 1), ":?*") ? text_of(f->name) : name);
    v[n++] = value_of("type", text_of(type));
    v[n++] = value_of("value", value);
    v[n++] = value_of("control", text_of(control));
    v[n++] = list_of("options", options, own);
    v[n++] = value_of("choice", own ? T("true") : T(""));
    v[n++] = value_of("line", !own && control ? T("true") : T(""));
    v[n++] = value_of("lines", !own && !control ? T("true") : T(""));
    v[n++] = value_of("nullable", f->flags & NULLABLE ? T("true") : T(""));
    v[n++] = value_of("about", about(form, f, needed));
    v[n++] = value_of("was", untouched(form, options, own, value, control));
    v[n++] = value_of("has_was", form->route->method == METHOD_PATCH && name.p[0] != ':' ? T("true") : T(""));
    v[n++] = value_of("in_path", name.p[0] == ':' ? T("true") : T(""));
    v[n] = none;
    form->inputs[form->n++] = (struct template_values){ v };
}

/* What a field of the body begins with: what the row has, where it is the row that is changed or answered, and the
 * row's own id where that is meant. */
static struct text value_in_body(const struct form *form, const struct field *f, bool nested)
{
    const enum method method = form->route->method;
    const struct text name = text_of(f->name);
    if (!form->row || nested)
        return T("");
    if (method == METHOD_POST && (f->kind == KIND_MAP || f->kind == KIND_BOOL))
        return console_row_text(form->row, name);
    if (method == METHOD_POST && is_person(name) && f->flags & REQUIRED)
        return of_key(form, false);
    if (method != METHOD_PATCH && method != METHOD_PUT)
        return names_row(form, name) && f->kind == KIND_UUID ? console_row_text(form->row, T("id")) : T("");
    const struct text value = console_row_text(form->row, name);
    return f->kind == KIND_BOOL && value.p && !value.n ? T("false") : value;
}

/* Whether an object's members are fields of the form themselves. */
static bool is_flat(const struct spec *spec)
{
    for (size_t i = 0; i < spec->count; i++)
        if (spec->fields[i].sub || spec->fields[i].kind == KIND_JSON)
            return false;
    return spec->count && !spec->variants;
}

static void put_body(struct form *form, const struct spec *spec, const char *above)
{
    static const struct field whole = { .name = "body", .kind = KIND_JSON, .doc = "Any JSON" };
    struct arena *arena = form->c->rq->arena;
    if (spec->raw)
        put_input(form, &whole, T("*"), T("{}"), false);
    for (size_t i = 0; i < spec->count && form->n < MOST_INPUTS; i++) {
        const struct field *f = &spec->fields[i];
        const struct text name = text_format(arena, "%s%s", above, f->name);
        if (!field_exists(f, route_shapes(form->route)))
            continue;
        if (f->kind == KIND_OBJECT && is_flat(f->sub))
            put_body(form, f->sub, text_format(arena, "%.*s.", TEXT_ARG(name)).p);
        else
            put_input(form, f, name, value_in_body(form, f, *above), f->flags & REQUIRED);
    }
}

static void put_query(struct form *form)
{
    const struct spec *spec = form->route->query;
    for (size_t i = 0; spec && i < spec->count && form->n < MOST_INPUTS; i++)
        put_input(form, &spec->fields[i], text_format(form->c->rq->arena, "?%s", spec->fields[i].name), T(""), false);
}

/* ---- the path -------------------------------------------------------------------------------------------- */

/* A parameter's value, when the row says it: its member of that name or, of the last one and of one that names such
 * rows, its id. */
static struct text of_path(const struct form *form, struct text name, bool last)
{
    const struct text member = of_row(form, name);
    if (member.n || !form->row)
        return member;
    return last || names_row(form, name) ? console_row_text(form->row, T("id")) : T("");
}

static struct text first_choice(const struct form *form, struct text name)
{
    struct template_values *options = ARENA_ARRAY(form->c->rq->arena, MOST_CHOICES + 1, struct template_values);
    return choices_of(form, name, T(""), options) ? options[0].v[0].text : T("");
}

/* What is asked for in the path begins with the team and the person of the key, or else with the first there is. */
static struct text begin_with(const struct form *form, struct text name)
{
    const bool team = text_eq(name, T("teamId"));
    return team || is_person(name) ? of_key(form, team) : first_choice(form, name);
}

static void put_step(struct buf *path, struct text step)
{
    buf_add(path, T("/"));
    uri_put_encoded(path, step);
}

/* Appends the path to `call`, with what is known in it; what is not is asked for, and `example` gets what the form
 * begins with. */
static void put_path(struct form *form, struct buf *call, struct buf *example)
{
    const struct spec *spec = form->route->path_in;
    bool param, named = false; /* the row, by a parameter before the last */
    for (struct text rest = text_of(form->route->path + 1); rest.p;) {
        const struct text piece = route_piece(&rest, &param);
        const bool last = !rest.p || !text_contains(rest, T("{"));
        const struct text known = param ? of_path(form, piece, last && !named) : piece;
        named |= param && names_row(form, piece) && !of_row(form, piece).n;
        if (known.n) {
            put_step(call, known);
            put_step(example, known);
            continue;
        }
        const struct field *f = spec_find_field(spec, route_shapes(form->route), piece);
        const struct text value = begin_with(form, piece);
        buf_addf(call, "/{%.*s}", TEXT_ARG(piece));
        put_step(example, value.n ? value : piece);
        put_input(form, f, text_format(form->c->rq->arena, ":%.*s", TEXT_ARG(piece)), value, true);
    }
}

/* ---- the command ----------------------------------------------------------------------------------------- */

static void put_example_member(struct json *j, const struct form *form, const struct field *f)
{
    struct arena *arena = form->c->rq->arena;
    const struct text value = value_in_body(form, f, false), first = first_choice(form, text_of(f->name));
    struct text sample;
    jw_key(j, text_of(f->name));
    if (f->kind == KIND_UUID && !value.n && first.n)
        jw_text(j, first);
    else if (value.n && (f->kind == KIND_TEXT || f->kind == KIND_UUID || f->kind == KIND_ENUM))
        jw_text(j, value);
    else if (spec_json_at(arena, form->example, text_format(arena, "/%s", f->name), &sample))
        jw_raw(j, sample);
    else
        jw_text(j, T("…"));
}

/* Of what makes something, all that has to be there and what the contract has an example of; of a change, the first. */
static bool is_shown(const struct form *form, const struct field *f)
{
    const struct spec *spec = form->route->body;
    if (!field_exists(f, route_shapes(form->route)))
        return false;
    if (f->flags & REQUIRED || (form->route->method == METHOD_PATCH && f == &spec->fields[0]))
        return true;
    return form->route->method == METHOD_POST && f->example && f->kind != KIND_UUID && !f->sub;
}

static struct text example_body(const struct form *form)
{
    const struct spec *spec = form->route->body;
    struct buf b = buf_new(form->c->rq->arena, LIMIT_REPLY);
    struct json j = jw_new(&b);
    jw_object(&j);
    for (size_t i = 0; i < spec->count; i++)
        if (is_shown(form, &spec->fields[i]))
            put_example_member(&j, form, &spec->fields[i]);
    jw_object_end(&j);
    return buf_text(&b);
}

static struct text curl_of(struct form *form, struct text path)
{
    struct arena *arena = form->c->rq->arena;
    const struct route *route = form->route;
    struct buf b = buf_new(arena, LIMIT_REPLY);
    if (route->auth == AUTH_KEY)
        buf_add(&b, T("curl -H \"Authorization: Bearer $KEY\""));
    else
        buf_add(&b, console_row_text(form->c->values, T("curl")));
    buf_addf(&b, " -X %s ", method_names[route->method]);
    shell_put_word(&b, text_format(arena, "%.*s%.*s", TEXT_ARG(form->c->base), TEXT_ARG(path)));
    if (route->body) {
        buf_add(&b, T(" --json "));
        shell_put_word(&b, example_body(form));
    }
    return buf_text(&b);
}

/* ---- forms ----------------------------------------------------------------------------------------------- */

/* That of the newest version of the API. */
static const struct route *route_of(struct text operation)
{
    for (size_t i = route_count; i-- > 0;)
        if (text_eq(text_of(routes[i].operation), operation))
            return &routes[i];
    return NULL;
}

static struct template_values form_of(struct form *form)
{
    struct arena *arena = form->c->rq->arena;
    const struct route *route = form->route;
    struct buf call = buf_new(arena, LIMIT_URI), path = buf_new(arena, LIMIT_URI);
    struct buf example = buf_new(arena, LIMIT_REPLY);
    struct template_value *v = ARENA_ARRAY(arena, 16, struct template_value);
    struct text rest = text_of(route->summary);
    size_t n = 0;
    if (route->body) {
        struct json j = jw_new(&example);
        schema_example(&j, route->body, route_shapes(route), false);
    }
    form->example = buf_text(&example);
    put_path(form, &call, &path);
    put_query(form);
    if (route->body)
        put_body(form, route->body, "");
    v[n++] = value_of("operation", text_of(route->operation));
    v[n++] = value_of("summary", text_of(route->summary));
    v[n++] = value_of("verb", text_cut(&rest, ' '));
    v[n++] = value_of("verbs_object", rest);
    v[n++] = value_of("call", text_format(arena, "%s %.*s", method_names[route->method], TEXT_ARG(buf_text(&call))));
    v[n++] = value_of("subject", form->row ? kind_row_id(form->kind, &(struct list_row){ .v = form->row }) : T(""));
    v[n++] = value_of("keyed", route->auth == AUTH_KEY ? T("true") : T(""));
    v[n++] = value_of("takes_body", route->body ? T("true") : T(""));
    v[n++] = value_of("changes", route->method == METHOD_PATCH ? T("true") : T(""));
    v[n++] = value_of("makes_row", form->row ? T("") : T("true"));
    v[n++] = value_of("plain_form", form->n ? T("") : T("true"));
    v[n++] = list_of("inputs", form->inputs, form->n);
    v[n++] = value_of("form_curl", curl_of(form, buf_text(&path)));
    v[n] = none;
    return (struct template_values){ v };
}

struct template_value console_forms(struct console *c, const char *name, const char *operations,
                                    const struct list_kind *kind, const struct template_value *row)
{
    struct arena *arena = c->rq->arena;
    struct template_values *items = ARENA_ARRAY(arena, MOST_FORMS, struct template_values);
    size_t n = 0;
    for (struct text rest = text_of(operations); rest.n && n < MOST_FORMS;) {
        struct form form = { .c = c, .route = route_of(text_cut(&rest, ' ')), .kind = kind, .row = row };
        form.inputs = ARENA_ARRAY(arena, MOST_INPUTS, struct template_values);
        if (form.route)
            items[n++] = form_of(&form);
    }
    return list_of(name, items, n);
}
