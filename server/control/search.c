#include "control/search.h"

#include "control/show.h"
#include "request/operation.h"
#include "request/route.h"
#include "space/match.h"
#include "spec/nearest.h"

#include <stdio.h>
#include <string.h>

enum { MESSAGE_SIZE = 400, MOST_SHOWN = 60 };

/* ---- words ----------------------------------------------------------------------------------------------- */

/* Up to a blank outside of quotes. */
static struct text take_raw_word(struct text *rest)
{
    size_t n = 0;
    bool quoted = false;
    for (; n < rest->n && (quoted || !char_is_blank(rest->p[n])); n++)
        quoted ^= rest->p[n] == '"';
    const struct text word = text_clip(*rest, n);
    *rest = text_from(*rest, n);
    return word;
}

/* A quote without its partner means itself. */
static struct text unquoted(struct text t)
{
    return t.n >= 2 && t.p[0] == '"' && t.p[t.n - 1] == '"' ? text_from(text_clip(t, t.n - 1), 1) : t;
}

bool search_take_word(struct text *rest, struct search_word *ret)
{
    *rest = text_trim(*rest);
    if (!rest->n)
        return false;
    const struct text word = take_raw_word(rest);
    const size_t colon = text_find(word, ':'), quote = text_find(word, '"');
    const bool named = colon && colon < word.n && colon < quote;
    *ret = (struct search_word){ .value = unquoted(named ? text_from(word, colon + 1) : word) };
    if (named)
        ret->name = text_clip(word, colon);
    return true;
}

bool search_is_in(struct text t, struct text part)
{
    for (size_t i = 0; i + part.n <= t.n; i++)
        if (text_eq_nocase(text_clip(text_from(t, i), part.n), part))
            return true;
    return false;
}

/* ---- words of requests --------------------------------------------------------------------------------------- */

/* What is looked at. */
struct subject {
    const struct redactor *redactor;
    struct arena *scratch;
    const struct journal_entry *entry;
};

static bool has_star(struct text t)
{
    return text_find(t, '*') < t.n;
}

/* A pattern is for all of the text, anything else for a part of it. */
static bool fits(struct text value, struct text t)
{
    return has_star(value) ? match_pattern_fits(value, t) : search_is_in(t, value);
}

static const char *check_status(struct text value)
{
    int64_t status;
    const bool is_class = value.n == 3 && value.p[0] >= '1' && value.p[0] <= '5' &&
                          text_eq_nocase(text_from(value, 1), T("xx"));
    const bool is_status = value.n == 3 && text_to_uint(value, &status) && status >= 100 && status <= 599;
    return is_class || is_status || text_eq(value, T("none"))
               ? NULL : "Invalid status: expected a number such as 404, a class such as 4xx, or none";
}

static bool has_status(const struct subject *s, struct text value)
{
    if (text_eq(value, T("none")))
        return s->entry->status == 0;
    char digits[16];
    snprintf(digits, sizeof digits, "%03u", s->entry->status);
    const size_t meant = text_ends(text_lower(s->scratch, value), T("xx")) ? 1 : 3;
    return memcmp(digits, value.p, meant) == 0;
}

static const char *check_operation(struct text value)
{
    return has_star(value) ? NULL : operation_check(value);
}

static bool has_operation(const struct subject *s, struct text value)
{
    const struct route *route = s->entry->route;
    if (!route)
        return false;
    return has_star(value) ? match_pattern_fits(value, text_of(route->operation))
                           : operation_is(text_of(route->operation), route->version, value);
}

static bool has_path(const struct subject *s, struct text value)
{
    const struct text url = redact_url_with(s->redactor, s->scratch, s->entry->target);
    return fits(value, has_star(value) && text_find(value, '?') == value.n ? text_clip(url, text_find(url, '?')) : url);
}

static bool has_body(const struct subject *s, struct text value)
{
    return search_is_in(show_request_body(s->redactor, s->scratch, s->entry), value) ||
           search_is_in(show_reply_body(s->redactor, s->scratch, s->entry), value);
}

static bool has_fault(const struct subject *s, struct text value)
{
    if (text_eq(value, T("any")) || text_eq(value, T("none")))
        return (s->entry->fault.n > 0) == text_eq(value, T("any"));
    return search_is_in(s->entry->fault, value) || search_is_in(text_of(s->entry->broken), value);
}

static bool has_method(const struct subject *s, struct text value)
{
    return text_eq_nocase(s->entry->method, value);
}

static const struct word {
    const char *name;
    bool (*holds)(const struct subject *subject, struct text value);
    const char *(*check)(struct text value); /* NULL: any value will do */
} words[] = {
    { "status", has_status,    check_status },
    { "op",     has_operation, check_operation },
    { "path",   has_path,      NULL },
    { "body",   has_body,      NULL },
    { "fault",  has_fault,     NULL },
    { "method", has_method,    match_check_method },
};
enum { WORD_COUNT = sizeof words / sizeof words[0] };

static const struct word *find_word(struct text name)
{
    for (size_t i = 0; i < WORD_COUNT; i++)
        if (text_eq(text_of(words[i].name), name))
            return &words[i];
    return NULL;
}

static const char *unknown_word(struct text name)
{
    static _Thread_local char message[MESSAGE_SIZE];
    struct nearest nearest = nearest_to(name);
    for (size_t i = 0; i < WORD_COUNT; i++)
        nearest_try(&nearest, text_of(words[i].name));
    const struct text shown = text_clip(name, MOST_SHOWN);
    const int n = snprintf(message, sizeof message, "Unknown word \"%.*s:\": ",
                           TEXT_ARG(text_is_utf8(shown) ? shown : T("…")));
    if (nearest.word.p)
        snprintf(message + n, sizeof message - (size_t)n, "did you mean \"%.*s:\"?", TEXT_ARG(nearest.word));
    else
        snprintf(message + n, sizeof message - (size_t)n, "expected status:, op:, path:, body:, fault:, method:, "
                 "or \"%.*s:…\" in quotes as free text", TEXT_ARG(text_is_utf8(shown) ? shown : T("…")));
    return message;
}

const char *search_check_requests(struct text q)
{
    struct search_word word;
    while (search_take_word(&q, &word)) {
        const struct word *known = word.name.p ? find_word(word.name) : NULL;
        if (!word.name.p)
            continue;
        if (!known)
            return unknown_word(word.name);
        if (!word.value.n)
            return "Incomplete search: expected a value after each colon";
        const char *wrong = known->check ? known->check(word.value) : NULL;
        if (wrong)
            return wrong;
    }
    return NULL;
}

/* ---- requests -------------------------------------------------------------------------------------------- */

/* The line that lists show, then the bodies. */
static bool has_text(const struct subject *s, struct text value)
{
    const struct journal_entry *entry = s->entry;
    const struct text status = int_text(s->scratch, entry->status);
    const struct text line[] = {
        entry->method, redact_url_with(s->redactor, s->scratch, entry->target),
        text_of(entry->route ? entry->route->operation : NULL), status, entry->caller, entry->fault,
        text_of(entry->broken), redact_text(s->redactor, s->scratch, entry->warning), entry->id,
    };
    for (size_t i = 0; i < sizeof line / sizeof line[0]; i++)
        if (search_is_in(line[i], value))
            return true;
    return has_body(s, value);
}

bool search_holds_for_request(struct text q, const struct redactor *redactor, struct arena *scratch,
                              const struct journal_entry *entry)
{
    const struct subject subject = { redactor, scratch, entry };
    struct search_word word;
    while (search_take_word(&q, &word)) {
        const struct word *known = word.name.p ? find_word(word.name) : NULL;
        if (known ? !known->holds(&subject, word.value) : !has_text(&subject, word.value))
            return false;
    }
    return true;
}
