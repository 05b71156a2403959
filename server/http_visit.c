#include "http_visit.h"

#include "base/limit.h"
#include "base/memory.h"
#include "net/tls.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <sys/socket.h>

/* Those that wait for a head. At the end of all, other threads close what is left: then nobody looks at this any
 * more. */
static _Thread_local struct visit *heads;
static _Thread_local int chunked;

/* ---- coming and going ------------------------------------------------------------------------------------ */

struct visit *visit_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void shaken(void *connection)
{
    guest_is_shaken(visit_of(connection)->guest);
    MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, (unsigned)LIMIT_IDLE_SECONDS);
}

struct visit *visit_begin(struct visits *visits, struct MHD_Connection *connection)
{
    const int fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    struct visit *visit = memory_kept(sizeof *visit);
    *visit = (struct visit){ .of = visits, .connection = connection, .guest = guest_arrives(visits->guests, fd) };
    visit_waits(visit);
    if (!visits->over_tls)
        return visit;
    void *session = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION)->tls_session;
    visit->handshake = tls_watch(session, fd, shaken, connection);
    MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, (unsigned)LIMIT_HANDSHAKE_SECONDS);
    return visit;
}

enum leave visit_end(struct visit *visit)
{
    visit_has_head(visit);
    if (visit->handshake)
        tls_unwatch(visit->handshake);
    const enum leave why = guest_leaves(visit->of->guests, visit->guest);
    free(visit);
    return why;
}

void visit_waits(struct visit *visit)
{
    if (visit->back || visit->of->stopping)
        return;
    visit->next = heads;
    visit->back = &heads;
    if (visit->next)
        visit->next->back = &visit->next;
    heads = visit;
}

void visit_has_head(struct visit *visit)
{
    if (!visit->back || visit->of->stopping)
        return;
    *visit->back = visit->next;
    if (visit->next)
        visit->next->back = visit->back;
    visit->back = NULL;
}

void visits_chunked(int more)
{
    chunked += more;
}

/* ---- refusals -------------------------------------------------------------------------------------------- */

/* The one of a part of a head, and nobody else's: when several are being sent, or what could be headers behind a body,
 * nobody knows whose is refused. */
static struct visit *only_begun(const struct visits *visits)
{
    struct visit *only = NULL;
    size_t n = 0;
    if (chunked || visits->over_tls)
        return NULL;
    for (struct visit *visit = heads; visit; visit = visit->next) {
        if (n++ == LIMIT_LOOKED_AT)
            return NULL;
        if (visit->answered)
            return NULL; /* it is still told of that one */
        if (!guest_has_begun(visit->guest, visit->told_of))
            continue;
        if (only)
            return NULL;
        only = visit;
    }
    return only;
}

static bool has_head_alone(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE) &&
           !MHD_get_connection_info(connection, MHD_CONNECTION_INFO_HTTP_STATUS);
}

struct visit *visits_refused(struct visits *visits)
{
    if (visits->stopping)
        return NULL;
    for (struct visit *visit = heads; visit; visit = visit->next)
        if (!visit->answered && has_head_alone(visit->connection))
            return visit;
    return only_begun(visits);
}

void visit_answer(struct visit *visit, enum last_words words)
{
    const int fd = MHD_get_connection_info(visit->connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    char reply[LAST_WORDS_SIZE];
    visit->answered = true;
    if (visit->of->over_tls) {
        tls_say(MHD_get_connection_info(visit->connection, MHD_CONNECTION_INFO_GNUTLS_SESSION)->tls_session,
                last_words_text(words, reply));
        shutdown(fd, SHUT_WR);
    } else {
        last_words(fd, words);
    }
}
