#include "request.h"

#include "limit.h"

#include <stdarg.h>
#include <stdio.h>

const char *const role_names[] = { "clarity_member", "member", "builder", "manager", "administrator", "owner", NULL };

struct text request_header(const struct request *rq, struct text name)
{
    for (size_t i = 0; i < rq->header_count; i++)
        if (text_eq_nocase(rq->headers[i].name, name))
            return rq->headers[i].value;
    return (struct text){ NULL, 0 };
}

enum err fail(struct request *rq, enum err err, const char *format, ...)
{
    char text[LIMIT_MESSAGE];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    rq->message = text_copy(rq->arena, text_of(text));
    return err;
}

void warn(struct request *rq, struct text text)
{
    rq->warning = rq->warning.n ? text_format(rq->arena, "%.*s; %.*s", TEXT_ARG(rq->warning), TEXT_ARG(text)) : text;
}
