/* URLs and credentials of calls. */
#include "base/arena.h"
#include "net/hop.h"
#include "spec/redact.h"

/* ---- URLs ----------------------------------------------------------------------------------------------- */

/* `host:port`, for people. */
struct text place_text(struct arena *arena, const struct uri *uri)
{
    const bool six = text_find(uri->host, ':') < uri->host.n;
    const struct text host = text_clip(uri->host, 255), port = uri_port(uri);
    return text_format(arena, "%s%.*s%s:%.*s", six ? "[" : "", TEXT_ARG(host), six ? "]" : "", TEXT_ARG(port));
}

/* ---- credentials ---------------------------------------------------------------------------------------- */

struct text header_value(const struct call_header *h)
{
    return h->value.p ? h->value : secret_reveal(h->secret);
}

bool header_is_credential(const struct call_header *h)
{
    return !h->value.p || redact_is_secret_name(h->name);
}

struct masks {
    struct text *v;
    size_t n;
};

/* A value, and what follows a scheme as in `Bearer abc`, which may be told alone. */
static void mask_value(struct masks *m, struct text value)
{
    const struct text all = text_trim(value);
    const struct text token = text_trim(text_from(all, text_find(all, ' ')));
    if (all.n)
        m->v[m->n++] = all;
    if (token.n)
        m->v[m->n++] = token;
}

static struct text query_of(const struct call *call)
{
    struct uri parts;
    return uri_parse_http(call->url, &parts) ? parts.query : (struct text){ 0 };
}

/* Its body, when that is a form that is not public. */
static struct text form_of(const struct call *call)
{
    const struct text type = T("application/x-www-form-urlencoded");
    for (size_t i = 0; i < call->header_count && !call->body_is_public; i++)
        if (text_eq_nocase(call->headers[i].name, T("content-type")) && text_eq(call->headers[i].value, type))
            return call->body;
    return (struct text){ 0 };
}

static size_t pair_count(struct text query)
{
    size_t n = 0;
    for (struct text rest = query; rest.p; n++)
        query_cut(&rest);
    return n;
}

static void mask_query(struct arena *arena, struct masks *m, struct text query)
{
    for (struct text rest = query; rest.p;) {
        const struct pair one = query_cut(&rest);
        struct text decoded;
        if (!one.value.n || !redact_is_secret_name(one.name))
            continue;
        m->v[m->n++] = one.value;
        if (uri_decode(arena, one.value, true, &decoded))
            m->v[m->n++] = decoded;
    }
}

static struct masks masks_of(struct arena *arena, const struct call *call)
{
    const struct text query = query_of(call), form = form_of(call);
    const size_t pairs = pair_count(query) + pair_count(form);
    struct masks m = { ARENA_ARRAY(arena, 2 * (call->header_count + pairs), struct text), 0 };
    for (size_t i = 0; i < call->header_count; i++)
        if (header_is_credential(&call->headers[i]))
            mask_value(&m, header_value(&call->headers[i]));
    mask_query(arena, &m, query);
    mask_query(arena, &m, form);
    return m;
}

/* Where what begins at `at` and must not be seen ends; `at` when nothing does. */
static size_t masked_until(const struct masks *m, struct text said, size_t at)
{
    size_t end = at;
    for (size_t i = 0; i < m->n; i++)
        if (at + m->v[i].n > end && text_starts(text_from(said, at), m->v[i]))
            end = at + m->v[i].n;
    return end;
}

/* Values may overlap: what each of them covers is left out. */
struct text call_mask(struct arena *arena, const struct call *call, struct text said)
{
    static const struct text mask = { "[redacted]", sizeof "[redacted]" - 1 };
    const struct masks m = masks_of(arena, call);
    struct buf b = buf_new(arena, said.n * mask.n + 1);
    for (size_t i = 0, hidden = 0; i < said.n; i++) {
        const bool begins = i >= hidden;
        const size_t until = masked_until(&m, said, i);
        hidden = until > hidden ? until : hidden;
        if (i >= hidden)
            buf_add_char(&b, said.p[i]);
        else if (begins)
            buf_add(&b, mask);
    }
    return buf_text(&b);
}
