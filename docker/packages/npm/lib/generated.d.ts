// Generated from the contract by docker/packages/generate: run `make clients`, change nothing here.

/** Every name of an operation that faults, verify and the journal take. */
export type OperationName =
    | 'updateAgentFolder' | 'updateAgentFolderV1' | 'deleteAgentFolder' | 'deleteAgentFolderV1' | 'listAgentFolders'
    | 'listAgentFoldersV1' | 'createAgentFolder' | 'createAgentFolderV1' | 'moveAgentsToFolder'
    | 'moveAgentsToFolderV1' | 'listAgentMemoryFiles' | 'listAgentMemoryFilesV1' | 'getAgentMemoryFile'
    | 'getAgentMemoryFileV1' | 'getEvalScores' | 'getEvalScoresV1' | 'getEvalRubrics' | 'getEvalRubricsV1'
    | 'createEvalRubric' | 'createEvalRubricV1' | 'replaceEvalRubrics' | 'replaceEvalRubricsV1' | 'updateEvalRubric'
    | 'updateEvalRubricV1' | 'deleteEvalRubric' | 'deleteEvalRubricV1' | 'getAgent' | 'getAgentV1' | 'updateAgent'
    | 'updateAgentV1' | 'deleteAgent' | 'moveAgent' | 'listAgents' | 'listAgentsV1' | 'createAgent'
    | 'createAgentV1' | 'listAgentCaseTriggers' | 'createAgentCaseTrigger' | 'previewAgentCaseTriggerConflicts'
    | 'getAgentCaseTrigger' | 'updateAgentCaseTrigger' | 'deleteAgentCaseTrigger' | 'clearQueueCases'
    | 'clearQueueCasesV1' | 'listCases' | 'createCases' | 'getCase' | 'deleteCase' | 'deleteCaseV1' | 'listCaseRuns'
    | 'listCaseRunsV1' | 'listCaseRunRecentMessages' | 'listCaseRunRecentMessagesV1' | 'bulkDeleteCases'
    | 'bulkDeleteCasesV1' | 'bulkReprocessCases' | 'bulkReprocessCasesV1' | 'bulkDelegateCases'
    | 'bulkDelegateCasesV1' | 'bulkRetryCases' | 'bulkRetryCasesV1' | 'bulkUpdateCaseStatus'
    | 'bulkUpdateCaseStatusV1' | 'bulkUpdateCasePriority' | 'bulkUpdateCasePriorityV1' | 'assignCaseLabels'
    | 'assignCaseLabelsV1' | 'listCaseLabels' | 'listCaseLabelsV1' | 'listQueueLabels' | 'listQueueLabelsV1'
    | 'createQueueLabel' | 'createQueueLabelV1' | 'unlinkCaseLabels' | 'unlinkCaseLabelsV1' | 'deleteQueueLabel'
    | 'deleteQueueLabelV1' | 'updateQueueLabel' | 'updateQueueLabelV1' | 'searchCases' | 'searchCasesV1'
    | 'getLegacyClarityProcess' | 'getLegacyClarityProcessV1' | 'updateClarityLandscapeNode'
    | 'updateClarityLandscapeNodeV1' | 'deleteClarityLandscapeNode' | 'deleteClarityLandscapeNodeV1'
    | 'setClarityLandscapeNodePlacement' | 'setClarityLandscapeNodePlacementV1' | 'getClarityProcessTree'
    | 'getClarityProcessTreeV1' | 'createClarityLandscapeNode' | 'createClarityLandscapeNodeV1'
    | 'listClarityProcessLinks' | 'listClarityProcessLinksV1' | 'createClarityProcessLink'
    | 'createClarityProcessLinkV1' | 'updateClarityProcessLink' | 'updateClarityProcessLinkV1'
    | 'deleteClarityProcessLink' | 'deleteClarityProcessLinkV1' | 'listClarityProcessLabels'
    | 'listClarityProcessLabelsV1' | 'createClarityProcessLabel' | 'createClarityProcessLabelV1'
    | 'updateClarityProcessLabel' | 'updateClarityProcessLabelV1' | 'deleteClarityProcessLabel'
    | 'deleteClarityProcessLabelV1' | 'listClarityProcessAssignedLabels' | 'listClarityProcessAssignedLabelsV1'
    | 'assignClarityProcessLabels' | 'assignClarityProcessLabelsV1' | 'unlinkClarityProcessLabels'
    | 'unlinkClarityProcessLabelsV1' | 'listAvailableClarityProcessLabels' | 'listAvailableClarityProcessLabelsV1'
    | 'getClarityProcess' | 'getClarityProcessV1' | 'postprocessClaritySnapshot' | 'postprocessClaritySnapshotV1'
    | 'buildClarityAutomation' | 'buildClarityAutomationV1' | 'listClarityExtraCaptureRequests'
    | 'listClarityExtraCaptureRequestsV1' | 'assignClarityExtraCaptureRequest'
    | 'assignClarityExtraCaptureRequestV1' | 'createClarityInviteLink' | 'createClarityInviteLinkV1'
    | 'createClarityArtifactImportUploadUrl' | 'createClarityArtifactImportUploadUrlV1'
    | 'completeClarityArtifactImport' | 'completeClarityArtifactImportV1' | 'listClarityArtifactChatConversations'
    | 'listClarityArtifactChatConversationsV1' | 'getClarityArtifactChatMessages'
    | 'getClarityArtifactChatMessagesV1' | 'POST /v2/clarity-v2/processes/{process_id}/artifact-chat/messages'
    | 'POST /v2/clarity-v2/processes/{process_id}/artifact-chat/messagesV1'
    | 'PUT /v2/clarity-v2/processes/{process_id}/artifact-chat/messages/{message_id}'
    | 'PUT /v2/clarity-v2/processes/{process_id}/artifact-chat/messages/{message_id}V1'
    | 'listClarityProcessSnapshots' | 'listClarityProcessSnapshotsV1' | 'getClarityProcessSnapshot'
    | 'getClarityProcessSnapshotV1' | 'revertClarityProcessSnapshot' | 'revertClarityProcessSnapshotV1'
    | 'saveClarityProcessSnapshot' | 'saveClarityProcessSnapshotV1' | 'promoteClarityProcessSnapshot'
    | 'promoteClarityProcessSnapshotV1' | 'generateClarityProcessSnapshot' | 'generateClarityProcessSnapshotV1'
    | 'stopClarityProcessSnapshot' | 'stopClarityProcessSnapshotV1' | 'listClarityProcesses'
    | 'listClarityProcessesV1' | 'listClarityProcessSummaries' | 'listClarityProcessSummariesV1'
    | 'startNativeOAuth' | 'startNativeOAuthV1' | 'authorizeMcpOAuth' | 'authorizeMcpOAuthV1' | 'checkMcpOAuth'
    | 'checkMcpOAuthV1' | 'getConnection' | 'getConnectionV1' | 'updateConnection' | 'updateConnectionV1'
    | 'deleteConnection' | 'deleteConnectionV1' | 'getConnectionCredentials' | 'getConnectionCredentialsV1'
    | 'listConnections' | 'listConnectionsV1' | 'createConnection' | 'createConnectionV1' | 'probeMcpServer'
    | 'probeMcpServerV1' | 'listRevisionLogins' | 'attachRevisionLogin' | 'detachRevisionLogin' | 'listCredentials'
    | 'createCredential' | 'getCredential' | 'updateCredential' | 'deleteCredential' | 'listPulseDashboards'
    | 'createPulseDashboard' | 'getPulseDashboard' | 'updatePulseDashboard' | 'updatePulseDashboardV1'
    | 'deletePulseDashboard' | 'getPulseDashboardHtml' | 'getPulseDashboardHtmlV1' | 'getPulseDashboardPdf'
    | 'getPulseDashboardPdfV1' | 'exportPulseDashboardHtml' | 'exportPulseDashboardHtmlV1' | 'publishPulseDashboard'
    | 'publishPulseDashboardV1' | 'duplicatePulseDashboard' | 'duplicatePulseDashboardV1'
    | 'sendPulseDashboardMessage' | 'sendPulseDashboardMessageV1' | 'listPulseDashboardMessages'
    | 'listPulseDashboardMessagesV1' | 'refreshPulseDashboard' | 'refreshPulseDashboardV1'
    | 'stopPulseDashboardMessage' | 'stopPulseDashboardMessageV1' | 'listPulseDashboardConnections'
    | 'attachPulseDashboardConnection' | 'detachPulseDashboardConnection' | 'answerPulseDashboardQuestion'
    | 'answerPulseDashboardQuestionV1' | 'listPulseDashboardVersions' | 'listPulseDashboardVersionsV1'
    | 'getPulseDashboardVersionHtml' | 'getPulseDashboardVersionHtmlV1' | 'restorePulseDashboardVersion'
    | 'restorePulseDashboardVersionV1' | 'movePulseDashboard' | 'movePulseDashboardV1' | 'listFiles' | 'listFilesV1'
    | 'renameFile' | 'renameFileV1' | 'createFileUploadUrl' | 'createFileUploadUrlV1' | 'deleteFile'
    | 'deleteFileV1' | 'getFileDownloadUrl' | 'getFileDownloadUrlV1' | 'getFileContent' | 'getFileContentV1'
    | 'updateFileContent' | 'updateFileContentV1' | 'deleteCustomIntegration' | 'deleteCustomIntegrationV1'
    | 'listIntegrations' | 'listIntegrationsV1' | 'createCustomIntegration' | 'createCustomIntegrationV1'
    | 'callMcp' | 'callMcpV1' | 'streamMcp' | 'streamMcpV1' | 'proposeClarityLandscapeProcess'
    | 'proposeClarityLandscapeProcessV1' | 'inviteOrgMember' | 'inviteOrgMemberV1' | 'listOrgTeams'
    | 'createOrgTeam' | 'getOrgInsightsHeadline' | 'getOrgInsightsHeadlineV1' | 'getOrgInsightsMetrics'
    | 'getOrgInsightsMetricsV1' | 'getOrgInsightsUsageChart' | 'getOrgInsightsUsageChartV1'
    | 'getClarityProcessLandscape' | 'getClarityProcessLandscapeV1' | 'listClarityLandscapeCaptures'
    | 'listClarityLandscapeCapturesV1' | 'generateClarityProcessLandscape' | 'generateClarityProcessLandscapeV1'
    | 'listMyOrganizations' | 'listPluginCatalog' | 'listPluginCatalogV1' | 'getQueue' | 'updateQueue'
    | 'deleteQueue' | 'listQueueAgents' | 'listQueues' | 'createQueue' | 'listRevisionIntegrations'
    | 'listRevisionIntegrationsV1' | 'attachRevisionIntegrations' | 'attachRevisionIntegrationsV1'
    | 'removeRevisionIntegration' | 'removeRevisionIntegrationV1' | 'listRevisionIntegrationConnections'
    | 'listRevisionIntegrationConnectionsV1' | 'pinRevisionIntegrationConnection'
    | 'pinRevisionIntegrationConnectionV1' | 'unpinRevisionIntegrationConnection'
    | 'unpinRevisionIntegrationConnectionV1' | 'getRevisionCaseQueueSetup' | 'getRevisionCaseQueueSetupV1'
    | 'listRevisionIntegrationQueues' | 'listRevisionIntegrationQueuesV1' | 'replaceRevisionIntegrationQueues'
    | 'replaceRevisionIntegrationQueuesV1' | 'createRevision' | 'createRevisionV1' | 'listAgentRevisions'
    | 'listAgentRevisionsV1' | 'getRevision' | 'getRevisionV1' | 'updateRevision' | 'updateRevisionV1'
    | 'promoteRevision' | 'getRunEvaluation' | 'getRunEvaluationV1' | 'getRun' | 'postRunMessage'
    | 'listRunMessages' | 'respondToHumanRequest' | 'stopRun' | 'listRuns' | 'startRun' | 'createSandbox'
    | 'createSandboxV1' | 'createSandboxUploadUrl' | 'createSandboxUploadUrlV1' | 'listSandboxFiles'
    | 'listSandboxFilesV1' | 'uploadSandboxFile' | 'uploadSandboxFileV1' | 'createSchedule' | 'listAgentSchedules'
    | 'listAgentSchedulesV1' | 'updateSchedule' | 'deleteSchedule' | 'getSecret' | 'getSecretV1' | 'updateSecret'
    | 'updateSecretV1' | 'deleteSecret' | 'deleteSecretV1' | 'listRevisionSecrets' | 'listRevisionSecretsV1'
    | 'attachRevisionSecret' | 'attachRevisionSecretV1' | 'detachRevisionSecret' | 'detachRevisionSecretV1'
    | 'listSecrets' | 'listSecretsV1' | 'createSecret' | 'createSecretV1' | 'listSystemSkills'
    | 'listSystemSkillsV1' | 'deleteSkill' | 'deleteSkillV1' | 'downloadSkill' | 'downloadSkillV1'
    | 'listSkillFiles' | 'listSkillFilesV1' | 'getSkillFileContent' | 'getSkillFileContentV1' | 'updateSkillFile'
    | 'updateSkillFileV1' | 'listSkillAssignments' | 'listSkillAssignmentsV1' | 'listSkills' | 'listSkillsV1'
    | 'createSkill' | 'createSkillV1' | 'uploadSkill' | 'uploadSkillV1' | 'listAgentSuggestions'
    | 'consumeAgentSuggestion' | 'rejectAgentSuggestion' | 'getTeam' | 'getTeamV1' | 'getProfile' | 'getProfileV1'
    | 'listMyTeams' | 'listTeamMembers' | 'listTeamMembersV1' | 'listAgentTriggers' | 'upsertAgentTrigger'
    | 'listAgentTriggerTypes' | 'startComposio' | 'startComposioV1' | 'finalizeComposio' | 'finalizeComposioV1'
    | 'oauthCallback' | 'oauthCallbackV1' | 'mcpOauthCallback' | 'mcpOauthCallbackV1' | 'moveAgentsIntoFolder'
    | 'moveAgentsIntoFolderV1' | 'getRevisionById' | 'getRevisionByIdV1' | 'endMcpSession' | 'endMcpSessionV1'
    | 'checkTeamMcpOAuth' | 'getContract' | 'getDocumentation' | 'getDocumentationV1' | 'readDocumentation'
    | 'readDocumentationV1' | 'authorize' | 'decideConsent' | 'connectComposio' | 'decideComposioConsent'
    | 'getMcpMetadata' | 'getMcpMetadataOfV1' | 'getMcpMetadataOfV2' | 'mcpPost' | 'mcpStream' | 'mcpEndSession'
    | 'mcpMessage' | 'mcpComposioPost' | 'mcpComposioStream' | 'mcpComposioEndSession' | 'mcpServicePost'
    | 'mcpServiceStream' | 'mcpServiceEndSession' | 'mcpResourceMetadata' | 'mcpIssuerMetadata'
    | 'mcpOpenidMetadata' | 'mcpIssuerMetadataBelow' | 'mcpOpenidMetadataBelow' | 'mcpJwks' | 'mcpRegister'
    | 'mcpAuthorize' | 'mcpDecideConsent' | 'mcpToken' | 'mcpRevoke' | 'listTeams' | 'listMembers' | 'listMembersV1'
    | 'listSchedules' | 'listSchedulesV1' | 'POST /v2/mcp' | 'POST /v2/mcpV1' | 'GET /v2/mcp' | 'GET /v2/mcpV1';

/** At least and at most so many. */
export interface CountRange {
    min?: number;
    max?: number;
}

export type Count = number | CountRange;

/** Milliseconds, by chance between the two. */
export interface DelayRange {
    min: number;
    max: number;
}

export type Delay = number | DelayRange;

/** A header, redacted. */
export interface JournalHeader {
    name: string;
    value: string;
}

/** One half of an exchange, redacted. */
export interface JournalMessage {
    headers: JournalHeader[];
    body: unknown;
    /** The journal dropped the body for want of room */
    body_lost?: boolean;
}

/** One request of the journal. */
export interface JournalEntry {
    id: string;
    at: string;
    /** self: the mock, calling a server that it plays */
    origin: 'client' | 'self';
    /** E-mail address of the person whose key was sent */
    key: string | null;
    method: string;
    path: string;
    operation: string | null;
    /** 0: none left, the connection was broken */
    status: number;
    broken: string | null;
    fault: string | null;
    duration_us: number;
    request: JournalMessage;
    reply: JournalMessage;
    warning: string | null;
}

/** One event of a stream. */
export interface StreamEvent {
    id?: string;
    /** message, when it has no other name */
    event: string;
    /** JSON, or a text that is none */
    data: unknown;
}

/** What came to an inbox, redacted. */
export interface InboxEntry {
    at: string;
    path: string;
    headers: JournalHeader[];
    body: unknown;
    /** null: no subscription sends to this inbox */
    signed: boolean | null;
    /** The subscription with whose secret it was signed */
    webhook_id: string | null;
}

/** A tool that a run uses. */
export interface RunStepToolCall {
    name: string;
    arguments?: Record<string, unknown>;
    result?: unknown;
    error?: string;
}

/** What a run asks a person. */
export interface RunStepHumanRequest {
    type?: 'approval' | 'question';
    title: string;
    description?: string | null;
    questions?: unknown[];
}

/** A file that a run makes. */
export interface RunStepFile {
    name: string;
    content_type?: string;
    size?: number;
}

/** One step of a run. */
export interface RunStep {
    delay_ms?: number;
    message?: string;
    tool_call?: RunStepToolCall;
    file?: RunStepFile;
    human_request?: RunStepHumanRequest;
    status?: 'pending' | 'running' | 'waiting' | 'completed' | 'failed' | 'interrupted';
}

export interface ConnectionListV1 {
    /** The page's connections */
    connections?: ConnectionV1[];
    /** The page's connections */
    integrations?: ConnectionV1[];
    /** Connections in all */
    total: number;
    /** Rows a page */
    limit: number;
    /** Rows skipped */
    offset: number;
}

/** What the API answers when it refuses. */
export interface ApiError {
    /** Phrase of the status */
    error: string;
    /** What is wrong, for people */
    message?: string;
}

/** What is answered when a request is refused below the API. */
export interface FrameworkError {
    /** HTTP status */
    statusCode: number;
    /** The framework's code */
    code?: string;
    /** Phrase of the status */
    error: string;
    /** What is wrong, for people */
    message: string;
}

export interface CreateConnection {
    /** Display name */
    name: string;
    /** MCP server URL */
    server_url?: string;
    /** Integration type */
    type?: string;
    /** Only user-provided connections are made here */
    provider: 'user';
    /** How it authenticates; `url` is without authentication */
    auth_method: 'url' | 'apikey' | 'headers' | 'oauth';
    /** Its custom integration */
    custom_integration_id?: string;
    /** Headers sent to the server */
    headers?: Headers;
}

/** A person's or a team's authorized account. */
export interface ConnectionV1 {
    /** Connection ID */
    id: string;
    /** Display name */
    name: string;
    /** Integration type */
    type: string;
    /** Who provides it: user, native, composio or default */
    provider: string;
    /** Its owner; null when shared with the team */
    user_id: string | null;
    /** Its team */
    team_id: string;
    /** MCP server URL */
    server_url?: string;
    /** MCP transport */
    transport_type?: 'stdio' | 'sse' | 'http';
    /** How it authenticates */
    auth_method?: string | null;
    /** Composio's id of the MCP server behind it */
    composio_mcp_id: string | null;
    /** Its custom integration */
    custom_integration_id?: string | null;
    /** Icon */
    icon_url?: string | null;
    /** OAuth provider */
    oauth_provider?: string | null;
    /** Granted scopes */
    oauth_scopes?: string[] | null;
    /** Whether headers are configured */
    has_headers?: boolean;
    /** Whether an OAuth flow was completed */
    has_oauth_tokens?: boolean;
    /** The catalog's integration */
    integration_id?: string | null;
    /** Whether the team shares it */
    shared?: boolean;
    /** Who made it */
    created_by?: string | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
}

export interface UpdateConnectionV1 {
    /** Display name */
    name?: string;
    /** MCP server URL */
    server_url?: string;
    /** How it authenticates */
    auth_method?: 'url' | 'oauth' | 'apikey' | 'headers';
    /** Composio's id of the MCP server behind it */
    composio_mcp_id?: string | null;
    /** Headers sent to the server; null clears all */
    headers?: Headers | null;
    /** Whether the team shares it */
    shared?: boolean;
}

export interface Done {
    /** Whether it succeeded */
    success: boolean;
    /** A message for people */
    message: string;
}

export interface ConnectionCredentials {
    /** Connection ID */
    id: string;
    /** Header name to value; a secret value is empty */
    headers: Record<string, string>;
}

export interface StartNativeOAuthV1 {
    /** Destination after consent: a path or an absolute URL */
    return_url?: string;
}

export interface AuthorizationUrl {
    /** To open in a browser */
    authorization_url: string;
}

export interface StartComposio {
    /** Composio auth config */
    auth_config_id: string;
    /** Destination after consent */
    callback_url: string;
    /** Composio auth scheme; required with auth_fields of one that is not OAuth */
    auth_scheme?: string;
    /** Credentials, or data for the consent; never kept */
    auth_fields?: Record<string, string>;
}

export interface ComposioStarted {
    /** To open in a browser; null without a question to ask */
    redirect_url: string | null;
    /** State of the account */
    status: 'INITIATED' | 'ACTIVE' | 'FAILED' | 'EXPIRED' | null;
    /** For finalize */
    connected_account_id: string;
}

export interface FinalizeComposio {
    /** Composio app */
    app: string;
    /** Name of the connection */
    integration_name: string;
    /** From the start */
    connected_account_id: string;
}

export interface ComposioFinalized {
    /** The new connection */
    integration_id: string;
    /** MCP server of the account */
    mcp_url: string;
}

export interface ProbeMcpServerV1 {
    /** MCP server URL */
    server_url: string;
    /** Headers for the server */
    headers?: Record<string, string>;
}

export interface ProbeResult {
    /** Whether the server can be used */
    success: boolean;
    /** Its tools */
    tools?: McpTool[];
    /** Why it cannot */
    error?: string;
}

export interface CheckMcpOAuth {
    /** MCP server URL */
    mcp_server_url: string;
}

export interface McpOAuthSupport {
    /** Whether clients can register themselves */
    supports_dcr: boolean;
    /** Authorization endpoint, when it can be discovered */
    authorization_endpoint?: string;
    /** Scopes that the server asks for, else those that its authorization server knows */
    scopes?: string[];
}

export interface StartMcpOAuthV1 {
    /** MCP server URL */
    mcp_server_url: string;
    /** Name of the connection */
    name: string;
    /** Its custom integration */
    custom_integration_id?: string;
    /** Destination after consent: a path, or a URL on an allowed host */
    return_url?: string;
    /** Integration type of the connection */
    integration_type?: string;
}

export interface IntegrationListV1 {
    /** The page's integrations */
    integrations: ConnectionV1[];
    /** Integrations in all */
    total: number;
    /** Rows a page */
    limit: number;
    /** Rows skipped */
    offset: number;
}

export interface CreateCustomIntegration {
    /** Display name, unique in the team */
    name: string;
    /** How connections to it authenticate; `url` is without authentication */
    auth_method: 'url' | 'apikey' | 'headers' | 'oauth';
    /** MCP server URL */
    server_url: string;
    /** Client of a server without registration */
    oauth_client_id?: string;
    /** Its secret, write-only */
    oauth_client_secret?: string;
}

export interface ProfileReply {
    /** The caller */
    profile: Profile;
}

export interface TeamReply {
    /** The team */
    team: Team;
}

export interface RevisionIntegrationList {
    /** In the order in which they were attached */
    integrations: RevisionIntegration[];
}

export interface AttachIntegrations {
    /** Integrations of the catalog, or the team's custom ones */
    integration_ids: string[];
}

export interface IntegrationsAttached {
    /** Whether all are attached */
    success: boolean;
    /** Newly attached ones */
    count: number;
}

export interface Success {
    /** Whether it succeeded */
    success: boolean;
}

export interface PinnedConnectionList {
    /** The caller's pins, oldest first */
    connections: PinnedConnection[];
}

export interface PinConnection {
    /** A connection visible to the caller */
    connection_id: string;
}

export interface CaseQueueSetup {
    /** The revision's producers and consumers of cases */
    configs: CaseQueueConfig[];
    /** Whether the team has queues that could be linked */
    has_available_queues: boolean;
}

export interface LinkedQueueList {
    /** Linked queues, by name */
    queues: LinkedQueue[];
}

export interface ReplaceQueues {
    /** All linked queues; an empty list unlinks */
    queue_ids: string[];
}

export interface ScheduleListV1 {
    /** The caller's, newest first */
    schedules: ScheduleV1[];
}

export interface MemberList {
    /** The page, by name */
    members: Member[];
    /** Members in all */
    total: number;
    /** Rows a page */
    limit: number;
    /** Rows skipped */
    offset: number;
}

/** Newest first */
export type SecretList = Secret[];

export interface CreateSecret {
    /** Display name */
    name: string;
    /** Environment variables, write-only */
    values: Record<string, string>;
    /** Its service */
    service_slug?: string | null;
    /** Whether the team shares it; takes the manager role or above */
    shared?: boolean;
}

/** Environment variables, without their values. */
export interface Secret {
    /** Secret ID */
    id: string;
    /** Its team */
    team_id: string;
    /** Its owner; null when shared with the team */
    user_id: string | null;
    /** Display name */
    name: string;
    /** Its service */
    service_slug: string | null;
    /** Names of its environment variables; their values are never readable */
    env_var_keys: string[];
    /** Who made it */
    created_by: string;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
}

export interface UpdateSecret {
    /** Display name */
    name?: string;
    /** Its service */
    service_slug?: string | null;
    /** Whether the team shares it; takes the manager role or above */
    shared?: boolean;
    /** Replaces all values; not together with the three below */
    values?: Record<string, string>;
    /** Old names to new ones, all at once, after remove_keys */
    rename_keys?: Record<string, string>;
    /** Names of removed variables; done first */
    remove_keys?: string[];
    /** Added or changed variables; done last */
    add_values?: Record<string, string>;
}

export interface AttachSecret {
    /** A secret visible to the caller */
    credentialId: string;
}

export interface FolderList {
    /** All of the team's */
    folders: AgentFolderListItem[];
}

export interface CreateFolder {
    /** Display name */
    name: string;
    /** Its folder; the top level when left out */
    parent_folder_id?: string | null;
}

export interface FolderReply {
    /** The folder */
    folder: AgentFolder;
}

export interface UpdateFolder {
    /** Display name */
    name?: string;
    /** Its new folder; null is the top level */
    parent_folder_id?: string | null;
}

export interface FolderNotEmpty {
    /** Phrase of the status */
    error: string;
    /** What is wrong, for people */
    message?: string;
    /** Whether anything is in it */
    has_contents: boolean;
    /** Agents in it and in its folders, which force=true would move to the top level */
    agent_count: number;
}

export interface MoveAgents {
    /** Agents to move, each once */
    agent_ids: string[];
    /** Where to; null is the top level */
    folder_id: string | null;
}

export interface AgentsMoved {
    /** Whether it succeeded */
    success: boolean;
    /** Agents in it now */
    moved_count: number;
}

export interface MoveAgentsInto {
    /** Agents to move, each once */
    agent_ids: string[];
}

export interface AgentListV1 {
    /** The page's agents */
    agents: AgentListItemV1[];
    /** Agents in all */
    total: number;
    /** Rows a page */
    limit: number;
    /** Rows skipped */
    offset: number;
}

export interface CreateAgent {
    /** Name */
    name: string;
    /** Thread */
    thread_id?: string | null;
    /** Revision of the team whose setup and integrations the first revision takes over */
    source_build_id?: string | null;
    /** Its automation */
    automation_id?: string | null;
    /** The first revision */
    build?: FirstRevision;
}

export interface AgentCreatedV1 {
    /** The new agent */
    agent: AgentV1;
    /** Its first revision */
    build?: RevisionV1;
}

export interface AgentReplyV1 {
    /** The agent */
    agent: AgentV1;
    /** The caller's part in it */
    user_context: AgentUserContext;
}

export interface UpdateAgent {
    /** Name */
    name?: string;
    /** Whether it can be used in Slack */
    slack_enabled?: boolean;
    /** Whether it can be used in Microsoft Teams */
    microsoft_teams_enabled?: boolean;
    /** Whether it remembers */
    agentic_memory_enabled?: boolean;
    /** Thread */
    thread_id?: string | null;
    /** Whether the caller has pinned it */
    pinned?: boolean;
}

export interface RevisionListV1 {
    /** The page's revisions */
    builds: RevisionV1[];
    /** Revisions in all */
    total: number;
    /** Rows a page */
    limit: number;
    /** Rows skipped */
    offset: number;
}

export interface CreateRevision {
    /** Name */
    name: string;
    /** The setup; without one it is that of source_build_id, or else of the live revision */
    config?: BuildConfig;
    /** Agents to hand work over to */
    handover_target_ids?: string[];
    /** Revision to take over integrations and queues from */
    source_build_id?: string;
}

export interface RevisionCreatedV1 {
    /** The new revision */
    build: RevisionV1;
    /** Its agent */
    agent: RevisionAgent;
}

export interface RevisionReplyV1 {
    /** The revision */
    build: RevisionV1;
}

export interface UpdateRevision {
    /** Laid over the setup: objects are merged, other values replaced; null removes what cannot be null. What a create refuses is kept, and not shown */
    config?: Record<string, unknown>;
    /** Agents to hand work over to */
    handoverTargetIds?: string[];
    /** Its name */
    revision_name?: string | null;
    /** Its description; null clears it */
    revision_description?: string | null;
}

/** A JSON-RPC 2.0 message of the Model Context Protocol */
export type McpMessage = unknown;

export interface ConnectionList {
    /** The page's connections */
    integrations: Connection[];
    /** Connections in all */
    total: number;
    /** Rows a page */
    limit: number;
    /** Rows skipped */
    offset: number;
}

/** A person's or a team's authorized account. */
export interface Connection {
    /** Connection ID */
    id: string;
    /** Display name */
    name: string;
    /** Integration type */
    type: string;
    /** Who provides it: user, native, composio or default */
    provider: string;
    /** Its owner; null when shared with the team */
    user_id: string | null;
    /** Its team */
    team_id: string;
    /** MCP server URL */
    server_url?: string;
    /** MCP transport */
    transport_type?: 'stdio' | 'sse' | 'http';
    /** How it authenticates */
    auth_method?: string | null;
    /** Its custom integration */
    custom_integration_id?: string | null;
    /** Icon */
    icon_url?: string | null;
    /** OAuth provider */
    oauth_provider?: string | null;
    /** Slug of the OAuth provider */
    oauth_provider_key?: string | null;
    /** Granted scopes */
    oauth_scopes?: string[] | null;
    /** Whether headers are configured */
    has_headers?: boolean;
    /** Whether an OAuth flow was completed */
    has_oauth_tokens?: boolean;
    /** The catalog's integration */
    integration_id?: string | null;
    /** Whether the team shares it */
    shared?: boolean;
    /** Who made it */
    created_by?: string | null;
    /** When it stopped working */
    broken_at?: string | null;
    /** Why it stopped */
    broken_reason?: string | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
}

export interface UpdateConnection {
    /** Display name */
    name?: string;
    /** MCP server URL */
    server_url?: string;
    /** How it authenticates */
    auth_method?: 'url' | 'oauth' | 'apikey' | 'headers';
    /** Headers sent to the server; null clears all */
    headers?: Headers | null;
    /** Whether the team shares it */
    shared?: boolean;
}

export interface StartNativeOAuth {
    /** Destination after consent: a path or an absolute URL */
    return_url?: string;
    /** A connection to renew instead of making one */
    reconnect_instance_id?: string;
}

export interface ProbeMcpServer {
    /** MCP server URL */
    server_url?: string;
    /** Instead of a URL: the integration whose server is asked; no connection is needed */
    integration_slug?: 
        | 'googlecalendar' | 'google-calendar' | 'gmail' | 'slack' | 'googledocs' | 'googlesheets' | 'googledrive'
        | 'firecrawl' | 'exa' | 'exa-search' | 'exa-company-search' | 'exa-people-search' | 'deep-research'
        | 'system' | 'browser-agent' | 'browser-agent-devtools' | 'notion' | 'linear' | 'confluence' | 'custom_mcp'
        | 'user_mcp' | 'snowflake' | 'sharepoint' | 'teams' | 'onedrive' | 'bigquery' | 'databricks' | 'netsuite'
        | 'outlook' | 'microsoft-calendar' | 'excel' | 'word' | 'saps4hana' | 'md365' | 'businesscentral'
        | 'oraclefusion' | 'workday' | 'coupa' | 'signavio' | 'sap-ecc' | 'msteams' | 'human-in-the-loop'
        | 'email-attachments-reader' | 'document-processor' | 'google-docs' | 'google-sheets' | 'google-drive'
        | 'outbound-call' | 'case-queue-producer' | 'case-queue-consumer' | 'handover' | 'shopify' | 'hubspot'
        | 'zendesk' | 'intercom' | 'powerbi' | 'salesforce' | 'pipedrive' | 'tableau' | 'image-generation'
        | 'forecasting' | 'supabase' | 'attio' | 'amplitude' | 'websets' | 'firecrawl-platform'
        | 'duvo-computer-use' | 'duvo-computer-use-rdp' | 'eu-commodity-prices' | 'asana' | 'ssh' | 'scheduling'
        | 'github' | 'linear-native' | 'notion-native' | 'granola' | 'apify' | 'bamboohr';
    /** Headers for the server */
    headers?: Record<string, string>;
}

export interface StartMcpOAuth {
    /** MCP server URL */
    mcp_server_url: string;
    /** Name of the connection */
    name: string;
    /** Its custom integration */
    custom_integration_id?: string;
    /** Destination after consent: a path, or a URL on an allowed host */
    return_url?: string;
    /** Integration type of the connection */
    integration_type?: string;
    /** A connection to renew instead of making one */
    reconnect_instance_id?: string;
    /** An already registered client */
    oauth_client_id?: string;
    /** Its secret; none for a public client */
    oauth_client_secret?: string;
}

export interface IntegrationList {
    /** The page's integrations */
    integrations: Connection[];
    /** Integrations in all */
    total: number;
    /** Rows a page */
    limit: number;
    /** Rows skipped */
    offset: number;
}

export interface TeamList {
    /** Teams */
    teams: TeamListItem[];
}

export interface OrganizationList {
    /** By name */
    memberships: OrganizationMembership[];
}

export interface OrganizationTeamList {
    /** The page, by name */
    teams: OrganizationTeam[];
    /** Teams in all */
    total: number;
}

export interface CreateTeam {
    /** Name */
    name: string;
}

export interface TeamCreated {
    /** Team */
    id: string;
    /** Name */
    name: string;
}

export interface ScheduleList {
    /** The caller's, newest first */
    schedules: Schedule[];
}

export interface CreateSchedule {
    /** Whether it is active; an agent has at most 5 active ones */
    enabled: boolean;
    /** How often */
    frequency: 'every_5_minutes' | 'every_15_minutes' | 'hourly' | 'daily' | 'workday' | 'weekly' | 'monthly' | 'custom';
    /** Time of day, HH:MM; required for daily, workday, weekly and monthly */
    time?: string | null;
    /** IANA time zone */
    timezone: string;
    /** Required for weekly */
    day?: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday' | null;
    /** Required for monthly */
    day_of_month?: number | null;
    /** Five fields; required for custom */
    cron?: string | null;
    /** Whether it continues after its first run; true unless given */
    recurring?: boolean | null;
}

/** When an agent is to run on behalf of a person. */
export interface Schedule {
    /** Schedule ID */
    id: string;
    /** Its revision: the agent's live one, else its latest */
    build_id: string;
    /** Agent */
    agent_id: string;
    /** Whose it is */
    user_id: string;
    /** Whether it is active */
    enabled: boolean;
    /** How often */
    frequency: 'every_5_minutes' | 'every_15_minutes' | 'hourly' | 'daily' | 'workday' | 'weekly' | 'monthly' | 'custom';
    /** Time of day */
    time: string | null;
    /** IANA time zone */
    timezone: string;
    /** Day of the week */
    day: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday' | null;
    /** Day of the month */
    day_of_month: number | null;
    /** Cron expression */
    cron: string | null;
    /** What made it */
    source: string | null;
    /** Instructions for the agent */
    task: string | null;
    /** Whether it continues after its first run */
    recurring: boolean | null;
    /** When it was paused because it failed */
    auto_disabled_at: string | null;
    /** Why */
    auto_disabled_reason: string | null;
    /** Consecutive runs without a connection */
    consecutive_missing_connection_failures: number;
    /** When the first one was */
    first_missing_connection_failure_at: string | null;
    /** When the last one was */
    last_missing_connection_failure_at: string | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
    /** Name of the person */
    user_name?: string | null;
    /** E-mail address */
    user_email?: string | null;
}

export interface UpdateSchedule {
    /** Whether it is active; an agent has at most 5 active ones */
    enabled?: boolean;
    /** How often */
    frequency?: 'every_5_minutes' | 'every_15_minutes' | 'hourly' | 'daily' | 'workday' | 'weekly' | 'monthly' | 'custom';
    /** Time of day, HH:MM; required for daily, workday, weekly and monthly */
    time?: string | null;
    /** IANA time zone */
    timezone?: string;
    /** Required for weekly */
    day?: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday' | null;
    /** Required for monthly */
    day_of_month?: number | null;
    /** Five fields; required for custom */
    cron?: string | null;
    /** Whether it continues after its first run; true unless given */
    recurring?: boolean | null;
}

/** Newest first */
export type LoginList = LoginListItem[];

export interface CreateLogin {
    /** The site */
    domain: string;
    /** Who signs in */
    username?: string | null;
    /** Never readable again; it or otp_secret has to be there */
    password?: string | null;
    /** Seed of one-time passwords, never readable again */
    otp_secret?: string | null;
    /** Whether the team shares it; takes the manager role or above */
    shared?: boolean;
}

/** Without its values. */
export interface Login {
    /** Login ID */
    id: string;
    /** The site */
    domain: string;
    /** Who signs in */
    username: string | null;
    /** Always null: it is never readable */
    password: string | null;
    /** Always null: it is never readable */
    otp_secret: string | null;
    /** Whose it is; null: the team's */
    user_id: string | null;
    /** Its team */
    team_id: string;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
}

export interface UpdateLogin {
    /** The site */
    domain?: string;
    /** Who signs in; null removes it */
    username?: string | null;
    /** Never readable again; it or otp_secret has to be there; null removes it */
    password?: string | null;
    /** Seed of one-time passwords, never readable again; null removes it */
    otp_secret?: string | null;
    /** Whether the team shares it; takes the manager role or above */
    shared?: boolean;
}

/** In order of attachment */
export type RevisionLoginList = RevisionLogin[];

export interface AttachLogin {
    /** A login visible to the caller */
    exposedCredentialId: string;
}

export interface AgentList {
    /** The page's agents */
    agents: AgentListItem[];
    /** Agents in all */
    total: number;
    /** Rows a page */
    limit: number;
    /** Rows skipped */
    offset: number;
}

export interface AgentCreated {
    /** The new agent */
    agent: Agent;
    /** Its first revision */
    build?: Revision;
}

export interface AgentReply {
    /** The agent */
    agent: Agent;
    /** The caller's part in it */
    user_context: AgentUserContext;
}

export interface MoveAgent {
    /** The team that it goes to */
    target_team_id: string;
    /** Whether what it has learned goes along: the mock has none */
    move_learnings?: boolean;
    /** Moves what hangs together with it along, instead of refusing */
    bypass_standalone_gate?: boolean;
}

export interface AgentMoved {
    /** Where it was */
    source_team_id: string;
    /** Where it goes */
    target_team_id: string;
    /** The agent that was asked for */
    root_agent_id: string;
    /** All that move, it first */
    agents: MovedItem[];
    /** Queues that move */
    queues: MovedQueue[];
    /** Cases in them */
    total_case_items: number;
    /** Runs of the agents */
    total_runs: number;
    /** Skills of the live configs */
    skills_to_clone: SkillToClone[];
    /** Files of the live configs */
    files_to_copy: FileToCopy[];
    /** What is not as before */
    warnings: MoveWarnings;
    /** How it was asked */
    options: MoveOptions;
    /** False with dry_run */
    applied: boolean;
}

export interface AgentNotStandalone {
    /** What is wrong, for people */
    error: string;
    /** For programs */
    code: 'ASSIGNMENT_NOT_STANDALONE';
    /** What it hangs together with */
    blockers: MoveBlockers;
}

export interface RevisionList {
    /** The page's revisions */
    builds: Revision[];
    /** Revisions in all */
    total: number;
    /** Rows a page */
    limit: number;
    /** Rows skipped */
    offset: number;
}

export interface RevisionCreated {
    /** The new revision */
    build: Revision;
    /** Its agent */
    agent: RevisionAgent;
}

export interface RevisionReply {
    /** The revision */
    build: Revision;
}

export interface PromoteRevision {
    /** Its name */
    revision_name?: string;
    /** Its description; null clears it */
    revision_description?: string | null;
}

export interface TriggerList {
    /** The caller's, newest first */
    triggers: Trigger[];
}

export interface UpsertTrigger {
    /** Type of an integration of the live revision */
    integration_slug: string;
    /** One of its trigger types */
    trigger_type: string;
    /** Which of them */
    filter_config?: Record<string, unknown>;
    /** False pauses it */
    enabled?: boolean;
}

/** What starts an agent through a person's connection. */
export interface Trigger {
    /** Trigger ID */
    id: string;
    /** The agent that it starts */
    agent_id: string;
    /** Whose it is */
    user_id: string;
    /** Type of the integration */
    integration_slug: string;
    /** What starts the agent */
    trigger_type: string;
    /** Which of them; stored as it was sent */
    filter_config: Record<string, unknown>;
    /** The connection that it listens through; it goes with it */
    integration_instance_id: string;
    /** False: it is paused */
    enabled: boolean;
    /** When it disabled itself */
    auto_disabled_at: string | null;
    /** Why */
    auto_disabled_reason: string | null;
    /** Consecutive runs without a usable connection */
    consecutive_missing_connection_failures: number;
    /** When the first one was */
    first_missing_connection_failure_at: string | null;
    /** When the last one was */
    last_missing_connection_failure_at: string | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
}

export interface TriggerTypeList {
    /** Of the integrations of the live revision, by slug and type */
    trigger_types: TriggerType[];
}

export interface QueueList {
    /** The page, by name */
    queues: Queue[];
    /** Queues in all */
    total: number;
    /** Rows a page */
    limit: number;
    /** Rows skipped */
    offset: number;
}

export interface CreateQueue {
    /** Unlike the others' */
    name: string;
    /** What it is for */
    description?: string | null;
    /** A folder of the team */
    folder_id?: string | null;
    /** Automation */
    automation_id?: string | null;
}

export interface QueueReply {
    /** It */
    queue: Queue;
}

export interface UpdateQueue {
    /** Unlike the others' */
    name?: string;
    /** What it is for */
    description?: string | null;
    /** A folder of the team */
    folder_id?: string | null;
}

export interface QueueDeleted {
    /** Whether it is gone */
    success: boolean;
    /** Cases that went with it */
    deleted_case_count: number;
    /** Runs that were at work on its cases */
    interrupted_run_ids: string[];
}

export interface QueueAgents {
    /** Name of the queue */
    queue_name: string;
    /** Who puts cases in, by name */
    producers: QueueProducer[];
    /** Who takes them out, by name */
    consumers: QueueConsumer[];
}

export interface CaseList {
    /** The page, newest first */
    cases: Case[];
    /** Cases in all */
    total: number;
    /** Rows a page */
    limit: number;
    /** Rows skipped */
    offset: number;
}

export interface CreateCase {
    /** It */
    case: NewCase;
}

export interface CaseReply {
    /** It */
    case: Case;
}

export interface CaseTriggerList {
    /** At most one */
    case_triggers: CaseTrigger[];
}

export interface CreateCaseTrigger {
    /** A queue of the team */
    case_queue_id: string;
    /** Whether it is active */
    enabled: boolean;
    /** 1: one run at a time */
    concurrency?: number | null;
}

export interface CaseTriggerReply {
    /** It */
    case_trigger: CaseTrigger;
}

export interface CaseTriggerConflicts {
    /** Whether other agents are started by the same cases */
    has_conflict: boolean;
    /** Those agents, by name */
    conflicting_agents: ConflictingAgent[];
}

export interface UpdateCaseTrigger {
    /** A queue of the team */
    case_queue_id?: string;
    /** Whether it is active */
    enabled?: boolean;
    /** 1: one run at a time */
    concurrency?: number | null;
}

export interface RunList {
    /** The page */
    data: RunListItem[];
    /** Runs in all */
    total: number;
}

export interface StartRun {
    /** An agent of the team */
    agent_id: string;
    /** What it is to do: its first message */
    message?: string;
    /** Told as it is */
    sandbox_id?: string;
    /** Called when the run asks people, completes, fails or is interrupted: a POST of {event, run, human_request} with the event human_request, run_completed, run_failed or run_interrupted. Payload and headers are ours: Duvo publishes none */
    webhook_url?: string;
}

export interface RunStarted {
    /** It */
    run: Run;
}

export interface RunReply {
    /** It */
    run: Run;
    /** What it asks while it waits */
    pending_human_request?: PendingHumanRequest | null;
}

export interface RunStopped {
    /** Always */
    success: boolean;
    /** When there was nothing to stop */
    message?: string;
}

export interface RunMessageList {
    /** The page, oldest first */
    messages: RunMessage[];
    /** Messages in all */
    total: number;
    /** Rows a page */
    limit: number;
    /** Rows skipped */
    offset: number;
}

export interface PostRunMessage {
    /** What is said */
    message: string;
}

export interface RunMessageReply {
    /** It */
    message: RunMessage;
}

export interface RespondToHumanRequest {
    /** Of a question: the answers by the question's text */
    answers?: Record<string, string>;
    /** Of an approval */
    approved?: boolean;
}

export interface HumanRequestReply {
    /** It */
    human_request: HumanRequest;
}

export interface PulseDashboardList {
    /** The page, newest first */
    artifacts: PulseDashboard[];
    /** Dashboards in all */
    total: number;
    /** Rows a page */
    limit: number;
    /** Rows skipped */
    offset: number;
}

/** What Duvo Pulse answers when it refuses. */
export interface Sentence {
    /** What is wrong, for people */
    error: string;
}

export interface CreatePulseDashboard {
    /** What it is to show */
    message: string;
    /** Connections visible to the caller that it may use */
    connection_ids?: string[];
}

export interface PulseDashboardCreated {
    /** Dashboard ID */
    artifact_id: string;
    /** What asked for it */
    user_message: PulseDashboardMessage;
}

export interface PulseDashboardReply {
    /** It */
    artifact: PulseDashboard;
    /** Whether the caller made it */
    is_creator: boolean;
    /** Whether the caller may change it */
    can_edit: boolean;
}

export interface PulseDashboardConnectionList {
    /** In order of attachment */
    connections: PulseDashboardConnection[];
}

export interface AttachPulseDashboardConnection {
    /** A connection visible to the caller */
    connection_id: string;
}

export interface SuggestionList {
    /** The page, newest first */
    data: Suggestion[];
    /** Pending ones in all */
    pending_count: number;
}

export interface ConsumeSuggestion {
    /** The draft to change; the newest, unless given, or else a new one made from the live revision */
    revision_id?: string;
}

export interface SuggestionResolved {
    /** It */
    data: Suggestion;
    /** The revision that was changed */
    applied_revision_id?: string;
}

export interface Health {
    /** ok */
    status: string;
}

export interface Version {
    /** The program */
    name: string;
    /** Its version */
    version: string;
}

export interface ConsoleForm {
    /** Method and path of the call, below the space; {name} in it is the field :name */
    '~call': string;
    /** A call without a body that is made before it */
    '~first'?: string;
    /** The list of the row that it makes, which is then shown */
    '~makes'?: string;
    /** API key, where the operation wants one; else that of the fixtures' owner */
    key?: string;
}

export interface MakeSpace {
    /** Letters, digits, '.', '_' and '-'; generated when left out */
    name?: string;
    /** Seconds without a request until it is dropped */
    ttl_seconds?: number;
    /** What it starts with, and is reset to, instead of what the server was started with: a built-in set's name, a document, or several of them. The built-in catalog is added as at a start, and people, teams and keys are those of the set empty when nothing is said of any. Else a team has to have an owner, for whom the space's key acts. */
    fixtures?: 'default' | 'empty' | 'demo' | Fixtures | ('default' | 'empty' | 'demo' | Fixtures)[];
}

export interface Space {
    /** Name */
    name: string;
    /** Base URL for an SDK: the API's paths go behind it */
    base_url: string;
    /** The owner's API key of this space; shown once */
    api_key?: string;
    /** Seconds without a request until it is dropped */
    ttl_seconds: number | null;
    /** Whether its first use made it */
    implicit: boolean;
    /** Rows in it */
    counts?: Counts;
}

export interface SpaceList {
    /** In the order of making */
    spaces: Space[];
    /** How many */
    total: number;
}

export interface Reset {
    /** fixtures, empty (people, keys and the catalog alone), or the name of a snapshot */
    to?: string;
    /** Parts to reset: data, requests, faults, clock, settings; all when left out */
    only?: ('data' | 'requests' | 'faults' | 'clock' | 'settings')[];
}

export interface ResetDone {
    /** The target */
    to: string;
    /** The parts */
    only: ('data' | 'requests' | 'faults' | 'clock' | 'settings')[];
    /** Rows in the space now */
    counts: Counts;
    /** Duration in microseconds */
    elapsed_us: number;
}

export interface Fixtures {
    organizations?: FixtureOrganization[];
    teams?: FixtureTeam[];
    people?: FixturePerson[];
    members?: FixtureMember[];
    organization_members?: FixtureOrganizationMember[];
    api_keys?: FixtureApiKey[];
    integrations?: FixtureIntegration[];
    custom_integrations?: FixtureCustomIntegration[];
    connections?: FixtureConnection[];
    secrets?: FixtureSecret[];
    logins?: FixtureLogin[];
    oauth_providers?: FixtureProvider[];
    scopes?: FixtureScope[];
    auth_configs?: FixtureAuthConfig[];
    mcp_tools?: FixtureMcpTool[];
    mcp_bindings?: FixtureMcpBinding[];
    folders?: FixtureFolder[];
    agents?: FixtureAgent[];
    agent_pins?: FixtureAgentPin[];
    builds?: FixtureBuild[];
    build_secrets?: FixtureBuildSecret[];
    build_logins?: FixtureBuildLogin[];
    schedules?: FixtureSchedule[];
    queues?: FixtureQueue[];
    case_triggers?: FixtureCaseTrigger[];
    cases?: FixtureCase[];
    slots?: FixtureSlot[];
    pins?: FixturePin[];
    slot_queues?: FixtureSlotQueue[];
    trigger_types?: FixtureTriggerType[];
    triggers?: FixtureTrigger[];
    runs?: FixtureRun[];
    run_scripts?: RunScript[];
    dashboards?: FixtureDashboard[];
    dashboard_connections?: FixtureDashboardConnection[];
    suggestions?: FixtureSuggestion[];
    webhooks?: FixtureWebhook[];
    $export?: ExportNote;
}

export interface FixturesLoaded {
    /** Rows in the space now */
    counts: Counts;
}

export interface SnapshotList {
    /** By name */
    snapshots: Snapshot[];
    /** How many */
    total: number;
}

export interface Snapshot {
    /** Name */
    name: string;
    /** When it was taken */
    created_at: string;
    /** Rows in it */
    counts: Counts;
}

export interface Clock {
    /** What time it is in the space */
    now: string;
    /** Whether it runs */
    mode: 'running' | 'frozen';
    /** Milliseconds ahead of the machine's clock */
    offset_ms: number;
}

export interface ChangeClock {
    /** freeze stops it, set moves it, advance moves it on, resume lets it run */
    action: 'freeze' | 'set' | 'advance' | 'resume';
    /** Where to: for freeze and set */
    at?: string;
    /** How far: for advance */
    by_seconds?: number;
}

export interface Settings {
    /** What consent pages do */
    consent: 'auto' | 'interactive';
    /** Whether a return_url gets status and connection_id */
    return_params: 'on' | 'off';
    /** Name of the array in /v1's list */
    v1_list_keys: 'both' | 'connections' | 'integrations';
    /** Which models a revision's config may name */
    models: 'any' | 'listed';
    /** Whether unknown fields are errors */
    strict: boolean;
    /** Whether any dv_... key acts as the default owner */
    any_key: boolean;
    /** Whether api_key is accepted as apikey */
    lenient_auth_method: boolean;
    /** Whether errors are named by identifiers, such as not_found */
    error_ids: boolean;
    /** Requests per minute per API key; 0 is off */
    rate_limit: number;
    /** Seconds in which a used refresh token of a built-in MCP server works again */
    refresh_grace_seconds: number;
    /** What runs without a script do */
    runs: 'auto' | 'script';
    /** Milliseconds until a run runs */
    run_pending_ms: number;
    /** Milliseconds until it completes */
    run_running_ms: number;
    /** Whether schedules start runs when their time comes */
    schedules: 'off' | 'run';
    /** Runs in a row without a connection after which a trigger or schedule disables itself */
    trigger_failures: number;
    /** Seconds until a failed delivery is tried again, for each retry: an array of at most 10 */
    webhook_retry_seconds: unknown;
    /** Milliseconds that the receiver of a delivery has for its answer */
    webhook_timeout_ms: number;
    /** Names of the headers of a delivery */
    webhook_headers: WebhookHeaders;
    /** Whether the body of a delivery is the event, or its data alone */
    webhook_payload: 'envelope' | 'data';
    /** Seed of repeatable ids; null is random */
    seed: number | null;
}

export interface ChangeSettings {
    /** What consent pages do */
    consent?: 'auto' | 'interactive';
    /** Whether a return_url gets status and connection_id */
    return_params?: 'on' | 'off';
    /** Name of the array in /v1's list */
    v1_list_keys?: 'both' | 'connections' | 'integrations';
    /** Which models a revision's config may name */
    models?: 'any' | 'listed';
    /** Whether unknown fields are errors */
    strict?: boolean;
    /** Whether any dv_... key acts as the default owner */
    any_key?: boolean;
    /** Whether api_key is accepted as apikey */
    lenient_auth_method?: boolean;
    /** Whether errors are named by identifiers, such as not_found */
    error_ids?: boolean;
    /** Requests per minute per API key; 0 is off */
    rate_limit?: number;
    /** Seconds in which a used refresh token of a built-in MCP server works again */
    refresh_grace_seconds?: number;
    /** What runs without a script do */
    runs?: 'auto' | 'script';
    /** Milliseconds until a run runs */
    run_pending_ms?: number;
    /** Milliseconds until it completes */
    run_running_ms?: number;
    /** Whether schedules start runs when their time comes */
    schedules?: 'off' | 'run';
    /** Runs in a row without a connection after which a trigger or schedule disables itself */
    trigger_failures?: number;
    /** Seconds until a failed delivery is tried again, for each retry: an array of at most 10 */
    webhook_retry_seconds?: unknown;
    /** Milliseconds that the receiver of a delivery has for its answer */
    webhook_timeout_ms?: number;
    /** Names of the headers of a delivery */
    webhook_headers?: WebhookHeaders;
    /** Whether the body of a delivery is the event, or its data alone */
    webhook_payload?: 'envelope' | 'data';
    /** Seed of repeatable ids; null is random */
    seed?: number | null;
}

export interface RequestList {
    /** Newest last, redacted */
    requests: JournalEntry[];
    /** How many match */
    total: number;
    /** With q: how many there are without it */
    kept?: number;
    /** How many more may have matched, which the journal forgot (--journal-bytes) */
    dropped: number;
}

export interface Verify {
    /** Which requests, or events, are counted */
    match: Match;
    /** Expected number: a number, or {min, max}; at least one when left out */
    count?: Count;
    /** The same as count */
    times?: Count;
    /** How long to wait for the minimum; without one, how long to watch the maximum */
    within_ms?: number;
    /** How long to watch the maximum after the minimum is met; each match starts it anew */
    quiet_ms?: number;
}

export interface Verified {
    /** How many matched */
    matched: number;
}

export interface MakeKey {
    /** The team that it is of */
    team_id: string;
    /** The person that it acts for: a member of the team */
    user_id: string;
}

export interface Key {
    /** The API key; shown once */
    key: string;
}

export interface OrderRun {
    /** The run that it is for; any, unless it says */
    match?: RunMatch;
    /** What that run does: an array of objects with delay_ms, and message, tool_call, file, and status or human_request */
    steps: RunStep[];
}

export interface RunScript {
    /** Script ID */
    id: string;
    /** The run that it is for; any, unless it says */
    match?: RunMatch;
    /** What that run does */
    steps: RunStep[];
}

export interface RunScriptList {
    /** In the order of use */
    scripts: RunScript[];
    /** How many */
    total: number;
}

export interface FireTrigger {
    /** What came from outside: the run's first message */
    payload?: unknown;
}

export interface WebhookDeliveryList {
    /** Newest first */
    deliveries: WebhookDelivery[];
    /** How many there are */
    total: number;
    /** Rows a page */
    limit: number;
    /** Rows skipped */
    offset: number;
}

export interface WebhookDelivery {
    /** Delivery ID */
    id: string;
    /** The subscription; null: a start of a run has named the URL */
    subscription: string | null;
    /** The event */
    event: string;
    /** Its id, one for all subscriptions */
    event_id: string;
    /** Where it is sent */
    url: string;
    /** pending: not tried yet; retrying: another attempt is due at next_attempt_at */
    state: 'pending' | 'retrying' | 'delivered' | 'failed';
    /** Each call, oldest first; the last 20 */
    attempts: string | DeliveryAttempt[];
    /** When it is tried again, by the space's clock */
    next_attempt_at: string | null;
    /** When it happened */
    created_at: string;
    /** When it was delivered, or given up */
    finished_at: string | null;
    /** The body */
    payload: unknown;
}

export interface MakeWebhook {
    /** Where events are sent: http or https */
    url: string;
    /** Events: run.started run.paused run.completed run.failed run.message.created run.tool_call.completed run.file.created human_request.created human_request.responded queue.case.created queue.case.claimed queue.case.completed assignment.build.published connection.updated connection.action_required */
    events?: (
        | 'run.started' | 'run.paused' | 'run.completed' | 'run.failed' | 'run.message.created'
        | 'run.tool_call.completed' | 'run.file.created' | 'human_request.created' | 'human_request.responded'
        | 'queue.case.created' | 'queue.case.claimed' | 'queue.case.completed' | 'assignment.build.published'
        | 'connection.updated' | 'connection.action_required')[] | null;
    /** What signs: behind whsec_ base64, any other its own bytes; made when none is given */
    secret?: string;
    /** standard: as Standard Webhooks; body: HMAC-SHA256 of the raw body, in hexadecimal digits */
    scheme?: 'standard' | 'body';
    /** Whether deliveries wait */
    paused?: boolean;
}

export interface Webhook {
    /** Subscription ID */
    id: string;
    /** Where events are sent */
    url: string;
    /** Which events; null: all */
    events?: (
        | 'run.started' | 'run.paused' | 'run.completed' | 'run.failed' | 'run.message.created'
        | 'run.tool_call.completed' | 'run.file.created' | 'human_request.created' | 'human_request.responded'
        | 'queue.case.created' | 'queue.case.claimed' | 'queue.case.completed' | 'assignment.build.published'
        | 'connection.updated' | 'connection.action_required')[] | null;
    /** How they are signed: as Standard Webhooks, or the body alone */
    scheme?: 'standard' | 'body';
    /** Whether deliveries wait */
    paused?: boolean;
    /** When it was made */
    created_at?: string;
    /** When it was last changed */
    updated_at?: string;
    /** What signs, when the mock has made it; shown once */
    secret?: string;
}

export interface WebhookList {
    /** In the order of making */
    webhooks: Webhook[];
    /** How many */
    total: number;
}

export interface ChangeWebhook {
    /** Where events are sent: http or https */
    url?: string;
    /** Events: run.started run.paused run.completed run.failed run.message.created run.tool_call.completed run.file.created human_request.created human_request.responded queue.case.created queue.case.claimed queue.case.completed assignment.build.published connection.updated connection.action_required */
    events?: (
        | 'run.started' | 'run.paused' | 'run.completed' | 'run.failed' | 'run.message.created'
        | 'run.tool_call.completed' | 'run.file.created' | 'human_request.created' | 'human_request.responded'
        | 'queue.case.created' | 'queue.case.claimed' | 'queue.case.completed' | 'assignment.build.published'
        | 'connection.updated' | 'connection.action_required')[] | null;
    /** What signs: behind whsec_ base64, any other its own bytes; made when none is given */
    secret?: string;
    /** standard: as Standard Webhooks; body: HMAC-SHA256 of the raw body, in hexadecimal digits */
    scheme?: 'standard' | 'body';
    /** Whether deliveries wait */
    paused?: boolean;
}

/** Anything: what is no JSON is only described. */
export type InboxMessage = unknown;

/** A receiver of webhooks that the mock plays. */
export interface Inbox {
    /** Newest last, redacted: at, path, headers, body; signed: whether the signature is that of a subscription of the space with this URL, null when there is none; webhook_id: which */
    messages: InboxEntry[];
    /** How many it holds */
    total: number;
    /** How many went for want of room */
    dropped: number;
}

export interface OrderFault {
    /** Which requests */
    match: Match;
    /** What goes wrong */
    action: FaultAction;
    /** Number of requests; all when left out */
    times?: number;
    /** Number of requests to let pass first */
    after?: number;
    /** Chance from 0 to 1 */
    probability?: number;
    /** Duration in seconds, by the space's clock */
    ttl_seconds?: number;
}

export interface Fault {
    /** Fault */
    id: string;
    /** Number of requests that it met */
    hits: number;
    /** Number by operation; "-": of none */
    hits_by_operation: Record<string, number>;
    /** As it was ordered */
    match: Match;
    /** As it was ordered */
    action: FaultAction;
    /** As it was ordered */
    times?: number;
    /** As it was ordered */
    after?: number;
    /** As it was ordered */
    probability?: number;
    /** As it was ordered */
    ttl_seconds?: number;
}

export interface FaultList {
    /** In the order of making */
    faults: Fault[];
    /** How many */
    total: number;
}

export interface Transition {
    /** State */
    to: 'active' | 'expired' | 'revoked' | 'broken';
    /** For broken_reason; an active connection has none */
    reason?: string;
}

export interface MatchSecret {
    /** Header, in any case */
    name: string;
    /** Its value */
    value: string;
}

export interface SecretMatch {
    /** Whether it is set, to that value */
    match: boolean;
}

export interface MatchSecretValue {
    /** Variable */
    name: string;
    /** Its value */
    value: string;
}

export interface MatchLogin {
    /** Which secret */
    name: 'password' | 'otp_secret';
    /** Its value */
    value: string;
}

export interface MatchClientSecret {
    /** Which secret */
    name: 'oauth_client_secret';
    /** Its value */
    value: string;
}

export interface ConsentForm {
    /** Proof of the page */
    form_token?: string;
    /** approve, deny, or another outcome */
    decision?: string;
    /** E-mail address of the account */
    account?: string;
}

export interface OrderConsent {
    /** Outcome of the next consents */
    outcome: 
        | 'approve' | 'deny' | 'invalid_scope' | 'server_error' | 'temporarily_unavailable' | 'wrong_state'
        | 'missing_code' | 'expired_code' | 'closed';
    /** The consents; all when left out */
    match?: Match;
    /** How many of them */
    times?: number;
}

export interface ConsentOrder {
    /** Place in the queue */
    id: number;
    /** Outcome of the next consents */
    outcome: 
        | 'approve' | 'deny' | 'invalid_scope' | 'server_error' | 'temporarily_unavailable' | 'wrong_state'
        | 'missing_code' | 'expired_code' | 'closed';
    /** The consents */
    match: Match;
    /** How many of them are left */
    times: number;
}

export interface ConsentOrderList {
    /** In the order of use */
    outcomes: ConsentOrder[];
    /** How many */
    total: number;
}

export interface CompleteFlow {
    /** What a native or MCP start answered */
    authorization_url?: string;
    /** What a Composio start answered */
    connected_account_id?: string;
    /** Takes precedence over queue, URL and fixture */
    outcome?: 
        | 'approve' | 'deny' | 'invalid_scope' | 'server_error' | 'temporarily_unavailable' | 'wrong_state'
        | 'missing_code' | 'expired_code' | 'closed';
    /** E-mail address of the account */
    account?: string;
}

export interface FlowCompleted {
    /** The browser's last URL; null when the window was closed */
    redirect_url: string | null;
    /** The new or renewed connection, or null */
    connection: Connection | null;
}

/** RFC 7591 section 2 */
export interface McpClientRegistration {
    /** Allowed redirect URIs */
    redirect_uris: string[];
    /** authorization_code (the default) and refresh_token */
    grant_types?: string[];
    /** code */
    response_types?: string[];
    /** For the consent page */
    client_name?: string;
    /** Home page */
    client_uri?: string;
    /** Scopes, separated by blanks */
    scope?: string;
    /** none, client_secret_basic (the default) or client_secret_post */
    token_endpoint_auth_method?: string;
    /** native or web */
    application_type?: string;
    /** Refused: no issuer of statements is trusted */
    software_statement?: string;
}

export interface McpTokenRequest {
    /** authorization_code or refresh_token */
    grant_type?: string;
    /** Authorization code */
    code?: string;
    /** The redirect URI of the code */
    redirect_uri?: string;
    /** The secret behind code_challenge (RFC 7636) */
    code_verifier?: string;
    /** Client, unless it is in the Authorization header */
    client_id?: string;
    /** Its secret, with client_secret_post */
    client_secret?: string;
    /** With grant_type=refresh_token */
    refresh_token?: string;
    /** Fewer scopes than were granted */
    scope?: string;
    /** The MCP server of the token (RFC 8707); repeatable */
    resource?: string[];
}

export interface McpRevocation {
    /** Access or refresh token */
    token?: string;
    /** access_token or refresh_token */
    token_type_hint?: string;
    /** Client, unless it is in the Authorization header */
    client_id?: string;
    /** Its secret, with client_secret_post */
    client_secret?: string;
}

export interface Headers {
    /** Headers with readable values */
    plaintext?: Record<string, string>;
    /** Headers with write-only values */
    secret?: Record<string, string>;
}

export interface McpTool {
    /** Name */
    name: string;
    /** What it does */
    description?: string;
    /** JSON schema of its arguments, as the server gives it */
    input_schema?: unknown;
}

export interface Profile {
    /** Person */
    id: string;
    /** Name */
    name: string | null;
    /** E-mail address */
    email: string;
    /** The key's team */
    teamId: string | null;
}

export interface Team {
    /** Team */
    id: string;
    /** Name */
    name: string;
    /** When it was made */
    created_at: string;
    /** Its organization */
    organization_id: string | null;
    /** Its Slack workspace */
    slack_team_id: string | null;
    /** Discovery mode */
    discovery_mode: string;
}

/** An integration that a revision uses. */
export interface RevisionIntegration {
    /** ID of the slot */
    id: string;
    /** The catalog's integration */
    integration_id: string | null;
    /** The team's custom integration */
    custom_integration_id: string | null;
    /** Integration type */
    integration_type: string;
    /** Its display name */
    integration_name: string;
    /** When it was attached */
    created_at: string;
}

export interface PinnedConnection {
    /** Connection ID */
    connection_id: string;
    /** When it was pinned */
    created_at: string;
}

export interface CaseQueueConfig {
    /** ID of the slot */
    config_id: string;
    /** Integration type */
    integration_type: string;
    /** Queues linked to it */
    linked_queue_count: number;
}

export interface LinkedQueue {
    /** Queue ID */
    id: string;
    /** Its name */
    name: string;
}

/** When an agent is to run on behalf of a person. */
export interface ScheduleV1 {
    /** Schedule ID */
    id: string;
    /** Its revision: the agent's live one, else its latest */
    build_id: string;
    /** Agent */
    agent_id: string;
    /** Whose it is */
    user_id: string;
    /** Whether it is active */
    enabled: boolean;
    /** Time of day */
    time: string | null;
    /** IANA time zone */
    timezone: string;
    /** Day of the week */
    day: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday' | null;
    /** Day of the month */
    day_of_month: number | null;
    /** Cron expression */
    cron: string | null;
    /** What made it */
    source: string | null;
    /** Instructions for the agent */
    task: string | null;
    /** Whether it continues after its first run */
    recurring: boolean | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
    /** Name of the person */
    user_name?: string | null;
    /** E-mail address */
    user_email?: string | null;
}

export interface Member {
    /** Person */
    id: string;
    /** Name */
    name: string | null;
    /** E-mail address */
    email: string;
    /** Role in the team */
    role: 'clarity_member' | 'member' | 'builder' | 'manager' | 'administrator' | 'owner';
    /** Whether the role comes from the organization: here each is the team's own */
    inheritedFromOrg: boolean;
}

export interface AgentFolderListItem {
    /** Folder ID */
    id: string;
    /** Display name */
    name: string;
    /** Its team */
    team_id: string;
    /** Its folder; null at the top level */
    parent_folder_id: string | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
    /** Agents directly in it */
    agent_count: number;
    /** Folders directly in it */
    subfolder_count: number;
}

export interface AgentFolder {
    /** Folder ID */
    id: string;
    /** Display name */
    name: string;
    /** Its team */
    team_id: string;
    /** Its folder; null at the top level */
    parent_folder_id: string | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
}

export interface AgentListItemV1 {
    /** Agent ID */
    id: string;
    /** Name */
    name: string;
    /** Whether it can be used in Slack */
    slack_enabled: boolean | null;
    /** Whether it can be used in Microsoft Teams */
    microsoft_teams_enabled: boolean | null;
    /** Whether it remembers */
    agentic_memory_enabled: boolean | null;
    /** Its team */
    team_id: string | null;
    /** Thread */
    thread_id: string | null;
    /** Its folder */
    folder_id?: string | null;
    /** Its automation */
    automation_id?: string | null;
    /** When it was made */
    created_at: string | null;
    /** When it last changed */
    updated_at: string | null;
    /** Who made it */
    created_by?: AgentPerson | null;
    /** Who changed it last */
    updated_by?: AgentPerson | null;
    /** When the caller pinned it */
    pinned_at: string | null;
    /** When it last ran */
    last_run_at: string | null;
    /** The revision with the highest number */
    latest_build: RevisionV1 | null;
    /** Its integrations */
    integration_configs: AgentIntegration[];
}

export interface FirstRevision {
    /** Name */
    name: string;
    /** The setup */
    config: BuildConfig;
}

/** What uses connections. */
export interface AgentV1 {
    /** Agent ID */
    id: string;
    /** Name */
    name: string;
    /** Whether it can be used in Slack */
    slack_enabled: boolean | null;
    /** Whether it can be used in Microsoft Teams */
    microsoft_teams_enabled: boolean | null;
    /** Whether it remembers */
    agentic_memory_enabled: boolean | null;
    /** Its team */
    team_id: string | null;
    /** Thread */
    thread_id: string | null;
    /** Its folder */
    folder_id?: string | null;
    /** Its automation */
    automation_id?: string | null;
    /** When it was made */
    created_at: string | null;
    /** When it last changed */
    updated_at: string | null;
    /** Who made it */
    created_by?: AgentPerson | null;
    /** Who changed it last */
    updated_by?: AgentPerson | null;
    /** When the caller pinned it */
    pinned_at: string | null;
    /** When it last ran */
    last_run_at: string | null;
    /** The revision with the highest number */
    latest_build: RevisionV1 | null;
    /** Its integrations */
    integration_configs: AgentIntegration[];
}

/** A version of an agent's setup. */
export interface RevisionV1 {
    /** Revision ID */
    id: string;
    /** Another name of agent_id */
    copilot_id: string;
    /** Its agent */
    agent_id: string;
    /** Name */
    name: string;
    /** Its name */
    revision_name?: string | null;
    /** Its description */
    revision_description?: string | null;
    /** The setup */
    config: RevisionConfig | null;
    /** live is the revision of runs */
    status: 'draft' | 'live' | 'historic';
    /** Counted from 1 */
    revision_number: number;
    /** Its source revision */
    parent_build_id: string | null;
    /** Who made it */
    created_by: string | null;
    /** Their name */
    created_by_name?: string | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
    /** In a list of agents, when asked for: the caller's schedules of the agent */
    schedules?: ScheduleV1[];
}

export interface AgentUserContext {
    /** When the caller pinned it */
    pinned_at: string | null;
}

/** An agent's setup. */
export interface BuildConfig {
    /** Format version; "v1" is no longer accepted */
    version: 'v2';
    /** The setup */
    data: BuildConfigData;
}

export interface RevisionAgent {
    /** Agent ID */
    id: string;
}

export interface TeamListItem {
    /** Team */
    id: string;
    /** Name */
    name: string;
    /** Its organization */
    organization_id: string | null;
}

export interface OrganizationMembership {
    /** The organization */
    organization: Organization;
    /** The caller's role in it: owner, admin, executive or member */
    role: string;
    /** People in it */
    memberCount: number;
}

export interface OrganizationTeam {
    /** Team */
    id: string;
    /** Name */
    name: string;
    /** When it was made */
    createdAt: string;
    /** Whether others ask to join it, or join */
    discoveryMode: 'request' | 'auto';
    /** People in it */
    memberCount: number;
    /** Invitations: the mock has none */
    pendingInvitationCount: number;
    /** Requests to join: the mock has none */
    pendingJoinRequestCount: number;
    /** Whether the caller is in it */
    userIsMember: boolean;
    /** Role of the caller in it */
    userRole: string | null;
    /** Whether the caller has asked to join: the mock has no requests */
    userHasPendingJoinRequest: boolean;
    /** Agents */
    assignmentCount: number;
    /** Runs */
    jobCount: number;
    /** Active schedules */
    scheduledJobCount: number;
}

export interface LoginListItem {
    /** Login ID */
    id: string;
    /** The site */
    domain: string;
    /** Who signs in */
    username: string | null;
    /** Whether it has an otp_secret */
    hasEnabledTOTP: boolean;
    /** Whether it has a password */
    hasPassword: boolean;
    /** Whose it is; null: the team's */
    user_id: string | null;
}

export interface RevisionLogin {
    /** Login ID */
    id: string;
    /** Whose it is; null: the team's */
    user_id: string | null;
    /** Its team */
    team_id: string | null;
    /** The site */
    domain: string;
    /** Who signs in */
    username: string | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
}

export interface AgentListItem {
    /** Agent ID */
    id: string;
    /** Name */
    name: string;
    /** Whether it can be used in Slack */
    slack_enabled: boolean | null;
    /** Whether it can be used in Microsoft Teams */
    microsoft_teams_enabled: boolean | null;
    /** Whether it remembers */
    agentic_memory_enabled: boolean | null;
    /** Its team */
    team_id: string | null;
    /** Thread */
    thread_id: string | null;
    /** Its folder */
    folder_id?: string | null;
    /** Its automation */
    automation_id?: string | null;
    /** When it was made */
    created_at: string | null;
    /** When it last changed */
    updated_at: string | null;
    /** Who made it */
    created_by?: AgentPerson | null;
    /** Who changed it last */
    updated_by?: AgentPerson | null;
    /** When the caller pinned it */
    pinned_at: string | null;
    /** When it last ran */
    last_run_at: string | null;
    /** The revision with the highest number */
    latest_build: Revision | null;
    /** Its integrations */
    integration_configs: AgentIntegration[];
    /** The caller's triggers of it */
    user_triggers: UserTriggers;
    /** Whether a queue's cases start it */
    case_trigger_enabled: boolean;
    /** Whether they start another one, too */
    case_trigger_has_conflict: boolean;
    /** Which ones */
    case_trigger_conflicting_agents: ConflictingAgent[];
    /** That queue */
    case_queue_name: string | null;
}

/** What uses connections. */
export interface Agent {
    /** Agent ID */
    id: string;
    /** Name */
    name: string;
    /** Whether it can be used in Slack */
    slack_enabled: boolean | null;
    /** Whether it can be used in Microsoft Teams */
    microsoft_teams_enabled: boolean | null;
    /** Whether it remembers */
    agentic_memory_enabled: boolean | null;
    /** Its team */
    team_id: string | null;
    /** Thread */
    thread_id: string | null;
    /** Its folder */
    folder_id?: string | null;
    /** Its automation */
    automation_id?: string | null;
    /** When it was made */
    created_at: string | null;
    /** When it last changed */
    updated_at: string | null;
    /** Who made it */
    created_by?: AgentPerson | null;
    /** Who changed it last */
    updated_by?: AgentPerson | null;
}

/** A version of an agent's setup. */
export interface Revision {
    /** Revision ID */
    id: string;
    /** Another name of agent_id */
    copilot_id: string;
    /** Its agent */
    agent_id: string;
    /** Name */
    name: string;
    /** Its name */
    revision_name?: string | null;
    /** Its description */
    revision_description?: string | null;
    /** The setup */
    config: RevisionConfig | null;
    /** live is the revision of runs */
    status: 'draft' | 'live' | 'historic';
    /** Counted from 1 */
    revision_number: number;
    /** Its source revision */
    parent_build_id: string | null;
    /** Who made it */
    created_by: string | null;
    /** Their name */
    created_by_name?: string | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
    /** In a list of agents, when asked for: the caller's schedules of the agent */
    schedules?: Schedule[];
}

export interface MovedItem {
    /** ID */
    id: string;
    /** Name */
    name: string;
}

export interface MovedQueue {
    /** Queue ID */
    id: string;
    /** Name */
    name: string;
    /** Cases in it */
    item_count: number;
}

export interface SkillToClone {
    /** As the config has it */
    id: string;
    /** The same */
    name: string;
}

export interface FileToCopy {
    /** As the config has it */
    path: string;
}

export interface MoveWarnings {
    /** What becomes of connections that the caller sees */
    outcome: MoveOutcome;
    /** Folders that what moves lay in: it is at the top level then */
    dropped_folders: MovedItem[];
    /** 0: the mock has no memory */
    dropped_memory_count: number;
    /** Files of the live config */
    files_copied_count: number;
    /** None: the mock has no files that could differ */
    files_skipped_conflict: string[];
}

export interface MoveOptions {
    /** As it was asked */
    move_learnings: boolean;
}

export interface MoveBlockers {
    /** Queues that other agents work with, too */
    queues: MovedItem[];
    /** Its triggers, whosever */
    triggers: MovedTrigger[];
    /** Agents it hands over to */
    handovers_outgoing: MovedItem[];
    /** Agents that hand over to it */
    handovers_incoming: MovedItem[];
}

export interface TriggerType {
    /** Type of the integration */
    integration_slug: string;
    /** Its display name */
    integration_name: string;
    /** Its icon; empty without one */
    icon_url: string;
    /** What starts the agent */
    trigger_type: string;
    /** Its name for people */
    label: string;
    /** What it listens to */
    description: string;
    /** JSON Schema of filter_config */
    filter_schema: Record<string, unknown>;
}

export interface Queue {
    /** Queue ID */
    id: string;
    /** Its name */
    name: string;
    /** What it is for */
    description: string | null;
    /** The folder that it lies in */
    folder_id: string | null;
    /** Automation */
    automation_id?: string | null;
    /** Team */
    team_id?: string;
    /** When it was made */
    created_at: string;
    /** Whether an agent that takes its cases asks people */
    has_approvals: boolean;
}

export interface QueueProducer {
    /** Agent */
    agent_id: string;
    /** Its name */
    agent_name: string;
    /** Whether cases start it */
    case_trigger_enabled: boolean;
    /** The queue whose cases start it */
    case_trigger_queue_name: string | null;
    /** producer_consumer_mix: it both puts in and takes out */
    problems: ('multiple_triggers' | 'producer_consumer_mix')[];
}

export interface QueueConsumer {
    /** Agent */
    agent_id: string;
    /** Its name */
    agent_name: string;
    /** Whether cases start it */
    case_trigger_enabled: boolean;
    /** Whether another agent hands over to it */
    is_handover_target: boolean;
    /** producer_consumer_mix: it both puts in and takes out */
    problems: ('multiple_triggers' | 'producer_consumer_mix')[];
    /** Runs at once */
    concurrency_limit?: number;
    /** Whether as many are at work */
    at_concurrency_limit?: boolean;
}

/** Work in a queue. Duvo publishes no shape of it: this is the mock's. */
export interface Case {
    /** Case ID */
    id: string;
    /** The queue that it is in */
    queue_id: string;
    /** Its title */
    title: string;
    /** Its state */
    status: 'pending' | 'claimed' | 'completed' | 'failed';
    /** The run that works, or has worked, on it */
    claimed_by_run_id: string | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
}

export interface NewCase {
    /** Its title */
    title: string;
}

export interface CaseTrigger {
    /** Case trigger ID */
    id: string;
    /** The agent that is started */
    agent_id: string;
    /** The queue whose cases start it */
    case_queue_id: string;
    /** Its name */
    case_queue_name: string;
    /** Who made it */
    user_id: string;
    /** Whether it is active */
    enabled: boolean;
    /** 1: one run at a time */
    concurrency: number | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
    /** Name of who made it */
    creator_display_name: string | null;
    /** Whether the caller may disable it or change its queue */
    can_disable: boolean;
    /** Whether other agents are started by the same cases */
    has_conflict: boolean;
    /** Those agents, by name */
    conflicting_agents: ConflictingAgent[];
}

export interface ConflictingAgent {
    /** Agent ID */
    id: string;
    /** Its name */
    name: string;
}

export interface RunListItem {
    /** Run ID */
    id: string;
    /** When it was made */
    created_at: string;
    /** When it last moved */
    updated_at: string;
    /** When it first ran */
    started_at: string | null;
    /** When it was over */
    completed_at: string | null;
    /** Its state */
    status: 'pending' | 'running' | 'waiting' | 'completed' | 'failed' | 'interrupted';
    /** What started it */
    source: string | null;
    /** 80 characters of its first message, else the agent's name */
    title: string;
    /** In its agent */
    run_number: number;
    /** The agent */
    agent_id: string;
    /** Its name */
    agent_name: string;
    /** Its revision */
    build_id: string;
    /** Who started it */
    user_id: string | null;
    /** The case */
    case_queue_item_id: string | null;
    /** The queue of it */
    case_queue_id: string | null;
    /** Name of the queue */
    case_queue_name: string | null;
    /** Title of the case */
    case_title: string | null;
    /** Always null */
    postponed_to: string | null;
    /** Messages of people */
    submitted_prompt_count: number;
}

/** An agent at work. */
export interface Run {
    /** Run ID */
    id: string;
    /** The agent at work */
    agent_id: string;
    /** The revision that was live when it began */
    build_id: string;
    /** Its state */
    status: 'pending' | 'running' | 'waiting' | 'completed' | 'failed' | 'interrupted';
    /** What started it: api, trigger, case, schedule */
    source: string | null;
    /** As it was sent */
    sandbox_id: string | null;
    /** When it first ran */
    started_at: string | null;
    /** When it was over */
    completed_at: string | null;
    /** When it was made */
    created_at: string;
    /** When it last moved */
    updated_at: string;
    /** Whether it can ask people */
    human_in_the_loop_enabled: boolean;
}

export interface PendingHumanRequest {
    /** ID of the request */
    id: string;
    /** What it is about */
    title: string;
    /** What more there is to know */
    description: string | null;
    /** When it asked */
    created_at: string;
    /** An approval is answered with `approved`, a question with `answers` */
    type: 'approval' | 'question';
    /** Of a question */
    questions?: Question[];
}

export interface RunMessage {
    /** Message ID */
    id: string;
    /** text, tool_call or tool_result */
    type: string;
    /** user, assistant or tool */
    role: string;
    /** When it was said */
    timestamp: string;
    /** Its text */
    text_content?: string;
    /** A tool that was called */
    tool_call?: ToolCall;
    /** What came of it */
    tool_result?: ToolResult;
}

export interface HumanRequest {
    /** ID of the request */
    id: string;
    /** The run that asked */
    run_id: string;
    /** What it is about */
    title: string;
    /** What more there is to know */
    description: string | null;
    /** approved, rejected, or the answers as JSON */
    response: string | null;
    /** When it was answered */
    responded_at: string | null;
    /** When it was asked */
    created_at: string;
}

export interface PulseDashboard {
    /** Dashboard ID */
    id: string;
    /** Its team */
    team_id: string;
    /** Who made it */
    created_by_user_id: string;
    /** The message's first 80 characters; null until it has completed */
    title: string | null;
    /** Whether it has been generated */
    html_code_present: boolean;
    /** Its state */
    status: 'not_started' | 'pending' | 'running' | 'completed' | 'failed' | 'interrupted';
    /** Who sees it */
    visibility: 'private' | 'team' | 'organization' | 'teams';
    /** What for */
    publish_permission: 'view' | 'edit';
    /** Its picture */
    thumbnail_url?: string | null;
    /** How often it is renewed */
    refresh_frequency?: 'every_15_minutes' | 'every_30_minutes' | 'hourly' | 'every_6_hours' | 'daily' | 'weekly' | null;
    /** When it was renewed */
    last_refresh_at?: string | null;
    /** When it will be */
    next_refresh_at?: string | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
}

export interface PulseDashboardMessage {
    /** Message ID */
    id: string;
    /** Its dashboard */
    artifact_id: string;
    /** The caller */
    author_user_id?: string | null;
    /** Who says it */
    role: 'user' | 'assistant';
    /** What was sent */
    content: string;
    /** When */
    created_at: string;
    /** Null: none was made by it yet */
    revision_id?: string | null;
    /** Not sent by the mock */
    message?: unknown;
    /** Null: it is about the whole */
    selected_element?: SelectedElement | null;
}

export interface PulseDashboardConnection {
    /** Connection ID */
    connection_id: string;
    /** The catalog's integration */
    integration_id: string | null;
    /** The team's custom integration */
    custom_integration_id: string | null;
    /** Integration type */
    type: string;
    /** When it was attached */
    created_at: string;
}

export type Suggestion = ConnectionAddSuggestion | ConnectionReplaceSuggestion | ConnectionRemoveSuggestion;

export interface Counts {
    connections: number;
    custom_integrations: number;
    integrations: number;
    teams: number;
    people: number;
    api_keys: number;
    agents: number;
    builds: number;
    folders: number;
    schedules: number;
    secrets: number;
    logins: number;
    triggers: number;
    queues: number;
    cases: number;
    case_triggers: number;
    runs: number;
    dashboards: number;
    suggestions: number;
    flows: number;
}

export interface FixtureOrganization {
    id: string;
    name: string;
    connections_sharing?: boolean;
    discovery_mode?: 'request' | 'auto';
    created_at?: string;
}

export interface FixtureTeam {
    id: string;
    name: string;
    organization_id?: string | null;
    slack_team_id?: string | null;
    /** `open` is an older word for `auto` */
    discovery_mode?: 'request' | 'auto' | 'open';
    created_at?: string;
}

export interface FixturePerson {
    id: string;
    name?: string | null;
    email: string;
}

export interface FixtureMember {
    team_id: string;
    user_id: string;
    role: 'clarity_member' | 'member' | 'builder' | 'manager' | 'administrator' | 'owner';
}

export interface FixtureOrganizationMember {
    organization_id: string;
    user_id: string;
    role: 'owner' | 'admin' | 'executive' | 'member';
}

export interface FixtureApiKey {
    key?: string;
    /** In the place of the key: what is kept of it, as an export has it */
    key_hash?: string;
    team_id: string;
    user_id: string;
    revoked?: boolean;
}

export interface FixtureIntegration {
    id: string;
    name: string;
    type: string;
    provider: string;
    auth_method?: string | null;
    icon_url?: string | null;
    oauth_provider?: string | null;
    oauth_provider_key?: string | null;
    oauth_scopes?: string[] | null;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
}

export interface FixtureCustomIntegration {
    id: string;
    team_id: string;
    name: string;
    auth_method: 'url' | 'apikey' | 'headers' | 'oauth';
    server_url: string;
    oauth_client_id?: string;
    oauth_client_secret?: string;
    oauth_client_secret_sealed?: string;
    created_by?: string | null;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
}

export interface FixtureConnection {
    id: string;
    name: string;
    type?: string;
    provider?: string;
    user_id?: string | null;
    team_id: string;
    server_url?: string;
    transport_type?: 'stdio' | 'sse' | 'http';
    auth_method?: string | null;
    composio_mcp_id?: string | null;
    custom_integration_id?: string | null;
    icon_url?: string | null;
    oauth_provider?: string | null;
    oauth_provider_key?: string | null;
    oauth_scopes?: string[] | null;
    has_oauth_tokens?: boolean;
    integration_id?: string | null;
    created_by?: string | null;
    broken_at?: string | null;
    broken_reason?: string | null;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
    headers?: Headers;
    /** In the place of secret headers: what is kept of them */
    header_hashes?: Record<string, string>;
}

export interface FixtureSecret {
    id: string;
    team_id: string;
    /** Null: shared with the team */
    user_id?: string | null;
    name: string;
    service_slug?: string | null;
    created_by: string;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
    values?: Record<string, string>;
    /** In the place of values: what is kept of them */
    value_hashes?: Record<string, string>;
}

export interface FixtureLogin {
    id: string;
    team_id: string;
    /** Null: shared with the team */
    user_id?: string | null;
    domain: string;
    username?: string | null;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
    /** In the place of password: what is kept of it */
    password_hash?: string;
    /** In the place of otp_secret: what is kept of it */
    otp_secret_hash?: string;
    password?: string;
    /** Seed of one-time passwords */
    otp_secret?: string;
}

export interface FixtureProvider {
    key: string;
    slugs?: string[];
    type: string;
    name: string;
    client_id?: string;
    outcome?: 
        | 'approve' | 'deny' | 'invalid_scope' | 'server_error' | 'temporarily_unavailable' | 'wrong_state'
        | 'missing_code' | 'expired_code' | 'closed' | null;
}

export interface FixtureScope {
    scope: string;
    about: string;
}

export interface FixtureAuthConfig {
    id: string;
    app: string;
    auth_scheme: 'OAUTH2' | 'OAUTH1' | 'API_KEY' | 'BEARER_TOKEN' | 'BASIC';
    oauth_scopes?: string[] | null;
    team_id?: string | null;
    outcome?: 
        | 'approve' | 'deny' | 'invalid_scope' | 'server_error' | 'temporarily_unavailable' | 'wrong_state'
        | 'missing_code' | 'expired_code' | 'closed' | null;
}

export interface FixtureMcpTool {
    /** A built-in server's name, composio:APP or integration:SLUG */
    preset: string;
    name: string;
    description?: string | null;
    input_schema: unknown;
    /** Required capability of the client; only with 2026-07-28 */
    needs?: 'elicitation' | null;
}

export interface FixtureMcpBinding {
    /** URL bound to the server */
    url: string;
    /** Built-in MCP server */
    preset: string;
}

export interface FixtureFolder {
    id: string;
    name: string;
    team_id: string;
    parent_folder_id?: string | null;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
}

export interface FixtureAgent {
    id: string;
    name: string;
    team_id: string;
    slack_enabled?: boolean | null;
    microsoft_teams_enabled?: boolean | null;
    agentic_memory_enabled?: boolean | null;
    thread_id?: string | null;
    folder_id?: string | null;
    automation_id?: string | null;
    last_run_at?: string | null;
    created_by?: string | null;
    updated_by?: string | null;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
}

export interface FixtureAgentPin {
    agent_id: string;
    user_id: string;
    pinned_at?: string;
}

export interface FixtureBuild {
    id: string;
    agent_id: string;
    revision_number: number;
    name: string;
    revision_name?: string | null;
    revision_description?: string | null;
    config?: Record<string, unknown> | null;
    handover_target_ids?: string[] | null;
    status?: 'draft' | 'live' | 'historic';
    parent_build_id?: string | null;
    created_by?: string | null;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
}

export interface FixtureBuildSecret {
    build_id: string;
    secret_id: string;
}

export interface FixtureBuildLogin {
    build_id: string;
    login_id: string;
}

export interface FixtureSchedule {
    id: string;
    agent_id: string;
    user_id: string;
    enabled?: boolean;
    frequency: 'every_5_minutes' | 'every_15_minutes' | 'hourly' | 'daily' | 'workday' | 'weekly' | 'monthly' | 'custom';
    time?: string | null;
    timezone?: string;
    day?: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday' | null;
    day_of_month?: number | null;
    cron?: string | null;
    source?: string | null;
    task?: string | null;
    recurring?: boolean | null;
    auto_disabled_at?: string | null;
    auto_disabled_reason?: string | null;
    consecutive_missing_connection_failures?: number;
    first_missing_connection_failure_at?: string | null;
    last_missing_connection_failure_at?: string | null;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
}

export interface FixtureQueue {
    id: string;
    team_id: string;
    name: string;
    description?: string | null;
    /** Where it lies; null: the top level */
    folder_id?: string | null;
    automation_id?: string | null;
    created_at?: string;
}

export interface FixtureCaseTrigger {
    id: string;
    /** What it starts */
    agent_id: string;
    /** Whose cases */
    queue_id: string;
    /** Whose it is: runs are theirs */
    user_id: string;
    enabled?: boolean;
    /** 1: one run at a time */
    concurrency?: number | null;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
}

export interface FixtureCase {
    id: string;
    queue_id: string;
    title: string;
    status?: 'pending' | 'claimed' | 'completed' | 'failed';
    claimed_by_run_id?: string | null;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
}

export interface FixtureSlot {
    id: string;
    build_id: string;
    /** Of the catalog; or else: */
    integration_id?: string;
    /** The team's own */
    custom_integration_id?: string;
    created_at?: string;
}

export interface FixturePin {
    connection_id: string;
    slot_id: string;
    user_id: string;
    created_at?: string;
}

export interface FixtureSlotQueue {
    slot_id: string;
    queue_id: string;
}

export interface FixtureTriggerType {
    /** Type of the integration */
    integration_slug: string;
    trigger_type: string;
    label: string;
    description: string;
    /** JSON Schema of filter_config; nothing is checked with it */
    filter_schema?: Record<string, unknown>;
}

export interface FixtureTrigger {
    id: string;
    /** What it starts */
    agent_id: string;
    /** How it hears */
    connection_id: string;
    /** Whose it is */
    user_id: string;
    /** Older word for an integration_slug with its trigger_type */
    kind?: 'slack_mention' | 'slack_channel' | 'teams_mention';
    /** What it listens to; or else kind */
    integration_slug?: string;
    /** What for */
    trigger_type?: string;
    filter_config?: Record<string, unknown>;
    enabled?: boolean;
    auto_disabled_at?: string | null;
    auto_disabled_reason?: string | null;
    consecutive_missing_connection_failures?: number;
    first_missing_connection_failure_at?: string | null;
    last_missing_connection_failure_at?: string | null;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
}

export interface FixtureRun {
    id: string;
    agent_id: string;
    build_id: string;
    /** Who started it */
    user_id?: string | null;
    /** In its agent; the next one, unless given */
    run_number?: number;
    title: string;
    status?: 'pending' | 'running' | 'waiting' | 'completed' | 'failed' | 'interrupted';
    source?: string;
    sandbox_id?: string | null;
    webhook_url?: string | null;
    human_in_the_loop_enabled?: boolean;
    /** The case that it works on */
    case_id?: string | null;
    /** The trigger that started it */
    trigger_id?: string | null;
    /** Whether the steps are a script's */
    scripted?: boolean;
    /** What it does, as in a script */
    steps?: unknown;
    /** How many of them it has taken */
    next_step?: number;
    /** When it takes the next; null: when somebody acts */
    due_at?: string | null;
    started_at?: string | null;
    completed_at?: string | null;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
    /** What was said, in order */
    messages?: FixtureRunMessage[];
    /** What it has asked, in order */
    human_requests?: FixtureHumanRequest[];
}

export interface FixtureDashboard {
    id: string;
    team_id: string;
    /** Whose it is */
    created_by_user_id: string;
    title?: string | null;
    /** What asked for it */
    message?: string | null;
    html_code_present?: boolean;
    status?: 'not_started' | 'pending' | 'running' | 'completed' | 'failed' | 'interrupted';
    visibility?: 'private' | 'team' | 'organization' | 'teams';
    publish_permission?: 'view' | 'edit';
    thumbnail_url?: string | null;
    refresh_frequency?: 'every_15_minutes' | 'every_30_minutes' | 'hourly' | 'every_6_hours' | 'daily' | 'weekly' | null;
    last_refresh_at?: string | null;
    next_refresh_at?: string | null;
    /** When its state changes; null: it stays */
    due_at?: string | null;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
}

export interface FixtureDashboardConnection {
    dashboard_id: string;
    connection_id: string;
    created_at?: string;
}

export interface FixtureSuggestion {
    id: string;
    agent_id: string;
    type: 'connection_add' | 'connection_replace' | 'connection_remove';
    /** toSlug and toIntegrationId, fromSlug too, or slug alone, by the type */
    payload: Record<string, unknown>;
    status?: 'pending' | 'consumed' | 'rejected' | 'superseded';
    generated_by?: 'connection_llm' | 'eval' | 'dreaming';
    title: string;
    description?: string;
    dedup_key?: string;
    /** Runs of the agent that have shown it */
    source_run_ids: string[];
    resolved_at?: string | null;
    resolved_by_user_id?: string | null;
    superseded_reason?: string | null;
    superseded_by_suggestion_id?: string | null;
    created_at?: string;
    /** created_at, unless given */
    updated_at?: string;
}

export interface FixtureWebhook {
    id: string;
    /** Where events are sent */
    url: string;
    /** Which events; null: all */
    events?: (
        | 'run.started' | 'run.paused' | 'run.completed' | 'run.failed' | 'run.message.created'
        | 'run.tool_call.completed' | 'run.file.created' | 'human_request.created' | 'human_request.responded'
        | 'queue.case.created' | 'queue.case.claimed' | 'queue.case.completed' | 'assignment.build.published'
        | 'connection.updated' | 'connection.action_required')[] | null;
    /** How they are signed: as Standard Webhooks, or the body alone */
    scheme?: 'standard' | 'body';
    /** Whether deliveries wait */
    paused?: boolean;
    /** When it was made */
    created_at?: string;
    /** When it was last changed */
    updated_at?: string;
    /** What signs; nothing, unless given */
    secret?: string;
    /** Instead of it, as an export has it */
    secret_sealed?: string;
}

/** What an export says of itself; not loaded. */
export interface ExportNote {
    /** What the document lacks, or what is of use here alone */
    warnings?: string[];
}

export interface WebhookHeaders {
    /** Of the event's id */
    id?: string;
    /** Of the time of sending */
    timestamp?: string;
    /** Of the signature */
    signature?: string;
}

/** Which requests are meant: all members that are given must hold. */
export interface Match {
    /** Operation id; without V1, of either version */
    operation?: OperationName;
    /** HTTP method */
    method?: string;
    /** Path without its query; * stands for any characters */
    path?: string;
    /** Query parameter, decoded, to value; * stands for any characters */
    query?: Record<string, string>;
    /** E-mail address of the person whose API key was sent */
    key?: string;
    /** Status of the reply: for verify alone */
    status?: number;
    /** Header name to value; * stands for any characters */
    header?: Record<string, string>;
    /** JSON pointer into the request's body to the value that has to be there */
    body?: unknown;
    /** Who sent it: client (when left out), self (the mock, calling a server that it plays), or any */
    origin?: 'client' | 'self' | 'any';
    /** Events of this name are counted, and no requests: for verify alone, without other members */
    event?: 
        | 'run.started' | 'run.paused' | 'run.completed' | 'run.failed' | 'run.message.created'
        | 'run.tool_call.completed' | 'run.file.created' | 'human_request.created' | 'human_request.responded'
        | 'queue.case.created' | 'queue.case.claimed' | 'queue.case.completed' | 'assignment.build.published'
        | 'connection.updated' | 'connection.action_required';
}

export interface RunMatch {
    /** Runs of this agent */
    agent_id?: string;
    /** Runs of this source: api, trigger, case, schedule */
    source?: string;
    /** Runs that a trigger of this integration starts */
    integration_slug?: string;
}

export interface DeliveryAttempt {
    /** When, by the machine's clock */
    at: string;
    /** How long it took */
    duration_ms: number;
    /** Of the answer; null: there was none */
    status?: number | null;
    /** How the answer's body begins */
    body?: string;
    /** Why there is no answer */
    error?: string;
}

/** What goes wrong. */
export interface FaultAction {
    /** Answer with this status */
    status?: number;
    /** And this body; the API's own error body when left out */
    body?: unknown;
    /** And these headers */
    headers?: Record<string, string>;
    /** Reset the connection (RST) */
    reset?: boolean;
    /** Close the connection without a byte */
    empty?: boolean;
    /** Send a body of broken JSON */
    malformed_json?: boolean;
    /** Send nothing, and keep the connection open */
    hang?: boolean;
    /** Send so many bytes of the body, and close */
    truncate?: number;
    /** Beside another action: the request is done first, its reply is lost */
    after_handler?: boolean;
    /** Wait so many milliseconds first: a number, or {min, max} */
    delay_ms?: Delay;
}

export interface AgentPerson {
    /** Person */
    id: string;
    /** Name */
    name: string | null;
    /** E-mail address */
    email: string;
}

export interface AgentIntegration {
    /** ID of the slot */
    id: string;
    /** The integration, of the catalog or the team's own */
    integration_id: string;
    /** Integration type */
    integration_type: string;
    /** Its display name */
    integration_name: string;
    /** When it was attached */
    created_at: string;
    /** Icon */
    icon_url?: string | null;
    /** Whether the caller has pinned a connection that works, or none is needed */
    is_connected?: boolean;
    /** Queues linked to it */
    linked_queue_names?: string[];
}

/** An agent's setup. */
export type RevisionConfig = RevisionConfigV1 | RevisionConfigV2;

export interface BuildConfigData {
    /** Which models are used */
    models: BuildConfigModels;
    /** Instructions: a text, or messages */
    input: string | BuildConfigMessage[];
    /** Files of the team */
    files?: string[] | null;
    /** Skills */
    skills?: string[] | null;
    /** Plugins, by name or URL */
    plugins?: string[] | null;
    /** Agents for delegation */
    subAgents?: string[] | null;
    /** Further options */
    options?: BuildConfigOptions;
}

export interface Organization {
    /** Organization ID */
    id: string;
    /** Name */
    name: string;
    /** Discovery mode */
    discoveryMode: string;
    /** When it was made */
    createdAt: string;
}

export interface UserTriggers {
    /** Being mentioned in Slack */
    slack_mention: boolean;
    /** A message in a Slack channel */
    slack_channel: boolean;
    /** Being mentioned in Microsoft Teams */
    teams_mention: boolean;
}

export interface MoveOutcome {
    /** Connections with another in their place */
    instances_reconnected: MovedInstance[];
    /** Connections without one */
    instances_disconnected: MovedInstance[];
    /** Custom integrations that the target team lacks */
    custom_integrations_to_rebuild: CustomIntegrationToRebuild[];
    /** 0: every team has the catalog */
    catalog_rows_created_on_target: number;
}

export interface MovedTrigger {
    /** Trigger ID */
    id: string;
    /** What it listens to, and for whom */
    name: string;
}

export interface Question {
    /** The question; answers are given by it */
    question: string;
    /** A word above it */
    header?: string;
    /** Possible answers */
    options?: QuestionOption[];
    /** Whether several can be chosen */
    multi_select?: boolean;
}

export interface ToolCall {
    /** ID of the call */
    id: string;
    /** The tool */
    name: string;
    /** What it was called with */
    arguments?: unknown;
}

export interface ToolResult {
    /** ID of the call */
    tool_call_id: string;
    /** What came of it */
    result?: unknown;
    /** Why nothing did */
    error?: string;
}

export interface SelectedElement {
    selector: string;
    label: string;
    tag_name: string;
    text?: string;
    outer_html: string;
}

export interface ConnectionAddSuggestion {
    /** What is suggested */
    type: 'connection_add';
    /** Suggestion ID */
    id: string;
    /** The agent that it is about */
    agent_id: string;
    /** What became of it */
    status: 'pending' | 'consumed' | 'rejected' | 'superseded';
    /** Who suggests it */
    generated_by: 'connection_llm' | 'eval' | 'dreaming';
    /** For people */
    title: string;
    /** The reason, for people */
    description: string;
    /** The same for the same suggestion */
    dedup_key: string;
    /** When it was consumed or rejected */
    resolved_at: string | null;
    /** By whom */
    resolved_by_user_id: string | null;
    /** Why it no longer holds */
    superseded_reason: string | null;
    /** What holds instead */
    superseded_by_suggestion_id: string | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
    /** The runs that have shown it */
    sources: SuggestionSource[];
    /** Which integrations */
    payload: SuggestionToAdd;
}

export interface ConnectionReplaceSuggestion {
    /** What is suggested */
    type: 'connection_replace';
    /** Suggestion ID */
    id: string;
    /** The agent that it is about */
    agent_id: string;
    /** What became of it */
    status: 'pending' | 'consumed' | 'rejected' | 'superseded';
    /** Who suggests it */
    generated_by: 'connection_llm' | 'eval' | 'dreaming';
    /** For people */
    title: string;
    /** The reason, for people */
    description: string;
    /** The same for the same suggestion */
    dedup_key: string;
    /** When it was consumed or rejected */
    resolved_at: string | null;
    /** By whom */
    resolved_by_user_id: string | null;
    /** Why it no longer holds */
    superseded_reason: string | null;
    /** What holds instead */
    superseded_by_suggestion_id: string | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
    /** The runs that have shown it */
    sources: SuggestionSource[];
    /** Which integrations */
    payload: SuggestionToReplace;
}

export interface ConnectionRemoveSuggestion {
    /** What is suggested */
    type: 'connection_remove';
    /** Suggestion ID */
    id: string;
    /** The agent that it is about */
    agent_id: string;
    /** What became of it */
    status: 'pending' | 'consumed' | 'rejected' | 'superseded';
    /** Who suggests it */
    generated_by: 'connection_llm' | 'eval' | 'dreaming';
    /** For people */
    title: string;
    /** The reason, for people */
    description: string;
    /** The same for the same suggestion */
    dedup_key: string;
    /** When it was consumed or rejected */
    resolved_at: string | null;
    /** By whom */
    resolved_by_user_id: string | null;
    /** Why it no longer holds */
    superseded_reason: string | null;
    /** What holds instead */
    superseded_by_suggestion_id: string | null;
    /** When it was made */
    created_at: string;
    /** When it was last changed */
    updated_at: string;
    /** The runs that have shown it */
    sources: SuggestionSource[];
    /** Which integrations */
    payload: SuggestionToRemove;
}

export interface FixtureRunMessage {
    id: string;
    type?: string;
    role?: string;
    timestamp?: string;
    text_content?: string;
    tool_call?: unknown;
    tool_result?: unknown;
}

export interface FixtureHumanRequest {
    id: string;
    type?: 'approval' | 'question';
    title: string;
    description?: string | null;
    questions?: unknown;
    response?: string | null;
    responded_at?: string | null;
    created_at?: string;
}

/** A setup of the format's first version. */
export interface RevisionConfigV1 {
    /** Format version */
    version: 'v1';
    /** The setup */
    data?: unknown;
}

/** An agent's setup. */
export interface RevisionConfigV2 {
    /** Format version; "v1" is no longer accepted */
    version?: 'v2';
    /** The setup */
    data?: RevisionConfigData;
}

export interface BuildConfigModels {
    /** The agent's */
    agent: BuildConfigAgentModel;
    /** For the use of browsers */
    browsing: BuildConfigBrowsingModel;
}

export interface BuildConfigMessage {
    /** Who speaks */
    role: 'system' | 'user' | 'assistant';
    /** A text, or blocks */
    content: string | BuildConfigBlock[];
    /** What it is */
    type?: 'message' | null;
}

/** Other members are kept and shown, too. */
export interface BuildConfigOptions {
    /** Whose browsers */
    browserProvider?: 'browserbase' | 'browser-use';
    /** Schema of evaluations */
    evaluationSchemaId?: string;
    /** What a benchmark expects */
    benchmarkExpectedOutcomes?: BuildConfigExpectedOutcome[];
}

export interface MovedInstance {
    /** Agent ID */
    agent_id: string;
    /** Its name */
    agent_name: string;
    /** Type of the integration */
    integration_type: string;
    /** Its name */
    integration_name: string;
    /** The connection that it used in the source team */
    instance_name: string;
    /** reuse: one of the target team takes its place; needs_reconnect: it has none that the caller may use; unmatched_integration: it cannot have any of that type; custom_to_rebuild: it has no custom integration of that name */
    decision: 'reuse' | 'needs_reconnect' | 'unmatched_integration' | 'custom_to_rebuild';
}

export interface CustomIntegrationToRebuild {
    /** Agent ID */
    agent_id: string;
    /** Its name */
    agent_name: string;
    /** The custom integration */
    custom_integration_name: string;
}

export interface QuestionOption {
    /** The answer */
    label: string;
    /** What it means */
    description?: string;
}

export interface SuggestionSource {
    /** The run */
    agent_run_id: string;
    /** Its number in the agent */
    run_number: number;
    /** When it was started */
    created_at: string;
}

export interface SuggestionToAdd {
    /** Type of the integration to add */
    toSlug: string;
    /** Its ID in the catalog */
    toIntegrationId: string;
}

export interface SuggestionToReplace {
    /** Type of the integration to remove */
    fromSlug: string;
    /** Type of the integration to add */
    toSlug: string;
    /** Its ID in the catalog */
    toIntegrationId: string;
}

export interface SuggestionToRemove {
    /** Type of the integration to remove */
    slug: string;
}

export interface RevisionConfigData {
    /** Which models are used */
    models?: RevisionConfigModels;
    /** Instructions: a text, or messages */
    input?: string | RevisionConfigMessage[];
    /** Files of the team */
    files?: string[] | null;
    /** Skills */
    skills?: string[] | null;
    /** Plugins, by name or URL */
    plugins?: string[] | null;
    /** Agents for delegation */
    subAgents?: string[] | null;
    /** Further options */
    options?: RevisionConfigOptions;
}

export interface BuildConfigAgentModel {
    /** Model of the agent */
    model: 
        | 'claude-sonnet-5' | 'claude-sonnet-5[1m]' | 'claude-opus-4-8' | 'claude-opus-4-8[1m]' | 'd1-max'
        | 'duvo-1-max' | 'duvo-1-max-sonnet-1m' | 'duvo-1-max-sonnet-4.5' | 'duvo-1-max-sonnet-4.5-1m'
        | 'duvo-1-max-opus' | 'duvo-1-max-opus-4.5' | 'gpt-4.1' | 'gpt-4o' | 'gpt-4o-mini' | 'gpt-5' | 'gpt-5.1'
        | 'claude-sonnet-4-20250514' | 'claude-sonnet-4-20250514[1m]' | 'claude-sonnet-4-5-20250929'
        | 'claude-sonnet-4-5-20250929[1m]' | 'claude-sonnet-4-6' | 'claude-sonnet-4-6[1m]'
        | 'claude-opus-4-1-20250805' | 'claude-opus-4-5-20251101' | 'claude-opus-4-6' | 'claude-opus-4-6[1m]'
        | 'claude-opus-4-7' | 'claude-opus-4-7[1m]';
}

export interface BuildConfigBrowsingModel {
    /** Whose model */
    provider: 'google' | 'anthropic';
    /** Model for browsing */
    model: 
        | 'gemini-2.5-pro' | 'gemini-2.5-flash' | 'gemini-3-pro-preview' | 'claude-haiku-4-5' | 'claude-sonnet-4-5'
        | 'claude-opus-4-1';
}

/** A part of a message. */
export type BuildConfigBlock = BuildConfigImageBlock | BuildConfigFileBlock | BuildConfigTextBlock;

export interface BuildConfigExpectedOutcome {
    /** What is expected */
    description: string;
    /** How to tell */
    criteria: string;
}

export interface RevisionConfigModels {
    /** The agent's */
    agent?: RevisionConfigAgentModel;
    /** For the use of browsers */
    browsing?: RevisionConfigBrowsingModel;
}

export interface RevisionConfigMessage {
    /** Who speaks */
    role: 'system' | 'user' | 'assistant';
    /** A text, or blocks */
    content: string | RevisionConfigBlock[];
    /** What it is */
    type?: 'message' | null;
}

/** Other members are kept and shown, too. */
export interface RevisionConfigOptions {
    /** Whose browsers */
    browserProvider?: 'browserbase' | 'browser-use';
    /** Schema of evaluations */
    evaluationSchemaId?: string;
    /** What a benchmark expects */
    benchmarkExpectedOutcomes?: RevisionConfigExpectedOutcome[];
}

export interface BuildConfigImageBlock {
    /** Which kind of block */
    type: 'input_image';
    /** How closely to look */
    detail: 'low' | 'high' | 'auto' | null;
    /** The picture, as a file of the team */
    file_id?: string;
    /** The picture, on the web */
    url?: string;
}

export interface BuildConfigFileBlock {
    /** Which kind of block */
    type: 'input_file';
    /** File of the team */
    file_id: string;
}

export interface BuildConfigTextBlock {
    /** Which kind of block */
    type: 'input_text';
    /** The text */
    text: string;
}

export interface RevisionConfigAgentModel {
    /** Model of the agent */
    model?: string;
}

export interface RevisionConfigBrowsingModel {
    /** Whose model */
    provider?: 'google' | 'anthropic';
    /** Model for browsing */
    model?: string;
}

/** A part of a message. */
export type RevisionConfigBlock = RevisionConfigImageBlock | RevisionConfigFileBlock | RevisionConfigTextBlock;

export interface RevisionConfigExpectedOutcome {
    /** What is expected */
    description: string;
    /** How to tell */
    criteria: string;
}

export interface RevisionConfigImageBlock {
    /** Which kind of block */
    type: 'input_image';
    /** How closely to look */
    detail: 'low' | 'high' | 'auto' | null;
    /** The picture, as a file of the team */
    file_id?: string;
    /** The picture, on the web */
    url?: string;
}

export interface RevisionConfigFileBlock {
    /** Which kind of block */
    type: 'input_file';
    /** File of the team */
    file_id: string;
}

export interface RevisionConfigTextBlock {
    /** Which kind of block */
    type: 'input_text';
    /** The text */
    text: string;
}

export interface LoadFixturesQuery {
    /** Whether the document takes the place of all that is there, as at a start */
    replace?: boolean;
}

export interface ListRequestsQuery {
    /** HTTP method */
    method?: string;
    /** Path without its query; * stands for any characters */
    path?: string;
    /** Status of the reply; 0: none left, the connection was broken */
    status?: number;
    /** Operation id; without V1, of either version */
    operation?: OperationName;
    /** Who sent them: client, self (the mock, calling a server that it plays), or any */
    origin?: 'client' | 'self' | 'any';
    /** Not before this instant */
    since?: string | Date;
    /** Words that must all hold: status:, op:, path:, body:, fault:, method:, and free text */
    q?: string;
    /** x-request-id: only requests older than that one */
    before?: string;
    /** The newest so many */
    limit?: number;
}

export interface ClearRequestsQuery {
    /** HTTP method */
    method?: string;
    /** Path without its query; * stands for any characters */
    path?: string;
    /** Status of the reply; 0: none left, the connection was broken */
    status?: number;
    /** Operation id; without V1, of either version */
    operation?: OperationName;
    /** Who sent them: client, self (the mock, calling a server that it plays), or any */
    origin?: 'client' | 'self' | 'any';
    /** Not before this instant */
    since?: string | Date;
}

export interface ListWebhookDeliveriesQuery {
    /** Those of this subscription */
    subscription?: string;
    /** Those of this event */
    event?: string;
    /** Those in this state */
    state?: 'pending' | 'retrying' | 'delivered' | 'failed';
    /** Rows a page */
    limit?: number;
    /** Rows to skip */
    offset?: number;
}

export interface ReadInboxQuery {
    /** The newest so many */
    limit?: number;
    /** How many within_ms waits for */
    count?: number;
    /** How long to wait for them; then it answers with what is there */
    within_ms?: number;
}

/** The control calls of a space. */
export interface SpaceCalls {
    /** Reset the space. Atomically: whoever asks sees all of it before or all of it after. */
    reset(body?: Reset): Promise<ResetDone>;
    readonly fixtures: {
        /** Export the space. As a fixture document that loads to the same state in any process. Of keys and secret values it has salted hashes; $export.warnings names what means nothing elsewhere. */
        (): Promise<Fixtures>;
        /** Export the space. As a fixture document that loads to the same state in any process. Of keys and secret values it has salted hashes; $export.warnings names what means nothing elsewhere. */
        export(): Promise<Fixtures>;
        /** Load fixtures. Adds a document of up to 32 MiB to the space, all or nothing; a row that is there already is no conflict, and every error is named with its path. */
        load(body: Fixtures, query?: LoadFixturesQuery): Promise<FixturesLoaded>;
    };
    readonly snapshots: {
        /** List snapshots. Of the space, by name. */
        list(): Promise<Snapshot[]>;
        /** Delete all snapshots. Of the space. */
        clear(): Promise<Done>;
        /** Get a snapshot. With the rows in it. */
        get(snapshot: string): Promise<Snapshot>;
        /** Take a snapshot. Of all data of the space; one of the same name is replaced. */
        take(snapshot: string): Promise<Snapshot>;
        /** Delete a snapshot. The space stays as it is. */
        delete(snapshot: string): Promise<Done>;
        /** Restore a snapshot. As resetting the data to it. */
        restore(snapshot: string): Promise<ResetDone>;
    };
    readonly clock: {
        /** Get the clock. The time in the space. */
        get(): Promise<Clock>;
        /** Change the clock. For all times of the space. */
        change(body: ChangeClock): Promise<Clock>;
        /** Change the clock. For all times of the space. */
        freeze(at?: string | Date): Promise<Clock>;
        /** Change the clock. For all times of the space. */
        set(at: string | Date): Promise<Clock>;
        /** Change the clock. For all times of the space. */
        advance(by_seconds: number): Promise<Clock>;
        /** Change the clock. For all times of the space. */
        resume(): Promise<Clock>;
    };
    readonly settings: {
        /** Get the settings. Those that change at run time. */
        get(): Promise<Settings>;
        /** Change settings. Of the space alone. */
        change(body: ChangeSettings): Promise<Settings>;
    };
    readonly requests: {
        /** List requests. The journal of the space, newest last, redacted. */
        (query?: ListRequestsQuery): Promise<JournalEntry[]>;
        /** List requests. The journal of the space, newest last, redacted. */
        list(query?: ListRequestsQuery): Promise<JournalEntry[]>;
        /** Forget the requests. Of the space: all, or those of the same query. */
        clear(query?: ClearRequestsQuery): Promise<Done>;
        /** Get a request. One journal entry, as JSON, HTTP Archive or curl command. */
        get(request: string): Promise<JournalEntry>;
    };
    /** Verify requests. 200 when the expected number matches; otherwise 422 with expectation, count and nearest miss; 409 when the answer depends on dropped journal entries. With match.event it counts events that happened, with or without a subscriber. */
    verify(body: Verify): Promise<Verified>;
    /** Make an API key. Of a member of a team; it is shown once. Exports have what is kept of it. */
    keys(body: MakeKey): Promise<Key>;
    readonly runs: {
        /** Order a run's course. The next run that matches does these steps and nothing else. */
        next(body: OrderRun): Promise<RunScript>;
        /** List ordered courses. Those that wait for a run. */
        listNext(): Promise<RunScript[]>;
        /** Delete ordered courses. All that wait. */
        clearNext(): Promise<Done>;
        /** Delete an ordered course. One that waits. */
        deleteNext(script_id: string): Promise<Done>;
        /** Fire a trigger. As if what it listens to had happened: a run of its agent. Consecutive ones without a usable connection disable it. */
        fire(trigger_id: string, payload?: unknown): Promise<RunStarted>;
    };
    readonly triggers: {
        /** Fire a trigger. As if what it listens to had happened: a run of its agent. Consecutive ones without a usable connection disable it. */
        fire(trigger_id: string, body?: FireTrigger): Promise<RunStarted>;
    };
    readonly webhooks: {
        /** List deliveries. What was sent of events, each attempt with its answer, and what is still to be sent. */
        deliveries(query?: ListWebhookDeliveriesQuery): Promise<WebhookDelivery[]>;
        /** Send a delivery again. At once, or when the attempt that is under way has ended, with the retries of a new one; the id of the event stays the same. */
        resend(delivery_id: string): Promise<WebhookDelivery>;
        /** Subscribe to events. From now on, in this space. The secret is shown in this reply alone. Payload, headers and signature are ours: Duvo publishes none. */
        create(body: MakeWebhook): Promise<Webhook>;
        /** List subscriptions. In the order of making. */
        list(): Promise<Webhook[]>;
        /** Get a subscription. Without its secret. */
        get(webhook_id: string): Promise<Webhook>;
        /** Change a subscription. While it is paused its deliveries wait. A new URL or secret is for what waits, too. */
        update(webhook_id: string, body: ChangeWebhook): Promise<Webhook>;
        /** Delete a subscription. Its deliveries go with it. */
        delete(webhook_id: string): Promise<Done>;
        /** Read an inbox. What came, redacted; it can be waited for. */
        inbox(name: string, query?: ReadInboxQuery): Promise<InboxEntry[]>;
    };
    readonly inbox: {
        /** Send to an inbox. A receiver of webhooks that the mock plays: anybody may send, without a key or an admin token. Says whether the signature holds when it is read. */
        post(name: string, body: InboxMessage): Promise<Done>;
        /** Read an inbox. What came, redacted; it can be waited for. */
        get(name: string, query?: ReadInboxQuery): Promise<InboxEntry[]>;
        /** Empty an inbox. It forgets what came, and what it dropped. */
        delete(name: string): Promise<Done>;
    };
    readonly faults: {
        /** Order a fault. For matching requests of the API. */
        create(body: OrderFault): Promise<Fault>;
        /** List faults. With the number of requests that each met. */
        list(): Promise<Fault[]>;
        /** Delete all faults. Of the space. */
        clear(): Promise<Done>;
        /** Get a fault. With the number of requests that it met. */
        get(fault: string): Promise<Fault>;
        /** Delete a fault. Requests are served as usual again. */
        delete(fault: string): Promise<Done>;
    };
    readonly connections: {
        /** Force a state. active, expired, revoked or broken, with the fields that /v2 shows for it. */
        transition(connection_id: string, body: Transition): Promise<Connection>;
        /** Compare a secret. Whether a header has that value, without reading it back. */
        match(connection_id: string, body: MatchSecret): Promise<SecretMatch>;
    };
    readonly credentials: {
        /** Compare a secret's value. Whether a variable has that value, without reading it back. */
        match(credential_id: string, body: MatchSecretValue): Promise<SecretMatch>;
    };
    readonly logins: {
        /** Compare a login's value. Whether its password or OTP secret is that one, without reading it back. */
        match(login_id: string, body: MatchLogin): Promise<SecretMatch>;
    };
    readonly integrations: {
        /** Compare a client secret. Whether that is the custom integration's oauth_client_secret, without reading it back. */
        match(custom_integration_id: string, body: MatchClientSecret): Promise<SecretMatch>;
    };
    readonly oauth: {
        /** Order the next outcome. For the next matching consents. */
        next(body: OrderConsent): Promise<ConsentOrder>;
        /** List ordered outcomes. In the order in which they are used. */
        listNext(): Promise<ConsentOrder[]>;
        /** Clear ordered outcomes. Forgets them all. */
        clearNext(): Promise<Done>;
        /** Finish a flow. Finishes an authorization_url or a connected_account_id without a browser. */
        complete(body: CompleteFlow): Promise<FlowCompleted>;
    };
    /** Order a fault. For matching requests of the API. */
    fault(body: OrderFault): Promise<Fault>;
    /** Force a state. active, expired, revoked or broken, with the fields that /v2 shows for it. */
    transition(connection_id: string, to: 'active' | 'expired' | 'revoked' | 'broken', reason?: string): Promise<Connection>;
    /** Take a snapshot. Of all data of the space; one of the same name is replaced. */
    snapshot(snapshot: string): Promise<Snapshot>;
}

/** The control calls of the server. */
export interface ServerCalls {
    /** Health. Answers as soon as the server accepts. */
    health(): Promise<Health>;
    /** Readiness. 200 when the store is usable, full or not; else 503 with the reason. */
    ready(): Promise<Health>;
    /** Version. Which duvo-mock this is. */
    version(): Promise<Version>;
    readonly spaces: {
        /** Make a space. A world of its own, with the server's starting data or fixtures of its own, and an API key. */
        create(body?: MakeSpace): Promise<Space>;
        /** List spaces. With the rows in each. */
        list(): Promise<Space[]>;
        /** Get a space. With the rows in it. */
        get(space: string): Promise<Space>;
        /** Drop a space. With all that it holds. */
        delete(space: string): Promise<Done>;
    };
}

/** What `call` takes: each operation with its parameters and its body, and what it answers. */
export interface Operations {
    /** List connections. The caller's connections in the current team, newest first, and the team's shared ones when connections sharing is on. */
    listConnectionsV1: { args: { type?: string; limit?: number; offset?: number }; reply: ConnectionListV1 };
    /** Create a connection. A user-provided connection: a custom MCP server with a URL and optional headers. Values under headers.secret are never readable again. */
    createConnectionV1: { args: { body: CreateConnection }; reply: ConnectionV1 };
    /** Get a connection. A connection visible to the caller. */
    getConnectionV1: { args: { connection_id: string }; reply: ConnectionV1 };
    /** Update a connection. Under headers.secret an empty string keeps the stored value; a name stored in the other half moves; null for headers clears all. `shared` moves the connection between person and team. */
    updateConnectionV1: { args: { connection_id: string; body: UpdateConnectionV1 }; reply: ConnectionV1 };
    /** Delete a connection. Removes the connection and everything bound to it. */
    deleteConnectionV1: { args: { connection_id: string }; reply: Done };
    /** Get a connection's credentials. Names of the headers. Plaintext values as they are, secret ones as empty strings. */
    getConnectionCredentialsV1: { args: { connection_id: string }; reply: ConnectionCredentials };
    /** Start a native OAuth flow. Answers the URL of a consent page. When consent was given the connection exists, and the browser goes to return_url. Further string properties are shown on the page. */
    startNativeOAuthV1: { args: { provider: string; body?: StartNativeOAuthV1 }; reply: AuthorizationUrl };
    /** Start a Composio flow. OAuth schemes answer a redirect_url to open in a browser; API keys and the like make the account ACTIVE at once. */
    startComposioV1: { args: { body: StartComposio }; reply: ComposioStarted };
    /** Finalize a Composio flow. Makes a connection of an ACTIVE connected account. */
    finalizeComposioV1: { args: { body: FinalizeComposio }; reply: ComposioFinalized };
    /** OAuth callback. Where a provider sends the browser: exchanges the code, makes the connection, and sends the browser on. */
    oauthCallbackV1: { args: { provider: string; code?: string; state?: string; error?: string; error_description?: string; iss?: string }; reply: string };
    /** Probe an MCP server. Lists its tools. An unusable server is a 200 with success false and an error with the remedy. */
    probeMcpServerV1: { args: { body: ProbeMcpServerV1 }; reply: ProbeResult };
    /** Check an MCP server's OAuth. Whether it supports dynamic client registration. */
    checkMcpOAuthV1: { args: { body: CheckMcpOAuth }; reply: McpOAuthSupport };
    /** Start an MCP OAuth flow. Answers the URL of the authorization server's consent page. When consent was given the connection exists, and the browser goes to return_url. */
    authorizeMcpOAuthV1: { args: { body: StartMcpOAuthV1 }; reply: AuthorizationUrl };
    /** MCP OAuth callback. Where an MCP server's authorization server sends the browser: exchanges the code, makes the connection, and sends the browser on. */
    mcpOauthCallbackV1: { args: { code?: string; state?: string; error?: string; error_description?: string; iss?: string }; reply: string };
    /** List integrations. The catalog's integrations and the team's custom ones, in the shape of connections. */
    listIntegrationsV1: { args: { type?: string; limit?: number; offset?: number }; reply: IntegrationListV1 };
    /** Register a custom integration. A custom MCP server, the source of connections. oauth_client_id and oauth_client_secret come together, and only with oauth; the secret is never readable again. */
    createCustomIntegrationV1: { args: { body: CreateCustomIntegration }; reply: ConnectionV1 };
    /** Delete a custom integration. Removes the custom integration and every connection made from it. */
    deleteCustomIntegrationV1: { args: { custom_integration_id: string }; reply: Done };
    /** Get the caller's profile. The owner of the API key. */
    getProfileV1: { args: { }; reply: ProfileReply };
    /** Get a team. The team of the API key. */
    getTeamV1: { args: { teamId: string }; reply: TeamReply };
    /** List a revision's integrations. The revision's integrations, in order of attachment. */
    listRevisionIntegrationsV1: { args: { agent_id: string; build_id: string }; reply: RevisionIntegrationList };
    /** Attach integrations to a revision. Takes the builder role or above. `count` is that of new slots; all are attached, or none. */
    attachRevisionIntegrationsV1: { args: { agent_id: string; build_id: string; body: AttachIntegrations }; reply: IntegrationsAttached };
    /** Remove an integration from a revision. For everyone, with all pins. Takes the builder role or above. `success` is false when it was not attached. */
    removeRevisionIntegrationV1: { args: { agent_id: string; build_id: string; integration_id: string }; reply: Success };
    /** List pinned connections. The caller's pins of the integration. */
    listRevisionIntegrationConnectionsV1: { args: { agent_id: string; build_id: string; integration_id: string }; reply: PinnedConnectionList };
    /** Pin a connection. For the caller alone. The connection has to fit the integration; pinning it again changes nothing. */
    pinRevisionIntegrationConnectionV1: { args: { agent_id: string; build_id: string; integration_id: string; body: PinConnection }; reply: Success };
    /** Unpin a connection. For the caller alone. The connection stays. */
    unpinRevisionIntegrationConnectionV1: { args: { agent_id: string; build_id: string; integration_id: string; connection_id: string }; reply: Success };
    /** Get a revision's case queue setup. Its producers and consumers of cases with the number of queues linked to each, and whether the team has queues. */
    getRevisionCaseQueueSetupV1: { args: { agent_id: string; build_id: string }; reply: CaseQueueSetup };
    /** List linked queues. The queues linked to the integration. */
    listRevisionIntegrationQueuesV1: { args: { agent_id: string; build_id: string; integration_id: string }; reply: LinkedQueueList };
    /** Replace linked queues. Links a case queue integration to these queues of the team and no others. Takes the builder role or above. */
    replaceRevisionIntegrationQueuesV1: { args: { agent_id: string; build_id: string; integration_id: string; body: ReplaceQueues }; reply: LinkedQueueList };
    /** List schedules. The caller's schedules of the agent, newest first. */
    listAgentSchedulesV1: { args: { agent_id: string }; reply: ScheduleListV1 };
    /** List members. Who is in the team, by name. */
    listTeamMembersV1: { args: { teamId: string; limit?: number; offset?: number }; reply: MemberList };
    /** List secrets. The caller's secrets in the team and the team's shared ones, newest first, as an array without an object around it. */
    listSecretsV1: { args: { }; reply: SecretList };
    /** Create a secret. A bundle of environment variables. Their values are never readable again. A shared one takes the manager role or above. */
    createSecretV1: { args: { body: CreateSecret }; reply: Secret };
    /** Get a secret. A secret visible to the caller, without its values. */
    getSecretV1: { args: { id: string }; reply: Secret };
    /** Update a secret. `values` replaces all values; otherwise remove_keys are removed, then rename_keys renamed, all at once, then add_values added or overwritten. `shared` moves the secret between person and team. */
    updateSecretV1: { args: { id: string; body: UpdateSecret }; reply: Secret };
    /** Delete a secret. Removes it with its values. A shared one takes the manager role or above. */
    deleteSecretV1: { args: { id: string }; reply: Success };
    /** List a revision's secrets. Those visible to the caller, in order of attachment, as an array without an object around it. */
    listRevisionSecretsV1: { args: { agentId: string; buildId: string }; reply: SecretList };
    /** Attach a secret to a revision. Its runs are given the secret's variables. One that is attached already stays. Takes the builder role or above; nothing can be attached to a historic revision. */
    attachRevisionSecretV1: { args: { agentId: string; buildId: string; body: AttachSecret }; reply: Success };
    /** Detach a secret from a revision. The secret itself stays. Takes the builder role or above. */
    detachRevisionSecretV1: { args: { agentId: string; buildId: string; credentialId: string }; reply: Success };
    /** List folders. All folders of the team, by name, with what is directly in each. */
    listAgentFoldersV1: { args: { }; reply: FolderList };
    /** Create a folder. At the top level, or in another folder of the team. Folders beside each other have different names. */
    createAgentFolderV1: { args: { body: CreateFolder }; reply: FolderReply };
    /** Update a folder. Renames it, or moves it, but not into itself or into a folder in it. */
    updateAgentFolderV1: { args: { folder_id: string; body: UpdateFolder }; reply: FolderReply };
    /** Delete a folder. A folder with contents only with force=true: folders in it go with it, and all their agents move to the top level. */
    deleteAgentFolderV1: { args: { folder_id: string; force?: string }; reply: Success };
    /** Move agents. Into a folder, or to the top level: all of them or none. */
    moveAgentsToFolderV1: { args: { body: MoveAgents }; reply: AgentsMoved };
    /** Move agents into a folder. All of them or none. */
    moveAgentsIntoFolderV1: { args: { folder_id: string; body: MoveAgentsInto }; reply: AgentsMoved };
    /** List agents. The team's agents, newest first, each with its latest revision and what the caller has set up for it. */
    listAgentsV1: { args: { limit?: number; offset?: number; include_schedules?: 'true' | 'false'; automation_id?: string }; reply: AgentListV1 };
    /** Create an agent. With its first revision when `build` or source_build_id is given. It is live at once. Takes the builder role or above. */
    createAgentV1: { args: { body: CreateAgent }; reply: AgentCreatedV1 };
    /** Get an agent. One of the team, with what the caller has set up for it. */
    getAgentV1: { args: { agent_id: string }; reply: AgentReplyV1 };
    /** Update an agent. `pinned` is the caller's own and for everybody; the rest takes the builder role or above. */
    updateAgentV1: { args: { agent_id: string; body: UpdateAgent }; reply: AgentReplyV1 };
    /** List revisions. Of an agent, the latest first. */
    listAgentRevisionsV1: { args: { agent_id: string; limit?: number; offset?: number }; reply: RevisionListV1 };
    /** Create a revision. It takes over integrations, queues, pins and secrets of source_build_id, or else of the live revision or the latest. It is live at once. Takes the builder role or above. */
    createRevisionV1: { args: { agent_id: string; body: CreateRevision }; reply: RevisionCreatedV1 };
    /** Get a revision. One of the agent. */
    getRevisionV1: { args: { agent_id: string; build_id: string }; reply: RevisionReplyV1 };
    /** Get a revision. Another address of the same, without the agent's. */
    getRevisionByIdV1: { args: { build_id: string }; reply: RevisionReplyV1 };
    /** Update a revision. A historic one keeps its config and handover targets; name and description can be changed. Takes the builder role or above. */
    updateRevisionV1: { args: { build_id: string; body: UpdateRevision }; reply: RevisionReplyV1 };
    /** MCP server. Streamable HTTP of every revision, without sessions. Its tools are the operations of this version; each call of one is a request of its own. */
    callMcpV1: { args: { body: McpMessage }; reply: unknown };
    /** Stream of the MCP server. It has none. */
    streamMcpV1: { args: { }; reply: unknown };
    /** End a session of the MCP server. It has none. */
    endMcpSessionV1: { args: { }; reply: unknown };
    /** List connections. The caller's connections in the team, newest first, and the team's shared ones when connections sharing is on. */
    listConnections: { args: { teamId: string; type?: string; limit?: number; offset?: number }; reply: ConnectionList };
    /** Create a connection. A user-provided connection: a custom MCP server with a URL and optional headers. Values under headers.secret are never readable again. */
    createConnection: { args: { teamId: string; body: CreateConnection }; reply: Connection };
    /** Get a connection. A connection visible to the caller. */
    getConnection: { args: { connection_id: string }; reply: Connection };
    /** Update a connection. Under headers.secret an empty string keeps the stored value; a name stored in the other half moves; null for headers clears all. `shared` moves the connection between person and team. */
    updateConnection: { args: { connection_id: string; body: UpdateConnection }; reply: Connection };
    /** Delete a connection. Removes the connection and everything bound to it. */
    deleteConnection: { args: { connection_id: string }; reply: Done };
    /** Get a connection's credentials. Names of the headers. Plaintext values as they are, secret ones as empty strings. */
    getConnectionCredentials: { args: { connection_id: string }; reply: ConnectionCredentials };
    /** Start a native OAuth flow. Answers the URL of a consent page. When consent was given the connection exists, and the browser goes to return_url. Further string properties are shown on the page. */
    startNativeOAuth: { args: { teamId: string; provider: string; body?: StartNativeOAuth }; reply: AuthorizationUrl };
    /** Start a Composio flow. OAuth schemes answer a redirect_url to open in a browser; API keys and the like make the account ACTIVE at once. */
    startComposio: { args: { teamId: string; body: StartComposio }; reply: ComposioStarted };
    /** Finalize a Composio flow. Makes a connection of an ACTIVE connected account. */
    finalizeComposio: { args: { teamId: string; body: FinalizeComposio }; reply: ComposioFinalized };
    /** Probe an MCP server. Lists its tools. An unusable server is a 200 with success false and an error with the remedy. */
    probeMcpServer: { args: { teamId: string; body: ProbeMcpServer }; reply: ProbeResult };
    /** Check an MCP server's OAuth. Whether it supports dynamic client registration. */
    checkMcpOAuth: { args: { body: CheckMcpOAuth }; reply: McpOAuthSupport };
    /** Check an MCP server's OAuth. Another address of the same. */
    checkTeamMcpOAuth: { args: { teamId: string; body: CheckMcpOAuth }; reply: McpOAuthSupport };
    /** Start an MCP OAuth flow. Answers the URL of the authorization server's consent page. When consent was given the connection exists, and the browser goes to return_url. */
    authorizeMcpOAuth: { args: { teamId: string; body: StartMcpOAuth }; reply: AuthorizationUrl };
    /** List integrations. The catalog's integrations and the team's custom ones, in the shape of connections. */
    listIntegrations: { args: { teamId: string; type?: string; limit?: number; offset?: number }; reply: IntegrationList };
    /** Register a custom integration. A custom MCP server, the source of connections. oauth_client_id and oauth_client_secret come together, and only with oauth; the secret is never readable again. */
    createCustomIntegration: { args: { teamId: string; body: CreateCustomIntegration }; reply: Connection };
    /** Delete a custom integration. Removes the custom integration and every connection made from it. */
    deleteCustomIntegration: { args: { custom_integration_id: string }; reply: Done };
    /** Get the caller's profile. The owner of the API key. */
    getProfile: { args: { }; reply: ProfileReply };
    /** List teams. The teams of the API key. */
    listMyTeams: { args: { }; reply: TeamList };
    /** Get a team. The team of the API key. */
    getTeam: { args: { teamId: string }; reply: TeamReply };
    /** List the caller's organizations. Those that the person of the key is in, by name, and as what. Owners of a team are owners of an organization whose members nothing else names. */
    listMyOrganizations: { args: { }; reply: OrganizationList };
    /** List an organization's teams. By name, whatever team the key is of: the person has to be in the organization. */
    listOrgTeams: { args: { orgId: string; limit?: number; offset?: number }; reply: OrganizationTeamList };
    /** Create a team. The caller is its owner. Takes an owner, admin or executive of the organization. POST /_mock/keys makes a key of the new team. */
    createOrgTeam: { args: { orgId: string; body: CreateTeam }; reply: TeamCreated };
    /** List a revision's integrations. The revision's integrations, in order of attachment. */
    listRevisionIntegrations: { args: { agent_id: string; build_id: string }; reply: RevisionIntegrationList };
    /** Attach integrations to a revision. Takes the builder role or above. `count` is that of new slots; all are attached, or none. */
    attachRevisionIntegrations: { args: { agent_id: string; build_id: string; body: AttachIntegrations }; reply: IntegrationsAttached };
    /** Remove an integration from a revision. For everyone, with all pins. Takes the builder role or above. `success` is false when it was not attached. */
    removeRevisionIntegration: { args: { agent_id: string; build_id: string; integration_id: string }; reply: Success };
    /** List pinned connections. The caller's pins of the integration. */
    listRevisionIntegrationConnections: { args: { agent_id: string; build_id: string; integration_id: string }; reply: PinnedConnectionList };
    /** Pin a connection. For the caller alone. The connection has to fit the integration; pinning it again changes nothing. */
    pinRevisionIntegrationConnection: { args: { agent_id: string; build_id: string; integration_id: string; body: PinConnection }; reply: Success };
    /** Unpin a connection. For the caller alone. The connection stays. */
    unpinRevisionIntegrationConnection: { args: { agent_id: string; build_id: string; integration_id: string; connection_id: string }; reply: Success };
    /** Get a revision's case queue setup. Its producers and consumers of cases with the number of queues linked to each, and whether the team has queues. */
    getRevisionCaseQueueSetup: { args: { agent_id: string; build_id: string }; reply: CaseQueueSetup };
    /** List linked queues. The queues linked to the integration. */
    listRevisionIntegrationQueues: { args: { agent_id: string; build_id: string; integration_id: string }; reply: LinkedQueueList };
    /** Replace linked queues. Links a case queue integration to these queues of the team and no others. Takes the builder role or above. */
    replaceRevisionIntegrationQueues: { args: { agent_id: string; build_id: string; integration_id: string; body: ReplaceQueues }; reply: LinkedQueueList };
    /** List schedules. The caller's schedules of the agent, newest first. */
    listAgentSchedules: { args: { agent_id: string }; reply: ScheduleList };
    /** Create a schedule. For the caller. What the frequency does not need may be there and has no effect. It starts runs when the setting `schedules` is `run`. An agent can have 5 active ones. */
    createSchedule: { args: { agent_id: string; body: CreateSchedule }; reply: Schedule };
    /** Update a schedule. One of the caller's; administrators and owners change anybody's. Only what is sent changes; what the frequency needs must be there afterwards. Enabling one that was paused because it failed forgets its failures. */
    updateSchedule: { args: { agent_id: string; schedule_id: string; body: UpdateSchedule }; reply: Schedule };
    /** Delete a schedule. One of the caller's; administrators and owners delete anybody's. */
    deleteSchedule: { args: { agent_id: string; schedule_id: string }; reply: Success };
    /** List members. Who is in the team, by name; `search` looks into names and e-mail addresses. */
    listTeamMembers: { args: { teamId: string; limit?: number; offset?: number; search?: string }; reply: MemberList };
    /** List secrets. The caller's secrets in the team and the team's shared ones, newest first, as an array without an object around it. */
    listSecrets: { args: { teamId: string }; reply: SecretList };
    /** Create a secret. A bundle of environment variables. Their values are never readable again. A shared one takes the manager role or above. */
    createSecret: { args: { teamId: string; body: CreateSecret }; reply: Secret };
    /** Get a secret. A secret visible to the caller, without its values. */
    getSecret: { args: { id: string }; reply: Secret };
    /** Update a secret. `values` replaces all values; otherwise remove_keys are removed, then rename_keys renamed, all at once, then add_values added or overwritten. `shared` moves the secret between person and team. */
    updateSecret: { args: { id: string; body: UpdateSecret }; reply: Secret };
    /** Delete a secret. Removes it with its values. A shared one takes the manager role or above. */
    deleteSecret: { args: { id: string }; reply: Success };
    /** List a revision's secrets. Those visible to the caller, in order of attachment, as an array without an object around it. */
    listRevisionSecrets: { args: { agentId: string; buildId: string }; reply: SecretList };
    /** Attach a secret to a revision. Its runs are given the secret's variables. One that is attached already stays. Takes the builder role or above; nothing can be attached to a historic revision. */
    attachRevisionSecret: { args: { agentId: string; buildId: string; body: AttachSecret }; reply: Success };
    /** Detach a secret from a revision. The secret itself stays. Takes the builder role or above. */
    detachRevisionSecret: { args: { agentId: string; buildId: string; credentialId: string }; reply: Success };
    /** List logins. The caller's logins in the team and the team's shared ones, newest first, as an array without an object around it. Administrators and owners list another person's, too. */
    listCredentials: { args: { teamId: string; userId: string; domain?: string }; reply: LoginList };
    /** Create a login. With a password, an OTP secret or both, which are never readable again. A shared one takes the manager role or above. */
    createCredential: { args: { teamId: string; userId: string; body: CreateLogin }; reply: Login };
    /** Get a login. One of the caller's or the team's, without its values. */
    getCredential: { args: { teamId: string; userId: string; id: string }; reply: Login };
    /** Update a login. What is sent changes; null removes. A password or an OTP secret has to remain. `shared` moves the login between person and team; a shared one takes the manager role or above. */
    updateCredential: { args: { teamId: string; userId: string; id: string; body: UpdateLogin }; reply: Login };
    /** Delete a login. It is detached from all revisions. A shared one takes the manager role or above. */
    deleteCredential: { args: { teamId: string; userId: string; id: string }; reply: undefined };
    /** List a revision's logins. Those visible to the caller, in order of attachment, as an array without an object around it. */
    listRevisionLogins: { args: { agentId: string; buildId: string }; reply: RevisionLoginList };
    /** Attach a login to a revision. Its runs are given it. A personal one takes its owner, a shared one the builder role or above; nothing can be attached to a historic revision. */
    attachRevisionLogin: { args: { agentId: string; buildId: string; body: AttachLogin }; reply: Success };
    /** Detach a login from a revision. The login itself stays. A personal one takes its owner, a shared one the builder role or above. */
    detachRevisionLogin: { args: { agentId: string; buildId: string; exposedCredentialId: string }; reply: Success };
    /** List folders. All folders of the team, by name, with what is directly in each. */
    listAgentFolders: { args: { teamId: string }; reply: FolderList };
    /** Create a folder. At the top level, or in another folder of the team. Folders beside each other have different names. */
    createAgentFolder: { args: { teamId: string; body: CreateFolder }; reply: FolderReply };
    /** Update a folder. Renames it, or moves it, but not into itself or into a folder in it. */
    updateAgentFolder: { args: { folder_id: string; body: UpdateFolder }; reply: FolderReply };
    /** Delete a folder. A folder with contents only with force=true: folders in it go with it, and all their agents move to the top level. */
    deleteAgentFolder: { args: { folder_id: string; force?: string }; reply: Success };
    /** Move agents. Into a folder, or to the top level: all of them or none. */
    moveAgentsToFolder: { args: { teamId: string; body: MoveAgents }; reply: AgentsMoved };
    /** List agents. The team's agents, newest first, each with its latest revision and what the caller has set up for it. */
    listAgents: { args: { teamId: string; limit?: number; offset?: number; include_schedules?: 'true' | 'false'; automation_id?: string }; reply: AgentList };
    /** Create an agent. With its first revision when `build` or source_build_id is given. It is live at once. Takes the builder role or above. */
    createAgent: { args: { teamId: string; body: CreateAgent }; reply: AgentCreated };
    /** Get an agent. One of the team, with what the caller has set up for it. */
    getAgent: { args: { agent_id: string }; reply: AgentReply };
    /** Update an agent. `pinned` is the caller's own and for everybody; the rest takes the builder role or above. */
    updateAgent: { args: { agent_id: string; body: UpdateAgent }; reply: AgentReply };
    /** Delete an agent. Interrupts its runs; they go with it, and so do its revisions and all that belongs to them. Takes the builder role or above. */
    deleteAgent: { args: { agent_id: string }; reply: Success };
    /** Move an agent to another team. With its revisions, schedules, runs, and the queues that are its alone. Pins and triggers get connections of the target team, or go; secrets are detached. With dry_run nothing moves, and the reply says what would. What hangs together with others is refused, or moves with them (bypass_standalone_gate). Takes the builder role or above in both teams. */
    moveAgent: { args: { agent_id: string; dry_run?: 'true' | 'false' | boolean; body: MoveAgent }; reply: AgentMoved };
    /** List revisions. Of an agent, the latest first. */
    listAgentRevisions: { args: { agent_id: string; limit?: number; offset?: number }; reply: RevisionList };
    /** Create a revision. It takes over integrations, queues, pins and secrets of source_build_id, or else of the live revision or the latest. It is a draft, unless it is the first. Takes the builder role or above. */
    createRevision: { args: { agent_id: string; body: CreateRevision }; reply: RevisionCreated };
    /** Get a revision. One of the agent. */
    getRevision: { args: { agent_id: string; build_id: string }; reply: RevisionReply };
    /** Update a revision. A historic one keeps its config and handover targets; name and description can be changed. Takes the builder role or above. */
    updateRevision: { args: { build_id: string; body: UpdateRevision }; reply: RevisionReply };
    /** Promote a revision. A draft or historic one becomes the live one, and the live one historic. Takes the builder role or above. */
    promoteRevision: { args: { build_id: string; body: PromoteRevision }; reply: Success };
    /** List triggers. The caller's triggers of the agent, newest first. */
    listAgentTriggers: { args: { agentId: string }; reply: TriggerList };
    /** Make or change a trigger. The caller's of this integration and type. It listens through the connection pinned to the live revision's integration, else through the newest usable one; without one, or without the integration, it is a 409. Enabling one that disabled itself forgets its failures. */
    upsertAgentTrigger: { args: { agentId: string; body: UpsertTrigger }; reply: Trigger };
    /** List trigger types. What the integrations of the agent's live revision can listen to. */
    listAgentTriggerTypes: { args: { agentId: string }; reply: TriggerTypeList };
    /** List queues. The team's, by name. */
    listQueues: { args: { teamId: string; limit?: number; offset?: number; automation_id?: string }; reply: QueueList };
    /** Create a queue. Queues of a team have different names. Takes the builder role or above. */
    createQueue: { args: { teamId: string; body: CreateQueue }; reply: QueueReply };
    /** Get a queue. One of the team. */
    getQueue: { args: { queue_id: string }; reply: QueueReply };
    /** Update a queue. What is sent changes. Takes the builder role or above. */
    updateQueue: { args: { queue_id: string; body: UpdateQueue }; reply: QueueReply };
    /** Delete a queue. Interrupts the runs that are at work on its cases; these go with it, and so do the case triggers. Takes the builder role or above. */
    deleteQueue: { args: { queue_id: string }; reply: QueueDeleted };
    /** List a queue's agents. Those whose live revision is linked to it, and those whom its cases start. */
    listQueueAgents: { args: { queue_id: string }; reply: QueueAgents };
    /** List cases. In the queue, newest first. Duvo publishes no shape of a case: it is the mock's own. */
    listCases: { args: { queue_id: string; limit?: number; offset?: number }; reply: CaseList };
    /** Create a case. Its queue's case triggers start a run that takes it. Duvo publishes no shape of a case: it is the mock's own. */
    createCases: { args: { queue_id: string; body: CreateCase }; reply: CaseReply };
    /** Get a case. One of a queue of the team. Duvo publishes no shape of a case: it is the mock's own. */
    getCase: { args: { case_id: string }; reply: CaseReply };
    /** List case triggers. The agent's: at most one. */
    listAgentCaseTriggers: { args: { agent_id: string }; reply: CaseTriggerList };
    /** Create a case trigger. Cases of the queue start the agent from now on. Takes the builder role or above. */
    createAgentCaseTrigger: { args: { agent_id: string; body: CreateCaseTrigger }; reply: CaseTriggerReply };
    /** Preview conflicts. Other agents whom the queue's cases start. */
    previewAgentCaseTriggerConflicts: { args: { agent_id: string; case_queue_id: string }; reply: CaseTriggerConflicts };
    /** Get a case trigger. One of the agent. */
    getAgentCaseTrigger: { args: { agent_id: string; trigger_id: string }; reply: CaseTriggerReply };
    /** Update a case trigger. What is sent changes. Takes its creator, or the builder role or above. */
    updateAgentCaseTrigger: { args: { agent_id: string; trigger_id: string; body: UpdateCaseTrigger }; reply: CaseTriggerReply };
    /** Delete a case trigger. Cases wait for somebody else. Takes the builder role or above. */
    deleteAgentCaseTrigger: { args: { agent_id: string; trigger_id: string }; reply: Success };
    /** List runs. The team's, newest first. */
    listRuns: { args: { teamId: string; limit?: number; offset?: number; sort_by?: 'created_at'; sort_order?: 'asc' | 'desc'; status?: 
            | 'not_started' | 'pending' | 'starting' | 'running' | 'waiting' | 'completed' | 'failed'
            | 'interrupted' | 'stopped' | 'needs_attention'; agent_id?: string; user_id?: string; case_queue_id?: string; source?: string; search?: string; has_issues?: 'true' | 'false'; issue_severity?: 'critical' | 'medium' | 'low'; since?: string | Date; digest_id?: string }; reply: RunList };
    /** Start a run. Of an agent's live revision; it answers at once. It runs after a second and completes five seconds later, by the space's clock, unless a script says otherwise. Without a usable connection of an integration it fails, or asks a person when the agent has a human in the loop. */
    startRun: { args: { teamId: string; body: StartRun }; reply: RunStarted };
    /** Get a run. One of the team, with what it asks while it waits. */
    getRun: { args: { run_id: string }; reply: RunReply };
    /** Stop a run. It is interrupted; one that is over stays as it is. Takes who started it, or the builder role or above. */
    stopRun: { args: { run_id: string }; reply: RunStopped };
    /** List a run's messages. Oldest first. */
    listRunMessages: { args: { run_id: string; limit?: number; offset?: number }; reply: RunMessageList };
    /** Say something to a run. A run that waits, has completed or was interrupted goes on. Takes who started it, or the builder role or above. */
    postRunMessage: { args: { run_id: string; body: PostRunMessage }; reply: RunMessageReply };
    /** Answer what a run asks. While it waits: `approved` for an approval, `answers` by the text of each question. What is not approved fails. Takes who started it, or the builder role or above. */
    respondToHumanRequest: { args: { run_id: string; request_id: string; body: RespondToHumanRequest }; reply: HumanRequestReply };
    /** List dashboards. The caller's own, newest first; or with `scope` others' that the caller sees, or both. */
    listPulseDashboards: { args: { limit?: number; offset?: number; scope?: 'created' | 'shared' | 'team' }; reply: PulseDashboardList };
    /** Create a dashboard. It answers at once. It runs after a second and completes five seconds later, by the space's clock. It is private. */
    createPulseDashboard: { args: { body: CreatePulseDashboard }; reply: PulseDashboardCreated };
    /** Get a dashboard. One that the caller has made, or that is no private one. */
    getPulseDashboard: { args: { artifactId: string }; reply: PulseDashboardReply };
    /** Delete a dashboard. By its creator alone. Its connections stay. */
    deletePulseDashboard: { args: { artifactId: string }; reply: Success };
    /** List a dashboard's connections. For its creator alone, in order of attachment. One that is deleted is detached. */
    listPulseDashboardConnections: { args: { artifactId: string }; reply: PulseDashboardConnectionList };
    /** Attach a connection to a dashboard. By its creator alone. */
    attachPulseDashboardConnection: { args: { artifactId: string; body: AttachPulseDashboardConnection }; reply: Success };
    /** Detach a connection from a dashboard. By its creator alone. The connection itself stays. */
    detachPulseDashboardConnection: { args: { artifactId: string; connectionId: string }; reply: Success };
    /** List suggestions. What runs of the agent have shown to be missing or idle: pending ones, or all others, newest first. Documents give them. */
    listAgentSuggestions: { args: { agent_id: string; status?: 'pending' | 'history'; limit?: number; offset?: number }; reply: SuggestionList };
    /** Consume a suggestion. It adds, replaces or removes an integration of revision_id, else of the newest draft, else of a new draft made from the live revision. Takes the builder role or above. */
    consumeAgentSuggestion: { args: { id: string; body?: ConsumeSuggestion }; reply: SuggestionResolved };
    /** Reject a suggestion. It stays in the history. Takes the builder role or above. */
    rejectAgentSuggestion: { args: { id: string }; reply: SuggestionResolved };
    /** MCP server. Streamable HTTP of every revision, without sessions. Its tools are the operations of this version; each call of one is a request of its own. */
    callMcp: { args: { body: McpMessage }; reply: unknown };
    /** Stream of the MCP server. It has none. */
    streamMcp: { args: { }; reply: unknown };
    /** End a session of the MCP server. It has none. */
    endMcpSession: { args: { }; reply: unknown };
    /** The contract. This document. */
    getContract: { args: { }; reply: unknown };
    /** The contract of /v1. The OpenAPI document of /v1 alone. */
    getDocumentationV1: { args: { }; reply: unknown };
    /** The contract of /v2. The OpenAPI document of /v2 alone. */
    getDocumentation: { args: { }; reply: unknown };
    /** The contract of /v1, to read. The same as a page, without scripts. */
    readDocumentationV1: { args: { }; reply: string };
    /** The contract of /v2, to read. The same as a page, without scripts. */
    readDocumentation: { args: { }; reply: string };
    /** The contract of /_mock. The OpenAPI document of the mock's own endpoints alone. */
    getMockContract: { args: { }; reply: unknown };
    /** Health. Another address of /_mock/health. */
    getHealthAlias: { args: { }; reply: Health };
    /** Certificate authority. The authority to trust with --tls auto, in PEM; open to everybody. */
    getAuthority: { args: { }; reply: string };
    /** The console. Sends the browser to /_mock/. */
    redirectToConsole: { args: { }; reply: string };
    /** The console. A page for people: what clients did and what state there is, in the space of the URL. With --admin-token it asks for the token. */
    showConsole: { args: { tab?: 
            | 'requests' | 'sign-ins' | 'connections' | 'agents' | 'spaces' | 'faults' | 'clock' | 'fixtures'
            | 'mcp' | 'webhooks' | 'reference'; list?: string; q?: string; before?: string; id?: string; own?: 'show' | 'hide'; operation?: string; path?: string; told?: string }; reply: string };
    /** A form of the console. For browsers without scripts, from the console's own page alone: makes the call that the form stands for, and leads back to the tab, which tells what came of it. */
    sendConsoleForm: { args: { tab?: 
            | 'requests' | 'sign-ins' | 'connections' | 'agents' | 'spaces' | 'faults' | 'clock' | 'fixtures'
            | 'mcp' | 'webhooks' | 'reference'; list?: string; q?: string; before?: string; id?: string; own?: 'show' | 'hide'; operation?: string; path?: string; told?: string; body: ConsoleForm }; reply: string };
    /** The console's script. It keeps the page up to date and makes its buttons work. */
    getConsoleScript: { args: { }; reply: string };
    /** A module of the console's script. One of those that it imports. */
    getConsoleModule: { args: { module: 
            | 'calls.js' | 'events.js' | 'fixtures.js' | 'forms.js' | 'keys.js' | 'page.js' | 'programs.js'
            | 'token.js' | 'try.js' }; reply: string };
    /** Change settings. Another spelling of PATCH. */
    putSettings: { args: { body: ChangeSettings }; reply: Settings };
    /** Watch the space. A stream of what changes in it, one JSON object {kind, id, change, row} an event; an event named resync says that some are missing. A comment comes every 15 seconds. */
    watchSpace: { args: { since?: number }; reply: AsyncIterable<StreamEvent> };
    /** Consent page. The provider's authorization endpoint: asks a person, or answers at once when something else decides. */
    authorize: { args: { provider: string; response_type?: string; client_id?: string; redirect_uri?: string; scope?: string; state?: string; response_mode?: string; login_hint?: string; mock_outcome?: string }; reply: string };
    /** Answer a consent page. Sent by the page's buttons. */
    decideConsent: { args: { provider: string; response_type?: string; client_id?: string; redirect_uri?: string; scope?: string; state?: string; response_mode?: string; login_hint?: string; mock_outcome?: string; body?: ConsentForm }; reply: string };
    /** Result page. Where a flow without a return_url ends. */
    showResult: { args: { flow_id: string }; reply: string };
    /** Composio's consent page. Asks a person, or answers at once when something else decides. */
    connectComposio: { args: { connected_account_id: string; login_hint?: string; mock_outcome?: string }; reply: string };
    /** Answer Composio's consent page. Sent by the page's buttons. */
    decideComposioConsent: { args: { connected_account_id: string; login_hint?: string; mock_outcome?: string; body?: ConsentForm }; reply: string };
    /** Metadata of the MCP server. RFC 9728, of /v2/mcp: it takes an API key, and names no authorization server. */
    getMcpMetadata: { args: { }; reply: unknown };
    /** Metadata of /v1/mcp. RFC 9728. */
    getMcpMetadataOfV1: { args: { }; reply: unknown };
    /** Metadata of /v2/mcp. RFC 9728. */
    getMcpMetadataOfV2: { args: { }; reply: unknown };
    /** Built-in MCP server. Takes one JSON-RPC message. Each preset is a server of its own: modern, legacy, sse, oauth, oauth-no-dcr, apikey, paginated, broken-metadata, slow. */
    mcpPost: { args: { preset: string; sse?: number; delay_ms?: number; body: McpMessage }; reply: unknown };
    /** Stream of an MCP server. The stream of events of the 2024-11-05 server (sse); the others have none. */
    mcpStream: { args: { preset: string; sse?: number; delay_ms?: number }; reply: unknown };
    /** End an MCP session. Ends the session that the header Mcp-Session-Id names. */
    mcpEndSession: { args: { preset: string; sse?: number; delay_ms?: number }; reply: undefined };
    /** Message to a stream. Takes a JSON-RPC message whose answer comes on the stream (2024-11-05). */
    mcpMessage: { args: { preset: string; session_token: string; body: McpMessage }; reply: undefined };
    /** MCP server of a Composio connection. The server that a finalized connection names as its mcp_url. */
    mcpComposioPost: { args: { connection_id: string; sse?: number; delay_ms?: number; body: McpMessage }; reply: unknown };
    /** Stream of a Composio connection's server. There is none: 405. */
    mcpComposioStream: { args: { connection_id: string; sse?: number; delay_ms?: number }; reply: unknown };
    /** End a session of a Composio connection's server. Ends the session that the header Mcp-Session-Id names. */
    mcpComposioEndSession: { args: { connection_id: string; sse?: number; delay_ms?: number }; reply: undefined };
    /** MCP server of an integration. The server that a probe by integration_slug asks. */
    mcpServicePost: { args: { integration_slug: string; sse?: number; delay_ms?: number; body: McpMessage }; reply: unknown };
    /** Stream of an integration's server. There is none: 405. */
    mcpServiceStream: { args: { integration_slug: string; sse?: number; delay_ms?: number }; reply: unknown };
    /** End a session with an integration's server. Ends the session that the header Mcp-Session-Id names. */
    mcpServiceEndSession: { args: { integration_slug: string; sse?: number; delay_ms?: number }; reply: undefined };
    /** Metadata of an MCP server. RFC 9728: which authorization server the MCP server trusts. */
    mcpResourceMetadata: { args: { preset: string }; reply: unknown };
    /** Metadata of an authorization server. RFC 8414. */
    mcpIssuerMetadata: { args: { preset: string }; reply: unknown };
    /** Metadata of an authorization server (OpenID). The same where OpenID clients look first. */
    mcpOpenidMetadata: { args: { preset: string }; reply: unknown };
    /** Metadata of an authorization server (below it). The same below the issuer. */
    mcpIssuerMetadataBelow: { args: { preset: string }; reply: unknown };
    /** Metadata of an authorization server (OpenID, below it). The place that OpenID Connect Discovery names. */
    mcpOpenidMetadataBelow: { args: { preset: string }; reply: unknown };
    /** Keys of an authorization server. There are none: tokens are opaque. */
    mcpJwks: { args: { preset: string }; reply: unknown };
    /** Register an OAuth client. RFC 7591: dynamic client registration. */
    mcpRegister: { args: { preset: string; body: McpClientRegistration }; reply: unknown };
    /** Authorize access to an MCP server. Asks a person, or answers at once when something else decides. */
    mcpAuthorize: { args: { preset: string; response_type?: string; client_id?: string; redirect_uri?: string; scope?: string; state?: string; code_challenge?: string; code_challenge_method?: string; resource?: string[]; response_mode?: string; issuer?: string; prompt?: string; login_hint?: string; mock_outcome?: string }; reply: string };
    /** Answer the consent page of an MCP server. Sent by the page's buttons. */
    mcpDecideConsent: { args: { preset: string; response_type?: string; client_id?: string; redirect_uri?: string; scope?: string; state?: string; code_challenge?: string; code_challenge_method?: string; resource?: string[]; response_mode?: string; issuer?: string; prompt?: string; login_hint?: string; mock_outcome?: string; body?: ConsentForm }; reply: string };
    /** Token endpoint of an MCP server. RFC 6749 with PKCE and resource indicators: codes and refresh tokens for tokens. */
    mcpToken: { args: { preset: string; body: McpTokenRequest }; reply: unknown };
    /** Revoke a token of an MCP server. RFC 7009. */
    mcpRevoke: { args: { preset: string; body: McpRevocation }; reply: unknown };
}

/** The options of the command line. */
export interface ServerOptions {
    /** address or name to listen on; localhost is 127.0.0.1 and, if there is one, ::1 */
    host?: string;
    /** port to listen on; 0 picks a free one (the variable PORT works too) */
    port?: number;
    /** file for the port number, written once the server accepts connections */
    portFile?: string;
    /** stop when standard input ends, as it does when the parent process is gone */
    exitWithStdin?: boolean;
    /** SQLite file that keeps the state; without it the state ends with the process */
    db?: string;
    /** maximum size of the state in bytes (without --db 2147483648 or less) */
    storeBytes?: number;
    /** data to start with: default, empty, demo, a file, or a folder; repeatable */
    fixtures?: string | Fixtures | (string | Fixtures)[];
    /** folder whose *.json files replace the default set */
    fixturesDir?: string;
    /** origin of all generated URLs (default: the Host of each request) */
    publicUrl?: string;
    /** serve https with a generated certificate; its authority is at /_mock/ca.pem */
    tls?: 'off' | 'auto';
    /** further names and addresses in the certificate of --tls auto; repeatable */
    tlsNames?: string | string[];
    /** certificate chain for https, in PEM */
    tlsCert?: string;
    /** private key of --tls-cert, in PEM */
    tlsKey?: string;
    /** whether consent pages wait for a person */
    consent?: 'auto' | 'interactive';
    /** whether a return_url gets status and connection_id */
    returnParams?: 'on' | 'off';
    /** seconds in which a used refresh token of a built-in MCP server works again */
    refreshGraceSeconds?: number;
    /** hosts allowed in return_url of MCP starts; repeatable */
    allowedReturnHosts?: string | string[];
    /** further allowed hosts, and origins on them, such as *.example.com; repeatable */
    allowedHosts?: string | string[];
    /** bearer token required by /_mock */
    adminToken?: string;
    /** which hosts MCP servers and webhooks may be on */
    outbound?: 'any' | 'loopback' | 'off';
    /** maximum number of spaces */
    maxSpaces?: number;
    /** whether the first use of a name makes a space, or only POST /_mock/spaces */
    spaces?: 'auto' | 'explicit';
    /** seconds without use after which an implicit space is dropped */
    spaceTtl?: number;
    /** size of each space's journal in bytes; 0 turns it off */
    journalBytes?: number;
    /** refuse unknown fields and other tolerated mistakes */
    strict?: boolean;
    /** accept any dv_... key as the default owner */
    anyKey?: boolean;
    /** requests per minute per API key; 429 above that */
    rateLimit?: number | 'off';
    /** origin of pages allowed to call (https://app.example), or * for any; repeatable */
    cors?: string | string[];
    /** name of the array in /v1's list of connections */
    v1ListKeys?: 'both' | 'connections' | 'integrations';
    /** name errors by identifiers, such as not_found, instead of status texts */
    errorIds?: boolean;
    /** accept api_key as another spelling of apikey */
    lenientAuthMethod?: boolean;
    /** which models a revision's config may name: any, or those of the documents */
    models?: 'any' | 'listed';
    /** whether a run without a script takes its course, or stays pending */
    runs?: 'auto' | 'script';
    /** milliseconds until a run runs */
    runPendingMs?: number;
    /** milliseconds after that until it completes */
    runRunningMs?: number;
    /** whether schedules start runs when their time comes */
    schedules?: 'off' | 'run';
    /** runs in a row without a connection after which a trigger or schedule disables itself */
    triggerFailures?: number;
    /** seconds before each retry of a failed delivery, at most 10 */
    webhookRetrySeconds?: string;
    /** milliseconds that the receiver of a delivery has for its answer */
    webhookTimeoutMs?: number;
    /** names of the headers of a delivery */
    webhookHeaders?: string;
    /** whether the body of a delivery is the event, or its data alone */
    webhookPayload?: 'envelope' | 'data';
    /** one line per request on stderr */
    log?: 'text' | 'json' | 'off';
}
