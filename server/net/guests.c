#include "net/guests.h"

#include "base/clock.h"
#include "base/limit.h"
#include "base/memory.h"
#include "base/text.h"
#include "net/last_words.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

enum awaited { AWAITS_HEAD, AWAITS_BODY, AWAITS_NOTHING, SHUT_OUT };

struct guest {
    struct guest *next, **back;
    int fd;
    _Atomic enum awaited awaited;
    _Atomic int64_t since_us;   /* the last piece of a body, or the last reply */
    atomic_bool begins_anew;    /* what has been received until now belongs to no head that is awaited */
    uint64_t received;          /* until then, in bytes; the thread's own */
    bool too_late, speaks_tls;
    int64_t head_since_us;      /* the first byte of a head was seen; 0: none; the thread's own */
};

struct guests {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t thread;
    struct guest *first;
    size_t count, max;
    bool tls, has_thread, stop;
};

/* ---- shutting out ------------------------------------------------------------------------------------------ */

/* Nothing else has been sent for this request, and nothing will be. */
static void shut_out(const struct guests *guests, struct guest *guest, bool tell)
{
    guest->too_late = tell;
    if (tell && !guests->tls)
        last_words(guest->fd, WORDS_LATE);
    shutdown(guest->fd, SHUT_RDWR); /* the library sees the end, and closes it */
}

static bool begins_to_be(struct guest *guest, enum awaited from, enum awaited to)
{
    return atomic_compare_exchange_strong(&guest->awaited, &from, to);
}

static uint64_t received_by(const struct guest *guest)
{
    struct tcp_info info = { .tcpi_bytes_received = 0 };
    socklen_t size = sizeof info;
    return getsockopt(guest->fd, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 ? info.tcpi_bytes_received : 0;
}

static bool drips(struct guest *guest, int64_t now)
{
    const uint64_t received = received_by(guest);
    if (atomic_exchange(&guest->begins_anew, false)) {
        guest->received = received;
        guest->head_since_us = 0;
    }
    if (received == guest->received)
        return false;
    if (!guest->head_since_us)
        guest->head_since_us = now;
    return now - guest->head_since_us >= LIMIT_HEAD_SECONDS * INT64_C(1000000);
}

static void look_at_guest(const struct guests *guests, struct guest *guest, int64_t now)
{
    const enum awaited awaited = atomic_load(&guest->awaited);
    const bool silent = now - atomic_load(&guest->since_us) >= LIMIT_BODY_SECONDS * INT64_C(1000000);
    const bool late = (awaited == AWAITS_HEAD && drips(guest, now)) || (awaited == AWAITS_BODY && silent);
    if (late && begins_to_be(guest, awaited, SHUT_OUT))
        shut_out(guests, guest, true);
}

/* With the lock held: the one that has been idle for longest goes, if any has been for a while. */
static void make_room(struct guests *guests)
{
    struct guest *idlest = NULL;
    const int64_t idle_since_us = clock_steady_us() - LIMIT_ARRIVAL_US;
    for (struct guest *one = guests->first; one; one = one->next)
        if (atomic_load(&one->awaited) == AWAITS_HEAD && !one->head_since_us &&
            atomic_load(&one->since_us) < idle_since_us &&
            (!idlest || atomic_load(&one->since_us) < atomic_load(&idlest->since_us)))
            idlest = one;
    if (idlest && begins_to_be(idlest, AWAITS_HEAD, SHUT_OUT))
        shut_out(guests, idlest, false);
}

/* With the lock held. Who came in a crowd had nobody idle to take the place of, and once the library has as many as it
 * takes, nobody arrives any more for whom room could be made. */
static void make_room_for_late(struct guests *guests)
{
    size_t staying = 0;
    for (struct guest *one = guests->first; one; one = one->next)
        staying += atomic_load(&one->awaited) != SHUT_OUT;
    for (; staying > guests->max; staying--)
        make_room(guests);
}

/* ---- the thread -------------------------------------------------------------------------------------------- */

/* With the lock held. */
static void wait_for_half_a_second(struct guests *guests)
{
    const int64_t until_us = clock_steady_us() + 500000;
    const struct timespec until = { .tv_sec = until_us / 1000000, .tv_nsec = until_us % 1000000 * 1000 };
    pthread_cond_timedwait(&guests->changed, &guests->lock, &until);
}

static void *look_at_all(void *cls)
{
    struct guests *guests = cls;
    pthread_mutex_lock(&guests->lock);
    while (!guests->stop) {
        if (!guests->first)
            pthread_cond_wait(&guests->changed, &guests->lock);
        else
            wait_for_half_a_second(guests);
        const int64_t now = clock_steady_us();
        for (struct guest *guest = guests->first; guest && !guests->stop; guest = guest->next)
            look_at_guest(guests, guest, now);
        if (guests->count > guests->max)
            make_room_for_late(guests);
    }
    pthread_mutex_unlock(&guests->lock);
    return NULL;
}

size_t guests_descriptors(unsigned workers)
{
    struct rlimit files = { .rlim_cur = 0 };
    getrlimit(RLIMIT_NOFILE, &files);
    const size_t all = files.rlim_cur < 1 << 20 ? (size_t)files.rlim_cur : 1 << 20;
    const size_t own = LIMIT_OWN_DESCRIPTORS + 8 * (size_t)workers + 6 * (size_t)LIMIT_OUTBOUND_THREADS;
    return all > 2 * own ? all - own : all / 2;
}

struct guests *guests_new(bool tls, size_t descriptors)
{
    struct guests *guests = calloc(1, sizeof *guests);
    pthread_condattr_t steady;
    if (!guests)
        die("no memory for guests");
    guests->tls = tls;
    guests->max = descriptors < LIMIT_CONNECTIONS ? descriptors : LIMIT_CONNECTIONS;
    pthread_mutex_init(&guests->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&guests->changed, &steady);
    pthread_condattr_destroy(&steady);
    return guests;
}

void guests_free(struct guests *guests)
{
    if (!guests)
        return;
    pthread_mutex_lock(&guests->lock);
    guests->stop = true;
    pthread_cond_signal(&guests->changed);
    pthread_mutex_unlock(&guests->lock);
    if (guests->has_thread)
        pthread_join(guests->thread, NULL);
    pthread_cond_destroy(&guests->changed);
    pthread_mutex_destroy(&guests->lock);
    free(guests);
}

/* ---- guests ------------------------------------------------------------------------------------------------ */

/* A record of a handshake (RFC 8446 section 5.1): no request begins so. Who waits before it speaks is seen later. */
static bool speaks_tls(int fd)
{
    unsigned char begins[2];
    return recv(fd, begins, sizeof begins, MSG_PEEK | MSG_DONTWAIT) == sizeof begins && begins[0] == 22 &&
           begins[1] == 3;
}

struct guest *guest_arrives(struct guests *guests, int fd)
{
    struct guest *guest = memory_kept(sizeof *guest);
    guest->fd = fd;
    atomic_store(&guest->since_us, clock_steady_us());
    pthread_mutex_lock(&guests->lock);
    if (guests->count >= guests->max)
        make_room(guests);
    guest->next = guests->first;
    guest->back = &guests->first;
    if (guest->next)
        guest->next->back = &guest->next;
    guests->first = guest;
    guests->count++;
    if (!guests->has_thread)
        guests->has_thread = pthread_create(&guests->thread, NULL, look_at_all, guests) == 0;
    else if (guests->count == 1)
        pthread_cond_signal(&guests->changed);
    pthread_mutex_unlock(&guests->lock);
    if (!guests->tls && speaks_tls(fd) && begins_to_be(guest, AWAITS_HEAD, SHUT_OUT)) {
        guest->speaks_tls = true;
        last_words(fd, WORDS_TLS);
        shutdown(fd, SHUT_RDWR);
    }
    return guest;
}

enum leave guest_leaves(struct guests *guests, struct guest *guest)
{
    pthread_mutex_lock(&guests->lock);
    *guest->back = guest->next;
    if (guest->next)
        guest->next->back = guest->back;
    guests->count--;
    const enum leave why = guest->speaks_tls ? LEAVES_FOR_TLS : guest->too_late ? LEAVES_TOO_LATE : LEAVES;
    pthread_mutex_unlock(&guests->lock);
    free(guest);
    return why;
}

void guest_is_shaken(struct guest *guest)
{
    atomic_store(&guest->begins_anew, true);
}

bool guest_sent_head(struct guest *guest, bool has_body)
{
    atomic_store(&guest->since_us, clock_steady_us());
    return begins_to_be(guest, AWAITS_HEAD, has_body ? AWAITS_BODY : AWAITS_NOTHING);
}

void guest_sent_piece(struct guest *guest)
{
    atomic_store(&guest->since_us, clock_steady_us());
}

void guest_sends_no_more(struct guests *guests, struct guest *guest)
{
    if (begins_to_be(guest, AWAITS_HEAD, SHUT_OUT) || begins_to_be(guest, AWAITS_BODY, SHUT_OUT))
        shut_out(guests, guest, true);
}

bool guest_sent_all(struct guest *guest)
{
    return atomic_load(&guest->awaited) == AWAITS_NOTHING || begins_to_be(guest, AWAITS_BODY, AWAITS_NOTHING);
}

void guest_was_answered(struct guest *guest)
{
    atomic_store(&guest->since_us, clock_steady_us());
    atomic_store(&guest->begins_anew, true);
    if (atomic_load(&guest->awaited) != SHUT_OUT)
        atomic_store(&guest->awaited, AWAITS_HEAD);
}

/* In this order: what comes meanwhile counts as read. */
bool guest_has_begun(const struct guest *guest, uint64_t told_of)
{
    int waiting = 0;
    if (ioctl(guest->fd, FIONREAD, &waiting) != 0)
        return true;
    const uint64_t received = received_by(guest);
    return !received || received - (uint64_t)waiting != told_of;
}
