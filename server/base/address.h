/* Address: which of the addresses that a name resolves to may be called.
 *
 * The rules look at the address alone: a name says nothing about where it leads. An IPv4 address inside an IPv6 one is
 * judged as the IPv4 address. */
#ifndef DUVO_BASE_ADDRESS_H
#define DUVO_BASE_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>

enum { ADDRESS_TEXT_SIZE = INET6_ADDRSTRLEN };

/* The kind of an address that a server must never be tricked into calling: link-local, the metadata services of
 * clouds, multicast, broadcast, unspecified, and what is neither IPv4 nor IPv6. NULL for all others. `address` has
 * the size that its family demands. */
const char *address_never_called(const struct sockaddr *address);
/* 127.0.0.0/8, ::1, and the former written as IPv4-mapped IPv6. */
bool address_is_loopback(const struct sockaddr *address);
/* Who can reach an address: the further down, the fewer. Private are RFC 1918, RFC 6598 and RFC 4193. */
enum address_reach { REACH_PUBLIC, REACH_PRIVATE, REACH_LOOPBACK };
enum address_reach address_reach(const struct sockaddr *address);
/* Whether this machine has it, on any of its interfaces. */
bool address_is_here(const struct sockaddr *address);
/* Writes the address in numbers, without a port. */
void address_format(const struct sockaddr *address, char ret[ADDRESS_TEXT_SIZE]);

#endif
