//! Restoring rooms after the server was killed. The stage checks after each step of every test that every
//! change is in the snapshot.

use std::time::Duration;

use protocol::{LinkCloseReason, ServerMessage, limits};

use super::messages::{closed, names, opened};
use super::stage::{Message, Page, Stage};

/// Resumes a seat.
fn back(stage: &mut Stage, user: i64, page: &Page) -> (Page, protocol::Welcome) {
    let key = Some(page.key.clone());
    stage.enter(user, "lobby", key, false).expect("admitted")
}

#[test]
fn seats_links_and_conference_survive_a_restart() {
    let (mut stage, pages) = Stage::with(4);
    let invited = stage.link(&pages[0], &pages[1]);
    for page in &pages[..3] {
        stage.say(page, Message::JoinConference {});
    }
    stage.say(&pages[1], Message::HangUp { peer: pages[2].id });
    stage.restart(Duration::from_secs(3600));

    let (ann, welcome) = back(&mut stage, 1, &pages[0]);
    assert!(welcome.resumed);
    assert_eq!((ann.id, &ann.key), (pages[0].id, &pages[0].key));
    let away = welcome.participants.iter().filter(|p| p.away).map(|p| p.id);
    assert_eq!(away.collect::<Vec<_>>(), [pages[1].id, pages[2].id, pages[3].id]);
    assert_eq!(welcome.conference, [pages[0].id, pages[1].id, pages[2].id]);
    let links: Vec<_> = welcome.links.iter().map(|link| link.peer).collect();
    assert_eq!(links, [pages[1].id, pages[2].id]);
    assert_eq!(welcome.links[0].epoch, invited);

    let (bea, welcome) = back(&mut stage, 2, &pages[1]);
    let links: Vec<_> = welcome.links.iter().map(|link| link.peer).collect();
    assert_eq!(links, [pages[0].id], "a pair that hung up stays apart");
    let told = stage.told(&ann);
    assert_eq!(names(&told), ["participant-back", "link-opened"]);
    assert_eq!(opened(&told[1]), Some((bea.id, invited)));

    // As before the restart, the invited call outlives the group call.
    stage.say(&bea, Message::LeaveConference {});
    assert!(stage.told(&ann).iter().all(|message| closed(message).is_none()));
    assert!(stage.lines.iter().all(|(name, _)| name != "user 4"));

    stage.pass(limits::SEAT_GRACE);
    let told = stage.told(&ann);
    let gone = told.iter().filter_map(|message| match message {
        ServerMessage::ParticipantLeft { participant } => Some(*participant),
        _ => None,
    });
    assert_eq!(gone.collect::<Vec<_>>(), [pages[2].id, pages[3].id]);
    assert!(told.iter().any(|message| matches!(
        message,
        ServerMessage::LinkClosed { link, reason: LinkCloseReason::ParticipantLeft } if link.peer == pages[2].id
    )));
    stage.say(&ann, Message::Leave {});
    stage.say(&bea, Message::Leave {});
    assert!(stage.disk.is_empty());
}

#[test]
fn invitations_ring_on_after_a_restart() {
    let (mut stage, pages) = Stage::with(2);
    let invitation = stage.ring(&pages[0], &pages[1]);
    stage.restart(Duration::from_secs(10));
    let (bea, welcome) = back(&mut stage, 2, &pages[1]);
    let left = limits::INVITATION_RINGS.saturating_sub(Duration::from_secs(10));
    assert_eq!(welcome.invitations.len(), 1);
    assert_eq!(welcome.invitations[0].id, invitation);
    assert_eq!(u128::from(welcome.invitations[0].rings_for_ms), left.as_millis());
    stage.pass(left);
    assert_eq!(names(&stage.told(&bea)), ["invitation-ended"]);
}

#[test]
fn ids_are_not_reused_after_a_restart() {
    let (mut stage, pages) = Stage::with(2);
    let epoch = stage.link(&pages[0], &pages[1]);
    stage.restart(Duration::ZERO);
    let newcomer = stage.join(3);
    assert!(newcomer.id.0 > epoch.0);
}

#[test]
fn another_seats_key_resumes_nothing_after_a_restart() {
    let (mut stage, pages) = Stage::with(2);
    stage.restart(Duration::ZERO);
    let (_, welcome) = back(&mut stage, 1, &pages[1]);
    assert!(!welcome.resumed);
    assert!(
        !serde_json::to_string(&stage.disk.values().collect::<Vec<_>>())
            .expect("JSON")
            .contains(&pages[1].key.0)
    );
}
