#include "mcp/client/quote.h"

#include "base/arena.h"
#include "spec/redact.h"
#include "spec/read.h"

static const char dots[] = "...";
static const char mask[] = "[redacted]";

/* ---- lines --------------------------------------------------------------------------------------------- */

/* Bytes of the well-formed character that the text begins with, or 0. */
static size_t char_length(struct text t)
{
    for (size_t n = 1; n <= 4 && n <= t.n; n++)
        if (text_is_utf8(text_clip(t, n)))
            return n;
    return 0;
}

/* Blanks, and the control characters of ASCII and Latin-1 (U+0080 to U+009F). */
static bool is_gap(struct text character)
{
    const unsigned char first = (unsigned char)character.p[0];
    return first <= ' ' || first == 0x7f || (first == 0xc2 && character.n == 2 && (unsigned char)character.p[1] < 0xa0);
}

/* Takes a character that can be shown off *rest, a blank for any number that cannot. */
static struct text take_shown(struct text *rest)
{
    bool gap = false;
    while (rest->n) {
        const size_t length = char_length(*rest);
        const struct text character = text_clip(*rest, length ? length : 1);
        if (length && is_gap(character)) {
            gap = true;
            *rest = text_from(*rest, length);
            continue;
        }
        if (gap)
            return T(" ");
        *rest = text_from(*rest, character.n);
        return length ? character : T("?");
    }
    return (struct text){ 0 };
}

struct text quote_line(struct arena *arena, struct text said)
{
    struct buf line = buf_new(arena, QUOTE_MAX);
    size_t kept = 0; /* of a line that is cut off */
    for (struct text rest = said, shown; (shown = take_shown(&rest)).n;) {
        if (text_eq(shown, T(" ")) && !line.n)
            continue;
        buf_add(&line, shown);
        if (line.full)
            return text_format(arena, "%.*s%s", (int)kept, line.p, dots);
        if (line.n <= QUOTE_MAX - (sizeof dots - 1))
            kept = line.n;
    }
    return buf_text(&line);
}

struct text quote_url(struct arena *arena, struct text url)
{
    return quote_line(arena, redact_url(arena, url));
}

/* ---- secrets ------------------------------------------------------------------------------------------- */

/* Length of the longest secret that the text begins with. */
static size_t secret_at(struct text t, const struct secret *secrets, size_t n)
{
    size_t longest = 0;
    for (size_t i = 0; i < n; i++)
        if (secret_length(secrets[i]) > longest && text_starts(t, secret_reveal(secrets[i])))
            longest = secret_length(secrets[i]);
    return longest;
}

struct text quote_mask(struct arena *arena, struct text said, const struct secret *secrets, size_t n)
{
    struct buf b = buf_new(arena, said.n * sizeof mask);
    for (struct text rest = said; rest.n;) {
        const size_t length = secret_at(rest, secrets, n);
        if (length)
            buf_add(&b, text_of(mask));
        else
            buf_add_char(&b, rest.p[0]);
        rest = text_from(rest, length ? length : 1);
    }
    return buf_text(&b);
}

/* ---- errors of OAuth ----------------------------------------------------------------------------------- */

struct oauth_error {
    struct v_text error, error_description;
};

static const struct field oauth_error_fields[] = {
    FIELD_TEXT(struct oauth_error, error, .flags = NULLABLE),
    FIELD_TEXT(struct oauth_error, error_description, .flags = NULLABLE),
};

static const struct spec oauth_error_spec = SPEC(struct oauth_error, "OAuthError", oauth_error_fields);

static bool read_oauth_error(struct arena *arena, struct text body, struct oauth_error *ret)
{
    *ret = (struct oauth_error){ .error.is = VALUE_ABSENT };
    /* Problems do not count: a description that is no string is none, and the error stays one. */
    const struct read_result read = spec_read_foreign(arena, &oauth_error_spec, T(""), body, ret);
    return read.outcome == JSON_OK && ret->error.is == VALUE_SET;
}

struct text quote_oauth_error(struct arena *arena, struct text body, const struct secret *secrets, size_t n)
{
    struct oauth_error e;
    if (!read_oauth_error(arena, body, &e))
        return (struct text){ 0 };
    const struct text description = e.error_description.v;
    const struct text said = text_format(arena, "%.*s%s%.*s", TEXT_ARG(e.error.v), description.n ? ": " : "",
                                         TEXT_ARG(description));
    return quote_line(arena, quote_mask(arena, said, secrets, n));
}

struct text quote_oauth_code(struct arena *arena, struct text body)
{
    static const char *const codes[] = {
        "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type",
        "invalid_scope", "invalid_target", NULL,
    };
    struct oauth_error e;
    const int i = read_oauth_error(arena, body, &e) ? text_index(e.error.v, codes) : -1;
    return text_of(i < 0 ? NULL : codes[i]);
}
