//! A room behind its lock, and what may be done with it while it is held.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use protocol::{ErrorCode, RoomName, UnixMillis};

use super::entry::{Entry, History};
use super::figures::Figures;
use super::ids::Ids;
use super::ids::SocketId;
use super::kept::KeptRoom;
use super::lock::lock;
use super::order::{Done, Order};
use super::output::Output;
use super::room::Room;
use super::turn::Turn;
use super::users::Users;
use super::{Bounds, Message, Timings};

/// What all rooms have in common.
#[derive(Debug)]
pub(super) struct Common {
    pub timings: Timings,
    pub bounds: Bounds,
    pub ids: Ids,
    pub users: Users,
}

impl Common {
    /// A turn in the room of a name.
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

/// A room, and what its host keeps beside it, behind one lock.
#[derive(Debug)]
pub struct SharedRoom<S> {
    pub(super) name: RoomName,
    pub(super) state: Mutex<State<S>>,
}

#[derive(Debug)]
pub(super) struct State<S> {
    pub room: Room,
    pub beside: S,
    /// When the room wants to be looked at again: so it is in its registry's list, or it was taken out to be looked at now.
    pub due: Option<Duration>,
    /// The latest moment at which it was held.
    pub now: Duration,
    /// The room was empty and is no longer in the registry. No one enters it any more.
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

    pub(super) fn add_to(&self, figures: &mut Figures) {
        figures.add(&lock(&self.state).room);
    }
}

/// A room that is held. What is done with it comes back as a list of outputs, to be carried out while it is held: so what
/// it decides reaches every socket in the order in which it was decided.
#[derive(Debug)]
pub struct OpenRoom<'a, S> {
    pub(super) room: &'a mut Room,
    pub(super) name: &'a RoomName,
    /// What the host keeps beside the room.
    pub beside: &'a mut S,
    pub(super) common: &'a Common,
    pub(super) now: Duration,
}

impl<S> OpenRoom<'_, S> {
    /// Someone comes in. Either a welcome is told to the socket, or it is closed with a code.
    pub fn enter(&mut self, entry: Entry) -> Vec<Output> {
        self.turn(|room, turn| room.enter(entry, turn))
    }

    /// A participant, or someone who waits to be one, said something.
    pub fn said(&mut self, socket: SocketId, message: Message) -> Vec<Output> {
        self.turn(|room, turn| room.said(socket, message, turn))
    }

    /// A socket broke: its seat waits for its page. The code, if any, is the last thing the socket is told.
    pub fn lost(&mut self, socket: SocketId, code: Option<ErrorCode>) -> Vec<Output> {
        self.turn(|room, turn| room.lost(socket, code, turn))
    }

    /// A participant left for good. The code, if any, is the last thing the socket is told.
    pub fn gone(&mut self, socket: SocketId, code: Option<ErrorCode>) -> Vec<Output> {
        self.turn(|room, turn| room.gone(socket, code, turn))
    }

    /// Time has passed: ends what is due.
    pub fn tick(&mut self) -> Vec<Output> {
        self.turn(Room::tick)
    }

    /// Something that was ordered is on disk.
    pub fn done(&mut self, order: &Order, done: Done) -> Vec<Output> {
        self.turn(|room, turn| room.done(order, done, turn))
    }

    /// The history of the room is here, which someone who waited is to see.
    pub fn admitted(&mut self, socket: SocketId, history: History) -> Vec<Output> {
        self.turn(|room, turn| room.admitted(socket, history, turn))
    }

    /// The live sockets of everybody in the room.
    pub fn sockets(&self) -> Vec<SocketId> {
        self.room.sockets()
    }

    /// The room as it is to be kept; nothing when no one is in it. `at` is the moment by the calendar.
    pub fn kept(&self, at: UnixMillis) -> Option<KeptRoom> {
        self.room.kept(self.now, at)
    }

    fn turn(&mut self, work: impl FnOnce(&mut Room, &mut Turn<'_>)) -> Vec<Output> {
        let mut turn = self.common.turn(self.name, self.now);
        work(self.room, &mut turn);
        turn.out
    }
}
