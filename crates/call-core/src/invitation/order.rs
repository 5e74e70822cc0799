//! Ring tone and notifications.

use protocol::UserName;

/// An order to alert the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlertOrder {
    /// Play a tone until another one is ordered.
    Ring(Ringing),
    /// Ask the browser for permission to show notifications.
    AskForNotifications,
    /// Show a notification that this user is calling, as the page is hidden or has no focus.
    NotifyInvitation(UserName),
}

/// The ring tone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ringing {
    /// No tone.
    #[default]
    Silent,
    /// Tone for an incoming invitation.
    Incoming,
    /// Tone for an outgoing invitation.
    Outgoing,
}
