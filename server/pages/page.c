#include "pages/page.h"

#include "base/random.h"
#include "space/space.h"

#include <string.h>

const struct spec html_page = { .name = "Page", .doc = "A page for people.", .media = "text/html; charset=utf-8" };
const struct spec page_script_spec = { .name = "Script", .doc = "A page's script.",
                                       .media = "text/javascript; charset=utf-8" };

/* ---- answering ----------------------------------------------------------------------------------------- */

enum { NONCE_BYTES = 18 };

/* There is no form-action: browsers hold the redirects that follow a form against it, and those lead to whatever
 * application started the flow. Where a form is sent to is ours anyway: no base, no script. With `same-origin`, a
 * browser still tells our own forms' origin. */
static struct text policy(struct request *rq, struct text nonce)
{
    return text_format(rq->arena, "default-src 'none'; style-src 'nonce-%.*s'; img-src data:; base-uri 'none'; "
                       "frame-ancestors 'none'", TEXT_ARG(nonce));
}

/* Its script may not make markup or code of any text, whatever mistake there is in it. A form leads to the mock alone,
 * with the script and without it. */
static struct text live_policy(struct request *rq, struct text nonce)
{
    return text_format(rq->arena, "%.*s; script-src 'nonce-%.*s'; connect-src 'self'; form-action 'self'; "
                       "require-trusted-types-for 'script'; trusted-types 'none'", TEXT_ARG(policy(rq, nonce)),
                       TEXT_ARG(nonce));
}

static void put_page_headers(struct request *rq, struct text nonce, bool live)
{
    struct reply *rp = &rq->reply;
    rp->content_type = html_page.media;
    reply_header(rp, "content-security-policy", live ? live_policy(rq, nonce).p : policy(rq, nonce).p);
    reply_header(rp, "x-frame-options", "DENY");
    reply_header(rp, "x-content-type-options", "nosniff");
    reply_header(rp, "referrer-policy", "same-origin");
    reply_header(rp, "cache-control", "no-store");
}

static struct text console_of(const struct request *rq)
{
    if (!rq->home || rq->space == SPACE_DEFAULT)
        return T("/_mock/");
    return text_format(rq->arena, "/_mock/s/%.*s/_mock/", TEXT_ARG(space_name(rq->home)));
}

static void answer_page(struct request *rq, unsigned status, const char *page, const struct template_value *values,
                        struct text space, bool live)
{
    size_t n = 0;
    while (values[n].name)
        n++;
    struct template_value *all = ARENA_ARRAY(rq->arena, n + 6, struct template_value);
    const struct text nonce = random_text(rq->arena, NONCE_BYTES);
    memcpy(all, values, n * sizeof *all);
    all[n] = (struct template_value){ .name = "nonce", .text = nonce };
    all[n + 1] = (struct template_value){ .name = "space", .text = space };
    all[n + 2] = (struct template_value){ .name = "request_id", .text = rq->id };
    all[n + 3] = (struct template_value){ .name = "console", .text = console_of(rq) };
    all[n + 4] = (struct template_value){ .name = "again", .text = rq->quiet ? T("true") : T("") };
    rq->reply.status = status;
    put_page_headers(rq, nonce, live);
    template_render(&rq->reply.body, page, &(struct template_values){ all });
}

void page_answer(struct request *rq, unsigned status, const char *page, const struct template_value *values)
{
    answer_page(rq, status, page, values, space_name(rq->home), false);
}

void page_answer_live(struct request *rq, unsigned status, const char *page, const struct template_value *values)
{
    answer_page(rq, status, page, values, space_name(rq->home), true);
}

struct template_values page_detail(struct arena *arena, struct text label, struct text value)
{
    struct template_value *v = ARENA_ARRAY(arena, 3, struct template_value);
    v[0] = (struct template_value){ .name = "label", .text = label };
    v[1] = (struct template_value){ .name = "value", .text = value };
    return (struct template_values){ v };
}

void page_script(struct request *rq, const char *file)
{
    struct reply *rp = &rq->reply;
    rp->raw = template_source(file);
    rp->content_type = page_script_spec.media;
    reply_header(rp, "x-content-type-options", "nosniff");
    reply_header(rp, "cache-control", "no-cache");
}

/* ---- refusing ------------------------------------------------------------------------------------------ */

void page_problem(struct request *rq, unsigned status, struct text title, struct text message, struct text hint)
{
    const struct template_value values[] = {
        { .name = "status", .text = int_text(rq->arena, status) },
        { .name = "title", .text = title },
        { .name = "message", .text = message },
        { .name = "hint", .text = hint },
        { .name = NULL },
    };
    answer_page(rq, status, "error.html", values, T(""), false);
}

/* What wants a token asks for it. */
static void page_locked(struct request *rq, struct text message)
{
    const struct template_value values[] = {
        { .name = "message", .text = message },
        { .name = NULL },
    };
    rq->quiet = request_header(rq, T("x-mock-refresh")).p;
    answer_page(rq, 401, "locked.html", values, T(""), true);
}

void page_error(struct request *rq, enum err err)
{
    const struct error_kind *kind = error_kind(err);
    const struct text message = rq->message.p ? rq->message : text_of(kind->message);
    const bool link = kind->status == 400;
    reply_error(&rq->reply, err, message);
    rq->reply.body.n = 0;
    if (kind->status == 401) {
        page_locked(rq, message);
        return;
    }
    page_problem(rq, kind->status, link ? T("This link cannot be used") : text_of(status_phrase(kind->status)), message,
                 link ? T("Start again from where you came.") : T(""));
}

/* ---- going on ------------------------------------------------------------------------------------------ */

void page_redirect(struct request *rq, struct text url)
{
    struct reply *rp = &rq->reply;
    rp->status = text_eq(rq->method, T("POST")) ? 303 : 302; /* RFC 9700 section 4.12 */
    rp->content_type = NULL;
    reply_header(rp, "location", text_cstr(rq->arena, url));
    reply_header(rp, "cache-control", "no-store");
    reply_header(rp, "referrer-policy", "no-referrer"); /* the URL left may hold a code */
}

/* A weight of 0 means "not acceptable" (RFC 9110 section 12.4.2). */
static bool is_refused(struct text parameters)
{
    while (parameters.p) {
        struct text weight = text_trim(text_cut(&parameters, ';'));
        if (!text_eq_nocase(text_trim(text_cut(&weight, '=')), T("q")))
            continue;
        weight = text_trim(weight);
        for (size_t i = 0; i < weight.n; i++)
            if (weight.p[i] != '0' && weight.p[i] != '.')
                return false;
        return weight.n > 0;
    }
    return false;
}

bool page_is_wanted(const struct request *rq)
{
    struct text rest = request_header(rq, T("accept"));
    while (rest.p) {
        struct text range = text_cut(&rest, ',');
        const bool html = text_eq_nocase(text_trim(text_cut(&range, ';')), T("text/html"));
        if (html && !is_refused(range))
            return true;
    }
    return false;
}
