/* What sends a request again: a curl command, a program with fetch, one for Python without any package. */
#include "control/show.h"

#include "base/limit.h"
#include "base/shell.h"

/* ---- curl ------------------------------------------------------------------------------------------------ */

/* The name of the scheme that stands before a key, with its blank; empty where there is none. */
static struct text scheme_of(struct text value)
{
    const size_t n = text_find(value, ' ');
    return n < value.n ? text_clip(value, n + 1) : T("");
}

static bool holds_key(struct pair header)
{
    return text_eq_nocase(header.name, T("authorization")) && header.value.n;
}

/* Such as Bearer: nothing that means something to a shell in double quotes. */
static bool is_plain_scheme(struct text scheme)
{
    return text_is_made_of(scheme, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789- ");
}

/* curl takes an empty header out rather than sending it, unless it is written with a semicolon. In double quotes a
 * shell fills in the key. */
static void put_curl_header(struct shown *s, struct pair header)
{
    struct arena *arena = s->out->arena;
    const struct text scheme = scheme_of(header.value);
    buf_add(s->out, T(" -H "));
    if (holds_key(header) && is_plain_scheme(scheme)) {
        buf_addf(s->out, "\"%.*s: %.*s$KEY\"", TEXT_ARG(header.name), TEXT_ARG(scheme));
        return;
    }
    const struct text value = shown_value(s, header);
    shell_put_word(s->out, text_format(arena, value.n ? "%.*s: %.*s" : "%.*s;%.*s", TEXT_ARG(header.name),
                                       TEXT_ARG(value)));
}

/* What curl would send by itself is taken out when it was not sent. */
static void put_absent_headers(struct shown *s, const struct journal_entry *entry)
{
    static const char *const usual[] = { "accept", "user-agent", "content-type" };
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (!header_find(entry->request_headers, entry->request_header_count, text_of(usual[i])).p) {
            buf_add(s->out, T(" -H "));
            shell_put_word(s->out, text_format(s->out->arena, "%s:", usual[i]));
        }
}

/* What curl sends itself, and lines that it would take for something else than headers. */
static bool is_curls(struct text name)
{
    static const char *const own[] = { "host", "content-length", "transfer-encoding", "connection", "accept-encoding",
                                       "expect", NULL };
    return text_index_nocase(name, own) >= 0 || !text_is_token(name);
}

/* Brackets and dots of the URL mean themselves. HEAD has no body to wait for. */
void show_curl(struct shown *s, const struct journal_entry *entry)
{
    struct arena *arena = s->out->arena;
    buf_add(s->out, T("curl "));
    if (text_eq(entry->method, T("HEAD"))) {
        buf_add(s->out, T("-I"));
    } else {
        buf_add(s->out, T("-X "));
        shell_put_word(s->out, redact_url(arena, entry->method));
    }
    buf_add_char(s->out, ' ');
    shell_put_word(s->out, text_format(arena, "%.*s%.*s", TEXT_ARG(s->base), TEXT_ARG(shown_url_below(s, entry))));
    buf_add(s->out, T(" -g --path-as-is"));
    for (size_t i = 0; i < entry->request_header_count; i++)
        if (!is_curls(entry->request_headers[i].name))
            put_curl_header(s, entry->request_headers[i]);
    put_absent_headers(s, entry);
    if (entry->request_body.size) {
        buf_add(s->out, T(" --data-raw "));
        shell_put_word(s->out, show_request_body(&s->redactor, arena, entry));
    }
    buf_add_char(s->out, '\n');
}

/* ---- programs -------------------------------------------------------------------------------------------- */

/* A string of JSON means the same in JavaScript and in Python. */
static void put_string(struct shown *s, struct text t)
{
    struct buf b = buf_new(s->out->arena, LIMIT_REPLY);
    struct json j = jw_new(&b);
    jw_text(&j, text_is_utf8(t) ? t : T("[not UTF-8]"));
    buf_add(s->out, buf_text(&b));
}

/* `key` is an expression for the key, with what comes before it as its one argument. */
static void put_program_headers(struct shown *s, const struct journal_entry *entry, const char *key)
{
    bool first = true;
    for (size_t i = 0; i < entry->request_header_count; i++) {
        const struct pair header = entry->request_headers[i];
        if (is_curls(header.name))
            continue;
        buf_add(s->out, first ? T(" ") : T(",\n        "));
        put_string(s, header.name);
        buf_add(s->out, T(": "));
        if (holds_key(header)) {
            put_string(s, scheme_of(header.value));
            buf_addf(s->out, " + %s", key);
        } else {
            put_string(s, shown_value(s, header));
        }
        first = false;
    }
    buf_add(s->out, T(" }"));
}

static void put_program_url(struct shown *s, const struct journal_entry *entry)
{
    put_string(s, text_format(s->out->arena, "%.*s%.*s", TEXT_ARG(s->base), TEXT_ARG(shown_url_below(s, entry))));
}

void show_fetch(struct shown *s, const struct journal_entry *entry)
{
    buf_add(s->out, T("const reply = await fetch("));
    put_program_url(s, entry);
    buf_add(s->out, T(", {\n    method: "));
    put_string(s, entry->method);
    buf_add(s->out, T(",\n    headers: {"));
    put_program_headers(s, entry, "process.env.KEY");
    if (entry->request_body.size) {
        buf_add(s->out, T(",\n    body: "));
        put_string(s, show_request_body(&s->redactor, s->out->arena, entry));
    }
    buf_add(s->out, T("\n});\nconsole.log(reply.status, await reply.text());\n"));
}

void show_python(struct shown *s, const struct journal_entry *entry)
{
    buf_add(s->out, T("import os\nfrom urllib import error, request\n\ncall = request.Request(\n    "));
    put_program_url(s, entry);
    buf_add(s->out, T(",\n    method="));
    put_string(s, entry->method);
    buf_add(s->out, T(",\n    headers={"));
    put_program_headers(s, entry, "os.environ[\"KEY\"]");
    if (entry->request_body.size) {
        buf_add(s->out, T(",\n    data="));
        put_string(s, show_request_body(&s->redactor, s->out->arena, entry));
        buf_add(s->out, T(".encode()"));
    }
    buf_add(s->out, T(")\ntry:\n    reply = request.urlopen(call)\nexcept error.HTTPError as refused:\n"
                      "    reply = refused\nprint(reply.status, reply.read().decode())\n"));
}
