#include "http_case.h"
#include "pattern.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { STEP_TIMEOUT_MS = 10000 };

static bool is_token(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)s[i]) && strchr("!#$%&'*+-.^_`|~", s[i]) == NULL)
            return false;
    return len > 0;
}

bool header_parse(struct reader *rd, char *s, struct header ***last)
{
    size_t name = strcspn(s, ":");
    if (s[name] != ':' || !is_token(s, name))
        return reader_fail(rd, reader_line(rd), "`%.60s` is not a header `name: value`", s);
    struct header *h = keep_alloc(sizeof *h);
    h->line = reader_line(rd);
    h->name = keep_copy(s, name);
    h->value = str_trim(s + name + 1);
    **last = h;
    *last = &h->next;
    return true;
}

static bool request_line_parse(struct reader *rd, struct step *step, char *s)
{
    size_t method = strcspn(s, " ");
    char *target = s + method + (s[method] == ' ');
    for (size_t i = 0; i < method; i++)
        if (!isupper((unsigned char)s[i]))
            return reader_fail(rd, reader_line(rd), "`%.60s` is not a request line `METHOD /path`", s);
    if (method == 0 || (*target != '/' && !str_starts(target, "{{") && !str_starts(target, "http")))
        return reader_fail(rd, reader_line(rd), "`%.60s` is not a request line `METHOD /path`", s);
    if (strchr(target, ' ') != NULL && strstr(target, "{{") == NULL)
        return reader_fail(rd, reader_line(rd), "a blank in the path; write %%20, or use @raw");
    step->method = keep_copy(s, method);
    step->target = target;
    return true;
}

static bool header_twice(const struct header *list, const char *a, const char *b)
{
    unsigned n = 0;
    for (; list != NULL; list = list->next)
        n += strcasecmp(list->name, a) == 0 || strcasecmp(list->name, b) == 0;
    return n > 1;
}

static bool request_headers_parse(struct reader *rd, struct step *step)
{
    struct header **last = &step->headers;
    for (char *s = reader_peek(rd); s != NULL && *s != '\0' && !is_expect_line(s); s = reader_peek(rd)) {
        reader_next(rd);
        if (!header_parse(rd, s, &last))
            return false;
    }
    if (header_twice(step->headers, "As", "Authorization"))
        return reader_fail(rd, step->line, "As: and Authorization: together");
    return true;
}

/* Everything up to the expected reply; the blank lines around it are for the reader's eye. */
static bool body_parse(struct reader *rd, struct step *step)
{
    reader_skip_blank(rd);
    for (char *s = reader_peek(rd); s != NULL && !is_expect_line(s); s = reader_peek(rd)) {
        reader_next(rd);
        if (is_title(s))
            return reader_fail(rd, step->line, "this step has no line `HTTP nnn`");
        text_addf(&step->body, "%s\n", s);
    }
    while (step->body.len > 0 && step->body.data[step->body.len - 1] == '\n')
        text_cut(&step->body, step->body.len - 1);
    return true;
}

static bool raw_parse(struct reader *rd, struct step *step)
{
    for (char *s = reader_peek(rd); s != NULL && !is_expect_line(s); s = reader_peek(rd)) {
        struct text why = { 0 };
        reader_next(rd);
        if (is_title(s))
            return reader_fail(rd, step->line, "this step has no line `HTTP nnn`");
        bool valid = pattern_escapes_valid(s, &why) || reader_fail(rd, reader_line(rd), "%s", text_str(&why));
        text_free(&why);
        if (!valid)
            return false;
        text_addf(&step->body, "%s\r\n", s);
    }
    return step->body.len > 0 || reader_fail(rd, step->line, "a @raw step sends at least one line");
}

static bool step_request_parse(struct reader *rd, struct step *step)
{
    if (step->raw)
        return raw_parse(rd, step);
    char *s = reader_next(rd);
    if (s == NULL || *s == '\0')
        return reader_fail(rd, step->line, "this step has no request line below its title");
    return request_line_parse(rd, step, s) && request_headers_parse(rd, step) && body_parse(rd, step);
}

static bool step_parse(struct reader *rd, struct step *step)
{
    int title = reader_line(rd);
    const char *label = reader_label(rd);
    for (char *s = reader_peek(rd); s != NULL && *s == '@'; s = reader_peek(rd))
        if (!directive_parse(rd, NULL, step, reader_next(rd)))
            return false;
    step->line = title;
    step->label = label;
    if (step->raw && step->parallel > 1)
        return reader_fail(rd, step->line, "@raw and @parallel together");
    if (!step_request_parse(rd, step))
        return false;
    if (reader_peek(rd) == NULL)
        return reader_fail(rd, step->line, "this step has no line `HTTP nnn`");
    return expect_parse(rd, &step->expect);
}

static struct step *step_new(void)
{
    struct step *step = keep_alloc(sizeof *step);
    step->repeat = step->parallel = 1;
    step->timeout_ms = STEP_TIMEOUT_MS;
    return step;
}

static void step_add(struct http_case *hc, struct step *step, char *title)
{
    struct action *a = keep_alloc(sizeof *a);
    step->title = str_trim(title);
    step->nohead |= hc->nohead;
    *a = (struct action){ .kind = ACTION_STEP, .step = step };
    *hc->last = a;
    hc->last = &a->next;
}

static bool case_line_parse(struct reader *rd, struct http_case *hc, struct step **pending, char *s)
{
    int line = reader_line(rd);
    if (*s == '@')
        return directive_parse(rd, hc, *pending, s);
    if (str_starts(s, "### ")) {
        struct step *step = *pending;
        *pending = step_new();
        step_add(hc, step, s + 4);
        return step_parse(rd, step);
    }
    if (str_starts(s, "#### "))
        return reader_fail(rd, line, "`####` goes on with a row of a @table, and there is none above");
    if (*s == '#')
        return true;
    return reader_fail(rd, line, "`%.60s` is outside of any step; a step begins with `### title`", s);
}

static bool any_starts(const struct strings *words, const char *prefix)
{
    for (size_t i = 0; i < words->count; i++)
        if (str_starts(words->at[i], prefix))
            return true;
    return false;
}

bool http_case_parse(struct http_case *hc, const char *path, struct report *report)
{
    struct reader rd;
    struct step *pending = step_new();
    *hc = (struct http_case){ 0 };
    hc->last = &hc->actions;
    if (!reader_open(&rd, path, report) || !tables_expand(&rd) || !setups_expand(&rd) ||
        !reader_summary(&rd, &hc->summary))
        return false;
    for (reader_skip_blank(&rd); reader_peek(&rd) != NULL; reader_skip_blank(&rd))
        if (!case_line_parse(&rd, hc, &pending, reader_next(&rd)))
            return false;
    if (hc->actions == NULL)
        return reader_fail(&rd, reader_line(&rd), "there is no step in this file");
    if (pending->line != 0)
        return reader_fail(&rd, pending->line, "this is for the next step, and no step follows");
    hc->limited =
        any_starts(&hc->flags, "--rate-limit") || any_starts(&hc->environment, "DUVO_MOCK_RATE_LIMIT");
    return true;
}

void http_case_free(struct http_case *hc)
{
    for (struct action *a = hc->actions; a != NULL; a = a->next) {
        if (a->step == NULL)
            continue;
        text_free(&a->step->body);
        json_decref(a->step->expect.json);
        a->step->expect.json = NULL;
    }
}
