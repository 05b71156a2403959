/* Health, readiness and version, for scripts and container engines. */
#include "api/handlers.h"
#include "request/server.h"
#include "store/store.h"
#include "net/tls.h"

struct health {
    struct v_text status;
};

static const struct field health_fields[] = {
    FIELD_TEXT(struct health, status, .flags = REQUIRED, .doc = "ok", .example = "\"ok\""),
};
const struct spec health_spec = SPEC(struct health, "Health", health_fields);

static const struct health healthy = { { VALUE_SET, { "ok", 2 } } };

enum err health_get(struct request *rq, struct reply *rp)
{
    (void)rq;
    rp->object = &healthy;
    return OK;
}

enum err ready_get(struct request *rq, struct reply *rp)
{
    char why[300] = "";
    rp->object = &healthy;
    return store_is_usable(rq->server->store, why, sizeof why)
               ? OK : fail(rq, ERR_NOT_READY, "The store cannot be used: %s", why);
}

/* RFC 8555 section 9.1. */
const struct spec authority_pem = { .name = "Authority", .doc = "A certificate in PEM.",
                                    .media = "application/pem-certificate-chain" };

enum err authority_get(struct request *rq, struct reply *rp)
{
    const struct text pem = tls_authority(rq->server->tls);
    if (!pem.p)
        return ERR_NO_AUTHORITY;
    rp->raw = pem;
    rp->content_type = authority_pem.media;
    return OK;
}

struct version {
    struct v_text name, version;
};

static const struct field version_fields[] = {
    FIELD_TEXT(struct version, name, .flags = REQUIRED, .doc = "The program", .example = "\"duvo-mock\""),
    FIELD_TEXT(struct version, version, .flags = REQUIRED, .doc = "Its version", .example = "\"0.1.0\""),
};
const struct spec version_spec = SPEC(struct version, "Version", version_fields);

enum err version_get(struct request *rq, struct reply *rp)
{
    static const struct version version = {
        { VALUE_SET, { "duvo-mock", 9 } },
        { VALUE_SET, { DUVO_MOCK_VERSION, sizeof DUVO_MOCK_VERSION - 1 } },
    };
    (void)rq;
    rp->object = &version;
    return OK;
}
