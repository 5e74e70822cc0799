//! Entering, leaving, coming back, and taking over.

use std::time::Duration;

use protocol::{ChatEntry, ErrorCode, InvitationOutcome, LinkCloseReason, ServerMessage, limits};

use super::messages::{names, opened};
use super::stage::{Message, Stage};
use crate::limits::SEATS_PER_USER;

#[test]
fn newcomer_and_others_learn_of_each_other() {
    let (mut stage, pages) = Stage::with(1);
    let (page, welcome) = stage.enter(2, "lobby", None, false).expect("admitted");
    assert_eq!(
        welcome.participants.iter().map(|p| p.id).collect::<Vec<_>>(),
        [pages[0].id, page.id]
    );
    assert!(!welcome.resumed);
    assert_eq!(names(&stage.told(&pages[0])), ["participant-joined"]);
    assert_eq!(stage.lines, [("user 2".to_owned(), ChatEntry::Joined {})]);
}

#[test]
fn leaving_ends_links_and_invitations_first() {
    let (mut stage, pages) = Stage::with(3);
    stage.link(&pages[0], &pages[1]);
    stage.ring(&pages[2], &pages[0]);
    stage.forget();
    stage.say(&pages[0], Message::Leave {});
    assert_eq!(stage.closed, [(pages[0].socket, None)]);
    let told = stage.told(&pages[1]);
    assert_eq!(names(&told), ["link-closed", "participant-left"]);
    assert!(matches!(
        told[0],
        ServerMessage::LinkClosed {
            reason: LinkCloseReason::ParticipantLeft,
            ..
        }
    ));
    let told = stage.told(&pages[2]);
    assert_eq!(names(&told), ["invitation-ended", "participant-left"]);
    assert!(matches!(
        told[0],
        ServerMessage::InvitationEnded {
            outcome: InvitationOutcome::Withdrawn,
            ..
        }
    ));
    let entries: Vec<_> = stage.lines.iter().map(|(_, entry)| entry.clone()).collect();
    assert!(
        matches!(
            entries.as_slice(),
            [ChatEntry::CallEnded { .. }, ChatEntry::Left {}]
        ),
        "{entries:?}"
    );
}

#[test]
fn page_back_in_time_keeps_seat_and_links() {
    let (mut stage, pages) = Stage::with(3);
    let epoch = stage.link(&pages[0], &pages[1]);
    stage.forget();
    stage.lose(&pages[0]);
    let (_, welcome) = stage.enter(4, "lobby", None, false).expect("admitted");
    let away = welcome.participants.iter().filter(|p| p.away).map(|p| p.id);
    assert_eq!(away.collect::<Vec<_>>(), [pages[0].id]);
    stage.pass(limits::SEAT_GRACE.saturating_sub(Duration::from_millis(1)));
    stage.lines.clear();
    let key = Some(pages[0].key.clone());
    let (page, welcome) = stage.enter(1, "lobby", key, false).expect("admitted");
    assert!(welcome.resumed && welcome.participants.iter().all(|p| !p.away));
    assert_eq!((page.id, welcome.links.len()), (pages[0].id, 1));
    assert_eq!(welcome.links[0].epoch, epoch);
    stage.pass(limits::SEAT_GRACE * 2);
    let told = stage.told(&pages[1]);
    assert_eq!(
        told.iter().filter_map(opened).collect::<Vec<_>>(),
        [(page.id, epoch)]
    );
    let seen = ["participant-away", "participant-joined", "participant-back"];
    assert_eq!(names(&told), [&seen[..], &["link-opened"]].concat());
    assert_eq!(names(&stage.told(&pages[2])), seen);
    assert!(stage.lines.is_empty());
}

#[test]
fn page_not_back_in_time_has_left() {
    let (mut stage, pages) = Stage::with(2);
    stage.lose(&pages[0]);
    assert_eq!(names(&stage.told(&pages[1])), ["participant-away"]);
    assert_eq!(stage.registry.next_deadline(), Some(limits::SEAT_GRACE));
    stage.pass(limits::SEAT_GRACE);
    assert_eq!(names(&stage.told(&pages[1])), ["participant-left"]);
    assert_eq!(stage.lines, [("user 1".to_owned(), ChatEntry::Left {})]);
    assert_eq!(stage.registry.next_deadline(), None);
    let key = Some(pages[0].key.clone());
    let (_, welcome) = stage.enter(1, "lobby", key, false).expect("admitted");
    assert!(!welcome.resumed);
}

#[test]
fn closing_page_has_a_few_seconds_to_reload() {
    let (mut stage, pages) = Stage::with(2);
    stage.say(&pages[0], Message::Closing {});
    stage.lose(&pages[0]);
    assert_eq!(stage.registry.next_deadline(), Some(limits::CLOSED_SEAT_GRACE));
    let key = Some(pages[0].key.clone());
    let (page, welcome) = stage.enter(1, "lobby", key, false).expect("admitted");
    assert!(welcome.resumed, "a reloaded page");
    // A crash of the reloaded page gets the full grace period.
    stage.lose(&page);
    assert_eq!(
        stage.registry.next_deadline(),
        Some(stage.now + limits::SEAT_GRACE)
    );
    stage.pass(limits::SEAT_GRACE);
    stage.forget();
    let (page, _) = stage.enter(3, "lobby", None, false).expect("admitted");
    stage.say(&page, Message::Closing {});
    stage.forget();
    stage.lose(&page);
    stage.pass(limits::CLOSED_SEAT_GRACE);
    assert_eq!(
        names(&stage.told(&pages[1])),
        ["participant-away", "participant-left"]
    );
}

#[test]
fn message_after_closing_cancels_it() {
    let (mut stage, pages) = Stage::with(2);
    stage.say(&pages[0], Message::Closing {});
    stage.say(&pages[0], Message::Ping {});
    stage.lose(&pages[0]);
    assert_eq!(stage.registry.next_deadline(), Some(limits::SEAT_GRACE));
}

#[test]
fn closing_does_not_affect_the_next_page() {
    let (mut stage, pages) = Stage::with(2);
    stage.say(&pages[0], Message::Closing {});
    let key = Some(pages[0].key.clone());
    let (page, _) = stage.enter(1, "lobby", key, false).expect("admitted");
    stage.lose(&page);
    assert_eq!(stage.registry.next_deadline(), Some(limits::SEAT_GRACE));
}

#[test]
fn own_key_resumes_a_seat_with_a_stale_socket() {
    let (mut stage, pages) = Stage::with(2);
    let key = Some(pages[0].key.clone());
    let (page, welcome) = stage.enter(1, "lobby", key, false).expect("admitted");
    assert!(welcome.resumed);
    assert_eq!(stage.closed, [(pages[0].socket, Some(ErrorCode::SeatTakenOver))]);
    // The end of the old socket changes nothing.
    stage.lose(&pages[0]);
    stage.pass(limits::SEAT_GRACE);
    assert!(stage.told(&pages[1]).is_empty());
    stage.say(&page, Message::Ping {});
    assert_eq!(names(&stage.told(&page)), ["pong"]);
}

#[test]
fn second_page_is_refused_unless_it_takes_over() {
    let (mut stage, pages) = Stage::with(2);
    stage.link(&pages[0], &pages[1]);
    stage.forget();
    assert_eq!(
        stage.enter(1, "lobby", None, false).map(|_| ()),
        Err(ErrorCode::SeatOccupied)
    );
    assert!(stage.told(&pages[1]).is_empty());
    stage.forget();
    let (page, welcome) = stage.enter(1, "lobby", None, true).expect("admitted");
    assert!(!welcome.resumed && welcome.links.is_empty());
    assert_ne!(page.id, pages[0].id);
    assert_eq!(stage.closed, [(pages[0].socket, Some(ErrorCode::SeatTakenOver))]);
    assert_eq!(
        names(&stage.told(&pages[1])),
        ["link-closed", "participant-left", "participant-joined"]
    );
    assert!(
        !stage
            .lines
            .iter()
            .any(|(_, entry)| matches!(entry, ChatEntry::Joined {} | ChatEntry::Left {}))
    );
}

#[test]
fn new_page_replaces_a_held_seat_without_chat_entry() {
    let (mut stage, pages) = Stage::with(2);
    stage.lose(&pages[0]);
    let (page, welcome) = stage.enter(1, "lobby", None, false).expect("admitted");
    assert!(!welcome.resumed && page.id != pages[0].id);
    assert_eq!(
        names(&stage.told(&pages[1])),
        ["participant-away", "participant-left", "participant-joined"]
    );
    assert!(stage.lines.is_empty());
    stage.pass(limits::SEAT_GRACE);
    assert!(stage.told(&pages[1]).is_empty());
}

#[test]
fn another_users_key_resumes_nothing() {
    let (mut stage, pages) = Stage::with(2);
    stage.lose(&pages[0]);
    let key = Some(pages[0].key.clone());
    let (page, welcome) = stage.enter(3, "lobby", key, false).expect("admitted");
    assert!(!welcome.resumed && page.id != pages[0].id);
}

#[test]
fn seats_per_room_and_user_are_limited_and_returned() {
    let (mut stage, pages) = Stage::with(i64::try_from(limits::ROOM_PARTICIPANTS).expect("few"));
    assert_eq!(
        stage.enter(1000, "lobby", None, false).map(|_| ()),
        Err(ErrorCode::RoomFull)
    );
    stage.say(&pages[0], Message::Leave {});
    assert!(stage.enter(1000, "lobby", None, false).is_ok());

    let mut last = None;
    for room in 1..SEATS_PER_USER {
        last = stage.enter(1000, &format!("room-{room}"), None, false).ok();
    }
    assert_eq!(
        stage.enter(1000, "one-more", None, false).map(|_| ()),
        Err(ErrorCode::ServerBusy)
    );
    let (page, _) = last.expect("a seat");
    stage.say(&page, Message::Leave {});
    assert!(stage.enter(1000, "one-more", None, false).is_ok());
}

#[test]
fn empty_room_is_removed() {
    let (mut stage, pages) = Stage::with(1);
    stage.say(&pages[0], Message::Leave {});
    assert!(stage.registry.all().is_empty());
    assert!(stage.registry.common.users.seats().is_empty());
}
