#include "base/timezone.h"

struct area {
    const char *name, *places;
};

static const struct area areas[] = {
#define AREA(name, places) { name, places },
#include "base/timezones.def"
#undef AREA
};

static bool has_place(struct text places, struct text place)
{
    for (struct text rest = places; rest.p;)
        if (text_eq(text_cut(&rest, ' '), place))
            return true;
    return false;
}

bool timezone_exists(struct text name)
{
    struct text place = name;
    struct text area = text_cut(&place, '/');
    if (!place.p) { /* a name without an area */
        place = area;
        area = T("");
    }
    for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++)
        if (text_eq(text_of(areas[i].name), area))
            return has_place(text_of(areas[i].places), place);
    return false;
}
