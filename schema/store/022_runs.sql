-- What the start of a run costs. A check that has IN, which an index can have, too, builds a table at every insert; and
-- who asks for the runs that are under way asks for those of cases alone, or for an agent's, once in its life.
DROP INDEX runs_active;
CREATE INDEX runs_at_cases ON runs (space, agent_id)
    WHERE source = 'case' AND (status = 'pending' OR status = 'running' OR status = 'waiting');

-- How many messages are of people is counted for every run that a list shows: by the index alone.
DROP INDEX run_messages_of;
CREATE INDEX run_messages_of ON run_messages (space, run_id, seq, role);

-- Slots in the order in which a build has them.
CREATE INDEX slots_of_build ON slots (space, build_id, position);
