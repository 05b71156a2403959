/* TLS: keys and certificates, and what MHD leaves open of a handshake; the only user of GnuTLS.
 *
 * With --tls-cert and --tls-key the server shows the certificates of those files. With --tls auto it makes an
 * authority of its own and a certificate that is signed by it, for every name under which it is likely to be called.
 * The authority lives as long as the state: beside a --db file it is a file that its owner alone can read, so that
 * what once trusted it still does after a restart; otherwise it ends with the process. The server's own key is
 * never written anywhere.
 *
 * Plain http costs nothing: GnuTLS is called only when one of these settings is given. */
#ifndef DUVO_NET_TLS_H
#define DUVO_NET_TLS_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct config;
struct tls;

bool tls_is_wanted(const struct config *config);
/* NULL with one line in reterr when a file cannot be read or written, or holds what cannot be used. */
struct tls *tls_open(const struct config *config, char *reterr, size_t reterr_size);
/* NULL is accepted. */
void tls_close(struct tls *tls);

/* What the server shows, its own certificate first, and the key to it: PEM, as long-lived as the tls. */
char *tls_certificates(struct tls *tls);
char *tls_key(struct tls *tls);
/* The certificate of the authority that --tls auto has made: PEM, or the unset text. */
struct text tls_authority(const struct tls *tls);
/* The hash of the server's public key, as libcurl wants one that is pinned. */
const char *tls_pin(const struct tls *tls);
/* Whether the server's certificate is one for this name or address. */
bool tls_is_for(const struct tls *tls, struct text host);

/* Versions and algorithms: TLS 1.2 and 1.3. */
extern char tls_priorities[];

/* A connection that has just been accepted, before its handshake: calls shaken(cls) when that is done, and answers
 * whoever speaks plain http what to do instead. `session` is MHD's. Freed with tls_unwatch when the connection is
 * closed. */
struct tls_watch;
struct tls_watch *tls_watch(void *session, int fd, void (*shaken)(void *cls), void *cls);
void tls_unwatch(struct tls_watch *watch);
/* Sends so much as can be without waiting, on the thread that the session is of. */
void tls_say(void *session, struct text bytes);

/* As a client: sends `ask` on a connected socket, which has timeouts, and reads `n` bytes of the answer. Nothing is
 * verified; false when that cannot be done. */
bool tls_exchange(int fd, struct text ask, char *ret, size_t n);

#endif
