/* From a step to the bytes of its request. */
#include "http_run.h"
#include "pattern.h"

#include <string.h>
#include <strings.h>

enum { CHUNK = 4096 };

static const struct header *header_find(const struct step *step, const char *name)
{
    const struct header *h = step->headers;
    while (h != NULL && strcasecmp(h->name, name) != 0)
        h = h->next;
    return h;
}

static bool fill_in(const struct http_run *run, const struct step *step, const char *s, size_t len,
                    unsigned flags, struct text *out)
{
    struct text why = { 0 };
    bool ok = pattern_expand(s, len, flags, &run->vars, out, &why);
    if (!ok)
        report_fail(run->report, step->line, "### %s%s: mistake in the data file: %s", step->title,
                    step->label, text_str(&why));
    text_free(&why);
    return ok;
}

/* A URL that the server handed out is asked for on the same connection, by its path. */
static bool target_make(const struct http_run *run, const struct step *step, char **ret_target)
{
    struct text t = { 0 };
    static const char *const hosts[] = { "http://127.0.0.1:", "http://localhost:" };
    if (!fill_in(run, step, step->target, strlen(step->target), 0, &t)) {
        text_free(&t);
        return false;
    }
    char *target = keep_copy(text_str(&t), t.len);
    text_free(&t);
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        const char *origin = keep_f("%s%d", hosts[i], run->server.port);
        size_t len = strlen(origin);
        if (str_starts(target, origin) && (target[len] == '\0' || strchr("/?#", target[len]) != NULL))
            target = target[len] == '/' ? target + len : keep_f("/%s", target + len);
    }
    target[strcspn(target, "#")] = '\0';
    *ret_target = target;
    if (*target == '/' && strpbrk(target, " \r\n") == NULL)
        return true;
    report_fail(run->report, step->line, "### %s%s: the path `%.200s` is not one of this server", step->title,
                step->label, target);
    return false;
}

static bool is_pseudo(const struct header *h)
{
    return strcasecmp(h->name, "As") == 0 || (strcasecmp(h->name, "Content-Type") == 0 && *h->value == '\0');
}

static bool headers_add(const struct http_run *run, const struct step *step, struct text *out)
{
    for (const struct header *h = step->headers; h != NULL; h = h->next) {
        if (is_pseudo(h))
            continue;
        text_addf(out, "%s: ", h->name);
        if (!fill_in(run, step, h->value, strlen(h->value), 0, out))
            return false;
        text_add_str(out, "\r\n");
    }
    return true;
}

/* The word of the key: the one that the step gives, or else the owner's where the path needs a key. NULL: no key. */
static const char *caller(const struct http_run *run, const struct step *step, const struct request *rq)
{
    const struct header *as = header_find(step, "As");
    if (header_find(step, "Authorization") != NULL)
        return NULL;
    if (as != NULL)
        return strcmp(as->value, "nobody") == 0 ? NULL : as->value;
    return contract_needs_key(run->contract, rq->method, rq->target) ? "owner" : NULL;
}

static bool authorization_add(const struct http_run *run, const struct step *step, struct request *rq)
{
    const char *who = caller(run, step, rq);
    if (who == NULL)
        return true;
    text_add_str(&rq->bytes, "Authorization: Bearer dv_test_");
    if (!fill_in(run, step, who, strlen(who), 0, &rq->bytes))
        return false;
    text_add_str(&rq->bytes, "\r\n");
    return true;
}

static void chunks_add(const struct text *body, struct text *out)
{
    for (size_t at = 0; at < body->len; at += CHUNK) {
        size_t len = body->len - at < CHUNK ? body->len - at : CHUNK;
        text_addf(out, "%zx\r\n", len);
        text_add(out, body->data + at, len);
        text_add_str(out, "\r\n");
    }
    text_add_str(out, "0\r\n\r\n");
}

static bool has_body_by_nature(const char *method)
{
    return strcmp(method, "POST") == 0 || strcmp(method, "PUT") == 0 || strcmp(method, "PATCH") == 0;
}

static void body_add(const struct step *step, const char *method, const struct text *body, struct text *out)
{
    bool chunked = header_find(step, "Transfer-Encoding") != NULL;
    if (body->len > 0 && header_find(step, "Content-Type") == NULL)
        text_add_str(out, "Content-Type: application/json\r\n");
    if (!chunked && header_find(step, "Content-Length") == NULL &&
        (body->len > 0 || has_body_by_nature(method)))
        text_addf(out, "Content-Length: %zu\r\n", body->len);
    text_add_str(out, "\r\n");
    if (chunked)
        chunks_add(body, out);
    else
        text_add(out, text_str(body), body->len);
}

/* Method and path as a raw request spells them, if it does. */
static void raw_request_line(struct request *rq)
{
    const char *s = text_str(&rq->bytes);
    size_t method = strcspn(s, " \r\n"), from = method + (s[method] == ' ');
    size_t target = strcspn(s + from, " \r\n");
    rq->method = keep_copy(s, method);
    rq->target = keep_copy(s + from, from == method ? 0 : target);
}

static bool raw_build(const struct http_run *run, const struct step *step, struct request *rq)
{
    if (!fill_in(run, step, text_str(&step->body), step->body.len, PATTERN_ESCAPES, &rq->bytes))
        return false;
    raw_request_line(rq);
    return true;
}

static bool plain_build(const struct http_run *run, const struct step *step, struct request *rq)
{
    struct text body = { 0 };
    bool ok = target_make(run, step, &rq->target) &&
              fill_in(run, step, text_str(&step->body), step->body.len, 0, &body);
    if (ok) {
        text_addf(&rq->bytes, "%s %s HTTP/1.1\r\n", rq->method, rq->target);
        if (header_find(step, "Host") == NULL)
            text_addf(&rq->bytes, "Host: 127.0.0.1:%d\r\n", run->server.port);
        ok = authorization_add(run, step, rq) && headers_add(run, step, &rq->bytes);
        body_add(step, rq->method, &body, &rq->bytes);
    }
    text_free(&body);
    return ok;
}

bool request_build(const struct http_run *run, const struct step *step, const char *method,
                   struct request *ret)
{
    *ret = (struct request){ .method = keep_str(method != NULL ? method : step->raw ? "" : step->method) };
    bool ok = step->raw ? raw_build(run, step, ret) : plain_build(run, step, ret);
    ret->no_body_back = strcmp(ret->method, "HEAD") == 0;
    if (!ok)
        request_free(ret);
    return ok;
}

void request_free(struct request *rq)
{
    text_free(&rq->bytes);
}
