-- Secrets: bundles of environment variables. `user_id` is null when the whole team shares one; `seq` orders those of one
-- instant: it only grows.
CREATE TABLE secrets (
    space        INTEGER NOT NULL,
    id           BLOB NOT NULL CHECK (length(id) = 16),
    seq          INTEGER NOT NULL,
    team_id      BLOB NOT NULL,
    user_id      BLOB,
    created_by   BLOB NOT NULL,
    name         TEXT NOT NULL,
    service_slug TEXT,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, team_id) REFERENCES teams (space, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX secrets_newest ON secrets (space, team_id, created_at, seq);

-- The variables of one. A value is not kept, only its keyed hash.
CREATE TABLE secret_values (
    space     INTEGER NOT NULL,
    secret_id BLOB NOT NULL,
    name      TEXT NOT NULL,
    position  INTEGER NOT NULL,
    hash      BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (space, secret_id, name),
    FOREIGN KEY (space, secret_id) REFERENCES secrets (space, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The secrets whose variables the runs of a build are given; `seq` is their order in the build.
CREATE TABLE build_secrets (
    space     INTEGER NOT NULL,
    build_id  BLOB NOT NULL,
    secret_id BLOB NOT NULL,
    seq       INTEGER NOT NULL,
    PRIMARY KEY (space, build_id, secret_id),
    FOREIGN KEY (space, build_id) REFERENCES builds (space, id) ON DELETE CASCADE,
    FOREIGN KEY (space, secret_id) REFERENCES secrets (space, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX build_secrets_of ON build_secrets (space, secret_id);

-- When an agent is to run on behalf of a person. `seq` orders those of one instant: it only grows.
CREATE TABLE schedules (
    space                INTEGER NOT NULL,
    id                   BLOB NOT NULL CHECK (length(id) = 16),
    seq                  INTEGER NOT NULL,
    agent_id             BLOB NOT NULL,
    user_id              BLOB NOT NULL,
    enabled              INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    frequency            TEXT NOT NULL,
    time                 TEXT,
    timezone             TEXT NOT NULL,
    day                  TEXT,
    day_of_month         INTEGER CHECK (day_of_month BETWEEN 1 AND 31),
    cron                 TEXT,
    source               TEXT,
    task                 TEXT,
    recurring            INTEGER CHECK (recurring IN (0, 1)),
    auto_disabled_at     INTEGER,
    auto_disabled_reason TEXT,
    consecutive_missing_connection_failures INTEGER NOT NULL CHECK (consecutive_missing_connection_failures >= 0),
    first_missing_connection_failure_at     INTEGER,
    last_missing_connection_failure_at      INTEGER,
    created_at           INTEGER NOT NULL,
    updated_at           INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, agent_id) REFERENCES agents (space, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX schedules_newest ON schedules (space, agent_id, user_id, created_at, seq);
