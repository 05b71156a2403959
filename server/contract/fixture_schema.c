#include "contract/contract.h"

#include "base/arena.h"
#include "contract/schema.h"
#include "fixtures/sections.h"

enum { FIXTURE_SCHEMA_MAX = 1 << 20 };

static void put_sections(struct json *j, struct schemas *schemas)
{
    for (size_t i = 0; i < fixture_document.count; i++) {
        jw_key(j, text_of(fixture_document.fields[i].name));
        schema_field(j, schemas, &fixture_document.fields[i], 0, false);
    }
}

/* What stands beside the sections. */
static void put_notes(struct json *j)
{
    jw_key(j, T("$schema"));
    jw_raw(j, T("{\"type\": \"string\", \"description\": \"Where this schema stands, for editors\"}"));
    schema_comment(j);
}

struct text fixture_schema(struct arena *arena)
{
    struct buf b = buf_new(arena, FIXTURE_SCHEMA_MAX);
    struct json j = jw_new(&b);
    struct schemas schemas = { .arena = arena, .home = "#/$defs/", .closed = true };
    j.pretty = true;
    jw_object(&j);
    jw_put_text(&j, T("$schema"), T("https://json-schema.org/draft/2020-12/schema"));
    jw_put_text(&j, T("title"), T("Fixtures of duvo-mock"));
    jw_put_text(&j, T("type"), T("object"));
    jw_key(&j, T("properties"));
    jw_object(&j);
    put_notes(&j);
    put_sections(&j, &schemas);
    jw_object_end(&j);
    jw_put_bool(&j, T("additionalProperties"), false);
    jw_key(&j, T("$defs"));
    jw_object(&j);
    schema_definitions(&j, &schemas);
    jw_object_end(&j);
    jw_object_end(&j);
    buf_add_char(&b, '\n');
    return buf_text(&b);
}
