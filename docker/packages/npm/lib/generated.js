// Generated from the contract by docker/packages/generate: run `make clients`, change nothing here.

'use strict';

/** Calls by name, or groups of them; '' is the call that the group itself is. */
exports.space = {
    reset: { id: 'resetSpace', method: 'POST', path: '/_mock/reset', body: true },
    fixtures: {
        '': 'export',
        export: { id: 'exportFixtures', method: 'GET', path: '/_mock/fixtures' },
        load: { id: 'loadFixtures', method: 'POST', path: '/_mock/fixtures', body: true, query: true },
    },
    snapshots: {
        list: { id: 'listSnapshots', method: 'GET', path: '/_mock/snapshots', list: 'snapshots' },
        clear: { id: 'clearSnapshots', method: 'DELETE', path: '/_mock/snapshots' },
        get: { id: 'getSnapshot', method: 'GET', path: '/_mock/snapshots/{snapshot}' },
        take: { id: 'takeSnapshot', method: 'PUT', path: '/_mock/snapshots/{snapshot}' },
        delete: { id: 'deleteSnapshot', method: 'DELETE', path: '/_mock/snapshots/{snapshot}' },
        restore: { id: 'restoreSnapshot', method: 'POST', path: '/_mock/snapshots/{snapshot}/restore' },
    },
    clock: {
        get: { id: 'getClock', method: 'GET', path: '/_mock/clock' },
        change: { id: 'changeClock', method: 'PUT', path: '/_mock/clock', body: true },
        freeze: {
            id: 'changeClock', method: 'PUT', path: '/_mock/clock',
            body: true, fixed: { action: 'freeze' }, by: ['at'],
        },
        set: {
            id: 'changeClock', method: 'PUT', path: '/_mock/clock',
            body: true, fixed: { action: 'set' }, by: ['at'],
        },
        advance: {
            id: 'changeClock', method: 'PUT', path: '/_mock/clock',
            body: true, fixed: { action: 'advance' }, by: ['by_seconds'],
        },
        resume: {
            id: 'changeClock', method: 'PUT', path: '/_mock/clock',
            body: true, fixed: { action: 'resume' }, by: [],
        },
    },
    settings: {
        get: { id: 'getSettings', method: 'GET', path: '/_mock/settings' },
        change: { id: 'changeSettings', method: 'PATCH', path: '/_mock/settings', body: true },
    },
    requests: {
        '': 'list',
        list: { id: 'listRequests', method: 'GET', path: '/_mock/requests', query: true, list: 'requests' },
        clear: { id: 'clearRequests', method: 'DELETE', path: '/_mock/requests', query: true },
        get: { id: 'getRequest', method: 'GET', path: '/_mock/requests/{request}' },
    },
    verify: { id: 'verifyRequests', method: 'POST', path: '/_mock/verify', body: true },
    keys: { id: 'makeKey', method: 'POST', path: '/_mock/keys', body: true },
    runs: {
        next: { id: 'orderRun', method: 'POST', path: '/_mock/runs/next', body: true },
        listNext: { id: 'listRunScripts', method: 'GET', path: '/_mock/runs/next', list: 'scripts' },
        clearNext: { id: 'clearRunScripts', method: 'DELETE', path: '/_mock/runs/next' },
        deleteNext: { id: 'deleteRunScript', method: 'DELETE', path: '/_mock/runs/next/{script_id}' },
        fire: {
            id: 'fireTrigger', method: 'POST', path: '/_mock/triggers/{trigger_id}/fire',
            body: true, by: ['payload'],
        },
    },
    triggers: {
        fire: { id: 'fireTrigger', method: 'POST', path: '/_mock/triggers/{trigger_id}/fire', body: true },
    },
    webhooks: {
        deliveries: {
            id: 'listWebhookDeliveries', method: 'GET', path: '/_mock/webhooks/deliveries',
            query: true, list: 'deliveries',
        },
        resend: {
            id: 'resendWebhookDelivery', method: 'POST', path: '/_mock/webhooks/deliveries/{delivery_id}/resend',
        },
        create: { id: 'createWebhook', method: 'POST', path: '/_mock/webhooks', body: true },
        list: { id: 'listWebhooks', method: 'GET', path: '/_mock/webhooks', list: 'webhooks' },
        get: { id: 'getWebhook', method: 'GET', path: '/_mock/webhooks/{webhook_id}' },
        update: { id: 'updateWebhook', method: 'PATCH', path: '/_mock/webhooks/{webhook_id}', body: true },
        delete: { id: 'deleteWebhook', method: 'DELETE', path: '/_mock/webhooks/{webhook_id}' },
        inbox: { id: 'readInbox', method: 'GET', path: '/_mock/inbox/{name}', query: true, list: 'messages' },
    },
    inbox: {
        post: { id: 'sendToInbox', method: 'POST', path: '/_mock/inbox/{name}', body: true },
        get: { id: 'readInbox', method: 'GET', path: '/_mock/inbox/{name}', query: true, list: 'messages' },
        delete: { id: 'clearInbox', method: 'DELETE', path: '/_mock/inbox/{name}' },
    },
    faults: {
        create: { id: 'orderFault', method: 'POST', path: '/_mock/faults', body: true },
        list: { id: 'listFaults', method: 'GET', path: '/_mock/faults', list: 'faults' },
        clear: { id: 'clearFaults', method: 'DELETE', path: '/_mock/faults' },
        get: { id: 'getFault', method: 'GET', path: '/_mock/faults/{fault}' },
        delete: { id: 'deleteFault', method: 'DELETE', path: '/_mock/faults/{fault}' },
    },
    connections: {
        transition: {
            id: 'transitionConnection', method: 'POST', path: '/_mock/connections/{connection_id}/transition',
            body: true,
        },
        match: {
            id: 'matchSecret', method: 'POST', path: '/_mock/connections/{connection_id}/secrets/match',
            body: true,
        },
    },
    credentials: {
        match: {
            id: 'matchSecretValue', method: 'POST', path: '/_mock/credentials/{credential_id}/secrets/match',
            body: true,
        },
    },
    logins: {
        match: { id: 'matchLogin', method: 'POST', path: '/_mock/logins/{login_id}/secrets/match', body: true },
    },
    integrations: {
        match: {
            id: 'matchClientSecret', method: 'POST', path: '/_mock/integrations/custom/{custom_integration_id}/secrets/match',
            body: true,
        },
    },
    oauth: {
        next: { id: 'orderOutcome', method: 'POST', path: '/_mock/oauth/next', body: true },
        listNext: { id: 'listOutcomes', method: 'GET', path: '/_mock/oauth/next', list: 'outcomes' },
        clearNext: { id: 'clearOutcomes', method: 'DELETE', path: '/_mock/oauth/next' },
        complete: { id: 'completeFlow', method: 'POST', path: '/_mock/oauth/complete', body: true },
    },
    fault: { id: 'orderFault', method: 'POST', path: '/_mock/faults', body: true },
    transition: {
        id: 'transitionConnection', method: 'POST', path: '/_mock/connections/{connection_id}/transition',
        body: true, by: ['to', 'reason'],
    },
    snapshot: { id: 'takeSnapshot', method: 'PUT', path: '/_mock/snapshots/{snapshot}' },
};

exports.server = {
    health: { id: 'getHealth', method: 'GET', path: '/_mock/health' },
    ready: { id: 'getReady', method: 'GET', path: '/_mock/ready' },
    version: { id: 'getVersion', method: 'GET', path: '/_mock/version' },
    spaces: {
        create: { id: 'makeSpace', method: 'POST', path: '/_mock/spaces', body: true },
        list: { id: 'listSpaces', method: 'GET', path: '/_mock/spaces', list: 'spaces' },
        get: { id: 'getSpace', method: 'GET', path: '/_mock/spaces/{space}' },
        delete: { id: 'dropSpace', method: 'DELETE', path: '/_mock/spaces/{space}' },
    },
};

/** What call takes. */
exports.operations = {
    listConnectionsV1: { method: 'GET', path: '/v1/connections', query: ['type', 'limit', 'offset'], keyed: true },
    createConnectionV1: { method: 'POST', path: '/v1/connections', body: 'json', keyed: true },
    getConnectionV1: { method: 'GET', path: '/v1/connections/{connection_id}', keyed: true },
    updateConnectionV1: { method: 'PATCH', path: '/v1/connections/{connection_id}', body: 'json', keyed: true },
    deleteConnectionV1: { method: 'DELETE', path: '/v1/connections/{connection_id}', keyed: true },
    getConnectionCredentialsV1: {
        method: 'GET', path: '/v1/connections/{connection_id}/credentials',
        keyed: true,
    },
    startNativeOAuthV1: {
        method: 'POST', path: '/v1/connections/oauth/native/{provider}/start',
        body: 'json', keyed: true,
    },
    startComposioV1: { method: 'POST', path: '/v1/connections/composio/start', body: 'json', keyed: true },
    finalizeComposioV1: { method: 'POST', path: '/v1/connections/composio/finalize', body: 'json', keyed: true },
    oauthCallbackV1: {
        method: 'GET', path: '/v1/oauth/callback/{provider}',
        query: ['code', 'state', 'error', 'error_description', 'iss'],
    },
    probeMcpServerV1: { method: 'POST', path: '/v1/connections/mcp/probe', body: 'json', keyed: true },
    checkMcpOAuthV1: { method: 'POST', path: '/v1/connections/oauth/mcp/check', body: 'json', keyed: true },
    authorizeMcpOAuthV1: { method: 'POST', path: '/v1/connections/oauth/mcp/start', body: 'json', keyed: true },
    mcpOauthCallbackV1: {
        method: 'GET', path: '/v1/oauth/callback/mcp',
        query: ['code', 'state', 'error', 'error_description', 'iss'],
    },
    listIntegrationsV1: {
        method: 'GET', path: '/v1/integrations',
        query: ['type', 'limit', 'offset'], keyed: true,
    },
    createCustomIntegrationV1: { method: 'POST', path: '/v1/integrations/custom', body: 'json', keyed: true },
    deleteCustomIntegrationV1: {
        method: 'DELETE', path: '/v1/integrations/custom/{custom_integration_id}',
        keyed: true,
    },
    getProfileV1: { method: 'GET', path: '/v1/profile', keyed: true },
    getTeamV1: { method: 'GET', path: '/v1/teams/{teamId}', keyed: true },
    listRevisionIntegrationsV1: {
        method: 'GET', path: '/v1/agents/{agent_id}/revisions/{build_id}/integrations',
        keyed: true,
    },
    attachRevisionIntegrationsV1: {
        method: 'POST', path: '/v1/agents/{agent_id}/revisions/{build_id}/integrations',
        body: 'json', keyed: true,
    },
    removeRevisionIntegrationV1: {
        method: 'DELETE', path: '/v1/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}',
        keyed: true,
    },
    listRevisionIntegrationConnectionsV1: {
        method: 'GET', path: '/v1/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/connections',
        keyed: true,
    },
    pinRevisionIntegrationConnectionV1: {
        method: 'POST', path: '/v1/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/connections',
        body: 'json', keyed: true,
    },
    unpinRevisionIntegrationConnectionV1: {
        method: 'DELETE', path: '/v1/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/connections/{connection_id}',
        keyed: true,
    },
    getRevisionCaseQueueSetupV1: {
        method: 'GET', path: '/v1/agents/{agent_id}/revisions/{build_id}/case-queue-validation',
        keyed: true,
    },
    listRevisionIntegrationQueuesV1: {
        method: 'GET', path: '/v1/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/queues',
        keyed: true,
    },
    replaceRevisionIntegrationQueuesV1: {
        method: 'PUT', path: '/v1/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/queues',
        body: 'json', keyed: true,
    },
    listAgentSchedulesV1: { method: 'GET', path: '/v1/agents/{agent_id}/schedules', keyed: true },
    listTeamMembersV1: {
        method: 'GET', path: '/v1/teams/{teamId}/members',
        query: ['limit', 'offset'], keyed: true,
    },
    listSecretsV1: { method: 'GET', path: '/v1/credentials', keyed: true },
    createSecretV1: { method: 'POST', path: '/v1/credentials', body: 'json', keyed: true },
    getSecretV1: { method: 'GET', path: '/v1/credentials/{id}', keyed: true },
    updateSecretV1: { method: 'PATCH', path: '/v1/credentials/{id}', body: 'json', keyed: true },
    deleteSecretV1: { method: 'DELETE', path: '/v1/credentials/{id}', keyed: true },
    listRevisionSecretsV1: {
        method: 'GET', path: '/v1/agents/{agentId}/revisions/{buildId}/credentials',
        keyed: true,
    },
    attachRevisionSecretV1: {
        method: 'POST', path: '/v1/agents/{agentId}/revisions/{buildId}/credentials',
        body: 'json', keyed: true,
    },
    detachRevisionSecretV1: {
        method: 'DELETE', path: '/v1/agents/{agentId}/revisions/{buildId}/credentials/{credentialId}',
        keyed: true,
    },
    listAgentFoldersV1: { method: 'GET', path: '/v1/agent-folders', keyed: true },
    createAgentFolderV1: { method: 'POST', path: '/v1/agent-folders', body: 'json', keyed: true },
    updateAgentFolderV1: { method: 'PATCH', path: '/v1/agent-folders/{folder_id}', body: 'json', keyed: true },
    deleteAgentFolderV1: {
        method: 'DELETE', path: '/v1/agent-folders/{folder_id}',
        query: ['force'], keyed: true,
    },
    moveAgentsToFolderV1: { method: 'POST', path: '/v1/agent-folders/move-agents', body: 'json', keyed: true },
    moveAgentsIntoFolderV1: {
        method: 'POST', path: '/v1/agent-folders/{folder_id}/agents',
        body: 'json', keyed: true,
    },
    listAgentsV1: {
        method: 'GET', path: '/v1/agents',
        query: ['limit', 'offset', 'include_schedules', 'automation_id'], keyed: true,
    },
    createAgentV1: { method: 'POST', path: '/v1/agents', body: 'json', keyed: true },
    getAgentV1: { method: 'GET', path: '/v1/agents/{agent_id}', keyed: true },
    updateAgentV1: { method: 'PATCH', path: '/v1/agents/{agent_id}', body: 'json', keyed: true },
    listAgentRevisionsV1: {
        method: 'GET', path: '/v1/agents/{agent_id}/revisions',
        query: ['limit', 'offset'], keyed: true,
    },
    createRevisionV1: { method: 'POST', path: '/v1/agents/{agent_id}/revisions', body: 'json', keyed: true },
    getRevisionV1: { method: 'GET', path: '/v1/agents/{agent_id}/revisions/{build_id}', keyed: true },
    getRevisionByIdV1: { method: 'GET', path: '/v1/revisions/{build_id}', keyed: true },
    updateRevisionV1: { method: 'PATCH', path: '/v1/revisions/{build_id}', body: 'json', keyed: true },
    callMcpV1: { method: 'POST', path: '/v1/mcp', body: 'json', keyed: true, either: true },
    streamMcpV1: { method: 'GET', path: '/v1/mcp' },
    endMcpSessionV1: { method: 'DELETE', path: '/v1/mcp' },
    listConnections: {
        method: 'GET', path: '/v2/teams/{teamId}/connections',
        query: ['type', 'limit', 'offset'], keyed: true,
    },
    createConnection: { method: 'POST', path: '/v2/teams/{teamId}/connections', body: 'json', keyed: true },
    getConnection: { method: 'GET', path: '/v2/connections/{connection_id}', keyed: true },
    updateConnection: { method: 'PATCH', path: '/v2/connections/{connection_id}', body: 'json', keyed: true },
    deleteConnection: { method: 'DELETE', path: '/v2/connections/{connection_id}', keyed: true },
    getConnectionCredentials: { method: 'GET', path: '/v2/connections/{connection_id}/credentials', keyed: true },
    startNativeOAuth: {
        method: 'POST', path: '/v2/teams/{teamId}/connections/oauth/native/{provider}/start',
        body: 'json', keyed: true,
    },
    startComposio: {
        method: 'POST', path: '/v2/teams/{teamId}/connections/composio/start',
        body: 'json', keyed: true,
    },
    finalizeComposio: {
        method: 'POST', path: '/v2/teams/{teamId}/connections/composio/finalize',
        body: 'json', keyed: true,
    },
    probeMcpServer: {
        method: 'POST', path: '/v2/teams/{teamId}/connections/mcp/probe',
        body: 'json', keyed: true,
    },
    checkMcpOAuth: { method: 'POST', path: '/v2/connections/oauth/mcp/check', body: 'json', keyed: true },
    checkTeamMcpOAuth: {
        method: 'POST', path: '/v2/teams/{teamId}/connections/oauth/mcp/check',
        body: 'json', keyed: true,
    },
    authorizeMcpOAuth: {
        method: 'POST', path: '/v2/teams/{teamId}/connections/oauth/mcp/start',
        body: 'json', keyed: true,
    },
    listIntegrations: {
        method: 'GET', path: '/v2/teams/{teamId}/integrations',
        query: ['type', 'limit', 'offset'], keyed: true,
    },
    createCustomIntegration: {
        method: 'POST', path: '/v2/teams/{teamId}/integrations/custom',
        body: 'json', keyed: true,
    },
    deleteCustomIntegration: {
        method: 'DELETE', path: '/v2/integrations/custom/{custom_integration_id}',
        keyed: true,
    },
    getProfile: { method: 'GET', path: '/v2/profile', keyed: true },
    listMyTeams: { method: 'GET', path: '/v2/teams', keyed: true },
    getTeam: { method: 'GET', path: '/v2/teams/{teamId}', keyed: true },
    listMyOrganizations: { method: 'GET', path: '/v2/organizations/mine', keyed: true },
    listOrgTeams: {
        method: 'GET', path: '/v2/organizations/{orgId}/teams',
        query: ['limit', 'offset'], keyed: true,
    },
    createOrgTeam: { method: 'POST', path: '/v2/organizations/{orgId}/teams', body: 'json', keyed: true },
    listRevisionIntegrations: {
        method: 'GET', path: '/v2/agents/{agent_id}/revisions/{build_id}/integrations',
        keyed: true,
    },
    attachRevisionIntegrations: {
        method: 'POST', path: '/v2/agents/{agent_id}/revisions/{build_id}/integrations',
        body: 'json', keyed: true,
    },
    removeRevisionIntegration: {
        method: 'DELETE', path: '/v2/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}',
        keyed: true,
    },
    listRevisionIntegrationConnections: {
        method: 'GET', path: '/v2/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/connections',
        keyed: true,
    },
    pinRevisionIntegrationConnection: {
        method: 'POST', path: '/v2/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/connections',
        body: 'json', keyed: true,
    },
    unpinRevisionIntegrationConnection: {
        method: 'DELETE', path: '/v2/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/connections/{connection_id}',
        keyed: true,
    },
    getRevisionCaseQueueSetup: {
        method: 'GET', path: '/v2/agents/{agent_id}/revisions/{build_id}/case-queue-validation',
        keyed: true,
    },
    listRevisionIntegrationQueues: {
        method: 'GET', path: '/v2/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/queues',
        keyed: true,
    },
    replaceRevisionIntegrationQueues: {
        method: 'PUT', path: '/v2/agents/{agent_id}/revisions/{build_id}/integrations/{integration_id}/queues',
        body: 'json', keyed: true,
    },
    listAgentSchedules: { method: 'GET', path: '/v2/agents/{agent_id}/schedules', keyed: true },
    createSchedule: { method: 'POST', path: '/v2/agents/{agent_id}/schedules', body: 'json', keyed: true },
    updateSchedule: {
        method: 'PATCH', path: '/v2/agents/{agent_id}/schedules/{schedule_id}',
        body: 'json', keyed: true,
    },
    deleteSchedule: { method: 'DELETE', path: '/v2/agents/{agent_id}/schedules/{schedule_id}', keyed: true },
    listTeamMembers: {
        method: 'GET', path: '/v2/teams/{teamId}/members',
        query: ['limit', 'offset', 'search'], keyed: true,
    },
    listSecrets: { method: 'GET', path: '/v2/teams/{teamId}/credentials', keyed: true },
    createSecret: { method: 'POST', path: '/v2/teams/{teamId}/credentials', body: 'json', keyed: true },
    getSecret: { method: 'GET', path: '/v2/credentials/{id}', keyed: true },
    updateSecret: { method: 'PATCH', path: '/v2/credentials/{id}', body: 'json', keyed: true },
    deleteSecret: { method: 'DELETE', path: '/v2/credentials/{id}', keyed: true },
    listRevisionSecrets: {
        method: 'GET', path: '/v2/agents/{agentId}/revisions/{buildId}/credentials',
        keyed: true,
    },
    attachRevisionSecret: {
        method: 'POST', path: '/v2/agents/{agentId}/revisions/{buildId}/credentials',
        body: 'json', keyed: true,
    },
    detachRevisionSecret: {
        method: 'DELETE', path: '/v2/agents/{agentId}/revisions/{buildId}/credentials/{credentialId}',
        keyed: true,
    },
    listCredentials: {
        method: 'GET', path: '/v2/teams/{teamId}/browser-agent/credentials/{userId}',
        query: ['domain'], keyed: true,
    },
    createCredential: {
        method: 'POST', path: '/v2/teams/{teamId}/browser-agent/credentials/{userId}',
        body: 'json', keyed: true,
    },
    getCredential: {
        method: 'GET', path: '/v2/teams/{teamId}/browser-agent/credentials/{userId}/{id}',
        keyed: true,
    },
    updateCredential: {
        method: 'PATCH', path: '/v2/teams/{teamId}/browser-agent/credentials/{userId}/{id}',
        body: 'json', keyed: true,
    },
    deleteCredential: {
        method: 'DELETE', path: '/v2/teams/{teamId}/browser-agent/credentials/{userId}/{id}',
        keyed: true,
    },
    listRevisionLogins: { method: 'GET', path: '/v2/agents/{agentId}/revisions/{buildId}/logins', keyed: true },
    attachRevisionLogin: {
        method: 'POST', path: '/v2/agents/{agentId}/revisions/{buildId}/logins',
        body: 'json', keyed: true,
    },
    detachRevisionLogin: {
        method: 'DELETE', path: '/v2/agents/{agentId}/revisions/{buildId}/logins/{exposedCredentialId}',
        keyed: true,
    },
    listAgentFolders: { method: 'GET', path: '/v2/teams/{teamId}/agent-folders', keyed: true },
    createAgentFolder: { method: 'POST', path: '/v2/teams/{teamId}/agent-folders', body: 'json', keyed: true },
    updateAgentFolder: { method: 'PATCH', path: '/v2/agent-folders/{folder_id}', body: 'json', keyed: true },
    deleteAgentFolder: { method: 'DELETE', path: '/v2/agent-folders/{folder_id}', query: ['force'], keyed: true },
    moveAgentsToFolder: {
        method: 'POST', path: '/v2/teams/{teamId}/agent-folders/move-agents',
        body: 'json', keyed: true,
    },
    listAgents: {
        method: 'GET', path: '/v2/teams/{teamId}/agents',
        query: ['limit', 'offset', 'include_schedules', 'automation_id'], keyed: true,
    },
    createAgent: { method: 'POST', path: '/v2/teams/{teamId}/agents', body: 'json', keyed: true },
    getAgent: { method: 'GET', path: '/v2/agents/{agent_id}', keyed: true },
    updateAgent: { method: 'PATCH', path: '/v2/agents/{agent_id}', body: 'json', keyed: true },
    deleteAgent: { method: 'DELETE', path: '/v2/agents/{agent_id}', keyed: true },
    moveAgent: {
        method: 'POST', path: '/v2/agents/{agent_id}/move',
        query: ['dry_run'], body: 'json', keyed: true,
    },
    listAgentRevisions: {
        method: 'GET', path: '/v2/agents/{agent_id}/revisions',
        query: ['limit', 'offset'], keyed: true,
    },
    createRevision: { method: 'POST', path: '/v2/agents/{agent_id}/revisions', body: 'json', keyed: true },
    getRevision: { method: 'GET', path: '/v2/agents/{agent_id}/revisions/{build_id}', keyed: true },
    updateRevision: { method: 'PATCH', path: '/v2/revisions/{build_id}', body: 'json', keyed: true },
    promoteRevision: { method: 'POST', path: '/v2/revisions/{build_id}/promote', body: 'json', keyed: true },
    listAgentTriggers: { method: 'GET', path: '/v2/triggers/{agentId}', keyed: true },
    upsertAgentTrigger: { method: 'PUT', path: '/v2/triggers/{agentId}', body: 'json', keyed: true },
    listAgentTriggerTypes: { method: 'GET', path: '/v2/trigger-config/{agentId}', keyed: true },
    listQueues: {
        method: 'GET', path: '/v2/teams/{teamId}/queues',
        query: ['limit', 'offset', 'automation_id'], keyed: true,
    },
    createQueue: { method: 'POST', path: '/v2/teams/{teamId}/queues', body: 'json', keyed: true },
    getQueue: { method: 'GET', path: '/v2/queues/{queue_id}', keyed: true },
    updateQueue: { method: 'PATCH', path: '/v2/queues/{queue_id}', body: 'json', keyed: true },
    deleteQueue: { method: 'DELETE', path: '/v2/queues/{queue_id}', keyed: true },
    listQueueAgents: { method: 'GET', path: '/v2/queues/{queue_id}/agents', keyed: true },
    listCases: { method: 'GET', path: '/v2/queues/{queue_id}/cases', query: ['limit', 'offset'], keyed: true },
    createCases: { method: 'POST', path: '/v2/queues/{queue_id}/cases', body: 'json', keyed: true },
    getCase: { method: 'GET', path: '/v2/cases/{case_id}', keyed: true },
    listAgentCaseTriggers: { method: 'GET', path: '/v2/agents/{agent_id}/case-triggers', keyed: true },
    createAgentCaseTrigger: {
        method: 'POST', path: '/v2/agents/{agent_id}/case-triggers',
        body: 'json', keyed: true,
    },
    previewAgentCaseTriggerConflicts: {
        method: 'GET', path: '/v2/agents/{agent_id}/case-triggers/conflict-preview',
        query: ['case_queue_id'], keyed: true,
    },
    getAgentCaseTrigger: { method: 'GET', path: '/v2/agents/{agent_id}/case-triggers/{trigger_id}', keyed: true },
    updateAgentCaseTrigger: {
        method: 'PATCH', path: '/v2/agents/{agent_id}/case-triggers/{trigger_id}',
        body: 'json', keyed: true,
    },
    deleteAgentCaseTrigger: {
        method: 'DELETE', path: '/v2/agents/{agent_id}/case-triggers/{trigger_id}',
        keyed: true,
    },
    listRuns: {
        method: 'GET', path: '/v2/teams/{teamId}/runs',
        query: ['limit', 'offset', 'sort_by', 'sort_order', 'status', 'agent_id', 'user_id', 'case_queue_id', 'source', 'search', 'has_issues', 'issue_severity', 'since', 'digest_id'], keyed: true,
    },
    startRun: { method: 'POST', path: '/v2/teams/{teamId}/runs', body: 'json', keyed: true },
    getRun: { method: 'GET', path: '/v2/runs/{run_id}', keyed: true },
    stopRun: { method: 'POST', path: '/v2/runs/{run_id}/stop', keyed: true },
    listRunMessages: {
        method: 'GET', path: '/v2/runs/{run_id}/messages',
        query: ['limit', 'offset'], keyed: true,
    },
    postRunMessage: { method: 'POST', path: '/v2/runs/{run_id}/messages', body: 'json', keyed: true },
    respondToHumanRequest: {
        method: 'POST', path: '/v2/runs/{run_id}/human-requests/{request_id}/respond',
        body: 'json', keyed: true,
    },
    listPulseDashboards: {
        method: 'GET', path: '/v2/artifacts',
        query: ['limit', 'offset', 'scope'], keyed: true,
    },
    createPulseDashboard: { method: 'POST', path: '/v2/artifacts', body: 'json', keyed: true },
    getPulseDashboard: { method: 'GET', path: '/v2/artifacts/{artifactId}', keyed: true },
    deletePulseDashboard: { method: 'DELETE', path: '/v2/artifacts/{artifactId}', keyed: true },
    listPulseDashboardConnections: { method: 'GET', path: '/v2/artifacts/{artifactId}/connections', keyed: true },
    attachPulseDashboardConnection: {
        method: 'POST', path: '/v2/artifacts/{artifactId}/connections',
        body: 'json', keyed: true,
    },
    detachPulseDashboardConnection: {
        method: 'DELETE', path: '/v2/artifacts/{artifactId}/connections/{connectionId}',
        keyed: true,
    },
    listAgentSuggestions: {
        method: 'GET', path: '/v2/agents/{agent_id}/suggestions',
        query: ['status', 'limit', 'offset'], keyed: true,
    },
    consumeAgentSuggestion: {
        method: 'POST', path: '/v2/agents/suggestions/{id}/consume',
        body: 'json', keyed: true,
    },
    rejectAgentSuggestion: { method: 'POST', path: '/v2/agents/suggestions/{id}/reject', keyed: true },
    callMcp: { method: 'POST', path: '/v2/mcp', body: 'json', keyed: true, either: true },
    streamMcp: { method: 'GET', path: '/v2/mcp' },
    endMcpSession: { method: 'DELETE', path: '/v2/mcp' },
    getContract: { method: 'GET', path: '/openapi.json' },
    getDocumentationV1: { method: 'GET', path: '/v1/documentation/json' },
    getDocumentation: { method: 'GET', path: '/v2/documentation/json' },
    readDocumentationV1: { method: 'GET', path: '/v1/documentation' },
    readDocumentation: { method: 'GET', path: '/v2/documentation' },
    getMockContract: { method: 'GET', path: '/_mock/openapi.json' },
    getHealthAlias: { method: 'GET', path: '/health' },
    getAuthority: { method: 'GET', path: '/_mock/ca.pem' },
    redirectToConsole: { method: 'GET', path: '/_mock' },
    showConsole: {
        method: 'GET', path: '/_mock/',
        query: ['tab', 'list', 'q', 'before', 'id', 'own', 'operation', 'path', 'told'],
    },
    sendConsoleForm: {
        method: 'POST', path: '/_mock/',
        query: ['tab', 'list', 'q', 'before', 'id', 'own', 'operation', 'path', 'told'], body: 'form',
    },
    getConsoleScript: { method: 'GET', path: '/_mock/console.js' },
    getConsoleModule: { method: 'GET', path: '/_mock/console/{module}' },
    putSettings: { method: 'PUT', path: '/_mock/settings', body: 'json' },
    watchSpace: { method: 'GET', path: '/_mock/events', query: ['since'] },
    authorize: {
        method: 'GET', path: '/_mock/oauth/authorize/{provider}',
        query: ['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'response_mode', 'login_hint', 'mock_outcome'],
    },
    decideConsent: {
        method: 'POST', path: '/_mock/oauth/authorize/{provider}',
        query: ['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'response_mode', 'login_hint', 'mock_outcome'], body: 'form',
    },
    showResult: { method: 'GET', path: '/_mock/oauth/result/{flow_id}' },
    connectComposio: {
        method: 'GET', path: '/_mock/composio/connect/{connected_account_id}',
        query: ['login_hint', 'mock_outcome'],
    },
    decideComposioConsent: {
        method: 'POST', path: '/_mock/composio/connect/{connected_account_id}',
        query: ['login_hint', 'mock_outcome'], body: 'form',
    },
    getMcpMetadata: { method: 'GET', path: '/.well-known/oauth-protected-resource' },
    getMcpMetadataOfV1: { method: 'GET', path: '/.well-known/oauth-protected-resource/v1/mcp' },
    getMcpMetadataOfV2: { method: 'GET', path: '/.well-known/oauth-protected-resource/v2/mcp' },
    mcpPost: {
        method: 'POST', path: '/_mock/mcp/{preset}',
        query: ['sse', 'delay_ms'], body: 'json', either: true,
    },
    mcpStream: { method: 'GET', path: '/_mock/mcp/{preset}', query: ['sse', 'delay_ms'], either: true },
    mcpEndSession: { method: 'DELETE', path: '/_mock/mcp/{preset}', query: ['sse', 'delay_ms'] },
    mcpMessage: { method: 'POST', path: '/_mock/mcp/{preset}/messages', query: ['session_token'], body: 'json' },
    mcpComposioPost: {
        method: 'POST', path: '/_mock/mcp/composio/{connection_id}',
        query: ['sse', 'delay_ms'], body: 'json', either: true,
    },
    mcpComposioStream: { method: 'GET', path: '/_mock/mcp/composio/{connection_id}', query: ['sse', 'delay_ms'] },
    mcpComposioEndSession: {
        method: 'DELETE', path: '/_mock/mcp/composio/{connection_id}',
        query: ['sse', 'delay_ms'],
    },
    mcpServicePost: {
        method: 'POST', path: '/_mock/mcp/integrations/{integration_slug}',
        query: ['sse', 'delay_ms'], body: 'json', either: true,
    },
    mcpServiceStream: {
        method: 'GET', path: '/_mock/mcp/integrations/{integration_slug}',
        query: ['sse', 'delay_ms'],
    },
    mcpServiceEndSession: {
        method: 'DELETE', path: '/_mock/mcp/integrations/{integration_slug}',
        query: ['sse', 'delay_ms'],
    },
    mcpResourceMetadata: { method: 'GET', path: '/.well-known/oauth-protected-resource/_mock/mcp/{preset}' },
    mcpIssuerMetadata: { method: 'GET', path: '/.well-known/oauth-authorization-server/_mock/mcp/{preset}' },
    mcpOpenidMetadata: { method: 'GET', path: '/.well-known/openid-configuration/_mock/mcp/{preset}' },
    mcpIssuerMetadataBelow: { method: 'GET', path: '/_mock/mcp/{preset}/.well-known/oauth-authorization-server' },
    mcpOpenidMetadataBelow: { method: 'GET', path: '/_mock/mcp/{preset}/.well-known/openid-configuration' },
    mcpJwks: { method: 'GET', path: '/_mock/mcp/{preset}/jwks' },
    mcpRegister: { method: 'POST', path: '/_mock/mcp/{preset}/register', body: 'json' },
    mcpAuthorize: {
        method: 'GET', path: '/_mock/mcp/{preset}/authorize',
        query: ['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'code_challenge', 'code_challenge_method', 'resource', 'response_mode', 'issuer', 'prompt', 'login_hint', 'mock_outcome'],
    },
    mcpDecideConsent: {
        method: 'POST', path: '/_mock/mcp/{preset}/authorize',
        query: ['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'code_challenge', 'code_challenge_method', 'resource', 'response_mode', 'issuer', 'prompt', 'login_hint', 'mock_outcome'], body: 'form',
    },
    mcpToken: { method: 'POST', path: '/_mock/mcp/{preset}/token', body: 'form' },
    mcpRevoke: { method: 'POST', path: '/_mock/mcp/{preset}/revoke', body: 'form' },
};

exports.options = {
    host: { flag: '--host', kind: 'text' },
    port: { flag: '--port', kind: 'number' },
    portFile: { flag: '--port-file', kind: 'text' },
    exitWithStdin: { flag: '--exit-with-stdin', kind: 'flag' },
    db: { flag: '--db', kind: 'text' },
    storeBytes: { flag: '--store-bytes', kind: 'number' },
    fixtures: { flag: '--fixtures', kind: 'list' },
    fixturesDir: { flag: '--fixtures-dir', kind: 'text' },
    publicUrl: { flag: '--public-url', kind: 'url' },
    tls: { flag: '--tls', kind: 'choice' },
    tlsNames: { flag: '--tls-names', kind: 'list' },
    tlsCert: { flag: '--tls-cert', kind: 'text' },
    tlsKey: { flag: '--tls-key', kind: 'text' },
    consent: { flag: '--consent', kind: 'choice' },
    returnParams: { flag: '--return-params', kind: 'choice' },
    refreshGraceSeconds: { flag: '--refresh-grace-seconds', kind: 'number' },
    allowedReturnHosts: { flag: '--allowed-return-hosts', kind: 'list' },
    allowedHosts: { flag: '--allowed-hosts', kind: 'list' },
    adminToken: { flag: '--admin-token', kind: 'secret' },
    outbound: { flag: '--outbound', kind: 'choice' },
    maxSpaces: { flag: '--max-spaces', kind: 'number' },
    spaces: { flag: '--spaces', kind: 'choice' },
    spaceTtl: { flag: '--space-ttl', kind: 'number' },
    journalBytes: { flag: '--journal-bytes', kind: 'number' },
    strict: { flag: '--strict', kind: 'flag' },
    anyKey: { flag: '--any-key', kind: 'flag' },
    rateLimit: { flag: '--rate-limit', kind: 'number' },
    cors: { flag: '--cors', kind: 'list' },
    v1ListKeys: { flag: '--v1-list-keys', kind: 'choice' },
    errorIds: { flag: '--error-ids', kind: 'flag' },
    lenientAuthMethod: { flag: '--lenient-auth-method', kind: 'flag' },
    models: { flag: '--models', kind: 'choice' },
    runs: { flag: '--runs', kind: 'choice' },
    runPendingMs: { flag: '--run-pending-ms', kind: 'number' },
    runRunningMs: { flag: '--run-running-ms', kind: 'number' },
    schedules: { flag: '--schedules', kind: 'choice' },
    triggerFailures: { flag: '--trigger-failures', kind: 'number' },
    webhookRetrySeconds: { flag: '--webhook-retry-seconds', kind: 'text' },
    webhookTimeoutMs: { flag: '--webhook-timeout-ms', kind: 'number' },
    webhookHeaders: { flag: '--webhook-headers', kind: 'text' },
    webhookPayload: { flag: '--webhook-payload', kind: 'choice' },
    log: { flag: '--log', kind: 'choice' },
};
