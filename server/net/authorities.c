#include "net/authorities.h"

#include "base/embed.h"

#include <stdlib.h>
#include <unistd.h>

static const char *const places[] = {
    "/etc/ssl/certs/ca-certificates.crt", /* Debian, Alpine, distroless */
    "/etc/ssl/cert.pem",                  /* BSD, Alpine */
    "/etc/pki/tls/certs/ca-bundle.crt",   /* Red Hat */
};

const char *authorities_file(void)
{
    const char *named = getenv("SSL_CERT_FILE");
    if (named && *named)
        return named;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (access(places[i], R_OK) == 0)
            return places[i];
    return NULL;
}

struct text authorities_built_in(void)
{
    return embedded_file("build/static/authorities.pem");
}
