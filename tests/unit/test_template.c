/* Template: holes, sections and partials; what ends the program; and that the pages hold together. */
#include "pages/template.h"

#include "scratch.h"

#include "base/arena.h"
#include "base/embed.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define END { .name = NULL }
#define TEXT(key, literal) { .name = (key), .text = { "" literal, sizeof(literal) - 1 } }
#define FIRST(key, rows, n) { .name = (key), .items = (rows), .count = (n), .is_list = true }
#define LIST(key, rows) FIRST(key, rows, sizeof(rows) / sizeof *(rows))
#define ITEM(...) { (const struct template_value[]){ __VA_ARGS__, END } }

static struct text render_max(const char *page, const struct template_value *values, size_t max)
{
    struct buf out = buf_new(scratch, max);
    template_render_text(&out, "test", text_of(page), &(struct template_values){ values });
    assert_int_equal(out.full, false);
    return buf_text(&out);
}

#define assert_renders(page, values, expected)                                                    \
    do {                                                                                          \
        const struct text got = render_max((page), (values), 1 << 16);                            \
        assert_string_equal(text_cstr(scratch, got), (expected));                                 \
    } while (0)

/* ---- holes --------------------------------------------------------------------------------------------- */

static void test_values(void **state)
{
    (void)state;
    const struct template_value v[] = {
        TEXT("a", "one"), TEXT("a.b-c_9", "two"), TEXT("empty", ""), { .name = "unset" },
        TEXT("a", "late"), END,
    };
    assert_renders("", v, "");
    assert_renders("no holes }} { { }", v, "no holes }} { { }");
    assert_renders("{{a}}", v, "one");
    assert_renders("<{{a}}{{a.b-c_9}}>", v, "<onetwo>");
    assert_renders("[{{empty}}{{unset}}{{missing}}]", v, "[]");
    assert_renders("{{a}}}", v, "one}");
    assert_renders("{ {{a}} {", v, "{ one {");
    assert_renders("{{a}}{", v, "one{");
}

static void test_names_are_exact(void **state)
{
    (void)state;
    const struct template_value v[] = { TEXT("name", "x"), END };
    assert_renders("[{{nam}}{{names}}{{ame}}]", v, "[]");
}

static void test_escaping(void **state)
{
    (void)state;
    const struct template_value v[] = {
        TEXT("s", "<a href=\"x\" b='y'>&amp;</a>"), TEXT("edges", "&x&"), TEXT("hole", "{{s}}{{>style.css}}"),
        TEXT("utf8", "\xc3\xa9\xe2\x80\xae\xf0\x9f\x98\x80"), END,
    };
    assert_renders("{{s}}", v, "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
    assert_renders("{{edges}}", v, "&amp;x&amp;");
    assert_renders("{{hole}}", v, "{{s}}{{&gt;style.css}}");
    assert_renders("{{utf8}}", v, "\xc3\xa9\xe2\x80\xae\xf0\x9f\x98\x80");
    assert_renders("&<>\"'", v, "&<>\"'");
}

/* Every byte: five are replaced, the others stay. */
static void test_escaping_of_every_byte(void **state)
{
    (void)state;
    for (int c = 1; c < 256; c++) {
        const char byte = (char)c;
        const struct template_value v[] = { { .name = "c", .text = { &byte, 1 } }, END };
        const struct text got = render_max("{{c}}", v, 10);
        const bool is_special = c == '&' || c == '<' || c == '>' || c == '"' || c == '\'';
        assert_int_equal(got.n > 1, is_special);
        assert_int_equal(got.p[0], is_special ? '&' : byte);
    }
}

static void test_full(void **state)
{
    (void)state;
    const struct template_value v[] = { TEXT("a", "<<<<"), END };
    struct buf exact = buf_new(scratch, 16), less = buf_new(scratch, 15);
    template_render_text(&exact, "test", T("{{a}}"), &(struct template_values){ v });
    template_render_text(&less, "test", T("{{a}}"), &(struct template_values){ v });
    assert_false(exact.full);
    assert_int_equal(exact.n, 16);
    assert_true(less.full);
    assert_true(less.n <= 15);
}

static void test_appends(void **state)
{
    (void)state;
    const struct template_value v[] = { TEXT("a", "b"), END };
    struct buf out = buf_new(scratch, 10);
    buf_add(&out, T("x"));
    template_render_text(&out, "test", T("{{a}}"), &(struct template_values){ v });
    assert_true(text_eq(buf_text(&out), T("xb")));
}

/* ---- sections ------------------------------------------------------------------------------------------ */

static void test_sections_of_values(void **state)
{
    (void)state;
    const struct template_value v[] = { TEXT("a", "one"), TEXT("empty", ""), END };
    assert_renders("{{#a}}[{{a}}]{{/a}}", v, "[one]");
    assert_renders("{{#empty}}x{{/empty}}{{#missing}}y{{/missing}}.", v, ".");
    assert_renders("{{^a}}x{{/a}}{{^empty}}y{{/empty}}{{^missing}}z{{/missing}}", v, "yz");
    assert_renders("{{#a}}{{#a}}{{^empty}}in{{/empty}}{{/a}}{{/a}}", v, "in");
    assert_renders("{{#missing}}{{#a}}x{{/a}}{{/missing}}{{a}}", v, "one");
    assert_renders("{{#a}}{{/a}}", v, "");
}

static void test_lists(void **state)
{
    (void)state;
    const struct template_values rows[] = {
        ITEM(TEXT("n", "1"), TEXT("only", "<first>")), ITEM(TEXT("n", "2")), ITEM(TEXT("n", "")),
    };
    const struct template_value v[] = {
        LIST("rows", rows), FIRST("none", rows, 0), TEXT("n", "outer"), TEXT("only", "-"), END,
    };
    assert_renders("{{#rows}}({{n}}{{only}}){{/rows}}{{n}}", v, "(1&lt;first&gt;)(2-)(-)outer");
    assert_renders("{{#none}}x{{/none}}{{^none}}nobody{{/none}}", v, "nobody");
    assert_renders("{{^rows}}x{{/rows}}[{{rows}}]", v, "[]");
    assert_renders("{{#rows}}{{#n}}{{n}}{{/n}}{{^n}}?{{/n}}{{/rows}}", v, "12?");
}

static void test_lists_in_lists(void **state)
{
    (void)state;
    const struct template_values inner[] = { ITEM(TEXT("b", "x")), ITEM(TEXT("b", "y"), TEXT("a", "own")) };
    const struct template_values outer[] = {
        ITEM(TEXT("a", "1"), LIST("inner", inner)), ITEM(TEXT("a", "2")),
        ITEM(TEXT("a", "3"), FIRST("inner", inner, 1)),
    };
    const struct template_value v[] = { LIST("outer", outer), TEXT("top", "t"), END };
    assert_renders("{{#outer}}{{a}}:{{#inner}}{{a}}{{b}}{{top}},{{/inner}};{{/outer}}", v,
                   "1:1xt,ownyt,;2:;3:3xt,;");
}

/* ---- partials ------------------------------------------------------------------------------------------ */

static struct text embedded_page(const char *name)
{
    for (const struct embedded *file = embedded_files; file->path; file++)
        if (text_eq(text_of(file->path), text_format(scratch, "server/pages/%s", name)))
            return (struct text){ (const char *)file->start, (size_t)(file->end - file->start) };
    fail_msg("%s is not embedded", name);
    return T("");
}

static void test_partials(void **state)
{
    (void)state;
    const struct template_value v[] = { TEXT("nonce", "a<b"), END };
    const struct text style = embedded_page("style.css");
    assert_true(style.n > 1000);
    assert_true(text_contains(style, T(" > ")));
    assert_true(text_eq(render_max("{{>style.css}}", v, style.n), style));
    const struct text head = render_max("{{>head.html}}", v, 1 << 16);
    assert_true(text_contains(head, T("<style nonce=\"a&lt;b\">")));
    assert_true(text_contains(head, style));
    assert_renders("{{#missing}}{{>nowhere}}{{/missing}}", v, "");
}

/* ---- what ends the program ----------------------------------------------------------------------------- */

static void render_in_child(const char *page, int err)
{
    const struct template_value v[] = { TEXT("a", "1"), END };
    dup2(err, STDERR_FILENO);
    struct buf out = buf_new(scratch, 1000);
    template_render_text(&out, "test", text_of(page), &(struct template_values){ v });
    _exit(0);
}

/* How the program ends that renders the page, and what it says. */
static int end_of(const char *page, char *ret_said, size_t size)
{
    int ends[2], status = 0;
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0)
        render_in_child(page, ends[1]);
    assert_true(child > 0);
    close(ends[1]);
    size_t n = 0;
    for (ssize_t got = 1; got > 0 && n < size - 1; n += (size_t)got) {
        got = read(ends[0], ret_said + n, size - 1 - n);
        assert_true(got >= 0);
    }
    ret_said[n] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void test_malformed(void **state)
{
    (void)state;
    static const struct {
        const char *page, *said;
    } cases[] = {
        { "{{#a}}x", "a section without its end: a" },
        { "{{#b}}x", "a section without its end: b" },
        { "{{^a}}x{{#a}}{{/a}}", "a section without its end: a" },
        { "{{#b}}{{#a}}{{/b}}{{/a}}", "the end of another section: b" },
        { "x{{/a}}", "an end without its section: a" },
        { "{{#a}}x{{/a}}{{/a}}", "an end without its section: a" },
        { "{{a", "a tag without its end: a" },
        { "{{a}", "a tag without its end: a}" },
        { "{{", "a tag without its end: " },
        { "{{}}", "not a name: " },
        { "{{#}}{{/}}", "not a name: " },
        { "{{ a }}", "not a name:  a " },
        { "{{&a}}", "not a name: &a" },
        { "{{{a}}}", "not a name: {a" },
        { "{{>nowhere.html}}", "no such page: nowhere.html" },
        { "{{#a}}{{>style.cs}}{{/a}}", "no such page: style.cs" },
        { "{{>../pages/style.css}}", "not a name: ../pages/style.css" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char said[400], expected[300];
        const int status = end_of(cases[i].page, said, sizeof said);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), EXIT_FAILURE);
        snprintf(expected, sizeof expected, "duvo-mock: page test: %s\n", cases[i].said);
        assert_string_equal(said, expected);
    }
    char said[100];
    assert_int_equal(end_of("{{#a}}fine{{/a}}", said, sizeof said), 0);
    assert_string_equal(said, "");
}

/* ---- the pages ----------------------------------------------------------------------------------------- */

#define HOSTILE "\"'><script>alert(1)</script>&"

static const struct template_values scopes[] = {
    ITEM(TEXT("scope", "mail.read"), TEXT("about", "Read your mail")), ITEM(TEXT("scope", HOSTILE)),
};
static const struct template_values accounts[] = {
    ITEM(TEXT("email", "olivia@acme.example"), TEXT("name", "Olivia"), TEXT("initial", "O"),
         TEXT("checked", "checked")),
    ITEM(TEXT("email", HOSTILE), TEXT("name", HOSTILE), TEXT("initial", "<"), TEXT("checked", "")),
};
static const struct template_values pairs[] = {
    ITEM(TEXT("name", HOSTILE), TEXT("label", HOSTILE), TEXT("value", HOSTILE)),
};
static const struct template_values outcomes[] = {
    ITEM(TEXT("name", "wrong_state"), TEXT("about", "Another state")), ITEM(TEXT("name", HOSTILE)),
};

static const struct template_value everything[] = {
    TEXT("nonce", "n0nce"), TEXT("provider", HOSTILE), TEXT("integration", HOSTILE), TEXT("client", HOSTILE),
    TEXT("initial_provider", "<"), TEXT("initial_client", "&"), TEXT("space", HOSTILE),
    TEXT("action", "/authorize?state=a&b=" HOSTILE), TEXT("form_token", "t0ken"), TEXT("next_host", HOSTILE),
    TEXT("next_url", HOSTILE), TEXT("kind_composio", "1"), LIST("scopes", scopes), LIST("accounts", accounts),
    LIST("properties", pairs), LIST("outcomes", outcomes), TEXT("title", HOSTILE), TEXT("message", HOSTILE),
    TEXT("tone", "good"), LIST("details", pairs), TEXT("hint", HOSTILE), TEXT("status", "400"),
    TEXT("request_id", HOSTILE), TEXT("console", "/_mock/"), END,
};
static const struct template_value nothing[] = { END };

static struct text render_page(const char *page, const struct template_value *values)
{
    struct buf out = buf_new(scratch, 1 << 20);
    template_render(&out, page, &(struct template_values){ values });
    assert_false(out.full);
    return buf_text(&out);
}

static size_t count_of(struct text t, struct text part)
{
    size_t count = 0;
    for (size_t i = 0; i + part.n <= t.n; i++)
        count += memcmp(t.p + i, part.p, part.n) == 0;
    return count;
}

/* Whatever it is filled with: a whole document, and nothing in it that the policy of pages/page.c forbids. */
static void check_page(struct text html)
{
    static const char *const once[] = {
        "<!doctype html>", "<html lang=\"en\">", "<title>", "</title>", "<style nonce=\"", "</style>",
        "<main ", "</main>", "<h1", "</h1>", "<footer", "</footer>", "</html>",
        "duvo-mock</span>", "name=\"viewport\"", "<link ", "<link rel=\"icon\" href=\"data:image/svg+xml,",
    };
    static const char *const never[] = {
        "{{", "<script", "style=", "<img", "<iframe", "src=", "url(", "@import", " onclick",
        "javascript:", "<base", "href=\"http", "href=\"//",
    };
    for (size_t i = 0; i < sizeof once / sizeof *once; i++)
        if (count_of(html, text_of(once[i])) != 1)
            fail_msg("%zu times %s", count_of(html, text_of(once[i])), once[i]);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (text_contains(html, text_of(never[i])))
            fail_msg("contains %s", never[i]);
}

static void test_every_page(void **state)
{
    (void)state;
    static const char *const pages[] = { "consent.html", "result.html", "error.html" };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        const struct text full = render_page(pages[i], everything), bare = render_page(pages[i], nothing);
        check_page(full);
        check_page(bare);
        assert_true(text_contains(full, T("<style nonce=\"n0nce\">")));
        assert_true(text_contains(full, T("&quot;&#39;&gt;&lt;script&gt;")));
        assert_false(text_contains(bare, T("&lt;")));
    }
}

/* Those that are only part of others, too: none that is embedded is malformed. */
static void test_every_embedded_page(void **state)
{
    (void)state;
    size_t count = 0;
    for (const struct embedded *file = embedded_files; file->path; file++) {
        static const char folder[] = "server/pages/";
        if (!text_starts(text_of(file->path), text_of(folder)))
            continue;
        assert_true(render_page(file->path + strlen(folder), everything).n > 0);
        assert_true(render_page(file->path + strlen(folder), nothing).n > 0);
        count++;
    }
    assert_true(count >= 4);
}

static void test_consent(void **state)
{
    (void)state;
    const struct text html = render_page("consent.html", everything);
    static const char *const parts[] = {
        "method=\"post\" action=\"/authorize?state=a&amp;b=&quot;&#39;&gt;&lt;script&gt;",
        "<input type=\"hidden\" name=\"form_token\" value=\"t0ken\">",
        "name=\"decision\" value=\"approve\" data-testid=\"approve\"",
        "name=\"decision\" value=\"deny\" data-testid=\"deny\"",
        "form=\"consent\" name=\"decision\" value=\"wrong_state\"",
        "data-testid=\"outcome\" data-outcome=\"wrong_state\"",
        "<input type=\"radio\" name=\"account\" value=\"olivia@acme.example\" checked>",
        "<bdi>Read your mail</bdi>", "<bdi>mail.read</bdi>", "Composio connects", "Another state",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!text_contains(html, text_of(parts[i])))
            fail_msg("lacks %s", parts[i]);
    assert_int_equal(count_of(html, T("type=\"radio\"")), 2);
    assert_int_equal(count_of(html, T(" checked>")), 1);
    assert_int_equal(count_of(html, T("data-testid=\"outcome\"")), 2);
    assert_int_equal(count_of(html, T("class=\"scope-about\"")), 1);
    assert_int_equal(count_of(html, T("hidden>")), 0);
}

/* Without accounts, scopes, properties or an address to go to, what would show them is hidden or says so. */
static void test_bare_consent(void **state)
{
    (void)state;
    const struct text html = render_page("consent.html", nothing);
    assert_int_equal(count_of(html, T(" hidden>")), 4);
    assert_int_equal(count_of(html, T("type=\"radio\"")), 0);
    assert_true(text_contains(html, T("It names no scopes")));
    assert_true(text_contains(html, T("You stay here")));
    assert_true(text_contains(html, T("asks whether you allow it")));
    assert_false(text_contains(html, T("Composio")));
    assert_true(text_contains(html, T("data-testid=\"approve\"")));
}

static void test_ends(void **state)
{
    (void)state;
    const struct text result = render_page("result.html", everything);
    const struct text error = render_page("error.html", everything);
    assert_true(text_contains(result, T("<main data-testid=\"result\" data-tone=\"good\">")));
    assert_true(text_contains(result, T("class=\"card end good\"")));
    assert_int_equal(count_of(result, T("<dt>")), 1);
    assert_true(text_contains(error, T("<main data-testid=\"error\" data-status=\"400\">")));
    assert_true(text_contains(error, T("Request <code><bdi>&quot;")));
    assert_false(text_contains(render_page("error.html", nothing), T("Request <code>")));
    assert_true(text_contains(result, T("<a href=\"/_mock/\">To the console</a>")));
    assert_int_equal(count_of(render_page("result.html", nothing), T("class=\"hint\"")), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_values),
        TEST(test_names_are_exact),
        TEST(test_escaping),
        TEST(test_escaping_of_every_byte),
        TEST(test_full),
        TEST(test_appends),
        TEST(test_sections_of_values),
        TEST(test_lists),
        TEST(test_lists_in_lists),
        TEST(test_partials),
        TEST(test_malformed),
        TEST(test_every_page),
        TEST(test_every_embedded_page),
        TEST(test_consent),
        TEST(test_bare_consent),
        TEST(test_ends),
    };
    return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
