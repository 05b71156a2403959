#include "mcp/client/why.h"

#include "base/arena.h"
#include "mcp/client/challenge.h"

static const struct {
    unsigned status;
    const char *hint;
} hints[] = {
    { 400, "the server does not understand the request" },
    { 404, "there is no MCP server at this path" },
    { 405, "no MCP server takes messages at this path" },
    { 406, "the server offers neither JSON nor an event stream" },
    { 407, "a proxy asks for credentials" },
    { 410, "the MCP server is gone" },
    { 413, "the server refuses requests of this size" },
    { 415, "the server does not take JSON" },
    { 429, "the server limits requests; try again later" },
    { 502, "a gateway got no answer from the server behind it" },
    { 503, "the server is not available now; try again later" },
    { 504, "a gateway got no answer from the server behind it" },
};

static const char *hint_of(unsigned status)
{
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
        if (hints[i].status == status)
            return hints[i].hint;
    return status >= 500 ? "the server failed" : "the server refuses the request";
}

/* ` ("…")`, or nothing. */
static struct text in_quotes(struct talk *talk, const char *what, struct text said)
{
    const struct text line = talk_quote(talk, said);
    if (!line.n)
        return T("");
    return text_format(talk->trip->arena, " (%s%s\"%.*s\")", what, *what ? " " : "", TEXT_ARG(line));
}

static bool sends_authorization(const struct mcp_target *target)
{
    for (size_t i = 0; i < target->header_count; i++)
        if (text_eq_nocase(target->headers[i].name, T("authorization")))
            return true;
    return false;
}

/* What the server thinks is wrong with a token. */
static struct text quoted_complaint(struct talk *talk, const struct challenge *c)
{
    return in_quotes(talk, "", c->error_description.n ? c->error_description : c->error);
}

static struct text why_bearer(struct talk *talk, const struct challenge *c)
{
    const struct text complaint = quoted_complaint(talk, c), realm = in_quotes(talk, "realm", c->realm);
    if (sends_authorization(talk->target))
        return text_format(talk->trip->arena,
                           "401: the server refuses the Authorization header sent%.*s",
                           TEXT_ARG(complaint));
    return text_format(talk->trip->arena,
                       "401: the server asks for OAuth, a Bearer token%.*s; authorize it with POST "
                       "/v1/connections/oauth/mcp/start, or send its token in an Authorization header",
                       TEXT_ARG(realm));
}

static struct text why_other_scheme(struct talk *talk, const struct answer *answer)
{
    struct arena *arena = talk->trip->arena;
    const struct text value = answer_header(answer, T("www-authenticate"));
    struct text rest = text_trim(value);
    struct challenge c;
    if (value.n && challenge_parse(arena, value, text_cut(&rest, ' '), &c)) {
        const struct text scheme = talk_quote(talk, c.scheme), realm = in_quotes(talk, "realm", c.realm);
        return text_format(arena, "401: the server asks for %.*s authentication%.*s; send it as a header",
                           TEXT_ARG(scheme), TEXT_ARG(realm));
    }
    return talk->target->header_count
               ? T("401: the server refuses the headers sent, without saying why (no WWW-Authenticate header)")
               : T("401: the server asks for credentials, without saying which (no WWW-Authenticate header); send "
                   "them as headers");
}

static struct text why_401(struct talk *talk, const struct answer *answer, struct findings *findings)
{
    struct challenge c;
    findings->wants_oauth = challenge_find(talk->trip->arena, answer, T("Bearer"), &c);
    return findings->wants_oauth ? why_bearer(talk, &c) : why_other_scheme(talk, answer);
}

static bool is_html(struct text body)
{
    const struct text trimmed = text_trim(body);
    return trimmed.n && trimmed.p[0] == '<';
}

/* What the server says about it: the message of a JSON-RPC error, or its body. */
static struct text quoted_remark(struct talk *talk, const struct talk_result *result)
{
    if (result->found)
        return in_quotes(talk, "", result->message.error.message.v);
    return is_html(result->http.body) ? T(" (an HTML page)") : in_quotes(talk, "", result->http.body);
}

static struct text why_403(struct talk *talk, const struct talk_result *result)
{
    struct challenge c;
    struct arena *arena = talk->trip->arena;
    if (!challenge_find(arena, &result->http, T("Bearer"), &c)) {
        const struct text said = quoted_remark(talk, result);
        return text_format(arena, "403: the server refuses the credentials%.*s", TEXT_ARG(said));
    }
    const struct text complaint = quoted_complaint(talk, &c), scope = in_quotes(talk, "it wants scope", c.scope);
    return text_format(arena, "403: the token does not allow this%.*s%.*s", TEXT_ARG(complaint), TEXT_ARG(scope));
}

static struct text why_status(struct talk *talk, struct text method, const struct talk_result *result)
{
    const unsigned status = result->http.status;
    const struct text said = quoted_remark(talk, result);
    if (status / 100 == 2)
        return text_format(talk->trip->arena, "not an MCP server: %.*s was answered with %.*s", TEXT_ARG(method),
                           TEXT_ARG(result->why));
    return text_format(talk->trip->arena, "%.*s was answered with HTTP %u: %s%.*s", TEXT_ARG(method), status,
                       hint_of(status), TEXT_ARG(said));
}

struct text why_unanswered(struct talk *talk, struct text method, const struct talk_result *result,
                           struct findings *findings)
{
    const struct answer *http = &result->http;
    findings->status = http->status;
    if (http->outcome != CALL_ANSWERED)
        return http->why;
    const struct text why = http->status == 401   ? why_401(talk, http, findings)
                            : http->status == 403 ? why_403(talk, result)
                                                  : why_status(talk, method, result);
    if (!http->left_origin)
        return why;
    return text_format(talk->trip->arena, "%.*s; the call was redirected to another origin, without its credentials: "
                                          "use the final URL", TEXT_ARG(why));
}
