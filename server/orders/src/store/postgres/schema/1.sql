-- The shop's books. Amounts are minor units, times are milliseconds since 1970. Ids are compared byte by byte ("C"),
-- whatever the language of the database.

CREATE TABLE shop (
    id TEXT NOT NULL,
    -- The layout of all these tables.
    layout BIGINT NOT NULL
);

CREATE TABLE orders (
    key TEXT COLLATE "C" PRIMARY KEY,
    -- Where it stands in the order of making.
    place BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
    cart TEXT COLLATE "C" NOT NULL,
    lines TEXT NOT NULL,
    currency TEXT NOT NULL,
    total_minor BIGINT NOT NULL,
    captured_minor BIGINT NOT NULL DEFAULT 0,
    details TEXT,
    payment TEXT NOT NULL,
    notice TEXT,
    next_number BIGINT NOT NULL,
    ending BOOLEAN NOT NULL DEFAULT false,
    ledger TEXT NOT NULL DEFAULT '{"refunds":[],"disputes":[]}',
    quarantine TEXT,
    version BIGINT NOT NULL,
    -- Whether it still has its cart to itself.
    unfinished BOOLEAN NOT NULL,
    created_ms BIGINT NOT NULL,
    -- When Stripe was last asked about an order that waits for it.
    asked_ms BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX one_unfinished_order_per_cart ON orders (cart) WHERE unfinished;
CREATE INDEX orders_by_time ON orders (created_ms);
CREATE INDEX waiting_orders ON orders (asked_ms) WHERE payment IN ('action_needed', 'processing');

CREATE TABLE carts (
    id TEXT COLLATE "C" PRIMARY KEY,
    currency TEXT NOT NULL,
    lines TEXT NOT NULL,
    -- The unfinished order made from this cart.
    order_key TEXT COLLATE "C" REFERENCES orders (key)
);
CREATE INDEX carts_of_orders ON carts (order_key) WHERE order_key IS NOT NULL;

CREATE TABLE intents (
    id TEXT COLLATE "C" PRIMARY KEY,
    place BIGINT GENERATED ALWAYS AS IDENTITY,
    order_key TEXT COLLATE "C" NOT NULL REFERENCES orders (key),
    live BOOLEAN NOT NULL,
    -- None while an update may be on its way.
    amount_minor BIGINT,
    baseline TEXT NOT NULL
);
CREATE INDEX intents_of_order ON intents (order_key);
CREATE UNIQUE INDEX one_live_intent_per_order ON intents (order_key) WHERE live;

CREATE TABLE attempts (
    order_key TEXT COLLATE "C" NOT NULL REFERENCES orders (key),
    number BIGINT NOT NULL,
    token TEXT COLLATE "C" NOT NULL UNIQUE,
    confirms TEXT,
    open BOOLEAN NOT NULL,
    progress TEXT NOT NULL,
    send_until_ms BIGINT NOT NULL,
    -- When it was last worked on: the clerk takes up what nobody is working on.
    touched_ms BIGINT NOT NULL,
    -- When Stripe first said that the token was unused, after the answer was lost.
    unused_since_ms BIGINT,
    PRIMARY KEY (order_key, number)
);
CREATE UNIQUE INDEX one_open_attempt_per_order ON attempts (order_key) WHERE open;
CREATE INDEX open_attempts ON attempts (touched_ms) WHERE open;

CREATE TABLE calls (
    -- Sent as the idempotency key.
    id TEXT COLLATE "C" PRIMARY KEY,
    order_key TEXT COLLATE "C" NOT NULL REFERENCES orders (key),
    -- The attempt it belongs to; none for an operation.
    number BIGINT,
    position BIGINT NOT NULL,
    -- Names an operation: asked for again, it is the same one.
    operation TEXT COLLATE "C" UNIQUE,
    kind TEXT NOT NULL,
    -- The intent it is about; none for one that creates it.
    intent TEXT COLLATE "C",
    path TEXT NOT NULL,
    body TEXT NOT NULL,
    -- What came of it, in words for the merchant; none while nobody knows.
    outcome TEXT,
    created_ms BIGINT NOT NULL,
    touched_ms BIGINT NOT NULL
);
CREATE INDEX calls_of_order ON calls (order_key, number);
CREATE INDEX open_operations ON calls (touched_ms) WHERE outcome IS NULL AND number IS NULL;

CREATE TABLE events (
    id TEXT COLLATE "C" PRIMARY KEY,
    kind TEXT NOT NULL,
    intent TEXT COLLATE "C",
    -- The object it is about: a dispute's id, for one.
    object TEXT,
    order_key TEXT COLLATE "C",
    done BOOLEAN NOT NULL DEFAULT false,
    tries BIGINT NOT NULL DEFAULT 0,
    next_try_ms BIGINT NOT NULL,
    received_ms BIGINT NOT NULL
);
CREATE INDEX pending_events ON events (next_try_ms, received_ms) WHERE NOT done;
CREATE INDEX events_of_intent ON events (intent);

CREATE TABLE outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_key TEXT COLLATE "C" NOT NULL REFERENCES orders (key),
    kind TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    -- One that could not be delivered rests, longer each time, and is claimed by whoever delivers it.
    next_try_ms BIGINT NOT NULL DEFAULT 0,
    delivered_ms BIGINT
);
CREATE INDEX undelivered ON outbox (next_try_ms) WHERE delivered_ms IS NULL;
CREATE INDEX messages_of_order ON outbox (order_key);

CREATE TABLE alarms (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_key TEXT COLLATE "C" NOT NULL,
    reason TEXT NOT NULL,
    raised_ms BIGINT NOT NULL,
    UNIQUE (order_key, reason)
);
