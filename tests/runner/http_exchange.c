/* One step: its requests, on the file's connection or on their own, and the judgement of each reply. */
#include "http_run.h"
#include "timing.h"

#include <stdlib.h>
#include <string.h>

/* A connection that ends this soon after a reply that promised to keep it was ended wrongly. */
enum { KEEP_ALIVE_MS = 1000 };

/* Reports the step with the notes gathered on it; always false. */
static bool step_fail(struct http_run *run, const struct step *step, const char *what)
{
    server_report_death(&run->server, &run->notes);
    report_fail(run->report, step->line, "### %s%s%s", step->title, step->label, what);
    text_add(&run->report->out, text_str(&run->notes.out), run->notes.out.len);
    text_reset(&run->notes.out);
    return false;
}

static bool connection_open(struct http_run *run, const struct step *step, struct http_conn *conn)
{
    return http_open(conn, run->server.port) || step_fail(run, step, ": the server takes no connection");
}

/* The connection of the file, as long as it is good; its end or stray bytes on it are judged here. */
static bool connection_ready(struct http_run *run, const struct step *step)
{
    if (run->conn.fd < 0)
        return connection_open(run, step, &run->conn);
    enum idle_state state = http_idle_state(&run->conn);
    if (state == IDLE_READY)
        return true;
    bool young = now_ms() - run->conn.used_ms < KEEP_ALIVE_MS;
    http_close(&run->conn);
    if (state == IDLE_DIRTY)
        return step_fail(run, step, ": the reply before this step was followed by more bytes");
    if (young)
        return step_fail(run, step,
                         ": the connection was closed, though the reply before this step did not say "
                         "`connection: close`");
    return connection_open(run, step, &run->conn);
}

static bool exchange(struct http_run *run, const struct step *step, const struct request *rq,
                     struct http_reply *ret)
{
    struct http_conn own = { .fd = -1 };
    struct http_conn *conn = step->raw ? &own : &run->conn;
    if (!(step->raw ? connection_open(run, step, conn) : connection_ready(run, step)))
        return false;
    int64_t deadline = now_ms() + step->timeout_ms;
    http_send(conn, text_str(&rq->bytes), rq->bytes.len, deadline);
    if (step->shut_writing)
        http_shut_writing(conn);
    http_receive(conn, rq->no_body_back, deadline, ret);
    http_close(&own);
    return true;
}

static const char *field_or_none(const struct http_reply *reply, const char *name)
{
    const char *value = http_reply_field(reply, name);
    return value == NULL ? "(none)" : value;
}

/* A HEAD reply is the GET reply without its body. A body would show up as stray bytes behind the head. */
static bool head_compare(struct report *notes, const struct http_reply *get, const struct http_reply *head)
{
    static const char *const names[] = { "content-length", "content-type" };
    if (head->kind != REPLY_FULL)
        report_note(notes, "no whole reply%s%s", head->problem != NULL ? ": " : "",
                    head->problem != NULL ? head->problem : "");
    else if (head->status != get->status)
        report_note(notes, "status: %d for GET, %d for HEAD", get->status, head->status);
    for (size_t i = 0; i < sizeof names / sizeof *names && head->kind == REPLY_FULL; i++) {
        const char *a = field_or_none(get, names[i]), *b = field_or_none(head, names[i]);
        if (strcmp(a, b) != 0)
            report_note(notes, "%s: %s for GET, %s for HEAD", names[i], a, b);
    }
    return notes->out.len == 0;
}

static bool head_due(const struct http_run *run, const struct step *step, const struct http_reply *reply)
{
    const char *type = http_reply_field(reply, "content-type");
    return !step->raw && !step->nohead && !run->hc->limited && strcmp(step->method, "GET") == 0 &&
           reply->kind == REPLY_FULL && reply->status == 200 &&
           (type == NULL || !str_starts(type, "text/event-stream"));
}

static bool ask_as(struct http_run *run, const struct step *step, const char *method, struct http_reply *ret)
{
    struct request rq;
    if (!request_build(run, step, method, &rq))
        return false;
    const bool ok = exchange(run, step, &rq, ret);
    request_free(&rq);
    return ok;
}

/* Some replies tell the time, such as how far behind a frozen clock is: what HEAD says then need not be of the GET
 * before it, only of the one after it. */
static bool head_of_later(struct http_run *run, const struct step *step, const struct http_reply *head)
{
    struct http_reply get = { 0 };
    struct report notes = { 0 };
    const bool ok = ask_as(run, step, "GET", &get) && head_compare(&notes, &get, head);
    text_free(&notes.out);
    http_reply_free(&get);
    return ok;
}

static bool head_check(struct http_run *run, const struct step *step, const struct http_reply *get)
{
    struct http_reply head = { 0 };
    bool ok = ask_as(run, step, "HEAD", &head);
    if (ok && !head_compare(&run->notes, get, &head)) {
        ok = head_of_later(run, step, &head);
        if (ok)
            text_reset(&run->notes.out);
        else
            step_fail(run, step, ": HEAD differs from GET (@nohead where that is right)");
    }
    http_reply_free(&head);
    return ok;
}

static bool step_once(struct http_run *run, const struct step *step)
{
    struct http_reply reply = { 0 };
    struct request rq;
    if (!request_build(run, step, NULL, &rq))
        return false;
    bool ok = exchange(run, step, &rq, &reply);
    if (ok && !reply_check(run, step, &rq, &reply))
        ok = step_fail(run, step, "");
    if (ok && head_due(run, step, &reply))
        ok = head_check(run, step, &reply);
    http_reply_free(&reply);
    request_free(&rq);
    return ok;
}

static bool connections_open(struct http_run *run, const struct step *step, struct http_conn *conns)
{
    for (unsigned i = 0; i < step->parallel; i++)
        conns[i].fd = -1;
    for (unsigned i = 0; i < step->parallel; i++)
        if (!connection_open(run, step, &conns[i]))
            return false;
    return true;
}

/* The last bytes go out together, so that the requests really meet in the server. */
static void requests_send(const struct step *step, struct http_conn *conns, const struct request *rq,
                          int64_t deadline)
{
    size_t early = rq->bytes.len - 1;
    for (unsigned i = 0; i < step->parallel; i++)
        http_send(&conns[i], rq->bytes.data, early, deadline);
    for (unsigned i = 0; i < step->parallel; i++)
        if (!conns[i].unfinished)
            http_send(&conns[i], rq->bytes.data + early, 1, deadline);
}

static bool replies_check(struct http_run *run, const struct step *step, struct http_conn *conns,
                          const struct request *rq, int64_t deadline)
{
    for (unsigned i = 0; i < step->parallel; i++) {
        struct http_reply reply = { 0 };
        http_receive(&conns[i], rq->no_body_back, deadline, &reply);
        bool ok = reply_check(run, step, rq, &reply);
        http_reply_free(&reply);
        if (!ok)
            return step_fail(run, step, keep_f(" (number %u of %u in parallel)", i + 1, step->parallel));
    }
    return true;
}

static bool step_parallel(struct http_run *run, const struct step *step)
{
    struct request rq;
    if (!request_build(run, step, NULL, &rq))
        return false;
    struct http_conn *conns = calloc(step->parallel, sizeof *conns);
    if (conns == NULL)
        abort();
    bool ok = connections_open(run, step, conns);
    if (ok) {
        int64_t deadline = now_ms() + step->timeout_ms;
        requests_send(step, conns, &rq, deadline);
        ok = replies_check(run, step, conns, &rq, deadline);
    }
    for (unsigned i = 0; i < step->parallel; i++)
        http_close(&conns[i]);
    free(conns);
    request_free(&rq);
    return ok;
}

bool step_run(struct http_run *run, const struct step *step)
{
    for (unsigned i = 0; i < step->repeat; i++) {
        if (step->parallel > 1 ? step_parallel(run, step) : step_once(run, step))
            continue;
        if (step->repeat > 1)
            report_note(run->report, "this was time %u of %u", i + 1, step->repeat);
        return false;
    }
    return true;
}
