//! When the desktop tells of an invitation.

use call_core::{Effect, Event, Intent};
use protocol::{Invitation, InvitationId, Participant, ParticipantId, ServerMessage, UserName};

use crate::entrance::{ann, welcome};
use crate::page::Page;

/// Whether the desktop tells of Bea's invitation, on a page of which something became known before.
fn is_told(known: &[Event]) -> bool {
    let (mut page, _) = Page::open("/room/r", Some(ann()), None);
    page.wish(Intent::EnterPrepared);
    page.says_hello();
    page.hears(welcome());
    page.hears(ServerMessage::ParticipantJoined {
        participant: Participant::new(ParticipantId(2), UserName::parse("Bea").expect("a name")),
    });
    for event in known {
        page.event(event.clone());
    }
    let effects = page.hears(ServerMessage::InvitationRinging {
        invitation: Invitation {
            id: InvitationId(1),
            from: ParticipantId(2),
            to: ParticipantId(1),
            rings_for_ms: 60_000,
        },
    });
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::NotifyInvitation(_)))
}

#[test]
fn focused_page_needs_no_notification() {
    assert!(!is_told(&[]));
    assert!(!is_told(&[Event::PageFocused(false), Event::PageFocused(true)]));
}

#[test]
fn hidden_or_blurred_page_notifies() {
    assert!(is_told(&[Event::PageHidden(true)]));
    assert!(is_told(&[Event::PageFocused(false)]));
}
