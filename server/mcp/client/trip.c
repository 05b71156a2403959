#include "mcp/client/trip.h"

#include "space/links.h"
#include "request/log.h"
#include "base/limit.h"
#include "mcp/server/binding.h"
#include "request/server.h"
#include "space/directory.h"
#include "space/hosts.h"
#include "store/store.h"
#include "net/tls.h"

#include <string.h>

/* This process, as it reaches itself. */
static struct text own_origin(const struct request *rq)
{
    return server_origin(rq->arena, rq->server);
}

static struct text own_base(const struct request *rq)
{
    return links_in_space(rq, own_origin(rq));
}

/* The path's well-known places of a space stand before its prefix (RFC 8615 section 3). */
static struct text own_url(const struct request *rq, struct text path)
{
    const struct text known = T("/.well-known/");
    if (!text_starts(path, known))
        return text_format(rq->arena, "%.*s%.*s", TEXT_ARG(own_base(rq)), TEXT_ARG(path));
    const size_t end = known.n + text_find(text_from(path, known.n), '/');
    const struct text prefix = text_from(own_base(rq), own_origin(rq).n);
    return text_format(rq->arena, "%.*s%.*s%.*s%.*s", TEXT_ARG(own_origin(rq)), TEXT_ARG(text_clip(path, end)),
                       TEXT_ARG(prefix), TEXT_ARG(text_from(path, end)));
}

/* A URL that the mock has handed out itself is served here, too, whatever the name that it was told under: seen from
 * inside a container, that name may lead nowhere. */
static bool is_own(struct request *rq, struct text url, struct text *ret_url)
{
    struct text origin;
    if (links_origin(rq, &origin) != OK || !text_starts(url, origin))
        return false;
    const struct text rest = text_from(url, origin.n);
    if (rest.n && rest.p[0] != '/' && rest.p[0] != '?')
        return false;
    *ret_url = text_format(rq->arena, "%.*s%s%.*s", TEXT_ARG(own_origin(rq)), rest.n && rest.p[0] == '/' ? "" : "/",
                           TEXT_ARG(rest));
    return true;
}

/* In a short transaction of its own: none is held while another host is called. */
static bool rewrite_bound(void *cls, struct text url, struct text *ret_url, struct text *ret_as)
{
    struct request *rq = cls;
    char why[128];
    struct text path;
    *ret_as = url;
    if (is_own(rq, url, ret_url))
        return true;
    rq->db = store_db(rq->server->store, why, sizeof why);
    if (!rq->db || !tx_begin(rq->db, TX_READ))
        return false;
    db_use_space(rq->db, rq->space);
    const bool bound = mcp_binding_path(rq, url, &path);
    tx_rollback(rq->db);
    if (!bound)
        return false;
    *ret_url = own_url(rq, path);
    return true;
}

/* By a name that its certificate is for, on the port that it listens on. */
static bool is_self(void *cls, struct text host, struct text port)
{
    const struct request *rq = cls;
    int64_t n = 0;
    return text_to_uint(port, &n) && n == rq->server->port && tls_is_for(rq->server->tls, host);
}

/* By the name that it was called by, on the port that it listens on. The public URL is served without a look-up. */
static bool is_own_name(void *cls, struct text host, struct text port)
{
    const struct request *rq = cls;
    struct text rest = request_header(rq, T("host"));
    const struct text asked = text_cut(&rest, ':');
    int64_t n = 0;
    return text_to_uint(port, &n) && n == rq->server->port &&
           text_eq_nocase(asked, host) && host_is_ours(rq, host);
}

/* Built-in MCP servers with their register and token endpoints, metadata, and inboxes: what other people would run.
 * Dots that libcurl or a server might resolve make a path none of these. */
static bool is_open_path(struct text path)
{
    static const char *const below[] = { "/_mock/mcp/", "/.well-known/", "/_mock/inbox/", NULL };
    const struct text space = T("/_mock/s/");
    if (text_contains(path, T("/./")) || text_contains(path, T("..")) || text_contains(path, T("%2e")) ||
        text_contains(path, T("%2E")))
        return false;
    if (text_starts(path, space))
        path = text_from(path, space.n + text_find(text_from(path, space.n), '/'));
    return text_starts_any(path, below) || text_eq(path, T("/v1/mcp")) || text_eq(path, T("/v2/mcp"));
}

struct trip trip_begin(struct request *rq)
{
    struct trip trip = trip_new(rq->arena, rq->server->outbound);
    trip.rewrite = rewrite_bound;
    trip.rewrite_cls = rq;
    trip.pin = tls_pin(rq->server->tls);
    trip.is_self = is_self;
    trip.is_own_name = is_own_name;
    trip.own_port = rq->server->port;
    trip.own = rq->server->own;
    trip.is_open_path = is_open_path;
    trip.token = text_of(rq->server->token);
    links_origin(rq, &trip.base);
    return trip;
}

void trip_end(struct request *rq, const struct trip *trip)
{
    if (trip->warnings.n)
        warn(rq, trip->warnings);
    struct text rest = buf_text(&trip->trail);
    while (rest.n) {
        const struct text line = text_cut(&rest, '\n');
        log_event("outbound", "%.*s %.*s", TEXT_ARG(rq->id), TEXT_ARG(line));
    }
}

void trip_warn(struct trip *trip, struct text warning)
{
    const bool is_first = !trip->warnings.n;
    if (text_contains(trip->warnings, warning))
        return;
    if (trip->warnings.n + warning.n < LIMIT_WARNING)
        trip->warnings = text_format(trip->arena, "%.*s%s%.*s", TEXT_ARG(trip->warnings), is_first ? "" : "; ",
                                     TEXT_ARG(warning));
    const struct text line = text_format(trip->arena, "warning: %.*s\n", TEXT_ARG(warning));
    if (line.n <= trip->trail.max - trip->trail.n)
        buf_add(&trip->trail, line);
}
