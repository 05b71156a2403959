#include "spec/read.h"

struct read_result spec_read(struct arena *arena, const struct spec *spec, struct text root, struct text json,
                             void *ret)
{
    struct problems problems = problems_new(arena, false, T(", "));
    struct read_result r = { .ok = false };
    r.outcome = spec_parse_json(spec, 0, root, json.p ? json : T(""), &problems, ret, &r.line, &r.column);
    r.problems = problems_text(&problems);
    r.ok = r.outcome == JSON_OK && !problems.count;
    return r;
}

struct text read_why(struct arena *arena, const struct read_result *r)
{
    switch (r->outcome) {
    case JSON_OK: return r->problems;
    case JSON_MALFORMED:
        return text_format(arena, "it is not valid JSON (line %d, column %d)", r->line, r->column);
    case JSON_DUPLICATE_KEY: return text_format(arena, "it has a duplicate key (line %d)", r->line);
    case JSON_NUL: return T("it has a string with a NUL character");
    case JSON_TOO_LARGE: return T("it is too large");
    }
    return r->problems;
}
