//! "Check my connection": a call within one page, whose two ends are one core's, over one simulated browser.

use std::collections::VecDeque;

use call_core::{
    ApiAnswer, ApiCall, Beginning, CallIntent, CheckState, Core, Device, DeviceChoices, DeviceEvent,
    DeviceOrder, Effect, End, Event, Intent, Lab, LabEvent, LabIntent, LabOrder, LabView, LoopbackState,
    Moment, Notice, NoticeBody, OpenDevice, PageEvent, PageOrder, PageView, PeerEvent, PeerOrder, ProbeFact,
    RequestId, RoomIntent, Step, Timer, TrackSettings,
};
use protocol::http::{IceServer, IceServers, SignedIn};
use protocol::{ParticipantId, SdpType, SessionToken, UnixMillis, UserName};

use sim::{Browser, World};

/// What the browser tells of a device that is open.
fn given(device: Device) -> OpenDevice {
    OpenDevice {
        device,
        id: "first".to_owned(),
        label: "First".to_owned(),
        settings: TrackSettings::default(),
    }
}

/// A page at a lab, with its browser.
struct Page {
    core: Core,
    browser: Browser,
    now: u64,
    /// Events that are yet to reach the core.
    due: VecDeque<Event>,
    /// Every order.
    orders: Vec<Effect>,
}

impl Page {
    fn at(path: &str, session: Option<SignedIn>) -> Self {
        let mut page = Self {
            core: Core::new(),
            browser: Browser::default(),
            now: 5_000,
            due: VecDeque::new(),
            orders: Vec::new(),
        };
        page.give(
            Event::Page(PageEvent::Started(Box::new(Beginning {
                path: path.to_owned(),
                session,
                room: None,
                seat: None,
                devices: DeviceChoices::default(),
            })))
            .into(),
        );
        page
    }

    fn give(&mut self, input: call_core::Input) {
        self.now += 3;
        let moment = Moment {
            now: UnixMillis(self.now),
            random: 4,
        };
        let effects = self.core.handle(moment, input);
        assert_eq!(*self.core.view(), self.core.whole_view(), "a change is not shown");
        for effect in effects {
            self.orders.push(effect.clone());
            match effect {
                Effect::Devices(DeviceOrder::Open { request, .. }) => {
                    self.due.push_back(Event::Devices(DeviceEvent::Opened {
                        request,
                        open: [Device::Camera, Device::Microphone].map(given).to_vec(),
                    }));
                }
                Effect::Peer {
                    peer,
                    epoch,
                    order: PeerOrder::AwaitPicture,
                } => self.due.push_back(Event::Peer {
                    peer,
                    epoch,
                    event: PeerEvent::PictureArrived {
                        width: 640,
                        height: 480,
                    },
                }),
                Effect::Peer { peer, epoch, order } => {
                    self.due.extend(self.browser.carry_out(peer, epoch, order));
                }
                _ => {}
            }
        }
    }

    fn wish(&mut self, intent: impl Into<Intent>) {
        self.give(call_core::Input::from(intent));
    }

    /// Everything happens that is due; the ends connect as soon as their descriptions match.
    fn settle(&mut self) {
        while let Some(event) = self.due.pop_front() {
            self.give(event.into());
            if let Some((this, that)) = self.ends()
                && Browser::match_up(&self.browser, that, &self.browser, this)
            {
                for id in [this, that] {
                    let events = self.browser.connected(id);
                    self.due.extend(events);
                }
            }
        }
    }

    /// The ids under which the ends hold their connections.
    fn ends(&self) -> Option<(ParticipantId, ParticipantId)> {
        let (this, _) = self.lab().loopback.arrives?;
        Some((this, ParticipantId(this.0 + 1)))
    }

    fn lab(&self) -> LabView {
        self.core.view().lab.clone()
    }

    fn steps(&self) -> Vec<(Option<End>, Step)> {
        let trace = self.lab().loopback.trace.clone();
        trace.into_iter().map(|entry| (entry.end, entry.step)).collect()
    }

    fn in_call() -> Self {
        let mut page = Self::at("/check/connection", None);
        page.wish(LabIntent::StartLoopback);
        page.settle();
        page.wish(LabIntent::CallLoopback);
        page.settle();
        page
    }
}

fn ann() -> SignedIn {
    SignedIn {
        guest_of: None,
        token: Some(SessionToken("token".to_owned())),
        name: UserName::parse("Ann").expect("a name"),
    }
}

#[test]
fn each_step_of_the_call_is_traced_in_the_order_in_which_it_was_taken() {
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
            == Step::FirstPicture {
                width: 640,
                height: 480,
            }
    });
    assert_eq!(pictures.count(), 2, "one at each end");
    let set_up = steps.iter().filter(|(_, step)| matches!(step, Step::SetUp(_)));
    assert_eq!(set_up.count(), 1);
    let trace = page.lab().loopback.trace.clone();
    assert!(trace.is_sorted_by_key(|entry| entry.at), "time goes on");
}

#[test]
fn only_the_offering_end_offers_and_both_hear_of_each_others_ways() {
    let page = Page::in_call();
    let offers = page.orders.iter().filter(|order| {
        matches!(
            order,
            Effect::Peer {
                order: PeerOrder::Open { offers: true, .. },
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
fn hanging_up_closes_both_ends_and_gives_the_devices_back() {
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
        "the trace stays to be read"
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
fn what_comes_of_an_earlier_call_is_not_traced_and_changes_nothing() {
    let mut page = Page::in_call();
    let stale = page
        .orders
        .iter()
        .find_map(|order| match order {
            Effect::Peer {
                peer,
                epoch,
                order: PeerOrder::Open { .. },
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
    page.give(Event::TimerFired(Timer::LinkLate(peer, epoch)).into());
    assert_eq!(page.steps(), before);
}

#[test]
fn a_connection_that_cannot_be_made_is_given_up_closed_and_can_be_tried_again() {
    let mut page = Page::at("/check/connection", None);
    page.wish(LabIntent::StartLoopback);
    page.settle();
    page.wish(LabIntent::CallLoopback);
    let (this, that) = page.ends().expect("a call");
    let epoch = page.lab().loopback.arrives.expect("a call").1;
    page.due.clear();
    page.give(Event::TimerFired(Timer::LinkLate(that, epoch)).into());
    assert_eq!(page.steps().last(), Some(&(None, Step::GaveUp)));
    assert_eq!((page.browser.opened, page.browser.closed), (2, 2));
    assert_eq!(page.lab().loopback.state, LoopbackState::Ready);
    page.wish(LabIntent::CallLoopback);
    page.settle();
    assert_eq!(page.lab().loopback.state, LoopbackState::Connected);
    assert!(page.browser.peer(this).is_some());
}

#[test]
fn a_step_to_another_part_of_the_page_ends_nothing() {
    let mut page = Page::in_call();
    page.give(Event::Page(PageEvent::PathChanged("/check/connection".to_owned())).into());
    assert_eq!(page.lab().loopback.state, LoopbackState::Connected);
    assert_eq!(page.browser.closed, 0);
}

#[test]
fn a_lab_is_shown_without_an_account_and_back_leads_to_the_door() {
    let mut page = Page::at("/check/connection", None);
    assert_eq!(page.core.view().page, PageView::Lab(Lab::Connection));
    page.wish(LabIntent::Close);
    assert!(matches!(page.core.view().page, PageView::SignIn { .. }));
    assert!(
        page.orders
            .contains(&Effect::Page(PageOrder::ShowPath("/".to_owned(), true)))
    );
}

#[test]
fn servers_are_not_to_be_had_without_an_account() {
    let mut page = Page::at("/check/connection", None);
    page.wish(LabIntent::CheckServers);
    assert_eq!(page.lab().check.state, CheckState::SignInFirst);
    assert!(page.lab().signed_out);
}

fn asked(page: &Page) -> RequestId {
    page.orders
        .iter()
        .rev()
        .find_map(|order| match order {
            Effect::CallApi {
                request,
                call: ApiCall::FetchIceServers(_),
            } => Some(*request),
            _ => None,
        })
        .expect("the servers are asked for")
}

#[test]
fn the_servers_are_asked_for_tried_and_judged() {
    let mut page = Page::at("/check/connection", Some(ann()));
    page.wish(LabIntent::CheckServers);
    assert_eq!(page.lab().check.state, CheckState::Asking);
    let answer = Ok(ApiAnswer::IceServers(IceServers {
        ice_servers: vec![IceServer {
            urls: vec!["stun:stun.example".to_owned()],
            username: None,
            credential: None,
        }],
        expires_in_seconds: None,
    }));
    let request = asked(&page);
    page.give(Event::ApiAnswered { request, answer }.into());
    assert_eq!(page.lab().check.state, CheckState::Probing);
    let probe = page
        .orders
        .iter()
        .find_map(|order| match order {
            Effect::Lab(LabOrder::StartProbe { probe, .. }) => Some(*probe),
            _ => None,
        })
        .expect("it is tried");
    page.give(
        Event::Lab(LabEvent::ProbeTold {
            probe,
            fact: ProbeFact::Mapped,
        })
        .into(),
    );
    let check = page.lab().check;
    assert_eq!(check.state, CheckState::Done);
    assert!(!check.findings.is_empty());
    assert!(page.orders.contains(&Effect::Lab(LabOrder::StopProbe(probe))));
}

#[test]
fn a_page_that_is_left_stops_trying() {
    let mut page = Page::at("/check/connection", Some(ann()));
    page.wish(LabIntent::CheckServers);
    let answer = Ok(ApiAnswer::IceServers(IceServers {
        ice_servers: vec![IceServer {
            urls: vec!["turn:a.example".to_owned(), "turn:b.example".to_owned()],
            username: None,
            credential: None,
        }],
        expires_in_seconds: None,
    }));
    let request = asked(&page);
    page.give(Event::ApiAnswered { request, answer }.into());
    page.wish(LabIntent::Close);
    let stopped = page
        .orders
        .iter()
        .filter(|order| matches!(order, Effect::Lab(LabOrder::StopProbe(_))));
    assert_eq!(stopped.count(), 2);
    assert!(matches!(page.core.view().page, PageView::Lobby { .. }));
}

#[test]
fn a_connection_that_is_given_up_has_the_servers_tried_and_says_why_when_asked() {
    let mut world = World::of(&["Ann", "Bea"], 7);
    world.severed = true;
    let bea = world.id(1);
    for at in [0, 1] {
        world.wish(at, CallIntent::JoinConference);
    }
    world.settle();
    let failed = |notice: &Notice| matches!(notice.body, NoticeBody::LinkFailed { .. });
    assert!(world.view(0).notices.iter().any(failed));
    assert_eq!(
        world.view(0).lab,
        LabView::default(),
        "not before it is asked for"
    );
    world.wish(0, LabIntent::AskWhy(bea));
    let lab = world.view(0).lab.clone();
    assert_eq!(lab.why.map(|why| why.peer), Some(bea));
    assert_eq!(lab.check.state, CheckState::Done, "it was done already");
    world.wish(0, LabIntent::CloseWhy);
    assert_eq!(world.view(0).lab, LabView::default());
}
