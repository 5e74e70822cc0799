//! The simulated disk: runs jobs in order, all waiting ones as one batch, and reports results once the batch
//! is committed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use protocol::{ChatEntry, ChatMessage, Hello, MessageId, RoomName, UnixMillis, UserName, limits};
use registry::{ChatDraft, History, RoomSnapshot, SocketId, UserId};

/// State that outlives the server.
#[derive(Default)]
pub(crate) struct Disk {
    /// Snapshots of the rooms that have participants.
    pub rooms: BTreeMap<RoomName, RoomSnapshot>,
    /// Users with an account; the index is the user id.
    users: Vec<UserName>,
    lines: Vec<(RoomName, UserId, ChatMessage)>,
}

impl Disk {
    /// The user of a name, which also serves as session token; creates an account if needed.
    fn user(&mut self, name: &UserName) -> UserId {
        let known = self.users.iter().position(|user| user == name);
        let at = known.unwrap_or_else(|| {
            self.users.push(name.clone());
            self.users.len() - 1
        });
        UserId(i64::try_from(at).expect("few"))
    }

    /// The messages that users wrote, in order.
    pub fn words(&self) -> Vec<&str> {
        let entries = self.lines.iter().map(|line| &line.2.entry);
        let words = entries.filter_map(|entry| {
            let ChatEntry::Text { text, .. } = entry else {
                return None;
            };
            Some(text.as_str())
        });
        words.collect()
    }

    /// Writes a chat entry, or finds it if its author sent it before.
    fn write(&mut self, line: &ChatDraft, at: UnixMillis) -> Written {
        let nonce = line.nonce();
        let is_same = |(_, user, message): &&(RoomName, UserId, ChatMessage)| {
            *user == line.user
                && matches!(&message.entry, ChatEntry::Text { nonce: of, .. } if Some(of) == nonce)
        };
        if let Some((_, _, message)) = self.lines.iter().find(is_same) {
            return Written::Before(message.clone());
        }
        let message = ChatMessage {
            id: MessageId(u64::try_from(self.lines.len()).expect("few") + 1),
            at,
            author: line.author.clone(),
            guest: line.guest,
            entry: line.entry.clone(),
        };
        self.lines.push((line.room.clone(), line.user, message.clone()));
        Written::New(message)
    }

    /// Returns the newest page of a room's history, or the page before a message.
    fn page(&self, room: &RoomName, before: Option<MessageId>) -> History {
        let is_older = |(of, _, message): &&(RoomName, UserId, ChatMessage)| {
            of == room && before.is_none_or(|before| message.id < before)
        };
        let older: Vec<_> = self
            .lines
            .iter()
            .filter(is_older)
            .map(|line| line.2.clone())
            .collect();
        let first = older.len().saturating_sub(limits::HISTORY_PAGE);
        History {
            messages: older[first..].to_vec(),
            complete: first == 0,
        }
    }
}

/// A job for the disk.
pub(crate) enum Job {
    /// Look up the user of a `hello`, and the history of the room.
    Enter(SocketId, Box<Hello>),
    /// Store the snapshots of changed rooms; with the job's number.
    Persist(u64),
    /// Write a chat entry.
    Write(ChatDraft),
    /// Read a page of a room's history for a socket.
    Read(SocketId, RoomName, MessageId),
}

/// The result of a job.
pub(crate) enum Outcome {
    Entered(SocketId, Box<Hello>, UserId, History),
    Kept(u64),
    Written(ChatDraft, Written),
    Read(SocketId, History),
}

/// A chat entry on disk.
pub(crate) enum Written {
    New(ChatMessage),
    Before(ChatMessage),
}

/// The job queue of one server.
#[derive(Default)]
pub(crate) struct Jobs {
    waiting: VecDeque<Job>,
    /// The jobs in progress, and the snapshots they store.
    batch: Vec<Job>,
    rooms: Vec<(RoomName, Option<RoomSnapshot>)>,
    done: Vec<Outcome>,
    /// Rooms that changed since their last snapshot was written.
    changed: BTreeSet<RoomName>,
    /// The number of the last `Persist` job, and whether it has yet to begin.
    last: u64,
    queued: bool,
}

impl Jobs {
    pub fn push(&mut self, job: Job) {
        self.waiting.push_back(job);
    }

    /// Schedules a room's snapshot; returns the number of the job that stores it.
    pub fn keep(&mut self, room: RoomName) -> u64 {
        self.changed.insert(room);
        if !std::mem::replace(&mut self.queued, true) {
            self.last += 1;
            self.push(Job::Persist(self.last));
        }
        self.last
    }

    /// Whether jobs are waiting.
    pub fn wait(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Begins all waiting jobs; snapshots are taken now.
    pub fn begin(&mut self, now: impl Fn(&RoomName) -> Option<RoomSnapshot>) {
        self.batch = self.waiting.drain(..).collect();
        if self.batch.iter().any(|job| matches!(job, Job::Persist(_))) {
            self.queued = false;
            let changed = std::mem::take(&mut self.changed).into_iter();
            self.rooms = changed.map(|name| (name.clone(), now(&name))).collect();
        }
    }

    /// Commits the jobs in progress.
    pub fn commit(&mut self, disk: &mut Disk, at: UnixMillis) {
        for (name, room) in self.rooms.drain(..) {
            match room {
                Some(room) => disk.rooms.insert(name, room),
                None => disk.rooms.remove(&name),
            };
        }
        for job in self.batch.drain(..) {
            self.done.push(match job {
                Job::Enter(socket, hello) => {
                    let token = hello.token.as_ref().expect("a session");
                    let user = disk.user(&UserName::parse(&token.0).expect("a name"));
                    let room = RoomName::parse(&hello.room).expect("a name");
                    let history = disk.page(&room, None);
                    Outcome::Entered(socket, hello, user, history)
                }
                Job::Persist(number) => Outcome::Kept(number),
                Job::Write(line) => {
                    let written = disk.write(&line, at);
                    Outcome::Written(line, written)
                }
                Job::Read(socket, room, before) => Outcome::Read(socket, disk.page(&room, Some(before))),
            });
        }
    }

    /// Takes the results of completed jobs, in order.
    pub fn completed(&mut self) -> Vec<Outcome> {
        std::mem::take(&mut self.done)
    }
}
