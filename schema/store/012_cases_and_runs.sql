-- Cases wait in queues until a run takes them; a run is one time that an agent works.

ALTER TABLE queues ADD COLUMN description TEXT;
ALTER TABLE queues ADD COLUMN folder_id BLOB;
ALTER TABLE queues ADD COLUMN automation_id BLOB;

-- A queue whose cases start an agent: an agent has at most one.
CREATE TABLE case_triggers (
    space       INTEGER NOT NULL,
    id          BLOB NOT NULL CHECK (length(id) = 16),
    agent_id    BLOB NOT NULL,
    queue_id    BLOB NOT NULL,
    user_id     BLOB NOT NULL,
    enabled     INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    concurrency INTEGER CHECK (concurrency = 1), -- null: as many runs as there are cases
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    UNIQUE (space, agent_id),
    FOREIGN KEY (space, agent_id) REFERENCES agents (space, id) ON DELETE CASCADE,
    FOREIGN KEY (space, queue_id) REFERENCES queues (space, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX case_triggers_of_queue ON case_triggers (space, queue_id, created_at);

-- `seq` orders rows of one instant: it only grows.
CREATE TABLE cases (
    space             INTEGER NOT NULL,
    id                BLOB NOT NULL CHECK (length(id) = 16),
    seq               INTEGER NOT NULL,
    queue_id          BLOB NOT NULL,
    title             TEXT NOT NULL,
    status            TEXT NOT NULL
                      CHECK (status = 'pending' OR status = 'claimed' OR status = 'completed' OR status = 'failed'),
    claimed_by_run_id BLOB,
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, queue_id) REFERENCES queues (space, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX cases_newest ON cases (space, queue_id, created_at, seq);
CREATE INDEX cases_pending ON cases (space, queue_id, created_at, seq) WHERE status = 'pending';
CREATE INDEX cases_of_run ON cases (space, claimed_by_run_id) WHERE claimed_by_run_id IS NOT NULL;

-- What a run is still to do are its steps from `next_step` on; the next one is taken at `due_at`, and without that the
-- run waits for somebody.
CREATE TABLE runs (
    space                     INTEGER NOT NULL,
    id                        BLOB NOT NULL CHECK (length(id) = 16),
    seq                       INTEGER NOT NULL,
    team_id                   BLOB NOT NULL,
    agent_id                  BLOB NOT NULL,
    build_id                  BLOB NOT NULL,
    user_id                   BLOB,
    run_number                INTEGER NOT NULL, -- from 1 in each agent
    title                     TEXT NOT NULL,
    source                    TEXT NOT NULL,
    status                    TEXT NOT NULL
                              CHECK (status = 'pending' OR status = 'running' OR status = 'waiting' OR
                                     status = 'completed' OR status = 'failed' OR status = 'interrupted'),
    sandbox_id                TEXT,
    webhook_url               TEXT,
    human_in_the_loop_enabled INTEGER NOT NULL CHECK (human_in_the_loop_enabled IN (0, 1)),
    case_id                   BLOB,
    trigger_id                BLOB,
    scripted                  INTEGER NOT NULL CHECK (scripted IN (0, 1)), -- the steps are a script's
    steps                     TEXT NOT NULL, -- JSON
    next_step                 INTEGER NOT NULL,
    due_at                    INTEGER,
    started_at                INTEGER,
    completed_at              INTEGER,
    created_at                INTEGER NOT NULL,
    updated_at                INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, agent_id) REFERENCES agents (space, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX runs_newest ON runs (space, team_id, created_at, seq);
CREATE INDEX runs_of_agent ON runs (space, agent_id, run_number);
CREATE INDEX runs_active ON runs (space, agent_id, source)
    WHERE status IN ('pending', 'running', 'waiting');
CREATE INDEX runs_due ON runs (space, due_at, seq) WHERE due_at IS NOT NULL;
CREATE INDEX runs_of_case ON runs (space, case_id) WHERE case_id IS NOT NULL;

CREATE TABLE run_messages (
    space        INTEGER NOT NULL,
    id           BLOB NOT NULL CHECK (length(id) = 16),
    seq          INTEGER NOT NULL,
    run_id       BLOB NOT NULL,
    type         TEXT NOT NULL,
    role         TEXT NOT NULL,
    text_content TEXT,
    tool_call    TEXT, -- JSON
    tool_result  TEXT, -- JSON
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, run_id) REFERENCES runs (space, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX run_messages_of ON run_messages (space, run_id, seq);

-- What a run asks people.
CREATE TABLE human_requests (
    space        INTEGER NOT NULL,
    id           BLOB NOT NULL CHECK (length(id) = 16),
    seq          INTEGER NOT NULL,
    run_id       BLOB NOT NULL,
    type         TEXT NOT NULL CHECK (type = 'approval' OR type = 'question'),
    title        TEXT NOT NULL,
    description  TEXT,
    questions    TEXT, -- JSON
    response     TEXT,
    responded_at INTEGER,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, run_id) REFERENCES runs (space, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX human_requests_of ON human_requests (space, run_id, seq);

-- Orders for tests: what the next run that matches is to do.
CREATE TABLE run_scripts (
    space INTEGER NOT NULL,
    id    BLOB NOT NULL CHECK (length(id) = 16),
    seq   INTEGER NOT NULL,
    match TEXT NOT NULL, -- JSON
    steps TEXT NOT NULL, -- JSON
    PRIMARY KEY (space, id),
    FOREIGN KEY (space) REFERENCES spaces (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX run_scripts_first ON run_scripts (space, seq);

-- Who takes cases from a queue, and who puts some into it: agents whose live build has such a slot linked to it; and
-- those whom its cases start.
CREATE VIEW queue_takers AS
    SELECT l.space, l.queue_id, b.agent_id, s.integration_type
      FROM slot_queues l
      JOIN slot_rows s ON s.space = l.space AND s.id = l.slot_id
      JOIN builds b ON b.space = s.space AND b.id = s.build_id AND b.status = 'live'
     WHERE s.integration_type = 'case-queue-consumer' OR s.integration_type = 'case-queue-producer'
    UNION
    SELECT space, queue_id, agent_id, 'case-queue-consumer' FROM case_triggers;

-- Until now an agent was started by the cases of a queue that its latest build consumes. The id is the agent's.
INSERT INTO case_triggers
    SELECT a.space, a.id, a.id, min(q.id),
           coalesce(a.created_by, (SELECT m.user_id FROM members m WHERE m.space = a.space AND m.team_id = a.team_id
                                   ORDER BY m.role <> 'owner', m.user_id LIMIT 1)) AS person,
           1, NULL, a.created_at, a.created_at
      FROM agents a
      JOIN builds b ON b.space = a.space AND b.agent_id = a.id AND b.revision_number =
           (SELECT max(n.revision_number) FROM builds n WHERE n.space = a.space AND n.agent_id = a.id)
      JOIN slot_rows s ON s.space = b.space AND s.build_id = b.id AND s.integration_type = 'case-queue-consumer'
      JOIN slot_queues l ON l.space = s.space AND l.slot_id = s.id
      JOIN queues q ON q.space = l.space AND q.id = l.queue_id
     GROUP BY a.space, a.id
    HAVING person IS NOT NULL;
