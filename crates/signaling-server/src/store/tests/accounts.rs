//! Names of accounts, invite codes, and accounts from an older version.

use protocol::{ChatEntry, UnixMillis};
use registry::ChatDraft;
use tempfile::TempDir;

use super::{NOW, line, name, read, room, with_ann};
use crate::store::{Account, Code, CodeHash, Store, Written, page};

#[tokio::test]
async fn name_is_found_in_any_spelling_and_reserves_lookalikes() {
    let (_folder, store, ann) = with_ann().await;
    for (wanted, free) in [("ANN", false), ("Ａnn", false), ("Аnn", false), ("Anna", true)] {
        let wanted = registry::names::Name {
            shown: name(wanted),
            key: registry::names::key(wanted),
            skeleton: registry::names::skeleton_of(wanted),
        };
        let taken = store.run(move |db| Account::is_taken(db, &wanted)).await;
        assert_eq!(taken.expect("asked"), !free);
    }
    let again = store
        .run(|db| Account::create(db, &read("aNN"), "hash", NOW))
        .await;
    assert_eq!(again.expect("asked"), None);
    for typed in ["aNN", " ann ", "ＡＮＮ"] {
        let found = store
            .run(move |db| Account::find(db, typed))
            .await
            .expect("asked");
        let found = found.expect("found");
        assert_eq!((found.id, found.name), (ann, name("Ann")));
    }
}

#[tokio::test]
async fn deleted_account_frees_its_name_and_keeps_its_messages() {
    let (_folder, store, ann) = with_ann().await;
    let bea = store
        .run(|db| Account::create(db, &read("Bea"), "hash", NOW))
        .await
        .expect("written")
        .expect("free");
    let call = ChatDraft {
        entry: ChatEntry::CallStarted { with: name("Ann") },
        author: name("Bea"),
        ..line(bea, String::new(), "")
    };
    let lines = store.run(move |db| {
        Written::write(db, &line(ann, "hello".to_owned(), "n1"), NOW)?;
        Written::write(db, &call, NOW)?;
        Account::delete(db, ann, NOW)?;
        page(db, &room("lobby"), None)
    });
    let lines = lines.await.expect("written").messages;
    let nameless = format!("deleted-{}", ann.0);
    assert_eq!(lines[0].author, name(&nameless));
    assert_eq!(
        lines[1].entry,
        ChatEntry::CallStarted {
            with: name(&nameless)
        }
    );
    for typed in ["Ann".to_owned(), nameless] {
        let found = store.run(move |db| Account::find(db, &typed)).await;
        assert!(found.expect("asked").is_none());
    }
    let again = store
        .run(|db| Account::create(db, &read("Ann"), "hash", NOW))
        .await;
    assert!(again.expect("written").is_some_and(|again| again != ann));
}

#[tokio::test]
async fn code_is_limited_by_uses_and_expiry() {
    let (_folder, store, _) = with_ann().await;
    let (code, until) = (CodeHash::of("ab12-cd34"), UnixMillis(NOW.0 + 10));
    let good = |at: u64| {
        let typed = CodeHash::of("AB12 CD34");
        store.run(move |db| Code::is_good(db, typed, UnixMillis(at)))
    };
    let made = store.run(move |db| Code::add(db, code, 2, until, NOW)).await;
    made.expect("written");
    assert!(good(NOW.0).await.expect("asked"));
    assert!(!good(NOW.0 + 10).await.expect("asked"));
    for left in [1, 0] {
        store.run(move |db| Code::spend(db, code)).await.expect("written");
        assert_eq!(good(NOW.0).await.expect("asked"), left > 0);
    }
}

#[tokio::test]
async fn accounts_from_an_older_version_are_found() {
    let folder = TempDir::new().expect("a folder");
    let old = rusqlite::Connection::open(folder.path().join("confab.sqlite")).expect("opened");
    old.execute_batch(include_str!("../migrations/1-begin.sql"))
        .expect("made");
    // "ﬁ" folds into "fi", which is another account: it is found by its old key.
    old.execute_batch(
        "PRAGMA user_version = 1; \
         INSERT INTO accounts (name, name_key, password, created_at) VALUES \
             ('Straße', 'straße', 'one', 1), ('Fi', 'fi', 'two', 1), ('ﬁ', 'ﬁ', 'three', 1);",
    )
    .expect("written");
    drop(old);
    let store = Store::open(folder.path()).expect("brought up to date");
    for (typed, password) in [
        ("straße", "one"),
        ("STRASSE", "one"),
        ("fi", "two"),
        ("FI", "two"),
        ("ﬁ", "three"),
    ] {
        let found = store.run(move |db| Account::find(db, typed)).await;
        let found = found.expect("asked").expect(typed);
        assert_eq!(
            (found.password.as_str(), found.disabled),
            (password, false),
            "{typed}"
        );
    }
    let taken = store.run(|db| Account::is_taken(db, &read("Fl"))).await;
    assert!(!taken.expect("asked"));
    let taken = store.run(|db| Account::is_taken(db, &read("F1"))).await;
    assert!(!taken.expect("asked"));
    let taken = store.run(|db| Account::is_taken(db, &read("fI"))).await;
    assert!(taken.expect("asked"));
}
