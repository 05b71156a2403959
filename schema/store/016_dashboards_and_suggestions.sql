-- Dashboards show what people ask of their connections; suggestions say what agents lack.

-- `seq` orders those of one instant: it only grows. The next state comes at `due_at`; without that it stays.
CREATE TABLE dashboards (
    space              INTEGER NOT NULL,
    id                 BLOB NOT NULL CHECK (length(id) = 16),
    seq                INTEGER NOT NULL,
    team_id            BLOB NOT NULL,
    created_by_user_id BLOB NOT NULL,
    title              TEXT,
    message            TEXT, -- that asked for it
    html_code_present  INTEGER NOT NULL CHECK (html_code_present IN (0, 1)),
    status             TEXT NOT NULL
                       CHECK (status = 'not_started' OR status = 'pending' OR status = 'running' OR
                              status = 'completed' OR status = 'failed' OR status = 'interrupted'),
    visibility         TEXT NOT NULL,
    publish_permission TEXT NOT NULL,
    thumbnail_url      TEXT,
    refresh_frequency  TEXT,
    last_refresh_at    INTEGER,
    next_refresh_at    INTEGER,
    due_at             INTEGER,
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, team_id) REFERENCES teams (space, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX dashboards_newest ON dashboards (space, team_id, created_at, seq);
CREATE INDEX dashboards_due ON dashboards (space, due_at) WHERE due_at IS NOT NULL;

-- The connections that a dashboard may use; `seq` is their order in it.
CREATE TABLE dashboard_connections (
    space         INTEGER NOT NULL,
    dashboard_id  BLOB NOT NULL,
    connection_id BLOB NOT NULL,
    seq           INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (space, dashboard_id, connection_id),
    FOREIGN KEY (space, dashboard_id) REFERENCES dashboards (space, id) ON DELETE CASCADE,
    FOREIGN KEY (space, connection_id) REFERENCES connections (space, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX dashboard_connections_of ON dashboard_connections (space, connection_id);

-- A connection takes them along, as it does its pins.
CREATE TRIGGER connections_leave_dashboards AFTER DELETE ON connections
WHEN EXISTS (SELECT 1 FROM dashboard_connections WHERE space = old.space AND connection_id = old.id)
BEGIN
    DELETE FROM dashboard_connections WHERE space = old.space AND connection_id = old.id;
END;

-- What a run has shown to be missing or idle in its agent.
CREATE TABLE suggestions (
    space                       INTEGER NOT NULL,
    id                          BLOB NOT NULL CHECK (length(id) = 16),
    seq                         INTEGER NOT NULL,
    agent_id                    BLOB NOT NULL,
    type                        TEXT NOT NULL
                                CHECK (type = 'connection_add' OR type = 'connection_replace' OR
                                       type = 'connection_remove'),
    payload                     TEXT NOT NULL, -- JSON
    status                      TEXT NOT NULL
                                CHECK (status = 'pending' OR status = 'consumed' OR status = 'rejected' OR
                                       status = 'superseded'),
    generated_by                TEXT NOT NULL,
    title                       TEXT NOT NULL,
    description                 TEXT NOT NULL,
    dedup_key                   TEXT NOT NULL,
    source_run_ids              BLOB NOT NULL CHECK (length(source_run_ids) % 16 = 0), -- one behind the other
    resolved_at                 INTEGER,
    resolved_by_user_id         BLOB,
    superseded_reason           TEXT,
    superseded_by_suggestion_id BLOB,
    created_at                  INTEGER NOT NULL,
    updated_at                  INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, agent_id) REFERENCES agents (space, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX suggestions_newest ON suggestions (space, agent_id, created_at, seq);
