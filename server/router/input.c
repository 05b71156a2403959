#include "router/input.h"

#include "cli/config.h"
#include "base/limit.h"
#include "base/memory.h"
#include "base/not_json.h"
#include "router/routes.h"

#include <stdatomic.h>

static void parse_params(struct request *rq, struct problems *problems)
{
    const struct route *route = rq->route;
    if (!route->path_in)
        return;
    rq->path = arena_alloc(rq->arena, route->path_in->size);
    struct text rest = text_of(route->path + 1);
    for (size_t n = 0; rest.p;) {
        bool param;
        const struct text name = route_piece(&rest, &param);
        if (param)
            spec_parse_param(route->path_in, route->version, name, rq->params[n++], problems, rq->path);
    }
}

/* The framework finds it, and where the API declares a 400 the API's own shape is all that gets through. */
static enum err refuse_json(struct request *rq, enum err err)
{
    return route_shapes_400(rq->route) ? fail(rq, ERR_INVALID, "%s", error_kind(err)->message) : err;
}

/* What validation finds is told by the framework where the API declares no 400 (duvo-api.md 3.1). */
static enum err invalid_of(const struct route *route)
{
    return route->version && !route_shapes_400(route) ? ERR_VALIDATION : ERR_INVALID;
}

static enum err say_where(struct request *rq, enum json_outcome outcome, int line, int column)
{
    if (outcome == JSON_TOO_LARGE) {
        warn(rq, text_format(rq->arena, "reading the body takes more than %d MiB", LIMIT_JSON_TREE >> 20));
        return ERR_BODY_TOO_LARGE;
    }
    if (outcome == JSON_MALFORMED) { /* the documented text has no room for the place */
        const char *what = not_json(text_without_mark(buf_text(&rq->body)), line);
        warn(rq, text_format(rq->arena, "body is malformed at line %d, column %d%s%s", line, column, what ? ": " : "",
                             what ? what : ""));
        return refuse_json(rq, ERR_INVALID_JSON);
    }
    return fail(rq, invalid_of(rq->route), "Body is not valid JSON: %s (line %d, column %d)",
                outcome == JSON_NUL ? "\\u0000 is not allowed" : "an object has a duplicate key", line, column);
}

static enum err parse_json(struct request *rq, struct text json, struct problems *problems)
{
    const struct spec *spec = rq->route->body;
    int line = 0, column = 0;
    const enum json_outcome outcome =
        spec_parse_json(spec, rq->route->version, T("body"), json, problems, rq->input, &line, &column);
    return outcome == JSON_OK ? OK : say_where(rq, outcome, line, column);
}

/* A form is what curl -d sends, so a control call says what to send instead. */
static enum err refuse_media(struct request *rq)
{
    if (!route_refuses_unknown(rq->route))
        return ERR_MEDIA_TYPE;
    return fail(rq, ERR_MEDIA_TYPE, "Unsupported Media Type %s: expected application/json, as curl --json sends it",
                text_printable(rq->arena, text_clip(request_media(rq), LIMIT_SLUG)));
}

/* The framework below the API takes text, too, and refuses it later for what it is not. */
enum err input_check_media(struct request *rq)
{
    const struct spec *spec = rq->route->body;
    const struct text type = request_media(rq);
    if (!spec || spec->raw)
        return OK;
    if (spec->media)
        return text_eq_nocase(type, text_of(spec->media)) ? OK : ERR_MEDIA_TYPE;
    return text_eq_nocase(type, T("application/json")) || text_eq_nocase(type, T("text/plain")) ? OK : refuse_media(rq);
}

/* What a form's button sends (WHATWG URL section 5): a query in the body. */
static enum err parse_form(struct request *rq, struct text body, struct problems *problems)
{
    const struct spec *spec = rq->route->body;
    if (rq->body.full)
        return ERR_BODY_TOO_LARGE;
    if (body.n && input_check_media(rq) != OK)
        return ERR_MEDIA_TYPE;
    rq->input = arena_alloc(rq->arena, spec->size);
    spec_parse_query(spec, rq->route->version, body, problems, rq->input);
    return OK;
}

static const struct spec nothing = { .name = "Nothing" };

/* A body that nobody asked for is ignored, but for what members an object has: they are as unknown as any. */
static void look_at_unasked(struct request *rq, struct text json, struct problems *problems)
{
    char none;
    int line, column;
    const struct text body = text_trim(json);
    if (body.n && body.p[0] == '{')
        spec_parse_json(&nothing, rq->route->version, T("body"), body, problems, &none, &line, &column);
}

static enum err parse_body(struct request *rq, struct problems *problems)
{
    const struct spec *spec = rq->route->body;
    const struct text type = request_media(rq), body = text_without_mark(buf_text(&rq->body));
    const bool json = text_eq_nocase(type, T("application/json"));
    if (spec && spec->raw)
        return rq->body.full ? ERR_BODY_TOO_LARGE : OK;
    if (spec && spec->media)
        return parse_form(rq, body, problems);
    if (rq->body.full)
        return ERR_BODY_TOO_LARGE;
    if (!spec && json)
        look_at_unasked(rq, body, problems);
    if (!spec)
        return json && !body.n && rq->config->strict && rq->route->method == METHOD_DELETE ?
                   refuse_json(rq, ERR_EMPTY_JSON) : OK;
    rq->input = arena_alloc(rq->arena, spec->size);
    if (!body.n && (!json || (spec->optional && !rq->config->strict)))
        return parse_json(rq, (struct text){ NULL, 0 }, problems);
    if (!body.n)
        return refuse_json(rq, ERR_EMPTY_JSON);
    if (json)
        return parse_json(rq, body, problems);
    const enum err media = input_check_media(rq);
    if (media != OK)
        return media;
    problem_add(problems, T("body/"), "Invalid input: expected object, received string");
    return OK;
}

static void parse_query(struct request *rq, struct problems *problems)
{
    const struct spec *spec = rq->route->query ? rq->route->query : &nothing;
    struct text rest = rq->uri;
    text_cut(&rest, '?');
    rq->query = arena_alloc(rq->arena, spec->size);
    spec_parse_query(spec, rq->route->version, rest, problems, rq->query);
}

static void warn_of_unknown(struct request *rq, const struct problems *problems)
{
    if (problems->unknown_count)
        warn(rq, text_format(rq->arena, "ignored, not documented: %.*s%s", TEXT_ARG(buf_text(&problems->unknown)),
                             problems->unknown_cut ? ", and more" : ""));
}

/* ---- the body's size ----------------------------------------------------------------------------------- */

static atomic_int large_bodies;

enum err input_expect(struct request *rq, int64_t length)
{
    const struct spec *spec = rq->route->body;
    rq->body.max = spec && spec->body_max ? spec->body_max : LIMIT_BODY;
    if (length > (int64_t)rq->body.max)
        return ERR_BODY_TOO_LARGE;
    if (rq->body.max == LIMIT_BODY || (length >= 0 && length <= LIMIT_BODY))
        return OK;
    rq->large = atomic_fetch_add(&large_bodies, 1) < LIMIT_LARGE_BODIES;
    if (!rq->large)
        atomic_fetch_sub(&large_bodies, 1);
    return rq->large ? OK : ERR_TOO_MANY_BODIES;
}

void input_release(void *arena)
{
    arena_free(arena);
    atomic_fetch_sub(&large_bodies, 1);
    memory_give_back(); /* that much is not needed again soon */
}

enum err input_parse(struct request *rq)
{
    const bool refuses = route_refuses_unknown(rq->route);
    struct problems problems = problems_new(rq->arena, rq->config->strict || refuses, T(", "));
    problems.hints = refuses;
    problems.aliases = rq->config->lenient_auth_method;
    problems.any_word = rq->config->models == MODELS_ANY;
    parse_params(rq, &problems);
    if (problems.count)
        rq->path = NULL;
    const enum err err = parse_body(rq, &problems);
    if (err != OK)
        return err;
    parse_query(rq, &problems);
    warn_of_unknown(rq, &problems);
    if (!problems.count)
        return OK;
    rq->message = problems_text(&problems);
    return invalid_of(rq->route);
}
