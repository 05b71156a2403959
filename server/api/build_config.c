#include "api/build_config.h"

#include "base/limit.h"

struct model_agent {
    enum value_state is;
    struct v_text model;
};

static const struct field agent_fields[] = {
    FIELD_TEXT(struct model_agent, model, .flags = REQUIRED, .min = 1, .max = LIMIT_WORD, .doc = "Model of the agent",
               .example = "\"claude-sonnet-4-6\""),
};
static const struct spec agent_spec = SPEC(struct model_agent, "BuildConfigAgentModel", agent_fields);

struct model_browsing {
    enum value_state is;
    struct v_enum provider;
    struct v_text model;
};

static const char *const browsing_providers[] = { "google", "anthropic", NULL };

static const struct field browsing_fields[] = {
    FIELD_ENUM(struct model_browsing, provider, .flags = REQUIRED, .names = browsing_providers, .doc = "Whose model"),
    FIELD_TEXT(struct model_browsing, model, .flags = REQUIRED, .min = 1, .max = LIMIT_WORD,
               .doc = "Model for browsing", .example = "\"gemini-2.5-pro\""),
};
static const struct spec browsing_spec = SPEC(struct model_browsing, "BuildConfigBrowsingModel", browsing_fields);

struct models {
    enum value_state is;
    struct model_agent agent;
    struct model_browsing browsing;
};

static const struct field models_fields[] = {
    FIELD_OBJECT(struct models, agent, struct model_agent, .flags = REQUIRED, .sub = &agent_spec, .doc = "The agent's"),
    FIELD_OBJECT(struct models, browsing, struct model_browsing, .flags = REQUIRED, .sub = &browsing_spec,
                 .doc = "For the use of browsers"),
};
static const struct spec models_spec = SPEC(struct models, "BuildConfigModels", models_fields);

static const char *check_input(struct text json)
{
    return json.p[0] == '"' || json.p[0] == '[' ? NULL : "Invalid input";
}

const char *check_json_object(struct text json)
{
    return json.p[0] == '{' ? NULL : "Invalid input: expected object";
}

struct config_data {
    enum value_state is;
    struct models models;
    struct v_json input;
    struct v_texts files, skills, plugins;
    struct v_uuids subAgents;
    struct v_json options;
};

#define D struct config_data
static const struct field data_fields[] = {
    FIELD_OBJECT(D, models, struct models, .flags = REQUIRED, .sub = &models_spec, .doc = "Which models are used"),
    FIELD_JSON(D, input, .flags = REQUIRED, .check = check_input, .example = "\"Sort new invoices by supplier.\"",
               .doc = "Instructions: a text, or an array of messages"),
    FIELD_TEXTS(D, files, .flags = NULLABLE, .fallback = "[]", .doc = "Files of the team"),
    FIELD_TEXTS(D, skills, .flags = NULLABLE, .fallback = "[]", .doc = "Skills"),
    FIELD_TEXTS(D, plugins, .flags = NULLABLE, .fallback = "[]", .doc = "Plugins, by name or URL"),
    FIELD_UUIDS(D, subAgents, .flags = NULLABLE, .fallback = "[]", .doc = "Agents for delegation"),
    FIELD_JSON(D, options, .check = check_json_object, .doc = "Further options"),
};
#undef D
static const struct spec data_spec = SPEC(struct config_data, "BuildConfigData", data_fields);

struct build_config {
    enum value_state is;
    struct v_enum version;
    struct config_data data;
};

static const char *const config_versions[] = { "v2", NULL };

static const struct field config_fields[] = {
    FIELD_ENUM(struct build_config, version, .flags = REQUIRED, .names = config_versions,
               .doc = "Format version; \"v1\" is no longer accepted"),
    FIELD_OBJECT(struct build_config, data, struct config_data, .flags = REQUIRED, .sub = &data_spec,
                 .doc = "The setup"),
};
const struct spec build_config_spec =
    SPEC_WITH(struct build_config, "BuildConfig", config_fields, .doc = "An agent's setup. Further members are kept.");
