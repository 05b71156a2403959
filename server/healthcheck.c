#include "healthcheck.h"

#include "base/arena.h"
#include "base/file.h"
#include "net/listen.h"
#include "net/tls.h"

#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define ASK "GET /_mock/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

static int unhealthy(const char *what, const char *why)
{
    fprintf(stderr, "duvo-mock: not healthy: %s%s%s\n", what, *why ? ": " : "", why);
    return EXIT_FAILURE;
}

static int connect_to(const char *host, const char *port)
{
    struct addrinfo *found = NULL;
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
    const struct timeval patience = { .tv_sec = 2 };
    if (getaddrinfo(host, port, &hints, &found) != 0)
        return -1;
    const int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool ok = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0 &&
                    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) == 0 &&
                    connect(fd, found->ai_addr, found->ai_addrlen) == 0;
    freeaddrinfo(found);
    if (ok)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static bool read_port(const struct config *config, char *ret, size_t size)
{
    snprintf(ret, size, "%lld", (long long)config->port);
    if (!config->port_file)
        return true;
    struct arena *arena = arena_new();
    struct text line;
    const bool ok = file_read(arena, config->port_file, size - 1, &line) && line.n;
    if (ok)
        snprintf(ret, size, "%.*s", (int)text_find(line, '\n'), line.p);
    arena_free(arena);
    return ok;
}

static bool ask_and_receive(int fd, struct text ask, char *ret, size_t n)
{
    return write(fd, ask.p, ask.n) == (ssize_t)ask.n && recv(fd, ret, n, MSG_WAITALL) == (ssize_t)n;
}

int healthcheck(const struct config *config)
{
    static const char good[] = "HTTP/1.1 200 ";
    char host[LISTEN_HOST_SIZE], port[16], answer[sizeof good] = "";
    listen_reachable(config->host, host);
    if (!read_port(config, port, sizeof port))
        return unhealthy("no port file yet", config->port_file);
    const int fd = connect_to(host, port);
    if (fd < 0)
        return unhealthy("cannot connect", strerror(errno));
    const bool answered = (tls_is_wanted(config) ? tls_exchange : ask_and_receive)(fd, T(ASK), answer, sizeof good - 1);
    close(fd);
    return answered && strcmp(answer, good) == 0 ? EXIT_SUCCESS : unhealthy("unexpected answer", "");
}
