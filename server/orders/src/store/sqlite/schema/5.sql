-- Every index that a payment touches is a page more to write with each of its commits. What is open is little, so that
-- one index finds it; and only operations are looked for among calls, by name or by age.
DROP INDEX open_attempts;
DROP INDEX open_calls;
CREATE INDEX open_operations ON calls (touched_ms) WHERE outcome IS NULL AND number IS NULL;
DROP INDEX one_call_per_operation;
CREATE UNIQUE INDEX one_call_per_operation ON calls (operation) WHERE operation IS NOT NULL;

PRAGMA user_version = 5;
