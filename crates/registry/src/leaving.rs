//! Leaving: disconnected for a while, for good, or removed by a moderator.

use protocol::{ChatEntry, ErrorCode, LinkCloseReason, ParticipantId, UnixMillis};

use super::deadlines::Due;
use super::ids::SocketId;
use super::output::Output;
use super::room::Room;
use super::turn::Turn;

impl Room {
    /// Handles a broken socket: its seat is held for its page. `code`, if any, is sent before the socket is closed.
    pub fn disconnected(&mut self, socket: SocketId, code: Option<ErrorCode>, turn: &mut Turn<'_>) {
        let Some(me) = self.places.get(&socket).copied() else {
            return;
        };
        if self.newcomers.contains_key(&me) {
            // There is no seat yet to hold.
            return self.left(socket, code, turn);
        }
        self.places.remove(&socket);
        turn.close(socket, code);
        self.vacate(me, turn);
    }

    /// Handles a participant who leaves for good. `code`, if any, is sent before the socket is closed.
    pub fn left(&mut self, socket: SocketId, code: Option<ErrorCode>, turn: &mut Turn<'_>) {
        let Some(me) = self.places.remove(&socket) else {
            return;
        };
        turn.close(socket, code);
        if self.newcomers.contains_key(&me) {
            self.forget_newcomer(me, turn);
        } else {
            self.leave(me, turn);
        }
    }

    /// Ends whatever has reached its deadline.
    pub fn tick(&mut self, turn: &mut Turn<'_>) {
        while let Some(due) = self.deadlines.pop(turn.now) {
            match due {
                Due::Seat(participant) => self.leave(participant, turn),
                Due::Invitation(invitation) => {
                    self.time_out(invitation, turn);
                    turn.persist();
                }
            }
        }
    }

    /// Removes a participant on behalf of a moderator. The user may come back; a guest loses the session, and
    /// must be admitted again.
    pub(super) fn put_out(&mut self, me: ParticipantId, participant: ParticipantId, turn: &mut Turn<'_>) {
        let seat = self.seats.get(&participant);
        let guest = seat.filter(|seat| seat.guest).map(|seat| seat.user);
        self.expel(participant, me, ErrorCode::Removed, None, turn);
        turn.out.extend(guest.map(Output::EndGuest));
    }

    /// Ends a participant's seat by a moderator's decision: the others learn the reason, and the links close at once.
    pub(super) fn expel(
        &mut self,
        participant: ParticipantId,
        by: ParticipantId,
        code: ErrorCode,
        until: Option<UnixMillis>,
        turn: &mut Turn<'_>,
    ) {
        // The moderator may have left since.
        let author = self.seats.get(&by).map(|seat| seat.name.clone());
        if let Some(socket) = self.seats.get(&participant).and_then(|seat| seat.socket()) {
            self.places.remove(&socket);
            turn.close_until(socket, code, until);
        }
        let entry = author.map_or(ChatEntry::Left {}, |by| ChatEntry::Removed { by });
        self.end_seat(participant, LinkCloseReason::Removed, entry, turn);
    }

    /// Ends the seat of a participant who leaves or did not come back.
    fn leave(&mut self, participant: ParticipantId, turn: &mut Turn<'_>) {
        let (reason, entry) = (LinkCloseReason::ParticipantLeft, ChatEntry::Left {});
        self.end_seat(participant, reason, entry, turn);
    }

    /// Ends a seat, and records it in the chat.
    fn end_seat(
        &mut self,
        participant: ParticipantId,
        reason: LinkCloseReason,
        entry: ChatEntry,
        turn: &mut Turn<'_>,
    ) {
        if let Some(seat) = self.remove(participant, reason, turn) {
            turn.write(&seat, entry);
            turn.persist();
            turn.users.give_up_seat(seat.user, turn.room);
        }
    }
}
