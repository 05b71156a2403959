/* Native OAuth: the start, which answers the URL of the provider's consent page. */
#include "api/handlers.h"
#include "cli/config.h"
#include "space/ids.h"
#include "base/json.h"
#include "base/limit.h"
#include "base/uri.h"
#include "space/links.h"
#include "oauth/authorize.h"
#include "oauth/callback.h"
#include "oauth/client.h"
#include "oauth/provider.h"
#include "spec/redact.h"

/* ---- start --------------------------------------------------------------------------------------------- */

struct native_path {
    struct v_text teamId, provider;
};

static const struct field native_path_fields[] = {
    FIELD_TEXT(struct native_path, teamId, .flags = REQUIRED | ONLY_V2, .doc = "Team ID"),
    FIELD_TEXT(struct native_path, provider, .flags = REQUIRED, .doc = "OAuth provider, by slug or key",
               .example = "\"gmail\""),
};
const struct spec native_path = SPEC(struct native_path, "NativePath", native_path_fields);

struct native_body {
    struct v_text return_url;
    struct v_uuid reconnect_instance_id;
    struct v_map properties;
};

static const struct field native_body_fields[] = {
    FIELD_TEXT(struct native_body, return_url, .doc = "Destination after consent: a path or an absolute URL",
               .example = "\"http://localhost:3000/done\""),
    FIELD_UUID(struct native_body, reconnect_instance_id, .flags = ONLY_V2,
               .doc = "A connection to renew instead of making one"),
};
const struct spec native_body = SPEC_WITH(struct native_body, "StartNativeOAuth", native_body_fields, .open = true,
                                          .extra = offsetof(struct native_body, properties), .optional = true);

static const struct field authorization_reply_fields[] = {
    FIELD_TEXT(struct authorization_reply, authorization_url, .flags = REQUIRED | LINK,
               .doc = "To open in a browser",
               .example = "\"http://127.0.0.1:8787/_mock/oauth/authorize/gmail?response_type=code&state=…\""),
};
const struct spec authorization_reply =
    SPEC(struct authorization_reply, "AuthorizationUrl", authorization_reply_fields);

/* They are kept to be shown: what speaks of a credential is kept masked. */
static struct text properties_json(struct request *rq, const struct v_map *map)
{
    const struct redactor redactor = { store_key_of(rq->db) };
    struct arena *arena = rq->arena;
    struct buf b = buf_new(arena, LIMIT_BODY * 6);
    struct json j = jw_new(&b);
    jw_object(&j);
    for (size_t i = 0; i < map->n; i++)
        jw_put_text(&j, map->v[i].name, redact_is_secret_name(map->v[i].name)
                                            ? redact_mask(&redactor, arena, map->v[i].value)
                                            : redact_text(&redactor, arena, map->v[i].value));
    jw_object_end(&j);
    return buf_text(&b);
}

/* The operation declares no 400: what cannot be used is left out, unless the server is strict. */
static enum err take_return_url(struct request *rq, struct v_text in, struct v_text *ret)
{
    ret->is = VALUE_NULL;
    if (in.is != VALUE_SET)
        return OK;
    in.v = uri_to_ascii(rq->arena, in.v);
    const char *why = in.v.n > LIMIT_RETURN_URL ? "Too big: expected string to have <=8192 characters"
                                                : links_check_return(in.v);
    if (!why)
        *ret = in;
    else if (rq->config->strict)
        return fail(rq, ERR_INVALID, "body/return_url %s", why);
    else
        warn(rq, text_format(rq->arena, "body/return_url was ignored: %s", why));
    return OK;
}

/* The connection to renew has to be the caller's to change, and of the same provider. */
static enum err check_reconnect(struct request *rq, struct v_uuid id, struct text key)
{
    struct connection c = { .id = { .is = VALUE_ABSENT } };
    if (id.is != VALUE_SET)
        return OK;
    const enum err err = connection_find_to_change(rq, &id.v, &c);
    if (err != OK)
        return err;
    if (!v_text_eq(c.oauth_provider_key, key))
        return fail(rq, ERR_CONNECTION_NOT_FOUND, "Connection not found: it is not one of provider %.*s",
                    TEXT_ARG(key));
    return OK;
}

static struct v_text property_of(const struct v_map *map, struct text name)
{
    for (size_t i = 0; i < map->n; i++)
        if (text_eq(map->v[i].name, name))
            return SET_TEXT(map->v[i].value);
    return (struct v_text){ .is = VALUE_ABSENT };
}

/* A hint and an outcome among the properties go on to the provider. */
static struct text passed_on(const struct v_map *properties, struct text name)
{
    const struct v_text value = property_of(properties, name);
    const bool is_short = value.is == VALUE_SET && value.v.n <= LIMIT_NAME; /* as addresses are, and URLs have to be */
    return is_short ? value.v : (struct text){ NULL, 0 };
}

static struct text provider_url(struct request *rq, struct text base, const struct flow *flow, struct text state,
                                const struct v_map *properties)
{
    const struct authorization_request ask = {
        .client_id = flow->client_id.v,
        .redirect_uri = flow->redirect_uri.v,
        .state = state,
        .scope = scope_join(rq->arena, &flow->scopes),
        .login_hint = passed_on(properties, T("login_hint")),
        .mock_outcome = passed_on(properties, T("mock_outcome")),
    };
    const struct text endpoint = text_format(rq->arena, "%.*s" AUTHORIZE_PATH "%.*s", TEXT_ARG(base),
                                             TEXT_ARG(flow->provider.v));
    return authorization_url(rq->arena, endpoint, &ask);
}

static void fill_flow(struct request *rq, struct flow *flow, struct text base, const struct provider *provider,
                      const struct catalog_row *catalog)
{
    flow->id = SET_UUID(id_new(rq, "flow"));
    flow->team_id = SET_UUID(rq->who.team_id);
    flow->user_id = SET_UUID(rq->who.user_id);
    flow->key = provider->key;
    flow->client_id = provider->client_id;
    flow->scopes = catalog->oauth_scopes;
    flow->scopes.is = VALUE_SET;
    flow->redirect_uri = SET_TEXT(text_format(rq->arena, "%.*s" CALLBACK_PATH "%.*s", TEXT_ARG(base),
                                              TEXT_ARG(flow->provider.v)));
}

enum err native_start(struct request *rq, struct reply *rp)
{
    const struct native_path *path = rq->path;
    const struct native_body *in = rq->input;
    struct authorization_reply *out = REQUEST_NEW(rq, struct authorization_reply);
    struct provider provider = { .key = { .is = VALUE_ABSENT } };
    struct catalog_row catalog = { .id = { .is = VALUE_ABSENT } };
    struct flow flow = { .provider = path->provider, .reconnect_id = in->reconnect_instance_id };
    struct text base;
    if (in->properties.n > LIMIT_ENTRIES)
        return fail(rq, ERR_INVALID, "body Too big: expected object to have <=%d further properties", LIMIT_ENTRIES);
    enum err err = take_return_url(rq, in->return_url, &flow.return_url);
    if (err == OK)
        err = links_base(rq, &base);
    if (err != OK)
        return err;
    if (!provider_find(rq, path->provider.v, &provider) ||
        !catalog_find(rq, provider.type.v, T("native"), &catalog))
        return fail(rq, ERR_PROVIDER_NOT_FOUND, "OAuth provider %.*s not found",
                    TEXT_ARG(text_clip(path->provider.v, LIMIT_SLUG)));
    err = check_reconnect(rq, in->reconnect_instance_id, catalog.oauth_provider_key.v);
    if (err != OK)
        return err;
    fill_flow(rq, &flow, base, &provider, &catalog);
    flow.properties = (struct v_json){ VALUE_SET, properties_json(rq, &in->properties) };
    const struct text state = flow_begin(rq, &flow);
    out->authorization_url = SET_TEXT(provider_url(rq, base, &flow, state, &in->properties));
    rp->object = out;
    return OK;
}
