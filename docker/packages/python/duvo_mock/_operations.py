"""Operations by their ids."""
# Generated from the contract by docker/packages/generate: run `make clients`, change nothing here.

from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, Iterator, List, Literal, Mapping, Tuple, overload

from ._base import UNSET, Calls
from .types import (
    AgentCreated, AgentCreatedV1, AgentList, AgentListV1, AgentMoved, AgentReply, AgentReplyV1, AgentsMoved,
    AttachIntegrations, AttachLogin, AttachPulseDashboardConnection, AttachSecret, AuthorizationUrl, CaseList,
    CaseQueueSetup, CaseReply, CaseTriggerConflicts, CaseTriggerList, CaseTriggerReply, ChangeSettings, CheckMcpOAuth,
    ComposioFinalized, ComposioStarted, Connection, ConnectionCredentials, ConnectionList, ConnectionListV1,
    ConnectionV1, ConsentForm, ConsoleForm, ConsumeSuggestion, CreateAgent, CreateCase, CreateCaseTrigger,
    CreateConnection, CreateCustomIntegration, CreateFolder, CreateLogin, CreatePulseDashboard, CreateQueue,
    CreateRevision, CreateSchedule, CreateSecret, CreateTeam, Done, FinalizeComposio, FolderList, FolderReply, Health,
    HumanRequestReply, IntegrationList, IntegrationListV1, IntegrationsAttached, LinkedQueueList, Login, LoginList,
    McpClientRegistration, McpMessage, McpOAuthSupport, McpRevocation, McpTokenRequest, MemberList, MoveAgent,
    MoveAgents, MoveAgentsInto, OrganizationList, OrganizationTeamList, PinConnection, PinnedConnectionList,
    PostRunMessage, ProbeMcpServer, ProbeMcpServerV1, ProbeResult, ProfileReply, PromoteRevision,
    PulseDashboardConnectionList, PulseDashboardCreated, PulseDashboardList, PulseDashboardReply, QueueAgents,
    QueueDeleted, QueueList, QueueReply, ReplaceQueues, RespondToHumanRequest, RevisionCreated, RevisionCreatedV1,
    RevisionIntegrationList, RevisionList, RevisionListV1, RevisionLoginList, RevisionReply, RevisionReplyV1, RunList,
    RunMessageList, RunMessageReply, RunReply, RunStarted, RunStopped, Schedule, ScheduleList, ScheduleListV1, Secret,
    SecretList, Settings, StartComposio, StartMcpOAuth, StartMcpOAuthV1, StartNativeOAuth, StartNativeOAuthV1,
    StartRun, StreamEvent, Success, SuggestionList, SuggestionResolved, TeamCreated, TeamList, TeamReply, Trigger,
    TriggerList, TriggerTypeList, UpdateAgent, UpdateCaseTrigger, UpdateConnection, UpdateConnectionV1, UpdateFolder,
    UpdateLogin, UpdateQueue, UpdateRevision, UpdateSchedule, UpdateSecret, UpsertTrigger,
)

# method, path, names of the query, kind of the body, whether an API key goes with it, whether JSON or events answer
OPERATIONS: Dict[str, Tuple[str, str, str, str, bool, bool]] = {
    "listConnectionsV1": (
        "GET", "/v1/connections",
        "type limit offset", "", True, False),
    "createConnectionV1": (
        "POST", "/v1/connections",
        "", "json", True, False),
    "getConnectionV1": (
        "GET", "/v1/connections/{connection_id}",
        "", "", True, False),
    "updateConnectionV1": (
        "PATCH", "/v1/connections/{connection_id}",
        "", "json", True, False),
    "deleteConnectionV1": (
        "DELETE", "/v1/connections/{connection_id}",
        "", "", True, False),
    "getConnectionCredentialsV1": (
        "GET", "/v1/connections/{connection_id}/credentials",
        "", "", True, False),
    "startNativeOAuthV1": (
        "POST", "/v1/connections/oauth/native/{provider}/start",
        "", "json", True, False),
    "startComposioV1": (
        "POST", "/v1/connections/composio/start",
        "", "json", True, False),
    "finalizeComposioV1": (
        "POST", "/v1/connections/composio/finalize",
        "", "json", True, False),
    "oauthCallbackV1": (
        "GET", "/v1/oauth/callback/{provider}",
        "code state error error_description iss", "", False, False),
    "probeMcpServerV1": (
        "POST", "/v1/connections/mcp/probe",
        "", "json", True, False),
    "checkMcpOAuthV1": (
        "POST", "/v1/connections/oauth/mcp/check",
        "", "json", True, False),
    "authorizeMcpOAuthV1": (
        "POST", "/v1/connections/oauth/mcp/start",
        "", "json", True, False),
    "mcpOauthCallbackV1": (
        "GET", "/v1/oauth/callback/mcp",
        "code state error error_description iss", "", False, False),
    "listIntegrationsV1": (
        "GET", "/v1/integrations",
        "type limit offset", "", True, False),
    "createCustomIntegrationV1": (
        "POST", "/v1/integrations/custom",
        "", "json", True, False),
    "deleteCustomIntegrationV1": (
        "DELETE", "/v1/integrations/custom/{custom_integration_id}",
        "", "", True, False),
    "getProfileV1": (
        "GET", "/v1/profile",
        "", "", True, False),
    "getTeamV1": (
        "GET", "/v1/teams/{teamId}",
        "", "", True, False),
    "listRevisionIntegrationsV1": (
        "GET", "/v1/agents/{agent_id}/revisions/{build_id}/integrations",
        "", "", True, False),
    "attachRevisionIntegrationsV1": (
        "POST", "/v1/agents/{agent_id}/revisions/{build_id}/integrations",
        "", "json", True, False),
    "removeRevisionIntegrationV1": (
        "DELETE", "/v1/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}",
        "", "", True, False),
    "listRevisionIntegrationConnectionsV1": (
        "GET", "/v1/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/connections",
        "", "", True, False),
    "pinRevisionIntegrationConnectionV1": (
        "POST", "/v1/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/connections",
        "", "json", True, False),
    "unpinRevisionIntegrationConnectionV1": (
        "DELETE", "/v1/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/connections/{connection_id}",
        "", "", True, False),
    "getRevisionCaseQueueSetupV1": (
        "GET", "/v1/agents/{agent_id}/revisions/{build_id}/case-queue-validation",
        "", "", True, False),
    "listRevisionIntegrationQueuesV1": (
        "GET", "/v1/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/queues",
        "", "", True, False),
    "replaceRevisionIntegrationQueuesV1": (
        "PUT", "/v1/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/queues",
        "", "json", True, False),
    "listAgentSchedulesV1": (
        "GET", "/v1/agents/{agent_id}/schedules",
        "", "", True, False),
    "listTeamMembersV1": (
        "GET", "/v1/teams/{teamId}/members",
        "limit offset", "", True, False),
    "listSecretsV1": (
        "GET", "/v1/credentials",
        "", "", True, False),
    "createSecretV1": (
        "POST", "/v1/credentials",
        "", "json", True, False),
    "getSecretV1": (
        "GET", "/v1/credentials/{id}",
        "", "", True, False),
    "updateSecretV1": (
        "PATCH", "/v1/credentials/{id}",
        "", "json", True, False),
    "deleteSecretV1": (
        "DELETE", "/v1/credentials/{id}",
        "", "", True, False),
    "listRevisionSecretsV1": (
        "GET", "/v1/agents/{agentId}/revisions/{buildId}/credentials",
        "", "", True, False),
    "attachRevisionSecretV1": (
        "POST", "/v1/agents/{agentId}/revisions/{buildId}/credentials",
        "", "json", True, False),
    "detachRevisionSecretV1": (
        "DELETE", "/v1/agents/{agentId}/revisions/{buildId}/credentials/{credentialId}",
        "", "", True, False),
    "listAgentFoldersV1": (
        "GET", "/v1/agent-folders",
        "", "", True, False),
    "createAgentFolderV1": (
        "POST", "/v1/agent-folders",
        "", "json", True, False),
    "updateAgentFolderV1": (
        "PATCH", "/v1/agent-folders/{folder_id}",
        "", "json", True, False),
    "deleteAgentFolderV1": (
        "DELETE", "/v1/agent-folders/{folder_id}",
        "force", "", True, False),
    "moveAgentsToFolderV1": (
        "POST", "/v1/agent-folders/move-agents",
        "", "json", True, False),
    "moveAgentsIntoFolderV1": (
        "POST", "/v1/agent-folders/{folder_id}/agents",
        "", "json", True, False),
    "listAgentsV1": (
        "GET", "/v1/agents",
        "limit offset include_schedules automation_id", "", True, False),
    "createAgentV1": (
        "POST", "/v1/agents",
        "", "json", True, False),
    "getAgentV1": (
        "GET", "/v1/agents/{agent_id}",
        "", "", True, False),
    "updateAgentV1": (
        "PATCH", "/v1/agents/{agent_id}",
        "", "json", True, False),
    "listAgentRevisionsV1": (
        "GET", "/v1/agents/{agent_id}/revisions",
        "limit offset", "", True, False),
    "createRevisionV1": (
        "POST", "/v1/agents/{agent_id}/revisions",
        "", "json", True, False),
    "getRevisionV1": (
        "GET", "/v1/agents/{agent_id}/revisions/{build_id}",
        "", "", True, False),
    "getRevisionByIdV1": (
        "GET", "/v1/revisions/{build_id}",
        "", "", True, False),
    "updateRevisionV1": (
        "PATCH", "/v1/revisions/{build_id}",
        "", "json", True, False),
    "callMcpV1": (
        "POST", "/v1/mcp",
        "", "json", True, True),
    "streamMcpV1": (
        "GET", "/v1/mcp",
        "", "", False, False),
    "endMcpSessionV1": (
        "DELETE", "/v1/mcp",
        "", "", False, False),
    "listConnections": (
        "GET", "/v2/teams/{teamId}/connections",
        "type limit offset", "", True, False),
    "createConnection": (
        "POST", "/v2/teams/{teamId}/connections",
        "", "json", True, False),
    "getConnection": (
        "GET", "/v2/connections/{connection_id}",
        "", "", True, False),
    "updateConnection": (
        "PATCH", "/v2/connections/{connection_id}",
        "", "json", True, False),
    "deleteConnection": (
        "DELETE", "/v2/connections/{connection_id}",
        "", "", True, False),
    "getConnectionCredentials": (
        "GET", "/v2/connections/{connection_id}/credentials",
        "", "", True, False),
    "startNativeOAuth": (
        "POST", "/v2/teams/{teamId}/connections/oauth/native/{provider}/start",
        "", "json", True, False),
    "startComposio": (
        "POST", "/v2/teams/{teamId}/connections/composio/start",
        "", "json", True, False),
    "finalizeComposio": (
        "POST", "/v2/teams/{teamId}/connections/composio/finalize",
        "", "json", True, False),
    "probeMcpServer": (
        "POST", "/v2/teams/{teamId}/connections/mcp/probe",
        "", "json", True, False),
    "checkMcpOAuth": (
        "POST", "/v2/connections/oauth/mcp/check",
        "", "json", True, False),
    "checkTeamMcpOAuth": (
        "POST", "/v2/teams/{teamId}/connections/oauth/mcp/check",
        "", "json", True, False),
    "authorizeMcpOAuth": (
        "POST", "/v2/teams/{teamId}/connections/oauth/mcp/start",
        "", "json", True, False),
    "listIntegrations": (
        "GET", "/v2/teams/{teamId}/integrations",
        "type limit offset", "", True, False),
    "createCustomIntegration": (
        "POST", "/v2/teams/{teamId}/integrations/custom",
        "", "json", True, False),
    "deleteCustomIntegration": (
        "DELETE", "/v2/integrations/custom/{custom_integration_id}",
        "", "", True, False),
    "getProfile": (
        "GET", "/v2/profile",
        "", "", True, False),
    "listMyTeams": (
        "GET", "/v2/teams",
        "", "", True, False),
    "getTeam": (
        "GET", "/v2/teams/{teamId}",
        "", "", True, False),
    "listMyOrganizations": (
        "GET", "/v2/organizations/mine",
        "", "", True, False),
    "listOrgTeams": (
        "GET", "/v2/organizations/{orgId}/teams",
        "limit offset", "", True, False),
    "createOrgTeam": (
        "POST", "/v2/organizations/{orgId}/teams",
        "", "json", True, False),
    "listRevisionIntegrations": (
        "GET", "/v2/agents/{agent_id}/revisions/{build_id}/integrations",
        "", "", True, False),
    "attachRevisionIntegrations": (
        "POST", "/v2/agents/{agent_id}/revisions/{build_id}/integrations",
        "", "json", True, False),
    "removeRevisionIntegration": (
        "DELETE", "/v2/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}",
        "", "", True, False),
    "listRevisionIntegrationConnections": (
        "GET", "/v2/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/connections",
        "", "", True, False),
    "pinRevisionIntegrationConnection": (
        "POST", "/v2/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/connections",
        "", "json", True, False),
    "unpinRevisionIntegrationConnection": (
        "DELETE", "/v2/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/connections/{connection_id}",
        "", "", True, False),
    "getRevisionCaseQueueSetup": (
        "GET", "/v2/agents/{agent_id}/revisions/{build_id}/case-queue-validation",
        "", "", True, False),
    "listRevisionIntegrationQueues": (
        "GET", "/v2/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/queues",
        "", "", True, False),
    "replaceRevisionIntegrationQueues": (
        "PUT", "/v2/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/queues",
        "", "json", True, False),
    "listAgentSchedules": (
        "GET", "/v2/agents/{agent_id}/schedules",
        "", "", True, False),
    "createSchedule": (
        "POST", "/v2/agents/{agent_id}/schedules",
        "", "json", True, False),
    "updateSchedule": (
        "PATCH", "/v2/agents/{agent_id}/schedules/{schedule_id}",
        "", "json", True, False),
    "deleteSchedule": (
        "DELETE", "/v2/agents/{agent_id}/schedules/{schedule_id}",
        "", "", True, False),
    "listTeamMembers": (
        "GET", "/v2/teams/{teamId}/members",
        "limit offset search", "", True, False),
    "listSecrets": (
        "GET", "/v2/teams/{teamId}/credentials",
        "", "", True, False),
    "createSecret": (
        "POST", "/v2/teams/{teamId}/credentials",
        "", "json", True, False),
    "getSecret": (
        "GET", "/v2/credentials/{id}",
        "", "", True, False),
    "updateSecret": (
        "PATCH", "/v2/credentials/{id}",
        "", "json", True, False),
    "deleteSecret": (
        "DELETE", "/v2/credentials/{id}",
        "", "", True, False),
    "listRevisionSecrets": (
        "GET", "/v2/agents/{agentId}/revisions/{buildId}/credentials",
        "", "", True, False),
    "attachRevisionSecret": (
        "POST", "/v2/agents/{agentId}/revisions/{buildId}/credentials",
        "", "json", True, False),
    "detachRevisionSecret": (
        "DELETE", "/v2/agents/{agentId}/revisions/{buildId}/credentials/{credentialId}",
        "", "", True, False),
    "listCredentials": (
        "GET", "/v2/teams/{teamId}/browser-agent/credentials/{userId}",
        "domain", "", True, False),
    "createCredential": (
        "POST", "/v2/teams/{teamId}/browser-agent/credentials/{userId}",
        "", "json", True, False),
    "getCredential": (
        "GET", "/v2/teams/{teamId}/browser-agent/credentials/{userId}/{id}",
        "", "", True, False),
    "updateCredential": (
        "PATCH", "/v2/teams/{teamId}/browser-agent/credentials/{userId}/{id}",
        "", "json", True, False),
    "deleteCredential": (
        "DELETE", "/v2/teams/{teamId}/browser-agent/credentials/{userId}/{id}",
        "", "", True, False),
    "listRevisionLogins": (
        "GET", "/v2/agents/{agentId}/revisions/{buildId}/logins",
        "", "", True, False),
    "attachRevisionLogin": (
        "POST", "/v2/agents/{agentId}/revisions/{buildId}/logins",
        "", "json", True, False),
    "detachRevisionLogin": (
        "DELETE", "/v2/agents/{agentId}/revisions/{buildId}/logins/{exposedCredentialId}",
        "", "", True, False),
    "listAgentFolders": (
        "GET", "/v2/teams/{teamId}/agent-folders",
        "", "", True, False),
    "createAgentFolder": (
        "POST", "/v2/teams/{teamId}/agent-folders",
        "", "json", True, False),
    "updateAgentFolder": (
        "PATCH", "/v2/agent-folders/{folder_id}",
        "", "json", True, False),
    "deleteAgentFolder": (
        "DELETE", "/v2/agent-folders/{folder_id}",
        "force", "", True, False),
    "moveAgentsToFolder": (
        "POST", "/v2/teams/{teamId}/agent-folders/move-agents",
        "", "json", True, False),
    "listAgents": (
        "GET", "/v2/teams/{teamId}/agents",
        "limit offset include_schedules automation_id", "", True, False),
    "createAgent": (
        "POST", "/v2/teams/{teamId}/agents",
        "", "json", True, False),
    "getAgent": (
        "GET", "/v2/agents/{agent_id}",
        "", "", True, False),
    "updateAgent": (
        "PATCH", "/v2/agents/{agent_id}",
        "", "json", True, False),
    "deleteAgent": (
        "DELETE", "/v2/agents/{agent_id}",
        "", "", True, False),
    "moveAgent": (
        "POST", "/v2/agents/{agent_id}/move",
        "dry_run", "json", True, False),
    "listAgentRevisions": (
        "GET", "/v2/agents/{agent_id}/revisions",
        "limit offset", "", True, False),
    "createRevision": (
        "POST", "/v2/agents/{agent_id}/revisions",
        "", "json", True, False),
    "getRevision": (
        "GET", "/v2/agents/{agent_id}/revisions/{build_id}",
        "", "", True, False),
    "updateRevision": (
        "PATCH", "/v2/revisions/{build_id}",
        "", "json", True, False),
    "promoteRevision": (
        "POST", "/v2/revisions/{build_id}/promote",
        "", "json", True, False),
    "listAgentTriggers": (
        "GET", "/v2/triggers/{agentId}",
        "", "", True, False),
    "upsertAgentTrigger": (
        "PUT", "/v2/triggers/{agentId}",
        "", "json", True, False),
    "listAgentTriggerTypes": (
        "GET", "/v2/trigger-config/{agentId}",
        "", "", True, False),
    "listQueues": (
        "GET", "/v2/teams/{teamId}/queues",
        "limit offset automation_id", "", True, False),
    "createQueue": (
        "POST", "/v2/teams/{teamId}/queues",
        "", "json", True, False),
    "getQueue": (
        "GET", "/v2/queues/{queue_id}",
        "", "", True, False),
    "updateQueue": (
        "PATCH", "/v2/queues/{queue_id}",
        "", "json", True, False),
    "deleteQueue": (
        "DELETE", "/v2/queues/{queue_id}",
        "", "", True, False),
    "listQueueAgents": (
        "GET", "/v2/queues/{queue_id}/agents",
        "", "", True, False),
    "listCases": (
        "GET", "/v2/queues/{queue_id}/cases",
        "limit offset", "", True, False),
    "createCases": (
        "POST", "/v2/queues/{queue_id}/cases",
        "", "json", True, False),
    "getCase": (
        "GET", "/v2/cases/{case_id}",
        "", "", True, False),
    "listAgentCaseTriggers": (
        "GET", "/v2/agents/{agent_id}/case-triggers",
        "", "", True, False),
    "createAgentCaseTrigger": (
        "POST", "/v2/agents/{agent_id}/case-triggers",
        "", "json", True, False),
    "previewAgentCaseTriggerConflicts": (
        "GET", "/v2/agents/{agent_id}/case-triggers/conflict-preview",
        "case_queue_id", "", True, False),
    "getAgentCaseTrigger": (
        "GET", "/v2/agents/{agent_id}/case-triggers/{trigger_id}",
        "", "", True, False),
    "updateAgentCaseTrigger": (
        "PATCH", "/v2/agents/{agent_id}/case-triggers/{trigger_id}",
        "", "json", True, False),
    "deleteAgentCaseTrigger": (
        "DELETE", "/v2/agents/{agent_id}/case-triggers/{trigger_id}",
        "", "", True, False),
    "listRuns": (
        "GET", "/v2/teams/{teamId}/runs",
        "limit offset sort_by sort_order status agent_id user_id case_queue_id source search has_issues issue_severity since digest_id", "", True, False),
    "startRun": (
        "POST", "/v2/teams/{teamId}/runs",
        "", "json", True, False),
    "getRun": (
        "GET", "/v2/runs/{run_id}",
        "", "", True, False),
    "stopRun": (
        "POST", "/v2/runs/{run_id}/stop",
        "", "", True, False),
    "listRunMessages": (
        "GET", "/v2/runs/{run_id}/messages",
        "limit offset", "", True, False),
    "postRunMessage": (
        "POST", "/v2/runs/{run_id}/messages",
        "", "json", True, False),
    "respondToHumanRequest": (
        "POST", "/v2/runs/{run_id}/human-requests/{request_id}/respond",
        "", "json", True, False),
    "listPulseDashboards": (
        "GET", "/v2/artifacts",
        "limit offset scope", "", True, False),
    "createPulseDashboard": (
        "POST", "/v2/artifacts",
        "", "json", True, False),
    "getPulseDashboard": (
        "GET", "/v2/artifacts/{artifactId}",
        "", "", True, False),
    "deletePulseDashboard": (
        "DELETE", "/v2/artifacts/{artifactId}",
        "", "", True, False),
    "listPulseDashboardConnections": (
        "GET", "/v2/artifacts/{artifactId}/connections",
        "", "", True, False),
    "attachPulseDashboardConnection": (
        "POST", "/v2/artifacts/{artifactId}/connections",
        "", "json", True, False),
    "detachPulseDashboardConnection": (
        "DELETE", "/v2/artifacts/{artifactId}/connections/{connectionId}",
        "", "", True, False),
    "listAgentSuggestions": (
        "GET", "/v2/agents/{agent_id}/suggestions",
        "status limit offset", "", True, False),
    "consumeAgentSuggestion": (
        "POST", "/v2/agents/suggestions/{id}/consume",
        "", "json", True, False),
    "rejectAgentSuggestion": (
        "POST", "/v2/agents/suggestions/{id}/reject",
        "", "", True, False),
    "callMcp": (
        "POST", "/v2/mcp",
        "", "json", True, True),
    "streamMcp": (
        "GET", "/v2/mcp",
        "", "", False, False),
    "endMcpSession": (
        "DELETE", "/v2/mcp",
        "", "", False, False),
    "getContract": (
        "GET", "/openapi.json",
        "", "", False, False),
    "getDocumentationV1": (
        "GET", "/v1/documentation/json",
        "", "", False, False),
    "getDocumentation": (
        "GET", "/v2/documentation/json",
        "", "", False, False),
    "readDocumentationV1": (
        "GET", "/v1/documentation",
        "", "", False, False),
    "readDocumentation": (
        "GET", "/v2/documentation",
        "", "", False, False),
    "getMockContract": (
        "GET", "/_mock/openapi.json",
        "", "", False, False),
    "getHealthAlias": (
        "GET", "/health",
        "", "", False, False),
    "getAuthority": (
        "GET", "/_mock/ca.pem",
        "", "", False, False),
    "redirectToConsole": (
        "GET", "/_mock",
        "", "", False, False),
    "showConsole": (
        "GET", "/_mock/",
        "tab list q before id own operation path told", "", False, False),
    "sendConsoleForm": (
        "POST", "/_mock/",
        "tab list q before id own operation path told", "form", False, False),
    "getConsoleScript": (
        "GET", "/_mock/console.js",
        "", "", False, False),
    "getConsoleModule": (
        "GET", "/_mock/console/{module}",
        "", "", False, False),
    "putSettings": (
        "PUT", "/_mock/settings",
        "", "json", False, False),
    "watchSpace": (
        "GET", "/_mock/events",
        "since", "", False, False),
    "authorize": (
        "GET", "/_mock/oauth/authorize/{provider}",
        "response_type client_id redirect_uri scope state response_mode login_hint mock_outcome", "", False, False),
    "decideConsent": (
        "POST", "/_mock/oauth/authorize/{provider}",
        "response_type client_id redirect_uri scope state response_mode login_hint mock_outcome", "form", False, False),
    "showResult": (
        "GET", "/_mock/oauth/result/{flow_id}",
        "", "", False, False),
    "connectComposio": (
        "GET", "/_mock/composio/connect/{connected_account_id}",
        "login_hint mock_outcome", "", False, False),
    "decideComposioConsent": (
        "POST", "/_mock/composio/connect/{connected_account_id}",
        "login_hint mock_outcome", "form", False, False),
    "getMcpMetadata": (
        "GET", "/.well-known/oauth-protected-resource",
        "", "", False, False),
    "getMcpMetadataOfV1": (
        "GET", "/.well-known/oauth-protected-resource/v1/mcp",
        "", "", False, False),
    "getMcpMetadataOfV2": (
        "GET", "/.well-known/oauth-protected-resource/v2/mcp",
        "", "", False, False),
    "mcpPost": (
        "POST", "/_mock/mcp/{preset}",
        "sse delay_ms", "json", False, True),
    "mcpStream": (
        "GET", "/_mock/mcp/{preset}",
        "sse delay_ms", "", False, True),
    "mcpEndSession": (
        "DELETE", "/_mock/mcp/{preset}",
        "sse delay_ms", "", False, False),
    "mcpMessage": (
        "POST", "/_mock/mcp/{preset}/messages",
        "session_token", "json", False, False),
    "mcpComposioPost": (
        "POST", "/_mock/mcp/composio/{connection_id}",
        "sse delay_ms", "json", False, True),
    "mcpComposioStream": (
        "GET", "/_mock/mcp/composio/{connection_id}",
        "sse delay_ms", "", False, False),
    "mcpComposioEndSession": (
        "DELETE", "/_mock/mcp/composio/{connection_id}",
        "sse delay_ms", "", False, False),
    "mcpServicePost": (
        "POST", "/_mock/mcp/integrations/{integration_slug}",
        "sse delay_ms", "json", False, True),
    "mcpServiceStream": (
        "GET", "/_mock/mcp/integrations/{integration_slug}",
        "sse delay_ms", "", False, False),
    "mcpServiceEndSession": (
        "DELETE", "/_mock/mcp/integrations/{integration_slug}",
        "sse delay_ms", "", False, False),
    "mcpResourceMetadata": (
        "GET", "/.well-known/oauth-protected-resource/_mock/mcp/{preset}",
        "", "", False, False),
    "mcpIssuerMetadata": (
        "GET", "/.well-known/oauth-authorization-server/_mock/mcp/{preset}",
        "", "", False, False),
    "mcpOpenidMetadata": (
        "GET", "/.well-known/openid-configuration/_mock/mcp/{preset}",
        "", "", False, False),
    "mcpIssuerMetadataBelow": (
        "GET", "/_mock/mcp/{preset}/.well-known/oauth-authorization-server",
        "", "", False, False),
    "mcpOpenidMetadataBelow": (
        "GET", "/_mock/mcp/{preset}/.well-known/openid-configuration",
        "", "", False, False),
    "mcpJwks": (
        "GET", "/_mock/mcp/{preset}/jwks",
        "", "", False, False),
    "mcpRegister": (
        "POST", "/_mock/mcp/{preset}/register",
        "", "json", False, False),
    "mcpAuthorize": (
        "GET", "/_mock/mcp/{preset}/authorize",
        "response_type client_id redirect_uri scope state code_challenge code_challenge_method resource response_mode issuer prompt login_hint mock_outcome", "", False, False),
    "mcpDecideConsent": (
        "POST", "/_mock/mcp/{preset}/authorize",
        "response_type client_id redirect_uri scope state code_challenge code_challenge_method resource response_mode issuer prompt login_hint mock_outcome", "form", False, False),
    "mcpToken": (
        "POST", "/_mock/mcp/{preset}/token",
        "", "form", False, False),
    "mcpRevoke": (
        "POST", "/_mock/mcp/{preset}/revoke",
        "", "form", False, False),
}


class OperationCalls(Calls):
    """Requests of the API."""

    key: str

    @overload
    def call(
        self, operation_id: Literal["listConnectionsV1"], /, *,
        type: str = UNSET, limit: int = UNSET, offset: int = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> ConnectionListV1:
        """List connections. The caller's connections in the current team, newest first, and the team's shared ones
        when connections sharing is on.
        """

    @overload
    def call(
        self, operation_id: Literal["createConnectionV1"], /, *,
        body: CreateConnection, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ConnectionV1:
        """Create a connection. A user-provided connection: a custom MCP server with a URL and optional headers.
        Values under headers.secret are never readable again.
        """

    @overload
    def call(
        self, operation_id: Literal["getConnectionV1"], /, *,
        connection_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ConnectionV1:
        """Get a connection. A connection visible to the caller."""

    @overload
    def call(
        self, operation_id: Literal["updateConnectionV1"], /, *,
        connection_id: str, body: UpdateConnectionV1, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ConnectionV1:
        """Update a connection. Under headers.secret an empty string keeps the stored value; a name stored in the
        other half moves; null for headers clears all. `shared` moves the connection between person and team.
        """

    @overload
    def call(
        self, operation_id: Literal["deleteConnectionV1"], /, *,
        connection_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Done:
        """Delete a connection. Removes the connection and everything bound to it."""

    @overload
    def call(
        self, operation_id: Literal["getConnectionCredentialsV1"], /, *,
        connection_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ConnectionCredentials:
        """Get a connection's credentials. Names of the headers. Plaintext values as they are, secret ones as empty
        strings.
        """

    @overload
    def call(
        self, operation_id: Literal["startNativeOAuthV1"], /, *,
        provider: str, body: StartNativeOAuthV1 = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> AuthorizationUrl:
        """Start a native OAuth flow. Answers the URL of a consent page. When consent was given the connection
        exists, and the browser goes to return_url. Further string properties are shown on the page.
        """

    @overload
    def call(
        self, operation_id: Literal["startComposioV1"], /, *,
        body: StartComposio, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ComposioStarted:
        """Start a Composio flow. OAuth schemes answer a redirect_url to open in a browser; API keys and the like
        make the account ACTIVE at once.
        """

    @overload
    def call(
        self, operation_id: Literal["finalizeComposioV1"], /, *,
        body: FinalizeComposio, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ComposioFinalized:
        """Finalize a Composio flow. Makes a connection of an ACTIVE connected account."""

    @overload
    def call(
        self, operation_id: Literal["oauthCallbackV1"], /, *,
        provider: str, code: str = UNSET, state: str = UNSET, error: str = UNSET, error_description: str = UNSET,
        iss: str = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> str:
        """OAuth callback. Where a provider sends the browser: exchanges the code, makes the connection, and sends
        the browser on.
        """

    @overload
    def call(
        self, operation_id: Literal["probeMcpServerV1"], /, *,
        body: ProbeMcpServerV1, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ProbeResult:
        """Probe an MCP server. Lists its tools. An unusable server is a 200 with success false and an error with
        the remedy.
        """

    @overload
    def call(
        self, operation_id: Literal["checkMcpOAuthV1"], /, *,
        body: CheckMcpOAuth, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> McpOAuthSupport:
        """Check an MCP server's OAuth. Whether it supports dynamic client registration."""

    @overload
    def call(
        self, operation_id: Literal["authorizeMcpOAuthV1"], /, *,
        body: StartMcpOAuthV1, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> AuthorizationUrl:
        """Start an MCP OAuth flow. Answers the URL of the authorization server's consent page. When consent was
        given the connection exists, and the browser goes to return_url.
        """

    @overload
    def call(
        self, operation_id: Literal["mcpOauthCallbackV1"], /, *,
        code: str = UNSET, state: str = UNSET, error: str = UNSET, error_description: str = UNSET, iss: str = UNSET,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> str:
        """MCP OAuth callback. Where an MCP server's authorization server sends the browser: exchanges the code,
        makes the connection, and sends the browser on.
        """

    @overload
    def call(
        self, operation_id: Literal["listIntegrationsV1"], /, *,
        type: str = UNSET, limit: int = UNSET, offset: int = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> IntegrationListV1:
        """List integrations. The catalog's integrations and the team's custom ones, in the shape of connections."""

    @overload
    def call(
        self, operation_id: Literal["createCustomIntegrationV1"], /, *,
        body: CreateCustomIntegration, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ConnectionV1:
        """Register a custom integration. A custom MCP server, the source of connections. oauth_client_id and
        oauth_client_secret come together, and only with oauth; the secret is never readable again.
        """

    @overload
    def call(
        self, operation_id: Literal["deleteCustomIntegrationV1"], /, *,
        custom_integration_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Done:
        """Delete a custom integration. Removes the custom integration and every connection made from it."""

    @overload
    def call(
        self, operation_id: Literal["getProfileV1"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ProfileReply:
        """Get the caller's profile. The owner of the API key."""

    @overload
    def call(
        self, operation_id: Literal["getTeamV1"], /, *,
        teamId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> TeamReply:
        """Get a team. The team of the API key."""

    @overload
    def call(
        self, operation_id: Literal["listRevisionIntegrationsV1"], /, *,
        agent_id: str, build_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RevisionIntegrationList:
        """List a revision's integrations. The revision's integrations, in order of attachment."""

    @overload
    def call(
        self, operation_id: Literal["attachRevisionIntegrationsV1"], /, *,
        agent_id: str, build_id: str, body: AttachIntegrations, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> IntegrationsAttached:
        """Attach integrations to a revision. Takes the builder role or above. `count` is that of new slots; all are
        attached, or none.
        """

    @overload
    def call(
        self, operation_id: Literal["removeRevisionIntegrationV1"], /, *,
        agent_id: str, build_id: str, integration_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Remove an integration from a revision. For everyone, with all pins. Takes the builder role or above.
        `success` is false when it was not attached.
        """

    @overload
    def call(
        self, operation_id: Literal["listRevisionIntegrationConnectionsV1"], /, *,
        agent_id: str, build_id: str, integration_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> PinnedConnectionList:
        """List pinned connections. The caller's pins of the integration."""

    @overload
    def call(
        self, operation_id: Literal["pinRevisionIntegrationConnectionV1"], /, *,
        agent_id: str, build_id: str, integration_id: str, body: PinConnection, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Pin a connection. For the caller alone. The connection has to fit the integration; pinning it again
        changes nothing.
        """

    @overload
    def call(
        self, operation_id: Literal["unpinRevisionIntegrationConnectionV1"], /, *,
        agent_id: str, build_id: str, integration_id: str, connection_id: str, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Unpin a connection. For the caller alone. The connection stays."""

    @overload
    def call(
        self, operation_id: Literal["getRevisionCaseQueueSetupV1"], /, *,
        agent_id: str, build_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> CaseQueueSetup:
        """Get a revision's case queue setup. Its producers and consumers of cases with the number of queues linked
        to each, and whether the team has queues.
        """

    @overload
    def call(
        self, operation_id: Literal["listRevisionIntegrationQueuesV1"], /, *,
        agent_id: str, build_id: str, integration_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> LinkedQueueList:
        """List linked queues. The queues linked to the integration."""

    @overload
    def call(
        self, operation_id: Literal["replaceRevisionIntegrationQueuesV1"], /, *,
        agent_id: str, build_id: str, integration_id: str, body: ReplaceQueues, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> LinkedQueueList:
        """Replace linked queues. Links a case queue integration to these queues of the team and no others. Takes
        the builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["listAgentSchedulesV1"], /, *,
        agent_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ScheduleListV1:
        """List schedules. The caller's schedules of the agent, newest first."""

    @overload
    def call(
        self, operation_id: Literal["listTeamMembersV1"], /, *,
        teamId: str, limit: int = UNSET, offset: int = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> MemberList:
        """List members. Who is in the team, by name."""

    @overload
    def call(
        self, operation_id: Literal["listSecretsV1"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> SecretList:
        """List secrets. The caller's secrets in the team and the team's shared ones, newest first, as an array
        without an object around it.
        """

    @overload
    def call(
        self, operation_id: Literal["createSecretV1"], /, *,
        body: CreateSecret, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Secret:
        """Create a secret. A bundle of environment variables. Their values are never readable again. A shared one
        takes the manager role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["getSecretV1"], /, *,
        id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Secret:
        """Get a secret. A secret visible to the caller, without its values."""

    @overload
    def call(
        self, operation_id: Literal["updateSecretV1"], /, *,
        id: str, body: UpdateSecret, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Secret:
        """Update a secret. `values` replaces all values; otherwise remove_keys are removed, then rename_keys
        renamed, all at once, then add_values added or overwritten. `shared` moves the secret between person and
        team.
        """

    @overload
    def call(
        self, operation_id: Literal["deleteSecretV1"], /, *,
        id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Delete a secret. Removes it with its values. A shared one takes the manager role or above."""

    @overload
    def call(
        self, operation_id: Literal["listRevisionSecretsV1"], /, *,
        agentId: str, buildId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> SecretList:
        """List a revision's secrets. Those visible to the caller, in order of attachment, as an array without an
        object around it.
        """

    @overload
    def call(
        self, operation_id: Literal["attachRevisionSecretV1"], /, *,
        agentId: str, buildId: str, body: AttachSecret, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Attach a secret to a revision. Its runs are given the secret's variables. One that is attached already
        stays. Takes the builder role or above; nothing can be attached to a historic revision.
        """

    @overload
    def call(
        self, operation_id: Literal["detachRevisionSecretV1"], /, *,
        agentId: str, buildId: str, credentialId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Detach a secret from a revision. The secret itself stays. Takes the builder role or above."""

    @overload
    def call(
        self, operation_id: Literal["listAgentFoldersV1"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> FolderList:
        """List folders. All folders of the team, by name, with what is directly in each."""

    @overload
    def call(
        self, operation_id: Literal["createAgentFolderV1"], /, *,
        body: CreateFolder, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> FolderReply:
        """Create a folder. At the top level, or in another folder of the team. Folders beside each other have
        different names.
        """

    @overload
    def call(
        self, operation_id: Literal["updateAgentFolderV1"], /, *,
        folder_id: str, body: UpdateFolder, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> FolderReply:
        """Update a folder. Renames it, or moves it, but not into itself or into a folder in it."""

    @overload
    def call(
        self, operation_id: Literal["deleteAgentFolderV1"], /, *,
        folder_id: str, force: str = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Delete a folder. A folder with contents only with force=true: folders in it go with it, and all their
        agents move to the top level.
        """

    @overload
    def call(
        self, operation_id: Literal["moveAgentsToFolderV1"], /, *,
        body: MoveAgents, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> AgentsMoved:
        """Move agents. Into a folder, or to the top level: all of them or none."""

    @overload
    def call(
        self, operation_id: Literal["moveAgentsIntoFolderV1"], /, *,
        folder_id: str, body: MoveAgentsInto, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> AgentsMoved:
        """Move agents into a folder. All of them or none."""

    @overload
    def call(
        self, operation_id: Literal["listAgentsV1"], /, *,
        limit: int = UNSET, offset: int = UNSET, include_schedules: Literal["true", "false"] = UNSET,
        automation_id: str = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> AgentListV1:
        """List agents. The team's agents, newest first, each with its latest revision and what the caller has set
        up for it.
        """

    @overload
    def call(
        self, operation_id: Literal["createAgentV1"], /, *,
        body: CreateAgent, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> AgentCreatedV1:
        """Create an agent. With its first revision when `build` or source_build_id is given. It is live at once.
        Takes the builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["getAgentV1"], /, *,
        agent_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> AgentReplyV1:
        """Get an agent. One of the team, with what the caller has set up for it."""

    @overload
    def call(
        self, operation_id: Literal["updateAgentV1"], /, *,
        agent_id: str, body: UpdateAgent, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> AgentReplyV1:
        """Update an agent. `pinned` is the caller's own and for everybody; the rest takes the builder role or
        above.
        """

    @overload
    def call(
        self, operation_id: Literal["listAgentRevisionsV1"], /, *,
        agent_id: str, limit: int = UNSET, offset: int = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RevisionListV1:
        """List revisions. Of an agent, the latest first."""

    @overload
    def call(
        self, operation_id: Literal["createRevisionV1"], /, *,
        agent_id: str, body: CreateRevision, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RevisionCreatedV1:
        """Create a revision. It takes over integrations, queues, pins and secrets of source_build_id, or else of
        the live revision or the latest. It is live at once. Takes the builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["getRevisionV1"], /, *,
        agent_id: str, build_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RevisionReplyV1:
        """Get a revision. One of the agent."""

    @overload
    def call(
        self, operation_id: Literal["getRevisionByIdV1"], /, *,
        build_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RevisionReplyV1:
        """Get a revision. Another address of the same, without the agent's."""

    @overload
    def call(
        self, operation_id: Literal["updateRevisionV1"], /, *,
        build_id: str, body: UpdateRevision, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RevisionReplyV1:
        """Update a revision. A historic one keeps its config and handover targets; name and description can be
        changed. Takes the builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["callMcpV1"], /, *,
        body: McpMessage, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """MCP server. Streamable HTTP of every revision, without sessions. Its tools are the operations of this
        version; each call of one is a request of its own.
        """

    @overload
    def call(
        self, operation_id: Literal["streamMcpV1"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Stream of the MCP server. It has none."""

    @overload
    def call(
        self, operation_id: Literal["endMcpSessionV1"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """End a session of the MCP server. It has none."""

    @overload
    def call(
        self, operation_id: Literal["listConnections"], /, *,
        teamId: str, type: str = UNSET, limit: int = UNSET, offset: int = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> ConnectionList:
        """List connections. The caller's connections in the team, newest first, and the team's shared ones when
        connections sharing is on.
        """

    @overload
    def call(
        self, operation_id: Literal["createConnection"], /, *,
        teamId: str, body: CreateConnection, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Connection:
        """Create a connection. A user-provided connection: a custom MCP server with a URL and optional headers.
        Values under headers.secret are never readable again.
        """

    @overload
    def call(
        self, operation_id: Literal["getConnection"], /, *,
        connection_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Connection:
        """Get a connection. A connection visible to the caller."""

    @overload
    def call(
        self, operation_id: Literal["updateConnection"], /, *,
        connection_id: str, body: UpdateConnection, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Connection:
        """Update a connection. Under headers.secret an empty string keeps the stored value; a name stored in the
        other half moves; null for headers clears all. `shared` moves the connection between person and team.
        """

    @overload
    def call(
        self, operation_id: Literal["deleteConnection"], /, *,
        connection_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Done:
        """Delete a connection. Removes the connection and everything bound to it."""

    @overload
    def call(
        self, operation_id: Literal["getConnectionCredentials"], /, *,
        connection_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ConnectionCredentials:
        """Get a connection's credentials. Names of the headers. Plaintext values as they are, secret ones as empty
        strings.
        """

    @overload
    def call(
        self, operation_id: Literal["startNativeOAuth"], /, *,
        teamId: str, provider: str, body: StartNativeOAuth = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> AuthorizationUrl:
        """Start a native OAuth flow. Answers the URL of a consent page. When consent was given the connection
        exists, and the browser goes to return_url. Further string properties are shown on the page.
        """

    @overload
    def call(
        self, operation_id: Literal["startComposio"], /, *,
        teamId: str, body: StartComposio, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ComposioStarted:
        """Start a Composio flow. OAuth schemes answer a redirect_url to open in a browser; API keys and the like
        make the account ACTIVE at once.
        """

    @overload
    def call(
        self, operation_id: Literal["finalizeComposio"], /, *,
        teamId: str, body: FinalizeComposio, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ComposioFinalized:
        """Finalize a Composio flow. Makes a connection of an ACTIVE connected account."""

    @overload
    def call(
        self, operation_id: Literal["probeMcpServer"], /, *,
        teamId: str, body: ProbeMcpServer, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ProbeResult:
        """Probe an MCP server. Lists its tools. An unusable server is a 200 with success false and an error with
        the remedy.
        """

    @overload
    def call(
        self, operation_id: Literal["checkMcpOAuth"], /, *,
        body: CheckMcpOAuth, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> McpOAuthSupport:
        """Check an MCP server's OAuth. Whether it supports dynamic client registration."""

    @overload
    def call(
        self, operation_id: Literal["checkTeamMcpOAuth"], /, *,
        teamId: str, body: CheckMcpOAuth, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> McpOAuthSupport:
        """Check an MCP server's OAuth. Another address of the same."""

    @overload
    def call(
        self, operation_id: Literal["authorizeMcpOAuth"], /, *,
        teamId: str, body: StartMcpOAuth, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> AuthorizationUrl:
        """Start an MCP OAuth flow. Answers the URL of the authorization server's consent page. When consent was
        given the connection exists, and the browser goes to return_url.
        """

    @overload
    def call(
        self, operation_id: Literal["listIntegrations"], /, *,
        teamId: str, type: str = UNSET, limit: int = UNSET, offset: int = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> IntegrationList:
        """List integrations. The catalog's integrations and the team's custom ones, in the shape of connections."""

    @overload
    def call(
        self, operation_id: Literal["createCustomIntegration"], /, *,
        teamId: str, body: CreateCustomIntegration, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Connection:
        """Register a custom integration. A custom MCP server, the source of connections. oauth_client_id and
        oauth_client_secret come together, and only with oauth; the secret is never readable again.
        """

    @overload
    def call(
        self, operation_id: Literal["deleteCustomIntegration"], /, *,
        custom_integration_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Done:
        """Delete a custom integration. Removes the custom integration and every connection made from it."""

    @overload
    def call(
        self, operation_id: Literal["getProfile"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ProfileReply:
        """Get the caller's profile. The owner of the API key."""

    @overload
    def call(
        self, operation_id: Literal["listMyTeams"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> TeamList:
        """List teams. The teams of the API key."""

    @overload
    def call(
        self, operation_id: Literal["getTeam"], /, *,
        teamId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> TeamReply:
        """Get a team. The team of the API key."""

    @overload
    def call(
        self, operation_id: Literal["listMyOrganizations"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> OrganizationList:
        """List the caller's organizations. Those that the person of the key is in, by name, and as what. Owners of
        a team are owners of an organization whose members nothing else names.
        """

    @overload
    def call(
        self, operation_id: Literal["listOrgTeams"], /, *,
        orgId: str, limit: int = UNSET, offset: int = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> OrganizationTeamList:
        """List an organization's teams. By name, whatever team the key is of: the person has to be in the
        organization.
        """

    @overload
    def call(
        self, operation_id: Literal["createOrgTeam"], /, *,
        orgId: str, body: CreateTeam, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> TeamCreated:
        """Create a team. The caller is its owner. Takes an owner, admin or executive of the organization. POST
        /_mock/keys makes a key of the new team.
        """

    @overload
    def call(
        self, operation_id: Literal["listRevisionIntegrations"], /, *,
        agent_id: str, build_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RevisionIntegrationList:
        """List a revision's integrations. The revision's integrations, in order of attachment."""

    @overload
    def call(
        self, operation_id: Literal["attachRevisionIntegrations"], /, *,
        agent_id: str, build_id: str, body: AttachIntegrations, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> IntegrationsAttached:
        """Attach integrations to a revision. Takes the builder role or above. `count` is that of new slots; all are
        attached, or none.
        """

    @overload
    def call(
        self, operation_id: Literal["removeRevisionIntegration"], /, *,
        agent_id: str, build_id: str, integration_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Remove an integration from a revision. For everyone, with all pins. Takes the builder role or above.
        `success` is false when it was not attached.
        """

    @overload
    def call(
        self, operation_id: Literal["listRevisionIntegrationConnections"], /, *,
        agent_id: str, build_id: str, integration_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> PinnedConnectionList:
        """List pinned connections. The caller's pins of the integration."""

    @overload
    def call(
        self, operation_id: Literal["pinRevisionIntegrationConnection"], /, *,
        agent_id: str, build_id: str, integration_id: str, body: PinConnection, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Pin a connection. For the caller alone. The connection has to fit the integration; pinning it again
        changes nothing.
        """

    @overload
    def call(
        self, operation_id: Literal["unpinRevisionIntegrationConnection"], /, *,
        agent_id: str, build_id: str, integration_id: str, connection_id: str, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Unpin a connection. For the caller alone. The connection stays."""

    @overload
    def call(
        self, operation_id: Literal["getRevisionCaseQueueSetup"], /, *,
        agent_id: str, build_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> CaseQueueSetup:
        """Get a revision's case queue setup. Its producers and consumers of cases with the number of queues linked
        to each, and whether the team has queues.
        """

    @overload
    def call(
        self, operation_id: Literal["listRevisionIntegrationQueues"], /, *,
        agent_id: str, build_id: str, integration_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> LinkedQueueList:
        """List linked queues. The queues linked to the integration."""

    @overload
    def call(
        self, operation_id: Literal["replaceRevisionIntegrationQueues"], /, *,
        agent_id: str, build_id: str, integration_id: str, body: ReplaceQueues, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> LinkedQueueList:
        """Replace linked queues. Links a case queue integration to these queues of the team and no others. Takes
        the builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["listAgentSchedules"], /, *,
        agent_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> ScheduleList:
        """List schedules. The caller's schedules of the agent, newest first."""

    @overload
    def call(
        self, operation_id: Literal["createSchedule"], /, *,
        agent_id: str, body: CreateSchedule, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Schedule:
        """Create a schedule. For the caller. What the frequency does not need may be there and has no effect. It
        starts runs when the setting `schedules` is `run`. An agent can have 5 active ones.
        """

    @overload
    def call(
        self, operation_id: Literal["updateSchedule"], /, *,
        agent_id: str, schedule_id: str, body: UpdateSchedule, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Schedule:
        """Update a schedule. One of the caller's; administrators and owners change anybody's. Only what is sent
        changes; what the frequency needs must be there afterwards. Enabling one that was paused because it failed
        forgets its failures.
        """

    @overload
    def call(
        self, operation_id: Literal["deleteSchedule"], /, *,
        agent_id: str, schedule_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Delete a schedule. One of the caller's; administrators and owners delete anybody's."""

    @overload
    def call(
        self, operation_id: Literal["listTeamMembers"], /, *,
        teamId: str, limit: int = UNSET, offset: int = UNSET, search: str = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> MemberList:
        """List members. Who is in the team, by name; `search` looks into names and e-mail addresses."""

    @overload
    def call(
        self, operation_id: Literal["listSecrets"], /, *,
        teamId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> SecretList:
        """List secrets. The caller's secrets in the team and the team's shared ones, newest first, as an array
        without an object around it.
        """

    @overload
    def call(
        self, operation_id: Literal["createSecret"], /, *,
        teamId: str, body: CreateSecret, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Secret:
        """Create a secret. A bundle of environment variables. Their values are never readable again. A shared one
        takes the manager role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["getSecret"], /, *,
        id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Secret:
        """Get a secret. A secret visible to the caller, without its values."""

    @overload
    def call(
        self, operation_id: Literal["updateSecret"], /, *,
        id: str, body: UpdateSecret, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Secret:
        """Update a secret. `values` replaces all values; otherwise remove_keys are removed, then rename_keys
        renamed, all at once, then add_values added or overwritten. `shared` moves the secret between person and
        team.
        """

    @overload
    def call(
        self, operation_id: Literal["deleteSecret"], /, *,
        id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Delete a secret. Removes it with its values. A shared one takes the manager role or above."""

    @overload
    def call(
        self, operation_id: Literal["listRevisionSecrets"], /, *,
        agentId: str, buildId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> SecretList:
        """List a revision's secrets. Those visible to the caller, in order of attachment, as an array without an
        object around it.
        """

    @overload
    def call(
        self, operation_id: Literal["attachRevisionSecret"], /, *,
        agentId: str, buildId: str, body: AttachSecret, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Attach a secret to a revision. Its runs are given the secret's variables. One that is attached already
        stays. Takes the builder role or above; nothing can be attached to a historic revision.
        """

    @overload
    def call(
        self, operation_id: Literal["detachRevisionSecret"], /, *,
        agentId: str, buildId: str, credentialId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Detach a secret from a revision. The secret itself stays. Takes the builder role or above."""

    @overload
    def call(
        self, operation_id: Literal["listCredentials"], /, *,
        teamId: str, userId: str, domain: str = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> LoginList:
        """List logins. The caller's logins in the team and the team's shared ones, newest first, as an array
        without an object around it. Administrators and owners list another person's, too.
        """

    @overload
    def call(
        self, operation_id: Literal["createCredential"], /, *,
        teamId: str, userId: str, body: CreateLogin, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Login:
        """Create a login. With a password, an OTP secret or both, which are never readable again. A shared one
        takes the manager role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["getCredential"], /, *,
        teamId: str, userId: str, id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Login:
        """Get a login. One of the caller's or the team's, without its values."""

    @overload
    def call(
        self, operation_id: Literal["updateCredential"], /, *,
        teamId: str, userId: str, id: str, body: UpdateLogin, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Login:
        """Update a login. What is sent changes; null removes. A password or an OTP secret has to remain. `shared`
        moves the login between person and team; a shared one takes the manager role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["deleteCredential"], /, *,
        teamId: str, userId: str, id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> None:
        """Delete a login. It is detached from all revisions. A shared one takes the manager role or above."""

    @overload
    def call(
        self, operation_id: Literal["listRevisionLogins"], /, *,
        agentId: str, buildId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RevisionLoginList:
        """List a revision's logins. Those visible to the caller, in order of attachment, as an array without an
        object around it.
        """

    @overload
    def call(
        self, operation_id: Literal["attachRevisionLogin"], /, *,
        agentId: str, buildId: str, body: AttachLogin, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Attach a login to a revision. Its runs are given it. A personal one takes its owner, a shared one the
        builder role or above; nothing can be attached to a historic revision.
        """

    @overload
    def call(
        self, operation_id: Literal["detachRevisionLogin"], /, *,
        agentId: str, buildId: str, exposedCredentialId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Detach a login from a revision. The login itself stays. A personal one takes its owner, a shared one the
        builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["listAgentFolders"], /, *,
        teamId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> FolderList:
        """List folders. All folders of the team, by name, with what is directly in each."""

    @overload
    def call(
        self, operation_id: Literal["createAgentFolder"], /, *,
        teamId: str, body: CreateFolder, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> FolderReply:
        """Create a folder. At the top level, or in another folder of the team. Folders beside each other have
        different names.
        """

    @overload
    def call(
        self, operation_id: Literal["updateAgentFolder"], /, *,
        folder_id: str, body: UpdateFolder, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> FolderReply:
        """Update a folder. Renames it, or moves it, but not into itself or into a folder in it."""

    @overload
    def call(
        self, operation_id: Literal["deleteAgentFolder"], /, *,
        folder_id: str, force: str = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Delete a folder. A folder with contents only with force=true: folders in it go with it, and all their
        agents move to the top level.
        """

    @overload
    def call(
        self, operation_id: Literal["moveAgentsToFolder"], /, *,
        teamId: str, body: MoveAgents, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> AgentsMoved:
        """Move agents. Into a folder, or to the top level: all of them or none."""

    @overload
    def call(
        self, operation_id: Literal["listAgents"], /, *,
        teamId: str, limit: int = UNSET, offset: int = UNSET, include_schedules: Literal["true", "false"] = UNSET,
        automation_id: str = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> AgentList:
        """List agents. The team's agents, newest first, each with its latest revision and what the caller has set
        up for it.
        """

    @overload
    def call(
        self, operation_id: Literal["createAgent"], /, *,
        teamId: str, body: CreateAgent, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> AgentCreated:
        """Create an agent. With its first revision when `build` or source_build_id is given. It is live at once.
        Takes the builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["getAgent"], /, *,
        agent_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> AgentReply:
        """Get an agent. One of the team, with what the caller has set up for it."""

    @overload
    def call(
        self, operation_id: Literal["updateAgent"], /, *,
        agent_id: str, body: UpdateAgent, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> AgentReply:
        """Update an agent. `pinned` is the caller's own and for everybody; the rest takes the builder role or
        above.
        """

    @overload
    def call(
        self, operation_id: Literal["deleteAgent"], /, *,
        agent_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Delete an agent. Interrupts its runs; they go with it, and so do its revisions and all that belongs to
        them. Takes the builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["moveAgent"], /, *,
        agent_id: str, body: MoveAgent, dry_run: Literal["true", "false"] | bool = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> AgentMoved:
        """Move an agent to another team. With its revisions, schedules, runs, and the queues that are its alone.
        Pins and triggers get connections of the target team, or go; secrets are detached. With dry_run nothing
        moves, and the reply says what would. What hangs together with others is refused, or moves with them
        (bypass_standalone_gate). Takes the builder role or above in both teams.
        """

    @overload
    def call(
        self, operation_id: Literal["listAgentRevisions"], /, *,
        agent_id: str, limit: int = UNSET, offset: int = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RevisionList:
        """List revisions. Of an agent, the latest first."""

    @overload
    def call(
        self, operation_id: Literal["createRevision"], /, *,
        agent_id: str, body: CreateRevision, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RevisionCreated:
        """Create a revision. It takes over integrations, queues, pins and secrets of source_build_id, or else of
        the live revision or the latest. It is a draft, unless it is the first. Takes the builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["getRevision"], /, *,
        agent_id: str, build_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RevisionReply:
        """Get a revision. One of the agent."""

    @overload
    def call(
        self, operation_id: Literal["updateRevision"], /, *,
        build_id: str, body: UpdateRevision, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RevisionReply:
        """Update a revision. A historic one keeps its config and handover targets; name and description can be
        changed. Takes the builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["promoteRevision"], /, *,
        build_id: str, body: PromoteRevision, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Promote a revision. A draft or historic one becomes the live one, and the live one historic. Takes the
        builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["listAgentTriggers"], /, *,
        agentId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> TriggerList:
        """List triggers. The caller's triggers of the agent, newest first."""

    @overload
    def call(
        self, operation_id: Literal["upsertAgentTrigger"], /, *,
        agentId: str, body: UpsertTrigger, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Trigger:
        """Make or change a trigger. The caller's of this integration and type. It listens through the connection
        pinned to the live revision's integration, else through the newest usable one; without one, or without the
        integration, it is a 409. Enabling one that disabled itself forgets its failures.
        """

    @overload
    def call(
        self, operation_id: Literal["listAgentTriggerTypes"], /, *,
        agentId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> TriggerTypeList:
        """List trigger types. What the integrations of the agent's live revision can listen to."""

    @overload
    def call(
        self, operation_id: Literal["listQueues"], /, *,
        teamId: str, limit: int = UNSET, offset: int = UNSET, automation_id: str = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> QueueList:
        """List queues. The team's, by name."""

    @overload
    def call(
        self, operation_id: Literal["createQueue"], /, *,
        teamId: str, body: CreateQueue, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> QueueReply:
        """Create a queue. Queues of a team have different names. Takes the builder role or above."""

    @overload
    def call(
        self, operation_id: Literal["getQueue"], /, *,
        queue_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> QueueReply:
        """Get a queue. One of the team."""

    @overload
    def call(
        self, operation_id: Literal["updateQueue"], /, *,
        queue_id: str, body: UpdateQueue, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> QueueReply:
        """Update a queue. What is sent changes. Takes the builder role or above."""

    @overload
    def call(
        self, operation_id: Literal["deleteQueue"], /, *,
        queue_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> QueueDeleted:
        """Delete a queue. Interrupts the runs that are at work on its cases; these go with it, and so do the case
        triggers. Takes the builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["listQueueAgents"], /, *,
        queue_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> QueueAgents:
        """List a queue's agents. Those whose live revision is linked to it, and those whom its cases start."""

    @overload
    def call(
        self, operation_id: Literal["listCases"], /, *,
        queue_id: str, limit: int = UNSET, offset: int = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> CaseList:
        """List cases. In the queue, newest first. Duvo publishes no shape of a case: it is the mock's own."""

    @overload
    def call(
        self, operation_id: Literal["createCases"], /, *,
        queue_id: str, body: CreateCase, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> CaseReply:
        """Create a case. Its queue's case triggers start a run that takes it. Duvo publishes no shape of a case: it
        is the mock's own.
        """

    @overload
    def call(
        self, operation_id: Literal["getCase"], /, *,
        case_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> CaseReply:
        """Get a case. One of a queue of the team. Duvo publishes no shape of a case: it is the mock's own."""

    @overload
    def call(
        self, operation_id: Literal["listAgentCaseTriggers"], /, *,
        agent_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> CaseTriggerList:
        """List case triggers. The agent's: at most one."""

    @overload
    def call(
        self, operation_id: Literal["createAgentCaseTrigger"], /, *,
        agent_id: str, body: CreateCaseTrigger, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> CaseTriggerReply:
        """Create a case trigger. Cases of the queue start the agent from now on. Takes the builder role or above."""

    @overload
    def call(
        self, operation_id: Literal["previewAgentCaseTriggerConflicts"], /, *,
        agent_id: str, case_queue_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> CaseTriggerConflicts:
        """Preview conflicts. Other agents whom the queue's cases start."""

    @overload
    def call(
        self, operation_id: Literal["getAgentCaseTrigger"], /, *,
        agent_id: str, trigger_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> CaseTriggerReply:
        """Get a case trigger. One of the agent."""

    @overload
    def call(
        self, operation_id: Literal["updateAgentCaseTrigger"], /, *,
        agent_id: str, trigger_id: str, body: UpdateCaseTrigger, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> CaseTriggerReply:
        """Update a case trigger. What is sent changes. Takes its creator, or the builder role or above."""

    @overload
    def call(
        self, operation_id: Literal["deleteAgentCaseTrigger"], /, *,
        agent_id: str, trigger_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Delete a case trigger. Cases wait for somebody else. Takes the builder role or above."""

    @overload
    def call(
        self, operation_id: Literal["listRuns"], /, *,
        teamId: str, limit: int = UNSET, offset: int = UNSET, sort_by: Literal["created_at"] = UNSET,
        sort_order: Literal["asc", "desc"] = UNSET,
        status: Literal["not_started", "pending", "starting", "running", "waiting", "completed", "failed", "interrupted", "stopped", "needs_attention"] = UNSET,
        agent_id: str = UNSET, user_id: str = UNSET, case_queue_id: str = UNSET, source: str = UNSET,
        search: str = UNSET, has_issues: Literal["true", "false"] = UNSET,
        issue_severity: Literal["critical", "medium", "low"] = UNSET, since: str | datetime = UNSET,
        digest_id: str = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RunList:
        """List runs. The team's, newest first."""

    @overload
    def call(
        self, operation_id: Literal["startRun"], /, *,
        teamId: str, body: StartRun, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RunStarted:
        """Start a run. Of an agent's live revision; it answers at once. It runs after a second and completes five
        seconds later, by the space's clock, unless a script says otherwise. Without a usable connection of an
        integration it fails, or asks a person when the agent has a human in the loop.
        """

    @overload
    def call(
        self, operation_id: Literal["getRun"], /, *,
        run_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RunReply:
        """Get a run. One of the team, with what it asks while it waits."""

    @overload
    def call(
        self, operation_id: Literal["stopRun"], /, *,
        run_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RunStopped:
        """Stop a run. It is interrupted; one that is over stays as it is. Takes who started it, or the builder role
        or above.
        """

    @overload
    def call(
        self, operation_id: Literal["listRunMessages"], /, *,
        run_id: str, limit: int = UNSET, offset: int = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RunMessageList:
        """List a run's messages. Oldest first."""

    @overload
    def call(
        self, operation_id: Literal["postRunMessage"], /, *,
        run_id: str, body: PostRunMessage, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> RunMessageReply:
        """Say something to a run. A run that waits, has completed or was interrupted goes on. Takes who started it,
        or the builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["respondToHumanRequest"], /, *,
        run_id: str, request_id: str, body: RespondToHumanRequest, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> HumanRequestReply:
        """Answer what a run asks. While it waits: `approved` for an approval, `answers` by the text of each
        question. What is not approved fails. Takes who started it, or the builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["listPulseDashboards"], /, *,
        limit: int = UNSET, offset: int = UNSET, scope: Literal["created", "shared", "team"] = UNSET,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> PulseDashboardList:
        """List dashboards. The caller's own, newest first; or with `scope` others' that the caller sees, or both."""

    @overload
    def call(
        self, operation_id: Literal["createPulseDashboard"], /, *,
        body: CreatePulseDashboard, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> PulseDashboardCreated:
        """Create a dashboard. It answers at once. It runs after a second and completes five seconds later, by the
        space's clock. It is private.
        """

    @overload
    def call(
        self, operation_id: Literal["getPulseDashboard"], /, *,
        artifactId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> PulseDashboardReply:
        """Get a dashboard. One that the caller has made, or that is no private one."""

    @overload
    def call(
        self, operation_id: Literal["deletePulseDashboard"], /, *,
        artifactId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Delete a dashboard. By its creator alone. Its connections stay."""

    @overload
    def call(
        self, operation_id: Literal["listPulseDashboardConnections"], /, *,
        artifactId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> PulseDashboardConnectionList:
        """List a dashboard's connections. For its creator alone, in order of attachment. One that is deleted is
        detached.
        """

    @overload
    def call(
        self, operation_id: Literal["attachPulseDashboardConnection"], /, *,
        artifactId: str, body: AttachPulseDashboardConnection, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Attach a connection to a dashboard. By its creator alone."""

    @overload
    def call(
        self, operation_id: Literal["detachPulseDashboardConnection"], /, *,
        artifactId: str, connectionId: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Success:
        """Detach a connection from a dashboard. By its creator alone. The connection itself stays."""

    @overload
    def call(
        self, operation_id: Literal["listAgentSuggestions"], /, *,
        agent_id: str, status: Literal["pending", "history"] = UNSET, limit: int = UNSET, offset: int = UNSET,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> SuggestionList:
        """List suggestions. What runs of the agent have shown to be missing or idle: pending ones, or all others,
        newest first. Documents give them.
        """

    @overload
    def call(
        self, operation_id: Literal["consumeAgentSuggestion"], /, *,
        id: str, body: ConsumeSuggestion = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> SuggestionResolved:
        """Consume a suggestion. It adds, replaces or removes an integration of revision_id, else of the newest
        draft, else of a new draft made from the live revision. Takes the builder role or above.
        """

    @overload
    def call(
        self, operation_id: Literal["rejectAgentSuggestion"], /, *,
        id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> SuggestionResolved:
        """Reject a suggestion. It stays in the history. Takes the builder role or above."""

    @overload
    def call(
        self, operation_id: Literal["callMcp"], /, *,
        body: McpMessage, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """MCP server. Streamable HTTP of every revision, without sessions. Its tools are the operations of this
        version; each call of one is a request of its own.
        """

    @overload
    def call(
        self, operation_id: Literal["streamMcp"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Stream of the MCP server. It has none."""

    @overload
    def call(
        self, operation_id: Literal["endMcpSession"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """End a session of the MCP server. It has none."""

    @overload
    def call(
        self, operation_id: Literal["getContract"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """The contract. This document."""

    @overload
    def call(
        self, operation_id: Literal["getDocumentationV1"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """The contract of /v1. The OpenAPI document of /v1 alone."""

    @overload
    def call(
        self, operation_id: Literal["getDocumentation"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """The contract of /v2. The OpenAPI document of /v2 alone."""

    @overload
    def call(
        self, operation_id: Literal["readDocumentationV1"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> str:
        """The contract of /v1, to read. The same as a page, without scripts."""

    @overload
    def call(
        self, operation_id: Literal["readDocumentation"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> str:
        """The contract of /v2, to read. The same as a page, without scripts."""

    @overload
    def call(
        self, operation_id: Literal["getMockContract"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """The contract of /_mock. The OpenAPI document of the mock's own endpoints alone."""

    @overload
    def call(
        self, operation_id: Literal["getHealthAlias"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Health:
        """Health. Another address of /_mock/health."""

    @overload
    def call(
        self, operation_id: Literal["getAuthority"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> str:
        """Certificate authority. The authority to trust with --tls auto, in PEM; open to everybody."""

    @overload
    def call(
        self, operation_id: Literal["redirectToConsole"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> str:
        """The console. Sends the browser to /_mock/."""

    @overload
    def call(
        self, operation_id: Literal["showConsole"], /, *,
        
        tab: Literal["requests", "sign-ins", "connections", "agents", "spaces", "faults", "clock", "fixtures", "mcp", "webhooks", "reference"] = UNSET,
        list: str = UNSET, q: str = UNSET, before: str = UNSET, id: str = UNSET, own: Literal["show", "hide"] = UNSET,
        operation: str = UNSET, path: str = UNSET, told: str = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> str:
        """The console. A page for people: what clients did and what state there is, in the space of the URL. With
        --admin-token it asks for the token.
        """

    @overload
    def call(
        self, operation_id: Literal["sendConsoleForm"], /, *,
        body: ConsoleForm,
        tab: Literal["requests", "sign-ins", "connections", "agents", "spaces", "faults", "clock", "fixtures", "mcp", "webhooks", "reference"] = UNSET,
        list: str = UNSET, q: str = UNSET, before: str = UNSET, id: str = UNSET, own: Literal["show", "hide"] = UNSET,
        operation: str = UNSET, path: str = UNSET, told: str = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> str:
        """A form of the console. For browsers without scripts, from the console's own page alone: makes the call
        that the form stands for, and leads back to the tab, which tells what came of it.
        """

    @overload
    def call(
        self, operation_id: Literal["getConsoleScript"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> str:
        """The console's script. It keeps the page up to date and makes its buttons work."""

    @overload
    def call(
        self, operation_id: Literal["getConsoleModule"], /, *,
        
        module: Literal["calls.js", "events.js", "fixtures.js", "forms.js", "keys.js", "page.js", "programs.js", "token.js", "try.js"],
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> str:
        """A module of the console's script. One of those that it imports."""

    @overload
    def call(
        self, operation_id: Literal["putSettings"], /, *,
        body: ChangeSettings, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Settings:
        """Change settings. Another spelling of PATCH."""

    @overload
    def call(
        self, operation_id: Literal["watchSpace"], /, *,
        since: int = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Iterator[StreamEvent]:
        """Watch the space. A stream of what changes in it, one JSON object {kind, id, change, row} an event; an
        event named resync says that some are missing. A comment comes every 15 seconds.
        """

    @overload
    def call(
        self, operation_id: Literal["authorize"], /, *,
        provider: str, response_type: str = UNSET, client_id: str = UNSET, redirect_uri: str = UNSET,
        scope: str = UNSET, state: str = UNSET, response_mode: str = UNSET, login_hint: str = UNSET,
        mock_outcome: str = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> str:
        """Consent page. The provider's authorization endpoint: asks a person, or answers at once when something
        else decides.
        """

    @overload
    def call(
        self, operation_id: Literal["decideConsent"], /, *,
        provider: str, response_type: str = UNSET, client_id: str = UNSET, redirect_uri: str = UNSET,
        scope: str = UNSET, state: str = UNSET, response_mode: str = UNSET, login_hint: str = UNSET,
        mock_outcome: str = UNSET, body: ConsentForm = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> str:
        """Answer a consent page. Sent by the page's buttons."""

    @overload
    def call(
        self, operation_id: Literal["showResult"], /, *,
        flow_id: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> str:
        """Result page. Where a flow without a return_url ends."""

    @overload
    def call(
        self, operation_id: Literal["connectComposio"], /, *,
        connected_account_id: str, login_hint: str = UNSET, mock_outcome: str = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> str:
        """Composio's consent page. Asks a person, or answers at once when something else decides."""

    @overload
    def call(
        self, operation_id: Literal["decideComposioConsent"], /, *,
        connected_account_id: str, login_hint: str = UNSET, mock_outcome: str = UNSET, body: ConsentForm = UNSET,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> str:
        """Answer Composio's consent page. Sent by the page's buttons."""

    @overload
    def call(
        self, operation_id: Literal["getMcpMetadata"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Metadata of the MCP server. RFC 9728, of /v2/mcp: it takes an API key, and names no authorization server."""

    @overload
    def call(
        self, operation_id: Literal["getMcpMetadataOfV1"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Metadata of /v1/mcp. RFC 9728."""

    @overload
    def call(
        self, operation_id: Literal["getMcpMetadataOfV2"], /, *,
        key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Metadata of /v2/mcp. RFC 9728."""

    @overload
    def call(
        self, operation_id: Literal["mcpPost"], /, *,
        preset: str, body: McpMessage, sse: int = UNSET, delay_ms: int = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Built-in MCP server. Takes one JSON-RPC message. Each preset is a server of its own: modern, legacy, sse,
        oauth, oauth-no-dcr, apikey, paginated, broken-metadata, slow.
        """

    @overload
    def call(
        self, operation_id: Literal["mcpStream"], /, *,
        preset: str, sse: int = UNSET, delay_ms: int = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Stream of an MCP server. The stream of events of the 2024-11-05 server (sse); the others have none."""

    @overload
    def call(
        self, operation_id: Literal["mcpEndSession"], /, *,
        preset: str, sse: int = UNSET, delay_ms: int = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> None:
        """End an MCP session. Ends the session that the header Mcp-Session-Id names."""

    @overload
    def call(
        self, operation_id: Literal["mcpMessage"], /, *,
        preset: str, session_token: str, body: McpMessage, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> None:
        """Message to a stream. Takes a JSON-RPC message whose answer comes on the stream (2024-11-05)."""

    @overload
    def call(
        self, operation_id: Literal["mcpComposioPost"], /, *,
        connection_id: str, body: McpMessage, sse: int = UNSET, delay_ms: int = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """MCP server of a Composio connection. The server that a finalized connection names as its mcp_url."""

    @overload
    def call(
        self, operation_id: Literal["mcpComposioStream"], /, *,
        connection_id: str, sse: int = UNSET, delay_ms: int = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Stream of a Composio connection's server. There is none: 405."""

    @overload
    def call(
        self, operation_id: Literal["mcpComposioEndSession"], /, *,
        connection_id: str, sse: int = UNSET, delay_ms: int = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> None:
        """End a session of a Composio connection's server. Ends the session that the header Mcp-Session-Id names."""

    @overload
    def call(
        self, operation_id: Literal["mcpServicePost"], /, *,
        integration_slug: str, body: McpMessage, sse: int = UNSET, delay_ms: int = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """MCP server of an integration. The server that a probe by integration_slug asks."""

    @overload
    def call(
        self, operation_id: Literal["mcpServiceStream"], /, *,
        integration_slug: str, sse: int = UNSET, delay_ms: int = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Stream of an integration's server. There is none: 405."""

    @overload
    def call(
        self, operation_id: Literal["mcpServiceEndSession"], /, *,
        integration_slug: str, sse: int = UNSET, delay_ms: int = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> None:
        """End a session with an integration's server. Ends the session that the header Mcp-Session-Id names."""

    @overload
    def call(
        self, operation_id: Literal["mcpResourceMetadata"], /, *,
        preset: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Metadata of an MCP server. RFC 9728: which authorization server the MCP server trusts."""

    @overload
    def call(
        self, operation_id: Literal["mcpIssuerMetadata"], /, *,
        preset: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Metadata of an authorization server. RFC 8414."""

    @overload
    def call(
        self, operation_id: Literal["mcpOpenidMetadata"], /, *,
        preset: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Metadata of an authorization server (OpenID). The same where OpenID clients look first."""

    @overload
    def call(
        self, operation_id: Literal["mcpIssuerMetadataBelow"], /, *,
        preset: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Metadata of an authorization server (below it). The same below the issuer."""

    @overload
    def call(
        self, operation_id: Literal["mcpOpenidMetadataBelow"], /, *,
        preset: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Metadata of an authorization server (OpenID, below it). The place that OpenID Connect Discovery names."""

    @overload
    def call(
        self, operation_id: Literal["mcpJwks"], /, *,
        preset: str, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Keys of an authorization server. There are none: tokens are opaque."""

    @overload
    def call(
        self, operation_id: Literal["mcpRegister"], /, *,
        preset: str, body: McpClientRegistration, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Register an OAuth client. RFC 7591: dynamic client registration."""

    @overload
    def call(
        self, operation_id: Literal["mcpAuthorize"], /, *,
        preset: str, response_type: str = UNSET, client_id: str = UNSET, redirect_uri: str = UNSET,
        scope: str = UNSET, state: str = UNSET, code_challenge: str = UNSET, code_challenge_method: str = UNSET,
        resource: List[str] = UNSET, response_mode: str = UNSET, issuer: str = UNSET, prompt: str = UNSET,
        login_hint: str = UNSET, mock_outcome: str = UNSET, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> str:
        """Authorize access to an MCP server. Asks a person, or answers at once when something else decides."""

    @overload
    def call(
        self, operation_id: Literal["mcpDecideConsent"], /, *,
        preset: str, response_type: str = UNSET, client_id: str = UNSET, redirect_uri: str = UNSET,
        scope: str = UNSET, state: str = UNSET, code_challenge: str = UNSET, code_challenge_method: str = UNSET,
        resource: List[str] = UNSET, response_mode: str = UNSET, issuer: str = UNSET, prompt: str = UNSET,
        login_hint: str = UNSET, mock_outcome: str = UNSET, body: ConsentForm = UNSET, key: str = UNSET,
        headers: Mapping[str, str] = UNSET,
    ) -> str:
        """Answer the consent page of an MCP server. Sent by the page's buttons."""

    @overload
    def call(
        self, operation_id: Literal["mcpToken"], /, *,
        preset: str, body: McpTokenRequest, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Token endpoint of an MCP server. RFC 6749 with PKCE and resource indicators: codes and refresh tokens for
        tokens.
        """

    @overload
    def call(
        self, operation_id: Literal["mcpRevoke"], /, *,
        preset: str, body: McpRevocation, key: str = UNSET, headers: Mapping[str, str] = UNSET,
    ) -> Any:
        """Revoke a token of an MCP server. RFC 7009."""

    def call(self, operation_id: str, /, *, key: Any = UNSET, headers: Any = UNSET, **args: Any) -> Any:
        """Calls an operation once, and answers its reply's body: JSON, a text, where a redirect leads, or a stream's
        events. A MockError when the API refuses."""
        return self._call_operation(OPERATIONS, operation_id, args, self.key if key is UNSET else key, headers or {})
