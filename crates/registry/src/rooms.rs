//! All rooms, and their deadlines.
//!
//! Each room has its own lock, so that no room waits for another. State that spans rooms has others
//! ([`super::users`], the two maps here), which are held only briefly. Lock order: a room's lock first, then
//! one of the others; the map of rooms is never held while waiting for a room.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use protocol::{RoomName, UnixMillis};

use super::figures::Totals;
use super::ids::Ids;
use super::lock::lock;
use super::order::{Done, Order};
use super::room::Room;
use super::shared::{Common, OpenRoom, SharedRoom, State};
use super::snapshot::RoomSnapshot;
use super::users::Users;
use super::{Bounds, Timings};

/// All rooms; `S` is the host's state for each.
#[derive(Debug)]
pub struct Registry<S> {
    pub(super) rooms: Mutex<HashMap<RoomName, Arc<SharedRoom<S>>>>,
    /// The next deadline of each room.
    due: Mutex<BTreeSet<(Duration, RoomName)>>,
    pub(super) common: Common,
}

/// The result of a turn in a room.
#[derive(Debug)]
pub struct Turned<R> {
    /// The result of the host's closure.
    pub result: R,
    /// Whether [`Registry::next_deadline`] changed.
    pub deadline_moved: bool,
}

impl<S: Default> Registry<S> {
    /// Returns an empty registry whose ids are all greater than `after`.
    pub fn new(timings: Timings, bounds: Bounds, after: u64) -> Self {
        let common = Common {
            timings,
            bounds,
            ids: Ids::new(after),
            users: Users::new(bounds.after_declining),
        };
        Self {
            rooms: Mutex::default(),
            due: Mutex::default(),
            common,
        }
    }

    /// Restores a room from a snapshot. `now` is the current time, and `at` the same moment by the calendar.
    pub fn restore(&self, name: RoomName, kept: RoomSnapshot, now: Duration, at: UnixMillis) {
        let room = Room::restored(kept, at, &self.common.turn(&name, now));
        if room.is_empty() {
            return;
        }
        let shared = SharedRoom::new(name.clone(), room);
        lock(&self.rooms).insert(name, Arc::clone(&shared));
        self.turn(&shared, now, |_| ());
    }

    /// Locks the room of a name, creating it if needed, so that a user can enter it. A room beyond the limit
    /// is created too, so that admission can give its own reasons first, but no user gets a seat in it.
    pub fn open<R>(
        &self,
        name: &RoomName,
        now: Duration,
        work: impl FnOnce(&Arc<SharedRoom<S>>, &mut OpenRoom<'_, S>) -> R,
    ) -> Turned<R> {
        loop {
            let shared = self.find_or_make(name);
            let mut state = lock(&shared.state);
            // Its last participant may have left between the two locks.
            if !state.closed {
                return self.turn_in(&shared, &mut state, now, |open| work(&shared, open));
            }
        }
    }

    fn find_or_make(&self, name: &RoomName) -> Arc<SharedRoom<S>> {
        let mut rooms = lock(&self.rooms);
        if let Some(shared) = rooms.get(name) {
            return Arc::clone(shared);
        }
        let too_many = u32::try_from(rooms.len()).map_or(true, |count| count >= self.common.bounds.rooms);
        let room = Room {
            too_many,
            ..Room::default()
        };
        let shared = SharedRoom::new(name.clone(), room);
        rooms.insert(name.clone(), Arc::clone(&shared));
        shared
    }
}

impl<S> Registry<S> {
    /// Locks a room for one turn.
    pub fn turn<R>(
        &self,
        shared: &SharedRoom<S>,
        now: Duration,
        work: impl FnOnce(&mut OpenRoom<'_, S>) -> R,
    ) -> Turned<R> {
        self.turn_in(shared, &mut lock(&shared.state), now, work)
    }

    fn turn_in<R>(
        &self,
        shared: &SharedRoom<S>,
        state: &mut State<S>,
        now: Duration,
        work: impl FnOnce(&mut OpenRoom<'_, S>) -> R,
    ) -> Turned<R> {
        // `now` was read before the lock was acquired; time in a room never runs backwards.
        state.now = state.now.max(now);
        let result = work(&mut OpenRoom {
            room: &mut state.room,
            name: &shared.name,
            beside: &mut state.beside,
            common: &self.common,
            now: state.now,
        });
        let deadline_moved = self.reschedule(shared, state);
        // Last, so that no state of this room is left when another of its name is created.
        if state.room.is_empty() && !state.closed {
            state.closed = true;
            lock(&self.rooms).remove(&shared.name);
        }
        Turned {
            result,
            deadline_moved,
        }
    }

    /// Updates a room's next deadline; returns whether the next deadline of all rooms changed.
    fn reschedule(&self, shared: &SharedRoom<S>, state: &mut State<S>) -> bool {
        let next = state.room.deadlines.next();
        if next == state.due {
            return false;
        }
        let mut due = lock(&self.due);
        let before = earliest(&due);
        if let Some(at) = state.due {
            due.remove(&(at, shared.name.clone()));
        }
        if let Some(at) = next {
            due.insert((at, shared.name.clone()));
        }
        state.due = next;
        earliest(&due) != before
    }

    /// The room of a name, if it exists.
    pub fn find(&self, name: &RoomName) -> Option<Arc<SharedRoom<S>>> {
        lock(&self.rooms).get(name).cloned()
    }

    /// Returns all rooms.
    pub fn all(&self) -> Vec<Arc<SharedRoom<S>>> {
        lock(&self.rooms).values().cloned().collect()
    }

    /// The rooms that a result on disk concerns: for a block list, all rooms that the user is in; otherwise
    /// the room in which it was ordered.
    pub fn concerned(&self, order: &Order, done: &Done) -> Vec<Arc<SharedRoom<S>>> {
        let names = match done {
            Done::Blocked(_) => self.common.users.rooms_of(order.user),
            Done::Settings(..)
            | Done::Moderator(..)
            | Done::Silenced(..)
            | Done::Banned(..)
            | Done::Access(..)
            | Done::Pass(..)
            | Done::Full => BTreeSet::from([order.room.clone()]),
        };
        names.iter().filter_map(|name| self.find(name)).collect()
    }

    /// The next deadline of all rooms.
    pub fn next_deadline(&self) -> Option<Duration> {
        earliest(&lock(&self.due))
    }

    /// Removes and returns the rooms with a deadline that has passed, each once; call [`OpenRoom::tick`] for
    /// each, as they are no longer scheduled.
    pub fn due(&self, now: Duration) -> Vec<Arc<SharedRoom<S>>> {
        let mut names = Vec::new();
        let mut due = lock(&self.due);
        while earliest(&due).is_some_and(|at| at <= now) {
            names.extend(due.pop_first().map(|(_, name)| name));
        }
        drop(due);
        names.iter().filter_map(|name| self.find(name)).collect()
    }

    /// Counts rooms, seats, links and ringing invitations.
    pub fn figures(&self) -> Totals {
        let mut figures = Totals::default();
        for shared in self.all() {
            shared.add_to(&mut figures);
        }
        figures
    }
}

fn earliest(due: &BTreeSet<(Duration, RoomName)>) -> Option<Duration> {
    due.first().map(|(at, _)| *at)
}
