#include "net/last_words.h"

#include "base/limit.h"
#include "base/random.h"
#include "base/uuid.h"

#include <stdio.h>
#include <sys/socket.h>

static const struct {
    const char *status, *id, *framework, *message; /* framework: members of its own, before `error` */
} words_of[] = {
    [WORDS_LATE] = { "408 Request Timeout", "request_timeout", "",
                     "The request was not complete in time: send it again" },
    [WORDS_PLAIN_HTTP] = { "400 Bad Request", "invalid_request", "",
                           "This port speaks https, and the request was plain http: use https" },
    [WORDS_TLS] = { "400 Bad Request", "invalid_request", "",
                    "This port speaks http, and the request was TLS: use http, or start with --tls" },
    [WORDS_LENGTH] = { "400 Bad Request", "invalid_request", "", "headers/content-length Expected a number of bytes" },
    [WORDS_TOO_LONG] = { "413 Payload Too Large", "payload_too_large",
                         "\"statusCode\":413,\"code\":\"FST_ERR_CTP_BODY_TOO_LARGE\",", "Request body is too large" },
    [WORDS_URI] = { "414 URI Too Long", "uri_too_long", "\"statusCode\":414,",
                    "Request URI is too long: at most 8192 bytes" },
    [WORDS_HEADERS] = { "431 Request Header Fields Too Large", "request_header_fields_too_large", "\"statusCode\":431,",
                        "Request headers are too large: at most 100 lines and 16384 bytes" },
    [WORDS_VERSION] = { "505 HTTP Version Not Supported", "http_version_not_supported", "",
                        "Only HTTP/1.1 and HTTP/1.0 are spoken" },
    [WORDS_MALFORMED] = { "400 Bad Request", "invalid_request", "", "The request line or a header is malformed" },
};

static bool names_ids; /* set before the first thread begins */

void last_words_name_ids(bool on)
{
    names_ids = on;
}

struct text last_words_text(enum last_words words, char ret[LAST_WORDS_SIZE])
{
    char id[UUID_TEXT_SIZE], body[LAST_WORDS_SIZE / 2];
    const struct uuid uuid = random_uuid();
    const char *status = words_of[words].status;
    uuid_format(&uuid, id);
    const int length = snprintf(body, sizeof body, "{%s\"error\":\"%s\",\"message\":\"%s\"}", words_of[words].framework,
                                names_ids ? words_of[words].id : status + sizeof "400", words_of[words].message);
    const int n = snprintf(ret, LAST_WORDS_SIZE,
                           "HTTP/1.1 %s\r\nContent-Type: application/json; charset=utf-8\r\nx-request-id: %.36s\r\n"
                           "Connection: close\r\nContent-Length: %d\r\n\r\n%s", status, id, length, body);
    return (struct text){ ret, (size_t)n };
}

static void drop_what_came(int fd)
{
    char rest[4096];
    size_t dropped = 0;
    for (ssize_t n; dropped < LIMIT_DRAIN && (n = recv(fd, rest, sizeof rest, MSG_DONTWAIT)) > 0;)
        dropped += (size_t)n;
}

void last_words(int fd, enum last_words words)
{
    char reply[LAST_WORDS_SIZE];
    const struct text text = last_words_text(words, reply);
    drop_what_came(fd);
    send(fd, text.p, text.n, MSG_DONTWAIT | MSG_NOSIGNAL);
    shutdown(fd, SHUT_WR);
}
