//! People who are not to ring: those whom a user blocks, and those who go on asking somebody who declines.

use std::collections::HashMap;
use std::time::Duration;

use protocol::{ErrorCode, ParticipantId, ServerMessage, UserName};

use super::Registry;
use super::orders::{Change, Order};
use super::output::{Output, Refused, SocketId, UserId};
use super::room::Room;
use super::turn::Turn;
use crate::bucket::{Bucket, Rate};

/// Pairs that are remembered; what is beyond them is not counted, and blocking is left.
const MOST: usize = 16 * 1024;

/// Who declined whom of late: the one who asked, and the one who said no.
#[derive(Debug)]
pub(super) struct Declines {
    rate: Rate,
    pairs: HashMap<(UserId, UserId), Bucket>,
}

impl Declines {
    pub fn new(rate: Rate) -> Self {
        Self {
            rate,
            pairs: HashMap::new(),
        }
    }

    /// Somebody said no.
    pub fn declined(&mut self, from: UserId, to: UserId, now: Duration) {
        let rate = self.rate;
        if self.pairs.len() >= MOST {
            self.pairs.retain(|_, bucket| !bucket.is_full(rate, now));
        }
        if self.pairs.len() < MOST {
            self.pairs
                .entry((from, to))
                .or_insert_with(|| Bucket::full(rate, now));
        }
    }

    /// Somebody said yes: what was before is forgiven.
    pub fn accepted(&mut self, from: UserId, to: UserId) {
        self.pairs.remove(&(from, to));
    }

    /// Somebody asks; only so often one who has declined.
    fn ask(&mut self, from: UserId, to: UserId, now: Duration) -> Result<(), ErrorCode> {
        match self.pairs.get_mut(&(from, to)) {
            Some(bucket) => bucket
                .take(self.rate, 1.0, now)
                .map_err(|_| ErrorCode::DeclinedTooOften),
            None => Ok(()),
        }
    }
}

impl Room {
    /// Makes sure that the one asked wants to hear of it.
    pub fn check_takes_invitation(
        &self,
        me: ParticipantId,
        to: ParticipantId,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        let (Some(asking), Some(asked)) = (self.seats.get(&me), self.seats.get(&to)) else {
            return Ok(());
        };
        if asked.standing.blocks(asking.user) {
            return Err(Refused::participant(ErrorCode::InvitationNotTaken, to));
        }
        let asked_again = turn.declines.ask(asking.user, asked.user, turn.now);
        asked_again.map_err(|code| Refused::participant(code, to))
    }

    /// The users of two participants.
    pub fn users(&self, one: ParticipantId, two: ParticipantId) -> Option<(UserId, UserId)> {
        Some((self.seats.get(&one)?.user, self.seats.get(&two)?.user))
    }

    /// Takes no invitations of somebody any more.
    pub fn block(
        &self,
        me: ParticipantId,
        socket: SocketId,
        other: ParticipantId,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        self.check_other(me, other)?;
        if let Some((_, user)) = self.users(me, other) {
            self.order(me, socket, Change::Block(user), turn);
        }
        Ok(())
    }

    /// Takes them again.
    pub fn unblock(&self, me: ParticipantId, socket: SocketId, name: UserName, turn: &mut Turn<'_>) {
        self.order(me, socket, Change::Unblock(name), turn);
    }
}

impl Registry {
    /// A user's list of blocked people changed: it holds wherever the user is, and what rings of them ends.
    pub(super) fn blocked(
        &mut self,
        order: &Order,
        blocked: &[(UserId, UserName)],
        now: Duration,
    ) -> Vec<Output> {
        let mut out = Vec::new();
        let of_user = |room: &Room| room.seat_of(order.user).is_some();
        let rooms: Vec<_> = self
            .rooms
            .iter()
            .filter(|(_, room)| of_user(room))
            .map(|(name, _)| name.clone())
            .collect();
        for name in rooms {
            let Some((room, mut turn)) = self.open(&name, now) else {
                continue;
            };
            let Some((me, _)) = room.seat_of(order.user) else {
                continue;
            };
            if let Some(seat) = room.seats.get_mut(&me) {
                seat.standing.blocked = blocked.to_vec();
            }
            let names = blocked.iter().map(|(_, name)| name.clone()).collect();
            turn.tell(room.sockets_of(&[me]), ServerMessage::Blocked { names });
            room.decline_blocked(me, &mut turn);
            turn.keep();
            out.append(&mut turn.out);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_declined_may_ask_so_often_in_an_hour_and_who_was_accepted_as_often_as_they_like() {
        let rate = Rate {
            burst: 2.0,
            per_second: 2.0 / 3600.0,
        };
        let mut declines = Declines::new(rate);
        let (ann, bea, now) = (UserId(1), UserId(2), Duration::ZERO);
        declines.declined(ann, bea, now);
        assert_eq!(declines.ask(ann, bea, now), Ok(()));
        assert_eq!(declines.ask(ann, bea, now), Ok(()));
        assert_eq!(declines.ask(ann, bea, now), Err(ErrorCode::DeclinedTooOften));
        assert_eq!(
            declines.ask(bea, ann, now),
            Ok(()),
            "the other way round is another thing"
        );
        let half_an_hour = Duration::from_secs(1800);
        assert_eq!(declines.ask(ann, bea, half_an_hour), Ok(()));
        declines.accepted(ann, bea);
        for _ in 0..9 {
            assert_eq!(declines.ask(ann, bea, half_an_hour), Ok(()));
        }
    }
}
