//! The chat of the room.

use crate::ChatKey;

/// What the user wants of the chat.
#[derive(Clone, PartialEq, Eq)]
pub enum ChatIntent {
    /// Send a message.
    Send(String),
    /// Keep what is typed and not sent, for when the page is loaded again.
    Draft(String),
    /// Send a message again that the server refused.
    Retry(ChatKey),
    /// Load older messages.
    LoadEarlier,
    /// The chat came into view (`true`), or went out of it.
    Show(bool),
}
