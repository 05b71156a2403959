#include "probes.h"

#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct text trail;

struct findings probe_url(struct text url, const struct call_header *headers, size_t n)
{
    struct findings probe;
    struct trip trip = trip_new(scratch, calls_any);
    const struct mcp_target target = { url, headers, n };
    const bool success = mcp_probe(&trip, &target, &probe);
    trail = buf_text(&trip.trail);
    assert_int_equal(success, probe.success);
    assert_int_equal(success, probe.error.p == NULL);
    return probe;
}

struct text probe_trail(void)
{
    return trail;
}

struct peer *probe_peer(const struct peer_rule *rules, struct findings *ret)
{
    struct peer *peer = peer_start(rules, NULL);
    *ret = probe_url(peer_url(peer, "/mcp"), NULL, 0);
    return peer;
}

void expect_fault(const struct peer_rule *rules, const char *part)
{
    struct findings probe;
    struct peer *peer = probe_peer(rules, &probe);
    if (probe.success)
        fail_msg("a success instead of: %s", part);
    text_has(probe.error, part);
    assert_int_equal(probe.tool_count, 0);
    peer_stop(peer);
}
