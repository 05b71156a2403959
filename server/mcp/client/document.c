#include "mcp/client/document.h"

#include "base/arena.h"
#include "mcp/client/quote.h"
#include "mcp/client/trip.h"
#include "mcp/versions.h"
#include "spec/read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Dates of JavaScript end before it. */
#define SECONDS_MAX INT64_C(9007199254740991)

static bool get_document(struct trip *trip, struct text url, struct answer *ret)
{
    static const struct call_header headers[] = {
        { .name = { "Accept", 6 }, .value = { "application/json", 16 } },
        /* As the official client does. */
        { .name = { "MCP-Protocol-Version", 20 }, .value = { MCP_LEGACY_VERSION, 10 } },
    };
    const struct call call = {
        .method = T("GET"), .url = url, .headers = headers, .header_count = sizeof headers / sizeof *headers,
    };
    return call_http(trip, &call, ret);
}

struct read_result document_read(struct trip *trip, const struct spec *spec, struct text what, struct text body,
                                 void *ret)
{
    const struct read_result read = spec_read_foreign(trip->arena, spec, T(""), body, ret);
    if (read.mended.n)
        trip_warn(trip, text_format(trip->arena, "%.*s has %.*s", TEXT_ARG(what), TEXT_ARG(read.mended)));
    return read;
}

static enum fetched read_document(struct trip *trip, struct text url, struct text body, const struct spec *spec,
                                  void *ret)
{
    struct arena *arena = trip->arena;
    const struct text name = text_format(arena, "the document at %.*s", TEXT_ARG(quote_url(arena, url)));
    const struct read_result read = document_read(trip, spec, name, body, ret);
    if (read.ok)
        return FETCH_FOUND;
    memset(ret, 0, spec->size);
    trip_warn(trip, text_format(arena, "the metadata at %.*s was passed over: %.*s", TEXT_ARG(quote_url(arena, url)),
                                TEXT_ARG(quote_line(arena, read_why(arena, &read)))));
    return FETCH_NOTHING;
}

enum fetched document_fetch(struct trip *trip, struct text url, const struct spec *spec, void *ret,
                            struct text *reterr_why)
{
    struct arena *arena = trip->arena;
    struct answer answer;
    if (!get_document(trip, url, &answer)) {
        *reterr_why = text_format(arena, "GET %.*s: %.*s", TEXT_ARG(quote_url(arena, url)), TEXT_ARG(answer.why));
        return FETCH_FAILED;
    }
    if (answer.status >= 200 && answer.status < 300)
        return read_document(trip, url, answer.body, spec, ret);
    if (answer.status >= 500)
        trip_warn(trip, text_format(arena, "GET %.*s answered %u, and was passed over", TEXT_ARG(quote_url(arena, url)),
                                    answer.status));
    return FETCH_NOTHING;
}

int64_t document_seconds(struct trip *trip, const char *member, const struct v_json *value)
{
    struct text digits = value->v;
    const bool quoted = digits.n > 2 && digits.p[0] == '"';
    if (quoted)
        digits = text_clip(text_from(digits, 1), digits.n - 2);
    const char *p = text_cstr(trip->arena, digits);
    char *end;
    const double seconds = strtod(p, &end);
    if (value->is != VALUE_SET || !digits.n || *end || !(seconds >= 0))
        return -1;
    const double whole = floor(fmin(seconds, (double)SECONDS_MAX));
    if (quoted)
        trip_warn(trip, text_format(trip->arena, "%s is a string rather than a number", member));
    else if (whole < seconds)
        trip_warn(trip, text_format(trip->arena, "%s is no whole number of seconds", member));
    return (int64_t)whole;
}
