//! The hub: where the rooms, the sockets and the store meet.
//!
//! A room's lock guards the room and the outboxes of its sockets together, so what the room decides reaches every
//! socket in the order in which it was decided; no room waits for another. Nothing under a lock waits for anything but
//! another lock, and those of what spans rooms are held for one look: outboxes are pushed to, jobs are
//! handed to the store, and what follows a job comes back here from the store's thread, in the order of commits.
//! What tells of a change of a room goes out when its snapshot is written (`keeping`).

mod carrying;
mod entering;
mod greetings;
mod guesses;
mod keeping;
mod lines;
mod orders;
mod outbox;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use protocol::{ClientMessage, ErrorCode, RoomName, ServerMessage, Subject};
use registry::{Bounds, Figures, KeptRoom, OpenRoom, Output, Registry, SharedRoom, SocketId, Timings};
use serde_json::value::RawValue;
use tokio::sync::{Notify, watch};

use carrying::tell;
use greetings::Greetings;
pub use guesses::GuessRules;
use guesses::Guesses;
use keeping::Keeping;
pub use outbox::{Feed, Goodbye, Outbox, QueueBounds};

use crate::clock::{Clock, unix_millis};
use crate::metrics::Metrics;
use crate::passwords::Passwords;
use crate::store::{Quotas, SessionRules, Store, StoreError, TokenHash};

/// Everybody who is connected.
#[derive(Debug)]
pub struct Hub {
    rooms: Registry<Sockets>,
    store: Store,
    clock: Clock,
    passwords: Passwords,
    guesses: Guesses,
    greetings: Mutex<Greetings>,
    metrics: Arc<Metrics>,
    keeping: Mutex<Keeping>,
    /// The number of the last job that kept rooms and is done.
    kept: watch::Sender<u64>,
    rules: SessionRules,
    quotas: Quotas,
    /// Woken when the next deadline is another one than before.
    deadline_moved: Notify,
    /// How many sockets there have been.
    sockets: AtomicU64,
    stopping: AtomicBool,
}

/// The live sockets of a room.
type Sockets = HashMap<SocketId, Socket>;
/// A room, and its sockets.
type Room = SharedRoom<Sockets>;
/// A room that is held, and its sockets.
type Open<'a> = OpenRoom<'a, Sockets>;

#[derive(Debug)]
struct Socket {
    outbox: Outbox,
    session: TokenHash,
}

/// Where a socket is.
#[derive(Clone, Debug)]
pub struct Place {
    room: Arc<Room>,
    socket: SocketId,
}

impl Place {
    /// The socket's number.
    pub fn socket(&self) -> SocketId {
        self.socket
    }
}

/// What the settings say of rooms, seats and sessions.
#[derive(Clone, Copy, Debug)]
pub struct HubRules {
    /// How long things last.
    pub timings: Timings,
    /// How many rooms and seats there may be.
    pub bounds: Bounds,
    /// How much may be kept.
    pub quotas: Quotas,
    /// How often rooms' passwords may be guessed at.
    pub guesses: GuessRules,
    /// How long sessions last.
    pub sessions: SessionRules,
}

impl Hub {
    /// A hub in whose rooms are those who were there when they were kept, all of them away.
    pub fn new(
        store: Store,
        clock: Clock,
        rules: HubRules,
        passwords: Passwords,
        metrics: Arc<Metrics>,
        kept: Vec<(RoomName, KeptRoom)>,
    ) -> Self {
        // Ids begin at the time, with a thousand to each millisecond, so that a server that is started again never
        // gives out one that it gave before; they stay below 2^53 until the year 2248.
        let at = unix_millis();
        let registry = Registry::new(rules.timings, rules.bounds, at.0 << 10);
        for (name, room) in kept {
            registry.restore(name, room, clock.elapsed(), at);
        }
        Self {
            rooms: registry,
            store,
            clock,
            passwords,
            guesses: Guesses::new(rules.guesses, clock),
            greetings: Mutex::default(),
            metrics,
            keeping: Mutex::default(),
            kept: watch::Sender::new(0),
            rules: rules.sessions,
            quotas: rules.quotas,
            deadline_moved: Notify::new(),
            sockets: AtomicU64::new(0),
            stopping: AtomicBool::new(false),
        }
    }

    /// An empty outbox for a new socket.
    pub fn outbox(&self, bounds: QueueBounds) -> (Outbox, Feed) {
        Outbox::new(bounds, self.kept.subscribe())
    }

    /// A client said something.
    pub fn said(self: &Arc<Self>, from: &Place, message: ClientMessage<Box<RawValue>>) {
        let begun = self.clock.elapsed();
        self.change(&from.room, |open| open.said(from.socket, message));
        self.metrics
            .messages
            .observe(self.clock.elapsed().saturating_sub(begun));
    }

    /// Refuses a client's message before it came to its room.
    pub fn refuse(self: &Arc<Self>, from: &Place, code: ErrorCode, subject: Option<Subject>) {
        let refusal = ServerMessage::Error { code, subject };
        self.change(&from.room, |_| vec![tell(vec![from.socket], refusal)]);
    }

    /// A socket broke, or is to be broken with a code; its seat waits for its page.
    pub fn lost(self: &Arc<Self>, place: &Place, code: Option<ErrorCode>) {
        self.change(&place.room, |open| open.lost(place.socket, code));
    }

    /// A session ended: so do its sockets, and its user leaves the rooms that they were in.
    pub fn end_session(self: &Arc<Self>, session: TokenHash) {
        for room in self.rooms.all() {
            self.change(&room, |open| {
                let of_session = |(_, socket): &(&SocketId, &Socket)| socket.session == session;
                let ended: Vec<_> = open.beside.iter().filter(of_session).map(|(id, _)| *id).collect();
                let code = Some(ErrorCode::SessionEnded);
                ended
                    .into_iter()
                    .flat_map(|socket| open.gone(socket, code))
                    .collect()
            });
        }
    }

    /// The sessions in whose name there are sockets.
    pub fn sessions(&self) -> Vec<TokenHash> {
        let mut sessions = HashSet::new();
        for room in self.rooms.all() {
            self.look(&room, |open| {
                sessions.extend(open.beside.values().map(|socket| socket.session));
            });
        }
        sessions.into_iter().collect()
    }

    /// How much there is in the rooms.
    pub fn figures(&self) -> Figures {
        self.rooms.figures()
    }

    /// Says goodbye to everybody, and lets no one in any more.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        for room in self.rooms.all() {
            self.look(&room, |open| {
                for (_, socket) in open.beside.drain() {
                    socket.outbox.close(Some(ErrorCode::ShuttingDown.into()));
                }
            });
        }
    }

    /// Ends what is due when it is due, for ever.
    pub async fn keep_time(self: Arc<Self>) {
        loop {
            let due = async {
                match self.rooms.next_deadline() {
                    Some(at) => tokio::time::sleep_until(self.clock.at(at)).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = due => {
                    for room in self.rooms.due(self.clock.elapsed()) {
                        self.change(&room, |open| open.tick());
                    }
                }
                () = self.deadline_moved.notified() => {}
            }
        }
    }

    /// Handles an input in a room, and does what comes of it.
    fn change(self: &Arc<Self>, room: &Arc<Room>, input: impl FnOnce(&mut Open<'_>) -> Vec<Output>) {
        self.look(room, |open| {
            let outputs = input(open);
            self.carry_out(room, open, outputs);
        });
    }

    /// Holds a room.
    fn look<R>(&self, room: &Room, work: impl FnOnce(&mut Open<'_>) -> R) -> R {
        let turned = self.rooms.turn(room, self.clock.elapsed(), work);
        self.note_deadline(turned.deadline_moved);
        turned.result
    }

    fn note_deadline(&self, moved: bool) {
        if moved {
            self.deadline_moved.notify_one();
        }
    }
}

/// What a client is told of the store's trouble.
pub fn code_of(error: &StoreError) -> ErrorCode {
    match error {
        StoreError::Busy => ErrorCode::ServerBusy,
        StoreError::Stopped => ErrorCode::ShuttingDown,
        StoreError::Database(_) => ErrorCode::Internal,
    }
}
