#include "pages/view.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/limit.h"
#include "spec/lookup.h"

/* What a viewer works for. */
struct view {
    struct arena *arena;
    const struct redactor *redactor;
};

typedef struct template_value viewer(const struct view *view, const struct field *f, const void *at);

static struct template_value text_value(const struct field *f, struct text text)
{
    return (struct template_value){ .name = f->name, .text = text };
}

static struct template_value view_text(const struct view *view, const struct field *f, const void *at)
{
    const struct text t = ((const struct v_text *)at)->v;
    return text_value(f, f->flags & LINK ? t : redact_text(view->redactor, view->arena, t));
}

static struct template_value view_url(const struct view *view, const struct field *f, const void *at)
{
    return text_value(f, redact_url_with(view->redactor, view->arena, ((const struct v_text *)at)->v));
}

static struct template_value view_uuid(const struct view *view, const struct field *f, const void *at)
{
    return text_value(f, uuid_text(view->arena, &((const struct v_uuid *)at)->v));
}

static struct template_value view_time(const struct view *view, const struct field *f, const void *at)
{
    return text_value(f, time_text(view->arena, ((const struct v_time *)at)->v));
}

static struct template_value view_int(const struct view *view, const struct field *f, const void *at)
{
    return text_value(f, int_text(view->arena, ((const struct v_int *)at)->v));
}

static struct template_value view_bool(const struct view *view, const struct field *f, const void *at)
{
    (void)view;
    return text_value(f, ((const struct v_bool *)at)->v ? T("true") : T(""));
}

static struct template_value view_enum(const struct view *view, const struct field *f, const void *at)
{
    (void)view;
    return text_value(f, text_of(f->names[((const struct v_enum *)at)->v]));
}

static struct template_value view_json(const struct view *view, const struct field *f, const void *at)
{
    const struct text json = ((const struct v_json *)at)->v;
    struct buf b = buf_new(view->arena, LIMIT_REPLY);
    if (!text_starts(json, T("{")) && !text_starts(json, T("[")) && !text_starts(json, T("\"")))
        return text_value(f, json); /* a number is no secret */
    const bool known = spec_json_redact(&b, NULL, json, view->redactor);
    return text_value(f, known ? buf_text(&b) : T("[not shown]"));
}

static struct template_value view_object(const struct view *view, const struct field *f, const void *at)
{
    return view_part(view->arena, f->name,
                     view_of(view->arena, view->redactor, f->sub, at, (struct template_value){ .name = NULL }));
}

static struct template_value view_rows(const struct view *view, const struct field *f, const void *at)
{
    const struct v_rows *rows = at;
    struct template_values *items = ARENA_ARRAY(view->arena, rows->n, struct template_values);
    for (size_t i = 0; i < rows->n; i++)
        items[i] = view_of(view->arena, view->redactor, f->sub, (const char *)rows->v + i * f->sub->size,
                           (struct template_value){ .name = NULL });
    return (struct template_value){ .name = f->name, .items = items, .count = rows->n, .is_list = true };
}

/* Kinds without a viewer hold secrets, or are on no page. */
static viewer *const viewers[KIND_COUNT] = {
    [KIND_TEXT]   = view_text,
    [KIND_URL]    = view_url,
    [KIND_UUID]   = view_uuid,
    [KIND_TIME]   = view_time,
    [KIND_INT]    = view_int,
    [KIND_BOOL]   = view_bool,
    [KIND_ENUM]   = view_enum,
    [KIND_JSON]   = view_json,
    [KIND_OBJECT] = view_object,
    [KIND_ROWS]   = view_rows,
};

struct template_values view_of(struct arena *arena, const struct redactor *redactor, const struct spec *spec,
                               const void *object, struct template_value more)
{
    const struct view view = { arena, redactor };
    struct template_value *values = ARENA_ARRAY(arena, 2 * spec->count + 2, struct template_value);
    size_t n = 0;
    if (more.name)
        values[n++] = more;
    for (size_t i = 0; i < spec->count; i++) {
        const struct field *f = &spec->fields[i];
        const void *at = field_in(f, object);
        if (*(const enum value_state *)at != VALUE_SET || !viewers[f->kind])
            continue;
        values[n] = viewers[f->kind](&view, f, at);
        if (f->kind == KIND_ENUM)
            values[n + 1] = (struct template_value){
                .name = text_format(arena, "%s.%.*s", f->name, TEXT_ARG(values[n].text)).p, .text = T("true") };
        n += f->kind == KIND_ENUM ? 2 : 1;
    }
    return (struct template_values){ values };
}

struct template_value view_part(struct arena *arena, const char *name, struct template_values values)
{
    struct template_values *item = ARENA_NEW(arena, struct template_values);
    *item = values;
    return (struct template_value){ .name = name, .items = item, .count = 1, .is_list = true };
}
