/* The console's reference: every operation that the mock answers, from the table of routes and the tables of fields. */
#include "control/console.h"

#include "base/json.h"
#include "base/limit.h"
#include "contract/console_programs.h"
#include "contract/literal.h"
#include "contract/schema.h"
#include "contract/words.h"
#include "control/search.h"
#include "request/route.h"

enum { MOST_PARAMETERS = 200, MOST_ERRORS = 20 };

static const struct template_value none = { .name = NULL };

/* What names an operation of a version: `POST /v1/connections`. */
static struct text route_id(struct arena *arena, const struct route *route)
{
    return text_format(arena, "%s %s", method_names[route->method], route->path);
}

/* ---- the list -------------------------------------------------------------------------------------------- */

static bool route_holds(const struct route *route, struct text q)
{
    const struct text parts[] = { text_of(method_names[route->method]), text_of(route->path), text_of(route->operation),
                                  text_of(route->summary), text_of(route->doc) };
    struct search_word word;
    while (search_take_word(&q, &word)) {
        bool found = false;
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
            found |= search_is_in(parts[i], word.value);
        if (!found)
            return false;
    }
    return true;
}

static struct template_values line_of(struct console *c, const struct route *route)
{
    struct arena *arena = c->rq->arena;
    struct template_value *v = ARENA_ARRAY(arena, 8, struct template_value);
    const struct text id = route_id(arena, route);
    v[0] = value_of("method", text_of(method_names[route->method]));
    v[1] = value_of("path", text_of(route->path));
    v[2] = value_of("operation", text_of(route->operation));
    v[3] = value_of("summary", text_of(route->summary));
    const struct console_link link = { .tab = "reference", .q = c->in->q.v, .id = id };
    v[4] = value_of("href", console_href(arena, link));
    v[5] = value_of("row_id", id);
    v[6] = value_of("current", text_eq(id, c->in->id.v) ? T("true") : T(""));
    v[7] = none;
    return (struct template_values){ v };
}

static void put_list(struct console *c)
{
    struct arena *arena = c->rq->arena;
    struct template_values *items = ARENA_ARRAY(arena, route_count, struct template_values);
    size_t n = 0;
    for (size_t i = 0; i < route_count; i++)
        if (route_holds(&routes[i], c->in->q.v))
            items[n++] = line_of(c, &routes[i]);
    const struct console_link all = { .tab = "reference" };
    const struct console_link list = { .tab = "reference", .q = c->in->q.v };
    console_put(c, list_of("endpoints", items, n));
    console_put_text(c, "total", int_text(arena, (int64_t)n));
    console_put_text(c, "kept", n != route_count ? int_text(arena, (int64_t)route_count) : T(""));
    console_put_text(c, "all_href", console_href(arena, all));
    console_put_text(c, "close_href", console_href(arena, list));
}

/* ---- one operation --------------------------------------------------------------------------------------- */

static struct template_values parameter_of(struct request *rq, const struct route *route, const struct field *f,
                                           const char *prefix)
{
    struct arena *arena = rq->arena;
    struct template_value *v = ARENA_ARRAY(arena, 6 + PARAMETER_VALUES, struct template_value);
    struct buf b = buf_new(arena, LIMIT_REPLY);
    words_of_field(&b, f, "");
    v[0] = value_of("parameter", text_of(f->name));
    v[1] = value_of("input", text_format(arena, "%s%s", prefix, f->name));
    v[2] = value_of("takes", buf_text(&b));
    v[3] = value_of("about", text_of(f->doc));
    v[4] = value_of("needed", prefix[0] == ':' || f->flags & REQUIRED ? T("true") : T(""));
    v[5 + programs_put_parameter(rq, v + 5, route, f, prefix[0] == ':')] = none;
    return (struct template_values){ v };
}

/* `prefix` is what the form's fields begin with: a colon in the path, a question mark in the query. */
static void put_parameters(struct console *c, const char *name, const struct route *route, const struct spec *spec,
                           const char *prefix)
{
    struct template_values *items = ARENA_ARRAY(c->rq->arena, MOST_PARAMETERS, struct template_values);
    size_t n = 0;
    for (size_t i = 0; spec && i < spec->count && n < MOST_PARAMETERS; i++) {
        const struct field *f = &spec->fields[i];
        if (field_exists(f, route->version))
            items[n++] = parameter_of(c->rq, route, f, prefix);
    }
    console_put(c, list_of(name, items, n));
}

static struct text example_of(struct arena *arena, const struct route *route, const struct spec *spec, bool reply)
{
    struct buf b = buf_new(arena, LIMIT_REPLY), example = buf_new(arena, LIMIT_REPLY);
    struct json j = jw_new(&b);
    if (!spec || (spec->media && !spec->count))
        return T("");
    if (reply)
        schema_example(&j, spec, route_shapes(route), true);
    else
        schema_example_short(&j, spec, route_shapes(route));
    literal_put(&example, buf_text(&b), LITERAL_JAVASCRIPT, 0);
    return buf_text(&example);
}

static void put_errors(struct console *c, const struct route *route)
{
    struct arena *arena = c->rq->arena;
    struct template_values *items = ARENA_ARRAY(arena, MOST_ERRORS, struct template_values);
    size_t n = 0;
    for (const unsigned *status = error_statuses; *status && n < MOST_ERRORS; status++) {
        if (!route_declares(route, *status))
            continue;
        struct template_value *v = ARENA_ARRAY(arena, 3, struct template_value);
        v[0] = value_of("error", int_text(arena, *status));
        v[1] = value_of("phrase", text_of(status_phrase(*status)));
        v[2] = none;
        items[n++] = (struct template_values){ v };
    }
    console_put(c, list_of("errors", items, n));
}

static void put_operation(struct console *c, const struct route *route)
{
    struct arena *arena = c->rq->arena;
    struct template_values *item = ARENA_NEW(arena, struct template_values);
    const bool unsafe = route->method != METHOD_GET;
    *item = line_of(c, route);
    console_put(c, list_of("route", item, 1));
    console_put_text(c, "doc", text_of(route->doc));
    console_put_text(c, "keyed", route->auth == AUTH_KEY ? T("true") : T(""));
    console_put_text(c, "writes", unsafe ? T("true") : T(""));
    console_put_text(c, "success", int_text(arena, route->success));
    const struct text body = example_of(arena, route, route->body, false);
    console_put_text(c, "body_example", body);
    console_put_text(c, "form", route->body && route->body->media ? T("true") : T(""));
    console_put_text(c, "reply_example", example_of(arena, route, route->out, true));
    put_parameters(c, "path_parameters", route, route->path_in, ":");
    put_parameters(c, "query_parameters", route, route->query, "?");
    put_parameters(c, "body_members", route, route->body, "");
    put_errors(c, route);
    programs_put(c, route, body);
}

enum err console_reference(struct console *c)
{
    put_list(c);
    for (size_t i = 0; i < route_count && c->in->id.is == VALUE_SET; i++)
        if (text_eq(route_id(c->rq->arena, &routes[i]), c->in->id.v))
            put_operation(c, &routes[i]);
    return OK;
}
