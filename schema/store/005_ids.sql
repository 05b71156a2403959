-- How many ids of a kind a space with a seed has given out.
CREATE TABLE id_counts (
    space INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    kind  TEXT NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (space, kind)
) STRICT, WITHOUT ROWID;
