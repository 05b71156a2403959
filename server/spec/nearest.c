#include "spec/nearest.h"

#include "base/limit.h"

#include <string.h>

/* The case of letters costs nothing: OPERATION means operation. */
static unsigned char folded(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance, one row of the table at a time. */
static size_t distance(struct text a, struct text b)
{
    size_t row[LIMIT_NEAREST + 1];
    for (size_t k = 0; k <= b.n; k++)
        row[k] = k;
    for (size_t i = 0; i < a.n; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t k = 0; k < b.n; k++) {
            const size_t changed = diagonal + (folded(a.p[i]) != folded(b.p[k]));
            diagonal = row[k + 1];
            row[k + 1] = least(changed, least(row[k], row[k + 1]) + 1);
        }
    }
    return row[b.n];
}

struct nearest nearest_to(struct text asked)
{
    return (struct nearest){ .asked = asked, .distance = asked.n / 3 + 1 }; /* further away, another word is meant */
}

void nearest_try(struct nearest *nearest, struct text word)
{
    if (text_eq(nearest->asked, word))
        nearest->found = true;
    if (nearest->asked.n > LIMIT_NEAREST || word.n > LIMIT_NEAREST)
        return;
    const size_t d = distance(nearest->asked, word);
    if (d >= nearest->distance || d >= word.n)
        return;
    nearest->distance = d;
    nearest->word = word;
}
