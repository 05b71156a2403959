#include "router/refusals.h"

#include "base/clock.h"
#include "base/text.h"
#include "request/log.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

/* By a piece of the library's own words. The first that fits counts; the last fits all: such a message is told as it
 * is. */
static struct refusal_kind {
    const char *words, *told;
    bool answers;           /* a head, which has not come to anybody else: */
    enum last_words answer; /* this takes the answer's place */
    atomic_llong told_at_us; /* 0: never */
} kinds[] = {
    { .words = "code is 505", .told = "HTTP/2 without TLS, or an unknown version: only HTTP/1.1 is spoken (505)",
      .answers = true, .answer = WORDS_VERSION },
    { .words = "code is 414", .told = "a request line is larger than can be read (414)",
      .answers = true, .answer = WORDS_URI },
    { .words = "code is 431", .told = "the headers of a request are larger than can be read (431)",
      .answers = true, .answer = WORDS_HEADERS },
    { .words = "oo large value", .told = "a Content-Length is larger than can be read (413)",
      .answers = true, .answer = WORDS_TOO_LONG },
    { .words = "code is 413", .told = NULL }, /* the same again */
    { .words = "Content-Length", .told = "a Content-Length is not a number (400)",
      .answers = true, .answer = WORDS_LENGTH },
    { .words = "chunked encoding", .told = "a chunk of a body is malformed (400)" },
    { .words = "code is 500", .told = "a chunk of a body has an extension larger than can be read (500)" },
    { .words = "code is 400", .told = "a request line or a header is malformed (400)",
      .answers = true, .answer = WORDS_MALFORMED },
    { .words = "incomplete request",
      .told = "a client left before its request was complete: TLS to this http port? see --tls" },
    { .words = "speaks TLS", .told = "a client spoke TLS to this http port: see --tls" },
    { .words = "handshake", .told = "a TLS handshake failed" },
    { .words = "pplication reported", .told = NULL }, /* a fault was played */
    { .words = "Connection socket is closed", .told = NULL }, /* clients may go */
    { .words = "ailed to send", .told = NULL }, /* likewise; and its words hold a URL */
    { .words = "ot enough memory", .told = NULL }, /* of a refusal that has a line of its own */
    { .words = "", .told = "" },
};

static struct refusal_kind *refusal_kind_of(const char *message)
{
    struct refusal_kind *kind = kinds;
    while (!strstr(message, kind->words))
        kind++;
    return kind;
}

/* Whether nobody has told it within the last second. */
static bool is_due(struct refusal_kind *kind)
{
    const long long now = clock_steady_us();
    long long last = atomic_load(&kind->told_at_us);
    return (!last || now - last >= 1000000) && atomic_compare_exchange_strong(&kind->told_at_us, &last, now);
}

static const struct refusal_kind *note(const char *message)
{
    struct refusal_kind *kind = refusal_kind_of(message);
    if (kind->told && is_due(kind))
        log_event("warning", "refused unread: %s", *kind->told ? kind->told : message);
    return kind;
}

bool refusals_note(const char *format, va_list args, enum last_words *ret)
{
    char message[512];
    vsnprintf(message, sizeof message, format, args);
    message[strcspn(message, "\r\n")] = '\0';
    const struct refusal_kind *kind = note(message);
    *ret = kind->answer;
    return kind->answers;
}

void refusals_note_tls(void)
{
    note("speaks TLS");
}
