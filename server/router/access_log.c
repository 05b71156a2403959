#include "router/access_log.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/limit.h"
#include "base/memory.h"
#include "request/log.h"
#include "request/route.h"
#include "spec/redact.h"

#include <string.h>

enum { LINE_SIZE = 1 << 18, METHOD_SIZE = 64 };

static void put_number(struct buf *b, int64_t n)
{
    char *w = buf_reserve(b, INT_TEXT_SIZE);
    if (w)
        b->n += int_format(n, w);
}

/* The time up to its seconds is the same in many lines. */
static void put_now(struct buf *b)
{
    static _Thread_local struct {
        int64_t second;
        char text[TIME_TEXT_SIZE];
    } last = { .second = -1 };
    const int64_t now = clock_real_ms();
    char *w = buf_reserve(b, TIME_TEXT_SIZE);
    if (!w)
        return;
    if (now / 1000 != last.second) {
        last.second = now / 1000;
        time_format(now, last.text);
    }
    char *ms = (char *)mempcpy(w, last.text, TIME_TEXT_SIZE) - sizeof "000Z" + 1;
    for (int64_t digits = 3, rest = now % 1000; digits-- > 0; rest /= 10)
        ms[digits] = (char)('0' + rest % 10);
    b->n += TIME_TEXT_SIZE;
}

/* Without printf: this is written for every request. What is longer than any that is answered is cut. */
static struct text text_line(const struct request *rq, int64_t took_us, const char *operation)
{
    struct buf b = buf_new(rq->arena, LINE_SIZE);
    buf_reserve(&b, 512);
    put_now(&b);
    buf_add_char(&b, ' ');
    redact_put_url(&b, text_clip(rq->method, METHOD_SIZE));
    buf_add_char(&b, ' ');
    redact_put_url(&b, text_clip(rq->uri, LIMIT_URI));
    buf_add_char(&b, ' ');
    if (request_status(rq))
        put_number(&b, request_status(rq));
    else
        buf_add(&b, text_of(request_broken(rq)));
    buf_add_char(&b, ' ');
    put_number(&b, took_us);
    buf_add(&b, T("us "));
    buf_add(&b, text_of(operation));
    buf_add_char(&b, ' ');
    buf_add(&b, rq->id);
    if (rq->disturbance.fault.n) {
        buf_add(&b, T(" fault="));
        buf_add(&b, rq->disturbance.fault);
    }
    if (rq->hint.n) {
        buf_add(&b, T(" hint="));
        buf_add(&b, rq->hint);
    }
    buf_add_char(&b, '\n');
    return buf_text(&b);
}

static struct text json_line(const struct request *rq, int64_t took_us, const char *operation)
{
    struct buf b = buf_new(rq->arena, LINE_SIZE);
    struct json j = jw_new(&b);
    jw_object(&j);
    jw_key(&j, T("time"));
    jw_time(&j, clock_real_ms());
    jw_put_text(&j, T("level"), T("info"));
    jw_put_text(&j, T("method"), redact_url(rq->arena, text_clip(rq->method, METHOD_SIZE)));
    jw_put_text(&j, T("url"), redact_url(rq->arena, text_clip(rq->uri, LIMIT_URI)));
    jw_key(&j, T("status"));
    if (request_status(rq))
        jw_int(&j, request_status(rq));
    else
        jw_null(&j);
    jw_put_int(&j, T("duration_us"), took_us);
    jw_put_text(&j, T("operation"), text_of(operation));
    jw_put_text(&j, T("request_id"), rq->id);
    if (request_broken(rq))
        jw_put_text(&j, T("broken"), text_of(request_broken(rq)));
    if (rq->disturbance.fault.n)
        jw_put_text(&j, T("fault"), rq->disturbance.fault);
    if (rq->hint.n)
        jw_put_text(&j, T("hint"), rq->hint);
    jw_object_end(&j);
    buf_add_char(&b, '\n');
    return buf_text(&b);
}

static void put_line(void *cls)
{
    const struct request *rq = cls;
    const int64_t took = clock_steady_us() - rq->started_us;
    const char *operation = rq->route ? rq->route->operation : "-";
    log_line(log_format() == LOG_JSON ? json_line(rq, took, operation) : text_line(rq, took, operation));
}

/* Without memory nothing is told. */
void log_request(struct request *rq)
{
    if (log_format() != LOG_OFF)
        memory_try(put_line, rq);
}
