-- How often an event happened is asked again and again while somebody waits for one.
CREATE INDEX events_by_type ON events (space, type);
