#include "control/show.h"

#include "base/clock.h"
#include "base/limit.h"
#include "mcp/server/operations.h"
#include "space/links.h"
#include "request/route.h"
#include "request/server.h"
#include "spec/lookup.h"
#include "store/store.h"

#include <string.h>

struct shown shown_new(struct request *rq, enum show_format format)
{
    struct shown s = { .format = format, .out = REQUEST_NEW(rq, struct buf) };
    *s.out = buf_new(rq->arena, LIMIT_REPLY);
    s.j = jw_new(s.out);
    s.redactor.key = store_key(rq->server->store);
    if (links_base(rq, &s.base) != OK)
        s.base = T("");
    if (format == SHOW_HAR) {
        jw_object(&s.j);
        jw_key(&s.j, T("log"));
        jw_object(&s.j);
        jw_put_text(&s.j, T("version"), T("1.2"));
        jw_key(&s.j, T("creator"));
        jw_raw(&s.j, T("{\"name\":\"duvo-mock\",\"version\":\"" DUVO_MOCK_VERSION "\"}"));
        jw_key(&s.j, T("entries"));
    }
    if (format == SHOW_JSON || format == SHOW_HAR)
        jw_array(&s.j);
    s.first = s.out->n;
    return s;
}

struct text shown_whole(struct shown *s)
{
    if (s->format == SHOW_JSON || s->format == SHOW_HAR)
        jw_array_end(&s->j);
    if (s->format == SHOW_HAR) {
        jw_object_end(&s->j);
        jw_object_end(&s->j);
    }
    return buf_text(s->out);
}

struct text shown_first(struct shown *s)
{
    return text_from(buf_text(s->out), s->first);
}

/* ---- parts ----------------------------------------------------------------------------------------------- */

struct text shown_value(struct shown *s, struct pair header)
{
    struct arena *arena = s->out->arena;
    if (redact_is_secret_name(header.name))
        return redact_mask(&s->redactor, arena, header.value);
    return text_is_utf8(header.value) ? redact_text(&s->redactor, arena, header.value) : T("[not UTF-8]");
}

static struct text url_of(struct shown *s, const struct journal_entry *entry)
{
    return redact_url_with(&s->redactor, s->out->arena, entry->uri);
}

/* The same below the base, which names the space already. */
struct text shown_url_below(struct shown *s, const struct journal_entry *entry)
{
    return redact_url_with(&s->redactor, s->out->arena, entry->target);
}

/* A body for people: JSON with its secrets masked, a form likewise; anything else, and what is malformed, is only
 * described, because nobody can tell what in it is secret. */
struct body {
    struct text json; /* when it is JSON */
    struct text text; /* otherwise; unset: no body */
    bool lost;        /* there was one, which is not kept */
};

static struct body redacted_body(const struct redactor *redactor, struct arena *arena, const struct journal_body *body,
                                 struct text type, const struct spec *spec)
{
    const struct text bytes = body->bytes;
    const size_t size = body->size;
    struct buf b = buf_new(arena, LIMIT_REPLY);
    const bool form = text_starts(type, T("application/x-www-form-urlencoded"));
    if (!bytes.n)
        return (struct body){ .lost = body->lost };
    if (spec_json_redact(&b, spec, bytes, redactor))
        return (struct body){ .json = buf_text(&b) };
    if (form) {
        const struct text query = text_format(arena, "?%.*s", TEXT_ARG(bytes));
        return (struct body){ .text = text_from(redact_url_with(redactor, arena, query), 1) };
    }
    return (struct body){ .text = text_format(arena, "[%zu bytes of %.*s]", size,
                                              TEXT_ARG(type.n && text_is_utf8(type) ? type : T("unknown type"))) };
}

static struct body request_body_of(const struct redactor *redactor, struct arena *arena,
                                   const struct journal_entry *entry)
{
    const struct spec *spec = tools_body_spec(arena, entry->route, entry->request_body.bytes);
    const struct text type = header_find(entry->request_headers, entry->request_header_count, T("content-type"));
    return redacted_body(redactor, arena, &entry->request_body, type, spec);
}

static struct body reply_body_of(const struct redactor *redactor, struct arena *arena,
                                 const struct journal_entry *entry)
{
    const bool success = entry->route && entry->status == entry->route->success;
    const struct text type = header_find(entry->reply_headers, entry->reply_header_count, T("content-type"));
    return redacted_body(redactor, arena, &entry->reply_body, type, success ? entry->route->out : NULL);
}

static struct body request_body(struct shown *s, const struct journal_entry *entry)
{
    return request_body_of(&s->redactor, s->out->arena, entry);
}

static struct body reply_body(struct shown *s, const struct journal_entry *entry)
{
    return reply_body_of(&s->redactor, s->out->arena, entry);
}

static struct text text_of_body(struct body body)
{
    return body.json.p ? body.json : body.text.p ? body.text : T("");
}

struct text show_request_body(const struct redactor *redactor, struct arena *arena, const struct journal_entry *entry)
{
    return text_of_body(request_body_of(redactor, arena, entry));
}

struct text show_reply_body(const struct redactor *redactor, struct arena *arena, const struct journal_entry *entry)
{
    return text_of_body(reply_body_of(redactor, arena, entry));
}

static void put_body(struct shown *s, struct body body)
{
    jw_key(&s->j, T("body"));
    if (body.json.p)
        jw_raw(&s->j, body.json);
    else if (body.text.p)
        jw_text(&s->j, body.text);
    else
        jw_null(&s->j);
    if (body.lost)
        jw_put_bool(&s->j, T("body_lost"), true);
}

/* ---- JSON ------------------------------------------------------------------------------------------------ */

static void put_header_list(struct shown *s, const struct pair *headers, size_t n)
{
    jw_key(&s->j, T("headers"));
    jw_array(&s->j);
    for (size_t i = 0; i < n; i++) {
        jw_object(&s->j);
        jw_put_text(&s->j, T("name"), text_is_utf8(headers[i].name) ? headers[i].name : T("[not UTF-8]"));
        jw_put_text(&s->j, T("value"), shown_value(s, headers[i]));
        jw_object_end(&s->j);
    }
    jw_array_end(&s->j);
}

/* null when it is unset. */
static void put_text_or_null(struct json *j, struct text key, struct text value)
{
    jw_key(j, key);
    if (value.n)
        jw_text(j, value);
    else
        jw_null(j);
}

void show_message(struct shown *s, const struct pair *headers, size_t n, struct text body)
{
    const struct journal_body whole = { body, body.n, false };
    put_header_list(s, headers, n);
    put_body(s, redacted_body(&s->redactor, s->out->arena, &whole, header_find(headers, n, T("content-type")), NULL));
}

static void show_json(struct shown *s, const struct journal_entry *entry)
{
    struct json *j = &s->j;
    jw_object(j);
    jw_put_text(j, T("id"), text_is_utf8(entry->id) ? entry->id : T(""));
    jw_key(j, T("at"));
    jw_time(j, entry->at);
    jw_put_text(j, T("origin"), text_of(match_origins[entry->origin]));
    put_text_or_null(j, T("via"), text_of(entry->via));
    put_text_or_null(j, T("key"), entry->caller);
    jw_put_text(j, T("method"), redact_url(s->out->arena, entry->method));
    jw_put_text(j, T("path"), url_of(s, entry));
    put_text_or_null(j, T("operation"), text_of(entry->route ? entry->route->operation : NULL));
    jw_key(j, T("status"));
    if (entry->status)
        jw_int(j, entry->status);
    else
        jw_null(j);
    put_text_or_null(j, T("broken"), text_of(entry->broken));
    put_text_or_null(j, T("fault"), entry->fault);
    jw_put_int(j, T("duration_us"), entry->duration_us);
    jw_key(j, T("request"));
    jw_object(j);
    put_header_list(s, entry->request_headers, entry->request_header_count);
    put_body(s, request_body(s, entry));
    jw_object_end(j);
    jw_key(j, T("reply"));
    jw_object(j);
    put_header_list(s, entry->reply_headers, entry->reply_header_count);
    put_body(s, reply_body(s, entry));
    jw_object_end(j);
    put_text_or_null(j, T("warning"), entry->warning);
    jw_object_end(j);
}

/* ---- HAR ------------------------------------------------------------------------------------------------- */

static void put_content(struct shown *s, struct text key, struct text type, struct body body, const size_t *size)
{
    jw_key(&s->j, key);
    jw_object(&s->j);
    if (size)
        jw_put_int(&s->j, T("size"), (int64_t)*size);
    jw_put_text(&s->j, T("mimeType"), type.n && text_is_utf8(type) ? type : T(""));
    jw_put_text(&s->j, T("text"), text_of_body(body));
    if (body.lost)
        jw_put_text(&s->j, T("comment"), T("This body is no longer kept"));
    jw_object_end(&s->j);
}

/* A status of 0 is what browsers write when no reply came. */
static void put_comment(struct shown *s, const struct journal_entry *entry)
{
    const char *broken = entry->broken;
    if (entry->fault.n)
        jw_put_text(&s->j, T("comment"), text_format(s->out->arena, "%s%sfault %.*s", broken ? broken : "",
                                                     broken ? " by " : "", TEXT_ARG(entry->fault)));
}

/* As it is shown in the URL: escaped, its secrets masked. */
static void put_query(struct shown *s, struct text url)
{
    struct text rest = url;
    text_cut(&rest, '?');
    jw_key(&s->j, T("queryString"));
    jw_array(&s->j);
    while (rest.p) {
        const struct pair one = query_cut(&rest);
        if (!one.name.n && !one.value.p)
            continue;
        jw_object(&s->j);
        jw_put_text(&s->j, T("name"), one.name);
        jw_put_text(&s->j, T("value"), one.value.p ? one.value : T(""));
        jw_object_end(&s->j);
    }
    jw_array_end(&s->j);
}

static void put_har_ends(struct shown *s, size_t size)
{
    jw_put_text(&s->j, T("httpVersion"), T("HTTP/1.1"));
    jw_key(&s->j, T("cookies"));
    jw_raw(&s->j, T("[]"));
    jw_put_int(&s->j, T("headersSize"), -1);
    jw_put_int(&s->j, T("bodySize"), (int64_t)size);
}

/* RFC 3986 has no room for the brackets of a mask, and for some other characters that clients send. */
static struct text har_url(struct shown *s, const struct journal_entry *entry)
{
    const struct text url = shown_url_below(s, entry);
    struct buf b = buf_new(s->out->arena, s->base.n + 3 * url.n + 1);
    buf_add(&b, s->base);
    for (size_t i = 0; i < url.n; i++)
        if (strchr("[]{}|^`<>", url.p[i]))
            buf_addf(&b, "%%%02X", (unsigned char)url.p[i]);
        else
            buf_add_char(&b, url.p[i]);
    return buf_text(&b);
}

static void show_har(struct shown *s, const struct journal_entry *entry)
{
    struct json *j = &s->j;
    struct arena *arena = s->out->arena;
    const struct text type = header_find(entry->request_headers, entry->request_header_count, T("content-type"));
    const struct text location = header_find(entry->reply_headers, entry->reply_header_count, T("location"));
    const struct text reply_type = header_find(entry->reply_headers, entry->reply_header_count, T("content-type"));
    jw_object(j);
    jw_key(j, T("startedDateTime"));
    jw_time(j, entry->at);
    jw_key(j, T("time"));
    jw_raw(j, text_format(arena, "%.3f", (double)entry->duration_us / 1000));
    jw_key(j, T("request"));
    jw_object(j);
    jw_put_text(j, T("method"), redact_url(arena, entry->method));
    jw_put_text(j, T("url"), har_url(s, entry));
    put_header_list(s, entry->request_headers, entry->request_header_count);
    put_query(s, url_of(s, entry));
    put_har_ends(s, entry->request_body.size);
    if (entry->request_body.size)
        put_content(s, T("postData"), type, request_body(s, entry), NULL);
    jw_object_end(j);
    jw_key(j, T("response"));
    jw_object(j);
    jw_put_int(j, T("status"), entry->status);
    jw_put_text(j, T("statusText"), T(""));
    put_header_list(s, entry->reply_headers, entry->reply_header_count);
    jw_put_text(j, T("redirectURL"), shown_value(s, (struct pair){ T("location"), location }));
    put_har_ends(s, entry->reply_body.size);
    put_content(s, T("content"), reply_type, reply_body(s, entry), &entry->reply_body.size);
    jw_object_end(j);
    jw_key(j, T("cache"));
    jw_raw(j, T("{}"));
    jw_key(j, T("timings"));
    jw_raw(j, text_format(arena, "{\"send\":0,\"wait\":%.3f,\"receive\":0}", (double)entry->duration_us / 1000));
    put_comment(s, entry);
    jw_object_end(j);
}

void show_entry(struct shown *s, const struct journal_entry *entry)
{
    static void (*const writers[])(struct shown *s, const struct journal_entry *entry) = {
        [SHOW_JSON] = show_json, [SHOW_HAR] = show_har, [SHOW_CURL] = show_curl, [SHOW_FETCH] = show_fetch,
        [SHOW_PYTHON] = show_python,
    };
    writers[s->format](s, entry);
}

/* ---- parts for pages --------------------------------------------------------------------------------------- */

struct text show_headers(const struct redactor *redactor, struct arena *arena, const struct pair *headers, size_t n)
{
    struct buf b = buf_new(arena, LIMIT_REPLY);
    struct shown s = { .out = &b, .redactor = *redactor };
    for (size_t i = 0; i < n; i++)
        buf_addf(&b, "%s%.*s: %.*s", i ? "\n" : "", TEXT_ARG(text_is_utf8(headers[i].name) ? headers[i].name : T("?")),
                 TEXT_ARG(shown_value(&s, headers[i])));
    return buf_text(&b);
}

static void put_line(struct buf *b, size_t depth)
{
    buf_add_char(b, '\n');
    for (size_t i = 0; i < 2 * depth; i++)
        buf_add_char(b, ' ');
}

static bool opens(char c)
{
    return c == '{' || c == '[';
}

static bool closes(char c)
{
    return c == '}' || c == ']';
}

struct text show_indented(struct arena *arena, struct text json)
{
    struct buf b = buf_new(arena, LIMIT_REPLY + 8 * json.n);
    bool quoted = false;
    size_t depth = 0;
    if (!text_starts(json, T("{")) && !text_starts(json, T("[")))
        return json;
    for (size_t i = 0; i < json.n; i++) {
        const char c = json.p[i];
        if (!quoted && closes(c) && !opens(json.p[i - 1]))
            put_line(&b, --depth);
        buf_add_char(&b, c);
        if (quoted && c == '\\' && i + 1 < json.n)
            buf_add_char(&b, json.p[++i]);
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && opens(c) && i + 1 < json.n && !closes(json.p[i + 1]))
            put_line(&b, ++depth);
        else if (!quoted && c == ',')
            put_line(&b, depth);
        else if (!quoted && c == ':')
            buf_add_char(&b, ' ');
    }
    return buf_text(&b);
}
