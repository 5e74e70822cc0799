-- What an eye may take the name for; no two accounts that were made since have the same.
ALTER TABLE accounts ADD COLUMN skeleton TEXT NOT NULL DEFAULT '';
-- Since when nobody may sign in to it; nothing while one may.
ALTER TABLE accounts ADD COLUMN disabled_at INTEGER;
-- Since when it is no more than the author of old messages.
ALTER TABLE accounts ADD COLUMN deleted_at INTEGER;
CREATE INDEX accounts_by_skeleton ON accounts (skeleton);

-- When it ends, however much it is used.
ALTER TABLE sessions ADD COLUMN ends_at INTEGER NOT NULL DEFAULT 0;
UPDATE sessions SET ends_at = expires_at;

-- Codes with which accounts may be made where not everybody may.
CREATE TABLE codes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code_hash BLOB NOT NULL UNIQUE,     -- SHA-256 of the code; the code itself is nowhere
    uses_left INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
