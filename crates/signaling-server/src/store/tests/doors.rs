//! Ownership of rooms over time, quotas, and changes of settings.

use std::time::Duration;

use protocol::{Access, PassCode, RoomChanges, RoomSettings};
use registry::{Change, Done, Order, SocketId, UserId};
use tempfile::TempDir;

use super::{NOW, read, room, with_ann};
use crate::store::Quotas;
use crate::store::{Account, Store, carry_out, door};

async fn owner(store: &Store, who: UserId) -> Option<UserId> {
    let door = store
        .run(move |db| door(db, &room("lobby"), who, false, None, NOW))
        .await;
    door.expect("asked").rules.owner
}

fn order(user: UserId, change: Change) -> Order {
    Order {
        change,
        socket: SocketId(1),
        room: room("lobby"),
        by: protocol::ParticipantId(1),
        user,
    }
}

#[tokio::test]
async fn room_from_an_older_version_belongs_to_its_first_author() {
    let folder = TempDir::new().expect("a folder");
    let old = rusqlite::Connection::open(folder.path().join("confab.sqlite")).expect("opened");
    old.execute_batch(include_str!("../migrations/1-begin.sql"))
        .expect("made");
    old.execute_batch(
        "PRAGMA user_version = 1; \
         INSERT INTO accounts (name, name_key, password, created_at) VALUES ('Ann', 'ann', 'x', 1), ('Bea', 'bea', 'x', 1); \
         INSERT INTO messages (room, account, at, entry) VALUES \
             ('lobby', 2, 1, '{\"joined\":{}}'), ('lobby', 1, 2, '{\"joined\":{}}'), ('lobby', 2, 3, '{\"left\":{}}');",
    )
    .expect("written");
    drop(old);
    let store = Store::open(folder.path()).expect("brought up to date");
    assert_eq!(owner(&store, UserId(1)).await, Some(UserId(2)));
}

#[tokio::test]
async fn ownerless_room_goes_to_the_next_user_only_if_open() {
    for (access, next) in [(Access::Open, true), (Access::Locked, false)] {
        let (_folder, store, ann) = with_ann().await;
        let bea = store
            .run(|db| Account::create(db, &read("Bea"), "hash", NOW))
            .await;
        let bea = bea.expect("written").expect("free");
        assert_eq!(owner(&store, ann).await, Some(ann));
        assert_eq!(owner(&store, bea).await, Some(ann));
        let settings = RoomSettings {
            access,
            ..RoomSettings::default()
        };
        let changed = store.run(move |db| {
            let code = PassCode("code".to_owned());
            carry_out(
                db,
                &order(ann, Change::Settings(settings.into(), None)),
                &code,
                Quotas::default(),
                NOW,
            )?;
            Account::delete(db, ann, NOW)
        });
        changed.await.expect("written");
        assert_eq!(owner(&store, bea).await, next.then_some(bea));
    }
}

#[tokio::test]
async fn passes_bans_and_blocks_are_limited() {
    let (_folder, store, ann) = with_ann().await;
    let quotas = Quotas {
        passes_per_room: 1,
        bans_per_room: 1,
        blocked_per_user: 1,
        ..Quotas::default()
    };
    let lasts = Duration::from_secs(60);
    let changes = [
        Change::CreatePass(lasts),
        Change::Ban(ann, lasts),
        Change::Block(ann),
    ];
    for change in changes {
        let mut outcomes = Vec::new();
        for code in ["one", "two"] {
            let (order, code) = (order(ann, change.clone()), PassCode(code.to_owned()));
            let done = store.run(move |db| carry_out(db, &order, &code, quotas, NOW));
            outcomes.push(matches!(done.await.expect("written"), Done::Full));
        }
        assert_eq!(outcomes, [false, true], "{change:?}");
    }
}

#[tokio::test]
async fn changes_leave_other_settings_alone() {
    let (_folder, store, ann) = with_ann().await;
    owner(&store, ann).await;
    let none = RoomChanges::default();
    let changes = [
        RoomChanges {
            access: Some(Access::Locked),
            ..none
        },
        RoomChanges {
            size: Some(8),
            ..none
        },
        RoomChanges {
            guests: Some(true),
            ..none
        },
        none,
    ];
    let mut last = None;
    for changes in changes {
        let done = store.run(move |db| {
            let code = PassCode("code".to_owned());
            let order = order(ann, Change::Settings(changes, None));
            carry_out(db, &order, &code, Quotas::default(), NOW)
        });
        last = Some(done.await.expect("written"));
    }
    let all = RoomSettings {
        access: Access::Locked,
        size: 8,
        guests: true,
    };
    assert!(
        matches!(last, Some(Done::Settings(settings, None)) if settings == all),
        "{last:?}"
    );
}
