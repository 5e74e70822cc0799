//! People who are not to ring: those whom a user blocks, and those who go on asking someone who declines.

use protocol::{ErrorCode, ParticipantId, ServerMessage, UserName};

use super::ids::{SocketId, UserId};
use super::order::Change;
use super::refused::Refused;
use super::room::Room;
use super::turn::Turn;

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
        let asked_again = turn.users.may_invite(asking.user, asked.user, turn.now);
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

    /// A user's list of blocked people changed: what rings of them here ends.
    pub fn blocked(&mut self, user: UserId, blocked: &[(UserId, UserName)], turn: &mut Turn<'_>) {
        self.blocked_by_newcomer(user, blocked);
        let Some((me, _)) = self.seat_of(user) else {
            return;
        };
        if let Some(seat) = self.seats.get_mut(&me) {
            seat.standing.blocked = blocked.to_vec();
        }
        let names = blocked.iter().map(|(_, name)| name.clone()).collect();
        turn.tell(self.sockets_of(&[me]), ServerMessage::Blocked { names });
        self.decline_blocked(me, turn);
        turn.keep();
    }
}
