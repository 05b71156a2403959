/* Small grammars: URIs, cron expressions, challenges, streams of events, pages. */
#include "fuzz.h"

#include "base/cron.h"
#include "base/idn.h"
#include "base/uri.h"
#include "mcp/client/challenge.h"
#include "mcp/sse.h"
#include "mcp/wellknown.h"
#include "pages/template.h"
#include "spec/redact.h"

void fuzz_challenge(struct text input);
void fuzz_cron(struct text input);
void fuzz_sse(struct text input);
void fuzz_template(struct text input);
void fuzz_uri(struct text input);

static bool has_any(struct text t, const char *any)
{
    for (size_t i = 0; i < t.n; i++)
        if (t.p[i] && strchr(any, t.p[i]))
            return true;
    return false;
}

static bool is_inside(struct text whole, struct text part)
{
    return !part.p || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

/* ---- URIs: a base in the first line, and a reference in the second ----------------------------------------- */

static void check_parts(struct text t)
{
    struct uri u;
    if (!uri_parse_http(t, &u))
        return;
    const struct text parts[] = { u.scheme, u.userinfo, u.host, u.port, u.path, u.query, u.fragment };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        FUZZ_PROMISE(is_inside(t, parts[i]), "parts of a URI point into it");
    FUZZ_PROMISE(u.host.n > 0, "an http URI has a host");
    uri_host_is_loopback(u.host);
    uri_host_is_address(u.host);
    uri_port(&u);
    url_is_insecure(t);
    FUZZ_PROMISE(uri_same_origin(t, t), "a URI has its own origin");
    FUZZ_PROMISE(uri_parse_http(url_canonical(fuzz_arena, t), &u), "what is canonical is a URI");
    const struct wellknown places[] = { wellknown_resource(fuzz_arena, t), wellknown_issuer(fuzz_arena, t) };
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < places[i].n; k++)
            FUZZ_PROMISE(uri_parse_http(places[i].urls[k], &u), "a well-known place is a URI");
    FUZZ_PROMISE(resource_match(fuzz_arena, t, t) == MATCH_EXACT, "a resource is itself");
}

static void check_decoding(struct text t, bool plus_is_blank)
{
    struct text decoded, again;
    struct buf b = buf_new(fuzz_arena, 4 * FUZZ_MAX);
    if (!uri_decode(fuzz_arena, t, plus_is_blank, &decoded))
        return;
    FUZZ_PROMISE(text_is_utf8(decoded), "what is decoded is UTF-8");
    uri_put_encoded(&b, decoded);
    if (memchr(decoded.p ? decoded.p : "", '\0', decoded.n))
        return;
    FUZZ_PROMISE(uri_decode(fuzz_arena, buf_text(&b), plus_is_blank, &again) && text_eq(decoded, again),
                 "what is encoded can be decoded");
}

/* In ASCII a URL is the same ever after, and a host is a name that DNS takes. */
static void check_ascii(struct text t)
{
    struct uri u;
    struct text host;
    const struct text url = uri_to_ascii(fuzz_arena, t);
    FUZZ_PROMISE(text_eq(uri_to_ascii(fuzz_arena, url), url), "what is in ASCII stays as it is");
    if (uri_parse_http(url, &u))
        check_parts(url);
    if (idn_to_ascii(fuzz_arena, t, &host))
        FUZZ_PROMISE(host.n <= 253 && text_is_visible_ascii(host), "a host in ASCII is one that DNS takes");
}

void fuzz_uri(struct text input)
{
    struct text rest = input, resolved;
    struct uri u;
    const struct text base = fuzz_own(text_cut(&rest, '\n')), reference = fuzz_own(text_cut(&rest, '\n'));
    check_parts(base);
    check_parts(reference);
    check_ascii(base);
    check_ascii(reference);
    check_decoding(base, true);
    check_decoding(reference, false);
    if (uri_parse_http(base, &u) && !u.fragment.p && uri_resolve(fuzz_arena, base, reference, &resolved)) {
        FUZZ_PROMISE(uri_parse_http(resolved, &u), "what is resolved is a URI");
        FUZZ_PROMISE(!u.userinfo.p, "what is resolved has no user information");
        check_parts(resolved);
    }
    const struct text shown = redact_url(fuzz_arena, base);
    for (size_t i = 0; i < shown.n; i++)
        FUZZ_PROMISE(shown.p[i] >= ' ' && shown.p[i] <= '~', "what is shown of a URL is printable ASCII");
    redact_text(&(struct redactor){ NULL }, fuzz_arena, reference);
    redact_is_secret_name(reference);
}

/* ---- cron expressions ------------------------------------------------------------------------------------ */

void fuzz_cron(struct text input)
{
    const char *why = cron_check(input);
    FUZZ_PROMISE(why || (input.n >= 9 && !has_any(input, "\n\r?#")), "five fields make an expression");
    FUZZ_PROMISE(!why || *why, "what is wrong is said");
}

/* ---- challenges: the scheme in the first line, and the header's value in the others ---------------------- */

void fuzz_challenge(struct text input)
{
    struct text rest = input;
    struct challenge got = { .scheme.p = NULL };
    const struct text scheme = fuzz_own(text_cut(&rest, '\n')), value = fuzz_own(rest);
    const struct text *const texts[] = { &got.realm, &got.resource_metadata, &got.scope, &got.error,
                                         &got.error_description };
    if (!challenge_parse(fuzz_arena, value, scheme, &got))
        return;
    FUZZ_PROMISE(text_eq_nocase(got.scheme, scheme), "the scheme is the one that was looked for");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        FUZZ_PROMISE(texts[i]->n <= value.n, "a parameter is a part of the value");
}

/* ---- events: in how many pieces they come (the first byte), and the stream --------------------------------- */

struct heard {
    struct buf events;
    size_t left;
};

static bool hear(void *cls, struct text event, struct text data)
{
    struct heard *heard = cls;
    buf_add(&heard->events, event);
    buf_add_char(&heard->events, '\0');
    buf_add(&heard->events, data);
    buf_add_char(&heard->events, '\0');
    return --heard->left > 0;
}

static struct text listen_in_pieces(struct text stream, size_t size, size_t max)
{
    struct heard heard = { buf_new(fuzz_arena, 4 * FUZZ_MAX), 100 };
    struct sse sse = sse_new(fuzz_arena, max, hear, &heard);
    bool more = true;
    for (size_t at = 0; more && at < stream.n; at += size)
        more = sse_feed(&sse, text_clip(text_from(stream, at), size));
    return buf_text(&heard.events);
}

void fuzz_sse(struct text input)
{
    const size_t size = input.n ? 1 + (unsigned char)input.p[0] % 16 : 1;
    const struct text stream = fuzz_own(text_from(input, 1));
    for (size_t max = 16; max <= FUZZ_MAX; max *= FUZZ_MAX / 16)
        FUZZ_PROMISE(text_eq(listen_in_pieces(stream, size, max), listen_in_pieces(stream, FUZZ_MAX, max)),
                     "events do not depend on the pieces in which they come");
    sse_is_type(stream);
}

/* ---- pages: lines of `name=value`, which are the items of a list, too; then, after a line `---`, the page ---- */

enum { VALUES_MAX = 8 };

struct rendering {
    struct buf out;
    struct text page;
    struct template_values values;
};

static void render(void *cls)
{
    struct rendering *r = cls;
    template_render_text(&r->out, "fuzz", r->page, &r->values);
}

void fuzz_template(struct text input)
{
    struct text page = input, lines = fuzz_part(&page);
    struct template_value values[VALUES_MAX + 2] = { { .name = NULL } };
    struct template_values items[2] = { { values + 1 }, { values + 1 } };
    struct rendering r = { buf_new(fuzz_arena, 1 << 20), fuzz_own(page), { values } };
    values[0] = (struct template_value){ .name = "list", .items = items, .count = 2, .is_list = true };
    for (size_t i = 1; i <= VALUES_MAX && lines.n; i++) {
        struct text line = text_cut(&lines, '\n');
        values[i].name = text_cstr(fuzz_arena, text_cut(&line, '='));
        values[i].text = fuzz_own(line);
    }
    if (fuzz_dies(render, &r) || has_any(page, "<>\"'") || text_contains(page, T("{{>")))
        return;
    FUZZ_PROMISE(!has_any(buf_text(&r.out), "<>\"'"), "a value is escaped");
}
