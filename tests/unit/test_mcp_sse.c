/* Server-sent events: the same events come out however the bytes are cut. */
#include "mcp/sse.h"

#include "rig.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct seen {
    struct buf all;
    unsigned count, enough;
};

static bool see(void *cls, struct text event, struct text data)
{
    struct seen *seen = cls;
    buf_addf(&seen->all, "%.*s=%.*s;", TEXT_ARG(event), TEXT_ARG(data));
    return ++seen->count < seen->enough;
}

/* What comes out of the stream when it is fed in pieces of `step` bytes. */
static struct text events_of(struct text stream, size_t step, size_t max, unsigned enough)
{
    struct seen seen = { buf_new(scratch, 10000), 0, enough };
    struct sse sse = sse_new(scratch, max, see, &seen);
    bool more = true;
    for (struct text rest = stream; rest.n && more; rest = text_from(rest, step))
        more = sse_feed(&sse, text_clip(rest, step));
    assert_int_equal(more, seen.count < enough);
    return buf_text(&seen.all);
}

static void expect(struct text stream, const char *events)
{
    for (size_t step = 1; step <= stream.n + 1; step++) {
        const struct text got = events_of(stream, step, 1000, 1000);
        if (!text_eq(got, text_of(events)))
            fail_msg("%.*s\nin pieces of %zu: %.*s\nexpected: %s", TEXT_ARG(stream), step, TEXT_ARG(got), events);
    }
}

static void test_events(void **state)
{
    (void)state;
    expect(T(""), "");
    expect(T("data: a\n\n"), "message=a;");
    expect(T("data:a\n\ndata:  b\n\n"), "message=a;message= b;");
    expect(T("event: endpoint\ndata: /x?y=1\n\n"), "endpoint=/x?y=1;");
    expect(T("data: /x\nevent: endpoint\n\ndata: z\n\n"), "endpoint=/x;message=z;");
    expect(T("event: a\nevent: b\ndata: 1\n\n"), "b=1;");
    expect(T("data: 1\ndata: 2\ndata\ndata: 3\n\n"), "message=1\n2\n\n3;");
    expect(T("id: 7\nretry: 10\ndata: x: y\nother: z\nnothing\n\n"), "message=x: y;");
    expect(T(": a comment\n:\ndata: x\n: another\n\n"), "message=x;");
}

static void test_line_ends(void **state)
{
    (void)state;
    expect(T("data: a\r\n\r\ndata: b\r\rdata: c\n\n"), "message=a;message=b;message=c;");
    expect(T("data: a\r\ndata: b\rdata: c\n\r\n"), "message=a\nb\nc;");
    expect(T("\xEF\xBB\xBF" "data: a\n\n\xEF\xBB\xBF" "data: b\n\n"), "message=a;");
}

static void test_no_event(void **state)
{
    (void)state;
    expect(T("id: 1\ndata:\n\n"), ""); /* as a server begins that may be polled */
    expect(T("event: ping\n\ndata: a\n\n"), "message=a;");
    expect(T("\n\n\n\n"), "");
    expect(T("data: cut short\n"), "");
    expect(T("data: cut short"), "");
    expect(T("xdata: a\n Data: b\ndata : c\n\n"), "");
}

static void test_stop(void **state)
{
    (void)state;
    const struct text got = events_of(T("data: a\n\ndata: b\n\ndata: c\n\n"), 100, 1000, 2);
    assert_true(text_eq(got, T("message=a;message=b;")));
}

static void test_limits(void **state)
{
    (void)state;
    const struct text stream = T("data: 1234\n\ndata: 12345\n\ndata: 123\ndata: 56789\n\ndata: 1\n\n");
    for (size_t step = 1; step < stream.n; step++) {
        const struct text got = events_of(stream, step, 10, 100); /* a line of ten bytes */
        if (!text_eq(got, T("message=1234;message=123;message=1;")))
            fail_msg("%.*s", TEXT_ARG(got));
    }
    const struct text whole = events_of(T("data:12345\ndata:6789\n\ndata:ok\n\n"), 1, 10, 100);
    assert_true(text_eq(whole, T("message=ok;"))); /* an event of eleven */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_events), TEST(test_line_ends), TEST(test_no_event), TEST(test_stop), TEST(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
