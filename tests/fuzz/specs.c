/* Field tables: bodies and queries of every route, and fixture documents. The first line picks the table, by its name
 * if it has one of them. */
#include "fuzz.h"

#include "base/not_json.h"
#include "fixtures/read.h"
#include "fixtures/sections.h"
#include "request/route.h"
#include "router/stored_specs.h"
#include "space/space.h"
#include "spec/lookup.h"
#include "spec/read.h"
#include "spec/write.h"
#include "served.h"

void fuzz_fixtures(struct text input);
void fuzz_json(struct text input);
void fuzz_query(struct text input);

enum { SPECS_MAX = 1024 };

struct specs {
    size_t n;
    const struct spec *v[SPECS_MAX];
};

static void add_spec(struct specs *specs, const struct spec *spec)
{
    if (spec && spec->fields && spec->count && specs->n < SPECS_MAX)
        specs->v[specs->n++] = spec;
}

static const struct specs *bodies(void)
{
    static struct specs specs;
    if (specs.n)
        return &specs;
    for (size_t i = 0; i < route_count; i++)
        add_spec(&specs, routes[i].body);
    for (size_t i = 0; stored_specs[i]; i++)
        add_spec(&specs, stored_specs[i]);
    add_spec(&specs, &fixture_document);
    return &specs;
}

static const struct specs *queries(void)
{
    static struct specs specs;
    if (specs.n)
        return &specs;
    for (size_t i = 0; i < route_count; i++)
        add_spec(&specs, routes[i].query);
    return &specs;
}

/* The one of that name; else one that any name picks. */
static const struct spec *pick(const struct specs *specs, struct text name)
{
    size_t sum = 5381;
    for (size_t i = 0; i < specs->n; i++)
        if (text_eq(text_of(specs->v[i]->name), name))
            return specs->v[i];
    for (size_t i = 0; i < name.n; i++)
        sum = sum * 33 + (unsigned char)name.p[i];
    return specs->v[sum % specs->n];
}

/* ---- JSON ------------------------------------------------------------------------------------------------ */

static struct text written(const struct spec *spec, const void *object)
{
    struct buf out = buf_new(fuzz_arena, 1 << 20);
    struct json j = jw_new(&out);
    spec_write(&j, spec, 2, object);
    FUZZ_PROMISE(!out.full, "what was read is written in little room");
    return buf_text(&out);
}

/* What was read and is right is written as JSON, which says the same when it is read again. */
static void check_writing(const struct spec *spec, const void *object)
{
    void *again = arena_alloc(fuzz_arena, spec->size);
    const struct text first = written(spec, object);
    const struct read_result reading = spec_read(fuzz_arena, spec, T(""), first, again);
    FUZZ_PROMISE(reading.outcome == JSON_OK, "what is written is JSON");
    if (reading.ok)
        FUZZ_PROMISE(text_eq(first, written(spec, again)), "what is written and read again is the same");
}

static void look_up(const struct spec *spec, struct text json)
{
    struct buf out = buf_new(fuzz_arena, 1 << 20);
    struct text part;
    if (spec_json_redact(&out, spec, json, &(struct redactor){ NULL }) && !out.full) {
        struct buf twice = buf_new(fuzz_arena, 1 << 20);
        FUZZ_PROMISE(spec_json_redact(&twice, spec, buf_text(&out), &(struct redactor){ NULL }),
                     "what is redacted is JSON");
        FUZZ_PROMISE(spec_json_equal(json, json), "a value is equal to itself");
    }
    spec_json_at(fuzz_arena, json, T("/name/0"), &part);
}

void fuzz_json(struct text input)
{
    struct text json = input;
    const struct spec *spec = pick(bodies(), text_cut(&json, '\n'));
    void *object = arena_alloc(fuzz_arena, spec->size);
    struct problems problems = problems_new(fuzz_arena, true, T(", "));
    int line = 0, column = 0;
    json = fuzz_own(json);
    const enum json_outcome outcome = spec_parse_json(spec, 2, T("body"), json, &problems, object, &line, &column);
    if (outcome == JSON_MALFORMED)
        not_json(json, line);
    FUZZ_PROMISE(outcome == JSON_OK || line > 0, "malformed JSON has a place");
    FUZZ_PROMISE(text_is_utf8(problems_text(&problems)), "problems are UTF-8");
    if (outcome == JSON_OK && !problems.count)
        check_writing(spec, object);
    look_up(spec, json);
}

/* ---- queries --------------------------------------------------------------------------------------------- */

void fuzz_query(struct text input)
{
    struct text query = input;
    const struct spec *spec = pick(queries(), text_cut(&query, '\n'));
    void *object = arena_alloc(fuzz_arena, spec->size);
    struct problems problems = problems_new(fuzz_arena, true, T(", "));
    spec_parse_query(spec, 2, fuzz_own(query), &problems, object);
    FUZZ_PROMISE(text_is_utf8(problems_text(&problems)), "problems are UTF-8");
    if (!problems.count)
        written(spec, object);
}

/* ---- fixtures: a document that is added to a space ----------------------------------------------------------- */

static bool parse_document(struct text json, struct fixture_document *ret)
{
    struct problems problems = problems_new(fuzz_arena, true, T("\n"));
    int line = 0, column = 0;
    return spec_parse_json(&fixture_document, 0, T(""), json, &problems, ret, &line, &column) == JSON_OK &&
           !problems.count;
}

void fuzz_fixtures(struct text input)
{
    const struct rig *served = served_rig();
    struct fixture_document document, *whole;
    struct fixture_report report;
    document = (struct fixture_document){ 0 };
    if (!parse_document(fuzz_own(input), &document))
        return;
    struct db *db = rig_db(served);
    FUZZ_PROMISE(tx_begin(db, TX_WRITE), "a store in memory can be written");
    db_use_space(db, SPACE_DEFAULT);
    if (fixtures_add(fuzz_arena, &document, false, db, &report)) {
        whole = fixtures_exported(fuzz_arena, db);
        FUZZ_PROMISE(parse_document(written(&fixture_document, whole), &document), "an export can be read");
    } else {
        FUZZ_PROMISE(report.errors.n && text_is_utf8(report.errors), "what is wrong is said");
    }
    tx_rollback(db);
}
