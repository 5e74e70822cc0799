//! How long sessions last, and how many there are.

use std::time::Duration;

use protocol::{SessionToken, UnixMillis};

use super::{NOW, with_ann};
use crate::store::{Session, SessionRules, Store, TokenHash};

const RULES: SessionRules = SessionRules {
    idle: Duration::from_secs(1000),
    lasts: Duration::from_secs(2500),
    most: 3,
    guests: true,
};

fn token(text: &str) -> TokenHash {
    TokenHash::of(&SessionToken(text.to_owned()))
}

async fn begin(store: &Store, user: registry::UserId, text: &str, after: u64) {
    let (token, at) = (token(text), UnixMillis(NOW.0 + after));
    store
        .run(move |db| Session::begin(db, token, user, RULES, at))
        .await
        .expect("written");
}

async fn is_there(store: &Store, text: &str, after: u64) -> bool {
    let (token, at) = (token(text), UnixMillis(NOW.0 + after));
    let found = store.run(move |db| Session::find(db, token, RULES, at));
    found.await.expect("asked").is_some()
}

#[tokio::test]
async fn session_is_extended_by_use_but_not_forever() {
    let (_folder, store, ann) = with_ann().await;
    begin(&store, ann, "used", 0).await;
    begin(&store, ann, "left", 0).await;
    for after in [900_000, 1_800_000, 2_499_000] {
        assert!(is_there(&store, "used", after).await, "{after}");
    }
    assert!(!is_there(&store, "left", 1_000_000).await);
    assert!(!is_there(&store, "used", 2_500_000).await, "it has ended");
}

#[tokio::test]
async fn least_recently_used_session_gives_way() {
    let (_folder, store, ann) = with_ann().await;
    for (n, text) in ["one", "two", "three", "four"].into_iter().enumerate() {
        begin(&store, ann, text, u64::try_from(n).expect("few")).await;
    }
    assert!(!is_there(&store, "one", 4).await);
    assert!(is_there(&store, "two", 4).await && is_there(&store, "four", 4).await);
}

#[tokio::test]
async fn all_sessions_but_one_end_and_are_returned() {
    let (_folder, store, ann) = with_ann().await;
    for text in ["one", "two", "three"] {
        begin(&store, ann, text, 0).await;
    }
    let this = token("two");
    let mut ended = store
        .run(move |db| Session::end_all(db, ann, Some(this)))
        .await
        .expect("written");
    ended.sort_by_key(|token| format!("{token:?}"));
    let mut others = vec![token("one"), token("three")];
    others.sort_by_key(|token| format!("{token:?}"));
    assert_eq!(ended, others);
    let asked = [token("one"), token("two")];
    let gone = store.run(move |db| Session::ended(db, &asked, NOW)).await;
    assert_eq!(gone.expect("asked"), [token("one")]);
}
