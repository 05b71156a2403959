#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { DUMP_HEAD = 3000, DUMP_TAIL = 3000 };

__attribute__((format(printf, 2, 0))) static void add_line(struct text *out, const char *format, va_list args)
{
    char short_line[2048];
    int len = vsnprintf(short_line, sizeof short_line, format, args);
    text_add_str(out, short_line);
    text_add_str(out, len >= (int)sizeof short_line ? "…\n" : "\n");
}

void report_fail(struct report *r, int line, const char *format, ...)
{
    r->failures++;
    text_add_str(&r->out, "  ");
    if (line > 0)
        text_addf(&r->out, "line %d: ", line);
    va_list args;
    va_start(args, format);
    add_line(&r->out, format, args);
    va_end(args);
}

void report_note(struct report *r, const char *format, ...)
{
    text_add_str(&r->out, "    ");
    va_list args;
    va_start(args, format);
    add_line(&r->out, format, args);
    va_end(args);
}

void report_notes(struct report *r, const struct text *lines)
{
    const char *s = text_str(lines);
    while (*s != '\0') {
        size_t len = strcspn(s, "\n");
        report_note(r, "%.*s", (int)len, s);
        s += len + (s[len] == '\n');
    }
}

static void dump_byte(struct text *out, char c)
{
    unsigned char u = (unsigned char)c;
    if (c == '\n')
        text_add_str(out, "\n    | ");
    else if (c != '\r' && (u >= ' ' || c == '\t') && u != 0x7f)
        text_add_char(out, c);
    else if (c != '\r')
        text_addf(out, "\\x%02x", (unsigned)u);
}

static void dump_range(struct text *out, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        dump_byte(out, bytes[i]);
}

void report_dump(struct report *r, const char *title, const char *bytes, size_t len)
{
    while (len > 0 && (bytes[len - 1] == '\n' || bytes[len - 1] == '\r'))
        len--;
    text_addf(&r->out, "    %s:%s", title, len == 0 ? " (empty)" : "\n    | ");
    if (len <= DUMP_HEAD + DUMP_TAIL) {
        dump_range(&r->out, bytes, len);
    } else {
        dump_range(&r->out, bytes, DUMP_HEAD);
        text_addf(&r->out, "\n    | … %zu bytes left out …\n    | ", len - DUMP_HEAD - DUMP_TAIL);
        dump_range(&r->out, bytes + len - DUMP_TAIL, DUMP_TAIL);
    }
    text_add_char(&r->out, '\n');
}
