#include "control/miss.h"

#include "base/json.h"
#include "base/limit.h"
#include "mcp/server/operations.h"
#include "request/route.h"
#include "request/server.h"
#include "space/directory.h"
#include "space/events.h"
#include "spec/lookup.h"
#include "store/query.h"

enum { MESSAGE_SIZE = 4096, VALUE_SIZE = 80, MOST_DIFFERENCES = 8, MOST_KINDS = 8 };

/* ---- values ------------------------------------------------------------------------------------------------- */

/* No character is cut in two. */
static struct text shortened(struct arena *arena, struct text t)
{
    size_t n = VALUE_SIZE;
    if (!text_is_utf8(t))
        return T("[not UTF-8]");
    if (t.n <= n)
        return t;
    while (((unsigned char)t.p[n] & 0xc0) == 0x80)
        n--;
    return text_format(arena, "%.*s…", (int)n, t.p);
}

static bool is_index(struct text token)
{
    int64_t index;
    return text_to_uint(token, &index);
}

/* RFC 6901 section 4, and quoted. */
static struct text pointer_key(struct arena *arena, struct text token)
{
    struct buf plain = buf_new(arena, LIMIT_BODY), quoted = buf_new(arena, LIMIT_BODY);
    struct json j = jw_new(&quoted);
    for (size_t i = 0; i < token.n; i++) {
        const bool escape = token.p[i] == '~' && i + 1 < token.n;
        buf_add_char(&plain, escape ? (token.p[i + 1] == '1' ? '/' : '~') : token.p[i]);
        i += escape;
    }
    jw_text(&j, buf_text(&plain));
    return buf_text(&quoted);
}

/* A document in which the pointer leads to the value; a number in it is an index, unless `keys` says that it is a key.
 * *ret_pointer leads there. */
static struct text document_of(struct arena *arena, struct text pointer, struct text value, bool keys,
                               struct text *ret_pointer)
{
    struct buf open = buf_new(arena, LIMIT_BODY), close = buf_new(arena, LIMIT_BODY), path = buf_new(arena, LIMIT_BODY);
    struct text rest = pointer;
    text_cut(&rest, '/');
    while (rest.p) {
        const struct text token = text_cut(&rest, '/');
        const bool index = !keys && is_index(token);
        buf_add_char(&open, index ? '[' : '{');
        buf_add(&open, index ? T("") : pointer_key(arena, token));
        buf_add(&open, index ? T("") : T(":"));
        buf_add_char(&close, index ? ']' : '}');
        buf_addf(&path, "/%.*s", TEXT_ARG(index ? T("0") : token));
    }
    buf_add(&open, value);
    for (size_t i = close.n; i-- > 0;)
        buf_add_char(&open, close.p[i]);
    *ret_pointer = buf_text(&path);
    return buf_text(&open);
}

/* The value as a body described by the spec shows it in that place. */
static struct text masked_in(struct arena *arena, const struct redactor *redactor, const struct spec *spec,
                             struct text pointer, struct text value)
{
    for (int keys = 0; keys < 2; keys++) {
        struct text path, found = T("[nested too deeply]");
        const struct text document = document_of(arena, pointer, value, keys, &path);
        struct buf b = buf_new(arena, LIMIT_REPLY);
        if (spec_json_redact(&b, spec, document, redactor))
            spec_json_at(arena, buf_text(&b), path, &found);
        value = found;
    }
    return value;
}

/* What a match wants of a body: secret when it is one in any operation that is meant. */
static struct text wanted_of_body(struct arena *arena, const struct redactor *redactor, const struct match *match,
                                  struct text pointer, struct text value)
{
    struct match line = { .is = VALUE_SET, .operation = match->operation, .method = match->method,
                          .path = match->path };
    value = masked_in(arena, redactor, NULL, pointer, value);
    for (size_t i = 0; i < route_count; i++) {
        const struct journal_dropped kind = { .route = &routes[i] };
        if (routes[i].body && match_may_have_held(arena, &line, &kind))
            value = masked_in(arena, redactor, routes[i].body, pointer, value);
    }
    return value;
}

/* What a body has: the place of a value says more than its name does. */
static struct text got_of_body(struct arena *arena, const struct redactor *redactor, const struct journal_entry *entry,
                               struct text pointer)
{
    struct buf b = buf_new(arena, LIMIT_REPLY);
    struct text got = T("missing");
    const struct spec *spec = tools_body_spec(b.arena, entry->route, entry->request_body.bytes);
    if (spec_json_redact(&b, spec, entry->request_body.bytes, redactor))
        spec_json_at(arena, buf_text(&b), pointer, &got);
    return got;
}

/* ---- members ------------------------------------------------------------------------------------------------ */

/* A message that is being written about a match, and an entry unless it is NULL. */
struct words {
    struct request *rq;
    struct redactor redactor;
    const struct match *match;
    const struct journal_entry *entry;
    struct buf *out;
    size_t count, more; /* members that were written; that were too many */
    size_t total;
};

static void put_name(struct words *w, const struct match_member *member)
{
    static const char *const names[] = {
        [PART_ORIGIN] = "origin", [PART_OPERATION] = "operation", [PART_METHOD] = "method", [PART_PATH] = "path",
        [PART_QUERY] = "query", [PART_KEY] = "key", [PART_STATUS] = "status", [PART_HEADER] = "header",
        [PART_BODY] = "body",
    };
    buf_addf(w->out, "%s", names[member->part]);
    if (!member->name.n)
        return;
    buf_add_char(w->out, ' ');
    buf_add(w->out, shortened(w->rq->arena, member->name));
}

/* Values of headers and parameters stand in quotes, those of bodies are JSON. */
static struct text shown(struct words *w, const struct match_member *member, struct text value)
{
    struct arena *arena = w->rq->arena;
    const bool named = member->part == PART_HEADER || member->part == PART_QUERY;
    if (!value.p)
        return T("missing");
    if (named && redact_is_secret_name(member->name))
        return redact_mask(&w->redactor, arena, value);
    if (!text_is_utf8(value))
        return T("[not UTF-8]");
    const struct text safe = shortened(arena, redact_text(&w->redactor, arena, value));
    return named ? text_format(arena, "\"%.*s\"", TEXT_ARG(safe)) : safe;
}

static struct text shown_wanted(struct words *w, const struct match_member *member)
{
    struct arena *arena = w->rq->arena;
    if (member->part != PART_BODY)
        return shown(w, member, member->wanted);
    return shortened(arena, wanted_of_body(arena, &w->redactor, w->match, member->name, member->wanted));
}

static struct text shown_got(struct words *w, const struct match_member *member)
{
    struct arena *arena = w->rq->arena;
    if (!member->known)
        return T("no longer known");
    if (member->part != PART_BODY)
        return shown(w, member, member->got);
    return shortened(arena, got_of_body(arena, &w->redactor, w->entry, member->name));
}

static bool count_member(void *cls, const struct match_member *member)
{
    struct words *w = cls;
    w->total += member->part != PART_ORIGIN || w->match->origin.is == VALUE_SET;
    return true;
}

/* `operation createConnection, status 201 and body /name "a"` */
static bool put_wanted(void *cls, const struct match_member *member)
{
    struct words *w = cls;
    if (member->part == PART_ORIGIN && w->match->origin.is != VALUE_SET)
        return true;
    w->count++;
    buf_add(w->out, w->count == 1 ? T(" with ") : w->count == w->total ? T(" and ") : T(", "));
    put_name(w, member);
    buf_add_char(w->out, ' ');
    buf_add(w->out, shown_wanted(w, member));
    return true;
}

/* `status is 201, not 409; body /name is "a", not "b"` */
static bool put_difference(void *cls, const struct match_member *member)
{
    struct words *w = cls;
    if (member->holds)
        return true;
    if (w->count == MOST_DIFFERENCES) {
        w->more++;
        return true;
    }
    buf_add(w->out, w->count++ ? T("; ") : T(": "));
    put_name(w, member);
    const struct text got = shown_got(w, member), wanted = shown_wanted(w, member);
    buf_addf(w->out, " is %.*s, not %.*s", TEXT_ARG(got), TEXT_ARG(wanted));
    return true;
}

/* ---- sentences ---------------------------------------------------------------------------------------------- */

static const char *plural(int64_t n)
{
    return n == 1 ? "" : "s";
}

/* Of the noun. */
static void put_count(struct buf *b, const struct expected *e, const char *noun)
{
    const long long min = e->min, max = e->max;
    if (!e->has_max)
        buf_addf(b, "at least %lld %s%s", min, noun, plural(min));
    else if (!max)
        buf_addf(b, "no %s", noun);
    else if (min == max)
        buf_addf(b, "exactly %lld %s%s", min, noun, plural(min));
    else if (!min)
        buf_addf(b, "at most %lld %s%s", max, noun, plural(max));
    else
        buf_addf(b, "%lld to %lld %ss", min, max, noun);
}

static void put_expected(struct words *w, const struct expected *expected)
{
    const struct match_subject nothing = { .arena = w->rq->arena };
    buf_add(w->out, T("Expected "));
    put_count(w->out, expected, "request");
    match_each(w->match, &nothing, count_member, w);
    match_each(w->match, &nothing, put_wanted, w);
}

struct search {
    struct arena *arena;
    uint64_t number;
    struct journal_entry *found;
};

static bool find_number(void *cls, const struct journal_entry *entry)
{
    struct search *s = cls;
    if (entry->number == s->number)
        s->found = journal_copy(s->arena, entry);
    return !s->found;
}

/* NULL when it was forgotten meanwhile. */
static struct journal_entry *entry_of(struct request *rq, uint64_t number)
{
    struct search s = { rq->arena, number, NULL };
    journal_walk(space_journal(rq->home), find_number, &s);
    return s.found;
}

/* `POST /v1/connections -> 201 (request 7f…)` */
static void put_entry(struct words *w)
{
    struct arena *arena = w->rq->arena;
    const struct journal_entry *entry = w->entry;
    buf_add(w->out, text_clip(redact_url(arena, entry->method), VALUE_SIZE));
    buf_add_char(w->out, ' ');
    buf_add(w->out, text_clip(redact_url_with(&w->redactor, arena, entry->target), 4 * VALUE_SIZE));
    buf_add(w->out, T(" -> "));
    if (entry->status)
        buf_addf(w->out, "%u", entry->status);
    else
        buf_addf(w->out, "%s", entry->broken);
    buf_addf(w->out, " (request %.*s)", TEXT_ARG(text_clip(entry->id, LIMIT_REQUEST_ID)));
}

static void put_last(struct words *w, uint64_t number)
{
    w->entry = entry_of(w->rq, number);
    if (!w->entry)
        return;
    buf_add(w->out, T("; the last was "));
    put_entry(w);
}

static void put_nearest(struct words *w, uint64_t number)
{
    w->entry = number ? entry_of(w->rq, number) : NULL;
    if (!w->entry)
        return;
    const struct match_subject subject = match_subject_of_entry(w->rq->arena, w->entry);
    w->count = 0;
    buf_add(w->out, T(". Nearest miss: "));
    put_entry(w);
    match_each(w->match, &subject, put_difference, w);
    if (w->more)
        buf_addf(w->out, "; and %zu more difference%s", w->more, plural((int64_t)w->more));
}

static void put_came(struct words *w, const struct tally *t)
{
    if (t->matched)
        buf_addf(w->out, ", but %lld came", (long long)t->matched);
    else
        buf_add(w->out, T(", but none came"));
}

/* ---- what nobody knows any more ------------------------------------------------------------------------------- */

static void put_dropped(void *cls, const struct journal_dropped *dropped)
{
    struct words *w = cls;
    if (!match_may_have_held(w->rq->arena, w->match, dropped))
        return;
    w->total += dropped->count;
    if (w->count++ < MOST_KINDS)
        buf_addf(w->out, "%s%llu of %s", w->count == 1 ? "" : ", ", (unsigned long long)dropped->count,
                 dropped->route ? dropped->route->operation : "no operation");
}

static void put_unknown(struct words *w, const struct tally *t)
{
    struct buf kinds = buf_new(w->rq->arena, MESSAGE_SIZE);
    struct words inner = { .rq = w->rq, .match = w->match, .out = &kinds };
    journal_each_dropped(space_journal(w->rq->home), put_dropped, &inner);
    buf_addf(w->out, "; %lld came, but the journal has dropped", (long long)t->matched);
    if (t->dropped)
        buf_addf(w->out, " %zu possible matches (%.*s%s)", inner.total, TEXT_ARG(buf_text(&kinds)),
                 inner.count > MOST_KINDS ? ", …" : "");
    if (t->unknown)
        buf_addf(w->out, "%s the bodies of %lld", t->dropped ? " and" : "", (long long)t->unknown);
    buf_add(w->out, T(", so the answer is unknown: start with a larger --journal-bytes, or begin with DELETE "
                      "/_mock/requests"));
}

enum err miss_refuse(struct request *rq, enum verdict verdict, const struct tally *tally,
                     const struct expected *expected)
{
    struct buf message = buf_new(rq->arena, MESSAGE_SIZE);
    struct words w = { .rq = rq, .redactor = { store_key(rq->server->store) }, .match = tally->match,
                       .out = &message };
    put_expected(&w, expected);
    if (verdict == VERDICT_UNKNOWN) {
        put_unknown(&w, tally);
    } else {
        put_came(&w, tally);
        if (verdict == VERDICT_TOO_MANY)
            put_last(&w, tally->last);
        else
            put_nearest(&w, tally->nearest.number);
    }
    rq->message = buf_text(&message);
    return verdict == VERDICT_UNKNOWN ? ERR_JOURNAL_FORGOT : ERR_NOT_VERIFIED;
}

/* ---- events ------------------------------------------------------------------------------------------------- */

/* `; these did: run.started (2), connection.updated (1)` */
static void put_others(struct request *rq, struct buf *b)
{
    const char *before = "; these did: ";
    QUERY q = query(rq->db, SQL_EVENT_COUNTS);
    while (query_row(&q)) {
        buf_addf(b, "%s%.*s (%lld)", before, TEXT_ARG(col_text(&q, 0)), (long long)col_int(&q, 1));
        before = ", ";
    }
}

enum err miss_refuse_events(struct request *rq, enum verdict verdict, const struct tally *tally,
                            const struct expected *expected)
{
    struct buf b = buf_new(rq->arena, MESSAGE_SIZE);
    buf_add(&b, T("Expected "));
    put_count(&b, expected, "event");
    buf_addf(&b, " %s", event_names[tally->match->event.v]);
    if (verdict == VERDICT_UNKNOWN)
        buf_addf(&b, "; %lld happened, but of all events the oldest %lld are forgotten, so the answer is unknown: "
                     "begin with POST /_mock/reset",
                 (long long)tally->matched, (long long)query_number(rq->db, SQL_EVENT_FORGOTTEN, NULL));
    else if (tally->matched)
        buf_addf(&b, ", but %lld happened", (long long)tally->matched);
    else
        buf_add(&b, T(", but none happened"));
    if (verdict != VERDICT_UNKNOWN)
        put_others(rq, &b);
    rq->message = buf_text(&b);
    return verdict == VERDICT_UNKNOWN ? ERR_JOURNAL_FORGOT : ERR_NOT_VERIFIED;
}
