//! "Test my connection": a call whose two ends are both in the page, and servers that do not exist.

use std::cell::RefCell;
use std::rc::Rc;

use call_core::{
    CandidateKind, DeviceChoices, Effect, End, Event, LabEvent, LabIntent, LabOrder, LoopbackState,
    PageEvent, ProbeFact, ProbeId, Startup, Step, View,
};
use confab::shell::{Runner, ServerAddress, Shell};
use protocol::SdpType;
use protocol::http::IceServer;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::probe;
use crate::support::{shell, until};

/// A page of the lab, with a signed-out user.
struct Page {
    runner: Runner,
    view: Rc<RefCell<View>>,
}

impl Page {
    fn open() -> Self {
        probe::begin();
        let view = Rc::new(RefCell::new(View::default()));
        let shown = Rc::clone(&view);
        let server = ServerAddress::parse("http://127.0.0.1:1").expect("an address");
        let runner = Runner::new(
            move |view: &View| {
                shown.replace(view.clone());
            },
            move |report| {
                let mut shell = Shell::new(server, Box::new(ToString::to_string), &report);
                move |effect| shell.execute(effect)
            },
        );
        runner.input(Event::Page(PageEvent::Started(Box::new(Startup {
            path: "/check/connection".to_owned(),
            session: None,
            room: None,
            seat: None,
            devices: DeviceChoices::default(),
        }))));
        Self { runner, view }
    }

    fn state(&self) -> LoopbackState {
        self.view.borrow().lab.loopback.state
    }

    fn steps(&self) -> Vec<(Option<End>, Step)> {
        let view = self.view.borrow();
        let trace = view.lab.loopback.trace.iter();
        trace.map(|entry| (entry.end, entry.step.clone())).collect()
    }

    async fn calls(&self) {
        self.runner.input(LabIntent::StartLoopback);
        until("the devices", || self.state() == LoopbackState::Ready).await;
        self.runner.input(LabIntent::CallLoopback);
        until("both ends to be connected", || {
            self.state() == LoopbackState::Connected
        })
        .await;
    }
}

#[wasm_bindgen_test]
async fn loopback_connects_and_is_traced() {
    let page = Page::open();
    page.calls().await;
    let pictures = || {
        let steps = page.steps();
        let picture =
            |step: &Step| matches!(step, Step::FirstFrame { width, height } if *width > 0 && *height > 0);
        steps.iter().filter(|(_, step)| picture(step)).count()
    };
    until("video at both ends", || pictures() == 2).await;
    assert!(probe::stable());
    let (this, that) = (Some(End::This), Some(End::That));
    let steps = page.steps();
    let mut rest = steps.iter();
    for expected in [
        (None, Step::DevicesAsked),
        (None, Step::Called),
        (this, Step::ConnectionMade),
        (that, Step::ConnectionMade),
        (this, Step::NegotiationNeeded),
        (this, Step::LocalBegun(SdpType::Offer)),
        (this, Step::LocalDone(SdpType::Offer)),
        (that, Step::RemoteBegun(SdpType::Offer)),
        (that, Step::RemoteDone(SdpType::Offer)),
        (that, Step::LocalBegun(SdpType::Answer)),
        (that, Step::LocalDone(SdpType::Answer)),
        (this, Step::RemoteBegun(SdpType::Answer)),
        (this, Step::RemoteDone(SdpType::Answer)),
    ] {
        assert!(rest.any(|step| *step == expected), "{expected:?} in {steps:#?}");
    }
    assert!(rest.any(|(_, step)| matches!(step, Step::SetUp(_))), "{steps:#?}");
    let host = |step: &Step| matches!(step, Step::CandidateFound(found) if found.kind == CandidateKind::Host);
    assert!(steps.iter().any(|(_, step)| host(step)));
}

#[wasm_bindgen_test]
async fn hang_up_and_close_release_everything() {
    let page = Page::open();
    for end in [LabIntent::HangUpLoopback, LabIntent::Close] {
        page.calls().await;
        assert_eq!(probe::connections(), 2);
        page.runner.input(end);
        assert_eq!(
            (probe::connections(), probe::cameras(), probe::microphones()),
            (0, 0, 0)
        );
    }
}

fn server(url: &str) -> IceServer {
    IceServer {
        urls: vec![url.to_owned()],
        username: Some("ann".to_owned()),
        credential: Some("secret".to_owned()),
    }
}

#[wasm_bindgen_test]
fn malformed_url_is_reported() {
    for relay in [true, false] {
        let (mut shell, log) = shell();
        let probe = ProbeId(1);
        let server = server("nonsense");
        shell.execute(Effect::Lab(LabOrder::StartProbe { probe, relay, server }));
        let fact = ProbeFact::Malformed;
        assert_eq!(
            log.events(),
            [Event::Lab(LabEvent::ProbeReported { probe, fact })]
        );
        assert_eq!(probe::connections(), 0);
    }
}

#[wasm_bindgen_test]
async fn drop_stops_probes() {
    let (mut shell, _) = shell();
    for (number, relay) in [(1, true), (2, false)] {
        let probe = ProbeId(number);
        let server = server("turn:127.0.0.1:1");
        shell.execute(Effect::Lab(LabOrder::StartProbe { probe, relay, server }));
    }
    assert_eq!(probe::connections(), 3);
    drop(shell);
    until("all connections to close", || probe::connections() == 0).await;
}
