#include "net/tls_auto.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/hex.h"
#include "base/limit.h"
#include "base/memory.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tls {
    struct arena *arena;
    struct identity_pem shown;
    struct text authority;
    gnutls_x509_crt_t certificate;
    const char *pin;
};

bool tls_refuse(struct why *why, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(why->p, why->n, format, args);
    va_end(args);
    return false;
}

/* ---- files --------------------------------------------------------------------------------------------- */

/* Other blocks may stand before it: certificates, or the parameters that openssl writes beside an EC key. */
struct text tls_key_block(struct text pem)
{
    const struct text begin = T("-----BEGIN ");
    for (size_t at = 0; at < pem.n; at++) {
        const struct text rest = text_from(pem, at);
        if (text_starts(rest, begin) && text_contains(text_clip(rest, text_find(rest, '\n')), T("PRIVATE KEY-----")))
            return rest;
    }
    return (struct text){ 0 };
}

/* ---- a key and its certificate ------------------------------------------------------------------------- */

static gnutls_datum_t datum_of(struct text t)
{
    union {
        const char *from;
        unsigned char *to;
    } unconst = { .from = t.p };
    return (gnutls_datum_t){ unconst.to, (unsigned)t.n };
}

static gnutls_x509_crt_t first_certificate(struct text pem)
{
    gnutls_x509_crt_t *all = NULL, first = NULL;
    unsigned n = 0;
    const gnutls_datum_t data = datum_of(pem);
    if (gnutls_x509_crt_list_import2(&all, &n, &data, GNUTLS_X509_FMT_PEM, 0) < 0)
        return NULL;
    for (unsigned i = 0; i < n; i++)
        if (i == 0)
            first = all[i];
        else
            gnutls_x509_crt_deinit(all[i]);
    gnutls_free(all);
    return first;
}

/* Whether the certificate shows the public half of the key; -1 when the key cannot be read. */
static int is_key_of(struct text key_pem, gnutls_x509_crt_t certificate)
{
    unsigned char mine[32], theirs[32];
    size_t size = sizeof mine, other = sizeof theirs;
    gnutls_x509_privkey_t key;
    const gnutls_datum_t data = datum_of(key_pem);
    if (gnutls_x509_privkey_init(&key) < 0)
        die("no memory for a key");
    int result = -1;
    if (gnutls_x509_privkey_import2(key, &data, GNUTLS_X509_FMT_PEM, NULL, 0) >= 0 &&
        gnutls_x509_privkey_get_key_id(key, GNUTLS_KEYID_USE_SHA256, mine, &size) >= 0 &&
        gnutls_x509_crt_get_key_id(certificate, GNUTLS_KEYID_USE_SHA256, theirs, &other) >= 0)
        result = size == other && memcmp(mine, theirs, size) == 0;
    gnutls_x509_privkey_deinit(key);
    return result;
}

bool tls_pair(struct text certificates, const char *certificates_name, struct text key, const char *key_name,
              gnutls_x509_crt_t *ret, struct why *why)
{
    gnutls_x509_crt_t certificate = first_certificate(certificates);
    if (!certificate)
        return tls_refuse(why, "%s: no certificate in PEM", certificates_name);
    const int matches = key.p ? is_key_of(key, certificate) : -1;
    if (matches > 0) {
        *ret = certificate;
        return true;
    }
    gnutls_x509_crt_deinit(certificate);
    if (!key.p)
        return tls_refuse(why, "%s: no private key in PEM", key_name);
    if (text_contains(key, T("ENCRYPTED")))
        return tls_refuse(why, "%s: the private key has a passphrase; use one without", key_name);
    if (matches < 0)
        return tls_refuse(why, "%s: the private key cannot be read", key_name);
    return tls_refuse(why, "%s: is not the key of the first certificate in %s", key_name, certificates_name);
}

/* MHD's options have no const. */
static char *writable(struct text t)
{
    union {
        const char *from;
        char *to;
    } unconst = { .from = t.p };
    return unconst.to;
}

/* ---- opening ------------------------------------------------------------------------------------------- */

static bool is_auto(const struct config *config)
{
    return config->tls == TLS_AUTO;
}

bool tls_is_wanted(const struct config *config)
{
    return is_auto(config) || config->tls_cert;
}

static bool open_files(struct tls *tls, const struct config *config, struct why *why)
{
    struct text key;
    if (!file_read(tls->arena, config->tls_cert, LIMIT_PEM, &tls->shown.certificate))
        return tls_refuse(why, "--tls-cert: cannot read %s: %s", config->tls_cert, strerror(errno));
    if (!file_read(tls->arena, config->tls_key, LIMIT_PEM, &key))
        return tls_refuse(why, "--tls-key: cannot read %s: %s", config->tls_key, strerror(errno));
    tls->shown.key = tls_key_block(key);
    return tls_pair(tls->shown.certificate, config->tls_cert, tls->shown.key, config->tls_key, &tls->certificate, why);
}

static bool make_all(struct tls *tls, const struct config *config, struct why *why)
{
    const bool kept = config->db && strcmp(config->db, ":memory:") != 0;
    const char *path = kept ? text_format(tls->arena, "%s.ca.pem", config->db).p : NULL;
    struct identity_pem authority;
    if (!tls_make_authority(tls->arena, path, &authority, why) ||
        !tls_make_leaf(tls->arena, config, &authority, &tls->shown, why))
        return false;
    explicit_bzero(writable(authority.key), authority.key.n);
    tls->authority = authority.certificate;
    return tls_pair(tls->shown.certificate, "--tls auto", tls->shown.key, "--tls auto", &tls->certificate, why);
}

static void set_pin(struct tls *tls)
{
    unsigned char id[32];
    size_t size = sizeof id;
    if (gnutls_x509_crt_get_key_id(tls->certificate, GNUTLS_KEYID_USE_SHA256, id, &size) < 0)
        die("GnuTLS cannot hash a public key");
    const struct text hash = { (const char *)id, size };
    tls->pin = text_format(tls->arena, "sha256//%s", base64_encode(tls->arena, hash).p).p;
}

struct tls *tls_open(const struct config *config, char *reterr, size_t reterr_size)
{
    struct why why = { reterr, reterr_size };
    struct tls *tls = calloc(1, sizeof *tls);
    if (!tls)
        die("no memory for TLS");
    tls->arena = arena_new();
    if (!(is_auto(config) ? make_all : open_files)(tls, config, &why)) {
        tls_close(tls);
        return NULL;
    }
    set_pin(tls);
    return tls;
}

void tls_close(struct tls *tls)
{
    if (!tls)
        return;
    if (tls->certificate)
        gnutls_x509_crt_deinit(tls->certificate);
    arena_free(tls->arena);
    free(tls);
}

/* ---- what is told -------------------------------------------------------------------------------------- */

char *tls_certificates(struct tls *tls)
{
    return writable(tls->shown.certificate);
}

char *tls_key(struct tls *tls)
{
    return writable(tls->shown.key);
}

struct text tls_authority(const struct tls *tls)
{
    return tls ? tls->authority : (struct text){ 0 };
}

const char *tls_pin(const struct tls *tls)
{
    return tls ? tls->pin : NULL;
}

bool tls_is_for(const struct tls *tls, struct text host)
{
    char name[256];
    if (!tls || host.n >= sizeof name)
        return false;
    snprintf(name, sizeof name, "%.*s", TEXT_ARG(host));
    return gnutls_x509_crt_check_hostname(tls->certificate, name) != 0;
}
