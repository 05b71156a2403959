/* Settings on the control plane: those of the command line that a space may have otherwise. */
#include "api/handlers.h"
#include "request/server.h"
#include "space/directory.h"

static const char *const consent_names[] = { "auto", "interactive", NULL };
static const char *const return_params_names[] = { "on", "off", NULL };
static const char *const runs_names[] = { "auto", "script", NULL };
static const char *const models_names[] = { "any", "listed", NULL };
static const char *const list_keys_names[] = { "both", "connections", "integrations", NULL };

struct settings_object {
    struct v_enum consent, return_params, v1_list_keys, models, runs;
    struct v_bool strict, any_key, lenient_auth_method, error_ids;
    struct v_int rate_limit, refresh_grace_seconds, run_pending_ms, run_running_ms, trigger_failures, seed;
};

#define S struct settings_object
#define SETTINGS_FIELDS(more)                                                                                          \
    FIELD_ENUM(S, consent, .flags = (more), .names = consent_names, .doc = "What consent pages do"),                   \
    FIELD_ENUM(S, return_params, .flags = (more), .names = return_params_names,                                        \
               .doc = "Whether a return_url gets status and connection_id"),                                           \
    FIELD_ENUM(S, v1_list_keys, .flags = (more), .names = list_keys_names, .doc = "Name of the array in /v1's list"),  \
    FIELD_ENUM(S, models, .flags = (more), .names = models_names, .doc = "Which models a revision's config may name"), \
    FIELD_BOOL(S, strict, .flags = (more), .doc = "Whether unknown fields are errors"),                                \
    FIELD_BOOL(S, any_key, .flags = (more), .doc = "Whether any dv_... key acts as the default owner"),                \
    FIELD_BOOL(S, lenient_auth_method, .flags = (more), .doc = "Whether api_key is accepted as apikey"),               \
    FIELD_BOOL(S, error_ids, .flags = (more), .doc = "Whether errors are named by identifiers, such as not_found"),    \
    FIELD_INT(S, rate_limit, .flags = (more), .max = 1000000, .doc = "Requests per minute per API key; 0 is off"),     \
    FIELD_INT(S, refresh_grace_seconds, .flags = (more), .max = 86400,                                                 \
              .doc = "Seconds in which a used refresh token of a built-in MCP server works again"),                    \
    FIELD_ENUM(S, runs, .flags = (more), .names = runs_names, .doc = "What runs without a script do"),            \
    FIELD_INT(S, run_pending_ms, .flags = (more), .max = 86400000, .doc = "Milliseconds until a run runs"),            \
    FIELD_INT(S, run_running_ms, .flags = (more), .max = 86400000, .doc = "Milliseconds until it completes"),     \
    FIELD_INT(S, trigger_failures, .flags = (more), .min = 1, .max = 1000000,                                          \
              .doc = "Consecutive runs without a usable connection after which a trigger disables itself"),            \
    FIELD_INT(S, seed, .flags = (more) | NULLABLE, .max = INT64_C(9007199254740991),                                   \
              .doc = "Seed of repeatable ids; null is random")
static const struct field body_fields[] = { SETTINGS_FIELDS(0) };
static const struct field reply_fields[] = { SETTINGS_FIELDS(REQUIRED) };
#undef S
const struct spec settings_body = SPEC(struct settings_object, "ChangeSettings", body_fields);
const struct spec settings_reply = SPEC(struct settings_object, "Settings", reply_fields);

static const struct settings_object *told(struct request *rq)
{
    struct settings_object *out = REQUEST_NEW(rq, struct settings_object);
    const struct settings *now = space_settings(rq->home);
    const struct config *config = &now->config;
    *out = (struct settings_object){
        .consent = { VALUE_SET, config->consent },
        .return_params = { VALUE_SET, config->return_params },
        .v1_list_keys = { VALUE_SET, config->v1_list_keys },
        .models = { VALUE_SET, config->models },
        .strict = SET_BOOL(config->strict),
        .any_key = SET_BOOL(config->any_key),
        .lenient_auth_method = SET_BOOL(config->lenient_auth_method),
        .error_ids = SET_BOOL(config->error_ids),
        .rate_limit = SET_INT(config->rate_limit),
        .refresh_grace_seconds = SET_INT(config->refresh_grace_seconds),
        .runs = { VALUE_SET, config->runs },
        .run_pending_ms = SET_INT(config->run_pending_ms),
        .run_running_ms = SET_INT(config->run_running_ms),
        .trigger_failures = SET_INT(config->trigger_failures),
        .seed = { now->has_seed ? VALUE_SET : VALUE_NULL, now->seed },
    };
    settings_release(now);
    return out;
}

static void take_choice(int *to, struct v_enum from)
{
    if (from.is == VALUE_SET)
        *to = from.v;
}

static void take_flag(bool *to, struct v_bool from)
{
    if (from.is == VALUE_SET)
        *to = from.v;
}

static void take_number(int64_t *to, struct v_int from)
{
    if (from.is == VALUE_SET)
        *to = from.v;
}

static void change(struct settings *settings, const void *cls)
{
    const struct settings_object *in = cls;
    struct config *config = &settings->config;
    take_choice(&config->consent, in->consent);
    take_choice(&config->return_params, in->return_params);
    take_choice(&config->v1_list_keys, in->v1_list_keys);
    take_choice(&config->models, in->models);
    take_flag(&config->strict, in->strict);
    take_flag(&config->any_key, in->any_key);
    take_flag(&config->lenient_auth_method, in->lenient_auth_method);
    take_flag(&config->error_ids, in->error_ids);
    take_choice(&config->runs, in->runs);
    take_number(&config->rate_limit, in->rate_limit);
    take_number(&config->refresh_grace_seconds, in->refresh_grace_seconds);
    take_number(&config->run_pending_ms, in->run_pending_ms);
    take_number(&config->run_running_ms, in->run_running_ms);
    take_number(&config->trigger_failures, in->trigger_failures);
    if (in->seed.is == VALUE_ABSENT)
        return;
    settings->has_seed = in->seed.is == VALUE_SET;
    settings->seed = in->seed.v;
}

enum err settings_get(struct request *rq, struct reply *rp)
{
    rp->object = told(rq);
    return OK;
}

/* Replies that are kept were made under the old settings. */
enum err settings_change(struct request *rq, struct reply *rp)
{
    space_change_settings(rq->home, change, rq->input);
    store_touch(rq->server->store);
    rp->object = told(rq);
    return OK;
}
