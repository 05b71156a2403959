/* The reply that came, against the one that a step expects and the one that the API description allows. */
#include "http_run.h"
#include "json_diff.h"
#include "pattern.h"

#include <string.h>

static const char *const outcome_words[] = {
    [REPLY_FULL] = "a reply",
    [REPLY_CLOSED] = "the connection closed without a reply",
    [REPLY_CUT] = "the connection closed in the middle of the reply",
    [REPLY_SILENT] = "no reply in time",
    [REPLY_SLOW] = "a reply that was not complete in time",
    [REPLY_BAD] = "something that is not HTTP",
};

static void reply_note(struct report *report, const struct http_reply *reply)
{
    struct text all = { 0 };
    text_add(&all, text_str(&reply->head), reply->head.len);
    text_add(&all, text_str(&reply->body), reply->body.len);
    report_dump(report, "the reply", text_str(&all), all.len);
    text_free(&all);
}

static bool outcome_check(struct report *r, const struct expect *e, const struct http_reply *reply)
{
    if (reply->kind != e->kind) {
        report_note(r, "expected %s, got %s%s%s", outcome_words[e->kind], outcome_words[reply->kind],
                    reply->problem != NULL ? ": " : "", reply->problem != NULL ? reply->problem : "");
        return false;
    }
    if (e->kind != REPLY_FULL || reply->status == e->status)
        return true;
    report_note(r, "status: expected %d, got %d", e->status, reply->status);
    return false;
}

static void header_note(struct report *r, const struct header *h, const struct http_reply *reply)
{
    struct text got = { 0 };
    size_t at = 0;
    for (const char *v = http_reply_next(reply, h->name, &at); v != NULL;
         v = http_reply_next(reply, h->name, &at))
        text_addf(&got, "%s`%s`", got.len == 0 ? "" : " and ", v);
    if (h->absent)
        report_note(r, "header %s (line %d): expected none, got %s", h->name, h->line, text_str(&got));
    else
        report_note(r, "header %s (line %d): expected `%s`, got %s", h->name, h->line, h->value,
                    got.len == 0 ? "none" : text_str(&got));
    text_free(&got);
}

/* Of several headers with that name, one must match. */
static bool header_matches(const struct header *h, const struct http_reply *reply, struct vars *vars,
                           struct text *why)
{
    size_t at = 0;
    for (const char *v = http_reply_next(reply, h->name, &at); v != NULL;
         v = http_reply_next(reply, h->name, &at)) {
        text_reset(why);
        if (h->absent || pattern_match(h->value, v, strlen(v), vars, why))
            return !h->absent;
    }
    return h->absent;
}

static bool headers_check(struct http_run *run, const struct expect *e, const struct http_reply *reply)
{
    bool ok = true;
    for (const struct header *h = e->headers; h != NULL; h = h->next) {
        struct text why = { 0 };
        if (!header_matches(h, reply, &run->vars, &why)) {
            ok = false;
            header_note(&run->notes, h, reply);
            report_notes(&run->notes, &why);
        }
        text_free(&why);
    }
    return ok;
}

static bool json_check(struct http_run *run, const struct expect *e, const struct http_reply *reply)
{
    json_error_t error;
    struct text differences = { 0 };
    if (e->json == NULL)
        return true;
    json_t *got =
        json_loadb(text_str(&reply->body), reply->body.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (got == NULL) {
        report_note(&run->notes, "body: expected JSON, got something else: %s", error.text);
        return false;
    }
    bool ok = json_diff(e->json, got, &run->vars, &differences);
    report_notes(&run->notes, &differences);
    text_free(&differences);
    json_decref(got);
    return ok;
}

static bool texts_check(struct http_run *run, const struct expect *e, const struct http_reply *reply)
{
    bool ok = true;
    for (const struct text_check *c = e->texts; c != NULL; c = c->next) {
        struct text why = { 0 };
        bool found = pattern_found(c->needle, text_str(&reply->body), reply->body.len, &run->vars, &why);
        if (found == c->lacks || why.len > 0) {
            ok = false;
            report_note(&run->notes, "body (line %d): %s `%s`", c->line, c->lacks ? "contains" : "lacks",
                        c->needle);
            report_notes(&run->notes, &why);
        }
        text_free(&why);
    }
    return ok;
}

static bool expectation_check(struct http_run *run, const struct expect *e, const struct http_reply *reply)
{
    bool ok = headers_check(run, e, reply);
    ok &= json_check(run, e, reply);
    ok &= texts_check(run, e, reply);
    if (e->empty && reply->body.len > 0) {
        report_note(&run->notes, "body: expected EMPTY, got %zu bytes", reply->body.len);
        ok = false;
    }
    return ok;
}

static bool description_check(struct http_run *run, const struct step *step, const struct request *rq,
                              const struct http_reply *reply)
{
    struct operation *op = contract_find(run->contract, rq->method, rq->target);
    struct text problems = { 0 };
    contract_note(op, reply->status);
    bool ok = step->nocheck || contract_check(run->contract, op, rq->method, reply, &problems);
    if (!ok) {
        report_note(&run->notes,
                    "the reply is not as the API description has it (%s):", op == NULL ? "no route" : op->id);
        report_notes(&run->notes, &problems);
    }
    text_free(&problems);
    return ok;
}

bool reply_check(struct http_run *run, const struct step *step, const struct request *rq,
                 const struct http_reply *reply)
{
    bool ok = outcome_check(&run->notes, &step->expect, reply);
    if (ok && reply->kind == REPLY_FULL) {
        ok = expectation_check(run, &step->expect, reply);
        ok &= description_check(run, step, rq, reply);
    }
    if (!ok)
        reply_note(&run->notes, reply);
    return ok;
}
