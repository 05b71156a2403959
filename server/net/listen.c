#include "net/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* How often a port is picked anew when it is free in one family and taken in the other. */
enum { PICKS = 16 };

struct address {
    struct sockaddr_storage of;
    socklen_t size;
    bool may_lack; /* a family that the machine may be without */
};

/* ---- names ----------------------------------------------------------------------------------------------- */

static void without_brackets(const char *host, char *ret)
{
    const size_t n = strlen(host);
    const bool bracketed = n > 2 && host[0] == '[' && host[n - 1] == ']';
    snprintf(ret, LISTEN_HOST_SIZE, "%.*s", (int)(bracketed ? n - 2 : n), host + bracketed);
}

void listen_reachable(const char *host, char *ret)
{
    static const char *const here[] = { "0.0.0.0", "::", "localhost" };
    without_brackets(host, ret);
    for (size_t i = 0; i < sizeof here / sizeof here[0]; i++)
        if (strcmp(ret, here[i]) == 0)
            snprintf(ret, LISTEN_HOST_SIZE, "127.0.0.1");
}

static size_t loopbacks(struct address *ret)
{
    const struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    const struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
    ret[0] = (struct address){ .size = sizeof v4 };
    memcpy(&ret[0].of, &v4, sizeof v4);
    ret[1] = (struct address){ .size = sizeof v6, .may_lack = true };
    memcpy(&ret[1].of, &v6, sizeof v6);
    return 2;
}

/* 0, with the reason, when there are none. */
static size_t addresses_of(const char *host, struct address *ret, char *reterr, size_t reterr_size)
{
    struct addrinfo *found = NULL;
    const struct addrinfo hints = { .ai_flags = AI_PASSIVE, .ai_socktype = SOCK_STREAM };
    size_t n = 0;
    if (strcmp(host, "localhost") == 0)
        return loopbacks(ret);
    const int code = getaddrinfo(host, NULL, &hints, &found);
    if (code != 0) {
        snprintf(reterr, reterr_size, "cannot listen on %s: %s", host, gai_strerror(code));
        return 0;
    }
    for (const struct addrinfo *one = found; one && n < LISTEN_MAX; one = one->ai_next, n++) {
        ret[n] = (struct address){ .size = one->ai_addrlen, .may_lack = n > 0 && one->ai_family == AF_INET6 };
        memcpy(&ret[n].of, one->ai_addr, one->ai_addrlen);
    }
    freeaddrinfo(found);
    return n;
}

/* ---- sockets --------------------------------------------------------------------------------------------- */

static void set_port(struct address *address, uint16_t port)
{
    if (address->of.ss_family == AF_INET6)
        ((struct sockaddr_in6 *)&address->of)->sin6_port = htons(port);
    else
        ((struct sockaddr_in *)&address->of)->sin_port = htons(port);
}

static uint16_t port_of(int fd)
{
    struct sockaddr_storage address = { 0 };
    socklen_t size = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &size) != 0)
        return 0;
    return ntohs(address.ss_family == AF_INET6 ? ((const struct sockaddr_in6 *)&address)->sin6_port
                                               : ((const struct sockaddr_in *)&address)->sin_port);
}

/* -1 with errno set. One of several IPv6 addresses leaves IPv4 to the others; `::` alone takes it, too. A connection is
 * accepted when its first bytes are there, or a second later, so that they can be looked at before the HTTP library
 * takes them (guests.h). */
static int open_socket(const struct address *address, bool alone)
{
    const int on = 1, fd = socket(address->of.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const bool v6 = address->of.ss_family == AF_INET6;
    const int v6_only = !alone, wait_seconds = 1;
    if (fd < 0)
        return -1;
    setsockopt(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT,
               &wait_seconds, sizeof wait_seconds);
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
        (!v6 || setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &v6_only, sizeof v6_only) == 0) &&
        bind(fd, (const struct sockaddr *)&address->of, address->size) == 0 && listen(fd, 511) == 0)
        return fd;
    const int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static void close_all(struct listening *l)
{
    const int why = errno;
    while (l->n)
        close(l->fd[--l->n]);
    errno = why;
}

/* What listening there makes one's own; `alone`, as open_socket knows it. */
static unsigned own_by(const struct address *address, bool alone)
{
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)&address->of;
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&address->of;
    if (address->of.ss_family == AF_INET6 && IN6_IS_ADDR_UNSPECIFIED(&v6->sin6_addr))
        return OWN_V6 | (alone ? OWN_V4 | OWN_ALL_V4 : 0);
    if (address->of.ss_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr) ? OWN_V6 : 0;
    if (v4->sin_addr.s_addr == htonl(INADDR_ANY))
        return OWN_V4 | OWN_ALL_V4;
    return v4->sin_addr.s_addr == htonl(INADDR_LOOPBACK) ? OWN_V4 : 0;
}

static bool is_lacking(int error)
{
    return error == EAFNOSUPPORT || error == EADDRNOTAVAIL;
}

/* False, nothing open, errno set and *ret_at at the address that it was about. */
static bool open_all(struct address *addresses, size_t n, uint16_t port, struct listening *ret, size_t *ret_at)
{
    *ret = (struct listening){ .port = port };
    for (size_t i = 0; i < n; i++) {
        set_port(&addresses[i], ret->port);
        const int fd = open_socket(&addresses[i], n == 1);
        const bool lacking = fd < 0 && addresses[i].may_lack && is_lacking(errno);
        if (fd >= 0 || lacking) /* where the machine has no such address, nobody can listen */
            ret->own |= own_by(&addresses[i], n == 1);
        if (lacking)
            continue;
        if (fd < 0) {
            *ret_at = i;
            close_all(ret);
            return false;
        }
        ret->fd[ret->n++] = fd;
        ret->port = port_of(fd);
    }
    return true;
}

bool listen_on(const char *host, uint16_t port, struct listening *ret, char *reterr, size_t reterr_size)
{
    char bare[LISTEN_HOST_SIZE], shown[INET6_ADDRSTRLEN] = "";
    struct address addresses[LISTEN_MAX];
    size_t at = 0;
    without_brackets(host, bare);
    const size_t n = addresses_of(bare, addresses, reterr, reterr_size);
    if (!n)
        return false;
    for (int pick = 0; pick < (port ? 1 : PICKS); pick++) {
        if (open_all(addresses, n, port, ret, &at))
            return true;
        if (errno != EADDRINUSE)
            break;
    }
    const int why = errno;
    getnameinfo((const struct sockaddr *)&addresses[at].of, addresses[at].size, shown, sizeof shown, NULL, 0,
                NI_NUMERICHOST);
    snprintf(reterr, reterr_size, "cannot listen on %s port %u: %s", shown, (unsigned)port, strerror(why));
    return false;
}
