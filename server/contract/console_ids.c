#include "contract/console_ids.h"

#include "fixtures/sections.h"
#include "store/query.h"

#include <string.h>

/* What a parameter names: rows of a section of fixture documents, by a column of theirs. */
static const struct place {
    const char *parameter, *behind; /* what stands before it in the path: NULL where the name says enough */
    enum section section;
    const char *column;
} places[] = {
    { "agent_id",              NULL,            SECTION_AGENTS,              "id" },
    { "agentId",               NULL,            SECTION_AGENTS,              "id" },
    { "artifactId",            NULL,            SECTION_DASHBOARDS,          "id" },
    { "buildId",               NULL,            SECTION_BUILDS,              "id" },
    { "build_id",              NULL,            SECTION_BUILDS,              "id" },
    { "case_id",               NULL,            SECTION_CASES,               "id" },
    { "connectionId",          NULL,            SECTION_CONNECTIONS,         "id" },
    { "connection_id",         NULL,            SECTION_CONNECTIONS,         "id" },
    { "credentialId",          NULL,            SECTION_SECRETS,             "id" },
    { "credential_id",         NULL,            SECTION_SECRETS,             "id" },
    { "custom_integration_id", NULL,            SECTION_CUSTOM_INTEGRATIONS, "id" },
    { "exposedCredentialId",   NULL,            SECTION_LOGINS,              "id" },
    { "folder_id",             NULL,            SECTION_FOLDERS,             "id" },
    { "id",                    "credentials/",  SECTION_SECRETS,             "id" },
    { "id",                    "suggestions/",  SECTION_SUGGESTIONS,         "id" },
    { "id",                    "{userId}/",     SECTION_LOGINS,              "id" },
    { "integration_id",        NULL,            SECTION_SLOTS,               "integration_id" },
    { "login_id",              NULL,            SECTION_LOGINS,              "id" },
    { "orgId",                 NULL,            SECTION_ORGANIZATIONS,       "id" },
    { "queue_id",              NULL,            SECTION_QUEUES,              "id" },
    { "run_id",                NULL,            SECTION_RUNS,                "id" },
    { "schedule_id",           NULL,            SECTION_SCHEDULES,           "id" },
    { "script_id",             NULL,            SECTION_RUN_SCRIPTS,         "id" },
    { "teamId",                NULL,            SECTION_TEAMS,               "id" },
    { "trigger_id",            "case-triggers/", SECTION_CASE_TRIGGERS,      "id" },
    { "trigger_id",            "/triggers/",    SECTION_TRIGGERS,            "id" },
    { "userId",                NULL,            SECTION_PEOPLE,              "id" },
    { "webhook_id",            NULL,            SECTION_WEBHOOKS,            "id" },
};

static const struct place *place_of(const char *path, const char *parameter)
{
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const struct place *place = &places[i];
        const char *behind = place->behind ? strstr(path, place->behind) : path;
        if (strcmp(place->parameter, parameter) == 0 && behind &&
            (!place->behind || behind[strlen(place->behind)] == '{'))
            return place;
    }
    return NULL;
}

struct text console_id_of(struct request *rq, const struct route *route, const char *parameter)
{
    const struct text unset = { NULL, 0 };
    const struct place *place = place_of(route->path, parameter);
    if (!place)
        return unset;
    const struct spec *spec = section_columns(place->section);
    const struct field *f = spec_find_field(spec, 0, text_of(place->column));
    QUERY q = query(rq->db, section_kinds[place->section].list);
    if (!f || f->kind != KIND_UUID || !query_row(&q))
        return unset;
    void *object = arena_alloc(rq->arena, spec->size);
    col_row(&q, 0, spec, rq->arena, object);
    const struct v_uuid *id = field_in(f, object);
    return id->is == VALUE_SET ? uuid_text(rq->arena, &id->v) : unset;
}
