//! Coming, going, coming back, and taking over.

use std::time::Duration;

use protocol::{ChatEntry, ErrorCode, InvitationOutcome, LinkCloseReason, ServerMessage, limits};

use super::stage::{Message, Stage, names, opened};
use crate::limits::SEATS_PER_USER;

#[test]
fn who_comes_is_told_who_is_there_and_the_others_are_told_who_comes() {
    let (mut stage, pages) = Stage::with(1);
    let (page, welcome) = stage.enter(2, "lobby", None, false).expect("to be let in");
    assert_eq!(
        welcome.participants.iter().map(|p| p.id).collect::<Vec<_>>(),
        [pages[0].id, page.id]
    );
    assert!(!welcome.resumed);
    assert_eq!(names(&stage.told(&pages[0])), ["participant-joined"]);
    assert_eq!(stage.lines, [("user 2".to_owned(), ChatEntry::Joined {})]);
}

#[test]
fn who_leaves_is_gone_at_once_with_links_and_invitations_ended_before() {
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
fn a_page_that_comes_back_in_time_keeps_its_seat_and_links_and_the_others_see_it_away_and_back() {
    let (mut stage, pages) = Stage::with(3);
    let epoch = stage.link(&pages[0], &pages[1]);
    stage.forget();
    stage.lose(&pages[0]);
    let (_, welcome) = stage.enter(4, "lobby", None, false).expect("to be let in");
    let away = welcome.participants.iter().filter(|p| p.away).map(|p| p.id);
    assert_eq!(away.collect::<Vec<_>>(), [pages[0].id]);
    stage.pass(limits::SEAT_GRACE.saturating_sub(Duration::from_millis(1)));
    stage.lines.clear();
    let key = Some(pages[0].key.clone());
    let (page, welcome) = stage.enter(1, "lobby", key, false).expect("to be let in");
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
fn a_page_that_does_not_come_back_in_time_has_left() {
    let (mut stage, pages) = Stage::with(2);
    stage.lose(&pages[0]);
    assert_eq!(names(&stage.told(&pages[1])), ["participant-away"]);
    assert_eq!(stage.registry.next_deadline(), Some(limits::SEAT_GRACE));
    stage.pass(limits::SEAT_GRACE);
    assert_eq!(names(&stage.told(&pages[1])), ["participant-left"]);
    assert_eq!(stage.lines, [("user 1".to_owned(), ChatEntry::Left {})]);
    assert_eq!(stage.registry.next_deadline(), None);
    let key = Some(pages[0].key.clone());
    let (_, welcome) = stage.enter(1, "lobby", key, false).expect("to be let in");
    assert!(!welcome.resumed);
}

#[test]
fn page_that_says_it_is_closing_has_a_few_seconds_for_a_reload() {
    let (mut stage, pages) = Stage::with(2);
    stage.say(&pages[0], Message::Closing {});
    stage.lose(&pages[0]);
    assert_eq!(stage.registry.next_deadline(), Some(limits::CLOSED_SEAT_GRACE));
    let key = Some(pages[0].key.clone());
    let (page, welcome) = stage.enter(1, "lobby", key, false).expect("to be let in");
    assert!(welcome.resumed, "a page that was loaded anew");
    // A crash of that one is a crash.
    stage.lose(&page);
    assert_eq!(
        stage.registry.next_deadline(),
        Some(stage.now + limits::SEAT_GRACE)
    );
    stage.pass(limits::SEAT_GRACE);
    stage.forget();
    let (page, _) = stage.enter(3, "lobby", None, false).expect("to be let in");
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
fn page_that_goes_on_after_closing_is_not_closing() {
    let (mut stage, pages) = Stage::with(2);
    stage.say(&pages[0], Message::Closing {});
    stage.say(&pages[0], Message::Ping {});
    stage.lose(&pages[0]);
    assert_eq!(stage.registry.next_deadline(), Some(limits::SEAT_GRACE));
}

#[test]
fn closing_while_the_next_page_is_there_already_is_no_news() {
    let (mut stage, pages) = Stage::with(2);
    stage.say(&pages[0], Message::Closing {});
    let key = Some(pages[0].key.clone());
    let (page, _) = stage.enter(1, "lobby", key, false).expect("to be let in");
    stage.lose(&page);
    assert_eq!(stage.registry.next_deadline(), Some(limits::SEAT_GRACE));
}

#[test]
fn the_own_key_opens_a_seat_whose_old_socket_still_seems_to_live() {
    let (mut stage, pages) = Stage::with(2);
    let key = Some(pages[0].key.clone());
    let (page, welcome) = stage.enter(1, "lobby", key, false).expect("to be let in");
    assert!(welcome.resumed);
    assert_eq!(stage.closed, [(pages[0].socket, Some(ErrorCode::SeatTakenOver))]);
    // The old socket's end is no news.
    stage.lose(&pages[0]);
    stage.pass(limits::SEAT_GRACE);
    assert!(stage.told(&pages[1]).is_empty());
    stage.say(&page, Message::Ping {});
    assert_eq!(names(&stage.told(&page)), ["pong"]);
}

#[test]
fn a_second_page_is_refused_until_it_asks_to_take_over() {
    let (mut stage, pages) = Stage::with(2);
    stage.link(&pages[0], &pages[1]);
    stage.forget();
    assert_eq!(
        stage.enter(1, "lobby", None, false).map(|_| ()),
        Err(ErrorCode::SeatOccupied)
    );
    assert!(stage.told(&pages[1]).is_empty());
    stage.forget();
    let (page, welcome) = stage.enter(1, "lobby", None, true).expect("to be let in");
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
fn a_fresh_page_replaces_a_seat_that_waits_without_a_word_in_the_chat() {
    let (mut stage, pages) = Stage::with(2);
    stage.lose(&pages[0]);
    let (page, welcome) = stage.enter(1, "lobby", None, false).expect("to be let in");
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
fn a_foreign_key_opens_nothing() {
    let (mut stage, pages) = Stage::with(2);
    stage.lose(&pages[0]);
    let key = Some(pages[0].key.clone());
    let (page, welcome) = stage.enter(3, "lobby", key, false).expect("to be let in");
    assert!(!welcome.resumed && page.id != pages[0].id);
}

#[test]
fn a_room_and_a_user_have_only_so_many_seats_and_get_them_back() {
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
fn an_empty_room_is_forgotten() {
    let (mut stage, pages) = Stage::with(1);
    stage.say(&pages[0], Message::Leave {});
    assert!(stage.registry.all().is_empty());
    assert!(stage.registry.common.users.seats().is_empty());
}
