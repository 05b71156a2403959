#include "router/form_call.h"

#include "base/json.h"
#include "base/limit.h"
#include "base/uri.h"
#include "router/routes.h"
#include "spec/lookup.h"

#include <string.h>

enum { BODY_ROOM = 8 * LIMIT_BODY };

/* ---- fields ---------------------------------------------------------------------------------------------- */

/* A browser sends each line end as two bytes, whatever the page has. */
static struct text with_plain_ends(struct arena *arena, struct text t)
{
    struct buf b = buf_new(arena, t.n + 1);
    for (size_t i = 0; i < t.n; i++)
        if (t.p[i] != '\r' || i + 1 == t.n || t.p[i + 1] != '\n')
            buf_add_char(&b, t.p[i]);
    return buf_text(&b);
}

enum err form_read(struct request *rq, struct form_fields *ret)
{
    struct text rest = buf_text(&rq->body);
    ret->v = ARENA_ARRAY(rq->arena, LIMIT_FORM_FIELDS, struct pair);
    while (rest.n) {
        struct text value = text_cut(&rest, '&'), name = text_cut(&value, '=');
        if (ret->n == LIMIT_FORM_FIELDS)
            return fail(rq, ERR_INVALID, "body/ Too many fields: expected at most %d", LIMIT_FORM_FIELDS);
        struct pair *field = &ret->v[ret->n++];
        value = value.p ? value : T("");
        if (!uri_decode(rq->arena, name, true, &field->name) || !uri_decode(rq->arena, value, true, &field->value))
            return fail(rq, ERR_INVALID, "body/ Field %zu is not encoded as a form is, in UTF-8", ret->n);
        field->value = with_plain_ends(rq->arena, field->value);
    }
    return OK;
}

/* NULL: there is none. Of several the last counts. */
static const struct pair *find_field(const struct form_fields *fields, struct text name)
{
    for (size_t i = fields->n; i-- > 0;)
        if (text_eq(fields->v[i].name, name))
            return &fields->v[i];
    return NULL;
}

struct text form_value(const struct form_fields *fields, struct text name)
{
    const struct pair *field = find_field(fields, name);
    return field ? field->value : T("");
}

/* ---- what is asked for ----------------------------------------------------------------------------------- */

struct making {
    struct request *rq;
    const struct form_fields *fields;
    struct form_call *call;
    const struct route *route;  /* of what the form is for; NULL: there is none */
    struct form_fields members; /* those of the body that are meant */
    struct json j;
};

static bool takes_key(const struct making *m)
{
    return m->route && m->route->auth == AUTH_KEY;
}

static bool is_member(const struct making *m, struct text name)
{
    return name.n && !strchr("~:?*", name.p[0]) && !(takes_key(m) && text_eq(name, T("key")));
}

/* "METHOD /path", of which the path is one below the space. */
static enum err take_call(const struct making *m, struct text name, struct text *ret_method, struct text *ret_path)
{
    struct text rest = form_value(m->fields, name);
    const int method = text_index(text_cut(&rest, ' '), method_names);
    if (method < 0 || !text_starts(rest, T("/")) || !text_is_visible_ascii(rest) || rest.n > LIMIT_URI)
        return fail(m->rq, ERR_INVALID, "body/%.*s Invalid call: expected a method, a blank and a path",
                    TEXT_ARG(name));
    *ret_method = text_of(method_names[method]);
    *ret_path = rest;
    return OK;
}

/* With its parameters filled in; what is not given stays as it is, which names nothing. What is longer than any URI is
 * refused for that, and its end does not matter. */
static void put_path(const struct making *m, struct buf *b, struct text path)
{
    for (size_t open; open = text_find(path, '{'), open < path.n && b->n <= LIMIT_URI;) {
        struct text rest = text_from(path, open + 1);
        const struct text name = text_cut(&rest, '}');
        const struct pair *given =
            rest.p ? find_field(m->fields, text_format(m->rq->arena, ":%.*s", TEXT_ARG(name))) : NULL;
        buf_add(b, text_clip(path, open));
        if (given)
            uri_put_encoded(b, given->value);
        else
            buf_add(b, text_clip(text_from(path, open), name.n + 1 + (rest.p != NULL)));
        path = rest;
    }
    buf_add(b, path);
}

static void put_query(const struct making *m, struct buf *b)
{
    bool first = !text_contains(buf_text(b), T("?"));
    for (size_t i = 0; i < m->fields->n; i++) {
        const struct pair *field = &m->fields->v[i];
        if (!text_starts(field->name, T("?")) || !field->value.n)
            continue;
        buf_add_char(b, first ? '?' : '&');
        uri_put_encoded(b, text_from(field->name, 1));
        buf_add_char(b, '=');
        uri_put_encoded(b, field->value);
        first = false;
    }
}

/* Another space has a console of its own: what is asked of it here would be run by another route than the one that is
 * looked at. */
static bool names_space(struct text target)
{
    return text_starts(target, T("/_mock/s/")) ||
           (text_starts(target, T("/.well-known/")) && text_contains(target, T("/_mock/s/")));
}

/* The next call: where it goes, below what names the space, where the form does, and the route that takes it there. */
static enum err take_address(struct making *m, struct text name)
{
    struct inner_call *call = &m->call->calls[m->call->n];
    struct text path = T(""), *params;
    struct buf b = buf_new(m->rq->arena, 4 * (m->rq->body.n + LIMIT_URI));
    const enum err err = take_call(m, name, &call->method, &path);
    if (err != OK)
        return err;
    put_path(m, &b, path);
    put_query(m, &b);
    const struct text target = buf_text(&b), prefix = text_clip(m->rq->uri, m->rq->uri.n - m->rq->target.n);
    if (names_space(target))
        return fail(m->rq, ERR_INVALID, "body/%.*s Invalid call: expected a path below the space, whose own console "
                                        "takes it", TEXT_ARG(name));
    call->uri = text_format(m->rq->arena, "%.*s%.*s", TEXT_ARG(prefix), TEXT_ARG(target));
    route_find(call->method, text_clip(target, text_find(target, '?')), m->rq->arena, &m->call->routes[m->call->n++],
               &params);
    return OK;
}

/* ---- members of the body --------------------------------------------------------------------------------- */

/* How people write a value of each kind, as the forms ask for it. */
static const enum { AS_TEXT, AS_NUMBER, AS_JSON, AS_WORDS, AS_PAIRS } writings[KIND_COUNT] = {
    [KIND_INT] = AS_NUMBER, [KIND_BOOL] = AS_NUMBER,  [KIND_JSON] = AS_JSON,  [KIND_TEXTS] = AS_WORDS,
    [KIND_UUIDS] = AS_WORDS, [KIND_MAP] = AS_PAIRS,   [KIND_SECRETS] = AS_PAIRS, [KIND_OBJECT] = AS_JSON,
    [KIND_ROWS] = AS_JSON,  [KIND_SETS] = AS_JSON,
};

/* The field that a name with dots leads to; NULL: no table names it. */
static const struct field *field_of(const struct making *m, struct text name)
{
    const struct route *route = m->route;
    const struct spec *spec = route ? route->body : NULL;
    const struct field *f = NULL;
    struct text rest = name;
    while (rest.p && spec) {
        f = spec_find_field(spec, route_shapes(route), text_cut(&rest, '.'));
        spec = f ? f->sub : NULL;
    }
    return rest.p ? NULL : f;
}

static void say_wrong(struct making *m, struct text name, const char *what)
{
    if (!m->call->wrong.p)
        m->call->wrong = text_format(m->rq->arena, "%s: %s", text_printable(m->rq->arena, text_clip(name, LIMIT_SLUG)),
                                     what);
}

/* A JSON text as it is written most shortly; unset: it is none. */
static struct text compact(const struct making *m, struct text json)
{
    struct text found = { NULL, 0 };
    spec_json_at(m->rq->arena, json, T(""), &found);
    return found;
}

static void put_words(struct making *m, struct text words)
{
    jw_array(&m->j);
    for (size_t i = 0, begin = 0; i <= words.n; i++) {
        if (i < words.n && !strchr(" \t\n\r\f\v,", words.p[i]))
            continue;
        if (i > begin)
            jw_text(&m->j, text_clip(text_from(words, begin), i - begin));
        begin = i + 1;
    }
    jw_array_end(&m->j);
}

/* Where a line's value begins: behind `=` or, where a single word stands before it, a colon. */
static size_t separator(struct text line)
{
    size_t n = 0;
    while (n < line.n && (uri_is_unreserved(line.p[n]) && !strchr(".~", line.p[n])))
        n++;
    const size_t word = n;
    while (n < line.n && char_is_blank(line.p[n]))
        n++;
    return word && n < line.n && line.p[n] == ':' ? n : text_find(line, '=');
}

static void put_pairs(struct making *m, struct text name, struct text lines)
{
    jw_object(&m->j);
    for (struct text rest = lines; rest.p;) {
        const struct text line = text_cut(&rest, '\n');
        const size_t at = separator(line);
        if (!text_trim(line).n)
            continue;
        if (at == 0 || at >= line.n) {
            say_wrong(m, name, "a line of it is no NAME=value");
            continue;
        }
        jw_put_text(&m->j, text_trim(text_clip(line, at)), text_trim(text_from(line, at + 1)));
    }
    jw_object_end(&m->j);
}

static void put_json(struct making *m, struct text name, struct text value, bool or_text)
{
    const struct text json = compact(m, value);
    if (json.p)
        jw_raw(&m->j, json);
    else
        jw_text(&m->j, value);
    if (!json.p && !or_text)
        say_wrong(m, name, "that is no JSON");
}

static void put_value(struct making *m, const struct field *f, struct text name, struct text value)
{
    if (!value.n && f && f->flags & NULLABLE) {
        jw_null(&m->j);
        return;
    }
    switch (f ? writings[f->kind] : AS_TEXT) {
    case AS_NUMBER:
        put_json(m, name, value, true);
        break;
    case AS_JSON:
        put_json(m, name, value, false);
        break;
    case AS_WORDS:
        put_words(m, value);
        break;
    case AS_PAIRS:
        put_pairs(m, name, value);
        break;
    case AS_TEXT:
        jw_text(&m->j, value);
        break;
    }
}

/* What is filled or, of a change, other than it was. What is emptied has to be something that can be empty. */
static bool is_meant(const struct making *m, const struct pair *field)
{
    const struct field *f = field_of(m, field->name);
    const struct pair *was =
        find_field(m->fields, text_format(m->rq->arena, "~was.%.*s", TEXT_ARG(field->name)));
    if (field->value.n || !was)
        return field->value.n && !(was && text_eq(was->value, field->value));
    const bool empties = f && (f->flags & NULLABLE || (f->kind != KIND_SECRET && writings[f->kind] != AS_NUMBER &&
                                                       writings[f->kind] != AS_JSON));
    return was->value.n && empties;
}

static void collect_members(struct making *m)
{
    m->members.v = ARENA_ARRAY(m->rq->arena, m->fields->n, struct pair);
    for (size_t i = 0; i < m->fields->n; i++)
        if (is_member(m, m->fields->v[i].name) && is_meant(m, &m->fields->v[i]))
            m->members.v[m->members.n++] = m->fields->v[i];
}

/* The member of an object, below `above`, that the field gives or has a part of; unset: none. */
static struct text member_of(const struct pair *field, struct text above)
{
    struct text rest = text_from(field->name, above.n);
    return text_starts(field->name, above) && field->name.n > above.n ? text_cut(&rest, '.') : (struct text){ NULL, 0 };
}

/* The first field that has to do with the member; members.n: none. */
static size_t first_of(const struct making *m, struct text above, struct text member)
{
    size_t i = 0;
    while (i < m->members.n && !text_eq(member_of(&m->members.v[i], above), member))
        i++;
    return i;
}

/* Members of what is given whole stand where no field has another value of them. */
struct whole {
    struct making *m;
    struct text above;
};

static void put_unless_given(void *cls, struct text name, struct text value)
{
    const struct whole *whole = cls;
    if (first_of(whole->m, whole->above, name) < whole->m->members.n)
        return;
    jw_key(&whole->m->j, name);
    jw_raw(&whole->m->j, value);
}

static void put_object(struct making *m, struct text above, struct text whole, unsigned depth);

static void put_member(struct making *m, struct text above, struct text member, unsigned depth)
{
    struct arena *arena = m->rq->arena;
    const struct text name = text_format(arena, "%.*s%.*s", TEXT_ARG(above), TEXT_ARG(member));
    const struct text below = text_format(arena, "%.*s.", TEXT_ARG(name));
    const struct pair *whole = find_field(&m->members, name);
    bool has_parts = false;
    for (size_t i = 0; i < m->members.n; i++)
        has_parts |= text_starts(m->members.v[i].name, below);
    jw_key(&m->j, member);
    if (has_parts)
        put_object(m, below, whole ? whole->value : T(""), depth + 1);
    else
        put_value(m, field_of(m, name), name, whole ? whole->value : T(""));
}

static void put_object(struct making *m, struct text above, struct text whole, unsigned depth)
{
    jw_object(&m->j);
    if (whole.n && !spec_json_members(m->rq->arena, whole, put_unless_given, &(struct whole){ m, above }))
        say_wrong(m, above.n ? text_clip(above, above.n - 1) : T("body"), "that is no JSON object");
    for (size_t i = 0; i < m->members.n && depth < JSON_DEPTH / 2; i++) {
        const struct text member = member_of(&m->members.v[i], above);
        if (member.p && first_of(m, above, member) == i)
            put_member(m, above, member, depth);
    }
    jw_object_end(&m->j);
}

/* ---- the body -------------------------------------------------------------------------------------------- */

static void put_form_field(struct making *m, struct text name, struct text value)
{
    struct buf *b = m->j.out;
    if (b->n)
        buf_add_char(b, '&');
    uri_put_encoded(b, name);
    buf_add_char(b, '=');
    uri_put_encoded(b, value.p[0] == '"' ? spec_json_string(m->rq->arena, value) : value);
}

/* Each of an array is a field of that name. */
struct items {
    struct making *m;
    struct text name;
};

static void put_item(void *cls, struct text value)
{
    const struct items *items = cls;
    put_form_field(items->m, items->name, value);
}

static void put_form_fields(void *cls, struct text name, struct text value)
{
    struct making *m = cls;
    if (!spec_json_items(m->rq->arena, value, put_item, &(struct items){ m, name }))
        put_form_field(m, name, value);
}

/* Operations that take a form get the members of the whole as fields. */
static void put_form_body(struct making *m, struct text whole, struct inner_call *call)
{
    if (whole.n && !spec_json_members(m->rq->arena, whole, put_form_fields, m))
        say_wrong(m, T("body"), "that is no JSON object");
    call->media = text_of(m->route->body->media);
    call->body = buf_text(m->j.out);
}

static void put_body(struct making *m, struct inner_call *call)
{
    struct buf b = buf_new(m->rq->arena, BODY_ROOM);
    const struct spec *spec = m->route ? m->route->body : NULL;
    const struct text whole = form_value(m->fields, T("*"));
    m->j = jw_new(&b);
    collect_members(m);
    call->media = T("application/json");
    if (spec && spec->media) {
        put_form_body(m, whole, call);
    } else if (!m->members.n) { /* as it is, for the call to say what is wrong with it */
        call->body = whole.n ? whole : spec && !spec->raw ? T("{}") : (struct text){ NULL, 0 };
    } else {
        put_object(m, T(""), whole, 0);
        call->body = buf_text(&b);
    }
}

static bool is_nothing(const struct making *m)
{
    const struct route *route = m->route;
    return route && route->method == METHOD_PATCH && !m->members.n && !form_value(m->fields, T("*")).n;
}

static void look_at_body(struct making *m, const struct inner_call *call)
{
    if (is_nothing(m))
        m->call->wrong = T("Nothing is changed yet: change a field first");
    else if (text_contains(call->body, T("[redacted")) || text_contains(form_value(m->fields, T("*")), T("[redacted")))
        m->call->wrong = T("Secrets in it are masked: put values in their place first");
}

/* Without a body, and without parameters: those are of the call behind it. */
static enum err take_first(const struct making *m)
{
    const struct form_fields call = { 1, (struct pair[]){ { T("~first"), form_value(m->fields, T("~first")) } } };
    struct making first = { .rq = m->rq, .fields = &call, .call = m->call };
    return call.v[0].value.n ? take_address(&first, T("~first")) : OK;
}

enum err form_call_of(struct request *rq, const struct form_fields *fields, struct form_call *ret)
{
    struct making m = { .rq = rq, .fields = fields, .call = ret };
    *ret = (struct form_call){ .n = 0 };
    enum err err = take_first(&m);
    if (err == OK)
        err = take_address(&m, T("~call"));
    if (err != OK)
        return err;
    struct inner_call *call = &ret->calls[ret->n - 1];
    const struct text key = form_value(fields, T("key"));
    m.route = ret->routes[ret->n - 1];
    if (takes_key(&m))
        call->key = key.n ? key : T("dv_test_owner");
    put_body(&m, call);
    look_at_body(&m, call);
    return OK;
}
