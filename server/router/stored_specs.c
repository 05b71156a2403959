#include "router/stored_specs.h"

/* What fixture sections give and exports read is listed in sections.def. */
#define STORED(SPEC)                                                                                                  \
    SPEC(connection_spec) SPEC(custom_integration_row) SPEC(profile_spec) SPEC(team_spec) SPEC(team_item_spec)        \
    SPEC(organization_spec) SPEC(organization_role_spec) SPEC(organization_team_spec)                                 \
    SPEC(member_item_spec) SPEC(secret_spec) SPEC(schedule_spec) SPEC(folder_spec) SPEC(folder_item_spec)             \
    SPEC(agent_item_spec) SPEC(agent_config_spec) SPEC(agent_conflict_spec) SPEC(build_spec) SPEC(slot_spec)          \
    SPEC(pinned_spec) SPEC(case_config_spec) SPEC(linked_queue_spec) SPEC(catalog_spec) SPEC(flow_spec)               \
    SPEC(grant_spec) SPEC(composio_account_spec) SPEC(mcp_client_spec) SPEC(mcp_token_spec) SPEC(mcp_flow_spec)       \
    SPEC(trigger_spec) SPEC(trigger_type_spec) SPEC(queue_spec)                                                       \
    SPEC(queue_producer_spec) SPEC(queue_consumer_spec) SPEC(case_trigger_spec) SPEC(case_spec)                      \
    SPEC(run_row) SPEC(run_item_spec) SPEC(run_message_row) SPEC(run_message_spec) SPEC(human_request_row)           \
    SPEC(login_row) SPEC(login_item_spec) SPEC(attached_login_spec) SPEC(dashboard_spec)                              \
    SPEC(dashboard_connection_spec) SPEC(suggestion_source_spec)                                                      \
    SPEC(moved_item_spec) SPEC(moved_queue_spec) SPEC(moved_trigger_spec) SPEC(moved_use_spec) SPEC(moved_slot_spec)  \
    SPEC(counts_spec) SPEC(delivery_new) SPEC(delivery_row) SPEC(webhook_spec)

#define DECLARE(name) extern const struct spec name;
#define SECTION(name, member, spec, ...) DECLARE(spec)
#include "fixtures/sections.def"
#undef SECTION
STORED(DECLARE)

#define LIST(name) &name,
const struct spec *const stored_specs[] = {
#define SECTION(name, member, spec, ...) LIST(spec)
#include "fixtures/sections.def"
#undef SECTION
    STORED(LIST) NULL,
};
