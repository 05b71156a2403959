#include "api/agent_path.h"

#include "api/handlers.h"
#include "store/query.h"

#define P struct agent_path
#define AGENT FIELD_UUID(P, agent_id, .flags = REQUIRED, .doc = "Agent ID")
#define BUILD FIELD_UUID(P, build_id, .flags = REQUIRED, .doc = "Revision ID")
#define SLOT FIELD_UUID(P, integration_id, .flags = REQUIRED, .doc = "ID of an attached integration, or of its slot")
/* The operations of a revision's secrets and logins have other names for the same. */
#define NAMED(m, json, about)                                                                                          \
    FIELD_AT(P, m, json, struct v_uuid, KIND_UUID, .flags = REQUIRED | STRICT_V1, .doc = (about))
#define SECRETS NAMED(agent_id, "agentId", "Agent ID"), NAMED(build_id, "buildId", "Revision ID")

static const struct field agent_fields[] = { AGENT };
static const struct field build_fields[] = { BUILD };
static const struct field agent_build_fields[] = { AGENT, BUILD };
static const struct field schedule_fields[] = {
    AGENT, FIELD_UUID(P, schedule_id, .flags = REQUIRED, .doc = "Schedule ID"),
};
static const struct field secrets_fields[] = { SECRETS };
static const struct field secret_fields[] = { SECRETS, NAMED(secret_id, "credentialId", "Secret ID") };
static const struct field login_fields[] = { SECRETS, NAMED(login_id, "exposedCredentialId", "Login ID") };
static const struct field case_trigger_fields[] = {
    AGENT, FIELD_UUID(P, trigger_id, .flags = REQUIRED, .doc = "Case trigger ID"),
};
static const struct field trigger_fields[] = { NAMED(agent_id, "agentId", "Agent ID") };
static const struct field slot_fields[] = { AGENT, BUILD, SLOT };
static const struct field pin_fields[] = {
    AGENT, BUILD, SLOT, FIELD_UUID(P, connection_id, .flags = REQUIRED, .doc = "Connection ID"),
};
const struct spec agent_path = SPEC(P, "AgentPath", agent_fields);
const struct spec build_path = SPEC(P, "BuildPath", build_fields);
const struct spec agent_build_path = SPEC(P, "AgentBuildPath", agent_build_fields);
const struct spec schedule_path = SPEC(P, "SchedulePath", schedule_fields);
const struct spec build_secrets_path = SPEC(P, "RevisionSecretsPath", secrets_fields);
const struct spec build_secret_path = SPEC(P, "RevisionSecretPath", secret_fields);
const struct spec build_logins_path = SPEC(P, "RevisionLoginsPath", secrets_fields);
const struct spec build_login_path = SPEC(P, "RevisionLoginPath", login_fields);
const struct spec case_trigger_path = SPEC(P, "CaseTriggerPath", case_trigger_fields);
const struct spec triggers_path = SPEC(P, "TriggersPath", trigger_fields);
const struct spec slots_path = SPEC(P, "RevisionPath", agent_build_fields);
const struct spec slot_path = SPEC(P, "RevisionIntegrationPath", slot_fields);
const struct spec pin_path = SPEC(P, "RevisionConnectionPath", pin_fields);

enum err agent_in_path(struct request *rq)
{
    const struct agent_path *path = rq->path;
    const bool found = query_finds(rq->db, SQL_AGENT_IN_TEAM, WITH(&path->agent_id.v, &rq->who.team_id));
    return found ? OK : ERR_AGENT_NOT_FOUND;
}

enum err build_in_path(struct request *rq, bool *ret_frozen)
{
    const struct agent_path *path = rq->path;
    QUERY q = query_with(rq->db, SQL_BUILD_IN_AGENT, WITH(&path->agent_id.v, &rq->who.team_id, &path->build_id.v));
    if (!query_row(&q))
        return ERR_AGENT_NOT_FOUND;
    if (col_is_null(&q, 0))
        return ERR_BUILD_NOT_FOUND;
    *ret_frozen = col_int(&q, 0);
    return OK;
}
