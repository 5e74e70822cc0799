//! What messages of the server are about.

use protocol::{Epoch, ParticipantId, ServerMessage};

use crate::RawServerMessage;

/// The peer and epoch, if the message opens a link.
pub fn opened(message: &RawServerMessage) -> Option<(ParticipantId, Epoch)> {
    match message {
        ServerMessage::LinkOpened { link } => Some((link.peer, link.epoch)),
        _ => None,
    }
}

/// The peer, if the message closes a link.
pub fn closed(message: &RawServerMessage) -> Option<ParticipantId> {
    match message {
        ServerMessage::LinkClosed { link, .. } => Some(link.peer),
        _ => None,
    }
}

/// The name of a message on the wire.
pub fn name(message: &RawServerMessage) -> String {
    let value = serde_json::to_value(message).expect("JSON");
    value
        .as_object()
        .and_then(|fields| fields.keys().next().cloned())
        .unwrap_or_default()
}

pub fn names(messages: &[RawServerMessage]) -> Vec<String> {
    messages.iter().map(name).collect()
}
