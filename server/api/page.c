#include "api/page.h"

#include "api/handlers.h"

static const struct field page_fields[] = {
    FIELD_TEXT(struct page_query, type, .doc = "Only those of this integration type", .example = "\"gmail\""),
    PAGE_QUERY(struct page_query, "100"),
};
const struct spec page_query_spec = SPEC(struct page_query, "PageQuery", page_fields);

size_t page_rows(struct v_int limit, struct v_int offset, int64_t total)
{
    const int64_t left = total - offset.v;
    if (left <= 0)
        return 0;
    return (size_t)(left < limit.v ? left : limit.v);
}
