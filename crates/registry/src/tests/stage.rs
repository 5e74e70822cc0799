//! A registry driven by named pages, which record the messages they receive.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use protocol::{
    Access, ChatEntry, ClientMessage, Epoch, ErrorCode, InvitationId, ParticipantId, RoomName, RoomSettings,
    SeatKey, ServerMessage, UnixMillis, UserName, Welcome,
};
use serde_json::value::RawValue;

use super::messages::opened;
use crate::checks::hashed;
use crate::lock::lock;
use crate::{
    Bounds, Done, Door, Entry, History, OpenRoom, Order, Output, RawServerMessage, Registry, RoomSnapshot,
    Rules, SharedRoom, SocketId, Timings, UserId,
};

pub type Message = ClientMessage<Box<RawValue>>;

/// A registry, the current time, and the recorded outputs.
pub struct Stage {
    pub registry: Registry<()>,
    /// The room that each socket entered.
    rooms: HashMap<SocketId, Arc<SharedRoom<()>>>,
    pub now: Duration,
    /// Messages sent to each socket and not yet read by the test.
    told: HashMap<SocketId, Vec<RawServerMessage>>,
    /// Closed sockets, with their codes.
    pub closed: Vec<(SocketId, Option<ErrorCode>)>,
    /// Chat entries, in order, each with its author.
    pub lines: Vec<(String, ChatEntry)>,
    /// Sockets that are monitored closely.
    pub watched: BTreeSet<SocketId>,
    /// The rooms' latest snapshots.
    pub disk: BTreeMap<RoomName, RoomSnapshot>,
    /// When the server was started, by the calendar.
    began: Duration,
    /// Changes to be made on disk, in order.
    pub orders: Vec<Order>,
    /// Sockets of admitted users for whom history is to be read.
    pub admissions: Vec<SocketId>,
    /// Guests whose sessions are to end.
    pub ended: Vec<UserId>,
    sockets: u64,
}

/// Users from this number on are guests.
pub const GUESTS: i64 = 10_000;

/// A connected page.
#[derive(Clone, Debug)]
pub struct Page {
    pub socket: SocketId,
    pub id: ParticipantId,
    pub key: SeatKey,
}

impl Stage {
    pub fn new() -> Self {
        Self {
            registry: Registry::new(Timings::default(), Bounds::default(), 100),
            rooms: HashMap::new(),
            now: Duration::ZERO,
            told: HashMap::new(),
            closed: Vec::new(),
            lines: Vec::new(),
            watched: BTreeSet::new(),
            disk: BTreeMap::new(),
            began: Duration::ZERO,
            orders: Vec::new(),
            admissions: Vec::new(),
            ended: Vec::new(),
            sockets: 0,
        }
    }

    /// Returns a stage with `people` users in the room `lobby`, numbered from 1, whose messages have been read.
    pub fn with(people: i64) -> (Self, Vec<Page>) {
        let mut stage = Self::new();
        let pages = (1..=people).map(|user| stage.join(user)).collect();
        stage.forget();
        (stage, pages)
    }

    /// Lets a user enter `lobby`. Panics if the user is not admitted.
    pub fn join(&mut self, user: i64) -> Page {
        let (page, _) = self.enter(user, "lobby", None, false).expect("admitted");
        page
    }

    /// Lets a user try to enter an open room.
    pub fn enter(
        &mut self,
        user: i64,
        room: &str,
        seat: Option<SeatKey>,
        take_over: bool,
    ) -> Result<(Page, Welcome), ErrorCode> {
        let socket = self.knock(user, room, seat, take_over, Door::default());
        self.welcomed(socket)
    }

    /// Lets a user try to enter a room with the given admission data; returns the user's socket.
    pub fn knock(
        &mut self,
        user: i64,
        room: &str,
        seat: Option<SeatKey>,
        take_over: bool,
        door: Door,
    ) -> SocketId {
        self.greet((user, &format!("user {user}")), room, seat, take_over, door)
    }

    /// The same with a name of its own.
    #[cfg(test)]
    pub fn knock_as(&mut self, user: i64, name: &str, room: &str, door: Door) -> SocketId {
        self.greet((user, name), room, None, false, door)
    }

    fn greet(
        &mut self,
        (user, name): (i64, &str),
        room: &str,
        seat: Option<SeatKey>,
        take_over: bool,
        door: Door,
    ) -> SocketId {
        self.sockets += 1;
        let socket = SocketId(self.sockets);
        let entry = Entry {
            socket,
            user: UserId(user),
            name: UserName::parse(name).expect("a name"),
            guest: user >= GUESTS,
            seat: seat.map(hashed),
            take_over,
            fresh_key: hashed(SeatKey(format!("key {}", self.sockets))),
            history: History::default(),
            door,
        };
        let room = RoomName::parse(room).expect("a name");
        let entered = self.registry.open(&room, self.now, |shared, open| {
            (Arc::clone(shared), open.enter(entry))
        });
        let (shared, outputs) = entered.result;
        self.rooms.insert(socket, shared);
        self.note(&room, outputs);
        socket
    }

    /// Returns the welcome that a socket received, or the code with which it was closed.
    pub fn welcomed(&mut self, socket: SocketId) -> Result<(Page, Welcome), ErrorCode> {
        let told = self.told_by_socket(socket);
        match told.into_iter().next() {
            Some(ServerMessage::Welcome(welcome)) => {
                let page = Page {
                    socket,
                    id: welcome.you,
                    key: welcome.seat.clone(),
                };
                Ok((page, *welcome))
            }
            other => {
                assert!(other.is_none(), "the welcome comes first: {other:?}");
                Err(self.closed.last().and_then(|(_, code)| *code).expect("a code"))
            }
        }
    }

    /// Applies the result of the last order on disk.
    pub fn completed(&mut self, done: &Done) {
        let order = self.orders.pop().expect("an order");
        for room in self.registry.concerned(&order, done) {
            self.turn(&room, |open| open.completed(&order, done.clone()));
        }
    }

    /// Completes the last admission, whose history is read now.
    pub fn admit(&mut self) -> Result<(Page, Welcome), ErrorCode> {
        let socket = self.read_for_newcomer();
        self.welcomed(socket)
    }

    /// The same for a user who may have gone.
    pub fn read_for_newcomer(&mut self) -> SocketId {
        let socket = self.admissions.pop().expect("an admitted user");
        self.turn_of(socket, |open| open.admitted(socket, History::default()));
        socket
    }

    pub fn say(&mut self, page: &Page, message: Message) {
        self.turn_of(page.socket, |open| open.handle_message(page.socket, message));
    }

    pub fn lose(&mut self, page: &Page) {
        self.turn_of(page.socket, |open| open.disconnected(page.socket, None));
    }

    /// Ends the session of a page's user.
    pub fn end(&mut self, page: &Page) {
        let code = Some(ErrorCode::SessionEnded);
        self.turn_of(page.socket, |open| open.left(page.socket, code));
    }

    pub fn pass(&mut self, time: Duration) {
        self.now += time;
        for room in self.registry.due(self.now) {
            self.turn(&room, |open| open.tick());
        }
    }

    /// Runs a turn in the room that a socket entered; returns its outputs.
    pub fn turn_of(
        &mut self,
        socket: SocketId,
        input: impl FnOnce(&mut OpenRoom<'_, ()>) -> Vec<Output>,
    ) -> Vec<Output> {
        match self.rooms.get(&socket).cloned() {
            Some(room) => self.turn(&room, input),
            None => Vec::new(),
        }
    }

    fn turn(
        &mut self,
        room: &SharedRoom<()>,
        input: impl FnOnce(&mut OpenRoom<'_, ()>) -> Vec<Output>,
    ) -> Vec<Output> {
        let outputs = self.registry.turn(room, self.now, input).result;
        self.note(room.name(), outputs.clone());
        outputs
    }

    /// The sockets in rooms and waiting rooms, sorted.
    pub fn sockets(&self) -> Vec<SocketId> {
        let mut sockets = Vec::new();
        for shared in self.registry.all() {
            sockets.extend(lock(&shared.state).room.places.keys());
        }
        sockets.sort_unstable();
        sockets
    }

    /// Takes the messages that a page received since the last call.
    pub fn told(&mut self, page: &Page) -> Vec<RawServerMessage> {
        self.told_by_socket(page.socket)
    }

    pub fn told_by_socket(&mut self, socket: SocketId) -> Vec<RawServerMessage> {
        self.told.remove(&socket).unwrap_or_default()
    }

    /// Takes the unread messages of all sockets.
    pub fn all_told(&mut self) -> HashMap<SocketId, Vec<RawServerMessage>> {
        std::mem::take(&mut self.told)
    }

    /// Marks everything as read.
    pub fn forget(&mut self) {
        self.told.clear();
        self.lines.clear();
        self.closed.clear();
    }

    /// Takes the code of the one error that a page received. Panics if it received anything else.
    pub fn refusal(&mut self, page: &Page) -> ErrorCode {
        match self.told(page).as_slice() {
            [ServerMessage::Error { code, .. }] => *code,
            other => panic!("expected one refusal: {other:?}"),
        }
    }

    /// Lets one page invite another; returns the invitation's id.
    pub fn ring(&mut self, from: &Page, to: &Page) -> InvitationId {
        self.say(from, Message::Invite { to: to.id });
        let id = self.told(to).into_iter().find_map(|message| match message {
            ServerMessage::InvitationRinging { invitation } => Some(invitation.id),
            _ => None,
        });
        self.told(from);
        id.expect("it rings")
    }

    /// Lets one page invite another, which accepts; returns the link's epoch.
    pub fn link(&mut self, from: &Page, to: &Page) -> Epoch {
        let invitation = self.ring(from, to);
        self.say(to, Message::AcceptInvitation { invitation });
        self.told(from);
        let epoch = self.told(to).iter().find_map(opened);
        epoch.expect("a link").1
    }

    fn note(&mut self, room: &RoomName, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Send { to, message } => {
                    for socket in to {
                        assert!(
                            self.closed.iter().all(|(closed, _)| *closed != socket),
                            "a message to a closed socket"
                        );
                        self.told.entry(socket).or_default().push((*message).clone());
                    }
                }
                Output::Close { socket, code, .. } => self.closed.push((socket, code)),
                Output::Write(line) => self.lines.push((line.author.to_string(), line.entry)),
                Output::Persist => {
                    match self.snapshot(room) {
                        Some(kept) => self.disk.insert(room.clone(), kept),
                        None => self.disk.remove(room),
                    };
                }
                Output::Watch { socket, closely } => {
                    if closely {
                        self.watched.insert(socket);
                    } else {
                        self.watched.remove(&socket);
                    }
                }
                Output::ReadHistory { .. } => {}
                Output::Order(order) => self.orders.push(*order),
                Output::EndGuest(user) => self.ended.push(user),
                Output::Admit { socket } => self.admissions.push(socket),
            }
        }
        // A turn changes only the room it is in.
        assert_eq!(
            self.disk.get(room),
            self.snapshot(room).as_ref(),
            "a change is missing from the snapshot"
        );
    }

    fn snapshot(&self, room: &RoomName) -> Option<RoomSnapshot> {
        let shared = self.registry.find(room)?;
        self.registry
            .turn(&shared, self.now, |open| open.snapshot(self.calendar()))
            .result
    }

    fn calendar(&self) -> UnixMillis {
        let millis = (self.began + self.now).as_millis();
        UnixMillis(u64::try_from(millis).expect("a short time"))
    }

    /// Kills the server and restarts it after a pause.
    pub fn restart(&mut self, after: Duration) {
        self.began += self.now + after;
        self.now = Duration::ZERO;
        self.registry = Registry::new(Timings::default(), Bounds::default(), 0);
        for (room, kept) in self.disk.clone() {
            let text = serde_json::to_string(&kept).expect("JSON");
            let kept = serde_json::from_str(&text).expect("the same");
            self.registry.restore(room, kept, self.now, self.calendar());
        }
        self.told.clear();
        self.rooms.clear();
    }
}

/// Admission data of a room that user 1 owns.
pub fn door(access: Access, guests: bool) -> Door {
    let settings = RoomSettings {
        access,
        guests,
        ..RoomSettings::default()
    };
    Door {
        rules: Rules {
            owner: Some(UserId(1)),
            settings,
            password: None,
        },
        ..Door::default()
    }
}
