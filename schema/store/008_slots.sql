-- What hangs on builds and connections: the slots of a build, the connections that people pinned to them, the queues
-- linked to them, and triggers.

-- The integrations that a build uses, of the catalog or the team's own.
CREATE TABLE slots (
    space                 INTEGER NOT NULL,
    id                    BLOB NOT NULL CHECK (length(id) = 16),
    build_id              BLOB NOT NULL,
    integration_id        BLOB,
    custom_integration_id BLOB,
    position              INTEGER NOT NULL, -- in its build: it only grows
    created_at            INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    UNIQUE (space, build_id, integration_id),
    UNIQUE (space, build_id, custom_integration_id),
    FOREIGN KEY (space, build_id) REFERENCES builds (space, id) ON DELETE CASCADE,
    FOREIGN KEY (space, integration_id) REFERENCES integrations (space, id) ON DELETE CASCADE,
    FOREIGN KEY (space, custom_integration_id) REFERENCES custom_integrations (space, id) ON DELETE CASCADE,
    CHECK ((integration_id IS NULL) <> (custom_integration_id IS NULL))
) STRICT;

CREATE INDEX slots_of_custom ON slots (space, custom_integration_id) WHERE custom_integration_id IS NOT NULL;

-- Slots with what they show of their integration.
CREATE VIEW slot_rows AS
    SELECT s.space, s.id, s.build_id, s.integration_id, s.custom_integration_id, s.position, s.created_at,
           coalesce(i.type, 'custom_mcp') AS integration_type, coalesce(i.name, c.name) AS integration_name,
           coalesce(i.provider, 'user') AS provider, i.oauth_provider_key, i.icon_url
      FROM slots s
      LEFT JOIN integrations i ON i.space = s.space AND i.id = s.integration_id
      LEFT JOIN custom_integrations c ON c.space = s.space AND c.id = s.custom_integration_id;

-- Whose each slot is.
CREATE VIEW slot_teams AS
    SELECT s.space, s.id, a.team_id
      FROM slots s
      JOIN builds b ON b.space = s.space AND b.id = s.build_id
      JOIN agents a ON a.space = s.space AND a.id = b.agent_id;

-- Each person pins connections of their own choice. The key begins with the connection, so that deleting one finds its
-- pins at once.
CREATE TABLE pins (
    space         INTEGER NOT NULL,
    connection_id BLOB NOT NULL,
    slot_id       BLOB NOT NULL,
    user_id       BLOB NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (space, connection_id, slot_id, user_id),
    FOREIGN KEY (space, connection_id) REFERENCES connections (space, id),
    FOREIGN KEY (space, slot_id) REFERENCES slots (space, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX pins_of_slot ON pins (space, slot_id, user_id, created_at);

-- Case queues of a team.
CREATE TABLE queues (
    space      INTEGER NOT NULL,
    id         BLOB NOT NULL CHECK (length(id) = 16),
    team_id    BLOB NOT NULL,
    name       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, team_id) REFERENCES teams (space, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX queues_of_team ON queues (space, team_id);

CREATE TABLE slot_queues (
    space    INTEGER NOT NULL,
    slot_id  BLOB NOT NULL,
    queue_id BLOB NOT NULL,
    PRIMARY KEY (space, slot_id, queue_id),
    FOREIGN KEY (space, slot_id) REFERENCES slots (space, id) ON DELETE CASCADE,
    FOREIGN KEY (space, queue_id) REFERENCES queues (space, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX slot_queues_of ON slot_queues (space, queue_id);

-- What starts an agent through somebody's connection. It goes with its connection and with its agent.
CREATE TABLE triggers (
    space         INTEGER NOT NULL,
    id            BLOB NOT NULL CHECK (length(id) = 16),
    agent_id      BLOB NOT NULL,
    connection_id BLOB NOT NULL,
    user_id       BLOB NOT NULL,
    kind          TEXT NOT NULL CHECK (kind = 'slack_mention' OR kind = 'slack_channel' OR kind = 'teams_mention'),
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, agent_id) REFERENCES agents (space, id) ON DELETE CASCADE,
    FOREIGN KEY (space, connection_id) REFERENCES connections (space, id)
) STRICT;

CREATE INDEX triggers_of_connection ON triggers (space, connection_id);
CREATE INDEX triggers_of_agent ON triggers (space, agent_id, user_id);

-- A connection takes its pins and triggers with it. A cascade would do the same, but runs a statement for each table
-- even where there is nothing to delete, and that nearly doubles the price of deleting a connection.
CREATE TRIGGER connections_take_pins AFTER DELETE ON connections
WHEN EXISTS (SELECT 1 FROM pins WHERE space = old.space AND connection_id = old.id)
BEGIN
    DELETE FROM pins WHERE space = old.space AND connection_id = old.id;
END;

CREATE TRIGGER connections_take_triggers AFTER DELETE ON connections
WHEN EXISTS (SELECT 1 FROM triggers WHERE space = old.space AND connection_id = old.id)
BEGIN
    DELETE FROM triggers WHERE space = old.space AND connection_id = old.id;
END;
