#include "mcp/client/token.h"

#include "base/arena.h"
#include "base/hex.h"
#include "base/uri.h"
#include "base/limit.h"
#include "mcp/client/document.h"
#include "mcp/client/quote.h"
#include "mcp/client/trip.h"
#include "spec/read.h"

/* An upper bound of a form: each byte of what is put into it can become three. */
enum { FORM_MAX = 3 * LIMIT_TRIP_BYTES };

static void put_pair(struct buf *b, const char *name, struct text value)
{
    if (b->n)
        buf_add_char(b, '&');
    buf_addf(b, "%s=", name);
    uri_put_encoded(b, value);
}

/* ---- token request ------------------------------------------------------------------------------------- */

/* RFC 6749 section 2.3.1: both halves are encoded as in a form before they are joined. */
static struct secret basic_credentials(struct arena *arena, const struct oauth_client *client)
{
    struct buf b = buf_new(arena, FORM_MAX);
    uri_put_encoded(&b, client->id);
    buf_add_char(&b, ':');
    uri_put_encoded(&b, secret_reveal(client->secret));
    const struct text pair = base64_encode(arena, buf_text(&b));
    return secret_of(text_format(arena, "Basic %.*s", TEXT_ARG(pair)));
}

/* The client's id is in the form whatever the method: RFC 6749 section 3.2.1 allows it, and servers look for it. */
static struct text token_form(struct arena *arena, const struct oauth_client *client, const struct code_exchange *in)
{
    struct buf b = buf_new(arena, FORM_MAX);
    put_pair(&b, "grant_type", T("authorization_code"));
    put_pair(&b, "code", in->code);
    put_pair(&b, "redirect_uri", in->redirect_uri);
    put_pair(&b, "code_verifier", in->code_verifier);
    put_pair(&b, "client_id", client->id);
    if (client->auth == CLIENT_POST)
        put_pair(&b, "client_secret", secret_reveal(client->secret));
    if (in->resource.n)
        put_pair(&b, "resource", in->resource);
    return buf_text(&b);
}

static bool send_form(struct trip *trip, const struct oauth_client *client, const struct code_exchange *in,
                      struct answer *ret)
{
    const struct call_header headers[] = {
        { .name = T("Content-Type"), .value = T("application/x-www-form-urlencoded") },
        { .name = T("Accept"), .value = T("application/json") },
        { .name = T("Authorization"), .secret = basic_credentials(trip->arena, client) },
    };
    const struct call call = {
        .method = T("POST"), .url = in->token_endpoint, .body = token_form(trip->arena, client, in),
        .headers = headers, .header_count = client->auth == CLIENT_BASIC ? 3 : 2,
    };
    return call_http(trip, &call, ret);
}

/* ---- answer -------------------------------------------------------------------------------------------- */

struct token_answer {
    struct v_secret access_token, refresh_token;
    struct v_text token_type, scope;
    struct v_json expires_in; /* a number, and with some servers a string of digits */
};

static const struct field token_fields[] = {
    FIELD_SECRET(struct token_answer, access_token, .flags = REQUIRED),
    FIELD_SECRET(struct token_answer, refresh_token, .flags = NULLABLE),
    FIELD_TEXT(struct token_answer, token_type, .flags = REQUIRED),
    FIELD_TEXT(struct token_answer, scope, .flags = NULLABLE),
    FIELD_JSON(struct token_answer, expires_in, .flags = NULLABLE),
};

static const struct spec token_spec = SPEC(struct token_answer, "TokenAnswer", token_fields);

/* What the server was told and may echo, as it is and as it was encoded. */
enum { SENT = 10, SHORTEST_ID = 8 }; /* shorter ids are words, no secrets */

struct sent {
    struct secret v[SENT];
};

static struct secret form_encoded(struct arena *arena, struct text value)
{
    struct buf b = buf_new(arena, FORM_MAX);
    uri_put_encoded(&b, value);
    return secret_of(text_copy(arena, buf_text(&b)));
}

static struct sent sent_by(struct arena *arena, const struct oauth_client *client, const struct code_exchange *in)
{
    const struct text basic = secret_reveal(basic_credentials(arena, client));
    const struct text id = client->id.n >= SHORTEST_ID ? client->id : T("");
    const struct text plain[] = { in->code, in->code_verifier, id, secret_reveal(client->secret) };
    struct sent sent = { { secret_of(basic), secret_of(text_from(basic, text_find(basic, ' ') + 1)) } };
    size_t n = 2;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        sent.v[n++] = secret_of(plain[i]);
        sent.v[n++] = form_encoded(arena, plain[i]);
    }
    return sent;
}

static struct text mask_sent(struct arena *arena, struct text said, const struct sent *sent)
{
    return quote_mask(arena, said, sent->v, SENT);
}

static struct text quoted_line(struct arena *arena, struct text said, const struct sent *sent)
{
    return quote_line(arena, mask_sent(arena, said, sent));
}

static bool take_token(struct trip *trip, const struct token_answer *token, const struct code_exchange *in,
                       const struct sent *sent, struct token_grant *ret, struct text *reterr_why)
{
    if (secret_is_empty(token->access_token.v)) {
        *reterr_why = T("answered with an empty access_token");
        return false;
    }
    if (!text_eq_nocase(token->token_type.v, T("Bearer"))) {
        *reterr_why = text_format(trip->arena, "answered with a token of the type %.*s, not Bearer",
                                  TEXT_ARG(quoted_line(trip->arena, token->token_type.v, sent)));
        return false;
    }
    *ret = (struct token_grant){
        .scope = token->scope.is == VALUE_SET ? token->scope.v : in->scope,
        .expires_in = document_seconds(trip, "expires_in of the token answer", &token->expires_in),
        .has_refresh_token = token->refresh_token.is == VALUE_SET && !secret_is_empty(token->refresh_token.v),
    };
    return true;
}

static bool read_token(struct trip *trip, const struct answer *answer, const struct code_exchange *in,
                       const struct sent *sent, struct token_grant *ret, struct text *reterr_why)
{
    struct token_answer token = { .access_token.is = VALUE_ABSENT };
    const struct read_result read = document_read(trip, &token_spec, T("the token answer"), answer->body, &token);
    if (read.outcome != JSON_OK)
        *reterr_why = text_format(trip->arena, "answered %u, but not with JSON", answer->status);
    else if (!read.ok)
        *reterr_why = text_format(trip->arena, "answered %u with a wrong token answer: %.*s", answer->status,
                                  TEXT_ARG(quoted_line(trip->arena, read.problems, sent)));
    else
        return take_token(trip, &token, in, sent, ret, reterr_why);
    return false;
}

/* Some servers send an error with status 200: the body is looked at first. */
static bool redeem_by_form(struct trip *trip, const struct oauth_client *client, const struct code_exchange *in,
                           struct token_grant *ret, struct token_refusal *reterr)
{
    const struct sent sent = sent_by(trip->arena, client, in);
    struct answer answer;
    if (!send_form(trip, client, in, &answer)) {
        reterr->why = mask_sent(trip->arena, answer.why, &sent);
        return false;
    }
    const struct text error = quote_oauth_error(trip->arena, answer.body, sent.v, SENT);
    if (!error.p && answer.status >= 200 && answer.status < 300)
        return read_token(trip, &answer, in, &sent, ret, &reterr->why);
    const struct text code = quote_oauth_code(trip->arena, answer.body);
    if (code.n)
        reterr->error = code;
    reterr->why = text_format(trip->arena, "answered %u%s%.*s", answer.status, error.n ? ": " : "", TEXT_ARG(error));
    return false;
}

bool code_redeem(struct trip *trip, const struct oauth_client *client, const struct code_exchange *in,
                 struct token_grant *ret, struct token_refusal *reterr)
{
    struct arena *arena = trip->arena;
    const struct text shown = quote_url(arena, in->token_endpoint);
    *reterr = (struct token_refusal){ .error = T("server_error") };
    if (url_is_insecure(in->token_endpoint))
        trip_warn(trip, text_format(arena, "%.*s is neither https nor on a loopback address: clients refuse it",
                                     TEXT_ARG(shown)));
    if (redeem_by_form(trip, client, in, ret, reterr))
        return true;
    reterr->why = text_format(arena, "token endpoint %.*s: %.*s", TEXT_ARG(shown), TEXT_ARG(reterr->why));
    return false;
}
