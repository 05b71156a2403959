#include "served.h"

#include "fuzz.h"
#include "http.h"
#include "net/outbound.h"
#include "net/streams.h"
#include "router/write_queue.h"

const struct rig *served_rig(void)
{
    if (rig.server.store)
        return &rig;
    rig_open(&rig, (const char *const[]){ "--outbound=off", NULL });
    rig.server.writes = write_queue_start();
    rig.server.streams = streams_start(rig.server.timers);
    rig.server.outbound = outbound_start(OUTBOUND_OFF);
    FUZZ_PROMISE(rig.server.writes && rig.server.streams && rig.server.outbound, "a server starts");
    return &rig;
}

uint16_t served_port(void)
{
    static struct http *http;
    char why[256] = "";
    if (!http)
        http = http_start(&served_rig()->server, "127.0.0.1", 0, why, sizeof why);
    FUZZ_PROMISE(http, why);
    rig.server.port = http_port(http);
    return http_port(http);
}
