//! Snapshots of rooms.

use protocol::RoomName;
use registry::RoomSnapshot;
use rusqlite::Connection;
use tempfile::TempDir;

use super::room;
use crate::store::{AdminDatabase, Snapshot, Store, StoreError};

/// A room without participants, as JSON.
pub(super) const NOBODY: &str = r#"{"seats":[],"conference":[],"invitations":[],"links":[],"apart":[]}"#;

/// Returns the names of the rooms that a server would restore now.
pub(super) fn saved(store: &Store) -> Vec<RoomName> {
    let rooms = store.saved_rooms().expect("read");
    rooms.into_iter().map(|(name, _)| name).collect()
}

async fn save(store: &Store, rooms: Vec<Snapshot>) -> Result<(), StoreError> {
    let (tell, told) = tokio::sync::oneshot::channel();
    let then = |result| tell.send(result).expect("a receiver");
    store.save_rooms(move || rooms, then).expect("taken");
    told.await.expect("done")
}

fn nobody(name: &str) -> Snapshot {
    let state: RoomSnapshot = serde_json::from_str(NOBODY).expect("a room");
    (room(name), Some(state))
}

#[tokio::test]
async fn room_is_saved_until_it_is_empty() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");
    let rooms = ["lobby", "hall", "lobby"].map(nobody);
    save(&store, rooms.into()).await.expect("saved");
    assert_eq!(saved(&store), [room("hall"), room("lobby")]);
    save(&store, vec![(room("hall"), None)]).await.expect("deleted");
    assert_eq!(saved(&store), [room("lobby")]);
}

#[tokio::test]
async fn unreadable_room_is_left_out() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");
    save(&store, ["lobby", "hall"].map(nobody).into())
        .await
        .expect("saved");
    let outside = Connection::open(folder.path().join("confab-rooms.sqlite")).expect("opened");
    let spoilt = outside.execute("UPDATE rooms SET state = '{}' WHERE name = 'hall'", []);
    assert_eq!(spoilt, Ok(1));
    assert_eq!(saved(&store), [room("lobby")]);
}

#[tokio::test]
async fn room_is_saved_while_the_other_database_is_locked() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");
    let outside = Connection::open(folder.path().join("confab.sqlite")).expect("opened");
    outside.execute_batch("BEGIN IMMEDIATE").expect("locked");
    save(&store, vec![nobody("lobby")]).await.expect("saved");
    outside.execute_batch("ROLLBACK").expect("unlocked");
    assert_eq!(saved(&store), [room("lobby")]);
}

#[tokio::test]
async fn read_only_database_is_not_ready() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");
    assert!(store.check().await.is_ok());
    let read_only = store
        .snapshots
        .run(|db| db.pragma_update(None, "query_only", true));
    read_only.await.expect("set");
    assert!(store.check().await.is_err());
    let refused = save(&store, vec![nobody("lobby")]).await;
    assert!(matches!(refused, Err(StoreError::Database(_))), "{refused:?}");
}

/// Creates a folder with a database of the version that stored rooms there, among them `den`.
fn of_an_older_confab() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let old = Connection::open(folder.path().join("confab.sqlite")).expect("opened");
    for tables in super::spellings::TABLES {
        old.execute_batch(tables).expect("made");
    }
    old.execute("INSERT INTO rooms (name, state) VALUES ('den', ?1)", [NOBODY])
        .expect("written");
    old.execute_batch("PRAGMA user_version = 6").expect("marked");
    folder
}

#[tokio::test]
async fn older_database_replaces_the_snapshots() {
    let folder = of_an_older_confab();
    let earlier = TempDir::new().expect("a folder");
    let store = Store::open(earlier.path()).expect("a store");
    save(&store, vec![nobody("long over")]).await.expect("saved");
    store.stop().await;
    let name = "confab-rooms.sqlite";
    std::fs::copy(earlier.path().join(name), folder.path().join(name)).expect("copied");
    let store = Store::open(folder.path()).expect("brought up to date");
    assert_eq!(saved(&store), [room("den")]);
}

#[tokio::test]
async fn commands_leave_rooms_to_the_server() {
    let folder = of_an_older_confab();
    let beside = AdminDatabase::open(folder.path()).expect("opened");
    let read = beside.change(|db| db.query_row("SELECT name FROM rooms", [], |row| row.get::<_, String>(0)));
    assert_eq!(read.as_deref(), Ok("den"));
    assert!(!folder.path().join("confab-rooms.sqlite").exists());
    drop(beside);
    let store = Store::open(folder.path()).expect("brought up to date");
    assert_eq!(saved(&store), [room("den")]);
}
