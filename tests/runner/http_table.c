/* @table: rows of values, and the steps below them once for each row. */
#include "expand.h"
#include "http_case.h"
#include "pattern.h"

#include <string.h>

enum { LABEL_MAX = 120 };

struct row {
    struct row *next;
    int line;
    char *s;
    struct strings cells;
};

struct table {
    int line;
    struct values columns;
    struct row *rows, **last;
    size_t from; /* the reader's place of the first line below the rows */
};

/* The cells between bars, without the blanks around them; `\|` is a bar in a cell. */
static bool cells_parse(struct reader *rd, const char *s, struct strings *ret_cells)
{
    struct text cell = { 0 };
    for (s++; *s != '\0'; s++) {
        if (*s == '\\' && s[1] == '|') {
            text_add_char(&cell, *++s);
        } else if (*s == '|') {
            strings_add(ret_cells, str_trim(keep_copy(text_str(&cell), cell.len)));
            text_reset(&cell);
        } else {
            text_add_char(&cell, *s);
        }
    }
    bool closed = cell.len == 0;
    text_free(&cell);
    return closed || reader_fail(rd, reader_line(rd), "a row of a @table ends with a bar `|`");
}

static bool header_row_parse(struct reader *rd, struct table *t)
{
    char *s = reader_peek(rd);
    if (s == NULL || *s != '|')
        return reader_fail(rd, t->line, "a @table begins with the row `| name | … |` of its columns");
    if (!cells_parse(rd, reader_next(rd), &t->columns.names))
        return false;
    struct strings *names = &t->columns.names;
    for (size_t i = 0; i < names->count; i++) {
        if (!pattern_name_valid(names->at[i]))
            return reader_fail(rd, reader_line(rd), "a column cannot be named `%.60s`", names->at[i]);
        for (size_t k = 0; k < i; k++)
            if (strcmp(names->at[i], names->at[k]) == 0)
                return reader_fail(rd, reader_line(rd), "two columns are named `%s`", names->at[i]);
    }
    t->columns.used = keep_alloc((names->count + 1) * sizeof *t->columns.used);
    return names->count > 0 || reader_fail(rd, t->line, "this @table has no column");
}

static bool same_cells(const struct row *a, const struct row *b)
{
    for (size_t i = 0; i < a->cells.count; i++)
        if (strcmp(a->cells.at[i], b->cells.at[i]) != 0)
            return false;
    return true;
}

static bool row_parse(struct reader *rd, struct table *t, char *s)
{
    struct row *row = keep_alloc(sizeof *row);
    row->line = reader_line(rd);
    row->s = s;
    if (!cells_parse(rd, s, &row->cells))
        return false;
    if (row->cells.count != t->columns.names.count)
        return reader_fail(rd, row->line, "this row has %zu cells, and the table %zu columns",
                           row->cells.count, t->columns.names.count);
    for (const struct row *other = t->rows; other != NULL; other = other->next)
        if (same_cells(row, other))
            return reader_fail(rd, row->line, "this row says the same as that of line %d", other->line);
    *t->last = row;
    t->last = &row->next;
    return true;
}

static bool rows_parse(struct reader *rd, struct table *t)
{
    for (char *s = reader_peek(rd); s != NULL && *s == '|'; s = reader_peek(rd))
        if (!row_parse(rd, t, reader_next(rd)))
            return false;
    t->from = rd->at;
    return t->rows != NULL || reader_fail(rd, t->line, "this @table has no row below the names of its columns");
}

/* Moves on to the end of the steps of a row: the next `###`, or a directive behind a reply. */
static bool steps_skip(struct reader *rd, const struct table *t)
{
    struct expansion seen = { .rd = rd };
    size_t steps = 0;
    for (char *s = reader_peek(rd); s != NULL; s = reader_peek(rd)) {
        bool next = str_starts(s, "### ");
        expansion_directive(&seen, s, "");
        if (steps > 0 && (next || (*s == '@' && !seen.in_request)))
            break;
        steps += next;
        reader_next(rd);
    }
    return steps > 0 || reader_fail(rd, t->line, "no step follows the rows of this @table");
}

static const char *row_label(const struct row *row)
{
    bool cut = strlen(row->s) > LABEL_MAX;
    return keep_f(" (row of line %d: %.*s%s)", row->line, cut ? LABEL_MAX : (int)strlen(row->s), row->s,
                  cut ? "…" : "");
}

static void row_expand(struct expansion *x, struct table *t, const struct row *row, size_t to)
{
    struct reader *rd = x->rd;
    const char *label = row_label(row);
    t->columns.texts = row->cells;
    for (rd->at = t->from; rd->at < to;) {
        char *s = values_fill_in(&t->columns, reader_next(rd));
        const struct origin origin = { .line = reader_line(rd), .label = label };
        if (s != NULL)
            expansion_add_made(x, str_starts(s, "#### ") ? s + 1 : s, origin);
    }
}

static bool table_expand(struct expansion *x)
{
    struct reader *rd = x->rd;
    struct table t = { .line = reader_line(rd) };
    t.last = &t.rows;
    if (!header_row_parse(rd, &t) || !rows_parse(rd, &t) || !steps_skip(rd, &t))
        return false;
    size_t to = rd->at;
    for (const struct row *row = t.rows; row != NULL; row = row->next)
        row_expand(x, &t, row, to);
    const char *unused = values_unused(&t.columns);
    return unused == NULL || reader_fail(rd, t.line, "no step of this @table names {{%s}}", unused);
}

bool tables_expand(struct reader *rd)
{
    struct expansion x = { .rd = rd };
    for (char *s = reader_next(rd); s != NULL; s = reader_next(rd)) {
        if (!expansion_directive(&x, s, "table"))
            expansion_add(&x, s);
        else if (strcmp(s, "@table") != 0)
            return reader_fail(rd, reader_line(rd), "@table takes nothing behind it");
        else if (!table_expand(&x))
            return false;
    }
    expansion_end(&x);
    return true;
}
