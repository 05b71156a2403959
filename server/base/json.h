/* JSON writer: a reply is written straight into the request's arena, value by value; there is no tree.
 *
 * The writer sets the commas. Calls out of order (two keys in a row, an end too many) are programming errors and
 * end the program. Text must be valid UTF-8; it is escaped here and nowhere else. There is no call that takes a
 * secret. */
#ifndef DUVO_BASE_JSON_H
#define DUVO_BASE_JSON_H

#include "base/buf.h"
#include "base/uuid.h"

#include <stdbool.h>
#include <stdint.h>

enum { JSON_DEPTH = 64 };

struct json {
    struct buf *out;
    unsigned depth;
    uint64_t objects; /* bit i: level i + 1 is an object, not an array */
    bool comma;   /* a value was written before on this level */
    bool pending; /* a key waits for its value */
    bool pretty;  /* line breaks and indentation, for people; set it before the first value */
};

struct json jw_new(struct buf *out);

void jw_object(struct json *j);
void jw_object_end(struct json *j);
void jw_array(struct json *j);
void jw_array_end(struct json *j);
void jw_key(struct json *j, struct text key);

/* A key that is quoted and has its colon already; in a pretty document a blank is added. */
void jw_raw_key(struct json *j, struct text key);

void jw_text(struct json *j, struct text value);
/* An array of them. */
void jw_texts(struct json *j, const struct text *values, size_t n);
void jw_int(struct json *j, int64_t value);
void jw_bool(struct json *j, bool value);
void jw_null(struct json *j);
void jw_uuid(struct json *j, const struct uuid *value);
/* Milliseconds since 1970, written as the API writes times. */
void jw_time(struct json *j, int64_t ms);
/* A complete JSON value that is known to be well-formed. */
void jw_raw(struct json *j, struct text value);

/* `"key": value` in one call. */
void jw_put_text(struct json *j, struct text key, struct text value);
void jw_put_int(struct json *j, struct text key, int64_t value);
void jw_put_bool(struct json *j, struct text key, bool value);
void jw_put_texts(struct json *j, struct text key, const struct text *values, size_t n);

/* A string for whoever writes JSON in another way: puts it where there is room for six times its bytes and two more,
 * and returns where it ends. */
char *json_put_string(char *w, struct text t);

#endif
