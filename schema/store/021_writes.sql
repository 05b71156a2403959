-- How often what happened has happened: a number for each kind of event, where there was a row for each event, which is
-- as much work as the change that it tells of. Nothing of it is forgotten. (Until now the oldest were: how many of those a
-- space had is the number of the kind that has no name.)
CREATE TABLE event_counts (
    space INTEGER NOT NULL,
    type  TEXT NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (space, type),
    FOREIGN KEY (space) REFERENCES spaces (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

INSERT INTO event_counts SELECT space, type, count(*) FROM events GROUP BY space, type;
INSERT INTO event_counts SELECT space, '', min(number) - 1 FROM events GROUP BY space HAVING min(number) > 1;
DROP TABLE events;

-- Who takes an event is asked for each, in the order in which they subscribed.
CREATE INDEX webhooks_in_order ON webhooks (space, seq);

-- Headers come and go with their connection alone: with it where it is made or changed, and by the trigger where it is
-- deleted. With a reference SQLite looks for the connection at each header, and deletes by way of a table of its own,
-- which is more work than all else that the deletion of a connection is.
ALTER TABLE connection_headers RENAME TO headers_with_reference;
CREATE TABLE connection_headers (
    space         INTEGER NOT NULL,
    connection_id BLOB NOT NULL,
    name          TEXT NOT NULL COLLATE NOCASE,
    position      INTEGER NOT NULL,
    value         TEXT,
    hash          BLOB CHECK (length(hash) = 32),
    salt          BLOB CHECK (length(salt) = 16),
    PRIMARY KEY (space, connection_id, name),
    CHECK ((value IS NULL) <> (hash IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO connection_headers
    SELECT space, connection_id, name, position, value, hash, salt FROM headers_with_reference;
DROP TRIGGER connections_take_headers;
DROP TABLE headers_with_reference;

CREATE TRIGGER connections_take_headers AFTER DELETE ON connections
BEGIN
    DELETE FROM connection_headers WHERE space = old.space AND connection_id = old.id;
END;

-- What uses a connection goes with it, too. Each trigger looks for what it takes before it is anything but a look: three
-- looks are one trigger, and what it does where there is something is another one, behind a view, because SQLite makes
-- room for all that a trigger could do whether or not it does it.
DROP TRIGGER connections_take_pins;
DROP TRIGGER connections_take_triggers;
DROP TRIGGER connections_leave_dashboards;

CREATE VIEW used_connections AS SELECT space, id FROM connections;

CREATE TRIGGER connections_take_uses AFTER DELETE ON connections
WHEN EXISTS (SELECT 1 FROM pins WHERE space = old.space AND connection_id = old.id)
  OR EXISTS (SELECT 1 FROM triggers WHERE space = old.space AND connection_id = old.id)
  OR EXISTS (SELECT 1 FROM dashboard_connections WHERE space = old.space AND connection_id = old.id)
BEGIN
    INSERT INTO used_connections VALUES (old.space, old.id);
END;

CREATE TRIGGER used_connections_take INSTEAD OF INSERT ON used_connections
BEGIN
    DELETE FROM pins WHERE space = new.space AND connection_id = new.id;
    DELETE FROM triggers WHERE space = new.space AND connection_id = new.id;
    DELETE FROM dashboard_connections WHERE space = new.space AND connection_id = new.id;
END;
