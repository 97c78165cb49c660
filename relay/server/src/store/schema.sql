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
