/* Handlers: the declarations of every handler and spec in request/routes.def, for the files that define them and
 * for the readers of the table. */
#ifndef DUVO_API_HANDLERS_H
#define DUVO_API_HANDLERS_H

#include "request/request.h"

/* A name in several rows is declared several times, with the same meaning. */
#define ROUTE(method, where, path, operation, who, tx, fn, success, parts, summary, doc) handler fn; parts
#define IN_PATH(name)  extern const struct spec name;
#define IN_QUERY(name) extern const struct spec name;
#define IN_BODY(name)  extern const struct spec name;
#define OUT(name)      extern const struct spec name;
#define REFUSAL(name)  extern const struct spec name;
#define MAY(name)      permit name;
#define ALSO(flags)
#define NOTHING
#define V1_V2(v1, v2)  v1, v2
#include "request/routes.def"
#undef ROUTE
#undef IN_PATH
#undef IN_QUERY
#undef IN_BODY
#undef OUT
#undef REFUSAL
#undef MAY
#undef ALSO
#undef NOTHING
#undef V1_V2

#endif
