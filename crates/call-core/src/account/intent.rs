//! What the user can do with their account.

/// An action on the account that the user is signed in to.
#[derive(Clone, PartialEq, Eq)]
pub enum AccountIntent {
    /// Show the account panel.
    Open,
    /// Close the account panel.
    Close,
    /// Change the password; the account's other sessions end.
    ChangePassword {
        /// The current password, as typed.
        current: String,
        /// The new password, as typed.
        new: String,
    },
    /// End all sessions, including this one.
    SignOutEverywhere,
    /// Delete the account.
    End {
        /// The account's password, as typed.
        password: String,
    },
}
