/* @setup: steps that many files begin with, from the one file that names them. */
#include "expand.h"
#include "http_case.h"
#include "pattern.h"

#include <string.h>

static const char setups[] = "tests/api/setups.txt";

/* The set-up that the reader has come to: its name and the names of its values. */
static bool heading_parse(struct reader *rd, char *s, struct strings *ret_words)
{
    if (!strings_split(ret_words, s + strlen("@setup")))
        return reader_fail(rd, reader_line(rd), "a quote is not closed");
    return ret_words->count > 0 || reader_fail(rd, reader_line(rd), "@setup needs a name");
}

/* Moves on to the first line of that set-up. */
static bool setup_find(struct reader *rd, const char *name, struct strings *ret_words)
{
    struct expansion seen = { .rd = rd };
    for (char *s = reader_next(rd); s != NULL; s = reader_next(rd)) {
        if (!expansion_directive(&seen, s, "setup"))
            continue;
        *ret_words = (struct strings){ 0 };
        if (!heading_parse(rd, s, ret_words))
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

static bool setup_add(struct expansion *x, struct reader *from, const struct values *values, const char *call)
{
    struct expansion seen = { .rd = from };
    size_t steps = 0;
    int heading = reader_line(from);
    for (char *s = reader_next(from); s != NULL && !expansion_directive(&seen, s, "setup");
         s = reader_next(from)) {
        char *filled = values_fill_in(values, s);
        const struct origin origin = { .line = reader_line(x->rd),
                                       .label = keep_f("%s (`%s`, %s:%d)", reader_label(x->rd), call, setups,
                                                       reader_line(from)) };
        steps += is_title(s);
        if (filled != NULL)
            expansion_add_made(x, filled, origin);
    }
    const char *unused = values_unused(values);
    if (steps == 0)
        return reader_fail(from, heading, "this set-up has no step");
    return unused == NULL || reader_fail(from, heading, "no step of this set-up names {{%s}}", unused);
}

/* A mistake in the set-ups, as one of the line that wanted them. */
static bool setup_fail(struct reader *rd, const struct report *mistake)
{
    const char *s = text_str(&mistake->out);
    return reader_fail(rd, reader_line(rd), "%s: %.*s", setups, (int)strcspn(s, "\n"), s + strspn(s, " "));
}

static bool setup_expand(struct expansion *x, char *s)
{
    struct report mistake = { 0 };
    struct reader from;
    struct strings given = { 0 }, names = { 0 };
    struct values values = { 0 };
    if (!heading_parse(x->rd, s, &given))
        return false;
    bool ok = reader_open(&from, setups, &mistake) && setup_find(&from, given.at[0], &names) &&
              values_match(&from, &given, &names, &values) && setup_add(x, &from, &values, s);
    ok = ok || setup_fail(x->rd, &mistake);
    text_free(&mistake.out);
    return ok;
}

bool setups_expand(struct reader *rd)
{
    struct expansion x = { .rd = rd };
    for (char *s = reader_next(rd); s != NULL; s = reader_next(rd)) {
        if (!expansion_directive(&x, s, "setup"))
            expansion_add(&x, s);
        else if (!setup_expand(&x, s))
            return false;
    }
    expansion_end(&x);
    return true;
}
