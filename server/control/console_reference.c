/* The console's reference: every operation that the mock answers, from the table of routes. */
#include "control/console.h"

#include "control/search.h"
#include "request/route.h"

static struct template_values line_of(struct arena *arena, const struct route *route)
{
    struct template_value *v = ARENA_ARRAY(arena, 5, struct template_value);
    v[0] = value_of("method", text_of(method_names[route->method]));
    v[1] = value_of("path", text_of(route->path));
    v[2] = value_of("operation", text_of(route->operation));
    v[3] = value_of("summary", text_of(route->summary));
    v[4] = (struct template_value){ .name = NULL };
    return (struct template_values){ v };
}

enum err console_reference(struct console *c)
{
    struct template_values *items = ARENA_ARRAY(c->rq->arena, route_count, struct template_values);
    for (size_t i = 0; i < route_count; i++)
        items[i] = line_of(c->rq->arena, &routes[i]);
    console_put(c, list_of("endpoints", items, route_count));
    return OK;
}
