#include "base/pair.h"

struct text header_find(const struct pair *headers, size_t n, struct text name)
{
    for (size_t i = 0; i < n; i++)
        if (text_eq_nocase(headers[i].name, name))
            return headers[i].value;
    return (struct text){ NULL, 0 };
}

struct pair query_cut(struct text *rest)
{
    struct text value = text_cut(rest, '&');
    const struct text name = text_cut(&value, '=');
    return (struct pair){ name, value };
}
