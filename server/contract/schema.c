#include "contract/schema.h"

#include "api/build_config.h"
#include "base/clock.h"
#include "base/memory.h"

#include <stdlib.h>

/* ---- names --------------------------------------------------------------------------------------------- */

static bool differs_by_version(const struct spec *spec)
{
    for (size_t i = 0; i < spec->count; i++) {
        const struct field *f = &spec->fields[i];
        if ((f->flags & (ONLY_V1 | ONLY_V2)) || (f->sub && differs_by_version(f->sub)))
            return true;
    }
    return false;
}

static struct text schema_name(const struct schemas *schemas, const struct spec *spec, unsigned version)
{
    const bool marked = schemas->both && version == 1 && differs_by_version(spec);
    return text_format(schemas->arena, "%s%s", spec->name, marked ? "V1" : "");
}

void schema_note(struct schemas *schemas, const struct spec *spec, unsigned version, bool reply)
{
    const struct text name = schema_name(schemas, spec, version);
    for (size_t i = 0; i < schemas->n; i++)
        if (text_eq(name, schema_name(schemas, schemas->v[i].spec, schemas->v[i].version))) {
            schemas->v[i].reply |= reply;
            return;
        }
    if (schemas->n == SCHEMAS_MAX)
        die("more schemas than SCHEMAS_MAX");
    schemas->v[schemas->n++] = (struct schema_use){ spec, version, reply };
}

void schema_ref(struct json *j, struct schemas *schemas, const struct spec *spec, unsigned version, bool reply)
{
    schema_note(schemas, spec, version, reply);
    const struct text name = schema_name(schemas, spec, version);
    jw_object(j);
    const char *home = schemas->home ? schemas->home : "#/components/schemas/";
    jw_put_text(j, T("$ref"), text_format(schemas->arena, "%s%.*s", home, TEXT_ARG(name)));
    jw_object_end(j);
}

/* ---- one field ----------------------------------------------------------------------------------------- */

static void put_type(struct json *j, const struct field *f, struct text type)
{
    jw_key(j, T("type"));
    if (!(f->flags & NULLABLE)) {
        jw_text(j, type);
        return;
    }
    jw_array(j);
    jw_text(j, type);
    jw_text(j, T("null"));
    jw_array_end(j);
}

/* Said expressly: to makers of typed clients, an object of which nothing is said has no members. */
static void put_any_members(struct json *j)
{
    jw_key(j, T("additionalProperties"));
    jw_raw(j, T("{}"));
}

static void put_any_object(struct json *j, const struct field *f)
{
    put_type(j, f, T("object"));
    put_any_members(j);
}

/* The keywords of a lower and an upper bound, when the field has bounds. */
static void put_bounds(struct json *j, int64_t min, int64_t max, struct text min_key, struct text max_key)
{
    if (min == 0 && max == 0)
        return;
    if (min > 0)
        jw_put_int(j, min_key, min);
    if (max < INT64_MAX)
        jw_put_int(j, max_key, max);
}

static void put_enum(struct json *j, const struct field *f)
{
    put_type(j, f, T("string"));
    jw_key(j, T("enum"));
    jw_array(j);
    for (size_t i = 0; f->names[i]; i++)
        jw_text(j, text_of(f->names[i]));
    if (f->flags & NULLABLE)
        jw_null(j);
    jw_array_end(j);
}

/* As the API's document has it; in a query the two are the same. */
static void put_enum_or_boolean(struct json *j, const struct field *f)
{
    jw_key(j, T("anyOf"));
    jw_array(j);
    jw_object(j);
    put_enum(j, f);
    jw_object_end(j);
    jw_object(j);
    jw_put_text(j, T("type"), T("boolean"));
    jw_object_end(j);
    jw_array_end(j);
}

static void put_string(struct json *j, const struct field *f, unsigned version)
{
    put_type(j, f, T("string"));
    if (f->kind == KIND_UUID || f->kind == KIND_TIME || f->kind == KIND_URL) {
        const struct text formats[] = { [KIND_UUID] = T("uuid"), [KIND_TIME] = T("date-time"), [KIND_URL] = T("uri") };
        jw_put_text(j, T("format"), formats[f->kind]);
    }
    if (f->pattern)
        jw_put_text(j, T("pattern"), text_of(f->pattern));
    else if (f->kind == KIND_UUID && version == 1) /* /v2 keeps only the format */
        jw_put_text(j, T("pattern"), f->flags & STRICT_V1 ? T(UUID_STRICT_PATTERN) : T(UUID_PATTERN));
    else if (f->kind == KIND_TIME)
        jw_put_text(j, T("pattern"), text_of(time_pattern));
    put_bounds(j, f->min, f->max, T("minLength"), T("maxLength"));
    if (f->kind == KIND_SECRET)
        jw_put_bool(j, T("writeOnly"), true);
}

static void put_integer(struct json *j, const struct field *f)
{
    put_type(j, f, T("integer"));
    jw_put_int(j, T("minimum"), f->min);
    jw_put_int(j, T("maximum"), f->max ? f->max : INT64_C(9007199254740991));
}

static void put_map(struct json *j, const struct field *f)
{
    put_type(j, f, T("object"));
    if (f->pattern) {
        jw_key(j, T("propertyNames"));
        jw_object(j);
        jw_put_text(j, T("pattern"), text_of(f->pattern));
        put_bounds(j, 0, f->key_max, T("minLength"), T("maxLength"));
        jw_object_end(j);
    }
    jw_key(j, T("additionalProperties"));
    jw_object(j);
    jw_put_text(j, T("type"), T("string"));
    put_bounds(j, f->value_min, f->value_max, T("minLength"), T("maxLength"));
    jw_object_end(j);
    put_bounds(j, f->min, f->max, T("minProperties"), T("maxProperties"));
    if (f->kind == KIND_SECRETS)
        jw_put_bool(j, T("writeOnly"), true);
}

static void put_array(struct json *j, struct schemas *schemas, const struct field *f, unsigned version, bool reply)
{
    put_type(j, f, T("array"));
    jw_key(j, T("items"));
    if (f->kind == KIND_ROWS) {
        schema_ref(j, schemas, f->sub, version, reply);
    } else {
        const enum field_kind kind = f->kind == KIND_UUIDS ? KIND_UUID : f->names ? KIND_ENUM : KIND_TEXT;
        const struct field item = { .kind = kind, .pattern = f->pattern, .names = f->names, .min = f->value_min,
                                    .max = f->value_max };
        schema_field(j, schemas, &item, version, reply);
    }
    put_bounds(j, f->min, f->max, T("minItems"), T("maxItems"));
}

static void put_nested(struct json *j, struct schemas *schemas, const struct field *f, unsigned version, bool reply)
{
    jw_key(j, T("anyOf"));
    jw_array(j);
    schema_ref(j, schemas, f->sub, version, reply);
    if (f->flags & NULLABLE) {
        jw_object(j);
        jw_put_text(j, T("type"), T("null"));
        jw_object_end(j);
    }
    jw_array_end(j);
}

static void put_text_or_items(struct json *j, struct schemas *schemas, const struct field *f, unsigned version,
                              bool reply)
{
    const struct field text = { .kind = KIND_TEXT }, rows = { .kind = KIND_ROWS, .sub = f->items };
    jw_key(j, T("anyOf"));
    jw_array(j);
    schema_field(j, schemas, &text, version, reply);
    schema_field(j, schemas, &rows, version, reply);
    jw_array_end(j);
}

static void put_set(struct json *j, struct schemas *schemas, const struct field *f, unsigned version)
{
    const struct field name = { .kind = KIND_ENUM, .names = f->names };
    schema_field(j, schemas, &name, version, false);
    schema_ref(j, schemas, f->sub, version, false);
}

static void put_sets(struct json *j, struct schemas *schemas, const struct field *f, unsigned version)
{
    jw_key(j, T("anyOf"));
    jw_array(j);
    put_set(j, schemas, f, version);
    jw_object(j);
    jw_put_text(j, T("type"), T("array"));
    jw_key(j, T("items"));
    jw_object(j);
    jw_key(j, T("anyOf"));
    jw_array(j);
    put_set(j, schemas, f, version);
    jw_array_end(j);
    jw_object_end(j);
    put_bounds(j, f->min, f->max, T("minItems"), T("maxItems"));
    jw_object_end(j);
    jw_array_end(j);
}

static void put_rules(struct json *j, struct schemas *schemas, const struct field *f, unsigned version, bool reply)
{
    switch (f->kind) {
    case KIND_TEXT:
    case KIND_URL:
    case KIND_SECRET:
    case KIND_UUID:
    case KIND_TIME: put_string(j, f, version); return;
    case KIND_INT: put_integer(j, f); return;
    case KIND_BOOL: put_type(j, f, T("boolean")); return;
    case KIND_ENUM:
        if (f->flags & OR_BOOLEAN)
            put_enum_or_boolean(j, f);
        else
            put_enum(j, f);
        return;
    case KIND_TEXTS:
    case KIND_UUIDS:
    case KIND_ROWS: put_array(j, schemas, f, version, reply); return;
    case KIND_MAP:
    case KIND_SECRETS: put_map(j, f); return;
    case KIND_OBJECT: put_nested(j, schemas, f, version, reply); return;
    case KIND_SETS: put_sets(j, schemas, f, version); return;
    case KIND_JSON:
        if (f->sub)
            put_nested(j, schemas, f, version, reply);
        else if (f->check == check_json_object)
            put_any_object(j, f);
        else if (f->items)
            put_text_or_items(j, schemas, f, version, reply);
        return;
    case KIND_COUNT: return;
    }
}

void schema_field(struct json *j, struct schemas *schemas, const struct field *f, unsigned version, bool reply)
{
    jw_object(j);
    put_rules(j, schemas, f, version, reply);
    if (f->doc)
        jw_put_text(j, T("description"), text_of(f->doc));
    if (f->fallback) {
        jw_key(j, T("default"));
        jw_raw(j, text_of(f->fallback));
    }
    if (f->example && f->kind != KIND_OBJECT) {
        jw_key(j, T("examples"));
        jw_array(j);
        jw_raw(j, text_of(f->example));
        jw_array_end(j);
    }
    jw_object_end(j);
}

/* ---- definitions --------------------------------------------------------------------------------------- */

static void put_required(struct json *j, const struct spec *spec, unsigned version)
{
    bool any = false;
    for (size_t i = 0; i < spec->count; i++)
        any |= (spec->fields[i].flags & REQUIRED) && field_exists(&spec->fields[i], version);
    if (!any)
        return;
    jw_key(j, T("required"));
    jw_array(j);
    for (size_t i = 0; i < spec->count; i++)
        if ((spec->fields[i].flags & REQUIRED) && field_exists(&spec->fields[i], version))
            jw_text(j, text_of(spec->fields[i].name));
    jw_array_end(j);
}

void schema_comment(struct json *j)
{
    jw_key(j, T("_comment"));
    jw_raw(j, T("{\"description\": \"For readers: passed over\"}"));
}

static void put_variants(struct json *j, struct schemas *schemas, const struct schema_use *use)
{
    jw_key(j, T("anyOf"));
    jw_array(j);
    for (size_t i = 0; use->spec->variants[i]; i++)
        schema_ref(j, schemas, use->spec->variants[i], use->version, use->reply);
    jw_array_end(j);
}

static void put_definition(struct json *j, struct schemas *schemas, const struct schema_use *use)
{
    const struct spec *spec = use->spec;
    const bool any = spec->raw && !spec->count; /* whatever is JSON */
    if (spec->bare) {
        schema_field(j, schemas, &spec->fields[0], use->version, use->reply);
        return;
    }
    jw_object(j);
    if (!any && !spec->variants)
        jw_put_text(j, T("type"), T("object"));
    if (spec->doc)
        jw_put_text(j, T("description"), text_of(spec->doc));
    if (spec->variants)
        put_variants(j, schemas, use);
    if (any || spec->variants) {
        jw_object_end(j);
        return;
    }
    jw_key(j, T("properties"));
    jw_object(j);
    for (size_t i = 0; i < spec->count; i++)
        if (field_exists(&spec->fields[i], use->version)) {
            jw_key(j, text_of(spec->fields[i].name));
            schema_field(j, schemas, &spec->fields[i], use->version, use->reply);
        }
    if (schemas->closed)
        schema_comment(j);
    jw_object_end(j);
    put_required(j, spec, use->version);
    if (spec->open) {
        jw_key(j, T("additionalProperties"));
        jw_raw(j, T("{\"type\": \"string\"}"));
    } else if (spec->loose) {
        put_any_members(j);
    } else if (use->reply || schemas->closed) {
        jw_put_bool(j, T("additionalProperties"), false);
    }
    jw_object_end(j);
}

void schema_definitions(struct json *j, struct schemas *schemas)
{
    /* Writing one can note further ones behind it. */
    for (size_t i = 0; i < schemas->n; i++) {
        const struct schema_use use = schemas->v[i];
        jw_key(j, schema_name(schemas, use.spec, use.version));
        put_definition(j, schemas, &use);
    }
}

/* ---- examples ------------------------------------------------------------------------------------------ */

/* For fields that have no example of their own. */
static const char *const samples[KIND_COUNT] = {
    [KIND_TEXT]   = "\"text\"",
    [KIND_SECRET] = "\"secret\"",
    [KIND_URL]    = "\"https://example.com\"",
    [KIND_UUID]   = "\"3c90c3cc-0d44-4b50-8888-8dd25736052a\"",
    [KIND_TIME]   = "\"2026-05-01T09:30:00.000Z\"",
    [KIND_INT]    = "1",
    [KIND_BOOL]   = "false",
    [KIND_TEXTS]  = "[\"text\"]",
    [KIND_UUIDS]  = "[\"3c90c3cc-0d44-4b50-8888-8dd25736052a\"]",
    [KIND_MAP]    = "{}",
    [KIND_SECRETS] = "{}",
    [KIND_JSON]   = "{}",
};

void schema_sample(struct json *j, const struct field *f, unsigned version, bool reply)
{
    if (f->example)
        jw_raw(j, text_of(f->example));
    else if (f->kind == KIND_OBJECT || (f->kind == KIND_JSON && f->sub))
        schema_example(j, f->sub, version, reply);
    else if (f->kind == KIND_ENUM)
        jw_text(j, text_of(f->names[0]));
    else if (f->kind == KIND_ROWS) {
        jw_array(j);
        schema_example(j, f->sub, version, reply);
        jw_array_end(j);
    } else if (f->fallback)
        jw_raw(j, text_of(f->fallback));
    else if ((f->flags & NULLABLE) && reply)
        jw_null(j);
    else
        jw_raw(j, text_of(samples[f->kind]));
}

void schema_example(struct json *j, const struct spec *spec, unsigned version, bool reply)
{
    if (spec->bare) {
        schema_sample(j, &spec->fields[0], version, reply);
        return;
    }
    if (spec->variants) {
        size_t last = 0;
        while (spec->variants[last + 1])
            last++;
        schema_example(j, spec->variants[last], version, reply);
        return;
    }
    jw_object(j);
    for (size_t i = 0; i < spec->count; i++)
        if (field_exists(&spec->fields[i], version)) {
            jw_key(j, text_of(spec->fields[i].name));
            schema_sample(j, &spec->fields[i], version, reply);
        }
    jw_object_end(j);
}

static bool is_shown(const struct field *f, unsigned version)
{
    return field_exists(f, version) && (f->flags & REQUIRED || f->example);
}

void schema_example_short(struct json *j, const struct spec *spec, unsigned version)
{
    size_t shown = 0;
    for (size_t i = 0; i < spec->count; i++)
        shown += is_shown(&spec->fields[i], version);
    if (!shown || spec->bare || spec->variants) {
        schema_example(j, spec, version, false);
        return;
    }
    jw_object(j);
    for (size_t i = 0; i < spec->count; i++) {
        const struct field *f = &spec->fields[i];
        if (!is_shown(f, version))
            continue;
        jw_key(j, text_of(f->name));
        if (f->kind == KIND_OBJECT && !f->example)
            schema_example_short(j, f->sub, version);
        else
            schema_sample(j, f, version, false);
    }
    jw_object_end(j);
}
