#include "reader.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool reader_open(struct reader *rd, const char *path, struct report *report)
{
    struct text t = { 0 };
    *rd = (struct reader){ .report = report };
    if (!file_read(path, &t)) {
        text_free(&t);
        return reader_fail(rd, 0, "the file cannot be read: %s", strerror(errno));
    }
    rd->lines = lines_split(text_str(&t), t.len);
    text_free(&t);
    for (size_t i = 0; i < rd->lines.count; i++) {
        const struct line *line = &rd->lines.at[i];
        if (memchr(line->s, '\r', line->len) != NULL || strlen(line->s) != line->len)
            return reader_fail(rd, (int)i + 1,
                               "a raw carriage return or NUL byte; write \\r or \\0 in a @raw step");
    }
    return true;
}

char *reader_peek(const struct reader *rd)
{
    return rd->at < rd->lines.count ? rd->lines.at[rd->at].s : NULL;
}

char *reader_next(struct reader *rd)
{
    char *s = reader_peek(rd);
    if (s != NULL)
        rd->at++;
    return s;
}

int reader_line(const struct reader *rd)
{
    return rd->origins == NULL || rd->at == 0 ? (int)rd->at : rd->origins[rd->at - 1].line;
}

const char *reader_label(const struct reader *rd)
{
    return rd->origins == NULL || rd->at == 0 ? "" : rd->origins[rd->at - 1].label;
}

void reader_skip_blank(struct reader *rd)
{
    while (rd->at < rd->lines.count && rd->lines.at[rd->at].len == 0)
        rd->at++;
}

bool reader_fail(struct reader *rd, int line, const char *format, ...)
{
    if (rd->broken)
        return false;
    char reason[512];
    va_list args;
    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    report_fail(rd->report, line, "mistake in the data file%s: %s", reader_label(rd), reason);
    rd->broken = true;
    return false;
}

bool reader_block(struct reader *rd, struct text *ret_block)
{
    int from = reader_line(rd);
    for (char *s = reader_next(rd); s != NULL; s = reader_next(rd)) {
        if (strcmp(s, "end") == 0)
            return true;
        text_addf(ret_block, "%s\n", s);
    }
    return reader_fail(rd, from, "this block has no line `end`");
}

bool reader_summary(struct reader *rd, const char **ret_summary)
{
    reader_skip_blank(rd);
    char *s = reader_peek(rd);
    if (s == NULL || s[0] != '#' || s[1] == '#' || *str_trim(s + 1) == '\0')
        return reader_fail(rd, reader_line(rd) + 1,
                           "a data file begins with `# ` and the behaviour that it shows");
    *ret_summary = keep_str(str_trim(s + 1));
    return true;
}
