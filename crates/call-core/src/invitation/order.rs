//! What calls the user.

use protocol::UserName;

/// How to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlertOrder {
    /// Sound a tone until another is ordered.
    Ring(Ringing),
    /// Let the browser ask whether notifications may be shown.
    AskForNotifications,
    /// Tell the user, who looks elsewhere, that somebody asks to talk.
    NotifyInvitation(UserName),
}

/// What sounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ringing {
    /// Nothing.
    #[default]
    Silent,
    /// Somebody asks.
    Incoming,
    /// Somebody is being asked.
    Outgoing,
}
