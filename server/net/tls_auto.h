/* TLS auto: the keys and certificates of --tls auto, and what the files of tls share; nobody else includes it. */
#ifndef DUVO_NET_TLS_AUTO_H
#define DUVO_NET_TLS_AUTO_H

#include "cli/config.h"
#include "net/tls.h"

#include <gnutls/x509.h>

/* A certificate and the key to it. */
struct identity_pem {
    struct text certificate, key; /* in an arena, NUL-terminated */
};

/* Says why, and returns false. */
struct why {
    char *p;
    size_t n;
};
bool tls_refuse(struct why *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The first private key of a PEM text, to the end of the text; unset when there is none. */
struct text tls_key_block(struct text pem);
/* The key and the certificate that shows it. `key` is NUL-terminated. False unless both are there and belong together;
 * the names are those of what they came from, for messages. Whoever gets *ret frees it. */
bool tls_pair(struct text certificates, const char *certificates_name, struct text key, const char *key_name,
              gnutls_x509_crt_t *ret, struct why *why);

/* tls_auto.c */
/* The authority that is kept in the file: reads it, or makes it when there is no such file. `path` NULL: it is kept
 * nowhere. */
bool tls_make_authority(struct arena *arena, const char *path, struct identity_pem *ret, struct why *why);
/* A certificate for this server, signed by the authority. False for a name that is none. */
bool tls_make_leaf(struct arena *arena, const struct config *config, const struct identity_pem *authority,
                   struct identity_pem *ret, struct why *why);

#endif
