/* What a remote MCP server answers, call by call: metadata documents, challenges, JSON-RPC and streams of events.
 *
 * An input is a list of answers, each ended by a line `---`: a line with the status, lines of headers, an empty line,
 * the body. Each call gets the next one; when there is none left, the server is out of reach. */
#include "fuzz.h"

#include "mcp/client/discovery.h"
#include "mcp/client/probe.h"
#include "mcp/client/register.h"
#include "net/outbound.h"

void fuzz_metadata(struct text input);
void fuzz_probe(struct text input);

enum { HEADERS_MAX = 16 };

static struct text answers; /* those that are left */

/* The linker puts it in call_http()'s place. */
bool __wrap_call_http(struct trip *trip, const struct call *call, struct answer *ret);

static void take_headers(struct text *rest, struct answer *ret)
{
    ret->headers = ARENA_ARRAY(fuzz_arena, HEADERS_MAX, struct pair);
    while (rest->n) {
        struct text line = text_cut(rest, '\n');
        if (!line.n)
            return;
        const struct text name = text_cut(&line, ':');
        if (ret->header_count < HEADERS_MAX && line.p)
            ret->headers[ret->header_count++] = (struct pair){ fuzz_own(name), fuzz_own(text_trim(line)) };
    }
}

/* In two pieces. */
static void give_body(const struct call *call, struct answer *ret)
{
    const struct text body = ret->body, type = answer_header(ret, T("content-type"));
    ret->body = (struct text){ 0 };
    if (call->on_body(call->cls, type, text_clip(body, body.n / 2)))
        call->on_body(call->cls, type, text_from(body, body.n / 2));
}

bool __wrap_call_http(struct trip *trip, const struct call *call, struct answer *ret)
{
    int64_t status;
    (void)trip;
    *ret = (struct answer){ .outcome = CALL_UNREACHABLE, .why = T("connection refused"), .url = call->url };
    struct text rest = fuzz_part(&answers);
    if (!text_to_uint(text_cut(&rest, '\n'), &status) || status < 100 || status > 599)
        return false;
    *ret = (struct answer){ .outcome = CALL_ANSWERED, .status = (unsigned)status, .url = call->url };
    take_headers(&rest, ret);
    ret->body = fuzz_own(rest);
    if (call->on_body && status / 100 == 2)
        give_body(call, ret);
    return true;
}

/* What people read. */
static void check_line(struct text said)
{
    FUZZ_PROMISE(text_is_utf8(said), "what is said of a server is UTF-8");
    for (size_t i = 0; i < said.n; i++)
        FUZZ_PROMISE((unsigned char)said.p[i] >= ' ' && said.p[i] != 0x7f, "what is said of a server is one line");
}

void fuzz_metadata(struct text input)
{
    static const struct text url = { "https://mcp.example/mcp", 23 }, back = { "https://here.example/back", 25 };
    struct trip trip = trip_new(fuzz_arena, NULL);
    struct discovery found;
    struct oauth_client client;
    struct text why = { NULL, 0 };
    answers = input;
    if (!discovery_run(&trip, url, &found)) {
        FUZZ_PROMISE(found.why.n > 0, "a discovery that fails says why");
        check_line(found.why);
        return;
    }
    FUZZ_PROMISE(found.token_endpoint.n && found.authorization_endpoint.n && found.issuer.n,
                 "a discovery finds the endpoints");
    check_line(discovery_refusal(fuzz_arena, &found));
    if (discovery_has_registration(&found) && !client_register(&trip, &found, &back, 1, &client, &why)) {
        FUZZ_PROMISE(why.n > 0, "a registration that fails says why");
        check_line(why);
    }
}

void fuzz_probe(struct text input)
{
    static const struct mcp_target target = { .url = { "https://mcp.example/mcp", 23 } };
    struct trip trip = trip_new(fuzz_arena, NULL);
    struct findings found = { .success = false };
    answers = input;
    if (!mcp_probe(&trip, &target, &found)) {
        FUZZ_PROMISE(found.error.n > 0, "a probe that fails says why");
        check_line(found.error);
    }
}
