#include "space/first_made.h"

#include <stdlib.h>

static size_t find_newest(const struct first_made *f)
{
    size_t newest = 0;
    for (size_t i = 1; i < f->n; i++)
        if (space_id(f->v[i]) > space_id(f->v[newest]))
            newest = i;
    return newest;
}

void first_made_add(struct first_made *f, struct space *space)
{
    if (f->n < f->max)
        f->v[f->n++] = space;
    else if (f->max && space_id(space) < space_id(f->v[f->newest]))
        f->v[f->newest] = space;
    else
        return;
    if (f->n == f->max)
        f->newest = find_newest(f);
}

static int compare_spaces(const void *a, const void *b)
{
    const int64_t x = space_id(*(struct space *const *)a), y = space_id(*(struct space *const *)b);
    return x < y ? -1 : x > y;
}

void first_made_sort(struct first_made *f)
{
    if (f->n)
        qsort(f->v, f->n, sizeof(struct space *), compare_spaces);
}
