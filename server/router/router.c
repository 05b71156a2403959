#include "router/router.h"

#include "base/clock.h"
#include "base/limit.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/uri.h"
#include "base/workers.h"
#include "control/feed.h"
#include "control/guard.h"
#include "mcp/client/under_way.h"
#include "net/outbound.h"
#include "pages/page.h"
#include "request/log.h"
#include "request/ratelimit.h"
#include "router/auth.h"
#include "router/cors.h"
#include "router/framing.h"
#include "router/front_door.h"
#include "router/hints.h"
#include "router/hosted_metadata.h"
#include "router/input.h"
#include "router/reply_cache.h"
#include "router/routes.h"
#include "router/run.h"
#include "router/transaction.h"
#include "space/directory.h"
#include "space/faults.h"
#include "space/journal.h"

/* ---- beginning and end --------------------------------------------------------------------------------- */

/* RFC 9112 section 3.2.2: a request line may name the whole URI; the authority is no concern of ours. */
static struct text origin_form(struct text uri)
{
    if (!text_starts(uri, T("http://")) && !text_starts(uri, T("https://")))
        return uri;
    const struct text rest = text_from(uri, text_find(uri, ':') + 3);
    const struct text path = text_from(rest, text_find(rest, '/'));
    return path.n ? path : T("/");
}

/* Takes over the caller's hold. Some tests have no directory of spaces, and so none but the default one. */
static void use_space(struct request *rq, struct space *held)
{
    settings_release(rq->settings);
    space_release(rq->home);
    rq->home = held;
    rq->space = held ? space_id(held) : SPACE_DEFAULT;
    rq->settings = held ? space_look(held, &rq->now) : NULL;
    rq->now = held ? rq->now : clock_real_ms();
    rq->config = held ? &rq->settings->config : rq->server->config;
    rq->reply.names_ids = rq->config->error_ids;
    if (held)
        space_touch(held);
}

struct beginning {
    struct text uri;
    struct arena *arena;
    struct request *rq;
};

static void make_request(void *cls)
{
    struct beginning *b = cls;
    b->arena = arena_new();
    b->rq = ARENA_NEW(b->arena, struct request);
    b->rq->uri = text_copy(b->arena, origin_form(b->uri));
}

struct request *request_new(const struct server *server, struct text uri)
{
    struct beginning beginning = { .uri = uri };
    if (!memory_try(make_request, &beginning)) {
        arena_free(beginning.arena);
        return NULL;
    }
    struct request *rq = beginning.rq;
    struct arena *arena = beginning.arena;
    rq->arena = arena;
    rq->server = server;
    rq->target = rq->uri;
    use_space(rq, server->spaces ? spaces_default(server->spaces) : NULL);
    rq->started_us = clock_steady_us();
    rq->body = buf_new(arena, LIMIT_BODY);
    rq->reply.body = buf_new(arena, LIMIT_REPLY);
    rq->reply.content_type = "application/json; charset=utf-8";
    return rq;
}

void request_free(struct request *rq)
{
    feeds_look(rq);
    bell_leave(&rq->listener); /* its client may have gone while it waited */
    for (struct request *call = rq->calls, *next; call; call = next) {
        next = call->next_call;
        request_free(call);
    }
    under_way_end(rq);
    shared_release(rq->cached);
    settings_release(rq->settings);
    space_release(rq->home);
    if (!rq->large)
        arena_free(rq->arena);
    else if (!rq->server->parsers || !workers_submit(rq->server->parsers, input_release, rq->arena))
        input_release(rq->arena);
}

static void set_request_id(struct request *rq)
{
    const struct text given = request_header(rq, T("x-request-id"));
    if (given.n <= LIMIT_REQUEST_ID && given.n && text_is_visible_ascii(given)) {
        rq->id = text_copy(rq->arena, given);
        return;
    }
    const struct uuid id = random_uuid();
    rq->id = text_copy(rq->arena, uuid_text(rq->arena, &id)); /* a header's value ends with a NUL */
    if (given.p)
        warn(rq, T("x-request-id was ignored: expected 1 to 128 visible ASCII characters"));
}

static void put_rate(struct request *rq, struct rate rate)
{
    reply_offer_header(&rq->reply, T("x-ratelimit-limit"), int_text(rq->arena, rate.limit));
    reply_offer_header(&rq->reply, T("x-ratelimit-remaining"), int_text(rq->arena, rate.remaining));
    reply_offer_header(&rq->reply, T("x-ratelimit-reset"), int_text(rq->arena, (rate.reset_ms + 999) / 1000));
}

/* Headers that every reply has, whatever came of the request. */
static void put_reply_headers(struct request *rq)
{
    struct reply *rp = &rq->reply;
    if (rp->content_type && rp->status != 204) /* which has no content */
        reply_offer_header(rp, T("content-type"), text_of(rp->content_type));
    reply_offer_header(rp, T("x-request-id"), rq->id);
    if (request_is_api(rq))
        put_rate(rq, rq->rate);
    if (rp->status == 401)
        reply_offer_header(rp, T("www-authenticate"), T("Bearer"));
    if (rp->status == 405 && rq->allow)
        reply_offer_header(rp, T("allow"), text_of(rq->allow));
    if (rp->status == 429)
        reply_offer_header(rp, T("retry-after"), int_text(rq->arena, (rq->rate.reset_ms - rq->now + 999) / 1000));
    if (rq->warning.n)
        reply_header(rp, "x-mock-warning", text_printable(rq->arena, text_clip(rq->warning, LIMIT_WARNING)));
    if (rq->replayed)
        reply_header(rp, "x-mock-replayed", "true");
    cors_headers(rq);
}

#define NO_MEMORY_BODY(name)                                        \
    "{\"statusCode\":503,\"error\":\"" name "\",\"message\":"        \
    "\"The mock has no memory left for this request; try again, or with a smaller one\"}"

/* What takes no memory: text and headers that are ready. */
static void refuse_for_memory(struct request *rq)
{
    struct reply *rp = &rq->reply;
    rp->status = error_kind(ERR_NO_MEMORY)->status;
    rp->object = NULL;
    rp->raw = rp->names_ids ? T(NO_MEMORY_BODY("service_unavailable")) : T(NO_MEMORY_BODY("Service Unavailable"));
    rp->content_type = "application/json; charset=utf-8";
    rp->header_count = 0;
    reply_header(rp, "content-type", rp->content_type);
    if (rq->id.p)
        reply_header(rp, "x-request-id", rq->id.p);
    log_event("error", "no memory for a request, which is answered with 503");
}

/* What is not there, or not for the caller's eyes, is told with a status that the API declares for the route. */
static enum err in_declared_status(struct request *rq, enum err err)
{
    if (!rq->route || !rq->route->version || !(rq->route->also & E_NO_404) || route_is_page(rq->route) ||
        error_kind(err)->status != 404 || err == ERR_SPACE_NOT_MADE || err == ERR_SPACE_NOT_FOUND)
        return err;
    rq->message = rq->message.p ? rq->message : text_of(error_kind(err)->message);
    return route_declares(rq->route, 403) ? ERR_NOT_VISIBLE : ERR_INVALID;
}

/* Whatever went wrong in a space that was dropped meanwhile: its rows were gone. */
static void refuse_request(struct request *rq, enum err err)
{
    const bool gone = rq->home && space_is_gone(rq->home);
    if (gone)
        rq->message = (struct text){ NULL, 0 };
    err = gone ? ERR_SPACE_NOT_FOUND : in_declared_status(rq, err);
    if (route_is_page(rq->route))
        page_error(rq, err);
    else if (rq->route || err != ERR_ROUTE_NOT_FOUND || !front_door(rq))
        reply_error_with(&rq->reply, err, rq->message, rq->details);
    if (rq->reply.status == 401 && rq->route && (rq->route->also & E_MCP))
        hosted_challenge(rq);
}

/* ---- before the body ----------------------------------------------------------------------------------- */

static bool headers_too_large(const struct request *rq)
{
    size_t bytes = 0;
    for (size_t i = 0; i < rq->header_count; i++)
        bytes += rq->headers[i].name.n + rq->headers[i].value.n;
    return rq->header_count > LIMIT_HEADER_COUNT || bytes > LIMIT_HEADER_BYTES;
}

/* The API answers a wrong method with 404, as its framework does; the control plane says what it takes. */
static enum err refuse_method(struct request *rq, struct text path)
{
    struct buf b = buf_new(rq->arena, LIMIT_WARNING);
    const bool own = guard_covers(path) || text_eq(path, T("/_mock"));
    for (int i = 0; i < METHOD_COUNT && own; i++)
        if (route_is_found(path, (enum method)i))
            buf_addf(&b, "%s%s", b.n ? ", " : "", i == METHOD_GET ? "GET, HEAD" : method_names[i]);
    if (!b.n)
        return hints_not_found(rq);
    rq->allow = text_cstr(rq->arena, buf_text(&b));
    return fail(rq, ERR_METHOD_NOT_ALLOWED, "Method %s is not allowed here: expected %s",
                text_printable(rq->arena, text_clip(rq->method, LIMIT_SLUG)), rq->allow);
}

static enum err find_route(struct request *rq)
{
    const struct text path = { rq->target.p, text_find(rq->target, '?') };
    switch (route_find(rq->method, path, rq->arena, &rq->route, &rq->params)) {
    case ROUTE_FOUND:
        rq->version = rq->route->version;
        rq->reply.sentences = rq->route->also & E_SENTENCE;
        hints_placeholder(rq);
        return OK;
    case ROUTE_UNMOCKED:
        rq->version = rq->route->version;
        return OK;
    case ROUTE_BAD_ESCAPE:
        rq->message = text_format(rq->arena, "'%s' is not a valid url component", text_printable(rq->arena, rq->uri));
        return ERR_BAD_URL;
    case ROUTE_UNKNOWN:
        break;
    }
    return refuse_method(rq, path);
}

/* Takes the space's name out of the URI: `/_mock/s/NAME/…`, or, because the well-known URIs of a resource have its path
 * behind them (RFC 8615 section 3), `/.well-known/x/_mock/s/NAME/…`. Unset when there is none. */
static struct text take_prefix(struct request *rq)
{
    const struct text prefix = T("/_mock/s/");
    struct text known = { NULL, 0 }, rest = rq->uri;
    if (text_starts(rest, T("/.well-known/"))) {
        const size_t end = sizeof "/.well-known/" - 1 + text_find(text_from(rest, sizeof "/.well-known/" - 1), '/');
        known = text_clip(rest, end);
        rest = text_from(rest, end);
    }
    if (!text_starts(rest, prefix))
        return (struct text){ NULL, 0 };
    rest = text_from(rest, prefix.n);
    const size_t slash = text_find(rest, '/'), mark = text_find(rest, '?'), end = slash < mark ? slash : mark;
    const struct text name = text_clip(rest, end), after = text_from(rest, end);
    rq->target = text_format(rq->arena, "%.*s%s%.*s", TEXT_ARG(known), slash < mark ? "" : "/", TEXT_ARG(after));
    return name;
}

/* A key that names a space is as good as a prefix or a header. */
static struct space *space_of_key(struct request *rq)
{
    struct text token;
    if (!rq->server->spaces || !spaces_have_keys(rq->server->spaces) || bearer_token(rq, &token) != OK)
        return NULL;
    bool old;
    struct space *space = spaces_of_key(rq->server->spaces, secret_of(token), &old);
    rq->has_old_key |= old;
    return space;
}

/* What looks at a space again and again, as the console does, must not bring one back that was dropped. */
static bool is_glance(const struct request *rq)
{
    return request_header(rq, T("x-mock-refresh")).p != NULL;
}

/* The space that the request names, if there is one; else it works on none, and *ret_missing is the name. */
static enum err find_space(struct request *rq, struct text *ret_missing)
{
    struct space *space = NULL;
    struct text name = take_prefix(rq), decoded;
    *ret_missing = (struct text){ NULL, 0 };
    if (!name.p)
        name = request_header(rq, T("x-mock-space"));
    if (!name.p) {
        space = space_of_key(rq);
        if (space)
            use_space(rq, space);
        return OK;
    }
    enum err err = ERR_INVALID;
    if (rq->server->spaces && uri_decode(rq->arena, name, false, &decoded))
        err = spaces_look(rq->server->spaces, decoded, &space);
    if (err == ERR_INVALID)
        return fail(rq, ERR_INVALID, "space Invalid name: expected 1 to %d letters, digits, '.', '_' and '-'",
                    LIMIT_SPACE_NAME);
    use_space(rq, space);
    if (err == ERR_SPACE_NOT_FOUND)
        *ret_missing = decoded;
    return OK;
}

/* Against the keys that every space starts with. */
static enum err check_starting_key(struct request *rq)
{
    const int64_t none = rq->space;
    rq->space = SPACE_TEMPLATE;
    const enum err err = run_in_transaction(rq, TX_READ, authenticate);
    rq->space = none;
    return err;
}

/* A caller of the API who has a key, and whoever may drive the mock, makes a space by using it; no page, no scanner and
 * none of the servers that the mock plays do. With --admin-token, only who has it. */
static enum err make_space(struct request *rq, struct text name)
{
    const bool console = text_eq(rq->target, T("/_mock"));
    const bool control = console || (guard_covers(rq->target) && guard_wants_token(rq->method, rq->target));
    const bool keyed = rq->route->auth == AUTH_KEY && !rq->config->admin_token;
    /* A route that knows no 404 of its own is as good as unknown. */
    const enum err none = route_declares(rq->route, 404) ? ERR_SPACE_NOT_MADE : ERR_ROUTE_NOT_FOUND;
    struct space *space = NULL;
    enum err err = keyed ? check_starting_key(rq) : OK;
    if (err != OK)
        return err;
    spaces_expire(rq->server->spaces);
    if (is_glance(rq)) {
        rq->route = NULL; /* the page that asks wants no other page in its place */
        return fail(rq, ERR_ROUTE_NOT_FOUND, "No space has the name %.*s", TEXT_ARG(name));
    }
    if (spaces_was_dropped(rq->server->spaces, name))
        return fail(rq, none, "space %.*s was dropped; make it with POST /_mock/spaces", TEXT_ARG(name));
    if (!(control || keyed) || rq->config->spaces == SPACES_EXPLICIT)
        return fail(rq, none, "No space has the name %.*s; make it with POST /_mock/spaces",
                    TEXT_ARG(name));
    err = spaces_use(rq->server->spaces, name, &space);
    if (err == OK)
        use_space(rq, space);
    return err == ERR_SPACE_NOT_FOUND ? none : err;
}

/* The console does on every tab. */
static bool lists_spaces(struct text target)
{
    return text_starts(target, T("/_mock/spaces")) || text_eq(text_clip(target, text_find(target, '?')), T("/_mock/"));
}

static enum err check_size_and_route(struct request *rq)
{
    struct text missing;
    if (rq->uri.n > LIMIT_URI)
        return ERR_URI_TOO_LONG;
    if (headers_too_large(rq))
        return ERR_HEADERS_TOO_LARGE;
    enum err err = find_space(rq, &missing);
    if (rq->server->spaces && lists_spaces(rq->target))
        spaces_expire(rq->server->spaces); /* before any transaction: it has one of its own */
    if (err == OK)
        err = find_route(rq);
    if (err == OK)
        err = guard_check(rq, cors_allows(rq));
    return err == OK && missing.p ? make_space(rq, missing) : err;
}

/* Large bodies are worth a transaction of their own: whoever may not send one is told before it is read. */
static enum err check_key_early(struct request *rq)
{
    return rq->route->auth == AUTH_NONE ? OK : run_in_transaction(rq, TX_READ, authenticate);
}

/* RFC 9110 section 10.1.1: the client sends its body once it is told to, and so is told at once when it need not. */
static bool asks_before_body(const struct request *rq)
{
    return text_eq_nocase(text_trim(request_header(rq, T("expect"))), T("100-continue"));
}

/* In the order that the API promises, as far as the head alone decides. */
static enum err check_head(struct request *rq, int64_t length)
{
    const bool asks = asks_before_body(rq);
    enum err err = check_size_and_route(rq);
    if (err == OK && !rq->route->fn) /* a fault may want to see its body */
        return length > (int64_t)LIMIT_BODY ? hints_not_found(rq) : OK;
    if (err == OK && (asks || length < 0 || length > LIMIT_PARSED_AT_ONCE))
        err = check_key_early(rq);
    if (err == OK)
        err = input_expect(rq, length);
    return err == OK && asks && length != 0 ? input_check_media(rq) : err;
}

/* A head, and what is to become of its request. */
struct heading {
    struct request *rq;
    int64_t length;
    unsigned form;
    bool clear; /* its framing is right */
    enum head ret;
};

static enum head begin(struct heading *h)
{
    struct request *rq = h->rq;
    const int64_t length = h->length;
    take_origin(rq);
    rq->rate = rate_untouched(rq->config->rate_limit, rq->now);
    set_request_id(rq);
    enum err err = framing_check(rq, h->form);
    const bool clear = err == OK;
    h->clear = clear;
    if (clear && cors_preflight(rq)) {
        rq->way = WAY_REFUSED; /* nothing of it is run */
        return HEAD_REFUSED;
    }
    if (clear)
        err = check_head(rq, length);
    if (err == OK) {
        buf_reserve(&rq->body, length > 0 ? (size_t)length : 0);
        return HEAD_TAKEN;
    }
    refuse_request(rq, err);
    rq->way = WAY_REFUSED;
    return !clear || asks_before_body(rq) || length > (int64_t)rq->body.max ? HEAD_CLOSES : HEAD_REFUSED;
}

static void take_head(void *cls)
{
    struct heading *h = cls;
    h->ret = begin(h);
}

enum head router_begin(struct request *rq, int64_t length, unsigned form)
{
    struct heading h = { rq, length, form, false, HEAD_CLOSES };
    if (memory_try(take_head, &h))
        return h.ret;
    refuse_for_memory(rq);
    rq->way = WAY_REFUSED;
    return h.clear ? HEAD_REFUSED : HEAD_CLOSES;
}

/* More of a body. */
struct piece {
    struct request *rq;
    const char *p;
    size_t n;
};

static void take_piece(void *cls)
{
    const struct piece *piece = cls;
    buf_add_bytes(&piece->rq->body, piece->p, piece->n);
}

bool request_take_body(struct request *rq, const char *p, size_t n)
{
    rq->received += n;
    if (rq->way != WAY_REFUSED && !memory_try(take_piece, &(struct piece){ rq, p, n })) {
        refuse_for_memory(rq);
        rq->way = WAY_REFUSED;
    }
    return rq->received <= rq->body.max + LIMIT_DRAIN;
}

/* ---- after the body ------------------------------------------------------------------------------------------ */

static void keep_in_journal(struct request *rq)
{
    struct journal *journal = rq->home ? space_journal(rq->home) : NULL;
    if (!journal)
        return;
    if (journal_is_on(journal) && request_is_api(rq))
        run_find_caller(rq);
    journal_add(journal, rq);
}

static void complete(void *cls)
{
    struct request *rq = cls;
    renew_key(rq);
    if (rq->outcome != OK)
        refuse_request(rq, rq->outcome);
    faults_spoil(rq);
    if (rq->hint.n)
        warn(rq, rq->hint);
    put_reply_headers(rq);
}

bool router_finish(struct request *rq, struct waiter waiter)
{
    rq->waiter = waiter;
    if (!run_request(rq))
        return false;
    if (rq->outcome == ERR_NO_MEMORY || !memory_try(complete, rq))
        refuse_for_memory(rq);
    keep_in_journal(rq);
    return true;
}
