/* Log: one whole line for each event, as text or JSON, with nothing in it that must not be seen. Each test logs in a
 * child and looks at what came out. */
#include "request/log.h"
#include "router/access_log.h"

#include "base/limit.h"
#include "rig.h"
#include "router/routes.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct config config;
static const struct server server = { .config = &config };
static char out[8 << 20];

/* ---- in the child -------------------------------------------------------------------------------------- */

static struct request *new_request(struct text uri)
{
    struct request *rq = request_new(&server, uri);
    rq->method = T("GET");
    rq->id = T("the-id");
    rq->reply.status = 200;
    return rq;
}

static void log_uri(struct text uri)
{
    struct request *rq = new_request(uri);
    log_request(rq);
    request_free(rq);
}

static void log_some(enum log_format format)
{
    log_start(format);
    struct request *rq = new_request(T("/v1/profile?limit=5&token=hush"));
    rq->route = &routes[0];
    log_request(rq);
    rq->route = NULL;
    rq->reply.status = 404;
    rq->method = T("G\nET \"x");
    rq->id = T("\"id\\");
    log_request(rq);
    request_free(rq);
    log_event("error", "it's %d\"s", 5);
    log_stop();
}

static void log_as_text(void)
{
    log_some(LOG_TEXT);
}

static void log_as_json(void)
{
    log_some(LOG_JSON);
}

static void log_nothing(void)
{
    log_some(LOG_OFF);
}

static void log_secrets(void)
{
    static struct pair headers[] = {
        { { "Authorization", 13 }, { "Bearer hush", 11 } },
        { { "Cookie", 6 }, { "hush", 4 } },
    };
    log_start(LOG_TEXT);
    struct request *rq = new_request(T("/cb?code=hush&state=s&client_secret=hush"));
    rq->headers = headers;
    rq->header_count = 2;
    buf_add(&rq->body, T("{\"secret\":\"hush\"}"));
    buf_add(&rq->reply.body, T("hush"));
    rq->message = T("hush");
    log_request(rq);
    request_free(rq);
    log_stop();
}

static const char *long_byte = "x";

/* A line between two others, which are there to show where it begins and ends. */
static void log_long(enum log_format format)
{
    static char uri[40000];
    memset(uri, *long_byte, sizeof uri);
    uri[0] = '/';
    log_start(format);
    log_uri(T("/first"));
    log_uri((struct text){ uri, sizeof uri });
    log_uri(T("/last"));
    log_stop();
}

static void log_long_text(void)
{
    log_long(LOG_TEXT);
}

static void log_long_json(void)
{
    log_long(LOG_JSON);
}

enum { THREADS = 4, EACH = 500 };

static void *log_many(void *unused)
{
    (void)unused;
    for (int i = 0; i < EACH; i++)
        log_uri(T("/a/path/of/some/length"));
    arena_trim();
    return NULL;
}

static void log_in_threads(void)
{
    pthread_t threads[THREADS];
    log_start(LOG_TEXT);
    for (size_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, log_many, NULL);
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    log_stop();
}

static void log_without_thread(void)
{
    log_event("info", "before");
    log_start(LOG_TEXT);
    log_stop();
    log_event("info", "after");
    log_stop();
}

static void log_long_event(void)
{
    static char what[5000];
    memset(what, 'e', sizeof what - 1);
    log_start(LOG_JSON);
    log_event("error", "%s", what);
    log_event("error", "two\nlines");
    log_stop();
}

/* ---- what came out ------------------------------------------------------------------------------------- */

static struct text logged(void (*run)(void))
{
    const int status = end_of(run, out, sizeof out);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("%d %.500s", status, out);
    return text_of(out);
}

/* The next line, which has to be there whole. */
static struct text take_line(struct text *rest)
{
    const size_t end = text_find(*rest, '\n');
    assert_true(end < rest->n);
    return text_cut(rest, '\n');
}

/* The part up to the next blank. */
static struct text take_word(struct text *line)
{
    return text_cut(line, ' ');
}

#define assert_text(got, expected) assert_true(text_eq((got), T(expected)))

static bool is_time(struct text t)
{
    static const char pattern[] = "0000-00-00T00:00:00.000Z";
    if (t.n != sizeof pattern - 1)
        return false;
    for (size_t i = 0; i < t.n; i++)
        if (pattern[i] == '0' ? t.p[i] < '0' || t.p[i] > '9' : t.p[i] != pattern[i])
            return false;
    return true;
}

static void expect_words(struct text line, const char *const *words, size_t n)
{
    assert_true(is_time(take_word(&line)));
    for (size_t i = 0; i < n; i++) {
        const struct text word = take_word(&line);
        if (words[i] && !text_eq(word, text_of(words[i])))
            fail_msg("%.*s, expected %s", TEXT_ARG(word), words[i]);
    }
    assert_null(line.p);
}

static void test_text(void **state)
{
    (void)state;
    struct text rest = logged(log_as_text);
    expect_words(take_line(&rest), (const char *const[]){ "GET", "/v1/profile?limit=5&token=[redacted]", "200", NULL,
                                                          "listConnections", "the-id" }, 6);
    expect_words(take_line(&rest), (const char *const[]){ "G%0AET%20%22x", "/v1/profile?limit=5&token=[redacted]",
                                                          "404", NULL, "-", "\"id\\" }, 6);
    expect_words(take_line(&rest), (const char *const[]){ "error:", "it's", "5\"s" }, 3);
    assert_int_equal(rest.n, 0);
}

static void test_json(void **state)
{
    (void)state;
    struct text rest = logged(log_as_json);
    const struct text first = take_line(&rest), second = take_line(&rest), event = take_line(&rest);
    assert_true(is_json(first) && is_json(second) && is_json(event));
    assert_true(text_starts(first, T("{\"time\":\"20")));
    assert_true(text_contains(first, T("\"level\":\"info\",\"method\":\"GET\","
                                       "\"url\":\"/v1/profile?limit=5&token=[redacted]\",\"status\":200,"
                                       "\"duration_us\":")));
    assert_true(text_ends(first, T(",\"operation\":\"listConnections\",\"request_id\":\"the-id\"}")));
    assert_true(text_contains(second, T("\"method\":\"G%0AET%20%22x\"")));
    assert_true(text_ends(second, T(",\"operation\":\"-\",\"request_id\":\"\\\"id\\\\\"}")));
    assert_true(text_ends(event, T("\"level\":\"error\",\"message\":\"it's 5\\\"s\"}")));
    assert_int_equal(rest.n, 0);
}

static void test_off(void **state)
{
    (void)state;
    assert_int_equal(logged(log_nothing).n, 0);
}

static void test_no_secrets(void **state)
{
    (void)state;
    const struct text all = logged(log_secrets);
    assert_true(text_contains(all, T("/cb?code=[redacted]&state=[redacted]&client_secret=[redacted]")));
    assert_false(text_contains(all, T("hush")));
}

static size_t count_lines(struct text t)
{
    size_t n = 0;
    for (size_t i = 0; i < t.n; i++)
        n += t.p[i] == '\n';
    return n;
}

/* Every line whole, from its time to its end, whatever a client asks for. */
static void check_long(void (*run)(void), bool json)
{
    struct text rest = logged(run);
    assert_int_equal(count_lines(rest), 3);
    const struct text first = take_line(&rest), middle = take_line(&rest), last = take_line(&rest);
    assert_true(text_contains(first, T("/first")) && text_contains(last, T("/last")));
    assert_true(!json || (is_json(first) && is_json(middle) && is_json(last)));
    assert_true(text_ends(middle, json ? T("\"the-id\"}") : T(" the-id")));
}

static void test_long_urls(void **state)
{
    (void)state;
    static const char *const bytes[] = { "x", "\x01", "\"" };
    for (size_t i = 0; i < COUNT(bytes); i++) {
        long_byte = bytes[i];
        check_long(log_long_text, false);
    }
}

static void test_long_urls_as_json(void **state)
{
    (void)state;
    static const char *const bytes[] = { "x", "\x01", "\"" };
    for (size_t i = 0; i < COUNT(bytes); i++) {
        long_byte = bytes[i];
        check_long(log_long_json, true);
    }
}

static void test_threads(void **state)
{
    (void)state;
    struct text rest = logged(log_in_threads);
    assert_int_equal(count_lines(rest), THREADS * EACH);
    while (rest.n)
        expect_words(take_line(&rest), (const char *const[]){ "GET", "/a/path/of/some/length", "200", NULL, "-",
                                                              "the-id" }, 6);
}

static void test_before_and_after(void **state)
{
    (void)state;
    struct text rest = logged(log_without_thread);
    expect_words(take_line(&rest), (const char *const[]){ "info:", "after" }, 2);
    assert_int_equal(rest.n, 0);
}

static void test_long_events(void **state)
{
    (void)state;
    struct text rest = logged(log_long_event);
    assert_int_equal(count_lines(rest), 2);
    const struct text first = take_line(&rest), second = take_line(&rest);
    assert_true(is_json(first) && is_json(second));
    assert_in_range(first.n, 1000, 1200);
    assert_true(text_ends(second, T("\"message\":\"two\\nlines\"}")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_off),
        cmocka_unit_test(test_no_secrets),
        cmocka_unit_test(test_long_urls),
        cmocka_unit_test(test_long_urls_as_json),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_before_and_after),
        cmocka_unit_test(test_long_events),
    };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
