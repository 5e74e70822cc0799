//! A hub in small: the registry, and outboxes in which what tells of a change waits for the disk.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use protocol::{ClientMessage, Hello, RoomName, SeatKey, ServerMessage, UnixMillis, UserName};
use serde_json::value::RawValue;

use super::super::stage::hashed;
use super::disk::{Disk, Job, Jobs};
use crate::{
    Bounds, Door, Entry, History, OpenRoom, Output, Registry, SharedRoom, SocketId, Timings, UserId,
};

/// What a socket is told, or that it ends.
pub enum Out {
    Text(String),
    End,
}

/// The server, while it runs.
pub struct Server {
    pub registry: Registry<()>,
    /// The room that each socket said hello in.
    rooms: BTreeMap<SocketId, Arc<SharedRoom<()>>>,
    began: u64,
    jobs: Jobs,
    /// The number of the last job that kept rooms and is done.
    kept: u64,
    /// What is to go out, and after which job.
    outboxes: BTreeMap<SocketId, VecDeque<(Out, u64)>>,
    keys: u64,
}

impl Server {
    /// Starts it with what is on disk.
    pub fn start(now: u64, disk: &Disk) -> Self {
        let registry = Registry::new(Timings::default(), Bounds::default(), now << 10);
        for (name, room) in disk {
            let text = serde_json::to_string(room).expect("JSON");
            let room = serde_json::from_str(&text).expect("the same");
            registry.restore(name.clone(), room, Duration::ZERO, UnixMillis(now));
        }
        Self {
            registry,
            rooms: BTreeMap::new(),
            began: now,
            jobs: Jobs::default(),
            kept: 0,
            outboxes: BTreeMap::new(),
            keys: 0,
        }
    }

    /// Somebody says hello: the disk is asked who they are.
    pub fn hello(&mut self, socket: SocketId, hello: Hello) {
        self.keys += 1;
        let name = hello.token.expect("a token").0;
        let user = name.bytes().next_back().expect("a name");
        let room = RoomName::parse(&hello.room).expect("a name");
        let entry = Entry {
            guest: false,
            socket,
            user: UserId(user.into()),
            name: UserName::parse(&name).expect("a name"),
            seat: hello.seat.map(hashed),
            take_over: hello.take_over,
            fresh_key: hashed(SeatKey(format!("key {} of {}", self.keys, self.began))),
            history: History::default(),
            door: Door::default(),
        };
        self.jobs.push(Job::Enter(Box::new(entry), room));
    }

    pub fn said(&mut self, socket: SocketId, message: ClientMessage<Box<RawValue>>, now: u64) {
        self.turn_of(socket, now, |open| open.said(socket, message));
    }

    pub fn lost(&mut self, socket: SocketId, now: u64) {
        self.turn_of(socket, now, |open| open.lost(socket, None));
        self.forget(socket);
    }

    /// Ends what is due.
    pub fn tick(&mut self, now: u64) {
        let elapsed = self.elapsed(now);
        for room in self.registry.due(elapsed) {
            let outputs = self.registry.turn(&room, elapsed, |open| open.tick()).result;
            self.carry_out(room.name(), outputs);
        }
    }

    /// Whether the disk has something to begin with.
    pub fn has_jobs(&self) -> bool {
        self.jobs.wait()
    }

    pub fn disk_begins(&mut self, now: u64) {
        let (registry, elapsed) = (&self.registry, self.elapsed(now));
        self.jobs.begin(|name| {
            let room = registry.find(name)?;
            registry
                .turn(&room, elapsed, |open| open.kept(UnixMillis(now)))
                .result
        });
    }

    pub fn disk_commits(&mut self, disk: &mut Disk) {
        self.jobs.commit(disk);
    }

    /// What follows from what is safe; gives the sockets whose hello was answered.
    pub fn disk_done(&mut self, now: u64) -> Vec<SocketId> {
        let mut entered = Vec::new();
        for job in self.jobs.done() {
            match job {
                Job::Keep(number) => self.kept = number,
                Job::Enter(entry, name) => {
                    let socket = entry.socket;
                    entered.push(socket);
                    self.outboxes.insert(socket, VecDeque::new());
                    let turned = self.registry.open(&name, self.elapsed(now), |shared, open| {
                        (Arc::clone(shared), open.enter(*entry))
                    });
                    let (shared, outputs) = turned.result;
                    self.rooms.insert(socket, shared);
                    self.carry_out(&name, outputs);
                }
            }
        }
        entered
    }

    /// What goes out now, in order.
    pub fn take_out(&mut self) -> Vec<(SocketId, Out)> {
        let mut all = Vec::new();
        for (socket, outbox) in &mut self.outboxes {
            let held = |(_, after): &(Out, u64)| *after > self.kept;
            let due = outbox.iter().position(held).unwrap_or(outbox.len());
            all.extend(outbox.drain(..due).map(|(out, _)| (*socket, out)));
        }
        all
    }

    /// A socket is gone, with what it was still to be told.
    pub fn forget(&mut self, socket: SocketId) {
        self.outboxes.remove(&socket);
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
    ) {
        if let Some(room) = self.rooms.get(&socket).cloned() {
            let outputs = self.registry.turn(&room, self.elapsed(now), input).result;
            self.carry_out(room.name(), outputs);
        }
    }

    fn carry_out(&mut self, room: &RoomName, outputs: Vec<Output>) {
        let keeps = outputs.iter().any(|output| matches!(output, Output::Keep));
        let after = if keeps { self.jobs.keep(room.clone()) } else { 0 };
        for output in outputs {
            match output {
                Output::Tell { to, message } => {
                    for socket in to {
                        self.push(socket, text(&message), after);
                    }
                }
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
                // Nobody writes, moderates or waits here, and sockets are watched by the world.
                _ => {}
            }
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

fn text(message: &impl serde::Serialize) -> Out {
    Out::Text(serde_json::to_string(message).expect("JSON"))
}
