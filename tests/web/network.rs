//! A server in the page, for calls between pages in the page: it admits two participants, opens and closes
//! their link, and relays signals like the real one.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use call_core::{
    AlertOrder, ApiAnswer, ApiCall, DeviceChoices, Effect, Event, Intent, PageEvent, PageOrder, PeerOrder,
    RoomIntent, SocketEvent, SocketId, SocketOrder, Startup, StoreOrder, View,
};
use confab::shell::{LiveStreams, Runner, ServerAddress, Shell};
use protocol::http::{IceServers, SignedIn};
use protocol::{
    ClientMessage, Epoch, Link, LinkCloseReason, Participant, ParticipantId, RoomName, SdpType, SeatKey,
    ServerMessage, SessionToken, Signal, UserName, Welcome,
};
use wasm_bindgen_futures::spawn_local;

use crate::probe;
use crate::support::pause;

/// The server, and its two pages: participants 1 and 2.
pub struct Network {
    pub pages: [Page; 2],
    relay: Rc<RefCell<Relay>>,
}

/// One page: a loop with a shell, whose messages go to this server.
pub struct Page {
    runner: Runner,
    shell: Rc<RefCell<Shell>>,
    view: Rc<RefCell<View>>,
}

#[derive(Default)]
struct Relay {
    runners: Vec<Runner>,
    sockets: [SocketId; 2],
    link: Option<Epoch>,
    signals: Vec<(ParticipantId, Epoch, u32, Signal)>,
    /// Whether the server has stopped relaying signals.
    silent: bool,
    /// The source of the delays of a slow server.
    slow: Option<fastrand::Rng>,
    /// Messages that a slow server has not sent yet, in order.
    due: [VecDeque<ServerMessage>; 2],
}

fn id(index: usize) -> ParticipantId {
    ParticipantId([1, 2][index])
}

fn participants() -> Vec<Participant> {
    let name = |name| UserName::parse(name).expect("a name");
    vec![
        Participant::new(id(0), name("Ada")),
        Participant::new(id(1), name("Bob")),
    ]
}

impl Network {
    /// Two pages in one room, with no link between them yet.
    pub fn new() -> Self {
        probe::begin();
        let relay = Rc::new(RefCell::new(Relay::default()));
        let pages = [0, 1].map(|index| Page::new(index, &relay));
        relay.borrow_mut().runners = pages.iter().map(|page| page.runner.clone()).collect();
        for (page, participant) in pages.iter().zip(participants()) {
            let session = SignedIn {
                guest_of: None,
                token: Some(SessionToken("token".to_owned())),
                name: participant.name,
            };
            let path = "/room/test".to_owned();
            page.runner
                .input(Event::Page(PageEvent::Started(Box::new(Startup {
                    path,
                    session: Some(session),
                    room: None,
                    seat: None,
                    devices: DeviceChoices::default(),
                }))));
            page.runner.input(RoomIntent::EnterPrepared);
        }
        Self { pages, relay }
    }

    /// Opens the link, or replaces it by another epoch.
    pub fn open_link(&self, epoch: u64) {
        self.relay.borrow_mut().link = Some(Epoch(epoch));
        self.tell_both(|peer| ServerMessage::LinkOpened {
            link: Link {
                peer,
                epoch: Epoch(epoch),
            },
        });
    }

    /// Closes the link.
    pub fn close_link(&self) {
        let epoch = self.relay.borrow_mut().link.take().expect("a link");
        let reason = LinkCloseReason::HungUp;
        self.tell_both(|peer| ServerMessage::LinkClosed {
            link: Link { peer, epoch },
            reason,
        });
    }

    /// Stops relaying signals.
    pub fn fall_silent(&self) {
        self.relay.borrow_mut().silent = true;
    }

    /// Delays each message by up to 200 ms, using this seed, and disables the data channels.
    pub fn slow_down(&self, seed: u64) {
        self.relay.borrow_mut().slow = Some(fastrand::Rng::with_seed(seed));
    }

    /// The number of offers relayed so far.
    pub fn offers(&self) -> usize {
        let is_offer = |signal: &Signal| matches!(signal, Signal::Description(description) if description.sdp_type == SdpType::Offer);
        self.relay
            .borrow()
            .signals
            .iter()
            .filter(|(.., signal)| is_offer(signal))
            .count()
    }

    /// Whether each page sent its description before its first candidate.
    pub fn in_order(&self) -> bool {
        [id(0), id(1)].iter().all(|from| {
            let relay = self.relay.borrow();
            let said = relay
                .signals
                .iter()
                .filter(|(of, ..)| of == from)
                .map(|(.., signal)| signal);
            let first = said
                .into_iter()
                .find(|signal| !matches!(signal, Signal::Media { .. }));
            matches!(first, Some(Signal::Description(_)))
        })
    }

    fn tell_both(&self, message: impl Fn(ParticipantId) -> ServerMessage) {
        for index in [0, 1] {
            Relay::tell(&self.relay, index, message(id(1 - index)));
        }
    }
}

impl Drop for Network {
    /// The pages go first: their last messages have no server to go to.
    fn drop(&mut self) {
        self.relay.borrow_mut().runners.clear();
    }
}

impl Page {
    fn new(index: usize, relay: &Rc<RefCell<Relay>>) -> Self {
        let view = Rc::new(RefCell::new(View::default()));
        let shown = Rc::clone(&view);
        let relay = Rc::downgrade(relay);
        let mut made = None;
        let runner = Runner::new(
            move |view: &View| {
                shown.replace(view.clone());
            },
            |report| {
                let shell = Rc::new(RefCell::new(Shell::new(
                    ServerAddress::same_origin(),
                    Box::new(ToString::to_string),
                    &report,
                )));
                made = Some(Rc::clone(&shell));
                move |effect| match effect {
                    Effect::Socket(SocketOrder::Open(socket)) => {
                        if let Some(relay) = relay.upgrade() {
                            relay.borrow_mut().sockets[index] = socket;
                            report.send(Event::Socket {
                                socket,
                                event: SocketEvent::Opened,
                            });
                        }
                    }
                    Effect::Peer {
                        order: PeerOrder::SendOnDataChannel(_),
                        ..
                    } if relay.upgrade().is_some_and(|relay| relay.borrow().slow.is_some()) => {}
                    Effect::Socket(SocketOrder::Send(message)) => {
                        if let Some(relay) = relay.upgrade() {
                            Relay::hear(&relay, index, message);
                        }
                    }
                    Effect::CallApi {
                        request,
                        call: ApiCall::FetchIceServers(_),
                    } => {
                        let none = IceServers {
                            ice_servers: vec![],
                            expires_in_seconds: None,
                        };
                        report.send(Event::ApiAnswered {
                            request,
                            answer: Ok(ApiAnswer::IceServers(none)),
                        });
                    }
                    // The tests share one page, and must not change its address or storage.
                    Effect::Page(PageOrder::ShowPath(..))
                    | Effect::Store(
                        StoreOrder::Session(_)
                        | StoreOrder::ForgetSession(_)
                        | StoreOrder::Room(_)
                        | StoreOrder::Seat(_)
                        | StoreOrder::DeviceChoices(_),
                    )
                    | Effect::Alert(AlertOrder::AskForNotifications) => {}
                    other => shell.borrow_mut().execute(other),
                }
            },
        );
        Self {
            runner,
            shell: made.expect("hands"),
            view,
        }
    }

    /// The current view.
    pub fn view(&self) -> View {
        self.view.borrow().clone()
    }

    /// The current streams.
    pub fn streams(&self) -> LiveStreams {
        self.shell.borrow().streams()
    }

    /// Sends an intent of the user.
    pub fn wish(&self, intent: impl Into<Intent>) {
        self.runner.input(intent);
    }

    /// Carries out an effect that the core did not order.
    pub fn order(&self, effect: Effect) {
        self.shell.borrow_mut().execute(effect);
    }
}

impl Relay {
    /// Handles a message of a page.
    fn hear(relay: &Rc<RefCell<Self>>, index: usize, message: ClientMessage) {
        match message {
            ClientMessage::Hello(_) => {
                Self::tell(relay, index, ServerMessage::Welcome(Box::new(welcome(id(index)))));
            }
            ClientMessage::Signal { epoch, signal, .. } => {
                let linked = relay.borrow().link == Some(epoch) && !relay.borrow().silent;
                if linked {
                    let said = signal
                        .signal
                        .clone()
                        .map(|said| (id(index), epoch, signal.number, said));
                    // A retransmission is the same signal.
                    let news = said.filter(|said| !relay.borrow().signals.contains(said));
                    relay.borrow_mut().signals.extend(news);
                    Self::tell(
                        relay,
                        1 - index,
                        ServerMessage::Signal {
                            from: id(index),
                            epoch,
                            signal,
                        },
                    );
                }
            }
            ClientMessage::Ping {} => Self::tell(relay, index, ServerMessage::Pong {}),
            _ => {}
        }
    }

    /// The delay of the next message of a slow server, in milliseconds.
    fn delay(&mut self) -> Option<i32> {
        self.slow.as_mut().map(|chance| chance.i32(0..=200))
    }

    /// Sends a message to a page, asynchronously and in order, like a socket.
    fn tell(relay: &Rc<RefCell<Self>>, index: usize, message: ServerMessage) {
        let wait = relay.borrow_mut().delay();
        relay.borrow_mut().due[index].push_back(message);
        let relay = Rc::downgrade(relay);
        spawn_local(async move {
            if let Some(millis) = wait {
                pause(millis).await;
            }
            let Some(relay) = relay.upgrade() else { return };
            let Some(message) = relay.borrow_mut().due[index].pop_front() else {
                return;
            };
            let socket = relay.borrow().sockets[index];
            let runner = relay.borrow().runners.get(index).cloned();
            if let Some(runner) = runner {
                runner.input(Event::Socket {
                    socket,
                    event: SocketEvent::Received(Ok(message)),
                });
            }
        });
    }
}

fn welcome(you: ParticipantId) -> Welcome {
    Welcome {
        participants: participants(),
        ..Welcome::new(
            RoomName::parse("test").expect("a name"),
            you,
            SeatKey("seat".to_owned()),
        )
    }
}
