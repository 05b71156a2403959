/* The expected reply of a step, from `HTTP nnn` to the next step. */
#include "http_case.h"

#include <string.h>

static const struct {
    const char *word;
    enum reply_kind kind;
} outcomes[] = {
    { "CLOSED", REPLY_CLOSED },
    { "CUT", REPLY_CUT },
    { "SILENT", REPLY_SILENT },
};

static bool outcome_parse(const char *s, struct expect *e)
{
    long long status;
    if (number_parse(s, 100, 599, &status)) {
        e->kind = REPLY_FULL;
        e->status = (int)status;
        return true;
    }
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        if (strcmp(outcomes[i].word, s) == 0) {
            e->kind = outcomes[i].kind;
            return true;
        }
    }
    return false;
}

bool is_expect_line(const char *s)
{
    struct expect unused = { 0 };
    return str_starts(s, "HTTP ") && outcome_parse(s + 5, &unused);
}

bool is_title(const char *s)
{
    return str_starts(s, "### ") || str_starts(s, "#### ");
}

static bool is_section_end(const char *s)
{
    return is_title(s) || *s == '@';
}

static bool expected_headers_parse(struct reader *rd, struct expect *e)
{
    struct header **last = &e->headers;
    for (char *s = reader_peek(rd); s != NULL && *s != '\0' && !is_section_end(s); s = reader_peek(rd)) {
        bool absent = *s == '!';
        reader_next(rd);
        if (*s == '#')
            continue;
        struct header **added = last;
        if (!header_parse(rd, absent ? keep_f("%s%s", s + 1, strchr(s, ':') == NULL ? ":" : "") : s, &last))
            return false;
        (*added)->absent = absent;
        if (absent && *(*added)->value != '\0')
            return reader_fail(rd, reader_line(rd), "an absent header is `!name`, without a value");
    }
    return true;
}

static bool text_check_parse(struct reader *rd, struct text_check ***last, char *s)
{
    char *contains = str_after(s, "contains"), *lacks = str_after(s, "lacks");
    char *needle = contains != NULL ? contains : lacks;
    if (needle == NULL || *needle == '\0')
        return reader_fail(rd, reader_line(rd), "TEXT needs `contains …` or `lacks …`");
    struct text_check *check = keep_alloc(sizeof *check);
    *check = (struct text_check){ .line = reader_line(rd), .lacks = lacks != NULL, .needle = needle };
    **last = check;
    *last = &check->next;
    return true;
}

static bool json_parse(struct reader *rd, struct expect *e, const struct text *json, int first)
{
    json_error_t error;
    if (json->len == 0)
        return true;
    e->json = json_loadb(json->data, json->len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    return e->json != NULL ||
           reader_fail(rd, first + error.line - 1, "the expected body is not JSON: %s", error.text);
}

static bool expected_body_parse(struct reader *rd, struct expect *e)
{
    struct text json = { 0 };
    struct text_check **last = &e->texts;
    int first = 0;
    bool ok = true;
    for (char *s = reader_peek(rd); ok && s != NULL && !is_section_end(s); s = reader_peek(rd)) {
        reader_next(rd);
        if (str_starts(s, "TEXT "))
            ok = text_check_parse(rd, &last, str_trim(s + 5));
        else if (strcmp(s, "EMPTY") == 0)
            e->empty = true;
        else if (*s != '#' && (json.len > 0 || *s != '\0')) {
            first = json.len == 0 ? reader_line(rd) : first;
            text_addf(&json, "%s\n", s);
        } else if (json.len > 0)
            text_add_char(&json, '\n'); /* keeps line numbers right */
    }
    ok = ok && json_parse(rd, e, &json, first);
    text_free(&json);
    if (ok && e->empty && (e->json != NULL || e->texts != NULL))
        return reader_fail(rd, e->line, "EMPTY together with another expected body");
    return ok;
}

bool expect_parse(struct reader *rd, struct expect *e)
{
    char *s = reader_next(rd);
    e->line = reader_line(rd);
    outcome_parse(s + strlen("HTTP "), e);
    if (!expected_headers_parse(rd, e) || !expected_body_parse(rd, e))
        return false;
    if (e->kind != REPLY_FULL && (e->headers != NULL || e->empty || e->json != NULL || e->texts != NULL))
        return reader_fail(rd, e->line, "%s has no headers and no body", s);
    return true;
}
