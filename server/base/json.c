#include "base/json.h"

#include "base/clock.h"
#include "base/eight.h"
#include "base/memory.h"

#include <string.h>

struct json jw_new(struct buf *out)
{
    return (struct json){ .out = out };
}

static void misuse(bool wrong)
{
    if (wrong)
        die("json writer: calls out of order");
}

static void break_line(struct json *j)
{
    buf_add_char(j->out, '\n');
    for (unsigned i = 0; i < j->depth; i++)
        buf_add(j->out, T("  "));
}

static bool in_object(const struct json *j)
{
    return j->depth && (j->objects >> (j->depth - 1) & 1);
}

/* What stands between the member or item before and the one that comes. */
static void separate(struct json *j)
{
    if (j->comma)
        buf_add_char(j->out, ',');
    if (j->pretty && j->depth)
        break_line(j);
    j->comma = true;
}

/* A value follows its key, or in an array what was there before. */
static void begin_value(struct json *j)
{
    misuse(in_object(j) != j->pending);
    if (!j->pending)
        separate(j);
    j->pending = false;
}

static void begin_key(struct json *j)
{
    misuse(j->pending || !in_object(j));
    separate(j);
    j->pending = true;
}

static void open_level(struct json *j, char bracket)
{
    misuse(j->depth == JSON_DEPTH);
    begin_value(j);
    buf_add_char(j->out, bracket);
    j->objects &= ~(UINT64_C(1) << j->depth);
    j->objects |= (uint64_t)(bracket == '{') << j->depth;
    j->depth++;
    j->comma = false;
}

static void close_level(struct json *j, char bracket)
{
    misuse(j->depth == 0 || j->pending || in_object(j) != (bracket == '}'));
    j->depth--;
    if (j->pretty && j->comma)
        break_line(j);
    buf_add_char(j->out, bracket);
    j->comma = true;
}

void jw_object(struct json *j)
{
    open_level(j, '{');
}

void jw_object_end(struct json *j)
{
    close_level(j, '}');
}

void jw_array(struct json *j)
{
    open_level(j, '[');
}

void jw_array_end(struct json *j)
{
    close_level(j, ']');
}

/* RFC 8259 section 7: quotation mark, backslash and the control characters must be escaped. DEL too, for terminals. */
static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

/* The first byte from `i` on that is not plain. */
static size_t plain_until(struct text t, size_t i)
{
    for (; t.n - i >= sizeof(uint64_t); i += sizeof(uint64_t)) {
        const uint64_t eight = eight_at(t.p + i);
        if (eight_has_below(eight, 0x20) | eight_has(eight, '"') | eight_has(eight, '\\') | eight_has(eight, 0x7f))
            break;
    }
    while (i < t.n && is_plain((unsigned char)t.p[i]))
        i++;
    return i;
}

static char *put_escape(char *w, unsigned char c)
{
    static const char short_form[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    static const char digits[] = "0123456789abcdef";
    for (const char *s = short_form; *s; s += 2)
        if ((unsigned char)*s == c) {
            *w++ = '\\';
            *w++ = s[1];
            return w;
        }
    memcpy(w, "\\u00", 4);
    w[4] = digits[c >> 4];
    w[5] = digits[c & 15];
    return w + 6;
}

char *json_put_string(char *w, struct text t)
{
    *w++ = '"';
    for (size_t i = 0; i < t.n;) {
        const size_t run = plain_until(t, i);
        w = mempcpy(w, t.p + i, run - i);
        i = run;
        if (i < t.n)
            w = put_escape(w, (unsigned char)t.p[i++]);
    }
    *w++ = '"';
    return w;
}

static void put_json_string(struct json *j, struct text t)
{
    char *const start = buf_reserve(j->out, t.n * 6 + 2);
    if (start)
        j->out->n += (size_t)(json_put_string(start, t) - start);
}

void jw_key(struct json *j, struct text key)
{
    begin_key(j);
    put_json_string(j, key);
    buf_add(j->out, j->pretty ? T(": ") : T(":"));
}

void jw_raw_key(struct json *j, struct text key)
{
    if (j->pretty) {
        begin_key(j);
        buf_add(j->out, key);
        buf_add_char(j->out, ' ');
        return;
    }
    misuse(j->pending || !in_object(j));
    char *w = buf_reserve(j->out, key.n + j->comma);
    j->pending = true;
    if (w) {
        *w = ',';
        memcpy(w + j->comma, key.p, key.n);
        j->out->n += key.n + j->comma;
    }
    j->comma = true;
}

void jw_text(struct json *j, struct text value)
{
    begin_value(j);
    put_json_string(j, value);
}

void jw_texts(struct json *j, const struct text *values, size_t n)
{
    jw_array(j);
    for (size_t i = 0; i < n; i++)
        jw_text(j, values[i]);
    jw_array_end(j);
}

void jw_int(struct json *j, int64_t value)
{
    begin_value(j);
    char *w = buf_reserve(j->out, INT_TEXT_SIZE);
    if (w)
        j->out->n += int_format(value, w);
}

void jw_bool(struct json *j, bool value)
{
    begin_value(j);
    buf_add(j->out, value ? T("true") : T("false"));
}

void jw_null(struct json *j)
{
    begin_value(j);
    buf_add(j->out, T("null"));
}

void jw_uuid(struct json *j, const struct uuid *value)
{
    begin_value(j);
    char *w = buf_reserve(j->out, UUID_TEXT_SIZE + 2);
    if (!w)
        return;
    w[0] = '"';
    uuid_format(value, w + 1);
    w[UUID_TEXT_SIZE + 1] = '"';
    j->out->n += UUID_TEXT_SIZE + 2;
}

void jw_time(struct json *j, int64_t ms)
{
    begin_value(j);
    char *w = buf_reserve(j->out, TIME_TEXT_SIZE + 2);
    if (!w)
        return;
    w[0] = '"';
    time_format(ms, w + 1);
    w[TIME_TEXT_SIZE + 1] = '"';
    j->out->n += TIME_TEXT_SIZE + 2;
}

void jw_raw(struct json *j, struct text value)
{
    begin_value(j);
    buf_add(j->out, value);
}

void jw_put_text(struct json *j, struct text key, struct text value)
{
    jw_key(j, key);
    jw_text(j, value);
}

void jw_put_texts(struct json *j, struct text key, const struct text *values, size_t n)
{
    jw_key(j, key);
    jw_texts(j, values, n);
}

void jw_put_int(struct json *j, struct text key, int64_t value)
{
    jw_key(j, key);
    jw_int(j, value);
}

void jw_put_bool(struct json *j, struct text key, bool value)
{
    jw_key(j, key);
    jw_bool(j, value);
}
