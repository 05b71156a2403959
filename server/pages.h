/* Pages: HTML answers, and the headers that keep them from being used against whoever looks at them.
 *
 * A route whose `out` is html_page answers people; whatever it refuses is a page, too. Pages hold no script and load
 * nothing; they cannot be framed, are not kept by caches, and tell no other site where the reader came from. */
#ifndef DUVO_PAGES_H
#define DUVO_PAGES_H

#include "request.h"
#include "template.h"

extern const struct spec html_page;

/* Answers with the page server/pages/<page>; `values` ends with an entry without a name. Besides them a page knows
 * `nonce` (of its style sheet), `space` and `request_id`. */
void page_answer(struct request *rq, unsigned status, const char *page, const struct template_value *values);
/* Answers with error.html; `message` may be unset. */
void page_problem(struct request *rq, unsigned status, struct text title, struct text message, struct text hint);
/* As reply_error, in HTML. */
void page_error(struct request *rq, enum err err);
/* Sends the browser on: 302, or 303 after a POST. `url` is an absolute URL, or a path that begins with one slash. */
void page_redirect(struct request *rq, struct text url);
/* Whether the client asked for HTML by name, as browsers do and SDKs do not (RFC 9110 section 12.5.1). */
bool page_is_wanted(const struct request *rq);

#endif
