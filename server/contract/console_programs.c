#include "contract/console_programs.h"

#include "base/json.h"
#include "base/limit.h"
#include "base/shell.h"
#include "base/uri.h"
#include "contract/console_ids.h"
#include "contract/literal.h"
#include "contract/schema.h"
#include "request/server.h"
#include "spec/lookup.h"

#include <string.h>

enum { MOST_PIECES = 20 };

static const struct template_value none = { .name = NULL };

/* ---- what the packages call it ------------------------------------------------------------------------------ */

static const struct client {
    const char *operation, *node, *python;
    bool members; /* those of its body are keyword arguments in Python */
} clients[] = {
#define CLIENT(operation, node, python, members) { (operation), (node), (python), (members) },
#include "contract/clients.def"
#undef CLIENT
};

/* NULL: it is called by its id. */
static const struct client *client_of(const struct route *route)
{
    for (size_t i = 0; i < sizeof clients / sizeof clients[0]; i++)
        if (route->version == 0 && strcmp(clients[i].operation, route->operation) == 0)
            return &clients[i];
    return NULL;
}

/* ---- parameters --------------------------------------------------------------------------------------------- */

/* How a value that is typed becomes a literal. */
static const char *taken_as(const struct field *f)
{
    return f->kind == KIND_INT ? "number" : f->kind == KIND_BOOL ? "boolean" : f->kind == KIND_TEXTS ? "texts" : "text";
}

/* Of a path: something that is there, but where it would be deleted by whoever runs a program to see what it does. */
static struct text id_of(struct request *rq, const struct route *route, const struct field *f, bool in_path)
{
    return in_path && route->method != METHOD_DELETE ? console_id_of(rq, route, f->name) : T("");
}

static struct text sample_of(struct request *rq, const struct route *route, const struct field *f, bool in_path)
{
    const struct text id = id_of(rq, route, f, in_path);
    struct buf b = buf_new(rq->arena, LIMIT_REPLY);
    struct json j = jw_new(&b);
    if (id.n)
        jw_text(&j, id);
    else
        schema_sample(&j, f, route_shapes(route), false);
    return buf_text(&b);
}

static struct text plain_sample(struct request *rq, const struct route *route, const struct field *f, bool in_path)
{
    const struct text sample = sample_of(rq, route, f, in_path), text = spec_json_string(rq->arena, sample);
    return text.p ? text : sample;
}

size_t programs_put_parameter(struct request *rq, struct template_value *v, const struct route *route,
                              const struct field *f, bool in_path)
{
    const struct spec *path = route->path_in;
    const bool last = path && f == &path->fields[path->count - 1] && !route->body;
    const struct text sample = sample_of(rq, route, f, in_path);
    struct buf python = buf_new(rq->arena, LIMIT_REPLY);
    literal_put(&python, sample, LITERAL_PYTHON, 1);
    v[0] = value_of("as", text_of(taken_as(f)));
    v[1] = value_of("sample", sample);
    v[2] = value_of("sample_python", buf_text(&python));
    v[3] = value_of("sample_text", plain_sample(rq, route, f, in_path));
    v[4] = value_of("comma", last ? T("") : T(", "));
    v[5] = value_of("ready", route->method == METHOD_GET ? id_of(rq, route, f, in_path) : T(""));
    return PARAMETER_VALUES;
}

static const struct field *find_field(const struct spec *spec, struct text name)
{
    for (size_t i = 0; spec && i < spec->count; i++)
        if (text_eq(text_of(spec->fields[i].name), name))
            return &spec->fields[i];
    return NULL;
}

static struct text encoded(struct arena *arena, struct text t)
{
    struct buf b = buf_new(arena, 3 * t.n + 1);
    uri_put_encoded(&b, t);
    return buf_text(&b);
}

/* The path: what stands as it is, and parameters with their examples. */
static void put_path(struct console *c, const struct route *route)
{
    struct arena *arena = c->rq->arena;
    struct template_values *items = ARENA_ARRAY(arena, MOST_PIECES, struct template_values);
    struct text rest = text_of(route->path);
    size_t n = 0;
    while (rest.n && n < MOST_PIECES) {
        struct text piece = text_clip(rest, text_find(rest, '{'));
        struct template_value *at = ARENA_ARRAY(arena, 4, struct template_value);
        at[0] = value_of("as_is", piece);
        at[1] = none;
        rest = text_from(rest, piece.n);
        if (rest.n) {
            const struct text name = text_from(text_clip(rest, text_find(rest, '}')), 1);
            const struct field *f = find_field(route->path_in, name);
            at[1] = value_of("piece", text_format(arena, ":%.*s", TEXT_ARG(name)));
            at[2] = value_of("piece_sample", f ? encoded(arena, plain_sample(c->rq, route, f, true)) : T(""));
            at[3] = none;
            rest = text_from(rest, name.n + 2);
        }
        items[n++] = (struct template_values){ at };
    }
    console_put(c, list_of("pieces", items, n));
}

/* The parameters of the query that cannot be left out, as a URL has them. */
static struct text needed_query(struct request *rq, const struct route *route)
{
    struct buf b = buf_new(rq->arena, LIMIT_URI);
    for (size_t i = 0; route->query && i < route->query->count; i++) {
        const struct field *f = &route->query->fields[i];
        if (f->flags & REQUIRED && field_exists(f, route->version))
            buf_addf(&b, "%c%s=%.*s", b.n ? '&' : '?', f->name,
                     TEXT_ARG(encoded(rq->arena, plain_sample(rq, route, f, false))));
    }
    return buf_text(&b);
}

/* ---- the body ----------------------------------------------------------------------------------------------- */

static void put_body(struct console *c, const struct route *route, struct text example, const struct client *client)
{
    struct arena *arena = c->rq->arena;
    const bool form = route->body->media, members = client && client->members;
    const unsigned depth = client ? 0 : 1;
    struct buf node = buf_new(arena, LIMIT_REPLY), python = buf_new(arena, LIMIT_REPLY),
               shell = buf_new(arena, LIMIT_REPLY);
    literal_put(&node, example, LITERAL_JAVASCRIPT, depth);
    if (members)
        literal_put_members(&python, arena, example);
    else
        literal_put(&python, example, LITERAL_PYTHON, 1);
    if (form)
        literal_put_form(&shell, arena, example);
    else
        shell_put_in_quotes(&shell, example);
    console_put_text(c, "body_node", buf_text(&node));
    console_put_text(c, members ? "body_arguments" : "body_python", buf_text(&python));
    console_put_text(c, form ? "body_form" : "body_shell", buf_text(&shell));
    console_put_text(c, "depth", int_text(arena, depth));
}

/* ---- all of it ---------------------------------------------------------------------------------------------- */

static bool needs_query(const struct route *route)
{
    for (size_t i = 0; route->query && i < route->query->count; i++)
        if (route->query->fields[i].flags & REQUIRED)
            return true;
    return false;
}

static struct text truth(bool is)
{
    return is ? T("true") : T("");
}

void programs_put(struct console *c, const struct route *route, struct text body_example)
{
    const struct client *client = client_of(route);
    const bool streams = route->out && route->out->media && strcmp(route->out->media, "text/event-stream") == 0;
    const bool control = route->version == 0;
    if (client) {
        console_put_text(c, "method_node", text_of(client->node));
        console_put_text(c, "method_python", text_of(client->python));
    }
    console_put_text(c, "call_id", text_format(c->rq->arena, "%s%s", route->operation,
                                               route->version == 1 ? "V1" : ""));
    console_put_text(c, "either", truth(route->also & E_MCP && route->method == METHOD_POST));
    console_put_text(c, "token", truth(control && c->rq->server->config->admin_token));
    console_put_text(c, "streams", truth(streams));
    console_put_text(c, "replies", truth(!streams && route->success != 204 && route->success != 202));
    console_put_text(c, "open", T("{")); /* a third brace in a row is no tag */
    console_put_text(c, "always", truth(route->path_in || route->body || needs_query(route)));
    console_put_text(c, "has_query", truth(route->query));
    console_put_text(c, "behind", route->path_in || route->body ? T(", ") : T(""));
    console_put_text(c, "query", needed_query(c->rq, route));
    put_path(c, route);
    if (body_example.n)
        put_body(c, route, body_example, client);
}
