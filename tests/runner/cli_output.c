/* What a command printed, against what its file says. */
#include "cli_run.h"
#include "pattern.h"

#include <string.h>

static const char *const stream_names[] = { [STREAM_OUT] = "stdout", [STREAM_ERR] = "stderr" };

void output_read(struct output *o, const char *out_path, const char *err_path)
{
    *o = (struct output){ 0 };
    file_read(out_path, &o->bytes[STREAM_OUT]);
    file_read(err_path, &o->bytes[STREAM_ERR]);
}

void output_free(struct output *o)
{
    text_free(&o->bytes[STREAM_OUT]);
    text_free(&o->bytes[STREAM_ERR]);
}

void output_dump(const struct output *o, struct report *notes)
{
    for (int i = 0; i < 2; i++)
        report_dump(notes, stream_names[i], text_str(&o->bytes[i]), o->bytes[i].len);
}

static bool is_gap(const char *s)
{
    return strcmp(s, "…") == 0 || strcmp(s, "...") == 0;
}

/* How many lines of the block match before the first that does not, over all ways to fill the gaps. */
static size_t block_match(const struct line *want, size_t wants, const struct line *got, size_t gots,
                          struct vars *vars, struct text *why, bool *ret_all)
{
    *ret_all = wants == 0 && gots == 0;
    if (wants == 0)
        return 0;
    if (is_gap(want->s)) {
        size_t best = 0;
        for (size_t skip = 0; skip <= gots && !*ret_all; skip++) {
            size_t n = block_match(want + 1, wants - 1, got + skip, gots - skip, vars, why, ret_all);
            best = n > best ? n : best;
        }
        return best + 1;
    }
    if (gots == 0 || !pattern_match(want->s, got->s, got->len, vars, why))
        return 0;
    return block_match(want + 1, wants - 1, got + 1, gots - 1, vars, why, ret_all) + 1;
}

static bool block_check(const struct output *o, const struct output_check *c, struct vars *vars,
                        struct report *notes)
{
    const struct text *t = &o->bytes[c->stream];
    struct lines got = lines_split(text_str(t), t->len);
    struct text why = { 0 };
    bool all;
    size_t matched = block_match(c->block.at, c->block.count, got.at, got.count, vars, &why, &all);
    const char *name = stream_names[c->stream];
    if (!all && matched < c->block.count)
        report_note(notes, "%s: no match for line %d: `%s`", name, c->line + 1 + (int)matched,
                    c->block.at[matched].s);
    else if (!all)
        report_note(notes, "%s has more lines than the block of line %d", name, c->line);
    if (!all)
        report_notes(notes, &why);
    text_free(&why);
    return all;
}

static bool needle_check(const struct output *o, const struct output_check *c, struct vars *vars,
                         struct report *notes)
{
    const struct text *t = &o->bytes[c->stream];
    struct text why = { 0 };
    bool lacks = c->kind == OUTPUT_LACKS;
    bool found = pattern_found(c->needle, text_str(t), t->len, vars, &why);
    bool ok = found != lacks && why.len == 0;
    if (!ok)
        report_note(notes, "%s (line %d): %s `%s`", stream_names[c->stream], c->line,
                    lacks ? "contains" : "lacks", c->needle);
    report_notes(notes, &why);
    text_free(&why);
    return ok;
}

static bool lines_check(const struct output *o, const struct output_check *c, struct vars *vars,
                        struct report *notes)
{
    (void)vars;
    const struct text *t = &o->bytes[c->stream];
    long long wanted = c->kind == OUTPUT_EMPTY ? 0 : c->count;
    long long got = (long long)lines_split(text_str(t), t->len).count;
    if (got != wanted)
        report_note(notes, "%s (line %d): expected %lld lines, got %lld", stream_names[c->stream], c->line,
                    wanted, got);
    return got == wanted;
}

bool output_check_all(const struct output *o, const struct output_check *checks, struct vars *vars,
                      struct report *notes)
{
    static bool (*const kinds[])(const struct output *, const struct output_check *, struct vars *,
                                 struct report *) = {
        [OUTPUT_BLOCK] = block_check, [OUTPUT_CONTAINS] = needle_check, [OUTPUT_LACKS] = needle_check,
        [OUTPUT_LINES] = lines_check, [OUTPUT_EMPTY] = lines_check,
    };
    bool ok = true;
    for (const struct output_check *c = checks; c != NULL; c = c->next)
        ok &= kinds[c->kind](o, c, vars, notes);
    return ok;
}
