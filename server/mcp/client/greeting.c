#include "mcp/client/greeting.h"

#include "base/arena.h"
#include "base/clock.h"
#include "mcp/client/said.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define HEADER(n, v) { .name = { n, sizeof(n) - 1 }, .value = { v, sizeof(v) - 1 } }
#define BODY(b) { b, sizeof(b) - 1 }
#define CLIENT "{\"name\":\"duvo-mock\",\"version\":\"" DUVO_MOCK_VERSION "\"}"

static const struct call_header modern_headers[] = {
    HEADER("Content-Type", "application/json"),
    HEADER("Accept", "application/json, text/event-stream"),
    HEADER("MCP-Protocol-Version", "2026-07-28"),
    HEADER("Mcp-Method", "server/discover"),
};

static const struct call_header legacy_headers[] = {
    HEADER("Content-Type", "application/json"),
    HEADER("Accept", "application/json, text/event-stream"),
};

static const struct call_header stream_headers[] = {
    HEADER("Accept", "text/event-stream"),
};

/* From the newest revision to the oldest. */
static const struct attempt {
    struct text method, body;
    const struct call_header *headers;
    size_t header_count;
    int64_t patience_us; /* 0: as long as the trip lasts. An event stream may be silent, and is an answer then, too */
} attempts[] = {
    { BODY("POST"),
      BODY("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"params\":{\"_meta\":{"
           "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
           "\"io.modelcontextprotocol/clientCapabilities\":{},"
           "\"io.modelcontextprotocol/clientInfo\":" CLIENT "}}}"),
      modern_headers, COUNT(modern_headers), 0 },
    { BODY("POST"),
      BODY("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
           "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":" CLIENT "}}"),
      legacy_headers, COUNT(legacy_headers), 0 },
    { BODY("GET"), { NULL, 0 }, stream_headers, COUNT(stream_headers), INT64_C(2000000) },
};

/* What a server that answers has to say is of no interest, and a stream might never end. */
static bool ignore_body(void *cls, struct text type, struct text piece)
{
    (void)cls, (void)type, (void)piece;
    return false;
}

/* How the DELETE is answered does not matter: 405 is a legal answer. */
static void close_session(struct trip *trip, struct text url, const struct answer *opened)
{
    const struct text session = answer_header(opened, T("mcp-session-id"));
    const struct call_header headers[] = {
        { .name = T("Mcp-Session-Id"), .secret = secret_of(session) },
        HEADER("MCP-Protocol-Version", "2025-11-25"),
    };
    const struct call call = { .method = T("DELETE"), .url = url, .headers = headers, .header_count = COUNT(headers),
                               .on_body = ignore_body };
    struct answer answer;
    if (session.n && text_is_visible_ascii(session))
        call_http(trip, &call, &answer);
}

/* The first scheme that an answer without a Bearer challenge asks for. */
static struct text first_scheme(const struct answer *answer)
{
    const struct text value = text_trim(answer_header(answer, T("www-authenticate")));
    const size_t blank = text_find(value, ' '), comma = text_find(value, ',');
    return text_clip(value, blank < comma ? blank : comma);
}

static void take_challenge(struct arena *arena, const struct answer *answer, struct greeting *ret)
{
    ret->wants = true;
    if (challenge_find(arena, answer, T("Bearer"), &ret->challenge))
        return;
    const struct text scheme = first_scheme(answer);
    if (scheme.n)
        ret->other_scheme = scheme;
}

enum verdict { VERDICT_DONE, VERDICT_NEXT, VERDICT_FAILED };

static bool send_attempt(struct trip *trip, struct text url, const struct attempt *a, struct answer *ret)
{
    const struct call call = {
        .method = a->method, .url = url, .body = a->body, .body_is_public = true, .headers = a->headers,
        .header_count = a->header_count, .on_body = ignore_body,
    };
    const int64_t deadline_us = trip->deadline_us, patient_until_us = clock_steady_us() + a->patience_us;
    if (a->patience_us && patient_until_us < deadline_us)
        trip->deadline_us = patient_until_us;
    const bool answered = call_http(trip, &call, ret);
    trip->deadline_us = deadline_us;
    return answered;
}

static enum verdict try_attempt(struct trip *trip, struct text url, const struct attempt *a, struct greeting *ret)
{
    struct arena *arena = trip->arena;
    struct answer answer;
    if (!send_attempt(trip, url, a, &answer) && a->patience_us && answer.outcome == CALL_TIMEOUT)
        return VERDICT_NEXT;
    if (answer.outcome != CALL_ANSWERED) {
        ret->why = text_format(arena, "%.*s %.*s: %.*s", TEXT_ARG(a->method), TEXT_ARG(said_url(arena, url)),
                               TEXT_ARG(answer.why));
        return VERDICT_FAILED;
    }
    ret->status = answer.status;
    if (answer.status == 401 || answer.status == 403)
        take_challenge(arena, &answer, ret);
    else if (answer.status >= 200 && answer.status < 300)
        close_session(trip, url, &answer);
    else if (answer.status >= 500)
        ret->why = text_format(arena, "%.*s %.*s answered %u", TEXT_ARG(a->method), TEXT_ARG(said_url(arena, url)),
                               answer.status);
    else
        return VERDICT_NEXT;
    return answer.status >= 500 ? VERDICT_FAILED : VERDICT_DONE;
}

bool greet(struct trip *trip, struct text url, struct greeting *ret)
{
    *ret = (struct greeting){ .wants = false };
    enum verdict verdict = VERDICT_NEXT;
    unsigned first = 0;
    for (size_t i = 0; i < COUNT(attempts) && verdict == VERDICT_NEXT; i++) {
        verdict = try_attempt(trip, url, &attempts[i], ret);
        first = i == 0 ? ret->status : first;
    }
    if (verdict == VERDICT_NEXT)
        ret->status = first;
    return verdict != VERDICT_FAILED;
}
