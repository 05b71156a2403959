#include "mcp/sse.h"

void sse_put(struct buf *b, struct text event, struct text data)
{
    buf_add(b, T("event: "));
    buf_add(b, event);
    buf_add(b, T("\ndata: "));
    buf_add(b, data);
    buf_add(b, T("\n\n"));
}

bool sse_is_type(struct text content_type)
{
    struct text rest = content_type;
    return text_eq_nocase(text_trim(text_cut(&rest, ';')), T(SSE_TYPE));
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

struct sse sse_new(struct arena *arena, size_t max, bool (*on_event)(void *cls, struct text event, struct text data),
                   void *cls)
{
    return (struct sse){
        .on_event = on_event,
        .cls = cls,
        .line = buf_new(arena, max),
        .event = buf_new(arena, max),
        .data = buf_new(arena, max),
    };
}

static void clear_buf(struct buf *b)
{
    b->n = 0;
    b->full = false;
}

/* Every data line was followed by a line feed, the last of which does not count. */
static bool dispatch_event(struct sse *sse)
{
    bool more = true;
    const struct text data = buf_text(&sse->data);
    if (data.n > 1 && !sse->data.full)
        more = sse->on_event(sse->cls, sse->event.n ? buf_text(&sse->event) : T("message"),
                             text_clip(data, data.n - 1));
    clear_buf(&sse->event);
    clear_buf(&sse->data);
    return more;
}

static void take_field(struct sse *sse, struct text line)
{
    struct text value = line;
    const struct text name = text_cut(&value, ':');
    if (value.n && value.p[0] == ' ')
        value = text_from(value, 1);
    if (text_eq(name, T("data"))) {
        buf_add(&sse->data, value);
        buf_add_char(&sse->data, '\n');
    } else if (text_eq(name, T("event"))) {
        clear_buf(&sse->event);
        buf_add(&sse->event, value);
    }
}

static bool end_line(struct sse *sse)
{
    struct text line = buf_text(&sse->line);
    const bool dropped = sse->line.full;
    clear_buf(&sse->line);
    if (!sse->began && text_starts(line, T("\xEF\xBB\xBF")))
        line = text_from(line, 3);
    sse->began = true;
    if (!line.n && !dropped)
        return dispatch_event(sse);
    if (!dropped)
        take_field(sse, line);
    return true;
}

bool sse_feed(struct sse *sse, struct text piece)
{
    for (size_t i = 0; i < piece.n; i++) {
        const char c = piece.p[i];
        const bool second = c == '\n' && sse->after_cr;
        sse->after_cr = c == '\r';
        if (c != '\n' && c != '\r')
            buf_add_char(&sse->line, c);
        else if (!second && !end_line(sse))
            return false;
    }
    return true;
}
