-- What a merchant does with an order, and what happens to its money after it was taken.
ALTER TABLE orders ADD COLUMN captured_minor INTEGER NOT NULL DEFAULT 0;
UPDATE orders SET captured_minor = total_minor WHERE payment = 'paid';
ALTER TABLE orders ADD COLUMN ending INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN ledger TEXT NOT NULL DEFAULT '{"refunds":[],"disputes":[]}';
-- When Stripe was last asked about an order that waits for it.
ALTER TABLE orders ADD COLUMN asked_ms INTEGER NOT NULL DEFAULT 0;
CREATE INDEX orders_by_time ON orders (created_ms);
CREATE INDEX waiting_orders ON orders (asked_ms) WHERE payment IN ('action_needed', 'processing');

-- Names an operation: asked for again, it is the same one.
ALTER TABLE calls ADD COLUMN operation TEXT;
UPDATE calls SET operation = kind || '_' || intent WHERE number IS NULL;
DROP INDEX one_return_per_intent;
CREATE UNIQUE INDEX one_call_per_operation ON calls (operation);

-- The object it is about: a dispute's id, for one.
ALTER TABLE events ADD COLUMN object TEXT;

PRAGMA user_version = 3;
