-- Authorization: who provides accounts, flows under way, and what consent pages will answer.

-- Native OAuth providers. `slugs` are further names in URLs, separated by blanks; `type` names the integration.
CREATE TABLE oauth_providers (
    space     INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    key       TEXT NOT NULL,
    slugs     TEXT,
    type      TEXT NOT NULL,
    name      TEXT NOT NULL,
    client_id TEXT NOT NULL,
    outcome   TEXT,
    seq       INTEGER NOT NULL, -- those of given documents come before the built-in ones
    PRIMARY KEY (space, key)
) STRICT, WITHOUT ROWID;

-- What a scope lets its holder do, for consent pages.
CREATE TABLE oauth_scopes (
    space INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    scope TEXT NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (space, scope)
) STRICT, WITHOUT ROWID;

-- One row for each start: Duvo's side of a flow. The state is kept as its keyed hash alone.
CREATE TABLE oauth_flows (
    space         INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    id            BLOB NOT NULL CHECK (length(id) = 16),
    state         BLOB NOT NULL CHECK (length(state) = 32),
    provider      TEXT NOT NULL, -- as in the URL of the start
    key           TEXT NOT NULL, -- of oauth_providers
    team_id       BLOB NOT NULL,
    user_id       BLOB NOT NULL,
    client_id     TEXT NOT NULL,
    redirect_uri  TEXT NOT NULL,
    scopes        TEXT NOT NULL,
    return_url    TEXT,
    properties    TEXT NOT NULL, -- JSON: what else the start was told
    reconnect_id  BLOB,
    ended_at      INTEGER,       -- the callback was called: the state is used up
    error         TEXT,
    error_description TEXT,
    connection_id BLOB,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    UNIQUE (space, state)
) STRICT, WITHOUT ROWID;

CREATE INDEX oauth_flows_age ON oauth_flows (space, created_at);

-- The provider's side: authorization codes, as keyed hashes. `connection_id` is what was made of one.
CREATE TABLE oauth_codes (
    space          INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    code           BLOB NOT NULL CHECK (length(code) = 32),
    issuer         TEXT NOT NULL,
    client_id      TEXT NOT NULL,
    redirect_uri   TEXT NOT NULL,
    scopes         TEXT NOT NULL,
    account        TEXT NOT NULL,
    code_challenge TEXT,
    resource       TEXT,
    connection_id  BLOB,
    used_at        INTEGER,
    created_at     INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL,
    PRIMARY KEY (space, code)
) STRICT, WITHOUT ROWID;

CREATE INDEX oauth_codes_age ON oauth_codes (space, created_at);

-- Outcomes that were ordered for consent pages to come; `times` counts down.
CREATE TABLE consent_queue (
    space   INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    id      INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    match   TEXT NOT NULL, -- JSON
    times   INTEGER NOT NULL,
    PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

-- Composio: what can be connected, and the accounts that were.
CREATE TABLE auth_configs (
    space        INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    id           TEXT NOT NULL,
    app          TEXT NOT NULL,
    auth_scheme  TEXT NOT NULL,
    oauth_scopes TEXT,
    team_id      BLOB, -- null: every team's
    outcome      TEXT,
    PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE composio_accounts (
    space          INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    id             TEXT NOT NULL,
    team_id        BLOB NOT NULL,
    user_id        BLOB NOT NULL,
    auth_config_id TEXT NOT NULL,
    app            TEXT NOT NULL,
    auth_scheme    TEXT NOT NULL,
    oauth_scopes   TEXT,
    status         TEXT NOT NULL,
    callback_url   TEXT NOT NULL,
    fields         TEXT NOT NULL, -- names of what was sent along, separated by blanks
    account        TEXT,
    error          TEXT,
    connection_id  BLOB,
    created_at     INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL,
    PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX composio_accounts_age ON composio_accounts (space, created_at);
