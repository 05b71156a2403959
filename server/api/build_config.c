#include "api/build_config.h"

#include "base/limit.h"
#include "spec/kept.h"

/* ---- words ----------------------------------------------------------------------------------------------- */

static const char *const agent_models[] = {
    "claude-sonnet-5", "claude-sonnet-5[1m]", "claude-opus-4-8", "claude-opus-4-8[1m]", "d1-max", "duvo-1-max",
    "duvo-1-max-sonnet-1m", "duvo-1-max-sonnet-4.5", "duvo-1-max-sonnet-4.5-1m", "duvo-1-max-opus",
    "duvo-1-max-opus-4.5", "gpt-4.1", "gpt-4o", "gpt-4o-mini", "gpt-5", "gpt-5.1", "claude-sonnet-4-20250514",
    "claude-sonnet-4-20250514[1m]", "claude-sonnet-4-5-20250929", "claude-sonnet-4-5-20250929[1m]",
    "claude-sonnet-4-6", "claude-sonnet-4-6[1m]", "claude-opus-4-1-20250805", "claude-opus-4-5-20251101",
    "claude-opus-4-6", "claude-opus-4-6[1m]", "claude-opus-4-7", "claude-opus-4-7[1m]", NULL,
};
static const char *const browsing_models[] = {
    "gemini-2.5-pro", "gemini-2.5-flash", "gemini-3-pro-preview", "claude-haiku-4-5", "claude-sonnet-4-5",
    "claude-opus-4-1", NULL,
};
static const char *const browsing_providers[] = { "google", "anthropic", NULL };
static const char *const browser_providers[] = { "browserbase", "browser-use", NULL };
static const char *const message_roles[] = { "system", "user", "assistant", NULL };
static const char *const message_types[] = { "message", NULL };
static const char *const text_block[] = { "input_text", NULL };
static const char *const image_block[] = { "input_image", NULL };
static const char *const file_block[] = { "input_file", NULL };
static const char *const image_details[] = { "low", "high", "auto", NULL };
static const char *const config_versions[] = { "v2", NULL };
static const char *const old_versions[] = { "v1", NULL };

/* ---- objects ------------------------------------------------------------------------------------------- */

/* The values are judged and not used. */
struct model {
    enum value_state is;
    struct v_enum provider, listed;
    struct v_text any;
};

struct models {
    enum value_state is;
    struct model agent, browsing;
};

struct block {
    struct v_enum type, detail;
    struct v_text text, file_id, url;
};

struct message {
    struct v_enum role, type;
    struct v_json content;
};

struct benchmark_outcome {
    struct v_text description, criteria;
};

struct options {
    enum value_state is;
    struct v_enum browserProvider;
    struct v_text evaluationSchemaId;
    struct v_rows benchmarkExpectedOutcomes;
};

struct config_data {
    enum value_state is;
    struct models models;
    struct v_json input;
    struct v_texts files, skills, plugins;
    struct v_uuids subAgents;
    struct options options;
};

struct build_config {
    enum value_state is;
    struct v_enum version;
    struct config_data data;
};

/* ---- as requests have to be ------------------------------------------------------------------------------ */

#define NAME(table) sent_##table
#define TITLE(name) "BuildConfig" name
#define MUST        REQUIRED
#define MODEL(S, list, ...) \
    FIELD_AT(S, listed, "model", struct v_enum, KIND_ENUM, .flags = REQUIRED | GROWING, .names = list, __VA_ARGS__)
#include "api/build_config.def"
#undef NAME
#undef TITLE
#undef MUST
#undef MODEL
const struct spec build_config_spec =
    SPEC_WITH(struct build_config, "BuildConfig", sent_config_fields, .doc = "An agent's setup.");

/* ---- as replies have it ---------------------------------------------------------------------------------- */

#define NAME(table) shown_##table
#define TITLE(name) "RevisionConfig" name
#define MUST        0
#define MODEL(S, list, ...) FIELD_AT(S, any, "model", struct v_text, KIND_TEXT, __VA_ARGS__)
#include "api/build_config.def"
#undef NAME
#undef TITLE
#undef MUST
#undef MODEL

struct old_config {
    struct v_enum version;
    struct v_json data;
};

/* What it may hold is not documented. */
static const struct field old_fields[] = {
    FIELD_ENUM(struct old_config, version, .flags = REQUIRED, .names = old_versions, .doc = "Format version"),
    FIELD_JSON(struct old_config, data, .doc = "The setup"),
};
static const struct spec old_spec = SPEC_WITH(struct old_config, "RevisionConfigV1", old_fields,
                                              .doc = "A setup of the format's first version.", .loose = true);
static const struct spec shown_spec = SPEC_WITH(struct build_config, "RevisionConfigV2", shown_config_fields,
                                                .doc = "An agent's setup.");
static const struct spec *const shown_versions[] = { &old_spec, &shown_spec, NULL };
const struct spec build_config_shown = { .name = "RevisionConfig", .doc = "An agent's setup.",
                                         .size = sizeof(struct build_config), .variants = shown_versions };

/* ---- what is done with it ------------------------------------------------------------------------------ */

const char *check_json_object(struct text json)
{
#define INSTEAD(what) "Invalid input: expected object, received " what
    switch (json.p[0]) {
    case '{': return NULL;
    case '[': return INSTEAD("array");
    case '"': return INSTEAD("string");
    case 'n': return INSTEAD("null");
    case 't':
    case 'f': return INSTEAD("boolean");
    default: return INSTEAD("number");
    }
#undef INSTEAD
}

void build_config_show(struct arena *arena, struct v_json *config)
{
    if (config->is == VALUE_SET)
        config->v = spec_show_kept(arena, &build_config_shown, config->v);
}

struct text build_config_changed(struct arena *arena, struct v_json config, struct text over)
{
    return spec_lay_over(arena, &build_config_shown, config.is == VALUE_SET ? config.v : T("{}"), over);
}

/* A request's part that matters. */
struct made {
    struct v_json config;
};

static const struct field made_fields[] = {
    FIELD_JSON(struct made, config, .sub = &build_config_spec),
};
static const struct spec made_spec = SPEC(struct made, "MadeRevision", made_fields);

struct text build_config_refusal(struct arena *arena, bool any_model, struct text config)
{
    struct problems problems = problems_new(arena, false, T(", "));
    const struct text request = text_format(arena, "{\"config\":%.*s}", TEXT_ARG(config));
    struct made made = { .config = { .is = VALUE_ABSENT } };
    int line, column;
    problems.any_word = any_model;
    spec_parse_json(&made_spec, 0, T(""), request, &problems, &made, &line, &column);
    return problems.count ? problems_text(&problems) : (struct text){ NULL, 0 };
}
