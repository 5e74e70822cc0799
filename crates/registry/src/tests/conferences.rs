//! The group call: the mesh, pairs that hang up in it, and leaving.

use protocol::{ErrorCode, ServerMessage, limits};

use super::messages::{closed, names, opened};
use super::stage::{Message, Page, Stage};
use crate::lock::lock;

fn join(stage: &mut Stage, pages: &[Page]) {
    for page in pages {
        stage.say(page, Message::JoinConference {});
    }
}

/// The ids of the peers that a page has links with.
fn peers(stage: &Stage, page: &Page) -> Vec<u64> {
    let name = protocol::RoomName::parse("lobby").expect("a name");
    let shared = stage.registry.find(&name).expect("the room");
    let links = lock(&shared.state).room.links_of(page.id);
    links.iter().map(|link| link.peer.0).collect()
}

#[test]
fn conference_members_are_all_linked() {
    let (mut stage, pages) = Stage::with(4);
    join(&mut stage, &pages[..3]);
    let told = stage.told(&pages[2]);
    assert_eq!(
        names(&told),
        [
            "conference-joined",
            "conference-joined",
            "conference-joined",
            "link-opened",
            "link-opened"
        ]
    );
    assert_eq!(stage.told(&pages[0]).iter().filter_map(opened).count(), 2);
    assert_eq!(names(&stage.told(&pages[3])), ["conference-joined"; 3]);
}

#[test]
fn pair_that_hung_up_stays_apart_until_one_rejoins() {
    let (mut stage, pages) = Stage::with(3);
    join(&mut stage, &pages);
    stage.forget();
    stage.say(&pages[0], Message::HangUp { peer: pages[1].id });
    assert_eq!(
        stage
            .told(&pages[1])
            .iter()
            .filter_map(closed)
            .collect::<Vec<_>>(),
        [pages[0].id]
    );
    assert_eq!(peers(&stage, &pages[0]), [pages[2].id.0]);
    stage.say(&pages[0], Message::LeaveConference {});
    stage.say(&pages[0], Message::JoinConference {});
    assert_eq!(peers(&stage, &pages[0]).len(), 2);
}

#[test]
fn accepted_invitation_relinks_a_pair_that_hung_up() {
    let (mut stage, pages) = Stage::with(2);
    join(&mut stage, &pages);
    stage.say(&pages[0], Message::HangUp { peer: pages[1].id });
    stage.forget();
    stage.link(&pages[1], &pages[0]);
    stage.say(&pages[0], Message::LeaveConference {});
    assert_eq!(peers(&stage, &pages[0]), [pages[1].id.0], "the invitation holds");
    stage.say(&pages[0], Message::JoinConference {});
    stage.say(&pages[1], Message::HangUp { peer: pages[0].id });
    assert!(
        peers(&stage, &pages[0]).is_empty(),
        "hanging up clears both reasons"
    );
}

#[test]
fn invited_call_survives_joining_and_leaving_the_conference() {
    let (mut stage, pages) = Stage::with(3);
    stage.link(&pages[0], &pages[1]);
    stage.forget();
    join(&mut stage, &pages);
    let told = stage.told(&pages[0]);
    assert_eq!(
        told.iter()
            .filter_map(opened)
            .map(|(peer, _)| peer)
            .collect::<Vec<_>>(),
        [pages[2].id]
    );
    stage.say(&pages[0], Message::LeaveConference {});
    let told = stage.told(&pages[0]);
    assert_eq!(told.iter().filter_map(closed).collect::<Vec<_>>(), [pages[2].id]);
    assert_eq!(names(&told), ["link-closed", "conference-left"]);
}

#[test]
fn leaving_the_room_leaves_the_conference_first() {
    let (mut stage, pages) = Stage::with(2);
    join(&mut stage, &pages);
    stage.forget();
    stage.say(&pages[0], Message::Leave {});
    assert_eq!(
        names(&stage.told(&pages[1])),
        ["link-closed", "conference-left", "participant-left"]
    );
}

#[test]
fn double_joins_and_leaves_and_a_full_conference_are_refused() {
    let most = limits::CONFERENCE_PARTICIPANTS;
    let (mut stage, pages) = Stage::with(i64::try_from(most + 1).expect("few"));
    stage.say(&pages[0], Message::LeaveConference {});
    assert_eq!(stage.refusal(&pages[0]), ErrorCode::NotInConference);
    join(&mut stage, &pages[..most]);
    stage.forget();
    stage.say(&pages[0], Message::JoinConference {});
    assert_eq!(stage.refusal(&pages[0]), ErrorCode::AlreadyInConference);
    stage.say(&pages[most], Message::JoinConference {});
    assert_eq!(stage.refusal(&pages[most]), ErrorCode::ConferenceFull);
}

#[test]
fn joining_needs_room_for_the_links() {
    let most = limits::PARTICIPANT_LINKS;
    let (mut stage, pages) = Stage::with(i64::try_from(most + 2).expect("few"));
    for page in &pages[1..=most] {
        stage.link(&pages[0], page);
    }
    stage.say(&pages[most + 1], Message::JoinConference {});
    stage.forget();
    stage.say(&pages[0], Message::JoinConference {});
    assert_eq!(stage.refusal(&pages[0]), ErrorCode::TooManyLinks);
    stage.say(&pages[1], Message::JoinConference {});
    let told = stage.told(&pages[1]);
    assert!(
        told.iter()
            .any(|message| matches!(message, ServerMessage::ConferenceJoined { .. }))
    );
}
