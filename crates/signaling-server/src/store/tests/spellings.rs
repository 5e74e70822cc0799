//! Accounts and rooms that an older version stored under other spellings.

use registry::UserId;
use registry::names;
use tempfile::TempDir;

use super::rooms::{NOBODY, saved};
use super::{NOW, read, room};
use crate::store::{Account, Store, door, page};

pub(super) const TABLES: [&str; 5] = [
    include_str!("../migrations/1-begin.sql"),
    include_str!("../migrations/2-rooms.sql"),
    include_str!("../migrations/3-accounts.sql"),
    include_str!("../migrations/4-doors.sql"),
    include_str!("../migrations/5-guests.sql"),
];

/// Creates a database of an older version, with what `sql` inserts, and opens it with this one.
fn opened(sql: &str) -> (TempDir, Store) {
    let folder = TempDir::new().expect("a folder");
    let old = rusqlite::Connection::open(folder.path().join("confab.sqlite")).expect("opened");
    for tables in TABLES {
        old.execute_batch(tables).expect("made");
    }
    old.execute_batch(&format!("PRAGMA user_version = 5; {sql}"))
        .expect("written");
    drop(old);
    let store = Store::open(folder.path()).expect("brought up to date");
    (folder, store)
}

#[tokio::test]
async fn accounts_with_older_keys_are_found_by_every_spelling() {
    let (_folder, store) = opened(
        "INSERT INTO accounts (name, name_key, skeleton, password, created_at) VALUES \
             ('STRAẞE', 'straße', 'x', 'one', 1), ('İlker', 'i\u{307}lker', 'x', 'two', 1), \
             ('Ilker', 'ilker', 'x', 'three', 1), ('deleted-4', char(1) || 'deleted-4', '', '', 1), \
             ('Tom', char(2) || 'a', '', '', 1);
         UPDATE accounts SET deleted_at = 1 WHERE id = 4;
         INSERT INTO guests (account, room, name_key, skeleton, place) VALUES (5, 'den', 'old', 'old', x'');",
    );
    for (typed, password) in [
        ("straße", "one"),
        ("strasse", "one"),
        ("İlker", "two"),
        ("İLKER", "two"),
        ("Ilker", "three"),
        ("ilker", "three"),
    ] {
        let found = store.run(move |db| Account::find(db, typed)).await;
        let found = found.expect("asked").expect(typed);
        assert_eq!(found.password, password, "{typed}");
    }
    for (free, name) in [(true, "Tom"), (true, "deleted-4"), (false, "Strasse")] {
        let taken = store.run(move |db| Account::is_taken(db, &read(name))).await;
        assert_eq!(taken.expect("asked"), !free, "{name}");
    }
    let keys = store.run(|db| {
        db.query_row("SELECT name_key, skeleton FROM guests", [], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })
    });
    assert_eq!(
        keys.await.expect("asked"),
        (names::key("Tom"), names::skeleton_of("Tom"))
    );
}

#[tokio::test]
async fn rooms_with_older_spellings_keep_their_data() {
    let (folder, store) = opened(
        "INSERT INTO accounts (name, name_key, skeleton, password, created_at) VALUES \
             ('Ann', 'ann', 'ann', 'x', 1), ('Bea', 'bea', 'bea', 'x', 1);
         INSERT INTO messages (room, account, at, entry) VALUES \
             ('cafe\u{301}', 1, 1, '{\"joined\":{}}'), ('café', 2, 2, '{\"joined\":{}}'), \
             ('３班', 1, 3, '{\"joined\":{}}'), ('３班', 1, 4, '{\"left\":{}}');
         INSERT INTO rooms (name, state) VALUES ('３班', 'NOBODY');
         INSERT INTO room_rules (name, owner, access, size) VALUES \
             ('cafe\u{301}', 1, 'locked', 8), ('café', 2, 'open', 64), ('３班', 1, 'lobby', 5);
         INSERT INTO standings (room, account, moderator) VALUES ('３班', 2, 1), ('cafe\u{301}', 2, 1);
         INSERT INTO passes (room, code_hash, account, until) VALUES ('３班', x'00', 1, 9);
         INSERT INTO guests (account, room, name_key, skeleton, place) VALUES (2, 'cafe\u{301}', 'b', 'b', x'');"
            .replace("NOBODY", NOBODY)
            .as_str(),
    );
    // The name that was in normal form keeps it, and gives no access to the other room.
    for (name, owner, size, lines) in [("３班", 1, 5, 2), ("CAFE\u{301}", 2, 64, 1), ("café-2", 1, 8, 1)] {
        let found = store.run(move |db| {
            let rules = door(db, &room(name), UserId(1), false, None, NOW)?.rules;
            Ok((
                rules.owner,
                rules.settings.size,
                page(db, &room(name), None)?.messages.len(),
            ))
        });
        assert_eq!(
            found.await.expect("read"),
            (Some(UserId(owner)), size, lines),
            "{name}"
        );
    }
    let names = store.run(|db| {
        let mut names = Vec::new();
        let columns = [("standings", "room"), ("passes", "room"), ("guests", "room")];
        for (table, column) in columns {
            let mut query = db.prepare(&format!(
                "SELECT DISTINCT {column} FROM {table} ORDER BY {column}"
            ))?;
            let found = query.query_map([], |row| row.get(0))?;
            names.push(found.collect::<rusqlite::Result<Vec<String>>>()?);
        }
        Ok(names)
    });
    let names = names.await.expect("read");
    assert_eq!(names[0], ["3班", "café-2"]);
    assert_eq!(
        (&names[1][..], &names[2][..]),
        (&["3班".to_owned()][..], &["café-2".to_owned()][..])
    );
    // Rooms have had a database of their own since then.
    assert_eq!(saved(&store), [room("3班")]);
    store.stop().await;
    let store = Store::open(folder.path()).expect("opened again");
    assert_eq!(saved(&store), [room("3班")]);
}
