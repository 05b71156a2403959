#include "http_reply.h"

#include "base/memory.h"
#include "net/streams.h"

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
    *reader = (struct reader){ stream, connection };
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

bool http_reply(struct request *rq, struct MHD_Connection *connection, bool closes)
{
    const struct reply *rp = &rq->reply;
    struct MHD_Response *response = response_of(rq, connection);
    if (!response)
        return false;
    for (size_t i = 0; i < rp->header_count; i++)
        MHD_add_response_header(response, rp->headers[i].name.p, rp->headers[i].value.p);
    if (closes)
        MHD_add_response_header(response, "Connection", "close");
    const enum MHD_Result queued = MHD_queue_response(connection, rp->status, response);
    MHD_destroy_response(response);
    return queued == MHD_YES;
}
