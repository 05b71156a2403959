#include "errors.h"

#include "base/arena.h"

#include <stddef.h>

const struct error_kind *error_kind(enum err err)
{
    static const struct error_kind kinds[] = {
        [OK] = { 200, NULL, "" },
#define ERROR(name, status, code, message) [ERR_##name] = { (status), code, message },
#include "errors.def"
#undef ERROR
    };
    return &kinds[err];
}

const char *status_phrase(unsigned status)
{
    static const struct {
        unsigned status;
        const char *phrase;
    } phrases[] = {
        { 200, "OK" },          { 201, "Created" },           { 302, "Found" },
        { 303, "See Other" },   { 400, "Bad Request" },
        { 401, "Unauthorized" }, { 403, "Forbidden" },         { 404, "Not Found" },
        { 409, "Conflict" },    { 413, "Payload Too Large" }, { 414, "URI Too Long" },
        { 415, "Unsupported Media Type" }, { 422, "Unprocessable Entity" }, { 429, "Too Many Requests" },
        { 431, "Request Header Fields Too Large" }, { 500, "Internal Server Error" },
        { 503, "Service Unavailable" },
    };
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    die("a status without a phrase in errors.c");
}
