#include "contract/replies.h"

#include "control/guard.h"

#include <string.h>

/* ---- errors -------------------------------------------------------------------------------------------- */

struct envelope {
    struct v_int statusCode;
    struct v_text code, error, message;
};

#define E struct envelope
static const struct field error_fields[] = {
    FIELD_TEXT(E, error, .flags = REQUIRED, .doc = "Phrase of the status", .example = "\"Not Found\""),
    FIELD_TEXT(E, message, .doc = "What is wrong, for people", .example = "\"Connection not found\""),
};
static const struct field framework_fields[] = {
    FIELD_INT(E, statusCode, .flags = REQUIRED, .min = 400, .max = 599, .doc = "HTTP status", .example = "404"),
    FIELD_TEXT(E, code, .doc = "The framework's code", .example = "\"FST_ERR_CTP_BODY_TOO_LARGE\""),
    FIELD_TEXT(E, error, .flags = REQUIRED, .doc = "Phrase of the status", .example = "\"Not Found\""),
    FIELD_TEXT(E, message, .flags = REQUIRED, .doc = "What is wrong, for people",
               .example = "\"Route PUT:/v1/connections not found\""),
};
/* Of E_SENTENCE. */
static const struct field sentence_fields[] = {
    FIELD_TEXT(E, error, .flags = REQUIRED, .doc = "What is wrong, for people", .example = "\"Dashboard not found\""),
};
#undef E
static const struct spec error_spec =
    SPEC_WITH(struct envelope, "Error", error_fields, .doc = "What the API answers when it refuses.");
static const struct spec framework_spec = SPEC_WITH(struct envelope, "FrameworkError", framework_fields,
                                               .doc = "What is answered when a request is refused below the API.");
static const struct spec sentence_spec =
    SPEC_WITH(struct envelope, "Sentence", sentence_fields, .doc = "What Duvo Pulse answers when it refuses.");
static const struct spec *const framework_shape[] = { &framework_spec, NULL };

/* The shape of the API's own errors of the route. */
static const struct spec *shape_of(const struct route *route)
{
    return route->also & E_SENTENCE ? &sentence_spec : &error_spec;
}

static void put_phrase_and_message(struct json *j, const struct route *route, unsigned status, struct text message)
{
    if (!(route->also & E_SENTENCE)) {
        jw_put_text(j, T("error"), text_of(status_phrase(status)));
        jw_put_text(j, T("message"), message);
    } else {
        jw_put_text(j, T("error"), message);
    }
}

/* Of a status that no error has: what a fault answers. */
static void put_fault_example(struct json *j, const struct route *route, unsigned status)
{
    jw_object(j);
    put_phrase_and_message(j, route, status, T("A fault was ordered for this request"));
    jw_object_end(j);
}

/* The first error of that status, as an example. */
static void put_error_example(struct json *j, const struct route *route, unsigned status)
{
    for (int i = OK + 1; i < ERR_COUNT; i++) {
        const struct error_kind *kind = error_kind((enum err)i);
        if (kind->status != status)
            continue;
        const struct text message = i == ERR_INVALID ? T("body/name Too small: expected string to have >=1 characters")
                                                     : text_of(kind->message);
        jw_object(j);
        if (kind->code) {
            jw_put_int(j, T("statusCode"), status);
            if (strcmp(kind->code, "-") != 0)
                jw_put_text(j, T("code"), text_of(kind->code));
            jw_put_text(j, T("error"), text_of(status_phrase(status)));
            jw_put_text(j, T("message"), message);
        } else {
            put_phrase_and_message(j, route, status, message);
        }
        jw_object_end(j);
        return;
    }
    put_fault_example(j, route, status);
}

enum { ERROR_SHAPES = 3 };

/* The shapes that an error of one status may have: the first ones of the array, up to a NULL. */
static void put_refs(struct document *d, const struct spec *const *shapes)
{
    struct json *j = &d->j;
    jw_key(j, T("schema"));
    if (!shapes[1]) {
        schema_ref(j, &d->schemas, shapes[0], 0, true);
        return;
    }
    jw_object(j);
    jw_key(j, T("oneOf"));
    jw_array(j);
    for (int i = 0; i < ERROR_SHAPES && shapes[i]; i++)
        schema_ref(j, &d->schemas, shapes[i], 0, true);
    jw_array_end(j);
    jw_object_end(j);
}

/* What is not JSON is any text, such as a page. */
static void put_media(struct document *d, const struct spec *spec)
{
    struct json *j = &d->j;
    const struct text media = text_of(spec->media);
    jw_key(j, text_clip(media, text_find(media, ';')));
    jw_raw(j, T("{\"schema\": {\"type\": \"string\"}}"));
}

static void put_page_error(struct document *d, const struct route *route, unsigned status)
{
    struct json *j = &d->j;
    jw_key(j, text_format(d->schemas.arena, "%u", status));
    jw_object(j);
    jw_put_text(j, T("description"), text_of(status_phrase(status)));
    jw_key(j, T("content"));
    jw_object(j);
    put_media(d, route->out);
    jw_object_end(j);
    jw_object_end(j);
}

static void put_redirect(struct document *d, unsigned status)
{
    struct json *j = &d->j;
    jw_key(j, text_format(d->schemas.arena, "%u", status));
    jw_object(j);
    jw_put_text(j, T("description"), T("Redirects the browser"));
    jw_key(j, T("headers"));
    jw_raw(j, T("{\"location\": {\"description\": \"Where to\", \"schema\": {\"type\": \"string\"}}}"));
    jw_object_end(j);
}

static void put_error(struct document *d, const struct route *route, unsigned status, const struct spec *const *shapes)
{
    struct json *j = &d->j;
    if (route_is_page(route)) {
        put_page_error(d, route, status);
        return;
    }
    jw_key(j, text_format(d->schemas.arena, "%u", status));
    jw_object(j);
    jw_put_text(j, T("description"), text_of(status_phrase(status)));
    jw_key(j, T("content"));
    jw_object(j);
    jw_key(j, T("application/json"));
    jw_object(j);
    put_refs(d, shapes);
    jw_key(j, T("example"));
    put_error_example(j, route, status);
    jw_object_end(j);
    jw_object_end(j);
    jw_object_end(j);
}

/* What another protocol says: an object whose members are its own business, or nothing at all. */
static void put_foreign(struct document *d, unsigned status, bool empty)
{
    struct json *j = &d->j;
    jw_key(j, text_format(d->schemas.arena, "%u", status));
    jw_object(j);
    jw_put_text(j, T("description"), text_of(status_phrase(status)));
    if (!empty) {
        jw_key(j, T("content"));
        jw_raw(j, T("{\"application/json\": {\"schema\": {\"type\": \"object\"}}}"));
    }
    jw_object_end(j);
}

static const struct foreign {
    unsigned flags, status;
    bool empty;
} foreign_replies[] = {
    { E_MCP, 202, true },  { E_MCP | E_OAUTH, 400, false }, { E_MCP | E_OAUTH, 401, false },
    { E_MCP, 403, false }, { E_MCP | E_OAUTH, 404, false }, { E_MCP, 405, false },
    { E_MCP, 406, false }, { E_MCP, 415, false },
};
enum { FOREIGN_REPLIES = sizeof foreign_replies / sizeof foreign_replies[0] };

static bool is_foreign_reply(const struct route *route, const struct foreign *reply)
{
    return (route->also & reply->flags) && (reply->status != 202 || route->method == METHOD_POST);
}

static void put_foreign_replies(struct document *d, const struct route *route)
{
    for (size_t i = 0; i < FOREIGN_REPLIES; i++)
        if (is_foreign_reply(route, &foreign_replies[i]) && route->success != foreign_replies[i].status)
            put_foreign(d, foreign_replies[i].status, foreign_replies[i].empty);
}

static bool names_foreign_error(const struct route *route, unsigned status)
{
    for (size_t i = 0; i < FOREIGN_REPLIES; i++)
        if (foreign_replies[i].status == status && is_foreign_reply(route, &foreign_replies[i]))
            return true;
    return status >= 500 && route_declares(route, status);
}

bool replies_name_error(const struct route *route, unsigned status)
{
    const struct text path = text_of(route->path);
    if (route->also & (E_MCP | E_OAUTH))
        return names_foreign_error(route, status);
    const bool guarded = guard_covers(path) || route->version; /* the latter for its Host */
    if (guarded && status == 403 && !route_is_page(route))
        return true;
    if (guard_covers(path) && status == 401 && guard_wants_token(text_of(method_names[route->method]), path))
        return true;
    return route_declares(route, status);
}

static void put_own_errors(struct document *d, const struct route *route)
{
    const struct spec *const invalid_shapes[] = { shape_of(route), &framework_spec, route->refusal };
    const struct spec *const own_shape[] = { shape_of(route), NULL };
    const struct spec *const both_shapes[] = { shape_of(route), &framework_spec, NULL };
    const struct {
        unsigned status;
        const struct spec *const *shapes;
    } errors[] = { /* in the order of the document */
        { 400, invalid_shapes },  { 401, own_shape },       { 403, own_shape }, { 404, own_shape }, { 409, own_shape },
        { 422, own_shape },       { 503, both_shapes },     { 413, framework_shape },
        { 415, framework_shape }, { 429, framework_shape }, { 502, own_shape },
    };
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (replies_name_error(route, errors[i].status))
            put_error(d, route, errors[i].status, errors[i].shapes);
}

static void put_errors(struct document *d, const struct route *route)
{
    const struct spec *const own_shape[] = { shape_of(route), NULL };
    if (route->also & (E_MCP | E_OAUTH))
        put_foreign_replies(d, route);
    else
        put_own_errors(d, route);
    put_error(d, route, 500, own_shape);
    if (route_writes(route))
        put_error(d, route, 507, framework_shape);
    struct json *j = &d->j;
    jw_key(j, T("default"));
    jw_object(j);
    jw_put_text(j, T("description"), T("Refused before it reached the endpoint"));
    jw_key(j, T("content"));
    jw_object(j);
    jw_key(j, T("application/json"));
    jw_object(j);
    put_refs(d, framework_shape);
    jw_object_end(j);
    jw_object_end(j);
    jw_object_end(j);
}

/* ---- success ------------------------------------------------------------------------------------------ */

/* Names in components/headers; those that only some replies have say so there. */
static const struct {
    const char *name, *type, *doc;
    bool api; /* of the API's replies alone */
} reply_headers[] = {
    { "x-request-id", "string", "The caller's x-request-id, or one made for the request", false },
    { "x-mock-warning", "string", "What the mock noticed about the request", false },
    { "x-mock-replayed", "string", "true when the reply is a stored one, of the same Idempotency-Key", true },
    { "x-ratelimit-limit", "integer", "Requests a minute", true },
    { "x-ratelimit-remaining", "integer", "Requests left in this window", true },
    { "x-ratelimit-reset", "integer", "When the window ends, in Unix seconds", true },
};

static void put_header_refs(struct document *d, const struct route *route)
{
    struct json *j = &d->j;
    jw_key(j, T("headers"));
    jw_object(j);
    for (size_t i = 0; i < sizeof reply_headers / sizeof reply_headers[0]; i++) {
        if (reply_headers[i].api && route->auth == AUTH_NONE)
            continue;
        jw_key(j, text_of(reply_headers[i].name));
        jw_object(j);
        jw_put_text(j, T("$ref"), text_format(d->schemas.arena, "#/components/headers/%s", reply_headers[i].name));
        jw_object_end(j);
    }
    jw_object_end(j);
}

/* Nothing but headers. */
static void put_bare_success(struct document *d, const struct route *route)
{
    struct json *j = &d->j;
    jw_key(j, text_format(d->schemas.arena, "%u", route->success));
    jw_object(j);
    jw_put_text(j, T("description"), text_of(status_phrase(route->success)));
    put_header_refs(d, route);
    jw_object_end(j);
}

static void put_success(struct document *d, const struct route *route)
{
    struct json *j = &d->j;
    if (route->success == 204 && !(route->also & E_MCP)) {
        put_bare_success(d, route);
        return;
    }
    if (route->success == 202 || route->success == 204 || route->success == 405) {
        put_foreign(d, route->success, route->success != 405);
        return;
    }
    if (route->success >= 300) {
        put_redirect(d, route->success);
        return;
    }
    jw_key(j, text_format(d->schemas.arena, "%u", route->success));
    jw_object(j);
    jw_put_text(j, T("description"), text_of(status_phrase(route->success)));
    put_header_refs(d, route);
    jw_key(j, T("content"));
    jw_object(j);
    if (route->out && route->out->media) {
        put_media(d, route->out);
        jw_object_end(j);
        jw_object_end(j);
        return;
    }
    jw_key(j, T("application/json"));
    jw_object(j);
    jw_key(j, T("schema"));
    if (route->out) {
        schema_ref(j, &d->schemas, route->out, route_shapes(route), true);
        jw_key(j, T("example"));
        schema_example(j, route->out, route_shapes(route), true);
    } else {
        jw_object(j);
        if (!(route->also & E_MCP)) /* a batch is answered with an array */
            jw_put_text(j, T("type"), T("object"));
        jw_object_end(j);
    }
    jw_object_end(j);
    if (route->also & E_MCP) {
        jw_key(j, T("text/event-stream"));
        jw_raw(j, T("{\"schema\": {\"type\": \"string\"}}"));
    }
    jw_object_end(j);
    jw_object_end(j);
}

void describe_replies(struct document *d, const struct route *route)
{
    put_success(d, route);
    if (route->also & E_REDIRECT)
        put_redirect(d, route->method == METHOD_POST ? 303 : 302);
    put_errors(d, route);
}

void describe_reply_headers(struct json *j)
{
    for (size_t i = 0; i < sizeof reply_headers / sizeof reply_headers[0]; i++) {
        jw_key(j, text_of(reply_headers[i].name));
        jw_object(j);
        jw_put_text(j, T("description"), text_of(reply_headers[i].doc));
        jw_key(j, T("schema"));
        jw_object(j);
        jw_put_text(j, T("type"), text_of(reply_headers[i].type));
        jw_object_end(j);
        jw_object_end(j);
    }
}
