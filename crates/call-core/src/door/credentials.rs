//! Credentials for a room with restricted access: a password, or the code of an invite link (a pass).

use protocol::{PassCode, RoomName};

/// A password and an invite link code, both for one room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RoomCredentials {
    room: Option<RoomName>,
    password: Option<String>,
    pass: Option<PassCode>,
}

impl RoomCredentials {
    /// Creates credentials from the code in an invite link.
    pub(crate) fn pass(room: RoomName, code: PassCode) -> Self {
        Self {
            room: Some(room),
            password: None,
            pass: Some(code),
        }
    }

    /// Sets the password for a room; an invite link code for the same room is kept.
    pub(crate) fn set_password(&mut self, room: RoomName, password: String) {
        let pass = self.for_room(&room).pass;
        *self = Self {
            room: Some(room),
            password: Some(password),
            pass,
        };
    }

    /// Returns the credentials for a room; empty if they belong to another room.
    pub(crate) fn for_room(&self, room: &RoomName) -> Self {
        if self.room.as_ref() == Some(room) {
            self.clone()
        } else {
            Self::default()
        }
    }

    /// Returns the password and the invite link code.
    pub(crate) fn into_parts(self) -> (Option<String>, Option<PassCode>) {
        (self.password, self.pass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_used_for_their_own_room_only() {
        let room = |name| RoomName::parse(name).expect("a name");
        let mut credentials = RoomCredentials::pass(room("den"), PassCode("code".to_owned()));
        assert_eq!(credentials.for_room(&room("attic")), RoomCredentials::default());
        credentials.set_password(room("den"), "sesame".to_owned());
        let (password, pass) = credentials.for_room(&room("den")).into_parts();
        assert_eq!((password.as_deref(), pass.is_some()), (Some("sesame"), true));
        credentials.set_password(room("attic"), "other".to_owned());
        assert_eq!(credentials.for_room(&room("attic")).into_parts().1, None);
    }
}
