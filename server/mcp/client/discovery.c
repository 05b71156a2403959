#include "mcp/client/discovery.h"

#include "base/arena.h"
#include "base/uri.h"
#include "base/limit.h"
#include "mcp/client/document.h"
#include "mcp/client/greeting.h"
#include "mcp/client/quote.h"
#include "mcp/client/trip.h"
#include "mcp/server/preset.h"
#include "oauth/client.h"

/* ---- documents ----------------------------------------------------------------------------------------- */

struct resource_document {
    struct v_text resource;
    struct v_texts authorization_servers, scopes_supported;
};

static const struct field resource_fields[] = {
    FIELD_URL(struct resource_document, resource, .max = LIMIT_URL, .flags = REQUIRED),
    FIELD_TEXTS(struct resource_document, authorization_servers, .flags = NULLABLE),
    FIELD_TEXTS(struct resource_document, scopes_supported, .flags = NULLABLE),
};

static const struct spec resource_spec = SPEC(struct resource_document, "ProtectedResource", resource_fields);

struct issuer_document {
    struct v_text issuer, authorization_endpoint, token_endpoint, registration_endpoint;
    struct v_texts scopes_supported, response_types_supported;
    struct v_texts token_endpoint_auth_methods_supported, code_challenge_methods_supported;
    struct v_bool authorization_response_iss_parameter_supported, client_id_metadata_document_supported;
};

#define ISSUER struct issuer_document

static const struct field issuer_fields[] = {
    FIELD_TEXT(ISSUER, issuer, .flags = REQUIRED),
    FIELD_URL(ISSUER, authorization_endpoint, .max = LIMIT_URL, .flags = REQUIRED),
    FIELD_URL(ISSUER, token_endpoint, .max = LIMIT_URL, .flags = REQUIRED),
    FIELD_URL(ISSUER, registration_endpoint, .max = LIMIT_URL, .flags = NULLABLE),
    FIELD_TEXTS(ISSUER, scopes_supported, .flags = NULLABLE),
    FIELD_TEXTS(ISSUER, response_types_supported, .flags = NULLABLE),
    FIELD_TEXTS(ISSUER, token_endpoint_auth_methods_supported, .flags = NULLABLE),
    FIELD_TEXTS(ISSUER, code_challenge_methods_supported, .flags = NULLABLE),
    FIELD_BOOL(ISSUER, authorization_response_iss_parameter_supported, .flags = NULLABLE),
    FIELD_BOOL(ISSUER, client_id_metadata_document_supported, .flags = NULLABLE),
};

static const struct spec issuer_spec = SPEC(struct issuer_document, "AuthorizationServer", issuer_fields);

/* ---- lists --------------------------------------------------------------------------------------------- */

/* The first who names scopes decides. */
static void take_scopes(struct discovery *d, const struct v_texts *scopes, enum scope_source source)
{
    if (d->scope_source != SCOPES_NONE || !scopes->n)
        return;
    d->scopes = *scopes;
    d->scope_source = source;
}

/* ---- the server ---------------------------------------------------------------------------------------- */

#define FAIL(d, arena, ...) ((d)->why = text_format((arena), __VA_ARGS__), false)

static bool ask_server(struct trip *trip, struct text url, struct discovery *d)
{
    struct greeting g;
    const bool answered = greeting_get(trip, url, &g);
    d->status = g.status;
    d->challenge = g.challenge;
    d->challenge.resource_metadata = uri_to_ascii(trip->arena, g.challenge.resource_metadata);
    d->other_scheme = g.other_scheme;
    d->wants = g.wants;
    d->why = g.why;
    const struct v_texts scopes = scope_split(trip->arena, g.challenge.scope);
    take_scopes(d, &scopes, SCOPES_CHALLENGE);
    return answered;
}

/* ---- protected resource -------------------------------------------------------------------------------- */

static struct text first_server(struct trip *trip, const struct resource_document *doc, struct text url)
{
    struct uri parts;
    for (size_t i = 0; i < doc->authorization_servers.n; i++) {
        const struct text one = uri_to_ascii(trip->arena, doc->authorization_servers.v[i]);
        if (one.n <= LIMIT_URL && uri_parse_http(one, &parts) && !parts.userinfo.p)
            return one;
        trip_warn(trip, text_format(trip->arena, "%.*s names an authorization server without an http(s) URL: %.*s",
                                     TEXT_ARG(quote_url(trip->arena, url)), TEXT_ARG(quote_url(trip->arena, one))));
    }
    return (struct text){ 0 };
}

static bool take_resource(struct trip *trip, struct text server, const struct resource_document *doc, struct text url,
                          struct discovery *d)
{
    struct arena *arena = trip->arena;
    d->wants = true;
    d->resource_url = url;
    d->match = resource_match(arena, server, doc->resource.v);
    if (d->match == MATCH_MISMATCH)
        return FAIL(d, arena, "the metadata at %.*s describe the resource %.*s, not %.*s",
                    TEXT_ARG(quote_url(arena, url)), TEXT_ARG(quote_url(arena, doc->resource.v)),
                    TEXT_ARG(quote_url(arena, server)));
    if (d->match == MATCH_PREFIX)
        trip_warn(trip, text_format(arena, "%.*s names the resource %.*s: clients that want exactly %.*s refuse it",
                                     TEXT_ARG(quote_url(arena, url)), TEXT_ARG(quote_url(arena, doc->resource.v)),
                                     TEXT_ARG(quote_url(arena, server))));
    d->resource = doc->resource.v;
    take_scopes(d, &doc->scopes_supported, SCOPES_RESOURCE);
    d->issuer = first_server(trip, doc, url);
    if (!d->issuer.p) {
        trip_warn(trip, text_format(arena, "%.*s names no authorization server: the server's own origin is tried",
                                     TEXT_ARG(quote_url(arena, url))));
        d->issuer = url_origin(url_canonical(arena, server));
    }
    return true;
}

/* A built-in server's metadata are below its own path: those at the root are of the API's hosted server. */
static struct wellknown places_of(struct trip *trip, struct text server)
{
    struct wellknown w = wellknown_resource(trip->arena, server);
    struct uri parts;
    if (w.n > 1 && uri_parse_http(server, &parts) && text_contains(parts.path, T(MCP_PATH)))
        w.n--;
    return w;
}

/* The URL that the challenge names, else the well-known ones. */
static struct wellknown resource_candidates(struct trip *trip, struct text server, const struct discovery *d)
{
    const struct text named = d->challenge.resource_metadata;
    struct uri parts;
    if (!named.p)
        return places_of(trip, server);
    if (uri_parse_http(named, &parts) && !parts.userinfo.p)
        return (struct wellknown){ .urls = { named }, .n = 1 };
    trip_warn(trip, text_format(trip->arena, "resource_metadata of the challenge is no absolute http(s) URL: %.*s",
                                 TEXT_ARG(quote_url(trip->arena, named))));
    return places_of(trip, server);
}

static enum resource_source source_of(const struct wellknown *w, size_t i, const struct discovery *d)
{
    if (d->challenge.resource_metadata.p && text_eq(w->urls[i], d->challenge.resource_metadata))
        return RESOURCE_CHALLENGE;
    return text_ends(w->urls[i], T("/.well-known/oauth-protected-resource")) ? RESOURCE_ROOT : RESOURCE_PATH;
}

static bool find_resource(struct trip *trip, struct text server, struct discovery *d)
{
    struct arena *arena = trip->arena;
    const struct wellknown w = resource_candidates(trip, server, d);
    for (size_t i = 0; i < w.n; i++) {
        struct resource_document doc = { .resource.is = VALUE_ABSENT };
        const enum fetched fetched = document_fetch(trip, w.urls[i], &resource_spec, &doc, &d->why);
        if (fetched == FETCH_FAILED)
            return false;
        if (fetched == FETCH_NOTHING)
            continue;
        d->resource_source = source_of(&w, i, d);
        return take_resource(trip, server, &doc, w.urls[i], d);
    }
    if (!d->wants)
        return FAIL(d, arena, "%.*s answered %u without asking for authorization, and there is no "
                    "protected-resource metadata", TEXT_ARG(quote_url(arena, server)), d->status);
    if (text_eq(w.urls[0], d->challenge.resource_metadata))
        trip_warn(trip, T("there is no metadata where the challenge says: the server's own origin is tried"));
    d->resource = url_canonical(arena, server);
    d->issuer = url_origin(d->resource);
    return true;
}

/* ---- authorization server ------------------------------------------------------------------------------ */

static enum pkce_support pkce_of(const struct issuer_document *doc)
{
    if (doc->code_challenge_methods_supported.is != VALUE_SET)
        return PKCE_UNSAID;
    return scope_has(&doc->code_challenge_methods_supported, T("S256")) ? PKCE_S256 : PKCE_WITHOUT;
}

static void warn_of_issuer(struct trip *trip, const struct issuer_document *doc, struct text url)
{
    const struct text shown = quote_url(trip->arena, url);
    if (doc->response_types_supported.is != VALUE_SET)
        trip_warn(trip, text_format(trip->arena, "%.*s lacks response_types_supported, which RFC 8414 requires",
                                     TEXT_ARG(shown)));
    else if (!scope_has(&doc->response_types_supported, T("code")))
        trip_warn(trip, text_format(trip->arena, "%.*s does not list the response type code", TEXT_ARG(shown)));
}

static bool take_issuer(struct trip *trip, const struct issuer_document *doc, struct text url, struct discovery *d)
{
    struct arena *arena = trip->arena;
    if (!issuer_eq(d->issuer, doc->issuer.v))
        return FAIL(d, arena, "the metadata at %.*s describe the issuer %.*s, not %.*s",
                    TEXT_ARG(quote_url(arena, url)), TEXT_ARG(quote_url(arena, doc->issuer.v)),
                    TEXT_ARG(quote_url(arena, d->issuer)));
    warn_of_issuer(trip, doc, url);
    d->issuer = doc->issuer.v;
    d->metadata_url = url;
    d->authorization_endpoint = doc->authorization_endpoint.v;
    d->token_endpoint = doc->token_endpoint.v;
    d->registration_endpoint = doc->registration_endpoint.v;
    d->auth_methods = doc->token_endpoint_auth_methods_supported;
    d->pkce = pkce_of(doc);
    d->iss_parameter = doc->authorization_response_iss_parameter_supported.v;
    d->client_id_metadata = doc->client_id_metadata_document_supported.v;
    d->known_scopes = doc->scopes_supported;
    return true;
}

static struct text at_origin(struct arena *arena, struct text url, const char *path)
{
    const struct text origin = url_origin(url);
    return text_format(arena, "%.*s%s", TEXT_ARG(origin), path);
}

/* A 403 may mean anything, and who asks for Basic does not mean OAuth. */
static bool may_guess(const struct discovery *d)
{
    return d->resource_source != RESOURCE_NONE || (d->status == 401 && !d->other_scheme.p);
}

static bool take_defaults(struct trip *trip, struct discovery *d)
{
    struct arena *arena = trip->arena;
    if (!may_guess(d) && d->other_scheme.p)
        return FAIL(d, arena, "the server answered %u and asks for %.*s, not for OAuth", d->status,
                    TEXT_ARG(quote_line(arena, d->other_scheme)));
    if (!may_guess(d))
        return FAIL(d, arena, "the server answered %u without a challenge, and publishes no metadata of its "
                    "authorization", d->status);
    trip_warn(trip, text_format(arena, "%.*s publishes no metadata: /authorize, /token and /register are assumed",
                                 TEXT_ARG(quote_url(arena, d->issuer))));
    d->metadata_source = METADATA_DEFAULTS;
    d->authorization_endpoint = at_origin(arena, d->issuer, "/authorize");
    d->token_endpoint = at_origin(arena, d->issuer, "/token");
    d->registration_endpoint = at_origin(arena, d->issuer, "/register");
    d->pkce = PKCE_ASSUMED;
    return true;
}

static bool find_issuer(struct trip *trip, struct discovery *d)
{
    const struct wellknown w = wellknown_issuer(trip->arena, d->issuer);
    for (size_t i = 0; i < w.n; i++) {
        struct issuer_document doc = { .issuer.is = VALUE_ABSENT };
        const enum fetched fetched = document_fetch(trip, w.urls[i], &issuer_spec, &doc, &d->why);
        if (fetched == FETCH_FAILED)
            return false;
        if (fetched == FETCH_NOTHING)
            continue;
        if (!take_issuer(trip, &doc, w.urls[i], d))
            return false;
        d->metadata_source = i == 0 ? METADATA_OAUTH : METADATA_OPENID;
        return true;
    }
    return take_defaults(trip, d);
}

/* ---- all of it ----------------------------------------------------------------------------------------- */

bool discovery_run(struct trip *trip, struct text url, struct discovery *ret)
{
    struct uri parts;
    *ret = (struct discovery){ .wants = false };
    if (!uri_parse_http(url, &parts) || parts.userinfo.p)
        return FAIL(ret, trip->arena, "%.*s is not an http(s) URL",
                    TEXT_ARG(quote_url(trip->arena, url)));
    return ask_server(trip, url, ret) && find_resource(trip, url, ret) && find_issuer(trip, ret);
}

bool discovery_has_registration(const struct discovery *d)
{
    return d->registration_endpoint.p &&
           (d->metadata_source == METADATA_OAUTH || d->metadata_source == METADATA_OPENID);
}

struct text discovery_refusal(struct arena *arena, const struct discovery *d)
{
    static const char *const whys[] = {
        [PKCE_UNSAID] = "has no code_challenge_methods_supported: clients must refuse a server without PKCE",
        [PKCE_WITHOUT] = "does not list S256 in code_challenge_methods_supported: clients must refuse it",
        [PKCE_ASSUMED] = NULL,
    };
    const char *why = whys[d->pkce];
    return why ? text_format(arena, "%.*s %s", TEXT_ARG(quote_url(arena, d->metadata_url)), why) : (struct text){ 0 };
}
