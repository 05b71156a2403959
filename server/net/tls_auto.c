/* The authority and the certificate of --tls auto. */
#include "net/tls_auto.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/limit.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/uri.h"
#include "net/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Clients refuse a server's certificate that is valid for more than 398 days. It begins a day back, for clocks that
 * are late. */
enum { DAY = 24 * 60 * 60, LEAF_DAYS = 397, AUTHORITY_DAYS = 3650, SERIAL_SIZE = 16, KEY_ID_SIZE = 20 };

struct certified_key {
    gnutls_x509_crt_t certificate;
    gnutls_x509_privkey_t key;
};

static void identity_clear(struct certified_key *one)
{
    gnutls_x509_crt_deinit(one->certificate);
    gnutls_x509_privkey_deinit(one->key);
}

static struct certified_key identity_new(void)
{
    struct certified_key one = { NULL, NULL };
    if (gnutls_x509_crt_init(&one.certificate) < 0 || gnutls_x509_privkey_init(&one.key) < 0)
        die("no memory for a certificate");
    return one;
}

#define IDENTITY __attribute__((cleanup(identity_clear))) struct certified_key

/* What GnuTLS refuses here is a programming error, or no memory. */
static void must(int code)
{
    if (code < 0)
        die("GnuTLS cannot make a certificate");
}

/* ---- what both have in common -------------------------------------------------------------------------- */

static void set_serial(gnutls_x509_crt_t certificate)
{
    uint8_t serial[SERIAL_SIZE];
    random_bytes(serial, sizeof serial);
    serial[0] = (uint8_t)((serial[0] & 0x3f) | 0x40); /* positive, and of one length */
    must(gnutls_x509_crt_set_serial(certificate, serial, sizeof serial));
}

static void set_times(gnutls_x509_crt_t certificate, int days)
{
    const time_t now = (time_t)(clock_real_ms() / 1000);
    must(gnutls_x509_crt_set_activation_time(certificate, now - DAY));
    must(gnutls_x509_crt_set_expiration_time(certificate, now - DAY + (time_t)days * DAY));
}

static void get_key_id(const struct certified_key *one, uint8_t ret[KEY_ID_SIZE])
{
    size_t size = KEY_ID_SIZE;
    must(gnutls_x509_crt_get_key_id(one->certificate, 0, ret, &size));
}

/* A new key, and a certificate for it that lacks what sets the two kinds apart. */
static void begin_certificate(struct certified_key *one, struct text name, int days)
{
    uint8_t id[KEY_ID_SIZE];
    const unsigned bits = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1);
    must(gnutls_x509_privkey_generate(one->key, GNUTLS_PK_ECDSA, bits, 0));
    must(gnutls_x509_crt_set_version(one->certificate, 3));
    must(gnutls_x509_crt_set_key(one->certificate, one->key));
    must(gnutls_x509_crt_set_dn_by_oid(one->certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name.p, (unsigned)name.n));
    set_serial(one->certificate);
    set_times(one->certificate, days);
    get_key_id(one, id);
    must(gnutls_x509_crt_set_subject_key_id(one->certificate, id, sizeof id));
}

static void sign(const struct certified_key *one, const struct certified_key *by)
{
    uint8_t id[KEY_ID_SIZE];
    get_key_id(by, id);
    must(gnutls_x509_crt_set_authority_key_id(one->certificate, id, sizeof id));
    must(gnutls_x509_crt_sign2(one->certificate, by->certificate, by->key, GNUTLS_DIG_SHA256, 0));
}

static struct text take_text(struct arena *arena, gnutls_datum_t data)
{
    const struct text t = text_copy(arena, (struct text){ (const char *)data.data, data.size });
    gnutls_free(data.data);
    return t;
}

static struct identity_pem to_pem(struct arena *arena, const struct certified_key *one)
{
    gnutls_datum_t certificate, key;
    must(gnutls_x509_crt_export2(one->certificate, GNUTLS_X509_FMT_PEM, &certificate));
    must(gnutls_x509_privkey_export2_pkcs8(one->key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &key));
    return (struct identity_pem){ take_text(arena, certificate), take_text(arena, key) };
}

/* ---- the authority ------------------------------------------------------------------------------------- */

/* The name ends in a random number: whoever trusts several of them can tell which is which. */
static struct identity_pem new_authority(struct arena *arena)
{
    IDENTITY one = identity_new();
    char number[8];
    random_digits(number, sizeof number);
    begin_certificate(&one, text_format(arena, "duvo-mock CA %.*s", (int)sizeof number, number), AUTHORITY_DAYS);
    must(gnutls_x509_crt_set_basic_constraints(one.certificate, 1, 0));
    must(gnutls_x509_crt_set_key_usage(one.certificate, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN));
    sign(&one, &one);
    return to_pem(arena, &one);
}

/* False when it cannot be used. */
static bool check_authority(gnutls_x509_crt_t certificate, const char *path, struct why *why)
{
    const time_t now = (time_t)(clock_real_ms() / 1000);
    unsigned critical = 0;
    if (gnutls_x509_crt_get_ca_status(certificate, &critical) <= 0)
        return tls_refuse(why, "%s: is not the certificate of an authority", path);
    if (gnutls_x509_crt_get_expiration_time(certificate) <= now + LEAF_DAYS * DAY)
        return tls_refuse(why, "%s: the authority is about to expire; remove the file, and a new one is made", path);
    return true;
}

static bool read_authority(struct arena *arena, const char *path, struct identity_pem *ret, struct why *why)
{
    struct text pem;
    gnutls_x509_crt_t certificate;
    if (!file_read(arena, path, LIMIT_PEM, &pem))
        return tls_refuse(why, "--tls auto: cannot read %s: %s", path, strerror(errno));
    const struct text key = tls_key_block(pem);
    if (!tls_pair(pem, path, key, path, &certificate, why))
        return false;
    gnutls_datum_t data;
    must(gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &data));
    *ret = (struct identity_pem){ take_text(arena, data), key };
    const bool ok = check_authority(certificate, path, why);
    gnutls_x509_crt_deinit(certificate);
    return ok;
}

bool tls_make_authority(struct arena *arena, const char *path, struct identity_pem *ret, struct why *why)
{
    if (!path) {
        *ret = new_authority(arena);
        return true;
    }
    if (access(path, F_OK) != 0) {
        const struct identity_pem made = new_authority(arena);
        if (!file_make_private(path, text_format(arena, "%s%s", made.key.p, made.certificate.p)))
            return tls_refuse(why, "--tls auto: cannot write %s: %s", path, strerror(errno));
    }
    return read_authority(arena, path, ret, why);
}

/* ---- the names ----------------------------------------------------------------------------------------- */

static bool is_label_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* `*.` before it stands for any one name below. */
static bool is_dns_name(struct text name)
{
    struct text rest = text_from(name, text_starts(name, T("*.")) ? 2 : 0);
    if (!rest.n || name.n > 253)
        return false;
    while (rest.p) {
        const struct text label = text_cut(&rest, '.');
        if (!label.n || label.n > 63)
            return false;
        for (size_t i = 0; i < label.n; i++)
            if (!is_label_character(label.p[i]))
                return false;
    }
    return true;
}

/* False for what is neither a name nor an address. */
static bool add_name(gnutls_x509_crt_t certificate, struct text name)
{
    unsigned char address[16];
    char text[256];
    const bool brackets = text_starts(name, T("[")) && text_ends(name, T("]"));
    const struct text bare = brackets ? (struct text){ name.p + 1, name.n - 2 } : name;
    if (bare.n >= sizeof text)
        return false;
    snprintf(text, sizeof text, "%.*s", TEXT_ARG(bare));
    const unsigned size = inet_pton(AF_INET, text, address) == 1 ? 4 : inet_pton(AF_INET6, text, address) == 1 ? 16 : 0;
    if (!size && !is_dns_name(bare))
        return false;
    must(size ? gnutls_x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_IPADDRESS, address, size,
                                                     GNUTLS_FSAN_APPEND)
              : gnutls_x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_DNSNAME, text, (unsigned)bare.n,
                                                     GNUTLS_FSAN_APPEND));
    return true;
}

static void add_known_names(gnutls_x509_crt_t certificate, const struct config *config)
{
    static const char *const always[] = { "localhost", "duvo-mock", "127.0.0.1", "::1" };
    char machine[256] = "", host[LISTEN_HOST_SIZE];
    struct uri public;
    bool known = false;
    listen_reachable(config->host, host);
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++) {
        add_name(certificate, text_of(always[i]));
        known |= strcmp(host, always[i]) == 0;
    }
    if (!known)
        add_name(certificate, text_of(host)); /* what is no name is refused when it is listened on */
    if (gethostname(machine, sizeof machine - 1) == 0)
        add_name(certificate, text_of(machine));
    if (config->public_url && uri_parse_http(text_of(config->public_url), &public))
        add_name(certificate, public.host);
}

static bool add_list(gnutls_x509_crt_t certificate, const struct config_list *names, const char *flag,
                     struct why *why)
{
    for (size_t i = 0; i < names->n; i++)
        if (!add_name(certificate, text_of(names->v[i])))
            return tls_refuse(why, "%s: '%s' is neither a host name nor an address", flag, names->v[i]);
    return true;
}

static void use_pem(const struct certified_key *ret, const struct identity_pem *pem)
{
    union {
        const char *from;
        unsigned char *to;
    } certificate = { .from = pem->certificate.p }, key = { .from = pem->key.p };
    const gnutls_datum_t certificate_data = { certificate.to, (unsigned)pem->certificate.n },
                         key_data = { key.to, (unsigned)pem->key.n };
    must(gnutls_x509_crt_import(ret->certificate, &certificate_data, GNUTLS_X509_FMT_PEM));
    must(gnutls_x509_privkey_import(ret->key, &key_data, GNUTLS_X509_FMT_PEM));
}

bool tls_make_leaf(struct arena *arena, const struct config *config, const struct identity_pem *authority,
                   struct identity_pem *ret, struct why *why)
{
    IDENTITY one = identity_new();
    IDENTITY by = identity_new();
    use_pem(&by, authority);
    begin_certificate(&one, T("duvo-mock"), LEAF_DAYS);
    must(gnutls_x509_crt_set_basic_constraints(one.certificate, 0, -1));
    must(gnutls_x509_crt_set_key_usage(one.certificate, GNUTLS_KEY_DIGITAL_SIGNATURE));
    must(gnutls_x509_crt_set_key_purpose_oid(one.certificate, GNUTLS_KP_TLS_WWW_SERVER, 0));
    add_known_names(one.certificate, config);
    if (!add_list(one.certificate, &config->tls_names, "--tls-names", why) ||
        !add_list(one.certificate, &config->allowed_hosts, "--allowed-hosts", why))
        return false;
    sign(&one, &by);
    *ret = to_pem(arena, &one);
    return true;
}
