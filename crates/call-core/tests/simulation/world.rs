//! The world: participants, the server's room, and the events that are yet to happen, in virtual time.

use std::collections::BTreeMap;
use std::time::Duration;

use call_core::{
    ApiAnswer, Beginning, CallIntent, Core, Device, DeviceChoices, DeviceEvent, DeviceIntent, DeviceOrder,
    DevicePick, Effect, Event, HeldSeat, Input, Intent, Moment, OpenDevice, PageEvent, PeerEvent, PeerOrder,
    RequestId, RoomIntent, ScreenEvent, ScreenOrder, SocketEvent, SocketId, SocketOrder, Source, StoreOrder,
    Timer, TrackSettings, View,
};
use protocol::http::{IceServer, IceServers, SignedIn};
use protocol::{
    ClientMessage, Epoch, InvitationId, Parcel, ParticipantId, ServerMessage, SessionToken, UnixMillis,
    UserName,
};

use crate::browser::Browser;
use crate::chance::Chance;
use crate::room::ServerRoom;

/// What is yet to happen.
enum Pending {
    /// An input reaches a participant's core; a socket's number guards against what an older socket carried.
    Input(usize, Input),
    FromServer(usize, SocketId, ServerMessage),
    ToServer(usize, SocketId, ClientMessage),
    Timer(usize, Timer, u64),
    /// The user answers the browser's dialog for screens.
    Screen(usize, RequestId),
}

/// One participant: a core and the browser round it.
pub struct Person {
    pub core: Core,
    pub browser: Browser,
    socket: Option<SocketId>,
    /// What lies in the tab's storage while no page is there.
    seat: Option<HeldSeat>,
    /// Sockets that broke: what they carried is lost, unlike what a socket carried that was closed.
    broken: Vec<SocketId>,
    timers: BTreeMap<Timer, u64>,
    devices: Result<(), call_core::MediaError>,
    pub open_devices: (bool, bool),
    /// How often the microphone is measured, if it is.
    pub metered: Option<Duration>,
    /// What the user does in the browser's dialog for screens.
    pub screen_answer: Result<(), call_core::ScreenError>,
    /// Of which request the browser captures the screen now.
    pub screen: Option<RequestId>,
    /// The newest request for a screen that the hands still wait for.
    screen_awaited: Option<RequestId>,
}

/// After each sixteenth input, the view is compared with one that is made of the whole state.
const LOOK: u64 = 16;

pub struct World {
    pub people: Vec<Person>,
    pub server: ServerRoom,
    pub chance: Chance,
    now: u64,
    queue: BTreeMap<(u64, u64), Pending>,
    sequence: u64,
    /// When the last message of each socket and direction arrives: later ones come after it.
    arrivals: BTreeMap<(usize, bool), u64>,
    timer_runs: u64,
    inputs: u64,
    /// Sockets that are opened close at once.
    pub offline: bool,
    /// No browser reaches another.
    pub severed: bool,
    /// How many messages went past the server.
    pub passed: usize,
    /// What all pages were ordered that a test asks for: calls for ICE servers and restarts of ICE, in order.
    pub mended: Vec<(usize, Effect)>,
    /// Whether the server tells its ICE servers.
    pub ice_told: bool,
    /// Whether there is a relay among them.
    pub relays: bool,
    /// For how many seconds their credentials are good.
    pub lifetime: Option<u32>,
    /// How many credentials were handed out; a relay's user name is the number of its credentials.
    handed_out: u32,
    /// By how much the clocks on the wall are behind what they were.
    set_back: u64,
    /// The credentials with which connections were made or restarted: the page, and the relay's user name.
    pub used: Vec<(usize, Option<String>)>,
}

impl World {
    /// A world of `names` who have all entered one room.
    pub fn of(names: &[&str], seed: u64) -> Self {
        let mut world = Self {
            people: Vec::new(),
            server: ServerRoom::default(),
            chance: Chance::of(seed),
            now: 1_000_000,
            queue: BTreeMap::new(),
            sequence: 0,
            arrivals: BTreeMap::new(),
            timer_runs: 0,
            inputs: 0,
            offline: false,
            severed: false,
            passed: 0,
            mended: Vec::new(),
            ice_told: true,
            relays: false,
            lifetime: None,
            handed_out: 0,
            set_back: 0,
            used: Vec::new(),
        };
        for name in names {
            world.arrive(name);
        }
        world.settle();
        world
    }

    /// Somebody with a remembered session opens the page of the room and goes in.
    pub fn arrive(&mut self, name: &str) -> usize {
        self.arrive_with(name, Ok(()))
    }

    /// The same, with devices that are to be had or not.
    pub fn arrive_with(&mut self, name: &str, devices: Result<(), call_core::MediaError>) -> usize {
        let at = self.people.len();
        self.people.push(Person {
            core: Core::new(),
            browser: Browser::default(),
            socket: None,
            seat: None,
            broken: Vec::new(),
            timers: BTreeMap::new(),
            devices,
            open_devices: (false, false),
            metered: None,
            screen_answer: Ok(()),
            screen: None,
            screen_awaited: None,
        });
        self.open_page(at, name);
        self.give(at, RoomIntent::EnterPrepared);
        at
    }

    fn open_page(&mut self, at: usize, name: &str) {
        let session = SignedIn {
            guest_of: None,
            token: Some(SessionToken(name.to_owned())),
            name: UserName::parse(name).expect("a name"),
        };
        let seat = self.people[at].seat.take();
        self.give(
            at,
            Event::Page(PageEvent::Started(Box::new(Beginning {
                path: "/room/r".to_owned(),
                session: Some(session),
                room: None,
                seat,
                devices: DeviceChoices::default(),
            }))),
        );
    }

    /// A page is loaded anew: with it go its connections, devices and timers, and what was on its way to it.
    pub fn reload(&mut self, at: usize) {
        let name = self.server.name(at).expect("in the room");
        self.break_socket(at);
        self.queue.retain(|_, pending| match pending {
            Pending::Input(of, _)
            | Pending::FromServer(of, ..)
            | Pending::ToServer(of, ..)
            | Pending::Timer(of, ..)
            | Pending::Screen(of, _) => *of != at,
        });
        self.arrivals.retain(|(of, _), _| *of != at && *of != at + 1000);
        let person = &mut self.people[at];
        person.core = Core::new();
        person.browser = Browser::default();
        person.broken.clear();
        person.timers.clear();
        person.open_devices = (false, false);
        self.open_page(at, &name);
    }

    /// Turns camera and microphone off, so that only a call turns anything on.
    pub fn keep_quiet(&mut self, at: usize) {
        self.wish(at, DeviceIntent::StopCamera);
        self.wish(at, DeviceIntent::MuteMicrophone);
        self.settle();
        assert_eq!(self.people[at].open_devices, (false, false));
    }

    pub fn wish(&mut self, at: usize, intent: impl Into<Intent>) {
        self.give(at, intent);
    }

    /// One invites another, and it rings there.
    pub fn ring(&mut self, from: usize, to: usize) -> InvitationId {
        let id = self.id(to);
        self.wish(from, CallIntent::Invite(id));
        self.run_for(1_000);
        self.view(to).invitations.incoming[0].id
    }

    /// One invites another, who answers with the camera.
    pub fn call(&mut self, from: usize, to: usize) {
        let invitation = self.ring(from, to);
        let camera = true;
        self.wish(to, CallIntent::AcceptInvitation { invitation, camera });
        self.run_for(5_000);
    }

    pub fn view(&self, at: usize) -> &View {
        self.people[at].core.view()
    }

    pub fn id(&self, at: usize) -> ParticipantId {
        self.view(at)
            .people
            .iter()
            .find(|person| person.you)
            .expect("in the room")
            .id
    }

    /// A participant's computer sleeps for some milliseconds: none of its timers fires.
    pub fn sleep(&mut self, at: usize, millis: u64) {
        self.people[at].timers.clear();
        self.run_for(millis);
    }

    /// All clocks on the wall are set back; what is on its way comes all the same.
    pub fn set_back(&mut self, millis: u64) {
        self.set_back += millis;
    }

    /// The socket of a participant breaks, without a word to anybody.
    pub fn break_socket(&mut self, at: usize) {
        let Some(socket) = self.people[at].socket.take() else {
            return;
        };
        self.people[at].broken.push(socket);
        for (to, message) in self.server.lost(at) {
            self.deliver(to, message);
        }
        self.later(
            at,
            Event::Socket {
                socket,
                event: SocketEvent::Closed,
            }
            .into(),
        );
    }

    /// A browser reports something, in the order of its reports.
    pub fn report(&mut self, at: usize, input: Input) {
        self.later(at, input);
    }

    /// Everything happens that is yet to happen within the next minutes.
    pub fn settle(&mut self) {
        self.run_for(120_000);
    }

    /// Everything happens that is to happen within some milliseconds.
    pub fn run_for(&mut self, millis: u64) {
        let end = self.now + millis;
        let mut steps = 0;
        while let Some(entry) = self.queue.first_entry() {
            if entry.key().0 > end {
                break;
            }
            steps += 1;
            assert!(steps < 200_000, "the world does not come to rest");
            let ((at, _), pending) = entry.remove_entry();
            self.now = self.now.max(at);
            self.happen(pending);
        }
        self.now = end;
    }

    fn happen(&mut self, pending: Pending) {
        match pending {
            Pending::Input(at, input) => self.give(at, input),
            Pending::FromServer(at, socket, message) => {
                if self.people[at].socket == Some(socket) {
                    self.give(
                        at,
                        Event::Socket {
                            socket,
                            event: SocketEvent::Received(Ok(message)),
                        },
                    );
                }
            }
            Pending::ToServer(at, socket, message) => {
                if !self.people[at].broken.contains(&socket) {
                    self.server.now = self.now;
                    for (to, message) in self.server.take(at, message) {
                        self.deliver(to, message);
                    }
                }
            }
            Pending::Screen(at, request) => self.choose_screen(at, request),
            Pending::Timer(at, timer, run) => {
                if self.people[at].timers.get(&timer) == Some(&run) {
                    self.people[at].timers.remove(&timer);
                    self.give(at, Event::TimerFired(timer));
                }
            }
        }
    }

    fn give(&mut self, at: usize, input: impl Into<Input>) {
        let moment = Moment {
            now: UnixMillis(self.now - self.set_back),
            random: self.chance.next(),
        };
        let effects = self.people[at].core.handle(moment, input.into());
        self.inputs += 1;
        if self.inputs.is_multiple_of(LOOK) {
            let core = &self.people[at].core;
            assert_eq!(*core.view(), core.whole_view(), "a change is not shown");
        }
        for effect in effects {
            self.carry_out(at, effect);
        }
    }

    fn carry_out(&mut self, at: usize, effect: Effect) {
        self.note(at, &effect);
        match effect {
            Effect::CallApi {
                call: call_core::ApiCall::FetchIceServers(_),
                ..
            } if !self.ice_told => {}
            Effect::CallApi {
                request,
                call: call_core::ApiCall::FetchIceServers(_),
            } => self.hand_out(at, request),
            Effect::Socket(SocketOrder::Open(socket)) => {
                self.people[at].socket = Some(socket);
                let event = if self.offline {
                    SocketEvent::Closed
                } else {
                    SocketEvent::Opened
                };
                self.later(at, Event::Socket { socket, event }.into());
            }
            Effect::Store(StoreOrder::Seat(seat)) => self.people[at].seat = seat,
            Effect::Socket(SocketOrder::Close) => self.people[at].socket = None,
            Effect::Socket(SocketOrder::Send(message)) => self.send(at, message),
            Effect::Peer {
                peer,
                epoch,
                order: PeerOrder::SendPast(parcel),
            } => self.send_past(at, peer, epoch, parcel),
            Effect::StartTimer { timer, after } => {
                self.timer_runs += 1;
                self.people[at].timers.insert(timer, self.timer_runs);
                let when = self.now + u64::try_from(after.as_millis()).expect("a short time");
                self.enqueue(when, Pending::Timer(at, timer, self.timer_runs));
            }
            Effect::StopTimer(timer) => {
                self.people[at].timers.remove(&timer);
            }
            Effect::Devices(DeviceOrder::Open {
                request,
                camera,
                microphone,
            }) => self.open_devices(at, request, camera, microphone),
            Effect::Screen(ScreenOrder::Open(request)) => {
                self.people[at].screen_awaited = Some(request);
                // The user takes as long as users take.
                let when = self.now + 1 + self.chance.below(3_000);
                self.enqueue(when, Pending::Screen(at, request));
            }
            Effect::Screen(ScreenOrder::Close) => {
                self.people[at].screen = None;
                self.people[at].screen_awaited = None;
            }
            Effect::Peer {
                peer,
                epoch,
                order: PeerOrder::ReplaceTrack(source),
            } => {
                let sends = self.people[at].screen.is_some();
                if source == Source::Screen {
                    self.people[at].browser.send_screen(peer, epoch, sends);
                }
            }
            Effect::Peer {
                peer,
                order: PeerOrder::Open { .. },
                ..
            } => {
                for event in self.people[at].browser.carry_out(effect) {
                    self.later(at, event.into());
                }
                let sends = self.people[at].screen.is_some();
                self.people[at].browser.begin_with_screen(peer, sends);
            }
            Effect::Devices(DeviceOrder::Meter(every)) => self.people[at].metered = every,
            Effect::Devices(DeviceOrder::Close(Device::Camera)) => self.people[at].open_devices.0 = false,
            Effect::Devices(DeviceOrder::Close(Device::Microphone)) => self.people[at].open_devices.1 = false,
            other => {
                for event in self.people[at].browser.carry_out(other) {
                    self.later(at, event.into());
                }
                self.connect_peers();
            }
        }
    }

    /// Keeps what a person's page asked for, for the tests to look at.
    fn note(&mut self, at: usize, effect: &Effect) {
        let mends = matches!(
            effect,
            Effect::Peer {
                order: PeerOrder::RestartIce(_),
                ..
            } | Effect::CallApi { .. }
        );
        self.mended.extend(mends.then(|| (at, effect.clone())));
        if let Effect::Peer {
            order: PeerOrder::Open { ice_servers, .. },
            ..
        }
        | Effect::Peer {
            order: PeerOrder::RestartIce(ice_servers),
            ..
        } = effect
        {
            let relay = ice_servers.first().and_then(|relay| relay.username.clone());
            self.used.push((at, relay));
        }
    }

    /// The server hands out a relay, if there is one.
    fn hand_out(&mut self, at: usize, request: RequestId) {
        self.handed_out += 1;
        let relay = IceServer {
            urls: vec!["turn:relay.test".to_owned()],
            username: Some(self.handed_out.to_string()),
            credential: None,
        };
        let answer = Ok(ApiAnswer::IceServers(IceServers {
            ice_servers: self.relays.then_some(relay).into_iter().collect(),
            expires_in_seconds: self.lifetime,
        }));
        self.later(at, Event::ApiAnswered { request, answer }.into());
    }

    fn open_devices(
        &mut self,
        at: usize,
        request: RequestId,
        camera: Option<DevicePick>,
        microphone: Option<DevicePick>,
    ) {
        let person = &mut self.people[at];
        let event = match person.devices {
            Ok(()) => {
                person.open_devices.0 |= camera.is_some();
                person.open_devices.1 |= microphone.is_some();
                let open = [(Device::Camera, camera), (Device::Microphone, microphone)];
                let open = open.into_iter().filter_map(|(device, pick)| {
                    let id = pick?.0.unwrap_or_else(|| "first".to_owned());
                    Some(OpenDevice {
                        device,
                        label: id.clone(),
                        id,
                        settings: TrackSettings::default(),
                    })
                });
                Event::Devices(DeviceEvent::Opened {
                    request,
                    open: open.collect(),
                })
            }
            Err(error) => Event::Devices(DeviceEvent::Failed { request, error }),
        };
        self.later(at, event.into());
    }

    /// The hands give back what nobody waits for any more, and report what came of it all the same.
    fn choose_screen(&mut self, at: usize, request: RequestId) {
        let person = &mut self.people[at];
        let wanted = person.screen_awaited == Some(request);
        let event = match person.screen_answer {
            Ok(()) => {
                if wanted {
                    assert_eq!(person.screen, None, "two screens at once");
                    person.screen = Some(request);
                }
                Event::Screen {
                    request,
                    event: ScreenEvent::Opened { sound: false },
                }
            }
            Err(error) => Event::Screen {
                request,
                event: ScreenEvent::Failed(error),
            },
        };
        if wanted {
            person.screen_awaited = None;
        }
        self.later(at, event.into());
    }

    /// What a participant shares ends by itself, if anything is shared.
    pub fn end_screen(&mut self, at: usize) {
        if let Some(request) = self.people[at].screen.take() {
            self.later(
                at,
                Event::Screen {
                    request,
                    event: ScreenEvent::Ended,
                }
                .into(),
            );
        }
    }

    /// Connections are made between browsers whose descriptions match.
    fn connect_peers(&mut self) {
        if self.severed {
            return;
        }
        for a in 0..self.people.len() {
            for b in 0..self.people.len() {
                let (Some(a_id), Some(b_id)) = (self.server.id(a), self.server.id(b)) else {
                    continue;
                };
                if a == b || !Browser::match_up(&self.people[a].browser, b_id, &self.people[b].browser, a_id)
                {
                    continue;
                }
                for event in self.people[a].browser.connected(b_id) {
                    if let Event::Peer {
                        peer,
                        epoch,
                        event: PeerEvent::ConnectionChanged(_),
                    } = event
                    {
                        let open = true;
                        self.later(
                            a,
                            Event::Peer {
                                peer,
                                epoch,
                                event: PeerEvent::ChannelChanged(open),
                            }
                            .into(),
                        );
                    }
                    self.later(a, event.into());
                }
            }
        }
    }

    fn send(&mut self, at: usize, message: ClientMessage) {
        let Some(socket) = self.people[at].socket else {
            return;
        };
        let when = self.arrival(at, true);
        self.enqueue(when, Pending::ToServer(at, socket, message));
    }

    /// What goes past the server comes to the peer's connection of the same attempt, or to nobody.
    fn send_past(&mut self, at: usize, peer: ParticipantId, epoch: Epoch, parcel: Parcel) {
        let from = self.server.id(at);
        let to = (0..self.people.len()).find(|to| self.server.id(*to) == Some(peer));
        let (Some(from), Some(to)) = (from, to) else {
            return;
        };
        if self.people[to]
            .browser
            .peer(from)
            .is_some_and(|peer| peer.epoch == epoch)
        {
            self.passed += 1;
            let event = Event::Peer {
                peer: from,
                epoch,
                event: PeerEvent::CamePast(parcel),
            };
            self.later(to, event.into());
        }
    }

    fn deliver(&mut self, to: usize, message: ServerMessage) {
        let Some(socket) = self.people[to].socket else {
            return;
        };
        let when = self.arrival(to, false);
        self.enqueue(when, Pending::FromServer(to, socket, message));
    }

    /// After a delay by chance, but never before what the same socket carries already.
    fn arrival(&mut self, at: usize, up: bool) -> u64 {
        let delay = 1 + self.chance.below(200);
        let last = self.arrivals.entry((at, up)).or_default();
        *last = (*last).max(self.now + delay);
        *last
    }

    fn later(&mut self, at: usize, input: Input) {
        let when = self.now + 1 + self.chance.below(20);
        // What one browser reports keeps its order too.
        let last = self.arrivals.entry((at + 1000, true)).or_default();
        *last = (*last).max(when);
        let when = *last;
        self.enqueue(when, Pending::Input(at, input));
    }

    fn enqueue(&mut self, when: u64, pending: Pending) {
        self.sequence += 1;
        self.queue.insert((when, self.sequence), pending);
    }

    /// The two ends of a pair: settled, stable, and described alike.
    pub fn assert_paired(&self, a: usize, b: usize) {
        let (a_id, b_id) = (self.id(a), self.id(b));
        let one = self.people[a].browser.peer(b_id).expect("a connection");
        let other = self.people[b].browser.peer(a_id).expect("a connection");
        assert_eq!(one.epoch, other.epoch, "the same attempt");
        one.assert_stable();
        other.assert_stable();
        assert_eq!(one.agreed(), other.agreed(), "matching descriptions");
        assert!(
            one.has_candidates() && other.has_candidates(),
            "candidates reached both ends"
        );
    }

    /// Nothing is open between two.
    pub fn assert_apart(&self, a: usize, b: usize) {
        assert!(self.people[a].browser.peer(self.id(b)).is_none());
        assert!(self.people[b].browser.peer(self.id(a)).is_none());
    }

    /// The connection of one end with another.
    pub fn epoch(&self, a: usize, b: usize) -> Option<Epoch> {
        self.people[a].browser.peer(self.id(b)).map(|peer| peer.epoch)
    }
}
