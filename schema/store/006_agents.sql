-- What uses connections: agents (assignments), their builds (revisions), and the folders that agents lie in.
--
-- Tables that are looked up by something else than the beginning of their key have a rowid, here and in what follows:
-- without one, SQLite takes the key to be the shortest way to whatever is in the space, and goes through all of it.

CREATE TABLE folders (
    space            INTEGER NOT NULL,
    id               BLOB NOT NULL CHECK (length(id) = 16),
    team_id          BLOB NOT NULL,
    name             TEXT NOT NULL,
    parent_folder_id BLOB,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, team_id) REFERENCES teams (space, id) ON DELETE CASCADE,
    FOREIGN KEY (space, parent_folder_id) REFERENCES folders (space, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX folders_in ON folders (space, parent_folder_id);
CREATE INDEX folders_of_team ON folders (space, team_id, name);

-- `seq` orders agents of one instant: it only grows.
CREATE TABLE agents (
    space                   INTEGER NOT NULL,
    id                      BLOB NOT NULL CHECK (length(id) = 16),
    seq                     INTEGER NOT NULL,
    team_id                 BLOB NOT NULL,
    name                    TEXT NOT NULL,
    slack_enabled           INTEGER CHECK (slack_enabled IN (0, 1)),
    microsoft_teams_enabled INTEGER CHECK (microsoft_teams_enabled IN (0, 1)),
    agentic_memory_enabled  INTEGER CHECK (agentic_memory_enabled IN (0, 1)),
    thread_id               BLOB,
    folder_id               BLOB,
    automation_id           BLOB,
    last_run_at             INTEGER,
    created_by              BLOB,
    updated_by              BLOB,
    created_at              INTEGER NOT NULL,
    updated_at              INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, team_id) REFERENCES teams (space, id) ON DELETE CASCADE,
    FOREIGN KEY (space, folder_id) REFERENCES folders (space, id)
) STRICT;

CREATE INDEX agents_newest ON agents (space, team_id, created_at, seq, automation_id);
CREATE INDEX agents_in ON agents (space, folder_id) WHERE folder_id IS NOT NULL;

-- Agents that a person keeps at the top of their list.
CREATE TABLE agent_pins (
    space     INTEGER NOT NULL,
    agent_id  BLOB NOT NULL,
    user_id   BLOB NOT NULL,
    pinned_at INTEGER NOT NULL,
    PRIMARY KEY (space, agent_id, user_id),
    FOREIGN KEY (space, agent_id) REFERENCES agents (space, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Versions of an agent's setup, numbered from 1 in each agent. One of them may be live.
CREATE TABLE builds (
    space                INTEGER NOT NULL,
    id                   BLOB NOT NULL CHECK (length(id) = 16),
    agent_id             BLOB NOT NULL,
    revision_number      INTEGER NOT NULL,
    name                 TEXT NOT NULL,
    revision_name        TEXT,
    revision_description TEXT,
    handover_target_ids  BLOB CHECK (length(handover_target_ids) % 16 = 0), -- one behind the other
    status               TEXT NOT NULL CHECK (status = 'draft' OR status = 'live' OR status = 'historic'),
    parent_build_id      BLOB,
    created_by           BLOB,
    created_at           INTEGER NOT NULL,
    updated_at           INTEGER NOT NULL,
    config               TEXT, -- JSON; behind all that is read without it
    PRIMARY KEY (space, id),
    UNIQUE (space, agent_id, revision_number),
    FOREIGN KEY (space, agent_id) REFERENCES agents (space, id) ON DELETE CASCADE
) STRICT;

CREATE UNIQUE INDEX builds_live ON builds (space, agent_id) WHERE status = 'live';
CREATE INDEX builds_from ON builds (space, parent_build_id) WHERE parent_build_id IS NOT NULL;
