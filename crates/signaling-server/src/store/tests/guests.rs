//! Guests in the store: how long they stay, how many there are per address, and what is deleted with them.

use std::net::IpAddr;
use std::time::Duration;

use protocol::{SessionToken, UnixMillis};
use registry::UserId;
use rusqlite::Connection;

use super::{NOW, line, read, room, with_ann};
use crate::store::{
    Account, AddressHash, Guest, GuestRules, Session, SessionRules, Store, TokenHash, Written, end_guest,
    page,
};

const RULES: GuestRules = GuestRules {
    lasts: Duration::from_secs(1000),
    most: 2,
};

fn token(text: &str) -> TokenHash {
    TokenHash::of(&SessionToken(text.to_owned()))
}

fn guest(name: &str, from: IpAddr) -> Guest {
    Guest {
        name: read(name),
        room: room("lobby"),
        place: AddressHash::of("key", from),
    }
}

/// Begins a guest's session. Returns the guest's id.
async fn comes(store: &Store, name: &str, from: [u8; 4]) -> UserId {
    let (guest, token) = (guest(name, from.into()), token(name));
    let begun = store.run(move |db| {
        guest.begin(db, token, RULES, NOW)?;
        Session::find(db, token, SessionRules::default(), NOW)
    });
    begun.await.expect("written").expect("a session").user
}

async fn wait(store: &Store, from: [u8; 4], after: u64) -> Option<Duration> {
    let (guest, at) = (guest("Tom", from.into()), UnixMillis(NOW.0 + after));
    store
        .run(move |db| guest.wait(db, RULES, at))
        .await
        .expect("asked")
}

async fn count(store: &Store, table: &'static str) -> i64 {
    let count =
        move |db: &Connection| db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0));
    store.run(count).await.expect("asked")
}

#[tokio::test]
async fn guest_session_is_not_extended_by_use() {
    let (_folder, store, _) = with_ann().await;
    comes(&store, "Tom", [192, 0, 2, 1]).await;
    for (after, there) in [(900_000, true), (999_000, true), (1_000_000, false)] {
        let at = UnixMillis(NOW.0 + after);
        let found = store.run(move |db| Session::find(db, token("Tom"), SessionRules::default(), at));
        let found = found.await.expect("asked");
        assert_eq!(found.is_some(), there, "{after}");
        assert!(found.is_none_or(|session| session.guest_of == Some(room("lobby"))));
    }
}

#[tokio::test]
async fn guest_sessions_are_refused_where_guests_are_forbidden() {
    let (_folder, store, _) = with_ann().await;
    comes(&store, "Tom", [192, 0, 2, 1]).await;
    let rules = SessionRules {
        guests: false,
        ..SessionRules::default()
    };
    let found = store.run(move |db| Session::find(db, token("Tom"), rules, NOW));
    assert_eq!(found.await.expect("asked"), None);
}

#[tokio::test]
async fn guests_are_limited_per_address() {
    let (_folder, store, _) = with_ann().await;
    let (here, there) = ([192, 0, 2, 1], [192, 0, 2, 2]);
    assert_eq!(wait(&store, here, 0).await, None);
    let tom = comes(&store, "Tom", here).await;
    comes(&store, "Tim", here).await;
    assert_eq!(wait(&store, here, 400_000).await, Some(Duration::from_secs(600)));
    assert_eq!(wait(&store, there, 0).await, None);
    store.run(move |db| end_guest(db, tom)).await.expect("written");
    assert_eq!(wait(&store, here, 0).await, None);
}

#[tokio::test]
async fn guest_reserves_no_name_and_cannot_sign_in() {
    let (_folder, store, ann) = with_ann().await;
    comes(&store, "Tom", [192, 0, 2, 1]).await;
    let found = store.run(|db| Ok((Account::find(db, "Tom")?, Account::all(db)?)));
    let (found, all) = found.await.expect("asked");
    assert!(found.is_none() && all.iter().map(|account| account.id).eq([ann]));
    let made = store.run(|db| Account::create(db, &read("Tom"), "hash", NOW));
    assert!(made.await.expect("written").is_some());
}

#[tokio::test]
async fn guest_data_goes_with_the_session_but_messages_stay() {
    let (_folder, store, ann) = with_ann().await;
    let tom = comes(&store, "Tom", [192, 0, 2, 1]).await;
    let written = store.run(move |db| {
        Written::write(db, &line(tom, "hello".to_owned(), "n"), NOW)?;
        db.execute(
            "INSERT INTO blocks (account, blocked) VALUES (?1, ?2)",
            [ann.0, tom.0],
        )?;
        db.execute(
            "INSERT INTO standings (room, account, silenced) VALUES ('lobby', ?1, 1)",
            [tom.0],
        )
    });
    written.await.expect("written");
    assert_eq!(
        (count(&store, "blocks").await, count(&store, "standings").await),
        (1, 1)
    );
    store.run(move |db| end_guest(db, tom)).await.expect("written");
    assert_eq!(
        (count(&store, "blocks").await, count(&store, "standings").await),
        (0, 0)
    );
    let history = store
        .run(|db| page(db, &room("lobby"), None))
        .await
        .expect("read");
    assert!(history.messages[0].guest && history.messages[0].author.as_str() == "Tom");
    store
        .run(move |db| end_guest(db, ann))
        .await
        .expect("nothing to do");
}
