/* What resources have in common: lists and their pages (duvo-api.md 5.1), the reply of a change without an object
 * to show, and the effect of PATCH on each member. */
#ifndef DUVO_API_COMMON_H
#define DUVO_API_COMMON_H

#include "request/request.h"
#include "store/query.h"

/* The creation time of rows whose document gives none: old enough to sort behind everything that a test makes. */
#define FIRST_INSTANT "\"2026-01-01T00:00:00.000Z\""
#define UPDATED_DOC "created_at, unless given"

/* ---- lists ------------------------------------------------------------------------------------------------- */

struct page_range {
    struct v_int limit, offset;
};

/* The query of lists of connections and integrations. */
struct page_query {
    struct page_range page;
    struct v_text type;
};

#define PAGE_MAX INT64_C(9007199254740991)
/* Fields of a query with a `page`. `rows`: the default page size, as text. */
#define PAGE_QUERY(S, rows)                                                                                            \
    FIELD_AT(S, page.limit, "limit", struct v_int, KIND_INT, .fallback = (rows), .min = 1, .max = 100,                 \
             .doc = "Rows a page"),                                                                                    \
    FIELD_AT(S, page.offset, "offset", struct v_int, KIND_INT, .fallback = "0", .max = PAGE_MAX, .doc = "Rows to skip")

/* The reply of a list. */
struct list {
    struct v_rows rows;
    struct v_int total; /* when it has pages */
    struct page_range page;
};

/* The field of its rows: their name in JSON, the spec of one. */
#define LIST_ROWS(json, of, about)                                                                                     \
    FIELD_AT(struct list, rows, json, struct v_rows, KIND_ROWS, .flags = REQUIRED, .sub = &(of), .doc = (about))
/* The fields that describe the page. `all` says what is counted. */
#define LIST_PAGE(S, all)                                                                                              \
    FIELD_INT(S, total, .flags = REQUIRED, .doc = (all), .example = "1"),                                              \
    FIELD_AT(S, page.limit, "limit", struct v_int, KIND_INT, .flags = REQUIRED, .min = 1, .max = PAGE_MAX,             \
             .doc = "Rows a page", .example = "20"),                                                                   \
    FIELD_AT(S, page.offset, "offset", struct v_int, KIND_INT, .flags = REQUIRED, .doc = "Rows skipped",               \
             .example = "0")

/* Columns of what pauses itself after too many runs without a usable connection: schedules and triggers. */
#define FAILURE_COLUMNS(S)                                                                                             \
    FIELD_TIME(S, auto_disabled_at, .column = "auto_disabled_at", .flags = NULLABLE),                                  \
    FIELD_TEXT(S, auto_disabled_reason, .column = "auto_disabled_reason", .flags = NULLABLE),                          \
    FIELD_INT(S, consecutive_missing_connection_failures, .column = "consecutive_missing_connection_failures",         \
              .fallback = "0"),                                                                                        \
    FIELD_TIME(S, first_missing_connection_failure_at, .column = "first_missing_connection_failure_at",                \
               .flags = NULLABLE),                                                                                     \
    FIELD_TIME(S, last_missing_connection_failure_at, .column = "last_missing_connection_failure_at",                  \
               .flags = NULLABLE)

/* Answers with all rows of the spec that the statement finds. */
enum err list_all(struct request *rq, struct reply *rp, enum sql which, const struct param *with,
                  const struct spec *spec);
/* Makes an object of a row, besides with queries of its own. */
typedef void read_row(struct request *rq, const struct query *q, void *ret);
/* Answers with one page of them. `count` says how many there are in all; `which` has the same parameters, and the limit
 * and the offset after them. `read` NULL: the row has the columns of the spec. */
enum err list_page(struct request *rq, struct reply *rp, const struct page_range *page, enum sql count, enum sql which,
                   const struct param *with, const struct spec *spec, read_row *read);

/* ---- changes ----------------------------------------------------------------------------------------------- */

/* {"success": …} */
const void *success(struct request *rq, bool done);
/* The same with a sentence for people. */
const void *done(struct request *rq, const char *message);

/* Replaces the stored value by a sent one that differs; true when it did. Null is a value, too. */
bool take_text(struct v_text *to, struct v_text from);
bool take_uuid(struct v_uuid *to, struct v_uuid from);
bool take_int(struct v_int *to, struct v_int from);
bool take_bool(struct v_bool *to, struct v_bool from);
bool take_enum(struct v_enum *to, struct v_enum from);

#endif
