#include "spec/read.h"

#include "base/mend.h"

static struct read_result read_once(struct arena *arena, const struct spec *spec, struct text root, struct text json,
                                    bool duplicates, void *ret)
{
    struct problems problems = problems_new(arena, false, T(", "));
    struct read_result r = { .ok = false };
    problems.duplicates = duplicates;
    r.outcome = spec_parse_json(spec, 0, root, json.p ? json : T(""), &problems, ret, &r.line, &r.column);
    r.problems = problems_text(&problems);
    r.ok = r.outcome == JSON_OK && !problems.count;
    return r;
}

struct read_result spec_read(struct arena *arena, const struct spec *spec, struct text root, struct text json,
                             void *ret)
{
    return read_once(arena, spec, root, json, false, ret);
}

/* Text that is right is not looked at twice. */
struct read_result spec_read_foreign(struct arena *arena, const struct spec *spec, struct text root, struct text json,
                                     void *ret)
{
    struct text what = T("");
    struct read_result r = read_once(arena, spec, root, json, false, ret);
    if (r.outcome == JSON_MALFORMED || r.outcome == JSON_NUL) {
        json = mend_json(arena, json, &what);
        r = what.n ? read_once(arena, spec, root, json, false, ret) : r;
    }
    if (r.outcome == JSON_DUPLICATE_KEY) {
        json = mend_json(arena, json, &what); /* who repeats members may do more */
        r = read_once(arena, spec, root, json, true, ret);
        what = text_format(arena, "%.*s%srepeated members", TEXT_ARG(what), what.n ? ", " : "");
    }
    r.mended = r.outcome == JSON_OK ? what : T("");
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
