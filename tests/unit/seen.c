#include "seen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

struct seen see(const struct peer_rule *rules, const struct peer *beside, const char *path)
{
    struct peer *peer = peer_start(rules, beside);
    struct seen seen = { .trip = new_trip(), .port = peer_port(peer) };
    seen.ok = discovery_run(&seen.trip, peer_url(peer, path), &seen.d);
    seen.calls = peer_count(peer, "HTTP/1.1");
    seen.steps = steps_of(&seen.trip);
    peer_stop(peer);
    if (seen.ok != (seen.d.why.p == NULL))
        fail_msg("%s, and why is: %.*s", seen.ok ? "found" : "failed", TEXT_ARG(seen.d.why));
    return seen;
}

void expect_found(const struct seen *seen)
{
    if (!seen->ok)
        fail_msg("%s\n%.*s", seen->steps, TEXT_ARG(seen->d.why));
    assert_true(seen->d.wants);
}

void expect_why(const struct seen *seen, const char *why)
{
    assert_false(seen->ok);
    expect_text("why", seen->d.why, why, seen->port);
}
