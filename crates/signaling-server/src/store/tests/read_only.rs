//! A database that cannot be written to any more.

use super::{NOW, line, read, with_ann};
use crate::store::{Account, StoreError, Written};

#[tokio::test]
async fn writes_are_refused_and_the_store_goes_on() {
    let (_folder, store, ann) = with_ann().await;
    let read_only = store.run(|db| db.pragma_update(None, "query_only", true));
    read_only.await.expect("set");
    for n in 0..3 {
        let line = line(ann, "lost".to_owned(), &n.to_string());
        let written = store.run(move |db| Written::write(db, &line, NOW)).await;
        assert!(matches!(written, Err(StoreError::Database(_))), "{written:?}");
        let made = store.run(|db| Account::create(db, &read("Bea"), "hash", NOW));
        assert!(matches!(made.await, Err(StoreError::Database(_))));
    }
    assert!(store.check().await.is_err(), "not ready");
}
