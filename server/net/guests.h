/* Guests: the connections of clients, and how long each may keep the server waiting. A head has to be whole within
 * LIMIT_HEAD_SECONDS of its first byte, however it drips; a body may not be silent for LIMIT_BODY_SECONDS. The late,
 * and those who stop sending before that, are told so (408, RFC 9110 section 15.5.9) and shut out. Past
 * LIMIT_CONNECTIONS, or as many as there are descriptors for, a new guest takes the place of the one that has been idle
 * for longest.
 *
 * The HTTP library's own timeout begins anew with every byte, and ends a connection without a word. A thread looks at
 * the guests twice a second while there are any. */
#ifndef DUVO_NET_GUESTS_H
#define DUVO_NET_GUESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guests;
struct guest;

/* How many descriptors guests of so many workers can have, so that nothing else ever lacks one: whoever comes later
 * waits until another leaves. Where there are few, half of them are for guests. */
size_t guests_descriptors(unsigned workers);
/* Starts no thread yet; `tls`: guests cannot be told anything in plain text. At most `descriptors` at once. */
struct guests *guests_new(bool tls, size_t descriptors);
/* When no guest is left; NULL is accepted. */
void guests_free(struct guests *guests);

/* A connection that was accepted. It waits for a head; where it begins with TLS and that is not spoken here, it is told
 * so and shut out. */
struct guest *guest_arrives(struct guests *guests, int fd);
/* Before its descriptor is closed: why it goes. */
enum leave {
    LEAVES,
    LEAVES_TOO_LATE, /* it was told that its request did not come in time */
    LEAVES_FOR_TLS,  /* it was told that TLS is not spoken here */
};
enum leave guest_leaves(struct guests *guests, struct guest *guest);

/* Its TLS handshake is done: what was received until now is no head. */
void guest_is_shaken(struct guest *guest);
/* The head is whole; a body is to come, or not. False when it was shut out meanwhile. */
bool guest_sent_head(struct guest *guest, bool has_body);
/* A piece of the body has come. */
void guest_sent_piece(struct guest *guest);
/* It sends no more, though its request, whose first line has come, is not whole. It may still listen, so it is told at
 * once, unless it was already; before the library ends its side of the connection. */
void guest_sends_no_more(struct guests *guests, struct guest *guest);
/* All of the request has come. False when it was shut out meanwhile. */
bool guest_sent_all(struct guest *guest);
/* Its reply has left: it may send another request. */
void guest_was_answered(struct guest *guest);

/* Whether other bytes have been read from a connection without TLS than those that are told of: the requests that came
 * whole. In doubt they have. */
bool guest_has_begun(const struct guest *guest, uint64_t told_of);

#endif
