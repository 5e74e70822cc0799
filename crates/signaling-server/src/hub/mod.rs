//! The hub: where the registry, the sockets and the store meet.
//!
//! One lock guards the registry and the sockets' outboxes together, so what the registry decides reaches every
//! socket in the order in which it was decided. Nothing under the lock waits: outboxes are pushed to, jobs are
//! handed to the store, and what follows a job comes back here from the store's thread, in the order of commits.
//! What tells of a change of a room goes out when its snapshot is written (`keeping`).

mod greetings;
mod guesses;
mod keeping;
mod orders;
mod outbox;

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use protocol::http::SessionInfo;
use protocol::{ClientMessage, ErrorCode, Hello, MessageId, RoomName, SeatKey, ServerMessage, Subject};
use serde_json::value::RawValue;
use tokio::sync::{Notify, oneshot, watch};
use tungstenite::Utf8Bytes;

use greetings::Greetings;
use guesses::Guesses;
use keeping::Keeping;
pub use outbox::{Feed, Goodbye, Outbox, QueueBounds};

use crate::accounts::Passwords;
use crate::clock::{Clock, unix_millis};
use crate::metrics::Metrics;
use crate::registry::{
    Bounds, Door, Entry, Figures, History, KeptRoom, Line, Output, RawServerMessage, Registry, SocketId,
    Timings, UserId,
};
use crate::store::{Session, SessionRules, Store, StoreError, TokenHash, Written, door, end_guest, page};

/// Everybody who is connected.
#[derive(Debug)]
pub struct Hub {
    state: Mutex<State>,
    store: Store,
    clock: Clock,
    passwords: Passwords,
    guesses: Guesses,
    metrics: Arc<Metrics>,
    /// The number of the last job that kept rooms and is done.
    kept: watch::Sender<u64>,
    rules: SessionRules,
    bounds: Bounds,
    /// Woken when the next deadline is another one than before.
    deadline_moved: Notify,
}

#[derive(Debug)]
struct State {
    registry: Registry,
    sockets: HashMap<SocketId, Socket>,
    next_socket: u64,
    greetings: Greetings,
    keeping: Keeping,
    /// What [`Hub::keep_time`] waits for.
    deadline: Option<Duration>,
    stopping: bool,
}

#[derive(Debug)]
struct Socket {
    outbox: Outbox,
    session: TokenHash,
}

/// What the settings say of seats and sessions.
#[derive(Clone, Copy, Debug)]
pub struct HubRules {
    /// How long things last.
    pub timings: Timings,
    /// How much there may be.
    pub bounds: Bounds,
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
        let mut registry = Registry::new(rules.timings, rules.bounds, at.0 << 10);
        for (name, room) in kept {
            registry.restore(name, room, clock.elapsed(), at);
        }
        let state = State {
            registry,
            sockets: HashMap::new(),
            next_socket: 0,
            greetings: Greetings::default(),
            keeping: Keeping::default(),
            deadline: None,
            stopping: false,
        };
        Self {
            state: Mutex::new(state),
            store,
            clock,
            passwords,
            guesses: Guesses::new(rules.bounds.password_guesses, clock),
            metrics,
            kept: watch::Sender::new(0),
            rules: rules.sessions,
            bounds: rules.bounds,
            deadline_moved: Notify::new(),
        }
    }

    /// An empty outbox for a new socket.
    pub fn outbox(&self, bounds: QueueBounds) -> (Outbox, Feed) {
        Outbox::new(bounds, self.kept.subscribe())
    }

    /// Lets a client in that said hello, from where it comes. The welcome, or the refusal by the room, is in the
    /// outbox when this returns; a refusal before that is the error.
    pub async fn enter(
        self: &Arc<Self>,
        hello: Hello,
        room: RoomName,
        from: IpAddr,
        outbox: Outbox,
    ) -> Result<SocketId, Goodbye> {
        let proven = self.prove(&hello, &room, from).await?;
        let fresh_key = SeatKey(crate::random::key().map_err(|_| ErrorCode::Internal)?);
        let token = hello.token.as_ref().map(TokenHash::of);
        let (token, rules) = (token.ok_or(ErrorCode::NotSignedIn)?, self.rules);
        let hub = Arc::clone(self);
        let (tell, told) = oneshot::channel();
        let (asked_room, invite, expected) = (room.clone(), hello.invite, hello.name);
        let job = move |connection: &rusqlite::Connection| {
            let now = unix_millis();
            let Some(session) = Session::find(connection, token, rules, now)? else {
                return Ok(Err(ErrorCode::NotSignedIn.into()));
            };
            if !session.is_of(expected.as_ref()) {
                return Ok(Err(another_user(session)));
            }
            let guest = session.guest_of.is_some();
            if session.guest_of.as_ref().is_some_and(|room| *room != asked_room) {
                return Ok(Err(ErrorCode::NotSignedIn.into()));
            }
            let door = door(connection, &asked_room, session.user, guest, invite.as_ref(), now)?;
            Ok(Ok((session, door, page(connection, &asked_room, None)?)))
        };
        // The history is as of now, and lines are told from this thread only: none is missed or told twice.
        let then = move |found: Result<Result<(Session, Door, History), Goodbye>, StoreError>| {
            let entered = match found {
                Ok(Ok((session, door, history))) => {
                    let entry = Entry {
                        socket: SocketId(0),
                        user: session.user,
                        name: session.name,
                        guest: session.guest_of.is_some(),
                        room,
                        seat: hello.seat,
                        take_over: hello.take_over,
                        fresh_key,
                        history,
                        door: Door { proven, ..door },
                    };
                    hub.seat(
                        entry,
                        Socket {
                            outbox,
                            session: token,
                        },
                    )
                    .map_err(Goodbye::from)
                }
                Ok(Err(refused)) => Err(refused),
                Err(error) => Err(code_of(&error).into()),
            };
            // The socket's task waits for this until it comes.
            let _ = tell.send(entered);
        };
        self.store.submit(job, then).map_err(|error| code_of(&error))?;
        told.await.unwrap_or(Err(ErrorCode::Internal.into()))
    }

    fn seat(self: &Arc<Self>, mut entry: Entry, socket: Socket) -> Result<SocketId, ErrorCode> {
        let mut state = self.lock();
        if state.stopping {
            return Err(ErrorCode::ShuttingDown);
        }
        let now = self.clock.elapsed();
        state.greetings.take(entry.user, now)?;
        state.next_socket += 1;
        let id = SocketId(state.next_socket);
        entry.socket = id;
        state.sockets.insert(id, socket);
        let outputs = state.registry.enter(entry, now);
        self.carry_out(&mut state, outputs);
        Ok(id)
    }

    /// A client said something.
    pub fn said(self: &Arc<Self>, socket: SocketId, message: ClientMessage<Box<RawValue>>) {
        let begun = self.clock.elapsed();
        self.change(|registry, now| registry.said(socket, message, now));
        self.metrics
            .messages
            .observe(self.clock.elapsed().saturating_sub(begun));
    }

    /// Refuses a client's message before it came to the registry.
    pub fn refuse(self: &Arc<Self>, socket: SocketId, code: ErrorCode, subject: Option<Subject>) {
        self.change(|_, _| vec![tell(vec![socket], ServerMessage::Error { code, subject })]);
    }

    /// A socket broke, or is to be broken with a code; its seat waits for its page.
    pub fn lost(self: &Arc<Self>, socket: SocketId, code: Option<ErrorCode>) {
        self.change(|registry, now| registry.lost(socket, code, now));
    }

    /// A session ended: so do its sockets, and its user leaves the rooms that they were in.
    pub fn end_session(self: &Arc<Self>, session: TokenHash) {
        let mut state = self.lock();
        let ended: Vec<SocketId> = state
            .sockets
            .iter()
            .filter(|(_, socket)| socket.session == session)
            .map(|(id, _)| *id)
            .collect();
        for socket in ended {
            let outputs = state
                .registry
                .gone(socket, Some(ErrorCode::SessionEnded), self.clock.elapsed());
            self.carry_out(&mut state, outputs);
        }
    }

    /// The sessions in whose name there are sockets.
    pub fn sessions(&self) -> Vec<TokenHash> {
        let state = self.lock();
        let sessions: HashSet<TokenHash> = state.sockets.values().map(|socket| socket.session).collect();
        sessions.into_iter().collect()
    }

    /// How much there is in the rooms.
    pub fn figures(&self) -> Figures {
        self.lock().registry.figures()
    }

    /// Says goodbye to everybody, and lets nobody in any more.
    pub fn stop(&self) {
        let mut state = self.lock();
        state.stopping = true;
        for (_, socket) in state.sockets.drain() {
            socket.outbox.close(Some(ErrorCode::ShuttingDown.into()));
        }
    }

    /// Ends what is due when it is due, for ever.
    pub async fn keep_time(self: Arc<Self>) {
        loop {
            let next = self.lock().registry.next_deadline();
            let due = async {
                match next {
                    Some(at) => tokio::time::sleep_until(self.clock.at(at)).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = due => self.change(Registry::tick),
                () = self.deadline_moved.notified() => {}
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic under the lock is a bug; the state is still the best that there is.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(self: &Arc<Self>, input: impl FnOnce(&mut Registry, Duration) -> Vec<Output>) {
        let mut state = self.lock();
        let outputs = input(&mut state.registry, self.clock.elapsed());
        self.carry_out(&mut state, outputs);
    }

    /// Does what the registry wants done; a socket that has no room for it is too slow.
    fn carry_out(self: &Arc<Self>, state: &mut State, mut outputs: Vec<Output>) {
        while !outputs.is_empty() {
            let mut slow = Vec::new();
            let mut failed = Vec::new();
            // What a list tells waits for what the list has to be kept.
            let mut after = 0;
            for output in &outputs {
                if let Output::Keep(room) = output {
                    after = self.keep(&mut state.keeping, room.clone());
                }
            }
            for output in outputs {
                self.metrics.count(&output);
                match output {
                    Output::Keep(_) => {}
                    Output::Watch { socket, closely } => {
                        if let Some(socket) = state.sockets.get(&socket) {
                            socket.outbox.set_in_call(closely);
                        }
                    }
                    Output::Tell { to, message } => slow.extend(push(&state.sockets, &to, &message, after)),
                    Output::Close { socket, code, until } => {
                        if let Some(socket) = state.sockets.remove(&socket) {
                            socket
                                .outbox
                                .close(code.map(|code| Goodbye { until, ..code.into() }));
                        }
                    }
                    Output::Write(line) => slow.extend(self.write(state, line)),
                    Output::ReadHistory { socket, room, before } => {
                        slow.extend(self.read(state, socket, room, before));
                    }
                    Output::Order(order) => slow.extend(self.order(state, *order)),
                    Output::EndGuest(user) => self.end_guest(user),
                    Output::Admit { socket, room } => failed.extend(self.admit(socket, room)),
                }
            }
            slow.dedup();
            let now = self.clock.elapsed();
            failed.extend(slow.into_iter().map(|socket| (socket, ErrorCode::TooSlow)));
            outputs = failed
                .into_iter()
                .flat_map(|(socket, code)| state.registry.lost(socket, Some(code), now))
                .collect();
        }
        let next = state.registry.next_deadline();
        if next != state.deadline {
            state.deadline = next;
            self.deadline_moved.notify_one();
        }
    }

    /// Ends a guest's session; the socket is closed already.
    fn end_guest(&self, user: UserId) {
        let ended = self.store.submit(
            move |connection| end_guest(connection, user),
            |ended| {
                if let Err(error) = ended {
                    tracing::error!(%error, "a guest's session was not ended");
                }
            },
        );
        if let Err(error) = ended {
            tracing::warn!(%error, "a guest's session is not ended");
        }
    }

    fn write(self: &Arc<Self>, state: &State, line: Line) -> Vec<SocketId> {
        let hub = Arc::clone(self);
        let (to_write, at, most) = (line.clone(), unix_millis(), self.bounds.history_lines);
        let job =
            move |connection: &rusqlite::Connection| Written::write_within(connection, &to_write, at, most);
        let refused = line.clone();
        match self.store.submit(job, move |written| hub.written(&line, written)) {
            Ok(()) => Vec::new(),
            Err(error) => {
                self.metrics.refused(code_of(&error));
                push_not_written(&state.sockets, &refused, &error)
            }
        }
    }

    fn written(self: &Arc<Self>, line: &Line, written: Result<Written, StoreError>) {
        let mut state = self.lock();
        let (to, message) = match written {
            Ok(Written::New(message)) => (state.registry.sockets_in(&line.room), message),
            Ok(Written::Before(message)) => (line.socket.into_iter().collect(), message),
            Err(error) => {
                self.metrics.refused(code_of(&error));
                push_not_written(&state.sockets, line, &error);
                return;
            }
        };
        self.carry_out(&mut state, vec![tell(to, ServerMessage::Chat { message })]);
    }

    fn read(
        self: &Arc<Self>,
        state: &State,
        socket: SocketId,
        room: RoomName,
        before: MessageId,
    ) -> Vec<SocketId> {
        let hub = Arc::clone(self);
        let job = move |connection: &rusqlite::Connection| page(connection, &room, Some(before));
        let then = move |found: Result<History, StoreError>| match found {
            Ok(History { messages, complete }) => {
                hub.change(|_, _| vec![tell(vec![socket], ServerMessage::History { messages, complete })]);
            }
            Err(error) => hub.refuse(socket, code_of(&error), None),
        };
        match self.store.submit(job, then) {
            Ok(()) => Vec::new(),
            Err(error) => {
                self.metrics.refused(code_of(&error));
                let refusal = ServerMessage::Error {
                    code: code_of(&error),
                    subject: None,
                };
                push(&state.sockets, &[socket], &refusal, 0)
            }
        }
    }
}

/// What a page is told that took its user for somebody else.
fn another_user(session: Session) -> Goodbye {
    let Session { name, guest_of, .. } = session;
    Goodbye {
        session: Some(SessionInfo { name, guest_of }),
        ..ErrorCode::AnotherUser.into()
    }
}

fn tell(to: Vec<SocketId>, message: RawServerMessage) -> Output {
    Output::Tell {
        to,
        message: Box::new(message),
    }
}

/// Puts a message, made into text once, into outboxes, to go out when a job is done; gives those that have no room
/// for it.
fn push(
    sockets: &HashMap<SocketId, Socket>,
    to: &[SocketId],
    message: &RawServerMessage,
    after: u64,
) -> Vec<SocketId> {
    let text = match serde_json::to_string(message) {
        Ok(text) => Utf8Bytes::from(text),
        Err(error) => {
            tracing::error!(%error, "a message could not be made into JSON");
            return Vec::new();
        }
    };
    let full = |id: &&SocketId| {
        sockets
            .get(id)
            .is_some_and(|socket| socket.outbox.push(text.clone(), after).is_err())
    };
    to.iter().filter(full).copied().collect()
}

/// Tells a line's author that it was not written; a line that nobody asked for is only missed in the log.
fn push_not_written(sockets: &HashMap<SocketId, Socket>, line: &Line, error: &StoreError) -> Vec<SocketId> {
    tracing::warn!(%error, room = %line.room, "a line was not written");
    let Some(socket) = line.socket else {
        return Vec::new();
    };
    let subject = line.nonce().cloned().map(Subject::Nonce);
    push(
        sockets,
        &[socket],
        &ServerMessage::Error {
            code: code_of(error),
            subject,
        },
        0,
    )
}

/// What a client is told of the store's trouble.
pub fn code_of(error: &StoreError) -> ErrorCode {
    match error {
        StoreError::Busy => ErrorCode::ServerBusy,
        StoreError::Stopped => ErrorCode::ShuttingDown,
        StoreError::Database(_) => ErrorCode::Internal,
    }
}
