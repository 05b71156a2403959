#include "trips.h"

#include "scratch.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct outbound *pool;

int trips_setup(void **state)
{
    (void)state;
    pool = outbound_start(OUTBOUND_LOOPBACK);
    return pool && secret_start() ? 0 : -1;
}

int trips_teardown(void **state)
{
    (void)state;
    outbound_drain(pool);
    outbound_free(pool);
    return 0;
}

struct trip new_trip(void)
{
    return trip_new(scratch, pool);
}

/* From the third slash of a URL on. */
static struct text path_of(struct text url)
{
    size_t slashes = 0, i = 0;
    for (; i < url.n && slashes + (url.p[i] == '/') < 3; i++)
        slashes += url.p[i] == '/';
    return i < url.n ? text_from(url, i) : T("/");
}

const char *steps_of(const struct trip *trip)
{
    struct buf b = buf_new(scratch, 64 * 1024);
    for (struct text rest = buf_text(&trip->trail); rest.p && rest.n;) {
        struct text line = text_cut(&rest, '\n');
        if (text_starts(line, T("warning: ")) || !line.n)
            continue;
        const struct text method = text_cut(&line, ' '), url = text_cut(&line, ' ');
        text_cut(&line, ' ');
        const struct text status = text_clip(text_cut(&line, ' '), 3);
        int64_t number;
        buf_addf(&b, "%s%.*s %.*s %.*s", b.n ? "; " : "", TEXT_ARG(method), TEXT_ARG(path_of(url)),
                 TEXT_ARG(text_to_uint(status, &number) ? status : T("-")));
    }
    return text_cstr(scratch, buf_text(&b));
}

void expect_warning(const struct trip *trip, const char *part)
{
    const struct text trail = buf_text(&trip->trail);
    bool found = false;
    for (struct text rest = trail; rest.p;) {
        const struct text line = text_cut(&rest, '\n');
        if (text_starts(line, T("warning: ")))
            found |= !part || text_contains(line, text_of(part));
    }
    if (found != (part != NULL))
        fail_msg("%.*s\nis without the warning: %s", TEXT_ARG(trail), part ? part : "(none)");
}

void expect_text(const char *what, struct text got, const char *expected, unsigned port)
{
    struct buf b = buf_new(scratch, 64 * 1024);
    for (struct text rest = text_of(expected); rest.n;) {
        const bool here = text_starts(rest, T("$port"));
        if (here)
            buf_addf(&b, "%u", port);
        else
            buf_add_char(&b, rest.p[0]);
        rest = text_from(rest, here ? 5 : 1);
    }
    if ((got.p != NULL) != (expected != NULL) || !text_eq(got, buf_text(&b)))
        fail_msg("%s is: %.*s\nexpected: %s", what, TEXT_ARG(got),
                 expected ? text_cstr(scratch, buf_text(&b)) : "unset");
}
