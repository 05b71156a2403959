#include "base/address.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The first `bits` of an address are these. */
struct range4 {
    uint32_t address;
    unsigned bits;
    const char *kind;
};

struct range6 {
    uint8_t address[16];
    unsigned bits;
    const char *kind;
};

#define V4(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

static const char metadata[] = "a cloud's metadata service";
static const char link_local[] = "link-local";
static const char multicast[] = "multicast";
static const char unspecified[] = "unspecified";

/* RFC 1122, RFC 3927, RFC 5771; the single addresses are what the clouds document. */
static const struct range4 never4[] = {
    { V4(169, 254, 169, 254), 32, metadata },
    { V4(100, 100, 100, 200), 32, metadata },
    { V4(169, 254, 0, 0), 16, link_local },
    { V4(224, 0, 0, 0), 4, multicast },
    { V4(0, 0, 0, 0), 8, unspecified },
    { V4(255, 255, 255, 255), 32, "broadcast" },
};

static const struct range6 never6[] = {
    { { 0xfd, 0x00, 0x0e, 0xc2, [15] = 0x23, [14] = 0x00 }, 128, metadata },
    { { 0xfd, 0x00, 0x0e, 0xc2, [15] = 0x54, [14] = 0x02 }, 128, metadata },
    { { 0xfd, 0x20, 0x00, 0xce, [15] = 0x54, [14] = 0x02 }, 128, metadata },
    { { 0xfe, 0x80 }, 10, link_local },
    { { 0xff }, 8, multicast },
    { { 0 }, 128, unspecified },
};

/* IPv6 addresses that lead to an IPv4 one: where it begins. RFC 4291 2.5.5, RFC 6052, RFC 3056. */
static const struct {
    struct range6 range;
    size_t at;
} carriers[] = {
    { { { [10] = 0xff, [11] = 0xff }, 96, "mapped" }, 12 },
    { { { 0x00, 0x64, 0xff, 0x9b }, 96, "translated" }, 12 },
    { { { 0 }, 96, "compatible" }, 12 },
    { { { 0x20, 0x02 }, 16, "6to4" }, 2 },
};

enum { MAPPED = 0 };

static bool in_range6(const uint8_t *address, const struct range6 *range)
{
    const size_t whole = range->bits / 8;
    const unsigned rest = range->bits % 8;
    return memcmp(address, range->address, whole) == 0 &&
           (rest == 0 || (address[whole] ^ range->address[whole]) >> (8 - rest) == 0);
}

static const char *never_called4(uint32_t address)
{
    for (size_t i = 0; i < sizeof never4 / sizeof never4[0]; i++)
        if ((address ^ never4[i].address) >> (32 - never4[i].bits) == 0)
            return never4[i].kind;
    return NULL;
}

static uint32_t carried4(const uint8_t *address, size_t at)
{
    return V4(address[at], address[at + 1], address[at + 2], address[at + 3]);
}

/* ::1 would be an IPv4-compatible 0.0.0.1. */
static bool is_loopback6(const uint8_t *address)
{
    return memcmp(address, &in6addr_loopback, sizeof in6addr_loopback) == 0;
}

static const char *never_called6(const uint8_t *address)
{
    if (is_loopback6(address))
        return NULL;
    for (size_t i = 0; i < sizeof never6 / sizeof never6[0]; i++)
        if (in_range6(address, &never6[i]))
            return never6[i].kind;
    for (size_t i = 0; i < sizeof carriers / sizeof carriers[0]; i++)
        if (in_range6(address, &carriers[i].range))
            return never_called4(carried4(address, carriers[i].at));
    return NULL;
}

static uint32_t number4(const struct sockaddr *address)
{
    struct sockaddr_in in;
    memcpy(&in, address, sizeof in);
    return ntohl(in.sin_addr.s_addr);
}

static struct in6_addr number6(const struct sockaddr *address)
{
    struct sockaddr_in6 in;
    memcpy(&in, address, sizeof in);
    return in.sin6_addr;
}

const char *address_never_called(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return never_called4(number4(address));
    if (address->sa_family != AF_INET6)
        return "not an Internet address";
    const struct in6_addr number = number6(address);
    return never_called6(number.s6_addr);
}

bool address_is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return number4(address) >> 24 == IN_LOOPBACKNET;
    if (address->sa_family != AF_INET6)
        return false;
    const struct in6_addr number = number6(address);
    return is_loopback6(number.s6_addr) || (in_range6(number.s6_addr, &carriers[MAPPED].range) &&
                                            carried4(number.s6_addr, carriers[MAPPED].at) >> 24 == IN_LOOPBACKNET);
}

void address_format(const struct sockaddr *address, char ret[ADDRESS_TEXT_SIZE])
{
    const struct in_addr four = { address->sa_family == AF_INET ? htonl(number4(address)) : 0 };
    if (address->sa_family == AF_INET6) {
        const struct in6_addr six = number6(address);
        inet_ntop(AF_INET6, &six, ret, ADDRESS_TEXT_SIZE);
    } else {
        inet_ntop(AF_INET, &four, ret, ADDRESS_TEXT_SIZE);
    }
}

static const struct range4 private4[] = {
    { V4(10, 0, 0, 0), 8, "private" },
    { V4(172, 16, 0, 0), 12, "private" },
    { V4(192, 168, 0, 0), 16, "private" },
    { V4(100, 64, 0, 0), 10, "shared" },
};
static const struct range6 private6 = { { 0xfc }, 7, "private" };

static bool is_private4(uint32_t address)
{
    for (size_t i = 0; i < sizeof private4 / sizeof private4[0]; i++)
        if ((address ^ private4[i].address) >> (32 - private4[i].bits) == 0)
            return true;
    return false;
}

static bool is_private6(const uint8_t *address)
{
    for (size_t i = 0; i < sizeof carriers / sizeof carriers[0]; i++)
        if (in_range6(address, &carriers[i].range) && is_private4(carried4(address, carriers[i].at)))
            return true;
    return in_range6(address, &private6);
}

enum address_reach address_reach(const struct sockaddr *address)
{
    if (address_is_loopback(address))
        return REACH_LOOPBACK;
    const bool v4 = address->sa_family == AF_INET;
    const bool inside = v4 ? is_private4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr))
                           : is_private6(((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
    return inside ? REACH_PRIVATE : REACH_PUBLIC;
}

/* A socket can be bound to such an address alone; nothing is sent. */
bool address_is_here(const struct sockaddr *address)
{
    struct sockaddr_storage any_port = { .ss_family = address->sa_family };
    const bool v4 = address->sa_family == AF_INET;
    const socklen_t size = v4 ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
    memcpy(&any_port, address, size);
    if (v4)
        ((struct sockaddr_in *)(void *)&any_port)->sin_port = 0;
    else
        ((struct sockaddr_in6 *)(void *)&any_port)->sin6_port = 0;
    const int fd = socket(address->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const bool bound = fd >= 0 && bind(fd, (const struct sockaddr *)&any_port, size) == 0;
    if (fd >= 0)
        close(fd);
    return bound || address_is_loopback(address);
}
