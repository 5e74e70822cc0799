//! Tests of the store, on real files.

mod accounts;
mod doors;
mod guests;
mod read_only;
mod rooms;
mod sessions;
mod spellings;

use protocol::{ChatEntry, ChatMessage, MessageId, Nonce, RoomName, UnixMillis, UserName, limits};
use registry::names::Name;
use registry::{ChatDraft, UserId};
use tempfile::TempDir;

use super::{Account, OpenError, Store, StoreError, Written, page};
use crate::limits::HISTORY_BYTES;

const NOW: UnixMillis = UnixMillis(1_000_000_000_000);

fn name(text: &str) -> UserName {
    UserName::parse(text).expect("a name")
}

fn read(text: &str) -> Name {
    Name::read(text).expect("a name")
}

fn room(text: &str) -> RoomName {
    RoomName::parse(text).expect("a name")
}

fn line(user: UserId, text: String, nonce: &str) -> ChatDraft {
    let entry = ChatEntry::Text {
        text,
        nonce: Nonce(nonce.to_owned()),
    };
    ChatDraft {
        room: room("lobby"),
        user,
        author: name("Ann"),
        guest: false,
        entry,
        socket: None,
    }
}

fn text_of(message: &ChatMessage) -> &str {
    match &message.entry {
        ChatEntry::Text { text, .. } => text,
        _ => "",
    }
}

async fn with_ann() -> (TempDir, Store, UserId) {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");
    let ann = store
        .run(|db| Account::create(db, &read("Ann"), "hash", NOW))
        .await
        .expect("written");
    (folder, store, ann.expect("free"))
}

#[tokio::test]
async fn message_with_the_same_nonce_is_written_once() {
    let (_folder, store, ann) = with_ann().await;
    let write = |text: &str| {
        let line = line(ann, text.to_owned(), "n1");
        store.run(move |db| Written::write(db, &line, NOW))
    };
    let Written::New(first) = write("hello").await.expect("written") else {
        panic!("it is new")
    };
    assert_eq!(write("hello again").await.expect("asked"), Written::Before(first));
}

#[tokio::test]
async fn history_is_paged_oldest_first() {
    let (_folder, store, ann) = with_ann().await;
    let total = limits::HISTORY_PAGE * 2 + 1;
    for n in 0..total {
        let line = line(ann, n.to_string(), &n.to_string());
        store
            .run(move |db| Written::write(db, &line, NOW))
            .await
            .expect("written");
    }
    let mut before: Option<MessageId> = None;
    let mut texts: Vec<String> = Vec::new();
    let mut pages = 0;
    loop {
        let found = store
            .run(move |db| page(db, &room("lobby"), before))
            .await
            .expect("asked");
        before = found.messages.first().map(|message| message.id);
        texts.splice(
            0..0,
            found.messages.iter().map(|message| text_of(message).to_owned()),
        );
        pages += 1;
        if found.complete {
            break;
        }
    }
    assert_eq!(pages, 3);
    assert_eq!(texts, (0..total).map(|n| n.to_string()).collect::<Vec<_>>());
    let other = store
        .run(|db| page(db, &room("elsewhere"), None))
        .await
        .expect("asked");
    assert!(other.messages.is_empty() && other.complete);
}

#[tokio::test]
async fn only_the_newest_messages_of_a_room_are_kept() {
    const MOST: u32 = 70;
    let (_folder, store, ann) = with_ann().await;
    let elsewhere = ChatDraft {
        room: room("elsewhere"),
        ..line(ann, "first".to_owned(), "first")
    };
    store
        .run(move |db| Written::write_within(db, &elsewhere, NOW, MOST))
        .await
        .expect("written");
    let total = 400;
    for n in 0..total {
        let line = line(ann, n.to_string(), &n.to_string());
        store
            .run(move |db| Written::write_within(db, &line, NOW, MOST))
            .await
            .expect("written");
    }
    let found = store
        .run(|db| {
            db.prepare("SELECT room, nonce FROM messages ORDER BY id")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<Vec<(String, String)>>>()
        })
        .await
        .expect("read");
    let (elsewhere, lobby): (Vec<_>, Vec<_>) = found.into_iter().partition(|(room, _)| room == "elsewhere");
    assert_eq!(elsewhere.len(), 1);
    let kept: Vec<usize> = lobby
        .iter()
        .map(|(_, nonce)| nonce.parse().expect("a number"))
        .collect();
    let most = MOST as usize;
    assert!((most..most + 64).contains(&kept.len()), "{}", kept.len());
    assert!(
        kept.into_iter().eq(total - lobby.len()..total),
        "the newest, without gaps"
    );
}

#[tokio::test]
async fn page_of_long_messages_is_shorter_but_not_empty() {
    let (_folder, store, ann) = with_ann().await;
    for n in 0..8 {
        let line = line(ann, "\u{1}".repeat(limits::CHAT_CHARS), &n.to_string());
        store
            .run(move |db| Written::write(db, &line, NOW))
            .await
            .expect("written");
    }
    let found = store
        .run(|db| page(db, &room("lobby"), None))
        .await
        .expect("asked");
    let bytes = serde_json::to_string(&found.messages).expect("JSON").len();
    assert!(
        !found.complete && !found.messages.is_empty() && bytes <= HISTORY_BYTES,
        "{bytes}"
    );
}

#[tokio::test]
async fn folder_is_locked_and_keeps_its_data() {
    let (folder, store, ann) = with_ann().await;
    assert!(matches!(Store::open(folder.path()), Err(OpenError::InUse { .. })));
    store.stop().await;
    let store = Store::open(folder.path()).expect("it is free again");
    let found = store.run(|db| Account::find(db, "Ann")).await.expect("asked");
    assert_eq!(found.map(|account| account.id), Some(ann));
}

#[tokio::test]
async fn failed_job_leaves_nothing_behind() {
    let (_folder, store, ann) = with_ann().await;
    let failed = store
        .run(move |db| {
            let written = Written::write(db, &line(ann, "half".to_owned(), "n1"), NOW)?;
            db.execute_batch("INSERT INTO no_such_table VALUES (1)")?;
            Ok(written)
        })
        .await;
    assert!(matches!(failed, Err(StoreError::Database(_))), "{failed:?}");
    let found = store
        .run(|db| page(db, &room("lobby"), None))
        .await
        .expect("asked");
    assert!(found.messages.is_empty(), "{found:?}");
}

#[tokio::test]
async fn failed_transaction_fails_all_its_jobs() {
    let (folder, store, ann) = with_ann().await;
    // As on a full disk: the transaction ends in the middle, and everything in it is undone.
    let ended = store.run(|db| db.execute_batch("ROLLBACK")).await;
    assert!(matches!(ended, Err(StoreError::Database(_))), "{ended:?}");

    let outside = rusqlite::Connection::open(folder.path().join("confab.sqlite")).expect("opened");
    let other = line(ann, "one".to_owned(), "n1");
    store
        .run(|db| db.busy_timeout(std::time::Duration::ZERO))
        .await
        .expect("set");
    outside.execute_batch("BEGIN IMMEDIATE").expect("begun");
    let written = store.run(move |db| Written::write(db, &other, NOW)).await;
    assert!(matches!(written, Err(StoreError::Database(_))), "{written:?}");
    outside.execute_batch("ROLLBACK").expect("ended");
    let found = store
        .run(|db| page(db, &room("lobby"), None))
        .await
        .expect("asked");
    assert!(found.messages.is_empty(), "{found:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn files_are_accessible_to_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().expect("a folder");
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).expect("set");
    let store = Store::open(folder.path()).expect("a store");
    store
        .run(|db| Account::create(db, &read("Ann"), "hash", NOW))
        .await
        .expect("written");
    let mut files = 0;
    for file in std::fs::read_dir(folder.path()).expect("a folder") {
        let file = file.expect("a file");
        let mode = file.metadata().expect("a mode").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", file.path());
        files += 1;
    }
    assert!(files >= 3, "the lock, a database and its WAL");
}
