/* TLS on a socket: the beginning of a connection to the server, and a small client. */
#include "net/tls.h"

#include "base/memory.h"
#include "net/last_words.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>

char tls_priorities[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

/* ---- a connection to the server ------------------------------------------------------------------------ */

struct tls_watch {
    int fd;
    bool begun;
    void (*shaken)(void *cls);
    void *cls;
};

/* The first byte of a handshake is no letter; that of a request is. */
static bool is_plain_http(char first)
{
    return (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
}

static ssize_t pull(gnutls_transport_ptr_t cls, void *ret, size_t max)
{
    struct tls_watch *watch = cls;
    char first;
    if (!watch->begun) {
        const ssize_t n = recv(watch->fd, &first, 1, MSG_PEEK);
        if (n <= 0)
            return n;
        watch->begun = true;
        if (is_plain_http(first)) {
            last_words(watch->fd, WORDS_PLAIN_HTTP);
            return 0;
        }
    }
    return recv(watch->fd, ret, max, 0);
}

/* The client's Finished is the last of a handshake, or the last but one. */
static int finished(gnutls_session_t session, unsigned type, unsigned when, unsigned incoming,
                    const gnutls_datum_t *message)
{
    const struct tls_watch *watch = gnutls_transport_get_ptr(session);
    (void)type, (void)when, (void)message;
    if (incoming)
        watch->shaken(watch->cls);
    return 0;
}

struct tls_watch *tls_watch(void *session, int fd, void (*shaken)(void *cls), void *cls)
{
    struct tls_watch *watch = memory_kept(sizeof *watch);
    *watch = (struct tls_watch){ .fd = fd, .shaken = shaken, .cls = cls };
    gnutls_transport_set_ptr2(session, watch, (void *)(intptr_t)fd);
    gnutls_transport_set_pull_function(session, pull);
    gnutls_handshake_set_hook_function(session, GNUTLS_HANDSHAKE_FINISHED, GNUTLS_HOOK_POST, finished);
    return watch;
}

void tls_say(void *session, struct text bytes)
{
    gnutls_record_send(session, bytes.p, bytes.n);
}

void tls_unwatch(struct tls_watch *watch)
{
    free(watch);
}

/* ---- a client ------------------------------------------------------------------------------------------ */

static bool exchange(gnutls_session_t session, struct text ask, char *ret, size_t n)
{
    int code;
    do
        code = gnutls_handshake(session);
    while (code < 0 && !gnutls_error_is_fatal(code) && code != GNUTLS_E_AGAIN);
    if (code < 0 || gnutls_record_send(session, ask.p, ask.n) != (ssize_t)ask.n)
        return false;
    size_t got = 0;
    for (ssize_t more; got < n && (more = gnutls_record_recv(session, ret + got, n - got)) > 0;)
        got += (size_t)more;
    return got == n;
}

bool tls_exchange(int fd, struct text ask, char *ret, size_t n)
{
    gnutls_session_t session;
    gnutls_certificate_credentials_t nobody;
    if (gnutls_certificate_allocate_credentials(&nobody) < 0 || gnutls_init(&session, GNUTLS_CLIENT) < 0)
        die("no memory for TLS");
    bool ok = gnutls_priority_set_direct(session, tls_priorities, NULL) >= 0 &&
              gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, nobody) >= 0;
    gnutls_transport_set_int(session, fd);
    ok = ok && exchange(session, ask, ret, n);
    gnutls_deinit(session);
    gnutls_certificate_free_credentials(nobody);
    return ok;
}
