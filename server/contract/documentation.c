/* The contract of one version of the API as a page for people, from the tables that the document is made of. */
#include "api/handlers.h"
#include "base/limit.h"
#include "base/shell.h"
#include "contract/contract.h"
#include "contract/replies.h"
#include "contract/words.h"
#include "pages/page.h"

enum { TAGS_MAX = 64, WORDS_MAX = 1 << 16 };

static const struct template_value none = { .name = NULL };

/* A page that is being made. */
struct making {
    struct arena *arena;
    unsigned version;
    struct text base;
    struct schemas schemas; /* that it has to explain */
};

/* Values of one item; the last is that without a name. */
static struct template_values values_of(struct making *m, const struct template_value *values, size_t n)
{
    struct template_value *v = ARENA_ARRAY(m->arena, n + 1, struct template_value);
    for (size_t i = 0; i < n; i++)
        v[i] = values[i];
    v[n] = none;
    return (struct template_values){ v };
}
#define VALUES(m, ...)                                                                                                 \
    values_of(m, (const struct template_value[]){ __VA_ARGS__ },                                                       \
              sizeof((const struct template_value[]){ __VA_ARGS__ }) / sizeof(struct template_value))

/* ---- members ----------------------------------------------------------------------------------------------- */

static struct text bounds_of(struct making *m, const struct field *f)
{
    const bool counts_units = f->kind == KIND_TEXT || f->kind == KIND_SECRET || f->kind == KIND_URL;
    const char *noun = counts_units ? "characters" : "entries";
    if (f->kind == KIND_INT || f->kind == KIND_JSON || (!f->min && !f->max))
        return T("");
    if (f->max == NO_MAX)
        return text_format(m->arena, "at least %lld %s", (long long)f->min, noun);
    return text_format(m->arena, "%lld to %lld %s", (long long)f->min, (long long)f->max, noun);
}

static struct text kind_of(struct making *m, const struct field *f)
{
    struct buf b = buf_new(m->arena, WORDS_MAX);
    words_of_field(&b, f, "");
    return buf_text(&b);
}

static struct template_values member_of(struct making *m, const struct field *f, const char *where, bool reply)
{
    const bool named = f->sub && !f->sub->bare;
    if (named)
        schema_note(&m->schemas, f->sub, m->version, reply);
    return VALUES(m, value_of("name", text_of(f->name)), value_of("where", text_of(where)),
                  value_of("required", f->flags & REQUIRED ? T("true") : T("")), value_of("kind", kind_of(m, f)),
                  value_of("bounds", bounds_of(m, f)), value_of("ref", named ? text_of(f->sub->name) : T("")),
                  value_of("about", text_of(f->doc ? f->doc : "")));
}

/* Appends those of the spec that exist in the version. */
static size_t add_members(struct making *m, const struct spec *spec, const char *where, bool reply,
                          struct template_values *items)
{
    size_t n = 0;
    for (size_t i = 0; spec && i < spec->count; i++)
        if (field_exists(&spec->fields[i], m->version))
            items[n++] = member_of(m, &spec->fields[i], where, reply);
    return n;
}

static struct template_value parameters_of(struct making *m, const struct route *route)
{
    const size_t room = (route->path_in ? route->path_in->count : 0) + (route->query ? route->query->count : 0);
    struct template_values *items = ARENA_ARRAY(m->arena, room + 1, struct template_values);
    size_t n = add_members(m, route->path_in, "path", false, items);
    n += add_members(m, route->query, "query", false, items + n);
    return list_of("parameters", items, n);
}

/* ---- operations -------------------------------------------------------------------------------------------- */

/* The schema's name, which is noted; empty when the page has nothing to say of it. */
static struct text schema_of(struct making *m, const struct spec *spec, bool reply)
{
    if (!spec || spec->media || spec->raw)
        return T("");
    schema_note(&m->schemas, spec, m->version, reply);
    return text_of(spec->name);
}

static struct text reply_kind(const struct route *route)
{
    if (route->out && route->out->media)
        return T("a page");
    return route->out ? T("") : T("JSON");
}

static struct template_value refusals_of(struct making *m, const struct route *route)
{
    struct template_values *items = ARENA_ARRAY(m->arena, 16, struct template_values);
    size_t n = 0;
    for (const unsigned *status = error_statuses; *status; status++)
        if (replies_name_error(route, *status))
            items[n++] = VALUES(m, value_of("status", int_text(m->arena, *status)),
                                value_of("phrase", text_of(status_phrase(*status))));
    return list_of("refusals", items, n);
}

static struct text curl_of(struct making *m, const struct route *route)
{
    struct buf b = buf_new(m->arena, LIMIT_REPLY);
    buf_addf(&b, "curl -X %s '%.*s%s'", method_names[route->method], TEXT_ARG(m->base), route->path);
    if (route->auth == AUTH_KEY)
        buf_add(&b, T(" \\\n  -H 'Authorization: Bearer dv_test_owner'"));
    if (!route->body || route->body->raw || route->body->media)
        return buf_text(&b);
    struct buf example = buf_new(m->arena, LIMIT_REPLY);
    struct json j = jw_new(&example);
    j.pretty = true;
    schema_example(&j, route->body, m->version, false);
    buf_add(&b, T(" \\\n  --json "));
    shell_put_word(&b, buf_text(&example));
    return buf_text(&b);
}

static struct template_values operation_of(struct making *m, const struct route *route)
{
    return VALUES(m, value_of("operation", text_of(route->operation)),
                  value_of("method", text_of(method_names[route->method])), value_of("path", text_of(route->path)),
                  value_of("summary", text_of(route->summary)), value_of("about", text_of(route->doc)),
                  value_of("key", route->auth == AUTH_KEY ? T("true") : T("")),
                  value_of("role", route->role > ROLE_LOWEST ? text_of(role_names[route->role]) : T("")),
                  parameters_of(m, route), value_of("body", schema_of(m, route->body, false)),
                  value_of("success", int_text(m->arena, route->success)),
                  value_of("phrase", text_of(status_phrase(route->success))),
                  value_of("reply", schema_of(m, route->out, true)), value_of("reply_kind", reply_kind(route)),
                  refusals_of(m, route), value_of("curl", curl_of(m, route)));
}

static bool is_told(const struct making *m, const struct route *route)
{
    return route->version == m->version;
}

static struct template_value operations_of(struct making *m, struct text tag)
{
    struct template_values *items = ARENA_ARRAY(m->arena, route_count, struct template_values);
    size_t n = 0;
    for (size_t i = 0; i < route_count; i++)
        if (is_told(m, &routes[i]) && text_eq(operation_tag(&routes[i]), tag))
            items[n++] = operation_of(m, &routes[i]);
    return list_of("operations", items, n);
}

static struct template_value groups_of(struct making *m)
{
    struct template_values *items = ARENA_ARRAY(m->arena, TAGS_MAX, struct template_values);
    struct text seen[TAGS_MAX];
    size_t n = 0;
    for (size_t i = 0; i < route_count && n < TAGS_MAX; i++) {
        const struct text tag = operation_tag(&routes[i]);
        bool known = !is_told(m, &routes[i]);
        for (size_t k = 0; k < n && !known; k++)
            known = text_eq(seen[k], tag);
        if (known)
            continue;
        seen[n] = tag;
        items[n++] = VALUES(m, value_of("tag", tag), operations_of(m, tag));
    }
    return list_of("groups", items, n);
}

/* ---- schemas ----------------------------------------------------------------------------------------------- */

static struct template_values explain(struct making *m, const struct schema_use *use)
{
    struct template_values *items = ARENA_ARRAY(m->arena, use->spec->count + 1, struct template_values);
    struct buf example = buf_new(m->arena, LIMIT_REPLY);
    struct json j = jw_new(&example);
    j.pretty = true;
    const size_t n = add_members(m, use->spec, "", use->reply, items);
    schema_example(&j, use->spec, m->version, use->reply);
    return VALUES(m, value_of("name", text_of(use->spec->name)),
                  value_of("about", text_of(use->spec->doc ? use->spec->doc : "")), list_of("members", items, n),
                  value_of("example", buf_text(&example)));
}

/* Explaining one can note further ones behind it. */
static struct template_value schemas_of(struct making *m)
{
    struct template_values *items = ARENA_ARRAY(m->arena, SCHEMAS_MAX, struct template_values);
    for (size_t i = 0; i < m->schemas.n; i++) {
        const struct schema_use use = m->schemas.v[i];
        items[i] = explain(m, &use);
    }
    return list_of("schemas", items, m->schemas.n);
}

enum err documentation_page(struct request *rq, struct reply *rp)
{
    struct making *m = REQUEST_NEW(rq, struct making);
    m->arena = rq->arena;
    m->version = rq->route->version;
    m->schemas.arena = rq->arena;
    m->base = contract_base(rq);
    const struct template_value groups = groups_of(m), schemas = schemas_of(m); /* in this order */
    const struct template_value values[] = {
        value_of("version", int_text(rq->arena, m->version)), value_of("base", m->base), groups, schemas, none,
    };
    (void)rp;
    page_answer(rq, 200, "documentation.html", values);
    return OK;
}
