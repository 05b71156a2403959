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

struct status {
    unsigned status;
    const char *phrase, *id;
};

/* Successes have no identifier. */
static const struct status *find_status(unsigned status)
{
    static const struct status known[] = {
        { 200, "OK", NULL }, { 201, "Created", NULL }, { 202, "Accepted", NULL }, { 204, "No Content", NULL },
        { 302, "Found", NULL }, { 303, "See Other", NULL },
        { 400, "Bad Request", "invalid_request" },
        { 401, "Unauthorized", "invalid_token" },
        { 402, "Payment Required", "payment_required" },
        { 403, "Forbidden", "forbidden" },
        { 404, "Not Found", "not_found" },
        { 405, "Method Not Allowed", "method_not_allowed" },
        { 406, "Not Acceptable", "not_acceptable" },
        { 408, "Request Timeout", "request_timeout" },
        { 409, "Conflict", "conflict" },
        { 410, "Gone", "gone" },
        { 412, "Precondition Failed", "precondition_failed" },
        { 413, "Payload Too Large", "payload_too_large" },
        { 414, "URI Too Long", "uri_too_long" },
        { 415, "Unsupported Media Type", "unsupported_media_type" },
        { 422, "Unprocessable Entity", "unprocessable_entity" },
        { 423, "Locked", "locked" },
        { 425, "Too Early", "too_early" },
        { 428, "Precondition Required", "precondition_required" },
        { 429, "Too Many Requests", "rate_limited" },
        { 431, "Request Header Fields Too Large", "request_header_fields_too_large" },
        { 500, "Internal Server Error", "internal_error" },
        { 501, "Not Implemented", "not_implemented" },
        { 502, "Bad Gateway", "bad_gateway" },
        { 503, "Service Unavailable", "service_unavailable" },
        { 504, "Gateway Timeout", "gateway_timeout" },
        { 505, "HTTP Version Not Supported", "http_version_not_supported" },
        { 507, "Insufficient Storage", "insufficient_storage" },
    };
    static const struct status other = { 0, "Error", "error" }; /* one that a fault was ordered with */
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].status == status)
            return &known[i];
    return &other;
}

const char *status_phrase(unsigned status)
{
    return find_status(status)->phrase;
}

const char *status_id(unsigned status)
{
    return find_status(status)->id;
}
