//! A call within one page: both ends belong to one core, over one simulated browser.

use call_core::{
    Device, DeviceOrder, Effect, End, Event, Intent, Lab, LabIntent, LoopbackState, NewConnection, PageEvent,
    PageOrder, PageView, PeerEvent, PeerOrder, RoomIntent, Step, Timer,
};
use protocol::SdpType;

use super::page::{Page, given};

#[test]
fn steps_are_traced_in_order() {
    let page = Page::in_call();
    assert_eq!(page.lab().loopback.state, LoopbackState::Connected);
    let (this, that) = (Some(End::This), Some(End::That));
    let opened = |device| Step::DeviceOpened(device, Some(given(device)));
    let expected = [
        (None, Step::DevicesAsked),
        (None, opened(Device::Camera)),
        (None, opened(Device::Microphone)),
        (None, Step::Called),
        (this, Step::ConnectionMade),
        (that, Step::ConnectionMade),
        (this, Step::NegotiationNeeded),
        (this, Step::LocalBegun(SdpType::Offer)),
        (this, Step::LocalDone(SdpType::Offer)),
        (this, Step::Handed(SdpType::Offer)),
        (that, Step::RemoteBegun(SdpType::Offer)),
        (that, Step::RemoteDone(SdpType::Offer)),
        (that, Step::LocalBegun(SdpType::Answer)),
        (that, Step::LocalDone(SdpType::Answer)),
        (that, Step::Handed(SdpType::Answer)),
        (this, Step::RemoteBegun(SdpType::Answer)),
        (this, Step::RemoteDone(SdpType::Answer)),
    ];
    let steps = page.steps();
    let mut rest = steps.iter();
    for step in &expected {
        assert!(
            rest.any(|taken| taken == step),
            "{step:?} is missing or out of order in {steps:#?}"
        );
    }
    let pictures = steps.iter().filter(|(_, step)| {
        *step
            == Step::FirstFrame {
                width: 640,
                height: 480,
            }
    });
    assert_eq!(pictures.count(), 2, "one at each end");
    let set_up = steps.iter().filter(|(_, step)| matches!(step, Step::SetUp(_)));
    assert_eq!(set_up.count(), 1);
    let trace = page.lab().loopback.trace.clone();
    assert!(
        trace.is_sorted_by_key(|entry| entry.at),
        "timestamps must not decrease"
    );
}

#[test]
fn only_one_end_offers_and_both_receive_candidates() {
    let page = Page::in_call();
    let offers = page.orders.iter().filter(|order| {
        matches!(
            order,
            Effect::Peer {
                order: PeerOrder::Open(NewConnection { offers: true, .. }),
                ..
            }
        )
    });
    assert_eq!(offers.count(), 1);
    let taken = page.orders.iter().filter(|order| {
        matches!(
            order,
            Effect::Peer {
                order: PeerOrder::AddIceCandidate(_),
                ..
            }
        )
    });
    assert_eq!(taken.count(), 4);
}

#[test]
fn hanging_up_closes_both_ends_and_the_devices() {
    let mut page = Page::in_call();
    page.wish(LabIntent::HangUpLoopback);
    assert_eq!((page.browser.opened, page.browser.closed), (2, 2));
    let devices = page
        .orders
        .iter()
        .filter(|order| matches!(order, Effect::Devices(DeviceOrder::Close(_))));
    assert_eq!(devices.count(), 2);
    assert_eq!(
        page.steps().last(),
        Some(&(None, Step::HungUp)),
        "the trace stays readable"
    );
    assert_eq!(page.lab().loopback.state, LoopbackState::Idle);
}

#[test]
fn leaving_the_page_closes_both_ends() {
    for leave in [Intent::from(LabIntent::Close), RoomIntent::Leave.into()] {
        let mut page = Page::in_call();
        page.wish(leave);
        assert_eq!((page.browser.opened, page.browser.closed), (2, 2));
    }
    let mut page = Page::in_call();
    page.give(Event::Page(PageEvent::PathChanged("/".to_owned())).into());
    assert_eq!((page.browser.opened, page.browser.closed), (2, 2));
}

#[test]
fn events_of_an_earlier_call_are_ignored() {
    let mut page = Page::in_call();
    let stale = page
        .orders
        .iter()
        .find_map(|order| match order {
            Effect::Peer {
                peer,
                epoch,
                order: PeerOrder::Open(_),
            } => Some((*peer, *epoch)),
            _ => None,
        })
        .expect("a connection");
    page.wish(LabIntent::HangUpLoopback);
    page.wish(LabIntent::StartLoopback);
    page.settle();
    page.wish(LabIntent::CallLoopback);
    let before = page.steps();
    let (peer, epoch) = stale;
    page.give(
        Event::Peer {
            peer,
            epoch,
            event: PeerEvent::NegotiationNeeded,
        }
        .into(),
    );
    page.give(Event::TimerFired(Timer::RecoveryTimeout(peer, epoch)).into());
    assert_eq!(page.steps(), before);
}

#[test]
fn failed_call_is_closed_and_can_be_retried() {
    let mut page = Page::at("/check/connection", None);
    page.wish(LabIntent::StartLoopback);
    page.settle();
    page.wish(LabIntent::CallLoopback);
    let (this, that) = page.ends().expect("a call");
    let epoch = page.lab().loopback.arrives.expect("a call").1;
    page.due.clear();
    page.give(Event::TimerFired(Timer::RecoveryTimeout(that, epoch)).into());
    assert_eq!(page.steps().last(), Some(&(None, Step::GaveUp)));
    assert_eq!((page.browser.opened, page.browser.closed), (2, 2));
    assert_eq!(page.lab().loopback.state, LoopbackState::Ready);
    page.wish(LabIntent::CallLoopback);
    page.settle();
    assert_eq!(page.lab().loopback.state, LoopbackState::Connected);
    assert!(page.browser.peer(this).is_some());
}

#[test]
fn moving_within_the_page_keeps_the_call() {
    let mut page = Page::in_call();
    page.give(Event::Page(PageEvent::PathChanged("/check/connection".to_owned())).into());
    assert_eq!(page.lab().loopback.state, LoopbackState::Connected);
    assert_eq!(page.browser.closed, 0);
}

#[test]
fn lab_needs_no_account_and_closes_to_sign_in() {
    let mut page = Page::at("/check/connection", None);
    assert_eq!(page.core.view().page, PageView::Lab(Lab::Connection));
    page.wish(LabIntent::Close);
    assert!(matches!(page.core.view().page, PageView::SignIn { .. }));
    assert!(
        page.orders
            .contains(&Effect::Page(PageOrder::ShowPath("/".to_owned(), true)))
    );
}
