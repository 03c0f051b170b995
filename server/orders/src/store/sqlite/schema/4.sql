-- What every payment looks up must not be looked for: a paid order's cart, an order's events and messages.
CREATE INDEX carts_by_order ON carts (order_key) WHERE order_key IS NOT NULL;
CREATE INDEX events_by_intent ON events (intent);
CREATE INDEX outbox_by_order ON outbox (order_key);
CREATE INDEX open_attempts ON attempts (touched_ms) WHERE open = 1;

PRAGMA user_version = 4;
