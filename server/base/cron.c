#include "base/cron.h"

struct cron_field {
    int64_t min, max;
    const char *names; /* of the values from `min` on, separated by blanks */
    const char *wrong;
};

#define WRONG(what) "Invalid cron expression: " what
static const struct cron_field fields[] = {
    { 0, 59, NULL, WRONG("expected minutes as values or ranges from 0 to 59") },
    { 0, 23, NULL, WRONG("expected hours as values or ranges from 0 to 23") },
    { 1, 31, NULL, WRONG("expected days of the month as values or ranges from 1 to 31") },
    { 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC",
      WRONG("expected months as values or ranges from 1 to 12 or JAN to DEC") },
    { 0, 7, "SUN MON TUE WED THU FRI SAT",
      WRONG("expected days of the week as values or ranges from 0 to 7 or SUN to SAT") },
};
enum { FIELDS = sizeof fields / sizeof fields[0] };

static bool take_name(const struct cron_field *f, struct text t, int64_t *ret)
{
    int64_t value = f->min;
    for (struct text rest = text_of(f->names); rest.p; value++)
        if (text_eq_nocase(text_cut(&rest, ' '), t)) {
            *ret = value;
            return true;
        }
    return false;
}

static bool take_value(const struct cron_field *f, struct text t, int64_t *ret)
{
    if (f->names && take_name(f, t, ret))
        return true;
    return text_to_uint(t, ret) && *ret >= f->min && *ret <= f->max;
}

/* One of a list: a star, a value or a range, and a step or none. */
static bool is_item(const struct cron_field *f, struct text item)
{
    struct text step = item;
    struct text to = text_cut(&step, '/');
    const struct text from = text_cut(&to, '-');
    int64_t first = f->min, last = f->max, every = 1;
    if (text_eq(from, T("*"))) {
        if (to.p)
            return false;
    } else if (!take_value(f, from, &first) || (to.p && !take_value(f, to, &last)) || first > last)
        return false;
    return !step.p || (text_to_uint(step, &every) && every >= 1 && every <= f->max);
}

static bool is_list(const struct cron_field *f, struct text list)
{
    for (struct text rest = list; rest.p;)
        if (!is_item(f, text_cut(&rest, ',')))
            return false;
    return true;
}

/* The next field, or a text of no length at the end. */
static struct text next_field(struct text *rest)
{
    size_t start = 0, end;
    while (start < rest->n && char_is_blank(rest->p[start]))
        start++;
    for (end = start; end < rest->n && !char_is_blank(rest->p[end]);)
        end++;
    const struct text field = text_from(text_clip(*rest, end), start);
    *rest = text_from(*rest, end);
    return field;
}

const char *cron_check(struct text expression)
{
    struct text rest = expression;
    for (size_t i = 0; i < FIELDS; i++) {
        const struct text field = next_field(&rest);
        if (!field.n)
            return "Invalid cron expression: expected 5 fields";
        if (!is_list(&fields[i], field))
            return fields[i].wrong;
    }
    return next_field(&rest).n ? "Invalid cron expression: expected 5 fields" : NULL;
}
