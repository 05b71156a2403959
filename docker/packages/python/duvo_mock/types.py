"""Types of the contract: what goes to the mock and what comes from it."""
# Generated from the contract by docker/packages/generate: run `make clients`, change nothing here.

from typing import Any, Literal, TypedDict, Union


_CountRangeNeeds = TypedDict("_CountRangeNeeds", {
}, total=True)
_CountRangeMay = TypedDict("_CountRangeMay", {
    "min": "int",
    "max": "int",
}, total=False)


class CountRange(_CountRangeNeeds, _CountRangeMay):
    """At least and at most so many."""


_DelayRangeNeeds = TypedDict("_DelayRangeNeeds", {
    "min": "int",
    "max": "int",
}, total=True)
_DelayRangeMay = TypedDict("_DelayRangeMay", {
}, total=False)


class DelayRange(_DelayRangeNeeds, _DelayRangeMay):
    """Milliseconds, by chance between the two."""


_JournalHeaderNeeds = TypedDict("_JournalHeaderNeeds", {
    "name": "str",
    "value": "str",
}, total=True)
_JournalHeaderMay = TypedDict("_JournalHeaderMay", {
}, total=False)


class JournalHeader(_JournalHeaderNeeds, _JournalHeaderMay):
    """A header, redacted."""


_JournalMessageNeeds = TypedDict("_JournalMessageNeeds", {
    "headers": "list[JournalHeader]",
    "body": "Any",
}, total=True)
_JournalMessageMay = TypedDict("_JournalMessageMay", {
    "body_lost": "bool",
}, total=False)


class JournalMessage(_JournalMessageNeeds, _JournalMessageMay):
    """One half of an exchange, redacted."""


_JournalEntryNeeds = TypedDict("_JournalEntryNeeds", {
    "id": "str",
    "at": "str",
    "origin": "Literal['client', 'self']",
    "key": "str | None",
    "method": "str",
    "path": "str",
    "operation": "str | None",
    "status": "int",
    "broken": "str | None",
    "fault": "str | None",
    "duration_us": "int",
    "request": "JournalMessage",
    "reply": "JournalMessage",
    "warning": "str | None",
}, total=True)
_JournalEntryMay = TypedDict("_JournalEntryMay", {
}, total=False)


class JournalEntry(_JournalEntryNeeds, _JournalEntryMay):
    """One request of the journal."""


_StreamEventNeeds = TypedDict("_StreamEventNeeds", {
    "event": "str",
    "data": "Any",
}, total=True)
_StreamEventMay = TypedDict("_StreamEventMay", {
    "id": "str",
}, total=False)


class StreamEvent(_StreamEventNeeds, _StreamEventMay):
    """One event of a stream."""


_InboxEntryNeeds = TypedDict("_InboxEntryNeeds", {
    "at": "str",
    "path": "str",
    "headers": "list[JournalHeader]",
    "body": "Any",
    "signed": "bool | None",
    "webhook_id": "str | None",
}, total=True)
_InboxEntryMay = TypedDict("_InboxEntryMay", {
}, total=False)


class InboxEntry(_InboxEntryNeeds, _InboxEntryMay):
    """What came to an inbox, redacted."""


_RunStepToolCallNeeds = TypedDict("_RunStepToolCallNeeds", {
    "name": "str",
}, total=True)
_RunStepToolCallMay = TypedDict("_RunStepToolCallMay", {
    "arguments": "dict[str, Any]",
    "result": "Any",
    "error": "str",
}, total=False)


class RunStepToolCall(_RunStepToolCallNeeds, _RunStepToolCallMay):
    """A tool that a run uses."""


_RunStepHumanRequestNeeds = TypedDict("_RunStepHumanRequestNeeds", {
    "title": "str",
}, total=True)
_RunStepHumanRequestMay = TypedDict("_RunStepHumanRequestMay", {
    "type": "Literal['approval', 'question']",
    "description": "str | None",
    "questions": "list[Any]",
}, total=False)


class RunStepHumanRequest(_RunStepHumanRequestNeeds, _RunStepHumanRequestMay):
    """What a run asks a person."""


_RunStepFileNeeds = TypedDict("_RunStepFileNeeds", {
    "name": "str",
}, total=True)
_RunStepFileMay = TypedDict("_RunStepFileMay", {
    "content_type": "str",
    "size": "int",
}, total=False)


class RunStepFile(_RunStepFileNeeds, _RunStepFileMay):
    """A file that a run makes."""


_RunStepNeeds = TypedDict("_RunStepNeeds", {
}, total=True)
_RunStepMay = TypedDict("_RunStepMay", {
    "delay_ms": "int",
    "message": "str",
    "tool_call": "RunStepToolCall",
    "file": "RunStepFile",
    "human_request": "RunStepHumanRequest",
    "status": "Literal['pending', 'running', 'waiting', 'completed', 'failed', 'interrupted']",
}, total=False)


class RunStep(_RunStepNeeds, _RunStepMay):
    """One step of a run."""


_ConnectionListV1Needs = TypedDict("_ConnectionListV1Needs", {
    "total": "int",
    "limit": "int",
    "offset": "int",
}, total=True)
_ConnectionListV1May = TypedDict("_ConnectionListV1May", {
    "connections": "list[ConnectionV1]",
    "integrations": "list[ConnectionV1]",
}, total=False)


class ConnectionListV1(_ConnectionListV1Needs, _ConnectionListV1May):
    """The object ConnectionListV1 of the contract."""


_ApiErrorNeeds = TypedDict("_ApiErrorNeeds", {
    "error": "str",
}, total=True)
_ApiErrorMay = TypedDict("_ApiErrorMay", {
    "message": "str",
}, total=False)


class ApiError(_ApiErrorNeeds, _ApiErrorMay):
    """What the API answers when it refuses."""


_FrameworkErrorNeeds = TypedDict("_FrameworkErrorNeeds", {
    "statusCode": "int",
    "error": "str",
    "message": "str",
}, total=True)
_FrameworkErrorMay = TypedDict("_FrameworkErrorMay", {
    "code": "str",
}, total=False)


class FrameworkError(_FrameworkErrorNeeds, _FrameworkErrorMay):
    """What is answered when a request is refused below the API."""


_CreateConnectionNeeds = TypedDict("_CreateConnectionNeeds", {
    "name": "str",
    "provider": "Literal['user']",
    "auth_method": "Literal['url', 'apikey', 'headers', 'oauth']",
}, total=True)
_CreateConnectionMay = TypedDict("_CreateConnectionMay", {
    "server_url": "str",
    "type": "str",
    "custom_integration_id": "str",
    "headers": "Headers",
}, total=False)


class CreateConnection(_CreateConnectionNeeds, _CreateConnectionMay):
    """The object CreateConnection of the contract."""


_ConnectionV1Needs = TypedDict("_ConnectionV1Needs", {
    "id": "str",
    "name": "str",
    "type": "str",
    "provider": "str",
    "user_id": "str | None",
    "team_id": "str",
    "composio_mcp_id": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=True)
_ConnectionV1May = TypedDict("_ConnectionV1May", {
    "server_url": "str",
    "transport_type": "Literal['stdio', 'sse', 'http']",
    "auth_method": "str | None",
    "custom_integration_id": "str | None",
    "icon_url": "str | None",
    "oauth_provider": "str | None",
    "oauth_scopes": "list[str] | None",
    "has_headers": "bool",
    "has_oauth_tokens": "bool",
    "integration_id": "str | None",
    "shared": "bool",
    "created_by": "str | None",
}, total=False)


class ConnectionV1(_ConnectionV1Needs, _ConnectionV1May):
    """A person's or a team's authorized account."""


_UpdateConnectionV1Needs = TypedDict("_UpdateConnectionV1Needs", {
}, total=True)
_UpdateConnectionV1May = TypedDict("_UpdateConnectionV1May", {
    "name": "str",
    "server_url": "str",
    "auth_method": "Literal['url', 'oauth', 'apikey', 'headers']",
    "composio_mcp_id": "str | None",
    "headers": "Headers | None",
    "shared": "bool",
}, total=False)


class UpdateConnectionV1(_UpdateConnectionV1Needs, _UpdateConnectionV1May):
    """The object UpdateConnectionV1 of the contract."""


_DoneNeeds = TypedDict("_DoneNeeds", {
    "success": "bool",
    "message": "str",
}, total=True)
_DoneMay = TypedDict("_DoneMay", {
}, total=False)


class Done(_DoneNeeds, _DoneMay):
    """The object Done of the contract."""


_ConnectionCredentialsNeeds = TypedDict("_ConnectionCredentialsNeeds", {
    "id": "str",
    "headers": "dict[str, str]",
}, total=True)
_ConnectionCredentialsMay = TypedDict("_ConnectionCredentialsMay", {
}, total=False)


class ConnectionCredentials(_ConnectionCredentialsNeeds, _ConnectionCredentialsMay):
    """The object ConnectionCredentials of the contract."""


_StartNativeOAuthV1Needs = TypedDict("_StartNativeOAuthV1Needs", {
}, total=True)
_StartNativeOAuthV1May = TypedDict("_StartNativeOAuthV1May", {
    "return_url": "str",
}, total=False)


class StartNativeOAuthV1(_StartNativeOAuthV1Needs, _StartNativeOAuthV1May):
    """The object StartNativeOAuthV1 of the contract."""


_AuthorizationUrlNeeds = TypedDict("_AuthorizationUrlNeeds", {
    "authorization_url": "str",
}, total=True)
_AuthorizationUrlMay = TypedDict("_AuthorizationUrlMay", {
}, total=False)


class AuthorizationUrl(_AuthorizationUrlNeeds, _AuthorizationUrlMay):
    """The object AuthorizationUrl of the contract."""


_StartComposioNeeds = TypedDict("_StartComposioNeeds", {
    "auth_config_id": "str",
    "callback_url": "str",
}, total=True)
_StartComposioMay = TypedDict("_StartComposioMay", {
    "auth_scheme": "str",
    "auth_fields": "dict[str, str]",
}, total=False)


class StartComposio(_StartComposioNeeds, _StartComposioMay):
    """The object StartComposio of the contract."""


_ComposioStartedNeeds = TypedDict("_ComposioStartedNeeds", {
    "redirect_url": "str | None",
    "status": "Literal['INITIATED', 'ACTIVE', 'FAILED', 'EXPIRED'] | None",
    "connected_account_id": "str",
}, total=True)
_ComposioStartedMay = TypedDict("_ComposioStartedMay", {
}, total=False)


class ComposioStarted(_ComposioStartedNeeds, _ComposioStartedMay):
    """The object ComposioStarted of the contract."""


_FinalizeComposioNeeds = TypedDict("_FinalizeComposioNeeds", {
    "app": "str",
    "integration_name": "str",
    "connected_account_id": "str",
}, total=True)
_FinalizeComposioMay = TypedDict("_FinalizeComposioMay", {
}, total=False)


class FinalizeComposio(_FinalizeComposioNeeds, _FinalizeComposioMay):
    """The object FinalizeComposio of the contract."""


_ComposioFinalizedNeeds = TypedDict("_ComposioFinalizedNeeds", {
    "integration_id": "str",
    "mcp_url": "str",
}, total=True)
_ComposioFinalizedMay = TypedDict("_ComposioFinalizedMay", {
}, total=False)


class ComposioFinalized(_ComposioFinalizedNeeds, _ComposioFinalizedMay):
    """The object ComposioFinalized of the contract."""


_ProbeMcpServerV1Needs = TypedDict("_ProbeMcpServerV1Needs", {
    "server_url": "str",
}, total=True)
_ProbeMcpServerV1May = TypedDict("_ProbeMcpServerV1May", {
    "headers": "dict[str, str]",
}, total=False)


class ProbeMcpServerV1(_ProbeMcpServerV1Needs, _ProbeMcpServerV1May):
    """The object ProbeMcpServerV1 of the contract."""


_ProbeResultNeeds = TypedDict("_ProbeResultNeeds", {
    "success": "bool",
}, total=True)
_ProbeResultMay = TypedDict("_ProbeResultMay", {
    "tools": "list[McpTool]",
    "error": "str",
}, total=False)


class ProbeResult(_ProbeResultNeeds, _ProbeResultMay):
    """The object ProbeResult of the contract."""


_CheckMcpOAuthNeeds = TypedDict("_CheckMcpOAuthNeeds", {
    "mcp_server_url": "str",
}, total=True)
_CheckMcpOAuthMay = TypedDict("_CheckMcpOAuthMay", {
}, total=False)


class CheckMcpOAuth(_CheckMcpOAuthNeeds, _CheckMcpOAuthMay):
    """The object CheckMcpOAuth of the contract."""


_McpOAuthSupportNeeds = TypedDict("_McpOAuthSupportNeeds", {
    "supports_dcr": "bool",
}, total=True)
_McpOAuthSupportMay = TypedDict("_McpOAuthSupportMay", {
    "authorization_endpoint": "str",
    "scopes": "list[str]",
}, total=False)


class McpOAuthSupport(_McpOAuthSupportNeeds, _McpOAuthSupportMay):
    """The object McpOAuthSupport of the contract."""


_StartMcpOAuthV1Needs = TypedDict("_StartMcpOAuthV1Needs", {
    "mcp_server_url": "str",
    "name": "str",
}, total=True)
_StartMcpOAuthV1May = TypedDict("_StartMcpOAuthV1May", {
    "custom_integration_id": "str",
    "return_url": "str",
    "integration_type": "str",
}, total=False)


class StartMcpOAuthV1(_StartMcpOAuthV1Needs, _StartMcpOAuthV1May):
    """The object StartMcpOAuthV1 of the contract."""


_IntegrationListV1Needs = TypedDict("_IntegrationListV1Needs", {
    "integrations": "list[ConnectionV1]",
    "total": "int",
    "limit": "int",
    "offset": "int",
}, total=True)
_IntegrationListV1May = TypedDict("_IntegrationListV1May", {
}, total=False)


class IntegrationListV1(_IntegrationListV1Needs, _IntegrationListV1May):
    """The object IntegrationListV1 of the contract."""


_CreateCustomIntegrationNeeds = TypedDict("_CreateCustomIntegrationNeeds", {
    "name": "str",
    "auth_method": "Literal['url', 'apikey', 'headers', 'oauth']",
    "server_url": "str",
}, total=True)
_CreateCustomIntegrationMay = TypedDict("_CreateCustomIntegrationMay", {
    "oauth_client_id": "str",
    "oauth_client_secret": "str",
}, total=False)


class CreateCustomIntegration(_CreateCustomIntegrationNeeds, _CreateCustomIntegrationMay):
    """The object CreateCustomIntegration of the contract."""


_ProfileReplyNeeds = TypedDict("_ProfileReplyNeeds", {
    "profile": "Profile",
}, total=True)
_ProfileReplyMay = TypedDict("_ProfileReplyMay", {
}, total=False)


class ProfileReply(_ProfileReplyNeeds, _ProfileReplyMay):
    """The object ProfileReply of the contract."""


_TeamReplyNeeds = TypedDict("_TeamReplyNeeds", {
    "team": "Team",
}, total=True)
_TeamReplyMay = TypedDict("_TeamReplyMay", {
}, total=False)


class TeamReply(_TeamReplyNeeds, _TeamReplyMay):
    """The object TeamReply of the contract."""


_RevisionIntegrationListNeeds = TypedDict("_RevisionIntegrationListNeeds", {
    "integrations": "list[RevisionIntegration]",
}, total=True)
_RevisionIntegrationListMay = TypedDict("_RevisionIntegrationListMay", {
}, total=False)


class RevisionIntegrationList(_RevisionIntegrationListNeeds, _RevisionIntegrationListMay):
    """The object RevisionIntegrationList of the contract."""


_AttachIntegrationsNeeds = TypedDict("_AttachIntegrationsNeeds", {
    "integration_ids": "list[str]",
}, total=True)
_AttachIntegrationsMay = TypedDict("_AttachIntegrationsMay", {
}, total=False)


class AttachIntegrations(_AttachIntegrationsNeeds, _AttachIntegrationsMay):
    """The object AttachIntegrations of the contract."""


_IntegrationsAttachedNeeds = TypedDict("_IntegrationsAttachedNeeds", {
    "success": "bool",
    "count": "int",
}, total=True)
_IntegrationsAttachedMay = TypedDict("_IntegrationsAttachedMay", {
}, total=False)


class IntegrationsAttached(_IntegrationsAttachedNeeds, _IntegrationsAttachedMay):
    """The object IntegrationsAttached of the contract."""


_SuccessNeeds = TypedDict("_SuccessNeeds", {
    "success": "bool",
}, total=True)
_SuccessMay = TypedDict("_SuccessMay", {
}, total=False)


class Success(_SuccessNeeds, _SuccessMay):
    """The object Success of the contract."""


_PinnedConnectionListNeeds = TypedDict("_PinnedConnectionListNeeds", {
    "connections": "list[PinnedConnection]",
}, total=True)
_PinnedConnectionListMay = TypedDict("_PinnedConnectionListMay", {
}, total=False)


class PinnedConnectionList(_PinnedConnectionListNeeds, _PinnedConnectionListMay):
    """The object PinnedConnectionList of the contract."""


_PinConnectionNeeds = TypedDict("_PinConnectionNeeds", {
    "connection_id": "str",
}, total=True)
_PinConnectionMay = TypedDict("_PinConnectionMay", {
}, total=False)


class PinConnection(_PinConnectionNeeds, _PinConnectionMay):
    """The object PinConnection of the contract."""


_CaseQueueSetupNeeds = TypedDict("_CaseQueueSetupNeeds", {
    "configs": "list[CaseQueueConfig]",
    "has_available_queues": "bool",
}, total=True)
_CaseQueueSetupMay = TypedDict("_CaseQueueSetupMay", {
}, total=False)


class CaseQueueSetup(_CaseQueueSetupNeeds, _CaseQueueSetupMay):
    """The object CaseQueueSetup of the contract."""


_LinkedQueueListNeeds = TypedDict("_LinkedQueueListNeeds", {
    "queues": "list[LinkedQueue]",
}, total=True)
_LinkedQueueListMay = TypedDict("_LinkedQueueListMay", {
}, total=False)


class LinkedQueueList(_LinkedQueueListNeeds, _LinkedQueueListMay):
    """The object LinkedQueueList of the contract."""


_ReplaceQueuesNeeds = TypedDict("_ReplaceQueuesNeeds", {
    "queue_ids": "list[str]",
}, total=True)
_ReplaceQueuesMay = TypedDict("_ReplaceQueuesMay", {
}, total=False)


class ReplaceQueues(_ReplaceQueuesNeeds, _ReplaceQueuesMay):
    """The object ReplaceQueues of the contract."""


_ScheduleListV1Needs = TypedDict("_ScheduleListV1Needs", {
    "schedules": "list[ScheduleV1]",
}, total=True)
_ScheduleListV1May = TypedDict("_ScheduleListV1May", {
}, total=False)


class ScheduleListV1(_ScheduleListV1Needs, _ScheduleListV1May):
    """The object ScheduleListV1 of the contract."""


_MemberListNeeds = TypedDict("_MemberListNeeds", {
    "members": "list[Member]",
    "total": "int",
    "limit": "int",
    "offset": "int",
}, total=True)
_MemberListMay = TypedDict("_MemberListMay", {
}, total=False)


class MemberList(_MemberListNeeds, _MemberListMay):
    """The object MemberList of the contract."""


_CreateSecretNeeds = TypedDict("_CreateSecretNeeds", {
    "name": "str",
    "values": "dict[str, str]",
}, total=True)
_CreateSecretMay = TypedDict("_CreateSecretMay", {
    "service_slug": "str | None",
    "shared": "bool",
}, total=False)


class CreateSecret(_CreateSecretNeeds, _CreateSecretMay):
    """The object CreateSecret of the contract."""


_SecretNeeds = TypedDict("_SecretNeeds", {
    "id": "str",
    "team_id": "str",
    "user_id": "str | None",
    "name": "str",
    "service_slug": "str | None",
    "env_var_keys": "list[str]",
    "created_by": "str",
    "created_at": "str",
    "updated_at": "str",
}, total=True)
_SecretMay = TypedDict("_SecretMay", {
}, total=False)


class Secret(_SecretNeeds, _SecretMay):
    """Environment variables, without their values."""


_UpdateSecretNeeds = TypedDict("_UpdateSecretNeeds", {
}, total=True)
_UpdateSecretMay = TypedDict("_UpdateSecretMay", {
    "name": "str",
    "service_slug": "str | None",
    "shared": "bool",
    "values": "dict[str, str]",
    "rename_keys": "dict[str, str]",
    "remove_keys": "list[str]",
    "add_values": "dict[str, str]",
}, total=False)


class UpdateSecret(_UpdateSecretNeeds, _UpdateSecretMay):
    """The object UpdateSecret of the contract."""


_AttachSecretNeeds = TypedDict("_AttachSecretNeeds", {
    "credentialId": "str",
}, total=True)
_AttachSecretMay = TypedDict("_AttachSecretMay", {
}, total=False)


class AttachSecret(_AttachSecretNeeds, _AttachSecretMay):
    """The object AttachSecret of the contract."""


_FolderListNeeds = TypedDict("_FolderListNeeds", {
    "folders": "list[AgentFolderListItem]",
}, total=True)
_FolderListMay = TypedDict("_FolderListMay", {
}, total=False)


class FolderList(_FolderListNeeds, _FolderListMay):
    """The object FolderList of the contract."""


_CreateFolderNeeds = TypedDict("_CreateFolderNeeds", {
    "name": "str",
}, total=True)
_CreateFolderMay = TypedDict("_CreateFolderMay", {
    "parent_folder_id": "str | None",
}, total=False)


class CreateFolder(_CreateFolderNeeds, _CreateFolderMay):
    """The object CreateFolder of the contract."""


_FolderReplyNeeds = TypedDict("_FolderReplyNeeds", {
    "folder": "AgentFolder",
}, total=True)
_FolderReplyMay = TypedDict("_FolderReplyMay", {
}, total=False)


class FolderReply(_FolderReplyNeeds, _FolderReplyMay):
    """The object FolderReply of the contract."""


_UpdateFolderNeeds = TypedDict("_UpdateFolderNeeds", {
}, total=True)
_UpdateFolderMay = TypedDict("_UpdateFolderMay", {
    "name": "str",
    "parent_folder_id": "str | None",
}, total=False)


class UpdateFolder(_UpdateFolderNeeds, _UpdateFolderMay):
    """The object UpdateFolder of the contract."""


_FolderNotEmptyNeeds = TypedDict("_FolderNotEmptyNeeds", {
    "error": "str",
    "has_contents": "bool",
    "agent_count": "int",
}, total=True)
_FolderNotEmptyMay = TypedDict("_FolderNotEmptyMay", {
    "message": "str",
}, total=False)


class FolderNotEmpty(_FolderNotEmptyNeeds, _FolderNotEmptyMay):
    """The object FolderNotEmpty of the contract."""


_MoveAgentsNeeds = TypedDict("_MoveAgentsNeeds", {
    "agent_ids": "list[str]",
    "folder_id": "str | None",
}, total=True)
_MoveAgentsMay = TypedDict("_MoveAgentsMay", {
}, total=False)


class MoveAgents(_MoveAgentsNeeds, _MoveAgentsMay):
    """The object MoveAgents of the contract."""


_AgentsMovedNeeds = TypedDict("_AgentsMovedNeeds", {
    "success": "bool",
    "moved_count": "int",
}, total=True)
_AgentsMovedMay = TypedDict("_AgentsMovedMay", {
}, total=False)


class AgentsMoved(_AgentsMovedNeeds, _AgentsMovedMay):
    """The object AgentsMoved of the contract."""


_MoveAgentsIntoNeeds = TypedDict("_MoveAgentsIntoNeeds", {
    "agent_ids": "list[str]",
}, total=True)
_MoveAgentsIntoMay = TypedDict("_MoveAgentsIntoMay", {
}, total=False)


class MoveAgentsInto(_MoveAgentsIntoNeeds, _MoveAgentsIntoMay):
    """The object MoveAgentsInto of the contract."""


_AgentListV1Needs = TypedDict("_AgentListV1Needs", {
    "agents": "list[AgentListItemV1]",
    "total": "int",
    "limit": "int",
    "offset": "int",
}, total=True)
_AgentListV1May = TypedDict("_AgentListV1May", {
}, total=False)


class AgentListV1(_AgentListV1Needs, _AgentListV1May):
    """The object AgentListV1 of the contract."""


_CreateAgentNeeds = TypedDict("_CreateAgentNeeds", {
    "name": "str",
}, total=True)
_CreateAgentMay = TypedDict("_CreateAgentMay", {
    "thread_id": "str | None",
    "source_build_id": "str | None",
    "automation_id": "str | None",
    "build": "FirstRevision",
}, total=False)


class CreateAgent(_CreateAgentNeeds, _CreateAgentMay):
    """The object CreateAgent of the contract."""


_AgentCreatedV1Needs = TypedDict("_AgentCreatedV1Needs", {
    "agent": "AgentV1",
}, total=True)
_AgentCreatedV1May = TypedDict("_AgentCreatedV1May", {
    "build": "RevisionV1",
}, total=False)


class AgentCreatedV1(_AgentCreatedV1Needs, _AgentCreatedV1May):
    """The object AgentCreatedV1 of the contract."""


_AgentReplyV1Needs = TypedDict("_AgentReplyV1Needs", {
    "agent": "AgentV1",
    "user_context": "AgentUserContext",
}, total=True)
_AgentReplyV1May = TypedDict("_AgentReplyV1May", {
}, total=False)


class AgentReplyV1(_AgentReplyV1Needs, _AgentReplyV1May):
    """The object AgentReplyV1 of the contract."""


_UpdateAgentNeeds = TypedDict("_UpdateAgentNeeds", {
}, total=True)
_UpdateAgentMay = TypedDict("_UpdateAgentMay", {
    "name": "str",
    "slack_enabled": "bool",
    "microsoft_teams_enabled": "bool",
    "agentic_memory_enabled": "bool",
    "thread_id": "str | None",
    "pinned": "bool",
}, total=False)


class UpdateAgent(_UpdateAgentNeeds, _UpdateAgentMay):
    """The object UpdateAgent of the contract."""


_RevisionListV1Needs = TypedDict("_RevisionListV1Needs", {
    "builds": "list[RevisionV1]",
    "total": "int",
    "limit": "int",
    "offset": "int",
}, total=True)
_RevisionListV1May = TypedDict("_RevisionListV1May", {
}, total=False)


class RevisionListV1(_RevisionListV1Needs, _RevisionListV1May):
    """The object RevisionListV1 of the contract."""


_CreateRevisionNeeds = TypedDict("_CreateRevisionNeeds", {
    "name": "str",
}, total=True)
_CreateRevisionMay = TypedDict("_CreateRevisionMay", {
    "config": "BuildConfig",
    "handover_target_ids": "list[str]",
    "source_build_id": "str",
}, total=False)


class CreateRevision(_CreateRevisionNeeds, _CreateRevisionMay):
    """The object CreateRevision of the contract."""


_RevisionCreatedV1Needs = TypedDict("_RevisionCreatedV1Needs", {
    "build": "RevisionV1",
    "agent": "RevisionAgent",
}, total=True)
_RevisionCreatedV1May = TypedDict("_RevisionCreatedV1May", {
}, total=False)


class RevisionCreatedV1(_RevisionCreatedV1Needs, _RevisionCreatedV1May):
    """The object RevisionCreatedV1 of the contract."""


_RevisionReplyV1Needs = TypedDict("_RevisionReplyV1Needs", {
    "build": "RevisionV1",
}, total=True)
_RevisionReplyV1May = TypedDict("_RevisionReplyV1May", {
}, total=False)


class RevisionReplyV1(_RevisionReplyV1Needs, _RevisionReplyV1May):
    """The object RevisionReplyV1 of the contract."""


_UpdateRevisionNeeds = TypedDict("_UpdateRevisionNeeds", {
}, total=True)
_UpdateRevisionMay = TypedDict("_UpdateRevisionMay", {
    "config": "dict[str, Any]",
    "handoverTargetIds": "list[str]",
    "revision_name": "str | None",
    "revision_description": "str | None",
}, total=False)


class UpdateRevision(_UpdateRevisionNeeds, _UpdateRevisionMay):
    """The object UpdateRevision of the contract."""


_ConnectionListNeeds = TypedDict("_ConnectionListNeeds", {
    "integrations": "list[Connection]",
    "total": "int",
    "limit": "int",
    "offset": "int",
}, total=True)
_ConnectionListMay = TypedDict("_ConnectionListMay", {
}, total=False)


class ConnectionList(_ConnectionListNeeds, _ConnectionListMay):
    """The object ConnectionList of the contract."""


_ConnectionNeeds = TypedDict("_ConnectionNeeds", {
    "id": "str",
    "name": "str",
    "type": "str",
    "provider": "str",
    "user_id": "str | None",
    "team_id": "str",
    "created_at": "str",
    "updated_at": "str",
}, total=True)
_ConnectionMay = TypedDict("_ConnectionMay", {
    "server_url": "str",
    "transport_type": "Literal['stdio', 'sse', 'http']",
    "auth_method": "str | None",
    "custom_integration_id": "str | None",
    "icon_url": "str | None",
    "oauth_provider": "str | None",
    "oauth_provider_key": "str | None",
    "oauth_scopes": "list[str] | None",
    "has_headers": "bool",
    "has_oauth_tokens": "bool",
    "integration_id": "str | None",
    "shared": "bool",
    "created_by": "str | None",
    "broken_at": "str | None",
    "broken_reason": "str | None",
}, total=False)


class Connection(_ConnectionNeeds, _ConnectionMay):
    """A person's or a team's authorized account."""


_UpdateConnectionNeeds = TypedDict("_UpdateConnectionNeeds", {
}, total=True)
_UpdateConnectionMay = TypedDict("_UpdateConnectionMay", {
    "name": "str",
    "server_url": "str",
    "auth_method": "Literal['url', 'oauth', 'apikey', 'headers']",
    "headers": "Headers | None",
    "shared": "bool",
}, total=False)


class UpdateConnection(_UpdateConnectionNeeds, _UpdateConnectionMay):
    """The object UpdateConnection of the contract."""


_StartNativeOAuthNeeds = TypedDict("_StartNativeOAuthNeeds", {
}, total=True)
_StartNativeOAuthMay = TypedDict("_StartNativeOAuthMay", {
    "return_url": "str",
    "reconnect_instance_id": "str",
}, total=False)


class StartNativeOAuth(_StartNativeOAuthNeeds, _StartNativeOAuthMay):
    """The object StartNativeOAuth of the contract."""


_ProbeMcpServerNeeds = TypedDict("_ProbeMcpServerNeeds", {
}, total=True)
_ProbeMcpServerMay = TypedDict("_ProbeMcpServerMay", {
    "server_url": "str",
    "integration_slug": "Literal['googlecalendar', 'google-calendar', 'gmail', 'slack', 'googledocs', 'googlesheets', 'googledrive', 'firecrawl', 'exa', 'exa-search', 'exa-company-search', 'exa-people-search', 'deep-research', 'system', 'browser-agent', 'browser-agent-devtools', 'notion', 'linear', 'confluence', 'custom_mcp', 'user_mcp', 'snowflake', 'sharepoint', 'teams', 'onedrive', 'bigquery', 'databricks', 'netsuite', 'outlook', 'microsoft-calendar', 'excel', 'word', 'saps4hana', 'md365', 'businesscentral', 'oraclefusion', 'workday', 'coupa', 'signavio', 'sap-ecc', 'msteams', 'human-in-the-loop', 'email-attachments-reader', 'document-processor', 'google-docs', 'google-sheets', 'google-drive', 'outbound-call', 'case-queue-producer', 'case-queue-consumer', 'handover', 'shopify', 'hubspot', 'zendesk', 'intercom', 'powerbi', 'salesforce', 'pipedrive', 'tableau', 'image-generation', 'forecasting', 'supabase', 'attio', 'amplitude', 'websets', 'firecrawl-platform', 'duvo-computer-use', 'duvo-computer-use-rdp', 'eu-commodity-prices', 'asana', 'ssh', 'scheduling', 'github', 'linear-native', 'notion-native', 'granola', 'apify', 'bamboohr']",
    "headers": "dict[str, str]",
}, total=False)


class ProbeMcpServer(_ProbeMcpServerNeeds, _ProbeMcpServerMay):
    """The object ProbeMcpServer of the contract."""


_StartMcpOAuthNeeds = TypedDict("_StartMcpOAuthNeeds", {
    "mcp_server_url": "str",
    "name": "str",
}, total=True)
_StartMcpOAuthMay = TypedDict("_StartMcpOAuthMay", {
    "custom_integration_id": "str",
    "return_url": "str",
    "integration_type": "str",
    "reconnect_instance_id": "str",
    "oauth_client_id": "str",
    "oauth_client_secret": "str",
}, total=False)


class StartMcpOAuth(_StartMcpOAuthNeeds, _StartMcpOAuthMay):
    """The object StartMcpOAuth of the contract."""


_IntegrationListNeeds = TypedDict("_IntegrationListNeeds", {
    "integrations": "list[Connection]",
    "total": "int",
    "limit": "int",
    "offset": "int",
}, total=True)
_IntegrationListMay = TypedDict("_IntegrationListMay", {
}, total=False)


class IntegrationList(_IntegrationListNeeds, _IntegrationListMay):
    """The object IntegrationList of the contract."""


_TeamListNeeds = TypedDict("_TeamListNeeds", {
    "teams": "list[TeamListItem]",
}, total=True)
_TeamListMay = TypedDict("_TeamListMay", {
}, total=False)


class TeamList(_TeamListNeeds, _TeamListMay):
    """The object TeamList of the contract."""


_OrganizationListNeeds = TypedDict("_OrganizationListNeeds", {
    "memberships": "list[OrganizationMembership]",
}, total=True)
_OrganizationListMay = TypedDict("_OrganizationListMay", {
}, total=False)


class OrganizationList(_OrganizationListNeeds, _OrganizationListMay):
    """The object OrganizationList of the contract."""


_OrganizationTeamListNeeds = TypedDict("_OrganizationTeamListNeeds", {
    "teams": "list[OrganizationTeam]",
    "total": "int",
}, total=True)
_OrganizationTeamListMay = TypedDict("_OrganizationTeamListMay", {
}, total=False)


class OrganizationTeamList(_OrganizationTeamListNeeds, _OrganizationTeamListMay):
    """The object OrganizationTeamList of the contract."""


_CreateTeamNeeds = TypedDict("_CreateTeamNeeds", {
    "name": "str",
}, total=True)
_CreateTeamMay = TypedDict("_CreateTeamMay", {
}, total=False)


class CreateTeam(_CreateTeamNeeds, _CreateTeamMay):
    """The object CreateTeam of the contract."""


_TeamCreatedNeeds = TypedDict("_TeamCreatedNeeds", {
    "id": "str",
    "name": "str",
}, total=True)
_TeamCreatedMay = TypedDict("_TeamCreatedMay", {
}, total=False)


class TeamCreated(_TeamCreatedNeeds, _TeamCreatedMay):
    """The object TeamCreated of the contract."""


_ScheduleListNeeds = TypedDict("_ScheduleListNeeds", {
    "schedules": "list[Schedule]",
}, total=True)
_ScheduleListMay = TypedDict("_ScheduleListMay", {
}, total=False)


class ScheduleList(_ScheduleListNeeds, _ScheduleListMay):
    """The object ScheduleList of the contract."""


_CreateScheduleNeeds = TypedDict("_CreateScheduleNeeds", {
    "enabled": "bool",
    "frequency": "Literal['every_5_minutes', 'every_15_minutes', 'hourly', 'daily', 'workday', 'weekly', 'monthly', 'custom']",
    "timezone": "str",
}, total=True)
_CreateScheduleMay = TypedDict("_CreateScheduleMay", {
    "time": "str | None",
    "day": "Literal['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] | None",
    "day_of_month": "int | None",
    "cron": "str | None",
    "recurring": "bool | None",
}, total=False)


class CreateSchedule(_CreateScheduleNeeds, _CreateScheduleMay):
    """The object CreateSchedule of the contract."""


_ScheduleNeeds = TypedDict("_ScheduleNeeds", {
    "id": "str",
    "build_id": "str",
    "agent_id": "str",
    "user_id": "str",
    "enabled": "bool",
    "frequency": "Literal['every_5_minutes', 'every_15_minutes', 'hourly', 'daily', 'workday', 'weekly', 'monthly', 'custom']",
    "time": "str | None",
    "timezone": "str",
    "day": "Literal['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] | None",
    "day_of_month": "int | None",
    "cron": "str | None",
    "source": "str | None",
    "task": "str | None",
    "recurring": "bool | None",
    "auto_disabled_at": "str | None",
    "auto_disabled_reason": "str | None",
    "consecutive_missing_connection_failures": "int",
    "first_missing_connection_failure_at": "str | None",
    "last_missing_connection_failure_at": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=True)
_ScheduleMay = TypedDict("_ScheduleMay", {
    "user_name": "str | None",
    "user_email": "str | None",
}, total=False)


class Schedule(_ScheduleNeeds, _ScheduleMay):
    """When an agent is to run on behalf of a person."""


_UpdateScheduleNeeds = TypedDict("_UpdateScheduleNeeds", {
}, total=True)
_UpdateScheduleMay = TypedDict("_UpdateScheduleMay", {
    "enabled": "bool",
    "frequency": "Literal['every_5_minutes', 'every_15_minutes', 'hourly', 'daily', 'workday', 'weekly', 'monthly', 'custom']",
    "time": "str | None",
    "timezone": "str",
    "day": "Literal['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] | None",
    "day_of_month": "int | None",
    "cron": "str | None",
    "recurring": "bool | None",
}, total=False)


class UpdateSchedule(_UpdateScheduleNeeds, _UpdateScheduleMay):
    """The object UpdateSchedule of the contract."""


_CreateLoginNeeds = TypedDict("_CreateLoginNeeds", {
    "domain": "str",
}, total=True)
_CreateLoginMay = TypedDict("_CreateLoginMay", {
    "username": "str | None",
    "password": "str | None",
    "otp_secret": "str | None",
    "shared": "bool",
}, total=False)


class CreateLogin(_CreateLoginNeeds, _CreateLoginMay):
    """The object CreateLogin of the contract."""


_LoginNeeds = TypedDict("_LoginNeeds", {
    "id": "str",
    "domain": "str",
    "username": "str | None",
    "password": "str | None",
    "otp_secret": "str | None",
    "user_id": "str | None",
    "team_id": "str",
    "created_at": "str",
    "updated_at": "str",
}, total=True)
_LoginMay = TypedDict("_LoginMay", {
}, total=False)


class Login(_LoginNeeds, _LoginMay):
    """Without its values."""


_UpdateLoginNeeds = TypedDict("_UpdateLoginNeeds", {
}, total=True)
_UpdateLoginMay = TypedDict("_UpdateLoginMay", {
    "domain": "str",
    "username": "str | None",
    "password": "str | None",
    "otp_secret": "str | None",
    "shared": "bool",
}, total=False)


class UpdateLogin(_UpdateLoginNeeds, _UpdateLoginMay):
    """The object UpdateLogin of the contract."""


_AttachLoginNeeds = TypedDict("_AttachLoginNeeds", {
    "exposedCredentialId": "str",
}, total=True)
_AttachLoginMay = TypedDict("_AttachLoginMay", {
}, total=False)


class AttachLogin(_AttachLoginNeeds, _AttachLoginMay):
    """The object AttachLogin of the contract."""


_AgentListNeeds = TypedDict("_AgentListNeeds", {
    "agents": "list[AgentListItem]",
    "total": "int",
    "limit": "int",
    "offset": "int",
}, total=True)
_AgentListMay = TypedDict("_AgentListMay", {
}, total=False)


class AgentList(_AgentListNeeds, _AgentListMay):
    """The object AgentList of the contract."""


_AgentCreatedNeeds = TypedDict("_AgentCreatedNeeds", {
    "agent": "Agent",
}, total=True)
_AgentCreatedMay = TypedDict("_AgentCreatedMay", {
    "build": "Revision",
}, total=False)


class AgentCreated(_AgentCreatedNeeds, _AgentCreatedMay):
    """The object AgentCreated of the contract."""


_AgentReplyNeeds = TypedDict("_AgentReplyNeeds", {
    "agent": "Agent",
    "user_context": "AgentUserContext",
}, total=True)
_AgentReplyMay = TypedDict("_AgentReplyMay", {
}, total=False)


class AgentReply(_AgentReplyNeeds, _AgentReplyMay):
    """The object AgentReply of the contract."""


_MoveAgentNeeds = TypedDict("_MoveAgentNeeds", {
    "target_team_id": "str",
}, total=True)
_MoveAgentMay = TypedDict("_MoveAgentMay", {
    "move_learnings": "bool",
    "bypass_standalone_gate": "bool",
}, total=False)


class MoveAgent(_MoveAgentNeeds, _MoveAgentMay):
    """The object MoveAgent of the contract."""


_AgentMovedNeeds = TypedDict("_AgentMovedNeeds", {
    "source_team_id": "str",
    "target_team_id": "str",
    "root_agent_id": "str",
    "agents": "list[MovedItem]",
    "queues": "list[MovedQueue]",
    "total_case_items": "int",
    "total_runs": "int",
    "skills_to_clone": "list[SkillToClone]",
    "files_to_copy": "list[FileToCopy]",
    "warnings": "MoveWarnings",
    "options": "MoveOptions",
    "applied": "bool",
}, total=True)
_AgentMovedMay = TypedDict("_AgentMovedMay", {
}, total=False)


class AgentMoved(_AgentMovedNeeds, _AgentMovedMay):
    """The object AgentMoved of the contract."""


_AgentNotStandaloneNeeds = TypedDict("_AgentNotStandaloneNeeds", {
    "error": "str",
    "code": "Literal['ASSIGNMENT_NOT_STANDALONE']",
    "blockers": "MoveBlockers",
}, total=True)
_AgentNotStandaloneMay = TypedDict("_AgentNotStandaloneMay", {
}, total=False)


class AgentNotStandalone(_AgentNotStandaloneNeeds, _AgentNotStandaloneMay):
    """The object AgentNotStandalone of the contract."""


_RevisionListNeeds = TypedDict("_RevisionListNeeds", {
    "builds": "list[Revision]",
    "total": "int",
    "limit": "int",
    "offset": "int",
}, total=True)
_RevisionListMay = TypedDict("_RevisionListMay", {
}, total=False)


class RevisionList(_RevisionListNeeds, _RevisionListMay):
    """The object RevisionList of the contract."""


_RevisionCreatedNeeds = TypedDict("_RevisionCreatedNeeds", {
    "build": "Revision",
    "agent": "RevisionAgent",
}, total=True)
_RevisionCreatedMay = TypedDict("_RevisionCreatedMay", {
}, total=False)


class RevisionCreated(_RevisionCreatedNeeds, _RevisionCreatedMay):
    """The object RevisionCreated of the contract."""


_RevisionReplyNeeds = TypedDict("_RevisionReplyNeeds", {
    "build": "Revision",
}, total=True)
_RevisionReplyMay = TypedDict("_RevisionReplyMay", {
}, total=False)


class RevisionReply(_RevisionReplyNeeds, _RevisionReplyMay):
    """The object RevisionReply of the contract."""


_PromoteRevisionNeeds = TypedDict("_PromoteRevisionNeeds", {
}, total=True)
_PromoteRevisionMay = TypedDict("_PromoteRevisionMay", {
    "revision_name": "str",
    "revision_description": "str | None",
}, total=False)


class PromoteRevision(_PromoteRevisionNeeds, _PromoteRevisionMay):
    """The object PromoteRevision of the contract."""


_TriggerListNeeds = TypedDict("_TriggerListNeeds", {
    "triggers": "list[Trigger]",
}, total=True)
_TriggerListMay = TypedDict("_TriggerListMay", {
}, total=False)


class TriggerList(_TriggerListNeeds, _TriggerListMay):
    """The object TriggerList of the contract."""


_UpsertTriggerNeeds = TypedDict("_UpsertTriggerNeeds", {
    "integration_slug": "str",
    "trigger_type": "str",
}, total=True)
_UpsertTriggerMay = TypedDict("_UpsertTriggerMay", {
    "filter_config": "dict[str, Any]",
    "enabled": "bool",
}, total=False)


class UpsertTrigger(_UpsertTriggerNeeds, _UpsertTriggerMay):
    """The object UpsertTrigger of the contract."""


_TriggerNeeds = TypedDict("_TriggerNeeds", {
    "id": "str",
    "agent_id": "str",
    "user_id": "str",
    "integration_slug": "str",
    "trigger_type": "str",
    "filter_config": "dict[str, Any]",
    "integration_instance_id": "str",
    "enabled": "bool",
    "auto_disabled_at": "str | None",
    "auto_disabled_reason": "str | None",
    "consecutive_missing_connection_failures": "int",
    "first_missing_connection_failure_at": "str | None",
    "last_missing_connection_failure_at": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=True)
_TriggerMay = TypedDict("_TriggerMay", {
}, total=False)


class Trigger(_TriggerNeeds, _TriggerMay):
    """What starts an agent through a person's connection."""


_TriggerTypeListNeeds = TypedDict("_TriggerTypeListNeeds", {
    "trigger_types": "list[TriggerType]",
}, total=True)
_TriggerTypeListMay = TypedDict("_TriggerTypeListMay", {
}, total=False)


class TriggerTypeList(_TriggerTypeListNeeds, _TriggerTypeListMay):
    """The object TriggerTypeList of the contract."""


_QueueListNeeds = TypedDict("_QueueListNeeds", {
    "queues": "list[Queue]",
    "total": "int",
    "limit": "int",
    "offset": "int",
}, total=True)
_QueueListMay = TypedDict("_QueueListMay", {
}, total=False)


class QueueList(_QueueListNeeds, _QueueListMay):
    """The object QueueList of the contract."""


_CreateQueueNeeds = TypedDict("_CreateQueueNeeds", {
    "name": "str",
}, total=True)
_CreateQueueMay = TypedDict("_CreateQueueMay", {
    "description": "str | None",
    "folder_id": "str | None",
    "automation_id": "str | None",
}, total=False)


class CreateQueue(_CreateQueueNeeds, _CreateQueueMay):
    """The object CreateQueue of the contract."""


_QueueReplyNeeds = TypedDict("_QueueReplyNeeds", {
    "queue": "Queue",
}, total=True)
_QueueReplyMay = TypedDict("_QueueReplyMay", {
}, total=False)


class QueueReply(_QueueReplyNeeds, _QueueReplyMay):
    """The object QueueReply of the contract."""


_UpdateQueueNeeds = TypedDict("_UpdateQueueNeeds", {
}, total=True)
_UpdateQueueMay = TypedDict("_UpdateQueueMay", {
    "name": "str",
    "description": "str | None",
    "folder_id": "str | None",
}, total=False)


class UpdateQueue(_UpdateQueueNeeds, _UpdateQueueMay):
    """The object UpdateQueue of the contract."""


_QueueDeletedNeeds = TypedDict("_QueueDeletedNeeds", {
    "success": "bool",
    "deleted_case_count": "int",
    "interrupted_run_ids": "list[str]",
}, total=True)
_QueueDeletedMay = TypedDict("_QueueDeletedMay", {
}, total=False)


class QueueDeleted(_QueueDeletedNeeds, _QueueDeletedMay):
    """The object QueueDeleted of the contract."""


_QueueAgentsNeeds = TypedDict("_QueueAgentsNeeds", {
    "queue_name": "str",
    "producers": "list[QueueProducer]",
    "consumers": "list[QueueConsumer]",
}, total=True)
_QueueAgentsMay = TypedDict("_QueueAgentsMay", {
}, total=False)


class QueueAgents(_QueueAgentsNeeds, _QueueAgentsMay):
    """The object QueueAgents of the contract."""


_CaseListNeeds = TypedDict("_CaseListNeeds", {
    "cases": "list[Case]",
    "total": "int",
    "limit": "int",
    "offset": "int",
}, total=True)
_CaseListMay = TypedDict("_CaseListMay", {
}, total=False)


class CaseList(_CaseListNeeds, _CaseListMay):
    """The object CaseList of the contract."""


_CreateCaseNeeds = TypedDict("_CreateCaseNeeds", {
    "case": "NewCase",
}, total=True)
_CreateCaseMay = TypedDict("_CreateCaseMay", {
}, total=False)


class CreateCase(_CreateCaseNeeds, _CreateCaseMay):
    """The object CreateCase of the contract."""


_CaseReplyNeeds = TypedDict("_CaseReplyNeeds", {
    "case": "Case",
}, total=True)
_CaseReplyMay = TypedDict("_CaseReplyMay", {
}, total=False)


class CaseReply(_CaseReplyNeeds, _CaseReplyMay):
    """The object CaseReply of the contract."""


_CaseTriggerListNeeds = TypedDict("_CaseTriggerListNeeds", {
    "case_triggers": "list[CaseTrigger]",
}, total=True)
_CaseTriggerListMay = TypedDict("_CaseTriggerListMay", {
}, total=False)


class CaseTriggerList(_CaseTriggerListNeeds, _CaseTriggerListMay):
    """The object CaseTriggerList of the contract."""


_CreateCaseTriggerNeeds = TypedDict("_CreateCaseTriggerNeeds", {
    "case_queue_id": "str",
    "enabled": "bool",
}, total=True)
_CreateCaseTriggerMay = TypedDict("_CreateCaseTriggerMay", {
    "concurrency": "int | None",
}, total=False)


class CreateCaseTrigger(_CreateCaseTriggerNeeds, _CreateCaseTriggerMay):
    """The object CreateCaseTrigger of the contract."""


_CaseTriggerReplyNeeds = TypedDict("_CaseTriggerReplyNeeds", {
    "case_trigger": "CaseTrigger",
}, total=True)
_CaseTriggerReplyMay = TypedDict("_CaseTriggerReplyMay", {
}, total=False)


class CaseTriggerReply(_CaseTriggerReplyNeeds, _CaseTriggerReplyMay):
    """The object CaseTriggerReply of the contract."""


_CaseTriggerConflictsNeeds = TypedDict("_CaseTriggerConflictsNeeds", {
    "has_conflict": "bool",
    "conflicting_agents": "list[ConflictingAgent]",
}, total=True)
_CaseTriggerConflictsMay = TypedDict("_CaseTriggerConflictsMay", {
}, total=False)


class CaseTriggerConflicts(_CaseTriggerConflictsNeeds, _CaseTriggerConflictsMay):
    """The object CaseTriggerConflicts of the contract."""


_UpdateCaseTriggerNeeds = TypedDict("_UpdateCaseTriggerNeeds", {
}, total=True)
_UpdateCaseTriggerMay = TypedDict("_UpdateCaseTriggerMay", {
    "case_queue_id": "str",
    "enabled": "bool",
    "concurrency": "int | None",
}, total=False)


class UpdateCaseTrigger(_UpdateCaseTriggerNeeds, _UpdateCaseTriggerMay):
    """The object UpdateCaseTrigger of the contract."""


_RunListNeeds = TypedDict("_RunListNeeds", {
    "data": "list[RunListItem]",
    "total": "int",
}, total=True)
_RunListMay = TypedDict("_RunListMay", {
}, total=False)


class RunList(_RunListNeeds, _RunListMay):
    """The object RunList of the contract."""


_StartRunNeeds = TypedDict("_StartRunNeeds", {
    "agent_id": "str",
}, total=True)
_StartRunMay = TypedDict("_StartRunMay", {
    "message": "str",
    "sandbox_id": "str",
    "webhook_url": "str",
}, total=False)


class StartRun(_StartRunNeeds, _StartRunMay):
    """The object StartRun of the contract."""


_RunStartedNeeds = TypedDict("_RunStartedNeeds", {
    "run": "Run",
}, total=True)
_RunStartedMay = TypedDict("_RunStartedMay", {
}, total=False)


class RunStarted(_RunStartedNeeds, _RunStartedMay):
    """The object RunStarted of the contract."""


_RunReplyNeeds = TypedDict("_RunReplyNeeds", {
    "run": "Run",
}, total=True)
_RunReplyMay = TypedDict("_RunReplyMay", {
    "pending_human_request": "PendingHumanRequest | None",
}, total=False)


class RunReply(_RunReplyNeeds, _RunReplyMay):
    """The object RunReply of the contract."""


_RunStoppedNeeds = TypedDict("_RunStoppedNeeds", {
    "success": "bool",
}, total=True)
_RunStoppedMay = TypedDict("_RunStoppedMay", {
    "message": "str",
}, total=False)


class RunStopped(_RunStoppedNeeds, _RunStoppedMay):
    """The object RunStopped of the contract."""


_RunMessageListNeeds = TypedDict("_RunMessageListNeeds", {
    "messages": "list[RunMessage]",
    "total": "int",
    "limit": "int",
    "offset": "int",
}, total=True)
_RunMessageListMay = TypedDict("_RunMessageListMay", {
}, total=False)


class RunMessageList(_RunMessageListNeeds, _RunMessageListMay):
    """The object RunMessageList of the contract."""


_PostRunMessageNeeds = TypedDict("_PostRunMessageNeeds", {
    "message": "str",
}, total=True)
_PostRunMessageMay = TypedDict("_PostRunMessageMay", {
}, total=False)


class PostRunMessage(_PostRunMessageNeeds, _PostRunMessageMay):
    """The object PostRunMessage of the contract."""


_RunMessageReplyNeeds = TypedDict("_RunMessageReplyNeeds", {
    "message": "RunMessage",
}, total=True)
_RunMessageReplyMay = TypedDict("_RunMessageReplyMay", {
}, total=False)


class RunMessageReply(_RunMessageReplyNeeds, _RunMessageReplyMay):
    """The object RunMessageReply of the contract."""


_RespondToHumanRequestNeeds = TypedDict("_RespondToHumanRequestNeeds", {
}, total=True)
_RespondToHumanRequestMay = TypedDict("_RespondToHumanRequestMay", {
    "answers": "dict[str, str]",
    "approved": "bool",
}, total=False)


class RespondToHumanRequest(_RespondToHumanRequestNeeds, _RespondToHumanRequestMay):
    """The object RespondToHumanRequest of the contract."""


_HumanRequestReplyNeeds = TypedDict("_HumanRequestReplyNeeds", {
    "human_request": "HumanRequest",
}, total=True)
_HumanRequestReplyMay = TypedDict("_HumanRequestReplyMay", {
}, total=False)


class HumanRequestReply(_HumanRequestReplyNeeds, _HumanRequestReplyMay):
    """The object HumanRequestReply of the contract."""


_PulseDashboardListNeeds = TypedDict("_PulseDashboardListNeeds", {
    "artifacts": "list[PulseDashboard]",
    "total": "int",
    "limit": "int",
    "offset": "int",
}, total=True)
_PulseDashboardListMay = TypedDict("_PulseDashboardListMay", {
}, total=False)


class PulseDashboardList(_PulseDashboardListNeeds, _PulseDashboardListMay):
    """The object PulseDashboardList of the contract."""


_SentenceNeeds = TypedDict("_SentenceNeeds", {
    "error": "str",
}, total=True)
_SentenceMay = TypedDict("_SentenceMay", {
}, total=False)


class Sentence(_SentenceNeeds, _SentenceMay):
    """What Duvo Pulse answers when it refuses."""


_CreatePulseDashboardNeeds = TypedDict("_CreatePulseDashboardNeeds", {
    "message": "str",
}, total=True)
_CreatePulseDashboardMay = TypedDict("_CreatePulseDashboardMay", {
    "connection_ids": "list[str]",
}, total=False)


class CreatePulseDashboard(_CreatePulseDashboardNeeds, _CreatePulseDashboardMay):
    """The object CreatePulseDashboard of the contract."""


_PulseDashboardCreatedNeeds = TypedDict("_PulseDashboardCreatedNeeds", {
    "artifact_id": "str",
    "user_message": "PulseDashboardMessage",
}, total=True)
_PulseDashboardCreatedMay = TypedDict("_PulseDashboardCreatedMay", {
}, total=False)


class PulseDashboardCreated(_PulseDashboardCreatedNeeds, _PulseDashboardCreatedMay):
    """The object PulseDashboardCreated of the contract."""


_PulseDashboardReplyNeeds = TypedDict("_PulseDashboardReplyNeeds", {
    "artifact": "PulseDashboard",
    "is_creator": "bool",
    "can_edit": "bool",
}, total=True)
_PulseDashboardReplyMay = TypedDict("_PulseDashboardReplyMay", {
}, total=False)


class PulseDashboardReply(_PulseDashboardReplyNeeds, _PulseDashboardReplyMay):
    """The object PulseDashboardReply of the contract."""


_PulseDashboardConnectionListNeeds = TypedDict("_PulseDashboardConnectionListNeeds", {
    "connections": "list[PulseDashboardConnection]",
}, total=True)
_PulseDashboardConnectionListMay = TypedDict("_PulseDashboardConnectionListMay", {
}, total=False)


class PulseDashboardConnectionList(_PulseDashboardConnectionListNeeds, _PulseDashboardConnectionListMay):
    """The object PulseDashboardConnectionList of the contract."""


_AttachPulseDashboardConnectionNeeds = TypedDict("_AttachPulseDashboardConnectionNeeds", {
    "connection_id": "str",
}, total=True)
_AttachPulseDashboardConnectionMay = TypedDict("_AttachPulseDashboardConnectionMay", {
}, total=False)


class AttachPulseDashboardConnection(_AttachPulseDashboardConnectionNeeds, _AttachPulseDashboardConnectionMay):
    """The object AttachPulseDashboardConnection of the contract."""


_SuggestionListNeeds = TypedDict("_SuggestionListNeeds", {
    "data": "list[Suggestion]",
    "pending_count": "int",
}, total=True)
_SuggestionListMay = TypedDict("_SuggestionListMay", {
}, total=False)


class SuggestionList(_SuggestionListNeeds, _SuggestionListMay):
    """The object SuggestionList of the contract."""


_ConsumeSuggestionNeeds = TypedDict("_ConsumeSuggestionNeeds", {
}, total=True)
_ConsumeSuggestionMay = TypedDict("_ConsumeSuggestionMay", {
    "revision_id": "str",
}, total=False)


class ConsumeSuggestion(_ConsumeSuggestionNeeds, _ConsumeSuggestionMay):
    """The object ConsumeSuggestion of the contract."""


_SuggestionResolvedNeeds = TypedDict("_SuggestionResolvedNeeds", {
    "data": "Suggestion",
}, total=True)
_SuggestionResolvedMay = TypedDict("_SuggestionResolvedMay", {
    "applied_revision_id": "str",
}, total=False)


class SuggestionResolved(_SuggestionResolvedNeeds, _SuggestionResolvedMay):
    """The object SuggestionResolved of the contract."""


_HealthNeeds = TypedDict("_HealthNeeds", {
    "status": "str",
}, total=True)
_HealthMay = TypedDict("_HealthMay", {
}, total=False)


class Health(_HealthNeeds, _HealthMay):
    """The object Health of the contract."""


_VersionNeeds = TypedDict("_VersionNeeds", {
    "name": "str",
    "version": "str",
}, total=True)
_VersionMay = TypedDict("_VersionMay", {
}, total=False)


class Version(_VersionNeeds, _VersionMay):
    """The object Version of the contract."""


_ConsoleFormNeeds = TypedDict("_ConsoleFormNeeds", {
    "~call": "str",
}, total=True)
_ConsoleFormMay = TypedDict("_ConsoleFormMay", {
    "~first": "str",
    "~makes": "str",
    "key": "str",
}, total=False)


class ConsoleForm(_ConsoleFormNeeds, _ConsoleFormMay):
    """The object ConsoleForm of the contract."""


_MakeSpaceNeeds = TypedDict("_MakeSpaceNeeds", {
}, total=True)
_MakeSpaceMay = TypedDict("_MakeSpaceMay", {
    "name": "str",
    "ttl_seconds": "int",
    "fixtures": "Literal['default', 'empty', 'demo'] | Fixtures | list[Literal['default', 'empty', 'demo'] | Fixtures]",
}, total=False)


class MakeSpace(_MakeSpaceNeeds, _MakeSpaceMay):
    """The object MakeSpace of the contract."""


_SpaceNeeds = TypedDict("_SpaceNeeds", {
    "name": "str",
    "base_url": "str",
    "ttl_seconds": "int | None",
    "implicit": "bool",
}, total=True)
_SpaceMay = TypedDict("_SpaceMay", {
    "api_key": "str",
    "counts": "Counts",
}, total=False)


class Space(_SpaceNeeds, _SpaceMay):
    """The object Space of the contract."""


_SpaceListNeeds = TypedDict("_SpaceListNeeds", {
    "spaces": "list[Space]",
    "total": "int",
}, total=True)
_SpaceListMay = TypedDict("_SpaceListMay", {
}, total=False)


class SpaceList(_SpaceListNeeds, _SpaceListMay):
    """The object SpaceList of the contract."""


_ResetNeeds = TypedDict("_ResetNeeds", {
}, total=True)
_ResetMay = TypedDict("_ResetMay", {
    "to": "str",
    "only": "list[Literal['data', 'requests', 'faults', 'clock', 'settings']]",
}, total=False)


class Reset(_ResetNeeds, _ResetMay):
    """The object Reset of the contract."""


_ResetDoneNeeds = TypedDict("_ResetDoneNeeds", {
    "to": "str",
    "only": "list[Literal['data', 'requests', 'faults', 'clock', 'settings']]",
    "counts": "Counts",
    "elapsed_us": "int",
}, total=True)
_ResetDoneMay = TypedDict("_ResetDoneMay", {
}, total=False)


class ResetDone(_ResetDoneNeeds, _ResetDoneMay):
    """The object ResetDone of the contract."""


_FixturesNeeds = TypedDict("_FixturesNeeds", {
}, total=True)
_FixturesMay = TypedDict("_FixturesMay", {
    "organizations": "list[FixtureOrganization]",
    "teams": "list[FixtureTeam]",
    "people": "list[FixturePerson]",
    "members": "list[FixtureMember]",
    "organization_members": "list[FixtureOrganizationMember]",
    "api_keys": "list[FixtureApiKey]",
    "integrations": "list[FixtureIntegration]",
    "custom_integrations": "list[FixtureCustomIntegration]",
    "connections": "list[FixtureConnection]",
    "secrets": "list[FixtureSecret]",
    "logins": "list[FixtureLogin]",
    "oauth_providers": "list[FixtureProvider]",
    "scopes": "list[FixtureScope]",
    "auth_configs": "list[FixtureAuthConfig]",
    "mcp_tools": "list[FixtureMcpTool]",
    "mcp_bindings": "list[FixtureMcpBinding]",
    "folders": "list[FixtureFolder]",
    "agents": "list[FixtureAgent]",
    "agent_pins": "list[FixtureAgentPin]",
    "builds": "list[FixtureBuild]",
    "build_secrets": "list[FixtureBuildSecret]",
    "build_logins": "list[FixtureBuildLogin]",
    "schedules": "list[FixtureSchedule]",
    "queues": "list[FixtureQueue]",
    "case_triggers": "list[FixtureCaseTrigger]",
    "cases": "list[FixtureCase]",
    "slots": "list[FixtureSlot]",
    "pins": "list[FixturePin]",
    "slot_queues": "list[FixtureSlotQueue]",
    "trigger_types": "list[FixtureTriggerType]",
    "triggers": "list[FixtureTrigger]",
    "runs": "list[FixtureRun]",
    "run_scripts": "list[RunScript]",
    "dashboards": "list[FixtureDashboard]",
    "dashboard_connections": "list[FixtureDashboardConnection]",
    "suggestions": "list[FixtureSuggestion]",
    "webhooks": "list[FixtureWebhook]",
    "$export": "ExportNote",
}, total=False)


class Fixtures(_FixturesNeeds, _FixturesMay):
    """The object Fixtures of the contract."""


_FixturesLoadedNeeds = TypedDict("_FixturesLoadedNeeds", {
    "counts": "Counts",
}, total=True)
_FixturesLoadedMay = TypedDict("_FixturesLoadedMay", {
}, total=False)


class FixturesLoaded(_FixturesLoadedNeeds, _FixturesLoadedMay):
    """The object FixturesLoaded of the contract."""


_SnapshotListNeeds = TypedDict("_SnapshotListNeeds", {
    "snapshots": "list[Snapshot]",
    "total": "int",
}, total=True)
_SnapshotListMay = TypedDict("_SnapshotListMay", {
}, total=False)


class SnapshotList(_SnapshotListNeeds, _SnapshotListMay):
    """The object SnapshotList of the contract."""


_SnapshotNeeds = TypedDict("_SnapshotNeeds", {
    "name": "str",
    "created_at": "str",
    "counts": "Counts",
}, total=True)
_SnapshotMay = TypedDict("_SnapshotMay", {
}, total=False)


class Snapshot(_SnapshotNeeds, _SnapshotMay):
    """The object Snapshot of the contract."""


_ClockNeeds = TypedDict("_ClockNeeds", {
    "now": "str",
    "mode": "Literal['running', 'frozen']",
    "offset_ms": "float",
}, total=True)
_ClockMay = TypedDict("_ClockMay", {
}, total=False)


class Clock(_ClockNeeds, _ClockMay):
    """The object Clock of the contract."""


_ChangeClockNeeds = TypedDict("_ChangeClockNeeds", {
    "action": "Literal['freeze', 'set', 'advance', 'resume']",
}, total=True)
_ChangeClockMay = TypedDict("_ChangeClockMay", {
    "at": "str",
    "by_seconds": "int",
}, total=False)


class ChangeClock(_ChangeClockNeeds, _ChangeClockMay):
    """The object ChangeClock of the contract."""


_SettingsNeeds = TypedDict("_SettingsNeeds", {
    "consent": "Literal['auto', 'interactive']",
    "return_params": "Literal['on', 'off']",
    "v1_list_keys": "Literal['both', 'connections', 'integrations']",
    "models": "Literal['any', 'listed']",
    "strict": "bool",
    "any_key": "bool",
    "lenient_auth_method": "bool",
    "error_ids": "bool",
    "rate_limit": "int",
    "refresh_grace_seconds": "int",
    "runs": "Literal['auto', 'script']",
    "run_pending_ms": "int",
    "run_running_ms": "int",
    "schedules": "Literal['off', 'run']",
    "trigger_failures": "int",
    "webhook_retry_seconds": "Any",
    "webhook_timeout_ms": "int",
    "webhook_headers": "WebhookHeaders",
    "webhook_payload": "Literal['envelope', 'data']",
    "seed": "int | None",
}, total=True)
_SettingsMay = TypedDict("_SettingsMay", {
}, total=False)


class Settings(_SettingsNeeds, _SettingsMay):
    """The object Settings of the contract."""


_ChangeSettingsNeeds = TypedDict("_ChangeSettingsNeeds", {
}, total=True)
_ChangeSettingsMay = TypedDict("_ChangeSettingsMay", {
    "consent": "Literal['auto', 'interactive']",
    "return_params": "Literal['on', 'off']",
    "v1_list_keys": "Literal['both', 'connections', 'integrations']",
    "models": "Literal['any', 'listed']",
    "strict": "bool",
    "any_key": "bool",
    "lenient_auth_method": "bool",
    "error_ids": "bool",
    "rate_limit": "int",
    "refresh_grace_seconds": "int",
    "runs": "Literal['auto', 'script']",
    "run_pending_ms": "int",
    "run_running_ms": "int",
    "schedules": "Literal['off', 'run']",
    "trigger_failures": "int",
    "webhook_retry_seconds": "Any",
    "webhook_timeout_ms": "int",
    "webhook_headers": "WebhookHeaders",
    "webhook_payload": "Literal['envelope', 'data']",
    "seed": "int | None",
}, total=False)


class ChangeSettings(_ChangeSettingsNeeds, _ChangeSettingsMay):
    """The object ChangeSettings of the contract."""


_RequestListNeeds = TypedDict("_RequestListNeeds", {
    "requests": "list[JournalEntry]",
    "total": "int",
    "dropped": "int",
}, total=True)
_RequestListMay = TypedDict("_RequestListMay", {
    "kept": "int",
}, total=False)


class RequestList(_RequestListNeeds, _RequestListMay):
    """The object RequestList of the contract."""


_VerifyNeeds = TypedDict("_VerifyNeeds", {
    "match": "Match",
}, total=True)
_VerifyMay = TypedDict("_VerifyMay", {
    "count": "Count",
    "times": "Count",
    "within_ms": "int",
    "quiet_ms": "int",
}, total=False)


class Verify(_VerifyNeeds, _VerifyMay):
    """The object Verify of the contract."""


_VerifiedNeeds = TypedDict("_VerifiedNeeds", {
    "matched": "int",
}, total=True)
_VerifiedMay = TypedDict("_VerifiedMay", {
}, total=False)


class Verified(_VerifiedNeeds, _VerifiedMay):
    """The object Verified of the contract."""


_MakeKeyNeeds = TypedDict("_MakeKeyNeeds", {
    "team_id": "str",
    "user_id": "str",
}, total=True)
_MakeKeyMay = TypedDict("_MakeKeyMay", {
}, total=False)


class MakeKey(_MakeKeyNeeds, _MakeKeyMay):
    """The object MakeKey of the contract."""


_KeyNeeds = TypedDict("_KeyNeeds", {
    "key": "str",
}, total=True)
_KeyMay = TypedDict("_KeyMay", {
}, total=False)


class Key(_KeyNeeds, _KeyMay):
    """The object Key of the contract."""


_OrderRunNeeds = TypedDict("_OrderRunNeeds", {
    "steps": "list[RunStep]",
}, total=True)
_OrderRunMay = TypedDict("_OrderRunMay", {
    "match": "RunMatch",
}, total=False)


class OrderRun(_OrderRunNeeds, _OrderRunMay):
    """The object OrderRun of the contract."""


_RunScriptNeeds = TypedDict("_RunScriptNeeds", {
    "id": "str",
    "steps": "list[RunStep]",
}, total=True)
_RunScriptMay = TypedDict("_RunScriptMay", {
    "match": "RunMatch",
}, total=False)


class RunScript(_RunScriptNeeds, _RunScriptMay):
    """The object RunScript of the contract."""


_RunScriptListNeeds = TypedDict("_RunScriptListNeeds", {
    "scripts": "list[RunScript]",
    "total": "int",
}, total=True)
_RunScriptListMay = TypedDict("_RunScriptListMay", {
}, total=False)


class RunScriptList(_RunScriptListNeeds, _RunScriptListMay):
    """The object RunScriptList of the contract."""


_FireTriggerNeeds = TypedDict("_FireTriggerNeeds", {
}, total=True)
_FireTriggerMay = TypedDict("_FireTriggerMay", {
    "payload": "Any",
}, total=False)


class FireTrigger(_FireTriggerNeeds, _FireTriggerMay):
    """The object FireTrigger of the contract."""


_WebhookDeliveryListNeeds = TypedDict("_WebhookDeliveryListNeeds", {
    "deliveries": "list[WebhookDelivery]",
    "total": "int",
    "limit": "int",
    "offset": "int",
}, total=True)
_WebhookDeliveryListMay = TypedDict("_WebhookDeliveryListMay", {
}, total=False)


class WebhookDeliveryList(_WebhookDeliveryListNeeds, _WebhookDeliveryListMay):
    """The object WebhookDeliveryList of the contract."""


_WebhookDeliveryNeeds = TypedDict("_WebhookDeliveryNeeds", {
    "id": "str",
    "subscription": "str | None",
    "event": "str",
    "event_id": "str",
    "url": "str",
    "state": "Literal['pending', 'retrying', 'delivered', 'failed']",
    "attempts": "str | list[DeliveryAttempt]",
    "next_attempt_at": "str | None",
    "created_at": "str",
    "finished_at": "str | None",
    "payload": "Any",
}, total=True)
_WebhookDeliveryMay = TypedDict("_WebhookDeliveryMay", {
}, total=False)


class WebhookDelivery(_WebhookDeliveryNeeds, _WebhookDeliveryMay):
    """The object WebhookDelivery of the contract."""


_MakeWebhookNeeds = TypedDict("_MakeWebhookNeeds", {
    "url": "str",
}, total=True)
_MakeWebhookMay = TypedDict("_MakeWebhookMay", {
    "events": "list[Literal['run.started', 'run.paused', 'run.completed', 'run.failed', 'run.message.created', 'run.tool_call.completed', 'run.file.created', 'human_request.created', 'human_request.responded', 'queue.case.created', 'queue.case.claimed', 'queue.case.completed', 'assignment.build.published', 'connection.updated', 'connection.action_required']] | None",
    "secret": "str",
    "scheme": "Literal['standard', 'body']",
    "paused": "bool",
}, total=False)


class MakeWebhook(_MakeWebhookNeeds, _MakeWebhookMay):
    """The object MakeWebhook of the contract."""


_WebhookNeeds = TypedDict("_WebhookNeeds", {
    "id": "str",
    "url": "str",
}, total=True)
_WebhookMay = TypedDict("_WebhookMay", {
    "events": "list[Literal['run.started', 'run.paused', 'run.completed', 'run.failed', 'run.message.created', 'run.tool_call.completed', 'run.file.created', 'human_request.created', 'human_request.responded', 'queue.case.created', 'queue.case.claimed', 'queue.case.completed', 'assignment.build.published', 'connection.updated', 'connection.action_required']] | None",
    "scheme": "Literal['standard', 'body']",
    "paused": "bool",
    "created_at": "str",
    "updated_at": "str",
    "secret": "str",
}, total=False)


class Webhook(_WebhookNeeds, _WebhookMay):
    """The object Webhook of the contract."""


_WebhookListNeeds = TypedDict("_WebhookListNeeds", {
    "webhooks": "list[Webhook]",
    "total": "int",
}, total=True)
_WebhookListMay = TypedDict("_WebhookListMay", {
}, total=False)


class WebhookList(_WebhookListNeeds, _WebhookListMay):
    """The object WebhookList of the contract."""


_ChangeWebhookNeeds = TypedDict("_ChangeWebhookNeeds", {
}, total=True)
_ChangeWebhookMay = TypedDict("_ChangeWebhookMay", {
    "url": "str",
    "events": "list[Literal['run.started', 'run.paused', 'run.completed', 'run.failed', 'run.message.created', 'run.tool_call.completed', 'run.file.created', 'human_request.created', 'human_request.responded', 'queue.case.created', 'queue.case.claimed', 'queue.case.completed', 'assignment.build.published', 'connection.updated', 'connection.action_required']] | None",
    "secret": "str",
    "scheme": "Literal['standard', 'body']",
    "paused": "bool",
}, total=False)


class ChangeWebhook(_ChangeWebhookNeeds, _ChangeWebhookMay):
    """The object ChangeWebhook of the contract."""


_InboxNeeds = TypedDict("_InboxNeeds", {
    "messages": "list[InboxEntry]",
    "total": "int",
    "dropped": "int",
}, total=True)
_InboxMay = TypedDict("_InboxMay", {
}, total=False)


class Inbox(_InboxNeeds, _InboxMay):
    """A receiver of webhooks that the mock plays."""


_OrderFaultNeeds = TypedDict("_OrderFaultNeeds", {
    "match": "Match",
    "action": "FaultAction",
}, total=True)
_OrderFaultMay = TypedDict("_OrderFaultMay", {
    "times": "int",
    "after": "int",
    "probability": "float",
    "ttl_seconds": "int",
}, total=False)


class OrderFault(_OrderFaultNeeds, _OrderFaultMay):
    """The object OrderFault of the contract."""


_FaultNeeds = TypedDict("_FaultNeeds", {
    "id": "str",
    "hits": "int",
    "hits_by_operation": "dict[str, int]",
    "match": "Match",
    "action": "FaultAction",
}, total=True)
_FaultMay = TypedDict("_FaultMay", {
    "times": "int",
    "after": "int",
    "probability": "float",
    "ttl_seconds": "int",
}, total=False)


class Fault(_FaultNeeds, _FaultMay):
    """The object Fault of the contract."""


_FaultListNeeds = TypedDict("_FaultListNeeds", {
    "faults": "list[Fault]",
    "total": "int",
}, total=True)
_FaultListMay = TypedDict("_FaultListMay", {
}, total=False)


class FaultList(_FaultListNeeds, _FaultListMay):
    """The object FaultList of the contract."""


_TransitionNeeds = TypedDict("_TransitionNeeds", {
    "to": "Literal['active', 'expired', 'revoked', 'broken']",
}, total=True)
_TransitionMay = TypedDict("_TransitionMay", {
    "reason": "str",
}, total=False)


class Transition(_TransitionNeeds, _TransitionMay):
    """The object Transition of the contract."""


_MatchSecretNeeds = TypedDict("_MatchSecretNeeds", {
    "name": "str",
    "value": "str",
}, total=True)
_MatchSecretMay = TypedDict("_MatchSecretMay", {
}, total=False)


class MatchSecret(_MatchSecretNeeds, _MatchSecretMay):
    """The object MatchSecret of the contract."""


_SecretMatchNeeds = TypedDict("_SecretMatchNeeds", {
    "match": "bool",
}, total=True)
_SecretMatchMay = TypedDict("_SecretMatchMay", {
}, total=False)


class SecretMatch(_SecretMatchNeeds, _SecretMatchMay):
    """The object SecretMatch of the contract."""


_MatchSecretValueNeeds = TypedDict("_MatchSecretValueNeeds", {
    "name": "str",
    "value": "str",
}, total=True)
_MatchSecretValueMay = TypedDict("_MatchSecretValueMay", {
}, total=False)


class MatchSecretValue(_MatchSecretValueNeeds, _MatchSecretValueMay):
    """The object MatchSecretValue of the contract."""


_MatchLoginNeeds = TypedDict("_MatchLoginNeeds", {
    "name": "Literal['password', 'otp_secret']",
    "value": "str",
}, total=True)
_MatchLoginMay = TypedDict("_MatchLoginMay", {
}, total=False)


class MatchLogin(_MatchLoginNeeds, _MatchLoginMay):
    """The object MatchLogin of the contract."""


_MatchClientSecretNeeds = TypedDict("_MatchClientSecretNeeds", {
    "name": "Literal['oauth_client_secret']",
    "value": "str",
}, total=True)
_MatchClientSecretMay = TypedDict("_MatchClientSecretMay", {
}, total=False)


class MatchClientSecret(_MatchClientSecretNeeds, _MatchClientSecretMay):
    """The object MatchClientSecret of the contract."""


_ConsentFormNeeds = TypedDict("_ConsentFormNeeds", {
}, total=True)
_ConsentFormMay = TypedDict("_ConsentFormMay", {
    "form_token": "str",
    "decision": "str",
    "account": "str",
}, total=False)


class ConsentForm(_ConsentFormNeeds, _ConsentFormMay):
    """The object ConsentForm of the contract."""


_OrderConsentNeeds = TypedDict("_OrderConsentNeeds", {
    "outcome": "Literal['approve', 'deny', 'invalid_scope', 'server_error', 'temporarily_unavailable', 'wrong_state', 'missing_code', 'expired_code', 'closed']",
}, total=True)
_OrderConsentMay = TypedDict("_OrderConsentMay", {
    "match": "Match",
    "times": "int",
}, total=False)


class OrderConsent(_OrderConsentNeeds, _OrderConsentMay):
    """The object OrderConsent of the contract."""


_ConsentOrderNeeds = TypedDict("_ConsentOrderNeeds", {
    "id": "int",
    "outcome": "Literal['approve', 'deny', 'invalid_scope', 'server_error', 'temporarily_unavailable', 'wrong_state', 'missing_code', 'expired_code', 'closed']",
    "match": "Match",
    "times": "int",
}, total=True)
_ConsentOrderMay = TypedDict("_ConsentOrderMay", {
}, total=False)


class ConsentOrder(_ConsentOrderNeeds, _ConsentOrderMay):
    """The object ConsentOrder of the contract."""


_ConsentOrderListNeeds = TypedDict("_ConsentOrderListNeeds", {
    "outcomes": "list[ConsentOrder]",
    "total": "int",
}, total=True)
_ConsentOrderListMay = TypedDict("_ConsentOrderListMay", {
}, total=False)


class ConsentOrderList(_ConsentOrderListNeeds, _ConsentOrderListMay):
    """The object ConsentOrderList of the contract."""


_CompleteFlowNeeds = TypedDict("_CompleteFlowNeeds", {
}, total=True)
_CompleteFlowMay = TypedDict("_CompleteFlowMay", {
    "authorization_url": "str",
    "connected_account_id": "str",
    "outcome": "Literal['approve', 'deny', 'invalid_scope', 'server_error', 'temporarily_unavailable', 'wrong_state', 'missing_code', 'expired_code', 'closed']",
    "account": "str",
}, total=False)


class CompleteFlow(_CompleteFlowNeeds, _CompleteFlowMay):
    """The object CompleteFlow of the contract."""


_FlowCompletedNeeds = TypedDict("_FlowCompletedNeeds", {
    "redirect_url": "str | None",
    "connection": "Connection | None",
}, total=True)
_FlowCompletedMay = TypedDict("_FlowCompletedMay", {
}, total=False)


class FlowCompleted(_FlowCompletedNeeds, _FlowCompletedMay):
    """The object FlowCompleted of the contract."""


_McpClientRegistrationNeeds = TypedDict("_McpClientRegistrationNeeds", {
    "redirect_uris": "list[str]",
}, total=True)
_McpClientRegistrationMay = TypedDict("_McpClientRegistrationMay", {
    "grant_types": "list[str]",
    "response_types": "list[str]",
    "client_name": "str",
    "client_uri": "str",
    "scope": "str",
    "token_endpoint_auth_method": "str",
    "application_type": "str",
    "software_statement": "str",
}, total=False)


class McpClientRegistration(_McpClientRegistrationNeeds, _McpClientRegistrationMay):
    """RFC 7591 section 2"""


_McpTokenRequestNeeds = TypedDict("_McpTokenRequestNeeds", {
}, total=True)
_McpTokenRequestMay = TypedDict("_McpTokenRequestMay", {
    "grant_type": "str",
    "code": "str",
    "redirect_uri": "str",
    "code_verifier": "str",
    "client_id": "str",
    "client_secret": "str",
    "refresh_token": "str",
    "scope": "str",
    "resource": "list[str]",
}, total=False)


class McpTokenRequest(_McpTokenRequestNeeds, _McpTokenRequestMay):
    """The object McpTokenRequest of the contract."""


_McpRevocationNeeds = TypedDict("_McpRevocationNeeds", {
}, total=True)
_McpRevocationMay = TypedDict("_McpRevocationMay", {
    "token": "str",
    "token_type_hint": "str",
    "client_id": "str",
    "client_secret": "str",
}, total=False)


class McpRevocation(_McpRevocationNeeds, _McpRevocationMay):
    """The object McpRevocation of the contract."""


_HeadersNeeds = TypedDict("_HeadersNeeds", {
}, total=True)
_HeadersMay = TypedDict("_HeadersMay", {
    "plaintext": "dict[str, str]",
    "secret": "dict[str, str]",
}, total=False)


class Headers(_HeadersNeeds, _HeadersMay):
    """The object Headers of the contract."""


_McpToolNeeds = TypedDict("_McpToolNeeds", {
    "name": "str",
}, total=True)
_McpToolMay = TypedDict("_McpToolMay", {
    "description": "str",
    "input_schema": "Any",
}, total=False)


class McpTool(_McpToolNeeds, _McpToolMay):
    """The object McpTool of the contract."""


_ProfileNeeds = TypedDict("_ProfileNeeds", {
    "id": "str",
    "name": "str | None",
    "email": "str",
    "teamId": "str | None",
}, total=True)
_ProfileMay = TypedDict("_ProfileMay", {
}, total=False)


class Profile(_ProfileNeeds, _ProfileMay):
    """The object Profile of the contract."""


_TeamNeeds = TypedDict("_TeamNeeds", {
    "id": "str",
    "name": "str",
    "created_at": "str",
    "organization_id": "str | None",
    "slack_team_id": "str | None",
    "discovery_mode": "str",
}, total=True)
_TeamMay = TypedDict("_TeamMay", {
}, total=False)


class Team(_TeamNeeds, _TeamMay):
    """The object Team of the contract."""


_RevisionIntegrationNeeds = TypedDict("_RevisionIntegrationNeeds", {
    "id": "str",
    "integration_id": "str | None",
    "custom_integration_id": "str | None",
    "integration_type": "str",
    "integration_name": "str",
    "created_at": "str",
}, total=True)
_RevisionIntegrationMay = TypedDict("_RevisionIntegrationMay", {
}, total=False)


class RevisionIntegration(_RevisionIntegrationNeeds, _RevisionIntegrationMay):
    """An integration that a revision uses."""


_PinnedConnectionNeeds = TypedDict("_PinnedConnectionNeeds", {
    "connection_id": "str",
    "created_at": "str",
}, total=True)
_PinnedConnectionMay = TypedDict("_PinnedConnectionMay", {
}, total=False)


class PinnedConnection(_PinnedConnectionNeeds, _PinnedConnectionMay):
    """The object PinnedConnection of the contract."""


_CaseQueueConfigNeeds = TypedDict("_CaseQueueConfigNeeds", {
    "config_id": "str",
    "integration_type": "str",
    "linked_queue_count": "int",
}, total=True)
_CaseQueueConfigMay = TypedDict("_CaseQueueConfigMay", {
}, total=False)


class CaseQueueConfig(_CaseQueueConfigNeeds, _CaseQueueConfigMay):
    """The object CaseQueueConfig of the contract."""


_LinkedQueueNeeds = TypedDict("_LinkedQueueNeeds", {
    "id": "str",
    "name": "str",
}, total=True)
_LinkedQueueMay = TypedDict("_LinkedQueueMay", {
}, total=False)


class LinkedQueue(_LinkedQueueNeeds, _LinkedQueueMay):
    """The object LinkedQueue of the contract."""


_ScheduleV1Needs = TypedDict("_ScheduleV1Needs", {
    "id": "str",
    "build_id": "str",
    "agent_id": "str",
    "user_id": "str",
    "enabled": "bool",
    "time": "str | None",
    "timezone": "str",
    "day": "Literal['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] | None",
    "day_of_month": "int | None",
    "cron": "str | None",
    "source": "str | None",
    "task": "str | None",
    "recurring": "bool | None",
    "created_at": "str",
    "updated_at": "str",
}, total=True)
_ScheduleV1May = TypedDict("_ScheduleV1May", {
    "user_name": "str | None",
    "user_email": "str | None",
}, total=False)


class ScheduleV1(_ScheduleV1Needs, _ScheduleV1May):
    """When an agent is to run on behalf of a person."""


_MemberNeeds = TypedDict("_MemberNeeds", {
    "id": "str",
    "name": "str | None",
    "email": "str",
    "role": "Literal['clarity_member', 'member', 'builder', 'manager', 'administrator', 'owner']",
    "inheritedFromOrg": "bool",
}, total=True)
_MemberMay = TypedDict("_MemberMay", {
}, total=False)


class Member(_MemberNeeds, _MemberMay):
    """The object Member of the contract."""


_AgentFolderListItemNeeds = TypedDict("_AgentFolderListItemNeeds", {
    "id": "str",
    "name": "str",
    "team_id": "str",
    "parent_folder_id": "str | None",
    "created_at": "str",
    "updated_at": "str",
    "agent_count": "int",
    "subfolder_count": "int",
}, total=True)
_AgentFolderListItemMay = TypedDict("_AgentFolderListItemMay", {
}, total=False)


class AgentFolderListItem(_AgentFolderListItemNeeds, _AgentFolderListItemMay):
    """The object AgentFolderListItem of the contract."""


_AgentFolderNeeds = TypedDict("_AgentFolderNeeds", {
    "id": "str",
    "name": "str",
    "team_id": "str",
    "parent_folder_id": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=True)
_AgentFolderMay = TypedDict("_AgentFolderMay", {
}, total=False)


class AgentFolder(_AgentFolderNeeds, _AgentFolderMay):
    """The object AgentFolder of the contract."""


_AgentListItemV1Needs = TypedDict("_AgentListItemV1Needs", {
    "id": "str",
    "name": "str",
    "slack_enabled": "bool | None",
    "microsoft_teams_enabled": "bool | None",
    "agentic_memory_enabled": "bool | None",
    "team_id": "str | None",
    "thread_id": "str | None",
    "created_at": "str | None",
    "updated_at": "str | None",
    "pinned_at": "str | None",
    "last_run_at": "str | None",
    "latest_build": "RevisionV1 | None",
    "integration_configs": "list[AgentIntegration]",
}, total=True)
_AgentListItemV1May = TypedDict("_AgentListItemV1May", {
    "folder_id": "str | None",
    "automation_id": "str | None",
    "created_by": "AgentPerson | None",
    "updated_by": "AgentPerson | None",
}, total=False)


class AgentListItemV1(_AgentListItemV1Needs, _AgentListItemV1May):
    """The object AgentListItemV1 of the contract."""


_FirstRevisionNeeds = TypedDict("_FirstRevisionNeeds", {
    "name": "str",
    "config": "BuildConfig",
}, total=True)
_FirstRevisionMay = TypedDict("_FirstRevisionMay", {
}, total=False)


class FirstRevision(_FirstRevisionNeeds, _FirstRevisionMay):
    """The object FirstRevision of the contract."""


_AgentV1Needs = TypedDict("_AgentV1Needs", {
    "id": "str",
    "name": "str",
    "slack_enabled": "bool | None",
    "microsoft_teams_enabled": "bool | None",
    "agentic_memory_enabled": "bool | None",
    "team_id": "str | None",
    "thread_id": "str | None",
    "created_at": "str | None",
    "updated_at": "str | None",
    "pinned_at": "str | None",
    "last_run_at": "str | None",
    "latest_build": "RevisionV1 | None",
    "integration_configs": "list[AgentIntegration]",
}, total=True)
_AgentV1May = TypedDict("_AgentV1May", {
    "folder_id": "str | None",
    "automation_id": "str | None",
    "created_by": "AgentPerson | None",
    "updated_by": "AgentPerson | None",
}, total=False)


class AgentV1(_AgentV1Needs, _AgentV1May):
    """What uses connections."""


_RevisionV1Needs = TypedDict("_RevisionV1Needs", {
    "id": "str",
    "copilot_id": "str",
    "agent_id": "str",
    "name": "str",
    "config": "RevisionConfig | None",
    "status": "Literal['draft', 'live', 'historic']",
    "revision_number": "int",
    "parent_build_id": "str | None",
    "created_by": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=True)
_RevisionV1May = TypedDict("_RevisionV1May", {
    "revision_name": "str | None",
    "revision_description": "str | None",
    "created_by_name": "str | None",
    "schedules": "list[ScheduleV1]",
}, total=False)


class RevisionV1(_RevisionV1Needs, _RevisionV1May):
    """A version of an agent's setup."""


_AgentUserContextNeeds = TypedDict("_AgentUserContextNeeds", {
    "pinned_at": "str | None",
}, total=True)
_AgentUserContextMay = TypedDict("_AgentUserContextMay", {
}, total=False)


class AgentUserContext(_AgentUserContextNeeds, _AgentUserContextMay):
    """The object AgentUserContext of the contract."""


_BuildConfigNeeds = TypedDict("_BuildConfigNeeds", {
    "version": "Literal['v2']",
    "data": "BuildConfigData",
}, total=True)
_BuildConfigMay = TypedDict("_BuildConfigMay", {
}, total=False)


class BuildConfig(_BuildConfigNeeds, _BuildConfigMay):
    """An agent's setup."""


_RevisionAgentNeeds = TypedDict("_RevisionAgentNeeds", {
    "id": "str",
}, total=True)
_RevisionAgentMay = TypedDict("_RevisionAgentMay", {
}, total=False)


class RevisionAgent(_RevisionAgentNeeds, _RevisionAgentMay):
    """The object RevisionAgent of the contract."""


_TeamListItemNeeds = TypedDict("_TeamListItemNeeds", {
    "id": "str",
    "name": "str",
    "organization_id": "str | None",
}, total=True)
_TeamListItemMay = TypedDict("_TeamListItemMay", {
}, total=False)


class TeamListItem(_TeamListItemNeeds, _TeamListItemMay):
    """The object TeamListItem of the contract."""


_OrganizationMembershipNeeds = TypedDict("_OrganizationMembershipNeeds", {
    "organization": "Organization",
    "role": "str",
    "memberCount": "int",
}, total=True)
_OrganizationMembershipMay = TypedDict("_OrganizationMembershipMay", {
}, total=False)


class OrganizationMembership(_OrganizationMembershipNeeds, _OrganizationMembershipMay):
    """The object OrganizationMembership of the contract."""


_OrganizationTeamNeeds = TypedDict("_OrganizationTeamNeeds", {
    "id": "str",
    "name": "str",
    "createdAt": "str",
    "discoveryMode": "Literal['request', 'auto']",
    "memberCount": "int",
    "pendingInvitationCount": "int",
    "pendingJoinRequestCount": "int",
    "userIsMember": "bool",
    "userRole": "str | None",
    "userHasPendingJoinRequest": "bool",
    "assignmentCount": "int",
    "jobCount": "int",
    "scheduledJobCount": "int",
}, total=True)
_OrganizationTeamMay = TypedDict("_OrganizationTeamMay", {
}, total=False)


class OrganizationTeam(_OrganizationTeamNeeds, _OrganizationTeamMay):
    """The object OrganizationTeam of the contract."""


_LoginListItemNeeds = TypedDict("_LoginListItemNeeds", {
    "id": "str",
    "domain": "str",
    "username": "str | None",
    "hasEnabledTOTP": "bool",
    "hasPassword": "bool",
    "user_id": "str | None",
}, total=True)
_LoginListItemMay = TypedDict("_LoginListItemMay", {
}, total=False)


class LoginListItem(_LoginListItemNeeds, _LoginListItemMay):
    """The object LoginListItem of the contract."""


_RevisionLoginNeeds = TypedDict("_RevisionLoginNeeds", {
    "id": "str",
    "user_id": "str | None",
    "team_id": "str | None",
    "domain": "str",
    "username": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=True)
_RevisionLoginMay = TypedDict("_RevisionLoginMay", {
}, total=False)


class RevisionLogin(_RevisionLoginNeeds, _RevisionLoginMay):
    """The object RevisionLogin of the contract."""


_AgentListItemNeeds = TypedDict("_AgentListItemNeeds", {
    "id": "str",
    "name": "str",
    "slack_enabled": "bool | None",
    "microsoft_teams_enabled": "bool | None",
    "agentic_memory_enabled": "bool | None",
    "team_id": "str | None",
    "thread_id": "str | None",
    "created_at": "str | None",
    "updated_at": "str | None",
    "pinned_at": "str | None",
    "last_run_at": "str | None",
    "latest_build": "Revision | None",
    "integration_configs": "list[AgentIntegration]",
    "user_triggers": "UserTriggers",
    "case_trigger_enabled": "bool",
    "case_trigger_has_conflict": "bool",
    "case_trigger_conflicting_agents": "list[ConflictingAgent]",
    "case_queue_name": "str | None",
}, total=True)
_AgentListItemMay = TypedDict("_AgentListItemMay", {
    "folder_id": "str | None",
    "automation_id": "str | None",
    "created_by": "AgentPerson | None",
    "updated_by": "AgentPerson | None",
}, total=False)


class AgentListItem(_AgentListItemNeeds, _AgentListItemMay):
    """The object AgentListItem of the contract."""


_AgentNeeds = TypedDict("_AgentNeeds", {
    "id": "str",
    "name": "str",
    "slack_enabled": "bool | None",
    "microsoft_teams_enabled": "bool | None",
    "agentic_memory_enabled": "bool | None",
    "team_id": "str | None",
    "thread_id": "str | None",
    "created_at": "str | None",
    "updated_at": "str | None",
}, total=True)
_AgentMay = TypedDict("_AgentMay", {
    "folder_id": "str | None",
    "automation_id": "str | None",
    "created_by": "AgentPerson | None",
    "updated_by": "AgentPerson | None",
}, total=False)


class Agent(_AgentNeeds, _AgentMay):
    """What uses connections."""


_RevisionNeeds = TypedDict("_RevisionNeeds", {
    "id": "str",
    "copilot_id": "str",
    "agent_id": "str",
    "name": "str",
    "config": "RevisionConfig | None",
    "status": "Literal['draft', 'live', 'historic']",
    "revision_number": "int",
    "parent_build_id": "str | None",
    "created_by": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=True)
_RevisionMay = TypedDict("_RevisionMay", {
    "revision_name": "str | None",
    "revision_description": "str | None",
    "created_by_name": "str | None",
    "schedules": "list[Schedule]",
}, total=False)


class Revision(_RevisionNeeds, _RevisionMay):
    """A version of an agent's setup."""


_MovedItemNeeds = TypedDict("_MovedItemNeeds", {
    "id": "str",
    "name": "str",
}, total=True)
_MovedItemMay = TypedDict("_MovedItemMay", {
}, total=False)


class MovedItem(_MovedItemNeeds, _MovedItemMay):
    """The object MovedItem of the contract."""


_MovedQueueNeeds = TypedDict("_MovedQueueNeeds", {
    "id": "str",
    "name": "str",
    "item_count": "int",
}, total=True)
_MovedQueueMay = TypedDict("_MovedQueueMay", {
}, total=False)


class MovedQueue(_MovedQueueNeeds, _MovedQueueMay):
    """The object MovedQueue of the contract."""


_SkillToCloneNeeds = TypedDict("_SkillToCloneNeeds", {
    "id": "str",
    "name": "str",
}, total=True)
_SkillToCloneMay = TypedDict("_SkillToCloneMay", {
}, total=False)


class SkillToClone(_SkillToCloneNeeds, _SkillToCloneMay):
    """The object SkillToClone of the contract."""


_FileToCopyNeeds = TypedDict("_FileToCopyNeeds", {
    "path": "str",
}, total=True)
_FileToCopyMay = TypedDict("_FileToCopyMay", {
}, total=False)


class FileToCopy(_FileToCopyNeeds, _FileToCopyMay):
    """The object FileToCopy of the contract."""


_MoveWarningsNeeds = TypedDict("_MoveWarningsNeeds", {
    "outcome": "MoveOutcome",
    "dropped_folders": "list[MovedItem]",
    "dropped_memory_count": "int",
    "files_copied_count": "int",
    "files_skipped_conflict": "list[str]",
}, total=True)
_MoveWarningsMay = TypedDict("_MoveWarningsMay", {
}, total=False)


class MoveWarnings(_MoveWarningsNeeds, _MoveWarningsMay):
    """The object MoveWarnings of the contract."""


_MoveOptionsNeeds = TypedDict("_MoveOptionsNeeds", {
    "move_learnings": "bool",
}, total=True)
_MoveOptionsMay = TypedDict("_MoveOptionsMay", {
}, total=False)


class MoveOptions(_MoveOptionsNeeds, _MoveOptionsMay):
    """The object MoveOptions of the contract."""


_MoveBlockersNeeds = TypedDict("_MoveBlockersNeeds", {
    "queues": "list[MovedItem]",
    "triggers": "list[MovedTrigger]",
    "handovers_outgoing": "list[MovedItem]",
    "handovers_incoming": "list[MovedItem]",
}, total=True)
_MoveBlockersMay = TypedDict("_MoveBlockersMay", {
}, total=False)


class MoveBlockers(_MoveBlockersNeeds, _MoveBlockersMay):
    """The object MoveBlockers of the contract."""


_TriggerTypeNeeds = TypedDict("_TriggerTypeNeeds", {
    "integration_slug": "str",
    "integration_name": "str",
    "icon_url": "str",
    "trigger_type": "str",
    "label": "str",
    "description": "str",
    "filter_schema": "dict[str, Any]",
}, total=True)
_TriggerTypeMay = TypedDict("_TriggerTypeMay", {
}, total=False)


class TriggerType(_TriggerTypeNeeds, _TriggerTypeMay):
    """The object TriggerType of the contract."""


_QueueNeeds = TypedDict("_QueueNeeds", {
    "id": "str",
    "name": "str",
    "description": "str | None",
    "folder_id": "str | None",
    "created_at": "str",
    "has_approvals": "bool",
}, total=True)
_QueueMay = TypedDict("_QueueMay", {
    "automation_id": "str | None",
    "team_id": "str",
}, total=False)


class Queue(_QueueNeeds, _QueueMay):
    """The object Queue of the contract."""


_QueueProducerNeeds = TypedDict("_QueueProducerNeeds", {
    "agent_id": "str",
    "agent_name": "str",
    "case_trigger_enabled": "bool",
    "case_trigger_queue_name": "str | None",
    "problems": "list[Literal['multiple_triggers', 'producer_consumer_mix']]",
}, total=True)
_QueueProducerMay = TypedDict("_QueueProducerMay", {
}, total=False)


class QueueProducer(_QueueProducerNeeds, _QueueProducerMay):
    """The object QueueProducer of the contract."""


_QueueConsumerNeeds = TypedDict("_QueueConsumerNeeds", {
    "agent_id": "str",
    "agent_name": "str",
    "case_trigger_enabled": "bool",
    "is_handover_target": "bool",
    "problems": "list[Literal['multiple_triggers', 'producer_consumer_mix']]",
}, total=True)
_QueueConsumerMay = TypedDict("_QueueConsumerMay", {
    "concurrency_limit": "int",
    "at_concurrency_limit": "bool",
}, total=False)


class QueueConsumer(_QueueConsumerNeeds, _QueueConsumerMay):
    """The object QueueConsumer of the contract."""


_CaseNeeds = TypedDict("_CaseNeeds", {
    "id": "str",
    "queue_id": "str",
    "title": "str",
    "status": "Literal['pending', 'claimed', 'completed', 'failed']",
    "claimed_by_run_id": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=True)
_CaseMay = TypedDict("_CaseMay", {
}, total=False)


class Case(_CaseNeeds, _CaseMay):
    """Work in a queue. Duvo publishes no shape of it: this is the mock's."""


_NewCaseNeeds = TypedDict("_NewCaseNeeds", {
    "title": "str",
}, total=True)
_NewCaseMay = TypedDict("_NewCaseMay", {
}, total=False)


class NewCase(_NewCaseNeeds, _NewCaseMay):
    """The object NewCase of the contract."""


_CaseTriggerNeeds = TypedDict("_CaseTriggerNeeds", {
    "id": "str",
    "agent_id": "str",
    "case_queue_id": "str",
    "case_queue_name": "str",
    "user_id": "str",
    "enabled": "bool",
    "concurrency": "int | None",
    "created_at": "str",
    "updated_at": "str",
    "creator_display_name": "str | None",
    "can_disable": "bool",
    "has_conflict": "bool",
    "conflicting_agents": "list[ConflictingAgent]",
}, total=True)
_CaseTriggerMay = TypedDict("_CaseTriggerMay", {
}, total=False)


class CaseTrigger(_CaseTriggerNeeds, _CaseTriggerMay):
    """The object CaseTrigger of the contract."""


_ConflictingAgentNeeds = TypedDict("_ConflictingAgentNeeds", {
    "id": "str",
    "name": "str",
}, total=True)
_ConflictingAgentMay = TypedDict("_ConflictingAgentMay", {
}, total=False)


class ConflictingAgent(_ConflictingAgentNeeds, _ConflictingAgentMay):
    """The object ConflictingAgent of the contract."""


_RunListItemNeeds = TypedDict("_RunListItemNeeds", {
    "id": "str",
    "created_at": "str",
    "updated_at": "str",
    "started_at": "str | None",
    "completed_at": "str | None",
    "status": "Literal['pending', 'running', 'waiting', 'completed', 'failed', 'interrupted']",
    "source": "str | None",
    "title": "str",
    "run_number": "int",
    "agent_id": "str",
    "agent_name": "str",
    "build_id": "str",
    "user_id": "str | None",
    "case_queue_item_id": "str | None",
    "case_queue_id": "str | None",
    "case_queue_name": "str | None",
    "case_title": "str | None",
    "postponed_to": "str | None",
    "submitted_prompt_count": "int",
}, total=True)
_RunListItemMay = TypedDict("_RunListItemMay", {
}, total=False)


class RunListItem(_RunListItemNeeds, _RunListItemMay):
    """The object RunListItem of the contract."""


_RunNeeds = TypedDict("_RunNeeds", {
    "id": "str",
    "agent_id": "str",
    "build_id": "str",
    "status": "Literal['pending', 'running', 'waiting', 'completed', 'failed', 'interrupted']",
    "source": "str | None",
    "sandbox_id": "str | None",
    "started_at": "str | None",
    "completed_at": "str | None",
    "created_at": "str",
    "updated_at": "str",
    "human_in_the_loop_enabled": "bool",
}, total=True)
_RunMay = TypedDict("_RunMay", {
}, total=False)


class Run(_RunNeeds, _RunMay):
    """An agent at work."""


_PendingHumanRequestNeeds = TypedDict("_PendingHumanRequestNeeds", {
    "id": "str",
    "title": "str",
    "description": "str | None",
    "created_at": "str",
    "type": "Literal['approval', 'question']",
}, total=True)
_PendingHumanRequestMay = TypedDict("_PendingHumanRequestMay", {
    "questions": "list[Question]",
}, total=False)


class PendingHumanRequest(_PendingHumanRequestNeeds, _PendingHumanRequestMay):
    """The object PendingHumanRequest of the contract."""


_RunMessageNeeds = TypedDict("_RunMessageNeeds", {
    "id": "str",
    "type": "str",
    "role": "str",
    "timestamp": "str",
}, total=True)
_RunMessageMay = TypedDict("_RunMessageMay", {
    "text_content": "str",
    "tool_call": "ToolCall",
    "tool_result": "ToolResult",
}, total=False)


class RunMessage(_RunMessageNeeds, _RunMessageMay):
    """The object RunMessage of the contract."""


_HumanRequestNeeds = TypedDict("_HumanRequestNeeds", {
    "id": "str",
    "run_id": "str",
    "title": "str",
    "description": "str | None",
    "response": "str | None",
    "responded_at": "str | None",
    "created_at": "str",
}, total=True)
_HumanRequestMay = TypedDict("_HumanRequestMay", {
}, total=False)


class HumanRequest(_HumanRequestNeeds, _HumanRequestMay):
    """The object HumanRequest of the contract."""


_PulseDashboardNeeds = TypedDict("_PulseDashboardNeeds", {
    "id": "str",
    "team_id": "str",
    "created_by_user_id": "str",
    "title": "str | None",
    "html_code_present": "bool",
    "status": "Literal['not_started', 'pending', 'running', 'completed', 'failed', 'interrupted']",
    "visibility": "Literal['private', 'team', 'organization', 'teams']",
    "publish_permission": "Literal['view', 'edit']",
    "created_at": "str",
    "updated_at": "str",
}, total=True)
_PulseDashboardMay = TypedDict("_PulseDashboardMay", {
    "thumbnail_url": "str | None",
    "refresh_frequency": "Literal['every_15_minutes', 'every_30_minutes', 'hourly', 'every_6_hours', 'daily', 'weekly'] | None",
    "last_refresh_at": "str | None",
    "next_refresh_at": "str | None",
}, total=False)


class PulseDashboard(_PulseDashboardNeeds, _PulseDashboardMay):
    """The object PulseDashboard of the contract."""


_PulseDashboardMessageNeeds = TypedDict("_PulseDashboardMessageNeeds", {
    "id": "str",
    "artifact_id": "str",
    "role": "Literal['user', 'assistant']",
    "content": "str",
    "created_at": "str",
}, total=True)
_PulseDashboardMessageMay = TypedDict("_PulseDashboardMessageMay", {
    "author_user_id": "str | None",
    "revision_id": "str | None",
    "message": "Any",
    "selected_element": "SelectedElement | None",
}, total=False)


class PulseDashboardMessage(_PulseDashboardMessageNeeds, _PulseDashboardMessageMay):
    """The object PulseDashboardMessage of the contract."""


_PulseDashboardConnectionNeeds = TypedDict("_PulseDashboardConnectionNeeds", {
    "connection_id": "str",
    "integration_id": "str | None",
    "custom_integration_id": "str | None",
    "type": "str",
    "created_at": "str",
}, total=True)
_PulseDashboardConnectionMay = TypedDict("_PulseDashboardConnectionMay", {
}, total=False)


class PulseDashboardConnection(_PulseDashboardConnectionNeeds, _PulseDashboardConnectionMay):
    """The object PulseDashboardConnection of the contract."""


_CountsNeeds = TypedDict("_CountsNeeds", {
    "connections": "int",
    "custom_integrations": "int",
    "integrations": "int",
    "teams": "int",
    "people": "int",
    "api_keys": "int",
    "agents": "int",
    "builds": "int",
    "folders": "int",
    "schedules": "int",
    "secrets": "int",
    "logins": "int",
    "triggers": "int",
    "queues": "int",
    "cases": "int",
    "case_triggers": "int",
    "runs": "int",
    "dashboards": "int",
    "suggestions": "int",
    "flows": "int",
}, total=True)
_CountsMay = TypedDict("_CountsMay", {
}, total=False)


class Counts(_CountsNeeds, _CountsMay):
    """The object Counts of the contract."""


_FixtureOrganizationNeeds = TypedDict("_FixtureOrganizationNeeds", {
    "id": "str",
    "name": "str",
}, total=True)
_FixtureOrganizationMay = TypedDict("_FixtureOrganizationMay", {
    "connections_sharing": "bool",
    "discovery_mode": "Literal['request', 'auto']",
    "created_at": "str",
}, total=False)


class FixtureOrganization(_FixtureOrganizationNeeds, _FixtureOrganizationMay):
    """The object FixtureOrganization of the contract."""


_FixtureTeamNeeds = TypedDict("_FixtureTeamNeeds", {
    "id": "str",
    "name": "str",
}, total=True)
_FixtureTeamMay = TypedDict("_FixtureTeamMay", {
    "organization_id": "str | None",
    "slack_team_id": "str | None",
    "discovery_mode": "Literal['request', 'auto', 'open']",
    "created_at": "str",
}, total=False)


class FixtureTeam(_FixtureTeamNeeds, _FixtureTeamMay):
    """The object FixtureTeam of the contract."""


_FixturePersonNeeds = TypedDict("_FixturePersonNeeds", {
    "id": "str",
    "email": "str",
}, total=True)
_FixturePersonMay = TypedDict("_FixturePersonMay", {
    "name": "str | None",
}, total=False)


class FixturePerson(_FixturePersonNeeds, _FixturePersonMay):
    """The object FixturePerson of the contract."""


_FixtureMemberNeeds = TypedDict("_FixtureMemberNeeds", {
    "team_id": "str",
    "user_id": "str",
    "role": "Literal['clarity_member', 'member', 'builder', 'manager', 'administrator', 'owner']",
}, total=True)
_FixtureMemberMay = TypedDict("_FixtureMemberMay", {
}, total=False)


class FixtureMember(_FixtureMemberNeeds, _FixtureMemberMay):
    """The object FixtureMember of the contract."""


_FixtureOrganizationMemberNeeds = TypedDict("_FixtureOrganizationMemberNeeds", {
    "organization_id": "str",
    "user_id": "str",
    "role": "Literal['owner', 'admin', 'executive', 'member']",
}, total=True)
_FixtureOrganizationMemberMay = TypedDict("_FixtureOrganizationMemberMay", {
}, total=False)


class FixtureOrganizationMember(_FixtureOrganizationMemberNeeds, _FixtureOrganizationMemberMay):
    """The object FixtureOrganizationMember of the contract."""


_FixtureApiKeyNeeds = TypedDict("_FixtureApiKeyNeeds", {
    "team_id": "str",
    "user_id": "str",
}, total=True)
_FixtureApiKeyMay = TypedDict("_FixtureApiKeyMay", {
    "key": "str",
    "key_hash": "str",
    "revoked": "bool",
}, total=False)


class FixtureApiKey(_FixtureApiKeyNeeds, _FixtureApiKeyMay):
    """The object FixtureApiKey of the contract."""


_FixtureIntegrationNeeds = TypedDict("_FixtureIntegrationNeeds", {
    "id": "str",
    "name": "str",
    "type": "str",
    "provider": "str",
}, total=True)
_FixtureIntegrationMay = TypedDict("_FixtureIntegrationMay", {
    "auth_method": "str | None",
    "icon_url": "str | None",
    "oauth_provider": "str | None",
    "oauth_provider_key": "str | None",
    "oauth_scopes": "list[str] | None",
    "created_at": "str",
    "updated_at": "str",
}, total=False)


class FixtureIntegration(_FixtureIntegrationNeeds, _FixtureIntegrationMay):
    """The object FixtureIntegration of the contract."""


_FixtureCustomIntegrationNeeds = TypedDict("_FixtureCustomIntegrationNeeds", {
    "id": "str",
    "team_id": "str",
    "name": "str",
    "auth_method": "Literal['url', 'apikey', 'headers', 'oauth']",
    "server_url": "str",
}, total=True)
_FixtureCustomIntegrationMay = TypedDict("_FixtureCustomIntegrationMay", {
    "oauth_client_id": "str",
    "oauth_client_secret": "str",
    "oauth_client_secret_sealed": "str",
    "created_by": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=False)


class FixtureCustomIntegration(_FixtureCustomIntegrationNeeds, _FixtureCustomIntegrationMay):
    """The object FixtureCustomIntegration of the contract."""


_FixtureConnectionNeeds = TypedDict("_FixtureConnectionNeeds", {
    "id": "str",
    "name": "str",
    "team_id": "str",
}, total=True)
_FixtureConnectionMay = TypedDict("_FixtureConnectionMay", {
    "type": "str",
    "provider": "str",
    "user_id": "str | None",
    "server_url": "str",
    "transport_type": "Literal['stdio', 'sse', 'http']",
    "auth_method": "str | None",
    "composio_mcp_id": "str | None",
    "custom_integration_id": "str | None",
    "icon_url": "str | None",
    "oauth_provider": "str | None",
    "oauth_provider_key": "str | None",
    "oauth_scopes": "list[str] | None",
    "has_oauth_tokens": "bool",
    "integration_id": "str | None",
    "created_by": "str | None",
    "broken_at": "str | None",
    "broken_reason": "str | None",
    "created_at": "str",
    "updated_at": "str",
    "headers": "Headers",
    "header_hashes": "dict[str, str]",
}, total=False)


class FixtureConnection(_FixtureConnectionNeeds, _FixtureConnectionMay):
    """The object FixtureConnection of the contract."""


_FixtureSecretNeeds = TypedDict("_FixtureSecretNeeds", {
    "id": "str",
    "team_id": "str",
    "name": "str",
    "created_by": "str",
}, total=True)
_FixtureSecretMay = TypedDict("_FixtureSecretMay", {
    "user_id": "str | None",
    "service_slug": "str | None",
    "created_at": "str",
    "updated_at": "str",
    "values": "dict[str, str]",
    "value_hashes": "dict[str, str]",
}, total=False)


class FixtureSecret(_FixtureSecretNeeds, _FixtureSecretMay):
    """The object FixtureSecret of the contract."""


_FixtureLoginNeeds = TypedDict("_FixtureLoginNeeds", {
    "id": "str",
    "team_id": "str",
    "domain": "str",
}, total=True)
_FixtureLoginMay = TypedDict("_FixtureLoginMay", {
    "user_id": "str | None",
    "username": "str | None",
    "created_at": "str",
    "updated_at": "str",
    "password_hash": "str",
    "otp_secret_hash": "str",
    "password": "str",
    "otp_secret": "str",
}, total=False)


class FixtureLogin(_FixtureLoginNeeds, _FixtureLoginMay):
    """The object FixtureLogin of the contract."""


_FixtureProviderNeeds = TypedDict("_FixtureProviderNeeds", {
    "key": "str",
    "type": "str",
    "name": "str",
}, total=True)
_FixtureProviderMay = TypedDict("_FixtureProviderMay", {
    "slugs": "list[str]",
    "client_id": "str",
    "outcome": "Literal['approve', 'deny', 'invalid_scope', 'server_error', 'temporarily_unavailable', 'wrong_state', 'missing_code', 'expired_code', 'closed'] | None",
}, total=False)


class FixtureProvider(_FixtureProviderNeeds, _FixtureProviderMay):
    """The object FixtureProvider of the contract."""


_FixtureScopeNeeds = TypedDict("_FixtureScopeNeeds", {
    "scope": "str",
    "about": "str",
}, total=True)
_FixtureScopeMay = TypedDict("_FixtureScopeMay", {
}, total=False)


class FixtureScope(_FixtureScopeNeeds, _FixtureScopeMay):
    """The object FixtureScope of the contract."""


_FixtureAuthConfigNeeds = TypedDict("_FixtureAuthConfigNeeds", {
    "id": "str",
    "app": "str",
    "auth_scheme": "Literal['OAUTH2', 'OAUTH1', 'API_KEY', 'BEARER_TOKEN', 'BASIC']",
}, total=True)
_FixtureAuthConfigMay = TypedDict("_FixtureAuthConfigMay", {
    "oauth_scopes": "list[str] | None",
    "team_id": "str | None",
    "outcome": "Literal['approve', 'deny', 'invalid_scope', 'server_error', 'temporarily_unavailable', 'wrong_state', 'missing_code', 'expired_code', 'closed'] | None",
}, total=False)


class FixtureAuthConfig(_FixtureAuthConfigNeeds, _FixtureAuthConfigMay):
    """The object FixtureAuthConfig of the contract."""


_FixtureMcpToolNeeds = TypedDict("_FixtureMcpToolNeeds", {
    "preset": "str",
    "name": "str",
    "input_schema": "Any",
}, total=True)
_FixtureMcpToolMay = TypedDict("_FixtureMcpToolMay", {
    "description": "str | None",
    "needs": "Literal['elicitation'] | None",
}, total=False)


class FixtureMcpTool(_FixtureMcpToolNeeds, _FixtureMcpToolMay):
    """The object FixtureMcpTool of the contract."""


_FixtureMcpBindingNeeds = TypedDict("_FixtureMcpBindingNeeds", {
    "url": "str",
    "preset": "str",
}, total=True)
_FixtureMcpBindingMay = TypedDict("_FixtureMcpBindingMay", {
}, total=False)


class FixtureMcpBinding(_FixtureMcpBindingNeeds, _FixtureMcpBindingMay):
    """The object FixtureMcpBinding of the contract."""


_FixtureFolderNeeds = TypedDict("_FixtureFolderNeeds", {
    "id": "str",
    "name": "str",
    "team_id": "str",
}, total=True)
_FixtureFolderMay = TypedDict("_FixtureFolderMay", {
    "parent_folder_id": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=False)


class FixtureFolder(_FixtureFolderNeeds, _FixtureFolderMay):
    """The object FixtureFolder of the contract."""


_FixtureAgentNeeds = TypedDict("_FixtureAgentNeeds", {
    "id": "str",
    "name": "str",
    "team_id": "str",
}, total=True)
_FixtureAgentMay = TypedDict("_FixtureAgentMay", {
    "slack_enabled": "bool | None",
    "microsoft_teams_enabled": "bool | None",
    "agentic_memory_enabled": "bool | None",
    "thread_id": "str | None",
    "folder_id": "str | None",
    "automation_id": "str | None",
    "last_run_at": "str | None",
    "created_by": "str | None",
    "updated_by": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=False)


class FixtureAgent(_FixtureAgentNeeds, _FixtureAgentMay):
    """The object FixtureAgent of the contract."""


_FixtureAgentPinNeeds = TypedDict("_FixtureAgentPinNeeds", {
    "agent_id": "str",
    "user_id": "str",
}, total=True)
_FixtureAgentPinMay = TypedDict("_FixtureAgentPinMay", {
    "pinned_at": "str",
}, total=False)


class FixtureAgentPin(_FixtureAgentPinNeeds, _FixtureAgentPinMay):
    """The object FixtureAgentPin of the contract."""


_FixtureBuildNeeds = TypedDict("_FixtureBuildNeeds", {
    "id": "str",
    "agent_id": "str",
    "revision_number": "int",
    "name": "str",
}, total=True)
_FixtureBuildMay = TypedDict("_FixtureBuildMay", {
    "revision_name": "str | None",
    "revision_description": "str | None",
    "config": "dict[str, Any] | None",
    "handover_target_ids": "list[str] | None",
    "status": "Literal['draft', 'live', 'historic']",
    "parent_build_id": "str | None",
    "created_by": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=False)


class FixtureBuild(_FixtureBuildNeeds, _FixtureBuildMay):
    """The object FixtureBuild of the contract."""


_FixtureBuildSecretNeeds = TypedDict("_FixtureBuildSecretNeeds", {
    "build_id": "str",
    "secret_id": "str",
}, total=True)
_FixtureBuildSecretMay = TypedDict("_FixtureBuildSecretMay", {
}, total=False)


class FixtureBuildSecret(_FixtureBuildSecretNeeds, _FixtureBuildSecretMay):
    """The object FixtureBuildSecret of the contract."""


_FixtureBuildLoginNeeds = TypedDict("_FixtureBuildLoginNeeds", {
    "build_id": "str",
    "login_id": "str",
}, total=True)
_FixtureBuildLoginMay = TypedDict("_FixtureBuildLoginMay", {
}, total=False)


class FixtureBuildLogin(_FixtureBuildLoginNeeds, _FixtureBuildLoginMay):
    """The object FixtureBuildLogin of the contract."""


_FixtureScheduleNeeds = TypedDict("_FixtureScheduleNeeds", {
    "id": "str",
    "agent_id": "str",
    "user_id": "str",
    "frequency": "Literal['every_5_minutes', 'every_15_minutes', 'hourly', 'daily', 'workday', 'weekly', 'monthly', 'custom']",
}, total=True)
_FixtureScheduleMay = TypedDict("_FixtureScheduleMay", {
    "enabled": "bool",
    "time": "str | None",
    "timezone": "str",
    "day": "Literal['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] | None",
    "day_of_month": "int | None",
    "cron": "str | None",
    "source": "str | None",
    "task": "str | None",
    "recurring": "bool | None",
    "auto_disabled_at": "str | None",
    "auto_disabled_reason": "str | None",
    "consecutive_missing_connection_failures": "int",
    "first_missing_connection_failure_at": "str | None",
    "last_missing_connection_failure_at": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=False)


class FixtureSchedule(_FixtureScheduleNeeds, _FixtureScheduleMay):
    """The object FixtureSchedule of the contract."""


_FixtureQueueNeeds = TypedDict("_FixtureQueueNeeds", {
    "id": "str",
    "team_id": "str",
    "name": "str",
}, total=True)
_FixtureQueueMay = TypedDict("_FixtureQueueMay", {
    "description": "str | None",
    "folder_id": "str | None",
    "automation_id": "str | None",
    "created_at": "str",
}, total=False)


class FixtureQueue(_FixtureQueueNeeds, _FixtureQueueMay):
    """The object FixtureQueue of the contract."""


_FixtureCaseTriggerNeeds = TypedDict("_FixtureCaseTriggerNeeds", {
    "id": "str",
    "agent_id": "str",
    "queue_id": "str",
    "user_id": "str",
}, total=True)
_FixtureCaseTriggerMay = TypedDict("_FixtureCaseTriggerMay", {
    "enabled": "bool",
    "concurrency": "int | None",
    "created_at": "str",
    "updated_at": "str",
}, total=False)


class FixtureCaseTrigger(_FixtureCaseTriggerNeeds, _FixtureCaseTriggerMay):
    """The object FixtureCaseTrigger of the contract."""


_FixtureCaseNeeds = TypedDict("_FixtureCaseNeeds", {
    "id": "str",
    "queue_id": "str",
    "title": "str",
}, total=True)
_FixtureCaseMay = TypedDict("_FixtureCaseMay", {
    "status": "Literal['pending', 'claimed', 'completed', 'failed']",
    "claimed_by_run_id": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=False)


class FixtureCase(_FixtureCaseNeeds, _FixtureCaseMay):
    """The object FixtureCase of the contract."""


_FixtureSlotNeeds = TypedDict("_FixtureSlotNeeds", {
    "id": "str",
    "build_id": "str",
}, total=True)
_FixtureSlotMay = TypedDict("_FixtureSlotMay", {
    "integration_id": "str",
    "custom_integration_id": "str",
    "created_at": "str",
}, total=False)


class FixtureSlot(_FixtureSlotNeeds, _FixtureSlotMay):
    """The object FixtureSlot of the contract."""


_FixturePinNeeds = TypedDict("_FixturePinNeeds", {
    "connection_id": "str",
    "slot_id": "str",
    "user_id": "str",
}, total=True)
_FixturePinMay = TypedDict("_FixturePinMay", {
    "created_at": "str",
}, total=False)


class FixturePin(_FixturePinNeeds, _FixturePinMay):
    """The object FixturePin of the contract."""


_FixtureSlotQueueNeeds = TypedDict("_FixtureSlotQueueNeeds", {
    "slot_id": "str",
    "queue_id": "str",
}, total=True)
_FixtureSlotQueueMay = TypedDict("_FixtureSlotQueueMay", {
}, total=False)


class FixtureSlotQueue(_FixtureSlotQueueNeeds, _FixtureSlotQueueMay):
    """The object FixtureSlotQueue of the contract."""


_FixtureTriggerTypeNeeds = TypedDict("_FixtureTriggerTypeNeeds", {
    "integration_slug": "str",
    "trigger_type": "str",
    "label": "str",
    "description": "str",
}, total=True)
_FixtureTriggerTypeMay = TypedDict("_FixtureTriggerTypeMay", {
    "filter_schema": "dict[str, Any]",
}, total=False)


class FixtureTriggerType(_FixtureTriggerTypeNeeds, _FixtureTriggerTypeMay):
    """The object FixtureTriggerType of the contract."""


_FixtureTriggerNeeds = TypedDict("_FixtureTriggerNeeds", {
    "id": "str",
    "agent_id": "str",
    "connection_id": "str",
    "user_id": "str",
}, total=True)
_FixtureTriggerMay = TypedDict("_FixtureTriggerMay", {
    "kind": "Literal['slack_mention', 'slack_channel', 'teams_mention']",
    "integration_slug": "str",
    "trigger_type": "str",
    "filter_config": "dict[str, Any]",
    "enabled": "bool",
    "auto_disabled_at": "str | None",
    "auto_disabled_reason": "str | None",
    "consecutive_missing_connection_failures": "int",
    "first_missing_connection_failure_at": "str | None",
    "last_missing_connection_failure_at": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=False)


class FixtureTrigger(_FixtureTriggerNeeds, _FixtureTriggerMay):
    """The object FixtureTrigger of the contract."""


_FixtureRunNeeds = TypedDict("_FixtureRunNeeds", {
    "id": "str",
    "agent_id": "str",
    "build_id": "str",
    "title": "str",
}, total=True)
_FixtureRunMay = TypedDict("_FixtureRunMay", {
    "user_id": "str | None",
    "run_number": "int",
    "status": "Literal['pending', 'running', 'waiting', 'completed', 'failed', 'interrupted']",
    "source": "str",
    "sandbox_id": "str | None",
    "webhook_url": "str | None",
    "human_in_the_loop_enabled": "bool",
    "case_id": "str | None",
    "trigger_id": "str | None",
    "scripted": "bool",
    "steps": "Any",
    "next_step": "int",
    "due_at": "str | None",
    "started_at": "str | None",
    "completed_at": "str | None",
    "created_at": "str",
    "updated_at": "str",
    "messages": "list[FixtureRunMessage]",
    "human_requests": "list[FixtureHumanRequest]",
}, total=False)


class FixtureRun(_FixtureRunNeeds, _FixtureRunMay):
    """The object FixtureRun of the contract."""


_FixtureDashboardNeeds = TypedDict("_FixtureDashboardNeeds", {
    "id": "str",
    "team_id": "str",
    "created_by_user_id": "str",
}, total=True)
_FixtureDashboardMay = TypedDict("_FixtureDashboardMay", {
    "title": "str | None",
    "message": "str | None",
    "html_code_present": "bool",
    "status": "Literal['not_started', 'pending', 'running', 'completed', 'failed', 'interrupted']",
    "visibility": "Literal['private', 'team', 'organization', 'teams']",
    "publish_permission": "Literal['view', 'edit']",
    "thumbnail_url": "str | None",
    "refresh_frequency": "Literal['every_15_minutes', 'every_30_minutes', 'hourly', 'every_6_hours', 'daily', 'weekly'] | None",
    "last_refresh_at": "str | None",
    "next_refresh_at": "str | None",
    "due_at": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=False)


class FixtureDashboard(_FixtureDashboardNeeds, _FixtureDashboardMay):
    """The object FixtureDashboard of the contract."""


_FixtureDashboardConnectionNeeds = TypedDict("_FixtureDashboardConnectionNeeds", {
    "dashboard_id": "str",
    "connection_id": "str",
}, total=True)
_FixtureDashboardConnectionMay = TypedDict("_FixtureDashboardConnectionMay", {
    "created_at": "str",
}, total=False)


class FixtureDashboardConnection(_FixtureDashboardConnectionNeeds, _FixtureDashboardConnectionMay):
    """The object FixtureDashboardConnection of the contract."""


_FixtureSuggestionNeeds = TypedDict("_FixtureSuggestionNeeds", {
    "id": "str",
    "agent_id": "str",
    "type": "Literal['connection_add', 'connection_replace', 'connection_remove']",
    "payload": "dict[str, Any]",
    "title": "str",
    "source_run_ids": "list[str]",
}, total=True)
_FixtureSuggestionMay = TypedDict("_FixtureSuggestionMay", {
    "status": "Literal['pending', 'consumed', 'rejected', 'superseded']",
    "generated_by": "Literal['connection_llm', 'eval', 'dreaming']",
    "description": "str",
    "dedup_key": "str",
    "resolved_at": "str | None",
    "resolved_by_user_id": "str | None",
    "superseded_reason": "str | None",
    "superseded_by_suggestion_id": "str | None",
    "created_at": "str",
    "updated_at": "str",
}, total=False)


class FixtureSuggestion(_FixtureSuggestionNeeds, _FixtureSuggestionMay):
    """The object FixtureSuggestion of the contract."""


_FixtureWebhookNeeds = TypedDict("_FixtureWebhookNeeds", {
    "id": "str",
    "url": "str",
}, total=True)
_FixtureWebhookMay = TypedDict("_FixtureWebhookMay", {
    "events": "list[Literal['run.started', 'run.paused', 'run.completed', 'run.failed', 'run.message.created', 'run.tool_call.completed', 'run.file.created', 'human_request.created', 'human_request.responded', 'queue.case.created', 'queue.case.claimed', 'queue.case.completed', 'assignment.build.published', 'connection.updated', 'connection.action_required']] | None",
    "scheme": "Literal['standard', 'body']",
    "paused": "bool",
    "created_at": "str",
    "updated_at": "str",
    "secret": "str",
    "secret_sealed": "str",
}, total=False)


class FixtureWebhook(_FixtureWebhookNeeds, _FixtureWebhookMay):
    """The object FixtureWebhook of the contract."""


_ExportNoteNeeds = TypedDict("_ExportNoteNeeds", {
}, total=True)
_ExportNoteMay = TypedDict("_ExportNoteMay", {
    "warnings": "list[str]",
}, total=False)


class ExportNote(_ExportNoteNeeds, _ExportNoteMay):
    """What an export says of itself; not loaded."""


_WebhookHeadersNeeds = TypedDict("_WebhookHeadersNeeds", {
}, total=True)
_WebhookHeadersMay = TypedDict("_WebhookHeadersMay", {
    "id": "str",
    "timestamp": "str",
    "signature": "str",
}, total=False)


class WebhookHeaders(_WebhookHeadersNeeds, _WebhookHeadersMay):
    """The object WebhookHeaders of the contract."""


_MatchNeeds = TypedDict("_MatchNeeds", {
}, total=True)
_MatchMay = TypedDict("_MatchMay", {
    "operation": "OperationName",
    "method": "str",
    "path": "str",
    "query": "dict[str, str]",
    "key": "str",
    "status": "int",
    "header": "dict[str, str]",
    "body": "Any",
    "origin": "Literal['client', 'self', 'any']",
    "event": "Literal['run.started', 'run.paused', 'run.completed', 'run.failed', 'run.message.created', 'run.tool_call.completed', 'run.file.created', 'human_request.created', 'human_request.responded', 'queue.case.created', 'queue.case.claimed', 'queue.case.completed', 'assignment.build.published', 'connection.updated', 'connection.action_required']",
}, total=False)


class Match(_MatchNeeds, _MatchMay):
    """Which requests are meant: all members that are given must hold."""


_RunMatchNeeds = TypedDict("_RunMatchNeeds", {
}, total=True)
_RunMatchMay = TypedDict("_RunMatchMay", {
    "agent_id": "str",
    "source": "str",
    "integration_slug": "str",
}, total=False)


class RunMatch(_RunMatchNeeds, _RunMatchMay):
    """The object RunMatch of the contract."""


_DeliveryAttemptNeeds = TypedDict("_DeliveryAttemptNeeds", {
    "at": "str",
    "duration_ms": "int",
}, total=True)
_DeliveryAttemptMay = TypedDict("_DeliveryAttemptMay", {
    "status": "int | None",
    "body": "str",
    "error": "str",
}, total=False)


class DeliveryAttempt(_DeliveryAttemptNeeds, _DeliveryAttemptMay):
    """The object DeliveryAttempt of the contract."""


_FaultActionNeeds = TypedDict("_FaultActionNeeds", {
}, total=True)
_FaultActionMay = TypedDict("_FaultActionMay", {
    "status": "int",
    "body": "Any",
    "headers": "dict[str, str]",
    "reset": "bool",
    "empty": "bool",
    "malformed_json": "bool",
    "hang": "bool",
    "truncate": "int",
    "after_handler": "bool",
    "delay_ms": "Delay",
}, total=False)


class FaultAction(_FaultActionNeeds, _FaultActionMay):
    """What goes wrong."""


_AgentPersonNeeds = TypedDict("_AgentPersonNeeds", {
    "id": "str",
    "name": "str | None",
    "email": "str",
}, total=True)
_AgentPersonMay = TypedDict("_AgentPersonMay", {
}, total=False)


class AgentPerson(_AgentPersonNeeds, _AgentPersonMay):
    """The object AgentPerson of the contract."""


_AgentIntegrationNeeds = TypedDict("_AgentIntegrationNeeds", {
    "id": "str",
    "integration_id": "str",
    "integration_type": "str",
    "integration_name": "str",
    "created_at": "str",
}, total=True)
_AgentIntegrationMay = TypedDict("_AgentIntegrationMay", {
    "icon_url": "str | None",
    "is_connected": "bool",
    "linked_queue_names": "list[str]",
}, total=False)


class AgentIntegration(_AgentIntegrationNeeds, _AgentIntegrationMay):
    """The object AgentIntegration of the contract."""


_BuildConfigDataNeeds = TypedDict("_BuildConfigDataNeeds", {
    "models": "BuildConfigModels",
    "input": "str | list[BuildConfigMessage]",
}, total=True)
_BuildConfigDataMay = TypedDict("_BuildConfigDataMay", {
    "files": "list[str] | None",
    "skills": "list[str] | None",
    "plugins": "list[str] | None",
    "subAgents": "list[str] | None",
    "options": "BuildConfigOptions",
}, total=False)


class BuildConfigData(_BuildConfigDataNeeds, _BuildConfigDataMay):
    """The object BuildConfigData of the contract."""


_OrganizationNeeds = TypedDict("_OrganizationNeeds", {
    "id": "str",
    "name": "str",
    "discoveryMode": "str",
    "createdAt": "str",
}, total=True)
_OrganizationMay = TypedDict("_OrganizationMay", {
}, total=False)


class Organization(_OrganizationNeeds, _OrganizationMay):
    """The object Organization of the contract."""


_UserTriggersNeeds = TypedDict("_UserTriggersNeeds", {
    "slack_mention": "bool",
    "slack_channel": "bool",
    "teams_mention": "bool",
}, total=True)
_UserTriggersMay = TypedDict("_UserTriggersMay", {
}, total=False)


class UserTriggers(_UserTriggersNeeds, _UserTriggersMay):
    """The object UserTriggers of the contract."""


_MoveOutcomeNeeds = TypedDict("_MoveOutcomeNeeds", {
    "instances_reconnected": "list[MovedInstance]",
    "instances_disconnected": "list[MovedInstance]",
    "custom_integrations_to_rebuild": "list[CustomIntegrationToRebuild]",
    "catalog_rows_created_on_target": "int",
}, total=True)
_MoveOutcomeMay = TypedDict("_MoveOutcomeMay", {
}, total=False)


class MoveOutcome(_MoveOutcomeNeeds, _MoveOutcomeMay):
    """The object MoveOutcome of the contract."""


_MovedTriggerNeeds = TypedDict("_MovedTriggerNeeds", {
    "id": "str",
    "name": "str",
}, total=True)
_MovedTriggerMay = TypedDict("_MovedTriggerMay", {
}, total=False)


class MovedTrigger(_MovedTriggerNeeds, _MovedTriggerMay):
    """The object MovedTrigger of the contract."""


_QuestionNeeds = TypedDict("_QuestionNeeds", {
    "question": "str",
}, total=True)
_QuestionMay = TypedDict("_QuestionMay", {
    "header": "str",
    "options": "list[QuestionOption]",
    "multi_select": "bool",
}, total=False)


class Question(_QuestionNeeds, _QuestionMay):
    """The object Question of the contract."""


_ToolCallNeeds = TypedDict("_ToolCallNeeds", {
    "id": "str",
    "name": "str",
}, total=True)
_ToolCallMay = TypedDict("_ToolCallMay", {
    "arguments": "Any",
}, total=False)


class ToolCall(_ToolCallNeeds, _ToolCallMay):
    """The object ToolCall of the contract."""


_ToolResultNeeds = TypedDict("_ToolResultNeeds", {
    "tool_call_id": "str",
}, total=True)
_ToolResultMay = TypedDict("_ToolResultMay", {
    "result": "Any",
    "error": "str",
}, total=False)


class ToolResult(_ToolResultNeeds, _ToolResultMay):
    """The object ToolResult of the contract."""


_SelectedElementNeeds = TypedDict("_SelectedElementNeeds", {
    "selector": "str",
    "label": "str",
    "tag_name": "str",
    "outer_html": "str",
}, total=True)
_SelectedElementMay = TypedDict("_SelectedElementMay", {
    "text": "str",
}, total=False)


class SelectedElement(_SelectedElementNeeds, _SelectedElementMay):
    """The object SelectedElement of the contract."""


_ConnectionAddSuggestionNeeds = TypedDict("_ConnectionAddSuggestionNeeds", {
    "type": "Literal['connection_add']",
    "id": "str",
    "agent_id": "str",
    "status": "Literal['pending', 'consumed', 'rejected', 'superseded']",
    "generated_by": "Literal['connection_llm', 'eval', 'dreaming']",
    "title": "str",
    "description": "str",
    "dedup_key": "str",
    "resolved_at": "str | None",
    "resolved_by_user_id": "str | None",
    "superseded_reason": "str | None",
    "superseded_by_suggestion_id": "str | None",
    "created_at": "str",
    "updated_at": "str",
    "sources": "list[SuggestionSource]",
    "payload": "SuggestionToAdd",
}, total=True)
_ConnectionAddSuggestionMay = TypedDict("_ConnectionAddSuggestionMay", {
}, total=False)


class ConnectionAddSuggestion(_ConnectionAddSuggestionNeeds, _ConnectionAddSuggestionMay):
    """The object ConnectionAddSuggestion of the contract."""


_ConnectionReplaceSuggestionNeeds = TypedDict("_ConnectionReplaceSuggestionNeeds", {
    "type": "Literal['connection_replace']",
    "id": "str",
    "agent_id": "str",
    "status": "Literal['pending', 'consumed', 'rejected', 'superseded']",
    "generated_by": "Literal['connection_llm', 'eval', 'dreaming']",
    "title": "str",
    "description": "str",
    "dedup_key": "str",
    "resolved_at": "str | None",
    "resolved_by_user_id": "str | None",
    "superseded_reason": "str | None",
    "superseded_by_suggestion_id": "str | None",
    "created_at": "str",
    "updated_at": "str",
    "sources": "list[SuggestionSource]",
    "payload": "SuggestionToReplace",
}, total=True)
_ConnectionReplaceSuggestionMay = TypedDict("_ConnectionReplaceSuggestionMay", {
}, total=False)


class ConnectionReplaceSuggestion(_ConnectionReplaceSuggestionNeeds, _ConnectionReplaceSuggestionMay):
    """The object ConnectionReplaceSuggestion of the contract."""


_ConnectionRemoveSuggestionNeeds = TypedDict("_ConnectionRemoveSuggestionNeeds", {
    "type": "Literal['connection_remove']",
    "id": "str",
    "agent_id": "str",
    "status": "Literal['pending', 'consumed', 'rejected', 'superseded']",
    "generated_by": "Literal['connection_llm', 'eval', 'dreaming']",
    "title": "str",
    "description": "str",
    "dedup_key": "str",
    "resolved_at": "str | None",
    "resolved_by_user_id": "str | None",
    "superseded_reason": "str | None",
    "superseded_by_suggestion_id": "str | None",
    "created_at": "str",
    "updated_at": "str",
    "sources": "list[SuggestionSource]",
    "payload": "SuggestionToRemove",
}, total=True)
_ConnectionRemoveSuggestionMay = TypedDict("_ConnectionRemoveSuggestionMay", {
}, total=False)


class ConnectionRemoveSuggestion(_ConnectionRemoveSuggestionNeeds, _ConnectionRemoveSuggestionMay):
    """The object ConnectionRemoveSuggestion of the contract."""


_FixtureRunMessageNeeds = TypedDict("_FixtureRunMessageNeeds", {
    "id": "str",
}, total=True)
_FixtureRunMessageMay = TypedDict("_FixtureRunMessageMay", {
    "type": "str",
    "role": "str",
    "timestamp": "str",
    "text_content": "str",
    "tool_call": "Any",
    "tool_result": "Any",
}, total=False)


class FixtureRunMessage(_FixtureRunMessageNeeds, _FixtureRunMessageMay):
    """The object FixtureRunMessage of the contract."""


_FixtureHumanRequestNeeds = TypedDict("_FixtureHumanRequestNeeds", {
    "id": "str",
    "title": "str",
}, total=True)
_FixtureHumanRequestMay = TypedDict("_FixtureHumanRequestMay", {
    "type": "Literal['approval', 'question']",
    "description": "str | None",
    "questions": "Any",
    "response": "str | None",
    "responded_at": "str | None",
    "created_at": "str",
}, total=False)


class FixtureHumanRequest(_FixtureHumanRequestNeeds, _FixtureHumanRequestMay):
    """The object FixtureHumanRequest of the contract."""


_RevisionConfigV1Needs = TypedDict("_RevisionConfigV1Needs", {
    "version": "Literal['v1']",
}, total=True)
_RevisionConfigV1May = TypedDict("_RevisionConfigV1May", {
    "data": "Any",
}, total=False)


class RevisionConfigV1(_RevisionConfigV1Needs, _RevisionConfigV1May):
    """A setup of the format's first version."""


_RevisionConfigV2Needs = TypedDict("_RevisionConfigV2Needs", {
}, total=True)
_RevisionConfigV2May = TypedDict("_RevisionConfigV2May", {
    "version": "Literal['v2']",
    "data": "RevisionConfigData",
}, total=False)


class RevisionConfigV2(_RevisionConfigV2Needs, _RevisionConfigV2May):
    """An agent's setup."""


_BuildConfigModelsNeeds = TypedDict("_BuildConfigModelsNeeds", {
    "agent": "BuildConfigAgentModel",
    "browsing": "BuildConfigBrowsingModel",
}, total=True)
_BuildConfigModelsMay = TypedDict("_BuildConfigModelsMay", {
}, total=False)


class BuildConfigModels(_BuildConfigModelsNeeds, _BuildConfigModelsMay):
    """The object BuildConfigModels of the contract."""


_BuildConfigMessageNeeds = TypedDict("_BuildConfigMessageNeeds", {
    "role": "Literal['system', 'user', 'assistant']",
    "content": "str | list[BuildConfigBlock]",
}, total=True)
_BuildConfigMessageMay = TypedDict("_BuildConfigMessageMay", {
    "type": "Literal['message'] | None",
}, total=False)


class BuildConfigMessage(_BuildConfigMessageNeeds, _BuildConfigMessageMay):
    """The object BuildConfigMessage of the contract."""


_BuildConfigOptionsNeeds = TypedDict("_BuildConfigOptionsNeeds", {
}, total=True)
_BuildConfigOptionsMay = TypedDict("_BuildConfigOptionsMay", {
    "browserProvider": "Literal['browserbase', 'browser-use']",
    "evaluationSchemaId": "str",
    "benchmarkExpectedOutcomes": "list[BuildConfigExpectedOutcome]",
}, total=False)


class BuildConfigOptions(_BuildConfigOptionsNeeds, _BuildConfigOptionsMay):
    """Other members are kept and shown, too."""


_MovedInstanceNeeds = TypedDict("_MovedInstanceNeeds", {
    "agent_id": "str",
    "agent_name": "str",
    "integration_type": "str",
    "integration_name": "str",
    "instance_name": "str",
    "decision": "Literal['reuse', 'needs_reconnect', 'unmatched_integration', 'custom_to_rebuild']",
}, total=True)
_MovedInstanceMay = TypedDict("_MovedInstanceMay", {
}, total=False)


class MovedInstance(_MovedInstanceNeeds, _MovedInstanceMay):
    """The object MovedInstance of the contract."""


_CustomIntegrationToRebuildNeeds = TypedDict("_CustomIntegrationToRebuildNeeds", {
    "agent_id": "str",
    "agent_name": "str",
    "custom_integration_name": "str",
}, total=True)
_CustomIntegrationToRebuildMay = TypedDict("_CustomIntegrationToRebuildMay", {
}, total=False)


class CustomIntegrationToRebuild(_CustomIntegrationToRebuildNeeds, _CustomIntegrationToRebuildMay):
    """The object CustomIntegrationToRebuild of the contract."""


_QuestionOptionNeeds = TypedDict("_QuestionOptionNeeds", {
    "label": "str",
}, total=True)
_QuestionOptionMay = TypedDict("_QuestionOptionMay", {
    "description": "str",
}, total=False)


class QuestionOption(_QuestionOptionNeeds, _QuestionOptionMay):
    """The object QuestionOption of the contract."""


_SuggestionSourceNeeds = TypedDict("_SuggestionSourceNeeds", {
    "agent_run_id": "str",
    "run_number": "int",
    "created_at": "str",
}, total=True)
_SuggestionSourceMay = TypedDict("_SuggestionSourceMay", {
}, total=False)


class SuggestionSource(_SuggestionSourceNeeds, _SuggestionSourceMay):
    """The object SuggestionSource of the contract."""


_SuggestionToAddNeeds = TypedDict("_SuggestionToAddNeeds", {
    "toSlug": "str",
    "toIntegrationId": "str",
}, total=True)
_SuggestionToAddMay = TypedDict("_SuggestionToAddMay", {
}, total=False)


class SuggestionToAdd(_SuggestionToAddNeeds, _SuggestionToAddMay):
    """The object SuggestionToAdd of the contract."""


_SuggestionToReplaceNeeds = TypedDict("_SuggestionToReplaceNeeds", {
    "fromSlug": "str",
    "toSlug": "str",
    "toIntegrationId": "str",
}, total=True)
_SuggestionToReplaceMay = TypedDict("_SuggestionToReplaceMay", {
}, total=False)


class SuggestionToReplace(_SuggestionToReplaceNeeds, _SuggestionToReplaceMay):
    """The object SuggestionToReplace of the contract."""


_SuggestionToRemoveNeeds = TypedDict("_SuggestionToRemoveNeeds", {
    "slug": "str",
}, total=True)
_SuggestionToRemoveMay = TypedDict("_SuggestionToRemoveMay", {
}, total=False)


class SuggestionToRemove(_SuggestionToRemoveNeeds, _SuggestionToRemoveMay):
    """The object SuggestionToRemove of the contract."""


_RevisionConfigDataNeeds = TypedDict("_RevisionConfigDataNeeds", {
}, total=True)
_RevisionConfigDataMay = TypedDict("_RevisionConfigDataMay", {
    "models": "RevisionConfigModels",
    "input": "str | list[RevisionConfigMessage]",
    "files": "list[str] | None",
    "skills": "list[str] | None",
    "plugins": "list[str] | None",
    "subAgents": "list[str] | None",
    "options": "RevisionConfigOptions",
}, total=False)


class RevisionConfigData(_RevisionConfigDataNeeds, _RevisionConfigDataMay):
    """The object RevisionConfigData of the contract."""


_BuildConfigAgentModelNeeds = TypedDict("_BuildConfigAgentModelNeeds", {
    "model": "Literal['claude-sonnet-5', 'claude-sonnet-5[1m]', 'claude-opus-4-8', 'claude-opus-4-8[1m]', 'd1-max', 'duvo-1-max', 'duvo-1-max-sonnet-1m', 'duvo-1-max-sonnet-4.5', 'duvo-1-max-sonnet-4.5-1m', 'duvo-1-max-opus', 'duvo-1-max-opus-4.5', 'gpt-4.1', 'gpt-4o', 'gpt-4o-mini', 'gpt-5', 'gpt-5.1', 'claude-sonnet-4-20250514', 'claude-sonnet-4-20250514[1m]', 'claude-sonnet-4-5-20250929', 'claude-sonnet-4-5-20250929[1m]', 'claude-sonnet-4-6', 'claude-sonnet-4-6[1m]', 'claude-opus-4-1-20250805', 'claude-opus-4-5-20251101', 'claude-opus-4-6', 'claude-opus-4-6[1m]', 'claude-opus-4-7', 'claude-opus-4-7[1m]']",
}, total=True)
_BuildConfigAgentModelMay = TypedDict("_BuildConfigAgentModelMay", {
}, total=False)


class BuildConfigAgentModel(_BuildConfigAgentModelNeeds, _BuildConfigAgentModelMay):
    """The object BuildConfigAgentModel of the contract."""


_BuildConfigBrowsingModelNeeds = TypedDict("_BuildConfigBrowsingModelNeeds", {
    "provider": "Literal['google', 'anthropic']",
    "model": "Literal['gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-3-pro-preview', 'claude-haiku-4-5', 'claude-sonnet-4-5', 'claude-opus-4-1']",
}, total=True)
_BuildConfigBrowsingModelMay = TypedDict("_BuildConfigBrowsingModelMay", {
}, total=False)


class BuildConfigBrowsingModel(_BuildConfigBrowsingModelNeeds, _BuildConfigBrowsingModelMay):
    """The object BuildConfigBrowsingModel of the contract."""


_BuildConfigExpectedOutcomeNeeds = TypedDict("_BuildConfigExpectedOutcomeNeeds", {
    "description": "str",
    "criteria": "str",
}, total=True)
_BuildConfigExpectedOutcomeMay = TypedDict("_BuildConfigExpectedOutcomeMay", {
}, total=False)


class BuildConfigExpectedOutcome(_BuildConfigExpectedOutcomeNeeds, _BuildConfigExpectedOutcomeMay):
    """The object BuildConfigExpectedOutcome of the contract."""


_RevisionConfigModelsNeeds = TypedDict("_RevisionConfigModelsNeeds", {
}, total=True)
_RevisionConfigModelsMay = TypedDict("_RevisionConfigModelsMay", {
    "agent": "RevisionConfigAgentModel",
    "browsing": "RevisionConfigBrowsingModel",
}, total=False)


class RevisionConfigModels(_RevisionConfigModelsNeeds, _RevisionConfigModelsMay):
    """The object RevisionConfigModels of the contract."""


_RevisionConfigMessageNeeds = TypedDict("_RevisionConfigMessageNeeds", {
    "role": "Literal['system', 'user', 'assistant']",
    "content": "str | list[RevisionConfigBlock]",
}, total=True)
_RevisionConfigMessageMay = TypedDict("_RevisionConfigMessageMay", {
    "type": "Literal['message'] | None",
}, total=False)


class RevisionConfigMessage(_RevisionConfigMessageNeeds, _RevisionConfigMessageMay):
    """The object RevisionConfigMessage of the contract."""


_RevisionConfigOptionsNeeds = TypedDict("_RevisionConfigOptionsNeeds", {
}, total=True)
_RevisionConfigOptionsMay = TypedDict("_RevisionConfigOptionsMay", {
    "browserProvider": "Literal['browserbase', 'browser-use']",
    "evaluationSchemaId": "str",
    "benchmarkExpectedOutcomes": "list[RevisionConfigExpectedOutcome]",
}, total=False)


class RevisionConfigOptions(_RevisionConfigOptionsNeeds, _RevisionConfigOptionsMay):
    """Other members are kept and shown, too."""


_BuildConfigImageBlockNeeds = TypedDict("_BuildConfigImageBlockNeeds", {
    "type": "Literal['input_image']",
    "detail": "Literal['low', 'high', 'auto'] | None",
}, total=True)
_BuildConfigImageBlockMay = TypedDict("_BuildConfigImageBlockMay", {
    "file_id": "str",
    "url": "str",
}, total=False)


class BuildConfigImageBlock(_BuildConfigImageBlockNeeds, _BuildConfigImageBlockMay):
    """The object BuildConfigImageBlock of the contract."""


_BuildConfigFileBlockNeeds = TypedDict("_BuildConfigFileBlockNeeds", {
    "type": "Literal['input_file']",
    "file_id": "str",
}, total=True)
_BuildConfigFileBlockMay = TypedDict("_BuildConfigFileBlockMay", {
}, total=False)


class BuildConfigFileBlock(_BuildConfigFileBlockNeeds, _BuildConfigFileBlockMay):
    """The object BuildConfigFileBlock of the contract."""


_BuildConfigTextBlockNeeds = TypedDict("_BuildConfigTextBlockNeeds", {
    "type": "Literal['input_text']",
    "text": "str",
}, total=True)
_BuildConfigTextBlockMay = TypedDict("_BuildConfigTextBlockMay", {
}, total=False)


class BuildConfigTextBlock(_BuildConfigTextBlockNeeds, _BuildConfigTextBlockMay):
    """The object BuildConfigTextBlock of the contract."""


_RevisionConfigAgentModelNeeds = TypedDict("_RevisionConfigAgentModelNeeds", {
}, total=True)
_RevisionConfigAgentModelMay = TypedDict("_RevisionConfigAgentModelMay", {
    "model": "str",
}, total=False)


class RevisionConfigAgentModel(_RevisionConfigAgentModelNeeds, _RevisionConfigAgentModelMay):
    """The object RevisionConfigAgentModel of the contract."""


_RevisionConfigBrowsingModelNeeds = TypedDict("_RevisionConfigBrowsingModelNeeds", {
}, total=True)
_RevisionConfigBrowsingModelMay = TypedDict("_RevisionConfigBrowsingModelMay", {
    "provider": "Literal['google', 'anthropic']",
    "model": "str",
}, total=False)


class RevisionConfigBrowsingModel(_RevisionConfigBrowsingModelNeeds, _RevisionConfigBrowsingModelMay):
    """The object RevisionConfigBrowsingModel of the contract."""


_RevisionConfigExpectedOutcomeNeeds = TypedDict("_RevisionConfigExpectedOutcomeNeeds", {
    "description": "str",
    "criteria": "str",
}, total=True)
_RevisionConfigExpectedOutcomeMay = TypedDict("_RevisionConfigExpectedOutcomeMay", {
}, total=False)


class RevisionConfigExpectedOutcome(_RevisionConfigExpectedOutcomeNeeds, _RevisionConfigExpectedOutcomeMay):
    """The object RevisionConfigExpectedOutcome of the contract."""


_RevisionConfigImageBlockNeeds = TypedDict("_RevisionConfigImageBlockNeeds", {
    "type": "Literal['input_image']",
    "detail": "Literal['low', 'high', 'auto'] | None",
}, total=True)
_RevisionConfigImageBlockMay = TypedDict("_RevisionConfigImageBlockMay", {
    "file_id": "str",
    "url": "str",
}, total=False)


class RevisionConfigImageBlock(_RevisionConfigImageBlockNeeds, _RevisionConfigImageBlockMay):
    """The object RevisionConfigImageBlock of the contract."""


_RevisionConfigFileBlockNeeds = TypedDict("_RevisionConfigFileBlockNeeds", {
    "type": "Literal['input_file']",
    "file_id": "str",
}, total=True)
_RevisionConfigFileBlockMay = TypedDict("_RevisionConfigFileBlockMay", {
}, total=False)


class RevisionConfigFileBlock(_RevisionConfigFileBlockNeeds, _RevisionConfigFileBlockMay):
    """The object RevisionConfigFileBlock of the contract."""


_RevisionConfigTextBlockNeeds = TypedDict("_RevisionConfigTextBlockNeeds", {
    "type": "Literal['input_text']",
    "text": "str",
}, total=True)
_RevisionConfigTextBlockMay = TypedDict("_RevisionConfigTextBlockMay", {
}, total=False)


class RevisionConfigTextBlock(_RevisionConfigTextBlockNeeds, _RevisionConfigTextBlockMay):
    """The object RevisionConfigTextBlock of the contract."""


# Every name of an operation that faults, verify and the journal take.
OperationName = Literal[
    "updateAgentFolder", "updateAgentFolderV1", "deleteAgentFolder", "deleteAgentFolderV1", "listAgentFolders",
    "listAgentFoldersV1", "createAgentFolder", "createAgentFolderV1", "moveAgentsToFolder", "moveAgentsToFolderV1",
    "listAgentMemoryFiles", "listAgentMemoryFilesV1", "getAgentMemoryFile", "getAgentMemoryFileV1", "getEvalScores",
    "getEvalScoresV1", "getEvalRubrics", "getEvalRubricsV1", "createEvalRubric", "createEvalRubricV1",
    "replaceEvalRubrics", "replaceEvalRubricsV1", "updateEvalRubric", "updateEvalRubricV1", "deleteEvalRubric",
    "deleteEvalRubricV1", "getAgent", "getAgentV1", "updateAgent", "updateAgentV1", "deleteAgent", "moveAgent",
    "listAgents", "listAgentsV1", "createAgent", "createAgentV1", "listAgentCaseTriggers", "createAgentCaseTrigger",
    "previewAgentCaseTriggerConflicts", "getAgentCaseTrigger", "updateAgentCaseTrigger", "deleteAgentCaseTrigger",
    "clearQueueCases", "clearQueueCasesV1", "listCases", "createCases", "getCase", "deleteCase", "deleteCaseV1",
    "listCaseRuns", "listCaseRunsV1", "listCaseRunRecentMessages", "listCaseRunRecentMessagesV1", "bulkDeleteCases",
    "bulkDeleteCasesV1", "bulkReprocessCases", "bulkReprocessCasesV1", "bulkDelegateCases", "bulkDelegateCasesV1",
    "bulkRetryCases", "bulkRetryCasesV1", "bulkUpdateCaseStatus", "bulkUpdateCaseStatusV1", "bulkUpdateCasePriority",
    "bulkUpdateCasePriorityV1", "assignCaseLabels", "assignCaseLabelsV1", "listCaseLabels", "listCaseLabelsV1",
    "listQueueLabels", "listQueueLabelsV1", "createQueueLabel", "createQueueLabelV1", "unlinkCaseLabels",
    "unlinkCaseLabelsV1", "deleteQueueLabel", "deleteQueueLabelV1", "updateQueueLabel", "updateQueueLabelV1",
    "searchCases", "searchCasesV1", "getLegacyClarityProcess", "getLegacyClarityProcessV1",
    "updateClarityLandscapeNode", "updateClarityLandscapeNodeV1", "deleteClarityLandscapeNode",
    "deleteClarityLandscapeNodeV1", "setClarityLandscapeNodePlacement", "setClarityLandscapeNodePlacementV1",
    "getClarityProcessTree", "getClarityProcessTreeV1", "createClarityLandscapeNode", "createClarityLandscapeNodeV1",
    "listClarityProcessLinks", "listClarityProcessLinksV1", "createClarityProcessLink", "createClarityProcessLinkV1",
    "updateClarityProcessLink", "updateClarityProcessLinkV1", "deleteClarityProcessLink",
    "deleteClarityProcessLinkV1", "listClarityProcessLabels", "listClarityProcessLabelsV1",
    "createClarityProcessLabel", "createClarityProcessLabelV1", "updateClarityProcessLabel",
    "updateClarityProcessLabelV1", "deleteClarityProcessLabel", "deleteClarityProcessLabelV1",
    "listClarityProcessAssignedLabels", "listClarityProcessAssignedLabelsV1", "assignClarityProcessLabels",
    "assignClarityProcessLabelsV1", "unlinkClarityProcessLabels", "unlinkClarityProcessLabelsV1",
    "listAvailableClarityProcessLabels", "listAvailableClarityProcessLabelsV1", "getClarityProcess",
    "getClarityProcessV1", "postprocessClaritySnapshot", "postprocessClaritySnapshotV1", "buildClarityAutomation",
    "buildClarityAutomationV1", "listClarityExtraCaptureRequests", "listClarityExtraCaptureRequestsV1",
    "assignClarityExtraCaptureRequest", "assignClarityExtraCaptureRequestV1", "createClarityInviteLink",
    "createClarityInviteLinkV1", "createClarityArtifactImportUploadUrl", "createClarityArtifactImportUploadUrlV1",
    "completeClarityArtifactImport", "completeClarityArtifactImportV1", "listClarityArtifactChatConversations",
    "listClarityArtifactChatConversationsV1", "getClarityArtifactChatMessages", "getClarityArtifactChatMessagesV1",
    "POST /v2/clarity-v2/processes/{process_id}/artifact-chat/messages",
    "POST /v2/clarity-v2/processes/{process_id}/artifact-chat/messagesV1",
    "PUT /v2/clarity-v2/processes/{process_id}/artifact-chat/messages/{message_id}",
    "PUT /v2/clarity-v2/processes/{process_id}/artifact-chat/messages/{message_id}V1", "listClarityProcessSnapshots",
    "listClarityProcessSnapshotsV1", "getClarityProcessSnapshot", "getClarityProcessSnapshotV1",
    "revertClarityProcessSnapshot", "revertClarityProcessSnapshotV1", "saveClarityProcessSnapshot",
    "saveClarityProcessSnapshotV1", "promoteClarityProcessSnapshot", "promoteClarityProcessSnapshotV1",
    "generateClarityProcessSnapshot", "generateClarityProcessSnapshotV1", "stopClarityProcessSnapshot",
    "stopClarityProcessSnapshotV1", "listClarityProcesses", "listClarityProcessesV1", "listClarityProcessSummaries",
    "listClarityProcessSummariesV1", "startNativeOAuth", "startNativeOAuthV1", "authorizeMcpOAuth",
    "authorizeMcpOAuthV1", "checkMcpOAuth", "checkMcpOAuthV1", "getConnection", "getConnectionV1", "updateConnection",
    "updateConnectionV1", "deleteConnection", "deleteConnectionV1", "getConnectionCredentials",
    "getConnectionCredentialsV1", "listConnections", "listConnectionsV1", "createConnection", "createConnectionV1",
    "probeMcpServer", "probeMcpServerV1", "listRevisionLogins", "attachRevisionLogin", "detachRevisionLogin",
    "listCredentials", "createCredential", "getCredential", "updateCredential", "deleteCredential",
    "listPulseDashboards", "createPulseDashboard", "getPulseDashboard", "updatePulseDashboard",
    "updatePulseDashboardV1", "deletePulseDashboard", "getPulseDashboardHtml", "getPulseDashboardHtmlV1",
    "getPulseDashboardPdf", "getPulseDashboardPdfV1", "exportPulseDashboardHtml", "exportPulseDashboardHtmlV1",
    "publishPulseDashboard", "publishPulseDashboardV1", "duplicatePulseDashboard", "duplicatePulseDashboardV1",
    "sendPulseDashboardMessage", "sendPulseDashboardMessageV1", "listPulseDashboardMessages",
    "listPulseDashboardMessagesV1", "refreshPulseDashboard", "refreshPulseDashboardV1", "stopPulseDashboardMessage",
    "stopPulseDashboardMessageV1", "listPulseDashboardConnections", "attachPulseDashboardConnection",
    "detachPulseDashboardConnection", "answerPulseDashboardQuestion", "answerPulseDashboardQuestionV1",
    "listPulseDashboardVersions", "listPulseDashboardVersionsV1", "getPulseDashboardVersionHtml",
    "getPulseDashboardVersionHtmlV1", "restorePulseDashboardVersion", "restorePulseDashboardVersionV1",
    "movePulseDashboard", "movePulseDashboardV1", "listFiles", "listFilesV1", "renameFile", "renameFileV1",
    "createFileUploadUrl", "createFileUploadUrlV1", "deleteFile", "deleteFileV1", "getFileDownloadUrl",
    "getFileDownloadUrlV1", "getFileContent", "getFileContentV1", "updateFileContent", "updateFileContentV1",
    "deleteCustomIntegration", "deleteCustomIntegrationV1", "listIntegrations", "listIntegrationsV1",
    "createCustomIntegration", "createCustomIntegrationV1", "callMcp", "callMcpV1", "streamMcp", "streamMcpV1",
    "proposeClarityLandscapeProcess", "proposeClarityLandscapeProcessV1", "inviteOrgMember", "inviteOrgMemberV1",
    "listOrgTeams", "createOrgTeam", "getOrgInsightsHeadline", "getOrgInsightsHeadlineV1", "getOrgInsightsMetrics",
    "getOrgInsightsMetricsV1", "getOrgInsightsUsageChart", "getOrgInsightsUsageChartV1", "getClarityProcessLandscape",
    "getClarityProcessLandscapeV1", "listClarityLandscapeCaptures", "listClarityLandscapeCapturesV1",
    "generateClarityProcessLandscape", "generateClarityProcessLandscapeV1", "listMyOrganizations",
    "listPluginCatalog", "listPluginCatalogV1", "getQueue", "updateQueue", "deleteQueue", "listQueueAgents",
    "listQueues", "createQueue", "listRevisionIntegrations", "listRevisionIntegrationsV1",
    "attachRevisionIntegrations", "attachRevisionIntegrationsV1", "removeRevisionIntegration",
    "removeRevisionIntegrationV1", "listRevisionIntegrationConnections", "listRevisionIntegrationConnectionsV1",
    "pinRevisionIntegrationConnection", "pinRevisionIntegrationConnectionV1", "unpinRevisionIntegrationConnection",
    "unpinRevisionIntegrationConnectionV1", "getRevisionCaseQueueSetup", "getRevisionCaseQueueSetupV1",
    "listRevisionIntegrationQueues", "listRevisionIntegrationQueuesV1", "replaceRevisionIntegrationQueues",
    "replaceRevisionIntegrationQueuesV1", "createRevision", "createRevisionV1", "listAgentRevisions",
    "listAgentRevisionsV1", "getRevision", "getRevisionV1", "updateRevision", "updateRevisionV1", "promoteRevision",
    "getRunEvaluation", "getRunEvaluationV1", "getRun", "postRunMessage", "listRunMessages", "respondToHumanRequest",
    "stopRun", "listRuns", "startRun", "createSandbox", "createSandboxV1", "createSandboxUploadUrl",
    "createSandboxUploadUrlV1", "listSandboxFiles", "listSandboxFilesV1", "uploadSandboxFile", "uploadSandboxFileV1",
    "createSchedule", "listAgentSchedules", "listAgentSchedulesV1", "updateSchedule", "deleteSchedule", "getSecret",
    "getSecretV1", "updateSecret", "updateSecretV1", "deleteSecret", "deleteSecretV1", "listRevisionSecrets",
    "listRevisionSecretsV1", "attachRevisionSecret", "attachRevisionSecretV1", "detachRevisionSecret",
    "detachRevisionSecretV1", "listSecrets", "listSecretsV1", "createSecret", "createSecretV1", "listSystemSkills",
    "listSystemSkillsV1", "deleteSkill", "deleteSkillV1", "downloadSkill", "downloadSkillV1", "listSkillFiles",
    "listSkillFilesV1", "getSkillFileContent", "getSkillFileContentV1", "updateSkillFile", "updateSkillFileV1",
    "listSkillAssignments", "listSkillAssignmentsV1", "listSkills", "listSkillsV1", "createSkill", "createSkillV1",
    "uploadSkill", "uploadSkillV1", "listAgentSuggestions", "consumeAgentSuggestion", "rejectAgentSuggestion",
    "getTeam", "getTeamV1", "getProfile", "getProfileV1", "listMyTeams", "listTeamMembers", "listTeamMembersV1",
    "listAgentTriggers", "upsertAgentTrigger", "listAgentTriggerTypes", "startComposio", "startComposioV1",
    "finalizeComposio", "finalizeComposioV1", "oauthCallback", "oauthCallbackV1", "mcpOauthCallback",
    "mcpOauthCallbackV1", "moveAgentsIntoFolder", "moveAgentsIntoFolderV1", "getRevisionById", "getRevisionByIdV1",
    "endMcpSession", "endMcpSessionV1", "checkTeamMcpOAuth", "getContract", "getDocumentation", "getDocumentationV1",
    "readDocumentation", "readDocumentationV1", "authorize", "decideConsent", "connectComposio",
    "decideComposioConsent", "getMcpMetadata", "getMcpMetadataOfV1", "getMcpMetadataOfV2", "mcpPost", "mcpStream",
    "mcpEndSession", "mcpMessage", "mcpComposioPost", "mcpComposioStream", "mcpComposioEndSession", "mcpServicePost",
    "mcpServiceStream", "mcpServiceEndSession", "mcpResourceMetadata", "mcpIssuerMetadata", "mcpOpenidMetadata",
    "mcpIssuerMetadataBelow", "mcpOpenidMetadataBelow", "mcpJwks", "mcpRegister", "mcpAuthorize", "mcpDecideConsent",
    "mcpToken", "mcpRevoke", "listTeams", "listMembers", "listMembersV1", "listSchedules", "listSchedulesV1",
    "POST /v2/mcp", "POST /v2/mcpV1", "GET /v2/mcp", "GET /v2/mcpV1",
]


Count = Union[int, CountRange]


Delay = Union[int, DelayRange]


SecretList = list[Secret]


McpMessage = Any


LoginList = list[LoginListItem]


RevisionLoginList = list[RevisionLogin]


InboxMessage = Any


Suggestion = Union[ConnectionAddSuggestion, ConnectionReplaceSuggestion, ConnectionRemoveSuggestion]


RevisionConfig = Union[RevisionConfigV1, RevisionConfigV2]


BuildConfigBlock = Union[BuildConfigImageBlock, BuildConfigFileBlock, BuildConfigTextBlock]


RevisionConfigBlock = Union[RevisionConfigImageBlock, RevisionConfigFileBlock, RevisionConfigTextBlock]


__all__ = [
    "OperationName", "CountRange", "Count", "DelayRange", "Delay", "JournalHeader", "JournalMessage", "JournalEntry",
    "StreamEvent", "InboxEntry", "RunStepToolCall", "RunStepHumanRequest", "RunStepFile", "RunStep",
    "ConnectionListV1", "ApiError", "FrameworkError", "CreateConnection", "ConnectionV1", "UpdateConnectionV1",
    "Done", "ConnectionCredentials", "StartNativeOAuthV1", "AuthorizationUrl", "StartComposio", "ComposioStarted",
    "FinalizeComposio", "ComposioFinalized", "ProbeMcpServerV1", "ProbeResult", "CheckMcpOAuth", "McpOAuthSupport",
    "StartMcpOAuthV1", "IntegrationListV1", "CreateCustomIntegration", "ProfileReply", "TeamReply",
    "RevisionIntegrationList", "AttachIntegrations", "IntegrationsAttached", "Success", "PinnedConnectionList",
    "PinConnection", "CaseQueueSetup", "LinkedQueueList", "ReplaceQueues", "ScheduleListV1", "MemberList",
    "SecretList", "CreateSecret", "Secret", "UpdateSecret", "AttachSecret", "FolderList", "CreateFolder",
    "FolderReply", "UpdateFolder", "FolderNotEmpty", "MoveAgents", "AgentsMoved", "MoveAgentsInto", "AgentListV1",
    "CreateAgent", "AgentCreatedV1", "AgentReplyV1", "UpdateAgent", "RevisionListV1", "CreateRevision",
    "RevisionCreatedV1", "RevisionReplyV1", "UpdateRevision", "McpMessage", "ConnectionList", "Connection",
    "UpdateConnection", "StartNativeOAuth", "ProbeMcpServer", "StartMcpOAuth", "IntegrationList", "TeamList",
    "OrganizationList", "OrganizationTeamList", "CreateTeam", "TeamCreated", "ScheduleList", "CreateSchedule",
    "Schedule", "UpdateSchedule", "LoginList", "CreateLogin", "Login", "UpdateLogin", "RevisionLoginList",
    "AttachLogin", "AgentList", "AgentCreated", "AgentReply", "MoveAgent", "AgentMoved", "AgentNotStandalone",
    "RevisionList", "RevisionCreated", "RevisionReply", "PromoteRevision", "TriggerList", "UpsertTrigger", "Trigger",
    "TriggerTypeList", "QueueList", "CreateQueue", "QueueReply", "UpdateQueue", "QueueDeleted", "QueueAgents",
    "CaseList", "CreateCase", "CaseReply", "CaseTriggerList", "CreateCaseTrigger", "CaseTriggerReply",
    "CaseTriggerConflicts", "UpdateCaseTrigger", "RunList", "StartRun", "RunStarted", "RunReply", "RunStopped",
    "RunMessageList", "PostRunMessage", "RunMessageReply", "RespondToHumanRequest", "HumanRequestReply",
    "PulseDashboardList", "Sentence", "CreatePulseDashboard", "PulseDashboardCreated", "PulseDashboardReply",
    "PulseDashboardConnectionList", "AttachPulseDashboardConnection", "SuggestionList", "ConsumeSuggestion",
    "SuggestionResolved", "Health", "Version", "ConsoleForm", "MakeSpace", "Space", "SpaceList", "Reset", "ResetDone",
    "Fixtures", "FixturesLoaded", "SnapshotList", "Snapshot", "Clock", "ChangeClock", "Settings", "ChangeSettings",
    "RequestList", "Verify", "Verified", "MakeKey", "Key", "OrderRun", "RunScript", "RunScriptList", "FireTrigger",
    "WebhookDeliveryList", "WebhookDelivery", "MakeWebhook", "Webhook", "WebhookList", "ChangeWebhook",
    "InboxMessage", "Inbox", "OrderFault", "Fault", "FaultList", "Transition", "MatchSecret", "SecretMatch",
    "MatchSecretValue", "MatchLogin", "MatchClientSecret", "ConsentForm", "OrderConsent", "ConsentOrder",
    "ConsentOrderList", "CompleteFlow", "FlowCompleted", "McpClientRegistration", "McpTokenRequest", "McpRevocation",
    "Headers", "McpTool", "Profile", "Team", "RevisionIntegration", "PinnedConnection", "CaseQueueConfig",
    "LinkedQueue", "ScheduleV1", "Member", "AgentFolderListItem", "AgentFolder", "AgentListItemV1", "FirstRevision",
    "AgentV1", "RevisionV1", "AgentUserContext", "BuildConfig", "RevisionAgent", "TeamListItem",
    "OrganizationMembership", "OrganizationTeam", "LoginListItem", "RevisionLogin", "AgentListItem", "Agent",
    "Revision", "MovedItem", "MovedQueue", "SkillToClone", "FileToCopy", "MoveWarnings", "MoveOptions",
    "MoveBlockers", "TriggerType", "Queue", "QueueProducer", "QueueConsumer", "Case", "NewCase", "CaseTrigger",
    "ConflictingAgent", "RunListItem", "Run", "PendingHumanRequest", "RunMessage", "HumanRequest", "PulseDashboard",
    "PulseDashboardMessage", "PulseDashboardConnection", "Suggestion", "Counts", "FixtureOrganization", "FixtureTeam",
    "FixturePerson", "FixtureMember", "FixtureOrganizationMember", "FixtureApiKey", "FixtureIntegration",
    "FixtureCustomIntegration", "FixtureConnection", "FixtureSecret", "FixtureLogin", "FixtureProvider",
    "FixtureScope", "FixtureAuthConfig", "FixtureMcpTool", "FixtureMcpBinding", "FixtureFolder", "FixtureAgent",
    "FixtureAgentPin", "FixtureBuild", "FixtureBuildSecret", "FixtureBuildLogin", "FixtureSchedule", "FixtureQueue",
    "FixtureCaseTrigger", "FixtureCase", "FixtureSlot", "FixturePin", "FixtureSlotQueue", "FixtureTriggerType",
    "FixtureTrigger", "FixtureRun", "FixtureDashboard", "FixtureDashboardConnection", "FixtureSuggestion",
    "FixtureWebhook", "ExportNote", "WebhookHeaders", "Match", "RunMatch", "DeliveryAttempt", "FaultAction",
    "AgentPerson", "AgentIntegration", "RevisionConfig", "BuildConfigData", "Organization", "UserTriggers",
    "MoveOutcome", "MovedTrigger", "Question", "ToolCall", "ToolResult", "SelectedElement", "ConnectionAddSuggestion",
    "ConnectionReplaceSuggestion", "ConnectionRemoveSuggestion", "FixtureRunMessage", "FixtureHumanRequest",
    "RevisionConfigV1", "RevisionConfigV2", "BuildConfigModels", "BuildConfigMessage", "BuildConfigOptions",
    "MovedInstance", "CustomIntegrationToRebuild", "QuestionOption", "SuggestionSource", "SuggestionToAdd",
    "SuggestionToReplace", "SuggestionToRemove", "RevisionConfigData", "BuildConfigAgentModel",
    "BuildConfigBrowsingModel", "BuildConfigBlock", "BuildConfigExpectedOutcome", "RevisionConfigModels",
    "RevisionConfigMessage", "RevisionConfigOptions", "BuildConfigImageBlock", "BuildConfigFileBlock",
    "BuildConfigTextBlock", "RevisionConfigAgentModel", "RevisionConfigBrowsingModel", "RevisionConfigBlock",
    "RevisionConfigExpectedOutcome", "RevisionConfigImageBlock", "RevisionConfigFileBlock", "RevisionConfigTextBlock",
]
