//! Desktop notifications of invitations.

use call_core::{AlertOrder, CallIntent, Effect, Event, PageEvent, RoomIntent};
use protocol::{InvitationId, ParticipantId};

use crate::page::{Page, ann, joins, rings, welcome};

const ANN: ParticipantId = ParticipantId(1);
const BEA: ParticipantId = ParticipantId(2);

/// Ann's page, in a room with Bea.
fn beside_bea() -> Page {
    let (mut page, _) = Page::open("/room/r", Some(ann()), None);
    page.wish(RoomIntent::EnterPrepared);
    page.says_hello();
    page.hears(welcome());
    page.hears(joins(BEA, "Bea"));
    page
}

/// Whether Bea's invitation leads to a desktop notification after these events.
fn is_told(known: &[Event]) -> bool {
    let mut page = beside_bea();
    for event in known {
        page.event(event.clone());
    }
    notifies(&page.hears(rings(1, BEA, ANN)))
}

fn notifies(effects: &[Effect]) -> bool {
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::Alert(AlertOrder::NotifyInvitation(_))))
}

#[test]
fn focused_page_needs_no_notification() {
    assert!(!is_told(&[]));
    assert!(!is_told(&[
        Event::Page(PageEvent::Focused(false)),
        Event::Page(PageEvent::Focused(true))
    ]));
}

#[test]
fn own_invitation_gives_no_notification() {
    let mut page = beside_bea();
    page.event(Event::Page(PageEvent::Hidden(true)));
    let effects = page.hears(rings(1, ANN, BEA));
    assert!(!notifies(&effects), "{effects:?}");
}

#[test]
fn hidden_or_blurred_page_notifies() {
    assert!(is_told(&[Event::Page(PageEvent::Hidden(true))]));
    assert!(is_told(&[Event::Page(PageEvent::Focused(false))]));
}

#[test]
fn silenced_tone_is_shown_until_it_ends() {
    let mut page = beside_bea();
    let muted = |page: &Page| page.0.view().invitations.muted;
    page.hears(rings(1, BEA, ANN));
    assert!(!muted(&page), "not known yet");
    page.event(Event::RingMuted(true));
    assert!(muted(&page));
    page.wish(CallIntent::DeclineInvitation(InvitationId(1)));
    page.hears(rings(2, BEA, ANN));
    assert!(!muted(&page), "not known yet for another tone");
}
