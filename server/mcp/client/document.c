#include "mcp/client/document.h"

#include "base/arena.h"
#include "mcp/client/said.h"

static bool get(struct trip *trip, struct text url, struct answer *ret)
{
    static const struct call_header headers[] = {
        { .name = { "Accept", 6 }, .value = { "application/json", 16 } },
        { .name = { "MCP-Protocol-Version", 20 }, .value = { "2025-11-25", 10 } }, /* as the official client does */
    };
    const struct call call = {
        .method = T("GET"), .url = url, .headers = headers, .header_count = sizeof headers / sizeof *headers,
    };
    return call_http(trip, &call, ret);
}

static enum fetched read_document(struct trip *trip, struct text url, struct text body, const struct spec *spec,
                                  void *ret, struct text *reterr_why)
{
    struct arena *arena = trip->arena;
    const struct text shown = said_url(arena, url);
    struct problems problems = problems_new(arena, false, T(", "));
    int line = 0, column = 0;
    const enum json_outcome outcome =
        spec_parse_json(spec, 0, T(""), body.p ? body : T(""), &problems, ret, &line, &column);
    if (outcome == JSON_MALFORMED) {
        trail_warn(trip, text_format(arena, "%.*s is not JSON, and was passed over", TEXT_ARG(shown)));
        return FETCH_NOTHING;
    }
    if (outcome != JSON_OK)
        *reterr_why = text_format(arena, "the metadata at %.*s repeats a member or holds a NUL (line %d, column %d)",
                                  TEXT_ARG(shown), line, column);
    else if (problems.count)
        *reterr_why = text_format(arena, "the metadata at %.*s is wrong: %.*s", TEXT_ARG(shown),
                                  TEXT_ARG(said_line(arena, problems_text(&problems))));
    return outcome == JSON_OK && !problems.count ? FETCH_FOUND : FETCH_FAILED;
}

enum fetched document_fetch(struct trip *trip, struct text url, const struct spec *spec, void *ret,
                            struct text *reterr_why)
{
    struct arena *arena = trip->arena;
    struct answer answer;
    if (!get(trip, url, &answer)) {
        *reterr_why = text_format(arena, "GET %.*s: %.*s", TEXT_ARG(said_url(arena, url)), TEXT_ARG(answer.why));
        return FETCH_FAILED;
    }
    if (answer.status >= 200 && answer.status < 300)
        return read_document(trip, url, answer.body, spec, ret, reterr_why);
    if (answer.status == 502 || (answer.status >= 400 && answer.status < 500))
        return FETCH_NOTHING;
    *reterr_why = text_format(arena, "GET %.*s answered %u", TEXT_ARG(said_url(arena, url)), answer.status);
    return FETCH_FAILED;
}
