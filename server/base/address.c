#include "base/address.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

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
