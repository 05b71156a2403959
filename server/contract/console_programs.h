/* Programs of the console's reference: one operation as curl, and as calls of our npm and Python packages. */
#ifndef DUVO_CONTRACT_CONSOLE_PROGRAMS_H
#define DUVO_CONTRACT_CONSOLE_PROGRAMS_H

#include "control/console.h"
#include "request/route.h"

/* A parameter's example as programs have it, for the items of the lists path_parameters and query_parameters: puts
 * PARAMETER_VALUES values at `v` and returns their number. */
enum { PARAMETER_VALUES = 6 };
size_t programs_put_parameter(struct request *rq, struct template_value *v, const struct route *route,
                              const struct field *f, bool in_path);
/* What console_programs.html fills in besides: the page's `base` is there, and those lists. */
void programs_put(struct console *c, const struct route *route, struct text body_example);

#endif
