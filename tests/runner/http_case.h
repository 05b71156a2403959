/*
 * http_case: what a .http data file says. tests/api/README.md describes the format.
 */
#ifndef RUNNER_HTTP_CASE_H
#define RUNNER_HTTP_CASE_H

#include "http.h"
#include "reader.h"

#include <jansson.h>

struct header {
    struct header *next;
    int line;
    char *name, *value;
    bool absent; /* expected not to be there */
};

struct text_check {
    struct text_check *next;
    int line;
    bool lacks;
    char *needle;
};

struct expect {
    int line;
    enum reply_kind kind; /* REPLY_FULL, _CLOSED, _CUT or _SILENT */
    int status;
    struct header *headers;
    bool empty;
    json_t *json; /* NULL: not compared */
    struct text_check *texts;
};

struct step {
    int line;
    const char *label; /* the table's row or the set-up that it comes from, or "" */
    char *title;
    char *method, *target;
    struct header *headers;
    struct text body; /* or, when raw, the template of all bytes */
    bool raw, shut_writing, nocheck, nohead;
    unsigned repeat, parallel;
    unsigned timeout_ms;
    struct expect expect;
};

enum action_kind { ACTION_STEP, ACTION_RESTART, ACTION_KILL, ACTION_WAIT, ACTION_LOG, ACTION_DB_LACKS };

struct action {
    struct action *next;
    enum action_kind kind;
    int line;
    struct step *step;
    long long ms;
    bool lacks;
    char *needle;
};

struct http_case {
    const char *summary;
    struct strings flags, environment;
    bool durable, nohead, limited;
    struct action *actions, **last;
};

/* False, and reported, when the file is not well formed. */
bool http_case_parse(struct http_case *hc, const char *path, struct report *report);
void http_case_free(struct http_case *hc);
/* Each set-up that none of the files takes is a line of ret_problems. */
void setups_check(const struct strings *files, struct text *ret_problems);

/* Parts of the parser, in files of their own. */
/* Puts the steps of each row for a @table and the steps of that name for a @setup. */
bool tables_expand(struct reader *rd);
bool setups_expand(struct reader *rd);
bool expect_parse(struct reader *rd, struct expect *expect);
bool is_expect_line(const char *s);
bool is_title(const char *s); /* of a step */
bool header_parse(struct reader *rd, char *s, struct header ***last);
/* One line that begins with @. hc is NULL inside a step; step is that step, or between steps the next one. */
bool directive_parse(struct reader *rd, struct http_case *hc, struct step *step, char *s);

#endif
