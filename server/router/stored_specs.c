#include "router/stored_specs.h"

#define STORED(SPEC)                                                                                                  \
    SPEC(connection_spec) SPEC(profile_spec) SPEC(team_spec) SPEC(team_item_spec) SPEC(member_item_spec)              \
    SPEC(secret_spec) SPEC(fixture_secret) SPEC(fixture_build_secret) SPEC(schedule_spec) SPEC(fixture_schedule)      \
    SPEC(fixture_organization) SPEC(fixture_team) SPEC(fixture_person) SPEC(fixture_member) SPEC(fixture_api_key)     \
    SPEC(fixture_custom_integration) SPEC(fixture_integration) SPEC(counts_spec) SPEC(provider_spec)                  \
    SPEC(scope_text_spec) SPEC(auth_config_spec) SPEC(catalog_spec) SPEC(flow_spec) SPEC(grant_spec)                  \
    SPEC(composio_account_spec) SPEC(mcp_tool_spec) SPEC(mcp_binding_spec) SPEC(mcp_client_spec)                      \
    SPEC(mcp_token_spec) SPEC(mcp_flow_spec) SPEC(agent_item_spec) SPEC(build_spec) SPEC(folder_spec)                 \
    SPEC(folder_item_spec) SPEC(fixture_folder) SPEC(fixture_agent) SPEC(fixture_agent_pin) SPEC(fixture_build)       \
    SPEC(fixture_queue) SPEC(fixture_slot) SPEC(fixture_pin) SPEC(fixture_slot_queue) SPEC(fixture_trigger)           \
    SPEC(slot_spec) SPEC(pinned_spec) SPEC(case_config_spec) SPEC(linked_queue_spec) SPEC(agent_config_spec)          \
    SPEC(agent_conflict_spec)

#define DECLARE(name) extern const struct spec name;
STORED(DECLARE)

#define LIST(name) &name,
const struct spec *const stored_specs[] = { STORED(LIST) NULL };
