//! The user's account.

/// What the user wants of the account that they are signed in to.
#[derive(Clone, PartialEq, Eq)]
pub enum AccountIntent {
    /// Show the account.
    Open,
    /// Close it.
    Close,
    /// Change the password; the account's other sessions end.
    ChangePassword {
        /// The present one, as typed.
        current: String,
        /// The new one, as typed.
        new: String,
    },
    /// End all sessions, this one among them.
    SignOutEverywhere,
    /// Delete the account.
    End {
        /// Its password, as typed.
        password: String,
    },
}
