-- Triggers say what they listen to in the API's own words, and whether they have paused themselves.

-- What a trigger of an integration can listen to.
CREATE TABLE trigger_types (
    space            INTEGER NOT NULL,
    integration_slug TEXT NOT NULL,
    trigger_type     TEXT NOT NULL,
    label            TEXT NOT NULL,
    description      TEXT NOT NULL,
    filter_schema    TEXT NOT NULL, -- JSON
    PRIMARY KEY (space, integration_slug, trigger_type),
    FOREIGN KEY (space) REFERENCES spaces (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Spaces that were there before know those of the catalog.
INSERT INTO trigger_types (space, integration_slug, trigger_type, label, description, filter_schema)
    SELECT s.id, t.column1, t.column2, t.column3, t.column4, '{"type":"object"}'
      FROM spaces s, (VALUES
           ('slack', 'mention', 'Mention', 'The agent is mentioned in Slack'),
           ('slack', 'channel', 'Channel message', 'A message is posted in a Slack channel'),
           ('msteams', 'mention', 'Mention', 'The agent is mentioned in Microsoft Teams'),
           ('gmail', 'message_received', 'Message received', 'A message arrives in Gmail'),
           ('outlook', 'message_received', 'Message received', 'A message arrives in Outlook')) t;

-- Made anew: a column's CHECK cannot be changed. `seq` orders triggers of one instant: it only grows.
DROP TRIGGER connections_take_triggers;
ALTER TABLE triggers RENAME TO triggers_of_kinds;
CREATE TABLE triggers (
    space                                   INTEGER NOT NULL,
    id                                      BLOB NOT NULL CHECK (length(id) = 16),
    seq                                     INTEGER NOT NULL,
    agent_id                                BLOB NOT NULL,
    connection_id                           BLOB NOT NULL,
    user_id                                 BLOB NOT NULL,
    integration_slug                        TEXT NOT NULL,
    trigger_type                            TEXT NOT NULL,
    filter_config                           TEXT NOT NULL, -- JSON
    enabled                                 INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    auto_disabled_at                        INTEGER,
    auto_disabled_reason                    TEXT,
    consecutive_missing_connection_failures INTEGER NOT NULL,
    first_missing_connection_failure_at     INTEGER,
    last_missing_connection_failure_at      INTEGER,
    created_at                              INTEGER NOT NULL,
    updated_at                              INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, agent_id) REFERENCES agents (space, id) ON DELETE CASCADE,
    FOREIGN KEY (space, connection_id) REFERENCES connections (space, id)
) STRICT;

INSERT INTO triggers
    SELECT space, id, row_number() OVER (ORDER BY space, created_at, id), agent_id, connection_id, user_id,
           iif(kind = 'teams_mention', 'msteams', 'slack'), iif(kind = 'slack_channel', 'channel', 'mention'), '{}', 1,
           NULL, NULL, 0, NULL, NULL, created_at, created_at
      FROM triggers_of_kinds;
DROP TABLE triggers_of_kinds;

CREATE INDEX triggers_of_connection ON triggers (space, connection_id);
CREATE INDEX triggers_of_agent ON triggers (space, agent_id, user_id);

CREATE TRIGGER connections_take_triggers AFTER DELETE ON connections
WHEN EXISTS (SELECT 1 FROM triggers WHERE space = old.space AND connection_id = old.id)
BEGIN
    DELETE FROM triggers WHERE space = old.space AND connection_id = old.id;
END;
