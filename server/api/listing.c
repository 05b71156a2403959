#include "api/listing.h"

#include "base/json.h"
#include "store/row_texts.h"

/* What a page is written from. */
struct written_page {
    struct db *db;
    const struct spec *spec;
    enum listed listed;
    enum sql at;
    size_t n;
    int64_t *rowids;
};

static struct order_page page_of_sql(struct request *rq, const struct page_source *l, const struct page_range *range,
                                     int64_t *rowids)
{
    struct order_page page = { .total = query_number(rq->db, l->count, l->with), .rowids = rowids };
    if (range->offset.v >= page.total)
        return page;
    QUERY q = query_page(rq->db, l->page, l->with, range->limit.v, range->offset.v);
    while (page.n < (size_t)range->limit.v && query_row(&q))
        rowids[page.n++] = col_int(&q, 0);
    return page;
}

static void write_row(const struct written_page *w, struct buf *out, unsigned version, int64_t rowid)
{
    const size_t begin = out->n;
    QUERY q = query_with(w->db, w->at, WITH(rowid));
    if (!query_row(&q))
        return;
    const bool may_keep = col_int(&q, 0) != 0;
    col_json(&q, 1, w->spec, version, out);
    if (may_keep && !out->full)
        row_text_keep(w->db, w->listed, rowid, version, (struct text){ out->p + begin, out->n - begin });
}

/* Growing step by step would copy a page more often than once. */
static void make_room(const struct written_page *w, struct buf *out, size_t begin)
{
    const size_t one = out->n - begin;
    buf_reserve(out, (w->n - 1) * (one + one / 8));
}

static void write_rows(const struct written_page *w, struct json *j, unsigned version, bool kept)
{
    const size_t begin = j->out->n;
    for (size_t i = 0; i < w->n && !j->out->full; i++) {
        jw_raw(j, T("")); /* the comma */
        if (!kept || !row_text_take(w->db, w->listed, w->rowids[i], version, j->out))
            write_row(w, j->out, version, w->rowids[i]);
        if (i == 0)
            make_room(w, j->out, begin);
    }
}

/* Texts that a commit may have changed meanwhile are read anew from the snapshot, which has not changed. */
static void write_page(struct json *j, unsigned version, const void *page)
{
    const struct written_page *w = page;
    const struct json before = *j;
    const size_t begin = j->out->n;
    const bool kept = row_texts_hold(w->db);
    write_rows(w, j, version, kept);
    if (!kept || row_texts_hold(w->db))
        return;
    *j = before;
    j->out->n = begin;
    write_rows(w, j, version, false);
}

struct listed_page listing_read(struct request *rq, const struct page_source *l, const struct page_range *range)
{
    int64_t *rowids = ARENA_ARRAY(rq->arena, (size_t)range->limit.v, int64_t);
    struct order_page page = { .rowids = rowids };
    if (!orders_page(rq->db, l->order, &l->lists, range->limit.v, range->offset.v, &page))
        page = page_of_sql(rq, l, range, rowids);
    struct written_page *w = REQUEST_NEW(rq, struct written_page);
    *w = (struct written_page){ rq->db, l->spec, l->listed, l->at, page.n, rowids };
    return (struct listed_page){ { .is = VALUE_SET, .n = page.n, .v = w, .write = write_page }, SET_INT(page.total) };
}

enum err listing_page(struct request *rq, struct reply *rp, const struct page_source *l, const struct page_range *range)
{
    const struct listed_page page = listing_read(rq, l, range);
    struct list *out = REQUEST_NEW(rq, struct list);
    *out = (struct list){ page.rows, page.total, *range };
    rp->object = out;
    return OK;
}
