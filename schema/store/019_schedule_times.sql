-- When a schedule starts its next run, null: never. It is planned for one stretch of its space's time (`planned_for`);
-- when another one has begun, or the schedule was changed (0), it is to be planned anew.
ALTER TABLE schedules ADD COLUMN due_at INTEGER;
ALTER TABLE schedules ADD COLUMN planned_for INTEGER NOT NULL DEFAULT 0;

CREATE INDEX schedules_due ON schedules (space, due_at, seq) WHERE due_at IS NOT NULL;
CREATE INDEX schedules_planned ON schedules (space, planned_for);
