-- The shop's books. Amounts are minor units, times are milliseconds since 1970.

CREATE TABLE shop (
    id TEXT NOT NULL PRIMARY KEY
) STRICT;

CREATE TABLE carts (
    id TEXT NOT NULL PRIMARY KEY,
    currency TEXT NOT NULL,
    lines TEXT NOT NULL,
    -- The unfinished order made from this cart.
    order_key TEXT REFERENCES orders (key)
) STRICT;

CREATE TABLE orders (
    key TEXT NOT NULL PRIMARY KEY,
    cart TEXT NOT NULL,
    lines TEXT NOT NULL,
    currency TEXT NOT NULL,
    total_minor INTEGER NOT NULL,
    details TEXT,
    payment TEXT NOT NULL,
    notice TEXT,
    next_number INTEGER NOT NULL,
    quarantine TEXT,
    version INTEGER NOT NULL,
    unfinished INTEGER NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_unfinished_order_per_cart ON orders (cart) WHERE unfinished = 1;

CREATE TABLE intents (
    id TEXT NOT NULL PRIMARY KEY,
    order_key TEXT NOT NULL REFERENCES orders (key),
    live INTEGER NOT NULL,
    -- None while an update may be on its way.
    amount_minor INTEGER,
    baseline TEXT NOT NULL
) STRICT;
CREATE INDEX intents_of_order ON intents (order_key);
CREATE UNIQUE INDEX one_live_intent_per_order ON intents (order_key) WHERE live = 1;

CREATE TABLE attempts (
    order_key TEXT NOT NULL REFERENCES orders (key),
    number INTEGER NOT NULL,
    token TEXT NOT NULL UNIQUE,
    confirms TEXT,
    open INTEGER NOT NULL,
    progress TEXT NOT NULL,
    send_until_ms INTEGER NOT NULL,
    -- When it was last worked on: the clerk takes up what nobody is working on.
    touched_ms INTEGER NOT NULL,
    -- When Stripe first said that the token was unused, after the answer was lost.
    unused_since_ms INTEGER,
    PRIMARY KEY (order_key, number)
) STRICT;
CREATE UNIQUE INDEX one_open_attempt_per_order ON attempts (order_key) WHERE open = 1;

CREATE TABLE calls (
    -- Sent as the idempotency key.
    id TEXT NOT NULL PRIMARY KEY,
    order_key TEXT NOT NULL REFERENCES orders (key),
    -- The attempt it belongs to; none for a cancellation or a refund.
    number INTEGER,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    -- The intent it is about; none for one that creates it.
    intent TEXT,
    path TEXT NOT NULL,
    body TEXT NOT NULL,
    -- What came of it, in words for the merchant; none while nobody knows.
    outcome TEXT,
    created_ms INTEGER NOT NULL,
    touched_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX calls_of_order ON calls (order_key, number);
CREATE INDEX open_calls ON calls (touched_ms) WHERE outcome IS NULL;
CREATE UNIQUE INDEX one_return_per_intent ON calls (kind, intent) WHERE number IS NULL;

CREATE TABLE events (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    intent TEXT,
    order_key TEXT,
    done INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    next_try_ms INTEGER NOT NULL,
    received_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX pending_events ON events (next_try_ms) WHERE done = 0;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    order_key TEXT NOT NULL REFERENCES orders (key),
    kind TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    delivered_ms INTEGER
) STRICT;
CREATE INDEX undelivered ON outbox (id) WHERE delivered_ms IS NULL;

CREATE TABLE alarms (
    id INTEGER PRIMARY KEY,
    order_key TEXT NOT NULL,
    reason TEXT NOT NULL,
    raised_ms INTEGER NOT NULL,
    UNIQUE (order_key, reason)
) STRICT;

PRAGMA user_version = 1;
