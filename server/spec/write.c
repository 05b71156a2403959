#include "spec/write.h"

static void write_text(struct json *j, const struct field *f, unsigned version, const void *at)
{
    (void)f, (void)version;
    jw_text(j, ((const struct v_text *)at)->v);
}

static void write_uuid(struct json *j, const struct field *f, unsigned version, const void *at)
{
    (void)f, (void)version;
    jw_uuid(j, &((const struct v_uuid *)at)->v);
}

static void write_time(struct json *j, const struct field *f, unsigned version, const void *at)
{
    (void)f, (void)version;
    jw_time(j, ((const struct v_time *)at)->v);
}

static void write_int(struct json *j, const struct field *f, unsigned version, const void *at)
{
    (void)f, (void)version;
    jw_int(j, ((const struct v_int *)at)->v);
}

static void write_bool(struct json *j, const struct field *f, unsigned version, const void *at)
{
    (void)f, (void)version;
    jw_bool(j, ((const struct v_bool *)at)->v);
}

static void write_enum(struct json *j, const struct field *f, unsigned version, const void *at)
{
    (void)version;
    jw_text(j, text_of(f->names[((const struct v_enum *)at)->v]));
}

static void write_json(struct json *j, const struct field *f, unsigned version, const void *at)
{
    (void)f, (void)version;
    jw_raw(j, ((const struct v_json *)at)->v);
}

static void write_texts(struct json *j, const struct field *f, unsigned version, const void *at)
{
    (void)f, (void)version;
    const struct v_texts *value = at;
    jw_texts(j, value->v, value->n);
}

static void write_uuids(struct json *j, const struct field *f, unsigned version, const void *at)
{
    (void)f, (void)version;
    const struct v_uuids *value = at;
    jw_array(j);
    for (size_t i = 0; i < value->n; i++)
        jw_uuid(j, &value->v[i]);
    jw_array_end(j);
}

static void write_map(struct json *j, const struct field *f, unsigned version, const void *at)
{
    (void)f, (void)version;
    const struct v_map *value = at;
    jw_object(j);
    for (size_t i = 0; i < value->n; i++)
        jw_put_text(j, value->v[i].name, value->v[i].value);
    jw_object_end(j);
}

static void write_object(struct json *j, const struct field *f, unsigned version, const void *at)
{
    spec_write(j, f->sub, version, at);
}

static void write_rows(struct json *j, const struct field *f, unsigned version, const void *at)
{
    const struct v_rows *value = at;
    jw_array(j);
    if (value->write)
        value->write(j, version, value->v);
    for (size_t i = 0; !value->write && i < value->n; i++)
        spec_write(j, f->sub, version, (const char *)value->v + i * f->sub->size);
    jw_array_end(j);
}

/* Kinds without a writer hold secrets: they have no way out. */
static void (*const writers[KIND_COUNT])(struct json *, const struct field *, unsigned, const void *) = {
    [KIND_TEXT]   = write_text,
    [KIND_URL]    = write_text,
    [KIND_UUID]   = write_uuid,
    [KIND_TIME]   = write_time,
    [KIND_INT]    = write_int,
    [KIND_BOOL]   = write_bool,
    [KIND_ENUM]   = write_enum,
    [KIND_JSON]   = write_json,
    [KIND_TEXTS]  = write_texts,
    [KIND_UUIDS]  = write_uuids,
    [KIND_MAP]    = write_map,
    [KIND_OBJECT] = write_object,
    [KIND_ROWS]   = write_rows,
};

/* The same rows under two names, as in /v1's list, are rendered once. */
struct rendered {
    struct v_rows rows;
    size_t start, end;
};

static bool copy_rendered(struct json *j, const struct field *f, const void *at, const struct rendered *before)
{
    const struct v_rows *rows = at;
    if (f->kind != KIND_ROWS || !before->rows.v || rows->v != before->rows.v || rows->n != before->rows.n)
        return false;
    const size_t n = before->end - before->start;
    char *w = buf_reserve(j->out, n);
    if (w) {
        memcpy(w, j->out->p + before->start, n);
        j->out->n += n;
    }
    j->pending = false;
    return true;
}

static void write_fields(struct json *j, const struct spec *spec, unsigned version, const void *object)
{
    jw_object(j);
    spec_write_members(j, spec, version, object);
    jw_object_end(j);
}

void spec_write_members(struct json *j, const struct spec *spec, unsigned version, const void *object)
{
    struct rendered before = { .start = 0 };
    for (size_t i = 0; i < spec->count; i++) {
        const struct field *f = &spec->fields[i];
        const void *at = field_in(f, object);
        const enum value_state is = *(const enum value_state *)at;
        if (is == VALUE_ABSENT || !writers[f->kind] || !field_exists(f, version))
            continue;
        jw_raw_key(j, f->key);
        const size_t start = j->out->n;
        if (is == VALUE_NULL)
            jw_null(j);
        else if (!copy_rendered(j, f, at, &before))
            writers[f->kind](j, f, version, at);
        if (f->kind == KIND_ROWS && is == VALUE_SET)
            before = (struct rendered){ *(const struct v_rows *)at, start, j->out->n };
    }
}

void spec_write(struct json *j, const struct spec *spec, unsigned version, const void *object)
{
    if (spec->bare)
        write_rows(j, &spec->fields[0], version, field_in(&spec->fields[0], object));
    else
        write_fields(j, spec, version, object);
}
