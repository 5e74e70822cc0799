//! A room behind its lock, and the operations on it while locked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use protocol::{ErrorCode, RoomName, UnixMillis};

use super::entry::{Entry, History};
use super::figures::Totals;
use super::ids::Ids;
use super::ids::SocketId;
use super::lock::lock;
use super::order::{Done, Order};
use super::output::Output;
use super::room::Room;
use super::snapshot::RoomSnapshot;
use super::turn::Turn;
use super::users::Users;
use super::{Bounds, Message, Timings};

/// State shared by all rooms.
#[derive(Debug)]
pub(super) struct Common {
    pub timings: Timings,
    pub bounds: Bounds,
    pub ids: Ids,
    pub users: Users,
}

impl Common {
    /// Starts a turn in a room.
    pub fn turn<'a>(&'a self, room: &'a RoomName, now: Duration) -> Turn<'a> {
        Turn {
            now,
            room,
            timings: self.timings,
            bounds: self.bounds,
            ids: &self.ids,
            users: &self.users,
            out: Vec::new(),
        }
    }
}

/// A room and its host's state, behind one lock.
#[derive(Debug)]
pub struct SharedRoom<S> {
    pub(super) name: RoomName,
    pub(super) state: Mutex<State<S>>,
}

#[derive(Debug)]
pub(super) struct State<S> {
    pub room: Room,
    pub beside: S,
    /// The room's next deadline: the registry has it scheduled for then, or has just taken it out to tick it.
    pub due: Option<Duration>,
    /// The latest time passed to a turn.
    pub now: Duration,
    /// The room was empty and has been removed from the registry; no user can enter it any more.
    pub closed: bool,
}

impl<S: Default> SharedRoom<S> {
    pub(super) fn new(name: RoomName, room: Room) -> Arc<Self> {
        let state = State {
            room,
            beside: S::default(),
            due: None,
            now: Duration::ZERO,
            closed: false,
        };
        let state = Mutex::new(state);
        Arc::new(Self { name, state })
    }
}

impl<S> SharedRoom<S> {
    /// The room's name.
    pub fn name(&self) -> &RoomName {
        &self.name
    }

    pub(super) fn add_to(&self, figures: &mut Totals) {
        figures.add(&lock(&self.state).room);
    }
}

/// A locked room. Each operation returns a list of outputs, to be carried out before the lock is released, so
/// that they reach every socket in the order in which they were decided.
#[derive(Debug)]
pub struct OpenRoom<'a, S> {
    pub(super) room: &'a mut Room,
    pub(super) name: &'a RoomName,
    /// The host's state for the room.
    pub beside: &'a mut S,
    pub(super) common: &'a Common,
    pub(super) now: Duration,
}

impl<S> OpenRoom<'_, S> {
    /// Lets a user enter. Sends `welcome` to the socket, moves it to the waiting room, or closes it with a code.
    pub fn enter(&mut self, entry: Entry) -> Vec<Output> {
        self.turn(|room, turn| room.enter(entry, turn))
    }

    /// Handles a message from a participant or a waiting user.
    pub fn handle_message(&mut self, socket: SocketId, message: Message) -> Vec<Output> {
        self.turn(|room, turn| room.handle_message(socket, message, turn))
    }

    /// Handles a broken socket: its seat is held for its page. `code`, if any, is sent before the socket is closed.
    pub fn disconnected(&mut self, socket: SocketId, code: Option<ErrorCode>) -> Vec<Output> {
        self.turn(|room, turn| room.disconnected(socket, code, turn))
    }

    /// Handles a participant who leaves for good. `code`, if any, is sent before the socket is closed.
    pub fn left(&mut self, socket: SocketId, code: Option<ErrorCode>) -> Vec<Output> {
        self.turn(|room, turn| room.left(socket, code, turn))
    }

    /// Ends whatever has reached its deadline.
    pub fn tick(&mut self) -> Vec<Output> {
        self.turn(Room::tick)
    }

    /// Applies a change that is now on disk.
    pub fn completed(&mut self, order: &Order, done: Done) -> Vec<Output> {
        self.turn(|room, turn| room.completed(order, done, turn))
    }

    /// Seats an admitted user, with the room's history, which has been read meanwhile.
    pub fn admitted(&mut self, socket: SocketId, history: History) -> Vec<Output> {
        self.turn(|room, turn| room.admitted(socket, history, turn))
    }

    /// The live sockets of all participants.
    pub fn sockets(&self) -> Vec<SocketId> {
        self.room.sockets()
    }

    /// Returns a snapshot, or `None` if the room has no seats. `at` is the current time by the calendar.
    pub fn snapshot(&self, at: UnixMillis) -> Option<RoomSnapshot> {
        self.room.snapshot(self.now, at)
    }

    fn turn(&mut self, work: impl FnOnce(&mut Room, &mut Turn<'_>)) -> Vec<Output> {
        let mut turn = self.common.turn(self.name, self.now);
        work(self.room, &mut turn);
        turn.out
    }
}
