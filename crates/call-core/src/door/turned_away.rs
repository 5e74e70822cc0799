//! What a refusal by the server ends, on entering a room or in it.

use protocol::{ErrorCode, UnixMillis};

use crate::Core;
use crate::page::PageState;
use crate::turn::Turn;

/// What ends together with the socket.
enum Ends {
    /// Nothing else: the next socket resumes the seat.
    SocketAlone,
    /// Nothing else in a room; on entering, the attempt, as the server is overloaded.
    Attempt,
    /// The session. Includes `AnotherUser` if the server does not name that user.
    Session,
    /// The seat, which another page of the user holds.
    Seat,
    /// The attempt to enter the room, or the stay in it.
    Stay,
}

impl From<ErrorCode> for Ends {
    fn from(code: ErrorCode) -> Self {
        match code {
            ErrorCode::ShuttingDown
            | ErrorCode::TooSlow
            | ErrorCode::Silent
            | ErrorCode::Flooding
            | ErrorCode::HelloExpected
            | ErrorCode::MessageTooLarge => Self::SocketAlone,
            ErrorCode::ServerBusy | ErrorCode::Internal => Self::Attempt,
            ErrorCode::NotSignedIn | ErrorCode::SessionEnded | ErrorCode::AnotherUser => Self::Session,
            ErrorCode::SeatOccupied | ErrorCode::SeatTakenOver => Self::Seat,
            ErrorCode::InvalidRoomName
            | ErrorCode::RoomFull
            | ErrorCode::RoomLocked
            | ErrorCode::RoomPasswordRequired
            | ErrorCode::WrongRoomPassword
            | ErrorCode::Banned
            | ErrorCode::EntryRefused
            | ErrorCode::Removed
            | ErrorCode::GuestsNotAdmitted
            | ErrorCode::UserNameTaken
            | ErrorCode::TooManyAttempts
            | ErrorCode::UnsupportedVersion
            // Not expected here. If the server sends one of these, the stay ends too.
            | ErrorCode::InvalidUserName
            | ErrorCode::InvalidPassword
            | ErrorCode::WrongCredentials
            | ErrorCode::AccountDisabled
            | ErrorCode::RegistrationClosed
            | ErrorCode::InvalidInviteCode
            | ErrorCode::MalformedRequest
            | ErrorCode::NotFound
            | ErrorCode::OriginNotAllowed
            | ErrorCode::AlreadyGreeted
            | ErrorCode::UnknownMessage
            | ErrorCode::MalformedMessage
            | ErrorCode::RateLimited
            | ErrorCode::UnknownParticipant
            | ErrorCode::NotYourself
            | ErrorCode::AlreadyInvited
            | ErrorCode::AlreadyLinked
            | ErrorCode::TooManyInvitations
            | ErrorCode::TooManyLinks
            | ErrorCode::UnknownInvitation
            | ErrorCode::NotLinked
            | ErrorCode::ConferenceFull
            | ErrorCode::AlreadyInConference
            | ErrorCode::NotInConference
            | ErrorCode::ChatEmpty
            | ErrorCode::ChatTooLong
            | ErrorCode::NotAdmitted
            | ErrorCode::NotAllowed
            | ErrorCode::Silenced
            | ErrorCode::InvitationNotTaken
            | ErrorCode::DeclinedTooOften
            | ErrorCode::InvalidRoomPassword
            | ErrorCode::OutOfBounds
            | ErrorCode::TooManyKept => Self::Stay,
        }
    }
}

impl Core {
    /// Handles an error with which the server refuses entry, ends the stay or closes the socket.
    pub(crate) fn turned_away(&mut self, turn: &mut Turn, code: ErrorCode, until: Option<UnixMillis>) {
        let Some(room) = self.room_name().cloned() else {
            return;
        };
        self.signaling.refused();
        let refused = PageState::Refused(room.clone(), code, until);
        let place = match Ends::from(code) {
            Ends::Session => return self.session_ended(turn),
            Ends::Stay if self.ends_visit(code) => {
                return self.visit_ended(turn, code);
            }
            Ends::SocketAlone => return,
            Ends::Attempt if self.room.is_some() => return,
            Ends::Attempt | Ends::Stay => refused,
            // A late `hello` of this page itself holds the seat. The server closes this socket next; when the page
            // reconnects, the server has noticed that the socket which holds the seat is closed.
            Ends::Seat if self.signaling.is_own_late_hello(code) => return,
            Ends::Seat => {
                if self.signaling.seat_lost(code) == ErrorCode::SeatTakenOver {
                    PageState::TakenOver(room)
                } else {
                    PageState::Occupied(room)
                }
            }
        };
        self.leave(turn);
        self.page = place;
    }
}
