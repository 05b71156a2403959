#include "router.h"

#include "auth.h"
#include "base/clock.h"
#include "base/random.h"
#include "cors.h"
#include "idempotency.h"
#include "limit.h"
#include "log.h"
#include "ratelimit.h"
#include "reply_cache.h"
#include "routes.h"
#include "spec_write.h"

/* Bodies up to this size are read before anything is looked at: one transaction then does it all. */
enum { SMALL_BODY = 64 * 1024 };

/* What most replies fit in without growing. */
enum { USUAL_REPLY = 2048 };

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

struct request *request_new(const struct server *server, struct text uri)
{
    struct arena *arena = arena_new();
    struct request *rq = ARENA_NEW(arena, struct request);
    rq->arena = arena;
    rq->server = server;
    rq->config = server->config;
    rq->uri = text_copy(arena, origin_form(uri));
    rq->space = 1;
    rq->now = clock_real_ms();
    rq->started_us = clock_steady_us();
    rq->body = buf_new(arena, LIMIT_BODY);
    rq->reply.body = buf_new(arena, LIMIT_REPLY);
    rq->reply.content_type = "application/json; charset=utf-8";
    return rq;
}

void request_free(struct request *rq)
{
    reply_cache_release(rq->cached);
    arena_free(rq->arena);
}

static bool is_visible_ascii(struct text t)
{
    for (size_t i = 0; i < t.n; i++)
        if (t.p[i] <= 0x20 || t.p[i] >= 0x7f)
            return false;
    return t.n > 0;
}

static void set_request_id(struct request *rq)
{
    const struct text given = request_header(rq, T("x-request-id"));
    if (given.n <= LIMIT_REQUEST_ID && is_visible_ascii(given)) {
        rq->id = text_copy(rq->arena, given);
        return;
    }
    const struct uuid id = random_uuid();
    rq->id = text_copy(rq->arena, uuid_text(rq->arena, &id)); /* a header's value ends with a NUL */
    if (given.p)
        warn(rq, T("x-request-id was ignored: expected 1 to 128 visible ASCII characters"));
}

/* Header values are visible ASCII; what a client named may be anything. */
static const char *header_safe(struct arena *arena, struct text t)
{
    struct text copy = text_copy(arena, t);
    char *p = (char *)arena_raw(arena, copy.n + 1);
    for (size_t i = 0; i < copy.n; i++)
        p[i] = copy.p[i] >= 0x20 && copy.p[i] < 0x7f ? copy.p[i] : '?';
    p[copy.n] = '\0';
    return p;
}

static void put_rate(struct request *rq, struct rate rate)
{
    struct reply *rp = &rq->reply;
    reply_header(rp, "x-ratelimit-limit", int_text(rq->arena, rate.limit).p);
    reply_header(rp, "x-ratelimit-remaining", int_text(rq->arena, rate.remaining).p);
    reply_header(rp, "x-ratelimit-reset", int_text(rq->arena, (rate.reset_ms + 999) / 1000).p);
}

static bool is_api(const struct request *rq)
{
    return text_starts(rq->uri, T("/v1/")) || text_starts(rq->uri, T("/v2/"));
}

/* Headers that every reply has, whatever came of the request. */
static void put_headers(struct request *rq)
{
    struct reply *rp = &rq->reply;
    if (rp->content_type)
        reply_header(rp, "content-type", rp->content_type);
    reply_header(rp, "x-request-id", rq->id.p);
    if (is_api(rq))
        put_rate(rq, rq->rate);
    if (rp->status == 401)
        reply_header(rp, "www-authenticate", "Bearer");
    if (rp->status == 429)
        reply_header(rp, "retry-after",
                     int_text(rq->arena, (rq->rate.reset_ms - rq->now + 999) / 1000).p);
    if (rq->warning.n)
        reply_header(rp, "x-mock-warning", header_safe(rq->arena, rq->warning));
    if (rq->replayed)
        reply_header(rp, "x-mock-replayed", "true");
    cors_headers(rq);
}

static void refuse(struct request *rq, enum err err)
{
    reply_error(&rq->reply, err, rq->message);
    rq->answered = true;
}

/* ---- before the body ----------------------------------------------------------------------------------- */

static bool headers_too_large(const struct request *rq)
{
    size_t bytes = 0;
    for (size_t i = 0; i < rq->header_count; i++)
        bytes += rq->headers[i].name.n + rq->headers[i].value.n;
    return rq->header_count > LIMIT_HEADER_COUNT || bytes > LIMIT_HEADER_BYTES;
}

static enum err find_route(struct request *rq)
{
    const struct text path = { rq->uri.p, text_find(rq->uri, '?') };
    switch (route_find(rq->method, path, rq->arena, &rq->route, &rq->params)) {
    case ROUTE_FOUND:
        rq->version = rq->route->version;
        return OK;
    case ROUTE_BAD_ESCAPE:
        rq->message = text_format(rq->arena, "'%s' is not a valid url component", header_safe(rq->arena, rq->uri));
        return ERR_BAD_URL;
    case ROUTE_UNKNOWN:
        break;
    }
    rq->message = text_format(rq->arena, "Route %s:%s not found", header_safe(rq->arena, rq->method),
                              header_safe(rq->arena, rq->uri));
    return ERR_ROUTE_NOT_FOUND;
}

static enum err check_size_and_route(struct request *rq)
{
    if (rq->uri.n > LIMIT_URI)
        return ERR_URI_TOO_LONG;
    if (headers_too_large(rq))
        return ERR_HEADERS_TOO_LARGE;
    return find_route(rq);
}

static bool open_store(struct request *rq)
{
    char why[256] = "";
    rq->db = store_db(rq->server->store, why, sizeof why);
    if (!rq->db)
        log_event("error", "%s", why);
    else
        db_use_space(rq->db, rq->space);
    return rq->db != NULL;
}

static enum err check_key(struct request *rq)
{
    if (rq->route->auth == AUTH_NONE)
        return OK;
    const enum err err = authenticate(rq);
    if (err != OK)
        return err;
    rq->rate = rate_count(rq->config->rate_limit, rq->space, &rq->who.key, rq->now);
    return rq->rate.refused ? ERR_RATE_LIMITED : OK;
}

/* Large bodies are worth a transaction of their own: whoever may not send one is told before it is read. */
static enum err check_key_early(struct request *rq)
{
    if (!open_store(rq) || !tx_begin(rq->db, TX_READ))
        return ERR_INTERNAL;
    const enum err err = rq->route->auth == AUTH_NONE ? OK : authenticate(rq);
    tx_rollback(rq->db);
    return err;
}

bool router_begin(struct request *rq, int64_t length)
{
    rq->rate = rate_untouched(rq->config->rate_limit, rq->now);
    set_request_id(rq);
    if (cors_preflight(rq)) {
        rq->answered = true;
        return true;
    }
    enum err err = check_size_and_route(rq);
    if (err == OK && (length < 0 || length > SMALL_BODY))
        err = check_key_early(rq);
    if (err == OK && length > LIMIT_BODY)
        err = ERR_BODY_TOO_LARGE;
    if (err != OK)
        refuse(rq, err);
    else if (length > 0)
        buf_reserve(&rq->body, (size_t)length);
    return rq->answered;
}

bool request_take_body(struct request *rq, const char *p, size_t n)
{
    rq->received += n;
    if (!rq->answered)
        buf_add_bytes(&rq->body, p, n);
    return rq->received <= LIMIT_BODY + LIMIT_DRAIN;
}

/* ---- what came in -------------------------------------------------------------------------------------- */

static void parse_params(struct request *rq, struct problems *problems)
{
    const struct route *route = rq->route;
    if (!route->path_in)
        return;
    rq->path = arena_alloc(rq->arena, route->path_in->size);
    struct text rest = text_of(route->path + 1);
    for (size_t n = 0; rest.p;) {
        bool param;
        const struct text name = route_piece(&rest, &param);
        if (param)
            spec_parse_param(route->path_in, name, rq->params[n++], problems, rq->path);
    }
}

/* The media type without its parameters. */
static struct text media_type(const struct request *rq)
{
    struct text type = request_header(rq, T("content-type"));
    return text_trim(text_cut(&type, ';'));
}

static enum err say_where(struct request *rq, enum json_outcome outcome, int line, int column)
{
    if (outcome == JSON_MALFORMED) { /* the documented text has no room for the place */
        warn(rq, text_format(rq->arena, "body is malformed at line %d, column %d", line, column));
        return ERR_INVALID_JSON;
    }
    return fail(rq, ERR_INVALID, "Body is not valid JSON: %s (line %d, column %d)",
                outcome == JSON_NUL ? "\\u0000 is not allowed" : "an object has the same key twice", line, column);
}

static enum err parse_json(struct request *rq, struct text json, struct problems *problems)
{
    const struct spec *spec = rq->route->body;
    int line = 0, column = 0;
    const enum json_outcome outcome =
        spec_parse_json(spec, rq->route->version, T("body"), json, problems, rq->input, &line, &column);
    return outcome == JSON_OK ? OK : say_where(rq, outcome, line, column);
}

static enum err parse_body(struct request *rq, struct problems *problems)
{
    const struct spec *spec = rq->route->body;
    const struct text type = media_type(rq), body = buf_text(&rq->body);
    const bool json = text_eq_nocase(type, T("application/json"));
    if (rq->body.full)
        return ERR_BODY_TOO_LARGE;
    if (!spec) /* bodies that nobody asked for are ignored */
        return json && !body.n && rq->config->strict && rq->route->method == METHOD_DELETE ? ERR_EMPTY_JSON : OK;
    rq->input = arena_alloc(rq->arena, spec->size);
    if (!body.n && (!json || (spec->optional && !rq->config->strict)))
        return parse_json(rq, (struct text){ NULL, 0 }, problems);
    if (!body.n)
        return ERR_EMPTY_JSON;
    if (json)
        return parse_json(rq, body, problems);
    if (!text_eq_nocase(type, T("text/plain")))
        return ERR_MEDIA_TYPE;
    problem_add(problems, T("body/"), "Invalid input: expected object, received string");
    return OK;
}

static void parse_query(struct request *rq, struct problems *problems)
{
    static const struct spec nothing = { .name = "Nothing" };
    const struct spec *spec = rq->route->query ? rq->route->query : &nothing;
    struct text rest = rq->uri;
    text_cut(&rest, '?');
    rq->query = arena_alloc(rq->arena, spec->size);
    spec_parse_query(spec, rq->route->version, rest, problems, rq->query);
}

static void warn_of_unknown(struct request *rq, const struct problems *problems)
{
    if (problems->unknown_count)
        warn(rq, text_format(rq->arena, "ignored, not documented: %.*s%s", TEXT_ARG(buf_text(&problems->unknown)),
                             problems->unknown_cut ? ", and more" : ""));
}

/* Everything is parsed before the transaction begins, so that no lock is held meanwhile; what was wrong is told only
 * after the key and the role were found right. */
static enum err parse_request(struct request *rq)
{
    struct problems problems = problems_new(rq->arena, rq->config->strict, T(", "));
    problems.aliases = rq->config->lenient_auth_method;
    parse_params(rq, &problems);
    rq->bad_params = problems.count > 0;
    const enum err err = parse_body(rq, &problems);
    if (err != OK)
        return err;
    parse_query(rq, &problems);
    warn_of_unknown(rq, &problems);
    if (!problems.count)
        return OK;
    rq->message = problems_text(&problems);
    return ERR_INVALID;
}

/* ---- the transaction ----------------------------------------------------------------------------------- */

/* A team in the path must be the key's. A malformed id is left to validation. */
static enum err check_team(const struct request *rq)
{
    struct text rest = text_of(rq->route->path + 1);
    for (size_t n = 0; rest.p && !rq->bad_params;) {
        bool param;
        struct uuid team;
        const struct text name = route_piece(&rest, &param);
        if (param && text_eq(name, T("teamId")) &&
            (!uuid_parse(rq->params[n], &team) || !uuid_eq(&team, &rq->who.team_id)))
            return ERR_OTHER_TEAM;
        n += param;
    }
    return OK;
}

static enum err check_role(struct request *rq)
{
    if (rq->route->auth == AUTH_NONE || rq->who.role >= rq->route->role)
        return OK;
    return fail(rq, ERR_ROLE_TOO_LOW, "This requires the %s role or above; yours is %s", role_names[rq->route->role],
                role_names[rq->who.role]);
}

static void render(struct request *rq)
{
    struct reply *rp = &rq->reply;
    if (!rp->status)
        rp->status = rq->route->success;
    if (!rp->object)
        return;
    buf_reserve(&rp->body, USUAL_REPLY);
    struct json j = json_new(&rp->body);
    spec_write(&j, rq->route->out, rq->route->version, rp->object);
}

static enum err run_handler(struct request *rq)
{
    enum err err = idempotency_find(rq);
    if (err != OK || rq->replayed)
        return err;
    err = rq->route->fn(rq, &rq->reply);
    if (err != OK)
        return err;
    render(rq);
    if (rq->reply.body.full)
        return ERR_INTERNAL;
    idempotency_keep(rq);
    return OK;
}

static enum err checks_then_handler(struct request *rq, enum err parsed, struct text parse_message)
{
    enum err err = check_key(rq);
    if (err == OK)
        err = check_team(rq);
    if (err == OK)
        err = check_role(rq);
    if (err != OK)
        return err;
    rq->message = parse_message;
    return parsed != OK ? parsed : run_handler(rq);
}

/* One attempt inside a transaction. */
static enum err attempt(struct request *rq, enum tx tx, enum err parsed, struct text parse_message)
{
    if (!tx_begin(rq->db, tx))
        return ERR_INTERNAL;
    rq->identities = store_identities_of(rq->db);
    const enum err err = checks_then_handler(rq, parsed, parse_message);
    if (db_error(rq->db)) {
        log_event("error", "%s %s: %s", method_names[rq->route->method], rq->route->path, db_error(rq->db));
        tx_rollback(rq->db);
        return ERR_INTERNAL;
    }
    if (err == OK && tx_commit(rq->db))
        return OK;
    tx_rollback(rq->db);
    return err == OK ? ERR_INTERNAL : err;
}

/* A read may find keys or roles changed between what it recalled of them and what it read; it is then done again. */
static enum err attempt_until_consistent(struct request *rq, enum tx tx, enum err parsed, struct text parse_message)
{
    rq->may_recall = true;
    const enum err err = attempt(rq, tx, parsed, parse_message);
    if (tx == TX_WRITE || store_identities_of(rq->db) == rq->identities)
        return err;
    rq->may_recall = false;
    rq->message = (struct text){ NULL, 0 };
    rq->reply.object = NULL;
    rq->reply.status = 0;
    rq->reply.body.n = 0;
    return attempt(rq, tx, parsed, parse_message);
}

static enum err run_transaction(struct request *rq)
{
    const struct route *route = rq->route;
    const enum err parsed = parse_request(rq);
    const struct text parse_message = rq->message;
    rq->message = (struct text){ NULL, 0 };
    if (route->auth == AUTH_NONE && route->tx == TX_NONE)
        return checks_then_handler(rq, parsed, parse_message);
    /* A request that is refused anyway needs no write lock. */
    const enum tx tx = parsed == OK && route->tx == TX_WRITE ? TX_WRITE : TX_READ;
    return open_store(rq) ? attempt_until_consistent(rq, tx, parsed, parse_message) : ERR_INTERNAL;
}

/* A read that was answered before, since the last write, is answered again without asking the store. */
static enum err read_through_cache(struct request *rq)
{
    struct text token;
    const uint64_t generation = store_generation(rq->server->store);
    const bool still = generation % 2 == 0;
    rq->generation = still ? generation : 0;
    if (!open_store(rq))
        return ERR_INTERNAL;
    if (still && take_key(rq, &token) == OK && reply_cache_find(rq, generation)) {
        rq->rate = rate_count(rq->config->rate_limit, rq->space, &rq->who.key, rq->now);
        return rq->rate.refused ? ERR_RATE_LIMITED : OK;
    }
    const enum err err = run_transaction(rq);
    if (err == OK && still && store_generation(rq->server->store) == generation)
        reply_cache_keep(rq, generation);
    return err;
}

static enum err run_route(struct request *rq)
{
    const struct route *route = rq->route;
    /* A warning of this request alone is not to be told to the next one. */
    const bool cacheable = route->method == METHOD_GET && route->tx == TX_READ && route->auth == AUTH_KEY &&
                           !rq->warning.n;
    return cacheable ? read_through_cache(rq) : run_transaction(rq);
}

void router_finish(struct request *rq)
{
    if (!rq->answered) {
        const enum err err = run_route(rq);
        if (err != OK)
            refuse(rq, err);
    }
    put_headers(rq);
}
