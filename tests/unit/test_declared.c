/* The statuses that Duvo's own documents declare: the contract names each of them, in both versions. */
#include "contract/contract.h"

#include "rig.h"
#include "router/routes.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* Operations whose documented statuses nobody knows: those that are not among `declared`, beside the mock's own. */
static const char *const unknown[] = {
    "finalizeComposio", "startComposio", "oauthCallback", "mcpOauthCallback", "checkTeamMcpOAuth", "listMyTeams",
    "getTeam", "listAgentSchedules", "createSchedule", "updateSchedule", "deleteSchedule", "listTeamMembers",
    "listSecrets", "createSecret", "getSecret", "updateSecret", "deleteSecret", "listRevisionSecrets",
    "attachRevisionSecret", "detachRevisionSecret", "listAgentFolders", "createAgentFolder", "updateAgentFolder",
    "deleteAgentFolder", "moveAgentsToFolder", "moveAgentsIntoFolder", "listAgents", "createAgent", "getAgent",
    "updateAgent", "deleteAgent", "listAgentRevisions", "createRevision", "getRevision", "getRevisionById",
    "updateRevision", "promoteRevision", "getDocumentation", "readDocumentation",
    "callMcp", "streamMcp", "endMcpSession", "listCases", "createCases", "getCase", NULL,
};

static const struct declaration {
    const char *operation, *statuses;
} declared[] = {
    { "listConnections",                    "200 401 500" },
    { "createConnection",                   "201 400 401 403 404 500" },
    { "getConnection",                      "200 400 401 403 404 500" },
    { "updateConnection",                   "200 400 401 403 404 500" },
    { "deleteConnection",                   "200 400 401 403 404 500" },
    { "getConnectionCredentials",           "200 401 403 404 500" },
    { "probeMcpServer",                     "200 400 401 403 500" },
    { "startNativeOAuth",                   "200 401 404 500" },
    { "authorizeMcpOAuth",                  "200 400 401 500" },
    { "checkMcpOAuth",                      "200 400 401 500" },
    { "listIntegrations",                   "200 401 500" },
    { "createCustomIntegration",            "201 400 401 403 409 500" },
    { "deleteCustomIntegration",            "200 400 401 403 404 500" },
    { "listRevisionIntegrations",           "200 400 401 403 500" },
    { "attachRevisionIntegrations",         "201 400 401 403 409 500" },
    { "removeRevisionIntegration",          "200 400 401 403 409 500" },
    { "listRevisionIntegrationConnections", "200 400 401 500" },
    { "pinRevisionIntegrationConnection",   "201 400 401 403 404 409 500" },
    { "unpinRevisionIntegrationConnection", "200 400 401 403 404 409 500" },
    { "getRevisionCaseQueueSetup",          "200 400 401 403 404 500" },
    { "listRevisionIntegrationQueues",      "200 400 401 403 404 500" },
    { "replaceRevisionIntegrationQueues",   "200 400 401 403 404 409 500" },
    { "getProfile",                         "200 401 404 500" },
    { "listAgentCaseTriggers",              "200 401 403 404 500" },
    { "createAgentCaseTrigger",             "201 400 401 403 404 409 500" },
    { "previewAgentCaseTriggerConflicts",   "200 401 403 404 500" },
    { "getAgentCaseTrigger",                "200 401 403 404 500" },
    { "updateAgentCaseTrigger",             "200 400 401 403 404 409 500" },
    { "deleteAgentCaseTrigger",             "200 401 403 404 409 500" },
    { "listAgentTriggers",                  "200 401 403 404 500" },
    { "upsertAgentTrigger",                 "200 400 401 403 404 409 500" },
    { "listAgentTriggerTypes",              "200 401 403 404 500" },
    { "getQueue",                           "200 400 401 404 500" },
    { "updateQueue",                        "200 400 401 403 404 409 500" },
    { "deleteQueue",                        "200 400 401 403 404 409 500" },
    { "listQueueAgents",                    "200 400 401 404 500" },
    { "getRun",                             "200 400 401 403 404 500" },
    { "postRunMessage",                     "201 400 401 403 404 500" },
    { "listRunMessages",                    "200 400 401 403 404 500" },
    { "respondToHumanRequest",              "200 400 401 403 404 500" },
    { "stopRun",                            "200 400 401 403 404 500 502" },
    { "listQueues",                         "200 400 401 500" },
    { "createQueue",                        "201 400 401 403 409 500" },
    { "listCredentials",                    "200 400 401 403 404 500" },
    { "createCredential",                   "201 400 401 403 500" },
    { "getCredential",                      "200 401 403 404 500" },
    { "updateCredential",                   "200 400 401 403 404 500" },
    { "deleteCredential",                   "204 401 403 404 500" },
    { "listRevisionLogins",                 "200 401 500" },
    { "attachRevisionLogin",                "201 401 403 404 409 500" },
    { "detachRevisionLogin",                "200 401 403 404 409 500" },
    { "listPulseDashboards",                "200 401 403" },
    { "createPulseDashboard",               "201 400 401 403 500" },
    { "getPulseDashboard",                  "200 401 403 404" },
    { "deletePulseDashboard",               "200 401 403 404" },
    { "listPulseDashboardConnections",      "200 401 404" },
    { "attachPulseDashboardConnection",     "201 400 401 403 404 409" },
    { "detachPulseDashboardConnection",     "200 401 404" },
    { "listAgentSuggestions",               "200 401 403 500" },
    { "consumeAgentSuggestion",             "200 400 401 403 404 409 500" },
    { "rejectAgentSuggestion",              "200 401 403 404 409 500" },
    { "listRuns",                           "200 400 401 500" },
    { "moveAgent",                          "200 400 401 403 404 409 500" },
    { "listMyOrganizations",                "200 401 500" },
    { "listOrgTeams",                       "200 400 401 403 404 500" },
    { "createOrgTeam",                      "201 400 401 403 404 500" },
    { "startRun",                           "201 400 401 403 404 500" },
};

static const struct declaration *declaration_of(const struct route *route)
{
    for (size_t i = 0; i < COUNT(declared); i++)
        if (strcmp(declared[i].operation, route->operation) == 0)
            return &declared[i];
    return NULL;
}

/* The member `responses` of the route in its version's document. */
static json_t *responses_of(json_t *document, const struct route *route)
{
    char method[16] = "";
    for (size_t i = 0; method_names[route->method][i] && i < sizeof method - 1; i++)
        method[i] = (char)(method_names[route->method][i] | 0x20);
    json_t *path = json_object_get(json_object_get(document, "paths"), route->path);
    return json_object_get(json_object_get(path, method), "responses");
}

static void expect_statuses(json_t *responses, const struct route *route, const char *statuses)
{
    bool is_success = true; /* the first one */
    for (struct text rest = text_of(statuses); rest.p; is_success = false) {
        char status[8];
        const struct text word = text_cut(&rest, ' ');
        snprintf(status, sizeof status, "%.*s", TEXT_ARG(word));
        if (!json_object_get(responses, status))
            fail_msg("%s %s does not declare %s", method_names[route->method], route->path, status);
        if (!is_success && !route_declares(route, (unsigned)strtoul(status, NULL, 10)))
            fail_msg("the row of %s %s does not declare %s", method_names[route->method], route->path, status);
    }
}

/* An operation that is new has to be put into one of the two tables. */
static void test_every_operation(void **state)
{
    (void)state;
    bool seen[COUNT(declared)] = { false };
    for (unsigned version = 1; version <= 2; version++) {
        const struct text text = contract_text(version);
        json_t *document = json_loadb(text.p, text.n, 0, NULL);
        assert_non_null(document);
        for (size_t i = 0; i < route_count; i++) {
            const struct route *route = &routes[i];
            const struct declaration *declaration = declaration_of(route);
            if (route->version != version)
                continue;
            if (declaration) {
                expect_statuses(responses_of(document, route), route, declaration->statuses);
                seen[declaration - declared] = true;
            } else if (text_index(text_of(route->operation), unknown) < 0) {
                fail_msg("%s has no row: which statuses does Duvo declare?", route->operation);
            }
        }
        json_decref(document);
    }
    for (size_t i = 0; i < COUNT(declared); i++)
        if (!seen[i])
            fail_msg("%s is no operation", declared[i].operation);
}

static void test_no_row_is_idle(void **state)
{
    (void)state;
    for (const char *const *name = unknown; *name; name++) {
        bool found = false;
        for (size_t i = 0; i < route_count && !found; i++)
            found = strcmp(routes[i].operation, *name) == 0;
        if (!found)
            fail_msg("%s is no operation", *name);
    }
}

static int unload(void **state)
{
    (void)state;
    contract_free();
    arena_trim();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_operation),
        cmocka_unit_test(test_no_row_is_idle),
    };
    return cmocka_run_group_tests_name("declared", tests, NULL, unload);
}
