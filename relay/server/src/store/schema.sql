-- Times are seconds since 1970. Nothing here is an address, a code or a plaintext (R77).
CREATE TABLE IF NOT EXISTS device (
    handle           BLOB PRIMARY KEY,
    public_key       BLOB NOT NULL UNIQUE,
    brand            TEXT NOT NULL,
    model            TEXT NOT NULL,
    label            TEXT NOT NULL,
    status           TEXT NOT NULL CHECK (status IN ('active', 'revoked')),
    epoch            INTEGER NOT NULL,
    nickname         TEXT,
    highest          INTEGER,
    taken            INTEGER NOT NULL DEFAULT 0,
    suppressed_until INTEGER,
    address_seal     BLOB,
    address_counter  INTEGER
) WITHOUT ROWID;

-- Requests that were accepted, and the outbox: `sealed` is there while a mail waits to be sent.
CREATE TABLE IF NOT EXISTS request (
    id          INTEGER PRIMARY KEY,
    handle      BLOB NOT NULL,
    epoch       INTEGER NOT NULL,
    counter     INTEGER NOT NULL,
    digest      BLOB NOT NULL,
    accepted_at INTEGER NOT NULL,
    address     BLOB NOT NULL,
    not_me      BLOB NOT NULL UNIQUE,
    resends     INTEGER NOT NULL DEFAULT 0,
    sealed      BLOB,
    tries       INTEGER NOT NULL DEFAULT 0,
    next_at     INTEGER,
    lease_until INTEGER,
    lease_by    TEXT,
    ended       TEXT CHECK (ended IN ('sent', 'bounced', 'given-up', 'stopped')),
    UNIQUE (handle, epoch, counter)
);
CREATE INDEX IF NOT EXISTS request_due ON request (next_at) WHERE sealed IS NOT NULL;
CREATE INDEX IF NOT EXISTS request_age ON request (accepted_at);

-- One row for each mail, also for repetitions: what quotas count.
CREATE TABLE IF NOT EXISTS sending (
    handle  BLOB NOT NULL,
    lane    INTEGER NOT NULL,
    address BLOB NOT NULL,
    at      INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS sending_device ON sending (handle, at);
CREATE INDEX IF NOT EXISTS sending_address ON sending (address, at);
CREATE INDEX IF NOT EXISTS sending_age ON sending (at);

CREATE TABLE IF NOT EXISTS bounce (
    address BLOB PRIMARY KEY,
    until   INTEGER NOT NULL
) WITHOUT ROWID;

-- Unlocks that owners' phones passed on, until a ticket is opened or a day is over. Nobody has proved them.
CREATE TABLE IF NOT EXISTS unlock_waiting (
    digest  BLOB PRIMARY KEY,
    handle  BLOB NOT NULL,
    brand   TEXT NOT NULL,
    counter INTEGER NOT NULL,
    octets  BLOB NOT NULL,
    at      INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS unlock_waiting_device ON unlock_waiting (handle, at);

-- Support calls. `document` (the unlock, the keys) is there while the ticket is open; what stays says who did what.
CREATE TABLE IF NOT EXISTS ticket (
    brand     TEXT NOT NULL,
    ticket    TEXT NOT NULL,
    handle    BLOB NOT NULL,
    epoch     INTEGER NOT NULL,
    counter   INTEGER NOT NULL,
    model     TEXT NOT NULL,
    label     TEXT NOT NULL,
    agent     TEXT NOT NULL,
    evidence  TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    document  TEXT,
    outcome   TEXT,
    PRIMARY KEY (brand, ticket),
    UNIQUE (handle, epoch, counter)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ticket_age ON ticket (opened_at);

-- Who approved; `sealed` (a half that only the agent can open) goes when the ticket is closed.
CREATE TABLE IF NOT EXISTS approval (
    brand    TEXT NOT NULL,
    ticket   TEXT NOT NULL,
    half     TEXT NOT NULL CHECK (half IN ('first', 'second')),
    approver TEXT NOT NULL,
    sealed   TEXT,
    at       INTEGER NOT NULL,
    PRIMARY KEY (brand, ticket, half),
    UNIQUE (brand, ticket, approver)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS desk_audit (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    brand  TEXT NOT NULL,
    ticket TEXT NOT NULL,
    actor  TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL
);
