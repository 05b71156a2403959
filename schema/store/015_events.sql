-- Events, who subscribes to them, and what is sent.

-- What happened. `number` counts the events of a space in the order of their commits. Who they are about, and what is
-- sent of them, is in the deliveries: most events have none.
CREATE TABLE events (
    space  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    type   TEXT NOT NULL,
    PRIMARY KEY (space, number),
    FOREIGN KEY (space) REFERENCES spaces (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Subscriptions. `seq` orders those of one instant.
CREATE TABLE webhooks (
    space      INTEGER NOT NULL,
    id         BLOB NOT NULL CHECK (length(id) = 16),
    seq        INTEGER NOT NULL,
    url        TEXT NOT NULL,
    events     TEXT, -- names with blanks between; null: all
    scheme     TEXT NOT NULL CHECK (scheme = 'standard' OR scheme = 'body'),
    secret     BLOB, -- sealed; null: it was sealed with another server's key, and nothing is signed
    paused     INTEGER NOT NULL CHECK (paused IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space) REFERENCES spaces (id) ON DELETE CASCADE
) STRICT;

-- One event for one subscription, or, without a subscription, one call of the URL that a start of a run has named.
-- `tries` counts the attempts of the current round; another one is due at `next_at`, by the space's clock.
CREATE TABLE webhook_deliveries (
    space       INTEGER NOT NULL,
    id          BLOB NOT NULL CHECK (length(id) = 16),
    seq         INTEGER NOT NULL, -- grows in the order of commits
    webhook_id  BLOB,
    url         TEXT, -- null: the subscription's
    event_id    BLOB NOT NULL,
    event       TEXT NOT NULL,
    team_id     BLOB,
    object_id   BLOB NOT NULL,
    data        TEXT NOT NULL, -- JSON: the event's; without a subscription the whole body
    state       TEXT NOT NULL
                CHECK (state = 'pending' OR state = 'retrying' OR state = 'delivered' OR state = 'failed'),
    attempts    TEXT NOT NULL, -- JSON, an array of them
    tries       INTEGER NOT NULL,
    next_at     INTEGER,
    created_at  INTEGER NOT NULL,
    finished_at INTEGER,
    PRIMARY KEY (space, id),
    FOREIGN KEY (space, webhook_id) REFERENCES webhooks (space, id) ON DELETE CASCADE,
    FOREIGN KEY (space) REFERENCES spaces (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (space, seq);
CREATE INDEX webhook_deliveries_of ON webhook_deliveries (space, webhook_id, seq);
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (space, webhook_id, seq) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_retrying ON webhook_deliveries (space, next_at) WHERE state = 'retrying';
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (space, seq) WHERE state = 'pending' OR state = 'retrying';
CREATE INDEX webhook_deliveries_finished ON webhook_deliveries (space, seq)
    WHERE state = 'delivered' OR state = 'failed';

-- Runs that will call a URL.
CREATE INDEX runs_calling ON runs (space, due_at) WHERE due_at IS NOT NULL AND webhook_url IS NOT NULL;
