//! What is shown of a form that was not taken.

use protocol::NameError;

use crate::ApiError;

/// Why a form was not taken, and which of its fields to mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormError {
    /// The user name.
    UserName(NameError),
    /// The user name is another's.
    UserNameTaken,
    /// The password is shorter or longer than the limits.
    Password,
    /// Name and password do not belong together; shown at the password.
    WrongCredentials,
    /// The code that allows a new account.
    InviteCode,
    /// A guest's time is over.
    VisitEnded,
    /// The room's name.
    RoomName(NameError),
    /// The form as a whole; the fields are fine.
    Server(ApiError),
    /// The session that was remembered has ended: sign in again.
    SessionEnded,
    /// The browser did not keep the cookie by which the server knows the user.
    CookiesRefused,
}
