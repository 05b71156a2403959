#include "router/stored_specs.h"

#include "api/agent_uses.h"
#include "api/builds.h"
#include "api/handlers.h"
#include "api/slots.h"
#include "control/counts.h"
#include "fixtures/agents.h"
#include "fixtures/schedules.h"
#include "fixtures/secrets.h"
#include "fixtures/slots.h"
#include "fixtures/specs.h"
#include "mcp/client/flow.h"
#include "mcp/server/token.h"
#include "oauth/composio.h"
#include "oauth/flow.h"
#include "oauth/grant.h"

const struct spec *const stored_specs[] = {
    &connection_spec,
    &profile_spec,
    &team_spec,
    &team_item_spec,
    &member_item_spec,
    &secret_spec,
    &fixture_secret,
    &fixture_build_secret,
    &schedule_spec,
    &fixture_schedule,
    &fixture_organization,
    &fixture_team,
    &fixture_person,
    &fixture_member,
    &fixture_api_key,
    &fixture_custom_integration,
    &fixture_integration,
    &counts_spec,
    &provider_spec,
    &scope_text_spec,
    &auth_config_spec,
    &catalog_spec,
    &flow_spec,
    &grant_spec,
    &composio_account_spec,
    &mcp_tool_spec,
    &mcp_binding_spec,
    &mcp_client_spec,
    &mcp_token_spec,
    &mcp_flow_spec,
    &agent_item_spec,
    &build_spec,
    &folder_spec,
    &folder_item_spec,
    &fixture_folder,
    &fixture_agent,
    &fixture_agent_pin,
    &fixture_build,
    &fixture_queue,
    &fixture_slot,
    &fixture_pin,
    &fixture_slot_queue,
    &fixture_trigger,
    &slot_spec,
    &pinned_spec,
    &case_config_spec,
    &linked_queue_spec,
    &agent_config_spec,
    &agent_conflict_spec,
    NULL,
};
