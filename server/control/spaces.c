/* Spaces on the control plane: made, listed, dropped. Their transactions are the directory's own, because a space is
 * more than its rows. */
#include "api/common.h"
#include "api/handlers.h"
#include "base/random.h"
#include "control/counts.h"
#include "control/search.h"
#include "fixtures/sections.h"
#include "fixtures/read.h"
#include "base/limit.h"
#include "net/streams.h"
#include "space/links.h"
#include "request/server.h"
#include "space/directory.h"

/* ---- what is told ---------------------------------------------------------------------------------------- */

struct space_reply {
    struct v_text name, base_url, api_key;
    struct v_int ttl_seconds;
    struct v_bool implicit;
    struct counts counts;
};

#define R struct space_reply
static const struct field reply_fields[] = {
    FIELD_TEXT(R, name, .flags = REQUIRED, .doc = "Name", .example = "\"worker-1\""),
    FIELD_TEXT(R, base_url, .flags = REQUIRED, .doc = "Base URL for an SDK: the API's paths go behind it",
               .example = "\"http://127.0.0.1:8787/_mock/s/worker-1\""),
    FIELD_TEXT(R, api_key, .doc = "The owner's API key of this space; shown once",
               .example = "\"dv_space_…\""),
    FIELD_INT(R, ttl_seconds, .flags = REQUIRED | NULLABLE, .doc = "Seconds without a request until it is dropped"),
    FIELD_BOOL(R, implicit, .flags = REQUIRED, .doc = "Whether its first use made it"),
    FIELD_OBJECT(R, counts, struct counts, .sub = &counts_spec, .doc = "Rows in it"),
};
#undef R
const struct spec space_reply = SPEC(struct space_reply, "Space", reply_fields);

struct space_list {
    struct v_rows spaces;
    struct v_int total;
};

static const struct field list_fields[] = {
    FIELD_ROWS(struct space_list, spaces, .flags = REQUIRED, .sub = &space_reply, .doc = "In the order of making"),
    FIELD_INT(struct space_list, total, .flags = REQUIRED, .doc = "How many"),
};
const struct spec space_list = SPEC(struct space_list, "SpaceList", list_fields);

/* As if the caller had named it: links are told in terms of it. */
static enum err describe_space(struct request *rq, struct space *space, struct space_reply *ret)
{
    struct space *home = rq->home;
    struct text base;
    rq->home = space;
    const enum err err = links_base(rq, &base);
    rq->home = home;
    if (err != OK)
        return err;
    ret->name = SET_TEXT(text_copy(rq->arena, space_name(space)));
    ret->base_url = SET_TEXT(base);
    ret->implicit = SET_BOOL(space_is_implicit(space));
    ret->ttl_seconds = (struct v_int){ space_ttl(space) ? VALUE_SET : VALUE_NULL, space_ttl(space) / 1000 };
    return OK;
}

static enum err describe_with_counts(struct request *rq, struct space *space, struct space_reply *ret)
{
    counts_of(rq->db, space_id(space), &ret->counts);
    return describe_space(rq, space, ret);
}

/* ---- make ------------------------------------------------------------------------------------------------ */

struct space_body {
    struct v_text name;
    struct v_int ttl_seconds;
    struct v_sets fixtures;
};

static const struct field body_fields[] = {
    FIELD_TEXT(struct space_body, name, .min = 1, .max = LIMIT_SPACE_NAME,
               .doc = "Letters, digits, '.', '_' and '-'; generated when left out", .example = "\"worker-1\""),
    FIELD_INT(struct space_body, ttl_seconds, .min = 1, .max = 30 * 24 * 3600,
              .doc = "Seconds without a request until it is dropped"),
    FIELD_SETS(struct space_body, fixtures, .min = 1, .max = LIMIT_FIXTURE_SETS, .names = fixture_names,
               .sub = &fixture_document, .example = "[\"empty\", {\"integrations\": []}]",
               .doc = "What it starts with, and is reset to, instead of what the server was started with: a built-in "
                      "set's name, a document, or several of them. The built-in catalog is added as at a start, and "
                      "people, teams and keys are those of the set empty when nothing is said of any. Else a team "
                      "has to have an owner, for whom the space's key acts."),
};
const struct spec space_body =
    SPEC_WITH(struct space_body, "MakeSpace", body_fields, .optional = true, .body_max = LIMIT_LARGE_BODY);

/* Letters, digits, - and _: of no seed, because a key has to be nobody's guess. */
static struct text random_word(struct arena *arena, size_t n)
{
    return text_clip(random_text(arena, RANDOM_TEXT_MAX), n);
}

struct filling {
    struct arena *arena;
    const struct fixture_set *set;
    struct fixture_report report;
};

static bool fill(struct db *db, void *cls)
{
    struct filling *f = cls;
    return fixtures_fill(f->arena, f->set, db, &f->report);
}

enum err spaces_create(struct request *rq, struct reply *rp)
{
    const struct space_body *in = rq->input;
    struct space_reply *out = REQUEST_NEW(rq, struct space_reply);
    struct space *space = NULL;
    const struct text key = text_format(rq->arena, "dv_space_%.*s", TEXT_ARG(random_word(rq->arena, 32)));
    const struct kept kept = kept_key(secret_of(key));
    struct filling filling = { .arena = rq->arena };
    struct space_plan plan = { .name = in->name.v, .key = &kept, .cls = &filling };
    if (in->name.is != VALUE_SET)
        plan.name = text_format(rq->arena, "s-%.*s", TEXT_ARG(random_word(rq->arena, 16)));
    if (in->ttl_seconds.is == VALUE_SET)
        plan.ttl_ms = in->ttl_seconds.v * 1000;
    if (in->fixtures.is == VALUE_SET) {
        filling.set = fixtures_of(rq->arena, &in->fixtures, "body/fixtures");
        plan.fill = fill;
    }
    enum err err = spaces_make(rq->server->spaces, &plan, &space);
    if (err == ERR_INVALID && filling.report.errors.n)
        rq->message = fixtures_message(rq->arena, filling.report.errors);
    else if (err == ERR_INVALID)
        rq->message = T("body/name Invalid name: expected letters, digits, '.', '_' and '-'");
    if (err != OK)
        return err;
    if (filling.report.warning.n)
        warn(rq, filling.report.warning);
    err = describe_space(rq, space, out);
    space_release(space);
    out->api_key = SET_TEXT(key);
    rp->object = out;
    return err;
}

/* ---- list, get, drop ------------------------------------------------------------------------------------- */

static bool name_holds(struct text name, struct text q)
{
    struct search_word word;
    while (search_take_word(&q, &word))
        if ((word.name.p && !text_eq(word.name, T("name"))) || !search_is_in(name, word.value))
            return false;
    return true;
}

enum err spaces_list_page(struct request *rq, struct spaces_page *page, struct reply *rp)
{
    struct space_list *out = REQUEST_NEW(rq, struct space_list);
    const size_t count = spaces_count(rq->server->spaces);
    struct space **spaces = ARENA_ARRAY(rq->arena, count, struct space *);
    struct space_reply *rows = ARENA_ARRAY(rq->arena, count < page->max ? count : page->max, struct space_reply);
    bool passed = !page->behind.n;
    size_t shown = 0;
    enum err err = OK;
    page->total = spaces_list(rq->server->spaces, spaces, count);
    for (size_t i = 0; i < page->total; i++) {
        const struct text name = text_copy(rq->arena, space_name(spaces[i]));
        const bool holds = name_holds(name, page->q);
        page->found += holds;
        page->has_more |= holds && passed && shown == page->max;
        if (holds && passed && shown < page->max && err == OK) {
            err = describe_with_counts(rq, spaces[i], &rows[shown++]);
            page->last = name;
        }
        passed |= text_eq(name, page->behind);
        space_release(spaces[i]);
    }
    out->spaces = SET_ROWS(shown, rows);
    out->total = SET_INT((int64_t)page->total);
    rp->object = out;
    return err;
}

enum err spaces_list_all(struct request *rq, struct reply *rp)
{
    struct spaces_page all = { .max = SIZE_MAX };
    return spaces_list_page(rq, &all, rp);
}

struct space_path {
    struct v_text space;
};

static const struct field path_fields[] = {
    FIELD_TEXT(struct space_path, space, .flags = REQUIRED, .doc = "Space", .example = "\"default\""),
};
const struct spec space_path = SPEC(struct space_path, "SpacePath", path_fields);

static struct space *find_named_space(struct request *rq)
{
    const struct space_path *path = rq->path;
    return spaces_find(rq->server->spaces, path->space.v);
}

enum err spaces_get(struct request *rq, struct reply *rp)
{
    struct space_reply *out = REQUEST_NEW(rq, struct space_reply);
    struct space *space = find_named_space(rq);
    if (!space)
        return ERR_SPACE_NOT_FOUND;
    const enum err err = describe_with_counts(rq, space, out);
    space_release(space);
    rp->object = out;
    return err;
}

enum err spaces_delete(struct request *rq, struct reply *rp)
{
    struct space *space = find_named_space(rq);
    if (!space)
        return ERR_SPACE_NOT_FOUND;
    const bool first = space_is_default(space);
    const enum err err = first ? fail(rq, ERR_INVALID, "params/space The default space stays; it can be reset")
                               : spaces_drop(rq->server->spaces, space);
    space_release(space);
    streams_end_over(rq->server->streams);
    rp->object = done(rq, "Space dropped");
    return err;
}
