#include "space/gone.h"

#include "base/clock.h"
#include "base/limit.h"
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES = 1000, MINUTES = 10 };

struct gone_name {
    int64_t until_us; /* by the steady clock; 0: nothing */
    size_t n;
    char bytes[LIMIT_SPACE_NAME];
};

static struct gone_name *find(const struct gone *gone, struct text name)
{
    const int64_t now_us = clock_steady_us();
    for (size_t i = 0; gone->names && i < NAMES; i++) {
        struct gone_name *one = &gone->names[i];
        if (now_us < one->until_us && text_eq((struct text){ one->bytes, one->n }, name))
            return one;
    }
    return NULL;
}

void gone_add(struct gone *gone, struct text name)
{
    if (!gone->names)
        gone->names = memory_kept(NAMES * sizeof *gone->names);
    struct gone_name *one = &gone->names[gone->at++ % NAMES];
    *one = (struct gone_name){ .until_us = clock_steady_us() + MINUTES * INT64_C(60000000), .n = name.n };
    memcpy(one->bytes, name.p, name.n);
}

void gone_remove(struct gone *gone, struct text name)
{
    for (struct gone_name *one; (one = find(gone, name));)
        one->until_us = 0;
}

bool gone_has(const struct gone *gone, struct text name)
{
    return find(gone, name) != NULL;
}

void gone_free(struct gone *gone)
{
    free(gone->names);
}
