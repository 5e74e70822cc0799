//! The server turns the page away, at the door or out of the room: what is left of the visit then.

use protocol::{ErrorCode, UnixMillis};

use crate::Core;
use crate::page::Place;
use crate::turn::Turn;

/// What ends with the socket.
enum Ends {
    /// Nothing: the seat waits, and the next socket takes it.
    SocketAlone,
    /// Nothing in a room; at its door the attempt, as the server has too much to do.
    AttemptAtDoor,
    /// The session. Whom another one belongs to is not told here.
    Session,
    /// The seat, to another page of the user.
    Seat,
    /// The way into the room, or the stay in it.
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
            ErrorCode::ServerBusy | ErrorCode::Internal => Self::AttemptAtDoor,
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
            // A server that ends a visit by one of these means it.
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
    /// The server will not have this user in this room now, or wants nothing more on this socket.
    pub(crate) fn turned_away(&mut self, turn: &mut Turn, code: ErrorCode, until: Option<UnixMillis>) {
        let Some(room) = self.room_name().cloned() else {
            return;
        };
        self.signaling.refused();
        let refused = Place::Refused(room.clone(), code, until);
        let place = match Ends::from(code) {
            Ends::Session => return self.session_ended(turn),
            Ends::Stay if self.ends_visit(code) => {
                return self.visit_ended(turn, code);
            }
            Ends::SocketAlone => return,
            Ends::AttemptAtDoor if self.room.is_some() => return,
            Ends::AttemptAtDoor | Ends::Stay => refused,
            // The socket closes next, and is opened again; by then the server has seen the end of the one that has the seat.
            Ends::Seat if self.signaling.crossed_itself(code) => return,
            Ends::Seat => {
                if self.signaling.seat_lost(code) == ErrorCode::SeatTakenOver {
                    Place::TakenOver(room)
                } else {
                    Place::Occupied(room)
                }
            }
        };
        self.leave(turn);
        self.place = place;
    }
}
