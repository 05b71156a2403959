#include "http_reply.h"

#include "base/memory.h"
#include "net/streams.h"
#include "router/reply_cache.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

void http_suspend(void *connection)
{
    MHD_suspend_connection(connection);
}

void http_resume(void *connection)
{
    MHD_resume_connection(connection);
}

/* The bytes are in the request's arena or live for ever; MHD reads them until request_over. */
static struct MHD_Response *whole_body(const struct reply *rp)
{
    const struct text bytes = reply_bytes(rp);
    union {
        const char *from;
        void *to;
    } unconst = { .from = bytes.p }; /* MHD's parameter lacks the const; persistent memory is only read */
    return MHD_create_response_from_buffer(bytes.n, unconst.to, MHD_RESPMEM_PERSISTENT);
}

/* A stream's reader. It outlives the request, whose end MHD tells before it lets go of the response. */
struct reader {
    struct stream *stream;
    struct MHD_Connection *connection;
};

static ssize_t read_stream(void *cls, uint64_t at, char *ret, size_t max)
{
    const struct reader *reader = cls;
    (void)at;
    const ssize_t n = stream_read(reader->stream, ret, max, http_suspend, http_resume, reader->connection);
    return n < 0 ? MHD_CONTENT_READER_END_OF_STREAM : n;
}

static void close_stream(void *cls)
{
    struct reader *reader = cls;
    stream_release(reader->stream);
    free(reader);
}

static struct MHD_Response *endless_body(struct stream *stream, struct MHD_Connection *connection)
{
    struct reader *reader = memory_kept(sizeof *reader);
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    *reader = (struct reader){ stream, connection };
    if (info)
        stream_set_socket(stream, info->connect_fd);
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, read_stream, reader, close_stream);
}

/* The whole length is announced, and the connection ends before it is reached. */
static ssize_t read_part(void *cls, uint64_t at, char *ret, size_t max)
{
    const struct request *rq = cls;
    const struct text bytes = reply_bytes(&rq->reply);
    const size_t end = rq->disturbance.cut_at < bytes.n ? rq->disturbance.cut_at : bytes.n;
    const size_t n = end - at < max ? end - (size_t)at : max;
    if (at >= end)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    memcpy(ret, bytes.p + at, n);
    return (ssize_t)n;
}

static struct MHD_Response *part_of_body(struct request *rq)
{
    return MHD_create_response_from_callback(reply_bytes(&rq->reply).n, 4096, read_part, rq, NULL);
}

/* MHD would shut the connection down in good order before it closes it, so closing is not enough: Linux
 * resets a socket that is connected to no address. */
void http_reset(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    const struct sockaddr nowhere = { .sa_family = AF_UNSPEC };
    if (info)
        connect(info->connect_fd, &nowhere, sizeof nowhere);
}

static struct MHD_Response *response_of(struct request *rq, struct MHD_Connection *connection)
{
    if (rq->reply.stream)
        return endless_body(rq->reply.stream, connection);
    const struct disturbance *played = &rq->disturbance;
    const bool part = played->cut == CUT_TRUNCATED && played->cut_at < reply_bytes(&rq->reply).n;
    return part ? part_of_body(rq) : whole_body(&rq->reply);
}

/* ---- a kept reply's form ---------------------------------------------------------------------------------- */

enum { FORM_HEADERS = 8, FORM_TEXT = 40 };

/* A response that was sent before. From one time to the next nothing but values of its headers changes. */
struct form {
    struct sent_form base; /* first: see form_of */
    struct MHD_Response *response;
    struct text body;
    size_t n;
    struct {
        char name[FORM_TEXT], value[FORM_TEXT];
    } headers[FORM_HEADERS];
};

static struct form *form_of(struct sent_form *base)
{
    union {
        struct sent_form *base;
        struct form *form;
    } whole = { .base = base };
    return whole.form;
}

static struct sent_form *base_of(struct form *form)
{
    union {
        struct form *form;
        struct sent_form *base;
    } whole = { .form = form };
    return whole.base;
}

static void drop_form(struct sent_form *base)
{
    struct form *form = form_of(base);
    MHD_destroy_response(form->response);
    free(form);
}

static bool put_header(struct form *form, size_t i, const struct pair *header)
{
    if (header->name.n >= FORM_TEXT || header->value.n >= FORM_TEXT ||
        MHD_add_response_header(form->response, header->name.p, header->value.p) != MHD_YES)
        return false;
    memcpy(form->headers[i].name, header->name.p, header->name.n + 1);
    memcpy(form->headers[i].value, header->value.p, header->value.n + 1);
    return true;
}

/* Its first form; NULL when it is not worth one, or there is no memory. */
static struct form *form_new(const struct reply *rp)
{
    struct form *form = rp->header_count <= FORM_HEADERS ? malloc(sizeof *form) : NULL;
    if (!form)
        return NULL;
    *form = (struct form){ .base.drop = drop_form, .response = whole_body(rp), .body = reply_bytes(rp) };
    for (; form->response && form->n < rp->header_count; form->n++)
        if (!put_header(form, form->n, &rp->headers[form->n]))
            break;
    if (form->response && form->n == rp->header_count)
        return form;
    if (form->response)
        MHD_destroy_response(form->response);
    free(form);
    return NULL;
}

static bool is_same(struct text t, const char *cstr)
{
    return strlen(cstr) == t.n && memcmp(cstr, t.p, t.n) == 0;
}

/* False when it is another reply, as one is that a fault has changed. */
static bool form_fits(struct form *form, const struct reply *rp)
{
    const struct text body = reply_bytes(rp);
    bool fits = form->n == rp->header_count && form->body.p == body.p && form->body.n == body.n;
    for (size_t i = 0; fits && i < form->n; i++) {
        const char *name = form->headers[i].name, *value = form->headers[i].value;
        const struct pair *now = &rp->headers[i];
        fits = is_same(now->name, name);
        if (fits && !is_same(now->value, value))
            fits = MHD_del_response_header(form->response, name, value) == MHD_YES && put_header(form, i, now);
    }
    return fits;
}

static struct form *take_form(const struct request *rq)
{
    struct sent_form *kept = reply_cache_take_form(rq);
    if (!kept)
        return form_new(&rq->reply);
    if (form_fits(form_of(kept), &rq->reply))
        return form_of(kept);
    drop_form(kept);
    return NULL;
}

void http_reply_over(const struct request *rq, struct sent_form *form)
{
    if (form)
        reply_cache_put_form(rq, form);
}

/* ---- sending ------------------------------------------------------------------------------------------------ */

static struct MHD_Response *with_headers(struct MHD_Response *response, const struct reply *rp, bool closes)
{
    for (size_t i = 0; response && i < rp->header_count; i++)
        MHD_add_response_header(response, rp->headers[i].name.p, rp->headers[i].value.p);
    if (response && closes)
        MHD_add_response_header(response, "Connection", "close");
    return response;
}

bool http_reply(struct request *rq, struct MHD_Connection *connection, bool closes, struct sent_form **ret_form)
{
    const bool as_kept = rq->cached && !closes && rq->disturbance.cut == CUT_NONE && !rq->reply.stream;
    struct form *form = as_kept ? take_form(rq) : NULL;
    if (form) {
        *ret_form = base_of(form);
        return MHD_queue_response(connection, rq->reply.status, form->response) == MHD_YES;
    }
    struct MHD_Response *response = with_headers(response_of(rq, connection), &rq->reply, closes);
    if (!response)
        return false;
    const enum MHD_Result queued = MHD_queue_response(connection, rq->reply.status, response);
    MHD_destroy_response(response);
    return queued == MHD_YES;
}
