-- A message that could not be delivered rests, longer each time, and is claimed by whoever delivers it.
ALTER TABLE outbox ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN next_try_ms INTEGER NOT NULL DEFAULT 0;
DROP INDEX undelivered;
CREATE INDEX undelivered ON outbox (next_try_ms) WHERE delivered_ms IS NULL;

PRAGMA user_version = 2;
