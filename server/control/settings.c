/* Settings on the control plane: those of the command line that a space may have otherwise. */
#include "api/handlers.h"
#include "base/json.h"
#include "base/limit.h"
#include "delivery/courier.h"
#include "request/server.h"
#include "space/directory.h"

static const char *const consent_names[] = { "auto", "interactive", NULL };
static const char *const return_params_names[] = { "on", "off", NULL };
static const char *const runs_names[] = { "auto", "script", NULL };
static const char *const schedules_names[] = { "off", "run", NULL };
static const char *const models_names[] = { "any", "listed", NULL };
static const char *const payload_names[] = { "envelope", "data", NULL };
static const char *const list_keys_names[] = { "both", "connections", "integrations", NULL };

struct header_names {
    enum value_state is;
    struct v_text id, timestamp, signature;
};

static const char *check_header(struct text name)
{
    static const char refusal[] = "Invalid name: expected that of a header that can be chosen, such as webhook-id";
    char header[CONFIG_HEADER_SIZE];
    return config_header(name, header) ? NULL : refusal;
}

#define H struct header_names
static const struct field header_fields[] = {
    FIELD_TEXT(H, id, .check = check_header, .doc = "Of the event's id", .example = "\"webhook-id\""),
    FIELD_TEXT(H, timestamp, .check = check_header, .doc = "Of the time of sending",
               .example = "\"webhook-timestamp\""),
    FIELD_TEXT(H, signature, .check = check_header, .doc = "Of the signature", .example = "\"webhook-signature\""),
};
#undef H
static const struct spec header_names_spec = SPEC(struct header_names, "WebhookHeaders", header_fields);

struct settings_object {
    struct v_enum consent, return_params, v1_list_keys, models, runs, schedules, webhook_payload;
    struct v_bool strict, any_key, lenient_auth_method, error_ids;
    struct v_int rate_limit, refresh_grace_seconds, run_pending_ms, run_running_ms, trigger_failures, seed;
    struct v_int webhook_timeout_ms;
    struct v_json webhook_retry_seconds;
    struct header_names webhook_headers;
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
    FIELD_ENUM(S, schedules, .flags = (more), .names = schedules_names,                                                \
               .doc = "Whether schedules start runs when their time comes"),                                           \
    FIELD_INT(S, trigger_failures, .flags = (more), .min = 1, .max = 1000000,                                          \
              .doc = "Runs in a row without a connection after which a trigger or schedule disables itself"),          \
    FIELD_JSON(S, webhook_retry_seconds, .flags = (more), .example = "[5, 30, 300, 3600, 28800]",                      \
               .doc = "Seconds until a failed delivery is tried again, for each retry: an array of at most 10"),       \
    FIELD_INT(S, webhook_timeout_ms, .flags = (more), .min = 1, .max = 60000,                                          \
              .doc = "Milliseconds that the receiver of a delivery has for its answer"),                               \
    FIELD_OBJECT(S, webhook_headers, struct header_names, .flags = (more), .sub = &header_names_spec,                  \
                 .doc = "Names of the headers of a delivery"),                                                         \
    FIELD_ENUM(S, webhook_payload, .flags = (more), .names = payload_names,                                            \
               .doc = "Whether the body of a delivery is the event, or its data alone"),                               \
    FIELD_INT(S, seed, .flags = (more) | NULLABLE, .max = INT64_C(9007199254740991),                                   \
              .doc = "Seed of repeatable ids; null is random")
static const struct field body_fields[] = { SETTINGS_FIELDS(0) };
static const struct field reply_fields[] = { SETTINGS_FIELDS(REQUIRED) };
#undef S

/* False when it is no array of delays. */
static bool read_delays(struct text json, struct config_delays *ret)
{
    struct text rest = text_trim(json);
    *ret = (struct config_delays){ .n = 0 };
    if (rest.n < 2 || rest.p[0] != '[' || rest.p[rest.n - 1] != ']')
        return false;
    rest = text_trim((struct text){ rest.p + 1, rest.n - 2 });
    if (!rest.n)
        return true;
    for (; rest.p; ret->n++)
        if (ret->n == CONFIG_DELAYS_MAX || !text_to_uint(text_trim(text_cut(&rest, ',')), &ret->v[ret->n]) ||
            ret->v[ret->n] > 30 * 24 * 3600)
            return false;
    return true;
}

static const char *check_settings(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct settings_object *in = object;
    struct config_delays delays;
    (void)arena;
    *ret_path = T("webhook_retry_seconds");
    return in->webhook_retry_seconds.is == VALUE_SET && !read_delays(in->webhook_retry_seconds.v, &delays)
               ? "Invalid input: expected an array of at most 10 whole numbers of seconds up to 2592000" : NULL;
}

const struct spec settings_body =
    SPEC_WITH(struct settings_object, "ChangeSettings", body_fields, .check = check_settings);
const struct spec settings_reply = SPEC(struct settings_object, "Settings", reply_fields);

static struct v_json delays_told(struct request *rq, const struct config_delays *delays)
{
    struct buf out = buf_new(rq->arena, LIMIT_BODY);
    struct json j = jw_new(&out);
    jw_array(&j);
    for (size_t i = 0; i < delays->n; i++)
        jw_int(&j, delays->v[i]);
    jw_array_end(&j);
    return (struct v_json){ VALUE_SET, buf_text(&out) };
}

static struct v_text header_told(struct request *rq, const char *name)
{
    return SET_TEXT(text_copy(rq->arena, text_of(name)));
}

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
        .schedules = { VALUE_SET, config->schedules },
        .trigger_failures = SET_INT(config->trigger_failures),
        .webhook_retry_seconds = delays_told(rq, &config->webhook_retry_seconds),
        .webhook_timeout_ms = SET_INT(config->webhook_timeout_ms),
        .webhook_headers = { VALUE_SET, header_told(rq, config->webhook_headers.id),
                             header_told(rq, config->webhook_headers.timestamp),
                             header_told(rq, config->webhook_headers.signature) },
        .webhook_payload = { VALUE_SET, config->webhook_payload },
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

static void take_header(char to[CONFIG_HEADER_SIZE], struct v_text from)
{
    if (from.is == VALUE_SET)
        config_header(from.v, to);
}

static void take_webhook_settings(struct config *config, const struct settings_object *in)
{
    take_number(&config->webhook_timeout_ms, in->webhook_timeout_ms);
    take_choice(&config->webhook_payload, in->webhook_payload);
    take_header(config->webhook_headers.id, in->webhook_headers.id);
    take_header(config->webhook_headers.timestamp, in->webhook_headers.timestamp);
    take_header(config->webhook_headers.signature, in->webhook_headers.signature);
    if (in->webhook_retry_seconds.is == VALUE_SET)
        read_delays(in->webhook_retry_seconds.v, &config->webhook_retry_seconds);
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
    take_choice(&config->schedules, in->schedules);
    take_number(&config->rate_limit, in->rate_limit);
    take_number(&config->refresh_grace_seconds, in->refresh_grace_seconds);
    take_number(&config->run_pending_ms, in->run_pending_ms);
    take_number(&config->run_running_ms, in->run_running_ms);
    take_number(&config->trigger_failures, in->trigger_failures);
    take_webhook_settings(config, in);
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

enum err settings_change(struct request *rq, struct reply *rp)
{
    space_change_settings(rq->home, change, rq->input);
    courier_look(rq->server->courier, rq->space); /* somebody may hear of what schedules start from now on */
    rp->object = told(rq);
    return OK;
}
