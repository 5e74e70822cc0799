//! The hub connects rooms, sockets and the store.
//!
//! A room's lock guards the room together with the outboxes of its sockets, so what the room decides reaches
//! every socket in the order in which it was decided; rooms do not wait for each other. Code under a lock waits
//! for nothing but another lock, and locks across rooms are held only briefly: messages are queued in outboxes,
//! jobs are submitted to the store, and their results come back on the store's thread, in the order of commits.
//! Messages that announce a change of a room are sent when its snapshot is written (`keeping`).

mod chat;
mod entering;
mod entry_limiter;
mod keeping;
mod orders;
mod outbox;
mod outputs;
mod password_guesses;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use protocol::{ClientMessage, ErrorCode, RoomName, ServerMessage, Subject};
use registry::{Bounds, OpenRoom, Output, Registry, RoomSnapshot, SharedRoom, SocketId, Timings, Totals};
use serde_json::value::RawValue;
use tokio::sync::Notify;

use entry_limiter::EntryLimiter;
use keeping::Keeping;
use outbox::Kept;
pub use outbox::{Fed, Feed, Goodbye, Outbox, QueueBounds};
use outputs::tell;
use password_guesses::PasswordGuessLimiter;
pub use password_guesses::PasswordGuessLimits;

use crate::clock::{Clock, unix_millis};
use crate::metrics::Metrics;
use crate::passwords::Passwords;
use crate::store::{Quotas, SessionRules, Store, StoreError, TokenHash};

/// The rooms, and all connected clients.
#[derive(Debug)]
pub struct Hub {
    rooms: Registry<Sockets>,
    store: Store,
    clock: Clock,
    passwords: Passwords,
    guesses: PasswordGuessLimiter,
    entries: Mutex<EntryLimiter>,
    metrics: Arc<Metrics>,
    keeping: Mutex<Keeping>,
    /// The jobs that have saved rooms, and who waits for them.
    kept: Arc<Kept>,
    rules: SessionRules,
    quotas: Quotas,
    /// Woken when the next deadline changes.
    deadline_moved: Notify,
    /// How many sockets there have been.
    sockets: AtomicU64,
    stopping: AtomicBool,
}

/// The live sockets of a room.
type Sockets = HashMap<SocketId, Socket>;
/// A room and its sockets.
type Room = SharedRoom<Sockets>;
/// A locked room and its sockets.
type Open<'a> = OpenRoom<'a, Sockets>;

#[derive(Debug)]
struct Socket {
    outbox: Outbox,
    session: TokenHash,
}

/// A socket in a room.
#[derive(Clone, Debug)]
pub struct SocketHandle {
    room: Arc<Room>,
    socket: SocketId,
}

impl SocketHandle {
    /// Returns the socket's id.
    pub fn socket(&self) -> SocketId {
        self.socket
    }
}

/// Settings of rooms, seats and sessions.
#[derive(Clone, Copy, Debug)]
pub struct HubRules {
    /// How long invitations ring and seats wait.
    pub timings: Timings,
    /// Maximum number of rooms and seats.
    pub bounds: Bounds,
    /// Limits of what is stored for rooms and users.
    pub quotas: Quotas,
    /// Limit of guesses at room passwords.
    pub guesses: PasswordGuessLimits,
    /// Limits of sessions.
    pub sessions: SessionRules,
}

impl Hub {
    /// Creates a hub with the saved rooms; all their participants are away.
    pub fn new(
        store: Store,
        clock: Clock,
        rules: HubRules,
        passwords: Passwords,
        metrics: Arc<Metrics>,
        kept: Vec<(RoomName, RoomSnapshot)>,
    ) -> Self {
        // Ids start at the time, with 1024 to each millisecond, so that a restarted server never reuses one;
        // they stay below 2^53 until the year 2248.
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
            guesses: PasswordGuessLimiter::new(rules.guesses, clock),
            entries: Mutex::default(),
            metrics,
            keeping: Mutex::default(),
            kept: Arc::default(),
            rules: rules.sessions,
            quotas: rules.quotas,
            deadline_moved: Notify::new(),
            sockets: AtomicU64::new(0),
            stopping: AtomicBool::new(false),
        }
    }

    /// Creates an empty outbox for a new socket.
    pub fn outbox(&self, bounds: QueueBounds) -> (Outbox, Feed) {
        Outbox::new(bounds, Arc::clone(&self.kept))
    }

    /// Handles a message from a client.
    pub fn handle_message(self: &Arc<Self>, from: &SocketHandle, message: ClientMessage<Box<RawValue>>) {
        let begun = self.clock.elapsed();
        self.change(&from.room, |open| open.handle_message(from.socket, message));
        self.metrics
            .messages
            .observe(self.clock.elapsed().saturating_sub(begun));
    }

    /// Refuses a client's message before it reaches its room.
    pub fn refuse(self: &Arc<Self>, from: &SocketHandle, code: ErrorCode, subject: Option<Subject>) {
        let refusal = ServerMessage::Error { code, subject };
        self.change(&from.room, |_| vec![tell(vec![from.socket], refusal)]);
    }

    /// Handles a broken socket, or closes one with a code. Its seat waits for the page to come back.
    pub fn disconnected(self: &Arc<Self>, handle: &SocketHandle, code: Option<ErrorCode>) {
        self.change(&handle.room, |open| open.disconnected(handle.socket, code));
    }

    /// Ends a session: its sockets are closed, and its user leaves their rooms.
    pub fn end_session(self: &Arc<Self>, session: TokenHash) {
        for room in self.rooms.all() {
            self.change(&room, |open| {
                let of_session = |(_, socket): &(&SocketId, &Socket)| socket.session == session;
                let ended: Vec<_> = open.beside.iter().filter(of_session).map(|(id, _)| *id).collect();
                let code = Some(ErrorCode::SessionEnded);
                ended
                    .into_iter()
                    .flat_map(|socket| open.left(socket, code))
                    .collect()
            });
        }
    }

    /// Returns the sessions that have open sockets.
    pub fn sessions(&self) -> Vec<TokenHash> {
        let mut sessions = HashSet::new();
        for room in self.rooms.all() {
            self.look(&room, |open| {
                sessions.extend(open.beside.values().map(|socket| socket.session));
            });
        }
        sessions.into_iter().collect()
    }

    /// Returns the totals over all rooms.
    pub fn figures(&self) -> Totals {
        self.rooms.figures()
    }

    /// Closes all sockets with a goodbye, and lets no one enter any more.
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

    /// Handles deadlines when they are due, forever.
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

    /// Handles an input in a room, and carries out its outputs.
    fn change(self: &Arc<Self>, room: &Arc<Room>, input: impl FnOnce(&mut Open<'_>) -> Vec<Output>) {
        self.look(room, |open| {
            let outputs = input(open);
            self.carry_out(room, open, outputs);
        });
    }

    /// Locks a room for some work.
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

/// Returns the code that a client gets for an error of the store.
pub fn code_of(error: &StoreError) -> ErrorCode {
    match error {
        StoreError::Busy => ErrorCode::ServerBusy,
        StoreError::Stopped => ErrorCode::ShuttingDown,
        StoreError::Database(_) => ErrorCode::Internal,
    }
}
