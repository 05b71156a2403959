/* Every handler and every spec that routes.def names. */
#ifndef DUVO_API_HANDLERS_H
#define DUVO_API_HANDLERS_H

#include "request/request.h"

/* api/connections.c */
extern const struct spec connection_spec, connection_path, connection_create, connection_update, done_spec;
handler connections_create, connections_get, connections_update, connections_delete;

/* api/connection_list.c */
extern const struct spec connection_list;
handler connections_list;

/* api/credentials.c */
extern const struct spec credentials_spec;
handler credentials_get;

/* api/integrations.c */
extern const struct spec integration_list, custom_integration_create, custom_integration_path;
handler integrations_list, custom_integrations_create, custom_integrations_delete;

/* api/page.c */
extern const struct spec page_query_spec;

/* api/teams.c */
extern const struct spec profile_spec, profile_reply, team_spec, team_path, any_team_path, team_reply, team_item_spec,
    team_list;
handler profile_get, teams_get, teams_list;

/* api/members.c */
extern const struct spec member_item_spec, members_query, member_list;
handler members_list;

/* api/secrets.c */
extern const struct spec secret_spec, secret_list, secret_path, secret_create, secret_update;
handler secrets_list, secrets_get, secrets_create, secrets_update, secrets_delete;

/* api/build_secrets.c */
extern const struct spec build_secrets_path, build_secret_path, build_secret_body;
handler build_secrets_list, build_secrets_attach, build_secrets_detach;

/* api/success.c */
extern const struct spec success_spec;

/* api/slots.c, api/pins.c, api/queues.c */
extern const struct spec slots_path, slot_path, pin_path, slot_list, slots_attach_body, slots_attach_reply,
    pin_list, pin_body, case_setup_spec, queue_list, queues_replace_body;
handler slots_list, slots_attach, slots_remove, pins_list, pins_add, pins_remove, case_setup_get, queues_linked,
    queues_replace;

/* api/agents.c, api/agent_changes.c */
extern const struct spec agent_item_spec, agent_path, agent_reply, agents_query, agent_list, agent_create,
    agent_created, agent_update;
handler agents_get, agents_list, agents_delete, agents_create, agents_update;

/* api/builds.c, api/build_changes.c */
extern const struct spec build_path, agent_build_path, build_reply, builds_query, build_list, build_create,
    build_created, build_update, build_promote;
handler builds_get, builds_get_of_agent, builds_list, builds_create, builds_update, builds_promote;

/* api/folders.c, api/folder_contents.c */
extern const struct spec folder_spec, folder_path, folder_reply, folder_item_spec, folder_list, folder_create,
    folder_update, folder_delete_query, folder_contents_error, agents_move_body, agents_move_into_body, agents_moved;
handler folders_list, folders_create, folders_update, folders_delete, agents_move, agents_move_into;

/* api/schedules.c, api/schedule_rules.c */
extern const struct spec schedule_spec, schedule_path, schedule_list, schedule_create, schedule_update;
handler schedules_list, schedules_create, schedules_update, schedules_delete;

/* control/spaces.c, control/reset.c, control/time.c, control/settings.c */
extern const struct spec space_reply, space_list, space_body, space_path, reset_body, reset_reply, snapshot_path,
    snapshot_reply, snapshot_list, clock_body, clock_reply, settings_body, settings_reply;
handler spaces_create, spaces_list_all, spaces_list_first, spaces_get, spaces_delete, space_reset, snapshots_list,
    snapshot_get, snapshot_take, snapshot_delete, snapshots_clear, snapshot_restore, clock_get, clock_change,
    settings_get, settings_change;

/* control/console.c */
handler console_show, console_redirect, console_script;

/* control/fixtures.c */
extern const struct spec fixtures_query, fixtures_reply, fixture_document;
handler fixtures_export, fixtures_post;

/* control/connections.c */
extern const struct spec transition_body, secret_match_body, secret_match_reply;
handler connection_transition, connection_match_secret;

/* control/secrets.c */
extern const struct spec credential_path, value_match_body;
handler secret_match_value;

/* control/client_secret.c */
extern const struct spec client_path, client_match_body;
handler client_match_secret;

/* control/faults.c */
extern const struct spec fault_reply, fault_list, fault_path, fault_order_spec;
handler faults_order, faults_show, fault_show, fault_delete, faults_delete_all;

/* control/requests.c, control/verify.c */
extern const struct spec requests_query, requests_reply, request_path, request_query, verify_body, verify_reply;
handler requests_list, requests_clear, request_show, requests_verify;

/* control/consents.c */
extern const struct spec consent_order_body, consent_order, consent_order_list, complete_body, complete_reply;
handler consent_order_add, consent_orders_list, consent_orders_clear, flow_complete;

/* oauth/ */
extern const struct spec native_path, native_body, authorization_reply, callback_path, callback_query_spec, result_path,
    authorize_path, authorize_query_spec, consent_form_spec, composio_start_body, composio_start_reply,
    composio_finalize_body, composio_finalize_reply, connect_path, connect_query;
handler native_start, oauth_callback, oauth_result, oauth_authorize, oauth_consent, composio_start, composio_finalize,
    composio_connect, composio_consent;

/* mcp/ */
extern const struct spec probe_body_v1, probe_body_v2, probe_reply, mcp_check_body, mcp_check_reply, mcp_start_body;
handler mcp_probe_start, mcp_check_start, mcp_start, mcp_callback;

/* mcp/server_*.c */
extern const struct spec mcp_preset_path, mcp_composio_path, mcp_query, mcp_message, mcp_message_query,
    mcp_registration, mcp_token_form, mcp_revoke_form, mcp_authorize_query;
handler mcp_post, mcp_get, mcp_delete, mcp_composio_post, mcp_composio_get, mcp_composio_delete, mcp_message_post,
    mcp_resource_metadata, mcp_issuer_metadata, mcp_openid_metadata, mcp_jwks, mcp_register, mcp_authorize, mcp_consent,
    mcp_token, mcp_revoke;

/* pages/page.c */
extern const struct spec html_page, page_script_spec;

/* control/health.c */
extern const struct spec health_spec, authority_pem, version_spec;
handler health_get, ready_get, authority_get, version_get;

/* contract/serve.c */
handler contract_all, contract_v1, contract_v2, contract_mock;

#endif
