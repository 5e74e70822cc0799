//! Concurrency of rooms: none waits for another, and one that closes while a user enters is created again.

use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use protocol::{ClientMessage, ErrorCode, RoomName, SeatKey, ServerMessage, UnixMillis, UserName};

use crate::checks::{check, hashed};
use crate::{Bounds, Door, Entry, History, Output, Registry, SharedRoom, SocketId, Timings, UserId};

/// Time limit for a thread that should wait for nothing.
const SOON: Duration = Duration::from_secs(30);

fn registry(bounds: Bounds) -> Registry<()> {
    Registry::new(Timings::default(), bounds, 0)
}

fn name(room: &str) -> RoomName {
    RoomName::parse(room).expect("a name")
}

fn entry(number: u64) -> Entry {
    Entry {
        socket: SocketId(number),
        user: UserId(i64::try_from(number).expect("few")),
        name: UserName::parse(&format!("user {number}")).expect("a name"),
        guest: false,
        seat: None,
        take_over: false,
        fresh_key: hashed(SeatKey(format!("key {number}"))),
        history: History::default(),
        door: Door::default(),
    }
}

/// Enters a room and checks for the welcome.
fn enter(registry: &Registry<()>, room: &str, number: u64) -> Arc<SharedRoom<()>> {
    let turned = registry.open(&name(room), Duration::ZERO, |shared, open| {
        (Arc::clone(shared), open.enter(entry(number)))
    });
    let (shared, outputs) = turned.result;
    let welcomed = outputs.iter().any(|output| {
        matches!(output, Output::Send { to, message }
            if *to == [SocketId(number)] && matches!(**message, ServerMessage::Welcome(_)))
    });
    assert!(welcomed, "{number} in {room}: {outputs:?}");
    shared
}

fn closes(outputs: &[Output], with: ErrorCode) -> bool {
    outputs
        .iter()
        .any(|output| matches!(output, Output::Close { code, .. } if *code == Some(with)))
}

fn leave(registry: &Registry<()>, shared: &SharedRoom<()>, number: u64) {
    registry.turn(shared, Duration::ZERO, |open| {
        open.handle_message(SocketId(number), ClientMessage::Leave {})
    });
}

#[test]
fn locked_room_blocks_no_other() {
    let registry = registry(Bounds::default());
    let lobby = enter(&registry, "lobby", 1);
    let (done, is_done) = mpsc::channel();
    thread::scope(|threads| {
        registry.turn(&lobby, Duration::ZERO, |_| {
            threads.spawn(|| {
                let hall = enter(&registry, "hall", 2);
                let outputs = registry.turn(&hall, Duration::ZERO, |open| {
                    open.handle_message(SocketId(2), ClientMessage::Ping {})
                });
                assert!(matches!(&outputs.result[..], [Output::Send { .. }]));
                assert!(registry.due(Duration::ZERO).is_empty());
                leave(&registry, &hall, 2);
                let _ = done.send(());
            });
            assert_eq!(is_done.recv_timeout(SOON), Ok(()), "the other room waits");
        });
    });
}

#[test]
fn room_closing_during_entry_is_created_again() {
    let registry = registry(Bounds::default());
    thread::scope(|threads| {
        for thread in 0..4 {
            let registry = &registry;
            threads.spawn(move || {
                for round in 0..500 {
                    let number = 1 + thread + 4 * round;
                    let shared = enter(registry, "lobby", number);
                    leave(registry, &shared, number);
                }
            });
        }
    });
    check(&registry);
    assert!(registry.all().is_empty());
}

#[test]
fn concurrent_seats_of_a_user_are_limited_over_all_rooms() {
    let most = 3;
    let registry = registry(Bounds {
        seats_per_user: most,
        ..Bounds::default()
    });
    let refused = thread::scope(|threads| {
        let tries: Vec<_> = (0..8_u64)
            .map(|thread| {
                let registry = &registry;
                threads.spawn(move || {
                    let entry = Entry {
                        user: UserId(1),
                        ..entry(1 + thread)
                    };
                    let room = name(&format!("room-{thread}"));
                    let turned = registry.open(&room, Duration::ZERO, |_, open| open.enter(entry));
                    closes(&turned.result, ErrorCode::ServerBusy)
                })
            })
            .collect();
        tries
            .into_iter()
            .map(|tried| tried.join().expect("no panic"))
            .filter(|refused| *refused)
            .count()
    });
    assert_eq!(refused, 5);
    check(&registry);
    assert_eq!(registry.figures().rooms, 3);
}

#[test]
fn number_of_rooms_is_limited() {
    let registry = registry(Bounds {
        rooms: 1,
        ..Bounds::default()
    });
    let lobby = enter(&registry, "lobby", 1);
    let come = |entry| {
        let turned = registry.open(&name("hall"), Duration::ZERO, |_, open| open.enter(entry));
        turned.result
    };
    assert!(closes(&come(entry(3)), ErrorCode::ServerBusy));
    let mut banned = entry(3);
    banned.door.standing.banned_until = Some(UnixMillis(1));
    assert!(
        closes(&come(banned), ErrorCode::Banned),
        "admission is checked first"
    );
    check(&registry);
    assert_eq!(registry.figures().rooms, 1);
    enter(&registry, "lobby", 2);
    leave(&registry, &lobby, 1);
    leave(&registry, &lobby, 2);
    enter(&registry, "hall", 3);
}
