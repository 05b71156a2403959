#include "request/errors.h"

#include <stddef.h>

const struct error_kind *error_kind(enum err err)
{
    static const struct error_kind kinds[] = {
        [OK] = { 200, NULL, "" },
#define ERROR(name, status, code, message) [ERR_##name] = { (status), code, message },
#include "request/errors.def"
#undef ERROR
    };
    return &kinds[err];
}

enum err error_of_store(enum db_failure failure)
{
    static const enum err errors[] = { [DB_OK] = OK, [DB_FULL] = ERR_STORE_FULL, [DB_LOCKED] = ERR_STORE_LOCKED,
                                       [DB_BROKEN] = ERR_INTERNAL, [DB_FAILED] = ERR_INTERNAL };
    return errors[failure];
}

const char *status_phrase(unsigned status)
{
    static const struct {
        unsigned status;
        const char *phrase;
    } phrases[] = {
        { 200, "OK" }, { 201, "Created" }, { 202, "Accepted" }, { 204, "No Content" }, { 302, "Found" },
        { 303, "See Other" }, { 400, "Bad Request" }, { 401, "Unauthorized" }, { 402, "Payment Required" },
        { 403, "Forbidden" }, { 404, "Not Found" }, { 405, "Method Not Allowed" }, { 406, "Not Acceptable" },
        { 408, "Request Timeout" }, { 409, "Conflict" }, { 410, "Gone" }, { 412, "Precondition Failed" },
        { 413, "Payload Too Large" }, { 414, "URI Too Long" }, { 415, "Unsupported Media Type" },
        { 422, "Unprocessable Entity" }, { 423, "Locked" }, { 425, "Too Early" }, { 428, "Precondition Required" },
        { 429, "Too Many Requests" }, { 431, "Request Header Fields Too Large" }, { 500, "Internal Server Error" },
        { 501, "Not Implemented" }, { 502, "Bad Gateway" }, { 503, "Service Unavailable" },
        { 504, "Gateway Timeout" }, { 507, "Insufficient Storage" },
    };
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    return "Error"; /* one that a fault was ordered with */
}
