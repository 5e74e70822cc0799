CREATE TABLE rooms (
    name TEXT PRIMARY KEY,
    state TEXT NOT NULL                 -- who has a seat, and what hangs on it, as JSON; of keys their hash alone
) STRICT, WITHOUT ROWID;
