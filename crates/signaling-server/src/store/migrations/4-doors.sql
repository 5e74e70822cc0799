CREATE TABLE room_rules (
    name TEXT PRIMARY KEY,
    owner INTEGER REFERENCES accounts (id) ON DELETE SET NULL,
    access TEXT NOT NULL DEFAULT 'open',    -- in the words of the wire
    size INTEGER NOT NULL DEFAULT 64,
    password TEXT                           -- Argon2id, in PHC form
) STRICT, WITHOUT ROWID;
CREATE INDEX room_rules_of_owner ON room_rules (owner);
-- Whoever was first in a room has always had it.
INSERT INTO room_rules (name, owner) SELECT room, account FROM messages GROUP BY room HAVING id = min(id);

CREATE TABLE standings (
    room TEXT NOT NULL,
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    moderator INTEGER NOT NULL DEFAULT 0,
    silenced INTEGER NOT NULL DEFAULT 0,
    banned_until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (room, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX standings_of_account ON standings (account);

CREATE TABLE passes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    room TEXT NOT NULL,
    code_hash BLOB NOT NULL UNIQUE,         -- SHA-256 of the code; the code itself is nowhere
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    until INTEGER NOT NULL
) STRICT;
CREATE INDEX passes_of_room ON passes (room, until);
CREATE INDEX passes_of_account ON passes (account);

CREATE TABLE blocks (
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    blocked INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (account, blocked)
) STRICT, WITHOUT ROWID;
CREATE INDEX blocks_of_blocked ON blocks (blocked);
