#include "fixture_claims.h"

#include "base/arena.h"
#include "store/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* `name` belongs to `owner`: a provider's key, or an integration's id. `of`: the provider of an integration's type. */
struct claim {
    struct text name, of, owner;
    size_t source, row; /* which document's; SPACE: it is in the space already */
    long slug;          /* which of the slugs; KEY: it is no slug */
};

enum { KEY = -1 };
static const size_t SPACE = (size_t)-1;

struct claim_list {
    size_t n, room;
    struct claim *v; /* sorted by name; of equal ones the first is the owner's */
};

struct claims {
    struct arena *arena;
    struct claim_list names, types;
};

/* ---- collecting ---------------------------------------------------------------------------------------- */

static void add(struct arena *arena, struct claim_list *list, struct claim claim)
{
    if (list->n == list->room) {
        const size_t room = list->room ? 2 * list->room : 64;
        list->v = arena_grow(arena, list->v ? list->v : arena_alloc(arena, 0), list->room * sizeof claim,
                             room * sizeof claim);
        list->room = room;
    }
    list->v[list->n++] = claim;
}

static void add_provider(struct claims *claims, const struct provider *provider, size_t source, size_t row)
{
    struct claim claim = { provider->key.v, T(""), provider->key.v, source, row, KEY };
    add(claims->arena, &claims->names, claim);
    for (size_t i = 0; i < provider->slugs.n; i++) {
        claim.name = provider->slugs.v[i];
        claim.slug = (long)i;
        add(claims->arena, &claims->names, claim);
    }
}

static void add_integration(struct claims *claims, const struct integration *integration, size_t source, size_t row)
{
    const struct text id = uuid_text(claims->arena, &integration->id.v);
    const struct claim claim = { integration->type.v, integration->provider.v, id, source, row, KEY };
    add(claims->arena, &claims->types, claim);
}

static void add_document(struct claims *claims, const struct fixture_source *source, size_t n)
{
    const struct v_rows *providers = fixture_rows_of(&source->document, SECTION_PROVIDERS);
    const struct v_rows *integrations = fixture_rows_of(&source->document, SECTION_INTEGRATIONS);
    for (size_t i = 0; i < providers->n && !source->is_catalog; i++)
        add_provider(claims, fixture_row_at(SECTION_PROVIDERS, providers, i), n, i);
    for (size_t i = 0; i < integrations->n; i++)
        add_integration(claims, fixture_row_at(SECTION_INTEGRATIONS, integrations, i), n, i);
}

static void add_space(struct claims *claims, struct db *db)
{
    {
        QUERY q = query(db, SQL_EXPORT_PROVIDERS);
        while (query_row(&q)) {
            struct provider provider = { .key = { .is = VALUE_ABSENT } };
            col_row(&q, 0, &provider_spec, claims->arena, &provider);
            add_provider(claims, &provider, SPACE, 0);
        }
    }
    QUERY q = query(db, SQL_EXPORT_INTEGRATIONS);
    while (query_row(&q)) {
        struct integration integration = { .id = { .is = VALUE_ABSENT } };
        col_row(&q, 0, &fixture_integration, claims->arena, &integration);
        add_integration(claims, &integration, SPACE, 0);
    }
}

static int compare_texts(struct text a, struct text b)
{
    const size_t n = a.n < b.n ? a.n : b.n;
    const int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static int compare_names(const struct claim *a, const struct claim *b)
{
    const int order = compare_texts(a->name, b->name);
    return order ? order : compare_texts(a->of, b->of);
}

/* The space's own come first, then the documents in their order. */
static int compare_claims(const void *x, const void *y)
{
    const struct claim *a = x, *b = y;
    const int order = compare_names(a, b);
    const size_t places[][2] = { { a->source + 1, b->source + 1 }, { a->row, b->row } };
    for (size_t i = 0; !order && i < 2; i++)
        if (places[i][0] != places[i][1])
            return places[i][0] < places[i][1] ? -1 : 1;
    return order ? order : (a->slug > b->slug) - (a->slug < b->slug);
}

static void sort(struct claim_list *list)
{
    if (list->n)
        qsort(list->v, list->n, sizeof *list->v, compare_claims);
}

const struct claims *claims_collect(struct arena *arena, const struct fixture_set *set, struct db *db, bool adds)
{
    struct claims *claims = ARENA_NEW(arena, struct claims);
    claims->arena = arena;
    for (size_t i = 0; i < set->n; i++)
        add_document(claims, &set->v[i], i);
    if (adds)
        add_space(claims, db);
    sort(&claims->names);
    sort(&claims->types);
    return claims;
}

static bool is_claimed(const struct claim_list *list, struct text name, struct text of)
{
    const struct claim wanted = { .name = name, .of = of };
    size_t low = 0, high = list->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = compare_names(&wanted, &list->v[middle]);
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

/* ---- checking ------------------------------------------------------------------------------------------ */

/* A key that is used twice is left to the store, which names the row. */
static void check_name(const struct claim *claim, const struct claim *first, const char *name,
                       struct fixture_errors *errors)
{
    char member[32] = "key";
    if (text_eq(claim->owner, first->owner))
        return;
    if (claim->slug != KEY)
        snprintf(member, sizeof member, "slugs/%ld", claim->slug);
    fixture_wrong(errors, name, "oauth_providers/%zu/%s Duplicate slug: %.*s is of provider %.*s, and not of %.*s",
                  claim->row, member, TEXT_ARG(claim->name), TEXT_ARG(first->owner), TEXT_ARG(claim->owner));
}

/* An id that is used twice is left to the store, too. */
static void check_type(const struct claim *claim, const struct claim *first, const char *name,
                       struct fixture_errors *errors)
{
    if (!text_eq(claim->owner, first->owner))
        fixture_wrong(errors, name,
                      "integrations/%zu/type Duplicate type: %.*s of provider %.*s is integration %.*s, and not %.*s",
                      claim->row, TEXT_ARG(claim->name), TEXT_ARG(claim->of), TEXT_ARG(first->owner),
                      TEXT_ARG(claim->owner));
}

static void check_list(const struct claim_list *list, const struct fixture_set *set, struct fixture_errors *errors,
                       void check(const struct claim *, const struct claim *, const char *, struct fixture_errors *))
{
    const struct claim *first = list->v;
    for (const struct claim *claim = list->v; claim < list->v + list->n; claim++) {
        if (compare_names(claim, first) != 0)
            first = claim;
        if (claim->source != SPACE)
            check(claim, first, set->v[claim->source].name, errors);
    }
}

static void check_integrations(const struct claims *claims, const struct fixture_source *source,
                               struct fixture_errors *errors)
{
    const struct v_rows *rows = fixture_rows_of(&source->document, SECTION_PROVIDERS);
    for (size_t i = 0; i < rows->n; i++) {
        const struct provider *provider = fixture_row_at(SECTION_PROVIDERS, rows, i);
        if (!is_claimed(&claims->types, provider->type.v, T("native")))
            fixture_wrong(errors, source->name, "oauth_providers/%zu/type names no native one in integrations", i);
    }
}

void claims_check(const struct claims *claims, const struct fixture_set *set, struct fixture_errors *errors)
{
    check_list(&claims->names, set, errors, check_name);
    check_list(&claims->types, set, errors, check_type);
    for (size_t i = 0; i < set->n; i++)
        if (!set->v[i].is_catalog)
            check_integrations(claims, &set->v[i], errors);
}

bool claims_leave(const struct claims *claims, struct arena *arena, const struct provider *provider,
                  struct provider *ret)
{
    *ret = *provider;
    ret->slugs.n = 0;
    ret->slugs.v = ARENA_ARRAY(arena, provider->slugs.n, struct text);
    for (size_t i = 0; i < provider->slugs.n; i++)
        if (!is_claimed(&claims->names, provider->slugs.v[i], T("")))
            ret->slugs.v[ret->slugs.n++] = provider->slugs.v[i];
    return !is_claimed(&claims->names, provider->key.v, T("")) &&
           is_claimed(&claims->types, provider->type.v, T("native"));
}
