#include "mcp/server/services.h"

#include "api/integrations.h"
#include "base/embed.h"
#include "space/links.h"
#include "spec/read.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SERVICES_PATH MCP_PATH "integrations/"

/* Integrations that are another one under a second name. */
static const struct {
    const char *slug, *as;
} twins[] = {
    { "google-calendar",       "googlecalendar" },
    { "google-docs",           "googledocs" },
    { "google-sheets",         "googlesheets" },
    { "google-drive",          "googledrive" },
    { "teams",                 "msteams" },
    { "linear-native",         "linear" },
    { "notion-native",         "notion" },
    { "firecrawl-platform",    "firecrawl" },
    { "duvo-computer-use-rdp", "duvo-computer-use" },
};

/* ---- the servers ----------------------------------------------------------------------------------------- */

struct service_path {
    struct v_text integration_slug;
};

static const struct field service_path_fields[] = {
    FIELD_TEXT(struct service_path, integration_slug, .flags = REQUIRED, .doc = "Integration of the catalog",
               .example = "\"slack\""),
};
const struct spec mcp_service_path = SPEC(struct service_path, "McpServicePath", service_path_fields);

enum err service_url(struct request *rq, const char *slug, struct text *ret)
{
    struct text base;
    const enum err err = links_base(rq, &base);
    if (err == OK)
        *ret = text_format(rq->arena, "%.*s" SERVICES_PATH "%s", TEXT_ARG(base), slug);
    return err;
}

enum err mcp_server_of_integration(struct request *rq, struct mcp_server *ret)
{
    const struct service_path *path = rq->path;
    const int known = text_index(path->integration_slug.v, integration_slugs);
    if (known < 0)
        return ERR_MCP_SERVER_NOT_FOUND;
    const char *slug = integration_slugs[known];
    const enum err err =
        mcp_server_at(rq, &preset_integration, text_format(rq->arena, SERVICES_PATH "%s", slug), ret);
    ret->service = text_of(slug);
    ret->tools = text_format(rq->arena, "integration:%s", slug);
    ret->title = text_format(rq->arena, "MCP server of %s", slug);
    return err;
}

/* ---- their tools ----------------------------------------------------------------------------------------- */

struct services {
    struct v_rows mcp_tools;
};

static const struct field services_fields[] = {
    FIELD_ROWS(struct services, mcp_tools, .flags = REQUIRED, .sub = &mcp_tool_row_spec),
};
static const struct spec services_spec =
    SPEC_WITH(struct services, "McpServices", services_fields, .commented = true);

/* Read anew each time: one file, rarely wanted, is no reason to start later. */
static struct v_rows read_tools(struct arena *arena)
{
    struct services in = { .mcp_tools = { .is = VALUE_ABSENT } };
    const struct read_result r = spec_read(arena, &services_spec, T(""), embedded_file("fixtures/services.json"), &in);
    assert(r.ok);
    (void)r;
    return in.mcp_tools;
}

struct picking {
    struct mcp_tool_row *v;
    size_t n, own_count; /* what the space has of its own comes first */
};

static bool is_own(const struct picking *p, struct text name)
{
    for (size_t i = 0; i < p->own_count; i++)
        if (text_eq(p->v[i].name.v, name))
            return true;
    return false;
}

/* Whether that preset has tools. */
static bool pick_preset(struct picking *p, const struct v_rows *all, struct text preset)
{
    const struct mcp_tool_row *rows = all->v;
    bool found = false;
    for (size_t i = 0; i < all->n; i++) {
        if (!text_eq(rows[i].preset.v, preset))
            continue;
        found = true;
        if (!is_own(p, rows[i].name.v))
            p->v[p->n++] = rows[i];
    }
    return found;
}

static struct text twin_of(struct text slug)
{
    for (size_t i = 0; i < sizeof twins / sizeof twins[0]; i++)
        if (text_eq(slug, text_of(twins[i].slug)))
            return text_of(twins[i].as);
    return slug;
}

static int compare_tools(const void *a, const void *b)
{
    const struct mcp_tool_row *x = a, *y = b;
    const struct text p = x->name.v, q = y->name.v;
    const int order = memcmp(p.p, q.p, p.n < q.n ? p.n : q.n);
    return order ? order : (p.n > q.n) - (p.n < q.n);
}

const struct mcp_tool_row *service_tools(struct arena *arena, struct text slug, const struct mcp_tool_row *own,
                                         size_t own_count, size_t *ret_n)
{
    const struct v_rows all = read_tools(arena);
    struct picking p = { ARENA_ARRAY(arena, own_count + all.n, struct mcp_tool_row), own_count, own_count };
    if (own_count)
        memcpy(p.v, own, own_count * sizeof own[0]);
    const struct text as = twin_of(slug);
    if (!pick_preset(&p, &all, text_format(arena, "integration:%.*s", TEXT_ARG(as))))
        pick_preset(&p, &all, T("integration"));
    qsort(p.v, p.n, sizeof p.v[0], compare_tools);
    *ret_n = p.n;
    return p.v;
}
