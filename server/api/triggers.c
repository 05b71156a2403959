#include "api/triggers.h"

#include "api/agent_path.h"
#include "api/build_config.h"
#include "api/common.h"
#include "api/handlers.h"
#include "api/usable.h"
#include "base/clock.h"
#include "base/limit.h"
#include "space/ids.h"
#include "spec/lookup.h"

/* ---- what is stored -------------------------------------------------------------------------------------- */

static const char *const kind_names[] = { "slack_mention", "slack_channel", "teams_mention", NULL };
const struct trigger_word trigger_words[TRIGGER_KIND_COUNT] = {
    [TRIGGER_SLACK_MENTION] = { "slack", "mention" },
    [TRIGGER_SLACK_CHANNEL] = { "slack", "channel" },
    [TRIGGER_TEAMS_MENTION] = { "msteams", "mention" },
};

#define T_ struct trigger
static const struct field row_fields[] = {
    FIELD_UUID(T_, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(T_, agent_id, .column = "agent_id", .flags = REQUIRED, .doc = "What it starts"),
    FIELD_UUID(T_, connection_id, .column = "connection_id", .flags = REQUIRED, .doc = "How it hears"),
    FIELD_UUID(T_, user_id, .column = "user_id", .flags = REQUIRED, .doc = "Whose it is"),
    FIELD_ENUM(T_, kind, .names = kind_names, .doc = "Older word for an integration_slug with its trigger_type"),
    FIELD_TEXT(T_, integration_slug, .column = "integration_slug", .min = 1, .max = LIMIT_WORD,
               .doc = "What it listens to; or else kind"),
    FIELD_TEXT(T_, trigger_type, .column = "trigger_type", .min = 1, .max = LIMIT_WORD, .doc = "What for"),
    FIELD_JSON(T_, filter_config, .column = "filter_config", .fallback = "{}", .check = check_json_object),
    FIELD_BOOL(T_, enabled, .column = "enabled", .fallback = "true"),
    FAILURE_COLUMNS(T_),
    FIELD_TIME(T_, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(T_, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
};
#undef T_

static const char *check_row(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct trigger *trigger = object;
    const bool slug = trigger->integration_slug.is == VALUE_SET, type = trigger->trigger_type.is == VALUE_SET;
    (void)arena;
    *ret_path = trigger->kind.is == VALUE_SET ? T("kind") : slug ? T("trigger_type") : T("integration_slug");
    if (trigger->kind.is == VALUE_SET)
        return slug || type ? "Expected either kind, or integration_slug and trigger_type" : NULL;
    return slug && type ? NULL : "Required";
}

const struct spec trigger_row = SPEC_WITH(struct trigger, "FixtureTrigger", row_fields, .check = check_row);

#define T_ struct trigger_type
static const struct field type_row_fields[] = {
    FIELD_TEXT(T_, integration_slug, .column = "integration_slug", .flags = REQUIRED, .min = 1, .max = LIMIT_WORD,
               .doc = "Type of the integration"),
    FIELD_TEXT(T_, trigger_type, .column = "trigger_type", .flags = REQUIRED, .min = 1, .max = LIMIT_WORD),
    FIELD_TEXT(T_, label, .column = "label", .flags = REQUIRED),
    FIELD_TEXT(T_, description, .column = "description", .flags = REQUIRED),
    FIELD_JSON(T_, filter_schema, .column = "filter_schema", .fallback = "{\"type\":\"object\"}",
               .check = check_json_object, .doc = "JSON Schema of filter_config; nothing is checked with it"),
};
#undef T_
const struct spec trigger_type_row = SPEC(struct trigger_type, "FixtureTriggerType", type_row_fields);

void trigger_name_kind(struct trigger *trigger)
{
    for (int i = 0; i < TRIGGER_KIND_COUNT; i++)
        if (text_eq(trigger->integration_slug.v, text_of(trigger_words[i].slug)) &&
            text_eq(trigger->trigger_type.v, text_of(trigger_words[i].type)))
            trigger->kind = (struct v_enum){ VALUE_SET, i };
}

bool trigger_insert(struct db *db, const struct trigger *trigger)
{
    return query_insert(db, SQL_TRIGGER_INSERT, &trigger_row, trigger, WITH(clock_ticket()));
}

/* ---- what is told ---------------------------------------------------------------------------------------- */

#define T_ struct trigger
static const struct field trigger_fields[] = {
    FIELD_UUID(T_, id, .column = "id", .flags = REQUIRED, .doc = "Trigger ID"),
    FIELD_UUID(T_, agent_id, .column = "agent_id", .flags = REQUIRED, .doc = "The agent that it starts"),
    FIELD_UUID(T_, user_id, .column = "user_id", .flags = REQUIRED, .doc = "Whose it is"),
    FIELD_TEXT(T_, integration_slug, .column = "integration_slug", .flags = REQUIRED, .doc = "Type of the integration",
               .example = "\"slack\""),
    FIELD_TEXT(T_, trigger_type, .column = "trigger_type", .flags = REQUIRED, .doc = "What starts the agent",
               .example = "\"mention\""),
    FIELD_JSON(T_, filter_config, .column = "filter_config", .flags = REQUIRED, .check = check_json_object,
               .doc = "Which of them; stored as it was sent", .example = "{}"),
    FIELD_AT(T_, connection_id, "integration_instance_id", struct v_uuid, KIND_UUID, .column = "connection_id",
             .flags = REQUIRED, .doc = "The connection that it listens through; it goes with it"),
    FIELD_BOOL(T_, enabled, .column = "enabled", .flags = REQUIRED, .doc = "False: it is paused", .example = "true"),
    FIELD_TIME(T_, auto_disabled_at, .column = "auto_disabled_at", .flags = REQUIRED | NULLABLE,
               .doc = "When it disabled itself"),
    FIELD_TEXT(T_, auto_disabled_reason, .column = "auto_disabled_reason", .flags = REQUIRED | NULLABLE, .doc = "Why"),
    FIELD_INT(T_, consecutive_missing_connection_failures, .column = "consecutive_missing_connection_failures",
              .flags = REQUIRED, .max = PAGE_MAX, .doc = "Consecutive runs without a usable connection",
              .example = "0"),
    FIELD_TIME(T_, first_missing_connection_failure_at, .column = "first_missing_connection_failure_at",
               .flags = REQUIRED | NULLABLE, .doc = "When the first one was"),
    FIELD_TIME(T_, last_missing_connection_failure_at, .column = "last_missing_connection_failure_at",
               .flags = REQUIRED | NULLABLE, .doc = "When the last one was"),
    FIELD_TIME(T_, created_at, .column = "created_at", .flags = REQUIRED, .doc = "When it was made"),
    FIELD_TIME(T_, updated_at, .column = "updated_at", .flags = REQUIRED, .doc = "When it was last changed"),
};
#undef T_
const struct spec trigger_spec = SPEC_WITH(struct trigger, "Trigger", trigger_fields,
                                           .doc = "What starts an agent through a person's connection.");

static const struct field list_fields[] = { LIST_ROWS("triggers", trigger_spec, "The caller's, newest first") };
const struct spec trigger_list = SPEC(struct list, "TriggerList", list_fields);

enum err triggers_list(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const enum err err = agent_in_path(rq);
    if (err != OK)
        return err;
    return list_all(rq, rp, SQL_TRIGGER_LIST, WITH(&path->agent_id.v, &rq->who.user_id), &trigger_spec);
}

/* ---- types ----------------------------------------------------------------------------------------------- */

struct offered_type {
    struct v_text integration_slug, integration_name, icon_url, trigger_type, label, description;
    struct v_json filter_schema;
};

#define T_ struct offered_type
static const struct field offered_fields[] = {
    FIELD_TEXT(T_, integration_slug, .column = "t.integration_slug", .flags = REQUIRED,
               .doc = "Type of the integration", .example = "\"slack\""),
    FIELD_TEXT(T_, integration_name, .column = "r.integration_name", .flags = REQUIRED, .doc = "Its display name",
               .example = "\"Slack\""),
    FIELD_TEXT(T_, icon_url, .column = "coalesce(r.icon_url, '')", .flags = REQUIRED | DERIVED,
               .doc = "Its icon; empty without one"),
    FIELD_TEXT(T_, trigger_type, .column = "t.trigger_type", .flags = REQUIRED, .doc = "What starts the agent",
               .example = "\"mention\""),
    FIELD_TEXT(T_, label, .column = "t.label", .flags = REQUIRED, .doc = "Its name for people"),
    FIELD_TEXT(T_, description, .column = "t.description", .flags = REQUIRED, .doc = "What it listens to"),
    FIELD_JSON(T_, filter_schema, .column = "t.filter_schema", .flags = REQUIRED, .check = check_json_object,
               .doc = "JSON Schema of filter_config", .example = "{}"),
};
#undef T_
const struct spec trigger_type_spec = SPEC(struct offered_type, "TriggerType", offered_fields);

static const struct field types_fields[] = {
    LIST_ROWS("trigger_types", trigger_type_spec, "Of the integrations of the live revision, by slug and type"),
};
const struct spec trigger_type_list = SPEC(struct list, "TriggerTypeList", types_fields);

enum err trigger_types_list(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const enum err err = agent_in_path(rq);
    return err == OK ? list_all(rq, rp, SQL_TRIGGER_TYPE_LIST, WITH(&path->agent_id.v), &trigger_type_spec) : err;
}

/* ---- make or change -------------------------------------------------------------------------------------- */

struct upsert_body {
    struct v_text integration_slug, trigger_type;
    struct v_json filter_config;
    struct v_bool enabled;
};

#define B struct upsert_body
static const struct field upsert_fields[] = {
    FIELD_TEXT(B, integration_slug, .flags = REQUIRED, .doc = "Type of an integration of the live revision",
               .example = "\"slack\""),
    FIELD_TEXT(B, trigger_type, .flags = REQUIRED, .doc = "One of its trigger types", .example = "\"mention\""),
    FIELD_JSON(B, filter_config, .fallback = "{}", .check = check_json_object, .doc = "Which of them",
               .example = "{}"),
    FIELD_BOOL(B, enabled, .fallback = "true", .doc = "False pauses it", .example = "true"),
};
#undef B
const struct spec trigger_upsert = SPEC(struct upsert_body, "UpsertTrigger", upsert_fields);

/* The message of a 400 names those that the integration has. */
static enum err check_type(struct request *rq, const struct upsert_body *in)
{
    const struct text slug = in->integration_slug.v;
    struct buf types = buf_new(rq->arena, LIMIT_MESSAGE);
    QUERY q = query_with(rq->db, SQL_TRIGGER_TYPE_OF, WITH(slug));
    while (query_row(&q)) {
        if (text_eq(col_text(&q, 0), in->trigger_type.v))
            return OK;
        buf_addf(&types, "%s\"%.*s\"", types.n ? "|" : "", TEXT_ARG(col_text(&q, 0)));
    }
    const struct text quoted = text_clip(slug, LIMIT_SLUG);
    if (!types.n)
        return fail(rq, ERR_INVALID, "body/integration_slug The integration \"%.*s\" has no triggers",
                    TEXT_ARG(quoted));
    return fail(rq, ERR_INVALID, "body/trigger_type Invalid option: of %.*s expected one of %.*s", TEXT_ARG(quoted),
                TEXT_ARG(buf_text(&types)));
}

/* The connection of the caller that it is to listen through. */
static enum err find_connection(struct request *rq, const struct upsert_body *in, struct uuid *ret)
{
    const struct agent_path *path = rq->path;
    const struct actor caller = { rq->who.team_id, rq->who.user_id, rq->who.sharing };
    const struct text slug = text_clip(in->integration_slug.v, LIMIT_SLUG);
    size_t n = 0;
    bool found = false;
    QUERY q = query_with(rq->db, SQL_TRIGGER_SLOTS, WITH(&path->agent_id.v, in->integration_slug.v));
    for (; !found && query_row(&q); n++) {
        const struct uuid slot = col_uuid(&q, 0);
        found = usable_connection(rq->db, &slot, &caller, ret);
    }
    if (found)
        return OK;
    if (!n)
        return fail(rq, ERR_TRIGGER_NOT_POSSIBLE, "The agent's live revision has no integration %.*s: attach it first",
                    TEXT_ARG(slug));
    return fail(rq, ERR_TRIGGER_NOT_POSSIBLE, "You have no usable connection of %.*s: connect or reconnect it first",
                TEXT_ARG(slug));
}

void trigger_forget_failures(struct trigger *t)
{
    t->auto_disabled_at.is = t->auto_disabled_reason.is = VALUE_NULL;
    t->first_missing_connection_failure_at.is = t->last_missing_connection_failure_at.is = VALUE_NULL;
    t->consecutive_missing_connection_failures = SET_INT(0);
}

static enum err make_trigger(struct request *rq, struct reply *rp, struct trigger *t)
{
    const struct agent_path *path = rq->path;
    t->id = SET_UUID(id_new(rq, "trigger"));
    t->agent_id = path->agent_id;
    t->user_id = SET_UUID(rq->who.user_id);
    t->created_at = t->updated_at = SET_TIME(rq->now);
    trigger_forget_failures(t);
    rp->object = t;
    return trigger_insert(rq->db, t) ? OK : ERR_INTERNAL;
}

/* One that disabled itself starts anew when it is enabled. */
static enum err change_trigger(struct request *rq, struct reply *rp, struct trigger *t, const struct trigger *to)
{
    const bool wakes = to->enabled.v && !t->enabled.v;
    bool changed = take_uuid(&t->connection_id, to->connection_id);
    changed |= take_bool(&t->enabled, to->enabled);
    if (!spec_json_equal(t->filter_config.v, to->filter_config.v)) {
        t->filter_config = to->filter_config;
        changed = true;
    }
    if (wakes)
        trigger_forget_failures(t);
    if (changed) {
        t->updated_at = SET_TIME(rq->now);
        query_store(rq->db, SQL_TRIGGER_UPDATE, &trigger_row, t, NULL);
    }
    rp->object = t;
    return OK;
}

enum err triggers_upsert(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const struct upsert_body *in = rq->input;
    struct trigger *old = REQUEST_NEW(rq, struct trigger), *t = REQUEST_NEW(rq, struct trigger);
    const struct param *key = WITH(&path->agent_id.v, &rq->who.user_id, in->integration_slug.v, in->trigger_type.v);
    struct uuid connection;
    enum err err = agent_in_path(rq);
    if (err == OK)
        err = check_type(rq, in);
    if (err == OK)
        err = find_connection(rq, in, &connection);
    if (err != OK)
        return err;
    *t = (struct trigger){
        .connection_id = SET_UUID(connection),
        .integration_slug = in->integration_slug,
        .trigger_type = in->trigger_type,
        .filter_config = in->filter_config,
        .enabled = in->enabled,
    };
    if (query_get(rq->db, SQL_TRIGGER_GET, key, &trigger_row, rq->arena, old))
        return change_trigger(rq, rp, old, t);
    return make_trigger(rq, rp, t);
}
