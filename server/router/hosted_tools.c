#include "router/hosted_tools.h"

#include "base/limit.h"
#include "base/uri.h"
#include "contract/schema.h"
#include "spec/lookup.h"

#include <string.h>

/* ---- what there is ---------------------------------------------------------------------------------------------- */

/* One input schema that is being written. */
struct input {
    struct json *j;
    struct schemas schemas;
    unsigned version;
};

typedef void seer(struct input *in, const struct field *f);

static void see_fields(struct input *in, const struct spec *spec, seer *see)
{
    for (size_t i = 0; spec && i < spec->count; i++)
        if (field_exists(&spec->fields[i], in->version))
            see(in, &spec->fields[i]);
}

static void see_all(struct input *in, const struct route *route, seer *see)
{
    see_fields(in, route->path_in, see);
    see_fields(in, route->query, see);
    if (tools_body_is_flat(route))
        see_fields(in, route->body, see);
}

static void put_property(struct input *in, const struct field *f)
{
    jw_key(in->j, text_of(f->name));
    schema_field(in->j, &in->schemas, f, in->version, false);
}

static void put_name_if_required(struct input *in, const struct field *f)
{
    if (f->flags & REQUIRED)
        jw_text(in->j, text_of(f->name));
}

static bool has_whole_body(const struct route *route)
{
    return route->body && !tools_body_is_flat(route);
}

static void put_input(struct input *in, const struct route *route)
{
    struct json *j = in->j;
    jw_object(j);
    jw_put_text(j, T("type"), T("object"));
    jw_key(j, T("properties"));
    jw_object(j);
    see_all(in, route, put_property);
    if (has_whole_body(route)) {
        jw_key(j, T("body"));
        schema_ref(j, &in->schemas, route->body, in->version, false);
    }
    jw_object_end(j);
    jw_key(j, T("required"));
    jw_array(j);
    see_all(in, route, put_name_if_required);
    if (has_whole_body(route) && !route->body->optional)
        jw_text(j, T("body"));
    jw_array_end(j);
    if (route->body && route->body->open) {
        jw_key(j, T("additionalProperties"));
        jw_raw(j, T("{\"type\":\"string\"}"));
    }
    if (in->schemas.n) {
        jw_key(j, T("$defs"));
        jw_object(j);
        schema_definitions(j, &in->schemas);
        jw_object_end(j);
    }
    jw_object_end(j);
}

static void put_tool(struct json *j, struct arena *arena, const struct route *route)
{
    struct input *in = ARENA_NEW(arena, struct input);
    *in = (struct input){ .j = j, .version = route->version, .schemas = { .arena = arena, .home = "#/$defs/" } };
    jw_object(j);
    jw_put_text(j, T("name"), text_of(route->operation));
    jw_put_text(j, T("title"), text_of(route->summary));
    jw_put_text(j, T("description"), text_format(arena, "%s. %s", route->summary, route->doc));
    jw_key(j, T("inputSchema"));
    put_input(in, route);
    jw_object_end(j);
}

void tools_put(struct json *j, struct arena *arena, unsigned version)
{
    jw_array(j);
    for (size_t i = 0; i < route_count; i++)
        if (tools_have(&routes[i], version))
            put_tool(j, arena, &routes[i]);
    jw_array_end(j);
}

/* ---- what a call asks for --------------------------------------------------------------------------------------- */

/* Arguments that are being told apart. */
struct sorting {
    struct arena *arena;
    const struct route *route;
    struct buf query, members;
    struct json body;      /* into members */
    struct text whole;     /* the argument `body` of a tool whose body is not flat */
    struct text params[LIMIT_SEGMENTS]; /* by place in the path; unset: not there */
};

/* As it stands in a URL: a string without its quotes, anything else as JSON. */
static struct text plain_text(struct arena *arena, struct text json)
{
    return json.p[0] == '"' ? spec_json_string(arena, json) : json;
}

/* The place of the parameter among those of the path; -1: it has none of that name. */
static int place_in_path(const struct route *route, struct text name)
{
    int n = 0;
    for (struct text rest = text_of(route->path + 1); rest.p;) {
        bool param;
        const struct text piece = route_piece(&rest, &param);
        if (param && text_eq(piece, name))
            return n;
        n += param;
    }
    return -1;
}

static void put_in_query(struct sorting *s, struct text name, struct text value)
{
    buf_add_char(&s->query, s->query.n ? '&' : '?');
    uri_put_encoded(&s->query, name);
    buf_add_char(&s->query, '=');
    uri_put_encoded(&s->query, plain_text(s->arena, value));
}

/* One that nobody knows is part of the body, if there is one: REST then says what it thinks of it. */
static void sort_argument(void *cls, struct text name, struct text value)
{
    struct sorting *s = cls;
    const struct route *route = s->route;
    const int place = place_in_path(route, name);
    const bool flat = tools_body_is_flat(route), is_null = text_eq(value, T("null"));
    const bool in_query = route->query && spec_find_field(route->query, route->version, name);
    if (place >= 0) {
        s->params[place] = is_null ? (struct text){ NULL, 0 } : plain_text(s->arena, value);
    } else if (in_query || !route->body) {
        if (!is_null)
            put_in_query(s, name, value);
    } else if (flat) {
        jw_key(&s->body, name);
        jw_raw(&s->body, value);
    } else if (text_eq(name, T("body"))) {
        s->whole = value;
    } else {
        put_in_query(s, name, value);
    }
}

/* In REST's words: without it there is no address to ask. */
static struct text refusal_of(struct arena *arena, struct text missing)
{
    struct buf b = buf_new(arena, LIMIT_MESSAGE + missing.n);
    struct json j = jw_new(&b);
    jw_object(&j);
    jw_put_text(&j, T("error"), T("Bad Request"));
    jw_put_text(&j, T("message"), text_format(arena, "params/%.*s Invalid input: expected string, received undefined",
                                              TEXT_ARG(missing)));
    jw_object_end(&j);
    return buf_text(&b);
}

/* The path with its parameters filled in, and the query; with *ret_missing the first parameter that is not there. */
static struct text uri_of(struct request *rq, const struct sorting *s, struct text *ret_missing)
{
    const struct text prefix = text_clip(rq->uri, rq->uri.n - rq->target.n); /* the space, where the path names it */
    size_t room = prefix.n + strlen(s->route->path) + s->query.n, n = 0;
    for (size_t i = 0; i < LIMIT_SEGMENTS; i++)
        room += 3 * s->params[i].n;
    struct buf b = buf_new(rq->arena, room + LIMIT_SEGMENTS);
    *ret_missing = (struct text){ NULL, 0 };
    buf_add(&b, prefix);
    for (struct text rest = text_of(s->route->path + 1); rest.p;) {
        bool param;
        const struct text piece = route_piece(&rest, &param);
        buf_add_char(&b, '/');
        if (!param)
            buf_add(&b, piece);
        else if (s->params[n].p)
            uri_put_encoded(&b, s->params[n]);
        else if (!ret_missing->p)
            *ret_missing = piece;
        n += param;
    }
    buf_add(&b, buf_text(&s->query));
    return buf_text(&b);
}

struct operation_call operation_call_of(struct request *rq, const struct route *route, struct text arguments)
{
    struct sorting *s = REQUEST_NEW(rq, struct sorting);
    struct operation_call call = { .route = route };
    struct text missing;
    s->arena = rq->arena;
    s->route = route;
    s->query = buf_new(rq->arena, 3 * LIMIT_BODY);
    s->members = buf_new(rq->arena, 2 * LIMIT_BODY);
    s->body = jw_new(&s->members);
    jw_object(&s->body);
    spec_json_members(rq->arena, arguments, sort_argument, s);
    jw_object_end(&s->body);
    call.uri = uri_of(rq, s, &missing);
    if (missing.p)
        call.refusal = refusal_of(rq->arena, missing);
    if (route->body)
        call.body = tools_body_is_flat(route) ? buf_text(&s->members) : s->whole;
    return call;
}
