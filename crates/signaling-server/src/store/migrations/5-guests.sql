-- Whether the room lets people in who have no account.
ALTER TABLE room_rules ADD COLUMN guests INTEGER NOT NULL DEFAULT 0;

-- Guests stand among the accounts, so that their lines, standings and sessions are as everybody's, but nobody can sign
-- in as one, and they keep no name from anybody.
CREATE TABLE guests (
    account INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    room TEXT NOT NULL,                 -- the only one that the session is good for
    name_key TEXT NOT NULL,             -- what the name is found by
    skeleton TEXT NOT NULL,             -- what an eye may take it for
    place BLOB NOT NULL                 -- where the guest came from, as a hash that is worth nothing after the server's end
) STRICT;
CREATE INDEX guests_of_place ON guests (place);

-- A guest is nobody when the session ends; a ban that lasts is kept.
CREATE TRIGGER guests_end AFTER DELETE ON sessions WHEN EXISTS (SELECT 1 FROM guests WHERE account = old.account)
BEGIN
    DELETE FROM blocks WHERE account = old.account OR blocked = old.account;
    UPDATE guests SET place = x'' WHERE account = old.account;
    DELETE FROM standings WHERE account = old.account AND banned_until = 0;
END;
