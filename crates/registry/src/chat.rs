//! Chat messages of users: checks before they are written to disk.

use protocol::{ChatEntry, ErrorCode, Nonce, ParticipantId, limits};

use super::ids::SocketId;
use super::output::{ChatDraft, Output};
use super::refused::Refused;
use super::room::Room;
use super::turn::Turn;
use crate::limits::NONCE_BYTES;

impl Room {
    /// Requests that a message be written; the room receives it once it is on disk.
    pub fn send_chat(
        &self,
        me: ParticipantId,
        socket: SocketId,
        text: String,
        nonce: Nonce,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        if nonce.0.is_empty() || nonce.0.len() > NONCE_BYTES {
            return Err(ErrorCode::MalformedMessage.into());
        }
        let text = protocol::without_controls(text);
        if protocol::says_nothing(&text) {
            return Err(Refused::nonce(ErrorCode::ChatEmpty, nonce));
        }
        if text.chars().count() > limits::CHAT_CHARS {
            return Err(Refused::nonce(ErrorCode::ChatTooLong, nonce));
        }
        let Some(seat) = self.seats.get(&me) else {
            return Ok(());
        };
        if seat.standing.silenced {
            return Err(Refused::nonce(ErrorCode::Silenced, nonce));
        }
        turn.out.push(Output::Write(ChatDraft {
            room: turn.room.clone(),
            user: seat.user,
            author: seat.name.clone(),
            guest: seat.guest,
            entry: ChatEntry::Text { text, nonce },
            socket: Some(socket),
        }));
        Ok(())
    }
}
