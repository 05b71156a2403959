#include "spec/redact.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/eight.h"
#include "base/hex.h"
#include "base/last_text.h"
#include "base/uri.h"
#include "base/limit.h"
#include "base/uuid.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

enum { FINGERPRINT = 8 }; /* digits: enough to tell values of one test apart, too few to find one */

static const struct redactor plain = { NULL };

static void put_mask(struct buf *b, const struct redactor *redactor, struct text value)
{
    buf_add(b, T("[redacted"));
    if (redactor->key) {
        const struct secret_hash hash = secret_hash(redactor->key, secret_of(value));
        buf_add_char(b, ':');
        buf_add(b, hex_encode(b->arena, hash.b, FINGERPRINT / 2));
    }
    buf_add_char(b, ']');
}

struct text redact_mask(const struct redactor *redactor, struct arena *arena, struct text value)
{
    struct buf b = buf_new(arena, 64);
    put_mask(&b, redactor, value);
    return buf_text(&b);
}

/* The next character of a name that may be percent-escaped. */
static char take_unescaped(struct text name, size_t *at)
{
    const int byte = uri_escaped_byte(name, *at);
    const char c = byte < 0 ? name.p[*at] : (char)byte;
    *at += byte < 0 ? 1 : 3;
    return c;
}

/* All names below are compared with what split_words makes of a name. These tell how somebody authenticates, not with
 * what. */
static const char *const harmless[] = {
    "_access_type_", "_auth_config_id_", "_auth_method_", "_auth_scheme_", "_authorization_endpoint_",
    "_bearer_methods_supported_", "_code_challenge_method_", "_code_challenge_methods_supported_", "_grant_type_",
    "_has_oauth_tokens_", "_mcp_session_id_", "_response_type_", "_status_code_", "_token_endpoint_",
    "_token_endpoint_auth_method_", "_token_endpoint_auth_methods_supported_", "_token_type_", NULL,
};
/* A whole name. */
static const char *const names[] = { "_key_", "_sig_", "_k_", "_pat_", NULL };
/* Somewhere in a name: with `_` around them whole words, without it parts of words, too. */
static const char *const pieces[] = {
    "token", "secret", "password", "passwd", "authorization", "apikey", "api_key", "cookie", "credential", "verifier",
    "signature", "assertion", "_code_", "_state_", "_auth_", "_pass_", "_pwd_", "_passphrase_", "_jwt_", "_bearer_",
    "_session_", "_csrf_", "_access_", "_software_statement_", "_subscription_key_", "_subscriptionkey_",
    "_private_key_", "_privatekey_",
};

/* The pairs of characters that pieces begin with, a bit for each second one: where none of them stands, nothing more is
 * looked at, because every log line asks this of each parameter. */
static uint32_t beginnings[32];

/* Letters and `_` are all that split names are made of; these five bits tell them apart. */
static unsigned low_bits(char c)
{
    return (unsigned char)c & 31u;
}

static void note_beginnings(void)
{
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++)
        beginnings[low_bits(pieces[i][0])] |= UINT32_C(1) << low_bits(pieces[i][1]);
}

static bool begins_piece(struct text rest)
{
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++)
        if (text_starts(rest, text_of(pieces[i])))
            return true;
    return false;
}

static bool has_piece(struct text name)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, note_beginnings);
    for (size_t at = 0; at + 1 < name.n; at++)
        if ((beginnings[low_bits(name.p[at])] >> low_bits(name.p[at + 1]) & 1) && begins_piece(text_from(name, at)))
            return true;
    return false;
}

enum { NAME_MAX_BYTES = 256 };

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Lower case, with one `_` before, between and behind its words: `_access_token_`. Words end at whatever is no letter
 * and, with `by_case`, at a change of case: `accessToken`, `JWTValue`. The text is in `out`, of twice the name's
 * length and 2. */
static struct text split_words(struct text name, bool by_case, char *out)
{
    size_t n = 0;
    out[n++] = '_';
    for (size_t i = 0; i < name.n; i++) {
        const char c = name.p[i], before = i ? name.p[i - 1] : '_', after = i + 1 < name.n ? name.p[i + 1] : '_';
        const bool starts = by_case && is_upper(c) && (is_lower(before) || (is_upper(before) && is_lower(after)));
        const bool letter = is_upper(c) || is_lower(c);
        if ((starts || !letter) && out[n - 1] != '_')
            out[n++] = '_';
        if (letter)
            out[n++] = (char)(c | 0x20);
    }
    if (out[n - 1] != '_')
        out[n++] = '_';
    return (struct text){ out, n };
}

/* Whether the name speaks, in both ways to split it. */
static bool is_secret(struct text split, struct text whole)
{
    const bool speaks = has_piece(split) || (!text_eq(split, whole) && has_piece(whole)) ||
                        text_index(whole, names) >= 0;
    return speaks && text_index(split, harmless) < 0 && text_index(whole, harmless) < 0;
}

/* Most names: there is nothing to split. */
static bool is_small_word(struct text name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!is_lower(name.p[i]))
            return false;
    return name.n > 0 && name.n <= NAME_MAX_BYTES;
}

/* Nobody needs to read the value of a name that long. */
bool redact_is_secret_name(struct text name)
{
    if (is_small_word(name)) {
        char out[NAME_MAX_BYTES + 2];
        out[0] = '_';
        memcpy(out + 1, name.p, name.n);
        out[name.n + 1] = '_';
        return is_secret((struct text){ out, name.n + 2 }, (struct text){ out, name.n + 2 });
    }
    char plain_name[NAME_MAX_BYTES], by_case[2 * NAME_MAX_BYTES + 2], as_is[2 * NAME_MAX_BYTES + 2];
    size_t n = 0;
    for (size_t i = 0; i < name.n;) {
        if (n == sizeof plain_name)
            return true;
        plain_name[n++] = take_unescaped(name, &i);
    }
    const struct text split = split_words((struct text){ plain_name, n }, true, by_case);
    const struct text whole = split_words((struct text){ plain_name, n }, false, as_is);
    return is_secret(split, whole);
}

static bool is_printable(unsigned char c)
{
    return c > 0x20 && c < 0x7f && c != '"' && c != '\\';
}

static bool are_printable(uint64_t eight)
{
    return !(eight_has_high(eight) | eight_has_below(eight, 0x21) | eight_has(eight, 0x7f) | eight_has(eight, '"') |
             eight_has(eight, '\\'));
}

/* How far it is printable. */
static size_t printable_run(struct text t)
{
    size_t i = 0;
    while (t.n - i >= sizeof(uint64_t) && are_printable(eight_at(t.p + i)))
        i += sizeof(uint64_t);
    while (i < t.n && is_printable((unsigned char)t.p[i]))
        i++;
    return i;
}

static void put_printable(struct buf *b, struct text t)
{
    for (size_t i = 0, run; i < t.n; i = run + 1) {
        run = i + printable_run(text_from(t, i));
        buf_add_bytes(b, t.p + i, run - i);
        if (run < t.n)
            buf_addf(b, "%%%02X", (unsigned char)t.p[run]);
    }
}

#define BIT(c) (UINT64_C(1) << (c))

/* `;` separates pairs, too, for servers that follow HTML 4 (appendix B.2.2). */
static bool starts_parameter(char c)
{
    const uint64_t marks = BIT('?') | BIT('&') | BIT('#') | BIT(';');
    return (unsigned char)c < 64 && (marks >> c & 1);
}

/* A value may hold a URL of its own, escaped: one with user information, or with a parameter that speaks. */
static bool hides_secret(struct arena *arena, struct text value)
{
    struct text decoded;
    for (int depth = 0; text_find(value, '%') < value.n && depth < 4; depth++) {
        if (!uri_decode(arena, value, false, &decoded))
            return true; /* nobody can tell */
        value = decoded;
        for (size_t i = 0; i < value.n; i++) {
            const struct text rest = text_from(value, i + 1);
            const size_t equals = text_find(rest, '=');
            const bool starts = starts_parameter(value.p[i]);
            if (starts && equals < rest.n && redact_is_secret_name(text_clip(rest, equals)))
                return true;
        }
        if (text_contains(value, T("//")) && text_find(value, '@') < value.n)
            return true;
    }
    return false;
}

/* What is being looked at: a URL, all of it, or a text in which there may be some. */
struct scan {
    struct buf *b;
    const struct redactor *redactor;
    struct text t;
    bool is_url;
};

static void put_plain(const struct scan *s, size_t from, size_t to)
{
    const struct text part = text_clip(text_from(s->t, from), to - from);
    if (s->is_url)
        put_printable(s->b, part);
    else
        buf_add(s->b, part);
}

/* Where the first of `ends` is; in a text also where a blank is. */
static size_t find_end(const struct scan *s, size_t from, const char *ends)
{
    size_t i = from;
    while (i < s->t.n && !(s->t.p[i] && strchr(ends, s->t.p[i])) && (s->is_url || (unsigned char)s->t.p[i] > ' '))
        i++;
    return i;
}

/* At a separator: puts it, and the parameter behind it when that is secret. Where to go on. A secret may hold a `;`
 * itself: it is masked up to the next separator of any other kind. */
static size_t put_parameter(const struct scan *s, size_t at)
{
    const size_t equals = find_end(s, at + 1, "=?&#;");
    put_plain(s, at, at + 1);
    if (equals >= s->t.n || s->t.p[equals] != '=')
        return at + 1;
    const size_t end = find_end(s, equals + 1, "&#");
    const struct text name = text_clip(text_from(s->t, at + 1), equals - at - 1);
    const struct text value = text_clip(text_from(s->t, equals + 1), end - equals - 1);
    if (!redact_is_secret_name(name) && !hides_secret(s->b->arena, value))
        return at + 1;
    put_plain(s, at + 1, equals + 1);
    put_mask(s->b, s->redactor, value);
    return end;
}

/* Hosted MCP servers are often known by a URL that nobody can guess: who has it may call them. */
static bool is_random(struct text segment)
{
    enum { SHORTEST = 32 };
    struct uuid id;
    bool digit = false, upper = false, lower = false;
    for (size_t i = 0; i < segment.n; i++) {
        digit |= segment.p[i] >= '0' && segment.p[i] <= '9';
        upper |= is_upper(segment.p[i]);
        lower |= is_lower(segment.p[i]);
    }
    return segment.n >= SHORTEST && (digit || (upper && lower)) && !uuid_parse(segment, &id);
}

/* The segments of a path behind an authority; where the path ends. */
static size_t put_url_path(const struct scan *s, size_t at)
{
    while (at < s->t.n && s->t.p[at] == '/') {
        const size_t end = find_end(s, at + 1, s->is_url ? "/?#;" : "/?#;\"'<>,)");
        const struct text segment = text_clip(text_from(s->t, at + 1), end - at - 1);
        if (is_random(segment)) {
            put_plain(s, at, at + 1);
            put_mask(s->b, s->redactor, segment);
        } else {
            put_plain(s, at, end);
        }
        at = end;
    }
    return at;
}

/* At `//`: puts it, and what stands before the last @ of the authority masked (WHATWG URL 4.4). */
static size_t put_authority(const struct scan *s, size_t at)
{
    const size_t start = at + 2, end = find_end(s, start, "/?#");
    size_t mark = end;
    while (mark > start && s->t.p[mark - 1] != '@')
        mark--;
    put_plain(s, at, start);
    if (mark > start) {
        put_mask(s->b, s->redactor, text_clip(text_from(s->t, start), mark - 1 - start));
        put_plain(s, mark - 1, end);
    } else {
        put_plain(s, start, end);
    }
    return put_url_path(s, end);
}

/* Where the next parameter or authority can begin. */
static size_t next_mark(struct text t, size_t i)
{
    for (; t.n - i >= sizeof(uint64_t); i += sizeof(uint64_t)) {
        const uint64_t eight = eight_at(t.p + i);
        if (eight_has(eight, '/') | eight_has(eight, '?') | eight_has(eight, '&') | eight_has(eight, '#') |
            eight_has(eight, ';'))
            break;
    }
    while (i < t.n && t.p[i] != '/' && !starts_parameter(t.p[i]))
        i++;
    return i;
}

static void put_scanned(struct buf *b, const struct redactor *redactor, struct text t, bool is_url)
{
    const struct scan s = { b, redactor, t, is_url };
    size_t done = 0;
    for (size_t i = next_mark(t, 0); i < t.n; i = next_mark(t, i)) {
        const bool parameter = starts_parameter(t.p[i]);
        const bool authority = t.p[i] == '/' && i + 1 < t.n && t.p[i + 1] == '/';
        if (!parameter && !authority) {
            i++;
            continue;
        }
        put_plain(&s, done, i);
        i = done = parameter ? put_parameter(&s, i) : put_authority(&s, i);
    }
    put_plain(&s, done, t.n);
}

struct text redact_text(const struct redactor *redactor, struct arena *arena, struct text t)
{
    struct buf b = buf_new(arena, t.n * 8 + LIMIT_URI);
    put_scanned(&b, redactor, t, false);
    return buf_text(&b);
}

/* A URL that was told as it came: one that has a secret is never kept. */
static _Thread_local struct last_text open_url;

void redact_put_url(struct buf *b, struct text url)
{
    const size_t from = b->n;
    if (last_text_is(&open_url, url)) {
        buf_add(b, url);
        return;
    }
    put_scanned(b, &plain, url, true);
    if (text_starts(url, T("/")) && text_eq(url, text_from(buf_text(b), from)))
        last_text_keep(&open_url, url);
}

struct text redact_url_with(const struct redactor *redactor, struct arena *arena, struct text url)
{
    struct buf b = buf_new(arena, url.n * 12 + LIMIT_URI); /* a mask is longer than most that it stands for */
    put_scanned(&b, redactor, url, true);
    return buf_text(&b);
}

struct text redact_url(struct arena *arena, struct text url)
{
    return redact_url_with(&plain, arena, url);
}
