#include "api/common.h"

#include "api/handlers.h"

/* ---- lists ------------------------------------------------------------------------------------------------- */

static const struct field page_fields[] = {
    FIELD_TEXT(struct page_query, type, .doc = "Only those of this integration type", .example = "\"gmail\""),
    PAGE_QUERY(struct page_query, "100"),
};
const struct spec page_query_spec = SPEC(struct page_query, "PageQuery", page_fields);

enum err list_all(struct request *rq, struct reply *rp, enum sql which, const struct param *with,
                  const struct spec *spec)
{
    struct list *out = REQUEST_NEW(rq, struct list);
    out->rows = query_rows(rq->db, which, with, spec, rq->arena);
    rp->object = out;
    return OK;
}

static size_t rows_on(const struct page_range *page, int64_t total)
{
    const int64_t left = total - page->offset.v;
    if (left <= 0)
        return 0;
    return (size_t)(left < page->limit.v ? left : page->limit.v);
}

enum err list_page(struct request *rq, struct reply *rp, const struct page_range *page, enum sql count, enum sql which,
                   const struct param *with, const struct spec *spec, read_row *read)
{
    struct list *out = REQUEST_NEW(rq, struct list);
    const int64_t total = query_number(rq->db, count, with);
    const size_t room = rows_on(page, total);
    char *rows = arena_array(rq->arena, room, spec->size);
    size_t n = 0;
    QUERY q = query_page(rq->db, which, with, page->limit.v, page->offset.v);
    for (; n < room && query_row(&q); n++)
        if (read)
            read(rq, &q, rows + n * spec->size);
        else
            col_row(&q, 0, spec, rq->arena, rows + n * spec->size);
    *out = (struct list){ SET_ROWS(n, rows), SET_INT(total), *page };
    rp->object = out;
    return OK;
}

/* ---- changes ----------------------------------------------------------------------------------------------- */

struct done {
    struct v_bool success;
    struct v_text message;
};

#define DONE FIELD_BOOL(struct done, success, .flags = REQUIRED, .doc = "Whether it succeeded", .example = "true")
static const struct field success_fields[] = { DONE };
static const struct field done_fields[] = {
    DONE,
    FIELD_TEXT(struct done, message, .flags = REQUIRED, .doc = "A message for people",
               .example = "\"Connection deleted successfully\""),
};
#undef DONE
const struct spec success_spec = SPEC(struct done, "Success", success_fields);
const struct spec done_spec = SPEC(struct done, "Done", done_fields);

const void *success(struct request *rq, bool done)
{
    struct done *out = REQUEST_NEW(rq, struct done);
    out->success = SET_BOOL(done);
    return out;
}

const void *done(struct request *rq, const char *message)
{
    struct done *out = REQUEST_NEW(rq, struct done);
    *out = (struct done){ SET_BOOL(true), SET_TEXT(text_of(message)) };
    return out;
}

#define TAKE(kind, is_same)                                                                                            \
    bool take_##kind(struct v_##kind *to, struct v_##kind from)                                                        \
    {                                                                                                                  \
        const bool stays = from.is == VALUE_ABSENT || (from.is == to->is && (from.is == VALUE_NULL || (is_same)));     \
        if (!stays)                                                                                                    \
            *to = from;                                                                                                \
        return !stays;                                                                                                 \
    }
TAKE(text, text_eq(from.v, to->v))
TAKE(uuid, uuid_eq(&from.v, &to->v))
TAKE(int, from.v == to->v)
TAKE(bool, from.v == to->v)
TAKE(enum, from.v == to->v)
