//! What the user can do in the chat.

use crate::ChatKey;

/// An action in the chat.
#[derive(Clone, PartialEq, Eq)]
pub enum ChatIntent {
    /// Send a message.
    Send(String),
    /// Store the typed text, which is not sent yet, so that it survives a reload.
    Draft(String),
    /// Retry a message that the server refused.
    Retry(ChatKey),
    /// Load older messages.
    LoadEarlier,
    /// The chat came into view (`true`) or left it.
    Show(bool),
}
