#include "api/page.h"

#include "api/handlers.h"

static const struct field page_fields[] = {
    FIELD_TEXT(struct page_query, type, .doc = "Only those of this integration type", .example = "\"gmail\""),
    FIELD_INT(struct page_query, limit, .fallback = "100", .min = 1, .max = 100, .doc = "Rows a page"),
    FIELD_INT(struct page_query, offset, .fallback = "0", .max = INT64_C(9007199254740991), .doc = "Rows to skip"),
};
const struct spec page_query_spec = SPEC(struct page_query, "PageQuery", page_fields);

size_t page_rows(const struct page_query *page, int64_t total)
{
    const int64_t left = total - page->offset.v;
    if (left <= 0)
        return 0;
    return (size_t)(left < page->limit.v ? left : page->limit.v);
}
