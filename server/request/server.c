#include "request/server.h"

#include "net/listen.h"

struct text server_origin(struct arena *arena, const struct server *server)
{
    char host[LISTEN_HOST_SIZE];
    listen_reachable(server->config->host, host);
    const bool v6 = strchr(host, ':') != NULL;
    return text_format(arena, "%s://%s%s%s:%u", server_scheme(server), v6 ? "[" : "", host, v6 ? "]" : "",
                       (unsigned)server->port);
}
