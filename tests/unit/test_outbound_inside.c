/* Outbound: a redirect to another origin never leads further inside. Outside is this machine itself, by an address
 * that is not a loopback one; a machine without one shows nothing. */
#include "base/address.h"
#include "calls.h"
#include "peer.h"
#include "rig.h"
#include "scratch.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define REDIRECT(status, to) "HTTP/1.1 " status " Moved\r\nLocation: " to "\r\nContent-Length: 0\r\n\r\n"

static const struct peer_rule redirects[] = {
    { .has = " /inside", .reply = REDIRECT("302", "http://127.0.0.1:$other/end") },
    { .has = " /by-name", .reply = REDIRECT("307", "http://localhost:$other/end") },
    { .has = " /along", .reply = REDIRECT("302", "/inside") },
    { .has = " /own", .reply = REDIRECT("302", "/end") }, { .reply = PEER_OK "end" }, { 0 },
};

/* False when every address is loopback, or one that is never called. */
static bool own_address(struct in_addr *ret)
{
    struct ifaddrs *all = NULL;
    bool found = false;
    if (getifaddrs(&all) != 0)
        return false;
    for (const struct ifaddrs *one = all; one && !found; one = one->ifa_next) {
        const struct sockaddr *address = one->ifa_addr;
        if (!address || address->sa_family != AF_INET || !(one->ifa_flags & IFF_UP) || address_is_loopback(address) ||
            address_never_called(address))
            continue;
        *ret = ((const struct sockaddr_in *)(const void *)address)->sin_addr;
        found = true;
    }
    freeifaddrs(all);
    return found;
}

/* A peer out there, whose URLs begin so; `beside` as in peer_start. */
static struct peer *start_outside(const struct peer_rule *rules, const struct peer *beside, struct text *ret_origin)
{
    struct in_addr outside;
    char name[INET_ADDRSTRLEN];
    if (!own_address(&outside))
        return NULL;
    struct peer *peer = peer_start_at(rules, beside, outside);
    inet_ntop(AF_INET, &outside, name, sizeof name);
    *ret_origin = text_format(scratch, "http://%s:%u", name, peer_port(peer));
    return peer;
}

static struct text url_at(struct text origin, const char *path)
{
    return text_format(scratch, "%.*s%s", TEXT_ARG(origin), path);
}

static void test_redirects_from_outside(void **state)
{
    (void)state;
    static const char *const inside[] = { "/inside", "/by-name", "/along" };
    struct text origin;
    struct peer *within = peer_start(redirects, NULL), *peer = start_outside(redirects, within, &origin);
    for (size_t i = 0; peer && i < COUNT(inside); i++)
        expect_fail(calls_any, url_at(origin, inside[i]), CALL_FORBIDDEN,
                    "a loopback address, and the redirect comes from none");
    assert_int_equal(peer_count(within, "GET"), 0);
    peer_stop(within);
    if (!peer)
        skip();
    struct trip trip = trip_new(scratch, calls_any);
    text_is(call_get(&trip, url_at(origin, "/own")).body, "end");
    peer_stop(peer);
}

static void test_redirects_to_outside(void **state)
{
    (void)state;
    struct text origin;
    struct peer *peer = start_outside(redirects, NULL, &origin);
    if (!peer)
        skip();
    const struct text reply = text_format(scratch, REDIRECT("302", "%.*s/end"), TEXT_ARG(origin));
    const struct peer_rule away[] = { { .reply = reply.p }, { 0 } };
    struct peer *within = peer_start(away, NULL);
    struct trip trip = trip_new(scratch, calls_any);
    text_is(call_get(&trip, peer_url(within, "/")).body, "end");
    peer_stop(within);
    peer_stop(peer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_redirects_from_outside, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_redirects_to_outside, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, calls_setup, calls_teardown);
}
