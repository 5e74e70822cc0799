//! Changes that are made on disk first and then in the room: its settings, users' standing, passes, bans, block lists.
//!
//! The store completes jobs in order, and their results are applied in the same order. So a user who enters
//! meanwhile brings rules as new as the room's, and clients are never notified of a change that could be lost.

use protocol::{ErrorCode, ParticipantId, RoomSettings, ServerMessage};

use super::ids::UserId;
use super::order::{Done, Order};
use super::room::Room;
use super::rules::Standing;
use super::turn::Turn;

impl Room {
    /// Applies a change that is now on disk.
    pub fn completed(&mut self, order: &Order, done: Done, turn: &mut Turn<'_>) {
        match done {
            Done::Settings(settings, password) => {
                self.change(settings, password, order.by, turn);
                self.sort_newcomers(turn);
            }
            Done::Moderator(user, moderator) => self.stand(user, turn, |standing| {
                standing.moderator = moderator;
            }),
            Done::Silenced(user, silenced) => self.stand(user, turn, |standing| {
                standing.silenced = silenced;
            }),
            Done::Banned(user, until) => {
                if let Some((participant, _)) = self.seat_of(user) {
                    self.expel(participant, order.by, ErrorCode::Banned, Some(until), turn);
                }
            }
            Done::Access(passes, bans) => {
                turn.send(vec![order.socket], ServerMessage::RoomAccess { passes, bans });
            }
            Done::Pass(code, pass) => {
                turn.send(vec![order.socket], ServerMessage::PassCreated { code, pass });
            }
            Done::Blocked(blocked) => self.blocked(order.user, &blocked, turn),
            Done::Full => turn.send(
                vec![order.socket],
                ServerMessage::Error {
                    code: ErrorCode::TooManyKept,
                    subject: None,
                },
            ),
        }
    }

    fn change(
        &mut self,
        settings: RoomSettings,
        password: Option<String>,
        by: ParticipantId,
        turn: &mut Turn<'_>,
    ) {
        self.rules.settings = settings;
        self.rules.password = password;
        turn.send(self.sockets(), ServerMessage::RoomChanged { settings, by });
        turn.persist();
    }

    /// Changes a user's standing, if they are in the room, and notifies all participants.
    fn stand(&mut self, user: UserId, turn: &mut Turn<'_>, change: impl FnOnce(&mut Standing)) {
        let Some((id, _)) = self.seat_of(user) else { return };
        let Some(seat) = self.seats.get_mut(&id) else {
            return;
        };
        let moderated = seat.standing.moderator;
        change(&mut seat.standing);
        let promoted = !moderated && seat.standing.moderator;
        let Some(seat) = self.seats.get(&id) else { return };
        let participant = self.describe(id, seat);
        turn.send(self.sockets(), ServerMessage::ParticipantChanged { participant });
        turn.persist();
        if promoted {
            self.tell_newcomers(id, turn);
        }
    }
}
