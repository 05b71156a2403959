#include "router/framing.h"

static size_t count_of(const struct request *rq, struct text name)
{
    size_t n = 0;
    for (size_t i = 0; i < rq->header_count; i++)
        n += text_eq_nocase(rq->headers[i].name, name);
    return n;
}

static bool has_byte(struct text t, char c)
{
    return text_find(t, c) < t.n;
}

/* Names are tokens, so none has a blank before its colon; values have no NUL, CR or LF (RFC 9110 section 5.5). */
static enum err check_lines(struct request *rq)
{
    for (size_t i = 0; i < rq->header_count; i++) {
        const struct pair header = rq->headers[i];
        if (!text_is_token(header.name))
            return fail(rq, ERR_INVALID,
                        "headers Invalid name of header line %zu: expected a token, without blanks before the colon",
                        i + 1);
        if (has_byte(header.value, '\0') || has_byte(header.value, '\r') || has_byte(header.value, '\n'))
            return fail(rq, ERR_INVALID, "headers/%.*s Invalid value: no NUL, CR or LF is allowed",
                        TEXT_ARG(text_clip(header.name, 64)));
    }
    return OK;
}

static enum err check_body_length(struct request *rq)
{
    const struct text coding = request_header(rq, T("transfer-encoding"));
    const size_t codings = count_of(rq, T("transfer-encoding")), lengths = count_of(rq, T("content-length"));
    if (codings && lengths)
        return fail(rq, ERR_INVALID, "headers/content-length Not allowed beside transfer-encoding");
    if (codings > 1 || (codings && !text_eq_nocase(text_trim(coding), T("chunked"))))
        return fail(rq, ERR_INVALID, "headers/transfer-encoding Expected chunked, and nothing else");
    if (lengths > 1)
        return fail(rq, ERR_INVALID, "headers/content-length Expected once, got %zu times", lengths);
    return OK;
}

static enum err check_host(struct request *rq, bool http11)
{
    const size_t hosts = count_of(rq, T("host"));
    if (hosts > 1)
        return fail(rq, ERR_INVALID, "headers/host Expected once, got %zu times", hosts);
    if (!hosts && http11)
        return fail(rq, ERR_INVALID, "headers/host Required in HTTP/1.1");
    return OK;
}

enum err framing_check(struct request *rq, unsigned form)
{
    enum err err = form & HEAD_HIDES ?
                       fail(rq, ERR_INVALID, "headers Invalid line: expected no NUL, and no blank at its beginning") :
                       check_lines(rq);
    if (err == OK)
        err = check_body_length(rq);
    return err == OK ? check_host(rq, form & HEAD_HTTP11) : err;
}
