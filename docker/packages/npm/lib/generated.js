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
    tlsNames: { flag: '--tls-names', kind: '' },
    tlsCert: { flag: '--tls-cert', kind: 'text' },
    tlsKey: { flag: '--tls-key', kind: 'text' },
    consent: { flag: '--consent', kind: 'choice' },
    returnParams: { flag: '--return-params', kind: 'choice' },
    refreshGraceSeconds: { flag: '--refresh-grace-seconds', kind: 'number' },
    allowedReturnHosts: { flag: '--allowed-return-hosts', kind: '' },
    allowedHosts: { flag: '--allowed-hosts', kind: '' },
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
