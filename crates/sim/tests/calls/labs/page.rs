//! A page with the connection check, and its browser.

use std::collections::VecDeque;

use call_core::{
    Core, Device, DeviceChoices, DeviceEvent, DeviceOrder, Effect, End, Event, Intent, LabIntent, LabView,
    Moment, OpenDevice, PageEvent, PeerEvent, PeerOrder, Startup, Step, TrackSettings,
};
use protocol::http::SignedIn;
use protocol::{ParticipantId, SessionToken, UnixMillis, UserName};
use sim::Browser;

/// What the browser reports of an opened device.
pub fn given(device: Device) -> OpenDevice {
    OpenDevice {
        device,
        id: "first".to_owned(),
        label: "First".to_owned(),
        settings: TrackSettings::default(),
    }
}

/// A page with the connection check, and its browser.
pub struct Page {
    pub core: Core,
    pub browser: Browser,
    pub now: u64,
    /// Events that have yet to reach the core.
    pub due: VecDeque<Event>,
    /// All effects ordered so far.
    pub orders: Vec<Effect>,
}

impl Page {
    pub fn at(path: &str, session: Option<SignedIn>) -> Self {
        let mut page = Self {
            core: Core::new(),
            browser: Browser::default(),
            now: 5_000,
            due: VecDeque::new(),
            orders: Vec::new(),
        };
        page.give(
            Event::Page(PageEvent::Started(Box::new(Startup {
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

    pub fn give(&mut self, input: call_core::Input) {
        self.now += 3;
        let moment = Moment {
            now: UnixMillis(self.now),
            random: 4,
        };
        let effects = self.core.handle(moment, input);
        assert_eq!(
            *self.core.view(),
            self.core.whole_view(),
            "the view misses a change"
        );
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
                    order: PeerOrder::AwaitFirstFrame,
                } => self.due.push_back(Event::Peer {
                    peer,
                    epoch,
                    event: PeerEvent::FirstFrame {
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

    pub fn wish(&mut self, intent: impl Into<Intent>) {
        self.give(call_core::Input::from(intent));
    }

    /// Delivers all pending events; the ends connect as soon as their descriptions match.
    pub fn settle(&mut self) {
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

    /// The ids of the two ends' connections.
    pub fn ends(&self) -> Option<(ParticipantId, ParticipantId)> {
        let (this, _) = self.lab().loopback.arrives?;
        Some((this, ParticipantId(this.0 + 1)))
    }

    pub fn lab(&self) -> LabView {
        self.core.view().lab.clone()
    }

    pub fn steps(&self) -> Vec<(Option<End>, Step)> {
        let trace = self.lab().loopback.trace.clone();
        trace.into_iter().map(|entry| (entry.end, entry.step)).collect()
    }

    pub fn in_call() -> Self {
        let mut page = Self::at("/check/connection", None);
        page.wish(LabIntent::StartLoopback);
        page.settle();
        page.wish(LabIntent::CallLoopback);
        page.settle();
        page
    }
}

pub fn ann() -> SignedIn {
    SignedIn {
        guest_of: None,
        token: Some(SessionToken("token".to_owned())),
        name: UserName::parse("Ann").expect("a name"),
    }
}
