#include "control/selection.h"

#include "control/search.h"

bool selection_means(struct arena *scratch, const struct selection *s, const struct journal_entry *entry)
{
    const struct match_subject subject = match_subject_of_entry(scratch, entry);
    return !(s->since.is == VALUE_SET && entry->at < s->since.v) &&
           !(s->status.is == VALUE_SET && s->status.v != (int64_t)entry->status) && match_holds(&s->match, &subject);
}

/* The page is a ring until all is read. */
static void see_entry(void *cls, const struct journal_entry *entry)
{
    struct selection *s = cls;
    struct scratch scratch;
    struct arena *arena = scratch_begin(&scratch);
    if (selection_means(arena, s, entry)) {
        s->kept++;
        if (search_holds_for_request(s->q, s->redactor, arena, entry)) {
            s->total++;
            if (!s->before || entry->number < s->before)
                s->numbers[s->below++ % s->room] = entry->number;
        }
    }
    scratch_end(&scratch);
}

static void see_dropped(void *cls, const struct journal_dropped *dropped)
{
    struct selection *s = cls;
    struct scratch scratch;
    if (match_may_have_held(scratch_begin(&scratch), &s->match, dropped))
        s->dropped += dropped->count;
    scratch_end(&scratch);
}

static void begin_anew(void *cls)
{
    struct selection *s = cls;
    s->kept = s->total = s->below = 0;
    s->dropped = 0;
}

static void ignore_entry(void *cls, const struct journal_dropped *dropped)
{
    (void)cls;
    (void)dropped;
}

void selection_read(struct selection *s, struct journal *journal, struct arena *arena)
{
    struct journal_reader reader = { .see = see_entry, .miss = ignore_entry, .begin = begin_anew, .cls = s };
    uint64_t *ring = ARENA_ARRAY(arena, s->room, uint64_t);
    s->numbers = ring;
    journal_read(journal, &reader);
    s->dropped = 0;
    journal_each_dropped(journal, see_dropped, s);
    s->n = s->below < s->room ? s->below : s->room;
    s->has_older = s->below > s->room;
    s->numbers = ARENA_ARRAY(arena, s->room, uint64_t);
    for (size_t i = 0; i < s->n; i++)
        s->numbers[i] = ring[(s->below - s->n + i) % s->room];
}
