/* Streams: replies that go on, such as server-sent events, into which other requests write.
 *
 * A stream has an id that nobody guesses, lives in one space, and ends when its client leaves, when it is closed, or
 * with the server. Whoever writes never waits: a stream whose client does not read is closed when LIMIT_STREAM_BYTES
 * wait for it. Now and then an empty comment is sent (an event stream's `:` line), because only so it is found out that
 * a client has left whose machine does not say so. Who has hung up is found out at once where room is needed. */
#ifndef DUVO_NET_STREAMS_H
#define DUVO_NET_STREAMS_H

#include "base/text.h"
#include "base/uuid.h"
#include "base/timers.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct streams;
struct stream;

struct streams *streams_start(struct timers *timers);
/* Ends all streams; new ones end at once. */
void streams_drain(struct streams *streams);
/* After streams_drain, when no reply reads any more; NULL is accepted. */
void streams_free(struct streams *streams);

/* A new one, which the caller owns until stream_release; NULL when LIMIT_STREAMS are read. */
struct stream *stream_open(struct streams *streams, int64_t space);
struct uuid stream_id(const struct stream *stream);
/* What a stream is of. Where its bytes come from when its reader has taken all that was there: `fill` gives up to `max`
 * more; NULL: it is written into. `is_over`: nothing will ever come again, so that the stream is to end; NULL: that is
 * told by stream_wake. Both at once, without a call of this module. `leave` is called when the reader is gone. */
struct stream_source {
    size_t (*fill)(void *cls, char *ret, size_t max);
    bool (*is_over)(void *cls);
    void (*leave)(void *cls);
    void *cls;
};
/* The same as stream_open, with a source. */
struct stream *stream_open_from(struct streams *streams, int64_t space, struct stream_source source);
/* The socket on which its reader is, which stays open until stream_release. */
void stream_set_socket(struct stream *stream, int socket);
/* Ends the stream of that id when its reader waits for more and has hung up: whether it was so. Its stream_release
 * comes later, on the reader's thread. */
bool stream_end_left(struct streams *streams, const struct uuid *id);
/* The stream's source has something; or, with `is_end`, will never have anything again. */
void stream_wake(struct streams *streams, const struct uuid *id, bool is_end);
/* Ends those that are over; who does not call it finds them ended within a quarter of a minute. NULL is accepted. */
void streams_end_over(struct streams *streams);
/* Appends to the stream of that id; false when there is none in the space. */
bool stream_write(struct streams *streams, int64_t space, const struct uuid *id, struct text bytes);
/* Takes up to `max` bytes. 0: nothing is there yet; suspend(cls) was called, and wake(cls) will be, once, when there is
 * something. -1: the end. */
ssize_t stream_read(struct stream *stream, char *ret, size_t max, void (*suspend)(void *cls), void (*wake)(void *cls),
                    void *cls);
/* The reader is gone. */
void stream_release(struct stream *stream);

#endif
