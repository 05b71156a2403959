/* Pages: who gets HTML, what every page and redirect carries, and refusals as pages. */
#include "pages/page.h"

#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>


static struct request *request_with(const char *method, struct pair *header)
{
    struct request *rq = request_new(&rig.server, T("/"));
    rq->method = text_of(method);
    rq->headers = header;
    rq->header_count = header != NULL;
    rq->id = T("r-1");
    return rq;
}

/* ---- who gets HTML --------------------------------------------------------------------------------------- */

static bool is_wanted(const char *accept)
{
    struct pair header = { T("aCCept"), text_of(accept) };
    struct request *rq = request_with("GET", accept ? &header : NULL);
    const bool wanted = page_is_wanted(rq);
    request_free(rq);
    return wanted;
}

static void test_wanted(void **state)
{
    (void)state;
    static const char *const values[] = {
        "text/html", "TEXT/HTML", " text/html ", "text/html;q=0.5", "text/html ; charset=utf-8", "text/html;q=1.000",
        "application/json, text/html", "application/json,text/html;q=0.1,*/*", ",,text/html", "text/html;q=0.001",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    };
    for (size_t i = 0; i < COUNT(values); i++)
        if (!is_wanted(values[i]))
            fail_msg("`%s` asks for HTML", values[i]);
}

static void test_not_wanted(void **state)
{
    (void)state;
    static const char *const values[] = {
        NULL, "", "*/*", "text/*", "application/json", "application/json, text/plain, */*", "text/htmlx", "xtext/html",
        "text/ html", "text/html-sandboxed", "text", "html", "application/xhtml+xml", "application/x; t=text/html",
        "text/plain;text/html", ";text/html", "\"text/html\"",
    };
    for (size_t i = 0; i < COUNT(values); i++)
        if (is_wanted(values[i]))
            fail_msg("`%s` does not ask for HTML", values[i] ? values[i] : "(none)");
}

/* RFC 9110 section 12.4.2: a weight of 0 means "not acceptable". */
static void test_refused_by_weight(void **state)
{
    (void)state;
    static const char *const values[] = { "text/html;q=0", "text/html; q=0", "text/html;Q=0.000, */*",
                                          "application/json, text/html ;q=0.0" };
    for (size_t i = 0; i < COUNT(values); i++)
        if (is_wanted(values[i]))
            fail_msg("`%s` refuses HTML", values[i]);
}

/* ---- going on ---------------------------------------------------------------------------------------------- */

static void expect_header(const struct request *rq, const char *name, const char *value)
{
    const char *got = reply_value(rq, name);
    if (!got || strcmp(got, value) != 0)
        fail_msg("%s: %s", name, got ? got : "(none)");
}

static void test_redirect(void **state)
{
    (void)state;
    static const struct {
        const char *method;
        unsigned status;
    } rows[] = { { "GET", 302 }, { "HEAD", 302 }, { "POST", 303 } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct request *rq = request_with(rows[i].method, NULL);
        page_redirect(rq, text_clip(T("http://h/?code=x and what follows"), 15));
        assert_int_equal(rq->reply.status, rows[i].status);
        expect_header(rq, "location", "http://h/?code=");
        expect_header(rq, "cache-control", "no-store");
        expect_header(rq, "referrer-policy", "no-referrer");
        assert_null(rq->reply.content_type);
        assert_int_equal(reply_bytes(&rq->reply).n, 0);
        request_free(rq);
    }
}

/* ---- pages ----------------------------------------------------------------------------------------------- */

#define CSP_BEGIN "default-src 'none'; style-src 'nonce-"
#define CSP_END "'; img-src data:; base-uri 'none'; frame-ancestors 'none'"

/* The nonce that the policy names, in the caller's memory. */
static void nonce_of(const struct request *rq, char *ret, size_t room)
{
    const char *policy = reply_value(rq, "content-security-policy");
    assert_non_null(policy);
    assert_int_equal(strncmp(policy, CSP_BEGIN, strlen(CSP_BEGIN)), 0);
    const char *nonce = policy + strlen(CSP_BEGIN);
    const size_t n = strcspn(nonce, "'");
    assert_string_equal(nonce + n, CSP_END);
    assert_in_range(n, 22, room - 1); /* 128 bits at least, 6 in a character */
    memcpy(ret, nonce, n);
    ret[n] = '\0';
}

static struct request *problem(unsigned status, struct text title, struct text message, struct text hint)
{
    struct request *rq = request_with("GET", NULL);
    page_problem(rq, status, title, message, hint);
    return rq;
}

static void test_headers_of_pages(void **state)
{
    (void)state;
    char nonce[100], other[100], style[200];
    struct request *rq = problem(400, T("Title"), T("Message"), T("Hint"));
    struct request *next = problem(400, T("Title"), T("Message"), T("Hint"));
    assert_int_equal(rq->reply.status, 400);
    assert_string_equal(rq->reply.content_type, "text/html; charset=utf-8");
    expect_header(rq, "x-frame-options", "DENY");
    expect_header(rq, "x-content-type-options", "nosniff");
    expect_header(rq, "referrer-policy", "same-origin");
    expect_header(rq, "cache-control", "no-store");
    nonce_of(rq, nonce, sizeof nonce);
    nonce_of(next, other, sizeof other);
    assert_string_not_equal(nonce, other);
    snprintf(style, sizeof style, "<style nonce=\"%s\">", nonce);
    assert_true(text_contains(reply_bytes(&rq->reply), text_of(style)));
    request_free(next);
    request_free(rq);
}

static void expect_part(const struct request *rq, const char *part, bool there)
{
    if (text_contains(reply_bytes(&rq->reply), text_of(part)) != there)
        fail_msg("%s `%s`: %.*s", there ? "lacks" : "has", part, TEXT_ARG(reply_bytes(&rq->reply)));
}

static void test_problem(void **state)
{
    (void)state;
    struct request *rq = problem(418, T("<Title>"), T("a & \"b\""), T("'hint'<script>"));
    assert_int_equal(rq->reply.status, 418);
    expect_part(rq, "data-testid=\"error\"", true);
    expect_part(rq, "418", true);
    expect_part(rq, "&lt;Title&gt;", true);
    expect_part(rq, "a &amp; &quot;b&quot;", true);
    expect_part(rq, "hint&#39;&lt;script&gt;", true);
    expect_part(rq, "r-1", true);
    expect_part(rq, "<script", false);
    request_free(rq);
}

static void test_problem_without_texts(void **state)
{
    (void)state;
    const struct text unset = { NULL, 0 };
    struct request *rq = problem(400, T("Title"), unset, unset);
    expect_part(rq, "Title", true);
    expect_part(rq, "{{", false);
    expect_part(rq, "null", false);
    request_free(rq);
}

/* An error's own text, unless the handler has a better one. */
static void test_errors(void **state)
{
    (void)state;
    struct request *rq = request_with("GET", NULL);
    page_error(rq, ERR_FLOW_NOT_FOUND);
    assert_int_equal(rq->reply.status, 404);
    expect_part(rq, "Not Found", true);
    expect_part(rq, "Authorization flow not found", true);
    expect_part(rq, "{\"error\"", false);
    request_free(rq);
    rq = request_with("GET", NULL);
    rq->message = T("body/x <b>");
    page_error(rq, ERR_INVALID);
    assert_int_equal(rq->reply.status, 400);
    expect_part(rq, "This link cannot be used", true);
    expect_part(rq, "body/x &lt;b&gt;", true);
    request_free(rq);
}

/* Every way a request can be refused has a page. */
static void test_every_error(void **state)
{
    (void)state;
    for (int err = OK + 1; err < ERR_COUNT; err++) {
        struct request *rq = request_with("GET", NULL);
        page_error(rq, (enum err)err);
        assert_int_equal(rq->reply.status, error_kind((enum err)err)->status);
        assert_string_equal(rq->reply.content_type, "text/html; charset=utf-8");
        expect_part(rq, "data-testid=\"error\"", true);
        request_free(rq);
    }
}

/* What was being written when the handler gave up is not in front of the page. */
static void test_error_replaces_what_was_written(void **state)
{
    (void)state;
    struct request *rq = request_with("GET", NULL);
    buf_add(&rq->reply.body, T("half a reply"));
    page_error(rq, ERR_INTERNAL);
    expect_part(rq, "half a reply", false);
    request_free(rq);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wanted),
        cmocka_unit_test(test_not_wanted),
        cmocka_unit_test(test_refused_by_weight),
        cmocka_unit_test(test_redirect),
        cmocka_unit_test(test_headers_of_pages),
        cmocka_unit_test(test_problem),
        cmocka_unit_test(test_problem_without_texts),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_every_error),
        cmocka_unit_test(test_error_replaces_what_was_written),
    };
    return cmocka_run_group_tests(tests, rig_setup, rig_teardown);
}
