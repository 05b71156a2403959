/* Listening: the sockets that --host and --port mean. `localhost` is both loopbacks, without asking anybody: 127.0.0.1,
 * and ::1 where the machine has it; another name is every address that it resolves to. */
#ifndef DUVO_NET_LISTEN_H
#define DUVO_NET_LISTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LISTEN_MAX = 8, LISTEN_HOST_SIZE = 256 };

/* Which loopback addresses nobody else can answer at, on that port. */
enum own { OWN_V4 = 1, OWN_V6 = 2 /* 127.0.0.1 and ::1 */, OWN_ALL_V4 = 4 /* 127.0.0.0/8 */ };

struct listening {
    int fd[LISTEN_MAX];
    size_t n;
    uint16_t port; /* of each of them */
    unsigned own;  /* of enum own */
};

/* Port 0 picks a free one. False with one line in reterr, and nothing open, when that is not possible. */
bool listen_on(const char *host, uint16_t port, struct listening *ret, char *reterr, size_t reterr_size);

/* Where a client on this machine reaches a server of that --host, without brackets: an address that stands for all is
 * the loopback one. `ret` has LISTEN_HOST_SIZE bytes. */
void listen_reachable(const char *host, char *ret);

#endif
