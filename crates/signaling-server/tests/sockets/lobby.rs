//! Short names for what many tests say.

use protocol::{ClientMessage, Epoch, ParticipantId};
use serde_json::json;

use crate::client::Say;

/// A signal, of which the server knows nothing but that it is JSON.
pub fn signal(to: ParticipantId, epoch: Epoch) -> Say {
    ClientMessage::Signal {
        to,
        epoch,
        signal: json!({"candidate": {"candidate": "anything"}}),
    }
}
