/* Pages: HTML answers, with headers that protect the reader.
 *
 * A route whose `out` is html_page answers people; whatever it refuses is a page, too. Pages hold no script and
 * load nothing, but for the console, which has a script of its own; they cannot be framed, are not kept by
 * caches, and tell no other site where the reader came from. */
#ifndef DUVO_PAGES_PAGE_H
#define DUVO_PAGES_PAGE_H

#include "request/request.h"
#include "pages/template.h"

extern const struct spec html_page, page_script_spec;

/* Answers with the page server/pages/<page>; `values` ends with an entry without a name. Besides them a page knows
 * `nonce` (of its style sheet), `space`, `console` (the path of the space's) and `request_id`. */
void page_answer(struct request *rq, unsigned status, const char *page, const struct template_value *values);
/* The same with a page that has our own script in it, which may call the mock and nothing else. To that script, which
 * knows style and script already, the page is given without them (`again`). */
void page_answer_live(struct request *rq, unsigned status, const char *page, const struct template_value *values);
/* Answers with a script, server/pages/<file>. */
void page_script(struct request *rq, const char *file);
/* One of result.html's `details`. */
struct template_values page_detail(struct arena *arena, struct text label, struct text value);
/* Answers with error.html; `message` may be unset. */
void page_problem(struct request *rq, unsigned status, struct text title, struct text message, struct text hint);
/* As reply_error, in HTML; a 401 asks for the admin token. */
void page_error(struct request *rq, enum err err);
/* Redirects the browser: 302, or 303 after a POST. `url` is an absolute URL, a path that begins with one slash, or a
 * fixed relative reference. */
void page_redirect(struct request *rq, struct text url);
/* Whether the client asked for HTML by name, as browsers do and SDKs do not (RFC 9110 section 12.5.1). */
bool page_is_wanted(const struct request *rq);

#endif
