/* Show: journal entries for people and tools, redacted: as JSON, as an HTTP Archive (HAR 1.2), as curl commands, and as
 * programs with fetch and for Python. Commands and programs take the API key from the variable KEY. */
#ifndef DUVO_CONTROL_SHOW_H
#define DUVO_CONTROL_SHOW_H

#include "space/match.h"
#include "base/json.h"
#include "spec/redact.h"

enum show_format { SHOW_JSON, SHOW_HAR, SHOW_CURL, SHOW_FETCH, SHOW_PYTHON };

/* A list of entries that is being written. */
struct shown {
    enum show_format format;
    struct buf *out;
    struct json j;
    struct redactor redactor;
    struct text base; /* of all but JSON: what URLs begin with */
    size_t first;     /* where the first entry begins */
};

/* A body as it is shown; empty when there was none or it is not kept. */
struct text show_request_body(const struct redactor *redactor, struct arena *arena, const struct journal_entry *entry);
struct text show_reply_body(const struct redactor *redactor, struct arena *arena, const struct journal_entry *entry);

struct shown shown_new(struct request *rq, enum show_format format);
void show_entry(struct shown *shown, const struct journal_entry *entry);
/* The members headers and body of a message that is no entry, in an object of SHOW_JSON that is open. */
void show_message(struct shown *shown, const struct pair *headers, size_t n, struct text body);
/* All of it: an array, an archive, or commands and programs one after the other. */
struct text shown_whole(struct shown *shown);
/* Of SHOW_JSON: the one entry alone. */
struct text shown_first(struct shown *shown);

/* Header lines, and a JSON text over several lines; any other text stays as it is. */
struct text show_headers(const struct redactor *redactor, struct arena *arena, const struct pair *headers, size_t n);
struct text show_indented(struct arena *arena, struct text json);

/* ---- for show's own files: commands.c writes what sends an entry again ---- */

struct text shown_value(struct shown *s, struct pair header);
struct text shown_url_below(struct shown *s, const struct journal_entry *entry);
void show_curl(struct shown *s, const struct journal_entry *entry);
void show_fetch(struct shown *s, const struct journal_entry *entry);
void show_python(struct shown *s, const struct journal_entry *entry);

#endif
