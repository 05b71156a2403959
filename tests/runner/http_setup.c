/* @setup: steps that many files begin with, from the one file that names them. */
#include "expand.h"
#include "http_case.h"
#include "pattern.h"

#include <limits.h>
#include <string.h>

static const char setups[] = "tests/api/setups.txt";

static bool setup_put(struct expansion *x, struct reader *caller, char *call, int before);

/* The words behind `@setup` or `@define`: a name, then values or the names of values. */
static bool words_parse(struct reader *rd, const char *s, struct strings *ret_words)
{
    size_t directive = strcspn(s, " \t");
    *ret_words = (struct strings){ 0 };
    if (!strings_split(ret_words, s + directive))
        return reader_fail(rd, reader_line(rd), "a quote is not closed");
    return ret_words->count > 0 ||
           reader_fail(rd, reader_line(rd), "%.*s needs a name", (int)directive, s);
}

/* Moves on to the first line of that set-up, whose heading stands above the line `before`. */
static bool setup_find(struct reader *rd, const char *name, int before, struct strings *ret_words)
{
    struct expansion seen = { .rd = rd };
    for (char *s = reader_next(rd); s != NULL && reader_line(rd) < before; s = reader_next(rd)) {
        if (!expansion_directive(&seen, s, "define"))
            continue;
        if (!words_parse(rd, s, ret_words))
            return false;
        if (strcmp(ret_words->at[0], name) == 0)
            return true;
    }
    return reader_fail(rd, 0, "there is no set-up named `%.60s`", name);
}

static bool values_match(struct reader *rd, const struct strings *given, const struct strings *names,
                         struct values *ret_values)
{
    if (given->count != names->count)
        return reader_fail(rd, reader_line(rd), "the set-up `%s` takes %zu values, not %zu", names->at[0],
                           names->count - 1, given->count - 1);
    ret_values->used = keep_alloc(names->count * sizeof *ret_values->used);
    for (size_t i = 1; i < names->count; i++) {
        if (!pattern_name_valid(names->at[i]))
            return reader_fail(rd, reader_line(rd), "a value cannot be named `%.60s`", names->at[i]);
        strings_add(&ret_values->names, names->at[i]);
        strings_add(&ret_values->texts, given->at[i]);
    }
    return true;
}

static bool line_put(struct expansion *x, struct reader *from, char *s, bool nested, int heading, const char *call)
{
    if (nested)
        return setup_put(x, from, s, heading);
    const struct origin origin = { .line = reader_line(x->rd),
                                   .label = keep_f("%s (`%s`, %s:%d)", reader_label(x->rd), call, setups,
                                                   reader_line(from)) };
    expansion_add_made(x, s, origin);
    return true;
}

/* The lines of the set-up whose heading the reader has given last. */
static bool lines_put(struct expansion *x, struct reader *from, const struct values *values, const char *call)
{
    struct expansion seen = { .rd = from };
    size_t steps = 0;
    int heading = reader_line(from);
    for (char *s = reader_next(from); s != NULL && !expansion_directive(&seen, s, "define");
         s = reader_next(from)) {
        bool nested = expansion_directive(&seen, s, "setup");
        char *filled = values_fill_in(values, s);
        steps += nested || is_title(s);
        if (filled != NULL && !line_put(x, from, filled, nested, heading, call))
            return false;
    }
    const char *unused = values_unused(values);
    if (steps == 0)
        return reader_fail(from, heading, "this set-up has no step");
    return unused == NULL || reader_fail(from, heading, "no step of this set-up names {{%s}}", unused);
}

/* A mistake in the set-ups is one of the line that called for it. */
static bool setup_fail(struct reader *caller, const struct report *mistake)
{
    const char *s = text_str(&mistake->out);
    s += strspn(s, " ");
    return reader_fail(caller, reader_line(caller), "%s: %.*s", setups, (int)strcspn(s, "\n"), s);
}

static bool setup_put(struct expansion *x, struct reader *caller, char *call, int before)
{
    struct report mistake = { 0 };
    struct reader from;
    struct strings given, names;
    struct values values = { 0 };
    if (!words_parse(caller, call, &given))
        return false;
    bool ok = reader_open(&from, setups, &mistake) && setup_find(&from, given.at[0], before, &names) &&
              values_match(&from, &given, &names, &values) && lines_put(x, &from, &values, call);
    ok = ok || setup_fail(caller, &mistake);
    text_free(&mistake.out);
    return ok;
}

bool setups_expand(struct reader *rd)
{
    struct expansion x = { .rd = rd };
    for (char *s = reader_next(rd); s != NULL; s = reader_next(rd)) {
        if (!expansion_directive(&x, s, "setup"))
            expansion_add(&x, s);
        else if (!setup_put(&x, rd, s, INT_MAX))
            return false;
    }
    expansion_end(&x);
    return true;
}

/* Adds the names of the set-ups that the file calls for. */
static void calls_collect(const char *path, struct strings *names)
{
    struct report unused = { 0 };
    struct strings words;
    struct reader rd;
    char *s = reader_open(&rd, path, &unused) ? reader_next(&rd) : NULL;
    for (; s != NULL; s = reader_next(&rd))
        if (str_after(s, "@setup") != NULL && words_parse(&rd, s, &words))
            strings_add(names, words.at[0]);
    text_free(&unused.out);
}

static bool is_called(const struct strings *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->at[i], name) == 0)
            return true;
    return false;
}

void setups_check(const struct strings *files, struct text *ret_problems)
{
    struct report unused = { 0 };
    struct strings names = { 0 }, words;
    struct reader rd;
    calls_collect(setups, &names);
    for (size_t i = 0; i < files->count; i++)
        calls_collect(files->at[i], &names);
    char *s = reader_open(&rd, setups, &unused) ? reader_next(&rd) : NULL;
    for (; s != NULL; s = reader_next(&rd))
        if (str_after(s, "@define") != NULL && words_parse(&rd, s, &words) && !is_called(&names, words.at[0]))
            text_addf(ret_problems, "no data file takes the set-up `%s` (%s:%d)\n", words.at[0], setups,
                      reader_line(&rd));
    text_free(&unused.out);
}
