-- Everything that the Connections API needs. Every row belongs to a space; dropping a space drops its rows.
-- Ids are UUIDs as 16 bytes, times are milliseconds since 1970. A check of more than two texts is written with OR:
-- SQLite builds a table for IN at every insert.

-- One row: what belongs to the file as a whole. `hash_key` is the key of every keyed hash in it.
CREATE TABLE meta (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    hash_key BLOB NOT NULL CHECK (length(hash_key) = 32)
) STRICT;

-- Space 0 is the template: the fixtures that others start from. A snapshot is a space with an owner, which nobody works
-- on.
CREATE TABLE spaces (
    id         INTEGER PRIMARY KEY,
    owner      INTEGER NOT NULL, -- 0: it is no snapshot
    name       TEXT NOT NULL,
    ttl_ms     INTEGER,
    created_at INTEGER NOT NULL,
    UNIQUE (owner, name)
) STRICT;

-- API keys that name a space, as keyed hashes. (Not `space`: they are no part of what a space holds.)
CREATE TABLE space_keys (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    home INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX space_keys_of ON space_keys (home);

CREATE TABLE organizations (
    space               INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    id                  BLOB NOT NULL CHECK (length(id) = 16),
    name                TEXT NOT NULL,
    connections_sharing INTEGER NOT NULL CHECK (connections_sharing IN (0, 1)),
    PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE teams (
    space           INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    id              BLOB NOT NULL CHECK (length(id) = 16),
    name            TEXT NOT NULL,
    organization_id BLOB,
    slack_team_id   TEXT,
    discovery_mode  TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, organization_id) REFERENCES organizations (space, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
    space INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    id    BLOB NOT NULL CHECK (length(id) = 16),
    name  TEXT,
    email TEXT NOT NULL,
    PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE members (
    space   INTEGER NOT NULL,
    team_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    role    TEXT NOT NULL CHECK (role IN ('clarity_member', 'member', 'builder', 'manager', 'administrator', 'owner')),
    PRIMARY KEY (space, team_id, user_id),
    FOREIGN KEY (space, team_id) REFERENCES teams (space, id) ON DELETE CASCADE,
    FOREIGN KEY (space, user_id) REFERENCES people (space, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- A key acts for one person in one team. The key itself is not kept.
CREATE TABLE api_keys (
    space   INTEGER NOT NULL,
    hash    BLOB NOT NULL CHECK (length(hash) = 32),
    team_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    revoked INTEGER NOT NULL CHECK (revoked IN (0, 1)),
    PRIMARY KEY (space, hash),
    FOREIGN KEY (space, team_id, user_id) REFERENCES members (space, team_id, user_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- `user_id` is null when the whole team shares the connection. `seq` orders connections of one instant: it only grows.
-- People are not referenced, which would double the price of creating one; only whole spaces of people ever go. With a
-- rowid, because rows of this size are then appended, where an order by random id would make every one dirty a page.
CREATE TABLE connections (
    space                 INTEGER NOT NULL,
    id                    BLOB NOT NULL CHECK (length(id) = 16),
    seq                   INTEGER NOT NULL,
    team_id               BLOB NOT NULL,
    user_id               BLOB,
    created_by            BLOB,
    name                  TEXT NOT NULL,
    type                  TEXT NOT NULL,
    provider              TEXT NOT NULL,
    server_url            TEXT,
    transport_type        TEXT CHECK (transport_type = 'stdio' OR transport_type = 'sse' OR transport_type = 'http'),
    auth_method           TEXT,
    composio_mcp_id       TEXT,
    custom_integration_id BLOB,
    icon_url              TEXT,
    oauth_provider        TEXT,
    oauth_provider_key    TEXT,
    oauth_scopes          TEXT, -- separated by blanks, as in OAuth
    has_headers           INTEGER NOT NULL CHECK (has_headers IN (0, 1)), -- whether connection_headers has any for it
    has_oauth_tokens      INTEGER NOT NULL CHECK (has_oauth_tokens IN (0, 1)),
    integration_id        TEXT,
    broken_at             INTEGER,
    broken_reason         TEXT,
    created_at            INTEGER NOT NULL,
    updated_at            INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, team_id) REFERENCES teams (space, id) ON DELETE CASCADE
) STRICT;

-- The order of the list, and all that it filters by.
CREATE INDEX connections_newest ON connections (space, team_id, user_id, created_at, seq, type);

-- The headers a connection sends to its server. A secret value is not kept, only its keyed hash.
CREATE TABLE connection_headers (
    space         INTEGER NOT NULL,
    connection_id BLOB NOT NULL,
    name          TEXT NOT NULL COLLATE NOCASE,
    position      INTEGER NOT NULL,
    value         TEXT,
    hash          BLOB CHECK (length(hash) = 32),
    PRIMARY KEY (space, connection_id, name),
    FOREIGN KEY (space, connection_id) REFERENCES connections (space, id) ON DELETE CASCADE,
    CHECK ((value IS NULL) <> (hash IS NULL))
) STRICT, WITHOUT ROWID;

-- Custom integrations: what a connection's custom_integration_id points at.
CREATE TABLE custom_integrations (
    space       INTEGER NOT NULL,
    id          BLOB NOT NULL CHECK (length(id) = 16),
    team_id     BLOB NOT NULL,
    name        TEXT NOT NULL,
    auth_method TEXT NOT NULL CHECK (auth_method IN ('url', 'apikey', 'headers', 'oauth')),
    server_url  TEXT NOT NULL,
    oauth_client_id TEXT,
    oauth_client_secret BLOB, -- sealed; the key is not in this file
    created_by  BLOB,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    UNIQUE (space, team_id, name),
    FOREIGN KEY (space, team_id) REFERENCES teams (space, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Whatever was made from a custom integration goes with it.
CREATE INDEX connections_of_custom ON connections (space, custom_integration_id)
    WHERE custom_integration_id IS NOT NULL;

-- The catalog: the integrations that every team has. `seq` is its order.
CREATE TABLE integrations (
    space              INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    id                 BLOB NOT NULL CHECK (length(id) = 16),
    seq                INTEGER NOT NULL,
    name               TEXT NOT NULL,
    type               TEXT NOT NULL,
    provider           TEXT NOT NULL,
    auth_method        TEXT,
    icon_url           TEXT,
    oauth_provider     TEXT,
    oauth_provider_key TEXT,
    oauth_scopes       TEXT, -- separated by blanks, as in OAuth
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

-- Catalog and custom integrations in the shape of connections, as the API lists them. A catalog row is of no team.
-- By `seq`, a team's own come first, the newest before the others.
CREATE VIEW integration_rows AS
    SELECT space, id, name, type, provider, NULL AS user_id, NULL AS team_id, NULL AS server_url,
           NULL AS transport_type, auth_method, NULL AS composio_mcp_id, NULL AS custom_integration_id, icon_url,
           oauth_provider, oauth_provider_key, oauth_scopes, 0 AS has_headers, 0 AS has_oauth_tokens,
           NULL AS integration_id, NULL AS created_by, NULL AS broken_at, NULL AS broken_reason, created_at, updated_at,
           seq
      FROM integrations
    UNION ALL
    SELECT space, id, name, 'custom_mcp', 'user', NULL, team_id, server_url, 'http', auth_method, NULL, id, NULL, NULL,
           NULL, NULL, 0, 0, NULL, created_by, NULL, NULL, created_at, updated_at,
           -62167219200001 - created_at -- below 0 from the year 0 on
      FROM custom_integrations;

-- Replies to requests that carried an Idempotency-Key. `caller` is the hash of the API key.
CREATE TABLE idempotency (
    space      INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    caller     BLOB NOT NULL,
    key        TEXT NOT NULL,
    method     TEXT NOT NULL,
    path       TEXT NOT NULL,
    body_hash  BLOB NOT NULL CHECK (length(body_hash) = 32),
    status     INTEGER NOT NULL,
    reply      BLOB NOT NULL, -- sealed
    created_at INTEGER NOT NULL,
    PRIMARY KEY (space, caller, key, method, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_age ON idempotency (space, created_at);
