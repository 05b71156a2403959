-- Headers go with their connection by a trigger, as pins do: a cascade opens a table for what it deletes even where there
-- is nothing to delete, and that is a fifth of the price of deleting a connection.
ALTER TABLE connection_headers RENAME TO headers_by_cascade;
CREATE TABLE connection_headers (
    space         INTEGER NOT NULL,
    connection_id BLOB NOT NULL,
    name          TEXT NOT NULL COLLATE NOCASE,
    position      INTEGER NOT NULL,
    value         TEXT,
    hash          BLOB CHECK (length(hash) = 32),
    salt          BLOB CHECK (length(salt) = 16),
    PRIMARY KEY (space, connection_id, name),
    FOREIGN KEY (space, connection_id) REFERENCES connections (space, id),
    CHECK ((value IS NULL) <> (hash IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO connection_headers
    SELECT space, connection_id, name, position, value, hash, salt FROM headers_by_cascade;
DROP TABLE headers_by_cascade;

CREATE TRIGGER connections_take_headers AFTER DELETE ON connections
WHEN EXISTS (SELECT 1 FROM connection_headers WHERE space = old.space AND connection_id = old.id)
BEGIN
    DELETE FROM connection_headers WHERE space = old.space AND connection_id = old.id;
END;
