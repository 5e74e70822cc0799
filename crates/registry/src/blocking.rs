//! Who may not be invited: users who block the inviter, and users who declined and were invited too often since.

use protocol::{ErrorCode, ParticipantId, ServerMessage, UserName};

use super::ids::{SocketId, UserId};
use super::order::Change;
use super::refused::Refused;
use super::room::Room;
use super::turn::Turn;

impl Room {
    /// Checks that the invitee has not blocked the inviter or declined too often.
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

    /// Blocks invitations from a participant's user.
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

    /// Unblocks a user.
    pub fn unblock(&self, me: ParticipantId, socket: SocketId, name: UserName, turn: &mut Turn<'_>) {
        self.order(me, socket, Change::Unblock(name), turn);
    }

    /// Applies a user's new block list, and declines ringing invitations from the users on it.
    pub fn blocked(&mut self, user: UserId, blocked: &[(UserId, UserName)], turn: &mut Turn<'_>) {
        self.blocked_by_newcomer(user, blocked);
        let Some((me, _)) = self.seat_of(user) else {
            return;
        };
        if let Some(seat) = self.seats.get_mut(&me) {
            seat.standing.blocked = blocked.to_vec();
        }
        let names = blocked.iter().map(|(_, name)| name.clone()).collect();
        turn.send(self.sockets_of(&[me]), ServerMessage::Blocked { names });
        self.decline_blocked(me, turn);
        turn.persist();
    }
}
