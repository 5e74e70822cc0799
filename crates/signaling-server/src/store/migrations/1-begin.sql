CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,                 -- as its user writes it
    name_key TEXT NOT NULL UNIQUE,      -- in lower case: names that differ only in case are the same
    password TEXT NOT NULL,             -- Argon2id, in PHC form
    created_at INTEGER NOT NULL         -- milliseconds since 1970, as all times here
) STRICT;

CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY,        -- SHA-256 of the token; the token itself is nowhere
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of_account ON sessions (account, expires_at);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    room TEXT NOT NULL,
    account INTEGER NOT NULL REFERENCES accounts (id),
    at INTEGER NOT NULL,
    nonce TEXT,                         -- of lines that people wrote
    entry TEXT NOT NULL                 -- what it says, as JSON in the form of the wire
) STRICT;
CREATE INDEX messages_of_room ON messages (room, id);
CREATE UNIQUE INDEX messages_once ON messages (room, account, nonce) WHERE nonce IS NOT NULL;
