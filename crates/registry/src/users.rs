//! State that spans rooms: users' seats, and recently declined invitations.
//!
//! Each has its own lock, held only briefly. A room's turn may take one of them while it holds the room's
//! lock, but never two; nothing blocks while holding one.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use std::time::Duration;

use protocol::{ErrorCode, RoomName};

use super::declines::Declines;
use super::ids::UserId;
use super::lock::lock;
use crate::bucket::Rate;

/// Users, over all rooms.
#[derive(Debug)]
pub(super) struct Users {
    /// The rooms in which each user has a seat or waits for one.
    seats: Mutex<HashMap<UserId, Vec<RoomName>>>,
    declines: Mutex<Declines>,
}

impl Users {
    /// Returns an empty state; `after_declining` limits invitations to a user who declined.
    pub fn new(after_declining: Rate) -> Self {
        Self {
            seats: Mutex::default(),
            declines: Mutex::new(Declines::new(after_declining)),
        }
    }

    /// Counts a seat of a user in a room; fails if the user has `most` seats or more.
    pub fn take_seat(&self, user: UserId, room: &RoomName, most: u32) -> Result<(), ErrorCode> {
        let mut seats = lock(&self.seats);
        let rooms = seats.entry(user).or_default();
        if u32::try_from(rooms.len()).map_or(true, |taken| taken >= most) {
            return Err(ErrorCode::ServerBusy);
        }
        rooms.push(room.clone());
        Ok(())
    }

    /// Stops counting a seat of a user.
    pub fn give_up_seat(&self, user: UserId, room: &RoomName) {
        let mut seats = lock(&self.seats);
        if let Some(rooms) = seats.get_mut(&user) {
            if let Some(at) = rooms.iter().position(|name| name == room) {
                rooms.swap_remove(at);
            }
            if rooms.is_empty() {
                seats.remove(&user);
            }
        }
    }

    /// The rooms in which a user has a seat or waits for one, each once, even if one page waits and another has a seat.
    pub fn rooms_of(&self, user: UserId) -> BTreeSet<RoomName> {
        let seats = lock(&self.seats);
        seats.get(&user).into_iter().flatten().cloned().collect()
    }

    /// The number of seats of each user.
    #[cfg(any(test, fuzzing, feature = "checks"))]
    pub fn seats(&self) -> std::collections::BTreeMap<UserId, usize> {
        let seats = lock(&self.seats);
        seats.iter().map(|(user, rooms)| (*user, rooms.len())).collect()
    }

    /// Records that `to` declined an invitation from `from`.
    pub fn declined(&self, from: UserId, to: UserId, now: Duration) {
        lock(&self.declines).declined(from, to, now);
    }

    /// Records that `to` accepted an invitation from `from`.
    pub fn accepted(&self, from: UserId, to: UserId) {
        lock(&self.declines).accepted(from, to);
    }

    /// Counts an invitation from `from` to `to`; fails if `to` declined before and the rate is exceeded.
    pub fn may_invite(&self, from: UserId, to: UserId, now: Duration) -> Result<(), ErrorCode> {
        lock(&self.declines).ask(from, to, now)
    }
}
