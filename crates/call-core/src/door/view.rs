//! Errors of the sign-in, lobby and account forms.

use protocol::NameError;

use crate::ApiError;

/// Why a form was not accepted, and which field to correct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormError {
    /// The user name is invalid.
    UserName(NameError),
    /// The user name is taken.
    UserNameTaken,
    /// The password is too short or too long.
    Password,
    /// Name and password do not match; shown at the password.
    WrongCredentials,
    /// The invite code for a new account is missing or invalid.
    InviteCode,
    /// The guest's session has ended.
    VisitEnded,
    /// The room name is invalid.
    RoomName(NameError),
    /// The request failed; the fields are fine.
    Server(ApiError),
    /// The session has ended: the user has to sign in again.
    SessionEnded,
    /// The browser did not keep the session cookie.
    CookiesRefused,
}
