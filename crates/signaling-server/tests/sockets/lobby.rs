//! Messages that many tests send.

use protocol::{ClientMessage, Epoch, ParticipantId};
use serde_json::json;

use crate::client::Say;

/// A signal, whose body the server only knows to be JSON.
pub fn signal(to: ParticipantId, epoch: Epoch) -> Say {
    ClientMessage::Signal {
        to,
        epoch,
        signal: json!({"candidate": {"candidate": "anything"}}),
    }
}
