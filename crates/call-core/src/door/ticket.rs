//! What a user brings to the door of a room where not everybody is let in: a password, or the code of a pass out of the
//! address that led there.

use protocol::{PassCode, RoomName};

/// A password and a pass, both for one room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ticket {
    room: Option<RoomName>,
    password: Option<String>,
    pass: Option<PassCode>,
}

impl Ticket {
    /// A pass that an address held.
    pub(crate) fn pass(room: RoomName, code: PassCode) -> Self {
        Self {
            room: Some(room),
            password: None,
            pass: Some(code),
        }
    }

    /// The user types the room's password.
    pub(crate) fn set_password(&mut self, room: RoomName, password: String) {
        let pass = self.for_room(&room).pass;
        *self = Self {
            room: Some(room),
            password: Some(password),
            pass,
        };
    }

    /// What of it is for a room: nothing of it is said at the door of another.
    pub(crate) fn for_room(&self, room: &RoomName) -> Self {
        if self.room.as_ref() == Some(room) {
            self.clone()
        } else {
            Self::default()
        }
    }

    /// The password, and the pass.
    pub(crate) fn into_parts(self) -> (Option<String>, Option<PassCode>) {
        (self.password, self.pass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_one_room_is_not_said_at_the_door_of_another() {
        let room = |name| RoomName::parse(name).expect("a name");
        let mut ticket = Ticket::pass(room("den"), PassCode("code".to_owned()));
        assert_eq!(ticket.for_room(&room("attic")), Ticket::default());
        ticket.set_password(room("den"), "sesame".to_owned());
        let (password, pass) = ticket.for_room(&room("den")).into_parts();
        assert_eq!((password.as_deref(), pass.is_some()), (Some("sesame"), true));
        ticket.set_password(room("attic"), "other".to_owned());
        assert_eq!(ticket.for_room(&room("attic")).into_parts().1, None);
    }
}
