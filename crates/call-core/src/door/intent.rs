//! What the user can do about signing in and out.

/// An action on the user's identity and session.
#[derive(Clone, PartialEq, Eq)]
pub enum DoorIntent {
    /// Create an account, sign in with it, and enter a room.
    CreateAccount(SignInForm),
    /// Sign in and enter a room.
    SignIn(SignInForm),
    /// Join a room as a guest.
    JoinAsGuest(SignInForm),
    /// End the session here and on the server.
    SignOut,
    /// Continue as the account that another tab signed in to.
    ContinueAsOther,
    /// Sign in instead of continuing as that account.
    SignInAgain,
}

/// The fields of the sign-in form.
#[derive(Clone, PartialEq, Eq)]
pub struct SignInForm {
    /// The user's name, as typed.
    pub name: String,
    /// The password, as typed; a guest has none.
    pub password: String,
    /// The room's name, as typed.
    pub room: String,
    /// The invite code for a new account, as typed; empty where none is needed.
    pub invite_code: String,
}
