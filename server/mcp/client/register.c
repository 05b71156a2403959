#include "mcp/client/register.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/limit.h"
#include "mcp/client/document.h"
#include "mcp/client/quote.h"
#include "mcp/client/trip.h"
#include "spec/read.h"

/* ---- methods ------------------------------------------------------------------------------------------- */

static bool takes_auth(const struct discovery *d, enum client_auth auth)
{
    return scope_has(&d->auth_methods, text_of(client_auth_names[auth]));
}

/* Without metadata nothing is known, and being a public client is the least to ask for; metadata without a list means
 * client_secret_basic (RFC 8414 section 2). */
static bool choose_method(const struct discovery *d, enum client_auth *ret)
{
    if (d->auth_methods.is != VALUE_SET) {
        *ret = d->metadata_source == METADATA_DEFAULTS ? CLIENT_NONE : CLIENT_BASIC;
        return true;
    }
    for (enum client_auth auth = CLIENT_NONE; auth <= CLIENT_POST; auth++)
        if (takes_auth(d, auth)) {
            *ret = auth;
            return true;
        }
    return false;
}

struct oauth_client client_given(const struct discovery *d, struct text id, struct secret secret)
{
    struct oauth_client client = { .id = id, .secret = secret, .auth = CLIENT_NONE };
    const bool said = d->auth_methods.is == VALUE_SET;
    if (!secret_is_empty(secret))
        client.auth = !said || takes_auth(d, CLIENT_BASIC) ? CLIENT_BASIC : CLIENT_POST;
    return client;
}

/* ---- request ------------------------------------------------------------------------------------------- */

/* OpenID Connect Registration section 2: a client whose users are redirected to their own machine is native. */
static struct text application_type(const struct text *redirect_uris, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!url_is_loopback(redirect_uris[i]))
            return T("web");
    return T("native");
}

static struct text request_body(struct arena *arena, const struct discovery *d, const struct text *redirect_uris,
                                size_t n, enum client_auth auth)
{
    const struct text grants[] = { T("authorization_code"), T("refresh_token") }, responses[] = { T("code") };
    const struct text scope = scope_join(arena, &d->scopes);
    struct buf b = buf_new(arena, LIMIT_TRIP_BYTES * 2);
    struct json j = jw_new(&b);
    jw_object(&j);
    jw_put_text(&j, T("client_name"), T("Duvo"));
    jw_put_texts(&j, T("redirect_uris"), redirect_uris, n);
    jw_put_texts(&j, T("grant_types"), grants, 2);
    jw_put_texts(&j, T("response_types"), responses, 1);
    jw_put_text(&j, T("token_endpoint_auth_method"), text_of(client_auth_names[auth]));
    jw_put_text(&j, T("application_type"), application_type(redirect_uris, n));
    if (scope.n)
        jw_put_text(&j, T("scope"), scope);
    jw_object_end(&j);
    return buf_text(&b);
}

/* ---- answer -------------------------------------------------------------------------------------------- */

struct registration {
    struct v_text client_id, token_endpoint_auth_method;
    struct v_secret client_secret;
    struct v_json client_secret_expires_at;
};

static const struct field registration_fields[] = {
    FIELD_TEXT(struct registration, client_id, .min = 1, .max = LIMIT_CLIENT_ID, .flags = REQUIRED),
    FIELD_TEXT(struct registration, token_endpoint_auth_method, .flags = NULLABLE),
    FIELD_SECRET(struct registration, client_secret, .max = LIMIT_CLIENT_SECRET, .flags = NULLABLE),
    FIELD_JSON(struct registration, client_secret_expires_at, .flags = NULLABLE),
};

static const struct spec registration_spec = SPEC(struct registration, "ClientRegistration", registration_fields);

/* What was registered; where the answer is silent, what was asked for, as far as a secret came with it. */
static bool registered_method(const struct registration *in, enum client_auth asked, enum client_auth *ret)
{
    const bool has_secret = !secret_is_empty(in->client_secret.v);
    if (in->token_endpoint_auth_method.is != VALUE_SET) {
        *ret = !has_secret ? CLIENT_NONE : asked == CLIENT_NONE ? CLIENT_BASIC : asked;
        return true;
    }
    const int auth = text_index(in->token_endpoint_auth_method.v, client_auth_names);
    if (auth >= 0)
        *ret = has_secret ? (enum client_auth)auth : CLIENT_NONE;
    return auth >= 0;
}

static bool take_registration(struct trip *trip, const struct registration *in, enum client_auth asked,
                              struct oauth_client *ret, struct text *reterr_why)
{
    struct oauth_client client = { .id = in->client_id.v };
    const struct text said = quote_line(trip->arena, in->token_endpoint_auth_method.v);
    const int64_t expires_at = document_seconds(trip, "client_secret_expires_at of the registration",
                                                &in->client_secret_expires_at);
    client.secret_expires_at = expires_at < 0 ? 0 : expires_at;
    if (!registered_method(in, asked, &client.auth)) {
        *reterr_why = text_format(trip->arena, "was registered with the method %.*s, which is not supported",
                                  TEXT_ARG(said));
        return false;
    }
    if (client.auth == CLIENT_NONE && said.n && !text_eq(said, text_of(client_auth_names[CLIENT_NONE])))
        trip_warn(trip, text_format(trip->arena, "the registration says %.*s but has no client_secret: the client is "
                                                 "taken for a public one", TEXT_ARG(said)));
    if (client.auth != CLIENT_NONE)
        client.secret = in->client_secret.v;
    if (client.auth != CLIENT_NONE && expires_at < 0)
        trip_warn(trip, T("the registration lacks client_secret_expires_at, which RFC 7591 requires beside a secret"));
    *ret = client;
    return true;
}

static bool read_registration(struct trip *trip, const struct answer *answer, enum client_auth asked,
                              struct oauth_client *ret, struct text *reterr_why)
{
    struct registration in = { .client_id.is = VALUE_ABSENT };
    const struct read_result read = document_read(trip, &registration_spec, T("the registration"), answer->body, &in);
    if (read.outcome != JSON_OK) {
        *reterr_why = text_format(trip->arena, "answered %u, but not with JSON", answer->status);
        return false;
    }
    if (!read.ok) {
        *reterr_why = text_format(trip->arena, "answered %u with a wrong registration: %.*s", answer->status,
                                  TEXT_ARG(quote_line(trip->arena, read.problems)));
        return false;
    }
    if (answer->status != 201)
        trip_warn(trip, text_format(trip->arena, "the registration answered %u rather than 201", answer->status));
    return take_registration(trip, &in, asked, ret, reterr_why);
}

static struct text registration_refusal(struct arena *arena, const struct answer *answer)
{
    const struct text error = quote_oauth_error(arena, answer->body, NULL, 0);
    return text_format(arena, "answered %u%s%.*s", answer->status, error.n ? ": " : "", TEXT_ARG(error));
}

static bool send_registration(struct trip *trip, struct text endpoint, struct text body, enum client_auth asked,
                              struct oauth_client *ret, struct text *reterr_why)
{
    const struct call_header headers[] = {
        { .name = T("Content-Type"), .value = T("application/json") },
        { .name = T("Accept"), .value = T("application/json") },
    };
    const struct call call = { .method = T("POST"), .url = endpoint, .body = body, .headers = headers,
                               .header_count = 2 };
    struct answer answer;
    if (!call_http(trip, &call, &answer)) {
        *reterr_why = answer.why;
        return false;
    }
    if (answer.status >= 200 && answer.status < 300)
        return read_registration(trip, &answer, asked, ret, reterr_why);
    *reterr_why = registration_refusal(trip->arena, &answer);
    return false;
}

bool client_register(struct trip *trip, const struct discovery *d, const struct text *redirect_uris, size_t n,
                     struct oauth_client *ret, struct text *reterr_why)
{
    struct arena *arena = trip->arena;
    enum client_auth asked;
    struct text why = { 0 };
    if (!d->registration_endpoint.p) {
        *reterr_why = text_format(arena, "%.*s has no registration_endpoint: it does not register clients",
                                  TEXT_ARG(quote_url(arena, d->issuer)));
        return false;
    }
    if (!choose_method(d, &asked)) {
        *reterr_why = text_format(arena, "%.*s takes none of none, client_secret_basic and client_secret_post",
                                  TEXT_ARG(quote_url(arena, d->token_endpoint)));
        return false;
    }
    const struct text body = request_body(arena, d, redirect_uris, n, asked);
    if (send_registration(trip, d->registration_endpoint, body, asked, ret, &why))
        return true;
    *reterr_why = text_format(arena, "registration at %.*s: %.*s", TEXT_ARG(quote_url(arena, d->registration_endpoint)),
                              TEXT_ARG(why));
    return false;
}
