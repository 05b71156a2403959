-- A space that nothing was written into has no rows of its own: it shows those of the space `rows_of`, which never change
-- while it does. The first write copies them, and ends that: null, as in every space that was there before.
ALTER TABLE spaces ADD COLUMN rows_of INTEGER;

CREATE INDEX spaces_showing ON spaces (rows_of) WHERE rows_of IS NOT NULL;
