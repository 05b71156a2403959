#include "contract/contract.h"

#include "base/arena.h"
#include "base/limit.h"
#include "base/memory.h"
#include "contract/replies.h"
#include "request/route.h"

#include <pthread.h>
#include <string.h>

enum { DOCUMENT_MAX = 8 * 1024 * 1024 };

static bool in_document(const struct document *d, const struct route *route)
{
    return d->version == CONTRACT_ALL || route->version == (d->version == CONTRACT_MOCK ? 0 : d->version);
}

/* ---- operations --------------------------------------------------------------------------------------- */

static void put_parameter(struct document *d, const struct route *route, const struct field *f, struct text where)
{
    struct json *j = &d->j;
    struct field plain = *f; /* a parameter has its own description and requirement */
    plain.doc = NULL;
    jw_object(j);
    jw_put_text(j, T("name"), text_of(f->name));
    jw_put_text(j, T("in"), where);
    if (f->doc)
        jw_put_text(j, T("description"), text_of(f->doc));
    if (f->flags & REQUIRED)
        jw_put_bool(j, T("required"), true);
    jw_key(j, T("schema"));
    schema_field(j, &d->schemas, &plain, route->version, false);
    jw_object_end(j);
}

static void put_idempotency_key(struct json *j)
{
    jw_object(j);
    jw_put_text(j, T("name"), T("Idempotency-Key"));
    jw_put_text(j, T("in"), T("header"));
    jw_put_text(j, T("description"), T("The same key and body within 24 hours are done once and answered alike"));
    jw_key(j, T("schema"));
    jw_object(j);
    jw_put_text(j, T("type"), T("string"));
    jw_put_int(j, T("minLength"), 1);
    jw_put_int(j, T("maxLength"), LIMIT_IDEMPOTENCY_KEY);
    jw_object_end(j);
    jw_object_end(j);
}

static void put_parameters(struct document *d, const struct route *route)
{
    const bool idempotent = route_is_idempotent(route);
    if (!route->path_in && !route->query && !idempotent)
        return;
    jw_key(&d->j, T("parameters"));
    jw_array(&d->j);
    for (size_t i = 0; route->path_in && i < route->path_in->count; i++)
        if (field_exists(&route->path_in->fields[i], route->version))
            put_parameter(d, route, &route->path_in->fields[i], T("path"));
    for (size_t i = 0; route->query && i < route->query->count; i++)
        if (field_exists(&route->query->fields[i], route->version))
            put_parameter(d, route, &route->query->fields[i], T("query"));
    if (idempotent)
        put_idempotency_key(&d->j);
    jw_array_end(&d->j);
}

static void put_body(struct document *d, const struct route *route)
{
    struct json *j = &d->j;
    if (!route->body)
        return;
    jw_key(j, T("requestBody"));
    jw_object(j);
    jw_put_bool(j, T("required"), !route->body->optional);
    jw_key(j, T("content"));
    jw_object(j);
    jw_key(j, text_of(route->body->media ? route->body->media : "application/json"));
    jw_object(j);
    jw_key(j, T("schema"));
    schema_ref(j, &d->schemas, route->body, route->version, false);
    jw_key(j, T("example"));
    schema_example(j, route->body, route->version, false);
    jw_object_end(j);
    jw_object_end(j);
    jw_object_end(j);
}

struct text operation_tag(const struct route *route)
{
    struct text rest = text_of(route_resource(route) + 1);
    bool param;
    return route->version == 0 ? T("mock") : route_piece(&rest, &param);
}

/* A document of both versions needs distinct operation ids: those of /v1 get a mark there. */
static struct text operation_id(const struct document *d, const struct route *route)
{
    return text_format(d->schemas.arena, "%s%s", route->operation, d->version == 0 && route->version == 1 ? "V1" : "");
}

static void put_operation(struct document *d, const struct route *route)
{
    struct json *j = &d->j;
    jw_key(j, text_lower(d->schemas.arena, text_of(method_names[route->method])));
    jw_object(j);
    jw_put_text(j, T("operationId"), operation_id(d, route));
    jw_put_text(j, T("summary"), text_of(route->summary));
    jw_put_text(j, T("description"), text_of(route->doc));
    jw_key(j, T("tags"));
    jw_array(j);
    jw_text(j, operation_tag(route));
    jw_array_end(j);
    jw_key(j, T("security"));
    jw_raw(j, route->auth == AUTH_KEY ? T("[{\"bearerAuth\": []}]") : T("[]"));
    put_parameters(d, route);
    put_body(d, route);
    jw_key(j, T("responses"));
    jw_object(j);
    describe_replies(d, route);
    jw_object_end(j);
    jw_object_end(j);
}

static bool is_first_of_path(const struct route *route)
{
    for (const struct route *before = routes; before < route; before++)
        if (strcmp(before->path, route->path) == 0)
            return false;
    return true;
}

static void put_paths(struct document *d)
{
    const struct route *end = routes + route_count;
    for (const struct route *route = routes; route < end; route++) {
        if (!in_document(d, route) || !is_first_of_path(route))
            continue;
        jw_key(&d->j, text_of(route->path));
        jw_object(&d->j);
        for (const struct route *same = route; same < end; same++)
            if (strcmp(same->path, route->path) == 0)
                put_operation(d, same);
        jw_object_end(&d->j);
    }
}

/* ---- the document -------------------------------------------------------------------------------------- */

/* The value of the member `servers`. */
static void put_server(struct json *j, struct text url, struct text about)
{
    jw_array(j);
    jw_object(j);
    jw_put_text(j, T("url"), url);
    jw_put_text(j, T("description"), about);
    jw_object_end(j);
    jw_array_end(j);
}

static void put_info(struct document *d)
{
    static const char *const titles[] = { "duvo-mock", "duvo-mock: Duvo's Connections API v1",
                                          "duvo-mock: Duvo's Connections API v2",
                                          "duvo-mock: the control plane" };
    struct json *j = &d->j;
    jw_put_text(j, T("openapi"), T("3.1.0"));
    jw_key(j, T("info"));
    jw_object(j);
    jw_put_text(j, T("title"), text_of(titles[d->version]));
    jw_put_text(j, T("version"), T(DUVO_MOCK_VERSION));
    jw_put_text(j, T("description"),
                  T("A local mock of Duvo's Connections API, described from the tables that serve it."));
    jw_key(j, T("license"));
    jw_raw(j, T("{\"name\": \"MIT\", \"identifier\": \"MIT\"}"));
    jw_object_end(j);
    jw_key(j, T("servers"));
    d->servers_begin = j->out->n;
    put_server(j, T("http://127.0.0.1:8787"), T("The default address"));
    d->servers_end = j->out->n;
}

static void put_tags(struct document *d)
{
    struct json *j = &d->j;
    struct text seen[64];
    size_t n = 0;
    jw_key(j, T("tags"));
    jw_array(j);
    for (size_t i = 0; i < route_count; i++) {
        const struct text tag = operation_tag(&routes[i]);
        bool known = !in_document(d, &routes[i]);
        for (size_t k = 0; k < n && !known; k++)
            known = text_eq(seen[k], tag);
        if (known || n == sizeof seen / sizeof seen[0])
            continue;
        seen[n++] = tag;
        jw_object(j);
        jw_put_text(j, T("name"), tag);
        jw_put_text(j, T("description"),
                      routes[i].version ? T("Endpoints of Duvo's API") : T("Endpoints of the mock itself"));
        jw_object_end(j);
    }
    jw_array_end(j);
}

static void put_components(struct document *d)
{
    struct json *j = &d->j;
    jw_key(j, T("components"));
    jw_object(j);
    jw_key(j, T("securitySchemes"));
    jw_raw(j, T("{\"bearerAuth\": {\"type\": \"http\", \"scheme\": \"bearer\", \"description\": "
                  "\"API key authentication, e.g. Authorization: Bearer dv_test_owner\"}}"));
    jw_key(j, T("headers"));
    jw_object(j);
    describe_reply_headers(j);
    jw_object_end(j);
    jw_key(j, T("schemas"));
    jw_object(j);
    schema_definitions(j, &d->schemas);
    jw_object_end(j);
    jw_object_end(j);
}

static const struct document *make_document(struct arena *arena, unsigned version)
{
    struct buf *out = ARENA_NEW(arena, struct buf);
    struct document *d = ARENA_NEW(arena, struct document);
    *out = buf_new(arena, DOCUMENT_MAX);
    d->j = jw_new(out);
    d->j.pretty = true;
    d->version = version;
    d->schemas.arena = arena;
    d->schemas.both = version == 0;
    jw_object(&d->j);
    put_info(d);
    put_tags(d);
    jw_key(&d->j, T("paths"));
    jw_object(&d->j);
    put_paths(d);
    jw_object_end(&d->j);
    put_components(d);
    jw_object_end(&d->j);
    buf_add_char(out, '\n');
    return d;
}

static struct {
    pthread_mutex_t lock;
    struct arena *arena[CONTRACT_COUNT];
    const struct document *made[CONTRACT_COUNT]; /* never changes again */
} contract = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void make_once(void *cls)
{
    const unsigned version = *(const unsigned *)cls;
    if (contract.made[version])
        return;
    arena_free(contract.arena[version]); /* of a making that ended for want of memory */
    contract.arena[version] = NULL;
    contract.arena[version] = arena_new();
    contract.made[version] = make_document(contract.arena[version], version);
}

static const struct document *document_of(unsigned version)
{
    memory_locked(&contract.lock, make_once, &version);
    return contract.made[version];
}

struct text contract_text(unsigned version)
{
    return buf_text(document_of(version)->j.out);
}

struct text contract_text_at(struct arena *arena, unsigned version, struct text url)
{
    const struct document *d = document_of(version);
    const struct text whole = buf_text(d->j.out);
    struct buf b = buf_new(arena, DOCUMENT_MAX);
    buf_reserve(&b, whole.n + LIMIT_URL);
    buf_add(&b, text_clip(whole, d->servers_begin));
    struct json j = jw_new(&b);
    put_server(&j, url, T("The address that was asked"));
    buf_add(&b, text_from(whole, d->servers_end));
    return buf_text(&b);
}

void contract_free(void)
{
    for (size_t i = 0; i < CONTRACT_COUNT; i++)
        if (contract.arena[i])
            arena_free(contract.arena[i]);
}
