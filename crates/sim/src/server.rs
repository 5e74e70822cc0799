//! A small version of the server: the registry, and outboxes in which messages about a change wait for the disk.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use protocol::{
    ClientMessage, ErrorCode, Hello, RoomName, SeatKey, ServerMessage, Subject, UnixMillis, UserName, limits,
};
use registry::bucket::{Bucket, Rate};
use registry::checks::hashed;
use registry::{
    Bounds, Door, Entry, History, OpenRoom, Output, RawServerMessage, Registry, SharedRoom, SocketId,
    Timings, UserId,
};
use serde_json::value::RawValue;

use crate::disk::{Disk, Job, Jobs, Outcome, Written};

/// Rate limit for chat messages of one socket.
const CHAT: Rate = Rate {
    burst: limits::CHAT_BURST as f64,
    per_second: limits::CHAT_PER_SECOND as f64,
};

/// A message to a socket, or its end.
pub(crate) enum Out {
    Text(String),
    End,
}

/// The running server.
pub struct Server {
    pub(crate) registry: Registry<()>,
    /// Number of chat messages that exceeded the rate limit.
    pub too_fast: usize,
    /// Number of refused signals (no link between sender and recipient, or another epoch).
    pub refused_signals: usize,
    /// The room that each socket is in.
    rooms: BTreeMap<SocketId, Arc<SharedRoom<()>>>,
    began: u64,
    jobs: Jobs,
    /// The number of the last completed `Persist` job.
    kept: u64,
    /// Outgoing messages, each with the number of the job that it waits for.
    outboxes: BTreeMap<SocketId, VecDeque<(Out, u64)>>,
    /// Rate limit of each socket's chat messages.
    buckets: BTreeMap<SocketId, Bucket>,
    keys: u64,
}

impl Server {
    /// Starts the server with the rooms on disk.
    pub(crate) fn start(now: u64, disk: &Disk) -> Self {
        let registry = Registry::new(Timings::default(), Bounds::default(), now << 10);
        for (name, room) in &disk.rooms {
            let text = serde_json::to_string(room).expect("JSON");
            let room = serde_json::from_str(&text).expect("the same");
            registry.restore(name.clone(), room, Duration::ZERO, UnixMillis(now));
        }
        Self {
            registry,
            too_fast: 0,
            refused_signals: 0,
            rooms: BTreeMap::new(),
            began: now,
            jobs: Jobs::default(),
            kept: 0,
            outboxes: BTreeMap::new(),
            buckets: BTreeMap::new(),
            keys: 0,
        }
    }

    /// Handles a `hello`: the disk looks up its user.
    pub(crate) fn hello(&mut self, socket: SocketId, hello: Hello) {
        self.jobs.push(Job::Enter(socket, Box::new(hello)));
    }

    pub(crate) fn handle_message(
        &mut self,
        socket: SocketId,
        message: ClientMessage<Box<RawValue>>,
        now: u64,
    ) {
        let is_signal = matches!(message, ClientMessage::Signal { .. });
        if let ClientMessage::SendChat { nonce, .. } = &message {
            let elapsed = self.elapsed(now);
            let bucket = self.buckets.entry(socket);
            let bucket = bucket.or_insert_with(|| Bucket::full(CHAT, elapsed));
            if bucket.take(CHAT, 1.0, elapsed).is_err() {
                self.too_fast += 1;
                let refusal: RawServerMessage = ServerMessage::Error {
                    code: ErrorCode::RateLimited,
                    subject: Some(Subject::Nonce(nonce.clone())),
                };
                return self.push(socket, text(&refusal), 0);
            }
        }
        let outputs = self.turn_of(socket, now, |open| open.handle_message(socket, message));
        self.refused_signals += usize::from(is_signal && outputs.iter().any(is_refusal));
        self.carry_out(socket, outputs);
    }

    pub(crate) fn disconnected(&mut self, socket: SocketId, now: u64) {
        let outputs = self.turn_of(socket, now, |open| open.disconnected(socket, None));
        self.carry_out(socket, outputs);
        self.forget(socket);
    }

    /// Ends whatever has reached its deadline.
    pub(crate) fn tick(&mut self, now: u64) {
        let elapsed = self.elapsed(now);
        for room in self.registry.due(elapsed) {
            let outputs = self.registry.turn(&room, elapsed, |open| open.tick()).result;
            self.carry_out_in(room.name(), outputs);
        }
    }

    /// Whether jobs are waiting for the disk.
    pub(crate) fn has_jobs(&self) -> bool {
        self.jobs.wait()
    }

    /// Begins all waiting jobs; snapshots are taken now.
    pub(crate) fn disk_begins(&mut self, now: u64) {
        let (registry, elapsed) = (&self.registry, self.elapsed(now));
        self.jobs.begin(|name| {
            let room = registry.find(name)?;
            let kept = registry.turn(&room, elapsed, |open| open.snapshot(UnixMillis(now)));
            kept.result
        });
    }

    /// Commits the jobs in progress.
    pub(crate) fn disk_commits(&mut self, disk: &mut Disk, now: u64) {
        self.jobs.commit(disk, UnixMillis(now));
    }

    /// Handles the results of completed jobs; returns the sockets whose `hello` was answered.
    pub(crate) fn disk_done(&mut self, now: u64) -> Vec<SocketId> {
        let mut entered = Vec::new();
        for outcome in self.jobs.completed() {
            match outcome {
                Outcome::Kept(number) => self.kept = number,
                Outcome::Entered(socket, hello, user, history) => {
                    entered.push(socket);
                    self.enter(socket, *hello, user, history, now);
                }
                Outcome::Written(line, Written::New(message)) => {
                    let room = self.registry.find(&line.room);
                    let sockets = |open: &mut OpenRoom<'_, ()>| open.sockets();
                    let everybody = room.map(|room| self.registry.turn(&room, self.elapsed(now), sockets));
                    let to = everybody.map(|turned| turned.result).unwrap_or_default();
                    self.tell(to, &ServerMessage::Chat { message }, 0);
                }
                Outcome::Written(line, Written::Before(message)) => {
                    let to = line.socket.into_iter().collect();
                    self.tell(to, &ServerMessage::Chat { message }, 0);
                }
                Outcome::Read(socket, History { messages, complete }) => {
                    self.tell(vec![socket], &ServerMessage::History { messages, complete }, 0);
                }
            }
        }
        entered
    }

    fn enter(&mut self, socket: SocketId, hello: Hello, user: UserId, history: History, now: u64) {
        self.keys += 1;
        let room = RoomName::parse(&hello.room).expect("a name");
        let entry = Entry {
            guest: false,
            socket,
            user,
            name: UserName::parse(&hello.token.expect("a session").0).expect("a name"),
            seat: hello.seat.map(hashed),
            take_over: hello.take_over,
            fresh_key: hashed(SeatKey(format!("key {} of {}", self.keys, self.began))),
            history,
            door: Door::default(),
        };
        self.outboxes.insert(socket, VecDeque::new());
        let turned = self.registry.open(&room, self.elapsed(now), |shared, open| {
            (Arc::clone(shared), open.enter(entry))
        });
        let (shared, outputs) = turned.result;
        self.rooms.insert(socket, shared);
        self.carry_out(socket, outputs);
    }

    /// Takes the messages that may be sent now, in order.
    pub(crate) fn take_out(&mut self) -> Vec<(SocketId, Out)> {
        let mut all = Vec::new();
        for (socket, outbox) in &mut self.outboxes {
            let held = |(_, after): &(Out, u64)| *after > self.kept;
            let due = outbox.iter().position(held).unwrap_or(outbox.len());
            all.extend(outbox.drain(..due).map(|(out, _)| (*socket, out)));
        }
        all
    }

    /// Forgets a socket, with its unsent messages.
    pub(crate) fn forget(&mut self, socket: SocketId) {
        self.outboxes.remove(&socket);
        self.buckets.remove(&socket);
        self.rooms.remove(&socket);
    }

    fn elapsed(&self, now: u64) -> Duration {
        Duration::from_millis(now - self.began)
    }

    fn turn_of(
        &mut self,
        socket: SocketId,
        now: u64,
        input: impl FnOnce(&mut OpenRoom<'_, ()>) -> Vec<Output>,
    ) -> Vec<Output> {
        let elapsed = self.elapsed(now);
        let room = self.rooms.get(&socket);
        room.map(|room| self.registry.turn(room, elapsed, input).result)
            .unwrap_or_default()
    }

    fn carry_out(&mut self, socket: SocketId, outputs: Vec<Output>) {
        if let Some(room) = self.rooms.get(&socket).cloned() {
            self.carry_out_in(room.name(), outputs);
        }
    }

    fn carry_out_in(&mut self, room: &RoomName, outputs: Vec<Output>) {
        let keeps = outputs.iter().any(|output| matches!(output, Output::Persist));
        let after = if keeps { self.jobs.keep(room.clone()) } else { 0 };
        for output in outputs {
            match output {
                Output::Send { to, message } => self.tell(to, &message, after),
                Output::Close { socket, code, until } => {
                    if let Some(code) = code {
                        let retry_after_ms = None;
                        let bye: ServerMessage<()> = ServerMessage::Bye {
                            code,
                            retry_after_ms,
                            until,
                            session: None,
                        };
                        self.push(socket, text(&bye), 0);
                    }
                    self.push(socket, Out::End, 0);
                }
                Output::Write(line) => self.jobs.push(Job::Write(line)),
                Output::ReadHistory { socket, before } => {
                    self.jobs.push(Job::Read(socket, room.clone(), before));
                }
                // Snapshots are requested above, and the world itself reports the end of sockets.
                Output::Persist | Output::Watch { .. } => {}
                Output::Order(_) | Output::EndGuest(_) | Output::Admit { .. } => {
                    panic!("moderation, guests and waiting rooms are not simulated: {output:?}")
                }
            }
        }
    }

    fn tell(&mut self, to: Vec<SocketId>, message: &RawServerMessage, after: u64) {
        for socket in to {
            self.push(socket, text(message), after);
        }
    }

    fn push(&mut self, socket: SocketId, out: Out, after: u64) {
        let outbox = self.outboxes.get_mut(&socket);
        let open = outbox.filter(|outbox| !matches!(outbox.back(), Some((Out::End, _))));
        if let Some(outbox) = open {
            outbox.push_back((out, after));
        }
    }
}

fn is_refusal(output: &Output) -> bool {
    let Output::Send { message, .. } = output else {
        return false;
    };
    matches!(**message, ServerMessage::Error { .. })
}

fn text(message: &impl serde::Serialize) -> Out {
    Out::Text(serde_json::to_string(message).expect("JSON"))
}
