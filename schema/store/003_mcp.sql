-- The built-in MCP servers: what they offer, and what clients have with them.

-- Tools, by the preset's name, or `composio:` and an app. `needs` is what a client has to be able to do.
CREATE TABLE mcp_tools (
    space        INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    preset       TEXT NOT NULL,
    name         TEXT NOT NULL,
    description  TEXT,
    input_schema TEXT NOT NULL, -- JSON
    needs        TEXT,
    PRIMARY KEY (space, preset, name)
) STRICT, WITHOUT ROWID;

-- URLs that a built-in server stands for.
CREATE TABLE mcp_bindings (
    space  INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    url    TEXT NOT NULL,
    preset TEXT NOT NULL,
    PRIMARY KEY (space, url)
) STRICT, WITHOUT ROWID;

-- Sessions of the legacy revisions, by the keyed hashes of their ids.
CREATE TABLE mcp_sessions (
    space      INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    id         BLOB NOT NULL CHECK (length(id) = 32),
    server     TEXT NOT NULL, -- its path
    version    TEXT NOT NULL, -- of the protocol, as agreed on
    created_at INTEGER NOT NULL,
    PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX mcp_sessions_age ON mcp_sessions (space, created_at);

-- Clients that have registered themselves; the secret is kept as its keyed hash alone.
CREATE TABLE mcp_clients (
    space         INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    preset        TEXT NOT NULL,
    id            TEXT NOT NULL,
    name          TEXT NOT NULL,
    redirect_uris TEXT NOT NULL, -- separated by blanks
    grant_types   TEXT NOT NULL, -- separated by blanks
    scope         TEXT NOT NULL,
    auth_method   TEXT NOT NULL,
    secret        BLOB CHECK (length(secret) = 32),
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (space, preset, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX mcp_clients_age ON mcp_clients (space, created_at);

-- Access and refresh tokens, as keyed hashes. All that came of one authorization are a family.
CREATE TABLE mcp_tokens (
    space      INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    token      BLOB NOT NULL CHECK (length(token) = 32),
    kind       TEXT NOT NULL,
    family     BLOB NOT NULL,
    preset     TEXT NOT NULL,
    client_id  TEXT NOT NULL,
    resource   TEXT NOT NULL,
    account    TEXT NOT NULL,
    scopes     TEXT NOT NULL,
    used_at    INTEGER,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (space, token)
) STRICT, WITHOUT ROWID;

CREATE INDEX mcp_tokens_family ON mcp_tokens (space, family);
CREATE INDEX mcp_tokens_age ON mcp_tokens (space, created_at);
