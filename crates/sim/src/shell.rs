//! Carries out the effects of a page's core, and reports the results.

use call_core::{
    ApiAnswer, ApiCall, ApiError, Effect, Event, Input, NewConnection, PeerOrder, RequestId, SocketOrder,
    Source, StoreOrder,
};
use protocol::{Epoch, ParticipantId};

use crate::world::{Pending, World};

/// Maximum delays of a browser's report and of an HTTP response, in milliseconds.
const REPORTS: u64 = 20;
const ANSWERS: u64 = 200;

impl World {
    pub(crate) fn carry_out(&mut self, at: usize, effect: Effect) {
        self.note(at, &effect);
        match effect {
            Effect::CallApi { request, call } => self.call_api(at, request, &call),
            Effect::Socket(SocketOrder::Open(socket)) => self.open_socket(at, socket),
            Effect::Socket(SocketOrder::Close) => self.close_socket(at, 200),
            Effect::Socket(SocketOrder::Send(message)) => self.send(at, &message),
            Effect::Peer { peer, epoch, order } => self.order_peer(at, peer, epoch, order),
            Effect::Devices(order) => self.order_devices(at, order),
            Effect::Screen(order) => self.order_screen(at, order),
            Effect::Store(order) => self.store(at, order),
            Effect::StartTimer { timer, after } => {
                self.timer_runs += 1;
                let (run, page) = (self.timer_runs, self.people[at].number);
                self.people[at].timers.insert(timer, run);
                let after = u64::try_from(after.as_millis()).expect("a short time");
                self.later(after, Pending::Timer(at, page, timer, run));
            }
            Effect::StopTimer(timer) => {
                self.people[at].timers.remove(&timer);
            }
            // Measurements are reported by tests; page addresses, labs, alerts and what only saves time are not
            // simulated.
            Effect::Prepare(_)
            | Effect::MeasureVoice
            | Effect::LookAtPlayback
            | Effect::Lab(_)
            | Effect::Page(_)
            | Effect::Alert(_) => {}
        }
    }

    fn store(&mut self, at: usize, order: StoreOrder) {
        let person = &mut self.people[at];
        match order {
            StoreOrder::Seat(seat) => person.seat = seat,
            StoreOrder::KeepChat(_, chat) => person.chat = chat,
            StoreOrder::RecallChat(owner) => {
                if !person.chat.is_empty() {
                    let chat = person.chat.clone();
                    self.report(at, Event::ChatRecalled(owner, chat));
                }
            }
            // Each page starts with the same session and room.
            StoreOrder::Session(_)
            | StoreOrder::ForgetSession(_)
            | StoreOrder::Room(_)
            | StoreOrder::DeviceChoices(_)
            | StoreOrder::ForgetChats(_) => {}
        }
    }

    /// Records what a page requested, for tests to inspect.
    fn note(&mut self, at: usize, effect: &Effect) {
        if let Effect::Peer {
            order: PeerOrder::Open(NewConnection { ice_servers, .. }) | PeerOrder::RestartIce(ice_servers),
            ..
        } = effect
        {
            let relay = ice_servers.first().and_then(|relay| relay.username.clone());
            self.used.push((at, relay));
        }
        if let Effect::CallApi { .. }
        | Effect::Peer {
            order: PeerOrder::RestartIce(_),
            ..
        } = effect
        {
            self.mended.push((at, effect.clone()));
        }
    }

    fn order_peer(&mut self, at: usize, peer: ParticipantId, epoch: Epoch, order: PeerOrder) {
        if let PeerOrder::SendOnDataChannel(envelope) = order {
            return self.send_on_data_channel(at, peer, epoch, envelope);
        }
        // A connection starts with the current screen track, and follows its replacements.
        let opens = matches!(order, PeerOrder::Open(_));
        let follows = order == PeerOrder::ReplaceTrack(Source::Screen);
        for event in self.people[at].browser.carry_out(peer, epoch, order) {
            self.report(at, event);
        }
        if opens || follows {
            let shares = self.people[at].screen.is_some();
            self.people[at].browser.send_screen(peer, epoch, shares);
        }
    }

    fn call_api(&mut self, at: usize, request: RequestId, call: &ApiCall) {
        // Users already have a session, so other API calls are not answered.
        if !matches!(call, ApiCall::FetchIceServers(_)) || !self.ice.told {
            return;
        }
        let answer = match &self.server {
            Some(_) => Ok(ApiAnswer::IceServers(self.ice.hand_out())),
            None => Err(ApiError::Unreachable),
        };
        let (page, takes) = (self.people[at].number, self.chance.u64(1..=ANSWERS));
        let event = Event::ApiAnswered { request, answer };
        self.later(takes, Pending::Input(at, page, Box::new(event.into())));
    }

    /// Reports an event of a browser; events of one browser keep their order.
    pub fn report(&mut self, at: usize, input: impl Into<Input>) {
        let when = self.now + self.chance.u64(1..=REPORTS);
        let person = &mut self.people[at];
        person.reported = person.reported.max(when);
        let (page, takes) = (person.number, person.reported - self.now);
        self.later(takes, Pending::Input(at, page, Box::new(input.into())));
    }
}
