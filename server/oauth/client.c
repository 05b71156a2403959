#include "oauth/client.h"

#include "base/arena.h"
#include "base/limit.h"
#include "space/links.h"

const char *const client_auth_names[] = { "none", "client_secret_basic", "client_secret_post", NULL };

struct text authorization_url(struct arena *arena, struct text endpoint, const struct authorization_request *in)
{
    const struct pair more[] = {
        { T("code_challenge"), in->code_challenge },
        { T("code_challenge_method"), in->code_challenge.n ? T("S256") : T("") },
        { T("scope"), in->scope },
        { T("resource"), in->resource },
        { T("login_hint"), in->login_hint },
        { T("mock_outcome"), in->mock_outcome },
    };
    enum { FIRST = 4, MORE = sizeof more / sizeof more[0] };
    struct pair params[FIRST + MORE] = {
        { T("response_type"), T("code") },
        { T("client_id"), in->client_id },
        { T("redirect_uri"), in->redirect_uri },
        { T("state"), in->state },
    };
    size_t n = FIRST;
    for (size_t i = 0; i < MORE; i++)
        if (more[i].value.n)
            params[n++] = more[i];
    return links_with(arena, text_clip(endpoint, text_find(endpoint, '#')), params, n);
}

bool parameter_is_repeated(const struct v_texts *repeated, const char *name)
{
    return scope_has(repeated, text_of(name));
}

/* ---- scopes -------------------------------------------------------------------------------------------- */

bool scope_has(const struct v_texts *scopes, struct text scope)
{
    for (size_t i = 0; i < scopes->n; i++)
        if (text_eq(scopes->v[i], scope))
            return true;
    return false;
}

struct v_texts scope_split(struct arena *arena, struct text scopes)
{
    struct v_texts list = { VALUE_SET, 0, ARENA_ARRAY(arena, scopes.n / 2 + 1, struct text) };
    for (struct text rest = scopes; rest.n;) {
        const struct text one = text_cut(&rest, ' ');
        if (one.n && text_is_visible_ascii(one))
            list.v[list.n++] = one;
    }
    return list;
}

struct text scope_join(struct arena *arena, const struct v_texts *scopes)
{
    struct buf b = buf_new(arena, LIMIT_TRIP_BYTES);
    for (size_t i = 0; i < scopes->n; i++) {
        if (i)
            buf_add_char(&b, ' ');
        buf_add(&b, scopes->v[i]);
    }
    return buf_text(&b);
}

bool scope_choose(struct arena *arena, struct v_text asked, const struct v_texts *known, struct v_texts *ret)
{
    bool all_known = true;
    *ret = *known;
    if (asked.is != VALUE_SET)
        return true;
    *ret = (struct v_texts){ VALUE_SET, 0, ARENA_ARRAY(arena, known->n, struct text) };
    for (struct text rest = asked.v; rest.n;) {
        const struct text one = text_cut(&rest, ' ');
        const bool is_known = scope_has(known, one);
        all_known &= is_known || !one.n;
        if (is_known && !scope_has(ret, one))
            ret->v[ret->n++] = one;
    }
    return all_known;
}
